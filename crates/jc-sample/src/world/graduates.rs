//! Where graduates went.

use super::classes::Class;
use super::firms::Firm;
use super::students::Student;
use crate::rng::Rng;
use jc_base::Date;

/// A destination.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Destination {
    Employed,
    OwnBusiness,
    Flexible,
    Military,
    FurtherStudy,
    StudyAbroad,
    Seeking,
    Unknown,
}

impl Destination {
    /// Whether it counts as directly employed.
    pub(crate) fn direct(self) -> bool {
        use Destination::{Employed, Flexible, Military, OwnBusiness};
        matches!(self, Employed | OwnBusiness | Flexible | Military)
    }

    /// Whether it is further study.
    pub(crate) fn study(self) -> bool {
        matches!(self, Destination::FurtherStudy | Destination::StudyAbroad)
    }
}

/// A graduate.
pub(crate) struct Graduate {
    /// Position in the list of students.
    pub(crate) student: usize,
    pub(crate) on: Date,
    pub(crate) destination: Destination,
    pub(crate) employer: Option<String>,
    pub(crate) job: Option<&'static str>,
    pub(crate) region: Option<&'static str>,
    pub(crate) institution: Option<&'static str>,
    pub(crate) matched: Option<bool>,
    /// Yuan a month.
    pub(crate) pay: Option<i64>,
}

/// How many of a year's graduates went where, and how many destinations match the major.
struct Plan {
    year: i32,
    destinations: [(Destination, usize); 8],
    /// Matched among the directly employed, and among those in further study.
    matched: (usize, usize),
}

const PLANS: [Plan; 3] = [
    Plan { year: 2022, destinations: destinations([222, 7, 3, 4, 116, 0, 8, 2]), matched: (216, 112) },
    Plan { year: 2023, destinations: destinations([224, 7, 4, 3, 138, 0, 7, 2]), matched: (222, 133) },
    Plan { year: 2024, destinations: destinations([245, 6, 5, 5, 142, 1, 2, 1]), matched: (250, 139) },
];

/// The classes of 2021 that were asked again after three years.
const ALUMNI: Plan = Plan { year: 2021, destinations: destinations([45, 2, 1, 1, 15, 0, 3, 1]), matched: (39, 14) };

const fn destinations(n: [usize; 8]) -> [(Destination, usize); 8] {
    use Destination::{Employed, Flexible, FurtherStudy, Military, OwnBusiness, Seeking, StudyAbroad, Unknown};
    [
        (Employed, n[0]),
        (OwnBusiness, n[1]),
        (Flexible, n[2]),
        (Military, n[3]),
        (FurtherStudy, n[4]),
        (StudyAbroad, n[5]),
        (Seeking, n[6]),
        (Unknown, n[7]),
    ]
}

const JOBS: [&[&str]; 3] = [
    &["数控机床操作工", "加工中心操作员", "模具钳工", "质检员", "编程员", "装配工"],
    &["设备维修电工", "自动化调试员", "机器人调试员", "汽车维修工", "装配钳工", "售后技术员"],
    &["运营专员", "客服专员", "出纳", "会计文员", "直播运营", "跟单员"],
];
const COLLEGES: &[&str] = &[
    "示例机电职业技术学院",
    "样本工业职业技术学院",
    "范本经贸职业技术学院",
    "示例应用技术大学",
    "样本技师学院（技师层次）",
];

pub(super) fn build(seed: u64, classes: &[Class], students: &[Student], firms: &[Firm]) -> Vec<Graduate> {
    let mut rng = Rng::new(seed, "graduates");
    PLANS.iter().flat_map(|plan| cohort(&mut rng, plan, classes, students, firms)).collect()
}

/// Those of 2021 who were asked again: the registers of graduates begin after them.
pub(super) fn alumni(seed: u64, classes: &[Class], students: &[Student], firms: &[Firm]) -> Vec<Graduate> {
    cohort(&mut Rng::new(seed, "alumni's destinations"), &ALUMNI, classes, students, firms)
}

fn cohort(rng: &mut Rng, plan: &Plan, classes: &[Class], students: &[Student], firms: &[Firm]) -> Vec<Graduate> {
    let leave = |s: &usize| students[*s].graduated && classes[students[*s].class].graduates() == plan.year;
    let mut fates: Vec<Destination> =
        plan.destinations.iter().flat_map(|&(destination, count)| std::iter::repeat_n(destination, count)).collect();
    rng.shuffle(&mut fates);
    let mut direct = answers(rng, fates.iter().filter(|f| f.direct()).count(), plan.matched.0);
    let mut study = answers(rng, fates.iter().filter(|f| f.study()).count(), plan.matched.1);
    let mut graduates = Vec::new();
    for (student, &destination) in (0..students.len()).filter(leave).zip(&fates) {
        let matched = if destination.direct() {
            direct.pop().flatten()
        } else if destination.study() {
            study.pop().flatten()
        } else {
            None
        };
        let on = students[student].left.unwrap_or(students[student].enrolled);
        let department = super::MAJORS[classes[students[student].class].major].department;
        let mut graduate = Graduate {
            student,
            on,
            destination,
            employer: None,
            job: None,
            region: None,
            institution: None,
            matched,
            pay: None,
        };
        detail(rng, &mut graduate, department, firms);
        graduates.push(graduate);
    }
    graduates
}

/// Answers to “matched?”: so many yes, of the rest some no and some left open.
fn answers(rng: &mut Rng, count: usize, yes: usize) -> Vec<Option<bool>> {
    let mut answers: Vec<Option<bool>> =
        (0..count).map(|i| if i < yes { Some(true) } else { rng.chance(80).then_some(false) }).collect();
    rng.shuffle(&mut answers);
    answers
}

fn detail(rng: &mut Rng, graduate: &mut Graduate, department: usize, firms: &[Firm]) {
    match graduate.destination {
        Destination::Employed => {
            let firm = rng.pick(firms);
            graduate.employer = Some(firm.name.clone());
            graduate.region = Some(firm.region);
            graduate.job = Some(*rng.pick(JOBS[department.min(2)]));
            if rng.chance(88) {
                graduate.pay = Some(rng.between(38, 72) * 100);
            }
        }
        Destination::Flexible => graduate.job = Some("自由职业"),
        Destination::FurtherStudy => graduate.institution = Some(*rng.pick(COLLEGES)),
        Destination::StudyAbroad => graduate.institution = Some("示例海外应用科学大学"),
        _ => {}
    }
}
