//! A corpus of files that want to do harm, or have come to it. Made here, never kept: nobody's virus scanner need
//! meet them. Each is a *kind*: a trick of its own, named for it.
//!
//! The healthy file all of them start from is a sheet of the shipped register `department`: the headings
//! 部门名称 and 设立日期, and one row.

mod biff;
mod cells;
mod container;
mod others;
mod text;
mod xml;

pub use container::{Part, stored};

/// A hostile file.
#[derive(Debug, Clone)]
pub struct Kind {
    /// Its trick, as a path: `zip/duplicate-name`.
    pub name: String,
    /// The name a person would upload it under.
    pub file: String,
    /// Its content.
    pub bytes: Vec<u8>,
    /// Why it may be taken as it is; nothing if it must be found out.
    pub harmless: Option<&'static str>,
}

/// Kinds as they are collected.
#[derive(Debug, Default)]
struct Corpus(Vec<Kind>);

impl Corpus {
    /// A file that must be found out.
    fn add(&mut self, name: impl Into<String>, file: &str, bytes: impl Into<Vec<u8>>) {
        self.0.push(Kind { name: name.into(), file: file.to_owned(), bytes: bytes.into(), harmless: None });
    }

    /// A file that does no harm, and why.
    fn harmless(&mut self, name: impl Into<String>, file: &str, bytes: impl Into<Vec<u8>>, why: &'static str) {
        self.add(name, file, bytes);
        if let Some(last) = self.0.last_mut() {
            last.harmless = Some(why);
        }
    }
}

/// Kinds that look worse than they are, each with the reason why it may be taken as it is.
const HARMLESS: [(&str, &str); 31] = [
    ("zip/unpacked-size-huge", "what really comes out is counted, not what is said"),
    ("zip/name-not-utf-8", "a part under such a name is never asked for"),
    ("zip/directory-size-huge", "the directory is read entry by entry, by their number"),
    ("xml/workbook/closed-otherwise", "depth is counted; the name of an end says nothing"),
    ("xml/relations/closed-otherwise", "depth is counted; the name of an end says nothing"),
    ("xml/strings/closed-otherwise", "depth is counted; the name of an end says nothing"),
    ("xml/sheet/closed-otherwise", "depth is counted; the name of an end says nothing"),
    ("xml/ods/closed-otherwise", "depth is counted; the name of an end says nothing"),
    ("xml/relations/undeclared-entity", "text that is not asked for is not resolved"),
    ("xml/sheet/undeclared-entity", "text that is not asked for is not resolved"),
    ("sheets/terminal", "names are shown without characters that command a terminal"),
    ("ods/cell-repeated-beyond-numbers", "a number that is none repeats nothing"),
    ("ods/row-repeated-beyond-numbers", "a number that is none repeats nothing"),
    ("place/row-beyond-numbers", "a number that is none: the row follows the one before"),
    ("place/row-minus-one", "a number that is none: the row follows the one before"),
    ("word/zero-width-space-within", "invisible characters are dropped on reading"),
    ("word/zero-width-joiner", "invisible characters are dropped on reading"),
    ("word/word-joiner", "invisible characters are dropped on reading"),
    ("word/byte-order-mark-within", "invisible characters are dropped on reading"),
    ("word/soft-hyphen", "invisible characters are dropped on reading"),
    ("text/zero-width", "invisible characters are dropped on reading"),
    ("word/escaped-surrogate", "half a character is none: it stays the letters that were typed"),
    ("word/line-separator", "white space of every kind becomes one space"),
    ("text/vertical-tab", "white space of every kind becomes one space"),
    ("text/next-line", "white space of every kind becomes one space"),
    ("cfb/more-chains-in-a-ring", "the header names enough of the chains; the ring is not needed"),
    ("cfb/mini-chain-in-a-ring", "no stream so small is asked for"),
    ("biff/record-head-cut-off", "it lies behind the end of the workbook"),
    ("biff/numbers-backwards", "cells are counted by what is there"),
    ("shape/quote-within", "a quotation mark inside a word is a character like others"),
    ("kind/yaml", "a text with a heading and a row is a table, whatever it was meant to be"),
];

/// The whole corpus, in a fixed order.
pub fn corpus() -> Vec<Kind> {
    let mut corpus = Corpus::default();
    container::kinds(&mut corpus);
    xml::kinds(&mut corpus);
    cells::kinds(&mut corpus);
    biff::kinds(&mut corpus);
    text::kinds(&mut corpus);
    others::kinds(&mut corpus);
    cut_off(&mut corpus);
    for (name, why) in HARMLESS {
        let kind = corpus.0.iter_mut().find(|kind| kind.name == name).expect("a kind of the list is in the corpus");
        kind.harmless = Some(why);
    }
    corpus.0
}

/// Healthy files of each format, by their names: what truncation and mutation start from.
pub fn healthy() -> Vec<(&'static str, Vec<u8>)> {
    let csv = "部门名称,设立日期\n机电工程系,2010-09-01\n";
    let utf16 = |bom: [u8; 2], unit: fn(u16) -> [u8; 2]| bom.into_iter().chain(csv.encode_utf16().flat_map(unit));
    vec![
        ("部门.xlsx", container::workbook(cells::HEALTHY)),
        ("部门.ods", xml::ods(xml::HEALTHY_TABLE)),
        ("部门.xls", biff::healthy()),
        ("部门.csv", csv.into()),
        ("部门-utf16.csv", utf16([0xFF, 0xFE], u16::to_le_bytes).collect()),
        ("部门-utf16be.csv", utf16([0xFE, 0xFF], u16::to_be_bytes).collect()),
    ]
}

/// The parts of a healthy workbook and of a healthy OpenDocument spreadsheet together.
pub fn sound_parts() -> Vec<Part> {
    let mut parts = container::parts(&format!("<worksheet><sheetData>{}</sheetData></worksheet>", cells::HEALTHY));
    parts.push(Part::of("META-INF/manifest.xml", "<manifest/>"));
    parts.push(Part::of("content.xml", xml::HEALTHY_DOCUMENT.replace("{}", xml::HEALTHY_TABLE)));
    parts
}

/// Each format cut off at eight places.
fn cut_off(corpus: &mut Corpus) {
    for (file, bytes) in healthy() {
        let text = file.ends_with("csv");
        for eighth in 1..=7 {
            let length = bytes.len() * eighth / 8;
            let name = format!("cut-off/{file}/{eighth}-of-8");
            let cut = bytes.get(..length).unwrap_or_default();
            if text {
                corpus.harmless(name, file, cut, "a shorter text is a text; what it lacks is found row by row");
            } else {
                corpus.add(name, file, cut);
            }
        }
        if !text {
            corpus.add(format!("cut-off/{file}/one-byte"), file, &bytes[..bytes.len() - 1]);
        }
    }
}
