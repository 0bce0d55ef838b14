//! Characters with their places: what the readers of lines and exhibits share.

use std::ops::Range;

/// Something wrong in a text, by the characters it is at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The finding's code.
    pub code: &'static str,
    /// The characters, from 0.
    pub at: Range<usize>,
    /// What its words need.
    pub with: Vec<(&'static str, String)>,
}

impl Fault {
    pub(super) fn new(code: &'static str, at: Range<usize>) -> Self {
        Self { code, at, with: Vec::new() }
    }

    pub(super) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.with.push((name, value.into()));
        self
    }

    /// Names what was probably meant, if one name is near enough.
    pub(super) fn nearest<'n>(self, typed: &str, names: impl Iterator<Item = &'n str>) -> Self {
        match jc_text::similar::nearest(typed, names) {
            Some(near) => self.with("nearest", near),
            None => self,
        }
    }
}

/// A piece of a text that knows where it stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece<'a> {
    pub text: &'a [char],
    /// The place of its first character.
    pub start: usize,
}

impl<'a> Piece<'a> {
    pub(super) fn range(self) -> Range<usize> {
        self.start..self.start + self.text.len().max(1)
    }

    pub(super) fn string(self) -> String {
        self.text.iter().collect()
    }

    pub(super) fn sub(self, range: Range<usize>) -> Self {
        Self { text: &self.text[range.clone()], start: self.start + range.start }
    }

    pub(super) fn trim(self) -> Self {
        let blank = |c: &char| c.is_whitespace();
        let from = self.text.iter().position(|c| !blank(c)).unwrap_or(self.text.len());
        let until = self.text.iter().rposition(|c| !blank(c)).map_or(from, |at| at + 1);
        self.sub(from..until)
    }

    /// The place of a character outside all braces.
    pub(super) fn find(self, wanted: &[char]) -> Option<usize> {
        let mut depth = 0i32;
        self.text.iter().position(|c| {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                _ => {}
            }
            depth == 0 && wanted.contains(c)
        })
    }

    /// The pieces between a character outside all braces.
    pub(super) fn split(self, wanted: &[char]) -> Vec<Self> {
        let (mut pieces, mut rest) = (Vec::new(), self);
        while let Some(at) = rest.find(wanted) {
            pieces.push(rest.sub(0..at));
            rest = rest.sub(at + 1..rest.text.len());
        }
        pieces.push(rest);
        pieces
    }

    /// What stands before and after a word between blanks.
    pub(super) fn split_word(self, word: &str) -> Option<(Self, Self)> {
        let wanted: Vec<char> = format!(" {word} ").chars().collect();
        let at = self.text.windows(wanted.len()).position(|window| window == wanted)?;
        Some((self.sub(0..at), self.sub(at + wanted.len()..self.text.len())))
    }
}
