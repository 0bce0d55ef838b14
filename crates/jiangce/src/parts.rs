//! The types that operations take and give, under the names commands use.

pub use jc_app::given::{
    Algorithm, Area, Catalog, Cause, Correction, DbError, Excluded, Figure, FigureValue, FileKind, Judgement,
    KeysTrouble, LeftOut, Limits, MOST_TEXT_BYTES, Page, Picture, Plan, Profile, Prose, PublicKey, Register, Restep,
    Role as TraceRole, Step, StoreError, TlsTrouble, Touched, Verdict, annotate, apart, book, document, headings,
    lasting, read, seal_json, template,
};
