//! Plans that are the best within hours and money: for one teacher, or for the whole college at once.
//!
//! Seats, the budget, mentors and fairness between departments tie all plans together. They are planned by decomposition:
//! prices on what is scarce let each teacher be planned alone and exactly, prove how much any plan could close at most, and
//! guide the building of one that can be had. All sums are whole numbers; what is proved is proved exactly.

pub mod audit;
pub mod calendar;
pub mod check;
pub mod conflict;
pub mod explain;
pub mod input;
pub mod needs;
pub mod outcome;
pub mod revise;

mod build;
mod choose;
mod draft;
mod exact;
mod fair;
mod master;
mod model;
mod price;
mod solve;
#[cfg(test)]
mod tests;

use draft::Draft;
use input::College;
use model::{Model, Names};
use outcome::{Item, ItemKind, Plan, Share, TeacherPlan};
use solve::Solved;

/// The best plan found for all, with its bound. The error names the first teacher whose pins cannot be had.
///
/// The same college always gets the same plan.
pub fn plan(college: &College) -> Result<Plan, String> {
    let (model, names) = model::compile(college);
    match solve::solve(model.clone(), college.fair_percent) {
        Ok(solved) => {
            let plan = named(college, &model, &names, &solved);
            assert!(audit::audit(college, &plan).is_empty(), "the search keeps to what there is");
            Ok(plan)
        }
        Err(person) => Err(college.teachers[person].id.clone()),
    }
}

fn named(college: &College, model: &Model, names: &Names, solved: &Solved) -> Plan {
    let teachers =
        college.teachers.iter().zip(&solved.draft.picks).enumerate().map(|(p, (teacher, pick))| TeacherPlan {
            teacher: teacher.id.clone(),
            items: pick.options.iter().map(|&o| item(college, model, o)).collect(),
            closed: pick.value,
            gap: model.people[p].gap(),
        });
    let spent = solved.draft.picks.iter().flat_map(|p| &p.options).map(|&o| model.options[o].money).sum();
    let shares = solved.shares.iter().zip(&names.departments).zip(&solved.draft.closed);
    Plan {
        teachers: teachers.collect(),
        closed: solved.draft.value(),
        gap: model.people.iter().map(model::Person::gap).sum(),
        bound: solved.bound,
        money_cents: spent,
        shares: shares
            .map(|((share, department), closed)| Share {
                department: department.clone(),
                share: *share,
                closed: *closed,
            })
            .collect(),
    }
}

fn item(college: &College, model: &Model, option: usize) -> Item {
    let opt = &model.options[option];
    let (id, _) = model::item(college, option);
    Item {
        id: id.to_string(),
        kind: if option < college.offers.len() { ItemKind::Offer } else { ItemKind::Mentor },
        from: college.from.plus_days(opt.from),
        until: college.from.plus_days(opt.until),
        hours: opt.hours as u32,
        money_cents: opt.money,
    }
}

/// The option an id names.
fn option_of(college: &College, id: &str) -> Option<usize> {
    (0..college.offers.len() + college.mentors.len()).find(|&o| model::item(college, o).0 == id)
}

/// A plan as numbers again.
fn draft_of(college: &College, model: &Model, plan: &Plan) -> Draft {
    let mut draft = Draft::empty(model);
    for (person, teacher) in college.teachers.iter().enumerate() {
        let Some(planned) = plan.teachers.iter().find(|t| t.teacher == teacher.id) else { continue };
        let options: Vec<usize> = planned.items.iter().filter_map(|i| option_of(college, &i.id)).collect();
        let value = model.people[person].value(&options);
        draft.give(model, person, choose::Pick { options, value, ..choose::Pick::default() });
    }
    draft
}
