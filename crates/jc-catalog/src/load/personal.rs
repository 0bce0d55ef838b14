//! Personal data: every field of it has a class that says what it is for, and what ends leaves no figure behind that
//! could not be counted again.

use super::lists::Lists;
use super::raw::{RawField, RawRegister};
use super::reader::Faults;
use crate::faults;
use crate::model::{Column, Counting, PeriodRule, Register};
use std::collections::BTreeMap;

/// Checks the classes of all fields, once everything that counts is known.
pub(super) fn check(order: &[&RawRegister], registers: &[Register], lists: &Lists, faults: &Faults<'_>) {
    // A catalog without classes leaves them out altogether.
    if lists.data_classes.is_empty() {
        return;
    }
    let used = used(registers);
    for (position, (raw, register)) in order.iter().zip(registers).enumerate() {
        for (ix, (raw, field)) in raw.fields.iter().zip(&register.fields).enumerate() {
            let at = raw.id.at;
            let Some(class) = field.data_class.map(|class| &lists.data_classes[class]) else {
                // One that is named and unknown was told already.
                if field.is_personal() && field.retired.is_none() && names_none(raw) {
                    let report = faults.warning(faults::DATA_UNCLASSED, at).with("field", &field.id);
                    report.with("register", &register.id);
                }
                continue;
            };
            if let Some(by) = used.get(&(position, ix)).filter(|_| class.years.is_some()) {
                let report = faults.error(faults::DATA_COUNTED, at).with("field", &field.id);
                report.with("class", &class.id).with("use", by);
            }
        }
    }
}

fn names_none(raw: &RawField) -> bool {
    raw.data_class.is_none()
}

/// The fields that keys, pages, slices or figures rest on, with what rests on each.
fn used(registers: &[Register]) -> BTreeMap<(usize, usize), String> {
    let mut used = BTreeMap::new();
    for (position, register) in registers.iter().enumerate() {
        let mut note = |at: (usize, usize), by: &dyn std::fmt::Display| {
            used.entry(at).or_insert_with(|| by.to_string());
        };
        let days = match register.period {
            PeriodRule::On { field, .. } => vec![field],
            PeriodRule::During { from, until, .. } => std::iter::once(from).chain(until).collect(),
            PeriodRule::Always => Vec::new(),
        };
        register.key.iter().chain(&days).for_each(|field| note((position, *field), &register.id));
        for copy in &register.copies {
            note((position, copy.via), &register.id);
            copy.steps.iter().for_each(|step| note(*step, &register.id));
        }
        let own = |column: Column| match column {
            Column::Field(field) => Some((position, field)),
            Column::Copied(_) => None,
        };
        for slice in &register.slices {
            own(slice.column).into_iter().for_each(|at| note(at, &slice.id));
        }
        for measure in &register.measures {
            let counted = match &measure.counting {
                Counting::Records => Vec::new(),
                Counting::Sum(sum) => sum.columns(),
                Counting::Members(field) => vec![Column::Field(*field)],
                Counting::Distinct { of, per } => std::iter::once(*of).chain(*per).collect(),
            };
            let columns = measure.filter.columns().into_iter().chain(counted);
            columns.filter_map(own).for_each(|at| note(at, &measure.id));
            measure.filter.asked_fields().into_iter().for_each(|at| note(at, &measure.id));
        }
    }
    used
}
