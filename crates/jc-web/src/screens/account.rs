//! One's own account: who one is, password, second factor, sessions.

mod factor;
mod tokens;

use crate::{
    desk::Desk,
    frame::Frame,
    gate::{Entry, OwnAccount, Routes},
    guard::{cookies, fault::Fault, posted::Posted},
    parts::Picture,
    screens::to_mend,
    state::AppState,
};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::header,
    response::{IntoResponse, Redirect, Response},
};
use jc_app::AppError;
use serde::Deserialize;
pub use tokens::{TokenRow, Tokens};

/// The addresses of this screen.
pub fn routes() -> Routes {
    Routes::new()
        .get("/account", account)
        .post("/account/password", password)
        .post("/account/factor", factor::begin)
        .post("/account/factor/confirm", factor::confirm)
        .post("/account/sessions/{session}", end)
        .post("/account/tokens", tokens::make)
        .post("/account/tokens/{token}", tokens::end)
}

async fn account(State(state): State<AppState>, entry: Entry<OwnAccount>) -> Result<Response, Fault> {
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

async fn password(State(state): State<AppState>, entry: Entry<OwnAccount>, posted: Posted) -> Result<Response, Fault> {
    let request: Request = posted.read()?;
    let https = state.settings().https;
    let work = move |desk: &Desk| {
        let _ = &request.name;
        let refused = |faults: Vec<String>| {
            let view = view(desk, faults)?;
            to_mend(&view)
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
            Err(AppError::Findings(found)) => refused(said(desk.words, &found)),
            Err(AppError::Wait { seconds }) => refused(vec![desk.words.t1("sign-in-wait", "seconds", seconds)]),
            Err(error) => Err(error.into()),
        }
    };
    state.at_desk(entry, work).await
}

/// Ends one of one's own sessions.
async fn end(
    State(state): State<AppState>,
    Path(session): Path<String>,
    entry: Entry<OwnAccount>,
    _: Posted,
) -> Result<Response, Fault> {
    let work = move |desk: &Desk| {
        desk.app.end_own_session(desk.person, &session)?;
        Ok(Redirect::to("/account").into_response())
    };
    state.at_desk(entry, work).await
}

/// Findings in words, each with how it is mended.
pub fn said(words: crate::words::Words, found: &[jc_base::Finding]) -> Vec<String> {
    let one = |finding| {
        let text = jc_words::finding(words.0, finding);
        if text.mend.is_empty() { text.what } else { words.t2("account-finding", "what", text.what, "mend", text.mend) }
    };
    found.iter().map(one).collect()
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
    let roles: Vec<&str> = person.held(desk.viewer.catalog()).map(|role| role.name.get(desk.lang())).collect();
    if !roles.is_empty() {
        about.push((desk.words.t("account-roles"), roles.join(&desk.words.t("value-and"))));
    }
    let mut frame = desk.frame(desk.words.t("account-title"))?;
    frame.here = "/account".into();
    let token = desk.session();
    let session = |session: jc_app::sign_in::OwnSession| SessionRow {
        about: desk.words.t2(
            "account-session",
            "opened",
            super::record::lines::when(session.opened_at.0),
            "seen",
            super::record::lines::when(session.seen_at.0),
        ),
        here: session.here,
        end: format!("/account/sessions/{}", session.id),
    };
    Ok(AccountView {
        frame,
        name: person.login.clone(),
        about,
        faults,
        must_change: person.must_change,
        must_enrol: person.must_enrol,
        factor: if desk.app.has_second_factor(person)? { Factor::On } else { Factor::Off },
        factor_fault: None,
        sessions: desk.app.own_sessions(person, token)?.into_iter().map(session).collect(),
        tokens: tokens::Tokens::of(desk)?,
        links: links(desk)?,
    })
}

/// The sign-ins elsewhere that the settings name.
fn links(desk: &Desk) -> Result<Vec<LinkRow>, Fault> {
    let own = desk.app.own_links(desk.person)?;
    let row = |(code, name): &(&'static str, String)| {
        let linked = own.iter().find(|link| link.provider == *code);
        LinkRow {
            name: name.clone(),
            since: linked.map(|link| super::record::lines::when(link.linked_at)),
            action: format!("/account/links/{code}{}", if linked.is_some() { "/end" } else { "" }),
        }
    };
    Ok(desk.elsewhere.iter().map(row).collect())
}

/// A sign-in elsewhere.
#[derive(Debug, Default)]
pub struct LinkRow {
    /// What people call it.
    pub name: String,
    /// Since when one is linked to it.
    pub since: Option<String>,
    /// Where to post to link, or to unlink.
    pub action: String,
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
    /// Whether a second factor must be begun with before anything else.
    pub must_enrol: bool,
    /// The second factor.
    pub factor: Factor,
    /// Why its code was not taken.
    pub factor_fault: Option<String>,
    /// Where one is signed in.
    pub sessions: Vec<SessionRow>,
    /// Sign-ins elsewhere, each with whether one is linked to it.
    pub links: Vec<LinkRow>,
    /// One's programs; nothing for who can give a program nothing.
    pub tokens: Option<Tokens>,
}

/// How far one is with a second factor.
#[derive(Debug, Default)]
pub enum Factor {
    /// None in use.
    #[default]
    Off,
    /// In use.
    On,
    /// Begun with: the secret for the app, as a picture if it can be drawn.
    Begun {
        /// For typing.
        secret: String,
        /// As apps read it.
        uri: String,
        /// The same as squares.
        picture: Option<Picture>,
    },
    /// Begun with, and the first code was wrong: the secret is not shown again.
    Again,
    /// Just confirmed: the recovery codes, shown once.
    Recovery(Vec<String>),
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
