//! Rights, for the security officer: which roles an account holds, for which office, tied to whom, and whether it may
//! be used at all.

use super::account::TokenRow;
use super::accounts::{AccountRow, last_day};
use crate::{
    desk::Desk,
    frame::{Frame, Link},
    gate::{Entry, ManageRoles, Routes},
    guard::{fault::Fault, posted::Posted},
    parts::Pick,
    screens::to_mend,
    state::AppState,
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use jc_app::{
    AppError, SecurityOfficer,
    given::{AccountState, Operation, Tie},
};
use jc_base::{Finding, Place, RecordId, RoleId};
use serde::Deserialize;

/// What an account can be tied to: the field of the form, the scope's word, the register.
const TIES: [(&str, &str, &str); 5] = [
    ("department", "department", "department"),
    ("class", "class", "class"),
    ("staff", "self", "staff"),
    ("student", "self", "student"),
    ("child", "child", "student"),
];

/// The addresses of this screen.
pub fn routes() -> Routes {
    Routes::new()
        .get("/rights", list)
        .get("/rights/{account}", one)
        .post("/rights/{account}/roles", grant)
        .post("/rights/{account}/ties", tie)
        .post("/rights/{account}/state", state)
        .post("/rights/{account}/last-day", set_last_day)
        .post("/rights/{account}/links", link)
        .post("/rights/{account}/tokens/{token}", end_token)
}

async fn list(State(state): State<AppState>, entry: Entry<ManageRoles>) -> Result<Response, Fault> {
    let build = |desk: &Desk| {
        let accounts = desk.app.security_officer(desk.person)?.accounts()?;
        let row = |account| AccountRow {
            href: Some(format!("/rights/{}", jc_app::given::Account::clone(account).id)),
            ..AccountRow::of(desk, account)
        };
        Ok(RightsView { frame: desk.frame(desk.words.t("rights-title"))?, rows: accounts.iter().map(row).collect() })
    };
    state.show(entry, build).await
}

async fn one(
    State(state): State<AppState>,
    Path(account): Path<String>,
    entry: Entry<ManageRoles>,
) -> Result<Response, Fault> {
    state.show(entry, move |desk| view(desk, id(&account)?, Vec::new())).await
}

fn id(account: &str) -> Result<RecordId, Fault> {
    RecordId::parse(account).ok_or(Fault::NotFound)
}

async fn grant(
    State(state): State<AppState>,
    Path(account): Path<String>,
    entry: Entry<ManageRoles>,
    posted: Posted,
) -> Result<Response, Fault> {
    let work = move |desk: &Desk| {
        let roles: Vec<RoleId> = posted.all("role").map(RoleId::from).collect();
        let office = posted.get("office").filter(|office| !office.is_empty());
        let done = desk.app.security_officer(desk.person)?.grant(id(&account)?, &roles, office);
        after(desk, &account, done)
    };
    state.at_desk(entry, work).await
}

async fn tie(
    State(state): State<AppState>,
    Path(account): Path<String>,
    entry: Entry<ManageRoles>,
    posted: Posted,
) -> Result<Response, Fault> {
    let work = move |desk: &Desk| {
        let officer = desk.app.security_officer(desk.person)?;
        let done =
            ties(&officer, &posted).and_then(|ties| officer.tie(id(&account).map_err(|_| AppError::NotFound)?, &ties));
        after(desk, &account, done)
    };
    state.at_desk(entry, work).await
}

/// The records that were typed by their keys, one a line.
fn ties(officer: &SecurityOfficer, posted: &Posted) -> Result<Vec<Tie>, AppError> {
    let (mut ties, mut findings) = (Vec::new(), Vec::new());
    for (field, scope, register) in TIES {
        let typed = posted.get(field).unwrap_or_default().lines().map(str::trim).filter(|key| !key.is_empty());
        for key in typed {
            match officer.find(register, key)? {
                Some(record) => ties.push(Tie { scope: scope.into(), register: register.into(), record }),
                None => {
                    let place = Place::Field { field: field.to_owned() };
                    findings.push(Finding::error("APP-061", place).with("key", key));
                }
            }
        }
    }
    if findings.is_empty() { Ok(ties) } else { Err(AppError::Findings(findings)) }
}

async fn state(
    State(state): State<AppState>,
    Path(account): Path<String>,
    entry: Entry<ManageRoles>,
    posted: Posted,
) -> Result<Response, Fault> {
    let work = move |desk: &Desk| {
        let (officer, of) = (desk.app.security_officer(desk.person)?, id(&account)?);
        let done = match posted.get("to").unwrap_or_default() {
            "suspended" => officer.close(of, AccountState::Suspended),
            "left" => officer.close(of, AccountState::Left),
            "open" => officer.open(of),
            "sessions" => officer.end_sessions(of),
            "factor" => officer.drop_second_factor(of),
            "password" => officer.let_set_password(of),
            _ => return Err(Fault::Unclear),
        };
        after(desk, &account, done)
    };
    state.at_desk(entry, work).await
}

/// A last day, or none.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct LastDay {
    #[serde(default)]
    last_day: String,
}

async fn set_last_day(
    State(state): State<AppState>,
    Path(account): Path<String>,
    entry: Entry<ManageRoles>,
    posted: Posted,
) -> Result<Response, Fault> {
    let request: LastDay = posted.read()?;
    let work = move |desk: &Desk| {
        let last = last_day(&request.last_day)?;
        let done = desk.app.security_officer(desk.person)?.set_last_day(id(&account)?, last);
        after(desk, &account, done)
    };
    state.at_desk(entry, work).await
}

/// Links the account to an identity elsewhere by the word it is known by there, or takes the link away.
async fn link(
    State(state): State<AppState>,
    Path(account): Path<String>,
    entry: Entry<ManageRoles>,
    posted: Posted,
) -> Result<Response, Fault> {
    let here = state.clone();
    let work = move |desk: &Desk| {
        let (officer, of) = (desk.app.security_officer(desk.person)?, id(&account)?);
        let field = |name: &str| posted.get(name).unwrap_or_default().trim().to_owned();
        let (provider, subject) = (field("provider"), field("subject"));
        let provider = here.settings().sign_on.find(&provider).ok_or(Fault::NotFound)?;
        let done = match subject.as_str() {
            "" => officer.unlink(of, provider.code()),
            subject if subject.len() > 255 => return Err(Fault::Unclear),
            subject => officer.link(of, &provider.identity(subject)),
        };
        after(desk, &account, done)
    };
    state.at_desk(entry, work).await
}

async fn end_token(
    State(state): State<AppState>,
    Path((account, token)): Path<(String, String)>,
    entry: Entry<ManageRoles>,
    _: Posted,
) -> Result<Response, Fault> {
    let work = move |desk: &Desk| {
        let token = RecordId::parse(&token).ok_or(Fault::NotFound)?;
        let done = desk.app.security_officer(desk.person)?.end_token(id(&account)?, token);
        after(desk, &account, done)
    };
    state.at_desk(entry, work).await
}

/// Back to the account, or the account again with what is wrong.
fn after(desk: &Desk, account: &str, done: Result<(), AppError>) -> Result<Response, Fault> {
    match done {
        Ok(()) => Ok(Redirect::to(&format!("/rights/{account}?done=rights")).into_response()),
        Err(AppError::Findings(found)) => {
            let view = view(desk, id(account)?, super::account::said(desk.words, &found))?;
            to_mend(&view)
        }
        Err(error) => Err(error.into()),
    }
}

fn view(desk: &Desk, id: RecordId, faults: Vec<String>) -> Result<RightView, Fault> {
    let officer = desk.app.security_officer(desk.person)?;
    let whole = officer.account(id)?;
    let catalog = desk.viewer.catalog();
    let operation = |operation: &Operation| desk.words.t(&format!("operation-{}", operation.code()));
    let role = |role: &jc_catalog::Role| RolePick {
        id: role.id.to_string(),
        name: role.name.get(desk.lang()).to_owned(),
        about: role.about.get(desk.lang()).to_owned(),
        scope: desk.words.t(&format!("scope-{}", role.scope.code())),
        may: role.may.iter().map(operation).collect::<Vec<_>>().join(&desk.words.t("value-and")),
        held: whole.account.roles.contains(&role.id),
    };
    let mut offices = vec![Pick::new("", desk.words.t("rights-no-office"), whole.account.office.is_none())];
    offices.extend(catalog.offices.iter().map(|office| {
        let own = whole.account.office.as_deref() == Some(office.id.as_str());
        Pick::new(office.id.clone(), office.name.get(desk.lang()), own)
    }));
    let mut fields = Vec::new();
    for (field, scope, register) in TIES {
        let own = whole.ties.iter().filter(|tie| tie.scope == scope && tie.register.as_str() == register);
        let keys = own.map(|tie| officer.key_of(tie)).collect::<Result<Vec<_>, _>>()?;
        let label = desk.words.t(&format!("rights-tie-{field}"));
        fields.push(TieField { id: field, label, typed: keys.join("\n") });
    }
    let state = whole.account.account_state();
    let closed = matches!(state, AccountState::Suspended | AccountState::Left);
    let steps: &[&str] = match (closed, state) {
        (true, _) => &["open", "factor"],
        (false, AccountState::Invited) => &["suspended"],
        (false, _) => &["suspended", "left", "sessions", "password", "factor"],
    };
    let mut frame = desk.frame(whole.account.name.clone())?;
    frame.here = format!("/rights/{id}");
    frame.crumbs = vec![Link::new(desk.words.t("rights-title"), "/rights")];
    Ok(RightView {
        frame,
        action: format!("/rights/{id}"),
        about: desk.words.t2(
            "rights-one-about",
            "state",
            AccountRow::of(desk, &whole.account).state,
            "n",
            whole.sessions.len(),
        ),
        login: whole.account.login.clone(),
        last_day: whole.account.last_day.map_or_else(String::new, |day| day.to_string()),
        faults,
        own: desk.person.account == Some(id),
        roles: catalog.roles.roles.iter().map(role).collect(),
        offices,
        fields,
        tokens: whole.tokens.iter().map(|token| TokenRow::of(desk, token, &format!("/rights/{id}/tokens"))).collect(),
        links: links(desk, &whole.links),
        steps: steps.iter().map(|step| ((*step).to_owned(), desk.words.t(&format!("rights-step-{step}")))).collect(),
    })
}

fn links(desk: &Desk, own: &[jc_app::given::Link]) -> Vec<LinkField> {
    let field = |(code, name): &(&'static str, String)| {
        let linked = own.iter().find(|link| link.provider == *code);
        LinkField {
            id: code,
            label: name.clone(),
            since: linked
                .map(|link| desk.words.t1("account-link-since", "at", super::record::lines::when(link.linked_at))),
        }
    };
    desk.elsewhere.iter().map(field).collect()
}

/// A sign-in elsewhere.
#[derive(Debug, Default)]
pub struct LinkField {
    /// Its word.
    pub id: &'static str,
    /// What people call it.
    pub label: String,
    /// Since when the account is linked to it, in words.
    pub since: Option<String>,
}

/// All accounts with their rights.
#[derive(Debug, Default, Template)]
#[template(path = "screens/rights.html")]
pub struct RightsView {
    /// Around the screen.
    pub frame: Frame,
    /// The accounts.
    pub rows: Vec<AccountRow>,
}

/// The rights of one account.
#[derive(Debug, Default, Template)]
#[template(path = "screens/right.html")]
pub struct RightView {
    /// Around the screen; its title is the account's name.
    pub frame: Frame,
    /// What all its forms are posted below.
    pub action: String,
    /// Its state and how many sessions live, in words.
    pub about: String,
    /// What is typed to sign in.
    pub login: String,
    /// The last day it can be used; empty if it has none.
    pub last_day: String,
    /// Why nothing was changed.
    pub faults: Vec<String>,
    /// Whether it is one's own, which nobody changes.
    pub own: bool,
    /// All roles.
    pub roles: Vec<RolePick>,
    /// All offices.
    pub offices: Vec<Pick>,
    /// What it can be tied to.
    pub fields: Vec<TieField>,
    /// The tokens of its programs.
    pub tokens: Vec<TokenRow>,
    /// Sign-ins elsewhere that it can be linked to.
    pub links: Vec<LinkField>,
    /// What can be done with the account: the word sent, and what is read.
    pub steps: Vec<(String, String)>,
}

/// A role to be granted.
#[derive(Debug, Default)]
pub struct RolePick {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it is for.
    pub about: String,
    /// How far it sees, in words.
    pub scope: String,
    /// What it may do, in words.
    pub may: String,
    /// Whether it is held.
    pub held: bool,
}

/// A field of keys, one a line.
#[derive(Debug, Default)]
pub struct TieField {
    /// Its name.
    pub id: &'static str,
    /// What is typed there.
    pub label: String,
    /// What is tied now.
    pub typed: String,
}
