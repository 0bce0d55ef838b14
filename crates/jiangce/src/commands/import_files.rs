//! What an import hands back as files: the wrong rows as a list, and the sheet with its findings on the cells.

use crate::desk::Desk;
use crate::exit::Exit;
use crate::failure::refuse;
use crate::parts::annotate;
use anyhow::Result;
use jc_app::App;
use jc_app::import::Request;
use jc_base::{Finding, Level, Place};
use std::path::Path;

/// The rows that were not taken, as csv: where, and which finding. No cell's content is in it.
pub struct BadRows(String);

impl BadRows {
    /// A list with its headings. It begins with the mark by which spreadsheet programs know UTF-8.
    pub fn new() -> Self {
        Self("\u{feff}register,sheet_row,code,place\r\n".to_owned())
    }

    /// Adds the rows with an error.
    pub fn add(&mut self, register: &str, findings: &[Finding]) {
        for finding in findings.iter().filter(|f| f.level == Level::Error) {
            let Place::Cell { row, .. } = &finding.place else { continue };
            let place = finding.place.to_string();
            let line = [quoted(register), row.to_string(), finding.code.to_owned(), quoted(&place)];
            self.0.push_str(&line.join(","));
            self.0.push_str("\r\n");
        }
    }

    /// Writes the list.
    pub fn write(&self, desk: &Desk, target: &Path) -> Result<()> {
        desk.write(target, self.0.as_bytes())
    }
}

/// A csv field. What spreadsheet programs would take for a formula is made text.
fn quoted(text: &str) -> String {
    let guard = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
    if guard.is_empty() && !text.contains([',', '"', '\n', '\r']) {
        return text.to_owned();
    }
    format!("\"{guard}{}\"", text.replace('"', "\"\""))
}

/// Writes a copy of the sheet with the findings on its cells.
pub fn annotate(desk: &Desk, app: &App, request: &Request, findings: &[Finding], target: &Path) -> Result<()> {
    let mut book = app.open_book(&request.file, request.bytes.clone(), &request.limits)?;
    let title = desk.words("intake-note-title", &[]);
    let say = |finding: &Finding| {
        let words = jc_words::finding(desk.lang, finding);
        if words.mend.is_empty() { words.what } else { format!("{}\n{}", words.what, words.mend) }
    };
    let made = annotate::workbook(&mut book, request.sheet, findings, &title, &say).map_err(|cause| {
        tracing::error!(%cause, "annotate");
        refuse(desk, Exit::Failed, "cli-cannot-write", &[("file", target.display().to_string().into())])
    })?;
    desk.write(target, &made)
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn a_sheet_named_like_a_formula_stays_text() {
        for (text, expect) in
            [("award", "award"), ("a,b.csv·3", "\"a,b.csv·3\""), ("=cmd|x·3", "\"'=cmd|x·3\""), ("a\"b", "\"a\"\"b\"")]
        {
            assert_eq!(quoted(text), expect);
        }
    }
}
