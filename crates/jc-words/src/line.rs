//! A finding on one line, for lists and logs of commands.

use crate::finding::{finding, place};
use crate::text;
use jc_base::{Finding, Lang, Level};

/// `training/graduate.toml:12:5: 错误 CAT-024 没有字段“destinaton” — 是否为“destination”？`
pub fn line(lang: Lang, it: &Finding) -> String {
    let words = finding(lang, it);
    let where_it_is = match it.place.to_string() {
        place if place.is_empty() => place,
        place => format!("{place}: "),
    };
    let level = text(lang, level_id(it.level), &[]);
    let mend = if words.mend.is_empty() { String::new() } else { format!(" — {}", words.mend) };
    let also: Vec<String> = it.also.iter().map(|also| place(lang, also)).collect();
    let also = match also.as_slice() {
        [] => String::new(),
        many => format!(" ({})", text(lang, "see-also", &[("places", many.join("; ").into())])),
    };
    format!("{where_it_is}{level} {} {}{mend}{also}", it.code, words.what)
}

/// The message that names a level.
pub(crate) fn level_id(level: Level) -> &'static str {
    match level {
        Level::Error => "level-error",
        Level::Warning => "level-warning",
    }
}
