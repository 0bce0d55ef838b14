//! Days by number, and random ones.

use crate::rng::Rng;
use jc_base::Date;

/// The day; only for days that exist.
pub(crate) fn day(year: i32, month: u32, day: u32) -> Date {
    Date::new(year, month, day).expect("the days in this crate are written by hand and exist")
}

/// A random day from `first` to `last`, both included.
pub(crate) fn day_in(rng: &mut Rng, first: Date, last: Date) -> Date {
    first.plus_days(rng.between(0, last.days_since(first)))
}
