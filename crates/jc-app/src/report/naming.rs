//! Who may be named in what leaves the house: of minors only those who agreed to it, to the public of anybody.

use crate::consents::Consents;
use crate::error::AppError;
use crate::labels::Labels;
use crate::subjects::is_minor;
use jc_base::RecordId;
use jc_catalog::Catalog;
use jc_catalog::kinds::Kind;
use jc_report::profile::{Profile, Showing, mask};
use jc_store::{Reader, Record};
use std::collections::{BTreeMap, BTreeSet};

/// What a release profile makes of names, by the consents in force.
#[derive(Default)]
pub(super) struct Naming {
    profile: Profile,
    /// By register of people: who agreed to be named, and who is a minor.
    of: BTreeMap<usize, (BTreeSet<RecordId>, BTreeSet<RecordId>)>,
}

impl Naming {
    /// Reads consents and ages; nothing for a profile that stays in the house.
    pub(super) fn of(reader: &mut Reader, profile: Profile) -> Result<Self, AppError> {
        let mut naming = Self { profile, ..Self::default() };
        if profile == Profile::Internal {
            return Ok(naming);
        }
        let (catalog, today) = (reader.catalog(), reader.today());
        let consents = Consents::read(reader)?;
        for (register, declared) in catalog.registers.iter().enumerate() {
            if declared.born.is_none() {
                continue;
            }
            let mut minors = BTreeSet::new();
            reader.each_record(register, &mut |person| {
                if is_minor(declared, person, today) {
                    minors.insert(person.id);
                }
            })?;
            naming.of.insert(register, (consents.named(register, today), minors));
        }
        Ok(naming)
    }

    /// A field's text where consent decides it: a name, or references to people of whom some are minors. Nothing where
    /// the profile alone decides.
    pub(super) fn shown(
        &self,
        catalog: &Catalog,
        (register, field): (usize, usize),
        record: &Record,
        showing: Showing,
        labels: &Labels,
    ) -> Option<String> {
        if showing == Showing::Nothing {
            return None;
        }
        let declared = &catalog.registers[register];
        let value = &record.values[field];
        let (people, ids) = match declared.fields[field].kind {
            Kind::Ref(people) | Kind::Refs(people) => (people, value.ref_ids().to_vec()),
            Kind::PersonName if declared.label.contains(&field) => (register, vec![record.id]),
            _ => return None,
        };
        let (agreed, minors) = self.of.get(&people)?;
        // What is more than internal stays as the profile has it.
        let named = &catalog.registers[people].label;
        let personal =
            named.iter().any(|at| catalog.registers[people].fields[*at].privacy >= jc_catalog::Privacy::Personal);
        if personal || declared.fields[field].privacy >= jc_catalog::Privacy::Personal {
            return None;
        }
        let one = |id: &RecordId| {
            let name = match declared.fields[field].kind {
                Kind::PersonName => value.as_text().unwrap_or_default().to_owned(),
                _ => labels.get(people, *id),
            };
            let full = agreed.contains(id) || (self.profile == Profile::Bureau && !minors.contains(id));
            if full { name } else { mask(&name) }
        };
        Some(ids.iter().map(one).collect::<Vec<_>>().join("、"))
    }
}
