//! How many records share a value at one time: the students of one mentor, the bookings of one workstation.

use crate::error::AppError;
use jc_base::{Date, Finding, Lang, Place, RecordId, RecordState, Value};
use jc_catalog::kinds::Kind;
use jc_catalog::{Column, Limit, LimitTime, Register};
use jc_figures::page::register_span;
use jc_store::reader::ListQuery;
use jc_store::{Reader, Record};
use std::collections::HashMap;

/// Steps of a day: more than its minutes, and than any number of lessons.
const STEPS_OF_DAY: i64 = 10_000;
/// More records of one day are not looked at.
const MOST_OF_DAY: usize = 1_000;

/// What stands beside a record already, by each limit of its register.
#[derive(Default)]
pub struct Crowd {
    /// By limit: the records of each value, with their time.
    of: Vec<HashMap<RecordId, Vec<(RecordId, Stretch)>>>,
}

/// A stretch of time; both ends belong to it. In days, or in steps of days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stretch {
    from: i64,
    until: i64,
}

impl Crowd {
    /// Reads what the limits of a register need; nothing is read for a register that has none.
    pub fn load(reader: &mut Reader, position: usize, register: &Register) -> Result<Self, AppError> {
        let mut crowd = Self { of: vec![HashMap::new(); register.limits.len()] };
        if !register.limits.is_empty() {
            reader.each_record(position, &mut |record| crowd.add(register, record))?;
        }
        Ok(crowd)
    }

    /// Reads the same for the values of one record alone.
    pub fn of_one(
        reader: &mut Reader,
        position: usize,
        register: &Register,
        values: &[Value],
    ) -> Result<Self, AppError> {
        let mut crowd = Self { of: vec![HashMap::new(); register.limits.len()] };
        let mut days: Vec<usize> = Vec::new();
        for limit in &register.limits {
            match limit.time {
                LimitTime::OfDay { on, .. } => days.push(on),
                LimitTime::Lasting => {
                    for named in values.get(limit.field).map_or(&[][..], Value::ref_ids) {
                        for other in naming(reader, position, register, limit.field, *named)? {
                            crowd.add(register, &other);
                        }
                    }
                }
            }
        }
        days.sort_unstable();
        days.dedup();
        for on in days {
            let Some(day) = values.get(on).filter(|day| !day.is_missing()) else { continue };
            let equal = vec![(Column::Field(on), day.clone())];
            let query = ListQuery { equal, limit: MOST_OF_DAY, ..ListQuery::default() };
            for other in reader.list(position, &query)? {
                crowd.add(register, &other);
            }
        }
        Ok(crowd)
    }

    /// Counts a record where it stands: where more are refused, only what was handed in holds its place.
    fn add(&mut self, register: &Register, record: &Record) {
        let handed_in = matches!(record.state, RecordState::Submitted | RecordState::Verified);
        for (limit, of) in register.limits.iter().zip(&mut self.of) {
            if limit.warning || handed_in {
                stand(limit, of, register, record.id, &record.values);
            }
        }
    }

    /// Makes known a record that was just written, for those behind it.
    pub fn learn(&mut self, register: &Register, id: RecordId, values: &[Value]) {
        for (limit, of) in register.limits.iter().zip(&mut self.of) {
            stand(limit, of, register, id, values);
        }
    }

    /// Forgets where a record stood that is about to be written anew.
    pub fn forget(&mut self, register: &Register, old: &Record) {
        for (limit, of) in register.limits.iter().zip(&mut self.of) {
            for named in old.values.get(limit.field).map_or(&[][..], Value::ref_ids) {
                of.entry(*named).or_default().retain(|(other, _)| *other != old.id);
            }
        }
    }

    /// A finding for each limit that the record, with those beside it, goes beyond at some time. `own` is the record
    /// itself, where it is one already.
    pub fn check(
        &self,
        register: &Register,
        values: &[Value],
        own: Option<RecordId>,
        lang: Lang,
        place: &dyn Fn(Option<usize>) -> Place,
        findings: &mut Vec<Finding>,
    ) {
        for (limit, of) in register.limits.iter().zip(&self.of) {
            let Some(stretch) = stretch(limit, register, values) else { continue };
            let most = values.get(limit.field).map_or(&[][..], Value::ref_ids).iter().map(|named| {
                let beside = of.get(named).map_or(&[][..], Vec::as_slice);
                let others = beside.iter().filter(|(id, _)| Some(*id) != own).map(|(_, stretch)| *stretch);
                most_at_once(stretch, &others.collect::<Vec<_>>())
            });
            let count = 1 + most.max().unwrap_or(0);
            if count <= usize::from(limit.most) {
                continue;
            }
            let finding = if limit.warning {
                Finding::warning("APP-031", place(Some(limit.field)))
            } else {
                Finding::error("APP-032", place(Some(limit.field))).with("when", time(limit, register, values))
            };
            findings.push(finding.with("say", limit.say.get(lang)).with("count", count).with("most", limit.most));
        }
    }
}

/// The records whose field names another record.
fn naming(
    reader: &mut Reader,
    position: usize,
    register: &Register,
    field: usize,
    named: RecordId,
) -> Result<Vec<Record>, AppError> {
    let ids = match register.fields[field].kind {
        Kind::Refs(_) => reader.ids_with_member(position, field, named)?,
        _ => reader.ids_where(position, &register.fields[field].column, named)?,
    };
    Ok(reader.find_many(position, &ids)?)
}

/// Puts a record beside those that name the same.
fn stand(
    limit: &Limit,
    of: &mut HashMap<RecordId, Vec<(RecordId, Stretch)>>,
    register: &Register,
    id: RecordId,
    values: &[Value],
) {
    let Some(stretch) = stretch(limit, register, values) else { return };
    for named in values.get(limit.field).map_or(&[][..], Value::ref_ids) {
        of.entry(*named).or_default().push((id, stretch));
    }
}

/// The time a record takes; nothing if it is unknown. A part of a day whose hours are unknown takes the whole of it.
fn stretch(limit: &Limit, register: &Register, values: &[Value]) -> Option<Stretch> {
    let days = |day: Date| day.days_since(Date::new(1970, 1, 1).expect("a day"));
    match limit.time {
        LimitTime::Lasting => {
            let span = register_span(register, values)?;
            Some(Stretch { from: days(span.from), until: span.until.map_or(i64::MAX, days) })
        }
        LimitTime::OfDay { on, from, until } => {
            let start = days(values.get(on)?.as_date()?) * STEPS_OF_DAY;
            let step = |field: usize| values.get(field).and_then(Value::as_int);
            let (Some(first), Some(last)) = (step(from), step(until)) else {
                return Some(Stretch { from: start, until: start + STEPS_OF_DAY - 1 });
            };
            // A clock time is where something ends; a lesson is the last that belongs to it.
            let last = if register.fields[until].kind == Kind::Time { last - 1 } else { last };
            let within = |step: i64| step.clamp(0, STEPS_OF_DAY - 1);
            (first <= last).then(|| Stretch { from: start + within(first), until: start + within(last) })
        }
    }
}

/// A record's time as people write it: `2024-12-03 3–4`.
fn time(limit: &Limit, register: &Register, values: &[Value]) -> String {
    let text =
        |field: usize| values.get(field).map_or_else(String::new, |value| register.fields[field].kind.edit(value));
    match limit.time {
        LimitTime::Lasting => register_span(register, values).map_or_else(String::new, |span| span.from.to_string()),
        LimitTime::OfDay { on, from, until } => match (text(from), text(until)) {
            (from, until) if from == until => format!("{} {from}", text(on)),
            (from, until) => format!("{} {from}–{until}", text(on)),
        },
    }
}

/// The largest number of the others at one time of a stretch. It can only rise where something begins.
fn most_at_once(own: Stretch, others: &[Stretch]) -> usize {
    let holds = |stretch: &Stretch, at: i64| (stretch.from..=stretch.until).contains(&at);
    let starts = others.iter().map(|other| other.from).filter(|at| holds(&own, *at)).chain([own.from]);
    starts.map(|at| others.iter().filter(|other| holds(other, at)).count()).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::{Stretch, most_at_once};
    use proptest::prelude::*;

    proptest! {
        /// Against looking at every moment.
        #[test]
        fn the_most_at_once_is_found(
            own in (0i64..20, 0i64..8),
            others in proptest::collection::vec((0i64..20, 0i64..8), 0..12),
        ) {
            let stretch = |(from, length): (i64, i64)| Stretch { from, until: from + length };
            let own = stretch(own);
            let others: Vec<Stretch> = others.into_iter().map(stretch).collect();
            let at = |moment: i64| others.iter().filter(|o| o.from <= moment && moment <= o.until).count();
            let expect = (own.from..=own.until).map(at).max().unwrap_or(0);
            prop_assert_eq!(most_at_once(own, &others), expect);
        }
    }
}
