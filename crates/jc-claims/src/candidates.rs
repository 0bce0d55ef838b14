//! Which indicator a claim may be about: decided by words, unit and kind, never by value.

use std::borrow::Cow;
use std::ops::Range;

use crate::carried::{
    alone_in_brackets, bare, listed_behind, named_part, told_of_another_time, with_topic, with_words_of,
};
use crate::context::level_before;
use crate::document::{Claim, Document, Kind, Level, Numeral, Site};
use crate::judge::Reason;
use crate::lexicon::{EntryKind, Filter, LexEntry, Lexicon};
use crate::scope::holder::{Holder, holders};
use crate::scope::{Sense, names_another, sense};
use crate::subject::grade_name;
use crate::units::counts_people;

/// An indicator a claim may be about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The claim's id.
    pub claim_id: String,
    /// The indicator's id.
    pub indicator: String,
    /// The word that was found.
    pub word: String,
    /// Slices the sentence names: (field, value), as the lexicon's filters give them.
    pub filters: Vec<(String, String)>,
    /// The level the claim names, for indicators that are counted by level.
    pub level: Option<Level>,
    /// Whether the sentence speaks of all that the indicator counts.
    pub sense: Sense,
}

/// For every claim the indicators it may be about: none, one, or several if the words do not decide.
///
/// Shape: all candidates of the first claim, then of the second, and so on; claims without a candidate are absent.
/// The word closest to the number decides, of those the longest (对口就业率 before 就业率); equal ones stay side by side.
pub fn candidates(doc: &Document, lexicon: &Lexicon) -> Vec<Candidate> {
    let holders = holders(doc, lexicon);
    let mut all: Vec<Candidate> = Vec::new();
    // The number before, and the last one that is no part of another, each with its readings.
    let mut last: Option<(&Claim, Range<usize>)> = None;
    let mut whole: Option<(&Claim, Range<usize>)> = None;
    for (claim, holder) in doc.claims.iter().zip(&holders) {
        let start = all.len();
        let before = last.as_ref().map(|(claim, readings)| (*claim, &all[readings.clone()]));
        let of_whole = whole.as_ref().map(|(claim, readings)| (*claim, &all[readings.clone()]));
        let (readings, part) = readings(claim, holder, before, of_whole, lexicon);
        all.extend(readings);
        if !matches!(claim.kind, Kind::Date | Kind::Grade | Kind::Threshold) {
            last = Some((claim, start..all.len()));
            if !part {
                whole = Some((claim, start..all.len()));
            }
        }
    }
    all
}

/// A number told before, with its readings.
type Told<'a> = Option<(&'a Claim, &'a [Candidate])>;

/// The readings of one number, and whether it is told as a part of another.
fn readings(claim: &Claim, holder: &Holder, before: Told, whole: Told, lexicon: &Lexicon) -> (Vec<Candidate>, bool) {
    let own = |indicator: &Candidate| Candidate { claim_id: claim.id.clone(), ..indicator.clone() };
    if let Some((_, of)) = before.filter(|(before, _)| told_of_another_time(claim, before)) {
        return (of.iter().map(own).collect(), false);
    }
    if before.is_some_and(|(before, _)| alone_in_brackets(claim, before)) {
        return (Vec::new(), true);
    }
    let listed = before.filter(|(before, _)| listed_behind(claim, before));
    let reads_on = listed.map(|(before, _)| with_words_of(claim, before)).or_else(|| with_topic(claim));
    let readings = of_claim(reads_on.as_ref().unwrap_or(claim), holder, lexicon);
    let firm = readings.iter().any(|it| it.sense == Sense::Whole);
    let of = whole.filter(|(whole, _)| !firm && whole.unit == claim.unit && whole.site.chain == claim.site.chain);
    let Some((_, of)) = of else { return (readings, false) };
    let parts: Vec<Candidate> = of
        .iter()
        .filter_map(|it| {
            let entry = lexicon.entries.iter().find(|entry| entry.indicator == it.indicator)?;
            let filter = named_part(claim, entry)?;
            let mut part = own(it);
            part.filters.retain(|(field, _)| *field != filter.field);
            part.filters.push((filter.field.clone(), filter.value.clone()));
            Some(part)
        })
        .collect();
    if parts.is_empty() { (readings, false) } else { (parts, true) }
}

/// How well an entry's words fit; the larger, the better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Fit {
    /// The word stands in the claim's own words (3), its clause (2), its sentence (1).
    near: u8,
    /// Whether the unit is the indicator's own: 工作站被预约211次 are bookings and no lessons.
    exact: bool,
    /// How close it stands to the number, the closest highest: of 毕业生就业261人 the 就业 are counted.
    close: std::cmp::Reverse<usize>,
    /// The length of the word in characters.
    len: usize,
    /// How many of the required context words stand near; fewer than none if they all stand behind, where another number
    /// may own them (在校生1421人，中德班17个).
    context: isize,
    /// How close it follows the number, where all else is alike: 3个专项一等奖、综合二等奖 are first prizes.
    behind: std::cmp::Reverse<usize>,
}

fn of_claim(claim: &Claim, holder: &Holder, lexicon: &Lexicon) -> Vec<Candidate> {
    if matches!(claim.kind, Kind::Date | Kind::Grade | Kind::Threshold) || claim.numeral == Numeral::None {
        return Vec::new();
    }
    // 县级赛场同样亮眼，二等奖就有21人次: the clause before may tell the level.
    let told = Around { lead: said_before(claim), paragraph: up_to_sentence(&claim.site) };
    let level = claim.level.or_else(|| level_before(told.lead, lexicon));
    let fits: Vec<(Fit, &LexEntry, Said)> = lexicon
        .entries
        .iter()
        .filter(|entry| kind_agrees(claim, entry))
        .filter(|entry| level.is_none() || entry.level.is_none() || level == entry.level)
        .filter_map(|entry| fit(claim, entry, &told).map(|(fit, word)| (fit, entry, word)))
        .collect();
    let Some(best) = fits.iter().map(|it| it.0).max() else { return Vec::new() };
    fits.iter()
        .filter(|(fit, ..)| *fit == best)
        .map(|(fit, entry, word)| {
            let mut narrowed = filters(claim, entry);
            let held = held_by(holder, entry, &mut narrowed, lexicon);
            let said = sense(claim, entry, word, fit.near, &narrowed, lexicon);
            let partly = about_another(claim, entry, fit, &narrowed, lexicon)
                || of_a_level(claim, &word.text, entry, &narrowed, lexicon);
            let said = if said == Sense::Whole && partly {
                Sense::PerhapsPart
            } else if said == Sense::PerhapsPart && fit.near == 1 && told_already(claim, &word.text) {
                Sense::Narrowed
            } else {
                said
            };
            Candidate {
                claim_id: claim.id.clone(),
                indicator: entry.indicator.clone(),
                word: word.text.to_string(),
                sense: match (said, held) {
                    (Sense::Other(_), _) | (_, Sense::Whole) | (Sense::Narrowed, Sense::PerhapsPart) => said,
                    _ => held,
                },
                filters: narrowed.iter().map(|filter| (filter.field.clone(), filter.value.clone())).collect(),
                level: claim.level,
            }
        })
        .collect()
}

/// Whether what must stand near stands only in another sentence, while this one tells of something else: behind a
/// sentence on 班主任 the prizes of 教学能力大赛获一等奖3人次 are not theirs.
fn about_another(claim: &Claim, entry: &LexEntry, fit: &Fit, narrowed: &[&Filter], lexicon: &Lexicon) -> bool {
    let here = any_of(&entry.context, &claim.site.sentence_text);
    !entry.context.is_empty()
        && fit.context == 0
        && !here
        && names_another(said_before(claim), entry, narrowed, lexicon)
}

/// Whether a level is named that the indicator can be narrowed to, in words its slices do not know: 省赛获奖30项.
fn of_a_level(claim: &Claim, word: &str, entry: &LexEntry, narrowed: &[&Filter], lexicon: &Lexicon) -> bool {
    let named = level_before(&claim.site.before.replace(word, ""), lexicon).filter(|level| *level >= Level::County);
    let level = |filter: &Filter| filter.word.ends_with('级') && level_before(&filter.word, lexicon) == named;
    named.is_some() && entry.level.is_none() && narrowed.is_empty() && entry.filters.iter().any(level)
}

/// Whether the word that stands before has its own number already, and this one counts something by its own words:
/// 主题党日10次，参观基地10次.
fn told_already(claim: &Claim, word: &str) -> bool {
    let said = said_before(claim);
    let own = claim.site.before.as_str();
    let told = said.strip_suffix(own).and_then(|said| said.rsplit_once(word));
    told.is_some_and(|(_, behind)| behind.contains(|c: char| c.is_ascii_digit()))
        && !(bare(own) && bare(&claim.site.after))
}

/// Narrows a reading to the part of the school whose text it stands in, unless its own words name one. The sense says how
/// firm that is.
fn held_by<'a>(holder: &Holder, entry: &'a LexEntry, narrowed: &mut Vec<&'a Filter>, lexicon: &Lexicon) -> Sense {
    let (name, sense) = match holder {
        Holder::School => return Sense::Whole,
        Holder::SomePart => return Sense::Other(Reason::NoSlice),
        Holder::Part(name) => (name, Sense::Whole),
        Holder::PerhapsPart(name) => (name, Sense::PerhapsPart),
    };
    if narrowed.iter().any(|filter| lexicon.parts.contains(&filter.word)) {
        return Sense::Whole;
    }
    match entry.filters.iter().find(|filter| filter.word == *name) {
        Some(filter) => {
            narrowed.push(filter);
            sense
        }
        None if sense == Sense::Whole => Sense::Other(Reason::NoSlice),
        None => sense,
    }
}

/// What is told around a number, found once for all entries.
struct Around<'c> {
    /// What stands before it in its sentence.
    lead: &'c str,
    /// Its paragraph up to its sentence.
    paragraph: &'c str,
}

fn fit<'a>(claim: &Claim, entry: &'a LexEntry, told: &Around) -> Option<(Fit, Said<'a>)> {
    let site = &claim.site;
    // “三会一课”到会率：94.5%: what a colon parts from its number is said beside it.
    let heading = if site.before.is_empty() { heading(told.lead) } else { "" };
    let own = format!("{}\n{}\n{}\n{heading}", site.before, site.after, claim.subject);
    let here = |word: &&String| told.lead.contains(*word) || site.clause_text.contains(*word);
    let context = match entry.context.iter().filter(here).count() {
        0 if entry.context.is_empty() || any_of(&entry.context, told.paragraph) => 0,
        0 if any_of(&entry.context, &site.sentence_text) => -1,
        0 => return None,
        near => isize::try_from(near).unwrap_or(isize::MAX),
    };
    let near = |word: &str| match () {
        () if own.contains(word) => Some(3),
        () if site.clause_text.contains(word) => Some(2),
        // A rate is named beside its number or not at all; counts may be named in a clause before.
        () if claim.kind != Kind::Rate && told.lead.contains(word) => Some(1),
        () => None,
    };
    // Of 导师与326名学生结对 the 导师 are not counted.
    let beside = |said: &str| site.before.strip_suffix(['与', '同', '跟', '向']).is_some_and(|it| it.ends_with(said));
    let words = entry.words.iter().filter(|word| !word.is_empty());
    words
        .filter_map(|word| {
            let texts = [&site.before, &site.after, &claim.subject, heading, &site.clause_text];
            let said = around(site, word).or_else(|| as_said(word, &texts)).filter(|it| !beside(&it.text))?;
            let close = std::cmp::Reverse(distance(claim, &said.text));
            let behind = site.after.find(said.text.as_ref()).map_or(ELSEWHERE, |at| site.after[..at].chars().count());
            let behind = std::cmp::Reverse(behind);
            // Of words alike in length the one without a gap is meant.
            let gaps = word.matches(GAP).count();
            let len = word.chars().count() - 2 * gaps;
            let exact = claim.unit == entry.unit.split('/').next().unwrap_or_default();
            Some((Fit { near: near(&said.text)?, exact, close, len, context, behind }, said))
        })
        .max_by_key(|it| it.0)
}

/// Whether any of the words stands in a text.
fn any_of(words: &[String], text: &str) -> bool {
    words.iter().any(|word| text.contains(word))
}

/// The paragraph up to the sentence a number stands in.
fn up_to_sentence(site: &Site) -> &str {
    let paragraph = site.paragraph_text.as_ref();
    paragraph.find(site.sentence_text.as_ref()).map_or(paragraph, |at| &paragraph[..at])
}

/// What a colon leads from to its number, without a year: 志愿服务时长（2024年）：. Nothing if it is a sentence, or tells a number.
fn heading(said: &str) -> &str {
    const LONGEST: usize = 12;
    let heading = said.strip_suffix('：').and_then(|it| it.rsplit(['，', '。', '；', '：']).next()).unwrap_or_default();
    let heading = heading.split_once('（').filter(|(_, year)| year.ends_with('）')).map_or(heading, |(name, _)| name);
    let year = heading.chars().take_while(char::is_ascii_digit).count();
    let heading = if year == 4 { heading[year..].trim_start_matches(['年', '届', '度']) } else { heading };
    let bare = heading.chars().count() <= LONGEST && !heading.contains(|c: char| c.is_ascii_digit());
    if bare { heading } else { "" }
}

/// Between the parts of a word of the catalog that other words may part in prose: `专任教师…占比`.
const GAP: char = '…';

/// A word of the catalog as a text says it.
#[derive(Clone, Debug)]
pub(crate) struct Said<'a> {
    /// The word as it stands there, with what fills its gaps; its first part where the number itself parts it.
    pub text: Cow<'a, str>,
    /// What fills its gaps.
    pub gaps: Vec<String>,
}

/// A word as it stands in one of the texts.
fn as_said<'a>(word: &'a str, texts: &[&str]) -> Option<Said<'a>> {
    if !word.contains(GAP) {
        return Some(Said { text: Cow::Borrowed(word), gaps: Vec::new() });
    }
    texts.iter().find_map(|text| with_gaps(text, word))
}

/// The last place in a text where the parts of a word stand in their order, a few characters of one clause apart.
fn with_gaps<'a>(text: &str, word: &str) -> Option<Said<'a>> {
    const WIDEST: usize = 12;
    let mut parts = word.rsplit(GAP);
    let last = parts.next()?;
    let end = text.rfind(last)? + last.len();
    let (mut start, mut gaps) = (end - last.len(), Vec::new());
    for part in parts {
        let at = text[..start].rfind(part)?;
        let gap = &text[at + part.len()..start];
        if gap.chars().count() > WIDEST || gap.contains(['，', '。', '；', '：']) {
            return None;
        }
        gaps.push(gap.to_owned());
        start = at;
    }
    Some(Said { text: Cow::Owned(text[start..end].to_owned()), gaps })
}

/// A word whose parts the number itself parts: 走访了1495名学生 for `走访…学生`.
fn around<'a>(site: &Site, word: &'a str) -> Option<Said<'a>> {
    const WIDEST: usize = 8;
    let (head, tail) = word.split_once(GAP)?;
    let at = site.before.rfind(head)?;
    let behind = site.after.find(tail.trim_end_matches(GAP))?;
    let gaps = [&site.before[at + head.len()..], &site.after[..behind]];
    let near = gaps.iter().all(|gap| gap.chars().count() <= WIDEST);
    near.then(|| Said { text: Cow::Borrowed(head), gaps: gaps.map(str::to_owned).to_vec() })
}

/// What stands before a number in its sentence.
pub(crate) fn said_before(claim: &Claim) -> &str {
    let site = &claim.site;
    let clause = site.sentence_text.find(site.clause_text.as_ref());
    let until = clause.map(|at| at + site.clause_text.find(&site.before).map_or(0, |it| it + site.before.len()));
    until.map_or("", |until| &site.sentence_text[..until])
}

/// The distance of a word that stands elsewhere.
const ELSEWHERE: usize = 99;

/// How many characters stand between a number and a word before it; words elsewhere are alike.
fn distance(claim: &Claim, word: &str) -> usize {
    let before = &claim.site.before;
    before.rfind(word).map_or(ELSEWHERE, |at| before[at + word.len()..].chars().count())
}

/// Units and kinds must agree: 人次 is not 人, a growth is not a share.
pub fn kind_agrees(claim: &Claim, entry: &LexEntry) -> bool {
    // What is so much for each is printed without what it is for: 平均月收入5500元.
    let (a, whole) = (claim.unit.as_str(), entry.unit.as_str());
    let b = whole.split_once('/').map_or(whole, |(over, _)| over);
    let per = b.len() < whole.len() && (a == b || a == whole);
    let kind = match entry.kind {
        EntryKind::Count => matches!(claim.kind, Kind::Count),
        // Of one person a result is one participation: 李明老师获3个一等奖.
        EntryKind::PersonTimes => claim.kind == Kind::PersonTimes || one_person(claim),
        EntryKind::Rate => claim.kind == Kind::Rate,
        EntryKind::Growth => matches!(claim.kind, Kind::ChangeRate | Kind::Change | Kind::Points | Kind::Multiple),
        EntryKind::Money => claim.kind == Kind::Money,
        EntryKind::Time => matches!(claim.kind, Kind::Hours | Kind::Duration),
        EntryKind::Rank => matches!(claim.kind, Kind::Rank | Kind::Ordinal),
        EntryKind::Amount => matches!(claim.kind, Kind::Quantity | Kind::Ratio) || claim.kind != Kind::Rate && per,
    };
    let people = |unit: &str| counts_people(unit) && unit != "人次";
    let unit = b.is_empty()
        || a == b
        || entry.other_units.iter().any(|other| other == a)
        || (b == "人次" && one_person(claim))
        || (people(a) && people(b))
        || (matches!(a, "枚" | "块" | "面") && matches!(b, "枚" | "块" | "面"));
    kind && (unit || matches!(entry.kind, EntryKind::Rank | EntryKind::Growth) || things(a) && things(b))
}

/// Whether things are counted that one person got.
fn one_person(claim: &Claim) -> bool {
    claim.kind == Kind::Count && claim.whose.is_some() && things(&claim.unit)
}

/// Measure words of things are used freely for each other: 31个工作站, 12项论文奖.
fn things(unit: &str) -> bool {
    matches!(unit, "个" | "项" | "件" | "门" | "篇" | "家" | "所" | "套" | "次" | "场" | "节" | "部" | "批" | "批次")
}

/// Whether a word is one of several in a row: of 谈话、走访、电话等方式 and 来访和交流 none narrows what is counted.
fn listed_beside(said: &str, word: &str) -> bool {
    const SIGNS: [char; 4] = ['、', '和', '与', '及'];
    said.find(word).is_some_and(|at| {
        let behind = &said[at + word.len()..];
        said[..at].ends_with(SIGNS) || behind.starts_with(SIGNS) || behind.starts_with('等')
    })
}

/// The slices named beside the number: the nearest word of each field.
fn filters<'a>(claim: &Claim, entry: &'a LexEntry) -> Vec<&'a Filter> {
    let site = &claim.site;
    let near = |text: &str, filter: &Filter| text.contains(&filter.word);
    let graded = |filter: &Filter| !site.grade.is_empty() && grade_name(&site.grade) == filter.word;
    let here = |filter: &&Filter| graded(filter) || near(&site.before, filter) || near(&claim.subject, filter);
    // What is said once for the whole clause holds for each number, but 金牌 said for one is not said for its neighbours.
    let elsewhere =
        |filter: &&Filter| site.grade.is_empty() && near(&site.clause_text, filter) && !near(&site.after, filter);
    let mut chosen: Vec<&Filter> = Vec::new();
    // 家长会和家长学校讲座: two of one field are no narrowing.
    let several = |filter: &&Filter| {
        entry.filters.iter().filter(here).any(|it| {
            it.field == filter.field
                && it.value != filter.value
                && !it.word.contains(&filter.word)
                && !filter.word.contains(&it.word)
        })
    };
    for filter in entry.filters.iter().filter(here).chain(entry.filters.iter().filter(elsewhere)) {
        if listed_beside(&site.before, &filter.word) {
            continue;
        }
        // 学校入选第二批示范工作室: the school tells it; the studio need not be the whole school's. 师生 are all of them.
        if ["学校", "师生"].contains(&filter.word.as_str()) || several(&filter) {
            continue;
        }
        if chosen.iter().all(|known| known.field != filter.field) {
            chosen.push(filter);
        }
    }
    chosen
}
