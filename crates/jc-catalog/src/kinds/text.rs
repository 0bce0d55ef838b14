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
    if is_plain_ascii(text) {
        return if text.len() <= LINE.0 { Ok(Value::Text(text.to_owned())) } else { Err(too_long(text.len(), LINE.0)) };
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

/// Printable ASCII with single spaces inside: nothing to clean.
pub(super) fn is_plain_ascii(text: &str) -> bool {
    let bytes = text.as_bytes();
    let graphic = |b: Option<&u8>| b.is_some_and(u8::is_ascii_graphic);
    graphic(bytes.first())
        && graphic(bytes.last())
        && bytes.windows(2).all(|pair| pair[0].is_ascii_graphic() || (pair[0] == b' ' && pair[1] != b' '))
}

fn too_long(count: usize, most: usize) -> KindFault {
    KindFault::new(TOO_LONG).with("most", most).with("count", count)
}
