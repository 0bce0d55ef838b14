//! `config`: the settings file, looked over before it is used.

use crate::cli::ConfigAction;
use crate::desk::Desk;
use crate::exit::Exit;
use crate::failure::{file, refuse, shown};
use crate::settings::{self, Settings};
use anyhow::Result;
use jc_base::Finding;
use serde_json::json;
use std::path::{Path, PathBuf};

/// Looks a settings file over.
pub fn run(desk: &Desk, action: &ConfigAction) -> Result<Exit> {
    let ConfigAction::Check { file: given } = action;
    let path = given.clone().or_else(|| named(desk)).unwrap_or_else(|| desk.data().join(settings::FILE));
    let text = read_text(desk, &path)?;
    let (read, mut findings) = settings::read(&text, &path);
    if findings.is_empty()
        && let Err(finding) = super::serve::tls(&read)
    {
        findings.push(*finding);
    }
    if desk.global.json {
        let list: Vec<_> = findings.iter().map(|finding| desk.finding_json(finding)).collect();
        desk.answer(&json!({ "file": shown(&path), "findings": list }));
    } else if findings.is_empty() {
        desk.tell("cli-config-fine", &[("file", shown(&path).into())]);
    } else {
        for finding in &findings {
            desk.say(jc_words::terminal(desk.lang, finding, Some(&text)).trim_end());
        }
    }
    Ok(Exit::found(!findings.is_empty()))
}

/// The settings file that is named, if one is.
fn named(desk: &Desk) -> Option<PathBuf> {
    desk.global.config.clone()
}

/// The settings in force: of the file that is named, or for `serve` of the one in the data folder if there is one.
///
/// Errors: a file that cannot be read, or that has faults; they are told.
pub fn in_force(desk: &Desk, of_data: bool) -> Result<Settings> {
    let own = || Some(desk.data().join(settings::FILE)).filter(|path| of_data && path.is_file());
    let Some(path) = named(desk).or_else(own) else { return Ok(Settings::default()) };
    let text = read_text(desk, &path)?;
    let (read, findings) = settings::read(&text, &path);
    if findings.is_empty() {
        return Ok(read);
    }
    let words = |finding: &Finding| jc_words::terminal(desk.lang, finding, Some(&text));
    for finding in &findings {
        desk.complain(words(finding).trim_end());
    }
    Err(refuse(desk, Exit::Usage, "cli-config-faults", &[("file", shown(&path).into())]))
}

fn read_text(desk: &Desk, path: &Path) -> Result<String> {
    std::fs::read_to_string(path).map_err(|cause| file(desk, "cli-cannot-read", path, &cause))
}
