//! All figures of a year.

use crate::{
    frame::{Choice, Frame},
    parts::{FigureState, Pick},
};
use askama::Template;

/// All figures of a year, by area.
#[derive(Debug, Default, Template)]
#[template(path = "screens/figures.html")]
pub struct FiguresView {
    /// Around the screen.
    pub frame: Frame,
    /// What is searched for.
    pub q: String,
    /// The areas to choose from; the first, empty one stands for all.
    pub areas: Vec<Pick>,
    /// All, verified, pending, unproved, missing; each with its count.
    pub states: Vec<Choice>,
    /// The year, the state and the like, kept through the filter form.
    pub kept: Vec<(String, String)>,
    /// The figures, by area.
    pub groups: Vec<FigureGroup>,
    /// The figures as a spreadsheet.
    pub export: Option<String>,
}

/// The figures of an area.
#[derive(Debug, Default)]
pub struct FigureGroup {
    /// The area.
    pub name: String,
    /// Its figures.
    pub rows: Vec<FigureRow>,
}

/// A figure in a line.
#[derive(Debug, Default)]
pub struct FigureRow {
    /// The indicator.
    pub label: String,
    /// Its trace.
    pub href: String,
    /// The value; nothing if missing.
    pub value: Option<String>,
    /// The unit.
    pub unit: String,
    /// The fraction; may be empty.
    pub fraction: String,
    /// Last year's value with unit; may be empty.
    pub last_year: String,
    /// The change, in words; may be empty.
    pub change: String,
    /// How far it can be relied on.
    pub state: FigureState,
    /// The same in words.
    pub state_text: String,
}
