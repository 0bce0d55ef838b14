//! One way to write things down for hashing and signing, so that no two different things give the same bytes.

/// Bytes under construction: numbers as eight bytes, texts with their length before them.
#[derive(Debug, Clone, Default)]
pub struct Canonical(Vec<u8>);

impl Canonical {
    /// Begins with a text that says what kind of thing is written.
    pub fn of(kind: &str) -> Self {
        Self::default().text(kind)
    }

    /// Adds a number.
    pub fn number(mut self, number: i64) -> Self {
        self.0.extend_from_slice(&number.to_be_bytes());
        self
    }

    /// Adds a text.
    pub fn text(mut self, text: &str) -> Self {
        self.0.extend_from_slice(&(text.len() as u64).to_be_bytes());
        self.0.extend_from_slice(text.as_bytes());
        self
    }

    /// The bytes.
    pub fn into_bytes(self) -> Vec<u8> {
        self.0
    }

    /// Their digest, as digits.
    pub fn sha256(&self) -> String {
        crate::sha256(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Canonical;

    #[test]
    fn a_letter_that_moves_to_the_next_text_is_another_thing() {
        let whole = Canonical::of("t").text("ab").text("c");
        assert_ne!(whole.sha256(), Canonical::of("t").text("a").text("bc").sha256());
        assert_ne!(whole.sha256(), Canonical::of("t").text("ab").text("c").number(0).sha256());
    }
}
