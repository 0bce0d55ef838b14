//! How people grow on a pathway 成长路径: where one stands with proof, what is lacking, and how the school stands.
//!
//! Facts are reckoned from the whole school's verified records, so that a stage is the same whoever looks; who can be
//! looked at is as far as the roles with `read-growth` reach, and each look at another's profile is noted and shown
//! to them.

mod dossier;
mod overview;
pub mod plans;
mod profile;
mod reminders;
mod shelf;

pub use dossier::{Chapter, Dossier, Item};
pub use jc_store::views::View;
pub use overview::{Line, Overview};
pub use profile::{Cited, Profile};
pub use reminders::{Reminder, ToDo};

use crate::app::App;
use crate::error::AppError;
use crate::person::{Person, Viewer};
use jc_base::{Date, RecordId, RecordState};
use jc_catalog::expr::eval::{Moments, Truth, truth};
use jc_catalog::pathway::Pathway;
use jc_catalog::{Catalog, Operation};
use jc_figures::page::register_span;
use jc_store::{Reach, Reader, Record};

/// May look at how people grow.
pub struct Growth<'a> {
    viewer: Viewer<'a>,
    reach: Reach,
    pathway: usize,
}

impl App {
    /// The right to look at how people grow, on the catalog's first pathway.
    ///
    /// Errors: [`AppError::Denied`] without a role that holds it, [`AppError::NotFound`] without a pathway.
    pub fn growth<'a>(&'a self, person: &'a Person) -> Result<Growth<'a>, AppError> {
        let viewer = self.viewer(person);
        viewer.needs(Operation::ReadGrowth)?;
        if viewer.catalog.pathways.is_empty() {
            return Err(AppError::NotFound);
        }
        let reach = person.reach(&viewer.catalog, Operation::ReadGrowth);
        Ok(Growth { viewer, reach, pathway: 0 })
    }
}

impl Growth<'_> {
    /// The catalog in force.
    pub fn catalog(&self) -> &Catalog {
        &self.viewer.catalog
    }

    /// The pathway.
    pub fn pathway(&self) -> &Pathway {
        &self.viewer.catalog.pathways[self.pathway]
    }

    /// The person on the pathway whom the account is tied to, if they are on it.
    pub fn own(&self) -> Option<RecordId> {
        let people = &self.viewer.catalog.registers[self.pathway().people].id;
        let own = |scope: &str| scope == jc_catalog::Scope::Own.code();
        let ties = &self.viewer.person.ties;
        ties.iter().find(|tie| own(&tie.scope) && tie.register == *people).map(|tie| tie.record)
    }

    /// Whether others than oneself can be looked at.
    pub fn sees_others(&self) -> bool {
        let mut roles = self.viewer.person.roles_for(&self.viewer.catalog, Operation::ReadGrowth);
        self.viewer.person.account.is_none() || roles.any(|role| role.scope != jc_catalog::Scope::Own)
    }

    /// The person of a key as people type it, or of a name only one has.
    pub fn find(&self, typed: &str) -> Result<RecordId, AppError> {
        let people = self.pathway().people;
        let declared = &self.viewer.catalog.registers[people];
        let fields: Vec<usize> = declared.key.iter().chain(&declared.label).copied().collect();
        let all = self.viewer.read_within(&self.reach, |reader| Ok(reader.all_values(people, &fields)?))?;
        let named = |values: &[jc_base::Value]| values.iter().any(|value| value.as_text() == Some(typed.trim()));
        let mut found = all.iter().filter(|(_, values)| named(values));
        match (found.next(), found.next()) {
            (Some((id, _)), None) => Ok(*id),
            _ => Err(AppError::NotFound),
        }
    }

    /// Who is on the pathway and was there on some day up to one, within reach: verified records only.
    fn people(&self, reader: &mut Reader, on: Date, only: Option<RecordId>) -> Result<Vec<Record>, AppError> {
        let pathway = self.pathway();
        let mut reader = reader.narrowed(&self.reach);
        let mut people = match only {
            Some(id) => vec![reader.find(pathway.people, id)?.ok_or(AppError::NotFound)?],
            None => {
                let mut all = Vec::new();
                reader.each_record(pathway.people, &mut |record| all.push(record.clone()))?;
                all
            }
        };
        let at = Moments { start: on, end: on, census: on };
        let declared = &self.viewer.catalog.registers[pathway.people];
        people.retain(|record| {
            let begun = register_span(declared, &record.values).is_none_or(|span| span.from <= on);
            record.state == RecordState::Verified && begun && truth(&pathway.among, record, &at) == Truth::True
        });
        Ok(people)
    }
}
