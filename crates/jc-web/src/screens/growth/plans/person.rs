//! One teacher's part of a round: what is planned and why, and why other things are not.

use super::{crumbs, money};
use crate::{
    desk::Desk,
    frame::{Frame, Link},
    guard::fault::Fault,
    show,
};
use askama::Template;
use jc_app::growth::Growth;
use jc_app::growth::plans::Planned;
use jc_base::RecordId;

pub(super) fn view(desk: &Desk, growth: &Growth, planned: &Planned, id: RecordId) -> Result<PersonPlanView, Fault> {
    let mut people = planned.people.iter().zip(&planned.college.teachers).enumerate();
    let (at, (whose, asked)) = people.find(|(_, (whose, _))| whose.person == id).ok_or(Fault::NotFound)?;
    let plan = planned.plan.as_ref().and_then(|plan| plan.teachers.get(at)).ok_or(Fault::NotFound)?;
    let reasons = planned.explained(&[at]).pop().unwrap_or_default();
    let mut frame = desk.frame(desk.words.t1("plan-person-title", "name", &whose.label))?;
    frame.crumbs = crumbs(desk);
    let round = &planned.round;
    frame
        .crumbs
        .push(Link::new(round.title.clone(), desk.address(&format!("/growth/plans/{}", round.id), &["done"], &[])));
    let hours: i64 = plan.items.iter().map(|item| i64::from(item.hours)).sum();
    let cents: i64 = plan.items.iter().map(|item| item.money_cents).sum();
    let items = plan.items.iter().zip(&reasons.included).map(|(item, why)| ItemRow {
        span: span(&item.from.to_string(), &item.until.to_string()),
        label: planned.called(&item.id).to_owned(),
        href: href(desk, growth, planned, &item.id),
        hours: show::count(desk.lang(), i64::from(item.hours)),
        money: if item.money_cents == 0 { "–".to_owned() } else { money(desk, item.money_cents) },
        why: planned.why_in(growth.catalog(), why, desk.lang()),
    });
    let left = reasons.left_out.iter().map(|not| LeftRow {
        label: planned.called(&not.item).to_owned(),
        href: href(desk, growth, planned, &not.item),
        wished: not.wished,
        why: planned.why_not(not, desk.lang()),
    });
    let competency = |id: &str| {
        let found = growth.pathway().competencies.iter().find(|competency| competency.id == id);
        found.map_or_else(|| id.to_owned(), |found| found.name.get(desk.lang()).to_owned())
    };
    Ok(PersonPlanView {
        about: format!("{} · {}", whose.number, whose.department),
        sum: desk.words.with(
            "plan-person-sum",
            &[
                ("closed", Planned::levels(plan.closed)),
                ("gap", Planned::levels(plan.gap)),
                ("hours", show::count(desk.lang(), hours)),
                ("most", show::count(desk.lang(), i64::from(asked.hours))),
                ("money", money(desk, cents)),
            ],
        ),
        gaps: asked.gaps.iter().map(|gap| (competency(&gap.competency), Planned::levels(gap.points.into()))).collect(),
        items: items.collect(),
        left: left.collect(),
        profile: desk.to(&format!("/growth/people/{id}")),
        kept: desk.to(&format!("/growth/people/{id}/plan")),
        frame,
    })
}

/// From when to when, once if it is one day.
pub(super) fn span(from: &str, until: &str) -> String {
    if from == until { from.to_owned() } else { format!("{from} – {until}") }
}

fn href(desk: &Desk, growth: &Growth, planned: &Planned, item: &str) -> String {
    let Some(thing) = planned.things.get(item) else { return String::new() };
    let register = growth.catalog().registers.get(thing.register);
    register.map_or_else(String::new, |register| desk.to(&format!("/registers/{}/records/{}", register.id, thing.id)))
}

/// One teacher's part of a round.
#[derive(Debug, Default, Template)]
#[template(path = "screens/plan_person.html")]
pub struct PersonPlanView {
    /// Around the screen.
    pub frame: Frame,
    /// Number and department.
    pub about: String,
    /// What it comes to.
    pub sum: String,
    /// Competencies and the levels lacking.
    pub gaps: Vec<(String, String)>,
    /// What is planned.
    pub items: Vec<ItemRow>,
    /// What is not, and why.
    pub left: Vec<LeftRow>,
    /// The teacher's growth.
    pub profile: String,
    /// What is kept.
    pub kept: String,
}

/// Something planned.
#[derive(Debug, Default)]
pub struct ItemRow {
    /// From when to when.
    pub span: String,
    /// What it is called.
    pub label: String,
    /// Its record.
    pub href: String,
    /// Hours.
    pub hours: String,
    /// What it costs.
    pub money: String,
    /// Why.
    pub why: String,
}

/// Something that is not planned.
#[derive(Debug, Default)]
pub struct LeftRow {
    /// What it is called.
    pub label: String,
    /// Its record.
    pub href: String,
    /// Whether it was asked for.
    pub wished: bool,
    /// Why it is not planned, and what comes closest.
    pub why: String,
}
