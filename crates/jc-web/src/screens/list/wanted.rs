//! What a list is asked for: page, state, conditions, search, order. The list and its export read it alike.

use super::{Condition, PLACES};
use crate::{
    desk::Desk,
    frame::Link,
    guard::{fault::Fault, posted::Asked},
    parts::{Pick, RecordTable, page_label},
};
use jc_app::{
    browse::slice_value,
    given::{ListQuery, Page},
};
use jc_base::{RecordState, Value};
use jc_catalog::{Column, Register, kinds::Kind};

/// In an address: the value is not known.
const UNKNOWN: &str = "-";
/// Periods offered at most.
const PERIODS: usize = 20;

/// What a list is asked for.
pub struct Wanted {
    /// As the store is asked.
    pub query: ListQuery,
    /// The conditions in force.
    pub chosen: Vec<Chosen>,
}

/// A condition in force.
pub struct Chosen {
    /// Its name in the address.
    name: String,
    /// In words: `院系 是 数控系`.
    pub text: String,
}

impl Chosen {
    /// The condition as a sentence, with the list without it.
    pub fn link(&self, desk: &Desk, path: &str) -> Link {
        let without: Vec<&str> = PLACES.into_iter().chain([self.name.as_str()]).collect();
        Link::new(self.text.clone(), desk.address(path, &without, &[]))
    }
}

/// A column a list can be narrowed by: its name in the address, its heading, the slice it is.
struct Narrowing<'a> {
    name: &'a str,
    label: String,
    column: Column,
    slice: Option<&'a str>,
}

fn narrowings<'a>(desk: &Desk, register: usize, declared: &'a Register) -> Vec<Narrowing<'a>> {
    const TAKEN: [&str; 10] = ["year", "page", "state", "q", "sort", "desc", "dense", "format", "reason", "limit"];
    let lang = desk.lang();
    let mut found: Vec<Narrowing> = declared
        .slices
        .iter()
        .map(|s| Narrowing { name: &s.id, label: s.name.get(lang).to_owned(), column: s.column, slice: Some(&s.id) })
        .collect();
    for (ix, field) in declared.fields.iter().enumerate() {
        let column = Column::Field(ix);
        let listed = matches!(field.kind, Kind::Code(_) | Kind::Boolean) && field.retired.is_none();
        if listed && !found.iter().any(|n| n.column == column || n.name == field.id.as_str()) {
            let label = field.name.get(lang).to_owned();
            found.push(Narrowing { name: field.id.as_str(), label, column, slice: None });
        }
    }
    found.retain(|n| !TAKEN.contains(&n.name) && !PLACES.contains(&n.name) && desk.viewer.open(register, n.column));
    found
}

/// The page a list shows: the one asked for, or that of the year in force; nothing for all of them.
fn page(desk: &Desk, declared: &Register, asked: &Asked) -> Result<Option<Page>, Fault> {
    match asked.get("page") {
        "" => Ok(Some(Page::reported_in(declared, desk.year))),
        "all" => Ok(declared.period_kind().is_none().then_some(Page::All)),
        code => Page::parse(declared, code).map(Some).ok_or(Fault::Unclear),
    }
}

impl Wanted {
    /// The names of the conditions that a list can be narrowed by, beside page, state and search.
    pub fn narrowings(desk: &Desk, register: usize, declared: &Register) -> Vec<String> {
        narrowings(desk, register, declared).into_iter().map(|narrowing| narrowing.name.to_owned()).collect()
    }

    /// Reads what is asked for; what is not understood is an error, not passed over.
    pub fn read(desk: &Desk, register: usize, declared: &Register, asked: &Asked) -> Result<Self, Fault> {
        let (words, lang) = (desk.words, desk.lang());
        let is = |field: &str, value: &str| words.t2("list-condition", "field", field, "value", value);
        let mut chosen = Vec::new();
        let mut put = |name: &str, text: String| chosen.push(Chosen { name: name.to_owned(), text });
        let page = page(desk, declared, asked)?;
        if !asked.get("page").is_empty() && declared.period_kind().is_some() {
            let name = page.map_or_else(|| words.t("list-all-pages"), |page| page_label(page, lang));
            put("page", is(&words.t("list-page"), &name));
        }
        let state = match asked.get("state") {
            "" => None,
            code => Some(RecordState::from_code(code).ok_or(Fault::Unclear)?),
        };
        if let Some(state) = state {
            put("state", is(&words.t("table-state"), &words.t(&format!("state-{}", state.code()))));
        }
        let mut equal = Vec::new();
        for narrowing in narrowings(desk, register, declared) {
            let text = asked.get(narrowing.name);
            if text.is_empty() {
                continue;
            }
            let kind = declared.column_kind(narrowing.column);
            let value = if text == UNKNOWN { Value::Missing } else { slice_value(kind, text) };
            if text != UNKNOWN && value == Value::Missing {
                return Err(Fault::Unclear);
            }
            put(narrowing.name, is(&narrowing.label, &label(desk, register, &narrowing, kind, &value)?));
            equal.push((narrowing.column, value));
        }
        let search: String = asked.get("q").trim().chars().take(100).collect();
        if !search.is_empty() {
            put("q", words.t1("list-condition-search", "q", &search));
        }
        let sort = match asked.get("sort") {
            "" => None,
            name => Some(RecordTable::sortable(desk, register, declared, name).ok_or(Fault::Unclear)?),
        };
        let descending = asked.get("desc") == "1";
        let query = ListQuery { page, state, equal, search, sort, descending, ..ListQuery::default() };
        Ok(Self { query, chosen })
    }

    /// The conditions in one line.
    pub fn in_words(&self) -> String {
        self.chosen.iter().map(|c| c.text.as_str()).collect::<Vec<_>>().join("；")
    }

    /// What the filter form carries along: the year, the order, the density.
    pub fn kept(&self, desk: &Desk) -> Vec<(String, String)> {
        let kept = ["sort", "desc", "dense"].map(|name| (name.to_owned(), desk.asked.get(name).to_owned()));
        let year = ("year".to_owned(), desk.year.to_string());
        std::iter::once(year).chain(kept.into_iter().filter(|(_, value)| !value.is_empty())).collect()
    }

    /// The conditions that can be set, each with its values.
    pub fn conditions(&self, desk: &Desk, register: usize, declared: &Register) -> Result<Vec<Condition>, Fault> {
        let (words, lang) = (desk.words, desk.lang());
        let any = |name: &str| Pick::new("", words.t("list-any"), desk.asked.get(name).is_empty());
        let pick = |name: &str, value: &str, label: String| Pick::new(value, label, desk.asked.get(name) == value);
        let states = RecordState::ALL.map(|s| pick("state", s.code(), words.t(&format!("state-{}", s.code()))));
        let picks = std::iter::once(any("state")).chain(states).collect();
        let mut conditions = vec![Condition { name: "state".into(), label: words.t("table-state"), picks }];
        if declared.period_kind().is_some() {
            let pages = desk.viewer.pages(register)?;
            let pages = pages.iter().rev().take(PERIODS).map(|info| info.page);
            let pages = pages.map(|page| pick("page", &page.to_string(), page_label(page, lang)));
            let year = Page::reported_in(declared, desk.year);
            let own = Pick::new("", page_label(year, lang), desk.asked.get("page").is_empty());
            let pages = pages.filter(|p| p.value != year.to_string() || p.chosen);
            let all = pick("page", "all", words.t("list-all-pages"));
            let picks = std::iter::once(own).chain(pages).chain([all]).collect();
            conditions.push(Condition { name: "page".into(), label: words.t("list-page"), picks });
        }
        for narrowing in narrowings(desk, register, declared) {
            let values = match narrowing.slice {
                Some(slice) => desk.viewer.slice_values(register, self.query.page, slice, lang)?,
                None => listed(desk, declared.column_kind(narrowing.column)),
            };
            let mut picks = vec![any(narrowing.name)];
            picks.extend(
                values
                    .into_iter()
                    .filter(|(value, _)| !value.is_empty())
                    .map(|(value, label)| pick(narrowing.name, &value, label)),
            );
            let missing = pick(narrowing.name, UNKNOWN, words.t("value-missing"));
            picks.push(missing);
            // A condition in force stays to be seen though nothing on this page has its value.
            let asked = desk.asked.get(narrowing.name);
            if !picks.iter().any(|p| p.chosen) {
                let kind = declared.column_kind(narrowing.column);
                let label = label(desk, register, &narrowing, kind, &slice_value(kind, asked))?;
                picks.push(Pick::new(asked, label, true));
            }
            conditions.push(Condition { name: narrowing.name.to_owned(), label: narrowing.label, picks });
        }
        Ok(conditions)
    }
}

/// What a value of a condition is called.
fn label(desk: &Desk, register: usize, narrowing: &Narrowing, kind: &Kind, value: &Value) -> Result<String, Fault> {
    let ids = value.ref_ids();
    let labels = match kind {
        Kind::Ref(target) | Kind::Refs(target) => desk.viewer.labels(*target, ids)?,
        _ => jc_app::labels::Labels::default(),
    };
    let text = desk.viewer.shown_column(register, narrowing.column, value, &labels, desk.lang());
    Ok(if text.is_empty() { desk.words.t("value-missing") } else { text })
}

/// The values of a code list, or yes and no.
fn listed(desk: &Desk, kind: &Kind) -> Vec<(String, String)> {
    match kind {
        Kind::Code(list) => {
            let codes = desk.viewer.catalog().code_list(list.as_str()).map(|l| l.codes.as_slice()).unwrap_or_default();
            codes.iter().map(|c| (c.code.clone(), c.name.get(desk.lang()).to_owned())).collect()
        }
        Kind::Boolean => vec![("1".into(), desk.words.t("value-yes")), ("0".into(), desk.words.t("value-no"))],
        _ => Vec::new(),
    }
}
