//! A finding in words: what is wrong, how to mend it, and where it is.

use crate::bundle::{Arg, find, text};
use jc_base::{Finding, Lang, Place};

/// A finding in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FindingText {
    /// What is wrong, with the value in question.
    pub what: String,
    /// How to mend it: the near miss, if there is one, then what to do. May be empty.
    pub mend: String,
}

/// The words of a finding.
pub fn finding(lang: Lang, finding: &Finding) -> FindingText {
    let id = finding.code.to_ascii_lowercase();
    let args: Vec<(&str, Arg<'_>)> =
        finding.with.0.iter().map(|(name, value)| (*name, Arg::from(value.as_str()))).collect();
    let what = text(lang, &id, &args);
    let near = finding.with.get("nearest").map(|nearest| text(lang, "near-miss", &[("nearest", nearest.into())]));
    let mend = find(lang, &format!("{id}.mend"), &args);
    // Chinese sets sentences apart by their stop alone.
    let between = if lang == Lang::Zh { "" } else { " " };
    let parts: Vec<String> = near.into_iter().chain(mend).collect();
    FindingText { what, mend: parts.join(between) }
}

/// Where a finding is, as a person says it; empty for the whole.
pub fn place(lang: Lang, place: &Place) -> String {
    match place {
        Place::Whole => String::new(),
        Place::File { file } => file.clone(),
        Place::Text { file, line, column, .. } => {
            let args = [("file", file.into()), ("line", (*line).into()), ("column", (*column).into())];
            text(lang, "place-text", &args)
        }
        Place::Cell { file, sheet, row, column } => {
            let cell = match column {
                Some(column) => format!("{}{row}", jc_base::finding::column_letters(*column)),
                None => text(lang, "place-row", &[("row", (*row).into())]),
            };
            let id = if sheet.is_empty() { "place-cell" } else { "place-sheet-cell" };
            text(lang, id, &[("file", file.into()), ("sheet", sheet.into()), ("cell", cell.into())])
        }
        Place::Field { field } => text(lang, "place-field", &[("field", field.into())]),
    }
}
