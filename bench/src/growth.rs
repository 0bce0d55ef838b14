//! Plans for whole colleges: how close to the best they are proved to be, and how long that takes.
//!
//! The floor is what a careful person would do by hand: everyone in turn takes what closes most for its hours while there
//! is room. The plan must close more.

#[path = "../../crates/jc-growth/src/plan/tests/drawn.rs"]
mod drawn;

use jc_growth::plan::audit::audit;
use jc_growth::plan::input::{self, College};
use jc_growth::plan::plan;
use std::collections::HashSet;
use std::time::Instant;

/// Plans colleges of two sizes and prints what came of it.
pub fn run() {
    println!("teachers offers mentors fair seed |   closed    bound  short% |  by hand | seconds");
    for (teachers, offers, mentors) in [(200, 150, 30), (5_000, 600, 300)] {
        for fair in [0, 90] {
            for seed in 1..=if teachers > 1_000 { 1 } else { 3 } {
                let mut college = drawn::college(seed, teachers, offers, mentors);
                college.fair_percent = fair;
                let start = Instant::now();
                let plan = plan(&college).expect("nothing is pinned");
                let seconds = start.elapsed().as_secs_f64();
                assert!(audit(&college, &plan).is_empty(), "a plan that cannot be had");
                let short = plan.short_of_best();
                let (closed, bound, hand) = (plan.closed, plan.bound, by_hand(&college));
                println!(
                    "{teachers:8} {offers:6} {mentors:7} {fair:4} {seed:4} | {closed:8} {bound:8} {:3}.{:02} | {hand:8} | {seconds:7.2}",
                    short / 100,
                    short % 100,
                );
                assert!(closed >= hand, "worse than by hand");
            }
        }
    }
}

/// Everyone in turn takes what closes most for its hours, offers only, while there is room.
fn by_hand(college: &College) -> i64 {
    let mut seats: Vec<u32> = college.offers.iter().map(|o| o.seats).collect();
    let mut budget = college.budget_cents;
    let mut closed = 0;
    for teacher in &college.teachers {
        let mut left: Vec<u32> = teacher.gaps.iter().map(|g| g.points).collect();
        let (mut hours, mut money) = (teacher.hours, teacher.money_cents.min(budget));
        let mut taken: Vec<&input::Offer> = Vec::new();
        let mut courses: HashSet<&str> = teacher.done.iter().map(String::as_str).collect();
        loop {
            let gain = |offer: &input::Offer| -> u32 {
                let raise = |r: &input::Raise| {
                    let at = teacher.gaps.iter().position(|g| g.competency == r.competency);
                    at.map_or(0, |n| r.points.min(left[n]) * teacher.gaps[n].weight)
                };
                offer.raises.iter().map(raise).sum()
            };
            let fits = |n: usize, offer: &input::Offer| {
                let busy = |o: &&input::Offer| {
                    o.whole_days && offer.whole_days && o.from <= offer.until && offer.from <= o.until
                };
                let away = teacher
                    .away
                    .iter()
                    .any(|a| offer.whole_days && Some(a.from) <= offer.until && offer.from <= Some(a.until));
                let before = |c: &String| {
                    teacher.done.contains(c) || taken.iter().any(|o| o.course == *c && o.until < offer.from)
                };
                seats[n] > 0
                    && offer.hours <= hours
                    && offer.money_cents <= money
                    && !courses.contains(offer.course.as_str())
                    && !taken.iter().any(busy)
                    && !away
                    && offer.requires.iter().all(before)
                    && (offer.departments.is_empty() || offer.departments.contains(&teacher.department))
                    && offer.until <= Some(college.until)
            };
            let all = college.offers.iter().enumerate().filter(|(n, o)| fits(*n, o) && gain(o) > 0);
            let Some((n, best)) = all.max_by_key(|(_, o)| gain(o) * 1000 / o.hours.max(1)) else { break };
            closed += i64::from(gain(best));
            for raise in &best.raises {
                if let Some(at) = teacher.gaps.iter().position(|g| g.competency == raise.competency) {
                    left[at] -= raise.points.min(left[at]);
                }
            }
            seats[n] -= 1;
            hours -= best.hours;
            money -= best.money_cents;
            budget -= best.money_cents;
            courses.insert(&best.course);
            taken.push(best);
        }
    }
    closed
}
