//! `serve`: the college's own data, for its people.

use crate::cli::Serve;
use crate::desk::Desk;
use crate::exit::Exit;
use crate::failure::refuse;
use crate::serving;
use anyhow::Result;
use jc_app::accounts::NewAccount;
use jc_app::{App, Person, Role};
use jc_web::state::Settings;

/// The login of the first administrator.
const FIRST: &str = "admin";

/// Opens the data, at a first start makes the school and its administrator, and serves.
pub fn run(desk: &Desk, given: &Serve) -> Result<Exit> {
    let beyond = given.listen.is_some_and(|address| !address.ip().is_loopback());
    if beyond && !given.behind_proxy {
        return Err(refuse(desk, Exit::Usage, "cli-serve-loopback", &[]));
    }
    let setup = desk.setup();
    let app = if given.school_name.is_some() || setup.database.is_some() { desk.make(setup)? } else { open(desk)? };
    let first = app.schools()?.is_empty();
    if first {
        let Some(name) = given.school_name.as_deref().map(str::trim).filter(|name| !name.is_empty()) else {
            return Err(refuse(desk, Exit::Usage, "cli-serve-name-missing", &[]));
        };
        app.add_school(name, false)?;
    }
    let listener = serving::bind(desk, given.listen)?;
    let address = given.origin.clone().unwrap_or_else(|| serving::address(&listener));
    invite_first(desk, &app, &address)?;
    desk.tell("cli-serving", &[("address", address.as_str().into())]);
    let https = address.starts_with("https://");
    serving::serve(app, Settings { https, origin: given.origin.clone(), ..Settings::default() }, listener)?;
    desk.note("cli-stopped", &[]);
    Ok(Exit::Fine)
}

/// Opens data that is there; without it the way to make some is named.
fn open(desk: &Desk) -> Result<App> {
    let data = desk.data();
    if !data.join("jiangce.db").is_file() {
        return Err(refuse(desk, Exit::Usage, "cli-serve-name-missing", &[]));
    }
    desk.open()
}

/// Every school without an account gets its administrator and a one-time link, printed once.
fn invite_first(desk: &Desk, app: &App, address: &str) -> Result<()> {
    for (school, name, _) in app.schools()? {
        let person = Person::command_line(school);
        let administrator = app.administrator(&person)?;
        if !administrator.accounts()?.is_empty() {
            continue;
        }
        let new = NewAccount {
            login: FIRST.to_owned(),
            name: super::user::role_name(desk, Role::Administrator),
            role: Role::Administrator,
            office: None,
        };
        let token = administrator.invite(&new)?;
        let with = [("school", name.as_str().into()), ("login", FIRST.into())];
        desk.tell("cli-serve-first", &with);
        desk.say(&format!("  {address}/start/{token}"));
    }
    Ok(())
}
