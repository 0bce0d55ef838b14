//! One record 记录: its fields, evidence, state, next steps and history.

use crate::{
    frame::Frame,
    parts::{Evidence, FieldLine, FindingLine, Happening, StateMark},
};
use askama::Template;

/// One record.
#[derive(Debug, Default, Template)]
#[template(path = "screens/record.html")]
pub struct RecordView {
    /// Around the screen; its title is the record's label.
    pub frame: Frame,
    /// Its state.
    pub state: StateMark,
    /// Since when and by whom, in words.
    pub state_note: String,
    /// For a returned record: what the reviewer wrote.
    pub returned: Option<String>,
    /// The next steps for whoever looks, the most likely first.
    pub actions: Vec<Action>,
    /// What the checks say about it now.
    pub findings: Vec<FindingLine>,
    /// Its fields, in the order of the paper form.
    pub lines: Vec<FieldLine>,
    /// What it looks up through references, as of its date.
    pub copies: Vec<FieldLine>,
    /// Its evidence.
    pub evidence: Evidence,
    /// The figures it feeds.
    pub feeds: Vec<Feed>,
    /// What happened to it, newest first.
    pub history: Vec<Happening>,
}

/// A next step.
#[derive(Debug, Default)]
pub struct Action {
    /// What it does, as a verb.
    pub label: String,
    /// The symbol; may be empty.
    pub icon: &'static str,
    /// Where it leads or is posted.
    pub href: String,
    /// How.
    pub how: How,
    /// Why it cannot be taken now; nothing if it can.
    pub hindered: Option<String>,
    /// The record's version, so that nobody decides on what they did not see.
    pub version: String,
}

/// How a step is taken.
#[derive(Debug, Default, PartialEq, Eq)]
pub enum How {
    /// Opens a screen.
    #[default]
    Open,
    /// Is done at once, and can be undone.
    Do,
    /// Is done at once and is the most likely one.
    DoFirst,
    /// Asks for a reason.
    WithReason,
}

/// A figure the record feeds.
#[derive(Debug, Default)]
pub struct Feed {
    /// The indicator's name.
    pub label: String,
    /// Where its trace is.
    pub href: String,
    /// Its value now, with unit.
    pub now: String,
    /// Its value if the record were withdrawn.
    pub without: String,
    /// What the record is in it: `分子与分母`, `只在分母`.
    pub part: String,
}
