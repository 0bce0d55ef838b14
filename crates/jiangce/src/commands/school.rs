//! `school`: the schools of an installation.

use crate::cli::SchoolAction;
use crate::desk::Desk;
use crate::exit::Exit;
use crate::failure::refuse;
use anyhow::Result;
use serde_json::json;

/// Adds a school, making the installation if it is the first; or lists them.
pub fn run(desk: &Desk, action: &SchoolAction) -> Result<Exit> {
    match action {
        SchoolAction::Add { name } => add(desk, name.trim()),
        SchoolAction::List => list(desk),
        SchoolAction::Chain { hash } => chain(desk, hash.trim()),
        SchoolAction::Key => key(desk),
    }
}

fn add(desk: &Desk, name: &str) -> Result<Exit> {
    if name.is_empty() {
        return Err(refuse(desk, Exit::Usage, "cli-school-no-name", &[]));
    }
    let app = desk.make(desk.setup())?;
    if let Some((id, _, _)) = app.schools()?.iter().find(|(_, present, _)| present == name) {
        return Err(refuse(
            desk,
            Exit::Usage,
            "cli-school-there",
            &[("name", name.into()), ("id", id.0.to_string().into())],
        ));
    }
    let id = app.add_school(name, false)?;
    if desk.global.json {
        desk.answer(&json!({ "id": id.0, "name": name }));
    } else {
        desk.tell("cli-school-added", &[("name", name.into()), ("id", id.0.to_string().into())]);
    }
    Ok(Exit::Fine)
}

fn chain(desk: &Desk, hash: &str) -> Result<Exit> {
    match desk.open()?.set_chain(hash)? {
        Some(_) => {
            desk.tell("cli-school-chain-set", &[("hash", hash.into())]);
            Ok(Exit::Fine)
        }
        None => Err(refuse(desk, Exit::Usage, "cli-school-chain-unknown", &[("hash", hash.into())])),
    }
}

fn key(desk: &Desk) -> Result<Exit> {
    let app = desk.open()?;
    let (own, before) = app.public_keys(&desk.person(&app)?)?;
    if desk.global.json {
        let before: Vec<_> =
            before.iter().map(|(key, at)| json!({ "id": key.id().0, "key": key.to_string(), "from": at.0 })).collect();
        desk.answer(&json!({ "id": own.id().0, "key": own.to_string(), "before": before }));
        return Ok(Exit::Fine);
    }
    desk.tell("cli-school-key-now", &[("id", own.id().0.into()), ("key", own.to_string().into())]);
    for (key, _) in before {
        desk.tell("cli-school-key-before", &[("id", key.id().0.into()), ("key", key.to_string().into())]);
    }
    Ok(Exit::Fine)
}

fn list(desk: &Desk) -> Result<Exit> {
    let schools = desk.open()?.schools()?;
    if desk.global.json {
        let list: Vec<_> = schools
            .iter()
            .map(|(id, name, synthetic)| json!({ "id": id.0, "name": name, "synthetic": synthetic }))
            .collect();
        desk.answer(&json!(list));
        return Ok(Exit::Fine);
    }
    let mut rows = vec![vec![desk.words("cli-col-id", &[]), desk.words("cli-col-school", &[])]];
    rows.extend(schools.into_iter().map(|(id, name, _)| vec![id.to_string(), name]));
    desk.table(&rows);
    Ok(Exit::Fine)
}
