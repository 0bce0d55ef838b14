//! Prices for what is scarce, and the bound they prove.
//!
//! Seats, the budget and the departments' shares tie the teachers' plans together. Put a price on each, and every teacher can
//! be planned alone; what all gain at those prices, plus what the scarce things are worth, is never less than what the best
//! plan closes (Lagrangian duality). This holds for any prices, so the bound is proved in whole numbers, however the
//! prices were found; they are found by subgradient steps.

use super::choose::{Ask, BRISK, GUIDING, HASTY, Pick, choose, patience};
use super::master::Mixture;
use super::model::{Model, Person, SCALE};

/// Prices of money are counted in this part of [`SCALE`].
pub const MONEY_SCALE: i128 = 1 << 20;

/// What the scarce things cost, in parts of a weighted point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prices {
    /// One seat of each option.
    pub seat: Vec<i64>,
    /// One cent, in parts of [`MONEY_SCALE`].
    pub cent: i64,
    /// One more weighted point in each department with a floor: what is closed there counts that much more.
    pub floor: Vec<i64>,
}

/// What all choose at some prices.
#[derive(Debug, Clone)]
pub struct Answer {
    pub picks: Vec<Pick>,
    /// No plan closes more weighted points than this.
    pub bound: i64,
}

impl Prices {
    /// Everything for nothing.
    pub fn none(model: &Model) -> Self {
        Self { seat: vec![0; model.options.len()], cent: 0, floor: vec![0; model.departments] }
    }

    /// Prices half way to others.
    pub fn towards(&self, other: &Self) -> Self {
        let half = |a: &i64, b: &i64| i64::midpoint(*a, *b);
        Self {
            seat: self.seat.iter().zip(&other.seat).map(|(a, b)| half(a, b)).collect(),
            cent: half(&self.cent, &other.cent),
            floor: self.floor.iter().zip(&other.floor).map(|(a, b)| half(a, b)).collect(),
        }
    }

    /// What each option costs one person, seat and money together, rounded down.
    pub fn of_options(&self, model: &Model) -> Vec<i64> {
        let money = |cents: i64| (i128::from(self.cent) * i128::from(cents) / MONEY_SCALE) as i64;
        model.options.iter().zip(&self.seat).map(|(opt, seat)| seat + money(opt.money)).collect()
    }

    /// What one weighted point is worth in a department.
    pub fn factor(&self, department: usize) -> i64 {
        SCALE + self.floor[department]
    }

    /// What everything scarce is worth, rounded up.
    fn worth(&self, model: &Model) -> i128 {
        let seats: i128 = model.options.iter().zip(&self.seat).map(|(o, s)| i128::from(o.seats) * i128::from(*s)).sum();
        let money = (i128::from(self.cent) * i128::from(model.budget) + MONEY_SCALE - 1) / MONEY_SCALE;
        let floors: i128 = model.floors.iter().zip(&self.floor).map(|(f, y)| i128::from(*f) * i128::from(*y)).sum();
        seats + money - floors
    }
}

/// Lets everyone choose alone at the given prices. Nothing if someone's pins cannot be had even alone.
pub fn answer(model: &Model, prices: &Prices, hints: &[Pick], width: usize) -> Option<Answer> {
    let price = prices.of_options(model);
    let one = |index: usize| {
        let person = &model.people[index];
        let hint = hints.get(index).map_or(&[][..], |p| &p.options);
        let factor = prices.factor(person.department);
        let ask = |width| Ask { person, factor, price: &price, open: &|_| true, money: person.money, hint, width };
        // Most are sure of their best with little patience.
        let quick = choose(model, &ask(width.min(BRISK)))?;
        if width <= BRISK || quick.bound <= quick.profit { Some(quick) } else { choose(model, &ask(width)) }
    };
    let firsts: Vec<usize> = (0..model.people.len()).filter(|&p| model.alike[p] == p).collect();
    let asked = everyone(firsts.len(), &|at| one(firsts[at]))?;
    let picks: Vec<Pick> =
        model.alike.iter().filter_map(|like| Some(asked[firsts.binary_search(like).ok()?].clone())).collect();
    let gained: i128 = picks.iter().map(|p| i128::from(p.bound)).sum::<i128>() * i128::from(model.stands_for);
    let bound = (gained + prices.worth(model)).div_euclid(i128::from(SCALE));
    Some(Answer { picks, bound: i64::try_from(bound).unwrap_or(i64::MAX) })
}

/// Asks everyone, on as many processors as there are; the answers do not depend on how many.
fn everyone(count: usize, one: &(impl Fn(usize) -> Option<Pick> + Sync)) -> Option<Vec<Pick>> {
    let hands = std::thread::available_parallelism().map_or(1, usize::from).min(8);
    if count < 64 || hands == 1 {
        return (0..count).map(one).collect();
    }
    let part = count.div_ceil(hands);
    std::thread::scope(|scope| {
        let start =
            |from: usize| scope.spawn(move || (from..count.min(from + part)).map(one).collect::<Option<Vec<_>>>());
        let parts: Vec<_> = (0..count).step_by(part).map(start).collect();
        let mut all = Vec::with_capacity(count);
        for part in parts {
            all.extend(part.join().expect("choosing does not fail")?);
        }
        Some(all)
    })
}

/// The search for good prices, one step at a time.
pub struct Search<'a> {
    model: &'a Model,
    prices: Prices,
    last: Vec<Pick>,
    direction: Slack,
    stride: f64,
    since_better: u32,
    /// How many states each person's search goes on with.
    pub width: usize,
    /// The lowest bound so far and its prices.
    pub best: (i64, Prices),
}

/// How far each scarce thing is overdrawn, each in its own unit of about one item.
#[derive(Clone, Default)]
struct Slack {
    seat: Vec<f64>,
    cent: f64,
    floor: Vec<f64>,
}

impl<'a> Search<'a> {
    /// Begins at the given prices, with steps of the given length: 1 if nothing is known of them.
    pub fn new(model: &'a Model, prices: Prices, stride: f64) -> Self {
        let direction = Slack { seat: vec![0.0; model.options.len()], cent: 0.0, floor: vec![0.0; model.departments] };
        let best = (i64::MAX, prices.clone());
        // For few people prices are part of the proof that there is no better plan; for many they only guide.
        let width = match model.people.len() {
            0..=24 => patience(model),
            25..=2_000 if model.stands_for == 1 => GUIDING,
            _ => HASTY / 4,
        };
        Self { model, prices, last: Vec::new(), direction, stride, since_better: 0, width, best }
    }

    /// Asks everyone at the present prices, then moves the prices towards what is overdrawn. `known` is what a plan
    /// already closes. Nothing if someone's pins cannot be had.
    pub fn step(&mut self, known: i64) -> Option<Answer> {
        let before = self.best.0;
        let prices = self.prices.clone();
        let answer = self.ask(&prices)?;
        if self.best.0 < before {
            self.since_better = 0;
        } else {
            self.since_better += 1;
            if self.since_better >= 6 {
                self.stride *= 0.6;
                self.since_better = 0;
                // Go on from the best prices known.
                self.prices = self.best.1.clone();
            }
        }
        self.move_prices(&answer, known);
        Some(answer)
    }

    /// Asks everyone at given prices. Nothing if someone's pins cannot be had.
    pub fn ask(&mut self, prices: &Prices) -> Option<Answer> {
        let answer = answer(self.model, prices, &self.last, self.width)?;
        if answer.bound < self.best.0 {
            self.best = (answer.bound, prices.clone());
        }
        self.last.clone_from(&answer.picks);
        Some(answer)
    }

    /// Asks everyone once more with more patience, at the best prices and first also at those of a mixture, until the bound
    /// is no higher than `goal`.
    pub fn prove(&mut self, mixture: Option<&Mixture>, goal: i64) {
        let large = self.model.people.len() > 2_000;
        let widths: &[usize] = if large { &[HASTY, 2 * HASTY] } else { &[5 * BRISK, 15 * BRISK] };
        let mut mixture = mixture.map(|m| m.prices.clone());
        for &width in widths {
            // So many are asked at one price each time.
            let both = [mixture.take(), Some(self.best.1.clone())];
            for prices in both.into_iter().flatten().take(if large { 1 } else { 2 }) {
                if self.best.0 <= goal {
                    return;
                }
                if let Some(answer) = answer(self.model, &prices, &self.last, width)
                    && answer.bound < self.best.0
                {
                    self.best = (answer.bound, prices);
                }
            }
        }
    }

    fn move_prices(&mut self, answer: &Answer, known: i64) {
        let model = self.model;
        let slack = overdrawn(model, &answer.picks);
        let unit = money_unit(model);
        let mix = |old: &mut f64, new: f64, price: i64| {
            // What is not overdrawn and costs nothing stays so.
            *old = if price == 0 && new < 0.0 { 0.0 } else { 0.75 * new + 0.25 * *old };
        };
        for (o, s) in slack.seat.iter().enumerate() {
            mix(&mut self.direction.seat[o], *s, self.prices.seat[o]);
        }
        mix(&mut self.direction.cent, slack.cent, self.prices.cent);
        for (d, s) in slack.floor.iter().enumerate() {
            mix(&mut self.direction.floor[d], *s, self.prices.floor[d]);
        }
        let floor_unit = floor_unit(model);
        let square = |x: &f64| x * x;
        let norm: f64 = self.direction.seat.iter().map(square).sum::<f64>()
            + square(&self.direction.cent)
            + self.direction.floor.iter().map(square).sum::<f64>();
        if norm <= 0.0 {
            return;
        }
        let distance = ((answer.bound - known).max(1) * SCALE) as f64;
        let step = self.stride * distance / norm;
        for (price, d) in self.prices.seat.iter_mut().zip(&self.direction.seat) {
            *price = (*price + (step * d).round() as i64).max(0);
        }
        let cent = step * self.direction.cent / unit * MONEY_SCALE as f64;
        self.prices.cent = (self.prices.cent + cent.round() as i64).max(0);
        for (price, d) in self.prices.floor.iter_mut().zip(&self.direction.floor) {
            *price = (*price + (step * d / floor_unit).round() as i64).max(0);
        }
    }
}

fn overdrawn(model: &Model, picks: &[Pick]) -> Slack {
    let mut seat: Vec<f64> = model.options.iter().map(|o| -(o.seats as f64)).collect();
    let mut money = 0;
    let mut closed = vec![0; model.departments];
    for (person, pick) in model.people.iter().zip(picks) {
        closed[person.department] += pick.value * model.stands_for;
        for &o in &pick.options {
            seat[o] += model.stands_for as f64;
            money += model.options[o].money * model.stands_for;
        }
    }
    let floor = model.floors.iter().zip(&closed).map(|(f, c)| (f - c) as f64 / floor_unit(model)).collect();
    Slack { seat, cent: (money - model.budget) as f64 / money_unit(model), floor }
}

/// What one item costs on average, in cents.
pub fn money_unit(model: &Model) -> f64 {
    let total: i64 = model.options.iter().map(|o| o.money).sum();
    (total as f64 / model.options.len().max(1) as f64).max(1.0)
}

/// About what one item closes, in weighted points.
pub fn floor_unit(model: &Model) -> f64 {
    let all: i64 = model.people.iter().map(Person::gap).sum();
    (all as f64 / (4 * model.people.len().max(1)) as f64).max(1.0)
}
