//! How records are called: the label fields, through references where they are one.

use jc_base::{Lang, RecordId, Value};
use jc_catalog::Catalog;
use jc_catalog::kinds::Kind;
use jc_store::reach::Extent;
use jc_store::{Reader, Record, StoreError};
use jc_text::fold::is_han;
use jc_text::pinyin::pinyin_into;
use std::collections::{HashMap, HashSet};

/// Labels of records, looked up once each. What a record at hand refers to is called by its name even where it does
/// not lie within reach itself; whether it does, and can be opened, is known too.
#[derive(Default)]
pub struct Labels {
    texts: HashMap<(usize, RecordId), String>,
    closed: HashSet<(usize, RecordId)>,
}

impl Labels {
    /// Looks up the labels of all records that these refer to, and of those they refer to in turn.
    pub fn load<'r>(
        &mut self,
        reader: &mut Reader,
        register: usize,
        records: impl IntoIterator<Item = &'r Record>,
    ) -> Result<(), StoreError> {
        let catalog = reader.catalog();
        let mut wanted: HashMap<usize, Vec<RecordId>> = HashMap::new();
        for record in records {
            let fields = catalog.registers[register].fields.iter().map(|f| &f.kind).zip(&record.values);
            let copies = catalog.registers[register].copies.iter().map(|c| &c.kind).zip(&record.copied);
            for (kind, value) in fields.chain(copies) {
                if let Kind::Ref(target) | Kind::Refs(target) = kind {
                    wanted.entry(*target).or_default().extend(value.ref_ids());
                }
            }
        }
        self.fill(reader, wanted)
    }

    /// Looks up the labels of some records of a register.
    pub fn load_ids(&mut self, reader: &mut Reader, register: usize, ids: &[RecordId]) -> Result<(), StoreError> {
        self.fill(reader, HashMap::from([(register, ids.to_vec())]))
    }

    fn fill(&mut self, reader: &mut Reader, wanted: HashMap<usize, Vec<RecordId>>) -> Result<(), StoreError> {
        let catalog = reader.catalog();
        for (register, mut ids) in wanted {
            ids.sort_unstable();
            ids.dedup();
            ids.retain(|id| !self.texts.contains_key(&(register, *id)));
            if ids.is_empty() {
                continue;
            }
            let records = reader.find_named(register, &ids)?;
            if reader.extent(register) != Extent::All {
                let seen: HashSet<RecordId> =
                    reader.find_many(register, &ids)?.iter().map(|record| record.id).collect();
                self.closed.extend(ids.iter().filter(|id| !seen.contains(id)).map(|id| (register, *id)));
            }
            // A label that is itself a reference (a graduate is called as the student is) needs that one first.
            let through: Vec<usize> = label_references(catalog, register);
            if !through.is_empty() {
                self.load(reader, register, &records)?;
            }
            for record in &records {
                let label = self.label(catalog, register, record, Lang::Zh);
                self.texts.insert((register, record.id), label);
            }
        }
        Ok(())
    }

    /// The label of a record that was looked up; its id's start if it is not there.
    pub fn get(&self, register: usize, id: RecordId) -> String {
        self.texts.get(&(register, id)).cloned().unwrap_or_else(|| id.to_string()[..8].to_owned())
    }

    /// Whether a record that was looked up can be opened by whoever looked.
    pub fn opens(&self, register: usize, id: RecordId) -> bool {
        !self.closed.contains(&(register, id))
    }

    /// Forgets what those are called that cannot be opened.
    pub fn forget_closed(&mut self) {
        let closed = &self.closed;
        self.texts.retain(|key, _| !closed.contains(key));
    }

    /// The label of a record at hand, the labels it refers to having been looked up.
    pub fn label(&self, catalog: &Catalog, register: usize, record: &Record, lang: Lang) -> String {
        let declared = &catalog.registers[register];
        let parts: Vec<String> = declared
            .label
            .iter()
            .map(|field| self.show(catalog, &declared.fields[*field].kind, &record.values[*field], lang))
            .filter(|text| !text.is_empty())
            .collect();
        parts.join(" · ")
    }

    /// A value as a table shows it, references by their labels.
    pub fn show(&self, catalog: &Catalog, kind: &Kind, value: &Value, lang: Lang) -> String {
        match kind {
            Kind::Ref(target) | Kind::Refs(target) => {
                let labels: Vec<String> = value.ref_ids().iter().map(|id| self.get(*target, *id)).collect();
                labels.join("、")
            }
            kind => kind.show(value, lang, &catalog.codes),
        }
    }
}

fn label_references(catalog: &Catalog, register: usize) -> Vec<usize> {
    let declared = &catalog.registers[register];
    declared
        .label
        .iter()
        .copied()
        .filter(|ix| matches!(declared.fields[*ix].kind, Kind::Ref(_) | Kind::Refs(_)))
        .collect()
}

/// The text a record is found by: its label's pinyin (so that sorting by it sorts names), initials, the label
/// itself and its key. Nothing for a register whose label is no text.
pub fn search_text(catalog: &Catalog, register: usize, values: &[Value]) -> Option<String> {
    let declared = &catalog.registers[register];
    if !jc_store::record::searchable(declared) {
        return None;
    }
    let mut label = String::new();
    for field in &declared.label {
        if let Value::Text(text) = &values[*field] {
            label.push_str(text);
        }
    }
    // Latin letters and digits are their own pinyin: they stand once.
    let mut out = String::with_capacity(label.len() * 4 + 24);
    if label.is_ascii() {
        push_lower(&label, &mut out);
    } else {
        let initials = pinyin_into(&label, &mut out);
        out.push(' ');
        out.push_str(&initials);
        out.push(' ');
        push_lower(&label, &mut out);
    }
    for field in declared.key.iter().filter(|field| !declared.label.contains(field)) {
        if let Value::Text(text) = &values[*field] {
            out.push(' ');
            push_lower(text, &mut out);
        }
    }
    Some(out)
}

/// Appends a text in small letters; Chinese characters have none, and most texts are of them or of ASCII.
fn push_lower(text: &str, out: &mut String) {
    if text.is_ascii() {
        let start = out.len();
        out.push_str(text);
        if let Some(own) = out.get_mut(start..) {
            own.make_ascii_lowercase();
        }
    } else if text.chars().all(is_han) {
        out.push_str(text);
    } else {
        out.push_str(&text.to_lowercase());
    }
}
