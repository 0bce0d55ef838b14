//! `verify FILE`: every figure of a report's file is genuine, changed or unknown. Needs the school's public key only.

use crate::desk::Desk;
use crate::exit::Exit;
use crate::failure::{file, refuse, shown};
use crate::parts::PublicKey;
use crate::parts::read::{Checked, Line, Seal, Standing, Unreadable, check};
use anyhow::Result;
use serde_json::{Value as Json, json};
use std::path::Path;

/// A report is no larger than this.
const MOST_BYTES: u64 = 256 << 20;

/// Reads the file, tells what became of each figure that is not genuine, and how many are.
pub fn run(desk: &Desk, path: &Path, given: &[String]) -> Result<Exit> {
    let keys = keys(desk, given)?;
    let size = std::fs::metadata(path).map_err(|cause| file(desk, "cli-cannot-read", path, &cause))?.len();
    if size > MOST_BYTES {
        return Err(refuse(desk, Exit::Failed, "cli-verify-not-kind", &[("file", shown(path).into())]));
    }
    let bytes = std::fs::read(path).map_err(|cause| file(desk, "cli-cannot-read", path, &cause))?;
    let checked = check(&bytes, &keys).map_err(|why| {
        let id = match why {
            Unreadable::Kind => "cli-verify-not-kind",
            Unreadable::Damaged => "cli-verify-damaged",
            Unreadable::NoReport => "cli-verify-no-report",
        };
        refuse(desk, Exit::Failed, id, &[("file", shown(path).into())])
    })?;
    if desk.global.json {
        desk.answer(&answer(&checked));
    } else {
        tell(desk, &checked);
    }
    Ok(Exit::found(!checked.is_genuine()))
}

/// How a public key begins, and how long it is with its 64 hexadecimal digits.
const KEY: &str = "ed25519:";
const KEY_LENGTH: usize = KEY.len() + 64;

/// The keys named: each a key itself or a file that holds some.
fn keys(desk: &Desk, given: &[String]) -> Result<Vec<PublicKey>> {
    let mut keys = Vec::new();
    for text in given {
        let content = if Path::new(text).is_file() {
            std::fs::read_to_string(text).map_err(|cause| file(desk, "cli-cannot-read", Path::new(text), &cause))?
        } else {
            text.clone()
        };
        // A file may say more than the key: what `school key` printed is kept as it is.
        let found =
            content.match_indices(KEY).filter_map(|(at, _)| PublicKey::parse(content.get(at..at + KEY_LENGTH)?));
        let before = keys.len();
        keys.extend(found);
        if keys.len() == before {
            return Err(refuse(desk, Exit::Usage, "cli-verify-bad-key", &[("key", text.into())]));
        }
    }
    // On the school's own machine the keys are at hand.
    if keys.is_empty() && desk.present().is_ok() {
        let app = desk.open()?;
        let (own, before) = app.public_keys(&desk.person(&app)?)?;
        keys.push(own);
        keys.extend(before.into_iter().map(|(key, _)| key));
    }
    if keys.is_empty() {
        return Err(refuse(desk, Exit::Usage, "cli-verify-no-key", &[]));
    }
    Ok(keys)
}

fn tell(desk: &Desk, checked: &Checked) {
    if !checked.title.is_empty() {
        let with = [
            ("school", (&checked.school).into()),
            ("title", (&checked.title).into()),
            ("code", (&checked.code).into()),
        ];
        desk.tell("cli-verify-report", &with);
    }
    match checked.seal {
        Seal::Good => desk.tell("cli-verify-seal-good", &[("key", (&checked.key).into())]),
        Seal::Bad => desk.tell("cli-verify-seal-bad", &[]),
        Seal::None => desk.tell("cli-verify-seal-none", &[]),
    }
    let rows: Vec<Vec<String>> =
        checked.lines.iter().filter(|line| line.standing != Standing::Genuine).map(|line| row(desk, line)).collect();
    desk.table(&rows);
    let count = |standing: Standing| checked.lines.iter().filter(|line| line.standing == standing).count();
    if checked.is_genuine() {
        desk.tell("cli-verify-file-genuine", &[("count", checked.lines.len().into())]);
    } else {
        let with = [
            ("genuine", count(Standing::Genuine).into()),
            ("changed", count(Standing::Changed).into()),
            ("unknown", count(Standing::Unknown).into()),
        ];
        desk.tell("cli-verify-file-touched", &with);
    }
}

fn row(desk: &Desk, line: &Line) -> Vec<String> {
    let standing = desk.words(&format!("cli-verify-figure-{}", word(&line.standing)), &[]);
    let was = line.signed.as_ref().map(|signed| desk.words("cli-verify-figure-was", &[("signed", signed.into())]));
    let found = line.found.clone().unwrap_or_else(|| "—".to_owned());
    vec![
        format!("#{}", line.number + 1),
        standing,
        line.name.clone(),
        line.period.clone(),
        found,
        was.unwrap_or_default(),
    ]
}

fn word(standing: &Standing) -> &'static str {
    match standing {
        Standing::Genuine => "genuine",
        Standing::Changed => "changed",
        Standing::Unknown => "unknown",
    }
}

fn answer(checked: &Checked) -> Json {
    let line = |line: &Line| {
        json!({
            "number": line.number + 1,
            "standing": word(&line.standing),
            "name": line.name,
            "period": line.period,
            "signed": line.signed,
            "found": line.found,
        })
    };
    json!({
        "school": checked.school,
        "title": checked.title,
        "code": checked.code,
        "key": checked.key,
        "signature": match checked.seal {
            Seal::Good => "good",
            Seal::Bad => "bad",
            Seal::None => "none",
        },
        "genuine": checked.is_genuine(),
        "figures": checked.lines.iter().map(line).collect::<Vec<_>>(),
    })
}
