//! A person's plans as they were kept: a calendar of what comes, with reasons; what was wished and the answer.

use super::person::span;
use crate::{desk::Desk, frame::Frame, guard::fault::Fault};
use askama::Template;
use jc_app::given::plan::calendar::{Event, calendar as written};
use jc_app::growth::Growth;
use jc_app::growth::plans::{OwnItem, OwnPlan};
use jc_base::{Date, RecordId};
use std::collections::BTreeMap;

pub(super) fn view(desk: &Desk, growth: &Growth, id: RecordId) -> Result<KeptView, Fault> {
    let kept = growth.own_plans(id, desk.lang())?;
    let mut frame = desk.frame(desk.words.t1("plan-person-title", "name", &kept.label))?;
    if growth.sees_others() {
        frame.crumbs = super::super::crumbs(desk);
    }
    let today = desk.app.moment().today;
    Ok(KeptView {
        profile: desk.to(&format!("/growth/people/{id}")),
        calendar: desk.to(&format!("/growth/people/{id}/plan.ics")),
        soon: kept.plans.iter().flat_map(|plan| &plan.items).filter_map(|item| soon(desk, item, today)).collect(),
        plans: kept.plans.iter().map(|plan| block(desk, plan, today)).collect(),
        frame,
    })
}

/// What begins within two weeks.
fn soon(desk: &Desk, item: &OwnItem, today: Date) -> Option<String> {
    const DAYS: i64 = 14;
    let from = item.from.filter(|_| item.is_planned() && !item.done)?;
    let days = from.days_since(today);
    (0..=DAYS).contains(&days).then(|| {
        let with = [("item", item.label.clone()), ("from", from.to_string()), ("days", days.to_string())];
        desk.words.with("plan-soon", &with)
    })
}

fn block(desk: &Desk, plan: &OwnPlan, today: Date) -> PlanBlock {
    let mut months: BTreeMap<String, Vec<KeptRow>> = BTreeMap::new();
    for item in plan.items.iter().filter(|item| item.is_planned()) {
        let month = item.from.map(|from| from.to_string().chars().take(7).collect()).unwrap_or_default();
        months.entry(month).or_default().push(row(desk, item, today));
    }
    let others = plan.items.iter().filter(|item| !item.is_planned());
    PlanBlock {
        round: plan.round.clone(),
        state: plan.state.1.clone(),
        href: desk.to(&format!("/registers/growth-plan/records/{}", plan.id)),
        months: months.into_iter().collect(),
        others: others.map(|item| row(desk, item, today)).collect(),
    }
}

fn row(desk: &Desk, item: &OwnItem, today: Date) -> KeptRow {
    let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let state = if item.done {
        "plan-item-done"
    } else if item.until.is_some_and(|until| until < today) {
        "plan-item-due"
    } else if item.from.is_some_and(|from| from <= today) {
        "plan-item-running"
    } else {
        "plan-item-ahead"
    };
    KeptRow {
        span: span(&day(item.from), &day(item.until)),
        label: item.label.clone(),
        href: desk.to(&format!("/registers/growth-plan-item/records/{}", item.id)),
        decision: item.decision.1.clone(),
        state: if item.is_planned() { desk.words.t(state) } else { String::new() },
        done: item.done,
        why: item.why.clone(),
    }
}

/// The plans as a calendar for other programs: what is planned and not taken out.
pub(super) fn calendar(desk: &Desk, growth: &Growth, id: RecordId) -> Result<String, Fault> {
    let kept = growth.own_plans(id, desk.lang())?;
    let items = kept.plans.iter().flat_map(|plan| &plan.items).filter(|item| item.is_planned());
    let event = |item: &OwnItem| {
        Some(Event {
            id: format!("{}@jiangce", item.id),
            title: item.label.clone(),
            about: item.why.clone(),
            from: item.from?,
            until: item.until?,
        })
    };
    let events: Vec<Event> = items.filter_map(event).collect();
    let name = desk.words.t1("plan-person-title", "name", &kept.label);
    Ok(written(&name, desk.app.moment().today, &events))
}

/// A person's kept plans.
#[derive(Debug, Default, Template)]
#[template(path = "screens/plan_kept.html")]
pub struct KeptView {
    /// Around the screen.
    pub frame: Frame,
    /// The person's growth.
    pub profile: String,
    /// The calendar file.
    pub calendar: String,
    /// What begins soon.
    pub soon: Vec<String>,
    /// The plans, the newest first.
    pub plans: Vec<PlanBlock>,
}

/// One plan.
#[derive(Debug, Default)]
pub struct PlanBlock {
    /// The round.
    pub round: String,
    /// Its state.
    pub state: String,
    /// Its record.
    pub href: String,
    /// By month: what is planned.
    pub months: Vec<(String, Vec<KeptRow>)>,
    /// What is wished, forbidden or taken out.
    pub others: Vec<KeptRow>,
}

/// Something on a plan.
#[derive(Debug, Default)]
pub struct KeptRow {
    /// From when to when.
    pub span: String,
    /// What it is.
    pub label: String,
    /// Its record.
    pub href: String,
    /// The decision.
    pub decision: String,
    /// Whether it lies ahead, runs, is due or done.
    pub state: String,
    /// Whether it is done.
    pub done: bool,
    /// Why.
    pub why: String,
}
