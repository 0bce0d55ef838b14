//! The departments' fair shares.
//!
//! Each department is set apart with its part, by heads, of every offer's seats and of the budget; what it closes then is its
//! fair share. All fair shares can be had together, so guaranteeing them never makes planning impossible and never holds
//! one department down because another has nothing to gain. What a department cannot use, others may.

use super::build;
use super::choose::{GUIDING, HASTY};
use super::draft::Draft;
use super::exact;
use super::model::{self, Model, Person};
use super::price::{Prices, Search};

/// Up to so many people a department's share is the best there is; beyond, what a good plan closes.
const SMALL: usize = 5;

/// What each department would close with its part, and the plan in which all do. `from` are prices that large parts begin
/// from.
pub fn shares(model: &Model, from: &Prices) -> (Vec<i64>, Draft) {
    let mut union = Draft::empty(model);
    let mut shares = vec![0; model.departments];
    let members: Vec<Vec<usize>> = (0..model.departments).map(|d| people_of(model, d)).collect();
    let heads: Vec<i64> = members.iter().map(|m| m.len() as i64).collect();
    let money = apportion(model.budget, &heads);
    let seats: Vec<Vec<i64>> = seats(model);
    let apart = |department: usize| {
        let seats = seats.iter().map(|s| s[department]);
        best_apart(&set_apart(model, &members[department], money[department], seats), from)
    };
    for (department, draft) in side_by_side(model.departments, &apart).into_iter().enumerate() {
        shares[department] = draft.value();
        for (&person, pick) in members[department].iter().zip(draft.picks) {
            union.give(model, person, pick);
        }
    }
    (shares, union)
}

/// Plans departments on as many processors as there are; what comes of each does not depend on how many.
fn side_by_side(departments: usize, apart: &(impl Fn(usize) -> Draft + Sync)) -> Vec<Draft> {
    let hands = std::thread::available_parallelism().map_or(1, usize::from).min(8);
    std::thread::scope(|scope| {
        let start =
            |hand: usize| scope.spawn(move || (hand..departments).step_by(hands).map(apart).collect::<Vec<Draft>>());
        let hands: Vec<_> = (0..hands).map(start).collect();
        let mut done: Vec<_> =
            hands.into_iter().map(|hand| hand.join().expect("planning does not fail").into_iter()).collect();
        let count = done.len();
        (0..departments).filter_map(|department| done[department % count].next()).collect()
    })
}

fn people_of(model: &Model, department: usize) -> Vec<usize> {
    (0..model.people.len()).filter(|&p| model.people[p].department == department).collect()
}

/// Each option's seats, divided among the departments by how many of their people could take it.
fn seats(model: &Model) -> Vec<Vec<i64>> {
    let mut heads = vec![vec![0; model.departments]; model.options.len()];
    for person in &model.people {
        for choice in &person.choices {
            heads[choice.option][person.department] += 1;
        }
    }
    heads.iter().zip(&model.options).map(|(heads, option)| apportion(option.seats, heads)).collect()
}

/// One department as a college of its own. Pins are left out: they are decisions about the whole.
fn set_apart(model: &Model, members: &[usize], money: i64, seats: impl Iterator<Item = i64>) -> Model {
    let mut options = model.options.clone();
    for (option, seats) in options.iter_mut().zip(seats) {
        option.seats = seats;
    }
    let people = members.iter().map(|&p| {
        let mut person = model.people[p].clone();
        person.department = 0;
        person.unreachable_pins.clear();
        person.choices.iter_mut().for_each(|c| c.pinned = false);
        person
    });
    let people: Vec<Person> = people.collect();
    Model {
        options,
        excludes: model.excludes.clone(),
        alike: model::alike(&people),
        stands_for: 1,
        crowd: model.crowd,
        people,
        departments: 1,
        budget: money,
        floors: vec![0],
    }
}

fn best_apart(part: &Model, from: &Prices) -> Draft {
    let mut draft = Draft::empty(part);
    // Large parts have small gaps, so they need fewer steps and less patience.
    let large = part.people.len() > 200;
    let mut search = if large {
        Search::new(part, Prices { floor: vec![0], ..from.clone() }, 0.3)
    } else {
        build::fill(part, &mut draft);
        Search::new(part, Prices::none(part), 1.0)
    };
    if part.people.len() > SMALL {
        search.width = if large { HASTY / 4 } else { GUIDING };
    }
    let steps = match (large, part.crowd) {
        (true, _) => 1,
        (_, 0..=50) => 30,
        _ => 16,
    };
    for step in 0..steps {
        let Some(answer) = search.step(draft.value()) else { break };
        if large && step + 1 < steps {
            continue;
        }
        let other = build::at_prices(part, &Draft::empty(part), &search.best.1, &answer.picks);
        if other.value() > draft.value() {
            draft = other;
        }
        if search.best.0 <= draft.value() {
            return draft;
        }
    }
    build::fill(part, &mut draft);
    if part.people.len() <= SMALL {
        exact::close(part, &mut draft, &mut search.best);
    }
    draft
}

/// Divides a whole by weights, the largest remainders first; nothing if all weights are zero.
pub fn apportion(whole: i64, weights: &[i64]) -> Vec<i64> {
    let total: i128 = weights.iter().map(|w| i128::from(*w)).sum();
    if total == 0 {
        return vec![0; weights.len()];
    }
    let exact = |w: i64| i128::from(whole) * i128::from(w);
    let mut parts: Vec<i64> = weights.iter().map(|w| (exact(*w) / total) as i64).collect();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by_key(|&i| (std::cmp::Reverse(exact(weights[i]) % total), i));
    let left = whole - parts.iter().sum::<i64>();
    for &i in order.iter().take(left as usize) {
        parts[i] += 1;
    }
    parts
}
