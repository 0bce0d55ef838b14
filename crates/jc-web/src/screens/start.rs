//! The first start: whoever holds the one-time link becomes the administrator.

use crate::frame::Frame;
use askama::Template;

/// The form of the first start.
#[derive(Debug, Default, Template)]
#[template(path = "screens/start.html")]
pub struct StartView {
    /// Around the screen.
    pub frame: Frame,
    /// Where it is posted: the one-time link itself.
    pub action: String,
    /// The account's name.
    pub name: String,
    /// What is wrong with the password, in words.
    pub faults: Vec<String>,
}
