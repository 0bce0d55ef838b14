//! `boolean`: 是 or 否, kept as 1 or 0. An open cell is unknown, not no.

use super::fault::{KindFault, NOT_YES_NO};
use super::says_unknown;
use jc_base::{Lang, Value};

pub(super) fn parse(text: &str) -> Result<Value, KindFault> {
    match text {
        "是" | "1" => return Ok(Value::Int(1)),
        "否" | "0" => return Ok(Value::Int(0)),
        _ => {}
    }
    // 无 says no here, before it could mean that nothing is known.
    if let Some(flag) = jc_text::yes_no::yes_no(text) {
        return Ok(Value::Int(i64::from(flag)));
    }
    if says_unknown(text) {
        return Ok(Value::Missing);
    }
    match jc_text::fold::plain(text).to_lowercase().as_str() {
        "ja" => Ok(Value::Int(1)),
        "nein" => Ok(Value::Int(0)),
        _ => Err(KindFault::of(NOT_YES_NO, text)),
    }
}

pub(super) fn check(number: i64) -> Result<(), KindFault> {
    if matches!(number, 0 | 1) { Ok(()) } else { Err(KindFault::of(NOT_YES_NO, &number.to_string())) }
}

pub(super) fn show(number: i64, lang: Lang) -> String {
    let word = match (lang, number != 0) {
        (Lang::Zh, true) => "是",
        (Lang::Zh, false) => "否",
        (Lang::En, true) => "yes",
        (Lang::En, false) => "no",
        (Lang::De, true) => "ja",
        (Lang::De, false) => "nein",
    };
    word.to_owned()
}

pub(super) fn edit(number: i64) -> String {
    if number != 0 { "是" } else { "否" }.to_owned()
}
