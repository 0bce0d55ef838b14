//! Page totals 页合计: added to by each write, filled by one scan, loaded for figures.

use crate::db::{ColumnType, Db, Insert, Param, Row};
use crate::error::{Doing, StoreError};
use crate::quick::Quick;
use crate::record::column_type;
use jc_base::{Date, RecordState, SchoolId, Value};
use jc_catalog::expr::eval::{self, Moments};
use jc_catalog::kinds::Kind;
use jc_catalog::{Catalog, Counting, Register};
use jc_figures::contribution::{self, Member, Outcome, slice_key};
use jc_figures::scan::{Brought, PageScan};
use jc_figures::{Amount, Page, TotalOf, outcome};
use std::collections::HashMap;

/// The totals of one slice value (or of the whole page): first the number of records, then each measure.
type Sums = Vec<TotalOf>;

/// One value of a distinct count: slice (0 is the whole, n the n-th slice), its value, measure, state, the value.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct DistinctKey {
    /// 0 for the whole, else the slice's position plus one.
    pub slice: usize,
    /// The slice's value; missing if unknown or the whole.
    pub slice_value: Value,
    /// The measure's position.
    pub measure: usize,
    /// The state's number.
    pub state: usize,
    /// What is counted once.
    pub member: Member,
}

/// Totals of a page, or a change of them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tally {
    /// Of the whole page.
    pub whole: Sums,
    /// By slice and the value's text; an unknown value is the empty text.
    pub slices: Vec<HashMap<Value, Sums, Quick>>,
    /// How many records bring each value of each distinct count.
    pub distinct: HashMap<DistinctKey, i64, Quick>,
    /// What one record changes; empty between two of them.
    changes: Vec<(usize, Amount)>,
}

impl Tally {
    /// Nothing at all.
    pub fn new(register: &Register) -> Self {
        Self {
            whole: empty(register),
            slices: vec![HashMap::default(); register.slices.len()],
            distinct: HashMap::default(),
            changes: Vec::new(),
        }
    }

    /// Adds (`sign` 1) or takes away (-1) what a record in a state contributes.
    pub fn add(&mut self, register: &Register, state: RecordState, row: &dyn eval::Row, at: &Moments, sign: i64) {
        let state = state as usize;
        let mut changes = std::mem::take(&mut self.changes);
        changes.push((0, Amount { value: sign, unknown: 0 }));
        for (position, measure) in register.measures.iter().enumerate() {
            let distinct = matches!(measure.counting, Counting::Distinct { .. });
            match outcome(measure, row, at) {
                Outcome::Out => {}
                Outcome::Unknown => changes.push((position + 1, Amount { value: 0, unknown: sign })),
                Outcome::Counts(_) if distinct => self.add_members(register, position, row, state, sign),
                Outcome::Counts(n) => changes.push((position + 1, Amount { value: n * sign, unknown: 0 })),
            }
        }
        apply(&mut self.whole, &changes, state);
        for (slice, values) in register.slices.iter().zip(&mut self.slices) {
            let value = contribution::value(row, slice.column);
            if let Some(sums) = values.get_mut(value) {
                apply(sums, &changes, state);
                continue;
            }
            let mut sums = empty(register);
            apply(&mut sums, &changes, state);
            values.insert(value.clone(), sums);
        }
        changes.clear();
        self.changes = changes;
    }

    fn add_members(&mut self, register: &Register, measure: usize, row: &dyn eval::Row, state: usize, sign: i64) {
        let members = contribution::distinct_members(&register.measures[measure], row);
        let slices = register.slices.iter().map(|s| contribution::value(row, s.column));
        for (slice, value) in std::iter::once(&Value::Missing).chain(slices).enumerate() {
            for member in &members {
                let key = DistinctKey { slice, slice_value: value.clone(), measure, state, member: member.clone() };
                *self.distinct.entry(key).or_default() += sign;
            }
        }
    }

    /// Puts the number of different values into the sums of the distinct counts: for a page totalled as a whole.
    pub(crate) fn count_distinct(&mut self, register: &Register) {
        for (key, records) in &self.distinct {
            let sums = match key.slice.checked_sub(1) {
                None => Some(&mut self.whole),
                Some(slice) => self.slices.get_mut(slice).and_then(|values| values.get_mut(&key.slice_value)),
            };
            if let Some(sums) = sums.filter(|_| *records > 0) {
                sums[key.measure + 1].by_state[key.state].value += 1;
            }
        }
        debug_assert!(self.whole.len() == register.measures.len() + 1);
    }

    /// The non-zero totals as rows of `page_total`: slice id, slice value, measure id, state, amount.
    pub fn rows<'a>(&'a self, register: &'a Register) -> Vec<TotalRow<'a>> {
        let mut rows = Vec::new();
        let mut push = |slice: &'a str, value: String, sums: &Sums| {
            for (position, total) in sums.iter().enumerate() {
                for (state, amount) in total.by_state.iter().enumerate() {
                    if *amount != Amount::default() {
                        let measure = match position.checked_sub(1) {
                            None => RECORDS,
                            Some(measure) => register.measures[measure].id.as_str(),
                        };
                        rows.push(TotalRow {
                            slice,
                            value: value.clone(),
                            measure,
                            state: state as i64,
                            amount: *amount,
                        });
                    }
                }
            }
        };
        push("", String::new(), &self.whole);
        for (slice, values) in register.slices.iter().zip(&self.slices) {
            for (value, sums) in values {
                push(&slice.id, slice_key(value).unwrap_or_default(), sums);
            }
        }
        rows.sort();
        rows
    }
}

/// One row of `page_total`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct TotalRow<'a> {
    /// The slice's id; empty for the whole.
    pub slice: &'a str,
    /// The slice's value; empty if unknown.
    pub value: String,
    /// The measure's id; [`RECORDS`] for the number of records.
    pub measure: &'a str,
    /// The state's number.
    pub state: i64,
    /// The total.
    pub amount: Amount,
}

/// The name the number of records is kept under: no measure can have it.
pub const RECORDS: &str = "";

fn empty(register: &Register) -> Sums {
    vec![TotalOf::default(); register.measures.len() + 1]
}

fn apply(sums: &mut Sums, changes: &[(usize, Amount)], state: usize) {
    for (position, change) in changes {
        let amount = &mut sums[*position].by_state[state];
        amount.value += change.value;
        amount.unknown += change.unknown;
    }
}

/// Totals a page by the scan: the source of truth that fills it, rebuilds it and reconciles it.
pub fn scan_page(
    db: &mut Db,
    catalog: &Catalog,
    register: &Register,
    school: SchoolId,
    page: Page,
    today: Date,
) -> Result<Tally, StoreError> {
    let mut tally = Tally::new(register);
    let scan = PageScan { catalog, register, school, page, today, dialect: db.dialect() };
    let sql = scan.totals();
    let params: Vec<Param> = sql.values.iter().map(Param::from).collect();
    let first = 1 + register.slices.len();
    db.query(&sql.text, &params, &mut |row| {
        let state = row.int(0).unwrap_or(0) as usize;
        let mut changes = vec![(0, Amount { value: row.int(first).unwrap_or(0), unknown: 0 })];
        let mut column = first + 1;
        for (position, measure) in register.measures.iter().enumerate() {
            if !matches!(measure.counting, Counting::Distinct { .. }) {
                let (value, unknown) = (row.int(column).unwrap_or(0), row.int(column + 1).unwrap_or(0));
                changes.push((position + 1, Amount { value, unknown }));
                column += 2;
            }
        }
        apply(&mut tally.whole, &changes, state);
        for (ix, slice) in register.slices.iter().enumerate() {
            let value = read_value(row, 1 + ix, register.column_kind(slice.column));
            apply(tally.slices[ix].entry(value).or_insert_with(|| empty(register)), &changes, state);
        }
    })
    .doing("total a page")?;
    for (position, measure) in register.measures.iter().enumerate() {
        let (Some(sql), Counting::Distinct { of, per }) = (scan.distinct(measure), &measure.counting) else {
            continue;
        };
        let params: Vec<Param> = sql.values.iter().map(Param::from).collect();
        let kind = register.column_kind(*of);
        db.query(&sql.text, &params, &mut |row| {
            let state = row.int(0).unwrap_or(0) as usize;
            let records = row.int(first + 1).unwrap_or(0);
            let values: Vec<Value> = (0..register.slices.len())
                .map(|ix| read_value(row, 1 + ix, register.column_kind(register.slices[ix].column)))
                .collect();
            let value = match kind {
                Kind::Refs(_) => row.id(first).map_or(Value::Missing, Value::Ref),
                kind => read_value(row, first, kind),
            };
            if value.is_missing() {
                let change = [(position + 1, Amount { value: 0, unknown: records })];
                apply(&mut tally.whole, &change, state);
                for (value, sums) in values.iter().zip(&mut tally.slices) {
                    apply(sums.entry(value.clone()).or_insert_with(|| empty(register)), &change, state);
                }
                return;
            }
            let per = per.map_or(Value::Missing, |per| read_value(row, first + 2, register.column_kind(per)));
            let member = Member { value, per };
            for (slice, slice_value) in std::iter::once(Value::Missing).chain(values).enumerate() {
                let key = DistinctKey { slice, slice_value, measure: position, state, member: member.clone() };
                *tally.distinct.entry(key).or_default() += records;
            }
        })
        .doing("list the values of a distinct count")?;
    }
    tally.count_distinct(register);
    Ok(tally)
}

pub(crate) fn read_value(row: &dyn Row, column: usize, kind: &Kind) -> Value {
    match kind {
        k if column_type(k) == Some(ColumnType::Int) => row.int(column).map(Value::Int),
        Kind::Ref(_) => row.id(column).map(Value::Ref),
        Kind::Date => row.text(column).and_then(Date::parse_iso).map(Value::Date),
        _ => row.text(column).map(|t| Value::Text(t.to_owned())),
    }
    .unwrap_or_default()
}

/// Which page, of which school, under its register's id: the start of every key below.
#[derive(Debug, Clone, Copy)]
pub struct PageKey<'a> {
    /// The school.
    pub school: SchoolId,
    /// The register.
    pub register: &'a Register,
    /// The page.
    pub page: Page,
}

/// Adds a change to a page's stored totals, the change's records having been written.
pub fn add_to_page(db: &mut Db, scan: &PageScan, change: &Tally) -> Result<(), StoreError> {
    let mut change = change.clone();
    for (key, records) in change.distinct.iter().filter(|(_, records)| **records != 0) {
        // How many records bring the value now, as far as it matters; so many brought it before.
        let now = count_bringing(db, scan, key, records.max(&0) + 1)?;
        let step = i64::from(now > 0) - i64::from(now > *records);
        if step != 0 {
            let sums = match key.slice.checked_sub(1) {
                None => &mut change.whole,
                Some(slice) => {
                    change.slices[slice].entry(key.slice_value.clone()).or_insert_with(|| empty(scan.register))
                }
            };
            sums[key.measure + 1].by_state[key.state].value += step;
        }
    }
    let page = scan.page.to_string();
    for row in change.rows(scan.register) {
        db.execute(
            "insert into page_total (school_id, register, page, slice, slice_value, measure, state, value, unknown) \
             values (?, ?, ?, ?, ?, ?, ?, ?, ?) \
             on conflict (school_id, register, page, slice, slice_value, measure, state) do update \
             set value = page_total.value + excluded.value, unknown = page_total.unknown + excluded.unknown",
            &[
                Param::Int(scan.school.0),
                Param::Text(scan.register.id.as_str()),
                Param::Text(&page),
                Param::Text(row.slice),
                Param::Text(&row.value),
                Param::Text(row.measure),
                Param::Int(row.state),
                Param::Int(row.amount.value),
                Param::Int(row.amount.unknown),
            ],
        )
        .doing("add to a page's totals")?;
    }
    Ok(())
}

/// How many records bring a value to a distinct count, counted up to `most`.
pub fn count_bringing(db: &mut Db, scan: &PageScan, key: &DistinctKey, most: i64) -> Result<i64, StoreError> {
    let register = scan.register;
    let slice = key.slice.checked_sub(1).map(|ix| (register.slices[ix].column, &key.slice_value));
    let brought = Brought { state: key.state as i64, slice, member: &key.member };
    let Some(sql) = scan.bringing(&register.measures[key.measure], &brought, most) else {
        return Ok(0);
    };
    let params: Vec<Param> = sql.values.iter().map(Param::from).collect();
    let mut count = 0;
    db.query(&sql.text, &params, &mut |_| count += 1).doing("read a distinct count")?;
    Ok(count)
}

/// Replaces a page's stored totals.
pub fn replace_page(db: &mut Db, key: PageKey, tally: &Tally) -> Result<(), StoreError> {
    let page = key.page.to_string();
    let (school, register) = (Param::Int(key.school.0), Param::Text(key.register.id.as_str()));
    let place = [school, register, Param::Text(&page)];
    db.execute("delete from page_total where school_id = ? and register = ? and page = ?", &place)
        .doing("clear a page's totals")?;
    let rows = tally.rows(key.register);
    let mut params = Vec::with_capacity(rows.len() * 9);
    for row in &rows {
        params.extend_from_slice(&place);
        params.extend([
            Param::Text(row.slice),
            Param::Text(&row.value),
            Param::Text(row.measure),
            Param::Int(row.state),
            Param::Int(row.amount.value),
            Param::Int(row.amount.unknown),
        ]);
    }
    let columns = ["school_id", "register", "page", "slice", "slice_value", "measure", "state", "value", "unknown"];
    db.insert_many(&Insert::new("page_total", &columns), &params).doing("write a page's totals")
}

/// Totals of a page as figures need them: of the whole or of one slice value.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Loaded {
    records: TotalOf,
    measures: Vec<TotalOf>,
}

impl jc_figures::figure::Totals for Loaded {
    fn records(&self) -> TotalOf {
        self.records
    }

    fn measure(&self, position: usize) -> TotalOf {
        self.measures.get(position).copied().unwrap_or_default()
    }
}

impl Loaded {
    fn new(register: &Register) -> Self {
        Self { records: TotalOf::default(), measures: vec![TotalOf::default(); register.measures.len()] }
    }

    fn set(&mut self, register: &Register, measure: &str, state: i64, amount: Amount) {
        let total = if measure == RECORDS {
            Some(&mut self.records)
        } else {
            let position = register.measures.iter().position(|m| m.id.as_str() == measure);
            position.and_then(|p| self.measures.get_mut(p))
        };
        if let Some(slot) = total.zip(usize::try_from(state).ok()).and_then(|(t, s)| t.by_state.get_mut(s)) {
            *slot = amount;
        }
    }
}

/// Loads a page's stored totals: of the whole (`slice` empty) or of every value of a slice.
pub fn load(db: &mut Db, key: PageKey, slice: &str) -> Result<Vec<(String, Loaded)>, StoreError> {
    let page = key.page.to_string();
    let mut out: Vec<(String, Loaded)> = Vec::new();
    db.query(
        "select slice_value, measure, state, value, unknown from page_total \
         where school_id = ? and register = ? and page = ? and slice = ? order by slice_value, measure, state",
        &[Param::Int(key.school.0), Param::Text(key.register.id.as_str()), Param::Text(&page), Param::Text(slice)],
        &mut |row| {
            let value = row.text(0).unwrap_or_default();
            if out.last().is_none_or(|(last, _)| last != value) {
                out.push((value.to_owned(), Loaded::new(key.register)));
            }
            let amount = Amount { value: row.int(3).unwrap_or(0), unknown: row.int(4).unwrap_or(0) };
            if let Some((_, loaded)) = out.last_mut() {
                loaded.set(key.register, row.text(1).unwrap_or_default(), row.int(2).unwrap_or(0), amount);
            }
        },
    )
    .doing("load a page's totals")?;
    Ok(out)
}

/// The same from a tally that was just scanned.
pub fn loaded_from(register: &Register, tally: &Tally, slice: &str) -> Vec<(String, Loaded)> {
    let mut out: Vec<(String, Loaded)> = Vec::new();
    for row in tally.rows(register).into_iter().filter(|row| row.slice == slice) {
        if out.last().is_none_or(|(last, _)| *last != row.value) {
            out.push((row.value.clone(), Loaded::new(register)));
        }
        if let Some((_, loaded)) = out.last_mut() {
            loaded.set(register, row.measure, row.state, row.amount);
        }
    }
    out
}
