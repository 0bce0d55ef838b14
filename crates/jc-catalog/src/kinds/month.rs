//! `month`: kept as `YYYY-MM`. A whole date is read as its month.

use super::fault::{KindFault, NOT_A_DATE, NOT_A_MONTH};
use super::{date, says_unknown};
use jc_base::{Date, Value};
use jc_text::dates::{Precision, parse_date};

pub(super) fn parse(text: &str) -> Result<Value, KindFault> {
    if check(text).is_ok() {
        return Ok(Value::Text(text.to_owned()));
    }
    if says_unknown(text) {
        return Ok(Value::Missing);
    }
    match parse_date(text.trim_end_matches('份')) {
        Ok(reading) if reading.precision != Precision::Year => Ok(Value::Text(print(reading.first.into()))),
        Ok(_) => Err(KindFault::of(NOT_A_MONTH, text)),
        Err(error) => {
            let code = date::code_of(error);
            Err(KindFault::of(if code == NOT_A_DATE { NOT_A_MONTH } else { code }, text))
        }
    }
}

pub(super) fn check(text: &str) -> Result<(), KindFault> {
    let bytes = text.as_bytes();
    let digit = |i: usize| bytes[i].is_ascii_digit();
    let shaped = bytes.len() == 7 && bytes[4] == b'-' && [0, 1, 2, 3, 5, 6].into_iter().all(digit);
    let fits = shaped
        && (&b"1900"[..]..=&b"2199"[..]).contains(&&bytes[..4])
        && (&b"01"[..]..=&b"12"[..]).contains(&&bytes[5..]);
    if fits { Ok(()) } else { Err(KindFault::of(NOT_A_MONTH, text)) }
}

/// The month of a day.
pub(super) fn print(day: Date) -> String {
    format!("{:04}-{:02}", day.year(), day.month())
}
