//! A finding in words, with the way to its place.

/// One thing to mend.
#[derive(Debug, Clone, Default)]
pub struct FindingLine {
    /// What is wrong.
    pub text: String,
    /// How to mend it; may be empty.
    pub mend: String,
    /// Where it is: `#field-employer`; empty for the whole.
    pub href: String,
}
