//! Finding the records that an import's texts name: by key, or by label within its narrowing field.

use jc_base::{RecordId, Value};
use jc_catalog::Catalog;
use jc_catalog::kinds::Kind;
use jc_intake::resolve::{Resolution, Resolver};
use jc_store::{Reader, StoreError};
use std::collections::HashMap;

/// The records of each referenced register by the texts that name them: read once, for the whole import.
pub struct References {
    registers: HashMap<usize, Known>,
}

#[derive(Default)]
struct Known {
    by_key: HashMap<String, RecordId>,
    by_label: HashMap<String, Vec<(RecordId, Option<RecordId>)>>,
    /// The labels of the records that narrow, such as classes.
    within: HashMap<String, Vec<RecordId>>,
}

impl References {
    /// Reads what the references of a register can name.
    pub fn load(reader: &mut Reader, register: usize) -> Result<Self, StoreError> {
        let catalog = reader.catalog();
        let mut registers = HashMap::new();
        for field in &catalog.registers[register].fields {
            if let Kind::Ref(target) | Kind::Refs(target) = field.kind
                && let std::collections::hash_map::Entry::Vacant(entry) = registers.entry(target)
            {
                entry.insert(Known::load(reader, catalog, target)?);
            }
        }
        Ok(Self { registers })
    }

    /// Makes known a record that this import has just made, for rows below that refer to it.
    pub fn learn(&mut self, catalog: &Catalog, register: usize, id: RecordId, values: &[Value]) {
        if let Some(known) = self.registers.get_mut(&register) {
            let declared = &catalog.registers[register];
            let of = |fields: &[usize]| fields.iter().map(|f| values[*f].clone()).collect::<Vec<_>>();
            let within = declared.within.and_then(|f| values[f].as_ref_id());
            known.add(id, &of(&declared.key), &of(&declared.label), within);
        }
    }
}

impl Known {
    fn load(reader: &mut Reader, catalog: &Catalog, register: usize) -> Result<Self, StoreError> {
        let declared = &catalog.registers[register];
        let stored = |ix: &usize| !matches!(declared.fields[*ix].kind, Kind::Refs(_));
        let key: Vec<usize> = declared.key.iter().copied().filter(stored).collect();
        let label: Vec<usize> = declared.label.iter().copied().filter(stored).collect();
        let fields: Vec<usize> = key.iter().chain(&label).chain(declared.within.iter()).copied().collect();
        let mut known = Known::default();
        for (id, values) in reader.all_values(register, &fields)? {
            let within = declared.within.and_then(|_| values.last()).and_then(Value::as_ref_id);
            let (keys, rest) = values.split_at(key.len());
            known.add(id, keys, &rest[..label.len()], within);
        }
        if let Some(within) = declared.within
            && let Kind::Ref(target) = declared.fields[within].kind
        {
            let names: Vec<usize> = catalog.registers[target].label.iter().chain(&catalog.registers[target].key).copied().collect();
            for (id, values) in reader.all_values(target, &names)? {
                for text in values.iter().filter_map(Value::as_text) {
                    known.within.entry(text.to_owned()).or_default().push(id);
                }
            }
        }
        Ok(known)
    }

    fn add(&mut self, id: RecordId, key: &[Value], label: &[Value], within: Option<RecordId>) {
        if let [Value::Text(key)] = key {
            self.by_key.insert(key.clone(), id);
        } else if key.len() > 1 {
            // A key of several parts is written with spaces or dashes between them; the last part often stands alone.
            let parts: Vec<&str> = key.iter().filter_map(Value::as_text).collect();
            if parts.len() == key.len() {
                self.by_key.insert(parts.join(" "), id);
                self.by_key.insert(parts.join("-"), id);
                if let Some(last) = parts.last() {
                    self.by_label.entry((*last).to_owned()).or_default().push((id, within));
                }
            }
        }
        for text in label.iter().filter_map(Value::as_text) {
            let entry = self.by_label.entry(text.to_owned()).or_default();
            if entry.iter().all(|(other, _)| *other != id) {
                entry.push((id, within));
            }
        }
    }

    fn find(&self, text: &str, within: Option<&str>) -> Resolution {
        if let Some(id) = self.by_key.get(text) {
            return Resolution::Found(*id);
        }
        let mut found: Vec<RecordId> = match self.by_label.get(text) {
            None => return Resolution::Unknown { near: self.near(text) },
            Some(candidates) => {
                let narrowed = within.and_then(|w| self.within.get(w));
                candidates
                    .iter()
                    .filter(|(_, own)| narrowed.is_none_or(|ids| own.is_some_and(|own| ids.contains(&own))))
                    .map(|(id, _)| *id)
                    .collect()
            }
        };
        match (found.pop(), found.len()) {
            (Some(id), 0) => Resolution::Found(id),
            (Some(_), more) => Resolution::Several(more + 1),
            (None, _) => Resolution::Unknown { near: None },
        }
    }

    fn near(&self, text: &str) -> Option<String> {
        // Comparing with very many names is slow and seldom right.
        if self.by_label.len() > 20_000 {
            return None;
        }
        jc_text::similar::nearest(text, self.by_label.keys().map(String::as_str)).map(str::to_owned)
    }
}

impl Resolver for References {
    fn resolve(&mut self, register: usize, text: &str, within: Option<&str>) -> Resolution {
        match self.registers.get(&register) {
            Some(known) => known.find(text, within),
            None => Resolution::Unknown { near: None },
        }
    }
}
