//! Single records: shown, written by the keeper, accepted or returned by the verifier.

use crate::approvals::{LONGEST_REASON, Standing, Uncovered};
use crate::checks::{self, Draft};
use crate::error::AppError;
use crate::labels::{Labels, search_text};
use crate::limits::Crowd;
use crate::person::{Keeper, Verifier, Viewer};
use crate::same::Known;
use crate::within::Belongings;
use jc_base::finding::has_errors;
use jc_base::{Finding, Lang, Place, RecordId, RecordState, Value};
use jc_catalog::kinds::Kind;
use jc_catalog::{Operation, Privacy};
use jc_store::evidence::{Attached, Papered};
use jc_store::reader::{AuditLine, ListQuery, Version};
use jc_store::seal::Correction;
use jc_store::store::Ending;
use jc_store::{Reach, Reader, Record, StoreError, Writer};
use std::collections::HashMap;

/// What stands for a sensitive value until it is revealed. An ID number keeps its ends.
pub const MASK: &str = "＊＊＊＊";

/// Records of a list with what is needed to show them.
pub struct Listed {
    /// The records.
    pub records: Vec<Record>,
    /// The labels of what they refer to.
    pub labels: Labels,
    /// How many there are in all, by state.
    pub counts: [i64; 4],
}

/// A record with all that its screen shows.
pub struct Whole {
    /// The record.
    pub record: Record,
    /// What it is called.
    pub label: String,
    /// The labels of what it refers to.
    pub labels: Labels,
    /// Its evidence.
    pub evidence: Vec<Attached>,
    /// What was attached and taken off, newest first.
    pub papered: Vec<Papered>,
    /// Its versions, newest first.
    pub history: Vec<Version>,
    /// Records that refer to it: register, field, the records.
    pub referring: Vec<(usize, usize, Vec<Record>)>,
}

impl Viewer<'_> {
    /// Lists records.
    pub fn list(&self, register: usize, query: &ListQuery) -> Result<Listed, AppError> {
        self.list_within(&self.reach, register, query)
    }

    fn list_within(&self, reach: &Reach, register: usize, query: &ListQuery) -> Result<Listed, AppError> {
        self.records_only()?;
        self.read_within(reach, |reader| {
            let records = reader.list(register, query)?;
            let mut labels = Labels::default();
            labels.load(reader, register, &records)?;
            let counts = reader.count(register, query)?;
            Ok(Listed { records, labels, counts })
        })
    }

    /// A record with evidence, history and what refers to it.
    pub fn whole(&self, register: usize, id: RecordId, lang: Lang) -> Result<Whole, AppError> {
        self.records_only()?;
        self.read(|reader| {
            let record = reader.find(register, id)?.ok_or(AppError::NotFound)?;
            let mut labels = Labels::default();
            labels.load(reader, register, [&record])?;
            let label = labels.label(&self.catalog, register, &record, lang);
            let evidence = reader.evidence(register, id)?;
            let papered = reader.papered(register, id)?;
            let history = reader.history(register, id)?;
            labels.load(reader, register, history.iter().map(|v| &v.record))?;
            let mut referring = Vec::new();
            for (other, field, ids) in reader.referring(register, id, 20)? {
                let records = reader.find_many(other, &ids)?;
                labels.load(reader, other, &records)?;
                referring.push((other, field, records));
            }
            Ok(Whole { record, label, labels, evidence, papered, history, referring })
        })
    }

    /// A record.
    pub fn record(&self, register: usize, id: RecordId) -> Result<Record, AppError> {
        self.records_only()?;
        self.read(|reader| reader.find(register, id)?.ok_or(AppError::NotFound))
    }

    /// The records a reference field may name, by a text typed so far: at most 20.
    pub fn suggest(&self, register: usize, text: &str) -> Result<Vec<(RecordId, String)>, AppError> {
        self.records_only()?;
        let query = ListQuery { search: text.to_owned(), limit: 20, ..ListQuery::default() };
        self.read(|reader| {
            let records = reader.list(register, &query)?;
            let mut labels = Labels::default();
            labels.load(reader, register, &records)?;
            Ok(records.iter().map(|r| (r.id, labels.label(&self.catalog, register, r, Lang::Zh))).collect())
        })
    }

    /// A field's value as a table or record shows it: sensitive ones masked, references by their labels.
    pub fn shown(&self, register: usize, field: usize, value: &Value, labels: &Labels, lang: Lang) -> String {
        let declared = &self.catalog.registers[register].fields[field];
        let text = labels.show(&self.catalog, &declared.kind, value, lang);
        if declared.privacy == Privacy::Sensitive && declared.kind != Kind::IdNumber && !text.is_empty() {
            return MASK.to_owned();
        }
        text
    }

    /// What the rules say of a record as it stands.
    pub fn findings(&self, register: usize, record: &Record, lang: Lang) -> Vec<Finding> {
        let mut findings = Vec::new();
        let draft = Draft { values: &record.values, copied: &record.copied };
        let (declared, today) = (&self.catalog.registers[register], self.app.moment().today);
        checks::whole(&self.catalog, declared, &draft, today, lang, &mut findings);
        let place = |field: Option<usize>| match field {
            Some(ix) => Place::Field { field: declared.fields[ix].id.to_string() },
            None => Place::Whole,
        };
        // What cannot be read now is no fault of the record.
        if let Ok(beside) = self.read(|reader| Crowd::of_one(reader, register, declared, &record.values)) {
            beside.check(declared, &record.values, Some(record.id), lang, &place, &mut findings);
        }
        if let Ok(known) = self.read(|reader| Belongings::of_one(reader, &self.catalog, declared, &record.values)) {
            known.check(declared, &record.values, lang, &place, &mut findings);
        }
        findings
    }

    /// The labels of some records, as far as they lie within reach: an id alone tells nobody a name.
    pub fn labels(&self, register: usize, ids: &[RecordId]) -> Result<Labels, AppError> {
        self.read(|reader| {
            let mut labels = Labels::default();
            labels.load_ids(reader, register, ids)?;
            labels.forget_closed();
            Ok(labels)
        })
    }

    /// Audit entries before a position, newest first.
    pub fn audit(&self, before: Option<i64>, limit: usize) -> Result<Vec<AuditLine>, AppError> {
        self.needs(Operation::ReadAudit)?;
        self.read(|reader| Ok(reader.audit_lines(before, limit)?))
    }

    /// Notes in the audit log that a masked field was shown in full, and shows it. A reason must be given. A minor's is
    /// shown only with the leave of a responsible person; without it, leave is asked for.
    pub fn reveal(&self, register: usize, id: RecordId, field: usize, reason: &str) -> Result<Uncovered, AppError> {
        let declared = self.catalog.registers.get(register).ok_or(AppError::NotFound)?;
        let what = declared.fields.get(field).ok_or(AppError::NotFound)?;
        if !self.may_reveal(register) {
            return Err(AppError::Denied);
        }
        let reason: String = reason.trim().chars().take(LONGEST_REASON).collect();
        if reason.is_empty() {
            let place = Place::Field { field: "reason".into() };
            return Err(AppError::finding(Finding::error("APP-004", place)));
        }
        let reach = self.person.reach(&self.catalog, Operation::RevealFields);
        let record = self.read_within(&reach, |reader| reader.find(register, id)?.ok_or(AppError::NotFound))?;
        let minors = self.minors_of(register, &record)?.len();
        let mut approved_by = None;
        if minors > 0 {
            match self.leave(register, &record, what.id.as_str())? {
                Standing::Given(by, _) => approved_by = Some(by),
                Standing::Waiting(_) => return Ok(Uncovered::Asked),
                Standing::Needed | Standing::Refused(..) | Standing::Ended(_) => {
                    self.ask_leave(register, id, what.id.as_str(), &reason)?;
                    return Ok(Uncovered::Asked);
                }
            }
        }
        let (store, actor) = (&self.app.store, self.person.actor());
        store.write(self.person.school, &actor, "field.reveal", declared.id.as_str(), self.app.moment(), |writer| {
            writer.note("record", id.to_string());
            writer.note("field", what.id.as_str());
            writer.note("reason", reason);
            writer.note("minors", minors);
            if let Some(by) = approved_by {
                writer.note("approved", by);
            }
            Ok::<_, AppError>(Ending::Keep(()))
        })?;
        Ok(Uncovered::Shown(what.kind.edit(&record.values[field])))
    }
}

/// What a person typed, ready to be written.
#[derive(Debug, Clone)]
pub struct Edit {
    /// By the register's fields.
    pub values: Vec<Value>,
    /// Whether it is handed in for verification; otherwise it stays a draft.
    pub submit: bool,
    /// The version the person saw; nothing for a new record.
    pub seen_version: Option<i64>,
}

impl Keeper<'_> {
    /// Makes a record.
    pub fn create(&self, edit: Edit, lang: Lang) -> Result<RecordId, AppError> {
        self.write_once("record.create", |keeper, writer| keeper.create_in(writer, edit, lang))
    }

    /// Makes a record as a part of what `writer` writes.
    pub(crate) fn create_in(&self, writer: &mut Writer, edit: Edit, lang: Lang) -> Result<RecordId, AppError> {
        let copied = writer.copies(self.register, &edit.values)?;
        self.only_own(&mut writer.reader()?, None, &edit.values, &copied)?;
        self.check(&mut writer.reader()?, None, &edit.values, &copied, edit.submit, lang)?;
        if writer.reader()?.find_by_key(self.register, &edit.values)?.is_some() {
            return Err(self.taken(lang));
        }
        let search = search_text(&self.viewer.catalog, self.register, &edit.values);
        let created = writer.create(self.register, edit.values, copied, state(edit.submit), search);
        let id = created.map_err(|e| self.told_taken(e, lang))?;
        writer.reader().map_err(|e| self.told_taken(e, lang))?;
        Ok(id)
    }

    /// Replaces a record's content. A verified record is thereby reopened; the figures that used it show that at once.
    pub fn update(&self, id: RecordId, edit: Edit, lang: Lang) -> Result<(), AppError> {
        self.change(id, edit, None, lang)
    }

    /// As [`update`](Self::update), with the reason of whoever corrects a verified record: the audit log keeps it.
    pub fn correct(&self, id: RecordId, edit: Edit, reason: &str, lang: Lang) -> Result<(), AppError> {
        self.change(id, edit, Some(reason), lang)
    }

    fn change(&self, id: RecordId, edit: Edit, reason: Option<&str>, lang: Lang) -> Result<(), AppError> {
        let changed = self.write_once("record.update", |keeper, writer| {
            keeper.change_in(writer, id, edit, reason, lang).map(|()| id)
        });
        changed.map(drop)
    }

    /// Replaces a record's content as a part of what `writer` writes.
    pub(crate) fn change_in(
        &self,
        writer: &mut Writer,
        id: RecordId,
        edit: Edit,
        reason: Option<&str>,
        lang: Lang,
    ) -> Result<(), AppError> {
        let old = self.current(&mut writer.reader()?, id, edit.seen_version)?;
        if let (RecordState::Verified, Some(reason)) = (old.state, reason.map(str::trim)) {
            if reason.is_empty() {
                let place = Place::Field { field: "reason".into() };
                return Err(AppError::finding(Finding::error("APP-004", place)));
            }
            writer.note("reason", reason);
            if self.why.is_none() {
                writer.restating(Correction { cause: None, reason: reason.to_owned() });
            }
        }
        let copied = writer.copies_over(self.register, &old, &edit.values)?;
        self.only_own(&mut writer.reader()?, Some(id), &edit.values, &copied)?;
        self.check(&mut writer.reader()?, Some(id), &edit.values, &copied, edit.submit, lang)?;
        let search = search_text(&self.viewer.catalog, self.register, &edit.values);
        let updated = writer.update(self.register, &old, edit.values, copied, state(edit.submit), search);
        updated.map_err(|e| self.told_taken(e, lang)).map(drop)
    }

    /// Hands a draft or returned record in for verification.
    pub fn submit(&self, id: RecordId, seen_version: i64, lang: Lang) -> Result<(), AppError> {
        self.write("record.submit", |keeper, writer| {
            let old = keeper.current(&mut writer.reader()?, id, Some(seen_version))?;
            if !matches!(old.state, RecordState::Draft | RecordState::Returned) {
                return Err(AppError::WrongState);
            }
            keeper.check(&mut writer.reader()?, Some(id), &old.values, &old.copied, true, lang)?;
            Ok(writer.set_state(keeper.register, &old, RecordState::Submitted, None)?)
        })
    }

    /// Takes a record back that waits for verification: it is a draft again.
    pub fn withdraw(&self, id: RecordId, seen_version: i64) -> Result<(), AppError> {
        self.write("record.withdraw", |keeper, writer| {
            let old = keeper.current(&mut writer.reader()?, id, Some(seen_version))?;
            if old.state != RecordState::Submitted {
                return Err(AppError::WrongState);
            }
            Ok(writer.set_state(keeper.register, &old, RecordState::Draft, None)?)
        })
    }

    /// What the register's rules say of values that are not written yet.
    pub fn findings(&self, values: &[Value], submit: bool, lang: Lang) -> Vec<Finding> {
        let copied = vec![Value::Missing; self.declared().copies.len()];
        let checked =
            self.viewer.read_within(&Reach::School, |reader| self.check(reader, None, values, &copied, submit, lang));
        match checked {
            Err(AppError::Findings(findings)) => findings,
            _ => Vec::new(),
        }
    }

    /// Whether a record with these values is this person's to keep.
    pub(crate) fn own(
        &self,
        reader: &mut Reader,
        id: Option<RecordId>,
        values: &[Value],
        copied: &[Value],
    ) -> Result<bool, AppError> {
        Ok(self.names_them(values) && reader.narrowed(&self.reach).would_see(self.register, id, values, copied)?)
    }

    fn only_own(
        &self,
        reader: &mut Reader,
        id: Option<RecordId>,
        values: &[Value],
        copied: &[Value],
    ) -> Result<(), AppError> {
        if self.own(reader, id, values, copied)? {
            return Ok(());
        }
        Err(AppError::finding(Finding::error("APP-050", Place::Whole)))
    }

    fn current(&self, reader: &mut Reader, id: RecordId, seen: Option<i64>) -> Result<Record, AppError> {
        let found = reader.narrowed(&self.reach).find(self.register, id)?;
        let record = found.filter(|record| self.names_them(&record.values)).ok_or(AppError::NotFound)?;
        match seen {
            Some(version) if version != record.version => Err(AppError::Stale),
            _ => Ok(record),
        }
    }

    /// A draft may still lack something, and holds no place; what is handed in may not, and does. `reader` sees the
    /// whole school: who holds a place may lie out of this person's reach.
    fn check(
        &self,
        reader: &mut Reader,
        own: Option<RecordId>,
        values: &[Value],
        copied: &[Value],
        submit: bool,
        lang: Lang,
    ) -> Result<(), AppError> {
        let mut findings = Vec::new();
        let today = self.viewer.app.moment().today;
        checks::whole(&self.viewer.catalog, self.declared(), &Draft { values, copied }, today, lang, &mut findings);
        if !submit {
            let key = |f: &Finding| {
                let Place::Field { field } = &f.place else { return false };
                self.declared().key.iter().any(|ix| self.declared().fields[*ix].id.as_str() == field)
            };
            findings.retain(|f| f.code.starts_with("INT-") || key(f));
        } else if !self.declared().limits.is_empty() {
            let place = |field: Option<usize>| match field {
                Some(ix) => Place::Field { field: self.declared().fields[ix].id.to_string() },
                None => Place::Whole,
            };
            let beside = Crowd::of_one(reader, self.register, self.declared(), values)?;
            beside.check(self.declared(), values, own, lang, &place, &mut findings);
        }
        if submit && !self.declared().same.is_empty() {
            let place = |field: Option<usize>| match field {
                Some(ix) => Place::Field { field: self.declared().fields[ix].id.to_string() },
                None => Place::Whole,
            };
            let catalog = &self.viewer.catalog;
            let known = Known::of_one(reader, catalog, self.declared(), values)?;
            known.check(self.declared(), values, own, lang, &place, &mut findings);
        }
        self.refer_to_what_is_there(reader, values, lang, &mut findings)?;
        if has_errors(&findings) { Err(AppError::Findings(findings)) } else { Ok(()) }
    }

    /// A reference is to a record of this school that is there: it may have been taken back since it was chosen.
    fn refer_to_what_is_there(
        &self,
        reader: &mut Reader,
        values: &[Value],
        lang: Lang,
        findings: &mut Vec<Finding>,
    ) -> Result<(), AppError> {
        for (field, value) in self.declared().fields.iter().zip(values) {
            let (Kind::Ref(target) | Kind::Refs(target)) = field.kind else { continue };
            let ids = value.ref_ids();
            if ids.is_empty() {
                continue;
            }
            let there = reader.find_many(target, ids)?;
            if ids.iter().any(|id| there.iter().all(|record| record.id != *id)) {
                let place = Place::Field { field: field.id.to_string() };
                findings.push(Finding::error("APP-136", place).with("field", field.name.get(lang)));
            }
        }
        Ok(())
    }

    fn taken(&self, lang: Lang) -> AppError {
        let register = self.declared();
        let names: Vec<&str> = register.key.iter().map(|ix| register.fields[*ix].name.get(lang)).collect();
        let field = register.key.first().map_or_else(String::new, |ix| register.fields[*ix].id.to_string());
        AppError::finding(Finding::error("APP-003", Place::Field { field }).with("field", names.join(" + ")))
    }

    pub(crate) fn told_taken(&self, error: StoreError, lang: Lang) -> AppError {
        match error {
            StoreError::Duplicate => self.taken(lang),
            StoreError::Stale { .. } => AppError::Stale,
            other => other.into(),
        }
    }

    /// The record a form of this number was saved as, if it was.
    pub fn done(&self) -> Result<Option<RecordId>, AppError> {
        let Some(number) = &self.once else { return Ok(None) };
        self.viewer
            .read(|reader| Ok(reader.done_once(&self.viewer.person.login, number)?.and_then(|id| RecordId::parse(&id))))
    }

    /// Writes a record unless a form of this number was saved before: then nothing happens, and its record comes back.
    fn write_once(
        &self,
        action: &str,
        work: impl FnOnce(&Self, &mut jc_store::Writer) -> Result<RecordId, AppError>,
    ) -> Result<RecordId, AppError> {
        let (app, person) = (self.viewer.app, self.viewer.person);
        let object = self.declared().id.as_str();
        app.store.write(person.school, &person.actor(), action, object, app.moment(), |writer| {
            if let Some(number) = &self.once
                && let Some(id) = writer.reader()?.done_once(&person.login, number)?
                && let Some(id) = RecordId::parse(&id)
            {
                return Ok(Ending::Undo(id));
            }
            self.why.iter().for_each(|why| writer.restating(why.clone()));
            let id = work(self, writer)?;
            if let Some(number) = &self.once {
                writer.note_once(number, &id.to_string())?;
            }
            Ok(Ending::Keep(id))
        })
    }

    pub(crate) fn write<T>(
        &self,
        action: &str,
        work: impl FnOnce(&Self, &mut Writer) -> Result<T, AppError>,
    ) -> Result<T, AppError> {
        let (app, person) = (self.viewer.app, self.viewer.person);
        let object = self.declared().id.as_str();
        app.store.write(person.school, &person.actor(), action, object, app.moment(), |writer| {
            self.why.iter().for_each(|why| writer.restating(why.clone()));
            work(self, writer).map(Ending::Keep)
        })
    }
}

fn state(submit: bool) -> RecordState {
    if submit { RecordState::Submitted } else { RecordState::Draft }
}

impl Verifier<'_> {
    /// Submitted records that this person did not keep, in the order they came.
    pub fn inbox(&self, limit: usize) -> Result<Listed, AppError> {
        let query = ListQuery {
            state: Some(RecordState::Submitted),
            not_kept_by: self.viewer.person.account,
            limit,
            ..ListQuery::default()
        };
        self.viewer.list_within(&self.reach, self.register, &query)
    }

    /// Accepts a record: from now on it counts.
    ///
    /// Errors: [`AppError::OwnRecord`] if this person kept it; findings if evidence that the register requires is
    /// not attached.
    pub fn accept(&self, id: RecordId, seen_version: i64) -> Result<(), AppError> {
        self.decide("record.verify", &[(id, seen_version)], RecordState::Verified, None)
    }

    /// Accepts many records in one write.
    pub fn accept_all(&self, records: &[(RecordId, i64)]) -> Result<(), AppError> {
        self.decide("record.verify", records, RecordState::Verified, None)
    }

    /// Returns a record to its keeper. A reason must be given.
    pub fn give_back(&self, id: RecordId, seen_version: i64, reason: &str) -> Result<(), AppError> {
        if reason.trim().is_empty() {
            let place = Place::Field { field: "reason".into() };
            return Err(AppError::finding(Finding::error("APP-004", place)));
        }
        self.decide("record.return", &[(id, seen_version)], RecordState::Returned, Some(reason.trim()))
    }

    fn decide(
        &self,
        action: &str,
        records: &[(RecordId, i64)],
        state: RecordState,
        note: Option<&str>,
    ) -> Result<(), AppError> {
        let (app, person) = (self.viewer.app, self.viewer.person);
        let register = self.declared();
        app.store.write(person.school, &person.actor(), action, register.id.as_str(), app.moment(), |writer| {
            self.why.iter().for_each(|why| writer.restating(why.clone()));
            // Deciding over one record changes no other: all are read at once.
            let ids: Vec<RecordId> = records.iter().map(|(id, _)| *id).collect();
            let there = writer.reader()?.within(&self.reach).find_many(self.register, &ids)?;
            let there: HashMap<RecordId, Record> = there.into_iter().map(|record| (record.id, record)).collect();
            for (id, seen) in records {
                let old = there.get(id).ok_or(AppError::NotFound)?;
                if old.version != *seen {
                    return Err(AppError::Stale);
                }
                if old.state != RecordState::Submitted {
                    return Err(AppError::WrongState);
                }
                if old.keeper.is_some() && old.keeper == person.account {
                    return Err(AppError::OwnRecord);
                }
                if state == RecordState::Verified {
                    self.evidence_complete(&mut writer.reader()?, old)?;
                }
                writer.set_state(self.register, old, state, note.map(str::to_owned)).map_err(|error| match error {
                    StoreError::Stale { .. } => AppError::Stale,
                    other => other.into(),
                })?;
            }
            Ok(Ending::Keep(()))
        })
    }

    fn evidence_complete(&self, reader: &mut Reader, record: &Record) -> Result<(), AppError> {
        let missing = crate::evidence::missing(&self.viewer, reader, self.register, record)?;
        if missing.is_empty() {
            return Ok(());
        }
        let findings =
            missing.into_iter().map(|kind| Finding::error("APP-005", Place::Whole).with("kind", kind)).collect();
        Err(AppError::Findings(findings))
    }
}
