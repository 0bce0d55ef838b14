//! A plan in the making: who has what, and what is left of everything.

use super::choose::{Ask, Pick, choose, patience};
use super::model::Model;

/// A plan in which nothing is overdrawn.
#[derive(Debug, Clone)]
pub struct Draft {
    pub picks: Vec<Pick>,
    /// Seats left of each option.
    pub seats: Vec<i64>,
    /// Cents left of the budget.
    pub money: i64,
    /// Weighted points closed in each department.
    pub closed: Vec<i64>,
}

impl Draft {
    /// Nobody has anything.
    pub fn empty(model: &Model) -> Self {
        Self {
            picks: vec![Pick::default(); model.people.len()],
            seats: model.options.iter().map(|o| o.seats).collect(),
            money: model.budget,
            closed: vec![0; model.departments],
        }
    }

    /// Weighted points closed by all.
    pub fn value(&self) -> i64 {
        self.closed.iter().sum()
    }

    /// Whether every department closes its least.
    pub fn holds_floors(&self, model: &Model) -> bool {
        self.closed.iter().zip(&model.floors).all(|(c, f)| c >= f)
    }

    /// What the plan is worth on the way: what it closes, less four times what departments lack of their least.
    pub fn score(&self, model: &Model) -> i64 {
        let lack: i64 = self.closed.iter().zip(&model.floors).map(|(c, f)| (f - c).max(0)).sum();
        self.value() - 4 * lack
    }

    /// What one more weighted point is worth in a department on the way, to [`score`](Self::score).
    pub fn weight(&self, model: &Model, department: usize) -> i64 {
        if self.closed[department] < model.floors[department] { 5 } else { 1 }
    }

    /// What is lost when someone of a department closes so many points less.
    pub fn loss(&self, model: &Model, department: usize, less: i64) -> i64 {
        let lack = |closed: i64| (model.floors[department] - closed).max(0);
        less + 4 * (lack(self.closed[department] - less) - lack(self.closed[department]))
    }

    /// Takes everything back from a person.
    pub fn clear(&mut self, model: &Model, person: usize) -> Pick {
        let pick = std::mem::take(&mut self.picks[person]);
        self.closed[model.people[person].department] -= pick.value;
        for &o in &pick.options {
            self.seats[o] += 1;
            self.money += model.options[o].money;
        }
        pick
    }

    /// Gives a person what was chosen; the person has nothing yet and there is enough.
    pub fn give(&mut self, model: &Model, person: usize, pick: Pick) {
        self.closed[model.people[person].department] += pick.value;
        for &o in &pick.options {
            self.seats[o] -= 1;
            self.money -= model.options[o].money;
        }
        self.picks[person] = pick;
    }

    /// Whether there is enough left for this pick.
    pub fn has_room(&self, model: &Model, pick: &Pick) -> bool {
        let cost: i64 = pick.options.iter().map(|&o| model.options[o].money).sum();
        cost <= self.money && pick.options.iter().all(|&o| self.seats[o] > 0)
    }

    /// The best a person who has nothing can get from what is left, at the given prices.
    pub fn best_left(&self, model: &Model, person: usize, price: &[i64], factor: i64, hint: &[usize]) -> Option<Pick> {
        let open = |o: usize| self.seats[o] > 0;
        let (person, width) = (&model.people[person], patience(model));
        choose(model, &Ask { person, factor, price, open: &open, money: self.money, hint, width })
    }
}
