//! The answer sheet 答卷: a school's year on one screen.

use crate::{
    desk::Desk,
    frame::{Frame, Link},
    gate::{Entry, Routes, SignedIn},
    guard::fault::Fault,
    parts::{FigureCard, FigureState, Trend, figure::unit},
    show,
    state::AppState,
};
use askama::Template;
use axum::{
    extract::State,
    response::{Html, IntoResponse, Redirect, Response},
};
use jc_app::closing::{Line, Standing};
use jc_app::figures::Compared;
use jc_app::given::{Figure, Operation};
use jc_app::goals::Goal;
use jc_app::since::Moved;
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
            (desk.viewer.may(Operation::ApproveAccess), "/approvals"),
            (desk.viewer.may(Operation::ReadAccess), "/access"),
            (desk.viewer.may(Operation::ReadAudit), "/audit"),
            (true, "/account"),
        ];
        let to = first.into_iter().find(|(may, _)| *may).map_or("/account", |(_, to)| to);
        Ok(Redirect::to(to).into_response())
    };
    state.at_desk(entry, work).await
}

fn view(desk: &Desk) -> Result<HomeView, Fault> {
    let closing = desk.viewer.closing_board(desk.year)?;
    let figures = desk.viewer.answer_sheet(desk.year)?;
    let cards = cards(desk, &figures)?;
    Ok(HomeView {
        frame: desk.frame(desk.words.t1("home-title", "year", desk.year))?,
        as_of: desk.words.t1("home-as-of", "day", as_of(desk)),
        tally: tally(desk, &cards),
        news: news(desk, &closing),
        since: since(desk, &figures)?,
        wall: desk.to("/wall"),
        areas: Area::ALL
            .into_iter()
            .filter(|a| *a != Area::Base)
            .map(|a| sheet_area(desk, a, &cards, &closing))
            .collect(),
    })
}

/// Every figure of the year as a card: its area, whether it is a headline, the card.
pub(super) fn cards(desk: &Desk, figures: &[Compared]) -> Result<Vec<(Area, bool, FigureCard)>, Fault> {
    let unproved = desk.viewer.unproved(desk.year)?;
    let of = |c: &Compared| unproved.get(c.of.register).copied().unwrap_or(0);
    let goals = desk.viewer.goals(desk.year)?;
    let trends = desk.viewer.trends(desk.year)?;
    let mut cards: Vec<(Area, bool, FigureCard)> = figures.iter().filter_map(|c| on_sheet(desk, c, of(c))).collect();
    for (compared, (_, _, card)) in figures.iter().zip(&mut cards) {
        card.goal =
            goals.iter().find(|goal| goal.of == compared.of).map(|goal| goal_line(desk, goal, &compared.figure));
        card.trend = trends.get(&compared.of).and_then(|years| Trend::of(desk, years));
    }
    Ok(cards)
}

/// The area of a figure, whether it is a headline, and its card.
fn on_sheet(desk: &Desk, compared: &Compared, unproved: i64) -> Option<(Area, bool, FigureCard)> {
    let register = desk.viewer.catalog().registers.get(compared.of.register)?;
    let indicator = register.indicators.get(compared.of.indicator)?;
    Some((register.area, indicator.headline, FigureCard::of(desk, compared, unproved)))
}

/// The last day the sheet looks at: the year's end, or today while it lasts.
pub(super) fn as_of(desk: &Desk) -> String {
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
fn sheet_area(desk: &Desk, area: Area, cards: &[(Area, bool, FigureCard)], closing: &[Line]) -> SheetArea {
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
        note: waiting(desk, area, closing),
        sealed: sealed(desk, area, closing),
        figures: if known { figures } else { Vec::new() },
        more: more.filter(|_| known),
        begin: registers
            .map(|r| Link::new(r.name.get(desk.lang()), desk.to(&format!("/registers/{}", r.id))))
            .collect(),
    }
}

/// The goal beside a figure, in words, and whether it is met.
fn goal_line(desk: &Desk, goal: &Goal, figure: &Figure) -> (String, Option<bool>) {
    let unit = unit(desk, figure.unit.as_str());
    let value = show::with_unit(&show::number(desk.lang(), &goal.target.print(figure.decimals)), &unit);
    let met = goal.met(figure);
    let id = match met {
        Some(true) => "goal-met",
        Some(false) => "goal-missed",
        None => "goal-open",
    };
    let line = desk.words.t1(id, "value", value);
    (if goal.owner.is_empty() { line } else { format!("{line} · {}", goal.owner) }, met)
}

/// What is due, and what was restated.
fn news(desk: &Desk, closing: &[Line]) -> Vec<Link> {
    let mut news = Vec::new();
    let due = closing.iter().filter(|line| matches!(line.standing, Standing::Ready | Standing::Unfinished)).count();
    if due > 0 {
        news.push(Link::new(desk.words.t1("home-due", "n", due), desk.to("/closing")));
    }
    let restated: usize = closing.iter().map(|line| line.restatements).sum();
    if restated > 0 {
        let to = desk.asked.address("/closing", &[], &[("year", &desk.year.to_string()), ("standing", "closed")]);
        news.push(Link::new(desk.words.t1("home-restated", "n", restated), to));
    }
    news
}

/// So many figures that moved are named at once; the others unfold.
const NAMED: usize = 5;

/// The figures that moved since the last visit: what each was then and is now. Nothing on a first visit.
fn since(desk: &Desk, figures: &[Compared]) -> Result<Option<SinceNews>, Fault> {
    let Some(since) = desk.viewer.since_last_visit(desk.year, figures)? else { return Ok(None) };
    let day = show::day(desk.lang(), since.last.local_date(jc_app::app::ZONE_HOURS));
    let line = |moved: &Moved| {
        let indicator = desk.viewer.catalog().registers.get(moved.of.register)?.indicators.get(moved.of.indicator)?;
        let unit = unit(desk, indicator.unit.as_str());
        let shown = |printed: &Option<String>| match printed {
            Some(plain) => show::with_unit(&show::number(desk.lang(), plain), &unit),
            None => "—".to_owned(),
        };
        Some(MovedLine {
            to: Link::new(indicator.name.get(desk.lang()), desk.to(&format!("/figures/{}", indicator.id))),
            was: shown(&moved.was),
            is: shown(&moved.is),
        })
    };
    let mut moved: Vec<MovedLine> = since.moved.iter().filter_map(line).collect();
    let says = match moved.len() {
        0 => desk.words.t1("home-since-none", "day", day),
        n => desk.words.t2("home-since", "day", day, "n", n),
    };
    let others = moved.split_off(moved.len().min(NAMED));
    let more = desk.words.t1("home-since-more", "n", others.len());
    Ok(Some(SinceNews { says, moved, more, others }))
}

/// How many records of an area wait, in words; empty if none.
fn waiting(desk: &Desk, area: Area, closing: &[Line]) -> String {
    let of_area = |line: &&Line| desk.viewer.catalog().registers.get(line.register).is_some_and(|r| r.area == area);
    let open = closing.iter().filter(of_area).filter(|line| line.closed.is_none());
    match open.map(|line| line.excluded.submitted).sum::<i64>() {
        0 => String::new(),
        n => desk.words.t1("figure-state-pending", "n", show::count(desk.lang(), n)),
    }
}

/// Since when all registers of an area are closed, in words.
fn sealed(desk: &Desk, area: Area, closing: &[Line]) -> Option<String> {
    let of_area = |line: &&Line| desk.viewer.catalog().registers.get(line.register).is_some_and(|r| r.area == area);
    let own: Vec<&Line> = closing.iter().filter(of_area).collect();
    let seals: Option<Vec<_>> = own.iter().map(|line| line.closed.as_ref().map(|c| c.signed.seal.at)).collect();
    let last = seals?.into_iter().max()?;
    let day = last.local_date(jc_app::app::ZONE_HOURS);
    Some(desk.words.t1("area-sealed", "day", format!("{:02}-{:02}", day.month(), day.day())))
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
    /// What is due, what was restated.
    pub news: Vec<Link>,
    /// What changed since the last visit.
    pub since: Option<SinceNews>,
    /// The same for a screen on the wall.
    pub wall: String,
    /// The six areas, in the order of the sheet.
    pub areas: Vec<SheetArea>,
}

/// What changed since the last visit.
#[derive(Debug, Default)]
pub struct SinceNews {
    /// How many figures moved since when, in words.
    pub says: String,
    /// The foremost of them.
    pub moved: Vec<MovedLine>,
    /// How many more there are, in words.
    pub more: String,
    /// The others.
    pub others: Vec<MovedLine>,
}

/// A figure that moved.
#[derive(Debug, Default)]
pub struct MovedLine {
    /// Its name and its trace.
    pub to: Link,
    /// What it was, with its unit; a dash if it was missing.
    pub was: String,
    /// What it is.
    pub is: String,
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
