//! Accounts, for whoever makes them: who there is, and the one-time link of someone new. Rights are granted elsewhere,
//! by someone else.

use crate::{
    desk::Desk,
    frame::Frame,
    gate::{Entry, ManageAccounts, Routes},
    guard::{fault::Fault, posted::Posted},
    show,
    state::AppState,
};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{Html, IntoResponse, Response},
};
use jc_app::{
    AppError,
    accounts::NewAccount,
    given::{Account, AccountState},
};
use jc_base::{Date, RecordId};
use serde::Deserialize;

/// The addresses of this screen.
pub fn routes() -> Routes {
    Routes::new().get("/accounts", list).post("/accounts", invite).post("/accounts/{account}/invitation", invite_again)
}

async fn list(State(state): State<AppState>, entry: Entry<ManageAccounts>) -> Result<Response, Fault> {
    state.show(entry, |desk| view(desk, New::default())).await
}

/// Someone new.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Request {
    login: String,
    name: String,
    #[serde(default)]
    last_day: String,
}

async fn invite(
    State(state): State<AppState>,
    entry: Entry<ManageAccounts>,
    posted: Posted,
) -> Result<Response, Fault> {
    let request: Request = posted.read()?;
    let origin = origin(&state);
    let work = move |desk: &Desk| {
        let login = request.login.trim().to_owned();
        let name = if request.name.trim().is_empty() { login.clone() } else { request.name.trim().to_owned() };
        let new = NewAccount { login: login.clone(), name, roles: Vec::new(), office: None, ties: Vec::new() };
        let last = last_day(&request.last_day)?;
        match desk.app.administrator(desk.person)?.invite_until(&new, last) {
            Ok(token) => {
                answer(desk, StatusCode::OK, New { invited: Some(link(&origin, login, &token)), ..New::default() })
            }
            Err(AppError::Findings(found)) => {
                let faults = super::account::said(desk.words, &found);
                answer(desk, StatusCode::UNPROCESSABLE_ENTITY, New { faults, typed: request, invited: None })
            }
            Err(error) => Err(error.into()),
        }
    };
    state.at_desk(entry, work).await
}

/// The last day typed, or none.
pub(super) fn last_day(typed: &str) -> Result<Option<Date>, Fault> {
    match typed.trim() {
        "" => Ok(None),
        day => Date::parse_iso(day).map(Some).ok_or(Fault::Unclear),
    }
}

async fn invite_again(
    State(state): State<AppState>,
    Path(account): Path<String>,
    entry: Entry<ManageAccounts>,
    _: Posted,
) -> Result<Response, Fault> {
    let origin = origin(&state);
    let work = move |desk: &Desk| {
        let id = RecordId::parse(&account).ok_or(Fault::NotFound)?;
        let administrator = desk.app.administrator(desk.person)?;
        let token = administrator.invite_again(id)?;
        let login = administrator.accounts()?.into_iter().find(|a| a.id == id).map(|a| a.login).unwrap_or_default();
        answer(desk, StatusCode::OK, New { invited: Some(link(&origin, login, &token)), ..New::default() })
    };
    state.at_desk(entry, work).await
}

/// The public address, or nothing: then the link is one of this site.
fn origin(state: &AppState) -> String {
    state.settings().origin.clone().unwrap_or_default()
}

fn link(origin: &str, login: String, token: &str) -> (String, String) {
    (login, format!("{origin}/start/{token}"))
}

fn answer(desk: &Desk, status: StatusCode, new: New) -> Result<Response, Fault> {
    Ok((status, Html(view(desk, new)?.render()?)).into_response())
}

/// What was typed for someone new, and what came of it.
#[derive(Default)]
struct New {
    typed: Request,
    faults: Vec<String>,
    invited: Option<(String, String)>,
}

fn view(desk: &Desk, new: New) -> Result<AccountsView, Fault> {
    let accounts = desk.app.administrator(desk.person)?.accounts()?;
    let row = |account: &Account| {
        let state = account.account_state();
        AccountRow {
            again: (state == AccountState::Invited).then(|| format!("/accounts/{}/invitation", account.id)),
            ..AccountRow::of(desk, account)
        }
    };
    let mut frame = desk.frame(desk.words.t("accounts-title"))?;
    frame.here = "/accounts".into();
    Ok(AccountsView {
        frame,
        invited: new.invited,
        login: new.typed.login,
        name: new.typed.name,
        last_day: new.typed.last_day,
        today: desk.app.moment().today.to_string(),
        faults: new.faults,
        rows: accounts.iter().map(row).collect(),
    })
}

/// Accounts, for whoever makes them.
#[derive(Debug, Default, Template)]
#[template(path = "screens/accounts.html")]
pub struct AccountsView {
    /// Around the screen.
    pub frame: Frame,
    /// Who was just invited, and the link, which is shown once.
    pub invited: Option<(String, String)>,
    /// The login typed.
    pub login: String,
    /// The name typed.
    pub name: String,
    /// The last day typed.
    pub last_day: String,
    /// The earliest that can be.
    pub today: String,
    /// What is wrong with it.
    pub faults: Vec<String>,
    /// All accounts.
    pub rows: Vec<AccountRow>,
}

/// An account in a line.
#[derive(Debug, Default)]
pub struct AccountRow {
    /// What is typed to sign in.
    pub login: String,
    /// The name shown.
    pub name: String,
    /// Its roles and office, in words; may be empty.
    pub roles: String,
    /// Its state, in words.
    pub state: String,
    /// Where its rights are, for whoever grants them.
    pub href: Option<String>,
    /// Where to post for another link.
    pub again: Option<String>,
}

/// The state of an account in words, with its last day if it has one.
fn state(desk: &Desk, account: &Account) -> String {
    let (words, state) = (desk.words, account.account_state());
    let word = words.t(&format!("account-state-{}", state.code()));
    let Some(last) = account.last_day else { return word };
    let day = show::day(desk.lang(), last);
    let over = account.is_over(desk.app.moment().today);
    match (state, over) {
        (AccountState::Suspended | AccountState::Left, _) => word,
        (_, true) => words.t1("account-over", "day", day),
        (_, false) => words.t2("account-until", "state", word, "day", day),
    }
}

impl AccountRow {
    /// An account in a line, without anything to do.
    pub fn of(desk: &Desk, account: &Account) -> Self {
        let catalog = desk.viewer.catalog();
        let name = |id: &jc_base::RoleId| {
            let role = catalog.roles.find(id.as_str());
            role.map_or_else(|| id.to_string(), |role| role.name.get(desk.lang()).to_owned())
        };
        let office = account.office.as_deref().and_then(|id| catalog.offices.iter().find(|office| office.id == id));
        let office = office.map(|office| office.name.get(desk.lang()).to_owned());
        Self {
            login: account.login.clone(),
            name: account.name.clone(),
            roles: account.roles.iter().map(name).chain(office).collect::<Vec<_>>().join(" · "),
            state: state(desk, account),
            href: None,
            again: None,
        }
    }
}
