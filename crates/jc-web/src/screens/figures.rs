//! All figures of a year.

use crate::{
    desk::Desk,
    frame::{Choice, Frame, Link},
    gate::{Entry, ReadFigures, Routes},
    guard::fault::Fault,
    parts::{
        FigureState, Pick,
        figure::{change_short, fraction, sealed, unit},
    },
    show,
    state::AppState,
};
use askama::Template;
use axum::{extract::State, response::Response};
use jc_app::{browse::matches, figures::Compared};
use jc_catalog::{Area, Indicator};

/// The addresses of this screen.
pub fn routes() -> Routes {
    Routes::new().get("/figures", figures)
}

async fn figures(State(state): State<AppState>, entry: Entry<ReadFigures>) -> Result<Response, Fault> {
    state.show(entry, view).await
}

fn view(desk: &Desk) -> Result<FiguresView, Fault> {
    let (words, asked) = (desk.words, desk.asked);
    let (q, area, state) = (asked.get("q").trim(), asked.get("area"), asked.get("state"));
    if !(area.is_empty() || Area::ALL.iter().any(|a| a.code() == area)) {
        return Err(Fault::Unclear);
    }
    let all_definitions = asked.get("definitions") == "all";
    let unproved = desk.viewer.unproved(desk.year)?;
    let than = match asked.get("than") {
        "" => None,
        text => Some(text.parse::<i32>().ok().filter(|year| (1900..=9998).contains(year)).ok_or(Fault::Unclear)?),
    };
    let mut sheet = desk.viewer.sheet(desk.year, all_definitions)?;
    if let Some(than) = than {
        // Any other year may stand in the place of the year before.
        let others = desk.viewer.sheet(than, all_definitions)?;
        for (own, other) in sheet.iter_mut().zip(others) {
            own.before = Some(other.figure).filter(|figure| figure.page != own.figure.page);
        }
    }
    let found: Vec<(Area, FigureRow)> = sheet
        .iter()
        .filter_map(|compared| {
            let register = desk.viewer.catalog().registers.get(compared.of.register)?;
            let indicator = register.indicators.get(compared.of.indicator)?;
            let fits = (area.is_empty() || register.area.code() == area) && meant(indicator, q);
            let unproved = unproved.get(compared.of.register).copied().unwrap_or(0);
            fits.then(|| (register.area, row(desk, compared, indicator, unproved)))
        })
        .collect();
    let counted =
        |wanted: Option<FigureState>| found.iter().filter(|(_, r)| wanted.is_none_or(|w| r.state == w)).count();
    let choice = |id: &str, wanted: Option<FigureState>| {
        let code = wanted.map_or("", FigureState::code);
        let with: &[(&str, &str)] = if code.is_empty() { &[] } else { &[("state", code)] };
        let n = counted(wanted);
        (n > 0 || code == state).then(|| Choice {
            label: words.t(id),
            href: desk.address("/figures", &["state"], with),
            count: Some(n.to_string()),
            current: code == state,
        })
    };
    let states = [
        choice("figures-state-all", None),
        choice("figures-state-verified", Some(FigureState::Verified)),
        choice("figures-state-pending", Some(FigureState::Pending)),
        choice("figures-state-unproved", Some(FigureState::Unproved)),
        choice("figures-state-missing", Some(FigureState::Missing)),
    ];
    let all = Pick::new("", words.t("figures-all-areas"), area.is_empty());
    let areas = Area::ALL.into_iter().map(|a| Pick::new(a.code(), desk.area(a), a.code() == area));
    let mut kept = vec![("year".to_owned(), desk.year.to_string())];
    let years = desk.viewer.years()?;
    let usual = Pick::new("", words.t("figures-year-before"), than.is_none());
    let others = years
        .iter()
        .rev()
        .filter(|year| **year != desk.year)
        .map(|year| Pick::new(year.to_string(), words.t1("frame-year", "year", year), than == Some(*year)));
    if !state.is_empty() {
        kept.push(("state".into(), state.into()));
    }
    if all_definitions {
        kept.push(("definitions".into(), "all".into()));
    }
    let definitions = if all_definitions {
        Link::new(words.t("figures-definitions-in-force"), desk.address("/figures", &["definitions"], &[]))
    } else {
        Link::new(words.t("figures-definitions-all"), desk.address("/figures", &[], &[("definitions", "all")]))
    };
    let (q, state) = (q.to_owned(), state.to_owned());
    let states = states.into_iter().flatten().collect();
    Ok(FiguresView {
        frame: desk.frame(words.t1("figures-title", "year", desk.year))?,
        q,
        areas: std::iter::once(all).chain(areas).collect(),
        beside: than.map_or_else(|| words.t("figures-last-year"), |year| words.t1("frame-year", "year", year)),
        years: std::iter::once(usual).chain(others).collect(),
        states,
        kept,
        groups: groups(desk, found, &state),
        definitions,
        which: desk.to("/figures/which"),
        export: None,
    })
}

/// Whether an indicator is meant by what was typed: its name, the words prose uses for it, its id.
fn meant(indicator: &Indicator, q: &str) -> bool {
    let names = [&indicator.name.zh, &indicator.name.en, &indicator.name.de];
    q.is_empty()
        || names.into_iter().chain(&indicator.words).any(|name| matches(q, name))
        || indicator.id.as_str().contains(q)
}

fn groups(desk: &Desk, found: Vec<(Area, FigureRow)>, state: &str) -> Vec<FigureGroup> {
    let mut groups: Vec<(Area, FigureGroup)> =
        Area::ALL.into_iter().map(|a| (a, FigureGroup { name: desk.area(a), rows: Vec::new() })).collect();
    for (area, row) in found.into_iter().filter(|(_, row)| state.is_empty() || row.state.code() == state) {
        if let Some((_, group)) = groups.iter_mut().find(|(own, _)| *own == area) {
            group.rows.push(row);
        }
    }
    groups.into_iter().map(|(_, group)| group).filter(|group| !group.rows.is_empty()).collect()
}

fn row(desk: &Desk, compared: &Compared, indicator: &Indicator, unproved: i64) -> FigureRow {
    let figure = &compared.figure;
    let unit = unit(desk, figure.unit.as_str());
    let state = FigureState::of(compared, unproved);
    let before = compared.before.as_ref().and_then(jc_app::given::Figure::printed);
    FigureRow {
        label: indicator.name.get(desk.lang()).to_owned(),
        href: desk.to(&format!("/figures/{}", figure.indicator)),
        value: figure.printed().map(|plain| show::number(desk.lang(), &plain)),
        fraction: fraction(desk, compared).unwrap_or_default(),
        last_year: before.map(|plain| show::with_unit(&show::number(desk.lang(), &plain), &unit)).unwrap_or_default(),
        change: change_short(desk, compared).unwrap_or_default(),
        sealed: sealed(desk, compared),
        state,
        state_text: state.text(desk, figure.pending, unproved),
        unit,
    }
}

/// All figures of a year, by area.
#[derive(Debug, Default, Template)]
#[template(path = "screens/figures.html")]
pub struct FiguresView {
    /// Around the screen.
    pub frame: Frame,
    /// What is searched for.
    pub q: String,
    /// The areas to choose from; the first, empty one stands for all.
    pub areas: Vec<Pick>,
    /// The years that can stand beside; the first, empty one is the year before.
    pub years: Vec<Pick>,
    /// What the other column is called.
    pub beside: String,
    /// All, verified, pending, unproved, missing; each with its count.
    pub states: Vec<Choice>,
    /// The year, the state and the like, kept through the filter form.
    pub kept: Vec<(String, String)>,
    /// The figures, by area.
    pub groups: Vec<FigureGroup>,
    /// The other of: the definitions in force alone, all of them.
    pub definitions: Link,
    /// Where one asks which definition gives a number.
    pub which: String,
    /// The figures as a spreadsheet.
    pub export: Option<String>,
}

/// The figures of an area.
#[derive(Debug, Default)]
pub struct FigureGroup {
    /// The area.
    pub name: String,
    /// Its figures.
    pub rows: Vec<FigureRow>,
}

/// A figure in a line.
#[derive(Debug, Default)]
pub struct FigureRow {
    /// The indicator.
    pub label: String,
    /// Its trace.
    pub href: String,
    /// The value; nothing if missing.
    pub value: Option<String>,
    /// The unit.
    pub unit: String,
    /// The fraction; may be empty.
    pub fraction: String,
    /// What it was when its page was closed, in words, if that was something else.
    pub sealed: Option<String>,
    /// The other year's value with unit; may be empty.
    pub last_year: String,
    /// The change, in words; may be empty.
    pub change: String,
    /// How far it can be relied on.
    pub state: FigureState,
    /// The same in words.
    pub state_text: String,
}
