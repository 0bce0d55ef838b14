//! The rows of a sheet, one after the other, in constant memory.

use super::{Part, finding, strings};
use crate::codes;
use crate::number::NumberStyle;
use crate::row::{Row, RowBuf, Slot, Strings};
use crate::tally::Tally;
use crate::xml::{Event, Tag, Text, XmlError};
use jc_base::{Date, Finding};

/// More merged ranges than this are not looked at.
pub(crate) const MOST_MERGES: usize = 10_000;

/// Cells merged into one: first and last row (from 1), first and last column (from 0).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Merge {
    /// First and last row, as the spreadsheet program shows them.
    pub rows: (u32, u32),
    /// First and last column, counted from 0.
    pub columns: (usize, usize),
}

/// Reads a sheet.
pub(crate) struct SheetReader<'b> {
    xml: Part<'b>,
    styles: &'b [NumberStyle],
    strings: &'b Strings,
    epoch_1904: bool,
    tally: Tally,
    buf: RowBuf,
    state: State,
    merges: Vec<Merge>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Before,
    Rows,
    Done,
}

/// What a cell's value is written as.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Written {
    Number,
    Shared,
    Text,
    Bool,
    Error,
    Iso,
}

/// Why a row cannot be read on.
enum Stop {
    Xml(XmlError),
    Found(Box<Finding>),
}

impl From<XmlError> for Stop {
    fn from(error: XmlError) -> Self {
        Self::Xml(error)
    }
}

impl From<Box<Finding>> for Stop {
    fn from(finding: Box<Finding>) -> Self {
        Self::Found(finding)
    }
}

impl<'b> SheetReader<'b> {
    pub(super) fn new(
        xml: Part<'b>,
        styles: &'b [NumberStyle],
        strings: &'b Strings,
        epoch_1904: bool,
        tally: Tally,
    ) -> Self {
        let buf = RowBuf::default();
        Self { xml, styles, strings, epoch_1904, tally, buf, state: State::Before, merges: Vec::new() }
    }

    /// The next row with something in it.
    pub(crate) fn next(&mut self) -> Result<Option<Row<'_>>, Box<Finding>> {
        match self.advance() {
            Ok(true) => Ok(Some(self.buf.row("", self.strings))),
            Ok(false) => Ok(None),
            Err(stop) => {
                self.state = State::Done;
                let Tally { site, limits, .. } = &self.tally;
                Err(match stop {
                    Stop::Found(finding) => finding,
                    Stop::Xml(error) => finding(error, &site.sheet, limits, site),
                })
            }
        }
    }

    /// The merged cells; known once all rows are read.
    pub(crate) fn merges(&self) -> &[Merge] {
        &self.merges
    }

    fn advance(&mut self) -> Result<bool, Stop> {
        while self.state == State::Before {
            match self.xml.next()? {
                Event::Start(tag) if tag.name == b"sheetData" => {
                    self.state = if tag.empty { State::Done } else { State::Rows };
                }
                Event::Eof => return Err(XmlError::Damaged.into()),
                _ => {}
            }
        }
        while self.state == State::Rows {
            match self.xml.next()? {
                Event::Start(tag) if tag.name == b"row" => {
                    // Rows stand in order; a program that leaves their numbers out means the next one.
                    let number = match tag.number(b"r") {
                        Some(number) => number,
                        None => self.buf.number.saturating_add(1),
                    };
                    if number <= self.buf.number || number > 1_048_576 {
                        return Err(XmlError::Damaged.into());
                    }
                    self.buf.number = number;
                    if tag.empty {
                        continue;
                    }
                    self.buf.clear();
                    let cells = self.row(number)?;
                    if cells > 0 {
                        self.tally.row(number, cells)?;
                        return Ok(true);
                    }
                }
                Event::End(b"sheetData") => {
                    self.state = State::Done;
                    self.after()?;
                }
                Event::Eof => return Err(XmlError::Damaged.into()),
                _ => {}
            }
        }
        Ok(false)
    }

    /// Reads the cells of the row just begun; gives how many have something in them.
    fn row(&mut self, number: u32) -> Result<usize, Stop> {
        let mut column = 0usize;
        let mut cells = 0;
        loop {
            match self.xml.next()? {
                Event::Start(tag) if tag.name == b"c" => {
                    let (at, style, written) = cell_attributes(&tag, column)?;
                    column = at + 1;
                    if tag.empty {
                        continue;
                    }
                    let slot = self.cell(style, written)?;
                    match slot {
                        Slot::Empty => continue,
                        Slot::Own(start, end) => {
                            self.tally.column(number, at)?;
                            let text = self.buf.own.get(start as usize..end as usize).unwrap_or_default();
                            self.tally.text(number, at, text)?;
                        }
                        _ => self.tally.column(number, at)?,
                    }
                    self.buf.put(at, slot);
                    cells += 1;
                }
                Event::End(b"row") => return Ok(cells),
                Event::Eof => return Err(XmlError::Damaged.into()),
                _ => {}
            }
        }
    }

    /// Reads the value of the cell just begun, up to its end. Of a formula only the value kept with it counts.
    fn cell(&mut self, style: usize, written: Written) -> Result<Slot, Stop> {
        let Self { xml, buf, strings, epoch_1904, .. } = self;
        let style = self.styles.get(style).copied().unwrap_or_default();
        if let Some(text) = xml.plain_value() {
            let start = buf.mark();
            let slot = value(text, buf, strings, *epoch_1904, style, written)?;
            return Ok(finish(slot, start, buf, written));
        }
        let mut slot = Slot::Empty;
        // A formula whose value was never computed, as programs write it that do not calculate (without a value, or
        // with an empty one): not the same as an empty cell or an empty text, and not for us to compute.
        let (mut formula, mut valued) = (false, false);
        loop {
            match xml.next()? {
                Event::Start(tag) if tag.name == b"v" => {
                    valued = written == Written::Text;
                    if tag.empty {
                        continue;
                    }
                    let start = buf.mark();
                    slot = Slot::Empty;
                    loop {
                        match xml.next()? {
                            Event::Text(text) => {
                                valued |= !text.raw().trim_ascii().is_empty();
                                slot = value(text, buf, strings, *epoch_1904, style, written)?;
                            }
                            Event::Start(tag) if !tag.empty => xml.skip_element()?,
                            Event::Start(_) => {}
                            Event::End(_) => break,
                            Event::Eof => return Err(XmlError::Damaged.into()),
                        }
                    }
                    slot = finish(slot, start, buf, written);
                }
                Event::Start(tag) if tag.name == b"is" => {
                    if tag.empty {
                        continue;
                    }
                    let start = buf.mark();
                    strings::rich_text(xml, &mut buf.own, b"is")?;
                    strings::unescape_controls(&mut buf.own, start as usize);
                    slot = buf.text_since(start);
                }
                Event::Start(tag) => {
                    formula |= tag.name == b"f";
                    if !tag.empty {
                        xml.skip_element()?;
                    }
                }
                Event::End(b"c") => return Ok(if formula && !valued { buf.error("=?") } else { slot }),
                Event::Eof => return Err(XmlError::Damaged.into()),
                _ => {}
            }
        }
    }

    /// What follows the rows: the merged cells.
    fn after(&mut self) -> Result<(), Stop> {
        loop {
            match self.xml.next()? {
                Event::Start(tag) if tag.name == b"mergeCell" && self.merges.len() < MOST_MERGES => {
                    let range = tag.attribute(b"ref").and_then(|range| {
                        let mut corners = range.splitn(2, |b| *b == b':').filter_map(position);
                        let (first_row, first_column) = corners.next()?;
                        let (last_row, last_column) = corners.next()?;
                        Some(Merge { rows: (first_row, last_row), columns: (first_column, last_column) })
                    });
                    self.merges.extend(range);
                }
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }
}

/// A piece of a value. Text is only appended: it may come in several pieces, which [`finish`] makes one.
fn value(
    text: Text<'_>,
    buf: &mut RowBuf,
    strings: &Strings,
    epoch_1904: bool,
    style: NumberStyle,
    written: Written,
) -> Result<Slot, XmlError> {
    let start = buf.mark();
    Ok(match written {
        Written::Number => {
            let raw = text.raw().trim_ascii();
            if style == NumberStyle::Plain && is_exact(raw) {
                buf.own.push_str(std::str::from_utf8(raw).map_err(|_| XmlError::Damaged)?);
                Slot::Number(start, buf.mark())
            } else if raw.is_empty() {
                Slot::Empty
            } else {
                let number = std::str::from_utf8(raw).ok().and_then(|raw| raw.parse::<f64>().ok());
                buf.number(number.ok_or(XmlError::Damaged)?, style, epoch_1904)
            }
        }
        Written::Shared => {
            let ix = std::str::from_utf8(text.raw()).ok().and_then(|raw| raw.trim().parse::<u32>().ok());
            let ix = ix.filter(|ix| (*ix as usize) < strings.len()).ok_or(XmlError::Damaged)?;
            if strings.get(ix).is_empty() { Slot::Empty } else { Slot::Shared(ix) }
        }
        Written::Bool => Slot::Bool(matches!(text.raw().trim_ascii(), b"1" | b"true")),
        Written::Error => {
            text.push_to(&mut buf.own)?;
            Slot::Error(start, buf.mark())
        }
        Written::Text | Written::Iso => {
            text.push_to(&mut buf.own)?;
            Slot::Empty
        }
    })
}

/// The whole value, begun at `start` of the row's own text.
fn finish(slot: Slot, start: u32, buf: &mut RowBuf, written: Written) -> Slot {
    match written {
        Written::Text => {
            strings::unescape_controls(&mut buf.own, start as usize);
            buf.text_since(start)
        }
        Written::Iso => iso(buf.own.get(start as usize..).unwrap_or_default()).unwrap_or_else(|| buf.text_since(start)),
        _ => slot,
    }
}

/// Column, style and way of writing of a cell.
fn cell_attributes(tag: &Tag<'_>, next: usize) -> Result<(usize, usize, Written), XmlError> {
    let (mut column, mut style, mut written) = (next, 0, Written::Number);
    for (name, value) in tag.attributes() {
        match name {
            b"r" => column = letters(value).ok_or(XmlError::Damaged)?.0,
            b"s" => style = std::str::from_utf8(value).ok().and_then(|v| v.parse().ok()).unwrap_or(usize::MAX),
            b"t" => {
                written = match value {
                    b"n" => Written::Number,
                    b"s" => Written::Shared,
                    b"str" | b"inlineStr" => Written::Text,
                    b"b" => Written::Bool,
                    b"e" => Written::Error,
                    b"d" => Written::Iso,
                    _ => return Err(XmlError::Damaged),
                }
            }
            _ => {}
        }
    }
    Ok((column, style, written))
}

/// The column of a position such as `AB12`, counted from 0, and how many letters it has. The last column is `XFD`.
fn letters(position: &[u8]) -> Option<(usize, usize)> {
    let mut column = 0usize;
    let mut length = 0;
    for b in position.iter().filter(|b| **b != b'$').take_while(|b| b.is_ascii_alphabetic()) {
        column = column * 26 + usize::from(b.to_ascii_uppercase() - b'A') + 1;
        length += 1;
        if column > 16_384 {
            return None;
        }
    }
    Some((column.checked_sub(1)?, length))
}

/// Row (from 1) and column (from 0) of a position such as `AB12`.
fn position(text: &[u8]) -> Option<(u32, usize)> {
    let (column, length) = letters(text)?;
    let row = std::str::from_utf8(text.get(length..)?).ok()?.trim_start_matches('$').parse().ok()?;
    Some((row, column))
}

/// Whether a number's text is already plain decimal text with no more digits than are exact.
fn is_exact(raw: &[u8]) -> bool {
    let body = raw.strip_prefix(b"-").unwrap_or(raw);
    let mut points = 0;
    let fits = body.len() <= 16
        && body.iter().all(|b| {
            points += usize::from(*b == b'.');
            b.is_ascii_digit() || *b == b'.'
        });
    let ends = body.first().is_some_and(u8::is_ascii_digit) && body.last().is_some_and(u8::is_ascii_digit);
    let closing_zero = points == 1 && body.last() == Some(&b'0');
    let leading_zero = body.first() == Some(&b'0') && body.get(1).is_some_and(|b| *b != b'.');
    fits && ends && points <= 1 && body.len() - points <= 15 && !closing_zero && !leading_zero && raw != b"-0"
}

/// A day written as `2024-09-01T00:00:00`.
fn iso(text: &str) -> Option<Slot> {
    let date = Date::parse_iso(text.get(..10)?)?;
    let rest = text.get(10..)?;
    let minutes = match rest.get(..6) {
        None if rest.is_empty() => 0,
        None => return None,
        Some(time) => {
            let mut parts = time.strip_prefix('T')?.split(':');
            let hour: u16 = parts.next()?.parse().ok()?;
            let minute: u16 = parts.next()?.parse().ok()?;
            (hour < 24 && minute < 60).then_some(hour * 60 + minute)?
        }
    };
    Some(Slot::Moment(if minutes == 0 {
        crate::number::Moment::Day(date)
    } else {
        crate::number::Moment::DayTime(date, minutes)
    }))
}

/// The finding for merged cells among the rows.
pub(crate) fn merged(merge: Merge, site: &crate::site::Site) -> Finding {
    let name = |row: u32, column: usize| {
        let column = u32::try_from(column + 1).unwrap_or(u32::MAX);
        format!("{}{row}", jc_base::finding::column_letters(column))
    };
    let range = format!("{}:{}", name(merge.rows.0, merge.columns.0), name(merge.rows.1, merge.columns.1));
    Finding::warning(codes::MERGED, site.cell(merge.rows.0, merge.columns.0)).with("range", range)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_are_read() {
        for (text, expected) in [
            ("A1", Some((1, 0))),
            ("AB12", Some((12, 27))),
            ("XFD1048576", Some((1_048_576, 16_383))),
            ("XFE1", None),
            ("1", None),
            ("", None),
            ("ZZZZZZZZZZZZZZZZ1", None),
        ] {
            assert_eq!(position(text.as_bytes()), expected, "{text}");
        }
    }

    #[test]
    fn exact_numbers_are_taken_as_they_stand() {
        for yes in ["0", "20240901", "95.5", "-3", "0.25"] {
            assert!(is_exact(yes.as_bytes()), "{yes}");
        }
        for no in ["", "1E3", "0.10000000000000001", "012", "1.", ".5", "1.50", "1.2.3", "-0", "1234567890123456"] {
            assert!(!is_exact(no.as_bytes()), "{no}");
        }
    }
}
