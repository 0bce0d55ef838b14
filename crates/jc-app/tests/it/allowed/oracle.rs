//! What each role may do, read from the catalog's files as plain TOML: shares nothing with the program that checks.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use toml::{Table, Value};

/// A role as its file says.
pub struct Role {
    pub id: String,
    pub scope: String,
    pub may: BTreeSet<String>,
    pub also: BTreeSet<String>,
}

impl Role {
    pub fn may(&self, operation: &str) -> bool {
        self.may.contains(operation)
    }

    /// Whether an account with it names an office.
    pub fn of_office(&self) -> bool {
        self.scope == "office" || self.may("keep-records") || self.may("verify-records")
    }
}

/// A register as its file says.
pub struct Register {
    pub kept_by: String,
    pub verified_by: String,
    /// The roles it is open to, each for what names the person.
    pub open_to: BTreeSet<String>,
    /// Fields that refer: id, target, whether to several.
    refs: Vec<(String, String, bool)>,
    slices: Vec<String>,
    /// Whether a field is about a person, or a name.
    pub personal: bool,
}

/// The catalog as its files say.
pub struct Oracle {
    pub roles: Vec<Role>,
    pub registers: BTreeMap<String, Register>,
}

fn read(path: &Path) -> Table {
    let text = std::fs::read_to_string(path).expect("a catalog file");
    text.parse().unwrap_or_else(|fault| panic!("{}: {fault}", path.display()))
}

fn text(table: &Table, key: &str) -> String {
    table.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn texts(table: &Table, key: &str) -> BTreeSet<String> {
    let list = table.get(key).and_then(Value::as_array);
    list.into_iter().flatten().filter_map(|v| v.as_str().map(str::to_owned)).collect()
}

fn tables<'t>(table: &'t Table, key: &str) -> Vec<&'t Table> {
    table.get(key).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_table).collect()
}

impl Oracle {
    pub fn read() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalog");
        let role = |table: &Table| Role {
            id: text(table, "id"),
            scope: text(table, "scope"),
            may: texts(table, "may"),
            also: texts(table, "also"),
        };
        let roles = tables(&read(&root.join("roles.toml")), "role").into_iter().map(role).collect();
        let mut registers = BTreeMap::new();
        for area in ["base", "party", "teaching", "training", "wellbeing", "international", "faculty"] {
            for file in std::fs::read_dir(root.join(area)).into_iter().flatten().flatten() {
                let table = read(&file.path());
                let Some(head) = table.get("register").and_then(Value::as_table) else { continue };
                registers.insert(text(head, "id"), register(head, &tables(&table, "field")));
            }
        }
        Self { roles, registers }
    }

    /// Whether something tells to which record of `anchor` a record of `register` belongs.
    pub fn reaches(&self, register: &str, anchor: &str) -> bool {
        let of_people = matches!(anchor, "student" | "staff");
        let own = self.tells(register, anchor, !of_people);
        let people = || {
            let named = self.registers[register].refs.iter().map(|(_, target, _)| target.as_str());
            named.filter(|t| matches!(*t, "student" | "staff")).any(|person| self.tells(person, anchor, true))
        };
        own || (!of_people && people())
    }

    fn tells(&self, register: &str, anchor: &str, by_slices: bool) -> bool {
        let Some(declared) = self.registers.get(register) else { return false };
        register == anchor
            || declared.refs.iter().any(|(_, target, _)| target == anchor)
            || (by_slices && declared.slices.iter().any(|path| self.end(register, path).as_deref() == Some(anchor)))
    }

    /// The register a path of references ends at.
    fn end(&self, register: &str, path: &str) -> Option<String> {
        let mut at = register.to_owned();
        for step in path.split('.') {
            let refs = &self.registers.get(&at)?.refs;
            at = refs.iter().find(|(id, _, several)| id == step && !several)?.1.clone();
        }
        Some(at)
    }

    /// What an office keeps or verifies, and what that refers to in turn.
    pub fn of_office(&self, office: &str) -> BTreeSet<String> {
        let own = self.registers.iter().filter(|(_, r)| r.kept_by == office || r.verified_by == office);
        let mut seen: BTreeSet<String> = own.map(|(id, _)| id.clone()).collect();
        loop {
            let more: BTreeSet<String> =
                seen.iter().flat_map(|id| &self.registers[id].refs).map(|(_, target, _)| target.clone()).collect();
            let before = seen.len();
            seen.extend(more);
            if seen.len() == before {
                return seen;
            }
        }
    }

    /// Whether lists of a register tell of persons, itself or by whom it refers to.
    pub fn personal(&self, register: &str) -> bool {
        let declared = &self.registers[register];
        declared.personal || declared.refs.iter().any(|(_, target, _)| self.registers[target].personal)
    }
}

fn register(head: &Table, fields: &[&Table]) -> Register {
    let refs = fields.iter().filter_map(|field| {
        let kind = text(field, "type");
        let (word, target) = kind.split_once(':')?;
        matches!(word, "ref" | "refs").then(|| (text(field, "id"), target.to_owned(), word == "refs"))
    });
    let path = |value: &Value| match value {
        Value::String(path) => path.clone(),
        Value::Table(table) => text(table, "column"),
        _ => String::new(),
    };
    let slices = head.get("slices").and_then(Value::as_table);
    let about_people = |field: &&Table| {
        let kind = text(field, "type");
        matches!(text(field, "privacy").as_str(), "personal" | "sensitive")
            || kind == "person-name"
            || kind == "id-number"
    };
    Register {
        kept_by: text(head, "kept_by"),
        verified_by: text(head, "verified_by"),
        open_to: head.get("own").and_then(Value::as_table).map(|own| texts(own, "roles")).unwrap_or_default(),
        refs: refs.collect(),
        slices: slices.into_iter().flat_map(|s| s.values().map(path)).collect(),
        personal: fields.iter().any(about_people),
    }
}
