//! Members that should belong somewhere: the students of a visit to the class it names.

use crate::error::AppError;
use jc_base::{Finding, Place, RecordId, Value};
use jc_catalog::kinds::Kind;
use jc_catalog::{Catalog, Register};
use jc_store::{Reader, StoreError};
use std::collections::HashMap;

/// Where the members of a register's fields belong, read once for many records.
pub struct Belongings {
    /// By the register referred to: the record that narrows each of its records.
    of: HashMap<usize, HashMap<RecordId, RecordId>>,
}

impl Belongings {
    /// Reads what the `within` of a register's fields needs; nothing is read for a register that has none.
    pub fn load(reader: &mut Reader, catalog: &Catalog, register: &Register) -> Result<Self, StoreError> {
        let mut of = HashMap::new();
        for (target, narrowing) in targets(catalog, register) {
            let known = reader.all_values(target, &[narrowing])?;
            let known = known.into_iter().filter_map(|(id, values)| Some((id, values.first()?.as_ref_id()?)));
            of.insert(target, known.collect());
        }
        Ok(Self { of })
    }

    /// Reads the same for the members of one record alone.
    pub fn of_one(
        reader: &mut Reader,
        catalog: &Catalog,
        register: &Register,
        values: &[Value],
    ) -> Result<Self, AppError> {
        let mut of = HashMap::new();
        for (target, narrowing) in targets(catalog, register) {
            let ids: Vec<RecordId> = register
                .fields
                .iter()
                .zip(values)
                .filter(|(field, _)| field.within.is_some() && refers_to(&field.kind) == Some(target))
                .flat_map(|(_, value)| value.ref_ids().to_vec())
                .collect();
            let known = reader.find_many(target, &ids)?;
            let known = known.into_iter().filter_map(|r| Some((r.id, r.values.get(narrowing)?.as_ref_id()?)));
            of.insert(target, known.collect());
        }
        Ok(Self { of })
    }

    /// A warning for each field with members that belong elsewhere. Who belongs nowhere yet is passed over.
    pub fn check(
        &self,
        register: &Register,
        values: &[Value],
        lang: jc_base::Lang,
        place: &dyn Fn(Option<usize>) -> Place,
        findings: &mut Vec<Finding>,
    ) {
        for (ix, field) in register.fields.iter().enumerate() {
            let Some(within) = field.within else { continue };
            let (Some(named), Some(target)) = (values.get(within).and_then(Value::as_ref_id), refers_to(&field.kind))
            else {
                continue;
            };
            let known = self.of.get(&target);
            let members = values.get(ix).map_or(&[][..], Value::ref_ids);
            let elsewhere =
                members.iter().filter(|id| known.and_then(|k| k.get(*id)).is_some_and(|own| *own != named)).count();
            if elsewhere > 0 {
                let finding = Finding::warning("APP-030", place(Some(ix))).with("field", field.name.get(lang));
                let within = register.fields[within].name.get(lang);
                findings.push(finding.with("within", within).with("count", elsewhere));
            }
        }
    }
}

/// The registers whose records must belong somewhere, each with the field that says where.
fn targets(catalog: &Catalog, register: &Register) -> Vec<(usize, usize)> {
    let narrowing = |target: usize| catalog.registers[target].within.map(|field| (target, field));
    let fields = register.fields.iter().filter(|field| field.within.is_some());
    fields.filter_map(|field| narrowing(refers_to(&field.kind)?)).collect()
}

fn refers_to(kind: &Kind) -> Option<usize> {
    match kind {
        Kind::Ref(target) | Kind::Refs(target) => Some(*target),
        _ => None,
    }
}
