//! `demo`: the sample college, built once and served.

use super::demo_folder::{DemoFolder, Found};
use super::user::{office_name, role_names};
use crate::cli::Demo;
use crate::desk::Desk;
use crate::exit::Exit;
use crate::failure::{refuse, shown};
use crate::parts::StoreError;
use crate::serving;
use crate::sheets::OpensApart;
use anyhow::Result;
use jc_app::{App, AppError, Person, demo};
use jc_web::server::Limits;
use jc_web::state::Settings;
use serde_json::{Value as Json, json};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

/// The data folder unless one is given.
const DATA: &str = "jiangce-demo";

/// Builds the sample college if it is not there, prints who can sign in, and serves it.
pub fn run(desk: &Desk, given: &Demo) -> Result<Exit> {
    if given.listen.is_some_and(|address| !address.ip().is_loopback()) {
        return Err(refuse(desk, Exit::Usage, "cli-demo-loopback", &[]));
    }
    let mut setup = desk.setup();
    setup.data = desk.global.data.clone().unwrap_or_else(|| PathBuf::from(DATA));
    let name = shown(&setup.data);
    let (folder, found) = DemoFolder::take(desk, &setup.data)?;
    let build = given.fresh || found != Found::Whole;
    if build {
        if !folder.alone() {
            return Err(refuse(desk, Exit::Failed, "cli-demo-in-use", &[("folder", name.into())]));
        }
        match found {
            Found::Half => desk.note("cli-demo-half", &[("folder", (&name).into())]),
            Found::Whole => desk.note("cli-demo-rebuild", &[("folder", (&name).into())]),
            Found::Nothing => {}
        }
        folder.clear(desk)?;
    }
    let app = match App::open(setup.clone()) {
        Ok(app) => app.opening_with(Arc::new(OpensApart::new())),
        // Another version, or another catalog: what people tried out in it is not thrown away unasked.
        Err(AppError::Store(StoreError::Newer | StoreError::Unreleased | StoreError::CatalogChanged)) => {
            return Err(refuse(desk, Exit::Failed, "cli-demo-other-catalog", &[("folder", name.into())]));
        }
        Err(error) => return Err(error.into()),
    };
    let mut answer = json!({ "folder": name, "built": build });
    if build {
        if !app.schools()?.is_empty() {
            return Err(refuse(desk, Exit::Failed, "cli-demo-database-full", &[]));
        }
        answer["college"] = build_college(desk, &app, &name)?;
        folder.finish(desk)?;
    } else if !desk.global.json {
        desk.tell("cli-demo-reused", &[("folder", name.into())]);
    }
    folder.share();
    let samples = accounts(desk, &app, &mut answer)?;
    if given.no_serve {
        if desk.global.json {
            desk.answer(&answer);
        }
        return Ok(Exit::Fine);
    }
    let listener = serving::bind(desk, given.listen)?;
    let address = serving::address("http", &listener);
    if desk.global.json {
        answer["address"] = json!(address);
        desk.answer(&answer);
    } else {
        desk.say("");
        desk.tell("cli-serving", &[("address", address.as_str().into())]);
    }
    if given.open {
        open_browser(desk, &address);
    }
    serving::serve(app, Settings { samples, ..Settings::default() }, listener, None, Limits::default(), None)?;
    desk.note("cli-stopped", &[]);
    Ok(Exit::Fine)
}

/// Builds, and tells what was built; gives the same for machines.
fn build_college(desk: &Desk, app: &App, folder: &str) -> Result<Json> {
    let begun = Instant::now();
    let bar = desk.progress();
    bar.set_message(desk.words("cli-demo-building", &[]));
    if bar.is_hidden() {
        desk.note("cli-demo-building", &[]);
    }
    let report = demo::build(app, &mut |what| bar.set_message(what.to_owned()))?;
    bar.finish_and_clear();
    if !desk.global.json {
        tell_built(desk, app, folder, &report, begun);
    }
    let file = |f: &demo::FileLine| json!({ "name": f.name, "register": f.register, "new": f.new, "changed": f.changed, "rejected": f.rejected });
    Ok(json!({
        "school": report.school.0,
        "verified": report.verified,
        "pending": report.pending,
        "files": report.files.iter().map(file).collect::<Vec<_>>(),
    }))
}

fn tell_built(desk: &Desk, app: &App, folder: &str, report: &demo::Report, begun: Instant) {
    let catalog = app.catalog();
    desk.tell("cli-demo-built", &[("folder", folder.into())]);
    let heading = ["cli-col-register", "cli-col-file", "cli-col-new", "cli-col-changed", "cli-col-rejected"];
    let mut rows = vec![heading.iter().map(|id| desk.words(id, &[])).collect::<Vec<_>>()];
    for file in &report.files {
        let register = catalog.register(&file.register).map_or(file.register.as_str(), |r| r.name.get(desk.lang));
        let counts = [file.new, file.changed, file.rejected].map(|n| n.to_string());
        rows.push([register.to_owned(), file.name.clone()].into_iter().chain(counts).collect());
    }
    desk.table(&rows);
    let with = [
        ("verified", report.verified.into()),
        ("pending", report.pending.into()),
        ("seconds", begun.elapsed().as_secs().max(1).into()),
    ];
    desk.tell("cli-demo-sums", &with);
}

/// Tells who can sign in, and puts it into the answer for machines; gives login and name for the sign-in screen.
fn accounts(desk: &Desk, app: &App, answer: &mut Json) -> Result<Vec<(String, String)>> {
    let catalog = app.catalog();
    let person: Person = desk.person(app)?;
    let mut accounts = app.administrator(&person)?.accounts()?;
    accounts.retain(|account| account.state == "active");
    answer["password"] = json!(demo::PASSWORD);
    answer["accounts"] =
        accounts.iter().map(|a| json!({ "login": a.login, "roles": a.roles.iter().map(|role| role.as_str()).collect::<Vec<_>>(), "office": a.office })).collect();
    if !desk.global.json {
        let heading = ["cli-col-login", "cli-col-role", "cli-col-office"];
        let mut rows = vec![heading.iter().map(|id| desk.words(id, &[])).collect::<Vec<_>>()];
        for account in &accounts {
            let role = role_names(desk, &catalog, &account.roles);
            let office = account.office.as_deref().map_or_else(String::new, |id| office_name(desk, &catalog, id));
            rows.push(vec![account.login.clone(), role, office]);
        }
        desk.say("");
        desk.tell("cli-demo-ready", &[("password", demo::PASSWORD.into())]);
        desk.table(&rows);
    }
    Ok(accounts.into_iter().map(|account| (account.login, account.name)).collect())
}

/// Opens the address in the machine's browser; where there is none, the address has been printed.
fn open_browser(desk: &Desk, address: &str) {
    let (program, before): (&str, &[&str]) = match std::env::consts::OS {
        "macos" => ("open", &[]),
        "windows" => ("cmd", &["/C", "start", ""]),
        _ => ("xdg-open", &[]),
    };
    let quiet = std::process::Stdio::null;
    let opened = std::process::Command::new(program).args(before).arg(address).stdout(quiet()).stderr(quiet()).spawn();
    if opened.is_err() {
        desk.note("cli-no-browser", &[]);
    }
}
