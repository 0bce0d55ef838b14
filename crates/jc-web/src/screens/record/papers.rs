//! The evidence of a record: shown, attached, given out.

use super::{Path2, hidden, lines};
use crate::{
    desk::Desk,
    gate::{Entry, ReadRecords, WriteRecords},
    guard::{
        fault::Fault,
        posted::{Posted, Uploaded},
    },
    parts::{Evidence, Paper, Pick, Slot, Upload},
    show,
    state::AppState,
};
use axum::{
    extract::{Path, State},
    http::{HeaderValue, header},
    response::{IntoResponse, Redirect, Response},
};
use jc_app::AppError;
use jc_app::evidence::MOST_BYTES;
use jc_app::given::{Attached, Record};
use jc_base::RecordState;
use jc_catalog::Register;

/// Evidence is shown by the browser in a sandbox: whatever is in it can do nothing here.
const SANDBOX: &str = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:";

/// The evidence beside a record.
pub fn evidence(desk: &Desk, register: usize, record: &Record, attached: &[Attached]) -> Result<Evidence, Fault> {
    let catalog = desk.viewer.catalog();
    let declared = catalog.registers.get(register).ok_or(Fault::NotFound)?;
    let name = |kind: &str| {
        let code = catalog.code_list("evidence-kind").and_then(|list| list.find(kind));
        code.map_or_else(|| kind.to_owned(), |code| code.name.get(desk.lang()).to_owned())
    };
    let asked = desk.viewer.evidence_asked(register, record)?;
    let keeps = desk.viewer.keeps(register);
    // What counts stands on its papers: it is reopened first.
    let loose = keeps && record.state != RecordState::Verified;
    let papers = |fits: &dyn Fn(&Attached) -> bool| -> Vec<Paper> {
        attached.iter().filter(|file| fits(file)).map(|file| paper(desk, declared, record, file, loose)).collect()
    };
    let mut slots: Vec<Slot> = asked
        .iter()
        .map(|asked| Slot {
            label: name(&asked.kind),
            rule: desk.words.t(match (asked.lacking, asked.required) {
                (true, _) => "evidence-lacking",
                (false, true) => "evidence-required",
                (false, false) => "evidence-optional",
            }),
            lacking: asked.lacking,
            papers: papers(&|file| file.kind == asked.kind),
        })
        .collect();
    let others = papers(&|file| asked.iter().all(|asked| asked.kind != file.kind));
    if !others.is_empty() || slots.is_empty() {
        let rule = desk.words.t("evidence-optional");
        slots.push(Slot { label: desk.words.t("evidence-other"), rule, lacking: false, papers: others });
    }
    let upload = keeps.then(|| {
        let wanted = asked.iter().find(|asked| asked.lacking).or(asked.first()).map(|asked| asked.kind.as_str());
        let named = asked.iter().map(|asked| asked.kind.as_str());
        let rest = catalog.code_list("evidence-kind").into_iter().flat_map(|list| &list.codes);
        let rest = rest.map(|code| code.code.as_str()).filter(|code| asked.iter().all(|asked| asked.kind != *code));
        Upload {
            action: format!("{}/evidence", lines::address(declared, record.id)),
            kinds: named.chain(rest).map(|kind| Pick::new(kind, name(kind), Some(kind) == wanted)).collect(),
            accept: ".pdf,.jpg,.jpeg,.png,.webp".into(),
            limit: desk.words.t1("evidence-limit", "size", show::size(desk.lang(), MOST_BYTES as u64)),
        }
    });
    Ok(Evidence { slots, upload })
}

fn paper(desk: &Desk, register: &Register, record: &Record, file: &Attached, loose: bool) -> Paper {
    let href = format!("{}/evidence/{}", lines::address(register, record.id), file.sha256);
    let kind = match file.media_type.as_str() {
        "application/pdf" => "PDF",
        "image/jpeg" => "JPEG",
        "image/png" => "PNG",
        "image/webp" => "WEBP",
        _ => "?",
    };
    Paper {
        name: file.name.clone(),
        picture: file.media_type.starts_with("image/").then(|| href.clone()),
        remove: loose.then(|| format!("{href}/{}/off", file.kind)),
        href,
        kind: kind.to_owned(),
        about: show::size(desk.lang(), u64::try_from(file.size_bytes).unwrap_or(0)),
        digest: show::short_digest(&file.sha256),
    }
}

/// Attaches files to a record.
pub async fn attach(
    State(state): State<AppState>,
    Path(path): Path<Path2>,
    entry: Entry<WriteRecords>,
    sent: Uploaded,
) -> Result<Response, Fault> {
    let work = move |desk: &Desk| {
        let (register, id) = super::find(desk, &path)?;
        let keeper = desk.app.keeper(desk.person, register)?;
        desk.viewer.record(register, id)?;
        let kind = sent.get("kind").unwrap_or_default();
        if sent.files.is_empty() || sent.fields.iter().any(|(name, _)| name != "kind") {
            return Err(Fault::Unclear);
        }
        for (_, name, content) in &sent.files {
            match keeper.attach(&[id], kind, name, content) {
                Ok(_) => {}
                Err(AppError::Findings(found)) => return super::refused(desk, register, id, &found),
                Err(error) => return Err(error.into()),
            }
        }
        let to = lines::address(desk.register(&path.0)?.1, id);
        Ok(Redirect::to(&show::address(&to, [("done", "evidence")])).into_response())
    };
    state.at_desk(entry, work).await
}

/// Takes a file off a record.
pub async fn detach(
    State(state): State<AppState>,
    Path((register, id, sha256, kind)): Path<(String, String, String, String)>,
    entry: Entry<WriteRecords>,
    posted: Posted,
) -> Result<Response, Fault> {
    posted.nothing()?;
    let work = move |desk: &Desk| {
        let declared = desk.register(&register)?.1;
        let (register, id) = super::find(desk, &(register.clone(), id))?;
        desk.app.keeper(desk.person, register)?.detach(id, &sha256, &kind)?;
        Ok(Redirect::to(&show::address(&lines::address(declared, id), [("done", "evidence-off")])).into_response())
    };
    state.at_desk(entry, work).await
}

/// Gives out a file that is attached to a record.
pub async fn file(
    State(state): State<AppState>,
    Path((register, id, sha256)): Path<(String, String, String)>,
    entry: Entry<ReadRecords>,
) -> Result<Response, Fault> {
    let work = move |desk: &Desk| {
        let (register, id) = super::find(desk, &(register, id))?;
        let (file, content) = desk.viewer.take_paper(register, id, &sha256).map_err(hidden)?;
        let mut response = given_out(&file.name, &file.media_type, content);
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(SANDBOX));
        Ok(response)
    };
    state.at_desk(entry, work).await
}

/// A file to be saved under a name.
pub fn given_out(name: &str, media_type: &str, content: Vec<u8>) -> Response {
    let mut encoded = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.') {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    let mut response = content.into_response();
    let headers = response.headers_mut();
    let kind = HeaderValue::from_str(media_type);
    headers.insert(header::CONTENT_TYPE, kind.unwrap_or(HeaderValue::from_static("application/octet-stream")));
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename*=UTF-8''{encoded}")) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    response
}
