//! `privacy`: whose data an account had, the figures of a year, a person's own copy.

use super::import::no_register;
use crate::cli::PrivacyAction;
use crate::desk::Desk;
use crate::exit::Exit;
use crate::failure::{refuse, shown};
use anyhow::Result;
use jc_app::access::breach::Affected;
use jc_app::audit::moving::LogBegin;
use jc_app::own_copy::Format;
use jc_app::{AppError, Viewer};
use jc_base::{Date, Instant};
use serde_json::{Value as Json, json};
use std::path::Path;

/// Hours east of UTC of every school.
const ZONE: i64 = 8;

/// Tells what was asked for.
pub fn run(desk: &Desk, action: &PrivacyAction) -> Result<Exit> {
    let app = desk.open()?;
    let person = desk.person(&app)?;
    let viewer = app.viewer(&person);
    match action {
        PrivacyAction::Breach { account, from, to } => breach(desk, &viewer, account, *from, *to),
        PrivacyAction::Yearly { year, output } => yearly(desk, &viewer, *year, output.as_deref()),
        PrivacyAction::Copy { register, number, output } => {
            let at = app.catalog().find_register(register).ok_or_else(|| no_register(desk, &app, register))?;
            let found = viewer.suggest(at, number)?;
            let [(id, _)] = found.as_slice() else {
                return Err(refuse(desk, Exit::Usage, "cli-privacy-nobody", &[("number", number.as_str().into())]));
            };
            let json = output.extension().is_some_and(|end| end == "json");
            let format = if json { Format::Json } else { Format::Xlsx };
            let made = viewer.copy_of(at, *id, format, desk.lang).map_err(|error| match error {
                AppError::NotFound => {
                    refuse(desk, Exit::Usage, "cli-privacy-nobody", &[("number", number.as_str().into())])
                }
                other => other.into(),
            })?;
            desk.write(output, &made.bytes)?;
            desk.tell("cli-privacy-copied", &[("count", (made.holds as i64).into()), ("file", shown(output).into())]);
            Ok(Exit::Fine)
        }
    }
}

fn breach(desk: &Desk, viewer: &Viewer, account: &str, from: Date, to: Date) -> Result<Exit> {
    let found = viewer.breach(account, from, to)?;
    let catalog = viewer.catalog();
    let register = |one: &Affected| &catalog.registers[one.register];
    let fields = |one: &Affected| -> Vec<String> {
        let name = |(register, field): &(String, String)| {
            let declared = catalog.register(register);
            let named = declared.and_then(|declared| Some(&declared.fields[declared.find_field(field)?]));
            named.map_or_else(|| field.clone(), |field| field.name.get(desk.lang).to_owned())
        };
        one.fields.iter().map(name).collect()
    };
    let when = |ms: i64| Instant(ms).local(ZONE);
    if desk.global.json {
        let one = |one: &Affected| -> Json {
            json!({
                "register": register(one).id.as_str(), "number": one.number, "name": one.label, "minor": one.minor,
                "looked": one.times[0], "revealed": one.times[1], "taken": one.times[2], "fields": fields(one),
                "first": when(one.between.0), "last": when(one.between.1),
            })
        };
        let affected: Vec<Json> = found.affected.iter().map(one).collect();
        desk.answer(&json!({ "account": account, "from": from.to_string(), "to": to.to_string(),
            "entries": found.entries, "affected": affected,
            "log_begins": found.begins.map(|begins| begins.day.to_string()) }));
        return Ok(Exit::Fine);
    }
    let minors = found.affected.iter().filter(|one| one.minor).count() as i64;
    let people = found.affected.len() as i64;
    desk.tell(
        "cli-privacy-breach-found",
        &[
            ("account", account.into()),
            ("entries", found.entries.into()),
            ("people", people.into()),
            ("minors", minors.into()),
        ],
    );
    moved(desk, found.begins);
    let heads = ["register", "number", "name", "minor", "looked", "revealed", "taken", "fields", "last"];
    let mut rows = vec![heads.map(|head| desk.words(&format!("cli-privacy-head-{head}"), &[])).to_vec()];
    rows.extend(found.affected.iter().map(|one| {
        vec![
            register(one).name.get(desk.lang).to_owned(),
            one.number.clone(),
            one.label.clone(),
            if one.minor { desk.words("cli-privacy-head-minor", &[]) } else { String::new() },
            one.times[0].to_string(),
            one.times[1].to_string(),
            one.times[2].to_string(),
            fields(one).join(" "),
            when(one.between.1),
        ]
    }));
    if people > 0 {
        desk.table(&rows);
    }
    Ok(Exit::Fine)
}

fn yearly(desk: &Desk, viewer: &Viewer, year: i32, output: Option<&Path>) -> Result<Exit> {
    if let Some(output) = output {
        let made = viewer.privacy_report(year, desk.lang, jc_app::given::FileKind::Pdf)?;
        desk.write(output, &made.bytes)?;
    }
    let yearly = viewer.privacy_of_year(year)?;
    if desk.global.json {
        let figures = yearly.lines().map(|(id, n)| (id.trim_start_matches("privacy-").to_owned(), json!(n)));
        let figures: serde_json::Map<String, Json> = figures.into_iter().collect();
        desk.answer(&json!({ "year": year, "on": yearly.on.map(|on| on.to_string()), "figures": figures,
            "log_begins": yearly.begins.map(|begins| begins.day.to_string()) }));
        return Ok(Exit::Fine);
    }
    let shown = |n: &Option<i64>| n.map_or_else(|| "—".to_owned(), |n| n.to_string());
    let rows: Vec<Vec<String>> = yearly.lines().iter().map(|(id, n)| vec![desk.words(id, &[]), shown(n)]).collect();
    desk.table(&rows);
    moved(desk, yearly.begins);
    Ok(Exit::Fine)
}

/// Says from which day back the log was moved, if that matters here.
fn moved(desk: &Desk, begins: Option<LogBegin>) {
    if let Some(begins) = begins {
        desk.tell("privacy-log-moved", &[("day", begins.day.to_string().as_str().into())]);
    }
}
