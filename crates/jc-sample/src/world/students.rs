//! Students, and what happened to those who did not simply stay.

use super::classes::{Class, Level, MAJORS, Scheme};
use super::status::{Change, Kind};
use crate::days::{day, day_in};
use crate::names::Names;
use crate::numbers::{id_number, phone};
use crate::rng::Rng;
use jc_base::Date;
use std::collections::HashSet;

/// A student.
pub(crate) struct Student {
    pub(crate) no: String,
    pub(crate) name: String,
    pub(crate) male: bool,
    pub(crate) birth: Date,
    pub(crate) id_number: String,
    pub(crate) ethnicity: &'static str,
    pub(crate) political: &'static str,
    pub(crate) household: &'static str,
    pub(crate) phone: String,
    /// Position in the list of classes.
    pub(crate) class: usize,
    pub(crate) level: Level,
    pub(crate) enrolled: Date,
    pub(crate) left: Option<Date>,
    /// The first day the student was away for good or for a while, whatever the roll says.
    pub(crate) away: Option<Date>,
    /// Graduated, rather than left early or still here.
    pub(crate) graduated: bool,
}

impl Student {
    /// Whether the student was certainly there on a day: nothing is recorded of people who were away.
    pub(crate) fn present(&self, on: Date) -> bool {
        self.enrolled <= on && self.left.is_none_or(|left| left >= on) && self.away.is_none_or(|away| away > on)
    }
}

/// Graduates of a year, over all its classes.
const GRADUATES: [(i32, usize); 3] = [(2022, 362), (2023, 385), (2024, 407)];
/// Students in school in Sino-German classes at the end of 2024.
const SINO_GERMAN: usize = 554;

/// Graduates of a class that was asked again after three years.
const ALUMNI: usize = 34;

/// What becomes of a student.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Stays,
    Graduates,
    /// Left, and the roll says so.
    Leaves(Kind),
    /// Left, but nobody wrote the day into the roll: only the event tells.
    LeavesUnnoticed,
    Suspended,
    SuspendedAndBack,
    ChangedClass,
    /// Suspended after the census: in school on the day that counts.
    SuspendedLater,
}

pub(super) fn build(seed: u64, classes: &[Class]) -> (Vec<Student>, Vec<Change>) {
    let mut rng = Rng::new(seed, "students");
    let plans = plans(&mut rng, classes);
    let names = Names::new();
    let mut makers = Makers { names, id_numbers: HashSet::new() };
    let (mut students, mut changes) = (Vec::new(), Vec::new());
    // Numbers run through an entry year, class after class, as the admissions office gives them out.
    let mut order: Vec<usize> = (0..classes.len()).collect();
    order.sort_by_key(|&class| (classes[class].entry, class));
    let (mut entry, mut serial) = (0, 0);
    for class in order {
        if classes[class].entry != entry {
            (entry, serial) = (classes[class].entry, 0);
        }
        let mut names_in_class = HashSet::new();
        for &fate in &plans[class] {
            serial += 1;
            let mut student = makers.student(&mut rng, classes, class, serial, students.len());
            while !names_in_class.insert(student.name.clone()) {
                student.name = makers.names.any(&mut rng, student.male);
            }
            happen(&mut rng, &classes[class], fate, students.len(), &mut student, &mut changes);
            students.push(student);
        }
    }
    changes.sort_by_key(|change| (change.on, change.student));
    (students, changes)
}

/// The students of classes from `first` on, all of whom graduated, behind those who are there already.
pub(super) fn alumni(
    seed: u64,
    (classes, first): (&[Class], usize),
    students: &mut Vec<Student>,
    changes: &mut Vec<Change>,
) {
    let mut rng = Rng::new(seed, "alumni");
    let id_numbers = students.iter().map(|student| student.id_number.clone()).collect();
    let mut makers = Makers { names: Names::new(), id_numbers };
    // Behind the numbers of the classes whose rolls are complete.
    let mut serial = 400;
    for class in first..classes.len() {
        let mut names_in_class = HashSet::new();
        for _ in 0..ALUMNI {
            serial += 1;
            let mut student = makers.student(&mut rng, classes, class, serial, students.len());
            while !names_in_class.insert(student.name.clone()) {
                student.name = makers.names.any(&mut rng, student.male);
            }
            happen(&mut rng, &classes[class], Fate::Graduates, students.len(), &mut student, changes);
            students.push(student);
        }
    }
    changes.sort_by_key(|change| (change.on, change.student));
}

/// The fates of each class, in the order of the roll.
fn plans(rng: &mut Rng, classes: &[Class]) -> Vec<Vec<Fate>> {
    let mut plans: Vec<Vec<Fate>> = classes.iter().map(|_| Vec::new()).collect();
    for (year, total) in GRADUATES {
        let leaving: Vec<usize> = (0..classes.len()).filter(|&c| classes[c].graduates() == year).collect();
        for (place, &class) in leaving.iter().enumerate() {
            let size = total / leaving.len() + usize::from(place < total % leaving.len());
            plans[class] = vec![Fate::Graduates; size];
            for _ in 0..rng.below(3) {
                plans[class].push(Fate::Leaves(*rng.pick(&[Kind::Withdrawal, Kind::TransferOut])));
            }
        }
    }
    let open: Vec<usize> = (0..classes.len()).filter(|&c| classes[c].closed.is_none()).collect();
    let (german, other): (Vec<usize>, Vec<usize>) =
        open.into_iter().partition(|&c| classes[c].scheme == Scheme::SinoGerman);
    for (place, &class) in german.iter().enumerate() {
        let size = SINO_GERMAN / german.len() + usize::from(place < SINO_GERMAN % german.len());
        plans[class] = vec![Fate::Stays; size];
    }
    // Among those who are in school: some were away for a while, some came from another class.
    for (place, fate) in
        [Fate::SuspendedAndBack; 3].into_iter().chain([Fate::ChangedClass; 4]).chain([Fate::SuspendedLater]).enumerate()
    {
        plans[german[(place * 2 + 1) % german.len()]][0] = fate;
    }
    // Beside them: who is on the roll but not in school, or gone.
    let beside = [Fate::Leaves(Kind::Withdrawal); 5]
        .into_iter()
        .chain([Fate::LeavesUnnoticed; 2])
        .chain([Fate::Leaves(Kind::TransferOut); 3])
        .chain([Fate::Suspended; 4]);
    for (place, fate) in beside.enumerate() {
        plans[german[(place * 5) % german.len()]].push(fate);
    }
    for &class in &other {
        plans[class] = vec![Fate::Stays; rng.between(28, 34) as usize];
        if rng.chance(45) {
            plans[class].push(Fate::Leaves(Kind::Withdrawal));
        }
        if rng.chance(25) {
            plans[class].push(Fate::Suspended);
        }
        if rng.chance(20) {
            plans[class].push(Fate::SuspendedAndBack);
        }
        if rng.chance(15) {
            plans[class].push(Fate::Leaves(Kind::TransferOut));
        }
    }
    plans.iter_mut().for_each(|plan| rng.shuffle(plan));
    plans
}

struct Makers {
    names: Names,
    id_numbers: HashSet<String>,
}

impl Makers {
    fn student(&mut self, rng: &mut Rng, classes: &[Class], class: usize, serial: usize, index: usize) -> Student {
        let Class { entry, major, opened, .. } = classes[class];
        let major = &MAJORS[major];
        let male = rng.chance(major.men);
        let birth = day_in(rng, day(entry - 16, 9, 1), day(entry - 15, 8, 31));
        let mut sequence = index;
        let mut number = id_number(birth, male, sequence);
        while !self.id_numbers.insert(number.clone()) {
            sequence += 1;
            number = id_number(birth, male, sequence);
        }
        let ethnicity = match rng.below(100) {
            0..96 => "汉族",
            96 => "苗族",
            97 => "土家",
            98 => "畲族",
            _ => rng.word(&["回族", "布依族", "侗族", "壮族", "彝族"]),
        };
        Student {
            no: format!("{entry}{serial:04}"),
            name: self.names.any(rng, male),
            male,
            birth,
            id_number: number,
            ethnicity,
            political: if rng.chance(34) { "共青团员" } else { "群众" },
            household: rng.word(&["农村", "农村", "农业户口", "县镇", "城镇"]),
            phone: phone(index),
            class,
            level: major.level,
            enrolled: opened,
            left: None,
            away: None,
            graduated: false,
        }
    }
}

/// Lets the fate happen: days on the roll, events.
fn happen(rng: &mut Rng, class: &Class, fate: Fate, index: usize, student: &mut Student, changes: &mut Vec<Change>) {
    let mut event = |kind: Kind, on: Date, reason: Option<&'static str>| {
        changes.push(Change { student: index, kind, on, reason });
    };
    // Between the first autumn holidays and the last month.
    let first = student.enrolled.plus_days(38);
    let last = class.closed.map_or(day(2024, 12, 13), |closed| closed.plus_days(-45));
    let some_day = |rng: &mut Rng| day_in(rng, first, last);
    match fate {
        Fate::Stays => {}
        Fate::Graduates => {
            let on = class.closed.unwrap_or(last);
            event(Kind::Graduation, on, None);
            student.left = Some(on);
            student.graduated = true;
        }
        Fate::Leaves(kind) => {
            let on = some_day(rng);
            let reason =
                if kind == Kind::TransferOut { "随父母迁居" } else { rng.word(&["本人申请", "个人原因"]) };
            event(kind, on, Some(reason));
            student.left = Some(on);
            student.away = Some(on);
        }
        Fate::LeavesUnnoticed => {
            let on = some_day(rng);
            event(Kind::Withdrawal, on, Some("本人申请"));
            student.away = Some(on);
        }
        Fate::Suspended => {
            let on = day_in(rng, first.max(day(2024, 2, 26)), last);
            event(Kind::Suspension, on, Some("因病"));
            student.away = Some(on);
        }
        Fate::SuspendedAndBack => {
            let away = day_in(rng, first.min(day(2024, 10, 1)), first.plus_days(40).min(last.plus_days(-20)));
            let back = day_in(rng, away.plus_days(14), last);
            event(Kind::Suspension, away, Some("因病"));
            event(Kind::Resumption, back, None);
            // Nothing else is recorded of the time before: simplest to have come back is to have been away till then.
            student.away = None;
        }
        Fate::ChangedClass => event(Kind::ClassChange, some_day(rng), Some("转入中德班")),
        Fate::SuspendedLater => {
            let on = day(2025, 1, 6);
            event(Kind::Suspension, on, Some("因病"));
            student.away = Some(on);
        }
    }
}
