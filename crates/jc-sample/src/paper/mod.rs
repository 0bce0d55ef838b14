//! Spreadsheets as offices make them: a title above, a note below, headings of their own, cells in every style.

mod cells;
mod csv;
mod ods;
mod pdf;
mod xlsx;

pub(crate) use cells::{Hand, grey};
pub(crate) use csv::{Encoding, csv};
pub(crate) use ods::ods;
pub(crate) use pdf::pdf;
pub(crate) use xlsx::xlsx;

use jc_base::Date;

/// A cell as it is put into a file.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Cell {
    Blank,
    Text(String),
    /// A number; one tenth is the finest the sample needs.
    Tenths(i64),
    /// A true date.
    Date(Date),
}

impl Cell {
    /// A text cell.
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Cell::Text(text.into())
    }

    /// A number cell.
    pub(crate) fn number(number: i64) -> Self {
        Cell::Tenths(number * 10)
    }

    /// As a text file shows it.
    pub(crate) fn shown(&self) -> String {
        match self {
            Cell::Blank => String::new(),
            Cell::Text(text) => text.clone(),
            Cell::Tenths(tenths) => tenths_text(*tenths),
            Cell::Date(date) => format!("{}/{}/{}", date.year(), date.month(), date.day()),
        }
    }
}

/// `7.5`, `12`: without a needless point.
pub(crate) fn tenths_text(tenths: i64) -> String {
    if tenths % 10 == 0 { (tenths / 10).to_string() } else { format!("{}.{}", tenths / 10, tenths % 10) }
}

/// One sheet with everything on it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sheet {
    pub(crate) name: String,
    /// Lines above the headings, each merged across all columns; may be empty.
    pub(crate) above: Vec<String>,
    pub(crate) headings: Vec<String>,
    /// A heading over several columns: first, last, words. Only workbooks show it.
    pub(crate) groups: Vec<(usize, usize, String)>,
    pub(crate) rows: Vec<Vec<Cell>>,
    /// Lines below the table.
    pub(crate) below: Vec<String>,
}

impl Sheet {
    /// A sheet with a title and headings.
    pub(crate) fn new(name: &str, title: &str, headings: &[&str]) -> Self {
        Self {
            name: name.to_owned(),
            above: if title.is_empty() { Vec::new() } else { vec![title.to_owned()] },
            headings: headings.iter().map(|&heading| heading.to_owned()).collect(),
            ..Self::default()
        }
    }

    /// Another line above the headings.
    pub(crate) fn above(mut self, line: &str) -> Self {
        self.above.push(line.to_owned());
        self
    }

    /// A heading over the columns from `first` to `last`.
    pub(crate) fn group(mut self, first: usize, last: usize, words: &str) -> Self {
        self.groups.push((first, last, words.to_owned()));
        self
    }

    /// A line below the table.
    pub(crate) fn below(mut self, line: &str) -> Self {
        self.below.push(line.to_owned());
        self
    }

    /// Rows that a person left between groups of rows.
    pub(crate) fn gap(&mut self) {
        self.rows.push(vec![Cell::Blank; self.headings.len()]);
    }
}
