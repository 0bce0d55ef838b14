//! The first password: whoever holds the one-time link sets it, once. The first administrator begins so, and
//! everyone who is invited.

use super::account::faults;
use crate::{
    frame::Frame,
    gate::{Anyone, Entry, Routes},
    guard::{cookies, fault::Fault, posted::Posted, visit::Visit},
    state::AppState,
};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::{StatusCode, header},
    response::{Html, IntoResponse, Redirect, Response},
};
use jc_app::sign_in::Attempt;
use jc_app::{App, AppError, Person};
use jc_base::SchoolId;
use serde::Deserialize;

/// The addresses of this screen.
pub fn routes() -> Routes {
    Routes::new().get("/start/{code}", form).post("/start/{code}", set)
}

/// What the form sends; the name is there for password stores.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Request {
    #[serde(default)]
    name: String,
    password: String,
    again: String,
}

async fn form(
    State(state): State<AppState>,
    Path(code): Path<String>,
    entry: Entry<Anyone>,
) -> Result<Response, Fault> {
    let visit = entry.visit;
    let link = code.clone();
    let invited = state.run(move |app| Ok(invited(app, &link)?.map(|(_, person)| person))).await?;
    view(&state, visit, &code, invited, Vec::new()).await
}

async fn set(
    State(state): State<AppState>,
    Path(code): Path<String>,
    entry: Entry<Anyone>,
    posted: Posted,
) -> Result<Response, Fault> {
    let visit = entry.visit;
    let request: Request = posted.read()?;
    let _ = &request.name;
    let faults = faults(visit.words, &request.password, &request.again);
    let link = code.clone();
    if !faults.is_empty() {
        let invited = state.run(move |app| Ok(invited(app, &link)?.map(|(_, person)| person))).await?;
        return view(&state, visit, &code, invited, faults).await;
    }
    let words = visit.words;
    let outcome = state
        .run(move |app| {
            let Some((school, person)) = invited(app, &link)? else { return Ok(Err(None)) };
            match app.set_first_password(school, &link, &request.password) {
                Err(AppError::Findings(found)) => return Ok(Err(Some((person, super::account::said(words, &found))))),
                Err(error @ AppError::Leaked(_)) => {
                    return Ok(Err(Some((person, vec![super::account::unsearched(words, error)]))));
                }
                other => other?,
            }
            let attempt = Attempt { login: &person.login, password: &request.password, ..Attempt::default() };
            Ok(Ok(app.sign_in(school, &attempt)?.1))
        })
        .await?;
    let token = match outcome {
        Ok(token) => token,
        Err(None) => return view(&state, visit, &code, None, Vec::new()).await,
        Err(Some((person, faults))) => return view(&state, visit, &code, Some(person), faults).await,
    };
    let mut response = Redirect::to("/").into_response();
    if let Some(cookie) = cookies::set(cookies::SESSION, &token, state.settings().https, None) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

/// Whom a link is for; nothing if it was used or is too old.
fn invited(app: &App, code: &str) -> Result<Option<(SchoolId, Person)>, Fault> {
    for (school, _, _) in app.schools()? {
        match app.invited(school, code) {
            Ok(person) => return Ok(Some((school, person))),
            Err(AppError::NotFound) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(None)
}

async fn view(
    state: &AppState,
    visit: Visit,
    code: &str,
    invited: Option<Person>,
    mut faults: Vec<String>,
) -> Result<Response, Fault> {
    let schools = state.run(|app| Ok(app.schools()?)).await?;
    let found = match &invited {
        Some(person) => schools.into_iter().find(|(id, _, _)| *id == person.school),
        None => schools.into_iter().next(),
    };
    let (school, synthetic) = found.map(|(_, name, synthetic)| (name, synthetic)).unwrap_or_default();
    let status = match (&invited, faults.is_empty()) {
        (None, _) => StatusCode::NOT_FOUND,
        (_, true) => StatusCode::OK,
        (_, false) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    if invited.is_none() {
        faults = vec![visit.words.t("start-used")];
    }
    let frame = Frame {
        words: visit.words,
        title: visit.words.t("start-title"),
        school,
        synthetic,
        token: visit.token,
        here: "/sign-in".into(),
        ..Frame::default()
    };
    let action = if invited.is_some() { format!("/start/{code}") } else { String::new() };
    let name = invited.map_or_else(String::new, |person| person.login);
    Ok((status, Html(StartView { frame, action, name, faults }.render()?)).into_response())
}

/// The form of the first start.
#[derive(Debug, Default, Template)]
#[template(path = "screens/start.html")]
pub struct StartView {
    /// Around the screen.
    pub frame: Frame,
    /// Where it is posted: the one-time link itself; empty if it works no more.
    pub action: String,
    /// The account's name.
    pub name: String,
    /// What is wrong with the password, in words.
    pub faults: Vec<String>,
}
