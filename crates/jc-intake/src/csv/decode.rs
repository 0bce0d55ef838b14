//! From bytes to text, strictly: a byte that fits no encoding is named by row and column, never replaced.

use crate::codes;
use crate::site::Site;
use encoding_rs::{DecoderResult, GB18030};
use jc_base::Finding;

/// Decodes a text file: by its byte order mark, else as UTF-8, else as GB18030 (which holds GBK and GB2312).
pub(crate) fn decode(bytes: Vec<u8>, site: &Site) -> Result<String, Box<Finding>> {
    let text = match bytes.as_slice() {
        [0xEF, 0xBB, 0xBF, ..] => match String::from_utf8(bytes) {
            Ok(mut text) => {
                text.drain(..'\u{FEFF}'.len_utf8());
                text
            }
            Err(error) => {
                let good = error.as_bytes().get(3..error.utf8_error().valid_up_to()).unwrap_or_default();
                return Err(bad(&String::from_utf8_lossy(good), "UTF-8", site));
            }
        },
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes, "UTF-16LE", site)?,
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes, "UTF-16BE", site)?,
        _ => match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => {
                let good = error.utf8_error().valid_up_to();
                let bytes = error.into_bytes();
                match gb18030(&bytes) {
                    Ok(text) => text,
                    Err((text, read)) => {
                        // Whichever encoding went further is the one that was meant; of two that went equally
                        // far UTF-8, if it has read more than ASCII: that does not happen by chance.
                        let before = bytes.get(..good).unwrap_or_default();
                        if read > good || (read == good && before.is_ascii()) {
                            return Err(bad(&text, "GB18030", site));
                        }
                        return Err(bad(&String::from_utf8_lossy(before), "UTF-8", site));
                    }
                }
            }
        },
    };
    if let Some(at) = text.find('\0') {
        let (row, column) = position(text.get(..at).unwrap_or(""));
        return Err(Box::new(Finding::error(codes::NUL, site.cell(row, column))));
    }
    Ok(text)
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16, name: &str, site: &Site) -> Result<String, Box<Finding>> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let mut text = String::with_capacity(bytes.len());
    for c in char::decode_utf16(pairs.iter().map(|pair| unit(*pair))) {
        match c {
            Ok(c) => text.push(c),
            Err(_) => return Err(bad(&text, name, site)),
        }
    }
    if rest.is_empty() { Ok(text) } else { Err(bad(&text, name, site)) }
}

/// The text, or what could be read and how many bytes that took.
fn gb18030(bytes: &[u8]) -> Result<String, (String, usize)> {
    if let Some(text) = GB18030.decode_without_bom_handling_and_without_replacement(bytes) {
        return Ok(text.into_owned());
    }
    let mut decoder = GB18030.new_decoder_without_bom_handling();
    let mut text = String::with_capacity(bytes.len() * 3 + 16);
    let (result, read) = decoder.decode_to_string_without_replacement(bytes, &mut text, true);
    let read = match result {
        DecoderResult::Malformed(bad, after) => read.saturating_sub(usize::from(bad) + usize::from(after)),
        _ => read,
    };
    Err((text, read))
}

fn bad(before: &str, encoding: &str, site: &Site) -> Box<Finding> {
    let (row, column) = position(before);
    Box::new(Finding::error(codes::BAD_BYTES, site.cell(row, column)).with("encoding", encoding))
}

/// Row (from 1) and column (from 0) after a text. Line breaks inside quotation marks begin no row.
fn position(before: &str) -> (u32, usize) {
    let separator = super::guess_separator(before);
    let (mut row, mut column, mut quoted) = (1u32, 0usize, false);
    for b in before.bytes() {
        match b {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => {
                row = row.saturating_add(1);
                column = 0;
            }
            b if b == separator && !quoted => column += 1,
            _ => {}
        }
    }
    (row, column)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], expected: &str) {
        let shown = match decode(bytes.to_vec(), &Site::file("表.csv")) {
            Ok(text) => text,
            Err(finding) => format!("{} {}", finding.place, finding.with.get("encoding").unwrap_or(finding.code)),
        };
        assert_eq!(shown, expected, "{bytes:x?}");
    }

    #[test]
    fn encodings_are_recognised() {
        check("姓名,䶮𠮷·".as_bytes(), "姓名,䶮𠮷·");
        check("\u{FEFF}姓名".as_bytes(), "姓名");
        check(&[0xD0, 0xD5, 0xC3, 0xFB, b',', b'1'], "姓名,1");
        check(&GB18030.encode("𠮷,䶮").0, "𠮷,䶮");
        let utf16: Vec<u8> = "\u{FEFF}姓名\t𠮷".encode_utf16().flat_map(u16::to_le_bytes).collect();
        check(&utf16, "姓名\t𠮷");
        let utf16: Vec<u8> = "\u{FEFF}姓名".encode_utf16().flat_map(u16::to_be_bytes).collect();
        check(&utf16, "姓名");
    }

    #[test]
    fn bytes_that_fit_nothing_are_named() {
        check(b"\xEF\xBB\xBFa,b\nc,\xFF", "表.csv·B2 UTF-8");
        check(b"a,b\n\xD0\xD5,\xFF\xFF", "表.csv·B2 GB18030");
        check("姓名,学号\n甲,\u{1}".as_bytes(), "姓名,学号\n甲,\u{1}");
        check(&["姓名\n".as_bytes(), &[0xE5, 0xFF]].concat(), "表.csv·A2 UTF-8");
        check(&[0xFF, 0xFE, b'a', 0, b',', 0, 0x00, 0xD8, b'x', 0], "表.csv·B1 UTF-16LE");
        check(&[0xFF, 0xFE, b'a', 0, b'b'], "表.csv·A1 UTF-16LE");
        check(b"a,\0b", "表.csv·B1 INT-020");
    }
}
