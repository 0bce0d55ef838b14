//! `backup` and `restore`.

use crate::cli::{Backup, Restore};
use crate::desk::Desk;
use crate::exit::Exit;
use crate::failure::{file, refuse, shown, undone};
use crate::parts::StoreError;
use anyhow::Result;
use jc_app::AppError;
use jc_app::audit::Head;
use jc_app::backup::{self, Drill, Passphrase, Proof, Report};
use serde_json::json;
use std::path::Path;

/// Writes a backup while the program may go on serving.
pub fn create(desk: &Desk, given: &Backup) -> Result<Exit> {
    let app = desk.open()?;
    let bar = desk.progress();
    bar.set_message(desk.words("cli-backup-writing", &[]));
    let made = match passphrase(desk, given.passphrase_file.as_deref())? {
        Some(passphrase) => backup::create_sealed(&app, &given.target, &passphrase),
        None => backup::create(&app, &given.target),
    };
    let report = made.map_err(|error| undone(desk, error))?;
    bar.finish_and_clear();
    tell(desk, "cli-backup-done", &given.target, &report);
    Ok(Exit::Fine)
}

/// Restores a backup into an empty data folder, after each of its files was compared with the manifest.
pub fn restore(desk: &Desk, given: &Restore) -> Result<Exit> {
    if desk.global.database.is_some() {
        return Err(refuse(desk, Exit::Usage, "cli-restore-database", &[]));
    }
    let passphrase = passphrase(desk, given.passphrase_file.as_deref())?;
    if passphrase.is_none() && backup::is_sealed(&given.source) {
        return Err(refuse(desk, Exit::Usage, "cli-restore-sealed", &[("file", shown(&given.source).into())]));
    }
    let data = desk.data();
    let bar = desk.progress();
    bar.set_message(desk.words("cli-restore-reading", &[]));
    if given.verify {
        let drill =
            drill(&given.source, &desk.keys_of(&data), passphrase.as_ref()).map_err(|error| undone(desk, error))?;
        bar.finish_and_clear();
        return Ok(tell_drill(desk, &drill));
    }
    let restored = match &passphrase {
        Some(passphrase) if backup::is_sealed(&given.source) => {
            backup::restore_sealed(&given.source, &data, passphrase)
        }
        _ => backup::restore(&given.source, &data),
    };
    let report = restored.map_err(|error| undone(desk, error))?;
    bar.finish_and_clear();
    tell(desk, "cli-restore-done", &data, &report);
    let keys = desk.keys_of(&data);
    if !keys.exists() {
        desk.note("cli-restore-keys", &[("file", shown(&keys).into())]);
    }
    Ok(Exit::Fine)
}

/// The passphrase of an encrypted backup: the first line of its file.
pub fn passphrase(desk: &Desk, path: Option<&Path>) -> Result<Option<Passphrase>> {
    let Some(path) = path else { return Ok(None) };
    let text = std::fs::read_to_string(path).map_err(|cause| file(desk, "cli-cannot-read", path, &cause))?;
    match Passphrase::of(&text) {
        Some(passphrase) => Ok(Some(passphrase)),
        None => Err(refuse(desk, Exit::Usage, "cli-backup-passphrase-short", &[("file", shown(path).into())])),
    }
}

/// Restores into a folder that is gone afterwards, and proves what came back.
fn drill(source: &Path, keys: &Path, passphrase: Option<&Passphrase>) -> std::result::Result<Drill, AppError> {
    let folder = tempfile::tempdir()
        .map_err(|source| AppError::Store(StoreError::File { doing: "make a folder for the drill", source }))?;
    backup::drill(source, &folder.path().join("data"), keys, passphrase)
}

/// The drill's report: clean, or what is not.
fn tell_drill(desk: &Desk, drill: &Drill) -> Exit {
    let exit = Exit::found(!drill.is_clean());
    if desk.global.json {
        let school = |it: &Proof| {
            json!({
                "school": it.school,
                "name": it.name,
                "records": it.looked.records,
                "entries": it.looked.entries,
                "evidence": it.looked.evidence,
                "figures": it.figures,
                "touched": it.looked.touched.iter().map(super::verify::touched_json).collect::<Vec<_>>(),
                "differing_years": it.differing,
            })
        };
        let schools: Vec<_> = drill.schools.iter().map(school).collect();
        desk.answer(&json!({ "made_at": drill.made_at, "files": drill.report.files, "clean": drill.is_clean(), "schools": schools }));
        return exit;
    }
    for it in &drill.schools {
        let with = [
            ("school", it.name.as_str().into()),
            ("records", it.looked.records.into()),
            ("entries", it.looked.entries.into()),
            ("evidence", it.looked.evidence.into()),
            ("figures", it.figures.into()),
        ];
        desk.tell("cli-drill-looked", &with);
        for touched in &it.looked.touched {
            desk.say(&format!("  {}", super::verify::touched_words(desk, touched)));
        }
        for year in &it.differing {
            desk.say(&format!("  {}", desk.words("cli-drill-differing", &[("year", year.to_string().into())])));
        }
    }
    desk.tell(if drill.is_clean() { "cli-drill-clean" } else { "cli-drill-wrong" }, &[]);
    exit
}

fn tell(desk: &Desk, id: &str, folder: &Path, report: &Report) {
    let heads = |head: &Head| json!({ "school": head.school, "seq": head.seq, "at": head.at, "hash": head.hash });
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
    for head in &report.heads {
        let school = head.school.to_string();
        let with = [("school", school.into()), ("seq", head.seq.into()), ("hash", head.hash.as_str().into())];
        desk.tell("cli-backup-head", &with);
    }
}
