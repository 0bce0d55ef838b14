//! What a person's verified records come to on a day: the facts that criteria are held against, each with its proof.

use crate::rating::{self, Voice};
use jc_base::{Date, RecordId, Value};
use jc_catalog::expr::eval::{Moments, Row, Truth, number, truth};
use jc_catalog::pathway::{Amount, Assessment, Pathway, Tally};

/// One verified record.
#[derive(Clone, Copy)]
pub struct Entry<'a> {
    /// Its id.
    pub id: RecordId,
    /// What it says.
    pub row: &'a dyn Row,
}

/// The verified records of one person that a pathway asks about.
pub struct Book<'a> {
    /// The person's own record.
    pub person: &'a dyn Row,
    /// By quantity: the records of its register on which the person stands; none for years since a date.
    pub counted: Vec<Vec<Entry<'a>>>,
    /// Ratings of the person.
    pub ratings: Vec<Entry<'a>>,
    /// Contests of ratings of the person, answered or not.
    pub contests: Vec<Entry<'a>>,
}

/// What a person's records come to on a day.
#[derive(Debug, Clone, PartialEq)]
pub struct Facts {
    /// The day.
    pub on: Date,
    /// By fact: quantities, then the levels of competencies. Missing where nothing tells it, which is not nought.
    pub values: Vec<Value>,
    /// By quantity: what counts, and what could not be judged.
    pub counted: Vec<Counted>,
    /// By competency: who says what.
    pub rated: Vec<Rated>,
}

/// What stands behind a quantity.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counted {
    /// The records that count, in the order of their days.
    pub parts: Vec<Part>,
    /// Records that could not be judged, for something on them is missing.
    pub unjudged: Vec<RecordId>,
}

/// One record's part in a quantity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// The record.
    pub record: RecordId,
    /// The day it counts from.
    pub from: Date,
    /// The last day it counts; nothing if it does not lapse.
    pub until: Option<Date>,
    /// How much, in the quantity's steps.
    pub amount: i64,
}

/// What stands behind a competency's level.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rated {
    /// The level the valid ratings come to.
    pub level: Option<u8>,
    /// The latest rating of each rater of each kind, by day.
    pub heard: Vec<Heard>,
    /// How many levels lie between the lowest and the highest that are valid.
    pub spread: u8,
    /// Whether that is as much as the pathway points out.
    pub disputed: bool,
}

/// A rating.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heard {
    /// The record.
    pub record: RecordId,
    /// Position of its kind in the pathway.
    pub kind: usize,
    /// Who rated.
    pub by: Option<RecordId>,
    /// The level.
    pub level: u8,
    /// When.
    pub on: Date,
    /// The last day it is valid.
    pub until: Date,
    /// Whether it is so old that it should be renewed.
    pub stale: bool,
    /// Whether and how it is contested.
    pub contest: Contested,
    /// The records it rests on.
    pub cites: Vec<RecordId>,
}

/// How a contested rating stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Contested {
    /// It is not, or the contest was turned down.
    No,
    /// It waits for an answer; until then it counts.
    Open,
    /// The contest was upheld: it no longer counts.
    Upheld,
}

impl Row for Facts {
    fn field(&self, ix: usize) -> &Value {
        self.values.get(ix).unwrap_or(&Value::Missing)
    }

    fn copied(&self, _ix: usize) -> &Value {
        &Value::Missing
    }

    fn related(&self, _register: usize, _via: usize) -> Vec<&dyn Row> {
        Vec::new()
    }
}

impl Facts {
    /// A fact's amount in its steps.
    pub fn amount(&self, fact: usize) -> Option<i64> {
        self.values.get(fact).and_then(Value::as_int)
    }

    /// The records behind a fact.
    pub fn proof(&self, pathway: &Pathway, fact: usize) -> Vec<RecordId> {
        match pathway.competency_of(fact) {
            Some(competency) => self.rated[competency].heard.iter().map(|heard| heard.record).collect(),
            None => self.counted[fact].parts.iter().map(|part| part.record).collect(),
        }
    }
}

impl Book<'_> {
    /// What the records come to on a day: those that count from a later day are not there yet, those that lapsed
    /// before it are there no more.
    pub fn facts(&self, pathway: &Pathway, on: Date) -> Facts {
        let mut values = Vec::with_capacity(pathway.fact_count());
        let mut counted = Vec::with_capacity(pathway.quantities.len());
        for (ix, quantity) in pathway.quantities.iter().enumerate() {
            let (value, behind) = match &quantity.amount {
                Amount::Since(field) => (years_since(self.person.field(*field), on), Counted::default()),
                Amount::Records(tally) => tallied(tally, self.counted.get(ix).map_or(&[], Vec::as_slice), on),
            };
            values.push(value);
            counted.push(behind);
        }
        let rated: Vec<Rated> = (0..pathway.competencies.len()).map(|ix| self.rated(pathway, ix, on)).collect();
        values.extend(rated.iter().map(|rated| rated.level.map_or(Value::Missing, |level| Value::Int(level.into()))));
        Facts { on, values, counted, rated }
    }

    fn rated(&self, pathway: &Pathway, competency: usize, on: Date) -> Rated {
        let assessment = &pathway.assessment;
        let code = pathway.competencies[competency].id.as_str();
        let of_this =
            self.ratings.iter().filter(|entry| entry.row.field(assessment.competency).as_text() == Some(code));
        let mut heard: Vec<Heard> = of_this.filter_map(|entry| self.heard(assessment, entry, on)).collect();
        heard.sort_by_key(|heard| (heard.on, heard.record));
        // Of one rater's ratings of one kind only the latest speaks.
        let replaced = |ix: usize, one: &Heard| {
            heard[ix + 1..].iter().any(|later| (later.kind, later.by) == (one.kind, one.by) && one.by.is_some())
        };
        let keep: Vec<bool> = heard.iter().enumerate().map(|(ix, one)| !replaced(ix, one)).collect();
        let mut keep = keep.into_iter();
        heard.retain(|_| keep.next().unwrap_or(true));
        let voices: Vec<Voice> = heard
            .iter()
            .filter(|heard| heard.contest != Contested::Upheld)
            .map(|heard| Voice { level: heard.level, weight: assessment.kinds[heard.kind].weight })
            .collect();
        let spread = rating::spread(&voices);
        Rated { level: rating::settle(&voices), heard, spread, disputed: spread >= assessment.spread.max(1) }
    }

    /// A rating as it stands on a day; nothing if it is not valid then, or cannot be read.
    fn heard(&self, assessment: &Assessment, entry: &Entry<'_>, on: Date) -> Option<Heard> {
        let kind = entry.row.field(assessment.kind).as_text()?;
        let kind = assessment.kinds.iter().position(|known| known.id == kind)?;
        let declared = &assessment.kinds[kind];
        let day = entry.row.field(assessment.on).as_date()?;
        let level = u8::try_from(entry.row.field(assessment.level).as_int()?).ok()?;
        let until = months_later(day, declared.months).plus_days(-1);
        if on < day || on > until {
            return None;
        }
        let cites = assessment.cites.iter().flat_map(|field| entry.row.field(*field).ref_ids().to_vec()).collect();
        Some(Heard {
            record: entry.id,
            kind,
            by: entry.row.field(assessment.by).as_ref_id(),
            level,
            on: day,
            until,
            stale: on >= months_later(day, declared.stale),
            contest: self.contest(assessment, entry, on),
            cites,
        })
    }

    fn contest(&self, assessment: &Assessment, rating: &Entry<'_>, on: Date) -> Contested {
        let Some(declared) = &assessment.contest else { return Contested::No };
        let at = moments(on);
        let same = [
            (declared.competency, assessment.competency),
            (declared.kind, assessment.kind),
            (declared.on, assessment.on),
        ];
        let is_about = |contest: &&Entry<'_>| {
            same.iter().all(|(theirs, ours)| contest.row.field(*theirs) == rating.row.field(*ours))
        };
        let mut found = Contested::No;
        for contest in self.contests.iter().filter(is_about) {
            if truth(&declared.upheld, contest.row, &at) == Truth::True {
                return Contested::Upheld;
            }
            if truth(&declared.open, contest.row, &at) == Truth::True {
                found = Contested::Open;
            }
        }
        found
    }
}

/// The days expressions see: all three are the day looked at.
pub(crate) fn moments(on: Date) -> Moments {
    Moments { start: on, end: on, census: on }
}

fn tallied(tally: &Tally, entries: &[Entry<'_>], on: Date) -> (Value, Counted) {
    let at = moments(on);
    let mut counted = Counted::default();
    for entry in entries {
        let judged = truth(&tally.filter, entry.row, &at);
        let from = entry.row.field(tally.on).as_date();
        let Some(from) = from.filter(|_| judged != Truth::Unknown) else {
            if judged != Truth::False {
                counted.unjudged.push(entry.id);
            }
            continue;
        };
        let lapsing = tally.months.map(|months| months_later(from, months).plus_days(-1));
        let told = tally.until.and_then(|field| entry.row.field(field).as_date());
        let until = lapsing.into_iter().chain(told).min();
        if judged == Truth::False || from > on || until.is_some_and(|until| until < on) {
            continue;
        }
        match tally.sum.as_ref().map_or(Some(1), |sum| number(sum, entry.row, &at)) {
            Some(amount) => counted.parts.push(Part { record: entry.id, from, until, amount }),
            None => counted.unjudged.push(entry.id),
        }
    }
    counted.parts.sort_by_key(|part| (part.from, part.record));
    let amount = counted.parts.iter().fold(0i64, |sum, part| sum.saturating_add(part.amount));
    (Value::Int(amount), counted)
}

/// Whole years since a day; missing if the day is, nought before it.
fn years_since(value: &Value, on: Date) -> Value {
    value.as_date().map_or(Value::Missing, |since| Value::Int(whole_years(since, on)))
}

pub(crate) fn whole_years(since: Date, on: Date) -> i64 {
    let before = (on.month(), on.day()) < (since.month(), since.day());
    (i64::from(on.year()) - i64::from(since.year()) - i64::from(before)).max(0)
}

/// The same day so many months later; the month's last if it has no such day.
pub fn months_later(day: Date, months: u32) -> Date {
    let months = i64::from(day.month()) - 1 + i64::from(months);
    let year = i64::from(day.year()) + months / 12;
    let (year, month) = (i32::try_from(year).unwrap_or(9999).min(9999), u32::try_from(months % 12 + 1).unwrap_or(1));
    (0..4).find_map(|back| Date::new(year, month, day.day().saturating_sub(back))).unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::{months_later, whole_years};
    use jc_base::Date;

    fn day(text: &str) -> Date {
        Date::parse_iso(text).expect("a day")
    }

    #[test]
    fn months_and_years_end_where_people_say() {
        assert_eq!(months_later(day("2024-01-31"), 1), day("2024-02-29"));
        assert_eq!(months_later(day("2024-02-29"), 12), day("2025-02-28"));
        assert_eq!(months_later(day("2020-11-15"), 60), day("2025-11-15"));
        assert_eq!(whole_years(day("2020-09-01"), day("2025-08-31")), 4);
        assert_eq!(whole_years(day("2020-09-01"), day("2025-09-01")), 5);
        assert_eq!(whole_years(day("2026-09-01"), day("2025-09-01")), 0);
    }
}
