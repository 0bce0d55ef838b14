//! Which wishes cannot be kept together: the smallest sets, each with the limit it breaks.

use super::build;
use super::choose::{Ask, THOROUGH, choose};
use super::input::{College, WishKind};
use super::model::{self, Model, Names, Shut};

/// Wishes of which one must be given up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// Positions among the college's wishes.
    pub wishes: Vec<usize>,
    /// What they break.
    pub about: Limit,
}

/// What wishes can break.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// The same thing pinned and forbidden.
    Both,
    /// The teacher cannot take it at all, for this reason.
    Shut(Shut),
    /// Two runs of one course, or two mentors.
    Course,
    /// The same days.
    Days,
    /// The teacher's hours.
    Hours,
    /// The teacher's money.
    Money,
    /// What a pin requires before does not fit with the other pins.
    Requires,
    /// The seats of an offer or mentor.
    Seats,
    /// The college's budget.
    Budget,
}

/// A pin as numbers: its position among the wishes, the teacher, the option.
#[derive(Clone, Copy)]
struct Pin {
    wish: usize,
    person: usize,
    option: usize,
}

/// All conflicts found, smallest sets first for each limit; empty if every pin can be kept.
pub fn conflicts(college: &College) -> Vec<Conflict> {
    let (model, names) = model::compile(college);
    let pins = pins(college, &model);
    let mut conflicts = Vec::new();
    for person in 0..model.people.len() {
        let own: Vec<Pin> = pins.iter().filter(|p| p.person == person).copied().collect();
        if !own.is_empty() {
            alone(college, (&model, &names), person, &own, &mut conflicts);
        }
    }
    for (option, opt) in model.options.iter().enumerate() {
        let seats = usize::try_from(opt.seats).unwrap_or(usize::MAX);
        let on: Vec<usize> = pins.iter().filter(|p| p.option == option).map(|p| p.wish).collect();
        if on.len() > seats {
            conflicts.push(Conflict { wishes: on, about: Limit::Seats });
        }
    }
    let cost = |p: &Pin| model.options[p.option].money;
    conflicts.extend(over(&pins, cost, model.budget).map(|wishes| Conflict { wishes, about: Limit::Budget }));
    if conflicts.is_empty()
        && let Err(person) = build::pinned_only(&model)
    {
        let wishes = pins.iter().filter(|p| p.person == person).map(|p| p.wish).collect();
        conflicts.push(Conflict { wishes, about: Limit::Requires });
    }
    conflicts
}

fn pins(college: &College, model: &Model) -> Vec<Pin> {
    let person = |id: &str| college.teachers.iter().position(|t| t.id == id);
    let option = |id: &str| (0..model.options.len()).find(|&o| model::item(college, o).0 == id);
    let mut pins: Vec<Pin> = Vec::new();
    for (wish, w) in college.wishes.iter().enumerate().filter(|(_, w)| w.kind == WishKind::Pin) {
        let (Some(person), Some(option)) = (person(&w.teacher), option(&w.item)) else { continue };
        // The same said twice is said once.
        if !pins.iter().any(|p| p.person == person && p.option == option) {
            pins.push(Pin { wish, person, option });
        }
    }
    pins
}

fn alone(
    college: &College,
    (model, names): (&Model, &Names),
    person: usize,
    pins: &[Pin],
    conflicts: &mut Vec<Conflict>,
) {
    let before = conflicts.len();
    let one = &model.people[person];
    for pin in pins {
        let wish = &college.wishes[pin.wish];
        let same =
            |w: &super::input::Wish| w.kind == WishKind::Forbid && w.teacher == wish.teacher && w.item == wish.item;
        if let Some(forbid) = college.wishes.iter().position(same) {
            conflicts.push(Conflict { wishes: vec![pin.wish, forbid], about: Limit::Both });
        } else if one.unreachable_pins.contains(&pin.option) {
            let teacher = &college.teachers[person];
            let done = (0..names.courses.len()).filter(|&c| teacher.done.contains(&names.courses[c])).collect();
            let shut = model::shut(college, &model.options[pin.option], pin.option, teacher, &done);
            // What nothing shuts cannot be reached: what it requires is nowhere before it.
            let about = Limit::Shut(shut.unwrap_or(Shut::Requires));
            conflicts.push(Conflict { wishes: vec![pin.wish], about });
        }
    }
    // What stands against one alone is told once.
    let told = |p: &&Pin| !one.unreachable_pins.contains(&p.option);
    let pins: Vec<Pin> = pins.iter().filter(told).copied().collect();
    for (n, a) in pins.iter().enumerate() {
        for b in &pins[n + 1..] {
            let (x, y) = (&model.options[a.option], &model.options[b.option]);
            let about = if x.course == y.course {
                Limit::Course
            } else if x.clashes(y) {
                Limit::Days
            } else {
                continue;
            };
            conflicts.push(Conflict { wishes: vec![a.wish, b.wish], about });
        }
    }
    let hours = over(&pins, |p| model.options[p.option].hours, one.hours);
    conflicts.extend(hours.map(|wishes| Conflict { wishes, about: Limit::Hours }));
    let money = over(&pins, |p| model.options[p.option].money, one.money);
    conflicts.extend(money.map(|wishes| Conflict { wishes, about: Limit::Money }));
    if conflicts.len() == before && !can_all(model, person, &pins) {
        conflicts.push(Conflict { wishes: smallest(model, person, &pins), about: Limit::Requires });
    }
}

/// The fewest pins whose sum goes beyond the limit, if all together do.
fn over(pins: &[Pin], cost: impl Fn(&Pin) -> i64, limit: i64) -> Option<Vec<usize>> {
    let mut order: Vec<&Pin> = pins.iter().collect();
    order.sort_by_key(|p| (std::cmp::Reverse(cost(p)), p.wish));
    let mut sum = 0;
    let mut set = Vec::new();
    for pin in order {
        sum += cost(pin);
        set.push(pin.wish);
        if sum > limit {
            return Some(set);
        }
    }
    None
}

/// Whether a teacher who had the college to themselves could have all these pins.
fn can_all(model: &Model, person: usize, pins: &[Pin]) -> bool {
    let mut one = model.people[person].clone();
    one.unreachable_pins.clear();
    for choice in &mut one.choices {
        choice.pinned = pins.iter().any(|p| p.option == choice.option);
    }
    let open = |o: usize| model.options[o].seats > 0;
    let price = vec![1; model.options.len()];
    let ask =
        Ask { person: &one, factor: 0, price: &price, open: &open, money: model.budget, hint: &[], width: THOROUGH };
    choose(model, &ask).is_some()
}

/// Gives up one pin after the other as long as the rest still conflicts.
fn smallest(model: &Model, person: usize, pins: &[Pin]) -> Vec<usize> {
    let mut set = pins.to_vec();
    let mut n = 0;
    while n < set.len() {
        let mut fewer = set.clone();
        fewer.remove(n);
        if can_all(model, person, &fewer) {
            n += 1;
        } else {
            set = fewer;
        }
    }
    set.iter().map(|p| p.wish).collect()
}
