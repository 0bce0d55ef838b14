//! Who knows the records that references name.

use jc_base::RecordId;

/// Looks up records by what people write for them: the key, or the name within a class.
///
/// Implemented by whoever sees the records; called once for each reference in a cell, so it must be quick.
pub trait Resolver {
    /// The record of a register that a text names. `within` is what stands in the column that narrows the search,
    /// such as the class. The text is without padding; it may be a key or a label.
    fn resolve(&mut self, register: usize, text: &str, within: Option<&str>) -> Resolution;
}

/// What a text names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resolution {
    /// One record.
    Found(RecordId),
    /// None; perhaps one that is written almost like it.
    Unknown {
        /// Its key or label.
        near: Option<String>,
    },
    /// So many.
    Several(usize),
}

impl<F: FnMut(usize, &str, Option<&str>) -> Resolution> Resolver for F {
    fn resolve(&mut self, register: usize, text: &str, within: Option<&str>) -> Resolution {
        self(register, text, within)
    }
}
