//! Plans for growth: the rounds, a round planned for the college, one teacher's part of it, and what is kept of it.

mod college;
mod kept;
mod person;

pub use college::PlanView;
pub use kept::KeptView;
pub use person::PersonPlanView;

use super::read;
use crate::{
    desk::Desk,
    frame::{Frame, Link},
    gate::{Entry, PlanGrowth, ReadGrowth, Routes},
    guard::{fault::Fault, posted::Posted},
    show,
    state::AppState,
};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::header,
    response::{IntoResponse, Redirect, Response},
};
use jc_app::growth::Growth;
use jc_app::growth::plans::{Manner, Planned, Round};
use jc_base::{RecordId, Value};
use jc_catalog::kinds::Kind;

/// The addresses of these screens.
pub fn routes() -> Routes {
    Routes::new()
        .get("/growth/plans", rounds)
        .get("/growth/plans/{round}", round)
        .post("/growth/plans/{round}/keep", keep)
        .get("/growth/plans/{round}/people/{id}", person)
        .get("/growth/people/{id}/plan", kept)
        .get("/growth/people/{id}/plan.ics", calendar)
}

async fn rounds(State(state): State<AppState>, entry: Entry<PlanGrowth>) -> Result<Response, Fault> {
    let build = |desk: &Desk| {
        let growth = desk.app.growth(desk.person)?;
        let rounds = growth.rounds()?;
        let (_, declared) = desk.register("growth-round")?;
        let keeps = desk.person.keeps(growth.catalog(), declared);
        let mut frame = desk.frame(desk.words.t("plan-rounds"))?;
        frame.crumbs = super::crumbs(desk);
        Ok(RoundsView {
            add: keeps.then(|| desk.to(&format!("/registers/{}/new", declared.id))),
            rows: rounds.iter().map(|round| row(desk, round)).collect(),
            frame,
        })
    };
    state.show(entry, build).await
}

fn row(desk: &Desk, round: &Round) -> RoundRow {
    RoundRow {
        title: round.title.clone(),
        href: desk.to(&format!("/growth/plans/{}", round.id)),
        span: format!("{} – {}", round.from, round.until),
        budget: money(desk, round.budget_cents),
        hours: show::count(desk.lang(), i64::from(round.hours)),
    }
}

/// How a round is looked at: around what is kept, unless asked for anew.
fn manner(desk: &Desk) -> Manner {
    if desk.asked.get("anew").is_empty() { Manner::Around } else { Manner::Anew }
}

fn planned(desk: &Desk, growth: &Growth, round: &str) -> Result<Planned, Fault> {
    Ok(growth.plan(read(round)?, manner(desk), desk.lang())?)
}

async fn round(
    State(state): State<AppState>,
    Path(round): Path<String>,
    entry: Entry<PlanGrowth>,
) -> Result<Response, Fault> {
    let build = move |desk: &Desk| {
        let growth = desk.app.growth(desk.person)?;
        college::view(desk, &growth, &planned(desk, &growth, &round)?)
    };
    state.show(entry, build).await
}

async fn keep(
    State(state): State<AppState>,
    Path(round): Path<String>,
    entry: Entry<PlanGrowth>,
    _: Posted,
) -> Result<Response, Fault> {
    let work = move |desk: &Desk| {
        let growth = desk.app.growth(desk.person)?;
        let planned = planned(desk, &growth, &round)?;
        growth.keep(desk.app, desk.person, &planned, desk.lang())?;
        let to = show::address(&format!("/growth/plans/{}", planned.round.id), [("done", "saved")]);
        Ok(Redirect::to(&to).into_response())
    };
    state.at_desk(entry, work).await
}

async fn person(
    State(state): State<AppState>,
    Path((round, id)): Path<(String, String)>,
    entry: Entry<PlanGrowth>,
) -> Result<Response, Fault> {
    let build = move |desk: &Desk| {
        let growth = desk.app.growth(desk.person)?;
        person::view(desk, &growth, &planned(desk, &growth, &round)?, read(&id)?)
    };
    state.show(entry, build).await
}

async fn kept(
    State(state): State<AppState>,
    Path(id): Path<String>,
    entry: Entry<ReadGrowth>,
) -> Result<Response, Fault> {
    state.show(entry, move |desk| kept::view(desk, &desk.app.growth(desk.person)?, read(&id)?)).await
}

async fn calendar(
    State(state): State<AppState>,
    Path(id): Path<String>,
    entry: Entry<ReadGrowth>,
) -> Result<Response, Fault> {
    let work = move |desk: &Desk| {
        let text = kept::calendar(desk, &desk.app.growth(desk.person)?, read(&id)?)?;
        let head = [
            (header::CONTENT_TYPE, "text/calendar; charset=utf-8"),
            (header::CONTENT_DISPOSITION, "attachment; filename=\"plan.ics\""),
        ];
        Ok((head, text).into_response())
    };
    state.at_desk(entry, work).await
}

fn money(desk: &Desk, cents: i64) -> String {
    Kind::Money.show(&Value::Int(cents), desk.lang(), &desk.viewer.catalog().codes)
}

/// Hundredths of a percent.
fn percent(hundredths: i64) -> String {
    format!("{}.{:02} %", hundredths / 100, hundredths % 100)
}

/// Where a person's part of a round is shown.
fn person_address(desk: &Desk, round: RecordId, person: RecordId) -> String {
    desk.address(&format!("/growth/plans/{round}/people/{person}"), &["done"], &[])
}

/// The way up from a round.
fn crumbs(desk: &Desk) -> Vec<Link> {
    let mut crumbs = super::crumbs(desk);
    crumbs.push(Link::new(desk.words.t("plan-rounds"), desk.to("/growth/plans")));
    crumbs
}

/// The rounds.
#[derive(Debug, Default, Template)]
#[template(path = "screens/plan_rounds.html")]
pub struct RoundsView {
    /// Around the screen.
    pub frame: Frame,
    /// The form for a new one, for whoever keeps them.
    pub add: Option<String>,
    /// The rounds, the newest first.
    pub rows: Vec<RoundRow>,
}

/// A round.
#[derive(Debug, Default)]
pub struct RoundRow {
    /// What it is called.
    pub title: String,
    /// Its plan.
    pub href: String,
    /// From when to when.
    pub span: String,
    /// The budget.
    pub budget: String,
    /// Hours for each teacher.
    pub hours: String,
}
