//! A pull parser for the XML in workbooks: streaming, bounded, and without the parts of XML that are dangerous.
//!
//! Why our own: the row of a sheet is read straight into one reused buffer, each byte is looked at once, and what
//! a workbook never needs (document types, entities of one's own, endless tokens) does not exist here.

use std::io::{ErrorKind, Read};
use std::ops::Range;

/// No tag, and no text between two tags, is longer than this.
const MOST_TOKEN: usize = 8 << 20;

/// Why reading cannot go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum XmlError {
    /// More came out of the container than allowed.
    TooMuch,
    /// A document type.
    Doctype,
    /// Cut off, not XML, not UTF-8, nested too deep.
    Damaged,
}

/// What comes next.
#[derive(Debug)]
pub(crate) enum Event<'a> {
    Start(Tag<'a>),
    /// The end of an element, by its name without prefix.
    End(&'a [u8]),
    Text(Text<'a>),
    Eof,
}

/// The start of an element.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tag<'a> {
    /// The name without prefix.
    pub(crate) name: &'a [u8],
    attributes: &'a [u8],
    /// Whether it ends at once; no `End` follows.
    pub(crate) empty: bool,
}

impl<'a> Tag<'a> {
    /// The attributes: name without prefix, and the raw value.
    pub(crate) fn attributes(&self) -> Attributes<'a> {
        Attributes { rest: self.attributes }
    }

    /// The raw value of an attribute.
    pub(crate) fn attribute(&self, name: &[u8]) -> Option<&'a [u8]> {
        self.attributes().find(|(n, _)| *n == name).map(|(_, value)| value)
    }

    /// The value of an attribute as text.
    pub(crate) fn text(&self, name: &[u8]) -> Result<Option<String>, XmlError> {
        let Some(raw) = self.attribute(name) else { return Ok(None) };
        let mut out = String::new();
        unescape(&mut out, raw)?;
        Ok(Some(out))
    }

    /// The value of an attribute as a number.
    pub(crate) fn number(&self, name: &[u8]) -> Option<u32> {
        std::str::from_utf8(self.attribute(name)?).ok()?.trim().parse().ok()
    }
}

/// Walks over attributes.
pub(crate) struct Attributes<'a> {
    rest: &'a [u8],
}

impl<'a> Iterator for Attributes<'a> {
    type Item = (&'a [u8], &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.rest.trim_ascii_start();
        let equals = rest.iter().position(|b| *b == b'=')?;
        let name = local(rest.get(..equals)?.trim_ascii());
        let after = rest.get(equals + 1..)?.trim_ascii_start();
        let (quote, after) = after.split_first()?;
        if !matches!(quote, b'"' | b'\'') {
            return None;
        }
        let end = after.iter().position(|b| b == quote)?;
        self.rest = after.get(end + 1..)?;
        Some((name, after.get(..end)?))
    }
}

/// Text between tags.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Text<'a> {
    raw: &'a [u8],
    literal: bool,
}

impl<'a> Text<'a> {
    /// Appends the text, its entities resolved.
    pub(crate) fn push_to(&self, out: &mut String) -> Result<(), XmlError> {
        if self.literal {
            out.push_str(std::str::from_utf8(self.raw).map_err(|_| XmlError::Damaged)?);
            return Ok(());
        }
        unescape(out, self.raw)
    }

    /// The bytes as they stand; numbers need nothing resolved.
    pub(crate) fn raw(&self) -> &'a [u8] {
        self.raw
    }
}

/// Appends `raw` with the five entities of XML and numbered characters resolved; there are no others.
fn unescape(out: &mut String, raw: &[u8]) -> Result<(), XmlError> {
    let mut rest = std::str::from_utf8(raw).map_err(|_| XmlError::Damaged)?;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let (entity, after) = after.split_once(';').ok_or(XmlError::Damaged)?;
        let c = match entity {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "apos" => '\'',
            _ => {
                let number = entity.strip_prefix('#').ok_or(XmlError::Damaged)?;
                let code = match number.strip_prefix(['x', 'X']) {
                    Some(hex) => u32::from_str_radix(hex, 16),
                    None => number.parse(),
                };
                code.ok().and_then(char::from_u32).ok_or(XmlError::Damaged)?
            }
        };
        out.push(c);
        rest = after;
    }
    out.push_str(rest);
    Ok(())
}

fn local(name: &[u8]) -> &[u8] {
    match name.iter().position(|b| *b == b':') {
        Some(at) => name.get(at + 1..).unwrap_or_default(),
        None => name,
    }
}

/// The parser.
pub(crate) struct Xml<R> {
    reader: R,
    buf: Vec<u8>,
    start: usize,
    end: usize,
    eof: bool,
    depth: u32,
    most_depth: u32,
}

enum Raw {
    Start { name: Range<usize>, attributes: Range<usize>, empty: bool },
    End(Range<usize>),
    Text(Range<usize>, bool),
    Eof,
}

impl<R: Read> Xml<R> {
    pub(crate) fn new(reader: R, most_depth: u32) -> Self {
        Self { reader, buf: vec![0; 64 << 10], start: 0, end: 0, eof: false, depth: 0, most_depth }
    }

    /// How many elements are open.
    pub(crate) fn depth(&self) -> u32 {
        self.depth
    }

    /// The reader, to ask how much it has read.
    pub(crate) fn reader(&self) -> &R {
        &self.reader
    }

    /// What comes next.
    pub(crate) fn next(&mut self) -> Result<Event<'_>, XmlError> {
        let raw = self.advance()?;
        let slice = |range: Range<usize>| self.buf.get(range).unwrap_or_default();
        Ok(match raw {
            Raw::Start { name, attributes, empty } => {
                if !empty {
                    self.depth += 1;
                    if self.depth > self.most_depth {
                        return Err(XmlError::Damaged);
                    }
                }
                Event::Start(Tag { name: local(slice(name)), attributes: slice(attributes), empty })
            }
            Raw::End(name) => {
                self.depth = self.depth.checked_sub(1).ok_or(XmlError::Damaged)?;
                Event::End(local(slice(name)))
            }
            Raw::Text(range, literal) => Event::Text(Text { raw: slice(range), literal }),
            Raw::Eof if self.depth > 0 => return Err(XmlError::Damaged),
            Raw::Eof => Event::Eof,
        })
    }

    /// The text of `<v>…</v></c>`, if exactly that comes next and is already read: four tokens in one step, for the
    /// millions of cells that are nothing else. The element `c` it closes must be the innermost open one.
    pub(crate) fn plain_value(&mut self) -> Option<Text<'_>> {
        const CLOSE: &[u8] = b"</v></c>";
        let here = self.buf.get(self.start..self.end)?.strip_prefix(b"<v>")?;
        let length = here.iter().position(|b| *b == b'<')?;
        if length == 0 || !here.get(length..)?.starts_with(CLOSE) {
            return None;
        }
        let from = self.start + 3;
        self.start = from + length + CLOSE.len();
        self.depth = self.depth.checked_sub(1)?;
        self.buf.get(from..from + length).map(|raw| Text { raw, literal: false })
    }

    /// Passes over everything until the end of the element just started (its start was not `empty`).
    pub(crate) fn skip_element(&mut self) -> Result<(), XmlError> {
        let outside = self.depth - 1;
        while self.depth > outside {
            if let Event::Eof = self.next()? {
                return Err(XmlError::Damaged);
            }
        }
        Ok(())
    }
}

impl<R: Read> Xml<R> {
    /// Finds the next token and moves past it.
    fn advance(&mut self) -> Result<Raw, XmlError> {
        loop {
            let Some(open) = self.find(0, b'<')? else {
                let rest = self.start..self.end;
                self.start = self.end;
                let blank = self.buf.get(rest).is_some_and(|rest| rest.trim_ascii().is_empty());
                return if blank || self.depth == 0 { Ok(Raw::Eof) } else { Err(XmlError::Damaged) };
            };
            if open > 0 {
                let range = self.start..self.start + open;
                self.start += open;
                return Ok(Raw::Text(range, false));
            }
            match self.peek(1)? {
                Some(b'/') => {
                    let close = self.find(2, b'>')?.ok_or(XmlError::Damaged)?;
                    let mut name = self.start + 2..self.start + close;
                    while name.end > name.start && self.buf.get(name.end - 1).is_some_and(u8::is_ascii_whitespace) {
                        name.end -= 1;
                    }
                    self.start += close + 1;
                    return Ok(Raw::End(name));
                }
                Some(b'?') => self.pass(b"?>")?,
                Some(b'!') => match self.peek(2)? {
                    Some(b'-') => {
                        self.start += 4.min(self.end - self.start);
                        self.pass(b"-->")?;
                    }
                    Some(b'[') => {
                        const CDATA: usize = b"<![CDATA[".len();
                        self.peek(CDATA)?.ok_or(XmlError::Damaged)?;
                        let length = self.find_text(CDATA, b"]]>")?.ok_or(XmlError::Damaged)?;
                        let from = self.start;
                        self.start = from + length + 3;
                        return Ok(Raw::Text(from + CDATA..from + length, true));
                    }
                    _ => return Err(XmlError::Doctype),
                },
                Some(_) => return self.start_tag(),
                None => return Err(XmlError::Damaged),
            }
        }
    }

    fn start_tag(&mut self) -> Result<Raw, XmlError> {
        let mut close = self.find(1, b'>')?.ok_or(XmlError::Damaged)?;
        // A `>` may stand inside a quoted value.
        while self.inside_quotes(close) {
            close = self.find(close + 1, b'>')?.ok_or(XmlError::Damaged)?;
        }
        let from = self.start + 1;
        let mut to = self.start + close;
        self.start = to + 1;
        let tag = self.buf.get(from..to).unwrap_or_default();
        let empty = tag.last() == Some(&b'/');
        if empty {
            to -= 1;
        }
        let tag = self.buf.get(from..to).unwrap_or_default();
        let name_end = from + tag.iter().position(u8::is_ascii_whitespace).unwrap_or(tag.len());
        if name_end == from {
            return Err(XmlError::Damaged);
        }
        Ok(Raw::Start { name: from..name_end, attributes: name_end..to, empty })
    }

    fn inside_quotes(&self, length: usize) -> bool {
        let mut open = None;
        for b in self.buf.get(self.start..self.start + length).unwrap_or_default() {
            match (open, b) {
                (None, b'"' | b'\'') => open = Some(*b),
                (Some(quote), b) if quote == *b => open = None,
                _ => {}
            }
        }
        open.is_some()
    }

    /// Moves past the next occurrence of `end`.
    fn pass(&mut self, end: &[u8]) -> Result<(), XmlError> {
        let length = self.find_text(0, end)?.ok_or(XmlError::Damaged)?;
        self.start += length + end.len();
        Ok(())
    }

    /// The distance from the start of the token to the next `wanted` that is at least `from` away.
    fn find(&mut self, from: usize, wanted: u8) -> Result<Option<usize>, XmlError> {
        let mut looked = from;
        loop {
            let here = self.buf.get(self.start + looked..self.end).unwrap_or_default();
            if let Some(at) = here.iter().position(|b| *b == wanted) {
                return Ok(Some(looked + at));
            }
            looked = looked.max(self.end - self.start);
            if !self.refill()? {
                return Ok(None);
            }
        }
    }

    fn find_text(&mut self, from: usize, wanted: &[u8]) -> Result<Option<usize>, XmlError> {
        let mut at = from;
        while let Some(found) = self.find(at, *wanted.first().unwrap_or(&b'>'))? {
            self.peek(found + wanted.len() - 1)?;
            let here = self.buf.get(self.start + found..(self.start + found + wanted.len()).min(self.end));
            if here == Some(wanted) {
                return Ok(Some(found));
            }
            at = found + 1;
        }
        Ok(None)
    }

    /// The byte at a distance from the start of the token.
    fn peek(&mut self, distance: usize) -> Result<Option<u8>, XmlError> {
        while self.start + distance >= self.end {
            if !self.refill()? {
                return Ok(None);
            }
        }
        Ok(self.buf.get(self.start + distance).copied())
    }

    /// Reads more; false at the end of the file. Distances from the start of the token stay right.
    fn refill(&mut self) -> Result<bool, XmlError> {
        if self.eof {
            return Ok(false);
        }
        if self.start > 0 {
            self.buf.copy_within(self.start..self.end, 0);
            self.end -= self.start;
            self.start = 0;
        }
        if self.end == self.buf.len() {
            if self.buf.len() >= MOST_TOKEN {
                return Err(XmlError::Damaged);
            }
            self.buf.resize(self.buf.len() * 2, 0);
        }
        let room = self.buf.get_mut(self.end..).unwrap_or_default();
        let read = self.reader.read(room).map_err(|error| match error.kind() {
            ErrorKind::FileTooLarge => XmlError::TooMuch,
            _ => XmlError::Damaged,
        })?;
        self.end += read;
        self.eof = read == 0;
        Ok(read > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What an XML text comes to, read in chunks of a size.
    fn read(xml: &[u8], chunk: usize) -> String {
        struct Chunked<'a>(&'a [u8], usize);
        impl Read for Chunked<'_> {
            fn read(&mut self, buf: &mut [u8]) -> std::io::Result<usize> {
                let n = self.1.min(self.0.len()).min(buf.len());
                let (now, later) = self.0.split_at(n);
                buf[..n].copy_from_slice(now);
                self.0 = later;
                Ok(n)
            }
        }
        let mut parser = Xml::new(Chunked(xml, chunk), 8);
        let mut out = String::new();
        loop {
            match parser.next() {
                Ok(Event::Eof) => return out,
                Err(error) => return format!("{out}!{error:?}"),
                Ok(Event::Start(tag)) => {
                    out += &format!("<{}", String::from_utf8_lossy(tag.name));
                    for (name, value) in tag.attributes() {
                        out += &format!(" {}={}", String::from_utf8_lossy(name), String::from_utf8_lossy(value));
                    }
                    out += if tag.empty { "/>" } else { ">" };
                }
                Ok(Event::End(name)) => out += &format!("</{}>", String::from_utf8_lossy(name)),
                Ok(Event::Text(text)) => {
                    if let Err(error) = text.push_to(&mut out) {
                        return format!("{out}!{error:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn reads_what_workbooks_contain() {
        for (xml, expected) in [
            ("<?xml version='1.0'?>\n<x:row r=\"1\" a='>'>甲&amp;&#x4E59;</x:row >", "\n<row r=1 a=>>甲&乙</row>"),
            ("<a><!-- <b> --><c/><![CDATA[<&]]></a>", "<a><c/><&</a>"),
            ("<a b = \"1\"  c='2' />", "<a b=1 c=2/>"),
            ("\u{FEFF}<a></a>", "\u{FEFF}<a></a>"),
            ("<!DOCTYPE x [<!ENTITY e 'x'>]><a>&e;</a>", "!Doctype"),
            ("<a>&e;</a>", "<a>!Damaged"),
            ("<a>&#xD800;</a>", "<a>!Damaged"),
            ("<a><b>", "<a><b>!Damaged"),
            ("<a", "!Damaged"),
            ("<a><![CDATA[x", "<a>!Damaged"),
            ("</a>", "!Damaged"),
            ("<a><a><a><a><a><a><a><a><a>", "<a><a><a><a><a><a><a><a>!Damaged"),
            ("", ""),
        ] {
            for chunk in [1, 2, 3, 7, 1000] {
                assert_eq!(read(xml.as_bytes(), chunk), expected, "{xml} in {chunk}");
            }
        }
        assert_eq!(read(b"<a>\xff</a>", 100), "<a>!Damaged");
    }

    proptest! {
        #[test]
        fn any_bytes_end(bytes in prop::collection::vec(prop::sample::select(&b"<>/!?-[]CDATA&;#'\"= a:\xff"[..]), 0..60), chunk in 1usize..5) {
            prop_assert_eq!(read(&bytes, chunk), read(&bytes, 1000));
        }
    }
}
