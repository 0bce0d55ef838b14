//! `audit`: the end of the log, to be kept elsewhere.

use crate::cli::AuditAction;
use crate::desk::Desk;
use crate::exit::Exit;
use anyhow::Result;
use serde_json::json;

/// Prints the head of each school's log, one line each: `verify --head` reads them again.
pub fn run(desk: &Desk, action: &AuditAction) -> Result<Exit> {
    let AuditAction::Head = action;
    let app = desk.open()?;
    let mut heads = app.heads()?;
    if let Some(school) = desk.global.school {
        heads.retain(|head| head.school == school);
    }
    if desk.global.json {
        let head = |it: &jc_app::audit::Head| json!({ "school": it.school, "seq": it.seq, "at": it.at, "hash": it.hash, "line": it.to_string() });
        desk.answer(&json!(heads.iter().map(head).collect::<Vec<_>>()));
    } else {
        heads.iter().for_each(|head| desk.say(&head.to_string()));
    }
    Ok(Exit::Fine)
}
