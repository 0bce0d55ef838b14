//! The registers of one area or of all.

use crate::{
    desk::Desk,
    frame::{Frame, Link},
    gate::{Entry, Routes, SignedIn},
    guard::fault::Fault,
    parts::{FigureCard, page_label},
    show,
    state::AppState,
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use jc_app::AppError;
use jc_app::given::{Operation, Page, html};
use jc_catalog::{Area, Register};

/// The addresses of this screen.
pub fn routes() -> Routes {
    Routes::new().get("/registers", all).get("/areas/{area}", one)
}

async fn all(State(state): State<AppState>, entry: Entry<SignedIn>) -> Result<Response, Fault> {
    state.show(entry, view_all).await
}

async fn one(State(state): State<AppState>, Path(id): Path<String>, entry: Entry<SignedIn>) -> Result<Response, Fault> {
    state.show(entry, move |desk| view_one(desk, &id)).await
}

fn view_all(desk: &Desk) -> Result<AreasView, Fault> {
    let counts = desk.viewer.page_counts(desk.year)?;
    let areas = Area::ALL.into_iter().map(|area| AreaBlock {
        id: area.code(),
        name: desk.area(area),
        href: Some(desk.to(&format!("/areas/{}", area.code()))),
        registers: registers(desk, area, &counts),
        ..AreaBlock::default()
    });
    Ok(AreasView {
        frame: desk.frame(desk.words.t("areas-title"))?,
        about: desk.words.t1("areas-about", "year", desk.year),
        areas: areas.filter(|area| !area.registers.is_empty()).collect(),
    })
}

fn view_one(desk: &Desk, id: &str) -> Result<AreasView, Fault> {
    let area = Area::ALL.into_iter().find(|a| a.code() == id).ok_or(Fault::NotFound)?;
    let counts = desk.viewer.page_counts(desk.year)?;
    let sees_figures = desk.viewer.may(Operation::ReadFigures);
    let unproved = if sees_figures { desk.viewer.unproved(desk.year)? } else { Vec::new() };
    let of_area = |register: usize| desk.viewer.catalog().registers.get(register).is_some_and(|r| r.area == area);
    let figures = if sees_figures { desk.viewer.answer_sheet(desk.year)? } else { Vec::new() };
    let figures = figures
        .iter()
        .filter(|c| of_area(c.of.register))
        .map(|compared| FigureCard::of(desk, compared, unproved.get(compared.of.register).copied().unwrap_or(0)));
    let charts = match sees_figures.then(|| desk.viewer.area_charts(area, desk.year)).transpose() {
        Ok(charts) => charts,
        // A school that has no such report, or whose templates have a mistake, has no such charts: the list of reports
        // says which.
        Err(AppError::NotFound | AppError::Findings(_)) => None,
        Err(other) => return Err(other.into()),
    };
    let mut frame = desk.frame(desk.area(area))?;
    frame.crumbs = vec![Link::new(desk.words.t("nav-registers"), desk.to("/registers"))];
    Ok(AreasView {
        frame,
        about: desk.words.t1("area-about", "year", desk.year),
        areas: vec![AreaBlock {
            id: area.code(),
            name: desk.area(area),
            href: None,
            figures: figures.collect(),
            charts: charts.as_ref().map(html::charts).unwrap_or_default(),
            charts_lang: charts.map_or("", |charts| charts.head.lang.code()),
            registers: registers(desk, area, &counts),
        }],
    })
}

fn registers(desk: &Desk, area: Area, counts: &[[i64; 4]]) -> Vec<RegisterRow> {
    let all = desk.viewer.catalog().registers.iter().zip(counts).enumerate();
    let seen = all.filter(|(ix, (register, counts))| {
        register.area == area && desk.viewer.sees_register(*ix) && !is_nothing_own(desk, *ix, counts)
    });
    seen.map(|(_, (register, counts))| row(desk, register, *counts)).collect()
}

/// Whether a register of which this person sees their own part only, and keeps and verifies nothing, has none of it.
fn is_nothing_own(desk: &Desk, register: usize, counts: &[i64; 4]) -> bool {
    let catalog = desk.viewer.catalog();
    let works = |r: &Register| desk.person.keeps(catalog, r) || desk.person.verifies(catalog, r);
    *counts == [0; 4] && desk.viewer.is_partial(register) && !catalog.registers.get(register).is_some_and(works)
}

fn row(desk: &Desk, register: &Register, [draft, submitted, verified, returned]: [i64; 4]) -> RegisterRow {
    let lang = desk.lang();
    let path = format!("/registers/{}", register.id);
    let year = desk.year.to_string();
    let count = |n: i64| show::count(lang, n);
    let waiting = show::address(&path, [("year", year.as_str()), ("state", "submitted")]);
    RegisterRow {
        name: register.name.get(lang).to_owned(),
        href: desk.to(&path),
        about: register.about.get(lang).to_owned(),
        offices: format!("{} / {}", desk.office(register.kept_by), desk.office(register.verified_by)),
        period: match Page::reported_in(register, desk.year) {
            Page::All => desk.words.t("catalog-always"),
            page => page_label(page, lang),
        },
        all: count(draft + submitted + verified + returned),
        verified: count(verified),
        submitted: count(submitted),
        open: count(draft + returned),
        waiting: (submitted > 0).then(|| Link::new(count(submitted), waiting)),
        sealed: None,
    }
}

/// The registers, by area.
#[derive(Debug, Default, Template)]
#[template(path = "screens/areas.html")]
pub struct AreasView {
    /// Around the screen.
    pub frame: Frame,
    /// A sentence below the title; may be empty.
    pub about: String,
    /// One area, or all of them.
    pub areas: Vec<AreaBlock>,
}

/// An area.
#[derive(Debug, Default)]
pub struct AreaBlock {
    /// Its id, for the address.
    pub id: &'static str,
    /// Its name.
    pub name: String,
    /// Its own screen; nothing if this is it.
    pub href: Option<String>,
    /// Its figures, on its own screen.
    pub figures: Vec<FigureCard>,
    /// Its charts in the annual report, as finished HTML; on its own screen.
    pub charts: String,
    /// The language of their words.
    pub charts_lang: &'static str,
    /// Its registers.
    pub registers: Vec<RegisterRow>,
}

/// A register in a line.
#[derive(Debug, Default)]
pub struct RegisterRow {
    /// The register.
    pub name: String,
    /// Its list.
    pub href: String,
    /// What it is for.
    pub about: String,
    /// Who keeps it and who verifies it, in words.
    pub offices: String,
    /// The period its page is of.
    pub period: String,
    /// How many records, in numbers: all, verified, submitted, returned or draft.
    pub all: String,
    /// Verified.
    pub verified: String,
    /// Waiting.
    pub submitted: String,
    /// Draft or returned: with the keeper.
    pub open: String,
    /// The list of those that wait.
    pub waiting: Option<Link>,
    /// When the page was sealed, in words, if it was.
    pub sealed: Option<String>,
}
