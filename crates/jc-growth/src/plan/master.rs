//! The best prices for what has been chosen so far, from a linear solver.
//!
//! Every choice seen is a *column*: some person's options and what they close. Over the columns the best prices are a linear
//! program; its other side says how much of each column the best mixture of them takes. The solver counts in floating
//! point, and nothing rests on it: prices are only asked with, and a mixture is only where building a plan begins.

use std::collections::HashSet;

use clarabel::algebra::CscMatrix;
use clarabel::solver::{DefaultSettingsBuilder, DefaultSolver, IPSolver, NonnegativeConeT, SolverStatus};

use super::choose::Pick;
use super::model::{Model, SCALE};
use super::price::{MONEY_SCALE, Prices, floor_unit, money_unit};

/// No point in a department below its least counts more than this many beside its own.
const DEAREST: f64 = 8.0;

/// A choice seen.
pub struct Column {
    /// Who could choose it, as the first of all who are alike.
    pub like: usize,
    pub options: Vec<usize>,
    pub value: i64,
    money: i64,
    /// Rounds since it was last part of the mixture.
    idle: u32,
}

/// The columns.
pub struct Master<'a> {
    model: &'a Model,
    /// How many people are alike, by the first of them; 0 for all others.
    count: Vec<f64>,
    pub columns: Vec<Column>,
    known: HashSet<(usize, Vec<usize>)>,
}

/// What the solver found.
pub struct Mixture {
    pub prices: Prices,
    /// How much of each column is taken.
    pub shares: Vec<f64>,
    /// What the mixture closes, in weighted points.
    pub closes: f64,
}

impl<'a> Master<'a> {
    /// Without columns.
    pub fn new(model: &'a Model) -> Self {
        let mut count = vec![0.0; model.people.len()];
        for &like in &model.alike {
            count[like] += model.stands_for as f64;
        }
        Self { model, count, columns: Vec::new(), known: HashSet::new() }
    }

    /// Adds what people chose; whether anything was new.
    pub fn add(&mut self, picks: &[Pick]) -> bool {
        let mut new = false;
        for (&like, pick) in self.model.alike.iter().zip(picks) {
            if self.known.insert((like, pick.options.clone())) {
                new = true;
                let money = pick.options.iter().map(|&o| self.model.options[o].money).sum();
                let options = pick.options.clone();
                self.columns.push(Column { like, options, value: pick.value, money, idle: 0 });
            }
        }
        new
    }

    /// The best prices for the columns, and the best mixture of them. Nothing if the solver gave up.
    pub fn solve(&mut self) -> Option<Mixture> {
        let model = self.model;
        let (money_unit, unit) = (money_unit(model), floor_unit(model));
        // Variables: what each kind of people gains, the seats, money, the departments' least.
        let kinds: Vec<usize> = (0..self.count.len()).filter(|&p| self.count[p] > 0.0).collect();
        let mut place = vec![0; self.count.len()];
        kinds.iter().enumerate().for_each(|(at, &p)| place[p] = at);
        let seat = kinds.len();
        let cent = seat + model.options.len();
        let floor = cent + 1;
        let variables = floor + model.departments;
        let mut cost = vec![0.0; variables];
        kinds.iter().enumerate().for_each(|(at, &p)| cost[at] = self.count[p]);
        model.options.iter().enumerate().for_each(|(o, opt)| cost[seat + o] = opt.seats as f64);
        cost[cent] = model.budget as f64 / money_unit;
        model.floors.iter().enumerate().for_each(|(d, least)| cost[floor + d] = -(*least as f64) / unit);

        let (mut rows, mut cols, mut values) = (Vec::new(), Vec::new(), Vec::new());
        let mut put = |row: usize, col: usize, value: f64| {
            rows.push(row);
            cols.push(col);
            values.push(value);
        };
        let mut right = Vec::with_capacity(self.columns.len() + variables);
        for (row, column) in self.columns.iter().enumerate() {
            put(row, place[column.like], -1.0);
            column.options.iter().for_each(|&o| put(row, seat + o, -1.0));
            put(row, cent, -(column.money as f64) / money_unit);
            let value = column.value as f64 / unit;
            put(row, floor + model.people[column.like].department, value);
            right.push(-value);
        }
        for variable in seat..variables {
            put(right.len(), variable, -1.0);
            right.push(0.0);
        }
        for department in 0..model.departments {
            put(right.len(), floor + department, 1.0);
            right.push(DEAREST);
        }
        let constraints = CscMatrix::new_from_triplets(right.len(), variables, rows, cols, values);
        let settings = DefaultSettingsBuilder::default()
            .verbose(false)
            .max_iter(80)
            .max_threads(1)
            .presolve_enable(false)
            .tol_gap_abs(1e-4)
            .tol_gap_rel(1e-5)
            .tol_feas(1e-6)
            .build()
            .ok()?;
        let cones = [NonnegativeConeT(right.len())];
        let nothing = CscMatrix::zeros((variables, variables));
        let mut solver = DefaultSolver::new(&nothing, &cost, &constraints, &right, &cones, settings).ok()?;
        solver.solve();
        let found = &solver.solution;
        if !matches!(found.status, SolverStatus::Solved | SolverStatus::AlmostSolved) {
            return None;
        }
        let scaled = |x: f64, by: f64| (x.max(0.0) * by).round() as i64;
        let by = unit * SCALE as f64;
        let prices = Prices {
            seat: found.x[seat..cent].iter().map(|&x| scaled(x, by)).collect(),
            cent: scaled(found.x[cent], by / money_unit * MONEY_SCALE as f64),
            floor: found.x[floor..].iter().map(|&x| scaled(x, SCALE as f64)).collect(),
        };
        let shares: Vec<f64> = found.z[..self.columns.len()].to_vec();
        Some(Mixture { prices, shares, closes: found.obj_val * unit })
    }

    /// The mixture as a choice for each person: of every column about as many as it takes.
    pub fn picks(&self, mixture: &Mixture) -> Vec<Pick> {
        let model = self.model;
        let price = mixture.prices.of_options(model);
        let mut of: Vec<Vec<(f64, &Column)>> = vec![Vec::new(); model.people.len()];
        for (column, share) in self.columns.iter().zip(&mixture.shares) {
            of[column.like].push((*share, column));
        }
        let mut picks = vec![Pick::default(); model.people.len()];
        for (person, &like) in model.alike.iter().enumerate() {
            // The largest share left is the next one's.
            let largest = of[like].iter_mut().max_by(|a, b| a.0.total_cmp(&b.0));
            let Some((share, column)) = largest else { continue };
            *share -= 1.0;
            let paid: i64 = column.options.iter().map(|&o| price[o]).sum();
            let profit = column.value * mixture.prices.factor(model.people[person].department) - paid;
            picks[person] = Pick { options: column.options.clone(), value: column.value, profit, bound: profit };
        }
        picks
    }

    /// Forgets columns that have not been part of a mixture for a while.
    pub fn forget(&mut self, mixture: &mut Mixture) {
        for (column, share) in self.columns.iter_mut().zip(&mixture.shares) {
            column.idle = if *share > 1e-4 { 0 } else { column.idle + 1 };
        }
        let mut kept = self.columns.iter().map(|c| c.idle < 6);
        mixture.shares.retain(|_| kept.next() == Some(true));
        let known = &mut self.known;
        self.columns.retain(|c| {
            let stays = c.idle < 6;
            if !stays {
                known.remove(&(c.like, c.options.clone()));
            }
            stays
        });
    }
}
