//! `audit`: the end of the log, to be kept elsewhere; and its oldest entries, moved into a file.

use super::backup::passphrase;
use super::config::in_force;
use crate::cli::AuditAction;
use crate::desk::Desk;
use crate::exit::Exit;
use crate::failure::{shown, undone};
use anyhow::Result;
use jc_app::audit::moving::{MovedLog, USUAL_DAYS, Until, day_of};
use jc_base::Date;
use serde_json::json;
use std::path::Path;

/// Does what was asked for.
pub fn run(desk: &Desk, action: &AuditAction) -> Result<Exit> {
    match action {
        AuditAction::Head => head(desk),
        AuditAction::Move { file, before, passphrase_file, dry_run } => {
            let passphrase_file = passphrase_file.as_deref();
            if *dry_run { look(desk, *before) } else { move_log(desk, *before, file, passphrase_file) }
        }
    }
}

/// Prints the head of each school's log, one line each: `verify --head` reads them again.
fn head(desk: &Desk) -> Result<Exit> {
    let app = desk.open()?;
    let mut heads = app.signed_heads()?;
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

fn until(desk: &Desk, before: Date) -> Result<Until> {
    let kept_days = in_force(desk, true)?.audit_kept_days.unwrap_or(USUAL_DAYS);
    Ok(Until { before, kept_days })
}

/// Says which entries would be moved.
fn look(desk: &Desk, before: Date) -> Result<Exit> {
    let until = until(desk, before)?;
    let app = desk.open()?;
    let due = app.log_due(&desk.person(&app)?, until).map_err(|error| undone(desk, error))?;
    let Some(span) = due else { return nothing(desk, before) };
    let (first, last) = (day_of(span.first_at).to_string(), day_of(span.last_at).to_string());
    let count = span.to - span.from + 1;
    if desk.global.json {
        let due = json!({ "count": count, "from": span.from, "to": span.to, "first_day": first, "last_day": last });
        desk.answer(&json!({ "before": before.to_string(), "due": due }));
    } else {
        let with = [("count", count.into()), ("from", span.from.into()), ("to", span.to.into())];
        let days = [("first", first.as_str().into()), ("last", last.as_str().into())];
        desk.tell("cli-audit-move-due", &[&with[..], &days[..]].concat());
    }
    Ok(Exit::Fine)
}

fn nothing(desk: &Desk, before: Date) -> Result<Exit> {
    if desk.global.json {
        desk.answer(&json!({ "before": before.to_string(), "due": null }));
    } else {
        desk.tell("cli-audit-move-nothing", &[("day", before.to_string().as_str().into())]);
    }
    Ok(Exit::Fine)
}

/// Moves entries into a file.
fn move_log(desk: &Desk, before: Date, file: &Path, passphrase_file: Option<&Path>) -> Result<Exit> {
    let until = until(desk, before)?;
    let passphrase = passphrase(desk, passphrase_file)?;
    let app = desk.open()?;
    let person = desk.person(&app)?;
    let bar = desk.progress();
    let mut progress = |what: &str| bar.set_message(what.to_owned());
    let moved = app.move_log(&person, until, file, passphrase.as_ref(), &mut progress);
    bar.finish_and_clear();
    let Some(MovedLog { span, sha256, compacted }) = moved.map_err(|error| undone(desk, error))? else {
        return nothing(desk, before);
    };
    let count = span.to - span.from + 1;
    if desk.global.json {
        desk.answer(&json!({ "file": shown(file), "count": count, "from": span.from, "to": span.to,
            "closing": span.closing, "sha256": sha256, "compacted": compacted }));
        return Ok(Exit::Fine);
    }
    let with = [
        ("count", count.into()),
        ("from", span.from.into()),
        ("to", span.to.into()),
        ("file", shown(file).into()),
        ("hash", span.closing.as_str().into()),
        ("sha", sha256.as_str().into()),
    ];
    desk.tell("cli-audit-move-done", &with);
    if passphrase.is_none() {
        desk.note("cli-audit-move-clear", &[]);
    }
    if !compacted {
        desk.note("cli-audit-move-not-compacted", &[]);
    }
    Ok(Exit::Fine)
}
