//! Roles: their words, the registers they name, and that none holds what must not be in one hand.

use super::raw::{RawExclusion, RawFile, RawRole};
use super::reader::Faults;
use super::registers::word_of;
use super::source::Text;
use crate::faults;
use crate::model::Register;
use crate::roles::{Exclusion, Operation, Role, Roles, Scope};
use jc_base::{RegisterId, RoleId};

pub(super) fn resolve(raw: &[RawFile], registers: &[Register], faults: &Faults<'_>) -> Roles {
    let tops = || raw.iter().filter_map(|file| if let RawFile::Top(top) = file { Some(top) } else { None });
    let roles: Vec<&RawRole> = tops().flat_map(|top| &top.roles).collect();
    super::lists::check_twice(roles.iter().map(|role| &role.id), faults);
    let exclusions: Vec<Exclusion> =
        tops().flat_map(|top| &top.exclusions).map(|raw| exclusion(raw, &roles, faults)).collect();
    let files =
        raw.iter().filter_map(|file| if let RawFile::Register(register) = file { Some(register) } else { None });
    for id in files.flat_map(|register| &register.own).flat_map(|own| &own.roles) {
        known(id, &roles, faults);
    }
    Roles { roles: roles.iter().filter_map(|raw| role(raw, registers, faults)).collect(), exclusions }
}

fn role(raw: &RawRole, registers: &[Register], faults: &Faults<'_>) -> Option<Role> {
    super::lists::check_id(&raw.id, '-', faults);
    let scope = word_of(raw.scope.as_ref()?, "scope", &Scope::WORDS, faults)?;
    let mut may: Vec<(Operation, &Text)> = Vec::new();
    for word in &raw.may {
        match Operation::ALL.into_iter().find(|operation| operation.code() == word.value) {
            Some(operation) => may.push((operation, word)),
            None => {
                let nearest = jc_text::similar::nearest(&word.value, Operation::ALL.into_iter().map(Operation::code));
                faults.error(faults::UNKNOWN_OPERATION, word.at).with("operation", &word.value).nearest(nearest);
            }
        }
    }
    for (at, (operation, word)) in may.iter().enumerate() {
        if scope == Scope::None && operation.is_about_records() {
            let report = faults.error(faults::NO_SCOPE, word.at).with("role", &raw.id.value);
            report.with("operation", operation.code());
        }
        if let Some((other, _)) = may[..at].iter().find(|(other, _)| !other.goes_with(*operation)) {
            let report = faults.error(faults::ONE_HAND, word.at).with("role", &raw.id.value);
            report.with("one", other.code()).with("other", operation.code());
        }
    }
    let also = raw.also.iter().filter(|id| {
        let known = registers.iter().any(|register| register.id.as_str() == id.value);
        if !known {
            let nearest = jc_text::similar::nearest(&id.value, registers.iter().map(|r| r.id.as_str()));
            faults.error(faults::UNKNOWN_REGISTER, id.at).with("register", &id.value).nearest(nearest);
        }
        known
    });
    Some(Role {
        id: RoleId::from(raw.id.value.as_str()),
        name: raw.name.clone(),
        about: raw.about.clone(),
        scope,
        may: may.iter().map(|(operation, _)| *operation).collect(),
        also: also.map(|id| RegisterId::from(id.value.as_str())).collect(),
        alone: raw.alone,
        second_factor: raw.second_factor,
    })
}

fn exclusion(raw: &RawExclusion, roles: &[&RawRole], faults: &Faults<'_>) -> Exclusion {
    raw.roles.iter().for_each(|id| known(id, roles, faults));
    Exclusion { roles: raw.roles.iter().map(|id| RoleId::from(id.value.as_str())).collect(), say: raw.say.clone() }
}

/// Tells a role that does not exist.
fn known(id: &Text, roles: &[&RawRole], faults: &Faults<'_>) {
    if roles.iter().all(|role| role.id.value != id.value) {
        let nearest = jc_text::similar::nearest(&id.value, roles.iter().map(|role| role.id.value.as_str()));
        faults.error(faults::UNKNOWN_ROLE, id.at).with("role", &id.value).nearest(nearest);
    }
}
