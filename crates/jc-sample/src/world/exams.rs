//! Examinations: skill-level assessments of all students, and the German chambers' for the Sino-German classes.

use super::classes::{Class, Level, MAJORS, Scheme};
use super::students::Student;
use crate::days::day;
use crate::numbers::certificate_number;
use crate::rng::Rng;
use jc_base::Date;

/// One student at one skill-level assessment.
pub(crate) struct Assessment {
    /// Position in the list of students.
    pub(crate) student: usize,
    pub(crate) occupation: &'static str,
    /// The digit of the level.
    pub(crate) level: char,
    pub(crate) on: Date,
    /// Points in tenths; nothing for those who did not sit.
    pub(crate) theory: Option<i64>,
    pub(crate) practice: Option<i64>,
    pub(crate) passed: bool,
    pub(crate) certificate: Option<String>,
}

/// Year, entered, absent, failed.
const ASSESSED: [(i32, usize, usize, usize); 3] = [(2022, 655, 9, 61), (2023, 742, 11, 52), (2024, 830, 13, 40)];

pub(super) fn assessments(seed: u64, classes: &[Class], students: &[Student]) -> Vec<Assessment> {
    let mut rng = Rng::new(seed, "assessments");
    let mut all = Vec::new();
    for (year, entered, absent, failed) in ASSESSED {
        let sessions = [day(year, 5, 18), day(year, 6, 1), day(year, 11, 16), day(year, 12, 7)];
        let mut pool: Vec<(Date, usize)> = Vec::new();
        for student in 0..students.len() {
            let class = &classes[students[student].class];
            let session = sessions[(students[student].class + class.entry as usize) % sessions.len()];
            // From the second year on; those who leave in June sit in spring.
            let session = if class.graduates() == year { sessions[0] } else { session };
            let second_year = day(class.entry + 1, 9, 1);
            if session >= second_year && students[student].present(session) {
                pool.push((session, student));
            }
        }
        let mut chosen = rng.some(&pool, entered);
        chosen.sort_by_key(|&(on, student)| (on, students[student].class, student));
        let mut results: Vec<u8> =
            (0..chosen.len()).map(|i| if i < absent { 0 } else { u8::from(i >= absent + failed) + 1 }).collect();
        rng.shuffle(&mut results);
        for (serial, (&(on, student), result)) in chosen.iter().zip(results).enumerate() {
            all.push(assessment(&mut rng, classes, students, (on, student), result, serial + 1));
        }
    }
    all
}

/// `result`: 0 absent, 1 failed, 2 passed.
fn assessment(
    rng: &mut Rng,
    classes: &[Class],
    students: &[Student],
    (on, student): (Date, usize),
    result: u8,
    serial: usize,
) -> Assessment {
    let class = &classes[students[student].class];
    let major = &MAJORS[class.major];
    let level = if major.level == Level::Senior && on >= day(class.entry + 3, 9, 1) { '3' } else { '4' };
    let (theory, practice) = match result {
        0 => (None, None),
        1 if rng.chance(60) => (Some(rng.between(35, 59) * 10), Some(rng.between(60, 85) * 10)),
        1 => (Some(rng.between(60, 82) * 10 + 5), Some(rng.between(38, 59) * 10 + 5)),
        _ => (Some(rng.between(120, 192) * 5), Some(rng.between(120, 190) * 5)),
    };
    Assessment {
        student,
        occupation: major.occupations[class.entry as usize % major.occupations.len()],
        level,
        on,
        theory,
        practice,
        passed: result == 2,
        certificate: (result == 2).then(|| certificate_number(on.year(), level, serial)),
    }
}

/// One student at one part of a German chamber's examination.
pub(crate) struct Exam {
    /// Position in the list of students.
    pub(crate) student: usize,
    /// As the international office writes it.
    pub(crate) body: &'static str,
    pub(crate) occupation: &'static str,
    /// 1 or 2.
    pub(crate) part: u8,
    pub(crate) attempt: u8,
    pub(crate) on: Date,
    pub(crate) sat: bool,
    /// In tenths.
    pub(crate) points: Option<i64>,
    /// Points of part 2 by area, in tenths: work task, two written areas, economics and social studies.
    pub(crate) marks: Option<[i64; 4]>,
    pub(crate) passed: bool,
    pub(crate) certificate: Option<String>,
}

/// Year, sat at the first attempt, failed of them, absent, retakes (of those who failed, in December), passed retakes.
const EXAMINED: [(i32, usize, usize, usize, usize, usize); 3] =
    [(2022, 31, 4, 0, 2, 1), (2023, 62, 5, 1, 3, 2), (2024, 88, 4, 2, 2, 0)];

pub(super) fn certificates(seed: u64, classes: &[Class], students: &[Student]) -> Vec<Exam> {
    let mut rng = Rng::new(seed, "certificates");
    let mut all = Vec::new();
    for (year, sat, failed, absent, retakes, mended) in EXAMINED {
        let on = day(year, 4, 20);
        let mut pool: Vec<(u8, usize)> = Vec::new();
        for student in 0..students.len() {
            let class = &classes[students[student].class];
            if class.scheme != Scheme::SinoGerman || !students[student].present(on) {
                continue;
            }
            // Part 1 in the second year, part 2 in the fourth.
            match year - class.entry {
                2 => pool.push((1, student)),
                4 => pool.push((2, student)),
                _ => {}
            }
        }
        let mut chosen = rng.some(&pool, sat + absent);
        chosen.sort_unstable();
        let mut results: Vec<u8> =
            (0..chosen.len()).map(|i| if i < absent { 0 } else { u8::from(i >= absent + failed) + 1 }).collect();
        rng.shuffle(&mut results);
        let mut failures = Vec::new();
        for (serial, (&(part, student), &result)) in chosen.iter().zip(&results).enumerate() {
            if result == 1 {
                failures.push((part, student));
            }
            all.push(exam(&mut rng, classes, students, (part, student), (1, on), result, serial + 1));
        }
        for (place, &who) in failures.iter().take(retakes).enumerate() {
            let result = if place < mended { 2 } else { 1 };
            all.push(exam(&mut rng, classes, students, who, (2, day(year, 12, 14)), result, 500 + place));
        }
    }
    all
}

fn exam(
    rng: &mut Rng,
    classes: &[Class],
    students: &[Student],
    (part, student): (u8, usize),
    (attempt, on): (u8, Date),
    result: u8,
    serial: usize,
) -> Exam {
    let tools = classes[students[student].class].major == 2;
    let (body, occupation, mark) =
        if tools { ("IHK", "模具机械工", "W") } else { ("AHK", "机电一体化工", "M") };
    let points = match result {
        0 => None,
        1 => Some(rng.between(31, 49) * 10),
        _ => Some(rng.between(106, 188) * 5),
    };
    Exam {
        student,
        body,
        occupation,
        part,
        attempt,
        on,
        sat: result > 0,
        points,
        // Weighed 50, 20, 20 and 10 they give the points of the part again.
        marks: points.filter(|_| part == 2).map(|points| [points, points + 20, points - 20, points]),
        passed: result == 2,
        certificate: (result == 2).then(|| format!("{body}-{mark}{part}-{}-{serial:04}", on.year())),
    }
}
