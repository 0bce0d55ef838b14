//! Which indicators define the same thing: ties their definitions together and holds them against each other.

use super::raw::RawRegister;
use super::raw_indicator::{RawDefinition, RawIndicator};
use super::reader::Faults;
use crate::definition::Definition;
use crate::faults;
use crate::model::Register;
use jc_base::IndicatorId;

/// Settles the definitions of a register's indicators.
pub(super) fn resolve(raw: &RawRegister, register: &mut Register, faults: &Faults<'_>) {
    let mut settled: Vec<(usize, &RawDefinition)> = Vec::new();
    let indicators = &raw.indicators;
    for indicator in indicators {
        let Some(raw) = &indicator.definition else { continue };
        let Some(own) = position(register, &indicator.id.value) else { continue };
        if let (Some(from), Some(until)) = (raw.from, raw.until)
            && until < from
        {
            faults.error(faults::DEFINITION_DATES, raw.at).with("from", from).with("until", until);
        }
        let (authority, from, until) = (raw.authority.clone(), raw.from, raw.until);
        let elsewhere = indicator_elsewhere(raw, indicators);
        register.indicators[own].definition = Some(Definition { of: None, elsewhere, authority, from, until });
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
    let declared = raw.indicators.iter().find(|indicator| indicator.id.value == id.value)?;
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

/// The indicator of another register that a definition names: what its own does not know.
fn indicator_elsewhere(definition: &RawDefinition, own: &[RawIndicator]) -> Option<IndicatorId> {
    let id = definition.of.as_ref()?;
    let here = own.iter().any(|indicator| indicator.id.value == id.value);
    (!here).then(|| IndicatorId::from(id.value.as_str()))
}

/// Holds the definitions that name an indicator of another register against it.
pub(super) fn check_elsewhere(order: &[&RawRegister], registers: &[Register], faults: &Faults<'_>) {
    let all = || registers.iter().flat_map(|register| &register.indicators);
    for (raw, register) in order.iter().zip(registers) {
        for indicator in &register.indicators {
            let Some(id) = indicator.definition.as_ref().and_then(|own| own.elsewhere.as_ref()) else { continue };
            let written = raw.indicators.iter().find(|it| it.id.value == indicator.id.as_str());
            let Some(at) = written.and_then(|it| it.definition.as_ref()?.of.as_ref()).map(|of| of.at) else { continue };
            let Some(head) = all().find(|other| other.id == *id) else {
                let nearest = jc_text::similar::nearest(id.as_str(), all().map(|other| other.id.as_str()));
                let report = faults.error(faults::UNKNOWN_INDICATOR, at).with("indicator", id);
                report.with("register", &register.id).nearest(nearest);
                continue;
            };
            match &head.definition {
                None => {
                    faults.error(faults::DEFINITION_HEAD, at).with("indicator", id);
                }
                Some(theirs) if theirs.of.is_some() || theirs.elsewhere.is_some() => {
                    faults.error(faults::DEFINITION_OF_ANOTHER, at).with("indicator", id);
                }
                Some(_) if head.unit != indicator.unit => {
                    faults.error(faults::DEFINITION_UNIT, at).with("unit", &indicator.unit).with("other", &head.unit);
                }
                Some(_) => {}
            }
        }
    }
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
