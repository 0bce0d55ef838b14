//! Parses the catalog and its expressions, checks both, and answers what is declared.

pub mod document;
pub mod expr;
pub mod faults;
pub mod kinds;
pub mod load;
pub mod model;

pub use load::{Source as SourceFile, load, overlay, shipped};
pub use model::{Area, Catalog, Column, Counting, Formula, Indicator, Measure, PeriodRule, Privacy, Register, Slice};
