//! A text as people hand it in: taken out of a text file, a Word document or a PDF, in reading order.
//!
//! Bytes come in, characters go out; whoever checks the text sees the same characters as the person who reads it here,
//! so that a place in the text means the same to both. Tables become lines of cells parted by tabs.

mod docx;
pub mod marked;
mod pdf;
mod plain;
mod signs;

pub use signs::clean;

use crate::codes;
use crate::limits::Limits;
use crate::site::Site;
use crate::xls::Cfb;
use crate::zipped;
use jc_base::Finding;

/// The most characters of a text: several times a report of a hundred pages.
pub const MOST_CHARS: usize = 500_000;

/// The largest file a text is taken from, in bytes.
pub const MOST_BYTES: usize = 32 << 20;

/// A text taken out of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prose {
    /// The word for the file's kind: `txt`, `docx`, `pdf`.
    pub kind: &'static str,
    /// The text, its paragraphs parted by line breaks.
    pub text: String,
    /// What could not be taken, so that nobody thinks it was checked.
    pub warnings: Vec<Finding>,
}

/// The words for kinds, as they are told from one process to another.
pub(crate) const KINDS: [&str; 3] = ["txt", "docx", "pdf"];

/// The bounds on a document; wider than nothing a spreadsheet may be.
pub fn limits() -> Limits {
    Limits { bytes: MOST_BYTES, inflated_bytes: 100 << 20, ..Limits::default() }
}

/// Takes the text out of a file, by what is in it; its name only names it in findings.
///
/// Errors: findings about the file as a whole (another kind, protected, damaged, pictures only, too large) or, for
/// plain text, about the first byte that fits no encoding, by line and column.
pub fn open(file_name: &str, bytes: Vec<u8>, limits: &Limits) -> Result<Prose, Vec<Finding>> {
    let site = Site::file(file_name);
    let mut prose = read(bytes, limits, &site).map_err(|finding| vec![of_text(*finding, &site)])?;
    prose.text = clean(&prose.text);
    if prose.text.chars().nth(MOST_CHARS).is_some() {
        return Err(vec![site.whole_error(codes::TEXT_TOO_LONG).with("most", MOST_CHARS)]);
    }
    if prose.text.trim().is_empty() {
        // Nobody hands in an empty document: what it shows is a picture, or letters turned into shapes.
        let code = if prose.kind == "txt" { codes::TEXT_EMPTY } else { codes::TEXT_DRAWN };
        return Err(vec![site.whole_error(code)]);
    }
    Ok(prose)
}

fn read(bytes: Vec<u8>, limits: &Limits, site: &Site) -> Result<Prose, Box<Finding>> {
    let other = |kind: &str| Err(Box::new(site.whole_error(codes::TEXT_KIND).with("kind", kind)));
    if bytes.len() > limits.bytes {
        return Err(Box::new(site.whole_error(codes::TEXT_TOO_BIG).with("most", limits.bytes >> 20)));
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Box::new(site.whole_error(codes::TEXT_EMPTY)));
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        let archive = zipped::open(bytes, limits, site)?;
        for (part, kind) in [
            ("xl/workbook.xml", "xlsx"),
            ("ppt/presentation.xml", "pptx"),
            ("content.xml", "odt / ods"),
            ("Index/Document.iwa", "Pages"),
        ] {
            if zipped::find(&archive, part).is_some() {
                return other(kind);
            }
        }
        return docx::read(archive, limits, site);
    }
    if Cfb::is_one(&bytes) {
        // A protected docx is an old container around the encrypted new one.
        let container = Cfb::open(&bytes).ok_or_else(|| site.damaged("OLE"))?;
        if container.has("EncryptedPackage") || container.has("EncryptionInfo") {
            return Err(Box::new(site.whole_error(codes::TEXT_ENCRYPTED)));
        }
        return other(if container.has("WordDocument") { "doc" } else { "OLE" });
    }
    // Some programs put a few bytes before the mark.
    if bytes.get(..1024.min(bytes.len())).is_some_and(|head| head.windows(5).any(|w| w == b"%PDF-")) {
        return pdf::read(bytes, site);
    }
    for (magic, kind) in [
        (&b"\x89PNG"[..], "PNG"),
        (b"\xFF\xD8\xFF", "JPEG"),
        (b"GIF8", "GIF"),
        (b"BM", "BMP"),
        (b"II*\0", "TIFF"),
        (b"MM\0*", "TIFF"),
        (b"Rar!", "RAR"),
        (b"7z\xBC\xAF", "7z"),
        (b"\x1F\x8B", "gzip"),
        (b"{\\rtf", "RTF"),
        (b"SQLite format 3", "SQLite"),
    ] {
        // Two letters alone may begin a text as well.
        if bytes.starts_with(magic) && (magic.len() > 2 || bytes.contains(&0)) {
            return other(kind);
        }
    }
    plain::read(&bytes, site)
}

/// The readers of containers speak of workbooks: here the same faults are those of a text.
fn of_text(finding: Finding, site: &Site) -> Finding {
    let code = match finding.code {
        codes::ENCRYPTED => codes::TEXT_ENCRYPTED,
        codes::DAMAGED | codes::ODD_CONTAINER | codes::DOCTYPE | codes::INFLATES | codes::TOO_MANY_PARTS => {
            codes::TEXT_DAMAGED
        }
        _ => return finding,
    };
    let whole = site.whole_error(code);
    match (code, finding.with.get("part")) {
        (codes::TEXT_DAMAGED, part) => whole.with("part", part.unwrap_or("zip")),
        _ => whole,
    }
}
