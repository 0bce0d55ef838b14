//! The college as numbers: options, people, and for each person what they could choose at all.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::input::{College, Mentor, Offer, Raise, Teacher, WishKind};

/// All multipliers and reduced gains are counted in this part of a weighted point.
pub const SCALE: i64 = 256;

/// The course every mentor is a run of: nobody has two mentors.
const MENTORING: usize = 0;

/// The college in numbers. Options are the offers in their order, then the mentors in theirs.
#[derive(Debug, Clone)]
pub struct Model {
    pub options: Vec<Opt>,
    /// For each option those that cannot stand beside it: the same course, or whole days in common.
    pub excludes: Arc<[Marks]>,
    pub people: Vec<Person>,
    /// For each person the first who is alike in everything: what one chooses at given prices, the other may.
    pub alike: Vec<usize>,
    /// How many people each of these stands for: more than one where prices are found for a part of them.
    pub stands_for: i64,
    /// How many people are planned for in all, of whom these may be a part: it decides how patiently each is asked.
    pub crowd: usize,
    pub departments: usize,
    /// What all may cost together, in cents.
    pub budget: i64,
    /// The least each department must close, in weighted points.
    pub floors: Vec<i64>,
}

/// An offer or mentor in numbers. Days are counted from the first day planned for.
#[derive(Debug, Clone)]
pub struct Opt {
    pub hours: i64,
    pub money: i64,
    pub seats: i64,
    pub from: i64,
    pub until: i64,
    pub whole_days: bool,
    pub course: usize,
}

/// A set of options.
#[derive(Debug, Clone)]
pub struct Marks(Vec<u64>);

impl Marks {
    /// None of so many options.
    pub fn none(options: usize) -> Self {
        Self(vec![0; options.div_ceil(64)])
    }

    /// Whether an option is in it.
    pub fn has(&self, option: usize) -> bool {
        self.0[option / 64] >> (option % 64) & 1 == 1
    }

    /// Adds all of another set.
    pub fn add_all(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(own, other)| *own |= other);
    }
}

/// For each option those that cannot stand beside it; itself, too.
fn excludes(options: &[Opt]) -> Arc<[Marks]> {
    let of = |one: &Opt| {
        let mut marks = Marks::none(options.len());
        for (o, _) in options.iter().enumerate().filter(|(_, o)| o.course == one.course || o.clashes(one)) {
            marks.0[o / 64] |= 1 << (o % 64);
        }
        marks
    };
    options.iter().map(of).collect()
}

/// A teacher in numbers.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Person {
    pub department: usize,
    pub hours: i64,
    pub money: i64,
    pub needs: Vec<Need>,
    /// In order of time, so that whatever is required before stands before.
    pub choices: Vec<Choice>,
    /// Pinned options that can never be among the choices: with any, the person has no plan.
    pub unreachable_pins: Vec<usize>,
}

/// A gap in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Need {
    pub points: i64,
    pub weight: i64,
}

/// An option someone could take.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Choice {
    pub option: usize,
    /// Which of the person's needs it raises, and by how many points.
    pub raises: Vec<(usize, i64)>,
    /// Courses that must be in the plan before it.
    pub requires: Vec<usize>,
    pub pinned: bool,
    /// Whether something later requires its course.
    pub opens: bool,
}

/// Why an option is not among someone's choices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shut {
    /// It has no dates, or they lie outside the time planned.
    Dates,
    /// A person forbade it.
    Forbidden,
    /// It is not for this department, or there is no common language, or it is oneself.
    NotOpen,
    /// The course was completed before.
    Done,
    /// The teacher cannot be spared on its days.
    Away,
    /// It takes more hours than there are.
    Hours,
    /// It costs more than there is.
    Money,
    /// Something it requires is neither completed nor on offer before it.
    Requires,
    /// It raises nothing the teacher lacks, nor opens what does.
    NoGap,
}

impl Opt {
    /// Whether both take whole days and share one.
    pub fn clashes(&self, other: &Opt) -> bool {
        self.whole_days && other.whole_days && self.from <= other.until && other.from <= self.until
    }
}

impl Person {
    /// The weighted points that options close together. Raising beyond the gap closes nothing.
    pub fn value(&self, options: &[usize]) -> i64 {
        let mut left: Vec<i64> = self.needs.iter().map(|n| n.points).collect();
        let mut value = 0;
        for choice in self.choices.iter().filter(|c| options.contains(&c.option)) {
            for &(need, points) in &choice.raises {
                let closed = points.min(left[need]);
                left[need] -= closed;
                value += closed * self.needs[need].weight;
            }
        }
        value
    }

    /// All there is to close.
    pub fn gap(&self) -> i64 {
        self.needs.iter().map(|n| n.points * n.weight).sum()
    }
}

/// For each person the first who is alike in everything.
pub fn alike(people: &[Person]) -> Vec<usize> {
    let mut first: HashMap<&Person, usize> = HashMap::new();
    people.iter().enumerate().map(|(at, person)| *first.entry(person).or_insert(at)).collect()
}

/// The names a model's numbers stand for.
#[derive(Debug, Clone)]
pub struct Names {
    pub courses: Vec<String>,
    pub departments: Vec<String>,
}

/// Turns the college into numbers. Offers that findings forbid (no dates) are options nobody can choose.
pub fn compile(college: &College) -> (Model, Names) {
    let mut courses = Numbers::default();
    courses.number("");
    let mut departments = Numbers::default();
    let options = options(college, &mut courses);
    let required: Vec<Vec<usize>> =
        college.offers.iter().map(|o| o.requires.iter().map(|c| courses.number(c)).collect()).collect();
    let mut wishes: HashMap<&str, Vec<(&str, WishKind)>> = HashMap::new();
    for wish in &college.wishes {
        wishes.entry(wish.teacher.as_str()).or_default().push((wish.item.as_str(), wish.kind));
    }
    let people: Vec<Person> = college
        .teachers
        .iter()
        .map(|teacher| {
            let done: HashSet<usize> = teacher.done.iter().map(|c| courses.number(c)).collect();
            let wishes = wishes.get(teacher.id.as_str()).map_or(&[][..], Vec::as_slice);
            let department = departments.number(&teacher.department);
            person(college, &options, &required, teacher, &Own { done, wishes, department })
        })
        .collect();
    let departments = departments.names;
    let model = Model {
        excludes: excludes(&options),
        options,
        alike: alike(&people),
        stands_for: 1,
        crowd: people.len(),
        people,
        departments: departments.len(),
        budget: college.budget_cents,
        floors: vec![0; departments.len()],
    };
    (model, Names { courses: courses.names, departments })
}

/// Names in the order they were first met.
#[derive(Default)]
struct Numbers {
    names: Vec<String>,
    of: HashMap<String, usize>,
}

impl Numbers {
    fn number(&mut self, name: &str) -> usize {
        if let Some(&number) = self.of.get(name) {
            return number;
        }
        self.of.insert(name.to_string(), self.names.len());
        self.names.push(name.to_string());
        self.names.len() - 1
    }
}

fn options(college: &College, courses: &mut Numbers) -> Vec<Opt> {
    let day = |date: jc_base::Date| date.days_since(college.from);
    let offers = college.offers.iter().map(|offer| Opt {
        hours: i64::from(offer.hours),
        money: offer.money_cents,
        seats: i64::from(offer.seats),
        // Without dates an offer lies outside every time planned.
        from: offer.from.map_or(-1, day),
        until: offer.until.or(offer.from).map_or(-1, day),
        whole_days: offer.whole_days,
        course: courses.number(&offer.course),
    });
    let mut options: Vec<Opt> = offers.collect();
    options.extend(college.mentors.iter().map(|mentor| Opt {
        hours: i64::from(mentor.hours),
        money: 0,
        seats: i64::from(mentor.capacity),
        from: 0,
        until: day(college.until),
        whole_days: false,
        course: MENTORING,
    }));
    options
}

/// What only this teacher has.
struct Own<'a> {
    done: HashSet<usize>,
    wishes: &'a [(&'a str, WishKind)],
    department: usize,
}

impl Own<'_> {
    fn wished(&self, item: &str, kind: WishKind) -> bool {
        self.wishes.iter().any(|(i, k)| *i == item && *k == kind)
    }
}

fn person(college: &College, options: &[Opt], required: &[Vec<usize>], teacher: &Teacher, own: &Own<'_>) -> Person {
    let mut choices = Vec::new();
    let mut unreachable_pins = Vec::new();
    for (option, opt) in options.iter().enumerate() {
        let (item, raises) = item(college, option);
        let pinned = own.wished(item, WishKind::Pin);
        let shut = if own.wished(item, WishKind::Forbid) {
            Some(Shut::Forbidden)
        } else {
            shut(college, opt, option, teacher, &own.done)
        };
        if shut.is_some() {
            if pinned {
                unreachable_pins.push(option);
            }
            continue;
        }
        let requires = required.get(option).map_or(&[][..], Vec::as_slice);
        choices.push(Choice {
            option,
            raises: raises_of(raises, teacher),
            requires: requires.iter().copied().filter(|c| !own.done.contains(c)).collect(),
            pinned,
            opens: false,
        });
    }
    choices.sort_by_key(|c| (options[c.option].from, options[c.option].until, c.option));
    keep_reachable(&mut choices, options, &mut unreachable_pins);
    keep_useful(&mut choices, options);
    Person {
        department: own.department,
        hours: i64::from(teacher.hours),
        money: teacher.money_cents,
        needs: teacher.gaps.iter().map(|g| Need { points: g.points.into(), weight: g.weight.into() }).collect(),
        choices,
        unreachable_pins,
    }
}

/// The id and the raises of an option.
pub fn item(college: &College, option: usize) -> (&str, &[Raise]) {
    match college.offers.get(option) {
        Some(Offer { id, raises, .. }) => (id, raises),
        None => {
            let Mentor { id, strengths, .. } = &college.mentors[option - college.offers.len()];
            (id, strengths)
        }
    }
}

/// What of the raises meets a gap of the teacher.
pub fn raises_of(raises: &[Raise], teacher: &Teacher) -> Vec<(usize, i64)> {
    let need = |r: &Raise| teacher.gaps.iter().position(|g| g.competency == r.competency && g.points > 0);
    raises.iter().filter(|r| r.points > 0).filter_map(|r| Some((need(r)?, i64::from(r.points)))).collect()
}

/// What alone shuts an option for a teacher, whatever else is planned.
pub fn shut(college: &College, opt: &Opt, option: usize, teacher: &Teacher, done: &HashSet<usize>) -> Option<Shut> {
    let last = college.until.days_since(college.from);
    if opt.from < 0 || opt.until < opt.from || opt.until > last {
        return Some(Shut::Dates);
    }
    if !open(college, option, teacher) {
        return Some(Shut::NotOpen);
    }
    if opt.course != MENTORING && done.contains(&opt.course) {
        return Some(Shut::Done);
    }
    let day = |date: jc_base::Date| date.days_since(college.from);
    if opt.whole_days && teacher.away.iter().any(|a| day(a.from) <= opt.until && opt.from <= day(a.until)) {
        return Some(Shut::Away);
    }
    if opt.hours > i64::from(teacher.hours) {
        return Some(Shut::Hours);
    }
    (opt.money > teacher.money_cents.min(college.budget_cents)).then_some(Shut::Money)
}

fn open(college: &College, option: usize, teacher: &Teacher) -> bool {
    if let Some(offer) = college.offers.get(option) {
        return offer.departments.is_empty() || offer.departments.contains(&teacher.department);
    }
    let mentor = &college.mentors[option - college.offers.len()];
    let language = mentor.languages.is_empty()
        || teacher.languages.is_empty()
        || mentor.languages.iter().any(|l| teacher.languages.contains(l));
    mentor.id != teacher.id && language && (!mentor.own_department_only || mentor.department == teacher.department)
}

/// Drops what requires a course that nothing kept can complete in time. Choices are in order of time.
fn keep_reachable(choices: &mut Vec<Choice>, options: &[Opt], unreachable_pins: &mut Vec<usize>) {
    let mut kept: Vec<Choice> = Vec::with_capacity(choices.len());
    for choice in choices.drain(..) {
        let start = options[choice.option].from;
        let completed =
            |c: &usize| kept.iter().any(|k| options[k.option].course == *c && options[k.option].until < start);
        if choice.requires.iter().all(completed) {
            kept.push(choice);
        } else if choice.pinned {
            unreachable_pins.push(choice.option);
        }
    }
    *choices = kept;
}

/// Drops what raises nothing, opens nothing and is not pinned.
fn keep_useful(choices: &mut Vec<Choice>, options: &[Opt]) {
    let mut wanted: HashSet<usize> = HashSet::new();
    for choice in choices.iter_mut().rev() {
        choice.opens = wanted.contains(&options[choice.option].course);
        if choice.opens || choice.pinned || !choice.raises.is_empty() {
            wanted.extend(&choice.requires);
        }
    }
    choices.retain(|c| c.opens || c.pinned || !c.raises.is_empty());
}
