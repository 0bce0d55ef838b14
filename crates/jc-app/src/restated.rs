//! Figures of closed pages: as they were sealed, as they stand now, and what lies between.

use crate::error::AppError;
use crate::figures::IndicatorRef;
use crate::labels::Labels;
use crate::person::Viewer;
use jc_base::{Lang, RecordId};
use jc_catalog::{Catalog, Operation};
use jc_figures::definition::Definition;
use jc_figures::figure::Settled;
use jc_figures::restated::{self, Explained, Verified};
use jc_figures::{Figure, Page};
use jc_store::seal::{Closed, Restatement, read_definitions};
use jc_store::{Reader, Record};
use std::collections::HashMap;

/// A figure as it was sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedFigure {
    /// The indicator as it was defined then.
    pub definition: Definition,
    /// Its value then.
    pub settled: Settled,
    /// The seal.
    pub closed: Closed,
}

impl SealedFigure {
    /// The value as printed then; nothing if it was missing.
    pub fn printed(&self) -> Option<String> {
        self.definition.print(self.settled.value)
    }

    /// Whether the figure that stands now is another.
    pub fn differs(&self, now: &Figure) -> bool {
        self.settled.value != now.value || self.definition.decimals != now.decimals || self.definition.unit != now.unit
    }
}

/// A record that a restatement rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MovedRecord {
    /// Its register's position; nothing if the register is gone.
    pub register: Option<usize>,
    /// Which record.
    pub record: RecordId,
    /// What it is called, if this person sees it.
    pub label: Option<String>,
    /// The version before; nothing for a new record.
    pub was: Option<i64>,
    /// The version that was written.
    pub became: i64,
}

/// A restatement with the records it rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// The restatement.
    pub restatement: Restatement,
    /// Its records.
    pub records: Vec<MovedRecord>,
}

/// How a sealed figure became the one that stands now.
#[derive(Debug, Clone)]
pub struct Restated {
    /// As sealed.
    pub sealed: SealedFigure,
    /// As it stands now.
    pub now: Figure,
    /// The steps, and the difference by cause.
    pub explained: Explained,
    /// The page's restatements that moved this figure.
    pub made: Vec<Made>,
}

/// Sealed figures, each page read once.
#[derive(Default)]
pub(crate) struct Seals {
    closed: Option<HashMap<(String, String), Closed>>,
    definitions: HashMap<String, Vec<Definition>>,
    totals: HashMap<(usize, Page), (Verified, Verified)>,
}

impl Seals {
    /// The sealed figure of an indicator; nothing if its page is open, or it was not declared when that was closed.
    pub(crate) fn figure(
        &mut self,
        reader: &mut Reader,
        catalog: &Catalog,
        of: IndicatorRef,
        page: Page,
    ) -> Result<Option<SealedFigure>, AppError> {
        let declared = &catalog.registers[of.register];
        let (name, code) = (declared.id.as_str(), page.to_string());
        if self.closed.is_none() {
            let key = |closed: &Closed| (closed.signed.seal.register.to_string(), closed.signed.seal.page.clone());
            self.closed = Some(reader.closed()?.into_iter().map(|closed| (key(&closed), closed)).collect());
        }
        let key = (name.to_owned(), code.clone());
        let Some(closed) = self.closed.as_ref().and_then(|closed| closed.get(&key)).cloned() else { return Ok(None) };
        let digest = &closed.signed.seal.definitions;
        if !self.definitions.contains_key(digest) {
            let text = reader.sealed_text(digest)?.unwrap_or_default();
            self.definitions.insert(digest.clone(), read_definitions(&text).unwrap_or_default());
        }
        let wanted = &declared.indicators[of.indicator].id;
        let definition = self.definitions.get(digest).and_then(|all| all.iter().find(|d| d.id == *wanted)).cloned();
        let Some(definition) = definition else { return Ok(None) };
        let totals = match self.totals.entry((of.register, page)) {
            std::collections::hash_map::Entry::Occupied(there) => there.into_mut(),
            std::collections::hash_map::Entry::Vacant(free) => {
                free.insert(reader.sealed_totals(name, &code, ("", ""))?)
            }
        };
        let settled = restated::settle(&definition, &totals.0, Some(&totals.1));
        Ok(Some(SealedFigure { definition, settled, closed }))
    }
}

impl Viewer<'_> {
    /// How a figure of a closed page became what it is now; nothing if the page is open.
    pub fn restated(&self, of: IndicatorRef, page: Page, lang: Lang) -> Result<Option<Restated>, AppError> {
        let compared = self.figure(of, page)?;
        let Some(sealed) = compared.sealed else { return Ok(None) };
        let declared = &self.catalog.registers[of.register];
        let (name, code) = (declared.id.as_str(), page.to_string());
        self.read(|reader| {
            let (totals, before) = reader.sealed_totals(name, &code, ("", ""))?;
            let deltas = reader.deltas(name, &code, ("", ""))?;
            let today = Definition::of(declared, &declared.indicators[self.in_force(of, page).indicator]);
            let changed = !today.computes_like(&sealed.definition);
            let present = compared.figure.value;
            let explained = restated::explain(&sealed.definition, &totals, Some(&before), &deltas, present, changed);
            let moved: Vec<i64> = explained.steps.iter().filter_map(|step| step.number).collect();
            let mut made = self.made(reader, name, &code, lang)?;
            made.retain(|one| moved.contains(&one.restatement.number));
            Ok(Some(Restated { sealed, now: compared.figure, explained, made }))
        })
    }

    /// A closed page as it was closed, as one text; nothing if it is open.
    pub fn sealed_document(&self, register: usize, page: Page) -> Result<Option<String>, AppError> {
        self.needs(Operation::ReadFigures)?;
        let declared = self.catalog.registers.get(register).ok_or(AppError::NotFound)?;
        self.read(|reader| Ok(reader.sealed_document(declared.id.as_str(), page)?))
    }

    /// A page's seal; nothing if it is open.
    pub fn seal(&self, register: usize, page: Page) -> Result<Option<Closed>, AppError> {
        self.needs(Operation::ReadFigures)?;
        let declared = self.catalog.registers.get(register).ok_or(AppError::NotFound)?;
        self.read(|reader| Ok(reader.seal(declared.id.as_str(), page)?))
    }

    /// Whether a page of a register is closed.
    pub fn has_closed_pages(&self, register: usize) -> Result<bool, AppError> {
        let declared = self.catalog.registers.get(register).ok_or(AppError::NotFound)?;
        self.read(|reader| Ok(reader.closed()?.iter().any(|closed| closed.signed.seal.register == declared.id)))
    }

    /// Whether a record stands on a closed page.
    pub fn on_closed_page(&self, register: usize, record: &Record) -> Result<bool, AppError> {
        let declared = self.catalog.registers.get(register).ok_or(AppError::NotFound)?;
        self.read(|reader| {
            let closed = reader.closed()?.into_iter().filter(|closed| closed.signed.seal.register == declared.id);
            let mut pages = closed.filter_map(|closed| Page::parse(declared, &closed.signed.seal.page));
            Ok(pages.any(|page| page.holds(declared, &record.values)))
        })
    }

    /// Whether accepting a record changes what a closed page counts, and nobody has said yet why.
    pub fn wants_reason(&self, register: usize, record: &Record) -> Result<bool, AppError> {
        let declared = self.catalog.registers.get(register).ok_or(AppError::NotFound)?;
        Ok(self.on_closed_page(register, record)?
            && self.read(|reader| Ok(!reader.was_restated(declared.id.as_str(), record.id)?))?)
    }

    /// The restatements of a page, or of all closed pages, each with its records.
    pub fn restatements(&self, of: Option<(usize, Page)>, lang: Lang) -> Result<Vec<Made>, AppError> {
        self.needs(Operation::ReadFigures)?;
        self.read(|reader| {
            let pages: Vec<(String, String)> = match of {
                Some((register, page)) => {
                    let declared = self.catalog.registers.get(register).ok_or(AppError::NotFound)?;
                    vec![(declared.id.to_string(), page.to_string())]
                }
                None => {
                    let all = reader.restatements(None)?;
                    let mut pages: Vec<_> = all.into_iter().map(|one| (one.register.to_string(), one.page)).collect();
                    pages.dedup();
                    pages
                }
            };
            let mut made = Vec::new();
            for (register, page) in pages {
                made.extend(self.made(reader, &register, &page, lang)?);
            }
            Ok(made)
        })
    }

    fn made(&self, reader: &mut Reader, register: &str, page: &str, lang: Lang) -> Result<Vec<Made>, AppError> {
        let moved = reader.moved(register, page)?;
        let mut labels: HashMap<(usize, RecordId), String> = HashMap::new();
        let mut by_register: HashMap<usize, Vec<RecordId>> = HashMap::new();
        for (_, one) in &moved {
            if let Some(at) = self.catalog.find_register(&one.register) {
                by_register.entry(at).or_default().push(one.record);
            }
        }
        if self.may(Operation::ReadRecords) {
            for (at, ids) in by_register {
                let records = reader.find_many(at, &ids)?;
                let mut names = Labels::default();
                names.load(reader, at, &records)?;
                labels.extend(records.iter().map(|r| ((at, r.id), names.label(&self.catalog, at, r, lang))));
            }
        }
        let restatements = reader.restatements(Some((register, page)))?;
        let of = |restatement: Restatement| {
            let own = moved.iter().filter(|(number, _)| *number == restatement.number);
            let records = own.map(|(_, one)| {
                let register = self.catalog.find_register(&one.register);
                let label = register.and_then(|at| labels.get(&(at, one.record)).cloned());
                MovedRecord { register, record: one.record, label, was: one.was, became: one.became }
            });
            Made { records: records.collect(), restatement }
        };
        Ok(restatements.into_iter().map(of).collect())
    }
}
