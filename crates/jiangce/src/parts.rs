//! The types of inner crates that commands name, in one place.
//!
//! Commands call the operations of `jc_app` and nothing else; these are only what the operations take and give.

pub use jc_catalog::document::document;
pub use jc_catalog::{Area, Catalog, Register};
pub use jc_claims::judge::{Judgement, Verdict};
pub use jc_claims::relate::{Finding as Arithmetic, Relation};
pub use jc_figures::trace::{LeftOut, Role as TraceRole};
pub use jc_figures::{Figure, FigureValue, Page};
pub use jc_intake::limits::Limits;
pub use jc_intake::{annotate, book, headings, template};
pub use jc_store::StoreError;
pub use jc_store::migrate::{Plan, Step};
pub use jc_store::verify::Touched;
