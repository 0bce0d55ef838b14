//! One's own account: who one is, password, sessions.

use crate::{
    desk::{Desk, Entry},
    frame::Frame,
    guard::{cookies, fault::Fault, posted::Posted},
    state::AppState,
};
use askama::Template;
use axum::{
    Router,
    extract::State,
    http::{StatusCode, header},
    response::{Html, IntoResponse, Redirect, Response},
    routing::{get, post},
};
use jc_app::AppError;
use serde::Deserialize;

/// The addresses of this screen.
pub fn routes() -> Router<AppState> {
    Router::new().route("/account", get(account)).route("/account/password", post(password))
}

async fn account(State(state): State<AppState>, entry: Entry) -> Result<Response, Fault> {
    state.show(entry, |desk| view(desk, Vec::new())).await
}

/// What the form sends; the name is there for password stores.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Request {
    #[serde(default)]
    name: String,
    old: String,
    password: String,
    again: String,
}

async fn password(State(state): State<AppState>, entry: Entry, posted: Posted) -> Result<Response, Fault> {
    let request: Request = posted.read()?;
    let https = state.settings().https;
    let work = move |desk: &Desk| {
        let _ = &request.name;
        let refused = |faults: Vec<String>| {
            let view = view(desk, faults)?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(view.render()?)).into_response())
        };
        let faults = faults(desk.words, &request.password, &request.again);
        if !faults.is_empty() {
            return refused(faults);
        }
        match desk.app.change_password(desk.person, &request.old, &request.password) {
            Ok(token) => {
                let mut response = Redirect::to("/account?done=password").into_response();
                if let Some(cookie) = cookies::set(cookies::SESSION, &token, https, None) {
                    response.headers_mut().append(header::SET_COOKIE, cookie);
                }
                Ok(response)
            }
            Err(AppError::SignInRefused) => refused(vec![desk.words.t("password-old-wrong")]),
            Err(AppError::Wait { seconds }) => refused(vec![desk.words.t1("sign-in-wait", "seconds", seconds)]),
            Err(error) => Err(error.into()),
        }
    };
    state.at_desk(entry, work).await
}

/// What is wrong with a new password typed twice, in words.
pub fn faults(words: crate::words::Words, password: &str, again: &str) -> Vec<String> {
    let mut faults = Vec::new();
    match password.chars().count() {
        0..12 => faults.push(words.t("password-short")),
        12..=128 => {}
        _ => faults.push(words.t("password-long")),
    }
    if password != again {
        faults.push(words.t("password-differ"));
    }
    faults
}

fn view(desk: &Desk, faults: Vec<String>) -> Result<AccountView, Fault> {
    let person = desk.person;
    let offices = &desk.viewer.catalog().offices;
    let office = person.office.as_deref().and_then(|id| offices.iter().find(|office| office.id == id));
    let mut about =
        vec![(desk.words.t("sign-in-name"), person.login.clone()), (desk.words.t("account-name"), person.name.clone())];
    if let Some(office) = office {
        about.push((desk.words.t("account-office"), office.name.get(desk.lang()).to_owned()));
    }
    if let Some(role) = person.role {
        about.push((desk.words.t("account-roles"), desk.words.t(&format!("role-{}", role.code()))));
    }
    let mut frame = desk.frame(desk.words.t("account-title"))?;
    frame.here = "/account".into();
    Ok(AccountView { frame, name: person.login.clone(), about, faults, must_change: false, sessions: Vec::new() })
}

/// One's own account.
#[derive(Debug, Default, Template)]
#[template(path = "screens/account.html")]
pub struct AccountView {
    /// Around the screen.
    pub frame: Frame,
    /// The account's name, so that a password store knows which password it is.
    pub name: String,
    /// Who one is, line by line: name, office, roles.
    pub about: Vec<(String, String)>,
    /// What is wrong with the new password, in words.
    pub faults: Vec<String>,
    /// Whether the password must be changed before anything else.
    pub must_change: bool,
    /// Where one is signed in.
    pub sessions: Vec<SessionRow>,
}

/// A place where one is signed in.
#[derive(Debug, Default)]
pub struct SessionRow {
    /// Since when and from where, in words.
    pub about: String,
    /// Whether it is this one.
    pub here: bool,
    /// Where to post to end it.
    pub end: String,
}
