//! A value to pick from a list.

/// One of several values.
#[derive(Debug, Clone, Default)]
pub struct Pick {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub label: String,
    /// Whether it is picked.
    pub chosen: bool,
}

impl Pick {
    /// A value to pick.
    pub fn new(value: impl Into<String>, label: impl Into<String>, chosen: bool) -> Self {
        Self { value: value.into(), label: label.into(), chosen }
    }
}
