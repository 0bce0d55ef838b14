//! A register 台账 as a list: filter, sort, page, totals, export.

use crate::{
    frame::{Frame, Link},
    parts::{Paging, Pick, Table},
};
use askama::Template;

/// A register as a list.
#[derive(Debug, Default, Template)]
#[template(path = "screens/list.html")]
pub struct ListView {
    /// Around the screen.
    pub frame: Frame,
    /// What the register is for, who keeps and who verifies it.
    pub about: String,
    /// Its page of the catalog.
    pub definition: String,
    /// This list's address without conditions: where the filter form goes.
    pub action: String,
    /// The year, sorting and the like, kept through the filter form.
    pub kept: Vec<(String, String)>,
    /// What is searched for.
    pub q: String,
    /// The conditions that can be set.
    pub conditions: Vec<Condition>,
    /// The conditions in force, as sentences, each with the address of the list without it.
    pub chosen: Vec<Link>,
    /// This list without any condition.
    pub clear: String,
    /// The records.
    pub table: Table,
    /// Totals of what is shown: measure, value, unit.
    pub totals: Vec<Total>,
    /// Where one is.
    pub paging: Paging,
    /// Rows close together, or apart again.
    pub density: Link,
    /// What can be done here; each missing for those who may not.
    pub actions: ListActions,
    /// Whether nothing is here because nothing fits, rather than because nothing was entered.
    pub filtered: bool,
}

/// A total of what is shown.
#[derive(Debug, Default)]
pub struct Total {
    /// The measure's name.
    pub label: String,
    /// As printed.
    pub value: String,
    /// The unit.
    pub unit: String,
}

/// A condition that can be set.
#[derive(Debug, Default)]
pub struct Condition {
    /// The name in the address: `state`, `department`.
    pub name: String,
    /// What it is about.
    pub label: String,
    /// The values; the first, empty one stands for all.
    pub picks: Vec<Pick>,
}

/// What can be done with a list.
#[derive(Debug, Default)]
pub struct ListActions {
    /// The form for a new record.
    pub create: Option<String>,
    /// The import.
    pub import: Option<String>,
    /// The template to fill in.
    pub template: Option<String>,
    /// The export of what is shown.
    pub export: Option<String>,
    /// Where picked rows are handed in.
    pub submit: Option<String>,
}
