//! The types all parts share: ids, dates, periods, exact numbers with units, scopes, findings.

#![cfg_attr(not(test), warn(clippy::panic))]

pub mod date;
pub mod exact;
pub mod finding;
pub mod ids;
pub mod lang;
pub mod period;
pub mod state;
pub mod value;

pub use date::{Date, Instant};
pub use exact::Ratio;
pub use finding::{Args, Finding, Level, Place};
pub use ids::{CodeListId, FieldId, IndicatorId, MeasureId, RecordId, RegisterId, RoleId, SchoolId, UnitId};
pub use lang::{Lang, Names};
pub use period::{Period, PeriodKind};
pub use state::RecordState;
pub use value::Value;
