//! Checking a text 核验文稿: prose with marks, and what is behind each number.

mod verdicts;

use crate::{
    desk::Desk,
    frame::{Frame, Link},
    gate::{CheckTexts, Entry, Routes},
    guard::{fault::Fault, posted::Uploaded},
    show,
    state::AppState,
};
use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{Html, IntoResponse, Response},
};

/// The longest text, in characters.
const MOST_CHARS: usize = 100_000;
/// The largest file.
const MOST_BYTES: u64 = 2 * 1024 * 1024;

/// The addresses of this screen.
pub fn routes() -> Routes {
    Routes::new().get("/check", form).post("/check", check)
}

async fn form(State(state): State<AppState>, entry: Entry<CheckTexts>) -> Result<Response, Fault> {
    state.show(entry, view).await
}

async fn check(State(state): State<AppState>, entry: Entry<CheckTexts>, sent: Uploaded) -> Result<Response, Fault> {
    let work = move |desk: &Desk| {
        let mut view = view(desk)?;
        let text = match sent.files.first() {
            Some((_, _, content)) => read(content),
            None => Ok(sent.get("text").unwrap_or_default().to_owned()),
        };
        let status = match text {
            Err(fault) => {
                view.fault = Some(desk.words.t(fault));
                sent.get("text").unwrap_or_default().clone_into(&mut view.text);
                StatusCode::UNPROCESSABLE_ENTITY
            }
            Ok(text) if text.trim().is_empty() => {
                view.fault = Some(desk.words.t("check-nothing"));
                StatusCode::UNPROCESSABLE_ENTITY
            }
            Ok(text) if text.chars().count() > MOST_CHARS => {
                view.fault = Some(desk.words.t1("check-too-long", "n", show::count(desk.lang(), MOST_CHARS as i64)));
                view.text = text;
                StatusCode::UNPROCESSABLE_ENTITY
            }
            Ok(text) => {
                let text = text.replace("\r\n", "\n");
                view.checked = Some(verdicts::checked(desk, &text)?);
                view.text = text;
                StatusCode::OK
            }
        };
        Ok((status, Html(view.render()?)).into_response())
    };
    state.at_desk(entry, work).await
}

/// A text file as text: UTF-8, or UTF-16 with its mark.
fn read(content: &[u8]) -> Result<String, &'static str> {
    if content.len() as u64 > MOST_BYTES {
        return Err("fault-413");
    }
    let wide = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]])).collect();
        String::from_utf16(&units).map_err(|_| "check-unreadable")
    };
    match content {
        [0xFF, 0xFE, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => wide(rest, u16::from_be_bytes),
        [0xEF, 0xBB, 0xBF, rest @ ..] | rest => match std::str::from_utf8(rest) {
            Ok(text) if !text.contains('\0') => Ok(text.to_owned()),
            _ => Err("check-unreadable"),
        },
    }
}

fn view(desk: &Desk) -> Result<CheckView, Fault> {
    let mut frame = desk.frame(desk.words.t("check-title"))?;
    frame.here = "/check".into();
    Ok(CheckView {
        frame,
        limit: desk.words.t1("check-limit", "size", show::size(desk.lang(), MOST_BYTES)),
        accept: ".txt,text/plain".into(),
        action: show::address("/check", [("year", desk.year.to_string().as_str())]),
        ..CheckView::default()
    })
}

/// A text and the verdicts on its numbers.
#[derive(Debug, Default, Template)]
#[template(path = "screens/check.html")]
pub struct CheckView {
    /// Around the screen.
    pub frame: Frame,
    /// Where the text is sent: the year it is held against stands in the address.
    pub action: String,
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
    /// Where the text contradicts itself.
    pub slips: Vec<Slip>,
    /// All, contradicted, another definition, open, supported; each with its count.
    pub verdicts: Vec<VerdictChip>,
    /// The paragraphs, cut at the numbers.
    pub paragraphs: Vec<Vec<Piece>>,
    /// One note for each number, in the order of the text.
    pub notes: Vec<ClaimNote>,
}

/// Numbers of the text that cannot all be right.
#[derive(Debug, Default)]
pub struct Slip {
    /// The working.
    pub working: String,
    /// The notes of the numbers.
    pub claims: Vec<Link>,
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
    /// 核实后相符: once the records that wait are verified.
    Pending,
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
            Self::Pending => "pending",
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
