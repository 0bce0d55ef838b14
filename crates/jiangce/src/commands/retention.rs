//! `retention`: what is kept no longer, shown first, then erased.

use crate::cli::RetentionAction;
use crate::desk::Desk;
use crate::exit::Exit;
use crate::failure::refuse;
use anyhow::Result;
use serde_json::json;

/// So many entries of the log are named.
const MOST_ENTRIES: usize = 50;

/// Shows what is due, and erases it where that is said.
pub fn run(desk: &Desk, action: &RetentionAction) -> Result<Exit> {
    let app = desk.open()?;
    let person = desk.person(&app)?;
    let (today, catalog) = (app.moment().today, app.catalog());
    let plan = app.retention_plan(&person, today)?;
    let apply = match action {
        RetentionAction::Plan => false,
        RetentionAction::Apply { yes: true } => true,
        RetentionAction::Apply { yes: false } => {
            return Err(refuse(desk, Exit::Usage, "cli-retention-not-said", &[]));
        }
    };
    let due = plan.due.iter().map(|due| (&catalog.registers[due.register], &catalog.data_classes[due.class], due));
    if !desk.global.json && (plan.is_empty() && plan.papers == 0) {
        desk.tell("cli-retention-nothing", &[("day", today.to_string().as_str().into())]);
    } else if !desk.global.json {
        let rows: Vec<Vec<String>> = due
            .clone()
            .map(|(register, class, due)| {
                vec![
                    register.name.get(desk.lang).to_owned(),
                    class.name.get(desk.lang).to_owned(),
                    desk.words("cli-retention-records", &[("count", (due.records as i64).into())]),
                    format!("{} – {}", due.between.0, due.between.1),
                ]
            })
            .collect();
        desk.table(&rows);
        desk.tell("cli-retention-papers", &[("count", (plan.papers as i64).into())]);
    }
    let erased = if apply { Some(app.retention_apply(&person, today)?) } else { None };
    if desk.global.json {
        let due: Vec<_> = due
            .map(|(register, class, due)| {
                json!({ "register": register.id.as_str(), "class": class.id, "records": due.records,
                    "from": due.between.0.to_string(), "to": due.between.1.to_string() })
            })
            .collect();
        let erased = erased.map(|done| {
            json!({ "records": done.records, "versions": done.versions, "files": done.files,
                "texts": done.texts, "log": done.log,
                "log_begins": done.begins.map(|begins| begins.day.to_string()), "unclear": done.unclear })
        });
        desk.answer(&json!({ "day": today.to_string(), "due": due, "papers": plan.papers, "erased": erased }));
    } else if let Some(done) = erased {
        let files = done.files as i64;
        desk.tell(
            "cli-retention-done",
            &[("records", done.records.into()), ("versions", done.versions.into()), ("files", files.into())],
        );
        if done.texts > 0 {
            desk.tell("cli-retention-texts", &[("count", done.texts.into())]);
        }
        if !done.log.is_empty() {
            let entries: Vec<String> = done.log.iter().take(MOST_ENTRIES).map(i64::to_string).collect();
            let (count, entries) = (done.log.len() as i64, entries.join(", "));
            desk.tell("cli-retention-log", &[("count", count.into()), ("entries", entries.as_str().into())]);
        }
        if let Some(begins) = done.begins {
            desk.tell("cli-retention-log-moved", &[("day", begins.day.to_string().as_str().into())]);
        }
        if !done.unclear.is_empty() {
            desk.tell("cli-retention-unclear", &[("texts", done.unclear.join("、").as_str().into())]);
        }
    } else {
        desk.tell("cli-retention-dry", &[]);
    }
    Ok(Exit::Fine)
}
