//! Signing in.

use crate::frame::Frame;
use askama::Template;

/// The form to sign in.
#[derive(Debug, Default, Template)]
#[template(path = "screens/sign_in.html")]
pub struct SignInView {
    /// Around the screen.
    pub frame: Frame,
    /// The name typed.
    pub name: String,
    /// Where to go afterwards: an address of this site.
    pub back: String,
    /// Why it did not work; the same words whether the name or the password was wrong.
    pub fault: Option<String>,
    /// Names and passwords that work, in a sample installation.
    pub samples: Vec<(String, String)>,
}
