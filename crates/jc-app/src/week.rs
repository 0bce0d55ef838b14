//! A week of what takes part of a day 周历: the bookings of workstations, by whatever a limit holds apart.

use crate::error::AppError;
use crate::labels::Labels;
use crate::person::Viewer;
use jc_base::{Date, Lang, RecordId, RecordState, Value};
use jc_catalog::kinds::Kind;
use jc_catalog::{Column, LimitTime, Register};
use jc_figures::Page;
use jc_figures::page::register_span;
use jc_store::reader::ListQuery;
use jc_store::{Reader, Record};
use std::collections::HashMap;

/// More records of one day are not shown.
const MOST_OF_DAY: usize = 1_000;

/// A week of one register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Week {
    /// Its Monday.
    pub monday: Date,
    /// One row for each record that the rows are of, in use that week: those without anything too.
    pub rows: Vec<WeekRow>,
}

/// A record with what takes its time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WeekRow {
    /// Which record.
    pub id: RecordId,
    /// What it is called.
    pub label: String,
    /// What a person types to name it.
    pub typed: String,
    /// What takes its time, day by day from Monday, by when it begins.
    pub days: [Vec<Taken>; 7],
}

/// A part of a day that is taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// By which record.
    pub id: RecordId,
    /// Its state: a draft holds no place yet.
    pub state: RecordState,
    /// From and until, as people write it: `3–4`.
    pub when: String,
    /// For whom: what the register's other limits hold apart.
    pub whom: Vec<String>,
    from: i64,
}

/// The fields of a register by which a week can be laid out, with their day, beginning and end.
pub fn laid_out(register: &Register) -> Vec<(usize, [usize; 3])> {
    let time = |limit: &jc_catalog::Limit| match limit.time {
        LimitTime::OfDay { on, from, until } => Some((limit.field, [on, from, until])),
        LimitTime::Lasting | LimitTime::Day(_) => None,
    };
    register.limits.iter().filter_map(time).collect()
}

/// The Monday of a day's week.
pub fn monday_of(day: Date) -> Date {
    // 5 January 1970 was a Monday.
    let since = day.days_since(Date::new(1970, 1, 5).expect("a day"));
    day.plus_days(-since.rem_euclid(7))
}

impl Viewer<'_> {
    /// The last day of the period of `last`, up to it, of which something takes a part; nothing if nothing does.
    pub fn last_taken(&self, register: usize, last: Date) -> Result<Option<Date>, AppError> {
        self.records_only()?;
        let declared = self.catalog.registers.get(register).ok_or(AppError::NotFound)?;
        let (_, [on, ..]) = *laid_out(declared).first().ok_or(AppError::NotFound)?;
        let page = declared.period_kind().map(|kind| Page::Of(kind.containing(last)));
        let query =
            ListQuery { page, sort: Some(Column::Field(on)), descending: true, limit: 1, ..ListQuery::default() };
        let found = self.read(|reader| Ok(reader.list(register, &query)?))?;
        Ok(found.first().and_then(|record| record.values[on].as_date()).map(|day| day.min(last)))
    }

    /// The week of `monday`, one row for each record that `field` can name.
    pub fn week(&self, register: usize, field: usize, monday: Date, lang: Lang) -> Result<Week, AppError> {
        self.records_only()?;
        let declared = self.catalog.registers.get(register).ok_or(AppError::NotFound)?;
        let all = laid_out(declared);
        let (_, time) = *all.iter().find(|(own, _)| *own == field).ok_or(AppError::NotFound)?;
        let (Kind::Ref(of) | Kind::Refs(of)) = declared.fields[field].kind else { return Err(AppError::NotFound) };
        let others: Vec<usize> = all.iter().map(|(own, _)| *own).filter(|own| *own != field).collect();
        self.read(|reader| {
            let mut rows = self.week_rows(reader, of, monday, lang)?;
            let places: HashMap<RecordId, usize> = rows.iter().enumerate().map(|(ix, row)| (row.id, ix)).collect();
            for ix in 0..7 {
                let day = Value::Date(monday.plus_days(ix));
                let equal = vec![(Column::Field(time[0]), day)];
                let query = ListQuery { equal, limit: MOST_OF_DAY, ..ListQuery::default() };
                let records = reader.list(register, &query)?;
                let mut labels = Labels::default();
                labels.load(reader, register, &records)?;
                for record in records.iter().filter(|record| record.state != RecordState::Returned) {
                    let taken = self.taken(register, record, time, &others, &labels, lang);
                    for named in record.values[field].ref_ids() {
                        if let Some(row) = places.get(named) {
                            rows[*row].days[ix as usize].push(taken.clone());
                        }
                    }
                }
            }
            for row in &mut rows {
                row.days.iter_mut().for_each(|day| day.sort_by_key(|taken| (taken.from, taken.id)));
            }
            Ok(Week { monday, rows })
        })
    }

    /// The records that rows are of: those that last on some day of the week.
    fn week_rows(&self, reader: &mut Reader, of: usize, monday: Date, lang: Lang) -> Result<Vec<WeekRow>, AppError> {
        let declared = &self.catalog.registers[of];
        let mut records: Vec<Record> = Vec::new();
        reader.each_record(of, &mut |record| {
            let there = register_span(declared, &record.values)
                .is_none_or(|span| span.from <= monday.plus_days(6) && span.until.is_none_or(|until| until >= monday));
            if there && matches!(record.state, RecordState::Submitted | RecordState::Verified) {
                records.push(record.clone());
            }
        })?;
        let mut labels = Labels::default();
        labels.load(reader, of, &records)?;
        let row = |record: &Record| {
            let label = labels.label(&self.catalog, of, record, lang);
            let typed = match declared.key.as_slice() {
                [one] => declared.fields[*one].kind.edit(&record.values[*one]),
                _ => label.clone(),
            };
            WeekRow { id: record.id, label, typed, days: Default::default() }
        };
        let mut rows: Vec<WeekRow> = records.iter().map(row).collect();
        rows.sort_by(|a, b| a.label.cmp(&b.label));
        Ok(rows)
    }

    fn taken(
        &self,
        register: usize,
        record: &Record,
        [_, from, until]: [usize; 3],
        others: &[usize],
        labels: &Labels,
        lang: Lang,
    ) -> Taken {
        let shown = |field: usize| self.shown(register, field, &record.values[field], labels, lang);
        let (start, end) = (shown(from), shown(until));
        Taken {
            id: record.id,
            state: record.state,
            when: if start == end { start } else { format!("{start}–{end}") },
            whom: others.iter().map(|field| shown(*field)).filter(|text| !text.is_empty()).collect(),
            from: record.values[from].as_int().unwrap_or(0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::monday_of;
    use jc_base::Date;

    #[test]
    fn weeks_begin_on_monday() {
        let day = |y, m, d| Date::new(y, m, d).expect("a day");
        for (of, monday) in [
            (day(2024, 12, 2), day(2024, 12, 2)),
            (day(2024, 12, 8), day(2024, 12, 2)),
            (day(2025, 1, 1), day(2024, 12, 30)),
            (day(1969, 12, 31), day(1969, 12, 29)),
        ] {
            assert_eq!(monday_of(of), monday);
        }
    }
}
