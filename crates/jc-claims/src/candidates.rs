//! Which indicator a claim may be about: decided by words, unit and kind, never by value.

use std::borrow::Cow;

use crate::document::{Claim, Document, Kind, Level, Numeral, Site};
use crate::lexicon::{EntryKind, Filter, LexEntry, Lexicon};
use crate::scope::{Sense, sense};
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
    doc.claims.iter().flat_map(|claim| of_claim(claim, lexicon)).collect()
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
    /// How many of the required context words stand near.
    context: usize,
    /// How close it follows the number, where all else is alike: 3个专项一等奖、综合二等奖 are first prizes.
    behind: std::cmp::Reverse<usize>,
}

fn of_claim(claim: &Claim, lexicon: &Lexicon) -> Vec<Candidate> {
    if matches!(claim.kind, Kind::Date | Kind::Grade | Kind::Threshold) || claim.numeral == Numeral::None {
        return Vec::new();
    }
    let fits: Vec<(Fit, &LexEntry, Said)> = lexicon
        .entries
        .iter()
        .filter(|entry| kind_agrees(claim, entry))
        .filter(|entry| claim.level.is_none() || entry.level.is_none() || claim.level == entry.level)
        .filter_map(|entry| fit(claim, entry).map(|(fit, word)| (fit, entry, word)))
        .collect();
    let Some(best) = fits.iter().map(|it| it.0).max() else { return Vec::new() };
    fits.iter()
        .filter(|(fit, ..)| *fit == best)
        .map(|(fit, entry, word)| {
            let narrowed = filters(claim, entry);
            Candidate {
                claim_id: claim.id.clone(),
                indicator: entry.indicator.clone(),
                word: word.text.to_string(),
                sense: sense(claim, entry, word, fit.near, &narrowed, lexicon),
                filters: narrowed.iter().map(|filter| (filter.field.clone(), filter.value.clone())).collect(),
                level: claim.level,
            }
        })
        .collect()
}

fn fit<'a>(claim: &Claim, entry: &'a LexEntry) -> Option<(Fit, Said<'a>)> {
    let site = &claim.site;
    // “三会一课”到会率：94.5%: what a colon parts from its number is said beside it.
    let heading = if site.before.is_empty() { heading(said_before(claim)) } else { "" };
    let own = format!("{}\n{}\n{}\n{heading}", site.before, site.after, claim.subject);
    let context = entry.context.iter().filter(|word| site.sentence_text.contains(*word)).count();
    let context_far = entry.context.iter().any(|word| site.paragraph_text.contains(word));
    if !entry.context.is_empty() && context == 0 && !context_far {
        return None;
    }
    let near = |word: &str| match () {
        () if own.contains(word) => Some(3),
        () if site.clause_text.contains(word) => Some(2),
        // A rate is named beside its number or not at all; counts may be named in a clause before.
        () if claim.kind != Kind::Rate && said_before(claim).contains(word) => Some(1),
        () => None,
    };
    // Of 导师与326名学生结对 the 导师 are not counted.
    let beside = |said: &str| site.before.strip_suffix(['与', '同', '跟', '向']).is_some_and(|it| it.ends_with(said));
    let words = entry.words.iter().filter(|word| !word.is_empty());
    words
        .filter_map(|word| {
            let texts = [&site.before, &site.after, &claim.subject, heading, &site.clause_text];
            let said = as_said(word, &texts).or_else(|| around(site, word)).filter(|it| !beside(&it.text))?;
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
    matches!(unit, "个" | "项" | "件" | "门" | "篇" | "家" | "所" | "套" | "次" | "场" | "节" | "部")
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
