//! One document, four kinds of file. Each carries the figures' trace: the signed text, and a mark on every figure.

#[cfg(feature = "pdf")]
mod certificate;
pub mod docx;
pub mod html;
#[cfg(feature = "pdf")]
mod marked;
#[cfg(feature = "pdf")]
pub mod pdf;
mod texts;
pub mod xlsx;

use crate::certificate::Certificate;
use crate::marked::MarkedText;
use crate::model::Document;
use std::fmt;

/// A kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FileKind {
    /// For printing and keeping.
    Pdf,
    /// For Word and WPS.
    Docx,
    /// For Excel and WPS.
    Xlsx,
    /// One file for a browser.
    Html,
}

impl FileKind {
    /// All that this program can write.
    pub const ALL: &'static [FileKind] = &[
        #[cfg(feature = "pdf")]
        FileKind::Pdf,
        FileKind::Docx,
        FileKind::Xlsx,
        FileKind::Html,
    ];

    /// The word on the command line, in addresses, and behind the point of a file's name.
    pub fn code(self) -> &'static str {
        match self {
            FileKind::Pdf => "pdf",
            FileKind::Docx => "docx",
            FileKind::Xlsx => "xlsx",
            FileKind::Html => "html",
        }
    }

    /// Reads the word.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.code() == code)
    }

    /// What browsers call it.
    pub fn media_type(self) -> &'static str {
        match self {
            FileKind::Pdf => "application/pdf",
            FileKind::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            FileKind::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            FileKind::Html => "text/html; charset=utf-8",
        }
    }
}

/// Why a file was not written.
#[derive(Debug)]
pub enum WriteError {
    /// The typesetter refused; what it said, for the log.
    Typeset(String),
    /// The workbook could not be written.
    Workbook(rust_xlsxwriter::XlsxError),
    /// The parts could not be put together.
    Pack(zip::result::ZipError),
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WriteError::Typeset(why) => write!(f, "typeset the report: {why}"),
            WriteError::Workbook(_) => f.write_str("write the workbook"),
            WriteError::Pack(_) => f.write_str("pack the document"),
        }
    }
}

impl From<std::io::Error> for WriteError {
    fn from(error: std::io::Error) -> Self {
        Self::Pack(error.into())
    }
}

impl std::error::Error for WriteError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            WriteError::Typeset(_) => None,
            WriteError::Workbook(source) => Some(source),
            WriteError::Pack(source) => Some(source),
        }
    }
}

/// Writes a report. `proof` is the signed text of [`crate::trace::envelope`]. The same document and proof give the same
/// bytes.
pub fn write(document: &Document, proof: &str, kind: FileKind) -> Result<Vec<u8>, WriteError> {
    match kind {
        #[cfg(feature = "pdf")]
        FileKind::Pdf => pdf::write(document, proof),
        #[cfg(not(feature = "pdf"))]
        FileKind::Pdf => Err(WriteError::Typeset("this program was built without it".to_owned())),
        FileKind::Docx => docx::write(document, proof),
        FileKind::Xlsx => xlsx::write(document, proof),
        FileKind::Html => Ok(html::write(document, proof).into_bytes()),
    }
}

/// Writes a checked text as PDF.
pub fn marked_pdf(text: &MarkedText) -> Result<Vec<u8>, WriteError> {
    #[cfg(feature = "pdf")]
    return marked::write(text);
    #[cfg(not(feature = "pdf"))]
    Err(WriteError::Typeset(format!("{}: this program was built without it", text.title)))
}

/// Writes a certificate as PDF.
pub fn certificate_pdf(certificate: &Certificate) -> Result<Vec<u8>, WriteError> {
    #[cfg(feature = "pdf")]
    return certificate::write(certificate);
    #[cfg(not(feature = "pdf"))]
    Err(WriteError::Typeset(format!("{}: this program was built without it", certificate.address)))
}
