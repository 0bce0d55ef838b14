//! `year`: the calendar year as a number; `2024届` and `2024级` are read as well.

use super::fault::{KindFault, NOT_A_YEAR};
use super::says_unknown;
use jc_base::Value;
use jc_text::dates::{Precision, parse_date};

pub(super) fn parse(text: &str) -> Result<Value, KindFault> {
    if let Ok(year) = text.parse::<i64>()
        && text.len() == 4
        && check(year).is_ok()
    {
        return Ok(Value::Int(year));
    }
    if says_unknown(text) {
        return Ok(Value::Missing);
    }
    match parse_date(text.trim_end().trim_end_matches(['届', '级'])) {
        Ok(reading) if reading.precision == Precision::Year => {
            Ok(Value::Int(i64::from(jc_base::Date::from(reading.first).year())))
        }
        _ => Err(KindFault::of(NOT_A_YEAR, text)),
    }
}

pub(super) fn check(year: i64) -> Result<(), KindFault> {
    if (1900..2200).contains(&year) { Ok(()) } else { Err(KindFault::of(NOT_A_YEAR, &year.to_string())) }
}
