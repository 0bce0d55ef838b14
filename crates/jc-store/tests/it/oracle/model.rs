//! A plain model of a school's records, and totals recounted from it.

use super::days::{At, Day, Sheet, day, iso};
use super::said::{Look, Path};
use super::world::{Counting, GRADES, Quantity, Rule, Sort, World};
use jc_base::{Date, RecordId, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// The number of the verified state.
pub const VERIFIED: usize = 2;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    Missing,
    Text(String),
    Int(i64),
    Day(Day),
    One(usize),
    Many(Vec<usize>),
}

impl Cell {
    pub fn int(&self) -> Option<i64> {
        if let Cell::Int(number) = self { Some(*number) } else { None }
    }

    pub fn day(&self) -> Option<Day> {
        if let Cell::Day(day) = self { Some(*day) } else { None }
    }

    pub fn text(&self) -> Option<&str> {
        if let Cell::Text(text) = self { Some(text) } else { None }
    }

    pub fn one(&self) -> Option<usize> {
        if let Cell::One(record) = self { Some(*record) } else { None }
    }

    pub fn grade(&self) -> Option<usize> {
        self.text().and_then(|text| GRADES.iter().position(|grade| *grade == text))
    }

    pub fn records(&self) -> &[usize] {
        match self {
            Cell::One(record) => std::slice::from_ref(record),
            Cell::Many(records) => records,
            _ => &[],
        }
    }
}

/// A value seen through references: the records walked over, and what stood at the end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chain {
    pub over: Vec<Option<usize>>,
    pub value: Cell,
}

#[derive(Debug, Clone)]
pub struct Entry {
    pub id: RecordId,
    pub state: usize,
    pub cells: Vec<Cell>,
    pub chains: Vec<Chain>,
    /// The digests of the files attached to it.
    pub papers: BTreeSet<String>,
    /// As it was made.
    pub first: Vec<Cell>,
}

#[derive(Clone)]
pub struct Model {
    pub world: Rc<World>,
    pub records: Vec<Vec<Entry>>,
    pub today: Day,
}

/// What could be counted, and how many records could not be judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sum {
    pub value: i128,
    pub unknown: i64,
}

/// By quantity (the number of records first) and state.
pub type Sums = Vec<[Sum; 4]>;

impl Model {
    pub fn new(world: Rc<World>, today: Day) -> Self {
        let records = vec![Vec::new(); world.registers.len()];
        Self { world, records, today }
    }

    pub fn cell(&self, register: usize, record: usize, path: &Path) -> &Cell {
        let entry = &self.records[register][record];
        match path.as_slice() {
            [field] => &entry.cells[*field],
            _ => {
                let kept = self.world.registers[register].paths.iter().position(|p| p == path);
                &entry.chains[kept.expect("a path that was met")].value
            }
        }
    }

    /// Walks on from a step of a path whose first steps are done.
    fn walk(&self, register: usize, path: &Path, mut over: Vec<Option<usize>>) -> Chain {
        let mut targets = Vec::new();
        let mut at = register;
        for field in path {
            at = self.world.registers[at].fields[*field].kind.target().unwrap_or(at);
            targets.push(at);
        }
        loop {
            let step = over.len();
            let here = over[step - 1].map(|record| &self.records[targets[step - 1]][record].cells[path[step]]);
            if step + 1 == path.len() {
                return Chain { over, value: here.cloned().unwrap_or(Cell::Missing) };
            }
            over.push(here.and_then(Cell::one));
        }
    }

    fn chains(&self, register: usize, cells: &[Cell]) -> Vec<Chain> {
        let paths = &self.world.registers[register].paths;
        paths.iter().map(|path| self.walk(register, path, vec![cells[path[0]].one()])).collect()
    }

    pub fn create(&mut self, register: usize, id: RecordId, cells: Vec<Cell>, state: usize) {
        let chains = self.chains(register, &cells);
        self.records[register].push(Entry { id, state, papers: BTreeSet::new(), first: cells.clone(), cells, chains });
    }

    pub fn update(&mut self, register: usize, record: usize, cells: Vec<Cell>, state: usize) {
        let chains = self.chains(register, &cells);
        let entry = &mut self.records[register][record];
        let before = std::mem::replace(&mut entry.cells, cells);
        (entry.state, entry.chains) = (state, chains);
        let fields = &self.world.registers[register].fields;
        let corrected: Vec<usize> = (0..fields.len())
            .filter(|f| !fields[*f].over_time && before[*f] != self.records[register][record].cells[*f])
            .collect();
        self.correct(register, record, &corrected);
    }

    /// What others saw through a record is seen anew where it was corrected; what changes over time stays as seen.
    fn correct(&mut self, register: usize, record: usize, corrected: &[usize]) {
        let world = self.world.clone();
        for (other, declared) in world.registers.iter().enumerate() {
            for (kept, path) in declared.paths.iter().enumerate() {
                for n in 0..self.records[other].len() {
                    let mut at = other;
                    for step in 1..path.len() {
                        at = world.registers[at].fields[path[step - 1]].kind.target().expect("a reference");
                        let over = &self.records[other][n].chains[kept].over;
                        if at == register && over[step - 1] == Some(record) && corrected.contains(&path[step]) {
                            let chain = self.walk(other, path, over[..step].to_vec());
                            self.records[other][n].chains[kept] = chain;
                            break;
                        }
                    }
                }
            }
        }
    }

    /// The day a field of the period rule names.
    fn day_of(&self, register: usize, record: usize, field: usize) -> Option<Day> {
        match &self.records[register][record].cells[field] {
            Cell::Day(day) => Some(*day),
            Cell::Int(year) => Some(day(*year, 1, 1)),
            Cell::Text(month) => {
                let (year, month) = month.split_once('-')?;
                Some(day(year.parse().ok()?, month.parse().ok()?, 1))
            }
            _ => None,
        }
    }

    pub fn stands_on(&self, register: usize, record: usize, sheet: Option<&Sheet>) -> bool {
        let Some(sheet) = sheet else { return true };
        let day = |field: usize| self.day_of(register, record, field);
        match self.world.registers[register].rule {
            Rule::Always => true,
            Rule::On { field, .. } => day(field).is_some_and(|on| (sheet.first..=sheet.last).contains(&on)),
            Rule::During { from, until, .. } => {
                day(from).is_some_and(|from| from <= sheet.last)
                    && until.and_then(day).is_none_or(|until| until >= sheet.first)
            }
        }
    }

    pub fn at(&self, register: usize, sheet: Option<&Sheet>) -> At {
        let Some(sheet) = sheet else {
            return At { start: self.today, end: self.today, census: self.today };
        };
        let mut census = sheet.last;
        if let Rule::During { census: Some((month, of_month)), .. } = self.world.registers[register].rule {
            let years = super::days::civil(sheet.first).0..=super::days::civil(sheet.last).0;
            let days = years.map(|year| day(year, month, of_month));
            census = days.into_iter().find(|d| (sheet.first..=sheet.last).contains(d)).unwrap_or(sheet.last);
        }
        At { start: sheet.first, end: sheet.last, census }
    }

    /// The text that names a value: of a slice, or counted once.
    fn key(&self, kind: Sort, cell: &Cell) -> Vec<String> {
        match cell {
            Cell::Missing => Vec::new(),
            Cell::Text(text) => vec![text.clone()],
            Cell::Int(number) => vec![number.to_string()],
            Cell::Day(day) => vec![iso(*day)],
            refs => {
                let target = kind.target().expect("a reference");
                refs.records().iter().map(|record| self.records[target][*record].id.to_string()).collect()
            }
        }
    }

    /// What a record adds: nothing, something unknown, an amount, or names that count once.
    fn outcome(&self, look: Look, quantity: &Quantity) -> Option<Option<Share>> {
        match look.claim(&quantity.filter) {
            Some(false) => return None,
            None => return Some(None),
            Some(true) => {}
        }
        Some(match &quantity.counting {
            Counting::Records => Some(Share::Amount(1, 0)),
            Counting::Sum(amount) => look.amount(amount).map(|(steps, digits)| Share::Amount(steps, digits)),
            Counting::Members(field) => match look.cell(&vec![*field]).records().len() {
                0 => None,
                members => Some(Share::Amount(members as i128, 0)),
            },
            Counting::Distinct(path, per) => {
                let keys = |path: &Path| self.key(self.world.kind(look.register, path), look.cell(path));
                let (names, per) = (keys(path), per.as_ref().map(keys));
                // Once for each: the name and what it is once for make one name.
                let names: Vec<String> = match per {
                    None => names,
                    Some(per) => {
                        per.first().map_or(Vec::new(), |per| names.iter().map(|n| format!("{n}/{per}")).collect())
                    }
                };
                (!names.is_empty()).then_some(Share::Names(names))
            }
        })
    }

    /// The totals of a page by the values of a slice (the whole: one value, the empty text). `digits` are those of
    /// each quantity's total.
    pub fn totals(
        &self,
        register: usize,
        sheet: Option<&Sheet>,
        slice: Option<&Path>,
        digits: &[u32],
    ) -> BTreeMap<String, Sums> {
        let declared = &self.world.registers[register];
        let mut out: BTreeMap<String, Sums> = BTreeMap::new();
        let mut once: BTreeMap<(String, usize, usize), BTreeSet<String>> = BTreeMap::new();
        let at = self.at(register, sheet);
        for record in 0..self.records[register].len() {
            if !self.stands_on(register, record, sheet) {
                continue;
            }
            let look = Look { model: self, register, record, at };
            let key =
                slice.and_then(|path| self.key(self.world.kind(register, path), look.cell(path)).into_iter().next());
            let key = key.unwrap_or_default();
            let state = self.records[register][record].state;
            let sums =
                out.entry(key.clone()).or_insert_with(|| vec![[Sum::default(); 4]; declared.quantities.len() + 1]);
            sums[0][state].value += 1;
            for (n, quantity) in declared.quantities.iter().enumerate() {
                match self.outcome(look, quantity) {
                    None => {}
                    Some(None) => sums[n + 1][state].unknown += 1,
                    Some(Some(Share::Amount(steps, own))) => {
                        sums[n + 1][state].value += steps * 10i128.pow(digits[n] - own);
                    }
                    Some(Some(Share::Names(names))) => {
                        let seen = once.entry((key.clone(), n, state)).or_default();
                        seen.extend(names);
                        sums[n + 1][state].value = seen.len() as i128;
                    }
                }
            }
        }
        out
    }

    /// How many verified records of a page carry no file though one is asked for.
    pub fn unproved(&self, register: usize, sheet: Option<&Sheet>) -> i64 {
        let at = self.at(register, sheet);
        let lacks = |record: &usize| {
            let (entry, look) = (&self.records[register][*record], Look { model: self, register, record: *record, at });
            let asked = &self.world.registers[register].evidence;
            entry.state == VERIFIED
                && entry.papers.is_empty()
                && self.stands_on(register, *record, sheet)
                && asked.iter().any(|asked| look.claim(asked) == Some(true))
        };
        (0..self.records[register].len()).filter(lacks).count() as i64
    }

    /// A record's cells as the program writes them.
    pub fn values(&self, register: usize, cells: &[Cell]) -> Vec<Value> {
        let kinds = self.world.registers[register].fields.iter().map(|f| f.kind);
        kinds.zip(cells).map(|(kind, cell)| self.value(kind, cell)).collect()
    }

    pub fn value(&self, kind: Sort, cell: &Cell) -> Value {
        let id = |record: &usize| self.records[kind.target().expect("a reference")][*record].id;
        match cell {
            Cell::Missing => Value::Missing,
            Cell::Text(text) => Value::Text(text.clone()),
            Cell::Int(number) => Value::Int(*number),
            Cell::Day(day) => Value::Date(Date::parse_iso(&iso(*day)).expect("a day")),
            Cell::One(record) => Value::Ref(id(record)),
            Cell::Many(records) => Value::Refs(records.iter().map(id).collect()),
        }
    }
}

enum Share {
    Amount(i128, u32),
    Names(Vec<String>),
}
