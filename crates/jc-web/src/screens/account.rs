//! One's own account: who one is, password, sessions.

use crate::frame::Frame;
use askama::Template;

/// One's own account.
#[derive(Debug, Default, Template)]
#[template(path = "screens/account.html")]
pub struct AccountView {
    /// Around the screen.
    pub frame: Frame,
    /// The account's name, so that a password store knows which password it is.
    pub name: String,
    /// Who one is, line by line: name, office, roles.
    pub about: Vec<(String, String)>,
    /// What is wrong with the new password, in words.
    pub faults: Vec<String>,
    /// Whether the password must be changed before anything else.
    pub must_change: bool,
    /// Where one is signed in.
    pub sessions: Vec<SessionRow>,
}

/// A place where one is signed in.
#[derive(Debug, Default)]
pub struct SessionRow {
    /// Since when and from where, in words.
    pub about: String,
    /// Whether it is this one.
    pub here: bool,
    /// Where to post to end it.
    pub end: String,
}
