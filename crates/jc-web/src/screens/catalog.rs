//! What the catalog declares of a register: definition, fields, evidence, checks, indicators.

use crate::frame::{Frame, Link};
use askama::Template;

/// A register as declared.
#[derive(Debug, Default, Template)]
#[template(path = "screens/catalog.html")]
pub struct CatalogView {
    /// Around the screen.
    pub frame: Frame,
    /// What it is for.
    pub about: String,
    /// The definition, line by line: key, period, slices, who keeps, who verifies, file.
    pub definition: Vec<(String, String)>,
    /// Its list and its template.
    pub links: Vec<Link>,
    /// Its fields.
    pub fields: Vec<CatalogField>,
    /// Evidence asked for: kind, when.
    pub evidence: Vec<(String, String)>,
    /// Checks: what is said, warning or error.
    pub checks: Vec<(String, String)>,
    /// Its indicators.
    pub indicators: Vec<CatalogIndicator>,
}

/// A field as declared.
#[derive(Debug, Default)]
pub struct CatalogField {
    /// Its id.
    pub id: String,
    /// Its name.
    pub label: String,
    /// What it holds, in words.
    pub kind: String,
    /// Required, unique, sensitive …: in words; may be empty.
    pub rules: String,
    /// The help; may be empty.
    pub help: String,
    /// Headings it is imported under.
    pub aliases: String,
    /// The codes it may hold, for a code; may be empty.
    pub codes: String,
}

/// An indicator as declared.
#[derive(Debug, Default)]
pub struct CatalogIndicator {
    /// Its id.
    pub id: String,
    /// Its name.
    pub label: String,
    /// Its figure.
    pub href: String,
    /// The definition.
    pub about: String,
    /// Unit and places, in words.
    pub unit: String,
    /// How it is computed, in words or as an expression.
    pub formula: String,
    /// What happens with the unknown.
    pub missing: String,
    /// Where the definition comes from.
    pub source: String,
    /// Words prose uses for it.
    pub words: String,
}
