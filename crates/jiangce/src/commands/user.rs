//! `user`: accounts, invited by a one-time link.

use crate::cli::{UserAction, UserAdd, UserLink, UserUntil};
use crate::desk::Desk;
use crate::exit::Exit;
use crate::failure::{refuse, undone};
use crate::parts::Catalog;
use anyhow::Result;
use jc_app::accounts::NewAccount;
use jc_app::given::{Account, AccountState};
use jc_app::{App, Person};
use jc_base::{Date, RoleId};
use serde_json::json;

/// Where the server is reached unless it is said.
const ORIGIN: &str = "http://127.0.0.1:8321";

/// Invites a person, or lists the accounts.
pub fn run(desk: &Desk, action: &UserAction) -> Result<Exit> {
    match action {
        UserAction::Add(it) => add(desk, it),
        UserAction::Until(it) => until(desk, it),
        UserAction::Link(it) => link(desk, it),
        UserAction::List => list(desk),
    }
}

fn add(desk: &Desk, given: &UserAdd) -> Result<Exit> {
    let app = desk.open()?;
    let catalog = app.catalog();
    let roles: Vec<RoleId> = given.roles.iter().map(|id| RoleId::from(id.as_str())).collect();
    let known = roles.iter().map(|id| catalog.roles.find(id.as_str()));
    let mut wants_office = false;
    for (id, role) in roles.iter().zip(known) {
        let Some(role) = role else {
            let with = [("role", id.as_str().into()), ("roles", all_roles(desk, &catalog).into())];
            return Err(refuse(desk, Exit::Usage, "cli-user-role-unknown", &with));
        };
        wants_office |= role.needs_office();
    }
    match (&given.office, wants_office) {
        (None, true) => {
            let offices = offices(desk, &catalog).into();
            return Err(refuse(desk, Exit::Usage, "cli-user-office-missing", &[("offices", offices)]));
        }
        (Some(_), false) => return Err(refuse(desk, Exit::Usage, "cli-user-office-surplus", &[])),
        (Some(office), true) if !catalog.offices.iter().any(|o| o.id == *office) => {
            let with = [("office", office.into()), ("offices", offices(desk, &catalog).into())];
            return Err(refuse(desk, Exit::Usage, "cli-user-office-unknown", &with));
        }
        _ => {}
    }
    let person = desk.person(&app)?;
    let name = given.name.clone().unwrap_or_else(|| given.login.clone());
    let new = NewAccount { login: given.login.clone(), name, roles, office: given.office.clone(), ties: Vec::new() };
    let token = app.administrator(&person)?.invite_until(&new, given.until).map_err(|error| undone(desk, error))?;
    let link = address(given.origin.as_deref(), &token);
    if desk.global.json {
        let until = given.until.map(|day| day.to_string());
        desk.answer(
            &json!({ "login": given.login, "roles": given.roles, "office": given.office, "until": until, "link": link }),
        );
    } else {
        desk.tell("cli-user-invited", &[("login", (&given.login).into())]);
        desk.say(&format!("  {link}"));
    }
    Ok(Exit::Fine)
}

/// The address of a one-time link.
fn address(origin: Option<&str>, token: &str) -> String {
    format!("{}/start/{token}", origin.unwrap_or(ORIGIN))
}

/// The account of a login.
fn find(desk: &Desk, app: &App, person: &Person, login: &str) -> Result<Account> {
    let accounts = app.administrator(person)?.accounts()?;
    let found = accounts.into_iter().find(|account| account.login == login);
    found.ok_or_else(|| refuse(desk, Exit::Usage, "cli-user-unknown", &[("login", login.into())]))
}

/// Sets the last day an account can be used.
fn until(desk: &Desk, given: &UserUntil) -> Result<Exit> {
    let app = desk.open()?;
    let person = desk.person(&app)?;
    let account = find(desk, &app, &person, &given.login)?;
    app.security_officer(&person)?.set_last_day(account.id, given.day).map_err(|error| undone(desk, error))?;
    let day = given.day.map(|day| day.to_string());
    if desk.global.json {
        desk.answer(&json!({ "login": given.login, "until": day }));
    } else if let Some(day) = day {
        desk.tell("cli-user-last", &[("login", (&given.login).into()), ("day", day.into())]);
    } else {
        desk.tell("cli-user-no-last", &[("login", (&given.login).into())]);
    }
    Ok(Exit::Fine)
}

/// Another one-time link: for whoever lost theirs, or forgot their password. The password so far works no more.
fn link(desk: &Desk, given: &UserLink) -> Result<Exit> {
    let app = desk.open()?;
    let person = desk.person(&app)?;
    let account = find(desk, &app, &person, &given.login)?;
    if account.account_state() != AccountState::Invited {
        app.security_officer(&person)?.let_set_password(account.id).map_err(|error| undone(desk, error))?;
    }
    let token = app.administrator(&person)?.invite_again(account.id).map_err(|error| undone(desk, error))?;
    let link = address(given.origin.as_deref(), &token);
    if desk.global.json {
        desk.answer(&json!({ "login": given.login, "link": link }));
    } else {
        desk.tell("cli-user-invited", &[("login", (&given.login).into())]);
        desk.say(&format!("  {link}"));
    }
    Ok(Exit::Fine)
}

fn list(desk: &Desk) -> Result<Exit> {
    let app = desk.open()?;
    let catalog = app.catalog();
    let person = desk.person(&app)?;
    let accounts = app.administrator(&person)?.accounts()?;
    // An invitation's state carries the hash of its link: only its first word is for people.
    let state = |state: &str| state.split(':').next().unwrap_or_default().to_owned();
    let day = |last: Option<Date>| last.map(|day| day.to_string());
    if desk.global.json {
        let list: Vec<_> = accounts
            .iter()
            .map(|a| json!({ "login": a.login, "name": a.name, "roles": words(&a.roles), "office": a.office, "state": state(&a.state), "until": day(a.last_day) }))
            .collect();
        desk.answer(&json!(list));
        return Ok(Exit::Fine);
    }
    let heading = ["cli-col-login", "cli-col-name", "cli-col-role", "cli-col-office", "cli-col-state", "cli-col-until"];
    let mut rows = vec![heading.iter().map(|id| desk.words(id, &[])).collect::<Vec<_>>()];
    for account in &accounts {
        let role = role_names(desk, &catalog, &account.roles);
        let office = account.office.as_deref().map_or(String::new(), |id| office_name(desk, &catalog, id));
        let state = desk.words(&format!("account-state-{}", account.account_state().code()), &[]);
        let until = day(account.last_day).unwrap_or_default();
        rows.push(vec![account.login.clone(), account.name.clone(), role, office, state, until]);
    }
    desk.table(&rows);
    Ok(Exit::Fine)
}

/// Roles as their words.
fn words(roles: &[RoleId]) -> Vec<&str> {
    roles.iter().map(RoleId::as_str).collect()
}

/// The names of roles; their ids where the catalog no longer has them.
pub fn role_names(desk: &Desk, catalog: &Catalog, roles: &[RoleId]) -> String {
    let name = |id: &RoleId| {
        catalog.roles.find(id.as_str()).map_or_else(|| id.to_string(), |role| role.name.get(desk.lang).to_owned())
    };
    roles.iter().map(name).collect::<Vec<_>>().join(", ")
}

fn all_roles(desk: &Desk, catalog: &Catalog) -> String {
    let roles = catalog.roles.roles.iter();
    let named: Vec<String> = roles.map(|role| format!("{} ({})", role.id, role.name.get(desk.lang))).collect();
    named.join(", ")
}

/// An office's name; its id if the catalog no longer has it.
pub fn office_name(desk: &Desk, catalog: &Catalog, id: &str) -> String {
    catalog.offices.iter().find(|o| o.id == id).map_or(id, |o| o.name.get(desk.lang)).to_owned()
}

fn offices(desk: &Desk, catalog: &Catalog) -> String {
    let named: Vec<String> = catalog.offices.iter().map(|o| format!("{} ({})", o.id, o.name.get(desk.lang))).collect();
    named.join(", ")
}
