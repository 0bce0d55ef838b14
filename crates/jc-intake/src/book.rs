//! A file of rows: what kind it is, by its content, its sheets, and the stream of a sheet's rows.

use crate::apart::{Apart, ApartReader};
use crate::codes;
use crate::csv::{self, Csv, CsvReader};
use crate::limits::Limits;
use crate::ods::{Ods, OdsReader};
use crate::photo::{self, Picture};
use crate::prose::{self, Prose};
use crate::row::{OwnedRow, Row};
use crate::site::{self, Site};
use crate::tally::Tally;
use crate::xls::{Cfb, Xls, XlsReader};
use crate::xlsx::{Merge, SheetReader, Xlsx};
use crate::zipped;
use jc_base::Finding;

/// A file whose kind is known and whose sheets can be read.
pub struct Book {
    site: Site,
    limits: Limits,
    inner: Inner,
}

enum Inner {
    Csv(Csv),
    Xlsx(Box<Xlsx>),
    Ods(Ods),
    Xls(Xls),
    Apart(Box<Apart>),
}

/// A sheet of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetInfo {
    /// Its name as it is shown; empty for a text file.
    pub name: String,
    /// Whether the spreadsheet program hides it.
    pub hidden: bool,
}

/// Who opens files: this process ([`Here`]), or another that can be lost.
pub trait Opener: Send + Sync {
    /// Opens a file by what is in it.
    fn open(&self, file_name: &str, bytes: Vec<u8>, limits: &Limits) -> Result<Book, Unopened>;

    /// Takes the text out of a document.
    fn prose(&self, file_name: &str, bytes: Vec<u8>, limits: &Limits) -> Result<Prose, Unopened>;

    /// Looks a picture over: how many pixels, and its content without where and with what it was taken.
    fn picture(&self, file_name: &str, bytes: &[u8]) -> Result<Picture, Unopened>;
}

/// Why there is no book.
#[derive(Debug)]
pub enum Unopened {
    /// It is the file.
    Findings(Vec<Finding>),
    /// It is us: no process could be started for it.
    Process(std::io::Error),
}

/// Opens files in this process: for files of our own, and for a person at their own machine.
#[derive(Debug, Clone, Copy)]
pub struct Here;

impl Opener for Here {
    fn open(&self, file_name: &str, bytes: Vec<u8>, limits: &Limits) -> Result<Book, Unopened> {
        open(file_name, bytes, limits).map_err(Unopened::Findings)
    }

    fn prose(&self, file_name: &str, bytes: Vec<u8>, limits: &Limits) -> Result<Prose, Unopened> {
        prose::open(file_name, bytes, limits).map_err(Unopened::Findings)
    }

    fn picture(&self, _: &str, bytes: &[u8]) -> Result<Picture, Unopened> {
        Ok(photo::looked_over(bytes))
    }
}

/// Opens a file by what is in it; its name only names it in findings.
///
/// Errors: findings about the file as a whole (empty, too large, protected, damaged, of another kind) or, for text,
/// about the first byte that fits no encoding.
pub fn open(file_name: &str, bytes: Vec<u8>, limits: &Limits) -> Result<Book, Vec<Finding>> {
    let site = Site::file(file_name);
    match Inner::open(bytes, limits, &site) {
        Ok(inner) => Ok(Book { site, limits: limits.clone(), inner }),
        Err(finding) => Err(vec![*finding]),
    }
}

impl Inner {
    fn open(bytes: Vec<u8>, limits: &Limits, site: &Site) -> Result<Self, Box<Finding>> {
        let whole = |code| Box::new(site.whole_error(code));
        if bytes.len() > limits.bytes {
            let size = bytes.len().div_ceil(1 << 20);
            return Err(Box::new(site.whole_error(codes::TOO_BIG).with("size", size).with("most", limits.bytes >> 20)));
        }
        if bytes.iter().all(u8::is_ascii_whitespace) {
            return Err(whole(codes::EMPTY_FILE));
        }
        if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
            return Self::open_zip(bytes, limits, site);
        }
        if Cfb::is_one(&bytes) {
            return Self::open_old(&bytes, limits, site);
        }
        let other = |kind: &str| Box::new(site.whole_error(codes::OTHER_KIND).with("kind", kind));
        for (magic, kind) in [
            (&b"%PDF-"[..], "PDF"),
            (b"\x89PNG", "PNG"),
            (b"\xFF\xD8\xFF", "JPEG"),
            (b"GIF8", "GIF"),
            (b"Rar!", "RAR"),
            (b"7z\xBC\xAF", "7z"),
            (b"\x1F\x8B", "gzip"),
            (b"{\\rtf", "RTF"),
            (b"SQLite format 3", "SQLite"),
        ] {
            if bytes.starts_with(magic) {
                return Err(other(kind));
            }
        }
        // Excel 2 to 4 wrote bare records.
        if matches!(bytes.as_slice(), [0x09, 0x00 | 0x02 | 0x04, 0x04 | 0x06, 0x00, ..]) {
            return Err(whole(codes::OLD_WORKBOOK));
        }
        let text = csv::decode(bytes, site)?;
        let start = text.get(..text.len().min(1024).next_char_boundary(&text)).unwrap_or("").trim_start();
        let head = start.to_ascii_lowercase();
        if head.starts_with("<!doctype html") || head.starts_with("<html") || head.contains("<table") {
            return Err(whole(codes::HTML_PAGE));
        }
        if head.starts_with("<?xml") {
            let page = head.contains("<html") || head.contains("<!doctype html");
            return Err(if page { whole(codes::HTML_PAGE) } else { other("XML") });
        }
        // Text has line breaks and no other control characters; a kind we do not know has.
        let odd = text.chars().take(4096).filter(|c| c.is_control() && !matches!(c, '\t' | '\n' | '\r')).count();
        if odd > 8 {
            return Err(whole(codes::UNKNOWN_KIND));
        }
        if text.trim().is_empty() {
            return Err(whole(codes::EMPTY_FILE));
        }
        Csv::new(text, site).map(Self::Csv)
    }

    fn open_zip(bytes: Vec<u8>, limits: &Limits, site: &Site) -> Result<Self, Box<Finding>> {
        let archive = zipped::open(bytes, limits, site)?;
        let has = |name: &str| zipped::find(&archive, name).is_some();
        let other = |kind: &str| Err(Box::new(site.whole_error(codes::OTHER_KIND).with("kind", kind)));
        if has("xl/workbook.xml") {
            return Xlsx::open(archive, "xl/workbook.xml", limits, site).map(|it| Self::Xlsx(Box::new(it)));
        }
        if has("xl/workbook.bin") {
            return other("xlsb");
        }
        if has("word/document.xml") {
            return other("docx");
        }
        if has("ppt/presentation.xml") {
            return other("pptx");
        }
        if has("content.xml") && has("META-INF/manifest.xml") {
            return Ods::open(archive, limits, site).map(Self::Ods);
        }
        if has("Index/Document.iwa") || has("Index.zip") {
            return other("Numbers");
        }
        other("zip")
    }

    fn open_old(bytes: &[u8], limits: &Limits, site: &Site) -> Result<Self, Box<Finding>> {
        let container = Cfb::open(bytes).ok_or_else(|| site.damaged("OLE"))?;
        // A protected xlsx is an old container around the encrypted new one.
        if container.has("EncryptedPackage") || container.has("EncryptionInfo") {
            return Err(Box::new(site.whole_error(codes::ENCRYPTED)));
        }
        for (stream, kind) in [("WordDocument", "doc"), ("PowerPoint Document", "ppt")] {
            if container.has(stream) {
                return Err(Box::new(site.whole_error(codes::OTHER_KIND).with("kind", kind)));
            }
        }
        if !container.has("Workbook") && !container.has("Book") {
            return Err(Box::new(site.whole_error(codes::UNKNOWN_KIND)));
        }
        Xls::open(&container, limits, site).map(Self::Xls)
    }
}

/// The next place at which a text may be cut.
trait CharBoundary {
    fn next_char_boundary(self, text: &str) -> usize;
}

impl CharBoundary for usize {
    fn next_char_boundary(self, text: &str) -> usize {
        (self..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len())
    }
}

impl Book {
    pub(crate) fn apart(site: Site, limits: Limits, inner: Apart) -> Self {
        Self { site, limits, inner: Inner::Apart(Box::new(inner)) }
    }

    /// The word for its kind: `csv`, `xlsx`, `ods`, `xls`.
    pub fn kind(&self) -> &'static str {
        match &self.inner {
            Inner::Csv(_) => "csv",
            Inner::Xlsx(_) => "xlsx",
            Inner::Ods(_) => "ods",
            Inner::Xls(_) => "xls",
            Inner::Apart(it) => it.kind,
        }
    }

    /// The bounds it was opened with.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Its sheets in their order; a text file has one without a name. May be empty: a workbook of charts only.
    pub fn sheets(&self) -> Vec<SheetInfo> {
        let sheet = |name: &str, hidden| SheetInfo { name: site::clean(name, 64), hidden };
        match &self.inner {
            Inner::Csv(_) => vec![sheet("", false)],
            Inner::Xlsx(it) => it.sheets.iter().map(|s| sheet(&s.name, s.hidden)).collect(),
            Inner::Ods(it) => it.sheets.iter().map(|name| sheet(name, false)).collect(),
            Inner::Xls(it) => it.globals.sheets.iter().map(|s| sheet(&s.name, s.hidden)).collect(),
            Inner::Apart(it) => it.sheets.clone(),
        }
    }

    /// How findings name a sheet.
    pub fn site(&self, sheet: usize) -> Site {
        let sheets = self.sheets();
        self.site.sheet(sheets.get(sheet).map_or("", |sheet| sheet.name.as_str()))
    }

    /// Begins to read the rows of a sheet. May be called as often as wanted; each time reads from the start.
    ///
    /// Errors: a sheet that cannot be read at all, or none of that number ([`codes::NO_SHEETS`](crate::codes)).
    pub fn rows(&mut self, sheet: usize) -> Result<RowStream<'_>, Box<Finding>> {
        self.rows_at_most(sheet, u32::MAX)
    }

    fn rows_at_most(&mut self, sheet: usize, most: u32) -> Result<RowStream<'_>, Box<Finding>> {
        let sheets = self.sheets();
        let Some(info) = sheets.get(sheet) else {
            return Err(Box::new(self.site.whole_error(codes::NO_SHEETS)));
        };
        let (limits, site) = (&self.limits, &self.site);
        let inner = match &mut self.inner {
            Inner::Csv(it) => Stream::Csv(Box::new(it.rows(Tally::new(site.clone(), limits)))),
            Inner::Xlsx(it) => Stream::Xlsx(Box::new(it.rows(sheet, limits, site)?)),
            Inner::Ods(it) => Stream::Ods(Box::new(it.rows(sheet, limits, site)?)),
            Inner::Xls(it) => Stream::Xls(Box::new(it.rows(sheet, limits, site)?)),
            Inner::Apart(it) => Stream::Apart(Box::new(it.rows(sheet, most, limits, &site.sheet(&info.name))?)),
        };
        Ok(RowStream { inner })
    }

    /// The first rows with something in them, to be looked at: for the preview and to find the headings.
    pub fn first_rows(&mut self, sheet: usize, most: usize) -> Result<Vec<OwnedRow>, Box<Finding>> {
        let mut stream = self.rows_at_most(sheet, u32::try_from(most).unwrap_or(u32::MAX))?;
        let mut out = Vec::new();
        while out.len() < most {
            let Some(row) = stream.next()? else { break };
            out.push(row.to_owned());
        }
        Ok(out)
    }
}

/// The rows of a sheet, one after the other.
pub struct RowStream<'b> {
    inner: Stream<'b>,
}

enum Stream<'b> {
    Csv(Box<CsvReader<'b>>),
    Xlsx(Box<SheetReader<'b>>),
    Ods(Box<OdsReader<'b>>),
    Xls(Box<XlsReader<'b>>),
    Apart(Box<ApartReader<'b>>),
}

impl RowStream<'_> {
    /// The next row with something in it; its number tells which one it is.
    ///
    /// Errors: the file cannot be read on (damaged, a limit reached). After one there are no more rows.
    #[allow(clippy::should_implement_trait, reason = "the row borrows from the stream")]
    pub fn next(&mut self) -> Result<Option<Row<'_>>, Box<Finding>> {
        match &mut self.inner {
            Stream::Csv(it) => it.next(),
            Stream::Xlsx(it) => it.next(),
            Stream::Ods(it) => it.next(),
            Stream::Xls(it) => it.next(),
            Stream::Apart(it) => it.next(),
        }
    }

    /// The merged cells of the sheet; complete once all rows are read. An ods file tells none.
    pub fn merges(&self) -> &[Merge] {
        match &self.inner {
            Stream::Xlsx(it) => it.merges(),
            Stream::Xls(it) => it.merges(),
            Stream::Apart(it) => it.merges(),
            Stream::Csv(_) | Stream::Ods(_) => &[],
        }
    }
}
