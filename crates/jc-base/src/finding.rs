//! Findings: what is wrong in what people gave us, as data. Their words are in `messages/`, under their code.

use std::fmt;

/// How serious a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Nothing of it can be taken until it is mended.
    Error,
    /// It can be taken, but a person should look.
    Warning,
}

/// Where the finding is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Place {
    /// The whole of what was given.
    Whole,
    /// A file as a whole.
    File {
        /// The file's name as the person knows it.
        file: String,
    },
    /// A position in a text file such as a catalog file.
    Text {
        /// The file's name as the person knows it.
        file: String,
        /// Line, from 1.
        line: usize,
        /// Column in characters, from 1.
        column: usize,
        /// Length in characters, at least 1.
        length: usize,
    },
    /// A cell of a workbook, or a whole row if the column is missing.
    Cell {
        /// The file's name as the person knows it.
        file: String,
        /// The sheet, or empty for a csv file.
        sheet: String,
        /// Row, from 1, as the spreadsheet program shows it.
        row: u32,
        /// Column, from 1; nothing for the whole row.
        column: Option<u32>,
    },
    /// A field of a record or form.
    Field {
        /// The field's id.
        field: String,
    },
}

impl fmt::Display for Place {
    /// The place in the form programs read, such as `新生.xlsx·Sheet1·D17` or `graduate.toml:12:5`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Whole => Ok(()),
            Place::File { file } => f.write_str(file),
            Place::Text { file, line, column, .. } => write!(f, "{file}:{line}:{column}"),
            Place::Cell { file, sheet, row, column } => {
                f.write_str(file)?;
                if !sheet.is_empty() {
                    write!(f, "·{sheet}")?;
                }
                match column {
                    Some(column) => write!(f, "·{}{row}", column_letters(*column)),
                    None => write!(f, "·{row}"),
                }
            }
            Place::Field { field } => f.write_str(field),
        }
    }
}

/// The letters of a column counted from 1: 1 is `A`, 27 is `AA`.
pub fn column_letters(mut column: u32) -> String {
    let mut letters = Vec::new();
    while column > 0 {
        column -= 1;
        letters.push(char::from(b'A' + (column % 26) as u8));
        column /= 26;
    }
    letters.iter().rev().collect()
}

/// What a finding's words need: names and values, in the order they were given.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Args(pub Vec<(&'static str, String)>);

impl Args {
    /// The value of `name`, if it was given.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(n, _)| *n == name).map(|(_, v)| v.as_str())
    }
}

/// One thing wrong with what someone gave us.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Finding {
    /// The stable code, such as `INT-014`: never reused, explained in the reference.
    pub code: &'static str,
    /// How serious it is.
    pub level: Level,
    /// Where it is.
    pub place: Place,
    /// What its words need.
    pub with: Args,
    /// Other places that belong to it, such as the first of two equal keys.
    pub also: Vec<Place>,
}

impl Finding {
    /// An error at a place.
    pub fn error(code: &'static str, place: Place) -> Self {
        Self { code, level: Level::Error, place, with: Args::default(), also: Vec::new() }
    }

    /// A warning at a place.
    pub fn warning(code: &'static str, place: Place) -> Self {
        Self { level: Level::Warning, ..Self::error(code, place) }
    }

    /// Adds a value its words need.
    pub fn with(mut self, name: &'static str, value: impl fmt::Display) -> Self {
        self.with.0.push((name, value.to_string()));
        self
    }

    /// Adds another place that belongs to it.
    pub fn also(mut self, place: Place) -> Self {
        self.also.push(place);
        self
    }
}

/// Whether any of the findings forbids going on.
pub fn has_errors(findings: &[Finding]) -> bool {
    findings.iter().any(|f| f.level == Level::Error)
}

#[cfg(test)]
mod tests {
    use super::{Place, column_letters};

    #[test]
    fn cells_are_named_as_spreadsheets_name_them() {
        for (n, letters) in [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (703, "AAA"), (16_384, "XFD")] {
            assert_eq!(column_letters(n), letters);
        }
        let place = Place::Cell { file: "新生.xlsx".into(), sheet: "一班".into(), row: 17, column: Some(4) };
        assert_eq!(place.to_string(), "新生.xlsx·一班·D17");
    }
}
