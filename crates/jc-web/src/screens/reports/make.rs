//! A report's file asked for.

use super::address;
use crate::{
    frame::Link,
    gate::{Entry, Report, Routes},
    guard::{fault::Fault, posted::Posted},
    screens::made,
    state::AppState,
};
use axum::{
    extract::{Path, State},
    http::HeaderMap,
    response::Response,
};
use jc_app::given::{FileKind, Profile};
use jc_app::report::Wanted;
use serde::Deserialize;

/// Below this address the files of reports are made.
const PLACE: &str = "/reports/made";

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
    let making = state.clone();
    state
        .at_desk(entry, move |desk| {
            let sent: Sent = posted.read()?;
            let kind = FileKind::parse(&sent.format).ok_or(Fault::Unclear)?;
            let profile = Profile::parse(&sent.profile).ok_or(Fault::Unclear)?;
            desk.viewer.report_template(&report)?;
            let wanted = Wanted { template: report, year: desk.year, profile, address };
            let what = format!("{wanted:?} {}", kind.code());
            made::begin(&making, desk, PLACE.to_owned(), what, move |app, person, tell| {
                app.viewer(person).write_report(&wanted, kind, &mut |step| tell(made::stage(step)))
            })
        })
        .await
}

async fn look(State(state): State<AppState>, Path(job): Path<String>, entry: Entry<Report>) -> Result<Response, Fault> {
    let crumbs = |desk: &crate::desk::Desk| Ok(vec![Link::new(desk.words.t("reports-title"), desk.to("/reports"))]);
    made::look(state, entry, PLACE.to_owned(), job, crumbs).await
}

async fn file(State(state): State<AppState>, Path(job): Path<String>, entry: Entry<Report>) -> Result<Response, Fault> {
    made::file(state, entry, PLACE.to_owned(), job).await
}
