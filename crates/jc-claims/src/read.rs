//! Reads a text: layout, numbers, and what each of them says.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, OnceLock};

use crate::clauses::Clauses;
use crate::context;
use crate::document::{Claim, Document, Kind, Numeral, Sentence, Site, Span};
use crate::implied::{graded_results, named_counts};
use crate::items;
use crate::layout::Layout;
use crate::lexicon::Lexicon;
use crate::mask::mask;
use crate::names::{People, find_people};
use crate::relate::compared_with;
use crate::scan::{Found, scan};
use crate::subject::{looks_back, subject};
use crate::units::counts_people;

/// Finds every numeric claim of a text, in its order.
///
/// The text may be raw: broken lines, headings printed twice, blanks inside numbers. Offsets are those of the text
/// as given. Numerals in names and set phrases are not reported; dates, grades and conditions are, with their kind.
pub fn read(text: &str, lexicon: &Lexicon) -> Document {
    let layout = Layout::new(text);
    let given: Vec<char> = text.chars().collect();
    let people = find_people(&layout);
    let clauses = Clauses::new(&layout);
    let mut found = scan(&layout, &mask(&layout, lexicon, &people));
    let named = named_counts(&clauses, &found, &people);
    found.extend(named);
    found.extend(graded_results(&layout, &clauses, &found));
    found.sort_by_key(|f| f.start);
    let period = context::text_period(&found, &|a, b| layout.text(a, b.min(layout.chars.len())));
    let brackets = brackets_of_last_year(&layout);
    let areas = context::areas(&layout, &given, lexicon);

    let mut texts = Texts::default();
    let mut claims: Vec<Claim> = Vec::with_capacity(found.len());
    for n in 0..found.len() {
        let mut site = site(&layout, &clauses, &found, n, &mut texts);
        let falls = settle(&mut found[n], &site, claims.last());
        let it = &found[n];
        let words = (it.start - site.before.chars().count(), clauses.clause(site.clause).1);
        if let Some((items, partial)) = items::items(&layout, it, words, &people) {
            (site.items, site.partial) = (items, partial);
        }
        let subject = subject_of(&layout, it, &site, &claims);
        site.in_sentence = bytes_within(&site);
        site.of_last_year = brackets.is_some_and(|told| told < it.start)
            && site.before == "（"
            && layout.chars.get(it.end) == Some(&'）');
        site.words = format!("{}{}{subject}", site.before, site.after);
        let span = Span { start: layout.at[it.start], end: layout.at[it.end - 1] + 1 };
        site.cell = layout.cell(span.start);
        let sentence = clauses.sentence(site.sentence);
        claims.push(Claim {
            id: format!("c{}", n + 1),
            span,
            text: given[span.start..span.end].iter().collect(),
            value: it.value,
            min: it.min,
            max: it.max,
            bound: it.bound,
            step: it.step,
            decimals: it.decimals,
            unit: it.unit.clone(),
            kind: it.kind,
            numeral: it.numeral,
            falls,
            each: holders(&site.before),
            whose: whose(it, words.0, &people),
            measure: context::measure(it.kind, &site, &subject),
            subject,
            period: context::period(
                &found,
                n,
                sentence,
                &site,
                period.as_ref(),
                &|a, b| layout.text(a, b),
                claims.last(),
            ),
            level: context::level(&site, lexicon),
            area: areas.iter().rev().find(|(at, _)| *at <= it.start).map(|(_, area)| area.clone()),
            terms: it.terms.clone(),
            site,
        });
    }
    let unnumbered = unnumbered(&layout, &clauses, &claims);
    Document { claims, period, unnumbered }
}

/// Where a text says that what stands in brackets is of the year before: （括号内为上年）.
fn brackets_of_last_year(layout: &Layout) -> Option<usize> {
    const WORDS: usize = 12;
    (0..layout.chars.len()).filter(|&at| layout.starts_with(at, "括号")).find(|&at| {
        let told = layout.text(at, (at + WORDS).min(layout.chars.len()));
        let told = told.split(['，', '。', '\n']).next().unwrap_or_default();
        ["上年", "去年", "上一年", "同期"].iter().any(|year| told.contains(year))
    })
}

/// The sentences without any number: 全年无一人缺考.
fn unnumbered(layout: &Layout, clauses: &Clauses, claims: &[Claim]) -> Vec<Sentence> {
    let numbered: HashSet<usize> = claims.iter().map(|claim| claim.site.sentence).collect();
    let open = (0..clauses.sentences()).filter(|n| !numbered.contains(n) && !clauses.cut(*n));
    open.filter_map(|n| {
        let (start, end) = clauses.sentence(n);
        let (paragraph, ..) = (start < end).then(|| clauses.ids(start))?;
        Some(Sentence { start, paragraph, chain: clauses.chain(n), text: layout.text(start, end).into() })
    })
    .collect()
}

/// Settles the kind; in a row (分别增长1.2%、3.4%和2.1%) the later ones are what the first is.
fn settle(found: &mut Found, site: &Site, last: Option<&Claim>) -> bool {
    let falls = context::settle_kind(found, site);
    let row = site.before.trim_matches(['、', '和', '与', '及', ' ']).is_empty();
    match last {
        Some(last) if row && last.site.clause == site.clause && last.unit == found.unit && found.unit == "%" => {
            found.kind = last.kind;
            last.falls
        }
        // 比预算65万元节约16.4万元: what the first is compared with says that the second is the difference.
        Some(last) if last.site.clause == site.clause && compared_with(last) => {
            let change = context::only_changes(&site.before);
            let measured = matches!(found.kind, Kind::Quantity | Kind::Duration);
            if change.is_some() && (found.kind.counts() || measured) {
                found.kind = Kind::Change;
            }
            change.unwrap_or(falls)
        }
        _ => falls,
    }
}

fn subject_of(layout: &Layout, found: &Found, site: &Site, claims: &[Claim]) -> String {
    if found.numeral == Numeral::None && !found.grade.is_empty() {
        return layout.text(found.start, found.end);
    }
    let says = |claim: &&Claim| !matches!(claim.kind, Kind::Date | Kind::Grade | Kind::Ordinal | Kind::Threshold);
    // 年末馆藏32.6万册，生均77.3册，比年初的31.2万册净增1.4万册: what has the same unit is spoken of.
    let here = || claims.iter().rev().take_while(|c| c.site.sentence == site.sentence).take(8).filter(says);
    let same = |c: &&Claim| match found.kind {
        Kind::Rate | Kind::ChangeRate | Kind::Points | Kind::Multiple => !c.site.before.starts_with('（'),
        _ => c.unit == found.unit && c.kind != Kind::Quantity,
    };
    let like = if looks_back(site) { here().find(same) } else { None };
    let last = like.or_else(|| claims.iter().rev().find(says)).filter(|_| found.grade.is_empty());
    subject(found, site, &topic(site, last), coined(layout, found).as_deref())
}

/// Numbers that take words away from their neighbours; dates, grades and ordinals leave them.
fn parts_words(found: &Found) -> bool {
    !matches!(found.kind, Kind::Date | Kind::Grade | Kind::Ordinal | Kind::Threshold)
}

/// The texts of clauses, sentences and paragraphs, each made once: a paragraph of a thousand numbers is kept once.
#[derive(Default)]
struct Texts(HashMap<(usize, usize), Arc<str>>);

impl Texts {
    fn of(&mut self, layout: &Layout, (start, end): (usize, usize)) -> Arc<str> {
        self.0.entry((start, end)).or_insert_with(|| layout.text(start, end).into()).clone()
    }
}

fn site(layout: &Layout, clauses: &Clauses, found: &[Found], n: usize, texts: &mut Texts) -> Site {
    let own = &found[n];
    let (paragraph, sentence, clause) = clauses.ids(own.start);
    let (start, end) = clauses.clause(clause);
    let end = end.max(own.end);
    let previous = found[..n].iter().rev().find(|f| f.end > start && f.end <= own.start && parts_words(f));
    let mut from = previous.map_or(start, |f| f.end);
    // Between two amounts only what follows the sign belongs to the second: 讲座7场、培训5场.
    if previous.is_some()
        && let Some(sign) = layout.chars[from..own.start].iter().position(|&c| matches!(c, '、' | '；'))
        && from + sign < own.start
    {
        from += sign + 1;
    }
    let next = found[n + 1..].iter().find(|f| f.start >= own.end && f.start < end && parts_words(f));
    let mut to = next.map_or(end, |f| f.start);
    if next.is_some()
        && let Some(sign) = layout.chars[own.end..to].iter().position(|&c| c == '、')
    {
        to = own.end + sign;
    } else if next.is_some() && to > own.end && matches!(layout.chars[to - 1], '和' | '与' | '及') {
        to -= 1;
    }
    let (sentence_start, sentence_end) = clauses.sentence(sentence);
    let (paragraph_start, paragraph_end) = clauses.paragraph(paragraph);
    // A run of medals shares the words before its first: 勇夺5金8银7铜.
    if !own.grade.is_empty() {
        let mut first = n;
        while first > 0 && found[first - 1].end == found[first].start && !found[first - 1].grade.is_empty() {
            first -= 1;
        }
        if first < n {
            return Site { start: own.start, end: own.end, ..site(layout, clauses, found, first, texts) }
                .with_grade(&own.grade);
        }
    }
    // 在校生规模：3642人: a name with a colon leads to its number.
    if from == start && clause > 0 && layout.chars.get(start.wrapping_sub(1)) == Some(&'：') {
        let (name, end) = clauses.clause(clause - 1);
        let bare = !found[..n].iter().any(|f| f.end > name && parts_words(f));
        if bare && name >= sentence_start && end - name <= 12 && own.start - start <= 2 {
            from = name;
        }
    }
    Site {
        start: own.start,
        end: own.end,
        paragraph,
        sentence,
        sentence_start,
        chain: clauses.chain(sentence),
        clause,
        before: layout.text(from.min(own.start), own.start),
        after: layout.text(own.end, to.max(own.end)),
        clause_text: texts.of(layout, (start, end)),
        sentence_text: texts.of(layout, (sentence_start, sentence_end)),
        paragraph_text: texts.of(layout, (paragraph_start, paragraph_end)),
        grade: own.grade.clone(),
        items: Vec::new(),
        partial: false,
        cut: clauses.cut(sentence),
        old: OnceLock::new(),
        class: OnceLock::new(),
        cell: None,
        in_sentence: (0, 0),
        of_last_year: false,
        words: String::new(),
    }
}

/// Where a number stands in the text of its sentence, in bytes.
fn bytes_within(site: &Site) -> (usize, usize) {
    let text = &site.sentence_text;
    let byte = |at: usize| {
        let character = at.saturating_sub(site.sentence_start);
        text.char_indices().nth(character).map_or(text.len(), |(byte, _)| byte)
    };
    (byte(site.start), byte(site.end))
}

impl Site {
    fn with_grade(mut self, grade: &str) -> Site {
        self.grade = grade.to_string();
        self.after.clear();
        self
    }
}

/// The noun inside a claim such as 四大文化节.
fn coined(layout: &Layout, found: &Found) -> Option<String> {
    let text = layout.text(found.start, found.end);
    let (number, noun) = text.split_once('大')?;
    let counts = found.kind == Kind::Count && found.numeral != Numeral::None && number.chars().count() <= 3;
    (counts && !noun.is_empty()).then(|| noun.to_string())
}

/// What an opening 在…中 of the sentence names; else, where the clause says nothing, the subject before.
fn topic(site: &Site, last: Option<&Claim>) -> String {
    let sentence = &site.sentence_text;
    if let Some(open) = sentence.find('在')
        && let Some(close) = sentence[open..].find(
            ["中，", "上，", "里，", "期间，"]
                .iter()
                .find(|c| sentence[open..].contains(**c))
                .copied()
                .unwrap_or("中，"),
        )
        && sentence[open..open + close].chars().count() <= 30
    {
        return sentence[open + '在'.len_utf8()..open + close].to_string();
    }
    match last {
        Some(last) if last.site.sentence == site.sentence => last.subject.clone(),
        _ => String::new(),
    }
}

/// The person whose results a number of things counts: the only one named between the start of its words and it, with a
/// verb of honour behind. 李明等4人 counts people, and is nobody's.
fn whose(found: &Found, from: usize, people: &[People]) -> Option<String> {
    let things = matches!(found.kind, Kind::Count | Kind::PersonTimes) && !counts_people(&found.unit);
    if !things && found.unit != "人次" {
        return None;
    }
    let mut before = people.iter().filter(|list| from <= list.start && list.end <= found.start);
    match (before.next(), before.next()) {
        (Some(list), None) if list.honoured && !list.partial => match list.names.as_slice() {
            [one] => Some(one.clone()),
            _ => None,
        },
        _ => None,
    }
}

/// 一、二等奖各3人, 甲、乙、丙各选派4人: how many holders the words before 各 list.
fn holders(before: &str) -> Option<u32> {
    let at = before.rfind('各')?;
    let verb = &before[at + '各'.len_utf8()..];
    if verb.chars().count() > 4
        || verb.starts_with(['类', '项', '级', '种', '地', '界', '位', '方', '校', '系', '班', '学', '个', '专'])
    {
        return None;
    }
    let signs = before[..at].matches(['、', '和', '与', '及']).count();
    u32::try_from(signs + 1).ok().filter(|&n| n > 1)
}
