//! What is wrong in what planning starts from, all at once.

use std::collections::{HashMap, HashSet};

use jc_base::{Finding, Place, Value};
use jc_catalog::kinds::Kind;

use super::conflict::{self, Limit};
use super::input::{College, WishKind};
use super::model::Shut;

/// An offer has no first day.
pub const NO_DATES: &str = "PLN-001";
/// An offer ends before it begins.
pub const ENDS_BEFORE: &str = "PLN-002";
/// The budget, or a cost, is below zero.
pub const BELOW_ZERO: &str = "PLN-003";
/// Courses require each other in a circle.
pub const CYCLE: &str = "PLN-004";
/// A required course is not on offer.
pub const NOT_ON_OFFER: &str = "PLN-005";
/// A wish names what there is not.
pub const UNKNOWN: &str = "PLN-006";
/// Wishes that cannot all be kept.
pub const CONFLICT: &str = "PLN-007";
/// Two offers or mentors have the same id.
pub const TWICE: &str = "PLN-008";
/// The time planned for ends before it begins.
pub const NO_TIME: &str = "PLN-009";

/// What people call a teacher, offer or mentor of an id.
type Called<'c> = dyn Fn(&str) -> String + 'c;

/// Every fault, with the names that people know. Planning needs that none of them is an error.
pub fn check(college: &College, called: &Called<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    if college.until < college.from {
        let finding = Finding::error(NO_TIME, Place::Whole);
        findings.push(finding.with("from", college.from).with("until", college.until));
    }
    if college.budget_cents < 0 {
        findings.push(below_zero("budget", college.budget_cents));
    }
    offers(college, called, &mut findings);
    cycles(college, &mut findings);
    let known = |id: &str| college.offers.iter().any(|o| o.id == id) || college.mentors.iter().any(|m| m.id == id);
    let teachers: HashSet<&str> = college.teachers.iter().map(|t| t.id.as_str()).collect();
    for wish in &college.wishes {
        for (name, there) in
            [(&wish.teacher, teachers.contains(wish.teacher.as_str())), (&wish.item, known(&wish.item))]
        {
            if !there {
                findings.push(Finding::error(UNKNOWN, Place::Whole).with("what", name));
            }
        }
    }
    if findings.iter().all(|f| f.level != jc_base::Level::Error) {
        findings.extend(conflict::conflicts(college).iter().map(|c| worded(college, c, called)));
    }
    findings
}

/// What the words choose by. Who forbids and pins the same, and who lacks nothing, is told elsewhere.
fn shut_word(shut: Shut) -> &'static str {
    match shut {
        Shut::Dates => "shut-dates",
        Shut::NotOpen => "shut-not-open",
        Shut::Done => "shut-done",
        Shut::Away => "shut-away",
        Shut::Hours => "shut-hours",
        Shut::Money => "shut-money",
        Shut::Requires => "shut-requires",
        Shut::Forbidden | Shut::NoGap => "shut",
    }
}

fn below_zero(what: &str, cents: i64) -> Finding {
    let amount = Kind::Money.edit(&Value::Int(cents));
    Finding::error(BELOW_ZERO, Place::Whole).with("what", what).with("amount", amount)
}

fn offers(college: &College, called: &Called<'_>, findings: &mut Vec<Finding>) {
    let courses: HashSet<&str> = college.offers.iter().map(|o| o.course.as_str()).collect();
    let done: HashSet<&str> = college.teachers.iter().flat_map(|t| t.done.iter().map(String::as_str)).collect();
    let mut ids = HashSet::new();
    for offer in &college.offers {
        let fault = |code| Finding::error(code, Place::Whole).with("offer", called(&offer.id));
        if !ids.insert(offer.id.as_str()) {
            findings.push(Finding::error(TWICE, Place::Whole).with("what", &offer.id));
        }
        match (offer.from, offer.until) {
            (None, _) => findings.push(fault(NO_DATES)),
            (Some(from), Some(until)) if until < from => {
                findings.push(fault(ENDS_BEFORE).with("from", from).with("until", until));
            }
            _ => {}
        }
        if offer.money_cents < 0 {
            findings.push(below_zero(&called(&offer.id), offer.money_cents));
        }
        for course in &offer.requires {
            if !courses.contains(course.as_str()) && !done.contains(course.as_str()) {
                let finding = Finding::warning(NOT_ON_OFFER, Place::Whole);
                findings.push(finding.with("offer", called(&offer.id)).with("course", course));
            }
        }
    }
    for mentor in &college.mentors {
        if !ids.insert(mentor.id.as_str()) {
            findings.push(Finding::error(TWICE, Place::Whole).with("what", &mentor.id));
        }
    }
    for teacher in college.teachers.iter().filter(|t| t.money_cents < 0) {
        findings.push(below_zero(&called(&teacher.id), teacher.money_cents));
    }
}

/// Each circle of prerequisites once, from its first course on.
fn cycles(college: &College, findings: &mut Vec<Finding>) {
    let mut requires: HashMap<&str, Vec<&str>> = HashMap::new();
    for offer in &college.offers {
        requires.entry(&offer.course).or_default().extend(offer.requires.iter().map(String::as_str));
    }
    let mut settled: HashSet<&str> = HashSet::new();
    for offer in &college.offers {
        let mut path: Vec<&str> = Vec::new();
        if let Some(circle) = circle(&offer.course, &requires, &mut path, &mut settled) {
            findings.push(Finding::error(CYCLE, Place::Whole).with("courses", circle));
        }
    }
}

fn circle<'a>(
    course: &'a str,
    requires: &HashMap<&'a str, Vec<&'a str>>,
    path: &mut Vec<&'a str>,
    settled: &mut HashSet<&'a str>,
) -> Option<String> {
    if let Some(start) = path.iter().position(|c| *c == course) {
        path.push(course);
        return Some(path[start..].join(" → "));
    }
    if !settled.insert(course) {
        return None;
    }
    path.push(course);
    let next = requires.get(course).map_or(&[][..], Vec::as_slice);
    let found = next.iter().find_map(|c| circle(c, requires, path, settled));
    if found.is_none() {
        path.pop();
    }
    found
}

fn worded(college: &College, conflict: &conflict::Conflict, called: &Called<'_>) -> Finding {
    let wishes: Vec<String> = conflict
        .wishes
        .iter()
        .map(|&w| &college.wishes[w])
        .map(|w| {
            let sign = if w.kind == WishKind::Forbid { "−" } else { "+" };
            format!("{} {sign} {}", called(&w.teacher), called(&w.item))
        })
        .collect();
    let about = match conflict.about {
        Limit::Both => "both",
        Limit::Shut(shut) => shut_word(shut),
        Limit::Course => "course",
        Limit::Days => "days",
        Limit::Hours => "hours",
        Limit::Money => "money",
        Limit::Requires => "requires",
        Limit::Seats => "seats",
        Limit::Budget => "budget",
    };
    Finding::error(CONFLICT, Place::Whole).with("about", about).with("wishes", wishes.join("; "))
}
