//! The definitions of one thing side by side, with their values.

use super::About;
use crate::{
    desk::Desk,
    guard::fault::Fault,
    parts::figure::{fraction, unit},
    show,
};
use jc_app::{definitions::Defined, figures::Compared};
use jc_catalog::Definition;

/// A definition in a line.
#[derive(Debug, Default)]
pub struct DefinitionLine {
    /// The definition's name.
    pub label: String,
    /// Its trace.
    pub href: String,
    /// Who defines it so.
    pub authority: String,
    /// When it is in force; empty if always.
    pub when: String,
    /// The value with unit, or a dash.
    pub value: String,
    /// The fraction; may be empty.
    pub fraction: String,
    /// Whether the answer sheet shows it.
    pub shown: bool,
    /// Whether it is in force on the page.
    pub in_force: bool,
}

/// All definitions of a figure; none if it has only one.
pub fn lines(desk: &Desk, about: &About) -> Result<Vec<DefinitionLine>, Fault> {
    let all = desk.viewer.definitions(about.of, about.page)?;
    let lines: Option<Vec<_>> = (all.len() > 1).then(|| all.iter().map(|one| line(desk, one)).collect());
    Ok(lines.unwrap_or_default())
}

/// A definition with its value.
pub fn line(desk: &Desk, defined: &Defined) -> DefinitionLine {
    let indicator = desk.viewer.catalog().at(defined.of.register).indicator(defined.of.indicator);
    let figure = &defined.figure;
    let (code, year) = (figure.page.to_string(), desk.year.to_string());
    let query = [("year", year.as_str()), ("page", code.as_str())];
    let value = figure.printed().map_or_else(
        || "—".to_owned(),
        |plain| show::with_unit(&show::number(desk.lang(), &plain), &unit(desk, figure.unit.as_str())),
    );
    let compared = Compared { of: defined.of, figure: figure.clone(), before: None, sealed: None, sealed_before: None };
    DefinitionLine {
        label: indicator.name.get(desk.lang()).to_owned(),
        href: show::address(&format!("/figures/{}", indicator.id), query),
        authority: indicator.definition.as_ref().map_or_else(String::new, |d| d.authority.get(desk.lang()).to_owned()),
        when: indicator.definition.as_ref().map_or_else(String::new, |d| when(desk, d)),
        value,
        fraction: fraction(desk, &compared).unwrap_or_default(),
        shown: defined.shown,
        in_force: defined.in_force,
    }
}

/// When a definition is in force, in words; empty if always.
pub fn when(desk: &Desk, definition: &Definition) -> String {
    match (definition.from, definition.until) {
        (Some(from), Some(until)) => desk.words.t2("doc-in-force", "from", from, "until", until),
        (Some(from), None) => desk.words.t1("doc-in-force-from", "from", from),
        (None, Some(until)) => desk.words.t1("doc-in-force-until", "until", until),
        (None, None) => String::new(),
    }
}
