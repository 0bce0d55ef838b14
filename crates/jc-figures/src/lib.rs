//! Turns measures into the one scan that fills a page, and page totals into figures with their trace.

#![cfg_attr(not(test), warn(clippy::panic))]

pub mod cases;
pub mod contribution;
pub mod definition;
pub mod figure;
pub mod page;
pub mod restated;
pub mod scan;
pub mod sql;
pub mod trace;

pub use contribution::{Outcome, outcome};
pub use figure::{Amount, Figure, FigureValue, NoValue, TotalOf, settle};
pub use page::Page;
pub use sql::{Dialect, Sql, SqlValue};
