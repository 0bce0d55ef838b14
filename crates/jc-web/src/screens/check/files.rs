//! A checked text taken along: as a Word document with comments, on paper, as data.

use super::{CheckedText, ClaimNote, Piece, Verdict, kept, verdicts, verdicts::Shown, verdicts::Teller};
use crate::{
    desk::Desk,
    frame::Link,
    gate::{CheckTexts, Entry, Routes},
    guard::{fault::Fault, posted::Posted},
    screens::{export::download, made},
    state::AppState,
    words::Words,
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use jc_app::AppError;
use jc_app::given::marked::{Mark, Passage, docx};
use jc_app::given::{FileKind, marked_pdf, paper};
use jc_app::made::Made;
use jc_app::report::Step;
use jc_base::{Date, RecordId};
use serde::Deserialize;

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/check/{text}/verdicts.json", data)
        .post("/check/{text}/make", make)
        .get("/check/{text}/made/{job}", look)
        .get("/check/{text}/made/{job}/file", file)
}

/// Below this address the files of a text are made.
fn place(text: &str) -> String {
    format!("/check/{text}/made")
}

/// What is asked for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sent {
    format: String,
}

async fn make(
    State(state): State<AppState>,
    Path(text): Path<String>,
    entry: Entry<CheckTexts>,
    posted: Posted,
) -> Result<Response, Fault> {
    let making = state.clone();
    let work = move |desk: &Desk| {
        let sent: Sent = posted.read()?;
        let kind = FileKind::parse(&sent.format).filter(|kind| matches!(kind, FileKind::Docx | FileKind::Pdf));
        let (kind, id, words) = (kind.ok_or(Fault::Unclear)?, kept::find(desk, &text)?.id, desk.words);
        let what = format!("{} {}", kind.code(), desk.lang().code());
        made::begin(&making, desk, place(&text), what.clone(), move |app, person, tell| {
            let (viewer, today) = (app.viewer(person), app.moment().today);
            let teller = Teller { viewer: &viewer, words };
            let write = || write(teller, id, kind, today, &mut |step| tell(made::stage(step)));
            Ok(viewer.once(&format!("text {id} {what}"), write)?.0)
        })
    };
    state.at_desk(entry, work).await
}

async fn look(
    State(state): State<AppState>,
    Path((text, job)): Path<(String, String)>,
    entry: Entry<CheckTexts>,
) -> Result<Response, Fault> {
    let at = place(&text);
    let back = move |desk: &Desk| {
        let kept = kept::find(desk, &text)?;
        let all = Link::new(desk.words.t("check-title"), desk.to("/check"));
        Ok(vec![all, Link::new(kept.draft.title, desk.to(&format!("/check/{text}")))])
    };
    made::look(state, entry, at, job, back).await
}

async fn file(
    State(state): State<AppState>,
    Path((text, job)): Path<(String, String)>,
    entry: Entry<CheckTexts>,
) -> Result<Response, Fault> {
    made::file(state, entry, place(&text), job).await
}

/// A kept text, judged anew: as a Word document, where what is wrong or open has a comment, or on paper, with its notes
/// below it.
fn write(
    teller: Teller,
    id: RecordId,
    kind: FileKind,
    today: Date,
    step: &mut dyn FnMut(Step),
) -> Result<Made, AppError> {
    step(Step::Checking);
    let kept = teller.viewer.text(id)?;
    let checked = teller.viewer.check_kept(&kept)?;
    let draft = &kept.draft;
    let all = Shown { most: usize::MAX, ..Shown::default() };
    let laid = verdicts::checked(teller, &draft.text, draft.year, &checked, all);
    step(Step::Writing);
    let bytes = match kind {
        FileKind::Pdf => marked_pdf(&on_paper(teller, today, draft.title.clone(), &laid)),
        _ => {
            let passages: Vec<Passage> = laid.notes.iter().filter_map(|note| passage(teller, note)).collect();
            docx(&draft.text, &passages, &teller.words.t("product"), &today.to_string()).map_err(Into::into)
        }
    };
    let name = name(teller, today, &draft.title, kind.code());
    let (bytes, media_type) = (bytes.map_err(AppError::Report)?, kind.media_type());
    Ok(Made { bytes, media_type, name, ..Made::default() })
}

/// A checked text as it stands on paper.
fn on_paper(teller: Teller, day: Date, title: String, checked: &CheckedText) -> paper::MarkedText {
    let words = teller.words;
    let mark = |verdict| match verdict {
        Verdict::Supported => Some(paper::Mark::Right),
        Verdict::Contradicted => Some(paper::Mark::Wrong),
        Verdict::Differs | Verdict::Pending => Some(paper::Mark::Nearly),
        Verdict::Open | Verdict::Look => Some(paper::Mark::Open),
        Verdict::Aside => None,
    };
    let piece = |piece: &Piece| paper::Piece {
        text: piece.text.clone(),
        mark: piece.claim.and_then(|number| Some((mark(piece.verdict)?, number))),
    };
    let note = |note: &ClaimNote| {
        Some(paper::Note {
            number: note.number,
            quote: note.quote.clone(),
            mark: mark(note.verdict)?,
            verdict: words.t(&format!("verdict-{}", note.verdict.code())),
            lines: behind(words, note),
        })
    };
    let told = [("check-slips", &checked.slips), ("check-looks", &checked.looks)];
    let told = told.into_iter().filter(|(_, slips)| !slips.is_empty()).map(|(id, slips)| {
        let workings = slips.iter().map(|slip| slip.working.clone());
        (words.t1(id, "n", slips.len()), workings.collect())
    });
    paper::MarkedText {
        title,
        about: [checked.about.as_str(), &checked.sums].join(" · "),
        by: format!("{} · {}", words.t("product"), crate::show::day(words.0, day)),
        lang: words.0,
        day,
        blocks: checked.blocks.iter().map(|block| block.map(piece)).collect(),
        told: told.collect(),
        notes_title: words.t("check-notes"),
        columns: ["check-number", "compare-verdict", "check-reading"].map(|id| words.t(id)),
        notes: checked.notes.iter().filter_map(note).collect(),
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
        Ok(download(
            &name(Teller::at(desk), desk.app.moment().today, &kept.draft.title, "json"),
            "application/json",
            json.to_string().into_bytes(),
        ))
    };
    state.at_desk(entry, work).await
}

/// `学院年度报告 核验 2025-01-09.docx`
fn name(teller: Teller, today: Date, title: &str, end: &str) -> String {
    let title: String = title.chars().filter(|c| !c.is_control() && !"/\\:*?\"<>|".contains(*c)).take(40).collect();
    format!("{title} {} {today}.{end}", teller.words.t("check-file"))
}

/// The mark on a number in the Word document; none on one that is not checked.
fn passage(teller: Teller, note: &ClaimNote) -> Option<Passage> {
    let mark = match note.verdict {
        Verdict::Supported => Mark::Right,
        Verdict::Contradicted => Mark::Wrong,
        Verdict::Differs | Verdict::Pending => Mark::Nearly,
        Verdict::Open | Verdict::Look => Mark::Open,
        Verdict::Aside => return None,
    };
    let words = teller.words;
    let mut comment = Vec::new();
    if mark != Mark::Right {
        comment.push(words.t(&format!("verdict-{}", note.verdict.code())));
        comment.extend(behind(words, note));
    }
    Some(Passage { start: note.span.0, end: note.span.1, mark, comment })
}

/// What is behind a number, line by line.
fn behind(words: Words, note: &ClaimNote) -> Vec<String> {
    let mut lines = vec![note.meaning.clone()];
    lines.extend(note.says.iter().chain(&note.working).cloned());
    lines.extend(note.explained.as_ref().map(|it| format!("{} {}", words.t("check-explained"), it.label)));
    if !note.better.is_empty() {
        lines.push(format!("{} {}", words.t("check-better"), note.better));
    }
    lines.retain(|line| !line.is_empty());
    lines
}
