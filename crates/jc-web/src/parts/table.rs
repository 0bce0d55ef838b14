//! Records in rows.

use super::StateMark;

/// Records in rows.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// What the rows are, for those who hear the screen.
    pub caption: String,
    /// The columns; the first names the row.
    pub columns: Vec<Column>,
    /// The rows.
    pub rows: Vec<Row>,
    /// Whether a column of states stands at the end.
    pub states: bool,
    /// Whether rows can be picked for the form `bulk`.
    pub pick: bool,
    /// Whether rows stand close.
    pub compact: bool,
}

/// A column.
#[derive(Debug, Clone, Default)]
pub struct Column {
    /// The heading.
    pub label: String,
    /// Where it is sorted by this column, or the other way round.
    pub sort: Option<String>,
    /// `ascending` or `descending`, if it is sorted by this column.
    pub direction: Option<&'static str>,
    /// Whether it holds numbers.
    pub number: bool,
}

/// A row.
#[derive(Debug, Clone, Default)]
pub struct Row {
    /// The record's id.
    pub id: String,
    /// Where the record is.
    pub href: Option<String>,
    /// One for each column.
    pub cells: Vec<Cell>,
    /// The record's state.
    pub state: Option<StateMark>,
    /// What stands beside the state: who verified, why it is left out; may be empty.
    pub note: String,
}

/// A value in a row.
#[derive(Debug, Clone, Default)]
pub struct Cell {
    /// The column's heading again: a phone shows it beside the value.
    pub label: String,
    /// The value as printed; empty if missing.
    pub text: String,
    /// The unit; may be empty.
    pub unit: String,
    /// Whether it is a number.
    pub number: bool,
    /// Whether it is a day, number or code that no line break may cut.
    pub whole: bool,
    /// Whether it is covered.
    pub masked: bool,
}

/// Where one is in a long list. Pages go by key, so there are no page numbers.
#[derive(Debug, Clone, Default)]
pub struct Paging {
    /// `共 407 条，本屏 51–100`
    pub shown: String,
    /// Back to the start.
    pub first: Option<String>,
    /// The rows before.
    pub previous: Option<String>,
    /// The rows after.
    pub next: Option<String>,
}

impl Row {
    /// What names the row.
    pub fn name(&self) -> &str {
        self.cells.first().map_or("", |cell| &cell.text)
    }
}
