//! The headings a register understands.

use crate::mapping::{Role, fold_heading, without_brackets};
use jc_base::Names;
use jc_catalog::kinds::Kind;
use jc_catalog::model::{Catalog, Field, Register};
use std::collections::HashMap;

/// What a heading can mean, and how directly it says so: less is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Meaning {
    pub(crate) role: Role,
    pub(crate) rank: u8,
}

/// For a reference: the key of the record it names. For every other field: its name.
const DIRECT: u8 = 0;
/// A reference by its own name: what stands below may be a number or a name.
const REFERENCE: u8 = 1;
/// A heading that is no field's name but belongs to the record a reference names.
const BESIDE: u8 = 2;

/// The headings of one register.
pub(crate) struct Vocabulary {
    words: HashMap<String, Vec<Meaning>>,
    /// Every way to write a heading, for near misses, with what it means.
    near: Vec<(String, Meaning)>,
}

/// A heading without what people write differently: folded once, asked of every register.
pub(crate) struct Folded {
    whole: String,
    bare: String,
}

impl Folded {
    pub(crate) fn new(heading: &str) -> Self {
        let whole = fold_heading(heading);
        Self { bare: without_brackets(&whole), whole }
    }
}

/// How a heading was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Understood {
    /// It says so.
    As(Meaning),
    /// It fits several fields.
    Several(Vec<usize>),
    /// It is one or two slips away from a heading we know.
    Near(Meaning, String),
    /// A running number.
    Running,
    Not,
}

impl Vocabulary {
    pub(crate) fn new(catalog: &Catalog, register: &Register) -> Self {
        let mut it = Self { words: HashMap::new(), near: Vec::new() };
        for (ix, field) in register.fields.iter().enumerate() {
            let target = match field.kind {
                Kind::Ref(target) | Kind::Refs(target) => catalog.registers.get(target),
                _ => None,
            };
            let rank = if target.is_some() { REFERENCE } else { DIRECT };
            for word in words_of(field) {
                it.add(word, Meaning { role: Role::Field(ix), rank });
            }
            it.add(field.id.as_str(), Meaning { role: Role::Field(ix), rank });
            let Some(target) = target else { continue };
            // 「学号」 alone means the one student a record is about, not the members of its team.
            let alone = is_principal(register, ix);
            let single_key = if let [key] = target.key.as_slice() { target.fields.get(*key) } else { None };
            if let Some(key) = single_key {
                for word in words_of(key) {
                    if alone {
                        it.add(word, Meaning { role: Role::Field(ix), rank: DIRECT });
                    }
                    it.add(&format!("{}{word}", field.name.zh), Meaning { role: Role::Field(ix), rank: DIRECT });
                }
            }
            for label in target.label.iter().filter_map(|label| target.fields.get(*label)) {
                if single_key.is_some_and(|key| key.id == label.id) {
                    continue;
                }
                for word in words_of(label) {
                    if alone {
                        it.add(word, Meaning { role: Role::Field(ix), rank: BESIDE });
                    }
                    it.add(&format!("{}{word}", field.name.zh), Meaning { role: Role::Field(ix), rank: REFERENCE });
                }
            }
            if let Some(within) = target.within.and_then(|within| target.fields.get(within)) {
                for word in words_of(within) {
                    if alone {
                        it.add(word, Meaning { role: Role::Narrows(ix), rank: BESIDE });
                    }
                    it.add(&format!("{}{word}", field.name.zh), Meaning { role: Role::Narrows(ix), rank: DIRECT });
                }
            }
        }
        it
    }

    fn add(&mut self, word: &str, meaning: Meaning) {
        let folded = fold_heading(word);
        let bare = without_brackets(&folded);
        for (form, also) in [(&folded, true), (&bare, bare != folded)] {
            if form.is_empty() || !also {
                continue;
            }
            let meanings = self.words.entry(form.clone()).or_default();
            match meanings.iter_mut().find(|known| known.role == meaning.role) {
                Some(known) => known.rank = known.rank.min(meaning.rank),
                None => meanings.push(meaning),
            }
        }
        self.near.push((bare, meaning));
    }

    /// What a heading says by itself: no guess.
    pub(crate) fn exactly(&self, heading: &Folded) -> Option<Understood> {
        let meanings = match self.words.get(&heading.whole) {
            Some(meanings) => meanings,
            None => self.words.get(&heading.bare)?,
        };
        let best = meanings.iter().map(|meaning| meaning.rank).min()?;
        let mut those = meanings.iter().filter(|meaning| meaning.rank == best);
        let first = those.next()?;
        let others: Vec<usize> = those.filter_map(|meaning| field_of(meaning.role)).collect();
        if others.is_empty() {
            return Some(Understood::As(*first));
        }
        Some(Understood::Several(field_of(first.role).into_iter().chain(others).collect()))
    }

    /// What a heading says, or seems to say.
    pub(crate) fn understand(&self, heading: &Folded) -> Understood {
        if let Some(understood) = self.exactly(heading) {
            return understood;
        }
        let bare = heading.bare.as_str();
        if matches!(bare, "序号" | "序" | "行号" | "no" | "no." | "nr" | "nr." | "#" | "lfd.nr." | "lfdnr") {
            return Understood::Running;
        }
        let nearest = jc_text::similar::nearest(bare, self.near.iter().map(|(word, _)| word.as_str()));
        match nearest.and_then(|nearest| self.near.iter().find(|(word, _)| word == nearest)) {
            Some((word, meaning)) if !word.is_empty() => Understood::Near(*meaning, word.clone()),
            _ => Understood::Not,
        }
    }
}

/// Whether, of the fields that refer to the same register, this is the one a heading of that register's means: the
/// one in the key, else the only one that names a single record, else the only required one, else all of them.
fn is_principal(register: &Register, ix: usize) -> bool {
    let target = |ix: usize| match register.fields.get(ix).map(|field| &field.kind) {
        Some(Kind::Ref(target)) => Some((*target, true)),
        Some(Kind::Refs(target)) => Some((*target, false)),
        _ => None,
    };
    let Some((to, _)) = target(ix) else { return false };
    let rivals: Vec<usize> =
        (0..register.fields.len()).filter(|other| target(*other).is_some_and(|(other, _)| other == to)).collect();
    let rules: [&dyn Fn(usize) -> bool; 3] =
        [&|at| register.key.contains(&at), &|at| target(at).is_some_and(|(_, single)| single), &|at| {
            register.fields.get(at).is_some_and(|field| field.required)
        }];
    for rule in rules {
        let mut those = rivals.iter().copied().filter(|at| rule(*at));
        if let (Some(only), None) = (those.next(), those.next()) {
            return only == ix;
        }
    }
    true
}

/// The field a role is about.
pub(crate) fn field_of(role: Role) -> Option<usize> {
    match role {
        Role::Field(ix) | Role::Narrows(ix) | Role::Describes(ix) => Some(ix),
        Role::Ignored | Role::Unknown => None,
    }
}

fn words_of(field: &Field) -> impl Iterator<Item = &str> {
    let Names { zh, en, de } = &field.name;
    [zh, en, de].into_iter().chain(&field.aliases).map(String::as_str).filter(|word| !word.is_empty())
}
