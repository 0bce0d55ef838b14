//! Whose private data a record holds, and who of them is a minor.

use crate::error::AppError;
use jc_base::{Date, RecordId, Value};
use jc_catalog::belonging::Way;
use jc_catalog::kinds::Kind;
use jc_catalog::{Catalog, Column, Register, Scope};
use jc_store::{Reader, Record};
use std::collections::{BTreeMap, BTreeSet};

/// Below this age people are minors.
///
/// Source: 《未成年人保护法》 article 2.
pub const OF_AGE: i32 = 18;

/// A person, by register and record.
pub type Subject = (usize, RecordId);

/// The registers whose records are people.
pub fn people_registers(catalog: &Catalog) -> Vec<usize> {
    Scope::Own.anchors().iter().filter_map(|id| catalog.find_register(id)).collect()
}

/// Whether records of a register hold private data of people: their own, or of those they name.
pub fn is_private(catalog: &Catalog, register: usize) -> bool {
    let declared = &catalog.registers[register];
    let named = || people_registers(catalog).iter().any(|people| !catalog.belonging.ways(register, *people).is_empty());
    declared.fields.iter().any(|field| field.is_personal()) && named()
}

/// The people a record is about: itself, and whom its own fields name.
pub fn subjects(catalog: &Catalog, register: usize, record: &Record) -> BTreeSet<Subject> {
    let mut found = BTreeSet::new();
    for people in people_registers(catalog) {
        for way in catalog.belonging.ways(register, people) {
            let ids: &[RecordId] = match way {
                Way::Itself => &[record.id],
                Way::Column(Column::Field(field)) | Way::Members(field) => record.values[*field].ref_ids(),
                Way::Column(Column::Copied(_)) | Way::Through { .. } => &[],
            };
            found.extend(ids.iter().map(|id| (people, *id)));
        }
    }
    found
}

/// Those among some people who are minors on a day.
pub fn minors(reader: &mut Reader, subjects: &BTreeSet<Subject>, on: Date) -> Result<BTreeSet<Subject>, AppError> {
    let catalog = reader.catalog();
    let mut by_register: BTreeMap<usize, Vec<RecordId>> = BTreeMap::new();
    for (register, id) in subjects.iter().filter(|(register, _)| catalog.registers[*register].born.is_some()) {
        by_register.entry(*register).or_default().push(*id);
    }
    let mut found = BTreeSet::new();
    for (register, ids) in by_register {
        let people = reader.find_named(register, &ids)?;
        let declared = &catalog.registers[register];
        found.extend(people.iter().filter(|one| is_minor(declared, one, on)).map(|one| (register, one.id)));
    }
    Ok(found)
}

/// Whether a person of a register that tells dates of birth is a minor on a day. Who is of unknown age is protected
/// like one.
pub fn is_minor(register: &Register, person: &Record, on: Date) -> bool {
    let Some(field) = register.born else { return false };
    let by_number = || {
        let numbers = register.fields.iter().zip(&person.values).filter(|(field, _)| field.kind == Kind::IdNumber);
        numbers.filter_map(|(_, value)| born_by_number(value.as_text()?)).next()
    };
    let born = person.values.get(field).and_then(Value::as_date).or_else(by_number);
    born.is_none_or(|born| (on.year(), on.month(), on.day()) < (born.year() + OF_AGE, born.month(), born.day()))
}

/// The date of birth that an identity number of 18 digits holds.
fn born_by_number(number: &str) -> Option<Date> {
    let digits = number.get(6..14).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
    Date::new(digits[..4].parse().ok()?, digits[4..6].parse().ok()?, digits[6..].parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::born_by_number;
    use jc_base::Date;

    #[test]
    fn a_number_tells_the_day_of_birth() {
        assert_eq!(born_by_number("99010120080315001X"), Date::new(2008, 3, 15));
        assert_eq!(born_by_number("990101200813150019"), None);
        assert_eq!(born_by_number("99010"), None);
    }
}
