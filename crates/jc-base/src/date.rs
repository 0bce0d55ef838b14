//! Days and moments. A day is a civil date without zone; a moment is milliseconds since 1970 UTC.

use chrono::{Datelike, Days, NaiveDate};
use std::fmt;

/// A civil date from year 1 to 9999, shown and stored as `YYYY-MM-DD`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(NaiveDate);

impl Date {
    /// The date, if that day exists.
    pub fn new(year: i32, month: u32, day: u32) -> Option<Self> {
        (1..=9999).contains(&year).then(|| NaiveDate::from_ymd_opt(year, month, day).map(Self)).flatten()
    }

    /// Reads exactly `YYYY-MM-DD`; what people type is read by `jc-text`.
    pub fn parse_iso(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
            return None;
        }
        let number = |range: std::ops::Range<usize>| {
            bytes[range].iter().try_fold(0u32, |n, b| b.is_ascii_digit().then(|| n * 10 + u32::from(b - b'0')))
        };
        Self::new(number(0..4)? as i32, number(5..7)?, number(8..10)?)
    }

    /// `YYYY-MM-DD` without going through a formatter: dates are written by the million.
    pub fn to_bytes(self) -> [u8; 10] {
        let (year, month, day) = (self.year() as u32, self.month(), self.day());
        let digit = |n: u32| b'0' + (n % 10) as u8;
        [
            digit(year / 1000),
            digit(year / 100),
            digit(year / 10),
            digit(year),
            b'-',
            digit(month / 10),
            digit(month),
            b'-',
            digit(day / 10),
            digit(day),
        ]
    }

    /// The calendar year.
    pub fn year(self) -> i32 {
        self.0.year()
    }

    /// The month, 1 to 12.
    pub fn month(self) -> u32 {
        self.0.month()
    }

    /// The day of the month, 1 to 31.
    pub fn day(self) -> u32 {
        self.0.day()
    }

    /// The day `days` later (earlier if negative); stops at the ends of the calendar.
    pub fn plus_days(self, days: i64) -> Self {
        let step = Days::new(days.unsigned_abs());
        let moved = if days < 0 { self.0.checked_sub_days(step) } else { self.0.checked_add_days(step) };
        moved.filter(|d| (1..=9999).contains(&d.year())).map_or(self, Self)
    }

    /// Whole days from `earlier` to this day.
    pub fn days_since(self, earlier: Self) -> i64 {
        self.0.signed_duration_since(earlier.0).num_days()
    }
}

impl From<NaiveDate> for Date {
    fn from(date: NaiveDate) -> Self {
        Self(date)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(std::str::from_utf8(&self.to_bytes()).expect("digits and hyphens"))
    }
}

/// A moment: milliseconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(pub i64);

impl Instant {
    /// The civil date and time `hours` east of UTC, as `YYYY-MM-DD HH:MM`.
    pub fn local(self, hours: i64) -> String {
        let seconds = self.0.div_euclid(1000) + hours * 3600;
        let day = seconds.div_euclid(86_400);
        let second = seconds.rem_euclid(86_400);
        let epoch = Date(NaiveDate::default());
        format!("{} {:02}:{:02}", epoch.plus_days(day), second / 3600, second / 60 % 60)
    }

    /// The civil date `hours` east of UTC.
    pub fn local_date(self, hours: i64) -> Date {
        Date(NaiveDate::default()).plus_days((self.0.div_euclid(1000) + hours * 3600).div_euclid(86_400))
    }
}

#[cfg(test)]
mod tests {
    use super::{Date, Instant};

    #[test]
    fn iso_dates_are_read_strictly() {
        assert_eq!(Date::parse_iso("2024-02-29"), Date::new(2024, 2, 29));
        for bad in ["2023-02-29", "2024-2-9", "2024/02/09", "0000-01-01", "2024-13-01", "２０２４-01-01", ""] {
            assert_eq!(Date::parse_iso(bad), None, "{bad}");
        }
    }

    #[test]
    fn moments_are_shown_in_local_time() {
        assert_eq!(Instant(0).local(8), "1970-01-01 08:00");
        assert_eq!(Instant(1_735_660_799_000).local(8), "2024-12-31 23:59");
        assert_eq!(Instant(-1).local(0), "1969-12-31 23:59");
    }
}
