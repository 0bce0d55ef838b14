//! A report's file made: the work goes on by itself, its screen tells how far it is, and the file waits at its end.

use super::{address, said};
use crate::{
    frame::{Frame, Link},
    gate::{Entry, Report, Routes},
    guard::{fault::Fault, forgery, posted::Posted},
    jobs::Standing,
    parts::FindingLine,
    screens::export::download,
    show,
    state::AppState,
};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::HeaderMap,
    response::{IntoResponse, Redirect, Response},
};
use jc_app::given::{FileKind, Profile};
use jc_app::report::{Step, Wanted};
use jc_app::{AppError, Person};
use serde::Deserialize;

pub(super) fn routes() -> Routes {
    Routes::new()
        .post("/reports/{report}/make", make)
        .get("/reports/made/{job}", look)
        .get("/reports/made/{job}/file", file)
}

/// What is asked for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sent {
    format: String,
    profile: String,
}

async fn make(
    State(state): State<AppState>,
    Path(report): Path<String>,
    entry: Entry<Report>,
    headers: HeaderMap,
    posted: Posted,
) -> Result<Response, Fault> {
    let address = address(&state, &headers);
    let (person, wanted, kind, next) = state
        .at_desk(entry, move |desk| {
            let sent: Sent = posted.read()?;
            let kind = FileKind::parse(&sent.format).ok_or(Fault::Unclear)?;
            let profile = Profile::parse(&sent.profile).ok_or(Fault::Unclear)?;
            desk.viewer.report_template(&report)?;
            let wanted = Wanted { template: report, year: desk.year, profile, address };
            let number = forgery::random();
            let next = desk.to(&format!("/reports/made/{number}"));
            Ok((desk.person.clone(), wanted, kind, (number, next)))
        })
        .await?;
    let (number, address) = next;
    state.jobs().begin(&number, owner(&person));
    let working = state.clone();
    let done = state.clone();
    tokio::spawn(async move {
        let telling = number.clone();
        let made = working
            .clone()
            .run(move |app| {
                let mut step = |step: Step| working.jobs().tell(&telling, Standing::Working(step));
                match app.viewer(&person).write_report(&wanted, kind, &mut step) {
                    Ok(made) => Ok(Standing::Done(made)),
                    Err(AppError::Findings(findings)) => Ok(Standing::Refused(findings)),
                    Err(other) => Err(other.into()),
                }
            })
            .await;
        let standing = made.unwrap_or_else(|fault| {
            tracing::error!(?fault, "a report was not made");
            Standing::Failed
        });
        done.jobs().tell(&number, standing);
    });
    Ok(Redirect::to(&address).into_response())
}

/// Whose work it is.
fn owner(person: &Person) -> String {
    format!("{}/{}", person.school, person.login)
}

async fn look(State(state): State<AppState>, Path(job): Path<String>, entry: Entry<Report>) -> Result<Response, Fault> {
    let jobs = state.clone();
    state
        .show(entry, move |desk| {
            let standing = jobs.jobs().look(&job, &owner(desk.person))?;
            let mut frame = desk.frame(desk.words.t("reports-made-title"))?;
            frame.crumbs = vec![Link::new(desk.words.t("reports-title"), desk.to("/reports"))];
            let mut view = MadeView { frame, here: desk.to(&format!("/reports/made/{job}")), ..MadeView::default() };
            match standing {
                Standing::Working(step) => {
                    view.working = true;
                    view.done = Step::ALL.iter().position(|s| *s == step).unwrap_or(0);
                    view.of = Step::ALL.len();
                    view.text = desk.words.t(match step {
                        Step::Reading => "report-step-reading",
                        Step::Checking => "report-step-checking",
                        Step::Writing => "report-step-writing",
                        Step::Noting => "report-step-noting",
                    });
                }
                Standing::Done(made) => {
                    let size = show::size(desk.lang(), made.bytes.len() as u64);
                    view.text = desk.words.t2("reports-made", "name", &made.name, "size", size);
                    view.file = Some(desk.to(&format!("/reports/made/{job}/file")));
                    view.findings = made.findings.iter().map(|finding| said(desk, finding, false)).collect();
                }
                Standing::Refused(findings) => {
                    view.text = desk.words.t("reports-refused");
                    view.findings = findings.iter().map(|finding| said(desk, finding, false)).collect();
                }
                Standing::Failed => view.text = desk.words.t("reports-failed"),
            }
            Ok(view)
        })
        .await
}

async fn file(State(state): State<AppState>, Path(job): Path<String>, entry: Entry<Report>) -> Result<Response, Fault> {
    let jobs = state.clone();
    state
        .at_desk(entry, move |desk| match jobs.jobs().look(&job, &owner(desk.person))? {
            Standing::Done(made) => Ok(download(&made.name, made.kind.media_type(), made.bytes.clone())),
            _ => Err(Fault::NotFound),
        })
        .await
}

/// How the making of a file stands.
#[derive(Debug, Default, Template)]
#[template(path = "screens/report_made.html")]
pub struct MadeView {
    /// Around the screen.
    pub frame: Frame,
    /// This screen: asked again while work goes on.
    pub here: String,
    /// Whether work goes on.
    pub working: bool,
    /// Steps done.
    pub done: usize,
    /// Of how many.
    pub of: usize,
    /// How it stands, in words.
    pub text: String,
    /// Where the file waits.
    pub file: Option<String>,
    /// What should be known about it, or why it was not made.
    pub findings: Vec<FindingLine>,
}
