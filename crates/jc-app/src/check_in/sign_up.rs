//! Signing up 报名 for what is to take place: the draft of whoever will come, which arriving then fills in.

use super::{Read, fresh, wrong};
use crate::error::AppError;
use crate::labels::search_text;
use crate::person::Viewer;
use jc_base::{Date, Lang, RecordId, RecordState};
use jc_catalog::Operation;
use jc_catalog::model::CheckIn;
use jc_figures::Page;
use jc_store::reader::ListQuery;
use jc_store::store::Ending;
use jc_store::{Reach, Reader, Record};

/// More events of a period are not shown.
const MOST: usize = 1_000;

/// Something one can sign up for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coming {
    /// The register in which who comes is recorded.
    pub register: usize,
    /// The event.
    pub event: RecordId,
    /// What it is called.
    pub called: String,
    /// Its day.
    pub day: Date,
    /// From when until when, as people write it; may be empty.
    pub when: String,
    /// How many have signed up.
    pub taken: usize,
    /// How many may; any number if missing.
    pub places: Option<i64>,
    /// What this person has done about it.
    pub own: Standing,
}

/// Where someone stands with an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Not signed up, or no longer.
    Out,
    /// Signed up.
    SignedUp,
    /// There already, or known to have been.
    There,
}

/// Where the record of someone at an event puts them.
fn standing(check_in: &CheckIn, own: Option<&Record>) -> Standing {
    match own {
        None => Standing::Out,
        Some(own) if own.state == RecordState::Returned => Standing::Out,
        Some(own) if own.state == RecordState::Draft && own.values[check_in.arrived].is_missing() => Standing::SignedUp,
        Some(_) => Standing::There,
    }
}

impl Viewer<'_> {
    /// What one can sign up for, from today on, the next first.
    pub fn coming(&self, lang: Lang) -> Result<Vec<Coming>, AppError> {
        self.needs(Operation::CheckIn)?;
        let today = self.app.moment().today;
        self.read_within(&Reach::School, |reader| {
            let mut coming = Vec::new();
            for register in 0..self.catalog.registers.len() {
                let Ok((_, check_in, events)) = self.check_in_of(register) else { continue };
                let Ok(person) = self.who_checks_in(register) else { continue };
                for event in self.events_from(reader, events, check_in, today)? {
                    coming.push(self.coming_as(reader, register, &event, person, lang)?);
                }
            }
            coming.sort_by(|a, b| (a.day, &a.when, &a.called).cmp(&(b.day, &b.when, &b.called)));
            Ok(coming)
        })
    }

    /// The events that were handed in, of this period and the next, from a day on.
    fn events_from(
        &self,
        reader: &mut Reader,
        events: usize,
        check_in: &CheckIn,
        today: Date,
    ) -> Result<Vec<Record>, AppError> {
        let pages = match self.catalog.registers[events].period_kind() {
            Some(kind) => vec![Page::Of(kind.containing(today)), Page::Of(kind.containing(today).next())],
            None => vec![Page::All],
        };
        let mut found = Vec::new();
        for page in pages {
            let query = ListQuery { page: Some(page), limit: MOST, ..ListQuery::default() };
            found.extend(reader.list(events, &query)?.into_iter().filter(|event| open(check_in, event, today)));
        }
        Ok(found)
    }

    fn coming_as(
        &self,
        reader: &mut Reader,
        register: usize,
        event: &Record,
        person: RecordId,
        lang: Lang,
    ) -> Result<Coming, AppError> {
        let (_, check_in, events) = self.check_in_of(register)?;
        let read = Read { register, event: event.id, step: 0 };
        let own = self.attendance(reader, &read, person)?;
        let declared = &self.catalog.registers[events];
        let time = |field: Option<usize>| field.map(|field| declared.fields[field].kind.edit(&event.values[field]));
        let times: Vec<String> =
            [check_in.starts, check_in.ends].into_iter().filter_map(time).filter(|text| !text.is_empty()).collect();
        Ok(Coming {
            register,
            event: event.id,
            called: self.attending_as(reader, &read, None, lang)?.event,
            day: event.values[check_in.held_on].as_date().unwrap_or(self.app.moment().today),
            when: times.join("–"),
            taken: self.taken_places(reader, register, event.id)?,
            places: check_in.places.and_then(|field| event.values[field].as_int()),
            own: standing(check_in, own.as_ref()),
        })
    }

    /// How many are signed up for an event, or were there.
    fn taken_places(&self, reader: &mut Reader, register: usize, event: RecordId) -> Result<usize, AppError> {
        let (declared, check_in, _) = self.check_in_of(register)?;
        let ids = reader.ids_where(register, &declared.fields[check_in.event].column, event)?;
        let records = reader.find_many(register, &ids)?;
        Ok(records.iter().filter(|record| standing(check_in, Some(record)) != Standing::Out).count())
    }

    /// Signs this person up for an event, or takes that back: the draft goes back with the reason, and nothing is lost.
    ///
    /// Errors: a finding for an event that is over, that is full, and for a second time.
    pub fn sign_up(&self, register: usize, event: RecordId, joins: bool, lang: Lang) -> Result<(), AppError> {
        self.needs(Operation::CheckIn)?;
        let (declared, check_in, events) = self.check_in_of(register)?;
        let person = self.who_checks_in(register)?;
        let (app, object) = (self.app, declared.id.as_str());
        let action = if joins { "record.sign-up" } else { "record.sign-off" };
        app.store.write(self.person.school, &self.person.actor(), action, object, app.moment(), |writer| {
            let event = writer.reader()?.find(events, event)?.ok_or(AppError::NotFound)?;
            if !open(check_in, &event, app.moment().today) {
                return Err(wrong("APP-093"));
            }
            let read = Read { register, event: event.id, step: 0 };
            let old = self.attendance(&mut writer.reader()?, &read, person)?;
            match (standing(check_in, old.as_ref()), joins) {
                (Standing::Out, true) => {}
                (Standing::SignedUp, false) => {
                    let why = jc_words::text(lang, "sign-up-taken-back", &[]);
                    if let Some(old) = &old {
                        writer.set_state(register, old, RecordState::Returned, Some(why))?;
                    }
                    return Ok(Ending::Keep(()));
                }
                (Standing::Out, false) => return Err(wrong("APP-094")),
                (Standing::SignedUp | Standing::There, _) => return Err(wrong("APP-091")),
            }
            let places = check_in.places.and_then(|field| event.values[field].as_int());
            let taken = self.taken_places(&mut writer.reader()?, register, event.id)?;
            if places.is_some_and(|places| i64::try_from(taken).is_ok_and(|taken| taken >= places)) {
                return Err(wrong("APP-092"));
            }
            match &old {
                Some(old) => writer.set_state(register, old, RecordState::Draft, None)?,
                None => {
                    let mut values = fresh(declared, check_in, person, &event);
                    values[check_in.on] = event.values[check_in.held_on].clone();
                    let copied = writer.copies(register, &values)?;
                    let search = search_text(&self.catalog, register, &values);
                    writer.create(register, values, copied, RecordState::Draft, search)?;
                }
            }
            Ok(Ending::Keep(()))
        })
    }
}

/// Whether one can sign up for an event: it was handed in, and is not over.
fn open(check_in: &CheckIn, event: &Record, today: Date) -> bool {
    let handed_in = matches!(event.state, RecordState::Submitted | RecordState::Verified);
    handed_in && event.values[check_in.held_on].as_date().is_some_and(|day| day >= today)
}
