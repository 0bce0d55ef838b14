//! Why each item is in a plan, and why what one might have expected is not.

use std::collections::HashSet;

use jc_base::Date;

use super::choose::{Ask, Pick, THOROUGH, choose};
use super::draft::Draft;
use super::input::{College, WishKind};
use super::model::{self, Model, SCALE};
use super::outcome::Plan;

pub use super::model::Shut;

/// How many things left out are explained beside those wished for.
const UNASKED: usize = 3;

/// The reasons of one teacher's plan.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Explanation {
    /// One for each planned item, in order.
    pub included: Vec<WhyIn>,
    /// What was wished for, then what would close most by itself.
    pub left_out: Vec<WhyNot>,
}

/// Why an item is planned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WhyIn {
    /// The item.
    pub item: String,
    /// Competencies it closes beyond what the rest of the plan does, and by how many hundredths of a level.
    pub closes: Vec<(String, i64)>,
    /// Later items that require it.
    pub opens: Vec<String>,
    /// Whether a person decided it.
    pub pinned: bool,
}

/// Why an item is not planned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WhyNot {
    /// The item.
    pub item: String,
    /// Whether it was asked for.
    pub wished: bool,
    /// What stands against it.
    pub because: Hindrance,
    /// What comes closest to it: in the plan, or still to be had.
    pub next_best: Option<NextBest>,
}

/// What stands against an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hindrance {
    /// It is shut for this teacher, whatever else is planned.
    Shut(Shut),
    /// All seats are taken; the day from which another run of the same course still has one.
    NoSeat(Option<Date>),
    /// The college's budget does not hold it: cents left for this teacher.
    Budget(i64),
    /// It does not fit beside what was decided by hand.
    Pins,
    /// It would push these items out, and this many weighted points less would be closed.
    PushesOut(Vec<String>, i64),
}

/// What comes closest to an item that is not planned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextBest {
    /// The item.
    pub item: String,
    /// Its first day.
    pub from: Date,
    /// Whether it is in the plan.
    pub planned: bool,
}

/// Explains the plans of all teachers asked for, by their positions.
pub fn explain(college: &College, plan: &Plan, teachers: &[usize]) -> Vec<Explanation> {
    let (model, names) = model::compile(college);
    let draft = super::draft_of(college, &model, plan);
    let teller = Teller { college, model: &model, courses: &names.courses, draft: &draft };
    teachers.iter().map(|&person| teller.explanation(person)).collect()
}

struct Teller<'a> {
    college: &'a College,
    model: &'a Model,
    courses: &'a [String],
    draft: &'a Draft,
}

impl Teller<'_> {
    fn explanation(&self, person: usize) -> Explanation {
        let pick = &self.draft.picks[person];
        let included = pick.options.iter().map(|&o| self.why_in(person, pick, o)).collect();
        let wished = self.wished(person);
        let mut asked: Vec<(usize, bool)> =
            wished.iter().filter(|o| !pick.options.contains(o)).map(|&o| (o, true)).collect();
        asked.extend(self.promising(person, pick, &wished).into_iter().map(|o| (o, false)));
        let left_out = asked.into_iter().map(|(o, wished)| self.why_not(person, pick, o, wished)).collect();
        Explanation { included, left_out }
    }

    fn name(&self, option: usize) -> String {
        model::item(self.college, option).0.to_string()
    }

    fn from(&self, option: usize) -> Date {
        self.college.from.plus_days(self.model.options[option].from)
    }

    fn wished(&self, person: usize) -> Vec<usize> {
        let teacher = &self.college.teachers[person].id;
        let likes = self.college.wishes.iter().filter(|w| w.kind == WishKind::Like && w.teacher == *teacher);
        let option = |id: &str| (0..self.model.options.len()).find(|&o| model::item(self.college, o).0 == id);
        likes.filter_map(|w| option(&w.item)).collect()
    }

    /// What would close most by itself of what is not planned, one run of each course.
    fn promising(&self, person: usize, pick: &Pick, wished: &[usize]) -> Vec<usize> {
        let one = &self.model.people[person];
        let course = |o: usize| self.model.options[o].course;
        let mut met: HashSet<usize> = pick.options.iter().chain(wished).map(|&o| course(o)).collect();
        let mut all: Vec<(i64, usize)> = one.choices.iter().map(|c| (one.value(&[c.option]), c.option)).collect();
        all.sort_by_key(|&(value, o)| (std::cmp::Reverse(value), o));
        all.into_iter().filter(|&(value, o)| value > 0 && met.insert(course(o))).map(|(_, o)| o).take(UNASKED).collect()
    }

    fn why_in(&self, person: usize, pick: &Pick, option: usize) -> WhyIn {
        let one = &self.model.people[person];
        let teacher = &self.college.teachers[person];
        let choice = one.choices.iter().find(|c| c.option == option);
        let closes = choice.map_or(Vec::new(), |choice| {
            let others = one.choices.iter().filter(|c| c.option != option && pick.options.contains(&c.option));
            let others: Vec<_> = others.flat_map(|c| &c.raises).collect();
            let beyond = choice.raises.iter().map(|&(need, points)| {
                let by_others: i64 = others.iter().filter(|r| r.0 == need).map(|r| r.1).sum();
                let left = (one.needs[need].points - by_others).max(0);
                (teacher.gaps[need].competency.clone(), points.min(left))
            });
            beyond.filter(|(_, points)| *points > 0).collect()
        });
        let course = self.model.options[option].course;
        let later = one.choices.iter().filter(|c| pick.options.contains(&c.option) && c.requires.contains(&course));
        WhyIn {
            item: self.name(option),
            closes,
            opens: later.map(|c| self.name(c.option)).collect(),
            pinned: choice.is_some_and(|c| c.pinned),
        }
    }

    fn why_not(&self, person: usize, pick: &Pick, option: usize, wished: bool) -> WhyNot {
        let because = self.hindrance(person, pick, option);
        WhyNot { item: self.name(option), wished, because, next_best: self.next_best(person, pick, option) }
    }

    fn hindrance(&self, person: usize, pick: &Pick, option: usize) -> Hindrance {
        let (college, model) = (self.college, self.model);
        let (one, teacher) = (&model.people[person], &college.teachers[person]);
        let opt = &model.options[option];
        if !one.choices.iter().any(|c| c.option == option) {
            return Hindrance::Shut(self.shut(person, option));
        }
        let mut rest = self.draft.clone();
        rest.clear(model, person);
        if rest.seats[option] == 0 {
            let other = one
                .choices
                .iter()
                .map(|c| c.option)
                .find(|&o| model.options[o].course == opt.course && o != option && rest.seats[o] > 0);
            return Hindrance::NoSeat(other.map(|o| self.from(o)));
        }
        let money = rest.money.min(teacher.money_cents);
        if opt.money > money {
            return Hindrance::Budget(money);
        }
        let mut forced = one.clone();
        forced.choices.iter_mut().filter(|c| c.option == option).for_each(|c| c.pinned = true);
        let free = vec![0; model.options.len()];
        let open = |o: usize| rest.seats[o] > 0;
        let hint = &pick.options;
        let ask =
            Ask { person: &forced, factor: SCALE, price: &free, open: &open, money: rest.money, hint, width: THOROUGH };
        match choose(model, &ask) {
            None if one.choices.iter().any(|c| c.pinned) => Hindrance::Pins,
            // Nothing else is decided: what it requires cannot be had before it.
            None => Hindrance::Shut(Shut::Requires),
            Some(with) => {
                let out = pick.options.iter().filter(|o| !with.options.contains(o)).map(|&o| self.name(o));
                Hindrance::PushesOut(out.collect(), (pick.value - with.value).max(0))
            }
        }
    }

    fn shut(&self, person: usize, option: usize) -> Shut {
        let teacher = &self.college.teachers[person];
        let item = self.name(option);
        let forbidden =
            |w: &super::input::Wish| w.kind == WishKind::Forbid && w.teacher == teacher.id && w.item == item;
        if self.college.wishes.iter().any(forbidden) {
            return Shut::Forbidden;
        }
        let done = self.courses.iter().enumerate().filter(|(_, c)| teacher.done.contains(c)).map(|(n, _)| n).collect();
        let opt = &self.model.options[option];
        let alone = model::shut(self.college, opt, option, teacher, &done);
        alone.unwrap_or_else(|| {
            let raises = model::raises_of(model::item(self.college, option).1, teacher);
            if raises.is_empty() { Shut::NoGap } else { Shut::Requires }
        })
    }

    fn next_best(&self, person: usize, pick: &Pick, option: usize) -> Option<NextBest> {
        let one = &self.model.people[person];
        let teacher = &self.college.teachers[person];
        let wanted: Vec<usize> =
            model::raises_of(model::item(self.college, option).1, teacher).iter().map(|r| r.0).collect();
        let alike = |o: usize| {
            let choice = one.choices.iter().find(|c| c.option == o)?;
            let points: i64 = choice.raises.iter().filter(|r| wanted.contains(&r.0)).map(|r| r.1).sum();
            (points > 0 && o != option).then_some(points)
        };
        let planned =
            pick.options.iter().filter_map(|&o| Some((alike(o)?, o))).max_by_key(|&(p, o)| (p, std::cmp::Reverse(o)));
        let free = one.choices.iter().map(|c| c.option).filter(|&o| self.draft.seats[o] > 0);
        let free = free.filter_map(|o| Some((alike(o)?, o))).max_by_key(|&(p, o)| (p, std::cmp::Reverse(o)));
        let (found, is_planned) = planned.map(|(_, o)| (o, true)).or(free.map(|(_, o)| (o, false)))?;
        Some(NextBest { item: self.name(found), from: self.from(found), planned: is_planned })
    }
}
