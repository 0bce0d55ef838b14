//! The check of a text that is not kept.

use super::{known, unknown_field, wrong_value};
use crate::{
    desk::Desk,
    gate::{About, ByToken, CheckTexts, Entry, Routes, Shape},
    guard::{
        fault::{Fault, finding_json},
        posted::{FORM_BYTES, Uploaded},
    },
    screens::check::text_of,
    state::AppState,
};
use axum::{
    Json,
    body::to_bytes,
    extract::{FromRequest, Request, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use jc_app::check_text::Wanted;
use jc_base::{Finding, Place};
use serde::Deserialize;
use serde_json::{Value, json};

pub(super) fn routes() -> Routes {
    Routes::new().takes("/api/check", check, &CHECK)
}

const CHECK: About =
    About { says: "api-check", asked: &["year"], sent: Some(Shape::Named("text")), answer: Shape::Named("verdicts") };

/// A text as JSON.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sent {
    text: String,
    #[serde(default = "yes")]
    records: bool,
}

fn yes() -> bool {
    true
}

/// A text, as JSON or as a form with a file.
pub(super) struct Given(Uploaded);

impl FromRequest<AppState> for Given {
    type Rejection = Fault;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, Fault> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        if !kind.to_ascii_lowercase().starts_with("application/json") {
            return Uploaded::from_request(request, state).await.map(Self);
        }
        let bytes = to_bytes(request.into_body(), FORM_BYTES).await.map_err(|_| Fault::TooLarge)?;
        let sent: Sent = serde_json::from_slice(&bytes).map_err(|_| unread(&bytes))?;
        let records = if sent.records { "yes" } else { "no" };
        let fields = [("text", sent.text), ("records", records.to_owned())];
        let fields = fields.map(|(name, value)| (name.to_owned(), value)).to_vec();
        Ok(Self(Uploaded { fields, files: Vec::new() }))
    }
}

/// Why a body is not taken: which of its fields, or all of it.
fn unread(bytes: &[u8]) -> Fault {
    const FIELDS: [&str; 2] = ["text", "records"];
    let Ok(Value::Object(sent)) = serde_json::from_slice::<Value>(bytes) else {
        return Fault::Named(Box::new(Finding::error("APP-139", Place::Whole)));
    };
    let unknown = sent.keys().find(|name| !FIELDS.contains(&name.as_str()));
    let wrong = || {
        let wrong = |name: &&&str| match (**name, sent.get(**name)) {
            ("text", value) => !value.is_some_and(Value::is_string),
            (_, value) => value.is_some_and(|value| !value.is_boolean()),
        };
        FIELDS.iter().find(wrong).copied().unwrap_or_default()
    };
    match unknown {
        Some(name) => unknown_field(name, &FIELDS),
        None => wrong_value(wrong()),
    }
}

async fn check(
    State(state): State<AppState>,
    entry: Entry<ByToken<CheckTexts>>,
    Given(sent): Given,
) -> Result<Response, Fault> {
    let work = move |desk: &Desk| {
        known(desk, CHECK.asked, &[])?;
        let text = match text_of(desk, &sent)? {
            Ok((text, _)) => text,
            Err(findings) => return refused(desk, &findings),
        };
        let with_records = sent.get("records") != Some("no");
        let wanted = Wanted { text: &text, year: desk.year, with_records, corrections: &[] };
        Ok(Json(desk.viewer.check(&wanted)?.to_json()).into_response())
    };
    state.at_desk(entry, work).await
}

/// What is wrong with what was sent or asked for.
pub(super) fn refused(desk: &Desk, findings: &[Finding]) -> Result<Response, Fault> {
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    let findings: Vec<Value> = findings.iter().map(|finding| finding_json(desk.lang(), finding)).collect();
    let error = json!({ "status": status.as_u16(), "text": desk.words.t("fault-422-text"), "reference": null });
    Ok((status, Json(json!({ "error": error, "findings": findings }))).into_response())
}
