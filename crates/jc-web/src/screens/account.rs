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
        .post("/account/factor/end", factor::end)
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
            Err(error @ AppError::Leaked(_)) => refused(vec![unsearched(desk.words, error)]),
            Err(AppError::Wait { seconds }) => refused(vec![desk.words.t1("sign-in-wait", "seconds", seconds)]),
            Err(error) => Err(error.into()),
        }
    };
    state.at_desk(entry, work).await
}

/// A password typed again.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Again {
    #[serde(default)]
    password: String,
}

/// Ends one of one's own sessions.
async fn end(
    State(state): State<AppState>,
    Path(session): Path<String>,
    entry: Entry<OwnAccount>,
    posted: Posted,
) -> Result<Response, Fault> {
    let request: Again = posted.read()?;
    let work = move |desk: &Desk| {
        let done = desk.app.end_own_session(desk.person, &request.password, &session);
        confirmed(desk, done, "/account", |view, said| view.session_fault = Some(said))
    };
    state.at_desk(entry, work).await
}

/// Goes on to an address, or shows the account once more and what it says of a password that was not taken.
pub(super) fn confirmed(
    desk: &Desk,
    done: Result<(), AppError>,
    to: &str,
    say: impl FnOnce(&mut AccountView, String),
) -> Result<Response, Fault> {
    match not_taken(desk, done)? {
        None => Ok(Redirect::to(to).into_response()),
        Some(said) => {
            let mut view = view(desk, Vec::new())?;
            say(&mut view, said);
            to_mend(&view)
        }
    }
}

/// What is said of a password typed again that was not taken.
fn not_taken(desk: &Desk, done: Result<(), AppError>) -> Result<Option<String>, Fault> {
    match done {
        Ok(()) => Ok(None),
        Err(AppError::SignInRefused) => Ok(Some(desk.words.t("password-old-wrong"))),
        Err(AppError::Wait { seconds }) => Ok(Some(desk.words.t1("sign-in-wait", "seconds", seconds))),
        Err(AppError::Findings(found)) => Ok(Some(said(desk.words, &found).join(" "))),
        Err(error) => Err(error.into()),
    }
}

/// Asks for the password before an account is linked elsewhere: the screen to show if it was not taken.
pub(super) fn before_linking(desk: &Desk, posted: Posted) -> Result<Option<Response>, Fault> {
    let request: Again = posted.read()?;
    let done = desk.app.confirm_password(desk.person, &request.password);
    let Some(said) = not_taken(desk, done)? else { return Ok(None) };
    let shown = AccountView { link_fault: Some(said), ..view(desk, Vec::new())? };
    to_mend(&shown).map(Some)
}

/// Takes a link to a sign-in elsewhere away.
pub(super) fn unlinked(desk: &Desk, posted: Posted, provider: &str) -> Result<Response, Fault> {
    let request: Again = posted.read()?;
    let done = desk.app.unlink(desk.person, &request.password, provider);
    confirmed(desk, done, "/account", |view, said| view.link_fault = Some(said))
}

/// Findings in words, each with how it is mended.
pub fn said(words: crate::words::Words, found: &[jc_base::Finding]) -> Vec<String> {
    let one = |finding| {
        let text = jc_words::finding(words.0, finding);
        if text.mend.is_empty() { text.what } else { words.t2("account-finding", "what", text.what, "mend", text.mend) }
    };
    found.iter().map(one).collect()
}

/// Says that the list of leaked passwords could not be searched, with the number under which the log keeps why.
pub fn unsearched(words: crate::words::Words, error: AppError) -> String {
    words.t1("password-list-unread", "number", Fault::from(error).noted())
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
    if let Some(last) = desk.app.password_lasts(person)? {
        about.push((desk.words.t("account-password-until"), crate::show::day(desk.lang(), last)));
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
        has_password: desk.app.has_password(person)?,
        must_enrol: person.must_enrol,
        factor: if desk.app.has_second_factor(person)? { Factor::On } else { Factor::Off },
        factor_fault: None,
        link_fault: None,
        session_fault: None,
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
    /// Whether the account has a password here; else it is asked to have signed in just now.
    pub has_password: bool,
    /// Whether a second factor must be begun with before anything else.
    pub must_enrol: bool,
    /// The second factor.
    pub factor: Factor,
    /// Why its code, or the password before it, was not taken.
    pub factor_fault: Option<String>,
    /// Why the password was not taken before a link was changed.
    pub link_fault: Option<String>,
    /// Why the password was not taken before a session was ended.
    pub session_fault: Option<String>,
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
