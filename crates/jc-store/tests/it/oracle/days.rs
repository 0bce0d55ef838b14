//! Days, periods and pages, reckoned here without the program's own.

/// Days since 1 January 1970.
pub type Day = i64;

pub fn day(year: i64, month: i64, of_month: i64) -> Day {
    let y = if month <= 2 { year - 1 } else { year };
    let (era, month) = (y.div_euclid(400), (month + 9) % 12);
    let of_era = y - era * 400;
    let of_year = (153 * month + 2) / 5 + of_month - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// Year, month, day of the month.
pub fn civil(day: Day) -> (i64, i64, i64) {
    let z = day + 719_468;
    let era = z.div_euclid(146_097);
    let doe = z - era * 146_097;
    let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let month = if mp < 10 { mp + 3 } else { mp - 9 };
    (yoe + era * 400 + i64::from(month <= 2), month, doy - (153 * mp + 2) / 5 + 1)
}

pub fn iso(day: Day) -> String {
    let (y, m, d) = civil(day);
    format!("{y:04}-{m:02}-{d:02}")
}

/// How a register divides time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Division {
    Year,
    SchoolYear,
    Term,
    Cohort,
}

impl Division {
    pub const ALL: [Division; 4] = [Division::Year, Division::SchoolYear, Division::Term, Division::Cohort];

    pub fn word(self) -> &'static str {
        match self {
            Division::Year => "year",
            Division::SchoolYear => "school-year",
            Division::Term => "term",
            Division::Cohort => "cohort",
        }
    }

    /// Every period that begins in one of some years.
    pub fn periods(self, years: std::ops::RangeInclusive<i64>) -> Vec<Sheet> {
        years
            .flat_map(|year| (1..=if self == Division::Term { 2 } else { 1 }).map(move |term| self.period(year, term)))
            .collect()
    }

    pub fn period(self, year: i64, term: i64) -> Sheet {
        let (code, first, last) = match (self, term) {
            (Division::Year | Division::Cohort, _) => (format!("{year}"), day(year, 1, 1), day(year, 12, 31)),
            (Division::SchoolYear, _) => (format!("{year}-{}", year + 1), day(year, 9, 1), day(year + 1, 8, 31)),
            (Division::Term, 1) => (format!("{year}-{}-1", year + 1), day(year, 9, 1), day(year + 1, 1, 31)),
            (Division::Term, _) => (format!("{year}-{}-2", year + 1), day(year + 1, 2, 1), day(year + 1, 8, 31)),
        };
        Sheet { code, first, last, year, term }
    }
}

/// A page: its code and its days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    pub code: String,
    pub first: Day,
    pub last: Day,
    pub year: i64,
    pub term: i64,
}

/// The days expressions may ask for.
#[derive(Debug, Clone, Copy)]
pub struct At {
    pub start: Day,
    pub end: Day,
    pub census: Day,
}
