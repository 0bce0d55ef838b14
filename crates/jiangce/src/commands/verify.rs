//! `verify`: nothing was touched, or what was; in the data, or in a report's file.

use super::backup::passphrase;
use super::verify_file;
use crate::cli::Verify;
use crate::desk::Desk;
use crate::exit::Exit;
use crate::failure::{file, refuse, shown, undone};
use crate::parts::Touched;
use crate::parts::read::log_of;
use anyhow::Result;
use jc_app::audit::Head;
use jc_app::given::Ask;
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
    let passphrase = passphrase(desk, given.passphrase_file.as_deref())?;
    for path in &given.log_part {
        std::fs::File::open(path).map_err(|cause| file(desk, "cli-cannot-read", path, &cause))?;
    }
    let wanted: Vec<i64> = kept.iter().map(|head| head.seq).collect();
    let (parts, faults) =
        app.log_parts(&person, &given.log_part, passphrase.as_ref(), &wanted).map_err(|error| undone(desk, error))?;
    let mut in_parts = Vec::new();
    for head in &kept {
        in_parts.extend(app.verify_kept(head, &parts)?);
    }
    let ask = Ask { parts, faults, ..Ask::default() };
    let mut report = app.verify_with(&person, ask, &mut |what| bar.set_message(what.to_owned()))?;
    report.touched.extend(in_parts);
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
            "moved": report.moved,
            "in_parts": report.in_parts,
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
    if report.in_parts > 0 {
        desk.tell("cli-verify-parts", &[("count", report.in_parts.into()), ("to", report.moved.into())]);
    } else if report.moved > 0 {
        desk.tell("cli-verify-moved", &[("to", report.moved.into())]);
    }
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

/// The heads of this school in a file: lines of `audit head`, the manifest of a backup, or a report's file.
fn kept(desk: &Desk, path: &Path, school: i64) -> Result<Vec<Head>> {
    let bytes = std::fs::read(path).map_err(|cause| file(desk, "cli-cannot-read", path, &cause))?;
    let text = log_of(&bytes).unwrap_or_else(|| String::from_utf8_lossy(&bytes).into_owned());
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
        Touched::Forged { kept } => desk.words("cli-touched-forged", &[("kept", (*kept).into())]),
        Touched::Gone { from, to } => desk.words("cli-touched-gone", &[("from", (*from).into()), ("to", (*to).into())]),
        Touched::Unfollowed { seq } => desk.words("cli-touched-unfollowed", &[("seq", (*seq).into())]),
        Touched::Moved { part, to } => desk.words("cli-touched-moved", &[("part", part.into()), ("to", (*to).into())]),
        Touched::PartChanged { file, seq } => {
            desk.words("cli-touched-part-changed", &[("file", file.into()), ("seq", (*seq).into())])
        }
        Touched::PartCutOff { file, seq } => {
            desk.words("cli-touched-part-cut-off", &[("file", file.into()), ("seq", (*seq).into())])
        }
        Touched::PartUnknown { file } => desk.words("cli-touched-part-unknown", &[("file", file.into())]),
        Touched::PartOther { file, from, to } => desk
            .words("cli-touched-part-other", &[("file", file.into()), ("from", (*from).into()), ("to", (*to).into())]),
        Touched::PartMissing { from, to } => {
            desk.words("cli-touched-part-missing", &[("from", (*from).into()), ("to", (*to).into())])
        }
        Touched::KeptInPart { kept } => desk.words("cli-touched-kept-in-part", &[("kept", (*kept).into())]),
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
        Touched::Forged { kept } => json!({ "what": "forged", "kept": kept }),
        Touched::Gone { from, to } => json!({ "what": "gone", "from": from, "to": to }),
        Touched::Unfollowed { seq } => json!({ "what": "unfollowed", "seq": seq }),
        Touched::Moved { part, to } => json!({ "what": "moved", "part": part, "to": to }),
        Touched::PartChanged { file, seq } => json!({ "what": "part-changed", "file": file, "seq": seq }),
        Touched::PartCutOff { file, seq } => json!({ "what": "part-cut-off", "file": file, "seq": seq }),
        Touched::PartUnknown { file } => json!({ "what": "part-unknown", "file": file }),
        Touched::PartOther { file, from, to } => json!({ "what": "part-other", "file": file, "from": from, "to": to }),
        Touched::PartMissing { from, to } => json!({ "what": "part-missing", "from": from, "to": to }),
        Touched::KeptInPart { kept } => json!({ "what": "kept-in-part", "kept": kept }),
        Touched::Damaged { part } => json!({ "what": "damaged", "part": part }),
        Touched::EvidenceMissing { sha256 } => json!({ "what": "evidence-missing", "sha256": sha256 }),
        Touched::EvidenceChanged { sha256 } => json!({ "what": "evidence-changed", "sha256": sha256 }),
    }
}
