//! Search over everything: people, records, figures, screens.

use crate::frame::Frame;
use askama::Template;

/// What was found.
#[derive(Debug, Default, Template)]
#[template(path = "screens/search.html")]
pub struct SearchView {
    /// Around the screen.
    pub frame: Frame,
    /// What was searched for; empty before.
    pub q: String,
    /// What was found, by kind.
    pub groups: Vec<FoundGroup>,
}

/// Hits of one kind.
#[derive(Debug, Default)]
pub struct FoundGroup {
    /// The kind: a register, figures, screens.
    pub name: String,
    /// The hits, best first.
    pub hits: Vec<Found>,
    /// All hits of this kind: label and address; empty if all are shown.
    pub more: Option<crate::frame::Link>,
}

/// A hit.
#[derive(Debug, Default)]
pub struct Found {
    /// What it is called.
    pub label: String,
    /// Where it is.
    pub href: String,
    /// What tells it from others of its name: class, period, value; may be empty.
    pub about: String,
}
