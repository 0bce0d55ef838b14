//! The search as a whole: a plan that can be had, prices, exchanges, and the bound.

use super::build;
use super::draft::Draft;
use super::exact;
use super::fair;
use super::model::Model;
use super::price::{Prices, Search};

/// A plan and how good any plan could be.
#[derive(Debug, Clone)]
pub struct Solved {
    pub draft: Draft,
    /// No plan closes more weighted points.
    pub bound: i64,
    /// What each department would close set apart; empty without a guarantee.
    pub shares: Vec<i64>,
}

/// Plans for all. The error is the first person whose pins cannot be had with those before.
pub fn solve(mut model: Model, fair_percent: u32) -> Result<Solved, usize> {
    let pins = build::pinned_only(&model)?;
    let has_pins = pins.picks.iter().any(|p| !p.options.is_empty());
    let mut best = pins.clone();
    build::fill(&model, &mut best);
    let mut shares = Vec::new();
    if fair_percent > 0 && model.departments > 1 {
        let (found, union) = fair::shares(&model);
        model.floors = found.iter().map(|s| s * i64::from(fair_percent.min(100)) / 100).collect();
        shares = found;
        if has_pins {
            // Pins come before shares: a share they make unreachable is given up as far as they do.
            let reached = raise_floors(&model, best.clone());
            for (floor, closed) in model.floors.iter_mut().zip(&reached.closed) {
                *floor = (*floor).min(*closed);
            }
            best = reached;
        } else {
            best = union;
            build::fill(&model, &mut best);
        }
    }
    let (draft, bound) = search(&model, best, &pins);
    Ok(Solved { draft, bound, shares })
}

/// Brings departments to their floors as far as taking turns does: those below choose first.
fn raise_floors(model: &Model, start: Draft) -> Draft {
    if start.holds_floors(model) {
        return start;
    }
    let Ok(mut draft) = build::pinned_only(model) else { return start };
    let free = vec![0; model.options.len()];
    let mut order: Vec<usize> = (0..model.people.len()).collect();
    let lacking = |d: usize| start.closed[d] - model.floors[d];
    order.sort_by_key(|&p| (lacking(model.people[p].department), p));
    for person in order {
        let old = draft.clear(model, person);
        let pick = draft.best_left(model, person, &free, super::model::SCALE, &[]).unwrap_or(old);
        draft.give(model, person, pick);
    }
    draft
}

/// From so many people on, prices are found for a part of them first.
const LARGE: usize = 2_000;

/// Prices found for every so-manieth person, with the same part of all that is scarce: a good place to begin from.
fn prices_of_part(model: &Model) -> Prices {
    let step = model.people.len().div_ceil(400).max(1);
    let mut part = model.clone();
    part.people = model.people.iter().step_by(step).cloned().collect();
    for option in &mut part.options {
        option.seats = (option.seats + step as i64 / 2) / step as i64;
    }
    part.budget /= step as i64;
    part.floors.iter_mut().for_each(|floor| *floor /= step as i64);
    let mut search = Search::new(&part, Prices::none(&part), 1.0);
    let mut known = 0;
    for _ in 0..160 {
        let Some(answer) = search.step(known) else { break };
        let draft = build::at_prices(&part, &Draft::empty(&part), &search.best.1, &answer.picks);
        known = known.max(draft.value());
        if search.settled() {
            break;
        }
    }
    search.best.1
}

fn search(model: &Model, mut best: Draft, pins: &Draft) -> (Draft, i64) {
    let people = model.people.len();
    let (steps, mut search) = if people > LARGE {
        (28, Search::new(model, prices_of_part(model), 0.3))
    } else {
        (260, Search::new(model, Prices::none(model), 1.0))
    };
    // The best on the way: it may lack something of a department's least that exchanges can still mend.
    let mut rough = best.clone();
    for step in 0..steps {
        let Some(answer) = search.step(best.value()) else { break };
        if search.best.0 <= best.value() {
            return (best, search.best.0);
        }
        let late = (step >= 12 || people > LARGE) && (step % 8 == 0 || step + 1 == steps);
        if late || people <= 40 {
            let mut other = build::at_prices(model, pins, &search.best.1, &answer.picks);
            if step % 24 == 0 {
                build::fill(model, &mut other);
            }
            if other.score(model) > rough.score(model) {
                rough = other;
            }
            if rough.holds_floors(model) && rough.value() > best.value() {
                best = rough.clone();
            }
        }
        if search.settled() {
            break;
        }
    }
    search.prove();
    polish(model, &mut rough, &search);
    if !rough.holds_floors(model) {
        // It could not be mended: go on from what was fair from the start.
        rough = best.clone();
        polish(model, &mut rough, &search);
    }
    if rough.holds_floors(model) && rough.value() > best.value() {
        best = rough;
    }
    exact::close(model, &mut best, &mut search.best);
    (best, search.best.0)
}

fn polish(model: &Model, draft: &mut Draft, search: &Search<'_>) {
    // Within a quarter of a percent nobody would notice what is still to be gained.
    let goal = search.best.0 - if model.people.len() > 24 { search.best.0 / 400 } else { 0 };
    let large = model.people.len() > LARGE;
    build::fill(model, draft);
    for _ in 0..if large { 2 } else { 6 } {
        if draft.score(model) >= goal || !build::exchange(model, draft) {
            break;
        }
        build::fill(model, draft);
    }
    build::regroup(model, draft, &search.best.1, if large { 4_000 } else { 7_000 }, goal);
    if draft.score(model) < goal {
        build::exchange(model, draft);
        build::fill(model, draft);
    }
}
