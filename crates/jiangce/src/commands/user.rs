//! `user`: accounts, invited by a one-time link.

use crate::cli::{UserAction, UserAdd};
use crate::desk::Desk;
use crate::exit::Exit;
use crate::failure::{refuse, undone};
use crate::parts::Catalog;
use anyhow::Result;
use jc_app::accounts::NewAccount;
use jc_base::RoleId;
use serde_json::json;

/// Where the server is reached unless it is said.
const ORIGIN: &str = "http://127.0.0.1:8321";

/// Invites a person, or lists the accounts.
pub fn run(desk: &Desk, action: &UserAction) -> Result<Exit> {
    match action {
        UserAction::Add(it) => add(desk, it),
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
    let token = app.administrator(&person)?.invite(&new).map_err(|error| undone(desk, error))?;
    let origin = given.origin.as_deref().unwrap_or(ORIGIN);
    let link = format!("{origin}/start/{token}");
    if desk.global.json {
        desk.answer(&json!({ "login": given.login, "roles": given.roles, "office": given.office, "link": link }));
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
    if desk.global.json {
        let list: Vec<_> = accounts
            .iter()
            .map(|a| json!({ "login": a.login, "name": a.name, "roles": words(&a.roles), "office": a.office, "state": state(&a.state) }))
            .collect();
        desk.answer(&json!(list));
        return Ok(Exit::Fine);
    }
    let heading = ["cli-col-login", "cli-col-name", "cli-col-role", "cli-col-office", "cli-col-state"];
    let mut rows = vec![heading.iter().map(|id| desk.words(id, &[])).collect::<Vec<_>>()];
    for account in &accounts {
        let role = role_names(desk, &catalog, &account.roles);
        let office = account.office.as_deref().map_or(String::new(), |id| office_name(desk, &catalog, id));
        let state = desk.words(&format!("cli-account-{}", state(&account.state)), &[]);
        rows.push(vec![account.login.clone(), account.name.clone(), role, office, state]);
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
