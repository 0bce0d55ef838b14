//! The registers of one area or of all.

use crate::{
    frame::{Frame, Link},
    parts::FigureCard,
};
use askama::Template;

/// The registers, by area.
#[derive(Debug, Default, Template)]
#[template(path = "screens/areas.html")]
pub struct AreasView {
    /// Around the screen.
    pub frame: Frame,
    /// A sentence below the title; may be empty.
    pub about: String,
    /// One area, or all of them.
    pub areas: Vec<AreaBlock>,
}

/// An area.
#[derive(Debug, Default)]
pub struct AreaBlock {
    /// Its id, for the address.
    pub id: &'static str,
    /// Its name.
    pub name: String,
    /// Its own screen; nothing if this is it.
    pub href: Option<String>,
    /// Its figures, on its own screen.
    pub figures: Vec<FigureCard>,
    /// Its registers.
    pub registers: Vec<RegisterRow>,
}

/// A register in a line.
#[derive(Debug, Default)]
pub struct RegisterRow {
    /// The register.
    pub name: String,
    /// Its list.
    pub href: String,
    /// What it is for.
    pub about: String,
    /// Who keeps it and who verifies it, in words.
    pub offices: String,
    /// The period its page is of.
    pub period: String,
    /// How many records, in numbers: all, verified, submitted, returned or draft.
    pub all: String,
    /// Verified.
    pub verified: String,
    /// Waiting.
    pub submitted: String,
    /// Draft or returned: with the keeper.
    pub open: String,
    /// The list of those that wait.
    pub waiting: Option<Link>,
    /// When the page was sealed, in words, if it was.
    pub sealed: Option<String>,
}
