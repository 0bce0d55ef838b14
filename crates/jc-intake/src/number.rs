//! Numbers of spreadsheet cells as exact decimal text, and serial numbers as days.
//!
//! Spreadsheets keep binary floating point and promise fifteen significant digits. The text made here has no more
//! than those, so that `0.1` is `0.1` and the sum `0.30000000000000004` is the `0.3` that people see.

use jc_base::Date;
use std::fmt::Write;

/// Above this, a whole number in a cell no longer has all its digits.
const EXACT: f64 = 1e15;

/// Appends the number as plain decimal text: no exponent, no closing zeros. Nothing if it is not finite or too
/// large to be anything a person counted (`false`).
pub(crate) fn write_decimal(out: &mut String, value: f64) -> bool {
    if !value.is_finite() || value.abs() >= 1e21 {
        return false;
    }
    if value.fract() == 0.0 && value.abs() < EXACT {
        write_int(out, value as i64);
        return true;
    }
    // Fifteen significant digits, then the point is put where the exponent says.
    let scientific = format!("{value:.14e}");
    let Some((mantissa, exponent)) = scientific.split_once('e') else { return false };
    let Ok(exponent) = exponent.parse::<i32>() else { return false };
    let (sign, mantissa) = mantissa.strip_prefix('-').map_or(("", mantissa), |m| ("-", m));
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    let digits = digits.trim_end_matches('0');
    if digits.is_empty() {
        out.push('0');
        return true;
    }
    out.push_str(sign);
    let point = exponent + 1;
    if point <= 0 {
        out.push_str("0.");
        out.extend(std::iter::repeat_n('0', point.unsigned_abs() as usize));
        out.push_str(digits);
    } else {
        let point = point as usize;
        if digits.len() <= point {
            out.push_str(digits);
            out.extend(std::iter::repeat_n('0', point - digits.len()));
        } else {
            let (whole, part) = digits.split_at(point);
            out.push_str(whole);
            out.push('.');
            out.push_str(part);
        }
    }
    true
}

/// Appends a whole number.
pub(crate) fn write_int(out: &mut String, value: i64) {
    write!(out, "{value}").expect("writing to a string cannot fail");
}

/// Whether a number's text has more digits than a spreadsheet keeps: then its last ones are made up.
pub(crate) fn lost_digits(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let leading = text.bytes().take_while(|b| matches!(b, b'-' | b'0' | b'.')).filter(|b| *b == b'0').count();
    digits - leading > 15
}

/// What a serial number with a date or time format means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Moment {
    /// A day.
    Day(Date),
    /// A day and minutes since its midnight.
    DayTime(Date, u16),
    /// Minutes since midnight, below 1440.
    Time(u16),
}

/// Reads a serial number: whole days since the epoch, the fraction is the time of day.
///
/// Nothing for the 29th of February 1900, which the 1900 system has and the calendar has not, and for what lies
/// outside the calendar.
pub(crate) fn moment(serial: f64, epoch_1904: bool) -> Option<Moment> {
    if !serial.is_finite() || !(0.0..3_000_000.0).contains(&serial) {
        return None;
    }
    let minutes = (serial * 1440.0).round() as i64;
    let (day, minute) = (minutes / 1440, (minutes % 1440) as u16);
    if day == 0 {
        return Some(Moment::Time(minute));
    }
    let date = if epoch_1904 {
        Date::new(1904, 1, 1)?.plus_days(day)
    } else {
        match day {
            60 => return None,
            1..60 => Date::new(1899, 12, 31)?.plus_days(day),
            _ => Date::new(1899, 12, 30)?.plus_days(day),
        }
    };
    Some(if minute == 0 { Moment::Day(date) } else { Moment::DayTime(date, minute) })
}

/// How numbers of a style are shown, as far as it changes what they mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum NumberStyle {
    /// A number.
    #[default]
    Plain,
    /// A day, a time or both.
    Moment,
    /// A share: `0.9926` is shown as `99.26%`.
    Percent,
    /// A number padded with zeros to so many digits, such as a student number `000123`.
    Padded(u8),
}

impl NumberStyle {
    /// The style of a built-in format number, those of Chinese spreadsheets included.
    pub(crate) fn builtin(id: u32) -> Self {
        match id {
            9 | 10 => Self::Percent,
            14..=22 | 27..=36 | 45..=47 | 50..=58 => Self::Moment,
            _ => Self::Plain,
        }
    }

    /// The style of a format's text, such as `yyyy"年"m"月"d"日"`. Only its first part (for positive numbers) counts.
    pub(crate) fn of(format: &str) -> Self {
        let mut chars = format.chars();
        let (mut zeros, mut only_zeros, mut percent) = (0u8, true, false);
        while let Some(c) = chars.next() {
            match c {
                ';' => break,
                '"' => {
                    only_zeros = false;
                    for inner in chars.by_ref() {
                        if inner == '"' {
                            break;
                        }
                    }
                }
                '\\' | '_' | '*' => {
                    only_zeros = false;
                    chars.next();
                }
                '[' => {
                    only_zeros = false;
                    let mut inside = String::new();
                    for inner in chars.by_ref() {
                        if inner == ']' {
                            break;
                        }
                        inside.push(inner.to_ascii_lowercase());
                    }
                    // Elapsed time `[h]:mm`; other brackets are colours, conditions and locales.
                    if !inside.is_empty() && inside.chars().all(|c| matches!(c, 'h' | 'm' | 's')) {
                        return Self::Moment;
                    }
                }
                'd' | 'm' | 'h' | 'y' | 's' | 'D' | 'M' | 'H' | 'Y' | 'S' => return Self::Moment,
                'G' | 'g' => {
                    // `General`, in which no letter stands for a day or month.
                    only_zeros = false;
                    for _ in 0..6 {
                        chars.next();
                    }
                }
                '0' => zeros = zeros.saturating_add(1),
                '%' => {
                    percent = true;
                    only_zeros = false;
                }
                _ => only_zeros = false,
            }
        }
        if percent {
            Self::Percent
        } else if only_zeros && zeros >= 2 {
            Self::Padded(zeros.min(30))
        } else {
            Self::Plain
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(value: f64) -> String {
        let mut out = String::new();
        assert!(write_decimal(&mut out, value), "{value}");
        out
    }

    #[test]
    fn numbers_are_shown_as_people_see_them() {
        for (value, text) in [
            (0.1, "0.1"),
            (0.1 + 0.2, "0.3"),
            (20_240_901.0, "20240901"),
            (-1.5, "-1.5"),
            (0.0, "0"),
            (1e-7, "0.0000001"),
            (95.58, "95.58"),
            (95.580_000_000_000_01, "95.58"),
            (123_456_789_012_345.0, "123456789012345"),
            (330_482_199_901_011_234.0, "330482199901011000"),
            (1e20, "100000000000000000000"),
        ] {
            assert_eq!(decimal(value), text);
        }
        for value in [f64::NAN, f64::INFINITY, 1e300] {
            assert!(!write_decimal(&mut String::new(), value));
        }
        assert!(lost_digits("330482199901011000"));
        assert!(!lost_digits("123456789012345"));
        assert!(!lost_digits("0.0000001"));
    }

    #[test]
    fn serial_numbers_are_days_and_times() {
        let day = |text| Date::parse_iso(text).expect("a date");
        for (serial, expected) in [
            (1.0, Some(Moment::Day(day("1900-01-01")))),
            (59.0, Some(Moment::Day(day("1900-02-28")))),
            (60.0, None),
            (61.0, Some(Moment::Day(day("1900-03-01")))),
            (45_536.0, Some(Moment::Day(day("2024-09-01")))),
            (45_536.354_166_666_664, Some(Moment::DayTime(day("2024-09-01"), 510))),
            (0.354_166_666_666_7, Some(Moment::Time(510))),
            (-1.0, None),
            (4e6, None),
            (f64::NAN, None),
        ] {
            assert_eq!(moment(serial, false), expected, "{serial}");
        }
        assert_eq!(moment(44_074.0, true), Some(Moment::Day(day("2024-09-01"))));
    }

    #[test]
    fn formats_tell_days_from_numbers() {
        for (format, style) in [
            ("General", NumberStyle::Plain),
            ("0.00", NumberStyle::Plain),
            ("#,##0\"元\"", NumberStyle::Plain),
            ("0", NumberStyle::Plain),
            ("00000000", NumberStyle::Padded(8)),
            ("0.00%", NumberStyle::Percent),
            ("yyyy\\-mm\\-dd", NumberStyle::Moment),
            ("[$-804]yyyy\"年\"m\"月\"d\"日\";@", NumberStyle::Moment),
            ("[h]:mm", NumberStyle::Moment),
            ("[Red]0.0", NumberStyle::Plain),
            ("\"day\"0", NumberStyle::Plain),
            ("@", NumberStyle::Plain),
            ("0;[Red]-d", NumberStyle::Plain),
        ] {
            assert_eq!(NumberStyle::of(format), style, "{format}");
        }
    }
}
