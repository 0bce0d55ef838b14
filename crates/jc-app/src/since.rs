//! What changed since someone was here last: figures, each with what it was then.
//!
//! Whoever signs in for the first time on a day has the figures of their answer sheet kept, as they are printed. What is
//! told is the difference to those of the day they were here before, all day long: nothing is searched for it.

use crate::app::{App, ZONE_HOURS};
use crate::error::AppError;
use crate::figures::{Compared, IndicatorRef};
use crate::person::{Person, Viewer};
use jc_base::Instant;
use jc_catalog::Operation;
use std::collections::BTreeMap;

/// Printed figures by year and indicator; nothing where one was missing.
type Seen = BTreeMap<String, BTreeMap<String, Option<String>>>;

/// What moved since a person's last day here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Since {
    /// When they came then.
    pub last: Instant,
    /// The figures that moved, headlines first.
    pub moved: Vec<Moved>,
}

/// A figure that is another than it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// Which.
    pub of: IndicatorRef,
    /// As printed then, without unit; nothing if it was missing.
    pub was: Option<String>,
    /// As printed now.
    pub is: Option<String>,
}

impl App {
    /// What someone sees who signs in now, to be kept; nothing if they were here before today, or see no figures.
    pub(crate) fn seen_on_coming(&self, person: &Person) -> Result<Option<String>, AppError> {
        let viewer = self.viewer(person);
        let Some(account) = person.account.filter(|_| viewer.may(Operation::ReadFigures)) else { return Ok(None) };
        let last = viewer.read(|reader| Ok(reader.visits(account)?))?.into_iter().next();
        if last.is_some_and(|visit| visit.at.local_date(ZONE_HOURS) == self.moment().today) {
            return Ok(None);
        }
        let mut seen = Seen::new();
        let year = viewer.year()?;
        for year in [year, year - 1] {
            let sheet = viewer.answer_sheet(year)?;
            let printed = sheet.iter().map(|it| (it.figure.indicator.to_string(), it.figure.printed()));
            seen.insert(year.to_string(), printed.collect());
        }
        Ok(Some(serde_json::json!(seen).to_string()))
    }
}

impl Viewer<'_> {
    /// What moved on the answer sheet of a year since this person's last day here; nothing if there is none, or if the
    /// year was not looked at then.
    pub fn since_last_visit(&self, year: i32, sheet: &[Compared]) -> Result<Option<Since>, AppError> {
        self.needs(Operation::ReadFigures)?;
        let Some(account) = self.person.account else { return Ok(None) };
        let visits = self.read(|reader| Ok(reader.visits(account)?))?;
        let Some(then) = visits.get(1) else { return Ok(None) };
        let mut seen: Seen = serde_json::from_str(&then.figures).unwrap_or_default();
        let Some(seen) = seen.remove(&year.to_string()) else { return Ok(None) };
        let moved = |it: &Compared| {
            let was = seen.get(it.figure.indicator.as_str())?.clone();
            let is = it.figure.printed();
            (was != is).then_some(Moved { of: it.of, was, is })
        };
        let mut moved: Vec<Moved> = sheet.iter().filter_map(moved).collect();
        moved.sort_by_key(|it| !self.catalog.registers[it.of.register].indicators[it.of.indicator].headline);
        Ok(Some(Since { last: then.at, moved }))
    }
}
