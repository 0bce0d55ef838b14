//! Names places: which file, which sheet, which cell a finding is about.

use jc_base::{Finding, Place};

/// A file and, within it, a sheet.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Site {
    /// The file's name as the person knows it.
    pub file: String,
    /// The sheet, or empty for a csv file.
    pub sheet: String,
}

impl Site {
    /// A file, no sheet in particular.
    pub fn file(file: &str) -> Self {
        Self { file: clean(file, 255), sheet: String::new() }
    }

    /// A sheet of the same file.
    pub fn sheet(&self, sheet: &str) -> Self {
        Self { file: self.file.clone(), sheet: clean(sheet, 64) }
    }

    /// The file as a whole.
    pub fn whole(&self) -> Place {
        Place::File { file: self.file.clone() }
    }

    /// A row.
    pub fn row(&self, row: u32) -> Place {
        Place::Cell { file: self.file.clone(), sheet: self.sheet.clone(), row, column: None }
    }

    /// A cell; the column counts from 0, as everywhere inside this crate.
    pub fn cell(&self, row: u32, column: usize) -> Place {
        let column = u32::try_from(column).unwrap_or(u32::MAX - 1) + 1;
        Place::Cell { file: self.file.clone(), sheet: self.sheet.clone(), row, column: Some(column) }
    }

    pub(crate) fn whole_error(&self, code: &'static str) -> Finding {
        Finding::error(code, self.whole())
    }

    /// A part of the file that cannot be read on.
    pub(crate) fn damaged(&self, part: &str) -> Box<Finding> {
        Box::new(self.whole_error(crate::codes::DAMAGED).with("part", part))
    }
}

/// A stranger's name as it is shown: without characters that turn it around, hide in it or command a terminal, and
/// of a bounded length.
pub(crate) fn clean(name: &str, most: usize) -> String {
    let shown = |c: &char| !c.is_control() && !is_turning(*c) && !jc_text::fold::is_invisible(*c);
    name.chars().filter(shown).take(most).collect()
}

/// A text short enough to be quoted in a message, on one line, without characters that turn it around and without a full
/// identity number.
pub(crate) fn quote(text: &str) -> String {
    const MOST: usize = 40;
    let text = jc_catalog::kinds::id_number::quoted(text.trim());
    let mut chars = text.chars().filter(|c| !jc_text::fold::is_invisible(*c) && !is_turning(*c));
    let mut out: String = chars.by_ref().take(MOST).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if chars.next().is_some() {
        out.push('…');
    }
    out
}

fn is_turning(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{061C}')
}
