//! What is shown when something could not be done: what, and the way onward.

use crate::frame::{Frame, Link};
use askama::Template;

/// An error screen.
#[derive(Debug, Default, Template)]
#[template(path = "screens/fault.html")]
pub struct FaultView {
    /// Around the screen; its title says what happened.
    pub frame: Frame,
    /// The status: 404.
    pub status: u16,
    /// Why, and what to do.
    pub text: String,
    /// The number under which the log keeps the cause; for faults of ours.
    pub reference: Option<String>,
    /// Ways onward; never empty.
    pub ways: Vec<Link>,
}
