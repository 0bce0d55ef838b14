//! What stands in an order: lists, grades, columns, days, and who is first and last.
//!
//! `columns` reads tables, first for totals and at last for years; `listing` counts the names of a list and `spans` the days
//! between two dates, of which `calendar` asks for the day of the week and the years of a life; `lists` and, when nearly all is known,
//! `named` find the whole a list makes; `grades` adds up from one grade on; `extremes` and `superlatives` ask whether the highest and
//! the lowest are, `trends` whether a row goes the way it is said to go and `compared` whether one of two is above the other; `ends`
//! finds what ends before it begins, `clock` what does not last from one time of a day to another, and `moved` whether it is so many
//! places from one to the other; `no_such_day` finds days that no calendar has, `follows` what does not come after what it is said to
//! follow, `editions` the wrong one of a yearly row, `of_table` whom the table above shows not to be first or last, `two_years` what a row's two years do not
//! give, `verdicts` what does not meet the standard it is said to meet, and `bands` the grade that is not given for such a mark. They run one by one, each when what it builds on is known.

pub(super) mod bands;
pub(super) mod calendar;
pub(super) mod clock;
pub(super) mod columns;
pub(super) mod compared;
pub(super) mod editions;
pub(super) mod ends;
pub(super) mod extremes;
pub(super) mod follows;
pub(super) mod grades;
pub(super) mod listing;
pub(super) mod lists;
pub(super) mod moved;
pub(super) mod named;
pub(super) mod no_such_day;
pub(super) mod of_table;
pub(super) mod ranked;
pub(super) mod spans;
pub(super) mod superlatives;
pub(super) mod trends;
pub(super) mod two_years;
pub(super) mod verdicts;
