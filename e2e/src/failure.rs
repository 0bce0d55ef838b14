//! What stopped a journey, in words for the person who reads the test's output.

use std::fmt;

/// A step that could not be taken: what was tried, and what happened instead.
pub struct Failure(String);

/// The result of every step; `?` ends the journey at the first step that fails.
pub type Result<T = ()> = std::result::Result<T, Failure>;

impl Failure {
    /// A failure in the given words.
    pub fn new(words: impl Into<String>) -> Failure {
        Failure(words.into())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// As `Display`: a test that returns the failure prints its `Debug`, and quotes and escapes would only get in the way.
impl fmt::Debug for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Failure {}
