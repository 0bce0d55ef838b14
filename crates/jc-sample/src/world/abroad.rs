//! What is done with firms and schools abroad: platforms, agreements, stays, visits, and who was admitted to examinations.

use super::classes::{Class, Scheme};
use super::exams::Exam;
use super::students::Student;
use crate::days::day;
use crate::rng::Rng;
use jc_base::Date;

/// What the international and enterprise offices keep.
pub(crate) struct Abroad {
    pub(crate) platforms: Vec<Platform>,
    pub(crate) agreements: Vec<Agreement>,
    pub(crate) stays: Vec<Stay>,
    pub(crate) admissions: Vec<Admission>,
}

/// A platform kept with firms.
pub(crate) struct Platform {
    pub(crate) name: &'static str,
    pub(crate) kind: &'static str,
    /// Positions in the list of firms.
    pub(crate) firms: Vec<usize>,
    pub(crate) majors: &'static [&'static str],
    pub(crate) opened: Date,
    pub(crate) closed: Option<Date>,
}

/// An agreement with a firm.
pub(crate) struct Agreement {
    pub(crate) no: String,
    pub(crate) firm: usize,
    pub(crate) kind: &'static str,
    pub(crate) majors: &'static [&'static str],
    pub(crate) signed: Date,
    pub(crate) expires: Option<Date>,
    pub(crate) places: Option<i64>,
}

/// A student abroad.
pub(crate) struct Stay {
    pub(crate) student: usize,
    pub(crate) departed: Date,
    pub(crate) returned: Date,
    pub(crate) minor: bool,
}

/// An application for an examination of a German chamber.
pub(crate) struct Admission {
    pub(crate) student: usize,
    pub(crate) occupation: &'static str,
    pub(crate) part: u8,
    pub(crate) applied: Date,
    pub(crate) record: bool,
    pub(crate) admitted: Option<bool>,
}

/// The stays of 2024: days of departure and return. The first ones ever.
const STAYS: [((u32, u32), (u32, u32)); 2] = [((7, 6), (7, 26)), ((7, 6), (7, 26))];
/// Applications refused, by year.
const REFUSED: [(i32, usize); 3] = [(2022, 1), (2023, 2), (2024, 3)];

pub(super) fn build(seed: u64, classes: &[Class], students: &[Student], firms: usize, exams: &[Exam]) -> Abroad {
    let mut rng = Rng::new(seed, "abroad");
    let all_firms: Vec<usize> = (0..firms).collect();
    let mut some = |count: usize| rng.some(&all_firms, count);
    let platforms = vec![
        Platform {
            name: "智能装备产业学院",
            kind: "产业学院",
            firms: some(3),
            majors: &["SZ01-3", "SZ11-3"],
            opened: day(2021, 9, 16),
            closed: None,
        },
        Platform {
            name: "电商直播产业学院",
            kind: "产业学院",
            firms: some(2),
            majors: &["SZ21-3"],
            opened: day(2022, 11, 3),
            closed: None,
        },
        Platform {
            name: "示例汽配企业学院",
            kind: "企业学院",
            firms: some(1),
            majors: &["SZ11-3", "SZ02-3"],
            opened: day(2023, 4, 12),
            closed: None,
        },
        Platform {
            name: "箱包产业学院",
            kind: "产业学院",
            firms: some(2),
            majors: &["SZ21-3"],
            opened: day(2018, 5, 20),
            closed: Some(day(2022, 6, 30)),
        },
    ];
    let agreements = agreements(&mut rng, &all_firms);
    let stays = stays(&mut rng, classes, students);
    let admissions = admissions(&mut rng, classes, students, exams);
    Abroad { platforms, agreements, stays, admissions }
}

/// Kind, majors, signed, years it runs (without end if nothing), places.
type Signed = (&'static str, &'static [&'static str], (i32, u32, u32), Option<i32>, Option<i64>);
const AGREEMENTS: &[Signed] = &[
    ("定向培养", &["SZ11-3"], (2024, 5, 16), Some(3), Some(20)),
    ("订单班", &["SZ13-4"], (2022, 6, 8), Some(3), Some(35)),
    ("订单班", &["SZ21-3"], (2023, 6, 12), None, None),
    ("实习基地", &["SZ01-3", "SZ02-3"], (2021, 3, 25), Some(5), None),
    ("实习基地", &["SZ14-4"], (2023, 3, 28), Some(3), Some(30)),
    ("双元制合作", &["SZ11-3", "SZ02-3"], (2022, 3, 18), None, Some(60)),
    ("订单班", &["SZ12-3"], (2020, 5, 20), Some(3), Some(30)),
];

fn agreements(rng: &mut Rng, firms: &[usize]) -> Vec<Agreement> {
    let chosen = rng.some(firms, AGREEMENTS.len());
    AGREEMENTS
        .iter()
        .zip(chosen)
        .enumerate()
        .map(|(place, (&(kind, majors, (year, month, on), years, places), firm))| {
            let signed = day(year, month, on);
            let expires = years.map(|years| day(year + years, month, on).plus_days(-1));
            Agreement { no: format!("XY{year}-{:02}", place + 1), firm, kind, majors, signed, expires, places }
        })
        .collect()
}

fn stays(rng: &mut Rng, classes: &[Class], students: &[Student]) -> Vec<Stay> {
    let pool: Vec<usize> = (0..students.len())
        .filter(|&s| classes[students[s].class].scheme == Scheme::SinoGerman)
        .filter(|&s| matches!(classes[students[s].class].entry, 2021 | 2022))
        .filter(|&s| students[s].present(day(2024, 7, 6)) && students[s].present(day(2024, 9, 2)))
        .collect();
    rng.some(&pool, STAYS.len())
        .into_iter()
        .zip(STAYS)
        .map(|(student, ((month, on), (back_month, back)))| {
            let departed = day(2024, month, on);
            let minor = departed.days_since(students[student].birth) < 6575;
            Stay { student, departed, returned: day(2024, back_month, back), minor }
        })
        .collect()
}

/// Everybody examined was admitted before; a few were not, and one application of 2024 still waits.
fn admissions(rng: &mut Rng, classes: &[Class], students: &[Student], exams: &[Exam]) -> Vec<Admission> {
    let mut all: Vec<Admission> = exams
        .iter()
        .map(|exam| Admission {
            student: exam.student,
            occupation: exam.occupation,
            part: exam.part,
            applied: exam.on.plus_days(-rng.between(60, 75)),
            record: true,
            admitted: Some(true),
        })
        .collect();
    for (year, refused) in REFUSED {
        let pool: Vec<usize> = (0..students.len())
            .filter(|&s| classes[students[s].class].scheme == Scheme::SinoGerman)
            .filter(|&s| year - classes[students[s].class].entry == 2 && students[s].present(day(year, 2, 10)))
            .filter(|&s| all.iter().all(|admission| admission.student != s))
            .collect();
        for (place, student) in rng.some(&pool, refused).into_iter().enumerate() {
            let waits = year == 2024 && place == 0;
            all.push(Admission {
                student,
                occupation: if classes[students[student].class].major == 2 {
                    "模具机械工"
                } else {
                    "机电一体化工"
                },
                part: 1,
                applied: day(year, 2, 10 + place as u32),
                record: waits,
                admitted: (!waits).then_some(false),
            });
        }
    }
    all.sort_by_key(|admission| (admission.applied, admission.student, admission.part));
    all
}
