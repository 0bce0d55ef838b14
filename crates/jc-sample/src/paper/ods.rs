//! Open-document spreadsheets, written by hand: the smallest that office programs open.

use super::{Cell, Sheet};
use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const MIME: &str = "application/vnd.oasis.opendocument.spreadsheet";
const MANIFEST: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8"?>"#,
    r#"<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">"#,
    r#"<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>"#,
    r#"<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>"#,
    r#"</manifest:manifest>"#
);

/// The sheet as a spreadsheet document.
pub(crate) fn ods(sheet: &Sheet) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(zip::DateTime::default());
    let packed = stored.compression_method(CompressionMethod::Deflated);
    // The kind comes first and unpacked, so that programs know the file by its first bytes.
    for (name, text, options) in [
        ("mimetype", MIME, stored),
        ("META-INF/manifest.xml", MANIFEST, packed),
        ("content.xml", &content(sheet), packed),
    ] {
        zip.start_file(name, options).expect("three short names in a new archive");
        zip.write_all(text.as_bytes()).expect("writing to memory cannot fail");
    }
    zip.finish().expect("writing to memory cannot fail").into_inner()
}

fn content(sheet: &Sheet) -> String {
    let mut xml = String::from(concat!(
        r#"<?xml version="1.0" encoding="UTF-8"?><office:document-content"#,
        r#" xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0""#,
        r#" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0""#,
        r#" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">"#,
        r#"<office:body><office:spreadsheet>"#
    ));
    let width = sheet.headings.len();
    let mut put = |piece: std::fmt::Arguments<'_>| xml.write_fmt(piece).expect("writing to a string cannot fail");
    put(format_args!(r#"<table:table table:name="{}">"#, escaped(&sheet.name)));
    let line = |words: &str| {
        format!(
            concat!(
                r#"<table:table-row><table:table-cell office:value-type="string" table:number-columns-spanned="{}">"#,
                r#"<text:p>{}</text:p></table:table-cell><table:covered-table-cell table:number-columns-repeated="{}"/></table:table-row>"#
            ),
            width,
            escaped(words),
            width.max(2) - 1
        )
    };
    for words in &sheet.above {
        put(format_args!("{}", line(words)));
    }
    put(format_args!("<table:table-row>"));
    for heading in &sheet.headings {
        put(format_args!("{}", cell(&Cell::text(heading.as_str()))));
    }
    put(format_args!("</table:table-row>"));
    for row in &sheet.rows {
        put(format_args!("<table:table-row>"));
        for one in row {
            put(format_args!("{}", cell(one)));
        }
        put(format_args!("</table:table-row>"));
    }
    for words in &sheet.below {
        put(format_args!("{}", line(words)));
    }
    // What every program writes behind the last row: a million empty ones.
    put(format_args!(
        r#"<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="{width}"/></table:table-row>"#
    ));
    put(format_args!("</table:table></office:spreadsheet></office:body></office:document-content>"));
    xml
}

fn cell(cell: &Cell) -> String {
    let shown = escaped(&cell.shown());
    match cell {
        Cell::Blank => "<table:table-cell/>".to_owned(),
        Cell::Text(_) => {
            // Runs of spaces are one space in this format unless said otherwise.
            let spaced = shown.replace("  ", r#" <text:s text:c="1"/>"#);
            format!(r#"<table:table-cell office:value-type="string"><text:p>{spaced}</text:p></table:table-cell>"#)
        }
        Cell::Tenths(tenths) => format!(
            r#"<table:table-cell office:value-type="float" office:value="{}"><text:p>{shown}</text:p></table:table-cell>"#,
            super::tenths_text(*tenths)
        ),
        Cell::Date(date) => format!(
            r#"<table:table-cell office:value-type="date" office:date-value="{date}"><text:p>{shown}</text:p></table:table-cell>"#
        ),
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
