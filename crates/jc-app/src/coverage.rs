//! Who was not yet reached 覆盖: the members of a coverage list without a record in a stretch of time.

use crate::error::AppError;
use crate::labels::Labels;
use crate::person::Viewer;
use jc_base::{Date, Lang, RecordId, RecordState, Value};
use jc_catalog::expr::eval::{Moments, Truth, truth};
use jc_catalog::{Column, Coverage, Every, PeriodRule};
use jc_figures::Page;
use jc_figures::page::register_span;
use jc_store::reader::WithRelated;
use jc_store::{Reader, Record};
use std::collections::{BTreeMap, HashMap, HashSet};

/// A coverage list of a year, worked out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Covered {
    /// The stretches in which everybody was to be reached, begun ones only: the year, its quarters or its months.
    pub stretches: Vec<Stretch>,
    /// Those not reached in every stretch, side by side with their like: by the label of what they are grouped by.
    pub groups: Vec<Group>,
    /// Members that were to be reached in at least one stretch.
    pub due: usize,
    /// Those of them that were reached in every stretch.
    pub reached: usize,
    /// Those of the others for whom a draft names a day.
    pub planned: usize,
}

/// A stretch of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// Its first day.
    pub from: Date,
    /// Its last day.
    pub until: Date,
}

/// Members that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// What they belong to; empty if the list is not grouped, or it is unknown.
    pub label: String,
    /// How many of it were to be reached.
    pub due: usize,
    /// Those not reached.
    pub left: Vec<Left>,
}

/// Someone not reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Left {
    /// Which record of the other register.
    pub id: RecordId,
    /// What it is called.
    pub label: String,
    /// What a person types to name it.
    pub typed: String,
    /// What a new record that reaches it begins with: ids of fields and what is typed into them.
    pub prefill: Vec<(String, String)>,
    /// The stretches without a record, by position.
    pub missing: Vec<usize>,
    /// The first draft that is to reach it.
    pub planned: Option<Planned>,
}

/// A draft with a day: it reaches nobody yet, and is how a visit is planned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Planned {
    /// The day it names.
    pub day: Date,
    /// The draft.
    pub record: RecordId,
}

impl Viewer<'_> {
    /// Works out a coverage list for a calendar year.
    ///
    /// A member is due in a stretch if its own days touch it and the list's `among` holds; unknown counts as due, so
    /// that nobody is left out for want of a date. Submitted and verified records reach and are reached; drafts and
    /// returned ones do neither. Stretches that have not begun today are not asked about.
    pub fn coverage(&self, register: usize, list: usize, year: i32, lang: Lang) -> Result<Covered, AppError> {
        self.records_only()?;
        let declared = self.catalog.registers.get(register).ok_or(AppError::NotFound)?;
        let list = declared.coverage.get(list).ok_or(AppError::NotFound)?;
        let (PeriodRule::On { field: dated, .. }, page @ Page::Of(period)) =
            (&declared.period, Page::reported_in(declared, year))
        else {
            return Err(AppError::NotFound);
        };
        let today = self.app.moment().today;
        let stretches = stretches(list.every, period.first_day(), period.last_day(), today);
        let work = Work { viewer: self, register, list, lang };
        self.read(|reader| {
            let met = work.met(reader, *dated, page, &stretches)?;
            let due = work.due(reader, &stretches)?;
            let mut labels = Labels::default();
            labels.load(reader, list.of, due.iter().map(|(record, _)| record))?;
            let (groups, all_reached) = work.grouped(&due, &met, &labels);
            let left = groups.iter().flat_map(|group| &group.left);
            let planned = left.filter(|left| left.planned.is_some()).count();
            Ok(Covered { stretches, groups, due: due.len(), reached: all_reached, planned })
        })
    }
}

/// One list being worked out.
struct Work<'a> {
    viewer: &'a Viewer<'a>,
    register: usize,
    list: &'a Coverage,
    lang: Lang,
}

/// Whom the records of the year meet.
#[derive(Default)]
struct Met {
    /// Which member was reached in which stretch.
    reached: HashSet<(RecordId, usize)>,
    /// The first draft that is to reach a member.
    planned: HashMap<RecordId, Planned>,
}

impl Work<'_> {
    /// Which member was reached in which stretch, and whom drafts are to reach.
    fn met(&self, reader: &mut Reader, dated: usize, page: Page, stretches: &[Stretch]) -> Result<Met, AppError> {
        let mut met = Met::default();
        reader.each_on_page(self.register, page, &mut |record| {
            let Some(day) = record.values[dated].as_date() else { return };
            let members = record.values[self.list.via].ref_ids();
            let its_day = Stretch { from: day, until: day }.moments();
            if record.state == RecordState::Draft && truth(&self.list.filter, record, &its_day) == Truth::True {
                for id in members {
                    let first = met.planned.entry(*id).or_insert(Planned { day, record: record.id });
                    if day < first.day {
                        *first = Planned { day, record: record.id };
                    }
                }
            }
            if !handed_in(record) {
                return;
            }
            let Some(at) = stretches.iter().position(|stretch| (stretch.from..=stretch.until).contains(&day)) else {
                return;
            };
            if truth(&self.list.filter, record, &stretches[at].moments()) == Truth::True {
                met.reached.extend(members.iter().map(|id| (*id, at)));
            }
        })?;
        Ok(met)
    }

    /// The members that are to be reached, each with its stretches.
    fn due(&self, reader: &mut Reader, stretches: &[Stretch]) -> Result<Vec<(Record, Vec<usize>)>, AppError> {
        let other = &self.viewer.catalog.registers[self.list.of];
        let related = reader.related(self.list.of)?;
        let mut due = Vec::new();
        reader.each_record(self.list.of, &mut |record| {
            if !handed_in(record) {
                return;
            }
            let row = WithRelated { record, related: &related };
            let span = register_span(other, &record.values);
            let wanted = stretches.iter().enumerate().filter(|(_, stretch)| {
                let there =
                    span.is_none_or(|span| span.from <= stretch.until && span.until.is_none_or(|u| u >= stretch.from));
                there && truth(&self.list.among, &row, &stretch.moments()) != Truth::False
            });
            let wanted: Vec<usize> = wanted.map(|(ix, _)| ix).collect();
            if !wanted.is_empty() {
                due.push((record.clone(), wanted));
            }
        })?;
        Ok(due)
    }

    /// Those not reached in every stretch, by what they belong to; and how many were.
    fn grouped(&self, due: &[(Record, Vec<usize>)], met: &Met, labels: &Labels) -> (Vec<Group>, usize) {
        let other = &self.viewer.catalog.registers[self.list.of];
        let mut groups: BTreeMap<String, Group> = BTreeMap::new();
        let mut all_reached = 0;
        for (record, wanted) in due {
            let label = self.list.by.map_or_else(String::new, |field| self.shown(record, field, labels));
            let missing: Vec<usize> =
                wanted.iter().copied().filter(|at| !met.reached.contains(&(record.id, *at))).collect();
            let group = groups.entry(label.clone()).or_insert_with(|| Group { label, due: 0, left: Vec::new() });
            group.due += 1;
            if missing.is_empty() {
                all_reached += 1;
                continue;
            }
            let label = labels.label(&self.viewer.catalog, self.list.of, record, self.lang);
            let typed = match other.key.as_slice() {
                [one] => other.fields[*one].kind.edit(&record.values[*one]),
                _ => label.clone(),
            };
            let prefill = self.prefill(record, &typed, labels);
            let planned = met.planned.get(&record.id).copied();
            group.left.push(Left { id: record.id, label, typed, prefill, missing, planned });
        }
        let mut groups: Vec<Group> = groups.into_values().filter(|group| !group.left.is_empty()).collect();
        for group in &mut groups {
            group.left.sort_by(|a, b| a.typed.cmp(&b.typed));
        }
        (groups, all_reached)
    }

    /// The member itself, what the list counts only, and where the member belongs.
    fn prefill(&self, record: &Record, typed: &str, labels: &Labels) -> Vec<(String, String)> {
        let registers = &self.viewer.catalog.registers;
        let fields = &registers[self.register].fields;
        let mut prefill = vec![(fields[self.list.via].id.to_string(), typed.to_owned())];
        for (column, code) in self.list.filter.equations() {
            if let Column::Field(field) = column {
                prefill.push((fields[field].id.to_string(), code.to_owned()));
            }
        }
        if let (Some(within), Some(narrowing)) = (fields[self.list.via].within, registers[self.list.of].within) {
            prefill.push((fields[within].id.to_string(), self.shown(record, narrowing, labels)));
        }
        prefill
    }

    /// A member's field as a table shows it.
    fn shown(&self, record: &Record, field: usize, labels: &Labels) -> String {
        let value = record.values.get(field).unwrap_or(&Value::Missing);
        self.viewer.shown(self.list.of, field, value, labels, self.lang)
    }
}

impl Stretch {
    /// What its days are to expressions.
    fn moments(self) -> Moments {
        Moments { start: self.from, end: self.until, census: self.until }
    }
}

/// Whether a record is more than a draft.
fn handed_in(record: &Record) -> bool {
    matches!(record.state, RecordState::Submitted | RecordState::Verified)
}

/// The stretches of a period that have begun.
fn stretches(every: Every, first: Date, last: Date, today: Date) -> Vec<Stretch> {
    let months = match every {
        Every::Period => None,
        Every::Quarter => Some(3),
        Every::Month => Some(1),
    };
    let mut all = Vec::new();
    let mut from = first;
    while from <= last.min(today) {
        let next = months.map_or(last.plus_days(1), |months| months_later(from, months));
        all.push(Stretch { from, until: next.plus_days(-1).min(last) });
        from = next;
    }
    all
}

/// The first day of the month that lies so many months on.
fn months_later(day: Date, months: u32) -> Date {
    let month = day.month() - 1 + months;
    let year = day.year() + i32::try_from(month / 12).unwrap_or(0);
    Date::new(year, month % 12 + 1, 1).expect("the first of a month exists")
}

#[cfg(test)]
mod tests {
    use super::{Every, stretches};
    use jc_base::Date;

    fn day(year: i32, month: u32, day: u32) -> Date {
        Date::new(year, month, day).expect("a day")
    }

    fn check(every: Every, (first, last): (Date, Date), today: Date, expect: &[(Date, Date)]) {
        let found: Vec<_> = stretches(every, first, last, today).iter().map(|s| (s.from, s.until)).collect();
        assert_eq!(found, expect);
    }

    #[test]
    fn only_what_has_begun_is_asked_about() {
        let year = (day(2024, 1, 1), day(2024, 12, 31));
        check(Every::Period, year, day(2024, 5, 6), &[year]);
        let quarters = [(day(2024, 1, 1), day(2024, 3, 31)), (day(2024, 4, 1), day(2024, 6, 30))];
        check(Every::Quarter, year, day(2024, 4, 1), &quarters);
        check(
            Every::Month,
            year,
            day(2024, 2, 1),
            &[(day(2024, 1, 1), day(2024, 1, 31)), (day(2024, 2, 1), day(2024, 2, 29))],
        );
        assert_eq!(stretches(Every::Month, year.0, year.1, day(2025, 3, 1)).len(), 12);
        for every in [Every::Period, Every::Quarter, Every::Month] {
            check(every, year, day(2023, 12, 31), &[]);
        }
    }

    #[test]
    fn a_school_year_runs_over_new_year() {
        let year = (day(2024, 9, 1), day(2025, 8, 31));
        let months = stretches(Every::Month, year.0, year.1, day(2025, 12, 1));
        assert_eq!((months.len(), months[4].from, months[11].until), (12, day(2025, 1, 1), day(2025, 8, 31)));
    }
}
