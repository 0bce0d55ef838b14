//! A checked text taken along: as a Word document with comments, on paper, as data.

use super::{CheckedText, ClaimNote, Piece, Verdict, kept, verdicts};
use crate::{
    desk::Desk,
    gate::{CheckTexts, Entry},
    guard::fault::Fault,
    screens::export::download,
    state::AppState,
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use jc_app::given::marked::{Mark, Passage, docx};
use jc_app::given::{FileKind, marked_pdf, paper};

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

/// The text on paper, with its notes below it.
pub async fn pdf(
    State(state): State<AppState>,
    Path(text): Path<String>,
    entry: Entry<CheckTexts>,
) -> Result<Response, Fault> {
    let work = move |desk: &Desk| {
        let (title, _, checked) = laid(desk, &text)?;
        let file = name(desk, &title, "pdf");
        let bytes = marked_pdf(&on_paper(desk, title, &checked)).map_err(|error| Fault::Ours(error.to_string()))?;
        Ok(download(&file, FileKind::Pdf.media_type(), bytes))
    };
    state.at_desk(entry, work).await
}

/// A checked text as it stands on paper.
fn on_paper(desk: &Desk, title: String, checked: &CheckedText) -> paper::MarkedText {
    let mark = |verdict| match verdict {
        Verdict::Supported => paper::Mark::Right,
        Verdict::Contradicted => paper::Mark::Wrong,
        Verdict::Differs | Verdict::Pending => paper::Mark::Nearly,
        Verdict::Open => paper::Mark::Open,
    };
    let piece = |piece: &Piece| paper::Piece {
        text: piece.text.clone(),
        mark: piece.claim.map(|number| (mark(piece.verdict), number)),
    };
    let note = |note: &ClaimNote| paper::Note {
        number: note.number,
        quote: note.quote.clone(),
        mark: mark(note.verdict),
        verdict: desk.words.t(&format!("verdict-{}", note.verdict.code())),
        lines: behind(desk, note),
    };
    let day = desk.app.moment().today;
    let slips = || {
        let title = desk.words.t1("check-slips", "n", checked.slips.len());
        (title, checked.slips.iter().map(|slip| slip.working.clone()).collect())
    };
    paper::MarkedText {
        title,
        about: checked.about.clone(),
        by: format!("{} · {}", desk.words.t("product"), crate::show::day(desk.lang(), day)),
        lang: desk.lang(),
        day,
        paragraphs: checked.paragraphs.iter().map(|line| line.iter().map(piece).collect()).collect(),
        slips: (!checked.slips.is_empty()).then(slips),
        notes_title: desk.words.t("check-notes"),
        columns: ["check-number", "compare-verdict", "check-reading"].map(|id| desk.words.t(id)),
        notes: checked.notes.iter().map(note).collect(),
    }
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

fn passage(desk: &Desk, note: &ClaimNote) -> Passage {
    let mark = match note.verdict {
        Verdict::Supported => Mark::Right,
        Verdict::Contradicted => Mark::Wrong,
        Verdict::Differs | Verdict::Pending => Mark::Nearly,
        Verdict::Open => Mark::Open,
    };
    let mut comment = Vec::new();
    if mark != Mark::Right {
        comment.push(desk.words.t(&format!("verdict-{}", note.verdict.code())));
        comment.extend(behind(desk, note));
    }
    Passage { start: note.span.0, end: note.span.1, mark, comment }
}

/// What is behind a number, line by line.
fn behind(desk: &Desk, note: &ClaimNote) -> Vec<String> {
    let mut lines = vec![note.meaning.clone()];
    lines.extend(note.says.iter().chain(&note.working).cloned());
    lines.extend(note.explained.as_ref().map(|it| format!("{} {}", desk.words.t("check-explained"), it.label)));
    if !note.better.is_empty() {
        lines.push(format!("{} {}", desk.words.t("check-better"), note.better));
    }
    lines.retain(|line| !line.is_empty());
    lines
}
