//! A file read apart: another process opens it and hands over its rows, its text or its picture, so that whatever a stranger's file
//! does to a reader, it does it there.
//!
//! Pure as all of this crate: [`serve`] is the other process's work on any input and output, [`open`] this side's on
//! any [`Channel`] to it. Who starts the process, and what it may use, is the caller's.
//!
//! Nothing the other process says is believed further than the file itself would be: lengths are held against the
//! limits before anything is allocated, and rows are counted here again.

mod wire;

use crate::book::{self, Book, SheetInfo};
use crate::codes;
use crate::limits::Limits;
use crate::photo::{self, Picture};
use crate::prose::{self, Prose};
use crate::row::{Row, RowBuf, Strings};
use crate::site::Site;
use crate::tally::Tally;
use crate::xlsx::Merge;
use jc_base::Finding;
use std::io::{self, BufReader, ErrorKind, Read, Write};

/// The way to the other process: what is written it reads, what it writes is read.
///
/// A read that took too long fails with [`ErrorKind::TimedOut`], one of a process that could not be confined with
/// [`ErrorKind::Unsupported`]; any other failure, and the end of what it writes, is its death.
pub trait Channel: Read + Write + Send {}

impl<T: Read + Write + Send> Channel for T {}

/// The other process's work: takes a file and hands back its text or its picture, or opens it and answers for rows until
/// nothing more is asked.
pub fn serve(input: &mut dyn Read, output: &mut dyn Write) -> io::Result<()> {
    let (wanted, name, bytes, limits) = wire::take_file(input)?;
    match wanted {
        wire::Wanted::Rows => {}
        wire::Wanted::Text => {
            match prose::open(&name, bytes, &limits) {
                Ok(prose) => wire::put_prose(output, &prose)?,
                Err(findings) => wire::put_findings(output, &findings)?,
            }
            return output.flush();
        }
        wire::Wanted::Picture => {
            wire::put_picture(output, &photo::looked_over(&bytes))?;
            return output.flush();
        }
    }
    let mut book = match book::open(&name, bytes, &limits) {
        Ok(book) => book,
        Err(findings) => {
            wire::put_findings(output, &findings)?;
            return output.flush();
        }
    };
    wire::put_book(output, book.kind(), &book.sheets())?;
    output.flush()?;
    let mut frame = Vec::new();
    while let Some((sheet, most)) = wire::take_ask(input)? {
        match send_rows(&mut book, sheet, most, &mut frame, output)? {
            Ok(merges) => wire::put_end(output, &merges)?,
            Err(finding) => wire::put_findings(output, &[*finding])?,
        }
        output.flush()?;
    }
    Ok(())
}

fn send_rows(
    book: &mut Book,
    sheet: usize,
    most: usize,
    frame: &mut Vec<u8>,
    output: &mut dyn Write,
) -> io::Result<Result<Vec<Merge>, Box<Finding>>> {
    let mut stream = match book.rows(sheet) {
        Ok(stream) => stream,
        Err(finding) => return Ok(Err(finding)),
    };
    let mut sent = 0;
    while sent < most {
        match stream.next() {
            Ok(Some(row)) => wire::put_row(output, &row, frame)?,
            Ok(None) => break,
            Err(finding) => return Ok(Err(finding)),
        }
        sent += 1;
    }
    Ok(Ok(stream.merges().to_vec()))
}

/// Opens a file in the process at the other end of a channel.
///
/// Errors: what [`book::open`] finds, or that the other process died of the file or took too long.
pub fn open(name: &str, bytes: Vec<u8>, limits: &Limits, channel: Box<dyn Channel>) -> Result<Book, Vec<Finding>> {
    let site = Site::file(name);
    let mut channel = BufReader::with_capacity(1 << 17, channel);
    let opened = hand_over(&mut channel, wire::Wanted::Rows, name, &bytes, limits)
        .and_then(|()| wire::take_opened(&mut channel, &site, limits));
    match opened {
        Ok(Ok((kind, sheets))) => Ok(Book::apart(site, limits.clone(), Apart { channel, kind, sheets, midway: false })),
        Ok(Err(findings)) => Err(findings),
        Err(error) => Err(vec![*death(&error, &site)]),
    }
}

/// Has the text of a file taken out of it by the process at the other end of a channel.
///
/// Errors: what [`prose::open`] finds, or that the other process died of the file or took too long.
pub fn prose(name: &str, bytes: Vec<u8>, limits: &Limits, channel: Box<dyn Channel>) -> Result<Prose, Vec<Finding>> {
    let site = Site::file(name);
    let mut channel = BufReader::with_capacity(1 << 17, channel);
    let taken = hand_over(&mut channel, wire::Wanted::Text, name, &bytes, limits)
        .and_then(|()| wire::take_prose(&mut channel, &site));
    taken.unwrap_or_else(|error| Err(vec![death_of(&error, &site, codes::TEXT_TOO_SLOW, codes::TEXT_READER_DIED)]))
}

/// Has a picture looked over by the process at the other end of a channel.
///
/// Errors: that the other process died of it, took too long, or handed back what cannot have come of it.
pub fn picture(name: &str, bytes: &[u8], channel: Box<dyn Channel>) -> Result<Picture, Vec<Finding>> {
    let site = Site::file(name);
    let mut channel = BufReader::with_capacity(1 << 17, channel);
    hand_over(&mut channel, wire::Wanted::Picture, name, bytes, &Limits::default())
        .and_then(|()| wire::take_picture(&mut channel, bytes))
        .map_err(|error| vec![death_of(&error, &site, codes::PICTURE_TOO_SLOW, codes::PICTURE_READER_DIED)])
}

/// The other process's end, in the words for what it was reading.
fn death_of(error: &io::Error, site: &Site, slow: &'static str, died: &'static str) -> Finding {
    let code = match death(error, site).code {
        codes::TOO_SLOW => slow,
        codes::READER_DIED => died,
        other => other,
    };
    site.whole_error(code)
}

fn hand_over(
    channel: &mut BufReader<Box<dyn Channel>>,
    wanted: wire::Wanted,
    name: &str,
    bytes: &[u8],
    limits: &Limits,
) -> io::Result<()> {
    wire::put_file(channel.get_mut(), wanted, name, bytes, limits)
        .and_then(|()| channel.get_mut().flush())
        // One that has died does not read on; what it said before is still there to be read.
        .or_else(|error| if error.kind() == ErrorKind::BrokenPipe { Ok(()) } else { Err(error) })
}

/// A book in another process.
pub(crate) struct Apart {
    channel: BufReader<Box<dyn Channel>>,
    pub(crate) kind: &'static str,
    pub(crate) sheets: Vec<SheetInfo>,
    /// Whether rows were asked for and not all taken.
    midway: bool,
}

impl Apart {
    /// Asks for the rows of a sheet, at most so many.
    pub(crate) fn rows(
        &mut self,
        sheet: usize,
        most: u32,
        limits: &Limits,
        site: &Site,
    ) -> Result<ApartReader<'_>, Box<Finding>> {
        let tally = Tally::new(site.clone(), limits);
        let mut reader = ApartReader {
            apart: self,
            tally,
            buf: RowBuf::default(),
            kinds: Vec::new(),
            merges: Vec::new(),
            done: false,
        };
        // Rows nobody took lie before those asked for now.
        while reader.apart.midway && reader.read()? {}
        (reader.done, reader.merges) = (false, Vec::new());
        reader.tally = Tally::new(site.clone(), limits);
        let channel = reader.apart.channel.get_mut();
        wire::put_ask(channel, sheet, most).and_then(|()| channel.flush()).map_err(|error| death(&error, site))?;
        reader.apart.midway = true;
        Ok(reader)
    }
}

/// The rows another process reads, one after the other.
pub(crate) struct ApartReader<'b> {
    apart: &'b mut Apart,
    tally: Tally,
    buf: RowBuf,
    kinds: Vec<u8>,
    merges: Vec<Merge>,
    done: bool,
}

/// A row's text is its own: none lies in the file or among shared strings.
static NO_STRINGS: Strings = Strings::none();

impl ApartReader<'_> {
    pub(crate) fn next(&mut self) -> Result<Option<Row<'_>>, Box<Finding>> {
        if self.done || !self.read()? {
            return Ok(None);
        }
        Ok(Some(self.buf.row("", &NO_STRINGS)))
    }

    pub(crate) fn merges(&self) -> &[Merge] {
        &self.merges
    }

    /// Takes the next row into the buffer; false at the end.
    fn read(&mut self) -> Result<bool, Box<Finding>> {
        let (limits, site) = (&self.tally.limits, &self.tally.site);
        let read = wire::take_row(&mut self.apart.channel, &mut self.buf, &mut self.kinds, limits, site);
        let row = match read {
            Ok(wire::Next::Row) => self.tally.row(self.buf.number, self.buf.filled()).map(|()| true),
            Ok(wire::Next::End(merges)) => {
                self.merges = merges;
                Ok(false)
            }
            Ok(wire::Next::Finding(finding)) => {
                self.apart.midway = false;
                Err(finding)
            }
            Err(error) => Err(death(&error, &self.tally.site)),
        };
        self.done = !matches!(row, Ok(true));
        if matches!(row, Ok(false)) {
            self.apart.midway = false;
        }
        row
    }
}

/// What the other process's end is to whoever brought the file.
fn death(error: &io::Error, site: &Site) -> Box<Finding> {
    let code = match error.kind() {
        ErrorKind::TimedOut => codes::TOO_SLOW,
        ErrorKind::Unsupported => codes::UNCONFINED,
        _ => codes::READER_DIED,
    };
    Box::new(site.whole_error(code))
}
