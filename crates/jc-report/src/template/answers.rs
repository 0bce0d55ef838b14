//! What a template asks for, and what it is given.

use jc_figures::Figure;
use std::collections::BTreeMap;

/// A question to the records. `back` is how many years before the report's.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ask {
    /// An indicator of the whole school.
    Whole {
        /// The indicator.
        indicator: String,
        /// Years back.
        back: u8,
    },
    /// An indicator by the values of a slice.
    Parts {
        /// The indicator.
        indicator: String,
        /// The slice.
        slice: String,
        /// Years back.
        back: u8,
    },
    /// Verified records of the year.
    Records(Records),
}

/// Which records are listed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Records {
    /// The register.
    pub register: String,
    /// The fields shown.
    pub fields: Vec<String>,
    /// Only those whose field has this value (a code, or as shown).
    pub only: Option<(String, String)>,
}

/// A figure with what proves it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// The figure.
    pub figure: Figure,
    /// The version of its page; 0 if nothing was ever written on it.
    pub version: i64,
    /// The digest of the page's records.
    pub digest: String,
    /// The seal of the closed page.
    pub seal: Option<String>,
}

/// A part of a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The slice's value as kept.
    pub value: String,
    /// Its name.
    pub label: String,
    /// Whether it is a person, whom the public is not told of.
    pub personal: bool,
    /// Its figure.
    pub given: Given,
}

/// The answers.
#[derive(Debug, Clone, Default)]
pub struct Answers {
    /// To [`Ask::Whole`].
    pub whole: BTreeMap<(String, u8), Given>,
    /// To [`Ask::Parts`], in the order they are shown.
    pub parts: BTreeMap<(String, String, u8), Vec<Part>>,
    /// To [`Ask::Records`]: one text for each field, as the release profile lets it be shown.
    pub records: BTreeMap<Records, Vec<Vec<String>>>,
}

impl Answers {
    /// The whole school's figure.
    pub fn whole(&self, indicator: &str, back: u8) -> Option<&Given> {
        self.whole.get(&(indicator.to_owned(), back))
    }

    /// The parts of a figure.
    pub fn parts(&self, indicator: &str, slice: &str, back: u8) -> &[Part] {
        self.parts.get(&(indicator.to_owned(), slice.to_owned(), back)).map_or(&[], Vec::as_slice)
    }
}
