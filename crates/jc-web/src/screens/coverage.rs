//! Who was not yet reached 覆盖: one coverage list of a register, for a year.

use crate::{
    desk::Desk,
    frame::{Frame, Link},
    gate::{Entry, ReadRecords, Routes},
    guard::fault::Fault,
    screens::{list, record::lines},
    show,
    state::AppState,
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use jc_app::coverage::{Covered, Group, Left, Stretch};
use jc_catalog::model::Every;
use jc_catalog::{Coverage, Register};

/// The addresses of this screen.
pub fn routes() -> Routes {
    Routes::new().get("/registers/{register}/coverage/{list}", coverage)
}

async fn coverage(
    State(state): State<AppState>,
    Path((register, list)): Path<(String, String)>,
    entry: Entry<ReadRecords>,
) -> Result<Response, Fault> {
    state.show(entry, move |desk| view(desk, &register, &list)).await
}

fn view(desk: &Desk, register: &str, id: &str) -> Result<CoverageView, Fault> {
    let (register, declared) = desk.register(register)?;
    let position = declared.coverage.iter().position(|list| list.id == id).ok_or(Fault::NotFound)?;
    let list = declared.coverage.get(position).ok_or(Fault::NotFound)?;
    let covered = desk.viewer.coverage(register, position, desk.year, desk.lang())?;
    let other = desk.viewer.catalog().registers.get(list.of).ok_or(Fault::NotFound)?;
    let keeps = desk.person.keeps(desk.viewer.catalog(), declared);
    let mut frame = desk.frame(list.name.get(desk.lang()))?;
    frame.crumbs = list::crumbs(desk, declared);
    frame.crumbs.push(Link::new(declared.name.get(desk.lang()), desk.to(&format!("/registers/{}", declared.id))));
    let group = |group: &Group| GroupBlock {
        label: group.label.clone(),
        sum: sum(desk, group.due - group.left.len(), group.due),
        rows: group.left.iter().map(|left| row(desk, (declared, other, list), &covered, left, keeps)).collect(),
    };
    Ok(CoverageView {
        about: desk.words.with(
            "coverage-about",
            &[("year", desk.year.to_string()), ("register", declared.name.get(desk.lang()).to_owned())],
        ),
        sum: sum(desk, covered.reached, covered.due),
        planned: (covered.planned > 0)
            .then(|| show::count(desk.lang(), i64::try_from(covered.planned).unwrap_or(i64::MAX))),
        left: show::count(desk.lang(), i64::try_from(covered.due - covered.reached).unwrap_or(i64::MAX)),
        complete: covered.groups.is_empty() && covered.due > 0,
        nobody: covered.due == 0,
        groups: covered.groups.iter().map(group).collect(),
        frame,
    })
}

/// `12 / 34`
fn sum(desk: &Desk, reached: usize, due: usize) -> String {
    let count = |n: usize| show::count(desk.lang(), i64::try_from(n).unwrap_or(i64::MAX));
    format!("{} / {}", count(reached), count(due))
}

fn row(
    desk: &Desk,
    (declared, other, list): (&Register, &Register, &Coverage),
    covered: &Covered,
    left: &Left,
    keeps: bool,
) -> LeftRow {
    let add = keeps.then(|| {
        let year = desk.year.to_string();
        let prefill = left.prefill.iter().map(|(field, text)| (field.as_str(), text.as_str()));
        let query = prefill.chain([("year", year.as_str())]);
        show::address(&format!("/registers/{}/new", declared.id), query)
    });
    let stretches = left.missing.iter().filter_map(|at| covered.stretches.get(*at));
    LeftRow {
        label: left.label.clone(),
        typed: if left.typed == left.label { String::new() } else { left.typed.clone() },
        href: desk.to(&lines::address(other, left.id)),
        missing: match list.every {
            Every::Period => String::new(),
            every => stretches.map(|stretch| named(desk, every, stretch)).collect::<Vec<_>>().join(" · "),
        },
        planned: left.planned.map(|planned| {
            let day = desk.words.t1("coverage-planned-on", "day", show::day(desk.lang(), planned.day));
            Link::new(day, desk.to(&lines::address(declared, planned.record)))
        }),
        add,
    }
}

/// A quarter or month in words.
fn named(desk: &Desk, every: Every, stretch: &Stretch) -> String {
    let month = stretch.from.month();
    match every {
        Every::Quarter => desk.words.t1("coverage-quarter", "n", month.div_ceil(3)),
        _ => desk.words.t1("coverage-month", "n", month),
    }
}

/// A coverage list.
#[derive(Debug, Default, Template)]
#[template(path = "screens/coverage.html")]
pub struct CoverageView {
    /// Around the screen.
    pub frame: Frame,
    /// A sentence below the title.
    pub about: String,
    /// Reached and due: `12 / 34`.
    pub sum: String,
    /// How many are left.
    pub left: String,
    /// For how many of them a draft names a day.
    pub planned: Option<String>,
    /// Whether everybody was reached.
    pub complete: bool,
    /// Whether nobody was to be reached: the time has not begun, or there is nobody.
    pub nobody: bool,
    /// Those who are left, by what they belong to.
    pub groups: Vec<GroupBlock>,
}

/// Members that belong together.
#[derive(Debug, Default)]
pub struct GroupBlock {
    /// What they belong to; may be empty.
    pub label: String,
    /// Reached and due.
    pub sum: String,
    /// Those not reached.
    pub rows: Vec<LeftRow>,
}

/// Someone not reached.
#[derive(Debug, Default)]
pub struct LeftRow {
    /// What it is called.
    pub label: String,
    /// Its number, if that is not its name.
    pub typed: String,
    /// The record.
    pub href: String,
    /// The quarters or months without a record; empty where it is the whole year.
    pub missing: String,
    /// The draft that is to reach it, with its day.
    pub planned: Option<Link>,
    /// The form for a record that reaches it, for whoever keeps the register.
    pub add: Option<String>,
}
