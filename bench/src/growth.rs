//! Plans for whole colleges: how close to the best they are proved to be, and how long that takes.
//!
//! The floor is what a careful person would do by hand: everyone in turn takes what closes most for its hours while there
//! is room. The plan must close more. Time is told as seconds of processors, which a busy machine does not change, and of
//! the clock.

#[path = "../../crates/jc-growth/src/plan/tests/drawn.rs"]
mod drawn;

use jc_growth::plan::audit::audit;
use jc_growth::plan::input::{self, College};
use jc_growth::plan::plan;
use std::collections::HashSet;
use std::time::Instant;

/// Seeds of the smaller and of the larger colleges.
const SEEDS: [u64; 2] = [24, 2];

/// Plans colleges of two sizes, with and without fair shares, and prints what came of it.
pub fn run() {
    println!("teachers offers mentors fair seed |   closed    bound  short% |  by hand |  cpu-s  seconds");
    for ((teachers, offers, mentors), seeds) in [(200, 150, 30), (5_000, 600, 300)].into_iter().zip(SEEDS) {
        for fair in [0, 90] {
            let mut spent: Vec<(f64, i64)> = Vec::new();
            for seed in 1..=seeds {
                let mut college = drawn::college(seed, teachers, offers, mentors);
                college.fair_percent = fair;
                let (start, before) = (Instant::now(), cpu_seconds());
                let plan = plan(&college).expect("nothing is pinned");
                let (seconds, cpu) = (start.elapsed().as_secs_f64(), cpu_seconds() - before);
                assert!(audit(&college, &plan).is_empty(), "a plan that cannot be had");
                let short = plan.short_of_best();
                let (closed, bound, hand) = (plan.closed, plan.bound, by_hand(&college));
                println!(
                    "{teachers:8} {offers:6} {mentors:7} {fair:4} {seed:4} | {closed:8} {bound:8} {:3}.{:02} | {hand:8} | {cpu:6.2} {seconds:8.2}",
                    short / 100,
                    short % 100,
                );
                assert!(closed >= hand, "worse than by hand");
                spent.push((cpu, short));
            }
            spent.sort_by(|a, b| a.0.total_cmp(&b.0));
            let (median, slowest) = (spent[spent.len() / 2].0, spent[spent.len() - 1].0);
            let widest = spent.iter().map(|(_, short)| *short).max().unwrap_or(0);
            println!(
                "{teachers:8} teachers, fair {fair}: median {median:.2} cpu-s, slowest {slowest:.2}, widest gap {}.{:02} %",
                widest / 100,
                widest % 100
            );
        }
    }
}

/// What this process has counted on all processors so far, from what Linux tells in hundredths of a second.
pub fn cpu_seconds() -> f64 {
    let told = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The name in brackets may hold blanks; user and system time are the twelfth and thirteenth word behind it.
    let behind = told.rsplit_once(')').map_or("", |(_, rest)| rest);
    behind.split_whitespace().skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0
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
