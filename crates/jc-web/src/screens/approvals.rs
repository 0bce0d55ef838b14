//! Requests to see covered fields of minors, for whoever decides on them.

use super::record::lines;
use crate::{
    desk::Desk,
    frame::Frame,
    gate::{ApproveAccess, Entry, Routes},
    guard::{fault::Fault, posted::Posted},
    parts::{FindingLine, Pick},
    show,
    state::AppState,
};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use jc_app::AppError;
use jc_app::approvals::{HOURS, Waiting};
use jc_base::{Finding, RecordId};
use serde::Deserialize;

/// The hours offered first.
const USUAL: i64 = 8;

/// The addresses of this screen.
pub fn routes() -> Routes {
    Routes::new().get("/approvals", list).post("/approvals/{request}", decide)
}

async fn list(State(state): State<AppState>, entry: Entry<ApproveAccess>) -> Result<Response, Fault> {
    state.show(entry, |desk| view(desk, &[])).await
}

/// A decision.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Decision {
    #[serde(default)]
    hours: String,
    verdict: String,
}

async fn decide(
    State(state): State<AppState>,
    Path(request): Path<String>,
    entry: Entry<ApproveAccess>,
    posted: Posted,
) -> Result<Response, Fault> {
    let work = move |desk: &Desk| {
        let approver = desk.app.approver(desk.person)?;
        let decision: Decision = posted.read()?;
        let id = RecordId::parse(&request).ok_or(Fault::NotFound)?;
        let hours = match decision.verdict.as_str() {
            "give" => Some(decision.hours.parse().map_err(|_| Fault::Unclear)?),
            "refuse" => None,
            _ => return Err(Fault::Unclear),
        };
        match approver.decide(id, hours) {
            Ok(()) => Ok(Redirect::to(&show::address("/approvals", [("done", "leave-decided")])).into_response()),
            Err(AppError::Findings(found)) => {
                Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(view(desk, &found)?.render()?)).into_response())
            }
            Err(error) => Err(error.into()),
        }
    };
    state.at_desk(entry, work).await
}

fn view(desk: &Desk, found: &[Finding]) -> Result<ApprovalsView, Fault> {
    let approver = desk.app.approver(desk.person)?;
    let waiting = approver.waiting(desk.lang())?;
    let people = desk.viewer.people()?;
    let hours = |n: i64| Pick::new(n.to_string(), desk.words.t1("approvals-hours", "n", n), n == USUAL);
    let one = |one: &Waiting| {
        let register = desk.viewer.catalog().registers.get(one.register);
        let register = register.map_or_else(String::new, |register| register.name.get(desk.lang()).to_owned());
        Request {
            id: one.request.id.to_string(),
            label: one.label.clone(),
            what: format!("{register} · {}", one.field),
            who: people.name(&one.request.asked_by).to_owned(),
            when: lines::when(one.request.asked_at),
            datetime: lines::datetime(one.request.asked_at),
            reason: one.request.reason.clone(),
            own: one.own,
        }
    };
    Ok(ApprovalsView {
        frame: desk.frame(desk.words.t("approvals-title"))?,
        findings: lines::findings(desk, found),
        requests: waiting.iter().map(one).collect(),
        hours: HOURS.into_iter().map(hours).collect(),
    })
}

/// The requests that wait.
#[derive(Debug, Default, Template)]
#[template(path = "screens/approvals.html")]
pub struct ApprovalsView {
    /// Around the screen.
    pub frame: Frame,
    /// Why a decision could not be taken.
    pub findings: Vec<FindingLine>,
    /// The requests, the oldest first.
    pub requests: Vec<Request>,
    /// For how long leave can be given.
    pub hours: Vec<Pick>,
}

/// A request.
#[derive(Debug, Default)]
pub struct Request {
    /// Its id.
    pub id: String,
    /// Whose record it is.
    pub label: String,
    /// The register and the field.
    pub what: String,
    /// Who asks.
    pub who: String,
    /// Since when, as read.
    pub when: String,
    /// Since when, as a program reads it.
    pub datetime: String,
    /// What for.
    pub reason: String,
    /// Whether whoever looks asked it themself.
    pub own: bool,
}
