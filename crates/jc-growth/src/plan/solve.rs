//! The search as a whole: a plan that can be had, prices, exchanges, and the bound.

use super::build;
use super::choose::{BRISK, Pick};
use super::draft::Draft;
use super::exact;
use super::fair;
use super::master::{Master, Mixture};
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
    let from = first_prices(&model);
    let mut shares = Vec::new();
    if fair_percent > 0 && model.departments > 1 {
        let (found, union) = fair::shares(&model, &from);
        model.floors = found.iter().map(|s| s * i64::from(fair_percent.min(100)) / 100).collect();
        shares = found;
        if !has_pins {
            best = union;
        }
    }
    build::fill(&model, &mut best);
    if !shares.is_empty() && has_pins {
        // Pins come before shares: a share they make unreachable is given up as far as they do.
        best = raise_floors(&model, best);
        for (floor, closed) in model.floors.iter_mut().zip(&best.closed) {
            *floor = (*floor).min(*closed);
        }
    }
    let (draft, bound) = search(&model, best, &pins, from);
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

/// Prices found for every so-manieth person, each standing for the others too: a good place to begin from.
fn prices_of_part(model: &Model) -> Prices {
    let step = model.people.len().div_ceil(400).max(1);
    let mut part = model.clone();
    part.people = model.people.iter().step_by(step).cloned().collect();
    part.alike = super::model::alike(&part.people);
    part.stands_for = step as i64;
    let mut search = Search::new(&part, Prices::none(&part), 1.0);
    let mut master = Master::new(&part);
    let mut draft = Draft::empty(&part);
    // Without the choice of nothing no mixture might keep to the seats.
    master.add(&draft.picks);
    for _ in 0..STEPS_OF_PART {
        let Some(answer) = search.step(draft.value()) else { break };
        master.add(&answer.picks);
    }
    mixed(&mut search, &mut master, &mut draft, SWIFT, &mut |_, _, _| {});
    search.best.1
}

/// Within one part of so many of the bound nobody would notice what is still to be gained, and the search ends.
const NEAR: i64 = 200;

/// Steps of the prices before columns are asked.
const STEPS: usize = 40;

/// The same for a part that stands for many, whose prices need not be the last.
const STEPS_OF_PART: usize = 12;

/// How long prices are taken from the columns.
#[derive(Clone, Copy)]
struct Pace {
    /// Rounds at most.
    rounds: usize,
    /// Rounds in a row that gain next to nothing, before it ends.
    still: usize,
    /// What gains less than one part of so many gains next to nothing.
    parts: f64,
    /// Whether a lower bound is a gain, too.
    bound_counts: bool,
}

const PATIENT: Pace = Pace { rounds: 60, still: 3, parts: 5_000.0, bound_counts: true };

/// The same for many people, whose prices begin from those of a part, and for that part.
const SWIFT: Pace = Pace { rounds: 10, still: 2, parts: 300.0, bound_counts: false };

/// No plan closes more than this, whatever a plan at hand does; departments' shares left aside.
pub fn bound(model: &Model, known: &Draft, from: Prices) -> i64 {
    let (steps, pace, mut search) = begin(model, from);
    let mut master = Master::new(model);
    master.add(&known.picks);
    for _ in 0..steps {
        let Some(answer) = search.step(known.value()) else { break };
        if search.best.0 <= known.value() {
            break;
        }
        master.add(&answer.picks);
    }
    let mut best = known.clone();
    let mixed = mixed(&mut search, &mut master, &mut best, pace, &mut |_, _, _| {});
    search.prove(mixed.as_ref(), known.value() + known.value() / NEAR);
    search.best.0.max(known.value())
}

/// The prices a search begins from.
pub fn first_prices(model: &Model) -> Prices {
    if model.people.len() > LARGE { prices_of_part(model) } else { Prices::none(model) }
}

/// How many steps are taken, at which pace it goes on, and the search for both.
fn begin(model: &Model, from: Prices) -> (usize, Pace, Search<'_>) {
    if model.people.len() > LARGE {
        (1, SWIFT, Search::new(model, from, 0.3))
    } else {
        (STEPS, PATIENT, Search::new(model, from, 1.0))
    }
}

fn search(model: &Model, mut best: Draft, pins: &Draft, from: Prices) -> (Draft, i64) {
    let people = model.people.len();
    let (steps, pace, mut search) = begin(model, from);
    let mut master = Master::new(model);
    master.add(&best.picks);
    // The best on the way: it may lack something of a department's least that exchanges can still mend.
    let mut rough = best.clone();
    let mut built = |prices: &Prices, picks: &[Pick], best: &mut Draft| {
        let mut other = build::at_prices(model, pins, prices, picks);
        build::fill(model, &mut other);
        if other.score(model) > rough.score(model) {
            rough = other;
        }
        if rough.holds_floors(model) && rough.value() > best.value() {
            best.clone_from(&rough);
        }
    };
    for step in 0..steps {
        let Some(answer) = search.step(best.value()) else { break };
        if search.best.0 <= best.value() {
            return (best, search.best.0);
        }
        master.add(&answer.picks);
        if people <= 40 || step % 8 == 7 {
            built(&search.best.1.clone(), &answer.picks, &mut best);
        }
    }
    let mut mixed = mixed(&mut search, &mut master, &mut best, pace, &mut built);
    let goal = |mixed: &Option<Mixture>, value: i64| {
        let reached = mixed.as_ref().map_or(0.0, |m| m.closes * 1.000_5) as i64;
        reached.max(value + value / NEAR)
    };
    search.prove(mixed.as_ref(), goal(&mixed, best.value()));
    // Where the bound stays far above the mixture, people are asked with more patience.
    for width in [BRISK, 2 * BRISK] {
        let far = |m: &Mixture| search.best.0 as f64 - m.closes > m.closes / 400.0;
        let near = search.best.0 <= best.value() + best.value() / NEAR;
        if people <= LARGE && width > search.width && !near && mixed.as_ref().is_some_and(far) {
            search.width = width;
            mixed = self::mixed(&mut search, &mut master, &mut best, pace, &mut built).or(mixed);
            search.prove(mixed.as_ref(), goal(&mixed, best.value()));
        }
    }
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

/// Moves prices to those the columns ask for, and adds what is chosen at them, until the bound or the columns stand still;
/// gives the last mixture.
fn mixed(
    search: &mut Search<'_>,
    master: &mut Master<'_>,
    best: &mut Draft,
    pace: Pace,
    built: &mut impl FnMut(&Prices, &[Pick], &mut Draft),
) -> Option<Mixture> {
    let mut last: Option<Mixture> = None;
    let (mut ahead, mut still) = (true, 0);
    for round in 0..pace.rounds {
        let Some(mut mixture) = master.solve() else { break };
        let gained = last.as_ref().is_none_or(|last| mixture.closes - last.closes > mixture.closes / pace.parts);
        still = if gained || (ahead && pace.bound_counts) { 0 } else { still + 1 };
        let reached = search.best.0 as f64 - mixture.closes <= mixture.closes / 2_000.0;
        let over = reached || still == pace.still || round + 1 == pace.rounds;
        if round % 4 == 3 || over {
            built(&mixture.prices, &master.picks(&mixture), best);
        }
        master.forget(&mut mixture);
        let asked = if ahead { search.best.1.towards(&mixture.prices) } else { mixture.prices.clone() };
        last = Some(mixture);
        if over || search.best.0 <= best.value() + best.value() / 1_000 {
            break;
        }
        let before = search.best.0;
        let Some(answer) = search.ask(&asked) else { break };
        if !master.add(&answer.picks) && !ahead {
            break;
        }
        ahead = search.best.0 < before;
    }
    last
}

/// How often groups are put together anew: less often where each choice is from many, and takes longer.
fn attempts(model: &Model) -> u32 {
    let people = model.people.len();
    let choices = model.people.iter().map(|person| person.choices.len()).sum::<usize>() / people.max(1);
    match people {
        0..=50 => 7_000,
        _ => (10_000_000 / (choices * choices).max(1)).clamp(1_000, 7_000) as u32,
    }
}

fn polish(model: &Model, draft: &mut Draft, search: &Search<'_>) {
    let goal = search.best.0 - if model.people.len() > 24 { search.best.0 / NEAR } else { 0 };
    build::fill(model, draft);
    if model.people.len() > LARGE {
        // Built from a mixture, so many leave each other hardly anything to exchange.
        return;
    }
    for _ in 0..6 {
        if draft.score(model) >= goal || !build::exchange(model, draft) {
            break;
        }
        build::fill(model, draft);
    }
    // What is harder to gain is worth less of everybody's time.
    let enough = goal - if model.people.len() > 24 { search.best.0 / 333 } else { 0 };
    build::regroup(model, draft, &search.best.1, attempts(model), [goal, enough]);
    if draft.score(model) < enough {
        build::exchange(model, draft);
        build::fill(model, draft);
    }
}
