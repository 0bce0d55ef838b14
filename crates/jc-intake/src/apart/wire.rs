//! The form in which files, rows and findings go between the two processes. Both are always the same program, so
//! there is one version and no negotiation.

use crate::book::SheetInfo;
use crate::codes::CODES;
use crate::limits::Limits;
use crate::number::Moment;
use crate::photo::{self, Picture};
use crate::prose::{self, Prose};
use crate::row::{Cell, Row, RowBuf, Slot};
use crate::site::Site;
use crate::xlsx::Merge;
use jc_base::{Args, Date, Finding, Level, Place};
use std::io::{self, ErrorKind, Read, Write};

const KINDS: [&str; 4] = ["csv", "xlsx", "ods", "xls"];
/// Names and values in findings are quotes: short.
const LONGEST_WORD: u32 = 1 << 16;
const MOST_FINDINGS: u32 = 16;

const BOOK: u8 = b'B';
const FINDINGS: u8 = b'F';
const ROW: u8 = b'R';
const END: u8 = b'E';
const TEXT_OF: u8 = b'T';
const PICTURE: u8 = b'P';

/// What comes after an ask.
pub(super) enum Next {
    /// A row, now in the buffer.
    Row,
    /// No more rows.
    End(Vec<Merge>),
    /// The sheet cannot be read on.
    Finding(Box<Finding>),
}

fn nonsense() -> io::Error {
    io::Error::new(ErrorKind::InvalidData, "the other process talks nonsense")
}

fn put_u32(out: &mut dyn Write, number: usize) -> io::Result<()> {
    let number = u32::try_from(number).map_err(|_| nonsense())?;
    out.write_all(&number.to_le_bytes())
}

fn put_text(out: &mut dyn Write, text: &str) -> io::Result<()> {
    put_u32(out, text.len())?;
    out.write_all(text.as_bytes())
}

fn take<const N: usize>(from: &mut dyn Read) -> io::Result<[u8; N]> {
    let mut bytes = [0; N];
    from.read_exact(&mut bytes)?;
    Ok(bytes)
}

fn take_u8(from: &mut dyn Read) -> io::Result<u8> {
    take::<1>(from).map(|[byte]| byte)
}

fn take_u32(from: &mut dyn Read) -> io::Result<u32> {
    take(from).map(u32::from_le_bytes)
}

/// A number that may not be larger than what is sensible here.
fn take_at_most(from: &mut dyn Read, most: u32) -> io::Result<usize> {
    let number = take_u32(from)?;
    if number > most { Err(nonsense()) } else { Ok(number as usize) }
}

fn take_text(from: &mut dyn Read, most: u32) -> io::Result<String> {
    let mut bytes = vec![0; take_at_most(from, most)?];
    from.read_exact(&mut bytes)?;
    String::from_utf8(bytes).map_err(|_| nonsense())
}

/// What is wanted of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    /// Its sheets, then their rows.
    Rows,
    /// Its text.
    Text,
    /// It is a picture, to be looked over.
    Picture,
}

impl Wanted {
    const ALL: [Wanted; 3] = [Wanted::Rows, Wanted::Text, Wanted::Picture];
}

/// Hands over a file.
pub(super) fn put_file(
    out: &mut dyn Write,
    wanted: Wanted,
    name: &str,
    bytes: &[u8],
    limits: &Limits,
) -> io::Result<()> {
    out.write_all(&[wanted as u8])?;
    let numbers: [u64; 10] = [
        limits.bytes as u64,
        limits.inflated_bytes,
        limits.zip_entries as u64,
        limits.sheets as u64,
        limits.rows.into(),
        limits.columns.into(),
        limits.cells,
        limits.cell_chars as u64,
        limits.xml_depth.into(),
        limits.findings as u64,
    ];
    for number in numbers {
        out.write_all(&number.to_le_bytes())?;
    }
    put_text(out, name)?;
    out.write_all(&(bytes.len() as u64).to_le_bytes())?;
    out.write_all(bytes)
}

/// Takes a file. This side believes what it is told: it is the one that is watched.
pub(super) fn take_file(from: &mut dyn Read) -> io::Result<(Wanted, String, Vec<u8>, Limits)> {
    let wanted = take_u8(from)?;
    let wanted = Wanted::ALL.into_iter().find(|it| *it as u8 == wanted).ok_or_else(nonsense)?;
    let mut number = || -> io::Result<u64> { take(from).map(u64::from_le_bytes) };
    let small = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
    let size = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
    let limits = Limits {
        bytes: size(number()?),
        inflated_bytes: number()?,
        zip_entries: size(number()?),
        sheets: size(number()?),
        rows: small(number()?),
        columns: small(number()?),
        cells: number()?,
        cell_chars: size(number()?),
        xml_depth: small(number()?),
        findings: size(number()?),
    };
    let name = take_text(from, u32::MAX)?;
    let length = u64::from_le_bytes(take(from)?);
    let mut bytes = Vec::with_capacity(size(length));
    from.take(length).read_to_end(&mut bytes)?;
    if bytes.len() as u64 == length { Ok((wanted, name, bytes, limits)) } else { Err(ErrorKind::UnexpectedEof.into()) }
}

/// Asks for the rows of a sheet.
pub(super) fn put_ask(out: &mut dyn Write, sheet: usize, most: u32) -> io::Result<()> {
    put_u32(out, sheet)?;
    out.write_all(&most.to_le_bytes())
}

/// The next ask; nothing once nobody asks any more.
pub(super) fn take_ask(from: &mut dyn Read) -> io::Result<Option<(usize, usize)>> {
    match take_u32(from) {
        Ok(sheet) => Ok(Some((sheet as usize, take_u32(from)? as usize))),
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => Ok(None),
        Err(error) => Err(error),
    }
}

pub(super) fn put_book(out: &mut dyn Write, kind: &str, sheets: &[SheetInfo]) -> io::Result<()> {
    let kind = KINDS.iter().position(|k| *k == kind).and_then(|at| u8::try_from(at).ok()).ok_or_else(nonsense)?;
    out.write_all(&[BOOK, kind])?;
    put_u32(out, sheets.len())?;
    for sheet in sheets {
        put_text(out, &sheet.name)?;
        out.write_all(&[u8::from(sheet.hidden)])?;
    }
    Ok(())
}

type Opened = Result<(&'static str, Vec<SheetInfo>), Vec<Finding>>;

/// The answer to a file: its kind and sheets, or what is wrong with it.
pub(super) fn take_opened(from: &mut dyn Read, site: &Site, limits: &Limits) -> io::Result<Opened> {
    match take_u8(from)? {
        FINDINGS => take_findings(from, site).map(Err),
        BOOK => {
            let kind = KINDS.get(usize::from(take_u8(from)?)).ok_or_else(nonsense)?;
            let most = u32::try_from(limits.sheets).unwrap_or(u32::MAX);
            let mut sheets = Vec::new();
            for _ in 0..take_at_most(from, most.max(1))? {
                sheets.push(SheetInfo { name: take_text(from, LONGEST_WORD)?, hidden: take_u8(from)? != 0 });
            }
            Ok(Ok((kind, sheets)))
        }
        _ => Err(nonsense()),
    }
}

pub(super) fn put_prose(out: &mut dyn Write, prose: &Prose) -> io::Result<()> {
    let kind = prose::KINDS.iter().position(|k| *k == prose.kind).and_then(|at| u8::try_from(at).ok());
    out.write_all(&[TEXT_OF, kind.ok_or_else(nonsense)?])?;
    put_text(out, &prose.text)?;
    out.write_all(&[u8::from(!prose.warnings.is_empty())])?;
    if prose.warnings.is_empty() { Ok(()) } else { put_findings(out, &prose.warnings) }
}

/// The answer to a document: its text, or what is wrong with it.
pub(super) fn take_prose(from: &mut dyn Read, site: &Site) -> io::Result<Result<Prose, Vec<Finding>>> {
    match take_u8(from)? {
        FINDINGS => take_findings(from, site).map(Err),
        TEXT_OF => {
            let kind = prose::KINDS.get(usize::from(take_u8(from)?)).ok_or_else(nonsense)?;
            let most = u32::try_from(prose::MOST_CHARS * 4).unwrap_or(u32::MAX);
            let text = take_text(from, most)?;
            let warnings = match take_u8(from)? {
                0 => Vec::new(),
                _ if take_u8(from)? == FINDINGS => take_findings(from, site)?,
                _ => return Err(nonsense()),
            };
            Ok(Ok(Prose { kind, text, warnings }))
        }
        _ => Err(nonsense()),
    }
}

pub(super) fn put_picture(out: &mut dyn Write, picture: &Picture) -> io::Result<()> {
    out.write_all(&[PICTURE, u8::from(picture.pixels.is_some())])?;
    out.write_all(&picture.pixels.unwrap_or(0).to_le_bytes())?;
    put_u32(out, picture.content.len())?;
    out.write_all(&picture.content)
}

/// The answer to a picture, which must be one that can have come of it.
pub(super) fn take_picture(from: &mut dyn Read, before: &[u8]) -> io::Result<Picture> {
    let [kind, told] = take(from)?;
    if kind != PICTURE {
        return Err(nonsense());
    }
    let pixels = Some(u64::from_le_bytes(take(from)?)).filter(|_| told != 0);
    let mut content = vec![0; take_at_most(from, photo::most_of(before))?];
    from.read_exact(&mut content)?;
    if photo::may_come_of(&content, before) { Ok(Picture { pixels, content }) } else { Err(nonsense()) }
}

/// The files' readers find something about the file, a place in a text, a sheet's row or a cell; nothing else is
/// known here.
pub(super) fn put_findings(out: &mut dyn Write, findings: &[Finding]) -> io::Result<()> {
    out.write_all(&[FINDINGS])?;
    put_u32(out, findings.len().min(MOST_FINDINGS as usize))?;
    for finding in findings.iter().take(MOST_FINDINGS as usize) {
        put_text(out, finding.code)?;
        out.write_all(&[u8::from(finding.level == Level::Warning)])?;
        put_u32(out, finding.with.0.len())?;
        for (name, value) in &finding.with.0 {
            put_text(out, name)?;
            put_text(out, value)?;
        }
        match &finding.place {
            Place::Cell { sheet, row, column, .. } => {
                out.write_all(&[1])?;
                put_text(out, sheet)?;
                out.write_all(&row.to_le_bytes())?;
                out.write_all(&column.unwrap_or(0).to_le_bytes())?;
            }
            Place::Text { line, column, .. } => {
                out.write_all(&[2])?;
                put_u32(out, *line)?;
                put_u32(out, *column)?;
            }
            _ => out.write_all(&[0])?,
        }
    }
    Ok(())
}

fn take_findings(from: &mut dyn Read, site: &Site) -> io::Result<Vec<Finding>> {
    let mut findings = Vec::new();
    for _ in 0..take_at_most(from, MOST_FINDINGS)? {
        let code = take_text(from, LONGEST_WORD)?;
        let (code, names) = CODES.iter().find(|(known, _)| *known == code).ok_or_else(nonsense)?;
        let level = if take_u8(from)? == 0 { Level::Error } else { Level::Warning };
        let mut with = Args::default();
        for _ in 0..take_at_most(from, 8)? {
            let name = take_text(from, LONGEST_WORD)?;
            let name = names.iter().find(|known| **known == name).ok_or_else(nonsense)?;
            with.0.push((name, take_text(from, LONGEST_WORD)?));
        }
        let place = match take_u8(from)? {
            0 => site.whole(),
            2 => {
                let (line, column) = (take_u32(from)? as usize, take_u32(from)? as usize);
                Place::Text { file: site.file.clone(), line, column, length: 1 }
            }
            _ => {
                let sheet = take_text(from, LONGEST_WORD)?;
                let row = take_u32(from)?;
                let column = Some(take_u32(from)?).filter(|column| *column > 0);
                Place::Cell { file: site.file.clone(), sheet, row, column }
            }
        };
        findings.push(Finding { code, level, place, with, also: Vec::new() });
    }
    if findings.is_empty() { Err(nonsense()) } else { Ok(findings) }
}

const EMPTY: u8 = 0;
const TEXT: u8 = 1;
const NUMBER: u8 = 2;
const ERROR: u8 = 3;
const DATE: u8 = 4;
const DATE_TIME: u8 = 5;
const TIME: u8 = 6;
const NO: u8 = 7;
const YES: u8 = 8;

/// A row: its number, how many cells, then the length of their text and of their kinds, then both.
pub(super) fn put_row(out: &mut dyn Write, row: &Row, frame: &mut Vec<u8>) -> io::Result<()> {
    frame.clear();
    // Empty cells at the end say nothing.
    let cells = row.cells().enumerate().filter(|(_, cell)| *cell != Cell::Empty).last().map_or(0, |(at, _)| at + 1);
    let mut text = 0;
    for cell in row.cells().take(cells) {
        let mut words = |kind: u8, words: &str| {
            frame.push(kind);
            frame.extend_from_slice(&(words.len() as u32).to_le_bytes());
            text += words.len();
        };
        match cell {
            Cell::Empty => frame.push(EMPTY),
            Cell::Text(it) => words(TEXT, it),
            Cell::Number(it) => words(NUMBER, it),
            Cell::Error(it) => words(ERROR, it),
            Cell::Date(date) => put_date(frame, DATE, date),
            Cell::DateTime(date, minutes) => {
                put_date(frame, DATE_TIME, date);
                frame.extend_from_slice(&minutes.to_le_bytes());
            }
            Cell::Time(minutes) => {
                frame.push(TIME);
                frame.extend_from_slice(&minutes.to_le_bytes());
            }
            Cell::Bool(yes) => frame.push(if yes { YES } else { NO }),
        }
    }
    let kinds = frame.len();
    for cell in row.cells() {
        if let Cell::Text(it) | Cell::Number(it) | Cell::Error(it) = cell {
            frame.extend_from_slice(it.as_bytes());
        }
    }
    out.write_all(&[ROW])?;
    out.write_all(&row.number().to_le_bytes())?;
    put_u32(out, cells)?;
    put_u32(out, kinds)?;
    put_u32(out, text)?;
    out.write_all(frame)
}

fn put_date(frame: &mut Vec<u8>, kind: u8, date: Date) {
    frame.push(kind);
    // Years are 1 to 9999.
    frame.extend_from_slice(&(date.year() as u16).to_le_bytes());
    frame.extend_from_slice(&[date.month() as u8, date.day() as u8]);
}

pub(super) fn put_end(out: &mut dyn Write, merges: &[Merge]) -> io::Result<()> {
    out.write_all(&[END])?;
    put_u32(out, merges.len().min(MOST_MERGES as usize))?;
    for merge in merges.iter().take(MOST_MERGES as usize) {
        for corner in [merge.rows.0, merge.rows.1] {
            out.write_all(&corner.to_le_bytes())?;
        }
        put_u32(out, merge.columns.0)?;
        put_u32(out, merge.columns.1)?;
    }
    Ok(())
}

/// The readers look at no more.
const MOST_MERGES: u32 = 10_000;
/// Blank cells are not counted against the limits; no sheet has so many columns.
const MOST_CELLS: u32 = 1 << 20;

/// What comes after an ask; a row goes into the buffer, which it may use as it likes.
pub(super) fn take_row(
    from: &mut dyn Read,
    buf: &mut RowBuf,
    kinds: &mut Vec<u8>,
    limits: &Limits,
    site: &Site,
) -> io::Result<Next> {
    match take_u8(from)? {
        ROW => {}
        END => {
            let mut merges = Vec::new();
            for _ in 0..take_at_most(from, MOST_MERGES)? {
                let rows = (take_u32(from)?, take_u32(from)?);
                let columns = (take_u32(from)? as usize, take_u32(from)? as usize);
                merges.push(Merge { rows, columns });
            }
            return Ok(Next::End(merges));
        }
        FINDINGS => {
            let first = take_findings(from, site)?.into_iter().next().ok_or_else(nonsense)?;
            return Ok(Next::Finding(Box::new(first)));
        }
        _ => return Err(nonsense()),
    }
    buf.clear();
    buf.number = take_u32(from)?;
    let cells = take_at_most(from, MOST_CELLS)?;
    let length = take_at_most(from, MOST_CELLS * 7)?;
    let longest = limits.cell_chars.saturating_mul(4).saturating_mul(limits.columns as usize);
    let text = take_at_most(from, u32::try_from(longest).unwrap_or(u32::MAX))?;
    kinds.resize(length, 0);
    from.read_exact(kinds)?;
    let mut words = std::mem::take(&mut buf.own).into_bytes();
    words.resize(text, 0);
    from.read_exact(&mut words)?;
    buf.own = String::from_utf8(words).map_err(|_| nonsense())?;
    let mut kinds = kinds.as_slice();
    let mut at = 0;
    for _ in 0..cells {
        let slot = take_slot(&mut kinds, &buf.own, &mut at)?;
        buf.slots.push(slot);
    }
    if kinds.is_empty() && at as usize == buf.own.len() { Ok(Next::Row) } else { Err(nonsense()) }
}

fn take_slot(kinds: &mut &[u8], own: &str, at: &mut u32) -> io::Result<Slot> {
    let kind = take_u8(kinds)?;
    Ok(match kind {
        EMPTY => Slot::Empty,
        TEXT | NUMBER | ERROR => {
            let start = *at;
            let end = start.checked_add(take_u32(kinds)?).ok_or_else(nonsense)?;
            if !own.is_char_boundary(end as usize) {
                return Err(nonsense());
            }
            *at = end;
            match kind {
                TEXT => Slot::Own(start, end),
                NUMBER => Slot::Number(start, end),
                _ => Slot::Error(start, end),
            }
        }
        DATE => Slot::Moment(Moment::Day(take_date(kinds)?)),
        DATE_TIME => Slot::Moment(Moment::DayTime(take_date(kinds)?, take_minutes(kinds)?)),
        TIME => Slot::Moment(Moment::Time(take_minutes(kinds)?)),
        NO => Slot::Bool(false),
        YES => Slot::Bool(true),
        _ => return Err(nonsense()),
    })
}

fn take_date(kinds: &mut &[u8]) -> io::Result<Date> {
    let year = u16::from_le_bytes(take(kinds)?);
    let [month, day] = take(kinds)?;
    Date::new(year.into(), month.into(), day.into()).ok_or_else(nonsense)
}

fn take_minutes(kinds: &mut &[u8]) -> io::Result<u16> {
    let minutes = u16::from_le_bytes(take(kinds)?);
    if minutes < 1440 { Ok(minutes) } else { Err(nonsense()) }
}
