//! What the screen of a figure shows.

use super::DayBlock;
use super::DefinitionLine;
use super::restated::RestatedBlock;
use crate::{
    frame::{Choice, Frame, Link},
    parts::{FigureState, Paging, Table},
};
use askama::Template;

/// A figure and where it comes from.
#[derive(Debug, Default, Template)]
#[template(path = "screens/figure.html")]
pub struct FigureView {
    /// Around the screen; its title is the indicator's name and the period.
    pub frame: Frame,
    /// The definition, line by line: what, source, unit and rounding, what happens with the unknown.
    pub definition: Vec<(String, String)>,
    /// Its page of the catalog.
    pub catalog: String,
    /// The sum as it is made.
    pub sum: Vec<SumPart>,
    /// Why there is no value, in words, if there is none.
    pub missing: Option<String>,
    /// What it was when its page was closed, and why it is another now.
    pub restated: Option<RestatedBlock>,
    /// The same on one day; nothing for what has no state on a day.
    pub day: Option<DayBlock>,
    /// How far it can be relied on.
    pub state: FigureState,
    /// The same in words: `全部 407 条已核`.
    pub state_text: String,
    /// How many records could not be judged, in words; may be empty.
    pub unknown: String,
    /// The pages it is summed from.
    pub pages: Vec<PageLine>,
    /// How many records lie outside what this person sees, in words.
    pub outside: Option<String>,
    /// Of the records: numerator, denominator only, left out.
    pub tabs: Vec<Choice>,
    /// The definitions of the same thing side by side; empty if there is one only.
    pub definitions: Vec<DefinitionLine>,
    /// Where one asks which definition gives a number.
    pub which: String,
    /// The records of the chosen tab.
    pub table: Table,
    /// Where one is.
    pub paging: Paging,
    /// For one slice: which it is, and the way to the whole.
    pub whole: Option<(String, Link)>,
    /// The figure along its dimensions.
    pub slices: Vec<SliceTable>,
    /// The figure over the years.
    pub years: Vec<YearLine>,
    /// The bars of the years, ready to draw; empty with fewer than two values.
    pub bars: Vec<YearBar>,
    /// What the figure is used in: texts, reports.
    pub used: Vec<Link>,
}

/// A part of the sum: a sign, or a term with its name and value.
#[derive(Debug)]
pub enum SumPart {
    /// `(`, `＋`, `÷`, `＝`
    Sign(&'static str),
    /// `升学 143`
    Term {
        /// The term's name.
        label: String,
        /// Its value.
        value: String,
        /// The records behind it.
        href: Option<String>,
    },
    /// `99.26 %`
    Result {
        /// The value.
        value: String,
        /// The unit.
        unit: String,
    },
}

/// A page 账页.
#[derive(Debug, Default)]
pub struct PageLine {
    /// Register and period: `毕业生去向 · 2024届`.
    pub label: String,
    /// Its records.
    pub href: String,
    /// `第 9 版 · 407 条`
    pub version: String,
    /// The digest, shortened.
    pub digest: String,
    /// The digest in full.
    pub digest_full: String,
    /// When it was sealed, in words, if it was.
    pub sealed: Option<String>,
}

/// The figure along one dimension.
#[derive(Debug, Default)]
pub struct SliceTable {
    /// The dimension's name.
    pub name: String,
    /// One row for each value.
    pub rows: Vec<SliceRow>,
    /// The way to all of them, if some are not shown.
    pub more: Option<Link>,
}

/// The figure of one slice.
#[derive(Debug, Default)]
pub struct SliceRow {
    /// The slice.
    pub label: String,
    /// Its own trace.
    pub href: String,
    /// The value with unit, or what is missing.
    pub value: String,
    /// The fraction; may be empty.
    pub fraction: String,
    /// The value as a share of the largest, 0 to 100, for the bar.
    pub share: u32,
}

/// The figure of one year.
#[derive(Debug, Default)]
pub struct YearLine {
    /// The period.
    pub label: String,
    /// Its trace.
    pub href: String,
    /// The value with unit, or what is missing.
    pub value: String,
    /// The fraction; may be empty.
    pub fraction: String,
    /// The change on the year before, in words; may be empty.
    pub change: String,
    /// Whether it is the year in force.
    pub current: bool,
}

/// A bar of the years' picture, in the units of its view box (340 wide, 26 for each bar).
#[derive(Debug, Default)]
pub struct YearBar {
    /// The period.
    pub label: String,
    /// The value.
    pub value: String,
    /// Top of the bar.
    pub y: u32,
    /// Where text stands.
    pub text_y: u32,
    /// Length of the bar, from zero.
    pub width: u32,
    /// Where the value stands.
    pub value_x: u32,
    /// Whether it is the year in force.
    pub current: bool,
}

impl FigureView {
    /// Height of the years' picture.
    pub fn bars_height(&self) -> usize {
        self.bars.len() * 26
    }
}

/// Bars from zero for labels and values: `(label, printed value, size, current)`; sizes in any one unit, none negative.
pub fn bars(years: &[(String, String, i64, bool)]) -> Vec<YearBar> {
    let largest = years.iter().map(|y| y.2).max().unwrap_or(0).max(1);
    years
        .iter()
        .zip(0u32..)
        .map(|((label, value, size, current), i)| {
            let width = u32::try_from((*size).max(0) * 190 / largest).unwrap_or(0).max(1);
            YearBar {
                label: label.clone(),
                value: value.clone(),
                y: i * 26 + 5,
                text_y: i * 26 + 18,
                width,
                value_x: 72 + width + 8,
                current: *current,
            }
        })
        .collect()
}
