//! Files made for people: reports, lists, dossiers, checked texts. Who asks for one that is just being made, of the same
//! state of the records, waits for it instead of making it again.

use crate::app::App;
use crate::error::AppError;
use crate::person::{Person, Viewer};
use jc_base::{Finding, Lang};
use jc_words::Arg;
use std::collections::HashMap;
use std::sync::{Arc, Condvar, Mutex, PoisonError};

/// A file made.
#[derive(Debug, Default)]
pub struct Made {
    /// Its content.
    pub bytes: Vec<u8>,
    /// As a browser is told.
    pub media_type: &'static str,
    /// What it should be called.
    pub name: String,
    /// What should be known about it; no errors.
    pub findings: Vec<Finding>,
    /// How many figures a report shows, or records a list has.
    pub holds: usize,
    /// The code of a report; empty for everything else.
    pub code: String,
}

impl App {
    /// Who takes a file that tells of persons, and when: what stands on each of its pages.
    pub(crate) fn taken_by(&self, person: &Person, lang: Lang) -> String {
        let day = self.moment().today.to_string();
        jc_words::text(lang, "taken-by", &[("who", Arg::from(&person.name)), ("day", Arg::from(&day))])
    }
}

/// Files that are just being made, each under what was asked for.
#[derive(Debug, Default)]
pub(crate) struct Making(Mutex<HashMap<String, Arc<Flight>>>);

#[derive(Debug, Default)]
struct Flight {
    /// What came of it, once it is over; nothing if it failed.
    over: Mutex<Option<Option<Arc<Made>>>>,
    signal: Condvar,
}

impl Making {
    /// Makes a file, or waits for the one who is making the same; tells whether it was made here.
    fn once(&self, key: &str, make: impl FnOnce() -> Result<Made, AppError>) -> Result<(Arc<Made>, bool), AppError> {
        let (flight, first) = {
            let mut flights = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            match flights.get(key) {
                Some(flight) => (flight.clone(), false),
                None => (flights.entry(key.to_owned()).or_default().clone(), true),
            }
        };
        if !first {
            let mut over = flight.over.lock().unwrap_or_else(PoisonError::into_inner);
            while over.is_none() {
                over = flight.signal.wait(over).unwrap_or_else(PoisonError::into_inner);
            }
            if let Some(Some(made)) = &*over {
                return Ok((made.clone(), false));
            }
            drop(over);
            // The other failed for a reason that may be its own: this one finds out for itself.
            return make().map(|made| (Arc::new(made), true));
        }
        let mut landing = Landing { making: self, key, flight: &flight, made: None };
        let made = Arc::new(make()?);
        landing.made = Some(made.clone());
        drop(landing);
        Ok((made, true))
    }
}

/// Tells those who wait, however the making ended.
struct Landing<'m> {
    making: &'m Making,
    key: &'m str,
    flight: &'m Flight,
    made: Option<Arc<Made>>,
}

impl Drop for Landing<'_> {
    fn drop(&mut self) {
        self.making.0.lock().unwrap_or_else(PoisonError::into_inner).remove(self.key);
        *self.flight.over.lock().unwrap_or_else(PoisonError::into_inner) = Some(self.made.take());
        self.flight.signal.notify_all();
    }
}

impl Viewer<'_> {
    /// Makes a file, or waits for whoever is making the same: `what` is everything that makes it another file, beside the
    /// state of the school's data and what this person sees of it. Tells whether it was made here.
    pub fn once(
        &self,
        what: &str,
        make: impl FnOnce() -> Result<Made, AppError>,
    ) -> Result<(Arc<Made>, bool), AppError> {
        let person = self.person;
        let last = self.read(|reader| Ok(reader.audit_lines(None, 1)?))?.first().map_or(0, |line| line.seq);
        let seen = format!("{} {last} {:?} {:?} {:?}", person.school, person.roles, person.office, person.ties);
        self.app.making.once(&format!("{what} {seen}"), make)
    }
}
