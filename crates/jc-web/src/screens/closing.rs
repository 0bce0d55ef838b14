//! Closing 关账: how the registers of a year stand, and one register's page before and after it is closed.

use crate::{
    desk::Desk,
    frame::{Choice, Frame},
    gate::{CloseRegisters, Entry, ReadFigures, Routes},
    guard::{fault::Fault, posted::Posted},
    parts::page_label,
    show,
    state::AppState,
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use jc_app::closing::{Line, Standing};
use jc_app::given::Excluded;
use jc_catalog::Area;

mod page;

pub(crate) use page::restatement;
pub use page::{ClosedBlock, ClosingView, FigureLine, Item, RestatementLine};

/// The addresses of these screens.
pub fn routes() -> Routes {
    Routes::new()
        .get("/closing", board)
        .get("/registers/{register}/closing", look)
        .post("/registers/{register}/closing", close)
}

async fn board(State(state): State<AppState>, entry: Entry<ReadFigures>) -> Result<Response, Fault> {
    state.show(entry, view).await
}

async fn look(
    State(state): State<AppState>,
    Path(register): Path<String>,
    entry: Entry<ReadFigures>,
) -> Result<Response, Fault> {
    state.show(entry, move |desk| page::view(desk, &register, &[])).await
}

async fn close(
    State(state): State<AppState>,
    Path(register): Path<String>,
    entry: Entry<CloseRegisters>,
    posted: Posted,
) -> Result<Response, Fault> {
    state.at_desk(entry, move |desk| page::close(desk, &register, posted)).await
}

fn view(desk: &Desk) -> Result<BoardView, Fault> {
    let lines = desk.viewer.closing_board(desk.year)?;
    let asked = desk.asked.get("standing");
    let chosen = Standing::ALL.into_iter().find(|standing| standing.code() == asked);
    let count = |standing: Standing| lines.iter().filter(|line| line.standing == standing).count();
    let tab = |label: String, code: &str, n: usize, current: bool| Choice {
        label,
        href: desk.address("/closing", &["done"], &[("standing", code)]),
        count: Some(show::number(desk.lang(), &n.to_string())),
        current,
    };
    let mut tabs = vec![tab(desk.words.t("closing-all"), "", lines.len(), chosen.is_none())];
    for standing in Standing::ALL.into_iter().rev() {
        let label = desk.words.t(&format!("standing-{}", standing.code()));
        tabs.push(tab(label, standing.code(), count(standing), chosen == Some(standing)));
    }
    let shown = |line: &&Line| chosen.is_none_or(|chosen| line.standing == chosen);
    let groups = Area::ALL.into_iter().map(|area| {
        let own = lines.iter().filter(shown).filter(|line| {
            desk.viewer.catalog().registers.get(line.register).is_some_and(|register| register.area == area)
        });
        AreaGroup { name: desk.area(area), rows: own.map(|line| row(desk, line)).collect() }
    });
    let closed = count(Standing::Closed);
    Ok(BoardView {
        about: desk.words.with("closing-about", &[("closed", closed.to_string()), ("all", lines.len().to_string())]),
        groups: groups.filter(|group| !group.rows.is_empty()).collect(),
        tabs,
        frame: desk.frame(desk.words.t1("closing-title", "year", desk.year))?,
    })
}

fn row(desk: &Desk, line: &Line) -> BoardRow {
    let Some(declared) = desk.viewer.catalog().registers.get(line.register) else { return BoardRow::default() };
    let code = line.page.to_string();
    let year = desk.year.to_string();
    let to = format!("/registers/{}/closing", declared.id);
    BoardRow {
        register: declared.name.get(desk.lang()).to_owned(),
        period: page_label(line.page, desk.lang()),
        href: show::address(&to, [("page", code.as_str()), ("year", year.as_str())]),
        standing: line.standing.code(),
        standing_text: desk.words.t(&format!("standing-{}", line.standing.code())),
        verified: show::count(desk.lang(), line.verified),
        left_out: left_out(desk, line.excluded),
        sealed: line.closed.as_ref().map(|closed| {
            let seal = &closed.signed.seal;
            let day = show::day(desk.lang(), seal.at.local_date(jc_app::app::ZONE_HOURS));
            desk.words.t2("closing-sealed", "day", day, "digest", show::short_digest(&seal.digest()))
        }),
        restated: match line.restatements {
            0 => String::new(),
            n => desk.words.t1("closing-restated", "n", n),
        },
        office: desk.office(declared.verified_by).to_owned(),
        may_close: line.may_close,
    }
}

/// What a closing leaves out, in words; empty if nothing.
fn left_out(desk: &Desk, excluded: Excluded) -> String {
    let parts = [
        ("closing-left-submitted", excluded.submitted),
        ("closing-left-draft", excluded.draft),
        ("closing-left-returned", excluded.returned),
        ("closing-left-evidence", excluded.without_evidence),
    ];
    let words = parts.into_iter().filter(|(_, n)| *n > 0);
    let words: Vec<String> = words.map(|(id, n)| desk.words.t1(id, "n", show::count(desk.lang(), n))).collect();
    words.join(" · ")
}

/// The registers of a year.
#[derive(Debug, Default, Template)]
#[template(path = "screens/closing.html")]
pub struct BoardView {
    /// Around the screen.
    pub frame: Frame,
    /// How many are closed, in words.
    pub about: String,
    /// All, and those of each standing.
    pub tabs: Vec<Choice>,
    /// The registers by area.
    pub groups: Vec<AreaGroup>,
}

/// An area's registers.
#[derive(Debug, Default)]
pub struct AreaGroup {
    /// The area's name.
    pub name: String,
    /// Its registers.
    pub rows: Vec<BoardRow>,
}

/// A register's page of the year.
#[derive(Debug, Default)]
pub struct BoardRow {
    /// The register's name.
    pub register: String,
    /// The period.
    pub period: String,
    /// The page's own screen.
    pub href: String,
    /// The class in the style sheet.
    pub standing: &'static str,
    /// How it stands, in words.
    pub standing_text: String,
    /// Verified records.
    pub verified: String,
    /// What is left out, in words; may be empty.
    pub left_out: String,
    /// Since when it is closed, and the seal.
    pub sealed: Option<String>,
    /// How often it was restated, in words; may be empty.
    pub restated: String,
    /// The office that answers for it.
    pub office: String,
    /// Whether whoever looks may close it.
    pub may_close: bool,
}
