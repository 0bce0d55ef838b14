//! The best choice of one person at given prices: searched exhaustively, cut by a bound and by comparison, in whole numbers.
//!
//! Candidates are taken in the order of time, so that whatever is required before stands before. Every way of choosing from
//! the first of them is a *state*: what it gained, what it left. A state that gained less than another and leaves no
//! more open is dropped, and so is one that a [`bound`] shows to come to nothing.

mod bound;
mod outlook;

use std::cmp::Reverse;
use std::collections::HashMap;

use super::model::{Choice, Marks, Model, Need, Opt, Person};
use bound::OwnPrices;
use outlook::Outlook;

/// How many states a search goes on with whose answer is to be the best there is. No real case comes near it; it keeps a
/// hostile one from standing still. Whoever leaves states behind says how much better they could have been.
pub const THOROUGH: usize = 20_000;

/// States of one of very many searches.
pub const BRISK: usize = 120;

/// States of one of hundreds of thousands of searches.
pub const HASTY: usize = 40;

/// States of one of the searches by which prices are found: they need a direction, not the last point.
pub const GUIDING: usize = 30;

/// How many states one search may go on with while many are planned.
pub fn patience(model: &Model) -> usize {
    match model.crowd {
        0..=8 => THOROUGH,
        9..=50 => BRISK,
        51..=2_000 => HASTY,
        _ => HASTY / 4,
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
    /// How many states the search may go on with: [`THOROUGH`], [`BRISK`] or [`HASTY`].
    pub width: usize,
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
    let mut search = Search::new(model, ask);
    search.try_hint();
    search.try_greedy();
    search.go();
    let (_, chosen) = search.best.take()?;
    let chosen = search.without_idle(chosen);
    let options: Vec<usize> = chosen.iter().map(|&i| search.candidates[i].choice.option).collect();
    let value = person.value(&options);
    let profit = value * ask.factor - options.iter().map(|&o| ask.price[o]).sum::<i64>();
    Some(Pick { options, value, profit, bound: profit.max(search.beyond) })
}

/// An option that may be chosen.
struct Candidate<'a> {
    choice: &'a Choice,
    opt: &'a Opt,
    price: i64,
    /// What all its points are worth.
    worth: i64,
    /// Its course, where a state must remember it: there is another run, or something requires it.
    remembered: Option<usize>,
    /// Candidates of the same course that raise the same have the same kind: of them at most one counts.
    kind: usize,
}

/// What was chosen from the candidates so far, and what that leaves.
#[derive(Clone)]
struct State {
    profit: i64,
    hours: i64,
    money: i64,
    /// The last of the whole days taken.
    busy: i64,
    /// Points left of each need.
    left: Vec<i64>,
    /// The same added up, each by its weight.
    lacks: i64,
    /// The same at the prices of [`Search::relief`].
    relief: i64,
    /// Candidates, in order of time.
    chosen: Vec<usize>,
    /// Options that what is chosen leaves no room for.
    shut: Marks,
    /// The remembered courses among them.
    courses: Courses,
    /// The most that can still be gained.
    more: i64,
}

/// A set of remembered courses.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Courses([u64; 4]);

impl Courses {
    const MOST: usize = 256;

    fn add(&mut self, course: usize) {
        self.0[course / 64] |= 1 << (course % 64);
    }

    /// Whether all of these that also stand in `among` stand in `other`.
    fn within(&self, other: &Self, among: &Self) -> bool {
        (0..4).all(|n| self.0[n] & among.0[n] & !other.0[n] == 0)
    }
}

struct Search<'a> {
    ask: &'a Ask<'a>,
    /// For each option those that cannot stand beside it.
    excludes: &'a [Marks],
    /// In order of time.
    candidates: Vec<Candidate<'a>>,
    /// Candidates in the order of what a point costs, each with its price, hours and money: what the bound takes first.
    ranked: Vec<(usize, i64)>,
    /// What this person's own hours and money cost in the bound.
    own: OwnPrices,
    /// For each need what a point of it is worth that is left to whoever comes later, in the outlook.
    relief: Vec<i64>,
    /// For each candidate those that require its course and pay for it in the outlook, and how much.
    paid_by: Vec<Vec<(usize, i64)>>,
    /// For each candidate that requires something: from where on no run of it follows any more.
    last_chance: Vec<usize>,
    outlook: Outlook,
    /// After each candidate: the courses of which a run still follows, and those that something later requires.
    ahead: Vec<(Courses, Courses)>,
    /// Whether all courses that must be remembered can be.
    comparable: bool,
    best: Option<(i64, Vec<usize>)>,
    /// The most that could lie in states that were left behind.
    beyond: i64,
    /// Room for the bound.
    room: Vec<i64>,
    counted: Vec<u32>,
    turn: u32,
}

impl<'a> Search<'a> {
    fn new(model: &'a Model, ask: &'a Ask<'a>) -> Self {
        let person = ask.person;
        let worth = |choice: &Choice| {
            let points = choice.raises.iter().map(|&(n, points)| points * person.needs[n].weight).sum::<i64>();
            points * ask.factor
        };
        let first = |choice: &Choice| {
            let raise = |&(n, points): &(usize, i64)| points.min(person.needs[n].points) * person.needs[n].weight;
            choice.raises.iter().map(raise).sum::<i64>() * ask.factor
        };
        // The first to be chosen gains most: what gains nothing even then, opens nothing and is not pinned, is left out.
        let useful = |c: &&Choice| c.opens || c.pinned || first(c) > ask.price[c.option];
        let open = person.choices.iter().filter(|c| (ask.open)(c.option)).filter(useful);
        let mut candidates: Vec<Candidate<'a>> = open
            .map(|choice| Candidate {
                choice,
                opt: &model.options[choice.option],
                price: ask.price[choice.option],
                worth: worth(choice),
                remembered: None,
                kind: 0,
            })
            .collect();
        let remembered = remember(&mut candidates);
        let count = candidates.len();
        let mut search = Self {
            ask,
            excludes: &model.excludes,
            ahead: ahead(&candidates, &remembered),
            comparable: remembered.len() <= Courses::MOST,
            candidates,
            ranked: Vec::new(),
            own: OwnPrices::default(),
            relief: vec![0; person.needs.len()],
            paid_by: vec![Vec::new(); count],
            last_chance: vec![usize::MAX; count],
            outlook: Outlook::new(&[], 0, 0),
            best: None,
            beyond: i64::MIN,
            room: Vec::new(),
            counted: vec![0; count],
            turn: 0,
        };
        search.set_own_prices();
        search.look_ahead();
        search
    }

    fn start(&self) -> State {
        let person = self.ask.person;
        State {
            profit: 0,
            hours: person.hours,
            money: self.ask.money.min(person.money),
            busy: -1,
            left: person.needs.iter().map(|n| n.points).collect(),
            lacks: person.gap(),
            relief: person.needs.iter().zip(&self.relief).map(|(need, relief)| need.points * relief).sum(),
            chosen: Vec::new(),
            shut: Marks::none(self.excludes.len()),
            courses: Courses::default(),
            more: i64::MAX,
        }
    }

    /// What the candidate would add to the profit.
    fn gain(&self, state: &State, i: usize) -> i64 {
        let Candidate { choice, price, .. } = &self.candidates[i];
        let needs = &self.ask.person.needs;
        let value: i64 = choice.raises.iter().map(|&(n, points)| points.min(state.left[n]) * needs[n].weight).sum();
        value * self.ask.factor - price
    }

    /// Whether hours and money hold it, beside what is chosen.
    fn has_room(state: &State, candidate: &Candidate<'_>) -> bool {
        let Candidate { opt, choice, .. } = candidate;
        opt.hours <= state.hours && opt.money <= state.money && !state.shut.has(choice.option)
    }

    /// Whether all that a candidate requires is chosen and over before it begins.
    fn is_open(&self, state: &State, candidate: &Candidate<'_>) -> bool {
        let over = |course: usize| {
            let before = |&c: &usize| {
                let other = self.candidates[c].opt;
                other.course == course && other.until < candidate.opt.from
            };
            state.chosen.iter().any(before)
        };
        candidate.choice.requires.iter().all(|&course| over(course))
    }

    fn with(&self, state: &State, i: usize) -> State {
        let Candidate { choice, opt, remembered, .. } = &self.candidates[i];
        let mut with = state.clone();
        with.profit += self.gain(state, i);
        for &(need, points) in &choice.raises {
            let filled = points.min(with.left[need]);
            with.left[need] -= filled;
            with.lacks -= filled * self.ask.person.needs[need].weight;
            with.relief -= filled * self.relief[need];
        }
        with.hours -= opt.hours;
        with.money -= opt.money;
        if opt.whole_days {
            with.busy = with.busy.max(opt.until);
        }
        with.chosen.push(i);
        with.shut.add_all(&self.excludes[choice.option]);
        if let Some(course) = remembered
            && self.comparable
        {
            with.courses.add(*course);
        }
        with
    }

    /// Starts from the hint, if it still can be had.
    fn try_hint(&mut self) {
        let mut state = self.start();
        for i in 0..self.candidates.len() {
            let candidate = &self.candidates[i];
            if self.ask.hint.contains(&candidate.choice.option) || candidate.choice.pinned {
                if !Self::has_room(&state, candidate) || !self.is_open(&state, candidate) {
                    return;
                }
                state = self.with(&state, i);
            }
        }
        self.note(&state);
    }

    /// Starts from what gains most for its hours, one after the other, if nothing is pinned.
    fn try_greedy(&mut self) {
        if self.candidates.iter().any(|c| c.choice.pinned) {
            return;
        }
        let mut state = self.start();
        loop {
            let fits = |&i: &usize| {
                let candidate = &self.candidates[i];
                self.gain(&state, i) > 0 && Self::has_room(&state, candidate) && self.is_open(&state, candidate)
            };
            let denser = |&a: &usize, &b: &usize| {
                let hours = |i: usize| self.candidates[i].opt.hours.max(1);
                (self.gain(&state, a) * hours(b)).cmp(&(self.gain(&state, b) * hours(a))).then(b.cmp(&a))
            };
            let Some(next) = (0..self.candidates.len()).filter(fits).max_by(denser) else { break };
            state = self.with(&state, next);
        }
        state.chosen.sort_unstable();
        self.note(&state);
    }

    fn note(&mut self, state: &State) {
        if self.best.as_ref().is_none_or(|(best, _)| state.profit > *best) {
            self.best = Some((state.profit, state.chosen.clone()));
        }
    }

    /// Leaves out what closes nothing beside the rest, opens nothing of it and is not pinned: it would take a seat for nothing.
    fn without_idle(&self, mut chosen: Vec<usize>) -> Vec<usize> {
        let value = |chosen: &[usize]| {
            let options: Vec<usize> = chosen.iter().map(|&i| self.candidates[i].choice.option).collect();
            self.ask.person.value(&options)
        };
        let all = value(&chosen);
        for at in (0..chosen.len()).rev() {
            let Candidate { choice, opt, .. } = &self.candidates[chosen[at]];
            let opens = chosen.iter().any(|&i| self.candidates[i].choice.requires.contains(&opt.course));
            let rest: Vec<usize> = chosen.iter().copied().filter(|i| *i != chosen[at]).collect();
            if !choice.pinned && !opens && value(&rest) == all {
                chosen = rest;
            }
        }
        chosen
    }

    /// Whether a state cannot come to more than what is known already.
    fn is_spent(&self, state: &State) -> bool {
        // Pinned candidates that follow can only cost more, so the bound holds for them too.
        self.best.as_ref().is_some_and(|(best, _)| state.profit.saturating_add(state.more) <= *best)
    }

    fn go(&mut self) {
        let count = self.candidates.len();
        let last_pin = self.candidates.iter().rposition(|c| c.choice.pinned);
        let mut start = self.start();
        start.more = self.bound(&start, 0).min(self.outlook(&start, 0));
        if last_pin.is_none() {
            self.note(&start);
        }
        // Boxed, for they change places often.
        let mut states = vec![Box::new(start)];
        for i in 0..count {
            let pinned = self.candidates[i].choice.pinned;
            let whole = last_pin.is_none_or(|last| last <= i);
            let before = std::mem::take(&mut states);
            let mut taken = Vec::new();
            self.ranked.retain(|(at, _)| *at > i);
            for mut state in before {
                if self.is_spent(&state) {
                    continue;
                }
                let candidate = &self.candidates[i];
                let worthwhile = pinned || candidate.choice.opens || self.gain(&state, i) > 0;
                if worthwhile && Self::has_room(&state, candidate) && self.is_open(&state, candidate) {
                    let mut with = self.with(&state, i);
                    if whole {
                        self.note(&with);
                    }
                    with.more = self.outlook(&with, i + 1);
                    if !self.is_spent(&with) {
                        with.more = self.bound(&with, i + 1).min(with.more);
                        taken.push(Box::new(with));
                    }
                    state.more = self.outlook(&state, i + 1).min(state.more);
                    if !pinned && !self.is_spent(&state) {
                        state.more = self.bound(&state, i + 1).min(state.more);
                    }
                }
                if !pinned {
                    states.push(state);
                }
            }
            for with in taken {
                if !self.is_spent(&with) {
                    self.join(&mut states, with, i);
                }
            }
            if self.best.is_some() && states.len() > self.ask.width {
                self.leave_behind(&mut states);
            }
        }
        if last_pin.is_some() && self.best.is_none() {
            // The last pin was taken by none of the states that were noted.
            if let Some(state) = states.iter().max_by_key(|s| s.profit) {
                self.note(state);
            }
        }
    }

    /// Adds a state unless another leaves as much open and gained as much; drops those of which it does.
    #[expect(clippy::vec_box, reason = "states are large and change places often")]
    fn join(&self, states: &mut Vec<Box<State>>, new: Box<State>, i: usize) {
        if !self.comparable {
            states.push(new);
            return;
        }
        if states.iter().any(|old| self.outdoes(old, &new, i)) {
            return;
        }
        states.retain(|old| !self.outdoes(&new, old, i));
        states.push(new);
    }

    /// Whether whatever can still be made of `other` can be made of `one` with no less profit, after candidate `i`.
    fn outdoes(&self, one: &State, other: &State, i: usize) -> bool {
        if one.profit < other.profit || one.hours < other.hours || one.money < other.money {
            return false;
        }
        let ahead = one.profit - other.profit;
        // No less than this lacks more in the other; what lacks where is looked at further down.
        if ahead < (other.lacks - one.lacks) * self.ask.factor {
            return false;
        }
        let next = self.candidates.get(i + 1).map_or(i64::MAX, |c| c.opt.from);
        let (runs, required) = &self.ahead[i];
        if (one.busy > other.busy && one.busy >= next)
            || !one.courses.within(&other.courses, runs)
            || !other.courses.within(&one.courses, required)
        {
            return false;
        }
        // What is filled already cannot be filled again: so much less may follow.
        let needs = &self.ask.person.needs;
        let less = |((one, other), need): ((&i64, &i64), &Need)| (other - one).max(0) * need.weight;
        let less: i64 = one.left.iter().zip(&other.left).zip(needs).map(less).sum();
        if ahead < less * self.ask.factor {
            return false;
        }
        // What opens something must not be over later.
        other.chosen.iter().all(|&c| {
            let theirs = &self.candidates[c];
            if !theirs.choice.opens {
                return true;
            }
            let ours = one.chosen.iter().map(|&c| self.candidates[c].opt).find(|o| o.course == theirs.opt.course);
            ours.is_none_or(|ours| ours.until <= theirs.opt.until || ours.until < next)
        })
    }

    /// Goes on with the most promising states only.
    #[expect(clippy::vec_box, reason = "states are large and change places often")]
    fn leave_behind(&mut self, states: &mut Vec<Box<State>>) {
        states.sort_by_key(|s| Reverse(s.profit.saturating_add(s.more)));
        if let Some(first) = states.get(self.ask.width) {
            self.beyond = self.beyond.max(first.profit.saturating_add(first.more));
        }
        states.truncate(self.ask.width);
    }
}

/// Numbers the courses that states must remember, and the kinds.
fn remember(candidates: &mut [Candidate<'_>]) -> HashMap<usize, usize> {
    let mut runs: HashMap<usize, usize> = HashMap::new();
    for candidate in candidates.iter() {
        *runs.entry(candidate.opt.course).or_default() += 1;
    }
    let mut remembered = HashMap::new();
    let mut kinds = HashMap::new();
    for candidate in candidates {
        let course = candidate.opt.course;
        if candidate.choice.opens || runs[&course] > 1 {
            let next = remembered.len();
            candidate.remembered = Some(*remembered.entry(course).or_insert(next));
        }
        let next = kinds.len();
        candidate.kind = *kinds.entry((course, candidate.choice.raises.as_slice())).or_insert(next);
    }
    remembered
}

/// After each candidate: the courses of which a run still follows, and those that something later requires.
fn ahead(candidates: &[Candidate<'_>], remembered: &HashMap<usize, usize>) -> Vec<(Courses, Courses)> {
    let mut ahead = vec![(Courses::default(), Courses::default()); candidates.len()];
    if remembered.len() > Courses::MOST {
        return ahead;
    }
    let (mut runs, mut required) = (Courses::default(), Courses::default());
    for (at, candidate) in candidates.iter().enumerate().rev() {
        ahead[at] = (runs, required);
        candidate.remembered.iter().for_each(|&course| runs.add(course));
        candidate.choice.requires.iter().filter_map(|course| remembered.get(course)).for_each(|&c| required.add(c));
    }
    ahead
}
