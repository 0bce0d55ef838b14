//! Finding the records that an import's texts name: by key, or by label within its narrowing field.

use crate::error::AppError;
use crate::person::Viewer;
use jc_base::{RecordId, Value};
use jc_catalog::kinds::Kind;
use jc_catalog::{Catalog, Register};
use jc_intake::resolve::{Resolution, Resolver};
use jc_store::quick::Seeded;
use jc_store::{Reader, StoreError};
use std::borrow::Borrow;
use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap};
use std::hash::{Hash, Hasher};

/// The records of each referenced register by the texts that name them, read once for the whole import: keys at
/// once, labels when a text is no key.
pub struct References<'a> {
    viewer: &'a Viewer<'a>,
    /// The registers whose records the register at hand refers to.
    targets: BTreeSet<usize>,
    registers: HashMap<usize, Known>,
}

/// Keys that one import read or made, for the next one.
#[derive(Default)]
pub struct KnownKeys(HashMap<usize, Known>);

/// What a record is found by.
pub struct Named {
    key: Vec<Value>,
    /// Its label and the record that narrows it, where this import may ask for them.
    label: Option<(Vec<Value>, Option<RecordId>)>,
}

/// A text that names a record. A short one, as most numbers are, stands in its place of the map itself and is compared
/// without being looked for elsewhere.
enum Name {
    Short([u8; MOST_SHORT], u8),
    Long(String),
}

const MOST_SHORT: usize = 22;

impl Name {
    fn bytes(&self) -> &[u8] {
        match self {
            Name::Short(bytes, length) => &bytes[..usize::from(*length)],
            Name::Long(text) => text.as_bytes(),
        }
    }
}

impl From<String> for Name {
    fn from(text: String) -> Self {
        let mut short = [0; MOST_SHORT];
        match short.get_mut(..text.len()) {
            Some(place) => {
                place.copy_from_slice(text.as_bytes());
                Name::Short(short, text.len() as u8)
            }
            None => Name::Long(text),
        }
    }
}

impl PartialEq for Name {
    fn eq(&self, other: &Self) -> bool {
        self.bytes() == other.bytes()
    }
}

impl Eq for Name {}

impl Hash for Name {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.bytes().hash(state);
    }
}

impl Borrow<[u8]> for Name {
    fn borrow(&self) -> &[u8] {
        self.bytes()
    }
}

#[derive(Default)]
struct Known {
    /// Whether labels could look like the text of a number.
    people: bool,
    /// Whether keys are codes in capitals, which people also type small.
    capitals: bool,
    by_key: HashMap<Name, RecordId, Seeded>,
    labels: Option<Labels>,
}

#[derive(Default)]
struct Labels {
    by_label: HashMap<String, Vec<(RecordId, Option<RecordId>)>>,
    /// The labels of the records that narrow, such as classes.
    within: HashMap<String, Vec<RecordId>>,
}

impl<'a> References<'a> {
    /// Reads the keys that the references of a register can name, but for those that are known.
    pub fn load(
        viewer: &'a Viewer<'a>,
        reader: &mut Reader,
        register: usize,
        known: KnownKeys,
    ) -> Result<Self, StoreError> {
        let catalog = reader.catalog();
        let (mut registers, mut targets) = (known.0, BTreeSet::new());
        for field in &catalog.registers[register].fields {
            let (Kind::Ref(target) | Kind::Refs(target)) = field.kind else { continue };
            targets.insert(target);
            if let Entry::Vacant(entry) = registers.entry(target) {
                entry.insert(Known::load(reader, catalog, target)?);
            }
        }
        Ok(Self { viewer, targets, registers })
    }

    /// Begins to learn the keys of a register that has no records yet, for the imports that follow.
    pub fn learn_keys(&mut self, register: usize) {
        let all = &self.viewer.catalog().registers;
        let refers = |kind: &Kind| matches!(kind, Kind::Ref(target) | Kind::Refs(target) if *target == register);
        if !all.iter().flat_map(|other| &other.fields).any(|field| refers(&field.kind)) {
            return;
        }
        let declared = &all[register];
        self.registers.entry(register).or_insert_with(|| Known::new(declared));
    }

    /// The keys, for the import that follows; it reads labels again.
    pub fn into_keys(mut self) -> KnownKeys {
        self.registers.values_mut().for_each(|known| known.labels = None);
        KnownKeys(self.registers)
    }

    /// What a record about to be made will be found by; nothing if nobody asks.
    pub fn named(&self, register: usize, values: &[Value]) -> Option<Named> {
        self.registers.get(&register)?;
        let declared = &self.viewer.catalog().registers[register];
        let of = |fields: &[usize]| fields.iter().map(|f| values[*f].clone()).collect::<Vec<_>>();
        let within = || declared.within.and_then(|f| values[f].as_ref_id());
        let label = self.targets.contains(&register).then(|| (of(&declared.label), within()));
        Some(Named { key: of(&declared.key), label })
    }

    /// Makes known a record that this import has just made, for rows below that refer to it.
    pub fn learn(&mut self, register: usize, id: RecordId, named: Named) {
        let viewer = self.viewer;
        let Some(known) = self.registers.get_mut(&register) else { return };
        if let Some((label, within)) = named.label {
            let labels = known.labels.get_or_insert_with(|| Labels::load(viewer, register).unwrap_or_default());
            labels.add(id, &named.key, &label, within);
        }
        known.add_key(id, named.key);
    }
}

/// The fields of a key or label that stand in the register's own table.
fn stored(declared: &Register, fields: &[usize]) -> Vec<usize> {
    fields.iter().copied().filter(|ix| !matches!(declared.fields[*ix].kind, Kind::Refs(_))).collect()
}

/// A record's text as cells are asked for it, where that differs: the intake folds full-width signs, so that
/// 「篮球赛（男子）」 is found by either kind of brackets.
fn folded(text: &str) -> Option<String> {
    if text.is_ascii() {
        return None;
    }
    Some(jc_text::fold::plain(text)).filter(|plain| plain != text)
}

impl Known {
    fn new(declared: &Register) -> Self {
        let people = declared.label.iter().all(|ix| declared.fields[*ix].kind == Kind::PersonName);
        let capitals = matches!(declared.key[..], [key] if declared.fields[key].kind == Kind::OrgCode);
        Self { people, capitals, ..Self::default() }
    }

    fn load(reader: &mut Reader, catalog: &Catalog, register: usize) -> Result<Self, StoreError> {
        let declared = &catalog.registers[register];
        let mut known = Self::new(declared);
        let keys = reader.all_values(register, &stored(declared, &declared.key))?;
        known.by_key.reserve(keys.len());
        for (id, key) in keys {
            known.add_key(id, key);
        }
        Ok(known)
    }

    fn add_key(&mut self, id: RecordId, mut key: Vec<Value>) {
        if key.len() == 1 {
            if let Some(Value::Text(text)) = key.pop() {
                self.call(text, id);
            }
            return;
        }
        // A key of several parts is written with spaces or dashes between them.
        let parts: Vec<&str> = key.iter().filter_map(Value::as_text).collect();
        if parts.len() == key.len() {
            self.call(parts.join(" "), id);
            self.call(parts.join("-"), id);
        }
    }

    fn call(&mut self, text: String, id: RecordId) {
        if let Some(folded) = folded(&text) {
            self.by_key.entry(folded.into()).or_insert(id);
        }
        self.by_key.insert(text.into(), id);
    }

    fn find(&mut self, viewer: &Viewer, register: usize, text: &str, within: Option<&str>) -> Resolution {
        if let Some(id) = self.by_key.get(text.as_bytes()) {
            return Resolution::Found(*id);
        }
        if self.capitals
            && let Some(id) = self.by_key.get(text.to_ascii_uppercase().as_bytes())
        {
            return Resolution::Found(*id);
        }
        // A number is nobody's name.
        if self.people && text.bytes().all(|b| b.is_ascii_digit()) {
            return Resolution::Unknown { near: None };
        }
        self.labels.get_or_insert_with(|| Labels::load(viewer, register).unwrap_or_default()).find(text, within)
    }
}

impl Labels {
    /// Reads the labels of a register, on a connection of its own: what this import makes is learnt as it goes.
    fn load(viewer: &Viewer, register: usize) -> Result<Self, AppError> {
        viewer.read(|reader| {
            let catalog = reader.catalog();
            let declared = &catalog.registers[register];
            let (key, label) = (stored(declared, &declared.key), stored(declared, &declared.label));
            let fields: Vec<usize> = key.iter().chain(&label).chain(declared.within.iter()).copied().collect();
            let mut labels = Labels::default();
            for (id, values) in reader.all_values(register, &fields)? {
                let within = declared.within.and_then(|_| values.last()).and_then(Value::as_ref_id);
                let (keys, rest) = values.split_at(key.len());
                labels.add(id, keys, &rest[..label.len()], within);
            }
            if let Some(within) = declared.within
                && let Kind::Ref(target) = declared.fields[within].kind
            {
                let narrowing = &catalog.registers[target];
                let names: Vec<usize> =
                    stored(narrowing, &narrowing.label).into_iter().chain(stored(narrowing, &narrowing.key)).collect();
                for (id, values) in reader.all_values(target, &names)? {
                    for text in values.iter().filter_map(Value::as_text) {
                        for text in std::iter::once(text.to_owned()).chain(folded(text)) {
                            labels.within.entry(text).or_default().push(id);
                        }
                    }
                }
            }
            Ok(labels)
        })
    }

    fn add(&mut self, id: RecordId, key: &[Value], label: &[Value], within: Option<RecordId>) {
        // The last part of a key of several often stands alone.
        let alone = if key.len() > 1 { key.last().and_then(Value::as_text) } else { None };
        for text in alone.into_iter().chain(label.iter().filter_map(Value::as_text)) {
            for text in std::iter::once(text.to_owned()).chain(folded(text)) {
                let entry = self.by_label.entry(text).or_default();
                if entry.iter().all(|(other, _)| *other != id) {
                    entry.push((id, within));
                }
            }
        }
    }

    fn find(&self, text: &str, within: Option<&str>) -> Resolution {
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

impl Resolver for References<'_> {
    fn resolve(&mut self, register: usize, text: &str, within: Option<&str>) -> Resolution {
        match self.registers.get_mut(&register) {
            Some(known) => known.find(self.viewer, register, text, within),
            None => Resolution::Unknown { near: None },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST_SHORT, Name};
    use jc_store::quick::Seeded;
    use std::collections::HashMap;

    #[test]
    fn texts_are_found_whether_they_are_short_or_long() {
        let texts = ["".into(), "0".into(), "a".repeat(MOST_SHORT), "a".repeat(MOST_SHORT + 1), "学号".repeat(9)];
        let known: HashMap<Name, usize, Seeded> =
            (0..).zip(&texts).map(|(at, text)| (text.clone().into(), at)).collect();
        for (at, text) in texts.iter().enumerate() {
            assert_eq!(known.get(text.as_bytes()), Some(&at), "{text}");
        }
        assert_eq!(known.get("\0".as_bytes()), None, "what fills a short one up is no part of it");
    }
}
