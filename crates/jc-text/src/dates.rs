//! Dates as people type them, and how precise they are.

use chrono::{Datelike, Days, Months, NaiveDate};

use crate::fold::{fold_char, is_invisible, plain};
use crate::numerals;

/// How much of a date was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// Only the year: `2024`.
    Year,
    /// Year and month: `2024年9月`.
    Month,
    /// A day.
    Day,
}

/// A date with its precision. A month is kept as its first day, a year as its first of January.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Reading {
    /// The first day of what was given.
    pub first: NaiveDate,
    /// How much was given.
    pub precision: Precision,
}

impl Reading {
    /// The last day of what was given: the day itself, the month's or the year's end.
    pub fn last(self) -> NaiveDate {
        let months = match self.precision {
            Precision::Day => return self.first,
            Precision::Month => 1,
            Precision::Year => 12,
        };
        let next = self.first.checked_add_months(Months::new(months));
        next.and_then(|d| d.pred_opt()).expect("years are at most LATEST, far from the calendar's end")
    }
}

/// Why a text is no date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DateError {
    /// Nothing stands there.
    #[error("empty date")]
    Empty,
    /// The text has not the form of a date.
    #[error("not a date")]
    NotADate,
    /// The form is right, but the calendar has no such month or day.
    #[error("no such day")]
    NoSuchDay,
    /// The year has two digits only, which may mean two centuries.
    #[error("year of two digits")]
    ShortYear,
    /// A date outside 1900–2199: a slip rather than a date of a school.
    #[error("year out of range")]
    YearOutOfRange,
}

const EARLIEST: i32 = 1900;
const LATEST: i32 = 2199;

/// Reads a date in the forms in use: `2024-09-01`, `2024/9/1`, `2024.9.1`, `20240901`, `2024年9月1日`, `2024年9月`,
/// `2024.9`, `202409`, `2024`, `二〇二四年九月一日`; full-width digits, stray spaces and a trailing time are fine.
///
/// Beware of `2024.1` from a cell that holds a *number*: it may have been October. Only the caller knows the
/// cell's type. Day before month (`01.09.2024`) and two-digit years are refused.
pub fn parse_date(text: &str) -> Result<Reading, DateError> {
    let text: String = text.chars().filter(|&c| !is_invisible(c)).map(fold_char).collect();
    let text = text.trim();
    if text.is_empty() {
        return Err(DateError::Empty);
    }
    let text = without_time(text);
    let parts = if text.contains('年') { with_characters(text)? } else { with_signs(text)? };
    reading(&parts)
}

/// The date of a spreadsheet's serial day number; a fraction (the time of day) is dropped.
///
/// `date1904` says that the workbook counts from 1904-01-01. In the other system day 60 is 1900-02-29, which never
/// was: [`DateError::NoSuchDay`].
pub fn from_excel_serial(serial: f64, date1904: bool) -> Result<Reading, DateError> {
    // Beyond year 9999 (2958465) no spreadsheet goes; NaN fails the comparison.
    if !(0.0..2_958_466.0).contains(&serial) {
        return Err(DateError::NotADate);
    }
    let days = serial.trunc() as u64;
    let (year, month, day) = match (date1904, days) {
        (true, _) => (1904, 1, 1),
        (false, 0) => return Err(DateError::NotADate),
        (false, 60) => return Err(DateError::NoSuchDay),
        (false, 1..60) => (1899, 12, 31),
        (false, _) => (1899, 12, 30),
    };
    let origin = NaiveDate::from_ymd_opt(year, month, day).expect("the three origins are real days");
    let first = origin.checked_add_days(Days::new(days)).ok_or(DateError::NotADate)?;
    in_range(first.year())?;
    Ok(Reading { first, precision: Precision::Day })
}

/// True for what people write when they do not know: `不详`, `无`, `—`, `/`, `-`, `N/A`, `暂无`, `空`.
///
/// An empty cell is not in the list: it is empty, and the caller says what that means.
pub fn is_unknown(text: &str) -> bool {
    let text = plain(text).to_lowercase();
    matches!(
        text.as_str(),
        "不详"
            | "不明"
            | "未知"
            | "无"
            | "暂无"
            | "空"
            | "待定"
            | "待补"
            | "n/a"
            | "na"
            | "null"
            | "none"
            | "?"
            | "??"
            | "#n/a"
            | "(空)"
            | "未填"
            | "缺"
    ) || (!text.is_empty()
        && text.chars().all(|c| matches!(c, '-' | '—' | '–' | '―' | '─' | '/' | '\\' | '、' | '一'))
        && text != "一")
}

/// Cuts a time of day off the end: ` 00:00:00`, `T08:30`, ` 8:00:00.000Z`.
fn without_time(text: &str) -> &str {
    let Some(colon) = text.find(':') else { return text };
    let head = &text[..colon];
    let hour = head.chars().rev().take_while(char::is_ascii_digit).count();
    let tail_fits = text[colon..].chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | '.' | 'Z' | 'z' | '+' | ' '));
    let head = &head[..head.len() - hour];
    let parted = head.ends_with([' ', 'T', 't', '\t', '日']);
    if (1..=2).contains(&hour) && tail_fits && parted { head.trim_end_matches([' ', 'T', 't', '\t']) } else { text }
}

/// `2024年9月1日`, in digits or in Chinese numerals, 号 for 日, spaces anywhere.
fn with_characters(text: &str) -> Result<Vec<(u32, usize)>, DateError> {
    let mut rest: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
    let mut parts = Vec::with_capacity(3);
    for marks in [&['年'][..], &['月'], &['日', '号']] {
        // `2024年度` is a year as well.
        if rest == ['度'] && parts.len() == 1 {
            rest.clear();
        }
        if rest.is_empty() {
            break;
        }
        let found = numerals::prefix(&rest).ok_or(DateError::NotADate)?;
        let value = found.value.as_int().filter(|_| found.value.scale == 0).ok_or(DateError::NotADate)?;
        let value = u32::try_from(value).map_err(|_| DateError::NotADate)?;
        let short_year = found.len == 2 && value < 100 && found.script == numerals::Script::Arabic;
        rest.drain(..found.len);
        match rest.first() {
            Some(mark) if marks.contains(mark) => {
                rest.remove(0);
            }
            // `2024年9月1`: the last sign is often left out.
            None if !parts.is_empty() => {}
            _ => return Err(DateError::NotADate),
        }
        parts.push((value, if parts.is_empty() && short_year { 2 } else { 4 }));
    }
    if rest.is_empty() { Ok(parts) } else { Err(DateError::NotADate) }
}

/// `2024-09-01` and its like, or digits only.
fn with_signs(text: &str) -> Result<Vec<(u32, usize)>, DateError> {
    let sign = |c: char| matches!(c, '-' | '/' | '.' | '\\' | '—' | '–' | '−' | '、');
    let text = text.trim_end_matches(sign).trim_end();
    let pieces: Vec<&str> =
        if text.contains(sign) { text.split(sign).map(str::trim).collect() } else { text.split_whitespace().collect() };
    let number = |digits: &str| -> Result<(u32, usize), DateError> {
        if digits.is_empty() || digits.len() > 4 || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(DateError::NotADate);
        }
        digits.parse().map(|value| (value, digits.len())).map_err(|_| DateError::NotADate)
    };
    match pieces[..] {
        [digits] if digits.is_ascii() => match digits.len() {
            4 => Ok(vec![number(digits)?]),
            6 => Ok(vec![number(&digits[..4])?, number(&digits[4..])?]),
            8 => Ok(vec![number(&digits[..4])?, number(&digits[4..6])?, number(&digits[6..])?]),
            _ => Err(DateError::NotADate),
        },
        [_, _] | [_, _, _] => pieces.into_iter().map(number).collect(),
        _ => Err(DateError::NotADate),
    }
}

/// Parts with the number of digits they were written with.
fn reading(parts: &[(u32, usize)]) -> Result<Reading, DateError> {
    let (year, month, day, precision) = match *parts {
        [year] => (year, (1, 4), (1, 4), Precision::Year),
        [year, month] => (year, month, (1, 4), Precision::Month),
        [year, month, day] => (year, month, day, Precision::Day),
        _ => return Err(DateError::NotADate),
    };
    if year.1 == 2 {
        return Err(DateError::ShortYear);
    }
    if year.1 != 4 {
        return Err(DateError::NotADate);
    }
    let y = i32::try_from(year.0).map_err(|_| DateError::NotADate)?;
    in_range(y)?;
    let first = NaiveDate::from_ymd_opt(y, month.0, day.0).ok_or(DateError::NoSuchDay)?;
    Ok(Reading { first, precision })
}

fn in_range(year: i32) -> Result<(), DateError> {
    if (EARLIEST..=LATEST).contains(&year) { Ok(()) } else { Err(DateError::YearOutOfRange) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn show(text: &str) -> String {
        match parse_date(text) {
            Ok(it) => format!("{} {:?}", it.first, it.precision),
            Err(error) => format!("{error:?}"),
        }
    }

    #[test]
    fn forms_in_use() {
        for (text, expect) in [
            ("2024-09-01", "2024-09-01 Day"),
            ("2024/9/1", "2024-09-01 Day"),
            ("2024.9.1", "2024-09-01 Day"),
            ("2024.9.1.", "2024-09-01 Day"),
            ("20240901", "2024-09-01 Day"),
            ("2024年9月1日", "2024-09-01 Day"),
            ("2024年9月1号", "2024-09-01 Day"),
            ("2024 年 9 月 1 日", "2024-09-01 Day"),
            ("2024年9月1", "2024-09-01 Day"),
            ("２０２４－０９－０１", "2024-09-01 Day"),
            (" 2024 - 09 - 01 ", "2024-09-01 Day"),
            ("2024 9 1", "2024-09-01 Day"),
            ("2024-09-01 00:00:00", "2024-09-01 Day"),
            ("2024/9/1 8:30", "2024-09-01 Day"),
            ("2024-09-01T00:00:00.000Z", "2024-09-01 Day"),
            ("二〇二四年九月一日", "2024-09-01 Day"),
            ("二零二四年十二月三十一日", "2024-12-31 Day"),
            ("二○二四年十月廿五日", "2024-10-25 Day"),
            ("2024年9月", "2024-09-01 Month"),
            ("2024.9", "2024-09-01 Month"),
            ("2024-09", "2024-09-01 Month"),
            ("202409", "2024-09-01 Month"),
            ("2024", "2024-01-01 Year"),
            ("2024年", "2024-01-01 Year"),
            ("2024年度", "2024-01-01 Year"),
            ("2024-02-29", "2024-02-29 Day"),
            ("2023-02-29", "NoSuchDay"),
            ("2003/13/01", "NoSuchDay"),
            ("2024.0", "NoSuchDay"),
            ("24.9.1", "ShortYear"),
            ("24年9月1日", "ShortYear"),
            ("1824-09-01", "YearOutOfRange"),
            ("01.09.2024", "ShortYear"),
            ("9月1日", "NotADate"),
            ("2024-09-01-02", "NotADate"),
            ("2024年9月1日上午", "NotADate"),
            ("明年", "NotADate"),
            ("", "Empty"),
            ("　", "Empty"),
        ] {
            assert_eq!(show(text), expect, "{text:?}");
        }
    }

    #[test]
    fn ends() {
        let last = |text| parse_date(text).unwrap().last().to_string();
        assert_eq!(last("2024.2"), "2024-02-29");
        assert_eq!(last("2024"), "2024-12-31");
        assert_eq!(last("2024-02-03"), "2024-02-03");
    }

    #[test]
    fn spreadsheet_days() {
        let day = |serial, d1904| from_excel_serial(serial, d1904).map(|it| it.first.to_string());
        assert_eq!(day(45536.0, false).as_deref(), Ok("2024-09-01"));
        assert_eq!(day(45536.75, false).as_deref(), Ok("2024-09-01"));
        assert_eq!(day(44074.0, true).as_deref(), Ok("2024-09-01"));
        assert_eq!(day(59.0, false).as_deref(), Ok("1900-02-28"));
        assert_eq!(day(61.0, false).as_deref(), Ok("1900-03-01"));
        assert_eq!(day(60.0, false), Err(DateError::NoSuchDay));
        assert_eq!(day(-1.0, false), Err(DateError::NotADate));
        assert_eq!(day(f64::NAN, false), Err(DateError::NotADate));
        assert_eq!(day(1e12, false), Err(DateError::NotADate));
    }

    #[test]
    fn unknown_words() {
        for text in ["不详", "无", "—", "——", "/", "-", "N/A", "n/a", "暂无", "空", " 无 "] {
            assert!(is_unknown(text), "{text:?}");
        }
        for text in ["", "0", "无锡", "一", "2024"] {
            assert!(!is_unknown(text), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn every_day_in_every_form(days in 0u64..100_000) {
            let day = NaiveDate::from_ymd_opt(1900, 1, 1).unwrap().checked_add_days(Days::new(days)).unwrap();
            let year: String = day.year().to_string().chars().map(|c| "〇一二三四五六七八九".chars().nth(c as usize - 48).unwrap()).collect();
            let said = |n: u32| numerals::format_chinese(u64::from(n));
            for text in [
                day.format("%Y-%m-%d").to_string(),
                day.format("%Y%m%d").to_string(),
                format!("{}/{}/{}", day.year(), day.month(), day.day()),
                format!("{} 年{}月 {}日", day.year(), day.month(), day.day()),
                format!("{year}年{}月{}日", said(day.month()), said(day.day())),
            ] {
                prop_assert_eq!(parse_date(&text), Ok(Reading { first: day, precision: Precision::Day }), "{}", text);
            }
        }

        #[test]
        fn never_panics(text in "\\PC{0,20}", serial in any::<f64>()) {
            let _ = parse_date(&text);
            let _ = from_excel_serial(serial, false);
        }
    }
}
