//! Accounts, for whoever makes them: who there is, and the one-time link of someone new. Rights are granted elsewhere,
//! by someone else.

use crate::{
    desk::Desk,
    frame::Frame,
    gate::{Entry, ManageAccounts, Routes},
    guard::{fault::Fault, posted::Posted},
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
use jc_base::RecordId;
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
        match desk.app.administrator(desk.person)?.invite(&new) {
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
            state: desk.words.t(&format!("account-state-{}", account.account_state().code())),
            href: None,
            again: None,
        }
    }
}
