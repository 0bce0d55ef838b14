//! No more than this can still be gained: what cuts the search of one person's choice short.
//!
//! Two bounds, each the lower where it is good. One buys hours and money at prices of their own and fills what is left of
//! each gap from the cheapest candidate on, as if candidates could be had in parts. The other is looked up in the
//! [`Outlook`]: it takes candidates whole, and lets those that require a course pay for it, but of a gap knows only what a
//! point of it is worth. Any prices give a bound; they are chosen so that it is low at the start.

use super::outlook::{Outlook, Prospect};
use super::{Candidate, HASTY, Search, State};
use crate::plan::model::Need;
use crate::plan::price::MONEY_SCALE;

/// Prices of what only one person has.
#[derive(Clone, Copy, Default)]
pub(super) struct OwnPrices {
    /// One hour.
    hour: i64,
    /// One cent, in parts of [`MONEY_SCALE`].
    cent: i64,
}

impl OwnPrices {
    /// What hours and money are worth, rounded up.
    fn worth(self, hours: i64, money: i64) -> i128 {
        let cents = i128::from(self.cent) * i128::from(money);
        i128::from(self.hour * hours) + (cents + MONEY_SCALE - 1).div_euclid(MONEY_SCALE)
    }

    /// What a candidate costs, rounded down.
    fn cost(self, candidate: &Candidate<'_>) -> i64 {
        let cents = i128::from(self.cent) * i128::from(candidate.opt.money) / MONEY_SCALE;
        candidate.price + self.hour * candidate.opt.hours + cents as i64
    }
}

impl Search<'_> {
    /// Takes the prices of hours and money that make the bound lowest at the start, and the order that goes with them.
    pub(super) fn set_own_prices(&mut self) {
        let start = self.start();
        let gains: Vec<i64> = (0..self.candidates.len()).map(|i| self.gain(&start, i).max(0)).collect();
        let least = self.bound_at(&start, OwnPrices::default());
        let mut best = (least, OwnPrices::default());
        // One after the other, the hours once more beside a price of money.
        for round in 0..3 {
            let (before, money) = (best.1, round == 1);
            let left = |i: usize| {
                let opt = self.candidates[i].opt;
                let cents = i128::from(before.cent) * i128::from(opt.money) / MONEY_SCALE;
                let other = if money { before.hour * opt.hours } else { cents as i64 };
                let rest = (gains[i] - other).max(0);
                let dense = || (i128::from(rest) * MONEY_SCALE / i128::from(opt.money)) as i64;
                if money { if opt.money > 0 { dense() } else { 0 } } else { rest / opt.hours.max(1) }
            };
            let mut densities: Vec<i64> = (0..self.candidates.len()).map(left).collect();
            densities.push(0);
            densities.sort_unstable();
            // A sample of the densities there are is enough: any price gives a bound.
            let sample = if self.ask.width < HASTY { 4 } else { 8 };
            for price in densities.iter().copied().step_by((densities.len() / sample).max(1)) {
                let own = if money { OwnPrices { cent: price, ..before } } else { OwnPrices { hour: price, ..before } };
                let bound = self.bound_at(&start, own);
                if bound < best.0 {
                    best = (bound, own);
                }
            }
            if round == 1 && best.1.cent == 0 {
                break;
            }
        }
        self.rank(best.1);
    }

    fn bound_at(&mut self, state: &State, own: OwnPrices) -> i64 {
        self.rank(own);
        self.bound(state, 0)
    }

    fn rank(&mut self, own: OwnPrices) {
        self.own = own;
        let all = self.candidates.iter().enumerate().map(|(i, c)| (i, own.cost(c)));
        self.ranked = all.filter(|&(i, cost)| self.candidates[i].worth > cost).collect();
        let worth = |i: usize| self.candidates[i].worth;
        let small = self.ranked.iter().all(|&(i, cost)| worth(i) < i64::from(i32::MAX) && cost > i64::from(i32::MIN));
        if small {
            self.ranked
                .sort_unstable_by(|&(a, one), &(b, other)| (one * worth(b)).cmp(&(other * worth(a))).then(a.cmp(&b)));
        } else {
            let worth = |i: usize| i128::from(worth(i));
            self.ranked.sort_unstable_by(|&(a, one), &(b, other)| {
                (i128::from(one) * worth(b)).cmp(&(i128::from(other) * worth(a))).then(a.cmp(&b))
            });
        }
    }

    /// Prices the points of gaps that many could fill, by which of them the bound fills last, and looks ahead.
    pub(super) fn look_ahead(&mut self) {
        let (person, factor) = (self.ask.person, self.ask.factor);
        let mut left: Vec<i64> = person.needs.iter().map(|n| n.points).collect();
        self.turn += 1;
        for &(at, cost) in &self.ranked {
            let Candidate { choice, worth, kind, .. } = &self.candidates[at];
            if self.counted[*kind] == self.turn {
                continue;
            }
            self.counted[*kind] = self.turn;
            for &(need, points) in &choice.raises {
                if left[need] > 0 && left[need] <= points {
                    let point = i128::from(person.needs[need].weight * factor);
                    self.relief[need] = (point * i128::from(worth - cost) / i128::from(*worth)) as i64;
                }
                left[need] -= points.min(left[need]);
            }
        }
        let gains = |c: &Candidate<'_>| {
            let gain = |&(need, points): &(usize, i64)| {
                let Need { points: most, weight } = person.needs[need];
                points.min(most) * (weight * factor - self.relief[need])
            };
            c.choice.raises.iter().map(gain).sum::<i64>() - c.price
        };
        let mut gains: Vec<i64> = self.candidates.iter().map(gains).collect();
        self.pay_for_required(&mut gains);
        let prospect = |(c, gains): (&Candidate<'_>, i64)| Prospect {
            gains,
            hours: c.opt.hours,
            money: c.opt.money,
            course: c.opt.course,
        };
        let prospects: Vec<Prospect> = self.candidates.iter().zip(gains).map(prospect).collect();
        self.outlook = Outlook::new(&prospects, person.hours, self.ask.money.min(person.money));
    }

    /// Lets what requires a course that is not worth its price pay for it, as far as it can: what each gains in the outlook
    /// is less, and what the course's runs gain is more.
    fn pay_for_required(&mut self, gains: &mut [i64]) {
        let own = self.own;
        let rest = |gains: &[i64], i: usize| gains[i] - (own.cost(&self.candidates[i]) - self.candidates[i].price);
        for (at, one) in self.candidates.iter().enumerate().rev() {
            for &course in &one.choice.requires {
                let runs = self.candidates[..at].iter().enumerate();
                let runs = runs.filter(|(_, run)| run.opt.course == course && run.opt.until < one.opt.from);
                let runs: Vec<usize> = runs.map(|(i, _)| i).collect();
                self.last_chance[at] = self.last_chance[at].min(runs.last().map_or(0, |last| last + 1));
                let lacks = runs.iter().map(|&run| -rest(gains, run)).min().unwrap_or(0);
                let pays = lacks.min(rest(gains, at));
                if pays > 0 {
                    gains[at] -= pays;
                    for run in runs {
                        gains[run] += pays;
                        self.paid_by[run].push((at, pays));
                    }
                }
            }
        }
    }

    /// No more than this can be gained from the candidates from `i` on; quicker to find than [`bound`](Self::bound).
    pub(super) fn outlook(&self, state: &State, i: usize) -> i64 {
        let paid = state.chosen.iter().flat_map(|&c| &self.paid_by[c]).filter(|(by, _)| *by >= i);
        let paid: i64 = paid.map(|(_, pays)| pays).sum();
        state.relief + paid + self.outlook.from(i, state.hours, state.money)
    }

    /// No more than this can be gained from the candidates from `i` on.
    pub(super) fn bound(&mut self, state: &State, i: usize) -> i64 {
        let mut room = std::mem::take(&mut self.room);
        room.clear();
        room.extend_from_slice(&state.left);
        self.turn += 1;
        let needs = &self.ask.person.needs;
        let mut open = room.iter().filter(|room| **room > 0).count();
        let mut priced = self.own.worth(state.hours, state.money);
        let mut anything = false;
        for &(at, cost) in &self.ranked {
            if open == 0 {
                break;
            }
            let candidate = &self.candidates[at];
            if at < i || self.counted[candidate.kind] == self.turn || !Self::has_room(state, candidate) {
                continue;
            }
            if self.last_chance[at] <= i && !self.is_open(state, candidate) {
                continue;
            }
            anything = true;
            self.counted[candidate.kind] = self.turn;
            let mut filled = 0;
            for &(need, points) in &candidate.choice.raises {
                let part = points.min(room[need]);
                room[need] -= part;
                filled += part * needs[need].weight;
                open -= usize::from(part > 0 && room[need] == 0);
            }
            priced += surplus(filled * self.ask.factor, cost, candidate.worth);
        }
        self.room = room;
        let more = || {
            let fits = |j: usize| self.gain(state, j) > 0 && Self::has_room(state, &self.candidates[j]);
            (i..self.candidates.len()).any(fits)
        };
        if anything || more() { i64::try_from(priced).unwrap_or(i64::MAX) } else { 0 }
    }
}

/// The part of a candidate's surplus, its worth less its cost, that goes with what is filled of its worth, rounded up.
fn surplus(filled: i64, cost: i64, worth: i64) -> i128 {
    if filled == worth {
        return i128::from(worth - cost);
    }
    // Nearly always it fits: dividing longer numbers is most of what the bound would cost.
    match filled.checked_mul(worth - cost).and_then(|all| all.checked_add(worth - 1)) {
        Some(all) => i128::from(all / worth),
        None => (i128::from(filled) * i128::from(worth - cost) + i128::from(worth - 1)) / i128::from(worth),
    }
}
