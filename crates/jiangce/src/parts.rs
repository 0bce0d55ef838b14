//! The types that operations take and give, under the names commands use.

pub use jc_app::given::{
    Algorithm, Area, Arithmetic, Catalog, Cause, Correction, DbError, Excluded, Figure, FigureValue, Judgement,
    KeysTrouble, LeftOut, Limits, Page, Plan, Register, Relation, Restep, Role as TraceRole, Step, StoreError, Touched,
    Verdict, annotate, apart, book, document, headings, seal_json, template,
};
