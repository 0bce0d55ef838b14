//! A file's text and where things stand in it, counted as people count: lines and characters from 1.

use jc_base::Place;
use std::ops::Range;

/// A stretch of one file, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct At {
    /// Position of the file.
    pub file: usize,
    pub start: usize,
    pub end: usize,
}

/// A text of a file, with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Text {
    pub value: String,
    pub at: At,
}

/// One file of the catalog.
#[derive(Debug)]
pub struct FileText<'a> {
    /// Its path below the catalog's folder.
    pub path: &'a str,
    /// Its text.
    pub text: &'a str,
    line_starts: Vec<usize>,
}

impl<'a> FileText<'a> {
    /// A file and where its lines begin.
    pub fn new(path: &'a str, text: &'a str) -> Self {
        let line_starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { path, text, line_starts }
    }

    /// The line of a byte, from 1.
    pub fn line(&self, byte: usize) -> usize {
        self.line_starts.partition_point(|start| *start <= byte)
    }

    /// The place of a stretch; no longer than the rest of its first line.
    pub fn place(&self, span: Range<usize>) -> Place {
        let start = self.boundary(span.start);
        let line = self.line(start);
        let line_start = self.line_starts[line - 1];
        let rest = self.text[start..].lines().next().unwrap_or("");
        let wanted = self.text[start..self.boundary(span.end.max(start))].chars().count();
        let length = wanted.min(rest.chars().count()).max(1);
        let column = self.text[line_start..start].chars().count() + 1;
        Place::Text { file: self.path.to_owned(), line, column, length }
    }

    /// The place of characters `inside` the decoded text of the string that stands at `span`, quotes included.
    pub fn place_inside(&self, span: Range<usize>, inside: Range<usize>) -> Place {
        let raw = &self.text[self.boundary(span.start)..self.boundary(span.end)];
        let offsets = decoded_offsets(raw);
        let offset = |ix: usize| *offsets.get(ix).or(offsets.last()).unwrap_or(&0);
        let start = span.start + offset(inside.start);
        self.place(start..span.start + offset(inside.end).max(offset(inside.start) + 1))
    }

    fn boundary(&self, byte: usize) -> usize {
        let mut byte = byte.min(self.text.len());
        while !self.text.is_char_boundary(byte) {
            byte -= 1;
        }
        byte
    }
}

/// For each character of a TOML string's content, the byte of `raw` it was written at; and the end.
fn decoded_offsets(raw: &str) -> Vec<usize> {
    let (quotes, literal) = match raw.as_bytes() {
        [b'"', b'"', b'"', ..] => (3, false),
        [b'\'', b'\'', b'\'', ..] => (3, true),
        [b'\'', ..] => (1, true),
        [b'"', ..] => (1, false),
        _ => (0, true),
    };
    let end = raw.len().saturating_sub(quotes).max(quotes.min(raw.len()));
    let mut at = quotes.min(raw.len());
    let mut offsets = Vec::new();
    // The first line break of a text of several lines is not part of it.
    if quotes == 3 {
        at += if raw[at..].starts_with("\r\n") { 2 } else { usize::from(raw[at..].starts_with('\n')) };
    }
    while at < end {
        let rest = &raw[at..end];
        let c = rest.chars().next().unwrap_or(' ');
        if c != '\\' || literal {
            if !(c == '\r' && rest.starts_with("\r\n")) {
                offsets.push(at);
            }
            at += c.len_utf8();
            continue;
        }
        let (stands_for_one, length) = match rest.as_bytes().get(1) {
            Some(b'u') => (true, 6),
            Some(b'U') => (true, 10),
            Some(b'x') => (true, 4),
            Some(b' ' | b'\t' | b'\r' | b'\n') => (false, 1 + rest[1..].len() - rest[1..].trim_start().len()),
            _ => (true, 2),
        };
        if stands_for_one {
            offsets.push(at);
        }
        at += length;
    }
    offsets.push(end);
    offsets
}

#[cfg(test)]
mod tests {
    use super::{FileText, decoded_offsets};
    use jc_base::Place;

    #[test]
    fn positions_are_counted_in_characters() {
        let file = FileText::new("x.toml", "# 注释\nname = \"毕业 = 1\"\n");
        let start = file.text.find('毕').expect("it is there");
        let place = file.place(start..start + 6);
        assert_eq!(place, Place::Text { file: "x.toml".into(), line: 2, column: 9, length: 2 });
        let quote = start - 1;
        let inside = file.place_inside(quote..file.text.len() - 1, 3..4);
        assert_eq!(inside, Place::Text { file: "x.toml".into(), line: 2, column: 12, length: 1 });
    }

    #[test]
    fn escapes_are_followed() {
        assert_eq!(decoded_offsets(r#""a\"b""#), [1, 2, 4, 5]);
        assert_eq!(decoded_offsets(r#""\u4E2Dx""#), [1, 7, 8]);
        assert_eq!(decoded_offsets("'''\nab'''"), [4, 5, 6]);
        assert_eq!(decoded_offsets("\"\"\"a\\\n   b\"\"\""), [3, 9, 10]);
        assert_eq!(decoded_offsets(""), [0]);
    }
}
