//! Which definition gives a number 口径查数: read somewhere, looked for among everything the catalog declares.

use crate::{
    desk::Desk,
    frame::{Frame, Link},
    gate::{Entry, ReadFigures, Routes},
    guard::fault::Fault,
    parts::{Pick, page_label},
    screens::figure::{DefinitionLine, definition_line},
    show,
    state::AppState,
};
use askama::Template;
use axum::{extract::State, response::Response};
use jc_app::definitions::{Population, Printed, Which};
use jc_app::figures::{IndicatorRef, indicators};
use jc_base::UnitId;
use std::collections::BTreeSet;

/// The addresses of this screen.
pub fn routes() -> Routes {
    Routes::new().get("/figures/which", which)
}

async fn which(State(state): State<AppState>, entry: Entry<ReadFigures>) -> Result<Response, Fault> {
    state.show(entry, view).await
}

fn view(desk: &Desk) -> Result<WhichView, Fault> {
    let (words, asked) = (desk.words, desk.asked);
    let (number, unit, all_years) = (asked.get("number").trim(), asked.get("unit"), asked.get("years") == "all");
    let of = match asked.get("indicator") {
        "" => None,
        id => Some(desk.viewer.indicator(id)?),
    };
    let printed = Printed::parse(number);
    let found = match printed {
        None => Which::default(),
        Some(printed) => {
            let unit = UnitId::from(unit);
            let unit = Some(&unit).filter(|unit| !unit.as_str().is_empty());
            desk.viewer.which(printed, unit, of, (!all_years).then_some(desk.year))?
        }
    };
    let mut frame = desk.frame(words.t("which-title"))?;
    frame.crumbs = vec![Link::new(words.t("nav-figures"), desk.to("/figures"))];
    Ok(WhichView {
        unreadable: !number.is_empty() && printed.is_none(),
        asked: printed.is_some(),
        number: number.chars().take(40).collect(),
        units: units(desk, unit),
        families: families(desk, of),
        all_years,
        gives: found
            .gives
            .iter()
            .map(|one| (page_label(one.figure.page, desk.lang()), definition_line(desk, one)))
            .collect(),
        populations: found.populations.iter().map(|one| population(desk, one)).collect(),
        year: desk.year,
        frame,
    })
}

/// The units figures are in.
fn units(desk: &Desk, chosen: &str) -> Vec<Pick> {
    let catalog = desk.viewer.catalog();
    let used: BTreeSet<&str> = catalog.registers.iter().flat_map(|r| &r.indicators).map(|i| i.unit.as_str()).collect();
    let all = Pick::new("", desk.words.t("which-any-unit"), chosen.is_empty());
    let units = catalog.units.units.iter().filter(|unit| used.contains(unit.id.as_str()));
    let picks = units.map(|u| Pick::new(u.id.as_str(), u.name.get(desk.lang()).to_owned(), u.id.as_str() == chosen));
    std::iter::once(all).chain(picks).collect()
}

/// What has several definitions.
fn families(desk: &Desk, chosen: Option<IndicatorRef>) -> Vec<Pick> {
    let catalog = desk.viewer.catalog();
    let several = indicators(catalog).filter(|of| {
        let register = catalog.at(of.register);
        !register.is_beside(of.indicator) && register.definitions(of.indicator).len() > 1
    });
    let chosen = chosen.map(|of| (of.register, catalog.at(of.register).defined(of.indicator)));
    let picks = several.map(|of| {
        let indicator = catalog.at(of.register).indicator(of.indicator);
        let name = indicator.name.get(desk.lang()).to_owned();
        Pick::new(indicator.id.as_str(), name, chosen == Some((of.register, of.indicator)))
    });
    std::iter::once(Pick::new("", desk.words.t("which-any-figure"), chosen.is_none())).chain(picks).collect()
}

fn population(desk: &Desk, one: &Population) -> PopulationLine {
    let indicator = desk.viewer.catalog().at(one.of.register).indicator(one.of.indicator);
    let count = |n: i64| show::count(desk.lang(), n);
    let outcome = match one.parts {
        Some((from, until)) if from == until => {
            desk.words.t2("which-one-part", "part", count(from), "whole", count(one.whole))
        }
        Some((from, until)) => desk
            .words
            .with("which-some-parts", &[("from", count(from)), ("until", count(until)), ("whole", count(one.whole))]),
        None => {
            let near =
                one.nearest.iter().map(|(part, share)| format!("{} / {} = {share}%", count(*part), count(one.whole)));
            desk.words.t1("which-no-part", "near", near.collect::<Vec<_>>().join(" · "))
        }
    };
    PopulationLine {
        of: desk.words.t1("which-denominator", "figure", indicator.name.get(desk.lang())),
        href: desk.to(&format!("/figures/{}", indicator.id)),
        period: page_label(one.page, desk.lang()),
        whole: count(one.whole),
        fits: one.parts.is_some(),
        outcome,
    }
}

/// Which definition gives a number.
#[derive(Debug, Default, Template)]
#[template(path = "screens/which.html")]
pub struct WhichView {
    /// Around the screen.
    pub frame: Frame,
    /// The number as typed.
    pub number: String,
    /// Whether it is no number.
    pub unreadable: bool,
    /// Whether it was looked for.
    pub asked: bool,
    /// The units to choose from.
    pub units: Vec<Pick>,
    /// The figures with several definitions.
    pub families: Vec<Pick>,
    /// Whether all years are looked at.
    pub all_years: bool,
    /// The year in force.
    pub year: i32,
    /// The definitions that give it, each with its period.
    pub gives: Vec<(String, DefinitionLine)>,
    /// Each population known, for one figure.
    pub populations: Vec<PopulationLine>,
}

/// A denominator the records know.
#[derive(Debug, Default)]
pub struct PopulationLine {
    /// Whose denominator it is.
    pub of: String,
    /// That figure.
    pub href: String,
    /// The period.
    pub period: String,
    /// How many.
    pub whole: String,
    /// Whether some part of it gives the number.
    pub fits: bool,
    /// Which, or what comes nearest, in words.
    pub outcome: String,
}
