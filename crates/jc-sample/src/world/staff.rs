//! Departments and the people who work there.

use crate::days::{day, day_in};
use crate::names::Names;
use crate::numbers::phone;
use crate::rng::Rng;
use jc_base::Date;

/// Departments: name, whether they teach, how many people work there at the census.
pub(crate) const DEPARTMENTS: &[(&str, bool, usize)] = &[
    ("智能制造学院", true, 46),
    ("机电工程学院", true, 44),
    ("商贸信息学院", true, 32),
    ("人文学院", true, 30),
    ("党政办公室", false, 6),
    ("人事处", false, 4),
    ("教务处", false, 5),
    ("学生处", false, 5),
    ("校团委", false, 2),
    ("招生就业处", false, 4),
    ("实训与竞赛处", false, 4),
    ("职业技能评价中心", false, 2),
    ("校企合作处", false, 3),
    ("国际合作办公室", false, 3),
];

/// What someone is employed for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Post {
    Theory,
    Practice,
    Administration,
    Support,
}

/// Someone who works or worked at the college.
pub(crate) struct Staff {
    pub(crate) no: String,
    pub(crate) name: String,
    pub(crate) male: bool,
    pub(crate) birth: Date,
    /// Code of GB/T 4762.
    pub(crate) political: &'static str,
    /// Position in [`DEPARTMENTS`].
    pub(crate) department: usize,
    pub(crate) post: Post,
    pub(crate) full_time: bool,
    /// Assigned to integrated courses, and so due to hold a certificate.
    pub(crate) integrated: bool,
    pub(crate) joined: Date,
    pub(crate) left: Option<Date>,
    pub(crate) phone: String,
}

impl Staff {
    /// Whether someone was in post on a day.
    pub(crate) fn in_post(&self, on: Date) -> bool {
        self.joined <= on && self.left.is_none_or(|left| left >= on)
    }
}

/// Teachers in post at full time, of a department or of all.
pub(super) fn teachers_on(staff: &[Staff], on: Date, department: Option<usize>) -> Vec<usize> {
    let fits = |s: &usize| {
        let person = &staff[*s];
        person.full_time && person.in_post(on) && department.is_none_or(|wanted| wanted == person.department)
    };
    (0..staff.len()).filter(fits).collect()
}

/// How many have retired or left in the three years.
const GONE: usize = 9;
/// How many of those in post teach integrated courses.
const INTEGRATED: usize = 93;

pub(super) fn build(seed: u64) -> Vec<Staff> {
    let mut rng = Rng::new(seed, "staff");
    let mut names = Names::new();
    let mut people = Vec::new();
    for (department, &(_, teaches, count)) in DEPARTMENTS.iter().enumerate() {
        for _ in 0..count {
            let person = person(&mut rng, &mut names, people.len(), department, teaches);
            people.push(person);
        }
    }
    for _ in 0..GONE {
        let department = rng.below(4);
        let mut person = person(&mut rng, &mut names, people.len(), department, true);
        person.birth = day_in(&mut rng, day(1961, 1, 1), day(1964, 6, 30));
        person.joined = day_in(&mut rng, day(1985, 8, 1), day(1992, 9, 1));
        person.left = Some(*rng.pick(&[day(2022, 8, 31), day(2023, 1, 31), day(2023, 8, 31), day(2024, 8, 31)]));
        person.integrated = person.full_time && department < 3;
        people.push(person);
    }
    // The departments of the trades; the fourth teaches general subjects.
    let of_trades = (0..people.len()).filter(|&s| {
        let person: &Staff = &people[s];
        person.full_time && person.department < 3 && person.left.is_none()
    });
    let due = Rng::new(seed, "integrated duty").some(&of_trades.collect::<Vec<_>>(), INTEGRATED);
    due.into_iter().for_each(|s| people[s].integrated = true);
    people
}

fn person(rng: &mut Rng, names: &mut Names, serial: usize, department: usize, teaches: bool) -> Staff {
    let male = rng.chance(if teaches { 48 } else { 55 });
    let birth = day_in(rng, day(1968, 1, 1), day(1999, 12, 28));
    let youngest = day((birth.year() + 23).min(2024), 7, 1);
    let joined = day_in(rng, youngest.max(day(1993, 7, 1)), day(2024, 8, 26).max(youngest));
    let post = match (teaches, rng.below(10)) {
        (true, 0..6) => Post::Theory,
        (true, _) => Post::Practice,
        (false, 0..8) => Post::Administration,
        (false, _) => Post::Support,
    };
    // A few teachers come from firms for some hours a week: they teach, but are not full-time here.
    let full_time = teaches && !rng.chance(7);
    let political = rng.word(&["01", "01", "01", "13", "13", "13", "02", "05", "07", "09"]);
    let name = names.unique(rng, male);
    Staff {
        no: format!("JS{:04}", 1001 + serial),
        name,
        male,
        birth,
        political,
        department,
        post,
        full_time,
        integrated: false,
        joined,
        left: None,
        phone: phone(9_000 + serial),
    }
}
