//! Majors and classes: five-year and three-year programmes, and the Sino-German classes among the former.

use super::census;
use super::staff::Staff;
use crate::days::day;
use crate::rng::Rng;
use jc_base::Date;

/// A training level 培养层次.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Level {
    Intermediate,
    Senior,
}

/// How a class is run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scheme {
    Ordinary,
    SinoGerman,
    OrderClass,
}

/// A major, under a number of the school's own: the official catalogue is not part of the sample.
pub(crate) struct Major {
    pub(crate) code: &'static str,
    pub(crate) name: &'static str,
    /// As in the names of classes.
    pub(crate) short: &'static str,
    pub(crate) level: Level,
    pub(crate) years: i32,
    /// Position in the list of departments.
    pub(crate) department: usize,
    pub(crate) since: i32,
    /// Occupations its students are assessed in.
    pub(crate) occupations: &'static [&'static str],
    /// Share of men among its students, in per cent.
    pub(crate) men: usize,
}

const fn major(
    code: &'static str,
    (name, short): (&'static str, &'static str),
    level: Level,
    (department, since, men): (usize, i32, usize),
    occupations: &'static [&'static str],
) -> Major {
    let years = match level {
        Level::Intermediate => 3,
        Level::Senior => 5,
    };
    Major { code, name, short, level, years, department, since, occupations, men }
}

/// The majors offered.
pub(crate) const MAJORS: &[Major] = &[
    major("SZ01-3", ("数控加工", "数控高"), Level::Senior, (0, 2008, 92), &["车工", "铣工"]),
    major("SZ01-4", ("数控加工（中级）", "数控"), Level::Intermediate, (0, 2003, 94), &["车工", "铣工"]),
    major("SZ02-3", ("模具制造", "模具"), Level::Senior, (0, 2009, 95), &["模具工", "钳工"]),
    major("SZ03-4", ("3D打印技术应用", "3D打印"), Level::Intermediate, (0, 2018, 80), &["增材制造设备操作员"]),
    major("SZ11-3", ("机电一体化技术", "机电"), Level::Senior, (1, 2007, 93), &["电工", "机床装调维修工"]),
    major("SZ12-3", ("工业机器人应用与维护", "机器人"), Level::Senior, (1, 2016, 90), &["工业机器人系统操作员"]),
    major("SZ13-4", ("电气自动化设备安装与维修", "电气"), Level::Intermediate, (1, 2004, 94), &["电工"]),
    major("SZ14-4", ("新能源汽车检测与维修", "新能源车"), Level::Intermediate, (1, 2017, 96), &["汽车维修工"]),
    major("SZ21-3", ("电子商务", "电商"), Level::Senior, (2, 2010, 38), &["电子商务师", "互联网营销师"]),
    major("SZ22-4", ("会计", "会计"), Level::Intermediate, (2, 2003, 22), &["电子商务师"]),
];

/// A class.
pub(crate) struct Class {
    pub(crate) name: String,
    pub(crate) entry: i32,
    /// Position in [`MAJORS`].
    pub(crate) major: usize,
    pub(crate) scheme: Scheme,
    pub(crate) partner: Option<&'static str>,
    /// Position in the list of staff.
    pub(crate) teacher: usize,
    /// Who led it before, and the first day of whoever leads it now.
    pub(crate) earlier: Option<(usize, Date)>,
    pub(crate) opened: Date,
    pub(crate) closed: Option<Date>,
}

impl Class {
    /// The year it graduates in.
    pub(crate) fn graduates(&self) -> i32 {
        self.entry + MAJORS[self.major].years
    }
}

/// Five-year classes of an entry year: numbers of Sino-German classes in 机电 and 模具, then of ordinary classes of
/// 数控, 机电, 模具, 机器人, 电商. Six classes every year; seventeen Sino-German ones from 2020 to 2024.
const FIVE_YEARS: &[(i32, [usize; 7])] = &[
    (2017, [0, 0, 2, 2, 1, 0, 1]),
    (2018, [1, 0, 2, 1, 1, 0, 1]),
    (2019, [1, 1, 1, 1, 0, 1, 1]),
    (2020, [2, 1, 1, 0, 0, 1, 1]),
    (2021, [2, 1, 1, 0, 0, 1, 1]),
    (2022, [2, 2, 1, 0, 0, 0, 1]),
    (2023, [2, 2, 0, 0, 0, 1, 1]),
    (2024, [2, 1, 1, 0, 0, 1, 1]),
];
const FIVE_YEAR_MAJORS: [usize; 7] = [4, 2, 0, 4, 2, 5, 8];

/// Three-year majors: one class of each, every year from 2019.
const THREE_YEAR_MAJORS: [usize; 5] = [1, 3, 6, 7, 9];

pub(super) fn build(seed: u64, staff: &[Staff]) -> Vec<Class> {
    let mut rng = Rng::new(seed, "classes");
    let mut classes = Vec::new();
    for &(entry, counts) in FIVE_YEARS {
        for (place, &count) in counts.iter().enumerate() {
            let scheme = if place < 2 { Scheme::SinoGerman } else { Scheme::Ordinary };
            for number in 1..=count {
                classes.push(class(entry, FIVE_YEAR_MAJORS[place], scheme, number));
            }
        }
    }
    for entry in 2019..=2024 {
        for major in THREE_YEAR_MAJORS {
            // The electricians are trained to order for a firm.
            let scheme = if major == 6 && entry >= 2022 { Scheme::OrderClass } else { Scheme::Ordinary };
            classes.push(class(entry, major, scheme, 1));
        }
    }
    for (place, class) in classes.iter_mut().enumerate() {
        class.teacher = teacher(&mut rng, staff, class, place);
        class.earlier = earlier(seed, staff, class);
    }
    classes
}

/// The classes of 2018 that were asked again three years after they had left in 2021; of the others of that year
/// nothing is kept.
pub(super) fn alumni(staff: &[Staff]) -> Vec<Class> {
    let gone = |department: usize| staff.iter().position(|one| one.department == department && one.left.is_some());
    let mut classes = [1, 6].map(|major| class(2018, major, Scheme::Ordinary, 1));
    for class in &mut classes {
        class.teacher = gone(MAJORS[class.major].department).unwrap_or_default();
    }
    classes.into()
}

/// A class teacher of the same department, one who was there when the class opened if there is one.
fn teacher(rng: &mut Rng, staff: &[Staff], class: &Class, place: usize) -> usize {
    let department = MAJORS[class.major].department;
    let teachers: Vec<usize> = (0..staff.len())
        .filter(|&s| staff[s].department == department && staff[s].full_time && staff[s].left.is_none())
        .collect();
    let early: Vec<usize> = teachers.iter().copied().filter(|&s| staff[s].joined <= class.opened).collect();
    if early.is_empty() { teachers[place % teachers.len()] } else { *rng.pick(&early) }
}

/// Every fourth class that is old enough was handed on after its first or second year.
fn earlier(seed: u64, staff: &[Staff], class: &Class) -> Option<(usize, Date)> {
    let mut rng = Rng::new(seed, &format!("class teacher before {}", class.name));
    let from = day(class.entry + rng.between(1, 2) as i32, 9, 1);
    let there = class.closed.unwrap_or(census());
    if !rng.chance(25) || from >= there || staff[class.teacher].joined > from {
        return None;
    }
    let led = |s: &usize| {
        let person = &staff[*s];
        let whole = person.in_post(class.opened) && person.in_post(from.plus_days(-1));
        *s != class.teacher && person.full_time && person.department == MAJORS[class.major].department && whole
    };
    let before: Vec<usize> = (0..staff.len()).filter(led).collect();
    (!before.is_empty()).then(|| (*rng.pick(&before), from))
}

fn class(entry: i32, major: usize, scheme: Scheme, number: usize) -> Class {
    let Major { short, years, .. } = MAJORS[major];
    let (mark, partner) = match scheme {
        Scheme::SinoGerman if major == 2 => ("中德", Some("IHK（示例合作项目）")),
        Scheme::SinoGerman => ("中德", Some("AHK（示例合作项目）")),
        Scheme::OrderClass => ("订单", Some("示例电气有限公司")),
        Scheme::Ordinary => ("", None),
    };
    let graduates = entry + years;
    Class {
        name: format!("{}{short}{mark}{number}班", entry % 100),
        entry,
        major,
        scheme,
        partner,
        teacher: 0,
        earlier: None,
        opened: day(entry, 9, 1),
        closed: (graduates <= 2024).then(|| day(graduates, 6, 30)),
    }
}
