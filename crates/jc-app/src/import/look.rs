//! A file looked at before its import: sheets, headings, what they mean.

use crate::error::AppError;
use crate::person::{Keeper, Viewer};
use jc_base::Lang;
use jc_intake::book::Book;
use jc_intake::headings::{self, HeaderGuess, LOOKED_AT};
use jc_intake::limits::Limits;
use jc_intake::mapping::{ColumnUse, Mapping, Remembered, Role};
use jc_intake::row::OwnedRow;
use jc_intake::site::Site;
use jc_store::{Reader, StoreError};

/// A sheet as it is shown before the import.
#[derive(Debug, Clone)]
pub struct SheetLook {
    /// Its name.
    pub name: String,
    /// Its first rows.
    pub first_rows: Vec<OwnedRow>,
    /// Where its headings are and what they mean.
    pub guess: HeaderGuess,
}

impl Viewer<'_> {
    /// The registers a file may belong to, the likeliest first.
    pub fn guess_register(&self, file: &str, bytes: Vec<u8>, limits: &Limits) -> Result<Vec<usize>, AppError> {
        let mut book = self.app.open_book(file, bytes, limits)?;
        let rows = first_rows(&mut book, 0)?;
        Ok(headings::guess_register(&rows, &self.catalog).into_iter().map(|(register, _)| register).collect())
    }
}

impl Keeper<'_> {
    /// Opens a file and shows its sheets with what their headings mean.
    pub fn look(&self, file: &str, bytes: Vec<u8>, lang: Lang, limits: &Limits) -> Result<Vec<SheetLook>, AppError> {
        let mut book = self.viewer.app.open_book(file, bytes, limits)?;
        let remembered = self.viewer.read(|reader| Ok(self.remembered(reader)?))?;
        let mut looks = Vec::new();
        for (ix, info) in book.sheets().into_iter().enumerate() {
            let first_rows = first_rows(&mut book, ix)?;
            let site = book.site(ix);
            let guess = headings::find(&first_rows, &self.viewer.catalog, self.register, &remembered, &site, lang);
            looks.push(SheetLook { name: info.name, first_rows, guess });
        }
        Ok(looks)
    }

    /// What the headings of a sheet mean if they stand in the row a person says. Nothing if nothing stands there.
    pub fn headings_at(&self, look: &SheetLook, row: u32, lang: Lang) -> Option<Mapping> {
        let at = look.first_rows.iter().position(|r| r.number == row)?;
        let rows: Vec<OwnedRow> = look.first_rows.iter().skip(at).take(2).cloned().collect();
        let site = Site { file: String::new(), sheet: look.name.clone() };
        let guess = headings::find(&rows, &self.viewer.catalog, self.register, &[], &site, lang);
        if let Some(mapping) = guess.mapping.filter(|mapping| mapping.header_row == row) {
            return Some(mapping);
        }
        let cells = rows.first()?.cells.iter().enumerate().filter(|(_, heading)| !heading.trim().is_empty());
        let columns = cells.map(|(column, heading)| ColumnUse {
            column,
            heading: heading.trim().to_owned(),
            role: Role::Unknown,
            sure: false,
        });
        Some(Mapping { header_row: row, header_height: 1, columns: columns.collect() })
    }

    pub(super) fn remembered(&self, reader: &mut Reader) -> Result<Vec<Remembered>, StoreError> {
        let stored = reader.mappings(self.declared().id.as_str())?;
        Ok(stored.iter().filter_map(|(shape, content)| parse_remembered(shape, content)).collect())
    }
}

pub(super) fn first_rows(book: &mut Book, sheet: usize) -> Result<Vec<OwnedRow>, AppError> {
    book.first_rows(sheet, LOOKED_AT).map_err(|finding| AppError::finding(*finding))
}

pub(super) fn print_remembered(remembered: &Remembered) -> String {
    serde_json::json!(remembered.columns).to_string()
}

fn parse_remembered(shape: &str, content: &str) -> Option<Remembered> {
    let columns: Vec<(String, String)> = serde_json::from_str(content).ok()?;
    Some(Remembered { fingerprint: shape.to_owned(), columns })
}

/// A file name without long numbers, which could be a person's.
pub(super) fn mask_digits(name: &str) -> String {
    let mut out = String::new();
    let mut run = String::new();
    for c in name.chars().chain(std::iter::once('\0')) {
        if c.is_ascii_digit() {
            run.push(c);
            continue;
        }
        out.push_str(if run.len() >= 11 { "…" } else { &run });
        run.clear();
        if c != '\0' {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::mask_digits;

    #[test]
    fn long_numbers_do_not_reach_the_log() {
        assert_eq!(mask_digits("2024届(407人).xlsx"), "2024届(407人).xlsx");
        assert_eq!(mask_digits("99010120080315001X张三.xlsx"), "…X张三.xlsx");
    }
}
