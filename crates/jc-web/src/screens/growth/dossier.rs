//! Someone's dossier, on the screen and as a file: who they are, their records by kind, the evidence numbered through.

use super::{crumbs, day, stage_name};
use crate::{
    desk::Desk,
    frame::{Frame, Link},
    guard::fault::Fault,
    screens::export::download,
    show,
};
use askama::Template;
use axum::response::Response;
use jc_app::given::FileKind;
use jc_app::growth::{Chapter, Growth};
use jc_base::{Date, RecordId, Value};
use jc_catalog::kinds::Kind;

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
            .map(|(kind, word)| {
                let path = format!("/growth/people/{id}/dossier.{}", kind.code());
                Link::new(desk.words.t(word), desk.address(&path, &["done"], &[]))
            })
            .collect(),
        frame,
    })
}

/// The dossier as a file.
pub(super) fn file(desk: &Desk, id: RecordId, kind: FileKind, address: String) -> Result<Response, Fault> {
    let growth = desk.app.growth(desk.person)?;
    let paper = growth.dossier_file(id, day(desk)?, desk.lang(), kind, address)?;
    Ok(download(&paper.name, kind.media_type(), paper.bytes))
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
    pub files: Vec<Link>,
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
