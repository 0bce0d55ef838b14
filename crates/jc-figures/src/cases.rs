//! The hand-worked cases of indicators, worked by the engine: `catalog check` runs them.

use crate::contribution::{Outcome, distinct_members, outcome};
use crate::figure::{Figure, FigureValue, Totals, settle};
use crate::page::Page;
use crate::{Amount, TotalOf};
use jc_base::{Date, Finding, Place, RecordId, RecordState, Value};
use jc_catalog::expr::eval::Row;
use jc_catalog::kinds::{Kind, ParseContext};
use jc_catalog::model::Case;
use jc_catalog::{Catalog, Counting, Formula, Register};
use std::collections::{BTreeSet, HashMap};

/// The day cases are worked on where they name none.
fn today() -> Date {
    Date::new(2024, 12, 31).expect("New Year's Eve exists")
}

/// Works every case of a catalog; a finding for each that gives something else than was worked by hand.
pub fn work(catalog: &Catalog) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (position, register) in catalog.registers.iter().enumerate() {
        for (ix, indicator) in register.indicators.iter().enumerate() {
            for case in &indicator.cases {
                let place = Place::Text { file: register.path.clone(), line: case.line.max(1), column: 1, length: 1 };
                match gives(catalog, position, ix, case) {
                    Ok(result) if result == case.gives => {}
                    Ok(result) => findings.push(
                        Finding::error("CAT-901", place)
                            .with("indicator", &indicator.id)
                            .with("why", &case.why)
                            .with("wanted", &case.gives)
                            .with("found", result),
                    ),
                    Err((field, value)) => findings.push(
                        Finding::error("CAT-902", place)
                            .with("indicator", &indicator.id)
                            .with("field", field)
                            .with("value", value),
                    ),
                }
            }
        }
    }
    findings
}

/// A record of a case.
struct CaseRow<'a> {
    id: RecordId,
    values: Vec<Value>,
    copied: Vec<Value>,
    related: Vec<(usize, usize, &'a CaseRow<'a>)>,
}

impl Row for CaseRow<'_> {
    fn field(&self, position: usize) -> &Value {
        self.values.get(position).unwrap_or(&Value::Missing)
    }

    fn copied(&self, position: usize) -> &Value {
        self.copied.get(position).unwrap_or(&Value::Missing)
    }

    fn related(&self, register: usize, via: usize) -> Vec<&dyn Row> {
        let fits = self.related.iter().filter(|(r, v, _)| (*r, *v) == (register, via));
        fits.map(|(_, _, row)| *row as &dyn Row).collect()
    }
}

/// What a case gives: the printed figure, or `missing: ` and why; or the field and text that cannot be read.
fn gives(catalog: &Catalog, register_ix: usize, indicator: usize, case: &Case) -> Result<String, (String, String)> {
    let register = &catalog.registers[register_ix];
    let mut people = People::default();
    let mut rows = Vec::new();
    for (n, texts) in case.rows.iter().enumerate() {
        let mut row = parse(catalog, register, texts, &mut people)?;
        row.id = people.of(register_ix, &format!("${}", n + 1));
        rows.push(row);
    }
    let mut others = Vec::new();
    for (id, texts) in &case.related {
        let Some(other) = catalog.find_register(id.as_str()) else { continue };
        let declared = &catalog.registers[other];
        for texts in texts {
            let mut row = parse(catalog, declared, texts, &mut people)?;
            // References name a related record by its key, as they would in a spreadsheet.
            let key = |ix: &usize| texts.iter().find(|(name, _)| *name == declared.fields[*ix].id.as_str());
            if let Some((_, text)) = declared.key.iter().find_map(key) {
                row.id = people.of(other, text);
            }
            others.push((other, row));
        }
    }
    for row in &mut rows {
        copy_from_related(register, row, &others);
    }
    for row in &mut rows {
        for (other, record) in &others {
            for (via, value) in record.values.iter().enumerate() {
                if value.ref_ids().contains(&row.id) {
                    row.related.push((*other, via, record));
                }
            }
        }
    }
    let page = match &case.period {
        Some(code) => Page::parse(register, code).ok_or_else(|| ("period".to_owned(), code.clone()))?,
        None => rows
            .first()
            .and_then(|row| crate::page::pages_of(register, &row.values, today()).first().copied())
            .unwrap_or_else(|| Page::reported_in(register, today().year())),
    };
    let now = CaseTotals::count(register, &rows, page);
    let before = page.a_year_before().map(|before| CaseTotals::count(register, &rows, before));
    let declared = &register.indicators[indicator];
    let before = before.as_ref().map(|b| b as &dyn Totals).filter(|_| matches!(declared.formula, Formula::Growth(_)));
    Ok(words(&settle(register, declared, page, None, &now, before)))
}

/// Fills what a row copies through its references from the related records of the case; what the row itself gives
/// stays.
fn copy_from_related(register: &Register, row: &mut CaseRow, others: &[(usize, CaseRow)]) {
    for (ix, copied) in register.copies.iter().enumerate() {
        if !row.copied[ix].is_missing() {
            continue;
        }
        let mut value = row.values[copied.via].clone();
        for (reached, field) in &copied.steps {
            let found = value.as_ref_id().and_then(|id| others.iter().find(|(r, o)| r == reached && o.id == id));
            value = found.map(|(_, other)| other.values[*field].clone()).unwrap_or_default();
        }
        row.copied[ix] = value;
    }
}

fn words(figure: &Figure) -> String {
    match (figure.printed(), figure.value) {
        (Some(printed), _) => printed,
        (None, FigureValue::Missing(why)) => format!("missing: {}", why.code().replace('-', " ")),
        (None, FigureValue::Known(_)) => String::new(),
    }
}

/// Names in references stand for records: the same text, the same record.
#[derive(Default)]
struct People(HashMap<(usize, String), RecordId>);

impl People {
    fn of(&mut self, register: usize, name: &str) -> RecordId {
        let next = self.0.len() as u128 + 1;
        *self.0.entry((register, name.to_owned())).or_insert(RecordId(next.to_be_bytes()))
    }
}

fn parse<'a>(
    catalog: &Catalog,
    register: &Register,
    texts: &[(String, String)],
    people: &mut People,
) -> Result<CaseRow<'a>, (String, String)> {
    let mut values = vec![Value::Missing; register.fields.len()];
    let mut copied = vec![Value::Missing; register.copies.len()];
    let context = ParseContext { codes: &catalog.codes, on: None };
    for (name, text) in texts {
        let fault = || (name.clone(), text.clone());
        let mut read = |kind: &Kind| match kind {
            _ if text.is_empty() => Ok(Value::Missing),
            Kind::Ref(target) => Ok(Value::Ref(people.of(*target, text))),
            Kind::Refs(target) => {
                Ok(Value::Refs(text.split(['、', ',', '，']).map(|part| people.of(*target, part.trim())).collect()))
            }
            kind => kind.parse(text, &context).map_err(|_| fault()),
        };
        if let Some(ix) = register.find_field(name) {
            values[ix] = read(&register.fields[ix].kind)?;
        } else if let Some(ix) = register.copies.iter().position(|c| c.path == *name) {
            copied[ix] = read(&register.copies[ix].kind)?;
        } else {
            return Err(fault());
        }
    }
    Ok(CaseRow { id: RecordId([0; 16]), values, copied, related: Vec::new() })
}

/// Totals of a case's rows on a page, all of them verified.
struct CaseTotals {
    records: i64,
    measures: Vec<Amount>,
}

impl CaseTotals {
    fn count(register: &Register, rows: &[CaseRow], page: Page) -> Self {
        let at = page.moments(register, today());
        let on_page: Vec<&CaseRow> = rows.iter().filter(|row| page.holds(register, &row.values)).collect();
        let measures = register
            .measures
            .iter()
            .map(|measure| {
                let (mut amount, mut different) = (Amount::default(), BTreeSet::new());
                for row in &on_page {
                    match outcome(measure, *row, &at) {
                        Outcome::Out => {}
                        Outcome::Unknown => amount.unknown += 1,
                        Outcome::Counts(_) if matches!(measure.counting, Counting::Distinct { .. }) => {
                            different.extend(distinct_members(measure, *row));
                        }
                        Outcome::Counts(n) => amount.value += n,
                    }
                }
                amount.value += different.len() as i64;
                amount
            })
            .collect();
        Self { records: on_page.len() as i64, measures }
    }
}

fn verified(amount: Amount) -> TotalOf {
    let mut total = TotalOf::default();
    total.by_state[RecordState::Verified as usize] = amount;
    total
}

impl Totals for CaseTotals {
    fn records(&self) -> TotalOf {
        verified(Amount { value: self.records, unknown: 0 })
    }

    fn measure(&self, position: usize) -> TotalOf {
        verified(self.measures.get(position).copied().unwrap_or_default())
    }
}
