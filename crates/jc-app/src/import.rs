//! Imports: what a file would do, shown first, then done exactly so in one transaction.
//!
//! The preview is the import itself, undone at its end. What is committed is compared with what was shown: if the
//! data changed in between, nothing is done and the person looks again.

mod look;
mod undo;

pub use look::SheetLook;
pub use undo::Undone;

use crate::checks::{self, Draft};
use crate::error::AppError;
use crate::labels::{Labels, search_text};
use crate::limits::Crowd;
use crate::person::Keeper;
use crate::references::{KnownKeys, References};
use crate::same::{self, Known};
use crate::within::Belongings;
use jc_base::finding::has_errors;
use jc_base::{Finding, Lang, RecordId, RecordState, Value};
use jc_catalog::Register;
use jc_intake::book::Book;
use jc_intake::fit::{Fit, Fitter, StagedRow};
use jc_intake::headings;
use jc_intake::limits::Limits;
use jc_intake::mapping::Mapping;
use jc_store::store::Ending;
use jc_store::{Reach, Record, Writer};
use look::{first_rows, mask_digits, print_remembered};
use sha2::{Digest, Sha256};
use std::collections::{HashMap, HashSet};

/// What to do with rows that are wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// If one row is wrong, nothing is imported.
    AllOrNothing,
    /// The good rows are imported, the wrong ones listed.
    GoodRows,
}

/// What is to be imported, and how.
#[derive(Debug, Clone)]
pub struct Request {
    /// The file's name as the person knows it.
    pub file: String,
    /// Its content.
    pub bytes: Vec<u8>,
    /// Which sheet, from 0.
    pub sheet: usize,
    /// The mapping a person confirmed; found from the headings if none.
    pub mapping: Option<Mapping>,
    /// What to do with rows that are wrong.
    pub choice: Choice,
    /// The state new and changed records get: draft or submitted.
    pub state: RecordState,
    /// The language of findings.
    pub lang: Lang,
    /// What a file may hold.
    pub limits: Limits,
}

/// What a row came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowOutcome {
    /// It makes a record.
    New,
    /// It changes a record: field, before, after.
    Changed(Vec<(usize, Value, Value)>),
    /// The record is there and the same.
    Same,
    /// It is a second claim of an achievement that is there, to which it adds: field, before, after.
    Joined(Vec<(usize, Value, Value)>),
    /// It is wrong; the findings say how.
    Rejected,
}

/// The record a row came to, as a person sees it: references by their labels, sensitive values masked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SeenRow {
    /// The record that was there.
    pub id: Option<RecordId>,
    /// What it is called.
    pub label: String,
    /// What differs: field, before, after. For a new record every field with a value.
    pub changes: Vec<(usize, String, String)>,
}

/// What an import did, or would do.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// Whether it was committed.
    pub committed: bool,
    /// Its audit entry, once committed.
    pub seq: Option<i64>,
    /// Rows that hold a record.
    pub rows: u64,
    /// Records made.
    pub new: u64,
    /// Records changed.
    pub changed: u64,
    /// Records that were there and the same.
    pub same: u64,
    /// Second claims of an achievement, joined to its record.
    pub joined: u64,
    /// Records that were there and to which they added something: several may be joined to one.
    pub joined_to: u64,
    /// Rows that are wrong.
    pub rejected: u64,
    /// What is wrong or to be looked at, by place.
    pub findings: Vec<Finding>,
    /// The first rows of each outcome, in the order of the file.
    pub outcomes: Vec<(u32, RowOutcome)>,
    /// The records of those rows, as a person sees them.
    pub seen: HashMap<u32, SeenRow>,
    /// Names this outcome: a commit that would come to another is not done.
    pub digest: String,
    /// The mapping used.
    pub mapping: Option<Mapping>,
}

/// What one import looked up, for the next one of the same run.
#[derive(Default)]
pub struct Memory {
    store: jc_store::Memory,
    keys: KnownKeys,
}

/// What is at hand before an import begins.
#[derive(Default)]
struct Ahead<'m> {
    book: Option<Book>,
    memory: Option<&'m mut Memory>,
}

/// So many rows of each outcome are shown one by one; the rest is counted.
const SHOWN: u64 = 200;

impl Keeper<'_> {
    /// What an import would do. Nothing is changed.
    pub fn preview(&self, request: &Request) -> Result<Report, AppError> {
        self.run(request, true, None, &mut |_| {}, Ahead::default())
    }

    /// Imports. With `expected` (the digest of a preview) only if the outcome is the one shown. `progress` is told
    /// the number of rows read, now and then.
    pub fn import(
        &self,
        request: &Request,
        expected: Option<&str>,
        progress: &mut dyn FnMut(u64),
    ) -> Result<Report, AppError> {
        self.run(request, false, expected, progress, Ahead::default())
    }

    /// Imports one file of several: with the book that was opened to look at it, and with what the imports before
    /// looked up. A dry run changes nothing.
    pub fn import_next(
        &self,
        request: &Request,
        dry: bool,
        book: Book,
        memory: &mut Memory,
        progress: &mut dyn FnMut(u64),
    ) -> Result<Report, AppError> {
        self.run(request, dry, None, progress, Ahead { book: Some(book), memory: Some(memory) })
    }

    fn run(
        &self,
        request: &Request,
        dry: bool,
        expected: Option<&str>,
        progress: &mut dyn FnMut(u64),
        ahead: Ahead,
    ) -> Result<Report, AppError> {
        let catalog = &self.viewer.catalog;
        let file_digest = jc_trust::hex(&Sha256::digest(&request.bytes));
        let mut book = match ahead.book {
            Some(book) => book,
            None => self.viewer.app.open_book(&request.file, request.bytes.clone(), &request.limits)?,
        };
        let site = book.site(request.sheet);
        let mut findings = Vec::new();
        let mapping = match &request.mapping {
            Some(mapping) => mapping.clone(),
            None => {
                let remembered = self.viewer.read(|reader| Ok(self.remembered(reader)?))?;
                let rows = first_rows(&mut book, request.sheet)?;
                let guess = headings::find(&rows, catalog, self.register, &remembered, &site, request.lang);
                findings = guess.findings;
                match guess.mapping {
                    Some(mapping) if !has_errors(&findings) => mapping,
                    _ => return Err(AppError::Findings(findings)),
                }
            }
        };
        let moment = self.viewer.app.moment();
        let person = self.viewer.person;
        let object = self.declared().id.as_str();
        let store = &self.viewer.app.store;
        // Who sees a part of the school only would hand on less than there is.
        let memory = ahead.memory.filter(|_| self.viewer.reach == Reach::School);
        let (known, mut keys) = match memory {
            Some(Memory { store, keys }) => (Some(store), Some(keys)),
            None => (None, None),
        };
        store.write_after(person.school, &person.actor(), "record.import", object, moment, known, |writer| {
            self.why.iter().for_each(|why| writer.restating(why.clone()));
            let fitter =
                Fitter::new(catalog, self.register, mapping.clone(), site.clone(), request.lang, &request.limits);
            let before = keys.as_deref_mut().map(std::mem::take).filter(|_| writer.remembered());
            let mut pass = Pass::new(self, request, writer, fitter, before.unwrap_or_default())?;
            if keys.is_some() && pass.existing.is_empty() {
                pass.references.learn_keys(self.register);
            }
            pass.report.findings = findings;
            let result = pass.read(&mut book, writer, progress);
            let mut report = pass.report;
            result?;
            report.digest = {
                pass.outcome.update(file_digest.as_bytes());
                jc_trust::hex(&pass.outcome.finalize())
            };
            report.mapping = Some(mapping.clone());
            if expected.is_some_and(|expected| expected != report.digest) {
                return Err(AppError::PreviewOutdated);
            }
            if dry || (request.choice == Choice::AllOrNothing && report.rejected > 0) {
                return Ok(Ending::Undo(report));
            }
            writer.note("file", mask_digits(&request.file));
            writer.note("sheet", site.sheet.clone());
            writer.note("sha256", file_digest.clone());
            writer.note("rows", report.rows);
            writer.note("rejected", report.rejected);
            writer.note("joined", report.joined);
            let remembered = mapping.remember(self.declared());
            writer.remember_mapping(object, &remembered.fingerprint, &print_remembered(&remembered))?;
            report.committed = true;
            report.seq = Some(writer.seq());
            if let Some(keys) = keys {
                *keys = pass.references.into_keys();
            }
            Ok(Ending::Keep(report))
        })
    }
}

/// One reading of a file into one write.
struct Pass<'k, 'c> {
    keeper: &'k Keeper<'k>,
    request: &'k Request,
    fitter: Fitter<'c>,
    references: References<'k>,
    existing: HashMap<Vec<Value>, RecordId>,
    uniques: Vec<(usize, HashMap<Value, RecordId>)>,
    belongings: Belongings,
    crowd: Crowd,
    known: Known,
    /// The records this file made.
    made: HashSet<RecordId>,
    /// The others to which its rows added something.
    joined_to: HashSet<RecordId>,
    outcome: Sha256,
    report: Report,
}

impl<'k, 'c> Pass<'k, 'c> {
    fn new(
        keeper: &'k Keeper,
        request: &'k Request,
        writer: &mut Writer,
        fitter: Fitter<'c>,
        known: KnownKeys,
    ) -> Result<Self, AppError> {
        let register = keeper.declared();
        writer.expect_many(keeper.register)?;
        let mut reader = writer.reader()?;
        let seen = &mut reader.narrowed(&keeper.viewer.reach);
        let references = References::load(&keeper.viewer, seen, keeper.register, known)?;
        let keys = reader.all_values(keeper.register, &register.key)?;
        let existing = keys.into_iter().map(|(id, key)| (key, id)).collect();
        let mut uniques = Vec::new();
        for (ix, field) in register.fields.iter().enumerate() {
            if field.unique && register.key != [ix] {
                let values = reader.all_values(keeper.register, &[ix])?;
                let taken = values.into_iter().filter_map(|(id, mut v)| v.pop().map(|value| (value, id)));
                uniques.push((ix, taken.filter(|(value, _)| !value.is_missing()).collect()));
            }
        }
        let (outcome, report) = (Sha256::new(), Report::default());
        let belongings = Belongings::load(&mut reader, &keeper.viewer.catalog, register)?;
        let crowd = Crowd::load(&mut reader, keeper.register, register)?;
        let known = Known::load(&mut reader, &keeper.viewer.catalog, register)?;
        Ok(Self {
            keeper,
            request,
            fitter,
            references,
            existing,
            uniques,
            belongings,
            crowd,
            known,
            made: HashSet::new(),
            joined_to: HashSet::new(),
            outcome,
            report,
        })
    }

    fn read(&mut self, book: &mut Book, writer: &mut Writer, progress: &mut dyn FnMut(u64)) -> Result<(), AppError> {
        let mut stream = book.rows(self.request.sheet).map_err(|finding| AppError::finding(*finding))?;
        while let Some(row) = stream.next().map_err(|finding| AppError::finding(*finding))? {
            let number = row.number();
            match self.fitter.fit(&row, &mut self.references, &mut self.report.findings) {
                Fit::Blank | Fit::Note => continue,
                Fit::Rejected => self.note(number, RowOutcome::Rejected),
                Fit::Row(staged) => {
                    let outcome = self.place(staged, writer)?;
                    self.note(number, outcome);
                }
            }
            if self.report.rows.is_multiple_of(2048) {
                progress(self.report.rows);
            }
        }
        self.fitter.finish(stream.merges(), &mut self.report.findings);
        Ok(())
    }

    fn note(&mut self, number: u32, outcome: RowOutcome) {
        let report = &mut self.report;
        report.rows += 1;
        let (count, word) = match &outcome {
            RowOutcome::New => (&mut report.new, b'n'),
            RowOutcome::Changed(_) => (&mut report.changed, b'c'),
            RowOutcome::Same => (&mut report.same, b's'),
            RowOutcome::Joined(_) => (&mut report.joined, b'j'),
            RowOutcome::Rejected => (&mut report.rejected, b'r'),
        };
        *count += 1;
        let shown = *count <= SHOWN;
        let [a, b, c, d] = number.to_le_bytes();
        self.outcome.update([a, b, c, d, word]);
        if shown {
            report.outcomes.push((number, outcome));
        }
    }

    /// Holds a row against the record that is there and writes what differs.
    fn place(&mut self, staged: StagedRow, writer: &mut Writer) -> Result<RowOutcome, AppError> {
        let keeper = self.keeper;
        let register = keeper.declared();
        let catalog = &keeper.viewer.catalog;
        let mut old = None;
        if !self.existing.is_empty() {
            let key: Vec<Value> = register.key.iter().map(|f| staged.values[*f].clone()).collect();
            if let Some(id) = self.existing.get(&key) {
                old = writer.reader()?.within(&keeper.reach).find(keeper.register, *id)?;
                old = old.filter(|record| keeper.names_them(&record.values));
                if old.is_none() {
                    return Ok(self.outside(staged.number));
                }
            }
        }
        if old.is_none()
            && let Some(id) = self.known.to_join(register, &staged.values, None)
        {
            return self.join(staged, id, writer);
        }
        let values = match &old {
            Some(old) => merge(&staged.values, self.fitter.given(), old),
            None => staged.values,
        };
        let copied = match &old {
            Some(old) => writer.copies_over(keeper.register, old, &values)?,
            None => writer.copies(keeper.register, &values)?,
        };
        if keeper.is_narrow() && !keeper.own(&mut writer.reader()?, old.as_ref().map(|old| old.id), &values, &copied)? {
            return Ok(self.outside(staged.number));
        }
        let before = self.report.findings.len();
        self.check(register, staged.number, &values, &copied, old.as_ref());
        if has_errors(&self.report.findings[before..]) {
            return Ok(RowOutcome::Rejected);
        }
        writer.at_line(Some(i64::from(staged.number)));
        let search = search_text(catalog, keeper.register, &values);
        match old {
            None => {
                if self.report.new < SHOWN {
                    self.see(staged.number, None, &values, writer)?;
                }
                let limited = !register.limits.is_empty() || !register.same.is_empty();
                let kept = limited.then(|| values.clone());
                let named = self.references.named(keeper.register, &values);
                let unique: Vec<Value> = self.uniques.iter().map(|(field, _)| values[*field].clone()).collect();
                let id = writer.create(keeper.register, values, copied, self.request.state, search)?;
                if let Some(named) = named {
                    self.references.learn(keeper.register, id, named);
                }
                if let Some(values) = kept {
                    self.crowd.learn(register, id, &values);
                    self.known.learn(keeper.register, register, id, &values);
                    self.made.insert(id);
                }
                for ((_, taken), value) in self.uniques.iter_mut().zip(unique) {
                    if !value.is_missing() {
                        taken.insert(value, id);
                    }
                }
                Ok(RowOutcome::New)
            }
            Some(old) => {
                let differences = differences(&old.values, &values);
                if differences.is_empty() {
                    if self.report.same < SHOWN {
                        self.see(staged.number, Some(&old), &values, writer)?;
                    }
                    return Ok(RowOutcome::Same);
                }
                if self.report.changed < SHOWN {
                    self.see(staged.number, Some(&old), &values, writer)?;
                }
                self.outcome.update(old.version.to_le_bytes());
                self.crowd.forget(register, &old);
                self.crowd.learn(register, old.id, &values);
                writer.update(keeper.register, &old, values, copied, self.request.state, search)?;
                Ok(RowOutcome::Changed(differences))
            }
        }
    }

    /// Joins a second claim of an achievement to the record that is there, which is then verified anew: whoever hands in
    /// a claim as a draft does not take back what was handed in.
    fn join(&mut self, staged: StagedRow, id: RecordId, writer: &mut Writer) -> Result<RowOutcome, AppError> {
        let keeper = self.keeper;
        let register = keeper.declared();
        let (number, lang) = (staged.number, self.request.lang);
        let old = writer.reader()?.within(&keeper.reach).find(keeper.register, id)?;
        let Some(old) = old.filter(|record| keeper.names_them(&record.values)) else {
            // It stands where this person does not keep records: where it is, is all that can be said.
            self.check_known(register, number, &staged.values);
            return Ok(RowOutcome::Rejected);
        };
        let values = same::joined(&old.values, &staged.values);
        let copied = writer.copies_over(keeper.register, &old, &values)?;
        if keeper.is_narrow() && !keeper.own(&mut writer.reader()?, Some(id), &values, &copied)? {
            return Ok(self.outside(number));
        }
        let before = self.report.findings.len();
        let kept = same::kept_against(&old.values, &staged.values);
        if !kept.is_empty() {
            let written = self.as_record(Some(&old), &staged.values);
            let mut labels = Labels::default();
            labels.load(&mut writer.reader()?, keeper.register, [&written])?;
            for field in kept {
                let value = keeper.viewer.shown(keeper.register, field, &written.values[field], &labels, lang);
                let finding = Finding::warning("APP-043", self.fitter.place(number, field));
                let finding = finding.with("field", register.fields[field].name.get(lang)).with("value", value);
                self.report.findings.push(finding.with("label", same::called(register, &old.values)));
            }
        }
        self.check(register, number, &values, &copied, Some(&old));
        if has_errors(&self.report.findings[before..]) {
            return Ok(RowOutcome::Rejected);
        }
        if !self.made.contains(&id) {
            self.outcome.update(id.0);
            self.outcome.update(old.version.to_le_bytes());
        }
        if self.report.joined < SHOWN {
            self.see(number, Some(&old), &values, writer)?;
        }
        let differences = differences(&old.values, &values);
        if !differences.is_empty() {
            self.report.joined_to += u64::from(!self.made.contains(&id) && self.joined_to.insert(id));
            self.crowd.forget(register, &old);
            self.crowd.learn(register, id, &values);
            self.known.learn(keeper.register, register, id, &values);
            writer.at_line(Some(i64::from(number)));
            let search = search_text(&keeper.viewer.catalog, keeper.register, &values);
            writer.update(keeper.register, &old, values, copied, RecordState::Submitted, search)?;
        }
        Ok(RowOutcome::Joined(differences))
    }

    /// A row that is not this keeper's to write, whether or not there is such a record.
    fn outside(&mut self, number: u32) -> RowOutcome {
        self.report.findings.push(Finding::error("APP-050", self.fitter.site().row(number)));
        RowOutcome::Rejected
    }

    /// A row's values as a record, to be shown as one.
    fn as_record(&self, old: Option<&Record>, values: &[Value]) -> Record {
        Record {
            id: old.map_or(RecordId([0; 16]), |old| old.id),
            state: self.request.state,
            version: 0,
            seq: 0,
            keeper: None,
            note: None,
            line: None,
            values: values.to_vec(),
            copied: Vec::new(),
        }
    }

    /// Keeps what a row came to for showing it.
    fn see(
        &mut self,
        number: u32,
        old: Option<&Record>,
        values: &[Value],
        writer: &mut Writer,
    ) -> Result<(), AppError> {
        let (keeper, lang) = (self.keeper, self.request.lang);
        let register = keeper.register;
        let new = self.as_record(old, values);
        let mut labels = Labels::default();
        labels.load(&mut writer.reader()?, register, old.into_iter().chain([&new]))?;
        let label = labels.label(&keeper.viewer.catalog, register, &new, lang);
        let mut changes = Vec::new();
        for (field, value) in values.iter().enumerate() {
            let before = old.and_then(|old| old.values.get(field)).unwrap_or(&Value::Missing);
            if before != value {
                let show = |value: &Value| keeper.viewer.shown(register, field, value, &labels, lang);
                changes.push((field, show(before), show(value)));
            }
        }
        // What this very file makes has no address while it is only looked at.
        let id = old.map(|old| old.id).filter(|id| !self.made.contains(id));
        self.report.seen.insert(number, SeenRow { id, label, changes });
        Ok(())
    }

    fn check(&mut self, register: &Register, number: u32, values: &[Value], copied: &[Value], old: Option<&Record>) {
        let lang = self.request.lang;
        let (fitter, findings) = (&self.fitter, &mut self.report.findings);
        for (ix, field) in register.fields.iter().enumerate() {
            if field.required && field.retired.is_none() && values[ix].is_missing() && !fitter.given()[ix] {
                let finding = Finding::error("APP-002", fitter.place(number, ix));
                findings.push(finding.with("field", field.name.get(lang)));
            }
        }
        for (ix, taken) in &self.uniques {
            if taken.get(&values[*ix]).is_some_and(|id| old.is_none_or(|o| o.id != *id)) {
                let finding = Finding::error("APP-003", fitter.place(number, *ix));
                findings.push(finding.with("field", register.fields[*ix].name.get(lang)));
            }
        }
        let today = self.keeper.viewer.app.moment().today;
        let place = |field: Option<usize>| match field {
            Some(ix) => fitter.place(number, ix),
            None => fitter.site().row(number),
        };
        checks::rules(register, &Draft { values, copied }, today, lang, &place, findings);
        self.belongings.check(register, values, lang, &place, findings);
        let own = old.map(|old| old.id);
        self.crowd.check(register, values, own, lang, &place, findings);
        self.known.check(register, values, own, lang, &place, findings);
    }

    /// What is known of a row's achievement already.
    fn check_known(&mut self, register: &Register, number: u32, values: &[Value]) {
        let (fitter, lang) = (&self.fitter, self.request.lang);
        let place = |field: Option<usize>| match field {
            Some(ix) => fitter.place(number, ix),
            None => fitter.site().row(number),
        };
        self.known.check(register, values, None, lang, &place, &mut self.report.findings);
    }
}

/// What changes: field, before, after.
fn differences(old: &[Value], new: &[Value]) -> Vec<(usize, Value, Value)> {
    let both = old.iter().zip(new).enumerate().filter(|(_, (old, new))| old != new);
    both.map(|(field, (old, new))| (field, old.clone(), new.clone())).collect()
}

/// What the file says over what is there; of fields it has no column for it says nothing.
fn merge(staged: &[Value], given: &[bool], old: &Record) -> Vec<Value> {
    staged
        .iter()
        .zip(given)
        .zip(&old.values)
        .map(|((new, given), old)| if *given { new } else { old }.clone())
        .collect()
}
