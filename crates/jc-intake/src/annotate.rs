//! Gives people back their own table with the findings on its cells.
//!
//! Every cell is written as text, whatever it was: a formula someone smuggled in as text stays text, and long
//! numbers keep what digits they have. Pale red holds an error, pale yellow a warning; a note says what and how.

use crate::book::Book;
use crate::site::Site;
use crate::template::sheet_name;
use jc_base::finding::column_letters;
use jc_base::{Finding, Level, Place};
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Note, Workbook, Worksheet, XlsxError};
use std::collections::HashMap;

/// What a note can hold, in UTF-16.
const MOST_UNITS: usize = 32_000;
/// Notes in one sheet; programs become slow with more. The list on the second sheet has them all.
const MOST_NOTES: usize = 5_000;
/// Rows and columns of a sheet.
const MOST_ROWS: u32 = 1_048_576;
const MOST_COLUMNS: usize = 16_384;

/// Why there is no annotated workbook.
#[derive(Debug)]
pub enum AnnotateError {
    /// The file cannot be read on.
    Read(Box<Finding>),
    /// The workbook could not be written.
    Write(XlsxError),
}

impl std::fmt::Display for AnnotateError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Read(finding) => write!(f, "read the sheet again ({})", finding.code),
            Self::Write(_) => f.write_str("write the annotated workbook"),
        }
    }
}

impl std::error::Error for AnnotateError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Read(_) => None,
            Self::Write(error) => Some(error),
        }
    }
}

impl From<XlsxError> for AnnotateError {
    fn from(error: XlsxError) -> Self {
        Self::Write(error)
    }
}

/// A copy of a sheet with its findings on the cells, and a second sheet that lists all findings.
///
/// `say` gives the words of a finding (what, then how); `title` is the second sheet's name. Findings of other
/// sheets and files are left out. A sheet that breaks off is copied as far as it can be read.
pub fn workbook(
    book: &mut Book,
    sheet: usize,
    findings: &[Finding],
    title: &str,
    say: &dyn Fn(&Finding) -> String,
) -> Result<Vec<u8>, AnnotateError> {
    let site = book.site(sheet);
    let by_cell = by_cell(findings, &site);
    let text = Format::new().set_num_format("@");
    let fills = [("#FBD5D5", Level::Error), ("#FFF2CC", Level::Warning)]
        .map(|(colour, level)| (level, Format::new().set_num_format("@").set_background_color(colour)));
    let fill = |level: Level| fills.iter().find(|(l, _)| *l == level).map_or(&text, |(_, format)| format);

    let mut copy = Worksheet::new();
    copy.set_name(sheet_name(if site.sheet.is_empty() { &site.file } else { &site.sheet }))?;
    let mut stream = book.rows(sheet).map_err(AnnotateError::Read)?;
    while let Ok(Some(row)) = stream.next() {
        if row.number() > MOST_ROWS {
            break;
        }
        for (column, cell) in row.cells().enumerate().take(MOST_COLUMNS) {
            let shown = short(&cell.to_string());
            if shown.is_empty() {
                continue;
            }
            let format = by_cell.get(&(row.number(), column)).map_or(&text, |found| fill(level(found)));
            copy.write_string_with_format(row.number() - 1, to_column(column), shown, format)?;
        }
        // An empty cell that should not be empty is filled too.
        for (column, found) in
            (0..MOST_COLUMNS.min(500)).filter_map(|c| by_cell.get(&(row.number(), c)).map(|f| (c, f)))
        {
            if row.cell(column).to_string().is_empty() {
                copy.write_string_with_format(row.number() - 1, to_column(column), "", fill(level(found)))?;
            }
        }
    }
    drop(stream);
    let mut cells: Vec<_> =
        by_cell.iter().filter(|((row, column), _)| *row <= MOST_ROWS && *column < MOST_COLUMNS).collect();
    cells.sort_by_key(|(cell, _)| **cell);
    for ((row, column), found) in cells.into_iter().take(MOST_NOTES) {
        let words: Vec<String> = found.iter().map(|finding| say(finding)).collect();
        let note = Note::new(short(&words.join("\n\n"))).add_author_prefix(false).set_width(280);
        copy.insert_note(row - 1, to_column(*column), &note)?;
    }

    let mut workbook = Workbook::new();
    let list = list(findings, &site, title, say)?;
    workbook.push_worksheet(copy);
    workbook.push_worksheet(list);
    Ok(workbook.save_to_buffer()?)
}

/// The findings of a sheet by row (from 1) and column (from 0); what concerns a whole row stands at its first cell.
fn by_cell<'f>(findings: &'f [Finding], site: &Site) -> HashMap<(u32, usize), Vec<&'f Finding>> {
    let mut out: HashMap<(u32, usize), Vec<&Finding>> = HashMap::new();
    for finding in findings {
        if let Place::Cell { file, sheet, row, column } = &finding.place
            && *file == site.file
            && *sheet == site.sheet
            && *row > 0
        {
            let column = column.map_or(0, |column| column.saturating_sub(1) as usize);
            out.entry((*row, column)).or_default().push(finding);
        }
    }
    out
}

fn level(findings: &[&Finding]) -> Level {
    findings.iter().map(|finding| finding.level).min().unwrap_or(Level::Warning)
}

/// The sheet that lists all findings in the order they were made.
fn list(
    findings: &[Finding],
    site: &Site,
    title: &str,
    say: &dyn Fn(&Finding) -> String,
) -> Result<Worksheet, XlsxError> {
    let bold = Format::new().set_bold().set_border_bottom(FormatBorder::Thin);
    let wrap = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let mut sheet = Worksheet::new();
    let name = sheet_name(title);
    // Two sheets of one workbook must differ in name.
    let copied = sheet_name(if site.sheet.is_empty() { &site.file } else { &site.sheet });
    let name = if name == copied { sheet_name(&format!("! {title}")) } else { name };
    sheet.set_name(name)?.set_column_width(0, 12)?.set_column_width(1, 12)?.set_column_width(2, 90)?;
    sheet.write_string_with_format(0, 2, title, &bold)?;
    for (row, finding) in (1u32..MOST_ROWS).zip(findings) {
        let cell = match &finding.place {
            Place::Cell { row, column: Some(column), .. } => format!("{}{row}", column_letters(*column)),
            Place::Cell { row, column: None, .. } => row.to_string(),
            _ => String::new(),
        };
        sheet.write_string(row, 0, cell)?;
        sheet.write_string(row, 1, finding.code)?;
        sheet.write_string_with_format(row, 2, short(&say(finding)), &wrap)?;
    }
    Ok(sheet)
}

fn short(text: &str) -> String {
    // Counted in UTF-16, as Excel does.
    let mut units = 0;
    text.chars()
        .take_while(|c| {
            units += c.len_utf16();
            units <= MOST_UNITS
        })
        .collect()
}

fn to_column(column: usize) -> u16 {
    u16::try_from(column).unwrap_or(u16::MAX)
}
