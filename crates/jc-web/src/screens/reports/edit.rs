//! A chapter's words: edited beside what comes of them. Numbers are never typed; a slot takes them from figures.

use super::{address, said, wanted};
use crate::{
    desk::Desk,
    frame::{Frame, Link},
    gate::{Entry, Report, Routes},
    guard::{fault::Fault, posted::Posted},
    parts::FindingLine,
    screens::to_mend,
    state::AppState,
};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::{Html, IntoResponse, Redirect, Response},
};
use jc_app::AppError;
use jc_app::given::html;
use serde::Deserialize;

pub(super) fn routes() -> Routes {
    Routes::new().get("/reports/{report}/chapters/{chapter}", form).post("/reports/{report}/chapters/{chapter}", send)
}

async fn form(
    State(state): State<AppState>,
    Path((report, chapter)): Path<(String, String)>,
    entry: Entry<Report>,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let address = address(&state, &headers);
    state
        .show(entry, move |desk| {
            let text = desk.viewer.report_text(&report, &chapter)?;
            view(desk, &report, &chapter, &address, text.version, text.content)
        })
        .await
}

/// What is sent: a text to look at, or to keep.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sent {
    text: String,
    version: String,
    #[serde(default)]
    keep: String,
}

async fn send(
    State(state): State<AppState>,
    Path((report, chapter)): Path<(String, String)>,
    entry: Entry<Report>,
    headers: HeaderMap,
    posted: Posted,
) -> Result<Response, Fault> {
    let address = address(&state, &headers);
    state
        .at_desk(entry, move |desk| {
            let sent: Sent = posted.read()?;
            let version: i64 = sent.version.parse().map_err(|_| Fault::Unclear)?;
            let text = sent.text.replace("\r\n", "\n");
            if sent.keep.is_empty() {
                let view = view(desk, &report, &chapter, &address, version, text)?;
                return Ok(Html(view.render()?).into_response());
            }
            match desk.viewer.keep_report_text(&report, &chapter, version, &text) {
                Ok(_) => {
                    let back = desk.address(&format!("/reports/{report}"), &[], &[("done", "report-text")]);
                    Ok(Redirect::to(&back).into_response())
                }
                Err(AppError::Findings(findings)) => {
                    let mut view = view(desk, &report, &chapter, &address, version, text)?;
                    view.findings = findings.iter().map(|finding| said(desk, finding, false)).collect();
                    to_mend(&view)
                }
                Err(AppError::Stale) => {
                    let mut view = view(desk, &report, &chapter, &address, version, text)?;
                    view.meanwhile = true;
                    Ok((StatusCode::CONFLICT, Html(view.render()?)).into_response())
                }
                Err(other) => Err(other.into()),
            }
        })
        .await
}

fn view(
    desk: &Desk,
    report: &str,
    chapter: &str,
    address: &str,
    version: i64,
    text: String,
) -> Result<EditView, Fault> {
    let listed = desk.viewer.report_template(report)?;
    let wanted = wanted(desk, report, address);
    let (document, findings) = desk.viewer.report_draft(&wanted, chapter, &text)?;
    let contradicted = desk.viewer.report_findings(&document, &wanted)?;
    let title = document.chapters.first().map_or_else(String::new, |chapter| chapter.title.clone());
    let mut frame = desk.frame(title)?;
    let name = listed.template.name.get(desk.lang());
    frame.crumbs = vec![
        Link::new(desk.words.t("reports-title"), desk.to("/reports")),
        Link::new(name, desk.to(&format!("/reports/{report}"))),
    ];
    Ok(EditView {
        frame,
        action: desk.to(&format!("/reports/{report}/chapters/{chapter}")),
        back: desk.to(&format!("/reports/{report}")),
        text,
        version,
        findings: findings.iter().chain(&contradicted).map(|finding| said(desk, finding, false)).collect(),
        meanwhile: false,
        lang: document.head.lang.code(),
        body: html::chapter(&document),
    })
}

/// A chapter's words, and what comes of them.
#[derive(Debug, Default, Template)]
#[template(path = "screens/report_edit.html")]
pub struct EditView {
    /// Around the screen.
    pub frame: Frame,
    /// Where it is sent.
    pub action: String,
    /// Back to the report.
    pub back: String,
    /// The text.
    pub text: String,
    /// The version it was made from.
    pub version: i64,
    /// What is wrong in it, and which of its numbers the records contradict.
    pub findings: Vec<FindingLine>,
    /// Whether someone else wrote meanwhile.
    pub meanwhile: bool,
    /// The language of its words.
    pub lang: &'static str,
    /// What comes of it, as finished HTML.
    pub body: String,
}
