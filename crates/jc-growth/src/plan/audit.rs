//! Whether a plan can be had: counted anew from the college as given, sharing nothing with the search.

use std::collections::HashMap;

use super::input::{College, Offer, Teacher, WishKind};
use super::outcome::{ItemKind, Plan, TeacherPlan};

/// One thing in which a plan goes beyond what there is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Breach {
    /// There is no such teacher, offer or mentor.
    Unknown(String),
    /// More teachers than seats: the offer or mentor.
    Seats(String),
    /// More than the college's budget.
    Budget,
    /// More hours than the teacher has.
    Hours(String),
    /// More money than there is for the teacher.
    Money(String),
    /// Two things on the same days, or on days on which the teacher is away.
    Days(String),
    /// Something requires what is not completed before.
    Requires(String),
    /// The same course twice, or two mentors.
    Twice(String),
    /// Not open to this teacher.
    NotOpen(String),
    /// A pin or ban that is not kept.
    Wish(String),
    /// The sums stated are not those of the items.
    Sum,
}

/// Everything in which the plan goes beyond what there is; empty for a plan that can be had.
pub fn audit(college: &College, plan: &Plan) -> Vec<Breach> {
    let offers: HashMap<&str, &Offer> = college.offers.iter().map(|o| (o.id.as_str(), o)).collect();
    let teachers: HashMap<&str, &Teacher> = college.teachers.iter().map(|t| (t.id.as_str(), t)).collect();
    let mut breaches = Vec::new();
    let mut taken: HashMap<&str, u32> = HashMap::new();
    let mut money = 0;
    for one in &plan.teachers {
        let Some(teacher) = teachers.get(one.teacher.as_str()) else {
            breaches.push(Breach::Unknown(one.teacher.clone()));
            continue;
        };
        for item in &one.items {
            *taken.entry(item.id.as_str()).or_default() += 1;
        }
        money += one.items.iter().map(|i| i.money_cents).sum::<i64>();
        alone(college, &offers, teacher, one, &mut breaches);
    }
    let capacity = |id: &str| {
        let mentor = || college.mentors.iter().find(|m| m.id == id).map(|m| m.capacity);
        offers.get(id).map(|o| o.seats).or_else(mentor)
    };
    let mut ids: Vec<_> = taken.into_iter().collect();
    ids.sort_unstable();
    for (id, count) in ids {
        match capacity(id) {
            None => breaches.push(Breach::Unknown(id.to_string())),
            Some(seats) if count > seats => breaches.push(Breach::Seats(id.to_string())),
            Some(_) => {}
        }
    }
    if money > college.budget_cents {
        breaches.push(Breach::Budget);
    }
    let closed: i64 = plan.teachers.iter().map(|t| t.closed).sum();
    if closed != plan.closed || money != plan.money_cents || plan.bound < plan.closed {
        breaches.push(Breach::Sum);
    }
    breaches
}

fn alone(
    college: &College,
    offers: &HashMap<&str, &Offer>,
    teacher: &Teacher,
    plan: &TeacherPlan,
    breaches: &mut Vec<Breach>,
) {
    let mut breach = |kind: fn(String) -> Breach| breaches.push(kind(teacher.id.clone()));
    let items = &plan.items;
    if items.iter().map(|i| u64::from(i.hours)).sum::<u64>() > u64::from(teacher.hours) {
        breach(Breach::Hours);
    }
    if items.iter().map(|i| i.money_cents).sum::<i64>() > teacher.money_cents {
        breach(Breach::Money);
    }
    let planned: Vec<&Offer> = items.iter().filter_map(|i| offers.get(i.id.as_str()).copied()).collect();
    for (n, offer) in planned.iter().enumerate() {
        let (Some(from), Some(until)) = (offer.from, offer.until.or(offer.from)) else {
            breach(Breach::Days);
            continue;
        };
        let others = planned[..n].iter().filter(|o| o.whole_days && offer.whole_days);
        let meets = |a, b| a <= until && from <= b;
        let busy = others.filter_map(|o| Some((o.from?, o.until.or(o.from)?))).any(|(a, b)| meets(a, b));
        let away = offer.whole_days && teacher.away.iter().any(|a| meets(a.from, a.until));
        if busy || away || from < college.from || until > college.until {
            breach(Breach::Days);
        }
        let before =
            |c: &String| planned.iter().any(|o| o.course == *c && o.until.or(o.from).is_some_and(|u| u < from));
        if !offer.requires.iter().all(|c| teacher.done.contains(c) || before(c)) {
            breach(Breach::Requires);
        }
        if planned[..n].iter().any(|o| o.course == offer.course) || teacher.done.contains(&offer.course) {
            breach(Breach::Twice);
        }
        if !offer.departments.is_empty() && !offer.departments.contains(&teacher.department) {
            breach(Breach::NotOpen);
        }
    }
    let mentors: Vec<_> = items.iter().filter(|i| i.kind == ItemKind::Mentor).collect();
    if mentors.len() > 1 {
        breach(Breach::Twice);
    }
    for mentor in college.mentors.iter().filter(|m| mentors.iter().any(|i| i.id == m.id)) {
        let spoken = mentor.languages.is_empty()
            || teacher.languages.is_empty()
            || mentor.languages.iter().any(|l| teacher.languages.contains(l));
        let near = !mentor.own_department_only || mentor.department == teacher.department;
        if !spoken || !near || mentor.id == teacher.id {
            breach(Breach::NotOpen);
        }
    }
    for wish in college.wishes.iter().filter(|w| w.teacher == teacher.id) {
        let has = items.iter().any(|i| i.id == wish.item);
        if (wish.kind == WishKind::Pin && !has) || (wish.kind == WishKind::Forbid && has) {
            breach(Breach::Wish);
        }
    }
    let closed: i64 = teacher
        .gaps
        .iter()
        .map(|gap| closed(college, offers, plan, &gap.competency, gap.points) * i64::from(gap.weight))
        .sum();
    if closed != plan.closed {
        breaches.push(Breach::Sum);
    }
}

/// Points of one gap the plan closes.
fn closed(college: &College, offers: &HashMap<&str, &Offer>, plan: &TeacherPlan, competency: &str, points: u32) -> i64 {
    let raises = plan.items.iter().flat_map(|item| match offers.get(item.id.as_str()) {
        Some(offer) => offer.raises.as_slice(),
        None => college.mentors.iter().find(|m| m.id == item.id).map_or(&[][..], |m| &m.strengths),
    });
    let raised: i64 = raises.filter(|r| r.competency == competency).map(|r| i64::from(r.points)).sum();
    raised.min(i64::from(points))
}
