//! Which pages 账页 a record stands on.

use jc_base::{Date, Period, Value};
use jc_catalog::expr::eval::Moments;
use jc_catalog::{PeriodRule, Register};
use std::fmt;

/// A page of a register: the records of one period, or all of them where the register has no periods.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Page {
    /// The one page of a register without periods.
    All,
    /// The page of a period.
    Of(Period),
}

/// The days a record covers. Without an end it lasts still.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub until: Option<Date>,
}

impl Page {
    /// Reads a page's code as printed by `Display`, for a register.
    pub fn parse(register: &Register, code: &str) -> Option<Self> {
        match register.period_kind() {
            None => (code == "all").then_some(Page::All),
            Some(kind) => Period::parse(kind, code).map(Page::Of),
        }
    }

    /// The page that an answer sheet of calendar year `year` looks at.
    pub fn reported_in(register: &Register, year: i32) -> Self {
        register.period_kind().map_or(Page::All, |kind| Page::Of(kind.reported_in(year)))
    }

    /// The page a year before, where there are periods.
    pub fn a_year_before(self) -> Option<Self> {
        match self {
            Page::All => None,
            Page::Of(period) => Some(Page::Of(period.a_year_before())),
        }
    }

    /// The days that expressions may ask for. A page without periods is looked at as on `today`.
    pub fn moments(self, register: &Register, today: Date) -> Moments {
        let Page::Of(period) = self else {
            return Moments { start: today, end: today, census: today };
        };
        let (start, end) = (period.first_day(), period.last_day());
        let census = match register.period {
            PeriodRule::During { census: Some((month, day)), .. } => [start.year(), end.year()]
                .into_iter()
                .filter_map(|year| Date::new(year, month, day))
                .find(|d| (start..=end).contains(d))
                .unwrap_or(end),
            _ => end,
        };
        Moments { start, end, census }
    }

    /// Whether a record stands on this page.
    pub fn holds(self, register: &Register, values: &[Value]) -> bool {
        match (self, register_span(register, values)) {
            (Page::All, _) => true,
            (Page::Of(_), None) => false,
            (Page::Of(period), Some(span)) => {
                span.from <= period.last_day() && span.until.is_none_or(|until| until >= period.first_day())
            }
        }
    }
}

impl fmt::Display for Page {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Page::All => f.write_str("all"),
            Page::Of(period) => period.fmt(f),
        }
    }
}

/// The days a record covers by its register's period rule; nothing if its date is unknown or the register has
/// no periods. A month counts from its first day, a year from 1 January; both on that one day.
pub fn register_span(register: &Register, values: &[Value]) -> Option<Span> {
    let day = |field: usize| values.get(field).and_then(day_of);
    match register.period {
        PeriodRule::On { field, .. } => day(field).map(|on| Span { from: on, until: Some(on) }),
        PeriodRule::During { from, until, .. } => day(from).map(|from| Span { from, until: until.and_then(day) }),
        PeriodRule::Always => None,
    }
}

fn day_of(value: &Value) -> Option<Date> {
    match value {
        Value::Date(date) => Some(*date),
        Value::Int(year) => Date::new(i32::try_from(*year).ok()?, 1, 1),
        Value::Text(month) => Date::parse_iso(&format!("{month}-01")),
        _ => None,
    }
}

/// The pages a record stands on by `today`. A record that lasts stands on those of the periods it touches, up to the
/// one `today` lies in; a page of a later period is totalled when it is looked at, so that no job is needed when the
/// year changes.
pub fn pages_of(register: &Register, values: &[Value], today: Date) -> Vec<Page> {
    let Some(kind) = register.period_kind() else {
        return vec![Page::All];
    };
    let Some(span) = register_span(register, values) else {
        return Vec::new();
    };
    let mut period = kind.containing(span.from);
    if matches!(register.period, PeriodRule::On { .. }) {
        return vec![Page::Of(period)];
    }
    // The whole of the present period counts, also what begins or ends later in it: as the scan of its page sees it.
    let last_day = kind.containing(today).last_day();
    let mut pages = Vec::new();
    while period.first_day() <= last_day && span.until.is_none_or(|until| period.first_day() <= until) {
        pages.push(Page::Of(period));
        period = period.next();
    }
    pages
}
