//! Text files in the encodings that come out of Chinese spreadsheet programs.

use super::Sheet;
use encoding_rs::GB18030;

/// How a text file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Encoding {
    /// What Excel writes on a Chinese Windows.
    Gbk,
    /// “CSV UTF-8”.
    Utf8Bom,
    /// “Unicode text”: little endian, tabs.
    Utf16,
}

/// The sheet as a text file.
pub(crate) fn csv(sheet: &Sheet, encoding: Encoding) -> Vec<u8> {
    let separator = if encoding == Encoding::Utf16 { '\t' } else { ',' };
    let width = sheet.headings.len();
    let mut text = String::new();
    let mut line = |cells: &mut dyn Iterator<Item = String>| {
        for (place, cell) in cells.enumerate() {
            if place > 0 {
                text.push(separator);
            }
            push_cell(&mut text, &cell, separator);
        }
        text.push_str("\r\n");
    };
    // A line of one cell still gets the separators of the whole width, as spreadsheet programs write them.
    let across = |words: &str| {
        let mut cells = vec![String::new(); width.max(1)];
        cells[0] = words.to_owned();
        cells.into_iter()
    };
    for words in &sheet.above {
        line(&mut across(words));
    }
    line(&mut sheet.headings.iter().cloned());
    for row in &sheet.rows {
        line(&mut row.iter().map(super::Cell::shown));
    }
    for words in &sheet.below {
        line(&mut across(words));
    }
    match encoding {
        Encoding::Gbk => GB18030.encode(&text).0.into_owned(),
        Encoding::Utf8Bom => [&[0xEF, 0xBB, 0xBF], text.as_bytes()].concat(),
        Encoding::Utf16 => {
            let units = text.encode_utf16().flat_map(u16::to_le_bytes);
            [0xFF, 0xFE].into_iter().chain(units).collect()
        }
    }
}

fn push_cell(text: &mut String, cell: &str, separator: char) {
    if cell.contains(['"', '\n', separator]) {
        text.push('"');
        text.push_str(&cell.replace('"', "\"\""));
        text.push('"');
    } else {
        text.push_str(cell);
    }
}
