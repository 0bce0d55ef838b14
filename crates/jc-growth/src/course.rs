//! How someone came to stand where they stand, and what will change if nothing is done.

use crate::facts::{Book, months_later};
use crate::standing::Standing;
use jc_base::{Date, RecordId};
use jc_catalog::Column;
use jc_catalog::expr::Expr;
use jc_catalog::expr::eval::Row;
use jc_catalog::pathway::{Amount, Pathway};
use std::collections::BTreeSet;

/// A day on which the stage became another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Turn {
    /// The first day of it.
    pub on: Date,
    /// The stage from then on.
    pub stage: Option<usize>,
}

/// A record that will count no longer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lapse {
    /// The record.
    pub record: RecordId,
    /// The fact it counts for.
    pub fact: usize,
    /// The last day it counts.
    pub until: Date,
    /// The stage of the day after, if nothing else is done and it is another than today's.
    pub falls_to: Option<Option<usize>>,
}

/// The stages someone had up to a day, in order: the turns, the first of them on the day records begin.
///
/// A stage is a function of records and a day, so its past is reckoned, not remembered: whatever day is asked for, the
/// answer is the one that day's screen gave, unless the past was corrected since.
pub fn history(pathway: &Pathway, book: &Book<'_>, until: Date) -> Vec<Turn> {
    let mut turns: Vec<Turn> = Vec::new();
    for on in days(pathway, book).into_iter().filter(|on| *on <= until) {
        let stage = Standing::of(pathway, book, on).stage;
        if turns.last().map(|turn| turn.stage) != Some(stage) {
            turns.push(Turn { on, stage });
        }
    }
    turns
}

/// The records that lapse from a day up to another, soonest first, each with the stage that would be left.
pub fn lapsing(pathway: &Pathway, book: &Book<'_>, now: &Standing, until: Date) -> Vec<Lapse> {
    let mut lapses = Vec::new();
    let mut add = |record, fact, last: Option<Date>| {
        if let Some(last) = last.filter(|last| *last >= now.facts.on && *last <= until) {
            lapses.push(Lapse { record, fact, until: last, falls_to: None });
        }
    };
    for (fact, counted) in now.facts.counted.iter().enumerate() {
        counted.parts.iter().for_each(|part| add(part.record, fact, part.until));
    }
    for (competency, rated) in now.facts.rated.iter().enumerate() {
        let fact = pathway.competency_fact(competency);
        rated.heard.iter().for_each(|heard| add(heard.record, fact, Some(heard.until)));
    }
    lapses.sort_by_key(|lapse| (lapse.until, lapse.fact, lapse.record));
    let mut known: Option<(Date, Option<usize>)> = None;
    for lapse in &mut lapses {
        let stage = match known {
            Some((on, stage)) if on == lapse.until => stage,
            _ => Standing::of(pathway, book, lapse.until.plus_days(1)).stage,
        };
        known = Some((lapse.until, stage));
        lapse.falls_to = (stage != now.stage).then_some(stage);
    }
    lapses
}

/// What someone should renew: records that lapse within the days their quantity declares, if no other record of the
/// same fact lasts longer. Soonest first, each record once.
pub fn to_renew(pathway: &Pathway, book: &Book<'_>, now: &Standing) -> Vec<Lapse> {
    let on = now.facts.on;
    let mut found: Vec<Lapse> = Vec::new();
    for (fact, counted) in now.facts.counted.iter().enumerate() {
        let Some(Amount::Records(tally)) = pathway.quantities.get(fact).map(|quantity| &quantity.amount) else {
            continue;
        };
        let Some(days) = tally.remind else { continue };
        let lasting = counted.parts.iter().max_by_key(|part| (part.until.is_none(), part.until));
        let Some((part, until)) = lasting.and_then(|part| Some((part, part.until?))) else { continue };
        if until <= on.plus_days(i64::from(days)) && found.iter().all(|lapse| lapse.record != part.record) {
            let then = Standing::of(pathway, book, until.plus_days(1)).stage;
            let falls_to = (then < now.stage).then_some(then);
            found.push(Lapse { record: part.record, fact, until, falls_to });
        }
    }
    found.sort_by_key(|lapse| (lapse.until, lapse.record));
    found
}

/// Every day on which facts can change: those the criteria's records name, those on which they lapse or a year is
/// full.
fn days(pathway: &Pathway, book: &Book<'_>) -> BTreeSet<Date> {
    let mut days = BTreeSet::new();
    for (ix, quantity) in pathway.quantities.iter().enumerate() {
        match &quantity.amount {
            Amount::Since(field) => {
                if let Some(since) = book.person.field(*field).as_date() {
                    days.extend((0..=60).map(|years| months_later(since, years * 12)));
                }
            }
            Amount::Records(tally) => {
                for entry in book.counted.get(ix).into_iter().flatten() {
                    named(&tally.filter, entry.row, &mut days);
                    let from = entry.row.field(tally.on).as_date();
                    days.extend(from);
                    days.extend(from.zip(tally.months).map(|(day, months)| months_later(day, months)));
                    let until = tally.until.and_then(|field| entry.row.field(field).as_date());
                    days.extend(until.map(|day| day.plus_days(1)));
                }
            }
        }
    }
    for rating in &book.ratings {
        let Some(day) = rating.row.field(pathway.assessment.on).as_date() else { continue };
        days.insert(day);
        days.extend(pathway.assessment.kinds.iter().map(|kind| months_later(day, kind.months)));
    }
    for contest in &book.contests {
        let declared = pathway.assessment.contest.iter().flat_map(|declared| [&declared.open, &declared.upheld]);
        declared.for_each(|condition| named(condition, contest.row, &mut days));
    }
    days
}

/// The days on a record that a condition looks at, and those after them.
fn named(condition: &Expr, row: &dyn Row, days: &mut BTreeSet<Date>) {
    for column in condition.columns() {
        let value = match column {
            Column::Field(ix) => row.field(ix),
            Column::Copied(ix) => row.copied(ix),
        };
        if let Some(day) = value.as_date() {
            days.extend([day, day.plus_days(1)]);
        }
    }
}
