//! `time`: of day, kept as minutes since midnight. `24:00` ends a day and is not a time of one.

use super::fault::{KindFault, NOT_A_TIME};
use super::says_unknown;
use jc_base::Value;

pub(super) fn parse(text: &str) -> Result<Value, KindFault> {
    if says_unknown(text) {
        return Ok(Value::Missing);
    }
    read(&jc_text::fold::plain(text)).map(Value::Int).ok_or_else(|| KindFault::of(NOT_A_TIME, text))
}

pub(super) fn check(minutes: i64) -> Result<(), KindFault> {
    if (0..1440).contains(&minutes) { Ok(()) } else { Err(KindFault::of(NOT_A_TIME, &minutes.to_string())) }
}

/// `08:30`.
pub(super) fn print(minutes: i64) -> String {
    format!("{:02}:{:02}", minutes.div_euclid(60), minutes.rem_euclid(60))
}

/// `8:30`, `08:30:00`, `8点30分`, `8时`, `下午3:05`, `8点半`.
pub(crate) fn read(text: &str) -> Option<i64> {
    let text = text.trim();
    let (shift, body) = [("上午", 0), ("早上", 0), ("中午", 12), ("下午", 12), ("晚上", 12), ("晚", 12)]
        .into_iter()
        .find_map(|(word, hours)| text.strip_prefix(word).map(|rest| (hours, rest.trim_start())))
        .unwrap_or((0, text));
    let body = body.replace("点半", ":30").replace(['点', '时'], ":").replace('分', "");
    let mut parts = body.split(':');
    let number = |part: &str| {
        (matches!(part.len(), 1 | 2) && part.bytes().all(|b| b.is_ascii_digit()))
            .then(|| part.parse::<i64>().ok())
            .flatten()
    };
    let hour = number(parts.next()?)?;
    let minute = match parts.next()? {
        "" => 0,
        part => number(part)?,
    };
    let seconds_are_none = parts.next().is_none_or(|s| s == "00") && parts.next().is_none();
    let hour = if shift == 12 && hour < 12 { hour + 12 } else { hour };
    (hour < 24 && minute < 60 && seconds_are_none).then_some(hour * 60 + minute)
}
