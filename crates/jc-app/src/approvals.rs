//! Approvals: a covered field of a minor's is seen only with the leave of a responsible person, who is another, and
//! whose leave ends by itself.
//!
//! Source: 《未成年人网络保护条例》 article 36: access by staff is approved by a responsible person and recorded.

use crate::app::App;
use crate::error::AppError;
use crate::labels::Labels;
use crate::person::{Person, Viewer};
use crate::subjects::{Subject, minors, subjects};
use jc_base::{Finding, Lang, Place, RecordId};
use jc_catalog::Operation;
use jc_store::approvals::{Approval, Decided};
use jc_store::store::Ending;
use jc_store::{Reach, Record};
use std::collections::BTreeSet;
use std::sync::Arc;

/// For so many hours leave can be given.
pub const HOURS: [i64; 4] = [1, 8, 24, 72];
/// Longer reasons are cut.
pub(crate) const LONGEST_REASON: usize = 200;

const HOUR_MS: i64 = 3_600_000;

/// What came of asking for a covered field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Uncovered {
    /// Its content.
    Shown(String),
    /// It is a minor's: leave has been asked for, and is waited for.
    Asked,
}

/// How it stands with the leave that someone needs for a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// None is asked for.
    Needed,
    /// It is waited for, since a moment.
    Waiting(i64),
    /// It was given by someone, until a moment.
    Given(String, i64),
    /// It was refused by someone, at a moment.
    Refused(String, i64),
    /// It ended at a moment.
    Ended(i64),
}

/// A request that waits for a decision.
#[derive(Debug, Clone)]
pub struct Waiting {
    /// The request.
    pub request: Approval,
    /// The position of its register.
    pub register: usize,
    /// The field's name.
    pub field: String,
    /// What the record is called.
    pub label: String,
    /// Whether whoever looks asked it themself, and so cannot decide.
    pub own: bool,
}

/// May decide who sees covered fields of minors.
pub struct Approver<'a> {
    viewer: Viewer<'a>,
    reach: Reach,
}

impl App {
    /// The right to decide who sees covered fields of minors.
    pub fn approver<'a>(&'a self, person: &'a Person) -> Result<Approver<'a>, AppError> {
        self.permit(person, Operation::ApproveAccess)?;
        let viewer = self.viewer(person);
        let reach = person.reach(&viewer.catalog, Operation::ApproveAccess);
        Ok(Approver { viewer, reach })
    }
}

impl Viewer<'_> {
    /// The minors whose private data a record holds, today.
    pub(crate) fn minors_of(&self, register: usize, record: &Record) -> Result<BTreeSet<Subject>, AppError> {
        let subjects = subjects(&self.catalog, register, record);
        let today = self.app.moment().today;
        self.read_within(&Reach::School, |reader| minors(reader, &subjects, today))
    }

    /// How it stands with the leave to see a record's covered fields, by field; nothing if none is needed.
    pub fn approvals(&self, register: usize, record: &Record) -> Result<Option<Vec<(String, Standing)>>, AppError> {
        if self.minors_of(register, record)?.is_empty() {
            return Ok(None);
        }
        let Some(account) = self.person.account else { return Ok(Some(Vec::new())) };
        let mut found: Vec<(String, Standing)> = Vec::new();
        let name = self.catalog.registers[register].id.as_str();
        let now = self.app.moment().now.0;
        for one in self.read(|reader| Ok(reader.approvals_of(account, record.id)?))? {
            // The newest counts.
            if one.register == name && found.iter().all(|(field, _)| *field != one.field) {
                let standing = standing(&one, now);
                found.push((one.field, standing));
            }
        }
        Ok(Some(found))
    }

    /// The leave that is in force to see a field of a record that a minor's data is in: by whom it was given.
    pub(crate) fn leave(&self, register: usize, record: &Record, field: &str) -> Result<Standing, AppError> {
        let all = self.approvals(register, record)?.unwrap_or_default();
        let found = all.into_iter().find(|(of, _)| of == field).map(|(_, standing)| standing);
        Ok(found.unwrap_or(Standing::Needed))
    }

    /// Asks for leave to see a field.
    pub(crate) fn ask_leave(&self, register: usize, id: RecordId, field: &str, reason: &str) -> Result<(), AppError> {
        // Nobody stands behind the command line who could be told of a decision.
        let account = self.person.account.ok_or(AppError::Denied)?;
        let name = self.catalog.registers[register].id.as_str();
        let (store, actor) = (&self.app.store, self.person.actor());
        store.write(self.person.school, &actor, "access.ask", name, self.app.moment(), |writer| {
            writer.ask_approval(account, name, id, field, reason)?;
            writer.note("record", id.to_string());
            writer.note("field", field);
            writer.note("reason", reason);
            Ok::<_, AppError>(Ending::Keep(()))
        })
    }
}

fn standing(approval: &Approval, now: i64) -> Standing {
    match &approval.decided {
        None => Standing::Waiting(approval.asked_at),
        Some(Decided { by, at, until: None }) => Standing::Refused(by.clone(), *at),
        Some(Decided { by, until: Some(until), .. }) if now < *until => Standing::Given(by.clone(), *until),
        Some(Decided { until: Some(until), .. }) => Standing::Ended(*until),
    }
}

impl Approver<'_> {
    /// How many requests wait.
    pub fn count(&self) -> Result<usize, AppError> {
        Ok(self.viewer.read_within(&self.reach, |reader| Ok(reader.approvals_waiting()?))?.len())
    }

    /// The requests that wait, the oldest first.
    pub fn waiting(&self, lang: Lang) -> Result<Vec<Waiting>, AppError> {
        let catalog = Arc::clone(&self.viewer.catalog);
        self.viewer.read_within(&self.reach, |reader| {
            let mut waiting = Vec::new();
            for request in reader.approvals_waiting()?.into_iter().rev() {
                let Some(register) = catalog.find_register(&request.register) else { continue };
                let Some(record) = reader.find(register, request.record)? else { continue };
                let declared = &catalog.registers[register];
                let mut labels = Labels::default();
                labels.load(reader, register, [&record])?;
                let field = declared.find_field(&request.field).map(|field| &declared.fields[field].name);
                waiting.push(Waiting {
                    register,
                    field: field.map_or_else(|| request.field.clone(), |name| name.get(lang).to_owned()),
                    label: labels.label(&catalog, register, &record, lang),
                    own: Some(request.account) == self.viewer.person.account,
                    request,
                });
            }
            Ok(waiting)
        })
    }

    /// Gives leave for some hours (of [`HOURS`]), or refuses it. Nobody decides what they asked themself.
    pub fn decide(&self, id: RecordId, hours: Option<i64>) -> Result<(), AppError> {
        if hours.is_some_and(|hours| !HOURS.contains(&hours)) {
            let place = Place::Field { field: "hours".into() };
            return Err(AppError::finding(Finding::error("APP-110", place)));
        }
        let found = self.viewer.read_within(&self.reach, |reader| Ok(reader.approvals_waiting()?))?;
        let request = found.into_iter().find(|request| request.id == id).ok_or(AppError::NotFound)?;
        if Some(request.account) == self.viewer.person.account {
            return Err(AppError::finding(Finding::error("APP-111", Place::Whole)));
        }
        let app = self.viewer.app;
        let (actor, moment) = (self.viewer.person.actor(), app.moment());
        let action = if hours.is_some() { "access.approve" } else { "access.refuse" };
        app.store.write(self.viewer.person.school, &actor, action, &request.register, moment, |writer| {
            let until = hours.map(|hours| moment.now.0 + hours * HOUR_MS);
            if !writer.decide_approval(id, until)? {
                return Err(AppError::WrongState);
            }
            writer.note("record", request.record.to_string());
            writer.note("field", request.field.as_str());
            writer.note("login", request.asked_by.as_str());
            if let Some(hours) = hours {
                writer.note("hours", hours);
            }
            Ok::<_, AppError>(Ending::Keep(()))
        })
    }
}
