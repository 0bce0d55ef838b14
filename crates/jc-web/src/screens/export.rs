//! The export of a list: format, and for personal data the reason.

use crate::{
    desk::Desk,
    frame::{Frame, Link},
    gate::{Entry, ExportRecords, Routes},
    guard::{
        fault::Fault,
        posted::{Asked, Posted},
    },
    jobs::Stage,
    parts::{Pick, page_label},
    screens::{
        list::{Wanted, crumbs},
        made,
    },
    show,
    state::AppState,
};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::{StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use jc_app::{
    AppError,
    export::{self, Format},
};
use jc_base::Finding;

/// The addresses of this screen.
pub fn routes() -> Routes {
    Routes::new()
        .get("/registers/{register}/export", form)
        .post("/registers/{register}/export", export)
        .get("/registers/{register}/export/made/{job}", look)
        .get("/registers/{register}/export/made/{job}/file", file)
}

async fn form(
    State(state): State<AppState>,
    Path(id): Path<String>,
    entry: Entry<ExportRecords>,
) -> Result<Response, Fault> {
    state.show(entry, move |desk| view(desk, &id, desk.asked, None)).await
}

async fn export(
    State(state): State<AppState>,
    Path(id): Path<String>,
    entry: Entry<ExportRecords>,
    posted: Posted,
) -> Result<Response, Fault> {
    let making = state.clone();
    state
        .at_desk(entry, move |desk| {
            let posted = Asked(posted.0);
            let (register, declared) = desk.register(&id)?;
            let wanted = Wanted::read(desk, register, declared, &posted)?;
            let format = Format::from_code(posted.get("format")).ok_or(Fault::Unclear)?;
            let reason = match desk.viewer.export_reason(register, posted.get("reason")) {
                Ok(reason) => reason,
                Err(AppError::Findings(findings)) => {
                    let fault = findings.first().map(|finding| said(desk, finding));
                    let html = view(desk, &id, &posted, fault)?.render()?;
                    return Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(html)).into_response());
                }
                Err(other) => return Err(other.into()),
            };
            let (query, conditions, lang) = (wanted.query.clone(), conditions(desk, &posted, &wanted), desk.lang());
            let what = format!("{query:?} {conditions} {} {reason} {}", format.code(), lang.code());
            made::begin(&making, desk, place(&id), what, move |app, person, tell| {
                let wanted = export::Wanted { query: &query, conditions: &conditions, format, reason: &reason, lang };
                let says = "made-step-records";
                app.viewer(person).export(register, &wanted, &mut |done, of| tell(Stage { says, done, of }))
            })
        })
        .await
}

/// Below this address the files of a list are made.
fn place(register: &str) -> String {
    format!("/registers/{register}/export/made")
}

async fn look(
    State(state): State<AppState>,
    Path((id, job)): Path<(String, String)>,
    entry: Entry<ExportRecords>,
) -> Result<Response, Fault> {
    let at = place(&id);
    let back = move |desk: &Desk| {
        let declared = desk.register(&id)?.1;
        let list = Link::new(declared.name.get(desk.lang()), desk.to(&format!("/registers/{id}")));
        Ok(crumbs(desk, declared).into_iter().chain([list]).collect())
    };
    made::look(state, entry, at, job, back).await
}

async fn file(
    State(state): State<AppState>,
    Path((id, job)): Path<(String, String)>,
    entry: Entry<ExportRecords>,
) -> Result<Response, Fault> {
    made::file(state, entry, place(&id), job).await
}

/// What is wrong, and how to mend it.
fn said(desk: &Desk, finding: &Finding) -> String {
    let text = jc_words::finding(desk.lang(), finding);
    format!("{} {}", text.what, text.mend).trim_end().to_owned()
}

/// The list's period and conditions in one line.
fn conditions(desk: &Desk, asked: &Asked, wanted: &Wanted) -> String {
    let period = wanted.query.page.filter(|_| asked.get("page").is_empty());
    let period = period.map_or_else(String::new, |page| page_label(page, desk.lang()));
    let mut parts = vec![period, wanted.in_words()];
    parts.retain(|part| !part.is_empty());
    parts.join("；")
}

/// A file to be saved; its name as RFC 6266 wants it.
pub(super) fn download(name: &str, media_type: &'static str, bytes: Vec<u8>) -> Response {
    let end = name.rsplit('.').next().unwrap_or_default();
    let encoded = show::address("", [("", name)]);
    let encoded = encoded.trim_start_matches("?=");
    let disposition = format!("attachment; filename=\"export.{end}\"; filename*=UTF-8''{encoded}");
    ([(header::CONTENT_TYPE, media_type.to_owned()), (header::CONTENT_DISPOSITION, disposition)], bytes).into_response()
}

fn view(desk: &Desk, id: &str, asked: &Asked, fault: Option<String>) -> Result<ExportView, Fault> {
    let (register, declared) = desk.register(id)?;
    if !desk.viewer.may_export(register) {
        return Err(Fault::Denied);
    }
    let wanted = Wanted::read(desk, register, declared, asked)?;
    let path = format!("/registers/{}", declared.id);
    let counts = desk.viewer.list(register, &jc_app::given::ListQuery { limit: 1, ..wanted.query.clone() })?.counts;
    let all: i64 = counts.iter().sum();
    let mut frame = desk.frame(desk.words.t1("export-title", "register", declared.name.get(desk.lang())))?;
    frame.crumbs = crumbs(desk, declared);
    let conditions = conditions(desk, asked, &wanted);
    let count = desk.words.t1("export-about", "n", show::count(desk.lang(), all));
    let kept =
        asked.0.iter().filter(|(name, value)| !value.is_empty() && !["format", "reason"].contains(&name.as_str()));
    let mut kept: Vec<(String, String)> = kept.cloned().collect();
    if !kept.iter().any(|(name, _)| name == "year") {
        kept.push(("year".into(), desk.year.to_string()));
    }
    let chosen = Format::from_code(asked.get("format")).unwrap_or(Format::Xlsx);
    let format = |f: Format| Pick::new(f.code(), desk.words.t(&format!("export-{}", f.code())), f == chosen);
    Ok(ExportView {
        frame,
        about: count,
        conditions: if conditions.is_empty() {
            conditions
        } else {
            desk.words.t1("export-conditions", "conditions", conditions)
        },
        action: desk.to(&format!("{path}/export")),
        formats: Format::ALL.into_iter().map(format).collect(),
        personal: desk.viewer.personal(register),
        reason: asked.get("reason").to_owned(),
        fault,
        back: Link::new(desk.words.t("export-back"), asked.address(&path, &["format", "reason"], &[])),
        kept,
    })
}

/// The export of a list.
#[derive(Debug, Default, Template)]
#[template(path = "screens/export.html")]
pub struct ExportView {
    /// Around the screen.
    pub frame: Frame,
    /// What is exported: rows, conditions, columns; in words.
    pub about: String,
    /// The list's conditions, in words; may be empty.
    pub conditions: String,
    /// Where it is posted.
    pub action: String,
    /// The conditions of the list, kept.
    pub kept: Vec<(String, String)>,
    /// The formats.
    pub formats: Vec<Pick>,
    /// Whether personal data goes out: then a reason is asked, and the export is logged with it.
    pub personal: bool,
    /// The reason typed.
    pub reason: String,
    /// Why it did not work.
    pub fault: Option<String>,
    /// Back to the list.
    pub back: Link,
}
