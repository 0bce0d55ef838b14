//! What someone hands in when they apply for a title 职称申报材料: who they are, their records by kind, and an index of
//! the evidence, numbered through.

mod paper;

use super::Growth;
use super::shelf::Shelf;
use crate::error::AppError;
use crate::labels::Labels;
use crate::records::MASK;
use jc_base::{Date, Lang, RecordId, RecordState, Value};
use jc_catalog::Privacy;
use jc_catalog::kinds::Kind;
use jc_catalog::model::Field;
use jc_catalog::pathway::Amount;
use jc_growth::course::{Turn, history};
use jc_growth::standing::Standing;
use jc_store::Record;
use jc_store::evidence::Attached;
use std::collections::BTreeSet;

/// Someone's dossier on a day.
pub struct Dossier {
    /// What they are called.
    pub label: String,
    /// Their own record: what fields are called and hold, those that are sensitive left out.
    pub person: Vec<(String, String)>,
    /// The stage they have.
    pub stage: Option<usize>,
    /// How they came there.
    pub turns: Vec<Turn>,
    /// Their verified records by register, in the pathway's order.
    pub chapters: Vec<Chapter>,
    /// The evidence of all of them, numbered from 1 in this order; each file once.
    pub evidence: Vec<Attached>,
}

/// The records of a register.
pub struct Chapter {
    /// The register.
    pub register: usize,
    /// The records, by day.
    pub items: Vec<Item>,
}

/// A record of a dossier.
pub struct Item {
    /// Which.
    pub record: RecordId,
    /// The day it counts from.
    pub on: Option<Date>,
    /// What its fields are called and hold.
    pub lines: Vec<(String, String)>,
    /// The numbers of its evidence.
    pub evidence: Vec<usize>,
}

impl Growth<'_> {
    /// Someone's dossier on a day. Another's is noted in the log like their profile.
    pub fn dossier(&self, person: RecordId, on: Date, lang: Lang) -> Result<Dossier, AppError> {
        let dossier = self.dossier_of(person, on, lang)?;
        self.looked_at(person)?;
        Ok(dossier)
    }

    /// Notes that someone's dossier was looked at, if it is another's.
    fn looked_at(&self, person: RecordId) -> Result<(), AppError> {
        if self.own() == Some(person) { Ok(()) } else { self.note(person) }
    }

    fn dossier_of(&self, person: RecordId, on: Date, lang: Lang) -> Result<Dossier, AppError> {
        self.viewer.read(|reader| {
            let (pathway, catalog) = (self.pathway(), self.catalog());
            let record = self.people(reader, on, Some(person))?.pop().ok_or(AppError::NotFound)?;
            let shelf = Shelf::fetch(reader, pathway, &[person])?;
            let book = shelf.book(pathway, &record);
            let stage = Standing::of(pathway, &book, on).stage;
            let turns = history(pathway, &book, on);
            let mut labels = Labels::default();
            labels.load(reader, pathway.people, [&record])?;
            let shown = |labels: &Labels, register: usize, record: &Record| {
                let fields = catalog.registers[register].fields.iter().zip(&record.values);
                let fields = fields.filter(|(field, value)| is_told(field, value, pathway.people, person));
                let line = |(field, value): (&Field, &Value)| {
                    (field.name.get(lang).to_owned(), labels.show(catalog, &field.kind, value, lang))
                };
                fields.map(line).filter(|(_, text)| !text.is_empty() && text != MASK).collect::<Vec<_>>()
            };
            let mut done: BTreeSet<usize> = BTreeSet::new();
            let mut dossier = Dossier {
                label: labels.label(catalog, pathway.people, &record, lang),
                person: shown(&labels, pathway.people, &record),
                stage,
                turns,
                chapters: Vec::new(),
                evidence: Vec::new(),
            };
            for quantity in &pathway.quantities {
                let Amount::Records(tally) = &quantity.amount else { continue };
                if !done.insert(tally.register) {
                    continue;
                }
                let of = shelf.records(tally.register);
                labels.load(reader, tally.register, of)?;
                let mut items = Vec::new();
                for one in of.iter().filter(|one| one.state == RecordState::Verified) {
                    let day = one.values[tally.on].as_date();
                    if day.is_some_and(|day| day > on) {
                        continue;
                    }
                    let mut numbers = Vec::new();
                    for attached in reader.evidence(tally.register, one.id)? {
                        let known = dossier.evidence.iter().position(|known| known.sha256 == attached.sha256);
                        numbers.push(known.unwrap_or(dossier.evidence.len()) + 1);
                        if known.is_none() {
                            dossier.evidence.push(attached);
                        }
                    }
                    let lines = shown(&labels, tally.register, one);
                    items.push(Item { record: one.id, on: day, lines, evidence: numbers });
                }
                items.sort_by_key(|item| (item.on, item.record));
                if !items.is_empty() {
                    dossier.chapters.push(Chapter { register: tally.register, items });
                }
            }
            Ok(dossier)
        })
    }
}

/// Whether a field of a record belongs into a dossier: nothing sensitive, and not once more whose it is.
fn is_told(field: &Field, value: &Value, people: usize, person: RecordId) -> bool {
    let themself = field.kind == Kind::Ref(people) && value.as_ref_id() == Some(person);
    field.privacy < Privacy::Sensitive && field.kind != Kind::IdNumber && !themself && field.retired.is_none()
}
