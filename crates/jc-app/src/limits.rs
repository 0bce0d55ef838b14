//! How many records share a value at one time, or how much they come to: the students of one mentor, the bookings of
//! one workstation, the hours one volunteer gave in a day.

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
    /// By limit: the records of each value.
    of: Vec<HashMap<RecordId, Vec<Standing>>>,
}

/// A record where it stands.
#[derive(Debug, Clone, Copy)]
struct Standing {
    id: RecordId,
    time: Stretch,
    weight: i64,
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
            reader.each_record(position, &mut |record| {
                for (limit, of) in register.limits.iter().zip(&mut crowd.of) {
                    add(limit, of, register, record);
                }
            })?;
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
        for (limit, of) in register.limits.iter().zip(&mut crowd.of) {
            match limit.time {
                LimitTime::OfDay { on, .. } | LimitTime::Day(on) => {
                    let Some(day) = values.get(on).filter(|day| !day.is_missing()) else { continue };
                    let mut equal = vec![(Column::Field(on), day.clone())];
                    if let Some(named @ Value::Ref(_)) = values.get(limit.field) {
                        equal.push((Column::Field(limit.field), named.clone()));
                    }
                    let query = ListQuery { equal, limit: MOST_OF_DAY, ..ListQuery::default() };
                    reader.list(position, &query)?.iter().for_each(|other| add(limit, of, register, other));
                }
                LimitTime::Lasting => {
                    for named in values.get(limit.field).map_or(&[][..], Value::ref_ids) {
                        let others = naming(reader, position, register, limit.field, *named)?;
                        others.iter().for_each(|other| add(limit, of, register, other));
                    }
                }
            }
        }
        Ok(crowd)
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
                of.entry(*named).or_default().retain(|other| other.id != old.id);
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
            let Some((stretch, weight)) = stretch(limit, register, values).zip(weight(limit, values)) else { continue };
            let beside = values.get(limit.field).map_or(&[][..], Value::ref_ids).iter().map(|named| {
                let beside = of.get(named).map_or(&[][..], Vec::as_slice);
                let others = beside.iter().filter(|other| Some(other.id) != own);
                most_at_once(stretch, &others.map(|other| (other.time, other.weight)).collect::<Vec<_>>())
            });
            let beside = beside.max().unwrap_or(0);
            let kind = limit.sum.map(|field| &register.fields[field].kind);
            let steps = 10i64.pow(u32::from(kind.and_then(Kind::digits).unwrap_or(0)));
            // What one record alone comes to is what the register's checks are for.
            let alone = limit.sum.is_some() && beside == 0;
            if alone || weight + beside <= i64::from(limit.most) * steps {
                continue;
            }
            let code = match (limit.sum, limit.warning) {
                (Some(_), _) => "APP-090",
                (None, true) => "APP-031",
                (None, false) => "APP-032",
            };
            let at = place(Some(limit.sum.unwrap_or(limit.field)));
            let finding = if limit.warning { Finding::warning(code, at) } else { Finding::error(code, at) };
            let count = Value::Int(weight + beside);
            let count = kind.map_or_else(|| (weight + beside).to_string(), |kind| kind.edit(&count));
            let finding = finding.with("say", limit.say.get(lang)).with("count", count).with("most", limit.most);
            findings.push(match code {
                "APP-031" => finding,
                _ => finding.with("when", time(limit, register, values)),
            });
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

/// Counts a record where it stands: where more are refused, only what was handed in holds its place.
fn add(limit: &Limit, of: &mut HashMap<RecordId, Vec<Standing>>, register: &Register, record: &Record) {
    if limit.warning || matches!(record.state, RecordState::Submitted | RecordState::Verified) {
        stand(limit, of, register, record.id, &record.values);
    }
}

/// Puts a record beside those that name the same.
fn stand(
    limit: &Limit,
    of: &mut HashMap<RecordId, Vec<Standing>>,
    register: &Register,
    id: RecordId,
    values: &[Value],
) {
    let Some((time, weight)) = stretch(limit, register, values).zip(weight(limit, values)) else { return };
    for named in values.get(limit.field).map_or(&[][..], Value::ref_ids) {
        of.entry(*named).or_default().push(Standing { id, time, weight });
    }
}

/// What a record adds: itself, or the number a limit adds up; nothing if that is unknown.
fn weight(limit: &Limit, values: &[Value]) -> Option<i64> {
    limit.sum.map_or(Some(1), |field| values.get(field)?.as_int())
}

/// The time a record takes; nothing if it is unknown. A part of a day whose hours are unknown takes the whole of it.
fn stretch(limit: &Limit, register: &Register, values: &[Value]) -> Option<Stretch> {
    let days = |day: Date| day.days_since(Date::new(1970, 1, 1).expect("a day"));
    match limit.time {
        LimitTime::Lasting => {
            let span = register_span(register, values)?;
            Some(Stretch { from: days(span.from), until: span.until.map_or(i64::MAX, days) })
        }
        LimitTime::Day(on) => {
            let day = days(values.get(on)?.as_date()?);
            Some(Stretch { from: day, until: day })
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
        LimitTime::Day(on) => text(on),
        LimitTime::OfDay { on, from, until } => match (text(from), text(until)) {
            (from, until) if from == until => format!("{} {from}", text(on)),
            (from, until) => format!("{} {from}–{until}", text(on)),
        },
    }
}

/// The most that the others come to at one time of a stretch. It can only rise where something begins.
fn most_at_once(own: Stretch, others: &[(Stretch, i64)]) -> i64 {
    let holds = |stretch: &Stretch, at: i64| (stretch.from..=stretch.until).contains(&at);
    let starts = others.iter().map(|(other, _)| other.from).filter(|at| holds(&own, *at)).chain([own.from]);
    let come_to = |at| others.iter().filter(|(other, _)| holds(other, at)).map(|(_, weight)| weight).sum();
    starts.map(come_to).max().unwrap_or(0)
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
            others in proptest::collection::vec(((0i64..20, 0i64..8), 0i64..5), 0..12),
        ) {
            let stretch = |(from, length): (i64, i64)| Stretch { from, until: from + length };
            let own = stretch(own);
            let others: Vec<(Stretch, i64)> = others.into_iter().map(|(time, weight)| (stretch(time), weight)).collect();
            let at = |moment: i64| {
                let there = others.iter().filter(|(o, _)| o.from <= moment && moment <= o.until);
                there.map(|(_, weight)| weight).sum::<i64>()
            };
            let expect = (own.from..=own.until).map(at).max().unwrap_or(0);
            prop_assert_eq!(most_at_once(own, &others), expect);
        }
    }
}
