//! Planning around what changed: a seat less, a pin, a ban, another date, with as few changes as possible.
//!
//! Everyone whose plan still stands keeps it. Who lost something chooses anew from what is left; where too many hold
//! something, whoever loses least gives it up. Nobody else changes, and each change says what it came from.

use super::choose::{Ask, Pick, THOROUGH, choose};
use super::draft::Draft;
use super::input::College;
use super::model::{self, Model, Person, SCALE};
use super::outcome::Plan;
use super::{fair, named, option_of, solve};

/// A plan changed as little as possible.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    /// The new plan. Its bound is that of planning all anew, so it tells what keeping the rest as it was may cost.
    pub plan: Plan,
    /// Every difference from the plan before, by teacher.
    pub changes: Vec<Change>,
}

/// What became different for one teacher.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The teacher.
    pub teacher: String,
    /// What is no longer planned.
    pub dropped: Vec<String>,
    /// What is planned instead.
    pub added: Vec<String>,
    /// Where it comes from.
    pub because: Cause,
}

/// Where a change comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cause {
    /// The teacher's own plan no longer stands: a pin, a ban, a date, hours.
    Own,
    /// This item has fewer seats than were planned, and this teacher loses least.
    Seat(String),
    /// The budget holds less than was planned, and this teacher loses least.
    Budget,
    /// The teacher is new to the plan.
    New,
}

/// Changes a plan as little as the college's present state needs. The error names a teacher whose pins cannot be had.
pub fn revise(college: &College, before: &Plan) -> Result<Revision, String> {
    let (model, names) = model::compile(college);
    let mut work = Work { college, model: &model, picks: Vec::new(), causes: vec![None; model.people.len()] };
    for (person, teacher) in college.teachers.iter().enumerate() {
        let old = before.teachers.iter().find(|t| t.teacher == teacher.id);
        let options = old.map(|t| t.items.iter().filter_map(|i| option_of(college, &i.id)).collect::<Vec<_>>());
        let whole = old.zip(options.as_ref()).is_some_and(|(t, o)| t.items.len() == o.len());
        let mut options = options.unwrap_or_default();
        options.sort_unstable_by_key(|&o| (model.options[o].from, model.options[o].until, o));
        if !(whole && stands(&model, &model.people[person], &options)) {
            work.causes[person] = Some(if old.is_some() { Cause::Own } else { Cause::New });
        }
        let value = model.people[person].value(&options);
        work.picks.push(Pick { options, value, ..Pick::default() });
    }
    let draft = work.settled().map_err(|person| college.teachers[person].id.clone())?;
    let from = solve::first_prices(&model);
    let fair = college.fair_percent > 0 && model.departments > 1;
    let shares = if fair { fair::shares(&model, &from).0 } else { Vec::new() };
    let bound = solve::bound(&model, &draft, from);
    let solved = solve::Solved { draft, bound, shares };
    let plan = named(college, &model, &names, &solved);
    let changes = changes(before, &plan, &work.causes);
    Ok(Revision { plan, changes })
}

/// Whether one teacher, alone, can do just this.
fn stands(model: &Model, person: &Person, options: &[usize]) -> bool {
    let has = |o: &usize| person.choices.iter().any(|c| c.option == *o);
    let opts: Vec<&model::Opt> = options.iter().map(|&o| &model.options[o]).collect();
    let pairs =
        opts.iter().enumerate().all(|(n, a)| opts[n + 1..].iter().all(|b| a.course != b.course && !a.clashes(b)));
    let completed = |course: usize, before: i64| opts.iter().any(|o| o.course == course && o.until < before);
    let required = person
        .choices
        .iter()
        .filter(|c| options.contains(&c.option))
        .all(|c| c.requires.iter().all(|&course| completed(course, model.options[c.option].from)));
    person.unreachable_pins.is_empty()
        && options.iter().all(has)
        && person.choices.iter().all(|c| !c.pinned || options.contains(&c.option))
        && opts.iter().map(|o| o.hours).sum::<i64>() <= person.hours
        && opts.iter().map(|o| o.money).sum::<i64>() <= person.money
        && pairs
        && required
}

struct Work<'a> {
    college: &'a College,
    model: &'a Model,
    picks: Vec<Pick>,
    causes: Vec<Option<Cause>>,
}

impl Work<'_> {
    /// Brings everything within what there is; the error is a person whose pins cannot be had.
    fn settled(&mut self) -> Result<Draft, usize> {
        let model = self.model;
        let mut draft = Draft::empty(model);
        // What is left may go below zero here until everyone who must has given way.
        for person in 0..self.picks.len() {
            if self.causes[person].is_none() {
                draft.give(model, person, self.picks[person].clone());
            }
        }
        for person in 0..self.picks.len() {
            if self.causes[person].is_some() {
                let pinned = |o: usize| model.people[person].choices.iter().any(|c| c.pinned && c.option == o);
                let open = |o: usize| draft.seats[o] > 0 || pinned(o);
                let must: i64 = model.people[person]
                    .choices
                    .iter()
                    .filter(|c| c.pinned)
                    .map(|c| model.options[c.option].money)
                    .sum();
                let pick = self.anew(person, &open, draft.money.max(must)).ok_or(person)?;
                draft.give(model, person, pick);
            }
        }
        for option in 0..model.options.len() {
            while draft.seats[option] < 0 {
                let holders = |p: &usize| draft.picks[*p].options.contains(&option);
                let holders: Vec<usize> = (0..self.picks.len()).filter(holders).collect();
                let item = model::item(self.college, option).0.to_string();
                self.give_way(&mut draft, &holders, Some(option), Cause::Seat(item))?;
            }
        }
        while draft.money < 0 {
            let spends = |p: &usize| draft.picks[*p].options.iter().any(|&o| model.options[o].money > 0);
            let holders: Vec<usize> = (0..self.picks.len()).filter(spends).collect();
            self.give_way(&mut draft, &holders, None, Cause::Budget)?;
        }
        Ok(draft)
    }

    /// Of those who hold something overdrawn, the one who loses least chooses anew without it.
    fn give_way(
        &mut self,
        draft: &mut Draft,
        holders: &[usize],
        without: Option<usize>,
        cause: Cause,
    ) -> Result<(), usize> {
        let model = self.model;
        let mut least: Option<(i64, usize, Pick)> = None;
        for &person in holders {
            let old = draft.clear(model, person);
            let open = |o: usize| Some(o) != without && draft.seats[o] > 0;
            let spent: i64 = old.options.iter().map(|&o| model.options[o].money).sum();
            // Whoever gives up a seat may go on spending what they did; where money is short, only what is left.
            let money = if without.is_some() { draft.money.max(spent) } else { draft.money.max(0) };
            self.picks[person].options.clone_from(&old.options);
            if let Some(new) = self.anew(person, &open, money) {
                let loss = old.value - new.value;
                if least.as_ref().is_none_or(|(best, _, _)| loss < *best) {
                    least = Some((loss, person, new));
                }
            }
            draft.give(model, person, old);
        }
        let Some((_, person, pick)) = least else { return Err(holders.first().copied().unwrap_or(0)) };
        draft.clear(model, person);
        draft.give(model, person, pick);
        self.causes[person] = Some(cause);
        Ok(())
    }

    /// The best choice now; of equals, what was planned before.
    fn anew(&self, person: usize, open: &dyn Fn(usize) -> bool, money: i64) -> Option<Pick> {
        let one = &self.model.people[person];
        let free = vec![0; self.model.options.len()];
        let hint = &self.picks[person].options;
        choose(self.model, &Ask { person: one, factor: SCALE, price: &free, open, money, hint, width: THOROUGH })
    }
}

fn changes(before: &Plan, after: &Plan, causes: &[Option<Cause>]) -> Vec<Change> {
    let ids = |t: &super::outcome::TeacherPlan| t.items.iter().map(|i| i.id.clone()).collect::<Vec<_>>();
    let pairs = after.teachers.iter().zip(causes).filter_map(|(new, cause)| {
        let old = before.teachers.iter().find(|t| t.teacher == new.teacher).map(ids).unwrap_or_default();
        let now = ids(new);
        let dropped: Vec<String> = old.iter().filter(|i| !now.contains(i)).cloned().collect();
        let added: Vec<String> = now.iter().filter(|i| !old.contains(i)).cloned().collect();
        let because = cause.clone()?;
        (!dropped.is_empty() || !added.is_empty()).then(|| Change {
            teacher: new.teacher.clone(),
            dropped,
            added,
            because,
        })
    });
    pairs.collect()
}
