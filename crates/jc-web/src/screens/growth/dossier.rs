//! Someone's dossier, on the screen and as a file: who they are, their records by kind, the evidence numbered through.

use super::{crumbs, day, read, stage_name};
use crate::{
    desk::Desk,
    frame::{Frame, Link},
    gate::{Entry, ReadGrowth, Routes},
    guard::{fault::Fault, posted::Posted},
    parts::Pick,
    screens::{made, reports::address},
    show,
    state::AppState,
};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::HeaderMap,
    response::Response,
};
use jc_app::given::FileKind;
use jc_app::growth::{Chapter, Growth};
use jc_base::{Date, RecordId, Value};
use jc_catalog::kinds::Kind;
use serde::Deserialize;

pub(super) fn routes() -> Routes {
    Routes::new()
        .post("/growth/people/{id}/dossier/make", make)
        .get("/growth/people/{id}/dossier/made/{job}", look)
        .get("/growth/people/{id}/dossier/made/{job}/file", file)
}

pub(super) fn view(desk: &Desk, growth: &Growth, id: RecordId) -> Result<DossierView, Fault> {
    let on = day(desk)?;
    let lang = desk.lang();
    let dossier = growth.dossier(id, on, lang)?;
    let mut frame = desk.frame(desk.words.t1("growth-dossier-title", "name", &dossier.label))?;
    frame.crumbs = if growth.sees_others() { crumbs(desk) } else { Vec::new() };
    let back = desk.address(&format!("/growth/people/{id}"), &["done"], &[]);
    frame.crumbs.push(Link::new(dossier.label.clone(), back));
    let evidence_kind = Kind::Code("evidence-kind".into());
    let kind = |code: &str| evidence_kind.show(&Value::Text(code.to_owned()), lang, &growth.catalog().codes);
    let history = dossier.turns.iter().map(|turn| (day_text(Some(turn.on)), stage_name(desk, growth, turn.stage)));
    Ok(DossierView {
        as_of: desk.words.t1("growth-dossier-about", "date", show::day(lang, on)),
        stage: stage_name(desk, growth, dossier.stage),
        history: history.collect(),
        chapters: dossier.chapters.iter().map(|chapter| section(desk, growth, chapter)).collect(),
        evidence: dossier
            .evidence
            .iter()
            .enumerate()
            .map(|(ix, file)| EvidenceRow {
                number: ix + 1,
                kind: kind(&file.kind),
                name: file.name.clone(),
                digest: show::short_digest(&file.sha256),
                size: show::size(lang, u64::try_from(file.size_bytes).unwrap_or(0)),
            })
            .collect(),
        person: dossier.person,
        files: [(FileKind::Docx, "growth-dossier-as-docx"), (FileKind::Pdf, "growth-dossier-as-pdf")]
            .into_iter()
            .filter(|(kind, _)| FileKind::ALL.contains(kind))
            .map(|(kind, word)| Pick::new(kind.code(), desk.words.t(word), false))
            .collect(),
        make: desk.address(&format!("/growth/people/{id}/dossier/make"), &["done"], &[]),
        frame,
    })
}

/// Below this address the files of someone's dossier are made.
fn place(id: &str) -> String {
    format!("/growth/people/{id}/dossier/made")
}

/// What is asked for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sent {
    format: String,
}

async fn make(
    State(state): State<AppState>,
    Path(id): Path<String>,
    entry: Entry<ReadGrowth>,
    headers: HeaderMap,
    posted: Posted,
) -> Result<Response, Fault> {
    let address = address(&state, &headers);
    let making = state.clone();
    let work = move |desk: &Desk| {
        let sent: Sent = posted.read()?;
        let kind = FileKind::parse(&sent.format).ok_or(Fault::Unclear)?;
        let (person, on, lang) = (read(&id)?, day(desk)?, desk.lang());
        let what = format!("{on} {} {}", kind.code(), lang.code());
        made::begin(&making, desk, place(&id), what, move |app, who, tell| {
            app.growth(who)?.dossier_file(person, on, lang, kind, &address, &mut |step| tell(made::stage(step)))
        })
    };
    state.at_desk(entry, work).await
}

async fn look(
    State(state): State<AppState>,
    Path((id, job)): Path<(String, String)>,
    entry: Entry<ReadGrowth>,
) -> Result<Response, Fault> {
    let at = place(&id);
    let back = move |desk: &Desk| {
        let dossier = desk.to(&format!("/growth/people/{id}/dossier"));
        Ok(vec![Link::new(desk.words.t("growth-dossier"), dossier)])
    };
    made::look(state, entry, at, job, back).await
}

async fn file(
    State(state): State<AppState>,
    Path((id, job)): Path<(String, String)>,
    entry: Entry<ReadGrowth>,
) -> Result<Response, Fault> {
    made::file(state, entry, place(&id), job).await
}

fn section(desk: &Desk, growth: &Growth, chapter: &Chapter) -> Section {
    let register = growth.catalog().registers.get(chapter.register);
    let name = register.map(|register| register.name.get(desk.lang()).to_owned()).unwrap_or_default();
    let row = |item: &jc_app::growth::Item| ItemRow {
        on: day_text(item.on),
        text: item.lines.iter().map(|(name, text)| (name.clone(), text.clone())).collect(),
        evidence: item.evidence.iter().map(usize::to_string).collect::<Vec<_>>().join("、"),
    };
    let count = i64::try_from(chapter.items.len()).unwrap_or(i64::MAX);
    Section { name, count: show::count(desk.lang(), count), rows: chapter.items.iter().map(row).collect() }
}

fn day_text(day: Option<Date>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}

/// A dossier.
#[derive(Debug, Default, Template)]
#[template(path = "screens/growth_dossier.html")]
pub struct DossierView {
    /// Around the screen.
    pub frame: Frame,
    /// The files it can be had as.
    pub files: Vec<Pick>,
    /// Where they are asked for.
    pub make: String,
    /// What it is made from and of which day.
    pub as_of: String,
    /// Who it is: names of fields and what they hold.
    pub person: Vec<(String, String)>,
    /// The stage they have.
    pub stage: String,
    /// How they came there: day and stage.
    pub history: Vec<(String, String)>,
    /// Their records by kind.
    pub chapters: Vec<Section>,
    /// The evidence.
    pub evidence: Vec<EvidenceRow>,
}

/// The records of a kind.
#[derive(Debug, Default)]
pub struct Section {
    /// The register.
    pub name: String,
    /// How many there are.
    pub count: String,
    /// The records.
    pub rows: Vec<ItemRow>,
}

/// A record.
#[derive(Debug, Default)]
pub struct ItemRow {
    /// Its day.
    pub on: String,
    /// Names of fields and what they hold.
    pub text: Vec<(String, String)>,
    /// The numbers of its evidence.
    pub evidence: String,
}

/// A file of evidence.
#[derive(Debug, Default)]
pub struct EvidenceRow {
    /// Its number.
    pub number: usize,
    /// Its kind.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// The ends of its digest.
    pub digest: String,
    /// Its size.
    pub size: String,
}
