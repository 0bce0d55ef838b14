//! `ref` and `refs`: other records, by id. Names and numbers people type are looked up by whoever sees the records.

use super::fault::{KindFault, NOT_A_RECORD, RECORD_TWICE};
use super::says_unknown;
use jc_base::{RecordId, Value};

pub(super) fn parse(text: &str) -> Result<Value, KindFault> {
    if says_unknown(text) {
        return Ok(Value::Missing);
    }
    RecordId::parse(text.trim()).map(Value::Ref).ok_or_else(|| KindFault::of(NOT_A_RECORD, text))
}

/// Ids set apart by commas, semicolons, `、` or white space.
pub(super) fn parse_many(text: &str) -> Result<Value, KindFault> {
    if says_unknown(text) {
        return Ok(Value::Missing);
    }
    let apart = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | '，' | '；' | '、');
    let mut ids = Vec::new();
    for part in text.split(apart).filter(|part| !part.is_empty()) {
        ids.push(RecordId::parse(part).ok_or_else(|| KindFault::of(NOT_A_RECORD, part))?);
    }
    check_many(&ids)?;
    Ok(if ids.is_empty() { Value::Missing } else { Value::Refs(ids) })
}

/// No record twice; at least one, since none is missing.
pub(super) fn check_many(ids: &[RecordId]) -> Result<(), KindFault> {
    if ids.is_empty() {
        return Err(KindFault::of(NOT_A_RECORD, ""));
    }
    let mut sorted = ids.to_vec();
    sorted.sort_unstable();
    match sorted.windows(2).find(|pair| pair[0] == pair[1]) {
        Some(pair) => Err(KindFault::of(RECORD_TWICE, &pair[0].to_string())),
        None => Ok(()),
    }
}

pub(super) fn edit_many(ids: &[RecordId]) -> String {
    ids.iter().map(RecordId::to_string).collect::<Vec<_>>().join(", ")
}
