//! A finding for machines: one JSON object, keys in a fixed order.

use crate::finding::finding;
use jc_base::{Finding, Lang, Level, Place};
use std::fmt::Write as _;

/// One JSON object with code, level, place, values and the words in one language.
pub fn json(lang: Lang, it: &Finding) -> String {
    let words = finding(lang, it);
    let mut out = String::from("{");
    let level = if it.level == Level::Error { "error" } else { "warning" };
    let _ = write!(out, "\"code\":{},\"level\":{},\"place\":{}", quoted(it.code), quoted(level), place(&it.place));
    out.push_str(",\"with\":{");
    for (i, (name, value)) in it.with.0.iter().enumerate() {
        let comma = if i > 0 { "," } else { "" };
        let _ = write!(out, "{comma}{}:{}", quoted(name), quoted(value));
    }
    out.push_str("},\"also\":[");
    out.push_str(&it.also.iter().map(place).collect::<Vec<_>>().join(","));
    let _ = write!(out, "],\"what\":{},\"mend\":{}}}", quoted(&words.what), quoted(&words.mend));
    out
}

fn place(place: &Place) -> String {
    match place {
        Place::Whole => "null".to_owned(),
        Place::File { file } => format!("{{\"file\":{}}}", quoted(file)),
        Place::Text { file, line, column, length } => {
            format!("{{\"file\":{},\"line\":{line},\"column\":{column},\"length\":{length}}}", quoted(file))
        }
        Place::Cell { file, sheet, row, column } => {
            let column = column.map_or("null".to_owned(), |column| column.to_string());
            format!("{{\"file\":{},\"sheet\":{},\"row\":{row},\"column\":{column}}}", quoted(file), quoted(sheet))
        }
        Place::Field { field } => format!("{{\"field\":{}}}", quoted(field)),
    }
}

fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            // Also what a script in a page would take for a line end.
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
