//! Workbooks for the import: the template to fill in, and a person's own file with the findings on its cells.

use crate::error::AppError;
use crate::person::{Keeper, Viewer};
use jc_base::{Finding, Lang};
use jc_intake::annotate;
use jc_intake::limits::Limits;
use jc_intake::template;
use jc_store::StoreError;

/// The content type of an `xlsx` file.
pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

impl Viewer<'_> {
    /// The workbook people fill in for a register, with its file name.
    pub fn template(&self, register: usize, lang: Lang) -> Result<(String, Vec<u8>), AppError> {
        let declared = self.catalog.registers.get(register).ok_or(AppError::NotFound)?;
        let words = |id: &str| jc_words::text(lang, id, &[]);
        let on = Some(self.app.moment().today);
        let request = template::Request { lang, on, references: &[], words: &words };
        let made = template::workbook(&self.catalog, register, &request).map_err(failed)?;
        Ok((template::file_name(declared, lang), made))
    }
}

impl Keeper<'_> {
    /// A sheet of a file with findings on its cells.
    pub fn annotated(
        &self,
        file: &str,
        bytes: Vec<u8>,
        sheet: usize,
        findings: &[Finding],
        lang: Lang,
    ) -> Result<Vec<u8>, AppError> {
        let mut book = self.viewer.app.open_book(file, bytes, &Limits::default())?;
        let title = jc_words::text(lang, "import-findings", &[]);
        let say = |finding: &Finding| {
            let text = jc_words::finding(lang, finding);
            if text.mend.is_empty() { text.what } else { format!("{}\n{}", text.what, text.mend) }
        };
        annotate::workbook(&mut book, sheet, findings, &title, &say).map_err(failed)
    }
}

fn failed(error: impl std::fmt::Display) -> AppError {
    AppError::Store(StoreError::File { doing: "write a workbook", source: std::io::Error::other(error.to_string()) })
}
