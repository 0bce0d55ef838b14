//! The operations people perform, and who may perform them; the only crate that joins the parts.
//!
//! Form, import, API and command line call the same operations here, so they cannot differ. Permission is what one
//! holds: [`App::viewer`], [`App::keeper`] and [`App::verifier`] hand out guards for a person (and a register), and
//! the operations exist only on those.

pub mod accounts;
pub mod app;
pub mod backup;
pub mod catalogs;
pub mod check_text;
pub mod checks;
pub mod demo;
pub mod error;
pub mod evidence;
pub mod figures;
pub mod import;
pub mod labels;
pub mod passwords;
pub mod person;
pub mod records;
pub mod references;

pub use app::{App, Clock, Setup};
pub use error::AppError;
pub use person::{Administrator, Keeper, Person, Role, Verifier, Viewer};
