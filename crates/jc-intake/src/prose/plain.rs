//! Plain text, as Chinese editors save it.

use super::Prose;
use crate::codes;
use crate::site::Site;
use encoding_rs::{BIG5, DecoderResult, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};
use jc_base::{Finding, Place};

/// Decodes a text: by its mark, else as what its bytes can only be. Strictly: a byte that fits nothing is named.
pub(super) fn read(bytes: &[u8], site: &Site) -> Result<Prose, Box<Finding>> {
    let encoding = guess(bytes);
    if bytes.contains(&0) && ![UTF_16BE, UTF_16LE].contains(&encoding) {
        return Err(Box::new(site.whole_error(codes::TEXT_UNKNOWN)));
    }
    let text = decode(bytes, encoding).map_err(|before| {
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        let place = Place::Text { file: site.file.clone(), line, column, length: 1 };
        Box::new(Finding::error(codes::TEXT_BAD_BYTES, place).with("encoding", encoding.name()))
    })?;
    // A text has line breaks and no other control characters; a kind we do not know has.
    let odd = text.chars().take(4096).filter(|c| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\x0C')).count();
    if odd > 8 || text.contains('\0') {
        return Err(Box::new(site.whole_error(codes::TEXT_UNKNOWN)));
    }
    let head = text.trim_start().chars().take(200).collect::<String>().to_ascii_lowercase();
    if head.starts_with("<!doctype html") || head.starts_with("<html") {
        return Err(Box::new(site.whole_error(codes::TEXT_KIND).with("kind", "HTML")));
    }
    Ok(Prose { kind: "txt", text, warnings: Vec::new() })
}

/// The encoding that reads furthest, of those Chinese texts come in; what is UTF-8 is that by no chance.
fn guess(bytes: &[u8]) -> &'static Encoding {
    if let Some((marked, _)) = Encoding::for_bom(bytes) {
        return marked;
    }
    if std::str::from_utf8(bytes).is_ok() {
        return UTF_8;
    }
    // Line breaks and digits leave a nought beside them in UTF-16, on one side always.
    let noughts = |from: usize| bytes.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (noughts(0), noughts(1));
    if even.max(odd) > 4 * even.min(odd) {
        return if even > odd { UTF_16BE } else { UTF_16LE };
    }
    let read = |encoding: &'static Encoding| match decode(bytes, encoding) {
        Ok(text) => (usize::MAX, common(&text)),
        Err(before) => (before.len(), common(&before)),
    };
    // Big5 and GB18030 can mostly read each other, but what comes out then is made of rare characters.
    let (simplified, traditional) = (read(GB18030), read(BIG5));
    let began = String::from_utf8_lossy(bytes);
    let utf8 = began.find('\u{FFFD}').unwrap_or(began.len());
    // 学院 in GB18030 happens to be two letters of UTF-8, of Cyrillic and Armenian; a Chinese character is none by chance.
    let chinese = |c: char| matches!(c, '\u{3000}'..='\u{303F}' | '\u{4E00}'..='\u{9FFF}' | '\u{FF00}'..='\u{FFEF}');
    if began.get(..utf8).is_some_and(|read| read.contains(chinese)) {
        return UTF_8;
    }
    if traditional.0 >= simplified.0 && traditional.1 > simplified.1 { BIG5 } else { GB18030 }
}

/// How many of the most common characters there are.
fn common(text: &str) -> usize {
    text.chars().filter(|c| "的一是不在了有和人这這中大为為上个個国國年学學生教校以业業，。、".contains(*c)).count()
}

/// The text, or what could be read of it.
fn decode(bytes: &[u8], encoding: &'static Encoding) -> Result<String, String> {
    let mut decoder = encoding.new_decoder_with_bom_removal();
    let mut text = String::with_capacity(bytes.len() * 3 + 16);
    match decoder.decode_to_string_without_replacement(bytes, &mut text, true).0 {
        DecoderResult::InputEmpty => Ok(text),
        _ => Err(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], expected: &str) {
        let shown = match read(bytes, &Site::file("稿.txt")) {
            Ok(prose) => super::super::clean(&prose.text),
            Err(finding) => {
                format!("{} {} {}", finding.code, finding.place, finding.with.get("encoding").unwrap_or(""))
            }
        };
        assert_eq!(shown, expected, "{bytes:x?}");
    }

    #[test]
    fn texts_are_read_as_chinese_editors_save_them() {
        let text = "一年来，学校的毕业生就业率达99.26%，\r\n比上年提高。";
        let plain = text.replace("\r\n", "\n");
        check(text.as_bytes(), &plain);
        check(&[b"\xEF\xBB\xBF", text.as_bytes()].concat(), &plain);
        check(&GB18030.encode(text).0, &plain);
        check(&GB18030.encode("学院现有学生5480人").0, "学院现有学生5480人");
        let traditional = "一年來，學校的畢業生人數為407人。";
        check(&BIG5.encode(traditional).0, traditional);
        let wide = |unit: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(unit).collect::<Vec<u8>>();
        check(&wide(u16::to_le_bytes), &plain);
        check(&wide(u16::to_be_bytes), &plain);
        check(&[&[0xFF, 0xFE][..], &wide(u16::to_le_bytes)].concat(), &plain);
    }

    #[test]
    fn what_fits_nothing_is_named() {
        // Two encodings in one file: the first goes on until the second begins.
        let mixed = [GB18030.encode("就业率\n获证率").0.as_ref(), "达\u{2029}".as_bytes(), b"\xFF"].concat();
        let found = read(&mixed, &Site::file("稿.txt")).expect_err("a finding");
        assert_eq!((found.code, found.with.get("encoding")), (codes::TEXT_BAD_BYTES, Some("gb18030")));
        let mixed = ["就业率\n获".as_bytes(), &GB18030.encode("达到了").0].concat();
        check(&mixed, "INT-069 稿.txt:2:2 UTF-8");
        check(b"\x01\x02\x03\x04\x05\x06\x07\x08\x0E\x0F", "INT-061 稿.txt ");
        check(&[0x80, 0x00, 0x00, 0xFF, 0x41, 0x93, 0x00, 0xC1], "INT-061 稿.txt ");
        check(b"<!DOCTYPE html><p>1</p>", "INT-060 稿.txt ");
    }
}
