//! `text` and `long-text`: what people write, without the characters nobody can see.

use super::fault::{KindFault, LINE_BREAK, ODD_CHARACTER, TOO_LONG, shorten};
use super::says_unknown;
use jc_base::Value;
use jc_text::fold;

/// Most characters, and whether line breaks are allowed.
pub(super) type Room = (usize, bool);
/// The room of `text`.
pub(super) const LINE: Room = (200, false);
/// The room of `long-text`.
pub(super) const LONG: Room = (10_000, true);

/// One line: trimmed, white space squeezed, invisible characters dropped. Width is kept as typed.
pub(super) fn parse(text: &str) -> Result<Value, KindFault> {
    if says_unknown(text) {
        return Ok(Value::Missing);
    }
    if is_clean(text) {
        let count = text.chars().count();
        return if count <= LINE.0 { Ok(Value::Text(text.to_owned())) } else { Err(too_long(count, LINE.0)) };
    }
    let text = text.trim();
    if text.contains(['\n', '\r']) {
        return Err(KindFault::new(LINE_BREAK).with("value", shorten(text)));
    }
    let clean = fold::squeeze(&fold::strip_invisible(text));
    check(&clean, LINE)?;
    Ok(if clean.is_empty() { Value::Missing } else { Value::Text(clean) })
}

/// Several lines: line ends become `\n`, trailing white space of each line goes.
pub(super) fn parse_long(text: &str) -> Result<Value, KindFault> {
    if says_unknown(text) {
        return Ok(Value::Missing);
    }
    let unified = fold::strip_invisible(text).replace("\r\n", "\n").replace('\r', "\n");
    let lines: Vec<&str> = unified.split('\n').map(str::trim_end).collect();
    let clean = lines.join("\n");
    let clean = clean.trim_matches('\n').trim_end();
    check(clean, LONG)?;
    Ok(if says_unknown(clean) { Value::Missing } else { Value::Text(clean.to_owned()) })
}

/// Length, line breaks, and characters that must not be stored.
pub(super) fn check(text: &str, (most, lines): Room) -> Result<(), KindFault> {
    if !lines && text.contains(['\n', '\r']) {
        return Err(KindFault::new(LINE_BREAK).with("value", shorten(text)));
    }
    if let Some(odd) = fold::oddities(text).into_iter().next() {
        return Err(KindFault::new(ODD_CHARACTER)
            .with("character", format!("U+{:04X}", u32::from(odd.character)))
            .with("position", odd.at + 1));
    }
    let count = text.chars().count();
    if count > most { Err(too_long(count, most)) } else { Ok(()) }
}

/// Printable ASCII, common Chinese characters and signs, with single spaces inside: nothing to clean.
fn is_clean(text: &str) -> bool {
    let mut spaced = true;
    for c in text.chars() {
        match c {
            ' ' if spaced => return false,
            ' ' => spaced = true,
            '!'..='~' | '\u{4E00}'..='\u{9FFF}' | '\u{3001}'..='\u{3011}' | '\u{FF01}'..='\u{FF5E}' => spaced = false,
            _ => return false,
        }
    }
    !spaced
}

fn too_long(count: usize, most: usize) -> KindFault {
    KindFault::new(TOO_LONG).with("most", most).with("count", count)
}
