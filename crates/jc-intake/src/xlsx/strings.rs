//! The strings a workbook keeps once and its cells point to.

use super::Part;
use crate::row::Strings;
use crate::xml::{Event, XmlError};

/// Reads them; nothing if one is longer than a cell may hold.
pub(crate) fn read(xml: &mut Part<'_>, most: usize) -> Result<Option<Strings>, XmlError> {
    let mut out = Strings::default();
    loop {
        match xml.next()? {
            Event::Start(tag) if tag.name == b"si" => {
                let from = out.text_mut().len();
                if !tag.empty {
                    rich_text(xml, out.text_mut(), b"si")?;
                }
                let text = out.text_mut();
                unescape_controls(text, from);
                if text.len() - from > most && text.get(from..).is_some_and(|t| t.chars().count() > most) {
                    return Ok(None);
                }
                if !out.close() {
                    return Err(XmlError::TooMuch);
                }
            }
            Event::Eof => return Ok(Some(out)),
            _ => {}
        }
    }
}

/// Appends the text of an element (`si` or `is`) whose start was just read: its runs without the phonetic guides.
pub(crate) fn rich_text(xml: &mut Part<'_>, out: &mut String, element: &[u8]) -> Result<(), XmlError> {
    let mut inside = false;
    loop {
        match xml.next()? {
            Event::Start(tag) if tag.name == b"t" => inside = !tag.empty,
            Event::Start(tag) if tag.name == b"rPh" && !tag.empty => xml.skip_element()?,
            Event::Start(_) => {}
            Event::End(b"t") => inside = false,
            Event::End(name) if name == element => return Ok(()),
            Event::End(_) => {}
            Event::Text(text) if inside => text.push_to(out)?,
            Event::Text(_) => {}
            Event::Eof => return Err(XmlError::Damaged),
        }
    }
}

/// Resolves what Excel writes for characters XML does not allow, such as `_x000D_`, in the text from `from` on.
pub(crate) fn unescape_controls(text: &mut String, from: usize) {
    let Some(part) = text.get(from..).filter(|part| part.contains("_x")) else { return };
    let mut out = String::with_capacity(part.len());
    let mut rest = part;
    while let Some((before, after)) = rest.split_once("_x") {
        out.push_str(before);
        let code = after.get(..4).filter(|_| after.get(4..5) == Some("_"));
        match code.and_then(|hex| u32::from_str_radix(hex, 16).ok()).and_then(char::from_u32) {
            Some(c) => {
                // A return before a line break is how Windows writes one.
                if c != '\r' {
                    out.push(c);
                }
                rest = after.get(5..).unwrap_or("");
            }
            None => {
                out.push_str("_x");
                rest = after;
            }
        }
    }
    out.push_str(rest);
    text.truncate(from);
    text.push_str(&out);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_are_unescaped() {
        for (written, read) in
            [("甲_x000D_\n乙", "甲\n乙"), ("_x005F_x000D_", "_x000D_"), ("a_x00", "a_x00"), ("_xZZZZ_", "_xZZZZ_")]
        {
            let mut text = String::from("_x0041_");
            text.push_str(written);
            unescape_controls(&mut text, 7);
            assert_eq!(text, format!("_x0041_{read}"));
        }
    }
}
