//! The export of a list: format, and for personal data the reason.

use crate::{
    frame::{Frame, Link},
    parts::Pick,
};
use askama::Template;

/// The export of a list.
#[derive(Debug, Default, Template)]
#[template(path = "screens/export.html")]
pub struct ExportView {
    /// Around the screen.
    pub frame: Frame,
    /// What is exported: rows, conditions, columns; in words.
    pub about: String,
    /// Where it is posted.
    pub action: String,
    /// The conditions of the list, kept.
    pub kept: Vec<(String, String)>,
    /// The formats.
    pub formats: Vec<Pick>,
    /// Whether personal data goes out: then a reason is asked, and the export is logged with it.
    pub personal: bool,
    /// The reason typed.
    pub reason: String,
    /// Why it did not work.
    pub fault: Option<String>,
    /// Back to the list.
    pub back: Link,
}
