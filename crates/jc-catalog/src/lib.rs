//! Parses the catalog and its expressions, checks both, and answers what is declared.

#![cfg_attr(not(test), warn(clippy::panic))]

pub mod belonging;
pub mod definition;
pub mod document;
pub mod expr;
pub mod faults;
pub mod kinds;
pub mod load;
pub mod model;
pub mod pathway;
pub mod regulation;
pub mod roles;

pub use definition::Definition;
pub use load::{FileText, REPORTS, Source as SourceFile, load, overlay, shipped, shipped_reports};
pub use model::{
    Area, Catalog, Column, Counting, Coverage, Every, Formula, Indicator, Limit, LimitTime, Measure, PeriodRule,
    Privacy, Register, Rule, Slice,
};
pub use pathway::Pathway;
pub use regulation::Regulation;
pub use roles::{Operation, Role, Roles, Scope};
