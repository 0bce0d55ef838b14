//! The answer sheet 答卷: a school's year on one screen.

use crate::{
    desk::Desk,
    frame::{Frame, Link},
    gate::{Entry, Routes, SignedIn},
    guard::fault::Fault,
    parts::{FigureCard, FigureState},
    show,
    state::AppState,
};
use askama::Template;
use axum::{
    extract::State,
    response::{Html, IntoResponse, Redirect, Response},
};
use jc_app::figures::Compared;
use jc_app::given::Operation;
use jc_base::Date;
use jc_catalog::Area;

/// The addresses of this screen.
pub fn routes() -> Routes {
    Routes::new().get("/", answer_sheet)
}

async fn answer_sheet(State(state): State<AppState>, entry: Entry<SignedIn>) -> Result<Response, Fault> {
    let work = |desk: &Desk| {
        if desk.viewer.may(Operation::ReadFigures) {
            return Ok(Html(view(desk)?.render()?).into_response());
        }
        // Who sees no figures begins with their work, and who has none with the own account.
        let registers = desk.viewer.catalog().registers.len();
        let any = (0..registers).any(|register| desk.viewer.sees_register(register));
        let first = [
            (any, "/registers"),
            (desk.viewer.may(Operation::ManageRoles), "/rights"),
            (desk.viewer.may(Operation::ReadAudit), "/audit"),
            (true, "/account"),
        ];
        let to = first.into_iter().find(|(may, _)| *may).map_or("/account", |(_, to)| to);
        Ok(Redirect::to(to).into_response())
    };
    state.at_desk(entry, work).await
}

fn view(desk: &Desk) -> Result<HomeView, Fault> {
    let figures = desk.viewer.answer_sheet(desk.year)?;
    let unproved = desk.viewer.unproved(desk.year)?;
    let of = |c: &Compared| unproved.get(c.of.register).copied().unwrap_or(0);
    let cards: Vec<(Area, bool, FigureCard)> = figures.iter().filter_map(|c| on_sheet(desk, c, of(c))).collect();
    Ok(HomeView {
        frame: desk.frame(desk.words.t1("home-title", "year", desk.year))?,
        as_of: desk.words.t1("home-as-of", "day", as_of(desk)),
        tally: tally(desk, &cards),
        areas: Area::ALL.into_iter().filter(|a| *a != Area::Base).map(|a| sheet_area(desk, a, &cards)).collect(),
    })
}

/// The area of a figure, whether it is a headline, and its card.
fn on_sheet(desk: &Desk, compared: &Compared, unproved: i64) -> Option<(Area, bool, FigureCard)> {
    let register = desk.viewer.catalog().registers.get(compared.of.register)?;
    let indicator = register.indicators.get(compared.of.indicator)?;
    Some((register.area, indicator.headline, FigureCard::of(desk, compared, unproved)))
}

/// The last day the sheet looks at: the year's end, or today while it lasts.
fn as_of(desk: &Desk) -> String {
    let today = desk.app.moment().today;
    let end = Date::new(desk.year, 12, 31).unwrap_or(today);
    show::day(desk.lang(), end.min(today))
}

fn tally(desk: &Desk, cards: &[(Area, bool, FigureCard)]) -> Vec<Tally> {
    let count = |state| cards.iter().filter(|(_, _, card)| card.state == state).count();
    let line = |id: &str, state: &str, n: usize, tone| Tally {
        text: desk.words.t1(id, "n", n),
        href: desk.asked.address("/figures", &[], &[("year", &desk.year.to_string()), ("state", state)]),
        tone,
    };
    let mut lines = vec![line("home-tally-all", "", cards.len(), "")];
    for (id, state, tone) in [
        ("home-tally-verified", FigureState::Verified, "good"),
        ("home-tally-pending", FigureState::Pending, ""),
        ("home-tally-unproved", FigureState::Unproved, "bad"),
        ("home-tally-missing", FigureState::Missing, ""),
    ] {
        let n = count(state);
        if n > 0 {
            lines.push(line(id, state.code(), n, tone));
        }
    }
    lines
}

/// An area with its headline figures; all of them where none is declared a headline.
fn sheet_area(desk: &Desk, area: Area, cards: &[(Area, bool, FigureCard)]) -> SheetArea {
    let own: Vec<_> = cards.iter().filter(|(a, _, _)| *a == area).collect();
    let known = own.iter().any(|(_, _, card)| card.value.is_some());
    let figures: Vec<FigureCard> = own.iter().filter(|(_, headline, _)| *headline).map(|c| c.2.clone()).collect();
    let more = (own.len() > figures.len()).then(|| {
        let to = desk.asked.address("/figures", &[], &[("year", &desk.year.to_string()), ("area", area.code())]);
        Link::new(desk.words.t1("home-area-more", "n", own.len()), to)
    });
    let registers = desk.viewer.catalog().registers.iter().filter(|r| r.area == area);
    SheetArea {
        id: area.code(),
        name: desk.area(area),
        href: desk.to(&format!("/areas/{}", area.code())),
        note: String::new(),
        sealed: None,
        figures: if known { figures } else { Vec::new() },
        more: more.filter(|_| known),
        begin: registers
            .map(|r| Link::new(r.name.get(desk.lang()), desk.to(&format!("/registers/{}", r.id))))
            .collect(),
    }
}

/// A school's year on one screen.
#[derive(Debug, Default, Template)]
#[template(path = "screens/home.html")]
pub struct HomeView {
    /// Around the screen.
    pub frame: Frame,
    /// `截至 2024年12月31日`
    pub as_of: String,
    /// How many figures there are, and how many of each state; each with its list.
    pub tally: Vec<Tally>,
    /// The six areas, in the order of the sheet.
    pub areas: Vec<SheetArea>,
}

/// How many figures are in a state.
#[derive(Debug, Default)]
pub struct Tally {
    /// In words: `111 已核`.
    pub text: String,
    /// The list of them.
    pub href: String,
    /// `good`, `bad` or empty.
    pub tone: &'static str,
}

/// One area of the sheet.
#[derive(Debug, Default)]
pub struct SheetArea {
    /// Its id, for the address: `#training`.
    pub id: &'static str,
    /// Its name.
    pub name: String,
    /// Its overview.
    pub href: String,
    /// What is open: `3 条待核`; may be empty.
    pub note: String,
    /// What is closed: `已关账 12-28`.
    pub sealed: Option<String>,
    /// Its headline figures. Empty: `belongs` says what goes here.
    pub figures: Vec<FigureCard>,
    /// The way to all its figures: `全部 14 个数字`.
    pub more: Option<Link>,
    /// For an area without records: the registers to begin with.
    pub begin: Vec<Link>,
}
