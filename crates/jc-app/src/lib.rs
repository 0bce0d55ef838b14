//! The operations people perform, and who may perform them; the only crate that joins the parts.
//!
//! Form, import, API and command line call the same operations here, so they cannot differ. Permission is what one
//! holds: [`App::viewer`], [`App::keeper`] and [`App::verifier`] hand out guards for a person (and a register), and
//! the operations exist only on those.

#![cfg_attr(not(test), warn(clippy::panic))]

pub mod access;
pub mod accounts;
pub mod api_tokens;
pub mod app;
pub mod approvals;
pub mod audit;
pub mod backup;
pub mod browse;
pub mod catalogs;
pub mod certificates;
pub mod check_in;
pub mod check_text;
pub mod checks;
pub mod closing;
pub mod consents;
pub mod coverage;
pub mod definitions;
pub mod demo;
pub mod error;
pub mod evidence;
pub mod examination;
pub mod export;
pub mod figure_json;
pub mod figures;
pub mod forms;
pub mod goals;
pub mod growth;
pub mod import;
pub mod inbox;
pub mod keys;
pub mod labels;
pub mod leaked;
pub mod limits;
pub mod made;
pub mod officers;
pub mod own_copy;
pub mod passwords;
pub mod person;
pub mod personal_page;
pub mod record_json;
pub mod records;
pub mod references;
pub mod refused;
pub mod report;
pub mod restated;
pub mod retention;
pub mod rights;
pub mod safety;
pub mod same;
pub mod scanner;
pub mod second_factor;
pub mod sign_in;
pub mod sign_on;
pub mod signing;
pub mod since;
pub mod stage;
pub mod subjects;
pub mod texts;
pub mod week;
pub mod within;
pub mod workbooks;

pub use app::{App, Clock, Setup};
pub use error::AppError;
pub use person::{Administrator, Keeper, Person, SecurityOfficer, Verifier, Viewer};

/// What operations take and give, of the crates below: so that screens need no other.
pub mod given {
    pub use jc_catalog::document::document;
    pub use jc_catalog::expr::eval::Truth;
    pub use jc_catalog::{Area, Catalog, Register};
    pub use jc_catalog::{Operation, Scope};
    pub use jc_claims::document::{Claim, Document};
    pub use jc_claims::judge::{Definition, Judgement, Reading, Reason, Verdict};
    pub use jc_claims::relate::{Finding as Arithmetic, Relation, Working, left_out};
    pub use jc_figures::restated::{Cause, Explained, Step as Restep};
    pub use jc_figures::trace::{LeftOut, Role};
    pub use jc_figures::{Figure, FigureValue, NoValue, Page};
    pub use jc_growth::{case, college, course, facts, gap, plan, standing};
    pub use jc_intake::limits::Limits;
    pub use jc_intake::mapping::{ColumnUse, Mapping, Role as ColumnRole};
    pub use jc_intake::photo::Picture;
    pub use jc_intake::prose::{MOST_BYTES as MOST_TEXT_BYTES, MOST_CHARS as MOST_TEXT_CHARS, Prose};
    pub use jc_intake::prose::{clean, marked};
    pub use jc_intake::row::OwnedRow;
    pub use jc_intake::{annotate, apart, book, headings, prose, template};
    pub use jc_report::certificate::{Certificate, CertificateSheet};
    pub use jc_report::marked as paper;
    pub use jc_report::model::Document as Report;
    pub use jc_report::profile::Profile;
    pub use jc_report::read;
    pub use jc_report::template::Template;
    pub use jc_report::write::{FileKind, certificate_pdf, html, marked_pdf};
    pub use jc_store::db::{DbError, TlsTrouble};
    pub use jc_store::evidence::{Attached, Papered};
    pub use jc_store::keys::{Algorithm, KeysTrouble};
    pub use jc_store::lasting;
    pub use jc_store::links::Link;
    pub use jc_store::migrate::{Plan, Step};
    pub use jc_store::people::{Account, AccountState, SessionLine, Tie};
    pub use jc_store::reach::Extent;
    pub use jc_store::reader::{AuditLine, ListQuery, PageInfo, Version};
    pub use jc_store::seal::{Closed, Correction, Restatement, seal_json};
    pub use jc_store::verify::parts::Ask;
    pub use jc_store::verify::{Report as VerifyReport, Touched};
    pub use jc_store::{Record, StoreError};
    pub use jc_text::similar::nearest;
    pub use jc_trust::PublicKey;
    pub use jc_trust::seal::{Excluded, Seal, Signed};
}
