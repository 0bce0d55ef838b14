//! The synthetic sample college, as the messy spreadsheets a real office would send.
//!
//! [`college`] gives the files in the order in which they are imported, [`spoiled`] one more with typical mistakes
//! for showing what the import says. Everybody in them is invented; ID numbers have an area code no place has.
//!
//! No figure is written down anywhere here: the 407 graduates, the 554 students in Sino-German classes, the 84 of 88
//! who passed come out of the rows by counting them. The same seed gives the same bytes, whatever the clock says.

#![cfg_attr(not(test), warn(clippy::panic))]

mod days;
mod files;
mod names;
mod numbers;
mod paper;
mod rng;
mod spoiled;
mod world;

#[cfg(test)]
mod tests;

/// A spreadsheet of the sample college.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampleFile {
    /// As the office named it: `2024届毕业生去向(终稿).xlsx`.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
    /// The register it belongs to.
    pub register: &'static str,
    /// Whether its records are verified; otherwise they wait for someone.
    pub verify: bool,
    /// The evidence that came with it: enough for every record that needs some.
    pub evidence: Vec<SampleEvidence>,
}

/// A file of evidence, and the records it speaks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampleEvidence {
    /// As the office named it.
    pub name: String,
    /// A PDF of one page.
    pub bytes: Vec<u8>,
    /// A code of the list `evidence-kind`.
    pub kind: &'static str,
    /// The register of the records.
    pub register: &'static str,
    /// The records: for each, its key fields in the register's order, as text. A reference is the key of the record
    /// it names, or its label if that key has several parts; a code is the code, a date is `YYYY-MM-DD`.
    pub keys: Vec<Vec<String>>,
}

/// The sample college of a seed: its files in the order they are imported, referenced ones first.
///
/// Every row of every file can be imported as it stands, however untidy it looks.
pub fn college(seed: u64) -> Vec<SampleFile> {
    files::college(seed)
}

/// A file of new students of which some rows are wrong in typical ways, for showing what the import says.
///
/// To be imported after [`college`]: it refers to its classes.
pub fn spoiled(seed: u64) -> SampleFile {
    spoiled::spoiled(seed)
}
