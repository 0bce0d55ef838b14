//! How people grow: the school's screen, one person's screen, and their dossier for print.

mod college;
mod dossier;
mod people;
mod person;
pub mod plans;
mod radar;

pub use college::{Bar, CollegeView, Line, SuccessionRow};
pub use dossier::{DossierView, EvidenceRow, ItemRow, Section};
pub use people::{PeopleView, PersonRow};
pub use person::{CompetencyRow, CriterionRow, LapseRow, PersonView, SetRow, Step, Voice};
pub use radar::{Axis, Radar};

use crate::{
    desk::Desk,
    frame::Link,
    gate::{Entry, ReadGrowth, Routes},
    guard::fault::Fault,
    parts::Paging,
    show,
    state::AppState,
};
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use jc_app::growth::{Cited, Growth};
use jc_base::{Date, RecordId};

/// The addresses of these screens.
pub fn routes() -> Routes {
    Routes::new()
        .get("/growth", begin)
        .get("/growth/people", people)
        .get("/growth/people/{id}", person)
        .get("/growth/people/{id}/dossier", print)
        .merge(dossier::routes())
}

/// Whoever sees only themself is led to their own screen.
async fn begin(State(state): State<AppState>, entry: Entry<ReadGrowth>) -> Result<Response, Fault> {
    let build = |desk: &Desk| {
        let growth = desk.app.growth(desk.person)?;
        if !growth.sees_others() {
            let own = growth.own().ok_or(Fault::NotFound)?;
            return Ok(Redirect::to(&desk.to(&format!("/growth/people/{own}"))).into_response());
        }
        shown(&college::view(desk, &growth)?)
    };
    state.at_desk(entry, build).await
}

async fn people(State(state): State<AppState>, entry: Entry<ReadGrowth>) -> Result<Response, Fault> {
    state.show(entry, |desk| people::view(desk, &desk.app.growth(desk.person)?)).await
}

async fn person(
    State(state): State<AppState>,
    Path(id): Path<String>,
    entry: Entry<ReadGrowth>,
) -> Result<Response, Fault> {
    state.show(entry, move |desk| person::view(desk, &desk.app.growth(desk.person)?, read(&id)?)).await
}

async fn print(
    State(state): State<AppState>,
    Path(id): Path<String>,
    entry: Entry<ReadGrowth>,
) -> Result<Response, Fault> {
    state.show(entry, move |desk| dossier::view(desk, &desk.app.growth(desk.person)?, read(&id)?)).await
}

fn shown(view: &impl askama::Template) -> Result<Response, Fault> {
    Ok(axum::response::Html(view.render()?).into_response())
}

fn read(id: &str) -> Result<RecordId, Fault> {
    RecordId::parse(id).ok_or(Fault::NotFound)
}

/// The day looked at: the one asked for, else the last of the year in force that is not ahead.
fn day(desk: &Desk) -> Result<Date, Fault> {
    let asked = desk.asked.get("on");
    if !asked.is_empty() {
        return Date::parse_iso(asked).ok_or(Fault::Unclear);
    }
    let last = Date::new(desk.year, 12, 31).ok_or(Fault::Unclear)?;
    Ok(last.min(desk.app.moment().today))
}

/// The name of a stage, or that there is none.
fn stage_name(desk: &Desk, growth: &Growth, stage: Option<usize>) -> String {
    let stage = stage.and_then(|stage| growth.pathway().stages.get(stage));
    stage.map_or_else(|| desk.words.t("growth-no-stage"), |stage| stage.name.get(desk.lang()).to_owned())
}

/// A record with its address, if whoever looks can open it.
#[derive(Debug, Clone, Default)]
pub struct Proof {
    /// What it is called.
    pub label: String,
    /// Where it is.
    pub href: Option<String>,
}

fn proof(desk: &Desk, growth: &Growth, id: RecordId, cited: Option<&Cited>) -> Proof {
    let Some(cited) = cited else { return Proof::default() };
    let Some(register) = growth.catalog().registers.get(cited.register) else { return Proof::default() };
    let href = cited.opens.then(|| desk.to(&format!("/registers/{}/records/{id}", register.id)));
    Proof { label: format!("{} · {}", register.name.get(desk.lang()), cited.label), href }
}

/// Where the pathway begins.
fn crumbs(desk: &Desk) -> Vec<Link> {
    vec![Link::new(desk.words.t("growth-title"), desk.to("/growth"))]
}

/// People on a screen.
const SHOWN: usize = 50;

/// The first of a list that is asked for.
fn from(desk: &Desk, all: usize) -> usize {
    desk.asked.get("from").parse().unwrap_or(0).min(all.saturating_sub(1) / SHOWN * SHOWN)
}

/// Where one is in a long list of people.
fn paging(desk: &Desk, path: &str, all: usize, from: usize) -> Paging {
    let until = (from + SHOWN).min(all);
    let to = |from: usize| desk.address(path, &["from", "done"], &[("from", &from.to_string())]);
    let count = show::count(desk.lang(), i64::try_from(all).unwrap_or(i64::MAX));
    let shown = if from == 0 && until == all {
        desk.words.t1("table-shown-all", "all", count)
    } else {
        let (first, last) = ((from + 1).to_string(), until.to_string());
        desk.words.with("table-shown", &[("from", first), ("to", last), ("all", count)])
    };
    Paging {
        shown,
        first: (from > SHOWN).then(|| to(0)),
        previous: (from > 0).then(|| to(from.saturating_sub(SHOWN))),
        next: (until < all).then(|| to(until)),
    }
}

/// Days in words: years and months.
fn length(desk: &Desk, days: i64) -> String {
    let months = days * 12 / 365;
    let (years, months) = (months / 12, months % 12);
    let count = |n: i64| show::count(desk.lang(), n);
    match (years, months) {
        (0, months) => desk.words.t1("growth-length-months", "months", count(months)),
        (years, 0) => desk.words.t1("growth-length-years", "years", count(years)),
        _ => desk.words.with("growth-length", &[("years", count(years)), ("months", count(months))]),
    }
}
