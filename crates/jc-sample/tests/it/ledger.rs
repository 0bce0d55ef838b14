//! The smallest ledger there can be: it reads files through the intake, keeps records in memory and counts them with
//! the catalog's expressions. No database and no engine of figures: what it counts is an independent recount.

use jc_base::finding::has_errors;
use jc_base::{Date, Finding, Lang, Period, PeriodKind, Ratio, RecordId, Value};
use jc_catalog::expr::eval::{Moments, Row, Truth, number, truth};
use jc_catalog::kinds::Kind;
use jc_catalog::model::{Catalog, Column, Counting, Formula, Measure, PeriodRule, Register};
use jc_intake::book;
use jc_intake::fit::{Fit, Fitter};
use jc_intake::headings;
use jc_intake::limits::Limits;
use jc_intake::resolve::Resolution;
use jc_sample::SampleFile;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

/// A record with what it has copied and who refers to it.
#[derive(Clone)]
pub struct Record {
    pub id: RecordId,
    pub values: Vec<Value>,
    copied: Vec<Value>,
    related: BTreeMap<(usize, usize), Vec<Rc<Record>>>,
    verified: bool,
}

impl Row for Record {
    fn field(&self, ix: usize) -> &Value {
        &self.values[ix]
    }

    fn copied(&self, ix: usize) -> &Value {
        &self.copied[ix]
    }

    fn related(&self, register: usize, via: usize) -> Vec<&dyn Row> {
        let found = self.related.get(&(register, via));
        found.into_iter().flatten().map(|record| &**record as &dyn Row).collect()
    }
}

impl Record {
    pub fn is_verified(&self) -> bool {
        self.verified
    }
}

/// What became of a file.
pub struct Outcome {
    pub rows: usize,
    pub rejected: usize,
    pub findings: Vec<Finding>,
    /// Positions of the records taken, in their register.
    pub taken: Vec<usize>,
}

pub struct Ledger {
    pub catalog: Catalog,
    pub records: Vec<Vec<Record>>,
    by_key: Vec<HashMap<String, usize>>,
    by_label: Vec<HashMap<String, Vec<usize>>>,
}

impl Ledger {
    pub fn new(catalog: Catalog) -> Self {
        let count = catalog.registers.len();
        let many = || (0..count).map(|_| HashMap::new()).collect();
        let by_label = (0..count).map(|_| HashMap::new()).collect();
        Self { records: (0..count).map(|_| Vec::new()).collect(), by_key: many(), by_label, catalog }
    }

    pub fn find(&self, register: &str) -> usize {
        self.catalog.find_register(register).expect("a register of the shipped catalog")
    }

    /// Imports a file; every record is kept, wrong rows are not.
    pub fn import(&mut self, file: &SampleFile) -> Outcome {
        let register = self.find(file.register);
        let limits = Limits::generous();
        let mut book = book::open(&file.name, file.bytes.clone(), &limits).expect("a readable file");
        let site = book.site(0);
        let first = book.first_rows(0, headings::LOOKED_AT).expect("readable rows");
        let guess = headings::find(&first, &self.catalog, register, &[], &site, Lang::Zh);
        let mut findings = guess.findings;
        let mapping = guess.mapping.unwrap_or_else(|| panic!("{}: headings found, not {findings:?}", file.name));
        let mut fitter = Fitter::new(&self.catalog, register, mapping, site, Lang::Zh, &limits);
        let (mut staged, mut rows, mut rejected) = (Vec::new(), 0, 0);
        let mut rows_of = book.rows(0).expect("readable rows");
        while let Some(row) = rows_of.next().expect("readable to the end") {
            let mut resolve = |target: usize, text: &str, within: Option<&str>| self.resolve(target, text, within);
            match fitter.fit(&row, &mut resolve, &mut findings) {
                Fit::Row(row) => staged.push(row),
                Fit::Rejected => rejected += 1,
                Fit::Blank | Fit::Note => continue,
            }
            rows += 1;
        }
        fitter.finish(rows_of.merges(), &mut findings);
        drop(fitter);
        let taken = staged.into_iter().map(|row| self.keep(register, row.values, file.verify)).collect();
        Outcome { rows, rejected, findings, taken }
    }

    fn resolve(&self, register: usize, text: &str, within: Option<&str>) -> Resolution {
        let found = |place: usize| Resolution::Found(self.records[register][place].id);
        if let Some(place) = self.by_key[register].get(text) {
            return found(*place);
        }
        let name = unpadded(text);
        let same = self.by_label[register].get(&name).map_or(&[][..], Vec::as_slice);
        let fits = |place: &usize| match (self.catalog.registers[register].within, within) {
            (Some(field), Some(within)) => self.shown(register, *place, field) == within,
            _ => true,
        };
        let those: Vec<usize> = same.iter().copied().filter(fits).collect();
        match those[..] {
            [] => Resolution::Unknown { near: None },
            [one] => found(one),
            _ => Resolution::Several(those.len()),
        }
    }

    /// A value as the key or label of a record shows it.
    fn shown(&self, register: usize, place: usize, field: usize) -> String {
        let kind = &self.catalog.registers[register].fields[field].kind;
        self.value_shown(kind, &self.records[register][place].values[field])
    }

    /// A record that is named by several fields is called by its label.
    fn value_shown(&self, kind: &Kind, value: &Value) -> String {
        match (kind, value) {
            (Kind::Ref(target), Value::Ref(id)) => match self.catalog.registers[*target].key.len() {
                1 => self.key_of(*target, place_of(*id)),
                _ => self.label_of(*target, place_of(*id)),
            },
            _ => kind.edit(value),
        }
    }

    fn key_of(&self, register: usize, place: usize) -> String {
        let key = &self.catalog.registers[register].key;
        key.iter().map(|field| self.shown(register, place, *field)).collect::<Vec<_>>().join("\u{1}")
    }

    fn label_of(&self, register: usize, place: usize) -> String {
        let label = &self.catalog.registers[register].label;
        label.iter().map(|field| self.shown(register, place, *field)).collect::<Vec<_>>().join(" ")
    }

    fn keep(&mut self, register: usize, values: Vec<Value>, verified: bool) -> usize {
        let place = self.records[register].len();
        let copied = self.catalog.registers[register].copies.iter().map(|copy| self.copy(&values, copy)).collect();
        let id = id_of(register, place);
        self.records[register].push(Record { id, values, copied, related: BTreeMap::new(), verified });
        let key = self.key_of(register, place);
        assert!(self.by_key[register].insert(key.clone(), place).is_none(), "a second record {key}");
        let parts = self.catalog.registers[register].label.iter().map(|field| self.shown(register, place, *field));
        // Each part of a label may stand alone, where only one record has it.
        let names: BTreeSet<String> = parts.chain([self.label_of(register, place)]).collect();
        for name in names {
            self.by_label[register].entry(name).or_default().push(place);
        }
        place
    }

    fn copy(&self, values: &[Value], copy: &jc_catalog::model::Copied) -> Value {
        let mut value = &values[copy.via];
        for &(register, field) in &copy.steps {
            let Value::Ref(id) = value else { return Value::Missing };
            value = &self.records[register][place_of(*id)].values[field];
        }
        value.clone()
    }

    /// Tells records who refers to them, where their register asks. Called once all files are in.
    pub fn relate(&mut self) {
        for register in 0..self.catalog.registers.len() {
            for other in self.catalog.registers[register].asks.clone() {
                let refers = |kind: &Kind| matches!(kind, Kind::Ref(to) | Kind::Refs(to) if *to == register);
                let fields = &self.catalog.registers[other].fields;
                let ways: Vec<usize> = (0..fields.len()).filter(|ix| refers(&fields[*ix].kind)).collect();
                for via in ways {
                    for record in self.records[other].clone().into_iter().filter(|record| record.verified) {
                        let record = Rc::new(record);
                        for id in record.values[via].ref_ids() {
                            let here = &mut self.records[register][place_of(*id)];
                            here.related.entry((other, via)).or_default().push(record.clone());
                        }
                    }
                }
            }
        }
    }

    /// The checks of the catalog that a record breaks: number, and whether it is a warning.
    pub fn broken(&self, register: usize, record: &Record) -> Vec<(usize, bool)> {
        let at = moments(Period { kind: PeriodKind::Year, year: 2024, term: 0 }, None);
        let holds = |expr| truth(expr, record, &at);
        let checks = self.catalog.registers[register].checks.iter();
        checks
            .filter(|check| check.when.as_ref().is_none_or(|when| holds(when) == Truth::True))
            .filter(|check| holds(&check.require) == Truth::False)
            .map(|check| (check.number, check.warning))
            .collect()
    }

    /// The kinds of evidence a record must carry.
    pub fn evidence_needed(&self, register: usize, record: &Record) -> BTreeSet<&str> {
        let at = moments(Period { kind: PeriodKind::Year, year: 2024, term: 0 }, None);
        let rules = self.catalog.registers[register].evidence.iter();
        rules
            .filter(|rule| rule.required.as_ref().is_some_and(|required| truth(required, record, &at) == Truth::True))
            .map(|rule| rule.kind.as_str())
            .collect()
    }

    /// The record that key texts name.
    pub fn by_key(&self, register: usize, key: &[String]) -> Option<usize> {
        self.by_key[register].get(&key.join("\u{1}")).copied()
    }

    /// An indicator of a year as printed: `99.26 = 404/407`, `missing`; and how many records it could not judge.
    pub fn figure(&self, indicator: &str, year: i32) -> (String, usize) {
        let (register, at) = self.catalog.find_indicator(indicator).expect("an indicator of the shipped catalog");
        let own = &self.catalog.registers[register];
        let it = &own.indicators[at];
        let total = |measure: usize, year: i32| self.total(register, &own.measures[measure], year);
        let exact = |(steps, _): (i128, usize), measure: usize| {
            Ratio::new(steps, 10i128.pow(u32::from(own.measures[measure].digits))).expect("a power of ten")
        };
        let print = |value: Option<Ratio>, shown: String| match value {
            Some(value) => format!("{}{shown}", value.print(it.decimals)),
            None => "missing".to_owned(),
        };
        match it.formula {
            Formula::Total(m) => {
                let total = total(m, year);
                (print(Some(exact(total, m)), String::new()), total.1)
            }
            Formula::Highest { reach, above } => {
                let (r, a) = (total(reach, year), total(above, year));
                (print(Some(exact((r.0 - a.0, 0), reach)), String::new()), r.1)
            }
            Formula::Common { sum, of, different } => {
                let (s, n, d) = (total(sum, year), total(of, year), total(different, year));
                (print(Ratio::new(s.0, n.0).filter(|_| d.0 == 1), String::new()), s.1)
            }
            Formula::Share { part, whole } => {
                let (p, w) = (total(part, year), total(whole, year));
                (print(Ratio::new(p.0 * 100, w.0), format!(" = {}/{}", p.0, w.0)), p.1)
            }
            Formula::Quotient { over, under } => {
                let (o, u) = (total(over, year), total(under, year));
                (print(exact(o, over).over(exact(u, under)), String::new()), o.1)
            }
            Formula::Growth(m) => {
                let (now, before) = (total(m, year), total(m, year - 1));
                (print(Ratio::new((now.0 - before.0) * 100, before.0), String::new()), now.1)
            }
        }
    }

    fn total(&self, register: usize, measure: &Measure, year: i32) -> (i128, usize) {
        let own = &self.catalog.registers[register];
        let (mut sum, mut unknown, mut different) = (0i128, 0usize, BTreeSet::new());
        for record in self.records[register].iter().filter(|record| record.verified) {
            let Some(at) = on_page(own, record, year) else { continue };
            match truth(&measure.filter, record, &at) {
                Truth::False => continue,
                Truth::Unknown => {
                    unknown += 1;
                    continue;
                }
                Truth::True => {}
            }
            match &measure.counting {
                Counting::Records => sum += 1,
                Counting::Sum(expr) => match number(expr, record, &at) {
                    Some(steps) => sum += i128::from(steps),
                    None => unknown += 1,
                },
                Counting::Members(field) => sum += record.values[*field].ref_ids().len() as i128,
                Counting::Distinct { of, per } => {
                    let value = |column: &Column| match column {
                        Column::Field(ix) => &record.values[*ix],
                        Column::Copied(ix) => &record.copied[*ix],
                    };
                    let once = per.as_ref().map(value).cloned();
                    match value(of) {
                        Value::Refs(ids) => different.extend(ids.iter().map(|id| (Value::Ref(*id), once.clone()))),
                        value if value.is_missing() => unknown += 1,
                        value => drop(different.insert((value.clone(), once))),
                    }
                }
            }
        }
        let counted = matches!(measure.counting, Counting::Distinct { .. });
        (if counted { different.len() as i128 } else { sum }, unknown)
    }
}

/// The moments of the page of a year, if the record stands on it.
fn on_page(register: &Register, record: &Record, year: i32) -> Option<Moments> {
    let date = |field: usize| match &record.values[field] {
        // A record may name its year only.
        Value::Int(year) => i32::try_from(*year).ok().and_then(|year| Date::new(year, 1, 1)),
        value => value.as_date(),
    };
    match register.period {
        PeriodRule::On { field, kind } => {
            let period = kind.reported_in(year);
            (kind.containing(date(field)?) == period).then(|| moments(period, None))
        }
        PeriodRule::During { from, until, kind, census } => {
            let at = moments(kind.reported_in(year), census);
            let begun = date(from)? <= at.end;
            let ended = until.and_then(date).is_some_and(|until| until < at.start);
            (begun && !ended).then_some(at)
        }
        PeriodRule::Always => Some(moments(Period { kind: PeriodKind::Year, year, term: 0 }, None)),
    }
}

fn moments(period: Period, census: Option<(u32, u32)>) -> Moments {
    let (start, end) = (period.first_day(), period.last_day());
    let census = census.and_then(|(month, day)| Date::new(end.year(), month, day)).unwrap_or(end);
    Moments { start, end, census }
}

fn id_of(register: usize, place: usize) -> RecordId {
    let mut bytes = [0u8; 16];
    bytes[0] = register as u8;
    bytes[8..].copy_from_slice(&(place as u64).to_be_bytes());
    RecordId(bytes)
}

fn place_of(id: RecordId) -> usize {
    let mut bytes = [0u8; 8];
    bytes.copy_from_slice(&id.0[8..]);
    u64::from_be_bytes(bytes) as usize
}

/// A name as it is kept: the padding inside goes.
fn unpadded(text: &str) -> String {
    match Kind::PersonName.parse(text, &jc_catalog::kinds::ParseContext { codes: &[], on: None }) {
        Ok(Value::Text(name)) => name,
        _ => text.to_owned(),
    }
}

/// The shipped catalog; it must be free of findings.
pub fn catalog() -> Catalog {
    let (catalog, findings) = jc_catalog::load(&jc_catalog::shipped());
    assert!(!has_errors(&findings), "{findings:?}");
    catalog.expect("a catalog without errors is given out")
}
