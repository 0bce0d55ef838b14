//! A checked text taken along: as a Word document with comments, on paper, as data.

use super::{CheckedText, Verdict, kept, verdicts};
use crate::{
    desk::Desk,
    gate::{CheckTexts, Entry},
    guard::fault::Fault,
    screens::export::download,
    state::AppState,
    words::Words,
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use jc_app::given::marked::{Mark, Passage, docx};

/// The text as a Word document; what is wrong or open has a comment.
pub async fn word(
    State(state): State<AppState>,
    Path(text): Path<String>,
    entry: Entry<CheckTexts>,
) -> Result<Response, Fault> {
    let work = move |desk: &Desk| {
        let (title, text, laid) = laid(desk, &text)?;
        let passages: Vec<Passage> = laid.notes.iter().map(|note| passage(desk, note)).collect();
        let today = desk.app.moment().today.to_string();
        let bytes = docx(&text, &passages, &desk.words.t("product"), &today);
        let bytes = bytes.map_err(|error| Fault::Ours(error.to_string()))?;
        const KIND: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
        Ok(download(&name(desk, &title, "docx"), KIND, bytes))
    };
    state.at_desk(entry, work).await
}

/// The text on paper: one page of HTML that needs nothing else, to be printed or sent.
pub async fn paper(
    State(state): State<AppState>,
    Path(text): Path<String>,
    entry: Entry<CheckTexts>,
) -> Result<Response, Fault> {
    let work = move |desk: &Desk| {
        let (title, _, checked) = laid(desk, &text)?;
        let file = name(desk, &title, "html");
        let day = crate::show::day(desk.lang(), desk.app.moment().today);
        let view = PaperView { words: desk.words, day, title, checked };
        Ok(download(&file, "text/html; charset=utf-8", view.render()?.into_bytes()))
    };
    state.at_desk(entry, work).await
}

/// The text's claims and verdicts as `claims-out/1`.
pub async fn data(
    State(state): State<AppState>,
    Path(text): Path<String>,
    entry: Entry<CheckTexts>,
) -> Result<Response, Fault> {
    let work = move |desk: &Desk| {
        let kept = kept::find(desk, &text)?;
        let json = desk.viewer.check_kept(&kept)?.to_json();
        Ok(download(&name(desk, &kept.draft.title, "json"), "application/json", json.to_string().into_bytes()))
    };
    state.at_desk(entry, work).await
}

fn laid(desk: &Desk, id: &str) -> Result<(String, String, CheckedText), Fault> {
    let kept = kept::find(desk, id)?;
    let checked = desk.viewer.check_kept(&kept)?;
    let laid = verdicts::checked(desk, &kept.draft.text, kept.draft.year, &checked, "");
    Ok((kept.draft.title, kept.draft.text, laid))
}

/// `学院年度报告 核验 2025-01-09.docx`
fn name(desk: &Desk, title: &str, end: &str) -> String {
    let title: String = title.chars().filter(|c| !c.is_control() && !"/\\:*?\"<>|".contains(*c)).take(40).collect();
    format!("{title} {} {}.{end}", desk.words.t("check-file"), desk.app.moment().today)
}

fn passage(desk: &Desk, note: &super::ClaimNote) -> Passage {
    let mark = match note.verdict {
        Verdict::Supported => Mark::Right,
        Verdict::Contradicted => Mark::Wrong,
        Verdict::Differs | Verdict::Pending => Mark::Nearly,
        Verdict::Open => Mark::Open,
    };
    let mut comment = Vec::new();
    if mark != Mark::Right {
        comment.push(desk.words.t(&format!("verdict-{}", note.verdict.code())));
        comment.push(note.meaning.clone());
        comment.extend(note.says.iter().chain(&note.working).cloned());
        comment.extend(note.explained.as_ref().map(|it| it.label.clone()));
        if !note.better.is_empty() {
            comment.push(format!("{} {}", desk.words.t("check-better"), note.better));
        }
        comment.retain(|line| !line.is_empty());
    }
    Passage { start: note.span.0, end: note.span.1, mark, comment }
}

/// A checked text on paper.
#[derive(Debug, Default, Template)]
#[template(path = "papers/checked.html")]
pub struct PaperView {
    /// The words of the reader's language.
    pub words: Words,
    /// The day it was printed.
    pub day: String,
    /// The text's title.
    pub title: String,
    /// The verdicts.
    pub checked: CheckedText,
}
