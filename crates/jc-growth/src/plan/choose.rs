//! The best choice of one person at given prices: searched exhaustively, cut by a bound, in whole numbers.
//!
//! Candidates are taken in the order of what closing one point with them costs, hours counted at a price of their own. The
//! bound buys hours at that price and fills each gap from the cheapest candidate on, as if candidates could be had in
//! parts: nothing left to choose gains more. Any price of hours gives a bound; the one that gives the lowest is used.

use std::collections::HashMap;

use super::model::{Choice, Model, Opt, Person};

/// Steps of a search whose answer is to be the best there is. No real case comes near it; it keeps a hostile one from
/// standing still. Whoever runs out of steps settles for what there is and says how much better it could be.
pub const THOROUGH: u32 = 400_000;

/// Steps of one of very many searches.
pub const BRISK: u32 = 3_000;

/// Steps of one of hundreds of thousands of searches.
pub const HASTY: u32 = 400;

/// How many steps one search may take while many are planned.
pub fn patience(model: &Model) -> u32 {
    match model.people.len() {
        0..=50 => THOROUGH,
        51..=2_000 => BRISK,
        _ => HASTY,
    }
}

/// What one person is asked.
pub struct Ask<'a> {
    pub person: &'a Person,
    /// What one weighted point is worth.
    pub factor: i64,
    /// What each option costs, in the same unit.
    pub price: &'a [i64],
    /// Which options still have a seat for this person.
    pub open: &'a dyn Fn(usize) -> bool,
    /// Money this person may still spend, in cents.
    pub money: i64,
    /// A choice that may be good: it shortens the search, and of equals it is kept.
    pub hint: &'a [usize],
    /// How many steps the search may take: [`THOROUGH`], [`BRISK`] or [`HASTY`].
    pub steps: u32,
}

/// The answer: options in order of time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pick {
    pub options: Vec<usize>,
    /// Weighted points closed.
    pub value: i64,
    /// Worth of the points less the prices.
    pub profit: i64,
    /// No choice has more profit than this.
    pub bound: i64,
}

/// The most profitable choice, or nothing if what is pinned cannot be had.
pub fn choose(model: &Model, ask: &Ask<'_>) -> Option<Pick> {
    let person = ask.person;
    if !person.unreachable_pins.is_empty() || person.choices.iter().any(|c| c.pinned && !(ask.open)(c.option)) {
        return None;
    }
    let mut search = Search::new(&model.options, ask);
    search.try_hint();
    search.try_greedy();
    search.walk(0);
    let (profit, chosen) = search.best?;
    let mut options: Vec<usize> = chosen.iter().map(|&i| search.candidates[i].choice.option).collect();
    options.sort_unstable_by_key(|&o| (model.options[o].from, model.options[o].until, o));
    let value = person.value(&options);
    Some(Pick { options, value, profit, bound: profit.max(search.beyond) })
}

/// An option that may be chosen.
#[derive(Clone)]
struct Candidate<'a> {
    choice: &'a Choice,
    opt: &'a Opt,
    price: i64,
    /// What all its points are worth.
    worth: i64,
    /// Its price with its hours.
    cost: i64,
    /// The nearest candidate before that is the same course and raises the same: of both at most one counts.
    twin: Option<usize>,
}

struct Search<'a> {
    ask: &'a Ask<'a>,
    /// Pinned ones, then the cheapest for a point, then those that only open others.
    candidates: Vec<Candidate<'a>>,
    /// The price of an hour in the bound.
    hour: i64,
    chosen: Vec<usize>,
    /// Points left of each need; below zero where more is raised than was lacking.
    left: Vec<i64>,
    hours: i64,
    money: i64,
    profit: i64,
    best: Option<(i64, Vec<usize>)>,
    steps: u32,
    /// The most that could lie where the search had no steps left to look.
    beyond: i64,
    /// Room for the bound.
    room: Vec<i64>,
}

impl<'a> Search<'a> {
    fn new(options: &'a [Opt], ask: &'a Ask<'a>) -> Self {
        let person = ask.person;
        let candidate = |choice: &'a Choice| {
            let points = choice.raises.iter().map(|&(n, points)| points * person.needs[n].weight).sum::<i64>();
            let (opt, price) = (&options[choice.option], ask.price[choice.option]);
            Candidate { choice, opt, price, worth: points * ask.factor, cost: price, twin: None }
        };
        let open = person.choices.iter().filter(|c| (ask.open)(c.option));
        let mut search = Self {
            ask,
            candidates: open.map(candidate).collect(),
            hour: 0,
            chosen: Vec::new(),
            left: person.needs.iter().map(|n| n.points).collect(),
            hours: person.hours,
            money: ask.money.min(person.money),
            profit: 0,
            best: None,
            steps: 0,
            beyond: i64::MIN,
            room: Vec::new(),
        };
        // The first to be chosen gains most: what gains nothing even then, opens nothing and is not pinned, is left out.
        let useful: Vec<bool> = (0..search.candidates.len())
            .map(|i| search.gain(i) > 0 || search.candidates[i].choice.opens || search.candidates[i].choice.pinned)
            .collect();
        let mut useful = useful.into_iter();
        search.candidates.retain(|_| useful.next() == Some(true));
        search.set_hour_price();
        search
    }

    /// What the candidate would add to the profit now.
    fn gain(&self, i: usize) -> i64 {
        let Candidate { choice, price, .. } = &self.candidates[i];
        let needs = &self.ask.person.needs;
        let value: i64 =
            choice.raises.iter().map(|&(n, points)| points.min(self.left[n].max(0)) * needs[n].weight).sum();
        value * self.ask.factor - price
    }

    /// Takes the price of an hour that makes the bound lowest at the start, and the order that goes with it.
    fn set_hour_price(&mut self) {
        let mut densities: Vec<i64> =
            (0..self.candidates.len()).map(|i| self.gain(i).max(0) / self.candidates[i].opt.hours.max(1)).collect();
        densities.push(0);
        densities.sort_unstable();
        let mut best: Option<(i64, i64)> = None;
        // A sample of the densities there are is enough: any price gives a bound.
        for price in densities.iter().copied().step_by((densities.len() / 6).max(1)) {
            self.rank(price);
            let bound = self.bound(0);
            if best.is_none_or(|(least, _)| bound < least) {
                best = Some((bound, price));
            }
        }
        self.rank(best.map_or(0, |(_, price)| price));
        self.find_twins();
    }

    fn rank(&mut self, hour: i64) {
        self.hour = hour;
        for candidate in &mut self.candidates {
            candidate.cost = candidate.price + hour * candidate.opt.hours;
        }
        self.candidates.sort_unstable_by(|a, b| {
            let ratio = i128::from(a.cost) * i128::from(b.worth.max(1));
            let other = i128::from(b.cost) * i128::from(a.worth.max(1));
            b.choice.pinned.cmp(&a.choice.pinned).then(ratio.cmp(&other)).then(a.choice.option.cmp(&b.choice.option))
        });
    }

    fn find_twins(&mut self) {
        let mut of_course: HashMap<usize, Vec<usize>> = HashMap::new();
        for i in 0..self.candidates.len() {
            let before = of_course.entry(self.candidates[i].opt.course).or_default();
            let same = |&&j: &&usize| self.candidates[j].choice.raises == self.candidates[i].choice.raises;
            let twin = before.iter().rev().find(same).copied();
            before.push(i);
            self.candidates[i].twin = twin;
        }
    }

    /// No more than this can be gained from the candidates from `i` on.
    fn bound(&mut self, i: usize) -> i64 {
        let mut room = std::mem::take(&mut self.room);
        room.clear();
        room.extend(self.left.iter().map(|left| left.max(&0)));
        let needs = &self.ask.person.needs;
        let mut open = room.iter().filter(|room| **room > 0).count();
        let mut priced = i128::from(self.hour * self.hours);
        let mut anything = false;
        for candidate in &self.candidates[i..] {
            let dear = candidate.worth <= candidate.cost;
            if open == 0 || (dear && !candidate.choice.pinned) {
                // All that follow close nothing more, or cost more than they are worth.
                break;
            }
            if dear || candidate.twin.is_some_and(|twin| twin >= i) || !self.has_room(candidate) {
                continue;
            }
            anything = true;
            let mut filled = 0;
            for &(need, points) in &candidate.choice.raises {
                let part = points.min(room[need]);
                room[need] -= part;
                filled += part * needs[need].weight;
                open -= usize::from(part > 0 && room[need] == 0);
            }
            // The part of its surplus that goes with the points filled, rounded up.
            let surplus = i128::from(filled * self.ask.factor) * i128::from(candidate.worth - candidate.cost);
            priced += (surplus + i128::from(candidate.worth) - 1) / i128::from(candidate.worth);
        }
        self.room = room;
        let more = || (i..self.candidates.len()).any(|j| self.gain(j) > 0 && self.has_room(&self.candidates[j]));
        if anything || more() { i64::try_from(priced).unwrap_or(i64::MAX) } else { 0 }
    }

    /// Whether hours and money hold it, beside what is chosen.
    fn has_room(&self, candidate: &Candidate<'_>) -> bool {
        let opt = candidate.opt;
        let beside = |&c: &usize| {
            let other = self.candidates[c].opt;
            other.course != opt.course && !other.clashes(opt)
        };
        opt.hours <= self.hours && opt.money <= self.money && self.chosen.iter().all(beside)
    }

    /// Whether a course is among the chosen and over before a day.
    fn completed(&self, course: usize, before: i64) -> bool {
        let over = |&c: &usize| self.candidates[c].opt.course == course && self.candidates[c].opt.until < before;
        self.chosen.iter().any(over)
    }

    /// Whether all that the chosen require is chosen.
    fn is_whole(&self) -> bool {
        self.chosen.iter().all(|&c| {
            let Candidate { choice, opt, .. } = &self.candidates[c];
            choice.requires.iter().all(|&course| self.completed(course, opt.from))
        })
    }

    /// Whether what a candidate requires is chosen, or can still be chosen from the candidates after it.
    fn can_be_opened(&self, i: usize) -> bool {
        let Candidate { choice, opt, .. } = &self.candidates[i];
        choice.requires.iter().all(|&course| {
            let later = |c: &Candidate<'_>| {
                c.opt.course == course && c.opt.until < opt.from && !c.opt.clashes(opt) && self.has_room(c)
            };
            self.completed(course, opt.from) || self.candidates[i + 1..].iter().any(later)
        })
    }

    /// Starts from the hint, if it still can be had.
    fn try_hint(&mut self) {
        let mut taken = 0;
        let mut whole = true;
        for i in 0..self.candidates.len() {
            let choice = self.candidates[i].choice;
            if self.ask.hint.contains(&choice.option) || choice.pinned {
                if !self.has_room(&self.candidates[i]) {
                    whole = false;
                    break;
                }
                self.take(i);
                taken += 1;
            }
        }
        if whole && self.is_whole() {
            self.best = Some((self.profit, self.chosen.clone()));
        }
        (0..taken).for_each(|_| self.give_back());
    }

    /// Starts from what gains most for its hours, one after the other, if nothing is pinned.
    fn try_greedy(&mut self) {
        if self.candidates.iter().any(|c| c.choice.pinned) {
            return;
        }
        let mut taken = 0;
        loop {
            let fits = |&i: &usize| {
                let Candidate { choice, opt, .. } = &self.candidates[i];
                self.gain(i) > 0
                    && self.has_room(&self.candidates[i])
                    && choice.requires.iter().all(|&c| self.completed(c, opt.from))
            };
            let denser = |&a: &usize, &b: &usize| {
                let hours = |i: usize| self.candidates[i].opt.hours.max(1);
                (self.gain(a) * hours(b)).cmp(&(self.gain(b) * hours(a))).then(b.cmp(&a))
            };
            let Some(next) = (0..self.candidates.len()).filter(fits).max_by(denser) else { break };
            self.take(next);
            taken += 1;
        }
        self.note_best();
        (0..taken).for_each(|_| self.give_back());
    }

    fn note_best(&mut self) {
        if self.best.as_ref().is_none_or(|(best, _)| self.profit > *best) && self.is_whole() {
            self.best = Some((self.profit, self.chosen.clone()));
        }
    }

    fn walk(&mut self, i: usize) {
        self.steps += 1;
        if i == self.candidates.len() {
            self.note_best();
            return;
        }
        if let Some((best, _)) = self.best {
            // Pinned candidates that follow can only cost more, so the bound holds for them too.
            let most = self.profit + self.bound(i);
            if most <= best {
                return;
            }
            if self.steps >= self.ask.steps {
                self.beyond = self.beyond.max(most);
                return;
            }
        }
        let choice = self.candidates[i].choice;
        let worthwhile = choice.pinned || choice.opens || self.gain(i) > 0;
        if worthwhile && self.has_room(&self.candidates[i]) && self.can_be_opened(i) {
            self.take(i);
            self.walk(i + 1);
            self.give_back();
        }
        if !choice.pinned {
            self.walk(i + 1);
        }
    }

    fn take(&mut self, i: usize) {
        self.profit += self.gain(i);
        let Candidate { choice, opt, .. } = self.candidates[i].clone();
        for &(need, points) in &choice.raises {
            self.left[need] -= points;
        }
        self.hours -= opt.hours;
        self.money -= opt.money;
        self.chosen.push(i);
    }

    fn give_back(&mut self) {
        let i = self.chosen.pop().expect("only what was taken is given back");
        let Candidate { choice, opt, .. } = self.candidates[i].clone();
        self.hours += opt.hours;
        self.money += opt.money;
        for &(need, points) in &choice.raises {
            self.left[need] += points;
        }
        self.profit -= self.gain(i);
    }
}
