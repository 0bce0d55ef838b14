//! A certificate that a record gives, the same in each of its languages side by side.

use jc_base::{Date, Lang};

/// A certificate, ready to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// Who gives it.
    pub school: String,
    /// A sentence that must stand on it, such as that all of it is invented; may be empty.
    pub note: String,
    /// What it says in each language; the first is the file's.
    pub sheets: Vec<CertificateSheet>,
    /// The address that proves it, drawn as a code.
    pub address: String,
    /// What the code is for, in words.
    pub scan: String,
    /// The day it is written.
    pub day: Date,
}

/// A certificate in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertificateSheet {
    /// The language.
    pub lang: Lang,
    /// What it is.
    pub title: String,
    /// Whom it is for.
    pub holder: String,
    /// A sentence; may be empty.
    pub text: String,
    /// What it attests: label and value.
    pub lines: Vec<(String, String)>,
    /// The result of an examination: label and points or grade.
    pub exam: Vec<(String, String)>,
}
