//! The words texts are read with: what the catalog declares and what the school calls its parts.

use jc_base::{Lang, RecordId};
use jc_catalog::kinds::Kind;
use jc_catalog::model::CodeList;
use jc_catalog::{Area, Catalog, Column, Counting, Formula, Indicator, Register};
use jc_claims::document::Level;
use jc_claims::lexicon::{EntryKind, Filter, LexEntry, Lexicon};
use std::collections::{BTreeSet, HashMap};

/// What the school calls its departments, majors and classes: by register, each record's name.
pub type Called = HashMap<usize, Vec<(RecordId, String)>>;

/// The registers whose records slice others and are called by a name: what [`lexicon`] wants called.
pub fn wanted(catalog: &Catalog) -> BTreeSet<usize> {
    let slices = catalog.registers.iter().flat_map(|r| r.slices.iter().map(|s| r.column_kind(s.column)));
    let targets = slices.filter_map(|kind| if let Kind::Ref(target) = kind { Some(*target) } else { None });
    targets.filter(|target| named_by(&catalog.registers[*target]).is_some()).collect()
}

/// The one field by which the records of a register are called, if it is a text and no person's name.
pub fn named_by(register: &Register) -> Option<usize> {
    match register.label.as_slice() {
        [field] if matches!(register.fields[*field].kind, Kind::Text) => Some(*field),
        _ => None,
    }
}

/// The words of a catalog and of a school, as the claim reader wants them.
pub fn lexicon(catalog: &Catalog, called: &Called, own_name: &str) -> Lexicon {
    let mut lexicon = Lexicon::default();
    // 某某学院（示例）: what stands in brackets is no part of the name.
    let own = own_name.split(['（', '(']).next().unwrap_or_default().trim();
    lexicon.own_names.extend(Some(own.to_owned()).filter(|own| !own.is_empty()));
    lexicon
        .parts
        .extend(called.values().flatten().map(|(_, name)| name.clone()).filter(|name| name.chars().count() > 1));
    for register in &catalog.registers {
        let mut filters: Vec<(Column, Filter)> = Vec::new();
        for slice in &register.slices {
            let mut add = |word: &str, value: String| {
                filters.push((slice.column, Filter { field: slice.id.clone(), word: word.to_owned(), value }));
            };
            match register.column_kind(slice.column) {
                Kind::Code(list) => catalog
                    .code_list(list.as_str())
                    .into_iter()
                    .flat_map(|list| &list.codes)
                    .for_each(|code| add(&code.name.zh, code.code.clone())),
                Kind::Ref(target) => called
                    .get(target)
                    .into_iter()
                    .flatten()
                    .filter(|(_, name)| name.chars().count() > 1)
                    .for_each(|(id, name)| add(name, id.to_string())),
                _ => {}
            }
        }
        for indicator in register.indicators.iter().filter(|i| !i.words.is_empty()) {
            let unit = catalog.units.units.iter().find(|u| u.id == indicator.unit);
            let kind = match (indicator.formula, indicator.unit.as_str()) {
                (Formula::Growth(_), _) => EntryKind::Growth,
                (Formula::Share { .. }, _) => EntryKind::Rate,
                (_, "person-times") => EntryKind::PersonTimes,
                (_, "yuan") => EntryKind::Money,
                (_, "hour" | "day") => EntryKind::Time,
                (_, "place" | "house" | "batch" | "round" | "phase") => EntryKind::Rank,
                (Formula::Quotient { .. }, _) => EntryKind::Amount,
                _ => EntryKind::Count,
            };
            lexicon.entries.push(LexEntry {
                indicator: indicator.id.to_string(),
                words: indicator.words.clone(),
                unit: unit.map_or_else(String::new, |u| u.name.zh.clone()),
                other_units: unit.map_or_else(Vec::new, |u| u.words.clone()),
                kind,
                context: indicator.context.clone(),
                level: level(register, indicator),
                names: vec![indicator.name.zh.clone(), register.name.zh.clone()],
                filters: {
                    let narrowing = filters.iter().filter(|of| narrows(register, indicator, &filters, of));
                    narrowing.map(|(_, filter)| filter.clone()).collect()
                },
            });
        }
    }
    lexicon.places = catalog.code_list(REGIONS).map(places).unwrap_or_default();
    lexicon.areas =
        Area::ALL.iter().map(|area| jc_words::text(Lang::Zh, &format!("area-{}", area.code()), &[])).collect();
    lexicon
}

/// The code list of regions (GB/T 2260), and that of levels.
const REGIONS: &str = "region";
const LEVELS: &str = "contest-level";

/// Places with their rank, which their codes tell: 33 00 00 is a province, 33 04 00 a city, 33 04 82 a county.
fn places(regions: &CodeList) -> Vec<(String, Level)> {
    let rank = |code: &str| match code {
        code if code.ends_with("0000") => Level::Province,
        code if code.ends_with("00") => Level::City,
        _ => Level::County,
    };
    regions.codes.iter().map(|region| (region.name.zh.clone(), rank(&region.code))).collect()
}

/// The one level an indicator counts, or the lowest it counts, if its measure demands any.
fn level(register: &Register, indicator: &Indicator) -> Option<Level> {
    let of_level = |column: Column| matches!(register.column_kind(column), Kind::Code(list) if list.as_str() == LEVELS);
    let choices = measures(indicator).into_iter().flat_map(|ix| register.measures[ix].filter.choices());
    let codes = choices.filter(|(column, _)| of_level(*column)).map(|(_, codes)| codes).next()?;
    let levels = codes.into_iter().filter_map(|code| {
        Some(match code {
            "school" => Level::School,
            "county" => Level::County,
            "city" => Level::City,
            "province" => Level::Province,
            "nation" => Level::Nation,
            "international" => Level::International,
            _ => return None,
        })
    });
    levels.min()
}

/// The measures of an indicator, by position.
fn measures(indicator: &Indicator) -> Vec<usize> {
    match indicator.formula {
        Formula::Total(one) | Formula::Growth(one) => vec![one],
        Formula::Share { part, whole } => vec![part, whole],
        Formula::Quotient { over, under } => vec![over, under],
        Formula::Highest { reach, above } => vec![reach, above],
        Formula::Common { sum, .. } => vec![sum],
    }
}

/// Whether a slice narrows an indicator: what it is about, or is called by (就业 in 就业率), does not; one of the several
/// it is called by does (课题立项 of 课题立项、结题及成果获奖).
fn narrows(register: &Register, indicator: &Indicator, all: &[(Column, Filter)], of: &(Column, Filter)) -> bool {
    let (column, filter) = of;
    // 班主任 are one of the groups, and what is told of them is of no other.
    let names_another = |(column, other): &(Column, Filter)| column == &of.0 && indicator.context.contains(&other.word);
    if all.iter().any(names_another) {
        return false;
    }
    let names = || indicator.words.iter().chain([&indicator.name.zh]);
    let called = names().any(|word| word.contains(&filter.word)) || register.name.zh == filter.word;
    let Some(codes) = counted_together(register, indicator, *column) else {
        return !called && !columns(register, indicator).contains(column);
    };
    let counted = |filter: &Filter| codes.contains(&filter.value.as_str());
    let apart = |other: &str| !other.contains(&filter.word) && !filter.word.contains(other);
    let others = all.iter().filter(|(of, other)| of == column && counted(other) && apart(&other.word));
    let others: Vec<&str> = others.map(|(_, other)| other.word.as_str()).collect();
    let enumerated = |word: &String| word.contains(&filter.word) && others.iter().any(|other| word.contains(other));
    counted(filter) && (!called || names().any(enumerated))
}

/// The codes of a column that a total counts together.
fn counted_together<'r>(register: &'r Register, indicator: &Indicator, column: Column) -> Option<Vec<&'r str>> {
    let Formula::Total(measure) = indicator.formula else { return None };
    let choices = register.measures[measure].filter.choices().into_iter();
    choices.filter(|(of, codes)| *of == column && codes.len() > 1).map(|(_, codes)| codes).next()
}

/// The columns that the measures of an indicator look at.
fn columns(register: &Register, indicator: &Indicator) -> Vec<Column> {
    let looked_at = |ix: usize| {
        let measure = &register.measures[ix];
        let apart = if let Counting::Distinct { of, .. } = measure.counting { Some(of) } else { None };
        measure.filter.columns().into_iter().chain(apart)
    };
    measures(indicator).into_iter().flat_map(looked_at).collect()
}
