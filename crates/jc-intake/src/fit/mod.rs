//! Turns rows into the values of records, or into findings that name their cells.

mod cell;
mod reference;

use crate::codes;
use crate::limits::Limits;
use crate::mapping::{Mapping, Role, fold_heading};
use crate::notes::begins_note;
use crate::resolve::Resolver;
use crate::row::{Cell, Row};
use crate::seen::Seen;
use crate::site::{Site, quote};
use crate::xlsx::{Merge, merged};
use jc_base::{Date, Finding, Lang, Level, Value};
use jc_catalog::kinds::{Kind, ParseContext};
use jc_catalog::model::{Catalog, PeriodRule, Register};
use std::iter::repeat_with;

/// Turns the rows of one sheet into records of one register.
pub struct Fitter<'c> {
    catalog: &'c Catalog,
    register: &'c Register,
    mapping: Mapping,
    site: Site,
    lang: Lang,
    plans: Vec<Plan<'c>>,
    /// The plan of each key field, if all of them have a column.
    key: Vec<usize>,
    /// The field whose day tells which codes were in use; its plan comes first.
    dated: Option<usize>,
    given: Vec<bool>,
    keys: Seen,
    uniques: Vec<(usize, Seen)>,
    scratch: Vec<u8>,
    most_findings: usize,
    listed: usize,
    unlisted: usize,
    rows: u32,
    notes_told: bool,
    headings_told: bool,
}

/// How one field is read: settled once, used for every row.
struct Plan<'c> {
    field: usize,
    column: usize,
    kind: &'c Kind,
    /// How findings name the field: the heading as the person wrote it.
    heading: String,
    required: bool,
    reference: Option<reference::Plan>,
}

/// What a row has come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fit {
    /// Nothing in any column we use, or a row of the headings or above.
    Blank,
    /// Sums or signatures below the table, or the headings again: left out, said once.
    Note,
    /// A record, to be checked and stored.
    Row(StagedRow),
    /// Something is wrong; the findings say what.
    Rejected,
}

/// A row as the values of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StagedRow {
    /// The row's number as the spreadsheet program shows it.
    pub number: u32,
    /// One value for each field of the register, in its order; missing where the file has no column
    /// ([`Fitter::given`] tells) or the cell is empty.
    pub values: Vec<Value>,
}

impl<'c> Fitter<'c> {
    /// Settles how each field is read. `register` is a position in `catalog`; findings name fields in `lang`.
    pub fn new(
        catalog: &'c Catalog,
        register: usize,
        mapping: Mapping,
        site: Site,
        lang: Lang,
        limits: &Limits,
    ) -> Self {
        let register = catalog.registers.get(register).expect("a register's position comes from its catalog");
        let mut plans: Vec<Plan<'c>> = Vec::new();
        for (ix, field) in register.fields.iter().enumerate() {
            let Some(column) = mapping.columns.iter().find(|column| column.role == Role::Field(ix)) else { continue };
            // The class beside the students, be it a field of its own or there only to tell them apart.
            let narrows =
                |role: Role| role == Role::Narrows(ix) || field.within.is_some_and(|w| role == Role::Field(w));
            let narrow = mapping.columns.iter().find(|column| narrows(column.role)).map(|c| c.column);
            plans.push(Plan {
                field: ix,
                column: column.column,
                kind: &field.kind,
                heading: quote(&column.heading),
                required: field.required || register.key.contains(&ix),
                reference: reference::Plan::new(catalog, &field.kind, narrow, lang),
            });
        }
        let dated = match register.period {
            PeriodRule::On { field, .. } | PeriodRule::During { from: field, .. } => Some(field),
            PeriodRule::Always => None,
        };
        // The day of the record first: codes are judged by it.
        plans.sort_by_key(|plan| Some(plan.field) != dated);
        let plan_of = |field: usize| plans.iter().position(|plan| plan.field == field);
        let key: Vec<usize> = register.key.iter().filter_map(|field| plan_of(*field)).collect();
        let key = if key.len() == register.key.len() { key } else { Vec::new() };
        let uniques = register
            .fields
            .iter()
            .enumerate()
            .filter(|(ix, field)| field.unique && register.key != [*ix])
            .filter_map(|(ix, _)| plan_of(ix).map(|plan| (plan, Seen::default())))
            .collect();
        let given = (0..register.fields.len()).map(|ix| plan_of(ix).is_some()).collect();
        Self {
            catalog,
            register,
            mapping,
            site,
            lang,
            plans,
            key,
            dated,
            given,
            keys: Seen::default(),
            uniques,
            scratch: Vec::new(),
            most_findings: limits.findings,
            listed: 0,
            unlisted: 0,
            rows: 0,
            notes_told: false,
            headings_told: false,
        }
    }

    /// For each field of the register whether the file has a column for it. An empty cell of such a column says
    /// that the value is missing; of the other fields the file says nothing.
    pub fn given(&self) -> &[bool] {
        &self.given
    }

    /// How findings of this sheet name their places.
    pub fn site(&self) -> &Site {
        &self.site
    }

    /// The place of a field's cell in a row, for findings made later (checks, the database).
    pub fn place(&self, row: u32, field: usize) -> jc_base::Place {
        match self.plans.iter().find(|plan| plan.field == field) {
            Some(plan) => self.site.cell(row, plan.column),
            None => self.site.row(row),
        }
    }

    /// Reads a row. All rows of the sheet may be handed in; those up to the headings come back as blank.
    ///
    /// Every fault of the row is pushed to `findings`, not only the first. A warning does not reject the row.
    pub fn fit(&mut self, row: &Row<'_>, resolver: &mut dyn Resolver, findings: &mut Vec<Finding>) -> Fit {
        let number = row.number();
        if number <= self.mapping.last_header_row() {
            return Fit::Blank;
        }
        if let Some(other) = self.no_record(row, findings) {
            return other;
        }
        self.rows += 1;
        let before = self.listed + self.unlisted;
        let mut values: Vec<Value> = repeat_with(Value::default).take(self.register.fields.len()).collect();
        let mut on: Option<Date> = None;
        let mut errors = 0usize;
        for at in 0..self.plans.len() {
            let Some(plan) = self.plans.get_mut(at) else { break };
            let context = ParseContext { codes: &self.catalog.codes, on };
            let cell = row.cell(plan.column);
            let outcome = match &mut plan.reference {
                Some(reference) => reference.read(cell, row, resolver),
                None => cell::read(plan.kind, cell, &context),
            };
            match outcome {
                Ok(Value::Missing) if plan.required => {
                    let finding = Finding::error(codes::REQUIRED, self.site.cell(number, plan.column));
                    let finding = finding.with("field", &plan.heading);
                    errors += self.tell(finding, findings);
                }
                Ok(value) => {
                    if Some(plan.field) == self.dated
                        && let Value::Date(day) = value
                    {
                        on = Some(day);
                    }
                    if let Some(place) = values.get_mut(plan.field) {
                        *place = value;
                    }
                }
                Err(faults) => {
                    let (place, heading) = (self.site.cell(number, plan.column), plan.heading.clone());
                    for fault in faults {
                        let mut finding = Finding::error(fault.code, place.clone()).with("field", &heading);
                        finding.with.0.extend(fault.with.0);
                        errors += self.tell(finding, findings);
                    }
                }
            }
        }
        errors += self.doubles(row, &values, findings);
        debug_assert!(self.listed + self.unlisted >= before);
        if errors > 0 { Fit::Rejected } else { Fit::Row(StagedRow { number, values }) }
    }

    /// What is to be said once all rows are read: merged cells among the rows, no rows at all, how many findings
    /// were not listed. `merges` are those of the stream.
    pub fn finish(&mut self, merges: &[Merge], findings: &mut Vec<Finding>) {
        let last_header = self.mapping.last_header_row();
        for merge in merges {
            let used = self.plans.iter().any(|plan| (merge.columns.0..=merge.columns.1).contains(&plan.column));
            if used && merge.rows.0 > last_header && merge.rows.1 > merge.rows.0 {
                self.tell(merged(*merge, &self.site), findings);
            }
        }
        if self.rows == 0 {
            self.tell(Finding::warning(codes::NO_ROWS, self.site.row(last_header)), findings);
        }
        if self.unlisted > 0 {
            findings.push(Finding::warning(codes::MORE, self.site.whole()).with("count", self.unlisted));
        }
    }

    /// How many rows were read as records, good and bad.
    pub fn rows(&self) -> u32 {
        self.rows
    }

    /// Lists a finding unless there are too many; 1 if it is an error.
    fn tell(&mut self, finding: Finding, findings: &mut Vec<Finding>) -> usize {
        let error = usize::from(finding.level == Level::Error);
        if self.listed < self.most_findings {
            self.listed += 1;
            findings.push(finding);
        } else {
            self.unlisted += 1;
        }
        error
    }

    /// Whether the row is blank, a note, or the headings again.
    fn no_record(&mut self, row: &Row<'_>, findings: &mut Vec<Finding>) -> Option<Fit> {
        let used = self.plans.iter().any(|plan| !row.cell(plan.column).is_blank());
        // The first cell with something in it tells a note; a record begins with its key or a running number.
        let first = row.cells().enumerate().find(|(_, cell)| !cell.is_blank());
        let Some((column, Cell::Text(text))) = first else { return (!used).then_some(Fit::Blank) };
        if begins_note(text) && (!used || self.keyless(row, column)) {
            if !self.notes_told {
                self.notes_told = true;
                let finding = Finding::warning(codes::NOTES, self.site.cell(row.number(), column));
                self.tell(finding.with("text", quote(text)), findings);
            }
            return Some(Fit::Note);
        }
        if !used {
            return Some(Fit::Blank);
        }
        if self.is_headings(row) {
            if !self.headings_told {
                self.headings_told = true;
                self.tell(Finding::warning(codes::HEADINGS_AGAIN, self.site.row(row.number())), findings);
            }
            return Some(Fit::Note);
        }
        None
    }

    /// Whether every key cell is blank, but for the one in `column`, where the note stands.
    fn keyless(&self, row: &Row<'_>, column: usize) -> bool {
        let keys = self.plans.iter().filter(|plan| self.register.key.contains(&plan.field));
        keys.map(|plan| plan.column).all(|at| at == column || row.cell(at).is_blank())
    }

    /// Whether the cells of the columns we use repeat their headings.
    fn is_headings(&self, row: &Row<'_>) -> bool {
        let mut equal = 0;
        for column in self.mapping.columns.iter().filter(|column| matches!(column.role, Role::Field(_))) {
            match row.cell(column.column) {
                // The first character tells most rows apart without folding anything.
                Cell::Text(text)
                    if text.trim_start().chars().next() == column.heading.chars().next()
                        && fold_heading(text) == fold_heading(&column.heading) =>
                {
                    equal += 1;
                }
                _ => return false,
            }
        }
        equal >= 2
    }

    /// Keys and unique values that the file has had before: the later row is the bad one.
    fn doubles(&mut self, row: &Row<'_>, values: &[Value], findings: &mut Vec<Finding>) -> usize {
        let number = row.number();
        let mut errors = 0;
        let complete = !self.key.is_empty()
            && self.register.key.iter().all(|field| values.get(*field).is_some_and(|value| !value.is_missing()));
        if complete {
            self.scratch.clear();
            for field in &self.register.key {
                if let Some(value) = values.get(*field) {
                    push_value(&mut self.scratch, value);
                }
            }
            if let Some(first) = self.keys.insert(&self.scratch, number) {
                let plan = self.key.first().and_then(|at| self.plans.get(*at));
                let column = plan.map_or(0, |plan| plan.column);
                let plans: Vec<&Plan<'_>> = self.key.iter().filter_map(|at| self.plans.get(*at)).collect();
                let headings: Vec<&str> = plans.iter().map(|plan| plan.heading.as_str()).collect();
                let shown: Vec<String> = plans.iter().map(|plan| shown(plan, row, values)).collect();
                let finding = Finding::error(codes::KEY_TWICE, self.site.cell(number, column))
                    .with("field", headings.join("＋"))
                    .with("value", quote(&shown.join("＋")))
                    .also(self.site.cell(first, column));
                errors += self.tell(finding, findings);
            }
        }
        for at in 0..self.uniques.len() {
            let Some((plan, seen)) = self.uniques.get_mut(at) else { break };
            let Some(plan) = self.plans.get(*plan) else { continue };
            let Some(value) = values.get(plan.field).filter(|value| !value.is_missing()) else { continue };
            self.scratch.clear();
            push_value(&mut self.scratch, value);
            if let Some(first) = seen.insert(&self.scratch, number) {
                let finding = Finding::error(codes::VALUE_TWICE, self.site.cell(number, plan.column))
                    .with("field", &plan.heading)
                    .with("value", quote(&shown(plan, row, values)))
                    .also(self.site.cell(first, plan.column));
                errors += self.tell(finding, findings);
            }
        }
        errors
    }

    /// The language in which findings name fields.
    pub fn lang(&self) -> Lang {
        self.lang
    }
}

/// A value as it may be shown in a finding: as the person wrote it, an ID number only masked.
fn shown(plan: &Plan<'_>, row: &Row<'_>, values: &[Value]) -> String {
    match (plan.kind, values.get(plan.field)) {
        (Kind::IdNumber, Some(value)) => plan.kind.show(value, Lang::Zh, &[]),
        _ => quote(&row.cell(plan.column).to_string()),
    }
}

/// A value as bytes that are equal when the values are.
fn push_value(out: &mut Vec<u8>, value: &Value) {
    match value {
        Value::Missing => out.push(0),
        Value::Text(text) => out.extend_from_slice(text.as_bytes()),
        Value::Int(n) => out.extend_from_slice(&n.to_le_bytes()),
        Value::Date(day) => {
            out.extend_from_slice(&day.year().to_le_bytes());
            out.extend([day.month() as u8, day.day() as u8]);
        }
        Value::Ref(id) => out.extend_from_slice(&id.0),
        Value::Refs(ids) => ids.iter().for_each(|id| out.extend_from_slice(&id.0)),
    }
    // No text and no part of a number contains this byte in a way that two keys could run together.
    out.push(0xFF);
}
