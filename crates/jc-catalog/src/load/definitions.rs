//! Which indicators define the same thing: ties their definitions together and holds them against each other.

use super::raw::RawRegister;
use super::raw_indicator::RawDefinition;
use super::reader::Faults;
use crate::definition::Definition;
use crate::faults;
use crate::model::Register;

/// Settles the definitions of a register's indicators.
pub(super) fn resolve(raw: &RawRegister, register: &mut Register, faults: &Faults<'_>) {
    let mut settled: Vec<(usize, &RawDefinition)> = Vec::new();
    for indicator in &raw.indicators {
        let Some(raw) = &indicator.definition else { continue };
        let Some(own) = position(register, &indicator.id.value) else { continue };
        if let (Some(from), Some(until)) = (raw.from, raw.until)
            && until < from
        {
            faults.error(faults::DEFINITION_DATES, raw.at).with("from", from).with("until", until);
        }
        let (authority, from, until) = (raw.authority.clone(), raw.from, raw.until);
        register.indicators[own].definition = Some(Definition { of: None, authority, from, until });
        settled.push((own, raw));
    }
    let of: Vec<Option<usize>> =
        settled.iter().map(|(own, definition)| named(*own, definition, raw, register, faults)).collect();
    for ((own, _), of) in settled.iter().zip(of) {
        if let Some(definition) = &mut register.indicators[*own].definition {
            definition.of = of;
        }
    }
    check_times(&settled, register, faults);
}

fn position(register: &Register, id: &str) -> Option<usize> {
    register.indicators.iter().position(|indicator| indicator.id.as_str() == id)
}

/// The indicator a definition names: one that stands for all, in the same unit.
fn named(
    own: usize,
    definition: &RawDefinition,
    raw: &RawRegister,
    register: &Register,
    faults: &Faults<'_>,
) -> Option<usize> {
    let id = definition.of.as_ref()?;
    let Some(declared) = raw.indicators.iter().find(|indicator| indicator.id.value == id.value) else {
        let nearest = jc_text::similar::nearest(&id.value, raw.indicators.iter().map(|i| i.id.value.as_str()));
        let report = faults.error(faults::UNKNOWN_INDICATOR, id.at).with("indicator", &id.value);
        report.with("register", &register.id).nearest(nearest);
        return None;
    };
    match &declared.definition {
        None => {
            faults.error(faults::DEFINITION_HEAD, id.at).with("indicator", &id.value);
        }
        Some(other) if other.of.is_some() => {
            faults.error(faults::DEFINITION_OF_ANOTHER, id.at).with("indicator", &id.value);
        }
        Some(_) => {}
    }
    // One that is faulty was told already.
    let of = position(register, &id.value)?;
    let (unit, other) = (&register.indicators[own].unit, &register.indicators[of].unit);
    if unit != other {
        faults.error(faults::DEFINITION_UNIT, id.at).with("unit", unit).with("other", other);
    }
    Some(of)
}

/// One authority has one definition in force on a day.
fn check_times(settled: &[(usize, &RawDefinition)], register: &Register, faults: &Faults<'_>) {
    for (ix, (own, raw)) in settled.iter().enumerate() {
        let Some(definition) = &register.indicators[*own].definition else { continue };
        let clash = settled.iter().take(ix).find(|(other, _)| {
            let theirs = register.indicators[*other].definition.as_ref();
            register.defined(*other) == register.defined(*own)
                && theirs.is_some_and(|theirs| theirs.authority == definition.authority && theirs.overlaps(definition))
        });
        if let Some((other, at)) = clash {
            let report = faults.error(faults::DEFINITION_OVERLAP, raw.at);
            let report = report.with("indicator", &register.indicators[*own].id);
            report.with("other", &register.indicators[*other].id).also(at.at);
        }
    }
}
