//! `verify`: nothing was touched, or what was; in the data, or in a report's file.

use super::verify_file;
use crate::cli::Verify;
use crate::desk::Desk;
use crate::exit::Exit;
use crate::failure::{file, refuse, shown};
use crate::parts::Touched;
use anyhow::Result;
use jc_app::audit::Head;
use serde_json::{Value as Json, json};
use std::path::Path;

/// Recomputes everything, prints the head of the audit chain and names each thing that was touched.
pub fn run(desk: &Desk, given: &Verify) -> Result<Exit> {
    if let Some(path) = &given.file {
        return verify_file::run(desk, path, &given.key);
    }
    let app = desk.open()?;
    let person = desk.person(&app)?;
    let kept = given.head.as_deref().map(|path| kept(desk, path, person.school.0)).transpose()?.unwrap_or_default();
    let bar = desk.progress();
    let mut report = app.verify(&person, &mut |what| bar.set_message(what.to_owned()))?;
    for head in &kept {
        report.touched.extend(app.verify_kept(head)?);
    }
    bar.finish_and_clear();
    let (seq, hash) = &report.head;
    if desk.global.json {
        desk.answer(&json!({
            "entries": report.entries,
            "records": report.records,
            "versions": report.versions,
            "pages": report.pages,
            "seals": report.seals,
            "evidence": report.evidence,
            "head": { "seq": seq, "hash": hash },
            "touched": report.touched.iter().map(touched_json).collect::<Vec<_>>(),
        }));
        return Ok(Exit::found(!report.touched.is_empty()));
    }
    let with = [
        ("entries", report.entries.into()),
        ("records", report.records.into()),
        ("versions", report.versions.into()),
        ("pages", report.pages.into()),
        ("evidence", report.evidence.into()),
    ];
    desk.tell("cli-verify-looked", &with);
    desk.tell("cli-verify-ends", &[("seq", (*seq).into()), ("hash", hash.into())]);
    for touched in &report.touched {
        desk.say(&format!("  {}", touched_words(desk, touched)));
    }
    if report.touched.is_empty() {
        desk.tell("cli-verify-clean", &[]);
    } else {
        desk.tell("cli-verify-touched", &[("count", report.touched.len().into())]);
    }
    Ok(Exit::found(!report.touched.is_empty()))
}

/// The heads of this school in a file: lines of `audit head`, or the manifest of a backup.
fn kept(desk: &Desk, path: &Path, school: i64) -> Result<Vec<Head>> {
    let text = std::fs::read_to_string(path).map_err(|cause| file(desk, "cli-cannot-read", path, &cause))?;
    let mut heads = Head::list(&text);
    heads.retain(|head| head.school == school);
    if heads.is_empty() {
        return Err(refuse(desk, Exit::Usage, "cli-verify-no-head", &[("file", shown(path).into())]));
    }
    Ok(heads)
}

/// What was touched, in words.
pub fn touched_words(desk: &Desk, touched: &Touched) -> String {
    match touched {
        Touched::Chain { seq } => desk.words("cli-touched-chain", &[("seq", (*seq).into())]),
        Touched::Head { seq } => desk.words("cli-touched-head", &[("seq", (*seq).into())]),
        Touched::Record { register, id } => {
            desk.words("cli-touched-record", &[("register", register.into()), ("id", id.into())])
        }
        Touched::Write { seq, registers } => {
            desk.words("cli-touched-write", &[("seq", (*seq).into()), ("registers", registers.join(", ").into())])
        }
        Touched::Page { register, page } => {
            desk.words("cli-touched-page", &[("register", register.into()), ("page", page.into())])
        }
        Touched::Totals { register, page } => {
            desk.words("cli-touched-totals", &[("register", register.into()), ("page", page.into())])
        }
        Touched::Seal { register, page } => {
            desk.words("cli-touched-seal", &[("register", register.into()), ("page", page.into())])
        }
        Touched::Restated { register, page } => {
            desk.words("cli-touched-restated", &[("register", register.into()), ("page", page.into())])
        }
        Touched::History { register, id } => {
            desk.words("cli-touched-history", &[("register", register.into()), ("id", id.into())])
        }
        Touched::Attached { seq } => desk.words("cli-touched-attached", &[("seq", (*seq).into())]),
        Touched::CutOff { kept, ends } => {
            desk.words("cli-touched-cut-off", &[("kept", (*kept).into()), ("ends", (*ends).into())])
        }
        Touched::Otherwise { kept } => desk.words("cli-touched-otherwise", &[("kept", (*kept).into())]),
        Touched::Damaged { part } => desk.words("cli-touched-damaged", &[("part", part.into())]),
        Touched::EvidenceMissing { sha256 } => desk.words("cli-touched-evidence-missing", &[("sha", sha256.into())]),
        Touched::EvidenceChanged { sha256 } => desk.words("cli-touched-evidence-changed", &[("sha", sha256.into())]),
    }
}

/// What was touched, for machines.
pub fn touched_json(touched: &Touched) -> Json {
    match touched {
        Touched::Chain { seq } => json!({ "what": "chain", "seq": seq }),
        Touched::Head { seq } => json!({ "what": "head", "seq": seq }),
        Touched::Record { register, id } => json!({ "what": "record", "register": register, "id": id }),
        Touched::Write { seq, registers } => json!({ "what": "write", "seq": seq, "registers": registers }),
        Touched::Page { register, page } => json!({ "what": "page", "register": register, "page": page }),
        Touched::Totals { register, page } => json!({ "what": "totals", "register": register, "page": page }),
        Touched::Seal { register, page } => json!({ "what": "seal", "register": register, "page": page }),
        Touched::Restated { register, page } => json!({ "what": "restated", "register": register, "page": page }),
        Touched::History { register, id } => json!({ "what": "history", "register": register, "id": id }),
        Touched::Attached { seq } => json!({ "what": "attached", "seq": seq }),
        Touched::CutOff { kept, ends } => json!({ "what": "cut-off", "kept": kept, "ends": ends }),
        Touched::Otherwise { kept } => json!({ "what": "otherwise", "kept": kept }),
        Touched::Damaged { part } => json!({ "what": "damaged", "part": part }),
        Touched::EvidenceMissing { sha256 } => json!({ "what": "evidence-missing", "sha256": sha256 }),
        Touched::EvidenceChanged { sha256 } => json!({ "what": "evidence-changed", "sha256": sha256 }),
    }
}
