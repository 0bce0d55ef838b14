//! Checking a text 核验文稿: prose with marks, and what is behind each number.

use crate::frame::{Frame, Link};
use askama::Template;

/// A text and the verdicts on its numbers.
#[derive(Debug, Default, Template)]
#[template(path = "screens/check.html")]
pub struct CheckView {
    /// Around the screen.
    pub frame: Frame,
    /// The text typed or pasted.
    pub text: String,
    /// What may be uploaded and how long a text may be, in words.
    pub limit: String,
    /// File types for the `accept` attribute; empty if only pasting is possible.
    pub accept: String,
    /// What keeps the text from being checked, in words.
    pub fault: Option<String>,
    /// The verdicts, once checked.
    pub checked: Option<CheckedText>,
}

/// The verdicts on a text.
#[derive(Debug, Default)]
pub struct CheckedText {
    /// How many numbers were seen, in words.
    pub about: String,
    /// All, contradicted, another definition, open, supported; each with its count.
    pub verdicts: Vec<VerdictChip>,
    /// The paragraphs, cut at the numbers.
    pub paragraphs: Vec<Vec<Piece>>,
    /// One note for each number, in the order of the text.
    pub notes: Vec<ClaimNote>,
}

/// A verdict with its count, to see only its numbers.
#[derive(Debug, Default)]
pub struct VerdictChip {
    /// What it says.
    pub label: String,
    /// How many, formatted.
    pub count: String,
    /// The first note of it: where one gets without scripts.
    pub href: String,
    /// The verdict's code, or `all`.
    pub code: &'static str,
}

/// A piece of prose.
#[derive(Debug, Default)]
pub struct Piece {
    /// As written.
    pub text: String,
    /// The number of the note, if it is a claim.
    pub claim: Option<usize>,
    /// The verdict on it.
    pub verdict: Verdict,
}

/// What the records say about a number.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// 相符: the records give it.
    Supported,
    /// 矛盾: the records give something else, or the text contradicts itself.
    Contradicted,
    /// 换口径才成立: only under another definition.
    Differs,
    /// 无法推出: nothing in the records says so or otherwise.
    #[default]
    Open,
}

impl Verdict {
    /// The class and the message id's end.
    pub fn code(self) -> &'static str {
        match self {
            Self::Supported => "supported",
            Self::Contradicted => "contradicted",
            Self::Differs => "differs",
            Self::Open => "open",
        }
    }
}

/// What is behind a number.
#[derive(Debug, Default)]
pub struct ClaimNote {
    /// Its number in the text, from 1.
    pub number: usize,
    /// As written, with what it counts.
    pub quote: String,
    /// The verdict.
    pub verdict: Verdict,
    /// What it was taken to mean: indicator and period, in words; empty if not understood.
    pub meaning: String,
    /// The working, line by line.
    pub working: Vec<String>,
    /// Which slip may have led there; may be empty.
    pub slip: String,
    /// How the passage could read; may be empty.
    pub better: String,
    /// The figure's trace, the records.
    pub links: Vec<Link>,
}
