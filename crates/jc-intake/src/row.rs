//! A row as it is handed out: cells that borrow from the file, so that reading costs nothing per cell.

use crate::number::{Moment, NumberStyle, moment, write_decimal};
use jc_base::Date;
use std::fmt;

/// What stands in a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell<'a> {
    /// Nothing.
    Empty,
    /// Text as typed. A share formatted as per cent is text too: `99.26%`.
    Text(&'a str),
    /// A number as exact decimal text: `20240901`, `0.1`.
    Number(&'a str),
    /// A day, known to be one from the cell's format or type.
    Date(Date),
    /// A day and minutes since its midnight.
    DateTime(Date, u16),
    /// Minutes since midnight.
    Time(u16),
    /// A tick.
    Bool(bool),
    /// What the spreadsheet program shows in place of a value: `#N/A`.
    Error(&'a str),
}

impl Cell<'_> {
    /// Whether nothing but white space stands in it.
    pub fn is_blank(&self) -> bool {
        match self {
            Cell::Empty => true,
            Cell::Text(text) if text.bytes().next().is_some_and(|b| b.is_ascii_graphic()) => false,
            Cell::Text(text) => {
                text.trim_matches(|c: char| c.is_whitespace() || jc_text::fold::is_invisible(c)).is_empty()
            }
            _ => false,
        }
    }
}

impl fmt::Display for Cell<'_> {
    /// The cell as a person would type it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Cell::Empty => Ok(()),
            Cell::Text(text) | Cell::Number(text) | Cell::Error(text) => f.write_str(text),
            Cell::Date(date) => date.fmt(f),
            Cell::DateTime(date, minutes) => write!(f, "{date} {:02}:{:02}", minutes / 60, minutes % 60),
            Cell::Time(minutes) => write!(f, "{:02}:{:02}", minutes / 60, minutes % 60),
            Cell::Bool(yes) => f.write_str(if *yes { "TRUE" } else { "FALSE" }),
        }
    }
}

/// A row of a sheet. Rows with nothing in them are not handed out; `number` skips them.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    number: u32,
    slots: &'a [Slot],
    own: &'a str,
    source: &'a str,
    strings: &'a Strings,
}

impl<'a> Row<'a> {
    /// The row's number as the spreadsheet program shows it, from 1.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// Up to which column there is something.
    pub fn len(&self) -> usize {
        self.slots.len()
    }

    /// Whether there is nothing at all.
    pub fn is_empty(&self) -> bool {
        self.slots.is_empty()
    }

    /// The cell of a column, counted from 0; empty beyond the end.
    pub fn cell(&self, column: usize) -> Cell<'a> {
        let part = |text: &'a str, start: u32, end: u32| text.get(start as usize..end as usize).unwrap_or("");
        match self.slots.get(column) {
            None | Some(Slot::Empty) => Cell::Empty,
            Some(Slot::Source(start, end)) => Cell::Text(part(self.source, *start, *end)),
            Some(Slot::Own(start, end)) => Cell::Text(part(self.own, *start, *end)),
            Some(Slot::Shared(ix)) => Cell::Text(self.strings.get(*ix)),
            Some(Slot::Number(start, end)) => Cell::Number(part(self.own, *start, *end)),
            Some(Slot::Error(start, end)) => Cell::Error(part(self.own, *start, *end)),
            Some(Slot::Moment(Moment::Day(date))) => Cell::Date(*date),
            Some(Slot::Moment(Moment::DayTime(date, minutes))) => Cell::DateTime(*date, *minutes),
            Some(Slot::Moment(Moment::Time(minutes))) => Cell::Time(*minutes),
            Some(Slot::Bool(yes)) => Cell::Bool(*yes),
        }
    }

    /// All cells up to the last with something in it.
    pub fn cells(&self) -> impl Iterator<Item = Cell<'a>> + '_ {
        (0..self.slots.len()).map(|column| self.cell(column))
    }

    /// The row with its cells as text, to be kept.
    pub fn to_owned(&self) -> OwnedRow {
        OwnedRow { number: self.number, cells: self.cells().map(|cell| cell.to_string()).collect() }
    }
}

/// A row to be kept: for the preview and for finding the headings.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OwnedRow {
    /// The row's number as the spreadsheet program shows it.
    pub number: u32,
    /// Its cells as text; empty where nothing stands.
    pub cells: Vec<String>,
}

/// Where a cell's content lies.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Slot {
    Empty,
    /// In the text of the whole file.
    Source(u32, u32),
    /// In the row's own text.
    Own(u32, u32),
    /// In the workbook's shared strings.
    Shared(u32),
    Number(u32, u32),
    Error(u32, u32),
    Moment(Moment),
    Bool(bool),
}

/// Strings kept once for a workbook, end to end in one buffer.
#[derive(Debug, Default)]
pub(crate) struct Strings {
    text: String,
    ends: Vec<u32>,
}

impl Strings {
    /// No strings at all.
    pub(crate) const fn none() -> Self {
        Self { text: String::new(), ends: Vec::new() }
    }

    /// The string at a position; empty beyond the end.
    pub(crate) fn get(&self, ix: u32) -> &str {
        let ix = ix as usize;
        let Some(end) = self.ends.get(ix) else { return "" };
        let start = ix.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.text.get(start as usize..*end as usize).unwrap_or("")
    }

    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(crate) fn text_mut(&mut self) -> &mut String {
        &mut self.text
    }

    /// Ends the string begun by writing to [`text_mut`](Self::text_mut). False when the buffer is full.
    pub(crate) fn close(&mut self) -> bool {
        let Ok(end) = u32::try_from(self.text.len()) else { return false };
        self.ends.push(end);
        true
    }
}

/// The row being read. One buffer serves all rows of a sheet.
#[derive(Debug, Default)]
pub(crate) struct RowBuf {
    pub(crate) number: u32,
    pub(crate) slots: Vec<Slot>,
    pub(crate) own: String,
}

impl RowBuf {
    pub(crate) fn clear(&mut self) {
        self.slots.clear();
        self.own.clear();
    }

    /// How many cells have something in them.
    pub(crate) fn filled(&self) -> usize {
        self.slots.iter().filter(|slot| !matches!(slot, Slot::Empty)).count()
    }

    pub(crate) fn row<'a>(&'a self, source: &'a str, strings: &'a Strings) -> Row<'a> {
        Row { number: self.number, slots: &self.slots, own: &self.own, source, strings }
    }

    /// Puts a slot at a column, counted from 0. The caller has checked the column against the limit.
    pub(crate) fn put(&mut self, column: usize, slot: Slot) {
        if column == self.slots.len() {
            self.slots.push(slot);
            return;
        }
        if column > self.slots.len() {
            self.slots.resize(column + 1, Slot::Empty);
        }
        if let Some(place) = self.slots.get_mut(column) {
            *place = slot;
        }
    }

    /// The position in the own text, as slots keep it. Rows are far smaller than 4 GiB: cells and columns are bounded.
    pub(crate) fn mark(&self) -> u32 {
        u32::try_from(self.own.len()).unwrap_or(u32::MAX)
    }

    /// What was written since `start`, as text; empty text is an empty cell.
    pub(crate) fn text_since(&self, start: u32) -> Slot {
        let end = self.mark();
        if start == end { Slot::Empty } else { Slot::Own(start, end) }
    }

    /// A number shown in a style.
    pub(crate) fn number(&mut self, value: f64, style: NumberStyle, epoch_1904: bool) -> Slot {
        let start = self.mark();
        match style {
            NumberStyle::Moment => {
                if let Some(moment) = moment(value, epoch_1904) {
                    return Slot::Moment(moment);
                }
            }
            NumberStyle::Percent => {
                if write_decimal(&mut self.own, value * 100.0) {
                    self.own.push('%');
                    return Slot::Own(start, self.mark());
                }
            }
            NumberStyle::Padded(width) => {
                if value.fract() == 0.0 && (0.0..1e15).contains(&value) {
                    let digits = (value as i64).to_string();
                    for _ in digits.len()..usize::from(width) {
                        self.own.push('0');
                    }
                    self.own.push_str(&digits);
                    return Slot::Own(start, self.mark());
                }
            }
            NumberStyle::Plain => {}
        }
        if write_decimal(&mut self.own, value) {
            Slot::Number(start, self.mark())
        } else {
            self.own.push_str("#NUM!");
            Slot::Error(start, self.mark())
        }
    }

    /// A spreadsheet error such as `#N/A`.
    pub(crate) fn error(&mut self, text: &str) -> Slot {
        let start = self.mark();
        self.own.push_str(text);
        Slot::Error(start, self.mark())
    }
}
