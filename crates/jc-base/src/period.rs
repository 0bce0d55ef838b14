//! Periods 年度: what places a record on a page.

use crate::{Date, Lang};
use std::fmt;

/// How a register divides time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PeriodKind {
    /// Calendar year 年度, 1 January to 31 December.
    Year,
    /// School year 学年, 1 September to 31 August, written `2024-2025`.
    SchoolYear,
    /// Term 学期: `2024-2025-1` from 1 September to 31 January, `-2` from 1 February to 31 August
    /// (January's examination weeks belong to the first term).
    Term,
    /// Graduating cohort 届, by the calendar year of graduation.
    Cohort,
}

/// One period: its kind and the year it begins in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Period {
    /// How time is divided.
    pub kind: PeriodKind,
    /// The calendar year the period begins in (for a term: the year its school year begins in).
    pub year: i32,
    /// The term, 1 or 2; 0 for other kinds.
    pub term: u8,
}

impl PeriodKind {
    /// The word used in catalog files.
    pub fn code(self) -> &'static str {
        match self {
            Self::Year => "year",
            Self::SchoolYear => "school-year",
            Self::Term => "term",
            Self::Cohort => "cohort",
        }
    }

    /// All kinds.
    pub const ALL: [PeriodKind; 4] = [Self::Year, Self::SchoolYear, Self::Term, Self::Cohort];

    /// The period of this kind that a day belongs to.
    pub fn containing(self, day: Date) -> Period {
        let school_year = if day.month() >= 9 { day.year() } else { day.year() - 1 };
        match self {
            Self::Year | Self::Cohort => Period { kind: self, year: day.year(), term: 0 },
            Self::SchoolYear => Period { kind: self, year: school_year, term: 0 },
            Self::Term => {
                let first = day.month() >= 9 || day.month() == 1;
                Period { kind: self, year: school_year, term: if first { 1 } else { 2 } }
            }
        }
    }

    /// The period of this kind that an answer sheet of calendar year `year` reports: the year itself, or the
    /// school year (second term) that ends in it.
    pub fn reported_in(self, year: i32) -> Period {
        match self {
            Self::Year | Self::Cohort => Period { kind: self, year, term: 0 },
            Self::SchoolYear => Period { kind: self, year: year - 1, term: 0 },
            Self::Term => Period { kind: self, year: year - 1, term: 2 },
        }
    }
}

impl Period {
    /// Reads the code as printed by `Display`, such as `2024`, `2024-2025`, `2024-2025-1`.
    pub fn parse(kind: PeriodKind, code: &str) -> Option<Self> {
        let mut parts = code.split('-');
        let number = |part: &str| (part.len() <= 4).then(|| part.parse::<i32>().ok()).flatten();
        let year = number(parts.next()?)?;
        let term = match kind {
            PeriodKind::Year | PeriodKind::Cohort => 0,
            PeriodKind::SchoolYear | PeriodKind::Term => {
                if number(parts.next()?)? != year + 1 {
                    return None;
                }
                if kind == PeriodKind::Term { u8::try_from(number(parts.next()?)?).ok()? } else { 0 }
            }
        };
        let fits = parts.next().is_none() && (kind != PeriodKind::Term || matches!(term, 1 | 2));
        (fits && (1..=9998).contains(&year)).then_some(Self { kind, year, term })
    }

    /// The first day.
    pub fn first_day(self) -> Date {
        let (year, month) = match (self.kind, self.term) {
            (PeriodKind::Year | PeriodKind::Cohort, _) => (self.year, 1),
            (PeriodKind::Term, 2) => (self.year + 1, 2),
            _ => (self.year, 9),
        };
        Date::new(year, month, 1).expect("the first of a month exists")
    }

    /// The last day: the census date unless the register declares another.
    pub fn last_day(self) -> Date {
        self.next().first_day().plus_days(-1)
    }

    /// The period after this one.
    pub fn next(self) -> Self {
        match (self.kind, self.term) {
            (PeriodKind::Term, 1) => Self { term: 2, ..self },
            (PeriodKind::Term, _) => Self { year: self.year + 1, term: 1, ..self },
            _ => Self { year: self.year + 1, ..self },
        }
    }

    /// The period before this one in the comparison a report makes: the same term a year earlier.
    pub fn a_year_before(self) -> Self {
        Self { year: self.year - 1, ..self }
    }

    /// The name people read: `2024年度`, `2024–2025学年`, `2024届`.
    pub fn label(self, lang: Lang) -> String {
        let (year, next) = (self.year, self.year + 1);
        match (self.kind, lang) {
            (PeriodKind::Year, Lang::Zh) => format!("{year}年度"),
            (PeriodKind::Year, _) => year.to_string(),
            (PeriodKind::Cohort, Lang::Zh) => format!("{year}届"),
            (PeriodKind::Cohort, Lang::En) => format!("class of {year}"),
            (PeriodKind::Cohort, Lang::De) => format!("Jahrgang {year}"),
            (PeriodKind::SchoolYear, Lang::Zh) => format!("{year}–{next}学年"),
            (PeriodKind::SchoolYear, Lang::En) => format!("school year {year}–{next}"),
            (PeriodKind::SchoolYear, Lang::De) => format!("Schuljahr {year}–{next}"),
            (PeriodKind::Term, Lang::Zh) => {
                format!("{year}–{next}学年第{}学期", if self.term == 1 { "一" } else { "二" })
            }
            (PeriodKind::Term, Lang::En) => format!("{year}–{next}, term {}", self.term),
            (PeriodKind::Term, Lang::De) => format!("{year}–{next}, {}. Halbjahr", self.term),
        }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            PeriodKind::Year | PeriodKind::Cohort => write!(f, "{:04}", self.year),
            PeriodKind::SchoolYear => write!(f, "{:04}-{:04}", self.year, self.year + 1),
            PeriodKind::Term => write!(f, "{:04}-{:04}-{}", self.year, self.year + 1, self.term),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Period, PeriodKind};
    use crate::Date;
    use proptest::prelude::*;

    fn day(text: &str) -> Date {
        Date::parse_iso(text).expect("a date")
    }

    #[test]
    fn days_fall_into_periods() {
        let cases = [
            (PeriodKind::Year, "2024-12-31", "2024"),
            (PeriodKind::SchoolYear, "2024-08-31", "2023-2024"),
            (PeriodKind::SchoolYear, "2024-09-01", "2024-2025"),
            (PeriodKind::Term, "2025-01-20", "2024-2025-1"),
            (PeriodKind::Term, "2025-02-20", "2024-2025-2"),
            (PeriodKind::Cohort, "2024-06-30", "2024"),
        ];
        for (kind, on, code) in cases {
            assert_eq!(kind.containing(day(on)).to_string(), code);
        }
    }

    #[test]
    fn wrong_codes_are_refused() {
        for (kind, code) in [
            (PeriodKind::Year, "2024-2025"),
            (PeriodKind::SchoolYear, "2024-2026"),
            (PeriodKind::SchoolYear, "2024"),
            (PeriodKind::Term, "2024-2025-3"),
            (PeriodKind::Year, "x"),
            (PeriodKind::Year, ""),
        ] {
            assert_eq!(Period::parse(kind, code), None, "{code}");
        }
    }

    proptest! {
        #[test]
        fn every_day_lies_in_its_period(offset in 0i64..40_000, which in 0usize..4) {
            let on = day("1960-01-01").plus_days(offset);
            let period = PeriodKind::ALL[which].containing(on);
            prop_assert!(period.first_day() <= on && on <= period.last_day());
            prop_assert_eq!(Period::parse(period.kind, &period.to_string()), Some(period));
            prop_assert_eq!(period.next().first_day(), period.last_day().plus_days(1));
        }
    }
}
