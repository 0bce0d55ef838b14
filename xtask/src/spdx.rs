//! Licence expressions (SPDX), as far as crates write them, and whether a list of licences allows them.

/// Whether the licences in `allowed` are enough to use something offered under `expression`.
///
/// `OR` and the older `/` need one side, `AND` both; `X WITH Y` has to be allowed as a whole. An expression that
/// cannot be read is not allowed.
pub fn is_allowed(expression: &str, allowed: &[String]) -> bool {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut reader = Reader { words: &words, allowed };
    reader.either().is_some_and(|enough| enough && reader.words.is_empty())
}

struct Reader<'a> {
    words: &'a [&'a str],
    allowed: &'a [String],
}

impl Reader<'_> {
    fn either(&mut self) -> Option<bool> {
        let mut enough = self.both()?;
        while self.takes("OR") {
            // Both sides are read even if one is enough, so that nonsense after it is seen.
            enough |= self.both()?;
        }
        Some(enough)
    }

    fn both(&mut self) -> Option<bool> {
        let mut enough = self.one()?;
        while self.takes("AND") {
            enough &= self.one()?;
        }
        Some(enough)
    }

    fn one(&mut self) -> Option<bool> {
        if self.takes("(") {
            let enough = self.either()?;
            return self.takes(")").then_some(enough);
        }
        let mut licence = self.next()?.to_string();
        if self.takes("WITH") {
            licence = format!("{licence} WITH {}", self.next()?);
        }
        Some(self.allowed.contains(&licence))
    }

    fn takes(&mut self, word: &str) -> bool {
        let found = self.words.first() == Some(&word);
        if found {
            self.words = &self.words[1..];
        }
        found
    }

    fn next(&mut self) -> Option<&str> {
        let (word, rest) = self.words.split_first()?;
        if matches!(*word, "OR" | "AND" | "WITH" | "(" | ")") {
            return None;
        }
        self.words = rest;
        Some(word)
    }
}

#[cfg(test)]
mod tests {
    use super::is_allowed;

    #[test]
    fn judges_expressions_as_crates_write_them() {
        let allowed: Vec<String> =
            ["MIT", "Apache-2.0", "Unicode-3.0", "Apache-2.0 WITH LLVM-exception"].map(String::from).to_vec();
        for (expression, expected) in [
            ("MIT", true),
            ("MIT OR Apache-2.0", true),
            ("MIT/Apache-2.0", true),
            ("GPL-2.0-only OR MIT", true),
            ("GPL-3.0-only", false),
            ("MIT AND GPL-3.0-only", false),
            ("(MIT OR Apache-2.0) AND Unicode-3.0", true),
            ("(MIT OR Apache-2.0) AND BSD-3-Clause", false),
            ("Apache-2.0 WITH LLVM-exception OR GPL-2.0-only", true),
            ("MIT WITH LLVM-exception", false),
            ("GPL-2.0-only OR MIT AND BSL-1.0", false),
            ("", false),
            ("MIT OR", false),
            ("MIT Apache-2.0", false),
            ("(MIT", false),
        ] {
            assert_eq!(is_allowed(expression, &allowed), expected, "{expression}");
        }
    }
}
