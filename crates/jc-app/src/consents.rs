//! Consents 同意: who agreed to what, in the registers that declare it, and who may be named in what leaves the house.

mod own;

use crate::error::AppError;
use jc_base::{Date, RecordId, RecordState};
use jc_store::Reader;
use std::collections::BTreeSet;

pub use own::{Given, OwnConsents, Question, Say};

/// A consent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consent {
    /// The register of the person.
    pub register: usize,
    /// The person it is about.
    pub person: RecordId,
    /// What was agreed to: a code.
    pub kind: String,
    /// When.
    pub given_on: Date,
    /// When it was withdrawn, if it was.
    pub withdrawn_on: Option<Date>,
    /// Whether it allows naming the person in public.
    pub publishes: bool,
}

impl Consent {
    /// Whether it is in force on a day: one withdrawn is not from that day on.
    pub fn holds(&self, on: Date) -> bool {
        Self::in_force(self.given_on, self.withdrawn_on, on)
    }

    fn in_force(given_on: Date, withdrawn_on: Option<Date>, on: Date) -> bool {
        given_on <= on && withdrawn_on.is_none_or(|day| on < day)
    }
}

/// All consents of a school.
#[derive(Debug, Clone, Default)]
pub struct Consents {
    /// Those handed in or verified.
    pub all: Vec<Consent>,
}

impl Consents {
    /// Reads them.
    pub fn read(reader: &mut Reader) -> Result<Self, AppError> {
        let catalog = reader.catalog();
        let mut all = Vec::new();
        for (register, declared) in catalog.registers.iter().enumerate() {
            let Some(rule) = &declared.consent else { continue };
            let jc_catalog::kinds::Kind::Ref(people) = declared.fields[rule.person].kind else { continue };
            reader.each_record(register, &mut |record| {
                if !matches!(record.state, RecordState::Submitted | RecordState::Verified) {
                    return;
                }
                let value = |field: usize| &record.values[field];
                let (Some(person), Some(kind), Some(given_on)) =
                    (value(rule.person).as_ref_id(), value(rule.kind).as_text(), value(rule.given_on).as_date())
                else {
                    return;
                };
                all.push(Consent {
                    register: people,
                    person,
                    kind: kind.to_owned(),
                    given_on,
                    withdrawn_on: value(rule.withdrawn_on).as_date(),
                    publishes: rule.publishes.iter().any(|code| code == kind),
                });
            })?;
        }
        Ok(Self { all })
    }

    /// The people of a register who may be named in public on a day.
    pub fn named(&self, register: usize, on: Date) -> BTreeSet<RecordId> {
        let holds = |one: &&Consent| one.register == register && one.publishes && one.holds(on);
        self.all.iter().filter(holds).map(|one| one.person).collect()
    }
}
