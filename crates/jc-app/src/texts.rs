//! Checked texts that are kept: with what was said of their numbers, and the same claim compared across texts.
//!
//! Whoever may check texts keeps their own; those who see the whole school see everyone's. Verdicts are never kept as
//! truth: a text is judged anew whenever it is opened, what is kept beside it is what it came to last, for lists and
//! comparisons.

use crate::check_text::{Checked, Correction, Tally, Wanted};
use crate::error::AppError;
use crate::person::Viewer;
use jc_base::RecordId;
use jc_catalog::Operation;
use jc_claims::document::{Bound, Claim};
use jc_claims::exact::Exact;
use jc_claims::judge::Verdict;
use jc_store::Reach;
use jc_store::store::Ending;
use jc_store::texts::{KeptText, Whose};
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

/// The kinds of texts, for the list: message ids `text-kind-…`.
pub const KINDS: [&str; 5] = ["report", "article", "speech", "notice", "other"];
/// The longest title, in characters.
pub const MOST_TITLE: usize = 120;
/// So many texts are listed and compared.
const MOST_TEXTS: usize = 200;

/// A text to be kept or changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// What it is called; from the text's first words if empty.
    pub title: String,
    /// One of [`KINDS`]; `other` if it is none.
    pub kind: String,
    /// The year meant where it names none.
    pub year: i32,
    /// The text.
    pub text: String,
    /// What was said of its numbers.
    pub corrections: Vec<Correction>,
}

/// A kept text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Its id.
    pub id: RecordId,
    /// Who keeps it: their login.
    pub made_by: String,
    /// When it was changed last, in milliseconds since 1970 UTC.
    pub changed_at: i64,
    /// What it came to when it was looked at last.
    pub tally: Tally,
    /// The text itself.
    pub draft: Draft,
    /// What its judged numbers said.
    said: Vec<Said>,
}

/// What a text said of something the records know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The indicator.
    pub indicator: String,
    /// The period, as printed.
    pub period: String,
    /// Slices: field and value.
    pub slices: Vec<(String, String)>,
    /// The number as written.
    pub stated: String,
    /// Its value: `84`, `320-330`.
    pub value: String,
    /// What it leaves open.
    admits: Admits,
    /// The verdict's word.
    pub verdict: String,
    /// The records' figure as printed.
    pub printed: String,
}

/// What a number leaves open: 1000余 anything between 1000 and 1100, 99.3% what rounds to it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Admits {
    /// The number itself, if it is said outright.
    exact: Option<Exact>,
    /// The least and the most, where there are such, and whether these are meant too.
    least: Option<(Exact, bool)>,
    most: Option<(Exact, bool)>,
}

impl Admits {
    fn of(claim: &Claim) -> Self {
        let bounds = |least, most| (claim.min.map(|it| (it, least)), claim.max.map(|it| (it, most)));
        let outright = || claim.value.filter(|_| matches!(claim.bound, Bound::Exact | Bound::Ratio));
        let half = || claim.step.over(Exact::whole(2));
        let (least, most) = match (claim.bound, outright()) {
            (_, Some(value)) => {
                let half = half().unwrap_or(Exact::ZERO);
                (value.minus(half).map(|it| (it, true)), value.plus(half).map(|it| (it, false)))
            }
            (Bound::Over, _) => bounds(false, false),
            (Bound::Nearly, _) => bounds(true, false),
            _ => bounds(true, true),
        };
        Self { exact: outright(), least, most }
    }

    fn holds(&self, value: Exact) -> bool {
        let above = self.least.is_none_or(|(least, too)| value > least || too && value == least);
        above && self.most.is_none_or(|(most, too)| value < most || too && value == most)
    }

    /// Whether both can be true of one thing.
    fn agrees(&self, other: &Self) -> bool {
        match (self.exact, other.exact) {
            (None, None) => {
                let reaches = |low: Option<(Exact, bool)>, high: Option<(Exact, bool)>| match (low, high) {
                    (Some((low, low_too)), Some((high, high_too))) => low < high || low == high && low_too && high_too,
                    _ => true,
                };
                reaches(self.least, other.most) && reaches(other.least, self.most)
            }
            (own, others) => {
                own.is_some_and(|value| other.holds(value)) || others.is_some_and(|value| self.holds(value))
            }
        }
    }
}

/// The same thing said in several texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaidTwice {
    /// The indicator.
    pub indicator: String,
    /// The period, as printed.
    pub period: String,
    /// Slices: field and value.
    pub slices: Vec<(String, String)>,
    /// Whether the texts give different numbers.
    pub differs: bool,
    /// The texts that say it, by position in the list, and what each says.
    pub said: Vec<(usize, Said)>,
}

impl Viewer<'_> {
    /// Whose kept texts this person sees.
    fn whose(&self) -> Result<Whose, AppError> {
        self.needs(Operation::CheckTexts)?;
        match (self.person.reach(&self.catalog, Operation::CheckTexts), self.person.account) {
            (Reach::School, _) | (_, None) => Ok(Whose::Everyones),
            (_, Some(account)) => Ok(Whose::Of(account)),
        }
    }

    /// The kept texts, the latest first.
    pub fn texts(&self) -> Result<Vec<Kept>, AppError> {
        let whose = self.whose()?;
        let texts = self.read(|reader| Ok(reader.texts(whose, MOST_TEXTS)?))?;
        Ok(texts.iter().map(kept).collect())
    }

    /// A kept text.
    pub fn text(&self, id: RecordId) -> Result<Kept, AppError> {
        let whose = self.whose()?;
        let found = self.read(|reader| Ok(reader.text(whose, id)?))?;
        found.as_ref().map(kept).ok_or(AppError::NotFound)
    }

    /// Checks a kept text as it stands.
    pub fn check_kept(&self, kept: &Kept) -> Result<Checked, AppError> {
        let Draft { text, year, corrections, .. } = &kept.draft;
        self.check(&Wanted { text, year: *year, with_records: true, corrections })
    }

    /// Keeps a text with what it came to.
    pub fn keep_text(&self, draft: &Draft) -> Result<RecordId, AppError> {
        self.needs(Operation::CheckTexts)?;
        let mut row = self.row(RecordId([0; 16]), draft)?;
        let (store, actor) = (&self.app.store, self.person.actor());
        store.write(self.person.school, &actor, "text.keep", "text", self.app.moment(), |writer| {
            row.id = writer.new_id();
            writer.note("text", row.id.to_string());
            writer.keep_text(&row)?;
            Ok(Ending::Keep(row.id))
        })
    }

    /// Changes a kept text, and what it came to with it.
    pub fn change_text(&self, id: RecordId, draft: &Draft) -> Result<(), AppError> {
        let whose = self.whose()?;
        let row = self.row(id, draft)?;
        let (store, actor) = (&self.app.store, self.person.actor());
        store.write(self.person.school, &actor, "text.change", "text", self.app.moment(), |writer| {
            writer.reader()?.text(whose, id)?.ok_or(AppError::NotFound)?;
            writer.note("text", id.to_string());
            writer.change_text(&row)?;
            Ok(Ending::Keep(()))
        })
    }

    /// Lets go of a kept text.
    pub fn drop_text(&self, id: RecordId) -> Result<(), AppError> {
        let whose = self.whose()?;
        let (store, actor) = (&self.app.store, self.person.actor());
        store.write(self.person.school, &actor, "text.drop", "text", self.app.moment(), |writer| {
            writer.reader()?.text(whose, id)?.ok_or(AppError::NotFound)?;
            writer.note("text", id.to_string());
            writer.drop_text(id)?;
            Ok(Ending::Keep(()))
        })
    }

    /// A text as it is kept.
    fn row(&self, id: RecordId, draft: &Draft) -> Result<KeptText, AppError> {
        let Draft { text, year, corrections, .. } = draft;
        let checked = self.check(&Wanted { text, year: *year, with_records: true, corrections })?;
        let title = match draft.title.trim() {
            "" => beginning(&jc_claims::first_line(text)),
            given => given.to_owned(),
        };
        let kind = KINDS.into_iter().find(|kind| *kind == draft.kind).unwrap_or("other");
        Ok(KeptText {
            id,
            account: self.person.account,
            made_by: self.person.login.clone(),
            title: title.chars().take(MOST_TITLE).collect(),
            kind: kind.to_owned(),
            year: *year,
            changed_at: 0,
            content: json!({ "text": text, "corrections": corrections.iter().map(to_json).collect::<Vec<_>>() })
                .to_string(),
            verdicts: outcome(&checked).to_string(),
        })
    }
}

/// A text's first line, as far as it serves as a title.
fn beginning(line: &str) -> String {
    const ENOUGH: usize = 30;
    match line.char_indices().nth(ENOUGH) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default()),
        None => line.to_owned(),
    }
}

/// What several texts say of the same thing: indicator, period and slices alike. Where they differ comes first.
pub fn said_twice(texts: &[Kept]) -> Vec<SaidTwice> {
    type Key<'a> = (&'a str, &'a str, &'a [(String, String)]);
    let mut by_thing: BTreeMap<Key, Vec<(usize, Said)>> = BTreeMap::new();
    for (at, text) in texts.iter().enumerate() {
        for said in &text.said {
            let own = by_thing.entry((&said.indicator, &said.period, &said.slices)).or_default();
            if own.iter().all(|(other, before)| *other != at || before.value != said.value) {
                own.push((at, said.clone()));
            }
        }
    }
    let mut twice: Vec<SaidTwice> = by_thing
        .into_iter()
        .filter(|(_, said)| said.iter().any(|(at, _)| *at != said[0].0))
        .map(|((indicator, period, slices), said)| SaidTwice {
            indicator: indicator.to_owned(),
            period: period.to_owned(),
            slices: slices.to_vec(),
            differs: said
                .iter()
                .enumerate()
                .any(|(n, (_, it))| said[..n].iter().any(|(_, own)| !own.admits.agrees(&it.admits))),
            said,
        })
        .collect();
    twice.sort_by_key(|it| !it.differs);
    twice
}

/// Puts other words in place of some of a text; what was said of numbers behind them moves along, of numbers in them
/// it goes.
pub fn replace(draft: &mut Draft, start: usize, end: usize, words: &str) {
    let chars: Vec<char> = draft.text.chars().collect();
    if start > end || end > chars.len() {
        return;
    }
    let part = |from: usize, to: usize| chars.get(from..to).unwrap_or_default().iter().collect::<String>();
    draft.text = format!("{}{words}{}", part(0, start), part(end, chars.len()));
    let new = words.chars().count();
    draft.corrections.retain(|it| it.end <= start || it.start >= end);
    for correction in draft.corrections.iter_mut().filter(|it| it.start >= end) {
        correction.start = correction.start + new - (end - start);
        correction.end = correction.end + new - (end - start);
    }
}

/// What a checked text came to, as it is kept beside it.
fn outcome(checked: &Checked) -> Json {
    let tally = checked.tally();
    let said = checked.document.claims.iter().filter_map(|claim| {
        let judgement = checked.judgement(&claim.id)?;
        let reading = judgement.reading()?;
        if matches!(judgement.verdict, Verdict::NotDerivable(_)) {
            return None;
        }
        let value = match (claim.value, claim.min, claim.max) {
            (Some(value), _, _) => value.to_string(),
            (None, min, max) => {
                let shown = |it: Option<Exact>| it.map_or_else(String::new, |it| it.to_string());
                format!("{}-{}", shown(min), shown(max))
            }
        };
        Some(json!({
            "indicator": reading.indicator,
            "period": reading.period,
            "slices": reading.slices.iter().map(|(field, value)| json!([field, value])).collect::<Vec<_>>(),
            "stated": claim.text.split_whitespace().collect::<String>(),
            "value": value,
            "admits": admits_json(&Admits::of(claim)),
            "verdict": judgement.verdict.word(),
            "printed": reading.printed,
        }))
    });
    json!({
        "seen": tally.seen,
        "right": tally.right,
        "nearly": tally.nearly,
        "wrong": tally.wrong,
        "open": tally.open,
        "said": said.collect::<Vec<_>>(),
    })
}

fn admits_json(admits: &Admits) -> Json {
    let end = |end: Option<(Exact, bool)>| end.map(|(value, too)| json!([value.to_string(), too]));
    json!({ "exact": admits.exact.map(|it| it.to_string()), "least": end(admits.least), "most": end(admits.most) })
}

/// What a kept number leaves open; one kept before that was written down is taken as it is printed.
fn admits(said: &Json) -> Admits {
    let it = &said["admits"];
    let exact = |it: &Json| {
        let (num, den) = it.as_str()?.split_once('/').unwrap_or((it.as_str()?, "1"));
        Exact::new(num.parse().ok()?, den.parse().ok()?)
    };
    let end = |it: &Json| Some((exact(&it[0])?, it[1].as_bool()?));
    let printed = if it.is_null() { exact(&said["value"]) } else { None };
    Admits { exact: exact(&it["exact"]).or(printed), least: end(&it["least"]), most: end(&it["most"]) }
}

fn to_json(correction: &Correction) -> Json {
    json!({
        "start": correction.start,
        "end": correction.end,
        "indicator": correction.indicator,
        "year": correction.year,
        "unit": correction.unit,
        "part": correction.part,
        "dropped": correction.dropped,
    })
}

/// A kept row as it is meant; what a body does not hold is nought or empty.
fn kept(row: &KeptText) -> Kept {
    let content: Json = serde_json::from_str(&row.content).unwrap_or_default();
    let verdicts: Json = serde_json::from_str(&row.verdicts).unwrap_or_default();
    let count = |it: &Json, name: &str| it[name].as_u64().and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
    let words = |it: &Json, name: &str| it[name].as_str().map(str::to_owned);
    let list = |it: &Json, name: &str| it[name].as_array().cloned().unwrap_or_default();
    let correction = |it: &Json| Correction {
        start: count(it, "start"),
        end: count(it, "end"),
        indicator: words(it, "indicator"),
        year: it["year"].as_i64().and_then(|year| i32::try_from(year).ok()),
        unit: words(it, "unit"),
        part: words(it, "part"),
        dropped: it["dropped"].as_bool().unwrap_or(false),
    };
    let pair = |it: &Json| Some((it[0].as_str()?.to_owned(), it[1].as_str()?.to_owned()));
    let said = |it: &Json| Said {
        indicator: words(it, "indicator").unwrap_or_default(),
        period: words(it, "period").unwrap_or_default(),
        slices: list(it, "slices").iter().filter_map(pair).collect(),
        stated: words(it, "stated").unwrap_or_default(),
        value: words(it, "value").unwrap_or_default(),
        admits: admits(it),
        verdict: words(it, "verdict").unwrap_or_default(),
        printed: words(it, "printed").unwrap_or_default(),
    };
    Kept {
        id: row.id,
        made_by: row.made_by.clone(),
        changed_at: row.changed_at,
        tally: Tally {
            seen: count(&verdicts, "seen"),
            right: count(&verdicts, "right"),
            nearly: count(&verdicts, "nearly"),
            wrong: count(&verdicts, "wrong"),
            open: count(&verdicts, "open"),
        },
        draft: Draft {
            title: row.title.clone(),
            kind: row.kind.clone(),
            year: row.year,
            text: words(&content, "text").unwrap_or_default(),
            corrections: list(&content, "corrections").iter().map(correction).collect(),
        },
        said: list(&verdicts, "said").iter().map(said).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Correction, Draft, beginning, replace};

    #[test]
    fn a_long_paragraph_is_no_title() {
        assert_eq!(beginning("2024年家长会7场。"), "2024年家长会7场。");
        assert_eq!(beginning(&"长".repeat(40)), format!("{}…", "长".repeat(30)));
    }

    #[test]
    fn what_was_said_moves_with_the_words() {
        let at = |start, end| Correction { start, end, dropped: true, ..Correction::default() };
        let mut draft = Draft {
            title: String::new(),
            kind: "other".into(),
            year: 2024,
            text: "甲3人，乙40人，丙5人。".into(),
            corrections: vec![at(1, 3), at(5, 8), at(10, 12)],
        };
        replace(&mut draft, 5, 8, "1234人");
        assert_eq!(draft.text, "甲3人，乙1234人，丙5人。");
        assert_eq!(draft.corrections, [at(1, 3), at(12, 14)]);
        replace(&mut draft, 1, 3, "");
        assert_eq!(draft.text, "甲，乙1234人，丙5人。");
        assert_eq!(draft.corrections, [at(10, 12)]);
        let before = draft.clone();
        replace(&mut draft, 90, 99, "x");
        assert_eq!(draft, before);
    }
}
