//! The records a pathway asks about, of one person or of many: one statement a register.

use crate::error::AppError;
use jc_base::{Date, RecordId, RecordState, Value};
use jc_catalog::Column;
use jc_catalog::expr::eval::{Moments, Truth, truth};
use jc_catalog::pathway::{Amount, Pathway};
use jc_growth::facts::{Book, Entry};
use jc_store::{Reader, Record};
use std::collections::{BTreeMap, HashMap, HashSet};

/// The records of some people, found by whom they name.
pub(super) struct Shelf {
    rows: BTreeMap<usize, Vec<Record>>,
    named: HashMap<(usize, Column), HashMap<RecordId, Vec<usize>>>,
}

impl Shelf {
    /// Fetches what a pathway asks about of these people. For more than a few, whole registers are read once.
    pub(super) fn fetch(reader: &mut Reader, pathway: &Pathway, people: &[RecordId]) -> Result<Self, AppError> {
        /// Up to so many are asked for by name.
        const FEW: usize = 50;
        let ids = (people.len() <= FEW).then_some(people);
        let assessment = &pathway.assessment;
        let mut wanted: BTreeMap<usize, Vec<Column>> = BTreeMap::new();
        for quantity in &pathway.quantities {
            let Amount::Records(tally) = &quantity.amount else { continue };
            let columns = wanted.entry(tally.register).or_default();
            if !columns.contains(&tally.person) {
                columns.push(tally.person);
            }
        }
        let person = Column::Field(assessment.person);
        wanted.entry(assessment.register).or_default().push(person);
        let mut shelf = Self { rows: BTreeMap::new(), named: HashMap::new() };
        for (register, columns) in wanted {
            shelf.take(reader, register, &columns, ids, &|record| record.state == RecordState::Verified)?;
        }
        if let Some(contest) = &assessment.contest {
            let today = reader.today();
            let at = Moments { start: today, end: today, census: today };
            // Whoever objects is heard at once; that the objection is upheld must have been verified.
            let counts = |record: &Record| match record.state {
                RecordState::Verified => true,
                RecordState::Submitted => truth(&contest.upheld, record, &at) != Truth::True,
                RecordState::Draft | RecordState::Returned => false,
            };
            shelf.take(reader, contest.register, &[Column::Field(contest.person)], ids, &counts)?;
        }
        Ok(shelf)
    }

    fn take(
        &mut self,
        reader: &mut Reader,
        register: usize,
        columns: &[Column],
        ids: Option<&[RecordId]>,
        counts: &dyn Fn(&Record) -> bool,
    ) -> Result<(), AppError> {
        let row = self.rows.entry(register).or_default();
        let mut there: HashSet<RecordId> = HashSet::new();
        reader.each_naming(register, columns, ids, &mut |record| {
            if counts(record) && there.insert(record.id) {
                row.push(record.clone());
            }
        })?;
        for column in columns {
            let mut by: HashMap<RecordId, Vec<usize>> = HashMap::new();
            for (ix, record) in row.iter().enumerate() {
                let value = match column {
                    Column::Field(field) => record.values.get(*field),
                    Column::Copied(copy) => record.copied.get(*copy),
                };
                for named in value.unwrap_or(&Value::Missing).ref_ids() {
                    by.entry(*named).or_default().push(ix);
                }
            }
            self.named.insert((register, *column), by);
        }
        Ok(())
    }

    fn naming(&self, register: usize, column: Column, id: RecordId) -> impl Iterator<Item = Entry<'_>> {
        let found = self.named.get(&(register, column)).and_then(|by| by.get(&id));
        let records = self.rows.get(&register).map_or(&[][..], Vec::as_slice);
        found.into_iter().flatten().map(move |ix| Entry { id: records[*ix].id, row: &records[*ix] })
    }

    /// What there is of a person.
    pub(super) fn book<'s>(&'s self, pathway: &Pathway, person: &'s Record) -> Book<'s> {
        let counted = pathway.quantities.iter().map(|quantity| match &quantity.amount {
            Amount::Since(_) => Vec::new(),
            Amount::Records(tally) => self.naming(tally.register, tally.person, person.id).collect(),
        });
        let assessment = &pathway.assessment;
        let ratings = self.naming(assessment.register, Column::Field(assessment.person), person.id).collect();
        let contests = assessment.contest.iter();
        let contests = contests.flat_map(|it| self.naming(it.register, Column::Field(it.person), person.id)).collect();
        Book { person, counted: counted.collect(), ratings, contests }
    }

    /// The records of a register.
    pub(super) fn records(&self, register: usize) -> &[Record] {
        self.rows.get(&register).map_or(&[], Vec::as_slice)
    }

    /// All records fetched, with their registers.
    pub(super) fn all(&self) -> impl Iterator<Item = (usize, &Record)> {
        self.rows.iter().flat_map(|(register, row)| row.iter().map(move |record| (*register, record)))
    }
}

/// The days expressions see.
pub(super) fn moments(on: Date) -> Moments {
    Moments { start: on, end: on, census: on }
}
