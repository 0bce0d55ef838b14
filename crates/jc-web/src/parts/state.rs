//! A record's state as a mark.

use crate::words::Words;
use jc_base::RecordState;

/// A record's state, named.
#[derive(Debug, Clone, Default)]
pub struct StateMark {
    /// The class in the style sheet.
    pub code: &'static str,
    /// The name.
    pub label: String,
}

impl StateMark {
    /// The mark of a state.
    pub fn new(words: Words, state: RecordState) -> Self {
        let code = state.code();
        Self { code, label: words.t(&format!("state-{code}")) }
    }
}
