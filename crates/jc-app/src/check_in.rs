//! Checking in where something takes place 现场签到: a code that changes every minute, arrival and leaving, hours
//! without the way, and the leader's word for them.

mod sign_up;

use crate::app::App;
use crate::checks::{self, Draft};
use crate::error::AppError;
use crate::labels::{Labels, search_text};
use crate::limits::Crowd;
use crate::person::Viewer;
use hmac::{Hmac, KeyInit, Mac};
use jc_base::finding::has_errors;
use jc_base::{Finding, Lang, Place, RecordId, RecordState, Value};
use jc_catalog::kinds::{Kind, ParseContext};
use jc_catalog::model::CheckIn;
use jc_catalog::{Operation, Register};
use jc_store::store::Ending;
use jc_store::{Reach, Reader, Record, StoreError};
use sha2::Sha256;
use std::io::Write as _;

pub use sign_up::{Coming, Standing};

/// Seconds a code is shown.
pub const SHOWN_S: i64 = 60;
/// So many codes after the present one it is still taken: whoever scans it must sign in first.
const GRACE: i64 = 4;

/// Letters of the code that prove it.
const PROOF: usize = 24;

/// What someone does at the place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// 签到
    Arrive,
    /// 签退
    Leave,
}

/// What someone who scanned a code sees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attending {
    /// The register their record is in.
    pub register: usize,
    /// What takes place.
    pub event: String,
    /// When they arrived, as people write it; nothing before.
    pub arrived: Option<String>,
    /// When they left.
    pub left: Option<String>,
    /// The hours, without the way; nothing where they could not be worked out.
    pub hours: Option<String>,
}

/// Someone at an event, as its leader sees them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Present {
    /// Their record.
    pub id: RecordId,
    /// Its version.
    pub version: i64,
    /// Its state: a draft until the leader has given their word for it.
    pub state: RecordState,
    /// Their name.
    pub name: String,
    /// When they arrived; empty if nobody checked them in.
    pub arrived: String,
    /// When they left; empty while they are there.
    pub left: String,
    /// Their hours; empty if unknown.
    pub hours: String,
}

/// An event with those at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gathering {
    /// What takes place.
    pub event: String,
    /// Whether people can check in today.
    pub today: bool,
    /// Those at it, by name.
    pub present: Vec<Present>,
}

/// A code that was read: what it is of. Only one of ours can be read.
struct Read {
    register: usize,
    event: RecordId,
    step: i64,
}

impl App {
    /// The secret that codes are proved with; made when first needed, for no one outside this installation.
    fn check_in_key(&self) -> Result<Vec<u8>, AppError> {
        let path = self.setup().data.join("check-in.key");
        let failed = |source| AppError::Store(StoreError::File { doing: "keep the check-in key", source });
        match std::fs::read(&path) {
            Ok(key) if key.len() >= 32 => return Ok(key),
            Ok(_) => {}
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(failed(error)),
        }
        let key = crate::passwords::token()?;
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        match options.open(&path).and_then(|mut file| file.write_all(key.as_bytes())) {
            Ok(()) => Ok(key.into_bytes()),
            // Someone else was first.
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => std::fs::read(&path).map_err(failed),
            Err(error) => Err(failed(error)),
        }
    }

    /// The letters that prove what a code says.
    pub(crate) fn proof(&self, said: &str) -> Result<String, AppError> {
        let key = self.check_in_key()?;
        let mac = Hmac::<Sha256>::new_from_slice(&key).map(|mac| mac.chain_update(said.as_bytes()).finalize());
        let mac = mac.expect("a key of any length is taken").into_bytes();
        Ok(jc_trust::hex(&mac)[..PROOF].to_owned())
    }

    fn step(&self) -> i64 {
        self.moment().now.0.div_euclid(1000 * SHOWN_S)
    }

    /// Minutes since midnight on the school's clocks.
    pub(crate) fn minutes(&self) -> i64 {
        self.moment().now.0.div_euclid(60_000).saturating_add(crate::app::ZONE_HOURS * 60).rem_euclid(24 * 60)
    }
}

fn wrong(code: &'static str) -> AppError {
    AppError::finding(Finding::error(code, Place::Whole))
}

/// The registers in which people check in to records of another.
pub fn checked_in_to(registers: &[Register], event: usize) -> Vec<usize> {
    let is_to = |register: &Register| {
        register.check_in.as_ref().is_some_and(|own| register.fields[own.event].kind == Kind::Ref(event))
    };
    (0..registers.len()).filter(|ix| is_to(&registers[*ix])).collect()
}

impl Viewer<'_> {
    fn check_in_of(&self, register: usize) -> Result<(&Register, &CheckIn, usize), AppError> {
        let declared = self.catalog.registers.get(register).ok_or(AppError::NotFound)?;
        let check_in = declared.check_in.as_ref().ok_or(AppError::NotFound)?;
        match declared.fields[check_in.event].kind {
            Kind::Ref(events) => Ok((declared, check_in, events)),
            _ => Err(AppError::NotFound),
        }
    }

    /// Whether this person leads an event: they are named as its leader, or keep the register of those who come.
    pub fn leads(&self, register: usize, event: &Record) -> bool {
        let Ok((declared, check_in, events)) = self.check_in_of(register) else { return false };
        if !self.may(Operation::LeadEvents) {
            return false;
        }
        let Kind::Ref(people) = self.catalog.registers[events].fields[check_in.leader].kind else { return false };
        let leader = event.values[check_in.leader].as_ref_id();
        let own = leader.is_some() && leader == self.own_record(people);
        own || self.person.keeps(&self.catalog, declared)
    }

    /// The record of a register that this person's account is tied to as themselves.
    fn own_record(&self, register: usize) -> Option<RecordId> {
        let id = self.catalog.registers.get(register)?.id.clone();
        let own = self.person.ties.iter().find(|tie| tie.scope == "self" && tie.register == id);
        own.map(|tie| tie.record)
    }

    fn led(&self, reader: &mut Reader, register: usize, event: RecordId) -> Result<Record, AppError> {
        let (_, _, events) = self.check_in_of(register)?;
        let event = reader.find(events, event)?.ok_or(AppError::NotFound)?;
        if self.leads(register, &event) { Ok(event) } else { Err(AppError::Denied) }
    }

    /// The code that is shown now at an event, for its leader.
    pub fn check_in_code(&self, register: usize, event: RecordId) -> Result<String, AppError> {
        let (declared, check_in, _) = self.check_in_of(register)?;
        let event = self.read_within(&Reach::School, |reader| self.led(reader, register, event))?;
        if event.values[check_in.held_on].as_date() != Some(self.app.moment().today) {
            return Err(wrong("APP-038"));
        }
        let said = format!("{}.{}.{}", declared.id, event.id, self.app.step());
        let proof = self.app.proof(&format!("{}/{said}", self.person.school.0))?;
        Ok(format!("{said}.{proof}"))
    }

    /// What a code says, if it is one of ours and of now.
    fn read_code(&self, code: &str) -> Result<Read, AppError> {
        let (said, proof) = code.rsplit_once('.').ok_or_else(|| wrong("APP-033"))?;
        let expected = self.app.proof(&format!("{}/{said}", self.person.school.0))?;
        // Compared without telling by the time taken how far it was right.
        let differs = expected.bytes().zip(proof.bytes()).fold(0, |sum, (a, b)| sum | (a ^ b));
        if differs != 0 || expected.len() != proof.len() {
            return Err(wrong("APP-033"));
        }
        let mut parts = said.split('.');
        let read = (|| {
            let register = self.catalog.find_register(parts.next()?)?;
            Some(Read { register, event: RecordId::parse(parts.next()?)?, step: parts.next()?.parse().ok()? })
        })();
        let read = read.ok_or_else(|| wrong("APP-033"))?;
        if !(0..=GRACE).contains(&(self.app.step() - read.step)) {
            return Err(wrong("APP-034"));
        }
        Ok(read)
    }

    /// What whoever scanned a code sees.
    pub fn attending(&self, code: &str, lang: Lang) -> Result<Attending, AppError> {
        self.needs(Operation::CheckIn)?;
        let read = self.read_code(code)?;
        self.read_within(&Reach::School, |reader| {
            let person = self.who_checks_in(read.register)?;
            let own = self.attendance(reader, &read, person)?;
            self.attending_as(reader, &read, own.as_ref(), lang)
        })
    }

    /// Whose record it becomes: the one their account is tied to.
    fn who_checks_in(&self, register: usize) -> Result<RecordId, AppError> {
        let (declared, check_in, _) = self.check_in_of(register)?;
        let Kind::Ref(people) = declared.fields[check_in.person].kind else { return Err(AppError::NotFound) };
        self.own_record(people).ok_or_else(|| wrong("APP-039"))
    }

    fn attendance(&self, reader: &mut Reader, read: &Read, person: RecordId) -> Result<Option<Record>, AppError> {
        let (declared, check_in, _) = self.check_in_of(read.register)?;
        let ids = reader.ids_where(read.register, &declared.fields[check_in.event].column, read.event)?;
        let records = reader.find_many(read.register, &ids)?;
        Ok(records.into_iter().find(|record| record.values[check_in.person].as_ref_id() == Some(person)))
    }

    fn attending_as(
        &self,
        reader: &mut Reader,
        read: &Read,
        own: Option<&Record>,
        lang: Lang,
    ) -> Result<Attending, AppError> {
        let (declared, check_in, events) = self.check_in_of(read.register)?;
        let event = reader.find(events, read.event)?.ok_or(AppError::NotFound)?;
        let mut labels = Labels::default();
        labels.load(reader, events, [&event])?;
        let text = |field: usize| {
            let value = own.and_then(|own| own.values.get(field)).filter(|value| !value.is_missing());
            value.map(|value| declared.fields[field].kind.edit(value))
        };
        // What it is called to those who come: the first text their records take from it, else its label.
        let called =
            check_in.take.iter().map(|(_, other)| self.shown(events, *other, &event.values[*other], &labels, lang));
        let called = called.into_iter().find(|text| !text.is_empty());
        Ok(Attending {
            register: read.register,
            event: called.unwrap_or_else(|| labels.label(&self.catalog, events, &event, lang)),
            arrived: text(check_in.arrived),
            left: text(check_in.left),
            hours: text(check_in.hours),
        })
    }

    /// Checks in or out: the record of whoever scanned the code, a draft until the leader confirms it.
    ///
    /// Errors: a finding for a code that is not ours or too old, for a second arrival or leaving, for leaving before
    /// arriving, and for an event of another day.
    pub fn check_in(&self, code: &str, step: Step, lang: Lang) -> Result<Attending, AppError> {
        self.needs(Operation::CheckIn)?;
        let read = self.read_code(code)?;
        let person = self.who_checks_in(read.register)?;
        let (declared, check_in, events) = self.check_in_of(read.register)?;
        let (app, object) = (self.app, declared.id.as_str());
        let action = match step {
            Step::Arrive => "record.check-in",
            Step::Leave => "record.check-out",
        };
        app.store.write(self.person.school, &self.person.actor(), action, object, app.moment(), |writer| {
            let event = writer.reader()?.find(events, read.event)?.ok_or(AppError::NotFound)?;
            let today = app.moment().today;
            if event.values[check_in.held_on].as_date() != Some(today) {
                return Err(wrong("APP-038"));
            }
            let old = self.attendance(&mut writer.reader()?, &read, person)?;
            let is_in = old.as_ref().is_some_and(|old| !old.values[check_in.arrived].is_missing());
            let is_out = old.as_ref().is_some_and(|old| !old.values[check_in.left].is_missing());
            // Whoever signed up has a draft that says nothing yet of having come.
            let known = |old: &Record| !matches!(old.state, RecordState::Draft | RecordState::Returned);
            match step {
                Step::Arrive if is_in || old.as_ref().is_some_and(known) => return Err(wrong("APP-035")),
                Step::Leave if !is_in => return Err(wrong("APP-036")),
                Step::Leave if is_out => return Err(wrong("APP-037")),
                Step::Arrive | Step::Leave => {}
            }
            let mut values = match &old {
                Some(old) => old.values.clone(),
                None => fresh(declared, check_in, person, &event),
            };
            match step {
                Step::Arrive => {
                    values[check_in.on] = Value::Date(today);
                    values[check_in.arrived] = Value::Int(app.minutes());
                }
                Step::Leave => {
                    values[check_in.left] = Value::Int(app.minutes());
                    values[check_in.hours] = hours(declared, check_in, &values, &event);
                }
            }
            let copied = match &old {
                Some(old) => writer.copies_over(read.register, old, &values)?,
                None => writer.copies(read.register, &values)?,
            };
            let search = search_text(&self.catalog, read.register, &values);
            match &old {
                Some(old) => writer.update(read.register, old, values, copied, RecordState::Draft, search).map(drop)?,
                None => writer.create(read.register, values, copied, RecordState::Draft, search).map(drop)?,
            }
            let now = self.attendance(&mut writer.reader()?, &read, person)?;
            Ok(Ending::Keep(self.attending_as(&mut writer.reader()?, &read, now.as_ref(), lang)?))
        })
    }

    /// An event with those at it, for its leader.
    pub fn gathering(&self, register: usize, event: RecordId, lang: Lang) -> Result<Gathering, AppError> {
        let (declared, check_in, events) = self.check_in_of(register)?;
        self.read_within(&Reach::School, |reader| {
            let event = self.led(reader, register, event)?;
            let ids = reader.ids_where(register, &declared.fields[check_in.event].column, event.id)?;
            let records = reader.find_many(register, &ids)?;
            let mut labels = Labels::default();
            labels.load(reader, events, [&event])?;
            labels.load(reader, register, &records)?;
            let shown =
                |record: &Record, field: usize| self.shown(register, field, &record.values[field], &labels, lang);
            let mut present: Vec<Present> = records
                .iter()
                .map(|record| Present {
                    id: record.id,
                    version: record.version,
                    state: record.state,
                    name: shown(record, check_in.person),
                    arrived: shown(record, check_in.arrived),
                    left: shown(record, check_in.left),
                    hours: shown(record, check_in.hours),
                })
                .collect();
            present.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
            let today = event.values[check_in.held_on].as_date() == Some(self.app.moment().today);
            Ok(Gathering { event: labels.label(&self.catalog, events, &event, lang), today, present })
        })
    }

    /// Gives the leader's word for some of those at an event: their records are handed in for verification. All or
    /// none.
    ///
    /// Errors: what the register's rules say of one of them, such as hours that could not be worked out.
    pub fn confirm_present(
        &self,
        register: usize,
        event: RecordId,
        chosen: &[(RecordId, i64)],
        lang: Lang,
    ) -> Result<usize, AppError> {
        let (declared, check_in, _) = self.check_in_of(register)?;
        let app = self.app;
        let object = declared.id.as_str();
        app.store.write(self.person.school, &self.person.actor(), "record.confirm", object, app.moment(), |writer| {
            let event = self.led(&mut writer.reader()?, register, event)?;
            for (id, seen) in chosen {
                let old = writer.reader()?.find(register, *id)?.ok_or(AppError::NotFound)?;
                if old.values[check_in.event].as_ref_id() != Some(event.id) {
                    return Err(AppError::NotFound);
                }
                if old.version != *seen {
                    return Err(AppError::Stale);
                }
                if !matches!(old.state, RecordState::Draft | RecordState::Returned) {
                    return Err(AppError::WrongState);
                }
                if !old.values[check_in.arrived].is_missing() && old.values[check_in.left].is_missing() {
                    return Err(wrong("APP-040"));
                }
                let mut values = old.values.clone();
                if let Some(field) = check_in.confirmed_by {
                    // A login's name that is no person's name is left to the audit log.
                    let context = ParseContext { codes: &self.catalog.codes, on: None };
                    values[field] = declared.fields[field].kind.parse(&self.person.name, &context).unwrap_or_default();
                }
                let copied = writer.copies_over(register, &old, &values)?;
                let draft = Draft { values: &values, copied: &copied };
                let mut findings = Vec::new();
                checks::whole(&self.catalog, declared, &draft, app.moment().today, lang, &mut findings);
                let place = |field: Option<usize>| match field {
                    Some(ix) => Place::Field { field: declared.fields[ix].id.to_string() },
                    None => Place::Whole,
                };
                let beside = Crowd::of_one(&mut writer.reader()?, register, declared, &values)?;
                beside.check(declared, &values, Some(old.id), lang, &place, &mut findings);
                if has_errors(&findings) {
                    return Err(AppError::Findings(findings));
                }
                let search = search_text(&self.catalog, register, &values);
                writer.update(register, &old, values, copied, RecordState::Submitted, search)?;
            }
            Ok(Ending::Keep(chosen.len()))
        })
    }
}

/// The record of someone at an event, before anything is known of their coming.
fn fresh(register: &Register, check_in: &CheckIn, person: RecordId, event: &Record) -> Vec<Value> {
    let mut values = vec![Value::Missing; register.fields.len()];
    for (own, other) in &check_in.take {
        values[*own] = event.values[*other].clone();
    }
    values[check_in.person] = Value::Ref(person);
    values[check_in.event] = Value::Ref(event.id);
    values
}

/// The hours from arrival to leaving, within those the event was announced for; missing if nothing is left of them.
fn hours(register: &Register, check_in: &CheckIn, values: &[Value], event: &Record) -> Value {
    let at = |field: usize| values[field].as_int();
    let announced = |field: Option<usize>| field.and_then(|field| event.values[field].as_int());
    let (Some(arrived), Some(left)) = (at(check_in.arrived), at(check_in.left)) else { return Value::Missing };
    let Kind::Decimal(digits) = register.fields[check_in.hours].kind else { return Value::Missing };
    let from = announced(check_in.starts).map_or(arrived, |starts| arrived.max(starts));
    let until = announced(check_in.ends).map_or(left, |ends| left.min(ends));
    match within(until - from, digits) {
        0 => Value::Missing,
        steps => Value::Int(steps),
    }
}

/// Minutes in steps of 10^-digits of an hour, rounded half up; none for a stretch that ends before it begins.
fn within(minutes: i64, digits: u8) -> i64 {
    let scale = 10i64.pow(u32::from(digits));
    (minutes.max(0) * scale * 2 + 60) / 120
}

#[cfg(test)]
mod tests {
    use super::within;

    #[test]
    fn minutes_become_tenths_of_an_hour() {
        for (minutes, tenths) in [(0, 0), (-30, 0), (2, 0), (3, 1), (60, 10), (90, 15), (100, 17), (1439, 240)] {
            assert_eq!(within(minutes, 1), tenths, "{minutes}");
        }
    }
}
