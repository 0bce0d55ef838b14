//! OpenDocument spreadsheets, as LibreOffice writes them.

use crate::codes;
use crate::limits::Limits;
use crate::number::Moment;
use crate::row::{Row, RowBuf, Slot, Strings};
use crate::site::Site;
use crate::tally::Tally;
use crate::xlsx::finding;
use crate::xml::{Event, Tag, Xml, XmlError};
use crate::zipped::{self, Archive, Metered};
use jc_base::{Date, Finding};

const CONTENT: &str = "content.xml";

/// A document whose sheets are known. All of them stand in one part, which is read anew for each.
pub(crate) struct Ods {
    archive: Archive,
    pub(crate) sheets: Vec<String>,
}

impl Ods {
    /// Reads the names of the sheets.
    pub(crate) fn open(archive: Archive, limits: &Limits, site: &Site) -> Result<Self, Box<Finding>> {
        let mut it = Self { archive, sheets: Vec::new() };
        let mut manifest_encrypted = false;
        if let Some(at) = zipped::find(&it.archive, "META-INF/manifest.xml")
            && let Some(part) = Metered::new(&mut it.archive, at, limits.inflated_bytes)
        {
            let mut xml = Xml::new(part, limits.xml_depth);
            // Older programs write a document type here that names only the standard; it is not needed.
            while let Ok(event) = xml.next() {
                match event {
                    Event::Start(tag) if tag.name == b"encryption-data" => manifest_encrypted = true,
                    Event::Eof => break,
                    _ => {}
                }
            }
        }
        if manifest_encrypted {
            return Err(Box::new(site.whole_error(codes::ENCRYPTED)));
        }
        let mut xml = it.content(limits, site)?;
        let mut sheets = Vec::new();
        let read = |error| finding(error, CONTENT, limits, site);
        loop {
            match xml.next().map_err(read)? {
                Event::Start(tag) if tag.name == b"table" && xml_is_sheet(&tag) => {
                    let empty = tag.empty;
                    sheets.push(tag.text(b"name").map_err(read)?.unwrap_or_default());
                    if sheets.len() > limits.sheets {
                        return Err(Box::new(site.whole_error(codes::TOO_MANY_SHEETS).with("most", limits.sheets)));
                    }
                    if !empty {
                        xml.skip_element().map_err(read)?;
                    }
                }
                Event::Eof => break,
                _ => {}
            }
        }
        drop(xml);
        it.sheets = sheets;
        Ok(it)
    }

    fn content(&mut self, limits: &Limits, site: &Site) -> Result<Xml<Metered<'_>>, Box<Finding>> {
        let at = zipped::find(&self.archive, CONTENT).ok_or_else(|| site.damaged(CONTENT))?;
        let part = Metered::new(&mut self.archive, at, limits.inflated_bytes).ok_or_else(|| site.damaged(CONTENT))?;
        Ok(Xml::new(part, limits.xml_depth))
    }

    /// Begins to read the rows of a sheet.
    pub(crate) fn rows(&mut self, sheet: usize, limits: &Limits, site: &Site) -> Result<OdsReader<'_>, Box<Finding>> {
        let name = self.sheets.get(sheet).ok_or_else(|| site.damaged("sheet"))?.clone();
        let tally = Tally::new(site.sheet(&name), limits);
        let mut xml = self.content(limits, site)?;
        let read = |error| finding(error, CONTENT, limits, site);
        let mut before = sheet;
        let done = loop {
            match xml.next().map_err(read)? {
                Event::Start(tag) if tag.name == b"table" && xml_is_sheet(&tag) => {
                    let empty = tag.empty;
                    if before == 0 {
                        break empty;
                    }
                    before -= 1;
                    if !empty {
                        xml.skip_element().map_err(read)?;
                    }
                }
                Event::Eof => return Err(site.damaged(CONTENT)),
                _ => {}
            }
        };
        let (buf, strings) = (RowBuf::default(), Strings::default());
        Ok(OdsReader { xml, tally, buf, strings, done, repeat: 0, cells: 0, next_number: 1 })
    }
}

/// A sheet has a name; tables inside cells of other documents have one too, but are skipped with their sheet.
fn xml_is_sheet(tag: &Tag<'_>) -> bool {
    tag.attribute(b"name").is_some()
}

/// Reads a sheet.
pub(crate) struct OdsReader<'b> {
    xml: Xml<Metered<'b>>,
    tally: Tally,
    buf: RowBuf,
    strings: Strings,
    done: bool,
    /// How often the row just read is to be given again.
    repeat: u32,
    cells: usize,
    next_number: u32,
}

impl OdsReader<'_> {
    /// The next row with something in it.
    pub(crate) fn next(&mut self) -> Result<Option<Row<'_>>, Box<Finding>> {
        match self.advance() {
            Ok(true) => Ok(Some(self.buf.row("", &self.strings))),
            Ok(false) => Ok(None),
            Err(stop) => {
                self.done = true;
                self.repeat = 0;
                Err(match stop {
                    Stop::Found(finding) => finding,
                    Stop::Xml(error) => finding(error, CONTENT, &self.tally.limits, &self.tally.site),
                })
            }
        }
    }

    fn advance(&mut self) -> Result<bool, Stop> {
        if self.repeat > 0 {
            self.repeat -= 1;
            self.buf.number = self.next_number;
            self.next_number = self.next_number.saturating_add(1);
            self.tally.row(self.buf.number, self.cells)?;
            return Ok(true);
        }
        while !self.done {
            match self.xml.next()? {
                Event::Start(tag) if tag.name == b"table-row" => {
                    let times = tag.number(b"number-rows-repeated").unwrap_or(1).max(1);
                    let empty = tag.empty;
                    self.buf.clear();
                    self.buf.number = self.next_number;
                    let cells = if empty { 0 } else { self.row()? };
                    if cells == 0 {
                        self.next_number = self.next_number.saturating_add(times);
                        continue;
                    }
                    self.next_number = self.next_number.saturating_add(1);
                    self.cells = cells;
                    self.repeat = times - 1;
                    self.tally.row(self.buf.number, cells)?;
                    return Ok(true);
                }
                Event::End(b"table") => self.done = true,
                Event::Eof => return Err(XmlError::Damaged.into()),
                _ => {}
            }
        }
        Ok(false)
    }

    fn row(&mut self) -> Result<usize, Stop> {
        let number = self.buf.number;
        let (mut column, mut cells) = (0usize, 0usize);
        loop {
            match self.xml.next()? {
                Event::Start(tag) if matches!(tag.name, b"table-cell" | b"covered-table-cell") => {
                    let times = tag.number(b"number-columns-repeated").unwrap_or(1).max(1) as usize;
                    let empty = tag.empty;
                    let typed = typed(&tag, &mut self.buf)?;
                    let slot = if empty { typed.unwrap_or(Slot::Empty) } else { self.text(typed)? };
                    if matches!(slot, Slot::Empty) {
                        column = column.saturating_add(times);
                        continue;
                    }
                    let last = column.saturating_add(times) - 1;
                    self.tally.column(number, last)?;
                    if let Slot::Own(from, to) = slot {
                        let text = self.buf.own.get(from as usize..to as usize).unwrap_or_default();
                        self.tally.text(number, column, text)?;
                    }
                    for _ in 0..times {
                        self.buf.put(column, slot);
                        column += 1;
                        cells += 1;
                    }
                }
                Event::Start(tag) if !tag.empty => self.xml.skip_element()?,
                Event::End(b"table-row") => return Ok(cells),
                Event::Eof => return Err(XmlError::Damaged.into()),
                _ => {}
            }
        }
    }

    /// Reads the paragraphs of the cell just begun, up to its end; they are its value unless it has a typed one.
    fn text(&mut self, typed: Option<Slot>) -> Result<Slot, Stop> {
        let start = self.buf.mark();
        let outside = self.xml.depth() - 1;
        let mut paragraphs = 0;
        let mut inside = 0u32;
        while self.xml.depth() > outside {
            match self.xml.next()? {
                Event::Start(tag) if tag.name == b"p" => {
                    if paragraphs > 0 {
                        self.buf.own.push('\n');
                    }
                    paragraphs += 1;
                    inside += u32::from(!tag.empty);
                }
                // Comments are no content.
                Event::Start(tag) if tag.name == b"annotation" && !tag.empty => self.xml.skip_element()?,
                Event::Start(tag) if tag.name == b"s" && inside > 0 => {
                    let spaces = tag.number(b"c").unwrap_or(1).min(1_000);
                    self.buf.own.extend(std::iter::repeat_n(' ', spaces as usize));
                }
                Event::Start(tag) if tag.name == b"line-break" => self.buf.own.push('\n'),
                Event::Start(tag) if tag.name == b"tab" => self.buf.own.push('\t'),
                Event::End(b"p") => inside = inside.saturating_sub(1),
                Event::Text(text) if inside > 0 => text.push_to(&mut self.buf.own)?,
                Event::Eof => return Err(XmlError::Damaged.into()),
                _ => {}
            }
        }
        let shown = self.buf.own.get(start as usize..).unwrap_or_default();
        // LibreOffice keeps an error as text or as nought; only what is shown tells.
        if matches!(shown, "#N/A" | "#REF!" | "#NAME?" | "#VALUE!" | "#DIV/0!" | "#NUM!" | "#NULL!")
            || (shown.starts_with("Err:") && shown.len() <= 8)
        {
            return Ok(Slot::Error(start, self.buf.mark()));
        }
        Ok(typed.unwrap_or_else(|| self.buf.text_since(start)))
    }
}

/// The value in the attributes of a cell; nothing if its text is its value.
fn typed(tag: &Tag<'_>, buf: &mut RowBuf) -> Result<Option<Slot>, XmlError> {
    let Some(kind) = tag.attribute(b"value-type") else { return Ok(None) };
    let value = |name: &[u8]| tag.text(name);
    Ok(match kind {
        b"float" | b"currency" | b"percentage" => {
            let Some(number) = value(b"value")?.and_then(|v| v.parse::<f64>().ok()) else { return Ok(None) };
            let style = if kind == b"percentage" { crate::number::NumberStyle::Percent } else { Default::default() };
            Some(buf.number(number, style, false))
        }
        b"date" => value(b"date-value")?.and_then(|text| {
            let date = Date::parse_iso(text.get(..10)?)?;
            let minutes = text.get(11..16).and_then(clock).unwrap_or(0);
            Some(Slot::Moment(if minutes == 0 { Moment::Day(date) } else { Moment::DayTime(date, minutes) }))
        }),
        b"time" => value(b"time-value")?.as_deref().and_then(duration).map(|m| Slot::Moment(Moment::Time(m))),
        b"boolean" => value(b"boolean-value")?.map(|v| Slot::Bool(v == "true")),
        _ => None,
    })
}

/// Minutes of `08:30`.
fn clock(text: &str) -> Option<u16> {
    let (hour, minute) = text.split_once(':')?;
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
    (hour < 24 && minute < 60).then_some(hour * 60 + minute)
}

/// Minutes of `PT08H30M00S`, if below a day.
fn duration(text: &str) -> Option<u16> {
    let (hours, rest) = text.strip_prefix("PT")?.split_once('H')?;
    let (minutes, _) = rest.split_once('M')?;
    clock(&format!("{hours}:{minutes}"))
}

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
