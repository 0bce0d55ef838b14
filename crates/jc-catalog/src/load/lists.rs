//! Units, offices and code lists: what registers refer to and that refers to nothing itself.

use super::raw::{RawCode, RawCodes, RawFile, RawSource, RawTop};
use super::reader::Faults;
use super::source::Text;
use crate::faults;
use crate::kinds::Lookup;
use crate::model::{Code, CodeList, DataClass, Office, Source, UnitDef, Units};
use jc_base::{CodeListId, UnitId};
use std::collections::HashMap;

/// What was declared outside registers.
pub(super) struct Lists {
    pub codes: Vec<CodeList>,
    pub units: Units,
    pub offices: Vec<Office>,
    pub data_classes: Vec<DataClass>,
}

impl Lists {
    /// The unit of an id, or the fault that names the nearest.
    pub(super) fn unit(&self, id: &Text, faults: &Faults<'_>) -> Option<UnitId> {
        let found = self.units.units.iter().find(|unit| unit.id.as_str() == id.value);
        if found.is_none() {
            let nearest = jc_text::similar::nearest(&id.value, self.units.units.iter().map(|unit| unit.id.as_str()));
            faults.error(faults::UNKNOWN_UNIT, id.at).with("unit", &id.value).nearest(nearest);
        }
        found.map(|unit| unit.id.clone())
    }

    /// The position of an office.
    pub(super) fn office(&self, id: &Text, faults: &Faults<'_>) -> usize {
        self.offices.iter().position(|office| office.id == id.value).unwrap_or_else(|| {
            let nearest = jc_text::similar::nearest(&id.value, self.offices.iter().map(|office| office.id.as_str()));
            faults.error(faults::UNKNOWN_OFFICE, id.at).with("office", &id.value).nearest(nearest);
            0
        })
    }
}

impl Lists {
    /// The position of a class of personal data.
    pub(super) fn data_class(&self, id: &Text, faults: &Faults<'_>) -> Option<usize> {
        let found = self.data_classes.iter().position(|class| class.id == id.value);
        if found.is_none() {
            let nearest = jc_text::similar::nearest(&id.value, self.data_classes.iter().map(|class| class.id.as_str()));
            faults.error(faults::UNKNOWN_DATA_CLASS, id.at).with("class", &id.value).nearest(nearest);
        }
        found
    }
}

/// The longest id that still leaves room for what tables and columns put around it.
const LONGEST_ID: usize = 50;

/// Whether an id is made of small letters, digits and `joint`, begins with a letter and is short enough.
pub(super) fn check_id(id: &Text, joint: char, faults: &Faults<'_>) -> bool {
    let parts_fit = id
        .value
        .split(joint)
        .all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()));
    if !parts_fit || !id.value.starts_with(|c: char| c.is_ascii_lowercase()) {
        faults.error(faults::ID_FORM, id.at).with("id", &id.value).with("joint", joint);
        return false;
    }
    if id.value.len() > LONGEST_ID {
        faults.error(faults::ID_LONG, id.at).with("id", &id.value).with("most", LONGEST_ID);
        return false;
    }
    true
}

/// Tells each id that was declared before, with the place of the first.
pub(super) fn check_twice<'a>(ids: impl IntoIterator<Item = &'a Text>, faults: &Faults<'_>) {
    let mut seen: HashMap<&str, &Text> = HashMap::new();
    for id in ids {
        if let Some(first) = seen.get(id.value.as_str()) {
            faults.error(faults::ID_TWICE, id.at).with("id", &id.value).also(first.at);
        } else {
            seen.insert(&id.value, id);
        }
    }
}

pub(super) fn resolve(raw: &[RawFile], faults: &Faults<'_>) -> Lists {
    let tops: Vec<&RawTop> =
        raw.iter().filter_map(|file| if let RawFile::Top(top) = file { Some(top) } else { None }).collect();
    let raw_units = || tops.iter().flat_map(|top| &top.units);
    let raw_offices = || tops.iter().flat_map(|top| &top.offices);
    check_twice(raw_units().map(|unit| &unit.id), faults);
    check_twice(raw_offices().map(|(id, _)| id), faults);

    let units = raw_units()
        .filter(|unit| check_id(&unit.id, '-', faults))
        .map(|unit| UnitDef {
            id: UnitId::from(unit.id.value.as_str()),
            name: unit.name.clone(),
            words: values(&unit.words),
        })
        .collect();
    let mut offices: Vec<Office> = raw_offices()
        .filter(|(id, _)| check_id(id, '-', faults))
        .map(|(id, name)| Office { id: id.value.clone(), name: name.clone() })
        .collect();
    offices.sort_by(|a, b| a.id.cmp(&b.id));

    let mut raw_lists: Vec<&RawCodes> =
        raw.iter().filter_map(|file| if let RawFile::Codes(codes) = file { Some(codes) } else { None }).collect();
    raw_lists.sort_by(|a, b| a.id.value.cmp(&b.id.value));
    check_twice(raw_lists.iter().map(|list| &list.id), faults);
    let codes = raw_lists.into_iter().map(|list| code_list(list, faults)).collect();

    let raw_classes = || tops.iter().flat_map(|top| &top.data_classes);
    check_twice(raw_classes().map(|class| &class.id), faults);
    let data_classes = raw_classes()
        .filter(|class| check_id(&class.id, '-', faults))
        .map(|class| DataClass {
            id: class.id.value.clone(),
            name: class.name.clone(),
            purpose: class.purpose.clone(),
            years: class.years,
        })
        .collect();

    let mut lists = Lists { codes, units: Units { units, quotients: Vec::new() }, offices, data_classes };
    let mut quotients: Vec<(UnitId, UnitId, UnitId)> = Vec::new();
    for raw in tops.iter().flat_map(|top| &top.quotients) {
        let parts = [&raw.over, &raw.under, &raw.gives].map(|id| lists.unit(id, faults));
        let [Some(over), Some(under), Some(gives)] = parts else { continue };
        if quotients.iter().any(|(o, u, _)| *o == over && *u == under) {
            faults.error(faults::QUOTIENT_TWICE, raw.at).with("over", over).with("under", under);
        } else {
            quotients.push((over, under, gives));
        }
    }
    lists.units.quotients = quotients;
    lists
}

pub(super) fn values(texts: &[Text]) -> Vec<String> {
    texts.iter().map(|text| text.value.clone()).collect()
}

pub(super) fn source(raw: &RawSource) -> Source {
    Source { document: raw.document.clone(), clause: raw.clause.clone(), checked: raw.checked }
}

fn code_list(raw: &RawCodes, faults: &Faults<'_>) -> CodeList {
    check_id(&raw.id, '-', faults);
    if raw.codes.is_empty() {
        faults.error(faults::NO_CODES, raw.id.at).with("list", &raw.id.value);
    }
    check_codes(&raw.codes, faults);
    let codes: Vec<Code> = raw
        .codes
        .iter()
        .map(|code| Code {
            code: code.code.value.clone(),
            name: code.name.clone(),
            aliases: values(&code.aliases),
            from: code.from,
            until: code.until,
        })
        .collect();
    let lookup = Lookup::of(&codes);
    CodeList {
        id: CodeListId::from(raw.id.value.as_str()),
        name: raw.name.clone(),
        source: source(&raw.source),
        ordered: raw.ordered,
        codes,
        path: raw.path.clone(),
        lookup,
    }
}

/// Codes and the words they are written with must each mean one code, unless the codes were in use one after
/// the other.
fn check_codes(codes: &[RawCode], faults: &Faults<'_>) {
    let mut by_code: HashMap<&str, &RawCode> = HashMap::new();
    for code in codes {
        if let (Some(from), Some(until)) = (code.from, code.until)
            && from > until
        {
            let report = faults.error(faults::CODE_DATES, code.code.at).with("code", &code.code.value);
            report.with("from", from).with("until", until);
        }
        match by_code.get(code.code.value.as_str()) {
            Some(first) => {
                faults.error(faults::CODE_TWICE, code.code.at).with("code", &code.code.value).also(first.code.at);
            }
            None => {
                by_code.insert(&code.code.value, code);
            }
        }
    }
    let mut by_word: HashMap<String, &RawCode> = HashMap::new();
    for code in codes {
        let names = Text { value: code.name.zh.clone(), at: code.code.at };
        for word in std::iter::once(&names).chain(&code.aliases).filter(|word| !word.value.is_empty()) {
            let folded = jc_text::fold::plain(&word.value).to_lowercase();
            match by_word.get(&folded) {
                Some(other) if other.code.value != code.code.value && overlap(other, code) => {
                    let report = faults.error(faults::CODE_WORD_TWICE, word.at).with("word", &word.value);
                    report.with("code", &code.code.value).with("other", &other.code.value).also(other.code.at);
                }
                Some(_) => {}
                None => {
                    by_word.insert(folded, code);
                }
            }
        }
    }
}

fn overlap(a: &RawCode, b: &RawCode) -> bool {
    let before = |x: &RawCode, y: &RawCode| matches!((x.until, y.from), (Some(until), Some(from)) if until < from);
    !before(a, b) && !before(b, a)
}
