//! Who was not yet reached 覆盖: the members of a coverage list without a record in a stretch of time.

use crate::error::AppError;
use crate::labels::Labels;
use crate::person::Viewer;
use jc_base::{Date, Lang, RecordId, RecordState, Value};
use jc_catalog::expr::eval::{Moments, Truth, truth};
use jc_catalog::{Column, Coverage, Every, PeriodRule};
use jc_figures::Page;
use jc_figures::page::register_span;
use jc_store::Record;
use jc_store::reader::WithRelated;
use std::collections::{BTreeMap, HashSet};

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
}

impl Viewer<'_> {
    /// Works out a coverage list for a calendar year.
    ///
    /// A member is due in a stretch if its own days touch it and the list's `among` holds; unknown counts as due, so
    /// that nobody is left out for want of a date. Submitted and verified records reach; drafts and returned ones do
    /// not. Stretches that have not begun today are not asked about.
    pub fn coverage(&self, register: usize, list: usize, year: i32, lang: Lang) -> Result<Covered, AppError> {
        self.records_only()?;
        let declared = self.catalog.registers.get(register).ok_or(AppError::NotFound)?;
        let list = declared.coverage.get(list).ok_or(AppError::NotFound)?;
        let (PeriodRule::On { field: dated, .. }, Page::Of(period)) =
            (&declared.period, Page::reported_in(declared, year))
        else {
            return Err(AppError::NotFound);
        };
        let today = self.app.moment().today;
        let stretches = stretches(list.every, period.first_day(), period.last_day(), today);
        self.read(|reader| {
            let reached = self.reached(reader, register, list, *dated, Page::Of(period), &stretches)?;
            let related = reader.related(list.of)?;
            let mut due: Vec<(Record, Vec<usize>)> = Vec::new();
            let other = &self.catalog.registers[list.of];
            reader.each_record(list.of, &mut |record| {
                let row = WithRelated { record, related: &related };
                let wanted = stretches.iter().enumerate().filter(|(_, stretch)| {
                    let at = Moments { start: stretch.from, end: stretch.until, census: stretch.until };
                    let there = register_span(other, &record.values)
                        .is_none_or(|span| span.from <= stretch.until && span.until.is_none_or(|u| u >= stretch.from));
                    there && truth(&list.among, &row, &at) != Truth::False
                });
                let wanted: Vec<usize> = wanted.map(|(ix, _)| ix).collect();
                if !wanted.is_empty() {
                    due.push((record.clone(), wanted));
                }
            })?;
            let mut labels = Labels::default();
            labels.load(reader, list.of, due.iter().map(|(record, _)| record))?;
            Ok(self.grouped(register, list, &due, &reached, &labels, lang, stretches))
        })
    }

    /// Which member was reached in which stretch.
    fn reached(
        &self,
        reader: &mut jc_store::Reader,
        register: usize,
        list: &Coverage,
        dated: usize,
        page: Page,
        stretches: &[Stretch],
    ) -> Result<HashSet<(RecordId, usize)>, AppError> {
        let mut reached = HashSet::new();
        reader.each_on_page(register, page, &mut |record| {
            if !matches!(record.state, RecordState::Submitted | RecordState::Verified) {
                return;
            }
            let Some(day) = record.values[dated].as_date() else { return };
            let Some(at) = stretches.iter().position(|stretch| (stretch.from..=stretch.until).contains(&day)) else {
                return;
            };
            let moments = Moments { start: stretches[at].from, end: stretches[at].until, census: stretches[at].until };
            if truth(&list.filter, record, &moments) == Truth::True {
                reached.extend(record.values[list.via].ref_ids().iter().map(|id| (*id, at)));
            }
        })?;
        Ok(reached)
    }

    /// The member itself, what the list counts only, and where the member belongs.
    fn prefill(
        &self,
        register: usize,
        list: &Coverage,
        record: &Record,
        typed: &str,
        labels: &Labels,
        lang: Lang,
    ) -> Vec<(String, String)> {
        let fields = &self.catalog.registers[register].fields;
        let mut prefill = vec![(fields[list.via].id.to_string(), typed.to_owned())];
        for (column, code) in list.filter.equations() {
            if let Column::Field(field) = column {
                prefill.push((fields[field].id.to_string(), code.to_owned()));
            }
        }
        if let (Some(within), Some(narrowing)) = (fields[list.via].within, self.catalog.registers[list.of].within) {
            let value = record.values.get(narrowing).unwrap_or(&Value::Missing);
            prefill.push((fields[within].id.to_string(), self.shown(list.of, narrowing, value, labels, lang)));
        }
        prefill
    }

    fn grouped(
        &self,
        register: usize,
        list: &Coverage,
        due: &[(Record, Vec<usize>)],
        reached: &HashSet<(RecordId, usize)>,
        labels: &Labels,
        lang: Lang,
        stretches: Vec<Stretch>,
    ) -> Covered {
        let other = &self.catalog.registers[list.of];
        let mut groups: BTreeMap<String, Group> = BTreeMap::new();
        let mut all_reached = 0;
        for (record, wanted) in due {
            let label = list.by.map_or_else(String::new, |field| {
                let value = record.values.get(field).unwrap_or(&Value::Missing);
                self.shown(list.of, field, value, labels, lang)
            });
            let missing: Vec<usize> =
                wanted.iter().copied().filter(|at| !reached.contains(&(record.id, *at))).collect();
            let group = groups.entry(label.clone()).or_insert_with(|| Group { label, due: 0, left: Vec::new() });
            group.due += 1;
            if missing.is_empty() {
                all_reached += 1;
                continue;
            }
            let label = labels.label(&self.catalog, list.of, record, lang);
            let typed = match other.key.as_slice() {
                [one] => other.fields[*one].kind.edit(&record.values[*one]),
                _ => label.clone(),
            };
            let prefill = self.prefill(register, list, record, &typed, labels, lang);
            group.left.push(Left { id: record.id, label, typed, prefill, missing });
        }
        let mut groups: Vec<Group> = groups.into_values().filter(|group| !group.left.is_empty()).collect();
        for group in &mut groups {
            group.left.sort_by(|a, b| a.typed.cmp(&b.typed));
        }
        Covered { stretches, groups, due: due.len(), reached: all_reached }
    }
}

/// The stretches of a period that have begun.
fn stretches(every: Every, first: Date, last: Date, today: Date) -> Vec<Stretch> {
    let months = match every {
        Every::Period => return vec![Stretch { from: first, until: last }],
        Every::Quarter => 3,
        Every::Month => 1,
    };
    let mut all = Vec::new();
    let mut from = first;
    while from <= last && (from <= today || all.is_empty()) {
        let next = months_later(from, months);
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
