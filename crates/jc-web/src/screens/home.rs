//! The answer sheet 答卷: a school's year on one screen.

use crate::{
    frame::{Frame, Link},
    parts::FigureCard,
};
use askama::Template;

/// A school's year on one screen.
#[derive(Debug, Default, Template)]
#[template(path = "screens/home.html")]
pub struct HomeView {
    /// Around the screen.
    pub frame: Frame,
    /// `截至 2024年12月31日`
    pub as_of: String,
    /// How many figures there are, and how many of each state; each with its list.
    pub tally: Vec<Tally>,
    /// The six areas, in the order of the sheet.
    pub areas: Vec<SheetArea>,
}

/// How many figures are in a state.
#[derive(Debug, Default)]
pub struct Tally {
    /// In words: `111 已核`.
    pub text: String,
    /// The list of them.
    pub href: String,
    /// `good`, `bad` or empty.
    pub tone: &'static str,
}

/// One area of the sheet.
#[derive(Debug, Default)]
pub struct SheetArea {
    /// Its id, for the address: `#training`.
    pub id: &'static str,
    /// Its name.
    pub name: String,
    /// Its overview.
    pub href: String,
    /// What is open: `3 条待核`; may be empty.
    pub note: String,
    /// What is closed: `已关账 12-28`.
    pub sealed: Option<String>,
    /// Its headline figures. Empty: `belongs` says what goes here.
    pub figures: Vec<FigureCard>,
    /// The way to all its figures: `全部 14 个数字`.
    pub more: Option<Link>,
    /// For an area without records: the registers to begin with.
    pub begin: Vec<Link>,
}
