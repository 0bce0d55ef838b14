//! `backup` and `restore`.

use crate::cli::{Backup, Restore};
use crate::desk::Desk;
use crate::exit::Exit;
use crate::failure::{refuse, shown, undone};
use anyhow::Result;
use jc_app::backup::{self, Report};
use serde_json::json;
use std::path::Path;

/// Writes a backup while the program may go on serving.
pub fn create(desk: &Desk, given: &Backup) -> Result<Exit> {
    let app = desk.open()?;
    let bar = desk.progress();
    bar.set_message(desk.words("cli-backup-writing", &[]));
    let report = backup::create(&app, &given.target).map_err(|error| undone(desk, error))?;
    bar.finish_and_clear();
    tell(desk, "cli-backup-done", &given.target, &report);
    Ok(Exit::Fine)
}

/// Restores a backup into an empty data folder, after each of its files was compared with the manifest.
pub fn restore(desk: &Desk, given: &Restore) -> Result<Exit> {
    if desk.global.database.is_some() {
        return Err(refuse(desk, Exit::Usage, "cli-restore-database", &[]));
    }
    let data = desk.data();
    let bar = desk.progress();
    bar.set_message(desk.words("cli-restore-reading", &[]));
    let report = backup::restore(&given.source, &data).map_err(|error| undone(desk, error))?;
    bar.finish_and_clear();
    tell(desk, "cli-restore-done", &data, &report);
    Ok(Exit::Fine)
}

fn tell(desk: &Desk, id: &str, folder: &Path, report: &Report) {
    let heads = |(school, seq, hash): &(i64, i64, String)| json!({ "school": school, "seq": seq, "hash": hash });
    if desk.global.json {
        desk.answer(&json!({
            "folder": shown(folder),
            "files": report.files,
            "bytes": report.bytes,
            "heads": report.heads.iter().map(heads).collect::<Vec<_>>(),
        }));
        return;
    }
    let size = format!("{:.1}", report.bytes as f64 / f64::from(1 << 20));
    let with = [("folder", shown(folder).into()), ("files", report.files.into()), ("size", size.into())];
    desk.tell(id, &with);
    for (school, seq, hash) in &report.heads {
        let with = [("school", school.to_string().into()), ("seq", (*seq).into()), ("hash", hash.into())];
        desk.tell("cli-backup-head", &with);
    }
}
