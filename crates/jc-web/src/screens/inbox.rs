//! The verification inbox: list left, record and evidence right.

use crate::{
    frame::{Choice, Frame},
    parts::{Change, Evidence, FieldLine, FindingLine, Paging},
};
use askama::Template;

/// What waits for the reviewer.
#[derive(Debug, Default, Template)]
#[template(path = "screens/inbox.html")]
pub struct InboxView {
    /// Around the screen.
    pub frame: Frame,
    /// How much waits, in words.
    pub about: String,
    /// The registers with something to verify, "all" first.
    pub registers: Vec<Choice>,
    /// What waits, oldest first.
    pub items: Vec<InboxItem>,
    /// Where one is in a long list.
    pub paging: Paging,
    /// The record in hand.
    pub open: Option<InboxRecord>,
}

/// A record that waits.
#[derive(Debug, Default)]
pub struct InboxItem {
    /// Opens it here.
    pub href: String,
    /// The record's label.
    pub title: String,
    /// The register.
    pub register: String,
    /// Who handed it in and when, in words.
    pub meta: String,
    /// Whether it is the one in hand.
    pub current: bool,
}

/// The record in hand.
#[derive(Debug, Default)]
pub struct InboxRecord {
    /// The record's label.
    pub title: String,
    /// Its own screen.
    pub href: String,
    /// Register, who handed it in and when, in words.
    pub meta: String,
    /// `3 / 37`
    pub position: String,
    /// For a correction of something verified before: what changed since.
    pub changes: Vec<Change>,
    /// What the checks say about it.
    pub findings: Vec<FindingLine>,
    /// Its fields.
    pub lines: Vec<FieldLine>,
    /// Its evidence.
    pub evidence: Evidence,
    /// The version shown: nobody accepts what they did not see.
    pub version: String,
    /// Where accepting is posted.
    pub accept: String,
    /// Why it cannot be accepted: one's own record, evidence lacking.
    pub hindered: Option<String>,
    /// Where returning is posted.
    pub give_back: String,
    /// Reasons often given in this register.
    pub reasons: Vec<String>,
    /// The next record, without deciding.
    pub skip: Option<String>,
}
