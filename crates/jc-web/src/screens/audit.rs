//! The audit log, for reading.

use crate::{
    frame::Frame,
    parts::{Paging, Pick},
};
use askama::Template;

/// The audit log.
#[derive(Debug, Default, Template)]
#[template(path = "screens/audit.html")]
pub struct AuditView {
    /// Around the screen.
    pub frame: Frame,
    /// Whether the chain holds, as last verified; in words.
    pub chain: String,
    /// Whether it does not.
    pub broken: bool,
    /// The kinds of action to choose from; the first, empty one stands for all.
    pub kinds: Vec<Pick>,
    /// Whose actions.
    pub who: String,
    /// From this day.
    pub from: String,
    /// Until this day.
    pub until: String,
    /// The entries, newest first.
    pub entries: Vec<AuditEntry>,
    /// Where one is.
    pub paging: Paging,
}

/// One entry of the log.
#[derive(Debug, Default)]
pub struct AuditEntry {
    /// Its number in the chain.
    pub number: String,
    /// When, as read.
    pub when: String,
    /// When, as a program reads it.
    pub datetime: String,
    /// Who, with the address.
    pub who: String,
    /// What was done, in words.
    pub what: String,
    /// To what.
    pub object: String,
    /// Where that is, if it can be opened.
    pub href: Option<String>,
    /// The reason or the outcome; may be empty.
    pub note: String,
    /// Whether it was refused.
    pub refused: bool,
    /// The digest, shortened.
    pub digest: String,
}
