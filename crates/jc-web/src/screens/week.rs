//! A week of what takes part of a day 周历: who has which workstation when, and where there is room.

use crate::{
    desk::Desk,
    frame::{Choice, Frame, Link},
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
use jc_app::week::{Taken, WeekRow, laid_out, monday_of};
use jc_base::{Date, RecordState};
use jc_catalog::Register;

/// The addresses of this screen.
pub fn routes() -> Routes {
    Routes::new().get("/registers/{register}/week", week)
}

async fn week(
    State(state): State<AppState>,
    Path(register): Path<String>,
    entry: Entry<ReadRecords>,
) -> Result<Response, Fault> {
    state.show(entry, move |desk| view(desk, &register)).await
}

fn view(desk: &Desk, id: &str) -> Result<WeekView, Fault> {
    let (register, declared) = desk.register(id)?;
    let all = laid_out(declared);
    let (field, time) = match desk.asked.get("by") {
        "" => *all.first().ok_or(Fault::NotFound)?,
        by => *all.iter().find(|(field, _)| declared.field(*field).id.as_str() == by).ok_or(Fault::Unclear)?,
    };
    let monday = match desk.asked.get("week") {
        "" => monday_of(start(desk, register)?),
        text => monday_of(Date::parse_iso(text).ok_or(Fault::Unclear)?),
    };
    let week = desk.viewer.week(register, field, monday, desk.lang())?;
    let keeps = desk.person.keeps(desk.viewer.catalog(), declared);
    let title =
        desk.words.t2("week-title", "register", declared.name.get(desk.lang()), "from", show::day(desk.lang(), monday));
    let mut frame = desk.frame(title)?;
    frame.crumbs = list::crumbs(desk, declared);
    frame.crumbs.push(Link::new(declared.name.get(desk.lang()), desk.to(&format!("/registers/{}", declared.id))));
    let path = format!("/registers/{}/week", declared.id);
    // A weekend on which nothing happens is not shown.
    let shown = if week.rows.iter().any(|row| row.days.iter().skip(5).any(|day| !day.is_empty())) { 7 } else { 5 };
    let days: Vec<Date> = (0..shown).map(|n| monday.plus_days(n)).collect();
    let to = |week: Date| desk.address(&path, &["done"], &[("week", &week.to_string())]);
    let by = all.iter().map(|(other, _)| {
        let other = declared.field(*other);
        Choice {
            label: other.name.get(desk.lang()).to_owned(),
            href: desk.address(&path, &["done"], &[("by", other.id.as_str())]),
            count: None,
            current: other.id == declared.field(field).id,
        }
    });
    let what = declared.field(field).name.get(desk.lang()).to_owned();
    Ok(WeekView {
        days: days.iter().enumerate().map(|(n, day)| day_name(desk, n, *day)).collect(),
        by: by.collect(),
        previous: to(monday.plus_days(-7)),
        next: to(monday.plus_days(7)),
        new: keeps.then(|| desk.to(&format!("/registers/{}/new", declared.id))),
        rows: week.rows.iter().map(|row| line(desk, declared, row, (field, time[0]), &days, keeps)).collect(),
        what,
        frame,
    })
}

/// The day whose week is shown first: today, or the last day of another year on which something is taken.
fn start(desk: &Desk, register: usize) -> Result<Date, Fault> {
    let today = desk.app.moment().today;
    if desk.year == today.year() {
        return Ok(today);
    }
    let last = Date::new(desk.year, 12, 31).unwrap_or(today);
    Ok(desk.viewer.last_taken(register, last)?.unwrap_or(last))
}

fn day_name(desk: &Desk, weekday: usize, day: Date) -> String {
    let name = desk.words.t(&format!("weekday-{}", weekday + 1));
    format!("{name} {:02}-{:02}", day.month(), day.day())
}

fn line(
    desk: &Desk,
    declared: &Register,
    row: &WeekRow,
    (field, on): (usize, usize),
    days: &[Date],
    keeps: bool,
) -> WeekLine {
    let cell = |(n, (day, taken)): (usize, (&Date, &Vec<_>))| {
        let (year, on_day) = (desk.year.to_string(), day.to_string());
        let (field, on) = (declared.field(field).id.as_str(), declared.field(on).id.as_str());
        let query = [(field, row.typed.as_str()), (on, on_day.as_str()), ("year", year.as_str())];
        DayCell {
            day: day_name(desk, n, *day),
            taken: taken.iter().map(|taken| chip(desk, declared, taken)).collect(),
            add: keeps.then(|| show::address(&format!("/registers/{}/new", declared.id), query)),
            add_label: desk.words.t2("week-add", "what", &row.label, "day", on_day.clone()),
        }
    };
    WeekLine { label: row.label.clone(), days: days.iter().zip(&row.days).enumerate().map(cell).collect() }
}

fn chip(desk: &Desk, declared: &Register, taken: &Taken) -> TakenChip {
    TakenChip {
        when: desk.words.t1("week-when", "when", &taken.when),
        whom: taken.whom.join(" · "),
        href: desk.to(&lines::address(declared, taken.id)),
        draft: taken.state == RecordState::Draft,
    }
}

/// A week.
#[derive(Debug, Default, Template)]
#[template(path = "screens/week.html")]
pub struct WeekView {
    /// Around the screen.
    pub frame: Frame,
    /// What rows are of: 工作站.
    pub what: String,
    /// What rows can be of.
    pub by: Vec<Choice>,
    /// The days shown.
    pub days: Vec<String>,
    /// The week before.
    pub previous: String,
    /// The week after.
    pub next: String,
    /// The form, for whoever keeps the register.
    pub new: Option<String>,
    /// The rows.
    pub rows: Vec<WeekLine>,
}

/// A row of the week.
#[derive(Debug, Default)]
pub struct WeekLine {
    /// What it is of.
    pub label: String,
    /// Day by day.
    pub days: Vec<DayCell>,
}

/// A day of a row.
#[derive(Debug, Default)]
pub struct DayCell {
    /// The day's name: `周一 12-02`.
    pub day: String,
    /// What is taken.
    pub taken: Vec<TakenChip>,
    /// The form for something on that day, for whoever keeps the register.
    pub add: Option<String>,
    /// That in words.
    pub add_label: String,
}

/// A part of a day that is taken.
#[derive(Debug, Default)]
pub struct TakenChip {
    /// `3–4`
    pub when: String,
    /// For whom.
    pub whom: String,
    /// The record.
    pub href: String,
    /// Whether it holds no place yet.
    pub draft: bool,
}
