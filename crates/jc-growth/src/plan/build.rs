//! Plans that can be had: built at prices, then improved by exchanging.
//!
//! Every step keeps to seats, hours, money, pins and the departments' floors, so whatever is left at the end can be had.

use super::choose::{Ask, Pick, choose, patience};
use super::draft::Draft;
use super::model::{Model, SCALE};
use super::price::Prices;

/// How often pins are tried in another order before they are called impossible.
const ROUNDS: usize = 60;

/// A plan of the pinned items and what they require, and nothing else. The error names a person whose pins could not
/// be had.
pub fn pinned_only(model: &Model) -> Result<Draft, usize> {
    let pinned = |p: &usize| {
        let person = &model.people[*p];
        !person.unreachable_pins.is_empty() || person.choices.iter().any(|c| c.pinned)
    };
    let mut order: Vec<usize> = (0..model.people.len()).filter(pinned).collect();
    // Where points are worth nothing, only what is pinned is chosen, and of what it requires the cheapest.
    let mut price: Vec<i64> = model.options.iter().map(|o| o.money + 1).collect();
    let mut failed = 0;
    for _ in 0..ROUNDS {
        match in_turn(model, &order, &price) {
            Ok(draft) => return Ok(draft),
            Err(at) => {
                failed = order[at];
                // Whoever came too late comes first, and the others are asked to leave what they need.
                for choice in model.people[failed].choices.iter().filter(|c| c.opens || c.pinned) {
                    price[choice.option] += model.budget.max(1) / 4 + 1;
                }
                order[..=at].rotate_right(1);
            }
        }
    }
    Err(failed)
}

/// Gives each in turn what is pinned; the error is the position of who could not have it.
fn in_turn(model: &Model, order: &[usize], price: &[i64]) -> Result<Draft, usize> {
    let mut draft = Draft::empty(model);
    for (at, &person) in order.iter().enumerate() {
        let pick = draft.best_left(model, person, price, 0, &[]).ok_or(at)?;
        draft.give(model, person, pick);
    }
    Ok(draft)
}

/// Gives everyone what they chose at the prices while it lasts; who comes too late chooses from what is left.
/// `before` holds at least the pins. The result may miss a department's floor.
pub fn at_prices(model: &Model, before: &Draft, prices: &Prices, picks: &[Pick]) -> Draft {
    let mut draft = before.clone();
    let price = prices.of_options(model);
    let mut order: Vec<usize> = (0..picks.len()).collect();
    order.sort_by_key(|&p| (std::cmp::Reverse(picks[p].profit), p));
    let mut late = Vec::new();
    for person in order {
        let old = draft.clear(model, person);
        if draft.has_room(model, &picks[person]) {
            draft.give(model, person, picks[person].clone());
        } else {
            draft.give(model, person, old);
            late.push(person);
        }
    }
    for person in late {
        let factor = prices.factor(model.people[person].department);
        change(model, &mut draft, person, |d| d.best_left(model, person, &price, factor, &[]));
    }
    draft
}

/// Lets one person choose anew from what is left and their own; keeps the old choice if there is no new one.
fn change(model: &Model, draft: &mut Draft, person: usize, new: impl Fn(&Draft) -> Option<Pick>) {
    let old = draft.clear(model, person);
    let pick = new(draft).unwrap_or(old);
    draft.give(model, person, pick);
}

/// Lets everyone in turn take more from what is left. Never makes anyone close less.
pub fn fill(model: &Model, draft: &mut Draft) -> bool {
    let free = vec![0; model.options.len()];
    let mut better = false;
    let mut order: Vec<usize> = (0..model.people.len()).collect();
    // Departments that lack something of their least come first.
    order.sort_by_key(|&p| (std::cmp::Reverse(draft.weight(model, model.people[p].department)), p));
    for person in order {
        if draft.picks[person].value == model.people[person].gap() {
            continue;
        }
        let old = draft.clear(model, person);
        let new = draft.best_left(model, person, &free, SCALE, &old.options);
        let pick = new.filter(|n| n.value > old.value).unwrap_or(old.clone());
        better |= pick.value > old.value;
        draft.give(model, person, pick);
    }
    better
}

/// Lets everyone in turn take seats from those who lose least by giving them up, where all together gain. Floors that
/// hold go on holding.
pub fn exchange(model: &Model, draft: &mut Draft) -> bool {
    let mut better = false;
    let mut holders = cheapest_holders(model, draft);
    for person in 0..model.people.len() {
        if draft.picks[person].value == model.people[person].gap() {
            continue;
        }
        if try_exchange(model, draft, person, &holders) {
            better = true;
            holders = refreshed(draft, holders);
        }
    }
    better
}

/// Who would lose least by giving up a seat: the two cheapest, so that nobody displaces themselves.
type Holders = Vec<[Option<(i64, usize)>; 2]>;

fn cheapest_holders(model: &Model, draft: &Draft) -> Holders {
    let mut holders: Holders = vec![[None; 2]; model.options.len()];
    let free = vec![0; model.options.len()];
    let mut rest = draft.clone();
    for person in 0..model.people.len() {
        let old = draft.picks[person].clone();
        if !old.options.iter().any(|&o| draft.seats[o] == 0) {
            continue;
        }
        rest.clear(model, person);
        for &o in old.options.iter().filter(|&&o| draft.seats[o] == 0) {
            let open = |x: usize| x != o && rest.seats[x] > 0;
            let one = &model.people[person];
            let ask = Ask {
                person: one,
                factor: SCALE,
                price: &free,
                open: &open,
                money: rest.money,
                hint: &[],
                width: patience(model),
            };
            if let Some(pick) = choose(model, &ask) {
                let loss = draft.loss(model, one.department, old.value - pick.value).max(0);
                let offer = Some((loss, person));
                let [first, second] = &mut holders[o];
                if first.is_none() || offer < *first {
                    *second = *first;
                    *first = offer;
                } else if second.is_none() || offer < *second {
                    *second = offer;
                }
            }
        }
        rest.give(model, person, old);
    }
    holders
}

/// Forgets holders who no longer hold; their next exchange is found in the next round.
fn refreshed(draft: &Draft, mut holders: Holders) -> Holders {
    for (o, pair) in holders.iter_mut().enumerate() {
        for holder in pair.iter_mut() {
            if holder.is_some_and(|(_, person)| !draft.picks[person].options.contains(&o)) {
                *holder = None;
            }
        }
    }
    holders
}

fn try_exchange(model: &Model, draft: &mut Draft, person: usize, holders: &Holders) -> bool {
    let (before, held) = (draft.score(model), draft.holds_floors(model));
    let factor = SCALE * draft.weight(model, model.people[person].department);
    let other = |o: usize| holders[o].iter().flatten().find(|(_, who)| *who != person).copied();
    let old = draft.clear(model, person);
    let mut price = vec![0; model.options.len()];
    for (o, price) in price.iter_mut().enumerate() {
        if draft.seats[o] == 0 {
            *price = other(o).map_or(0, |(loss, _)| loss * SCALE);
        }
    }
    let open = |o: usize| draft.seats[o] > 0 || other(o).is_some();
    let one = &model.people[person];
    let ask = Ask {
        person: one,
        factor,
        price: &price,
        open: &open,
        money: draft.money,
        hint: &old.options,
        width: patience(model),
    };
    let Some(pick) = choose(model, &ask).filter(|p| p.profit > old.value * factor) else {
        draft.give(model, person, old);
        return false;
    };
    let mut victims: Vec<usize> =
        pick.options.iter().filter(|&&o| draft.seats[o] == 0).filter_map(|&o| other(o)).map(|(_, who)| who).collect();
    victims.sort_unstable();
    victims.dedup();
    let mut undo = vec![(person, old)];
    for &victim in &victims {
        let old = draft.clear(model, victim);
        undo.push((victim, old));
    }
    let free = vec![0; model.options.len()];
    let mut done = draft.has_room(model, &pick);
    if done {
        draft.give(model, person, pick);
        for &victim in &victims {
            match draft.best_left(model, victim, &free, SCALE, &[]) {
                Some(pick) => draft.give(model, victim, pick),
                None => {
                    done = false;
                    break;
                }
            }
        }
    }
    if done && draft.score(model) > before && (draft.holds_floors(model) || !held) {
        return true;
    }
    restore(model, draft, undo);
    false
}

fn restore(model: &Model, draft: &mut Draft, old: Vec<(usize, Pick)>) {
    for (person, _) in &old {
        draft.clear(model, *person);
    }
    for (person, pick) in old {
        draft.give(model, person, pick);
    }
}

/// Takes small groups that share something scarce apart and puts them together anew, many times; keeps what is better. Floors
/// that hold go on holding. The order is drawn from a fixed seed, so the same college always gets the same plan. It ends where floors
/// hold at the first goal, or, once a quarter of the attempts are over, at the second.
pub fn regroup(model: &Model, draft: &mut Draft, prices: &Prices, attempts: u32, goals: [i64; 2]) {
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    let price = prices.of_options(model);
    let free = vec![0; model.options.len()];
    let wanting: Vec<Vec<usize>> = wanting(model);
    let scarce: Vec<usize> = (0..model.options.len()).filter(|&o| price[o] > 0 && !wanting[o].is_empty()).collect();
    if scarce.is_empty() {
        return;
    }
    for attempt in 0..attempts {
        let (before, held) = (draft.score(model), draft.holds_floors(model));
        if held && before >= goals[usize::from(attempt >= attempts / 4)] {
            return;
        }
        let mut group: Vec<usize> = Vec::new();
        for _ in 0..2 {
            let o = scarce[dice.below(scarce.len())];
            let holders: Vec<usize> =
                wanting[o].iter().copied().filter(|&p| draft.picks[p].options.contains(&o)).collect();
            for pool in [&holders, &wanting[o]] {
                for _ in 0..3 {
                    if !pool.is_empty() {
                        group.push(pool[dice.below(pool.len())]);
                    }
                }
            }
        }
        group.sort_unstable();
        group.dedup();
        for i in (1..group.len()).rev() {
            group.swap(i, dice.below(i + 1));
        }
        let undo: Vec<(usize, Pick)> = group.iter().map(|&p| (p, draft.clear(model, p))).collect();
        // Pins come first, so that nobody else takes what they need.
        let pinned = |p: &usize| !model.people[*p].choices.iter().any(|c| c.pinned);
        group.sort_by_key(pinned);
        let share = [256, 192, 128, 288][attempt as usize % 4];
        let asked: Vec<i64> = price.iter().map(|p| p * share / 256).collect();
        let mut whole = true;
        for &person in &group {
            let factor = prices.factor(model.people[person].department);
            match draft.best_left(model, person, &asked, factor, &[]) {
                Some(pick) => draft.give(model, person, pick),
                None => {
                    whole = false;
                    break;
                }
            }
        }
        if whole {
            for &person in &group {
                let hint = draft.picks[person].options.clone();
                change(model, draft, person, |d| d.best_left(model, person, &free, SCALE, &hint));
            }
        }
        if !(whole && draft.score(model) >= before && (draft.holds_floors(model) || !held)) {
            restore(model, draft, undo);
        }
    }
}

fn wanting(model: &Model) -> Vec<Vec<usize>> {
    let mut wanting = vec![Vec::new(); model.options.len()];
    for (person, one) in model.people.iter().enumerate() {
        for choice in &one.choices {
            wanting[choice.option].push(person);
        }
    }
    wanting
}

/// Numbers that look drawn (xorshift) and are the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, count: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % count as u64) as usize
    }
}
