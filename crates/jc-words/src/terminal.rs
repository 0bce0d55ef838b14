//! A finding on the terminal: its words, and the line of the file with the part in question underlined.

use crate::finding::{finding, place};
use crate::line::level_id;
use crate::text;
use jc_base::{Finding, Lang, Place};
use std::fmt::Write as _;

/// The finding on several lines, ending with a line break.
///
/// `source` is the text of the file the finding is in; without it the line is not shown.
pub fn terminal(lang: Lang, it: &Finding, source: Option<&str>) -> String {
    let words = finding(lang, it);
    let mut out = format!("{} {}: {}\n", text(lang, level_id(it.level), &[]), it.code, words.what);
    let where_it_is = place(lang, &it.place);
    if !where_it_is.is_empty() {
        let _ = writeln!(out, "  {where_it_is}");
    }
    if let (Place::Text { line, column, length, .. }, Some(source)) = (&it.place, source)
        && let Some(shown) = source.lines().nth(line.saturating_sub(1))
    {
        let number = line.to_string();
        let margin = " ".repeat(number.len());
        // Tabs would move the line from under its mark.
        let shown = shown.replace('\t', " ");
        let before: String = shown.chars().take(column.saturating_sub(1)).collect();
        let marked: String = shown.chars().skip(column.saturating_sub(1)).take(*length).collect();
        let _ = writeln!(out, "  {margin} |\n  {number} | {shown}");
        let marks = "^".repeat(width(&marked).max(1));
        let _ = writeln!(out, "  {margin} | {}{marks}", " ".repeat(width(&before)));
    }
    for also in &it.also {
        let _ = writeln!(out, "  {}", text(lang, "see-also", &[("places", place(lang, also).into())]));
    }
    if !words.mend.is_empty() {
        let _ = writeln!(out, "  {}", text(lang, "how-to-mend", &[("mend", words.mend.into())]));
    }
    out
}

/// The columns a text takes on a terminal: two for Chinese characters and full-width signs, none for marks that
/// join the character before.
pub fn width(text: &str) -> usize {
    text.chars().map(char_width).sum()
}

fn char_width(c: char) -> usize {
    match u32::from(c) {
        0..0x20 | 0x7F..0xA0 | 0x200B..=0x200F | 0x300..=0x36F | 0xFE00..=0xFE0F | 0xFEFF => 0,
        0x1100..=0x115F
        | 0x2E80..=0x303E
        | 0x3041..=0x33FF
        | 0x3400..=0x4DBF
        | 0x4E00..=0x9FFF
        | 0xA000..=0xA4CF
        | 0xAC00..=0xD7A3
        | 0xF900..=0xFAFF
        | 0xFE30..=0xFE4F
        | 0xFF00..=0xFF60
        | 0xFFE0..=0xFFE6
        | 0x1F300..=0x1F64F
        | 0x1F900..=0x1F9FF
        | 0x20000..=0x3FFFD => 2,
        // Quotes, dash and ellipsis are as wide as characters in Chinese fonts, but terminals count them single.
        _ => 1,
    }
}
