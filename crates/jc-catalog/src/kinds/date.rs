//! `date`: a day, in the forms people type. A month or a year alone is not a day.

use super::fault::{INCOMPLETE_DATE, KindFault, NO_SUCH_DAY, NOT_A_DATE, SHORT_YEAR, YEAR_OUT_OF_RANGE};
use super::says_unknown;
use jc_base::{Date, Value};
use jc_text::dates::{DateError, Precision, parse_date};

pub(super) fn parse(text: &str) -> Result<Value, KindFault> {
    if let Some(day) = Date::parse_iso(text).filter(|day| in_range(*day)) {
        return Ok(Value::Date(day));
    }
    if says_unknown(text) {
        return Ok(Value::Missing);
    }
    match parse_date(text) {
        Ok(reading) if reading.precision == Precision::Day => Ok(Value::Date(reading.first.into())),
        Ok(_) => Err(KindFault::of(INCOMPLETE_DATE, text)),
        Err(DateError::Empty) => Ok(Value::Missing),
        Err(error) => Err(KindFault::of(code_of(error), text)),
    }
}

pub(super) fn check(day: Date) -> Result<(), KindFault> {
    if in_range(day) { Ok(()) } else { Err(KindFault::of(YEAR_OUT_OF_RANGE, &day.to_string())) }
}

/// The code of what `jc-text` found wrong with a date, month or year.
pub(super) fn code_of(error: DateError) -> &'static str {
    match error {
        DateError::NoSuchDay => NO_SUCH_DAY,
        DateError::ShortYear => SHORT_YEAR,
        DateError::YearOutOfRange => YEAR_OUT_OF_RANGE,
        DateError::Empty | DateError::NotADate => NOT_A_DATE,
    }
}

fn in_range(day: Date) -> bool {
    (1900..2200).contains(&day.year())
}
