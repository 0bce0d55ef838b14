//! The adult college entrance exam, beside the skill certificate.

use super::classes::Class;
use super::students::Student;
use crate::days::day;
use crate::rng::Rng;

/// One student at the exam of one year.
pub(crate) struct AdultExam {
    /// Position in the list of students.
    pub(crate) student: usize,
    pub(crate) year: i32,
    pub(crate) programme: &'static str,
    /// Nothing for those who did not sit.
    pub(crate) score: Option<i64>,
    /// At or above the year's line.
    pub(crate) reached: bool,
    /// Nothing while the college has not decided.
    pub(crate) admitted: Option<bool>,
    pub(crate) college: Option<&'static str>,
}

/// Year, entered, sat, at the line, admitted, undecided.
const EXAMS: [(i32, usize, usize, usize, usize, usize); 3] =
    [(2022, 120, 112, 103, 97, 0), (2023, 140, 133, 125, 118, 0), (2024, 158, 150, 144, 136, 3)];
/// The line of the year in the sample.
const LINE: i64 = 140;
const COLLEGES: [&str; 3] = ["样本开放大学", "示例职业技术学院继续教育学院", "范本理工大学继续教育学院"];

pub(super) fn build(seed: u64, classes: &[Class], students: &[Student]) -> Vec<AdultExam> {
    let mut rng = Rng::new(seed, "adult exam");
    let mut all = Vec::new();
    for (year, entered, sat, reached, admitted, undecided) in EXAMS {
        let on = day(year, 10, 20);
        let ready = |s: &usize| students[*s].present(on) && classes[students[*s].class].entry <= year - 2;
        let pool: Vec<usize> = (0..students.len()).filter(ready).collect();
        for (place, student) in rng.some(&pool, entered).into_iter().enumerate() {
            let reached = place < reached;
            let score = match (reached, place < sat) {
                (true, _) => Some(rng.between(LINE, 320)),
                (_, true) => Some(rng.between(70, LINE - 1)),
                _ => None,
            };
            let college = (place < admitted).then(|| rng.word(&COLLEGES));
            all.push(AdultExam {
                student,
                year,
                programme: rng.word(&["高起专", "高起专", "高升专", "高起本"]),
                score,
                reached,
                admitted: (place < admitted || place >= admitted + undecided).then_some(place < admitted),
                college,
            });
        }
    }
    all
}
