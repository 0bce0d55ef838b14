//! Beginning with a second factor: the secret as text and as a picture, a first code, the recovery codes.

use super::{Again, Factor, confirmed, said, view};
use crate::{
    desk::Desk,
    gate::{Entry, OwnAccount},
    guard::{fault::Fault, posted::Posted},
    parts::Picture,
    state::AppState,
};
use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{Html, IntoResponse, Response},
};
use jc_app::AppError;
use serde::Deserialize;

pub(super) async fn begin(
    State(state): State<AppState>,
    entry: Entry<OwnAccount>,
    posted: Posted,
) -> Result<Response, Fault> {
    let request: Again = posted.read()?;
    let work = move |desk: &Desk| {
        let begun = match desk.app.begin_second_factor(desk.person, &request.password) {
            Ok(begun) => begun,
            Err(error) => {
                return confirmed(desk, Err(error), "/account", |view, said| view.factor_fault = Some(said));
            }
        };
        let picture = Picture::of(&begun.uri);
        let factor = Factor::Begun { secret: begun.secret, uri: begun.uri, picture };
        let shown = super::AccountView { factor, ..view(desk, Vec::new())? };
        Ok(Html(shown.render()?).into_response())
    };
    state.at_desk(entry, work).await
}

/// Takes the second factor away: for another phone, or for good.
pub(super) async fn end(
    State(state): State<AppState>,
    entry: Entry<OwnAccount>,
    posted: Posted,
) -> Result<Response, Fault> {
    let request: Again = posted.read()?;
    let work = move |desk: &Desk| {
        let done = desk.app.end_second_factor(desk.person, &request.password, desk.session());
        confirmed(desk, done, "/account?done=factor-ended", |view, said| view.factor_fault = Some(said))
    };
    state.at_desk(entry, work).await
}

/// The first code.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Confirm {
    code: String,
}

pub(super) async fn confirm(
    State(state): State<AppState>,
    entry: Entry<OwnAccount>,
    posted: Posted,
) -> Result<Response, Fault> {
    let request: Confirm = posted.read()?;
    let work = move |desk: &Desk| {
        let (status, factor, fault) = match desk.app.confirm_second_factor(desk.person, &request.code) {
            Ok(codes) => (StatusCode::OK, Factor::Recovery(codes), None),
            Err(AppError::Findings(found)) => {
                (StatusCode::UNPROCESSABLE_ENTITY, Factor::Again, said(desk.words, &found).into_iter().next())
            }
            Err(error) => return Err(error.into()),
        };
        let shown = super::AccountView { factor, factor_fault: fault, ..view(desk, Vec::new())? };
        Ok((status, Html(shown.render()?)).into_response())
    };
    state.at_desk(entry, work).await
}
