//! Home visits and parents' events.

use super::classes::Class;
use super::staff::Staff;
use super::students::Student;
use super::{MAJORS, YEARS};
use crate::days::{day, day_in};
use crate::rng::Rng;
use jc_base::Date;

/// One round of visits: who went, to whom.
pub(crate) struct Visit {
    pub(crate) no: String,
    pub(crate) on: Date,
    /// Positions in the list of staff.
    pub(crate) teachers: Vec<usize>,
    /// Positions in the list of students.
    pub(crate) students: Vec<usize>,
    pub(crate) form: &'static str,
    pub(crate) topic: &'static str,
    pub(crate) follow_up: Option<&'static str>,
    /// Position in the list of classes.
    pub(crate) class: usize,
}

/// Year, participations of teachers, visits to students.
const VISITED: [(i32, usize, usize); 3] = [(2022, 388, 1_530), (2023, 471, 1_962), (2024, 597, 2_503)];

pub(super) fn visits(seed: u64, classes: &[Class], students: &[Student], staff: &[Staff]) -> Vec<Visit> {
    let mut rng = Rng::new(seed, "visits");
    let mut all = Vec::new();
    for (year, teacher_times, student_times) in VISITED {
        // Winter holidays, summer holidays, late autumn: each time class by class.
        let rounds = [
            (day(year, 1, 20), day(year, 2, 20)),
            (day(year, 7, 5), day(year, 8, 26)),
            (day(year, 10, 12), day(year, 12, 8)),
        ];
        let mut plan: Vec<(usize, Date, Vec<usize>)> = Vec::new();
        let mut left = student_times;
        // Enough rounds to reach the year's number, the last one cut short.
        'year: for turn in 0.. {
            let (first, last) = rounds[(turn + 1) % rounds.len()];
            for class in 0..classes.len() {
                let on = day_in(&mut rng, first, last);
                let mut there: Vec<usize> = (0..students.len())
                    .filter(|&s| students[s].class == class && students[s].present(on))
                    .filter(|&s| students[s].present(on.plus_days(3)))
                    .collect();
                rng.shuffle(&mut there);
                // Now and then someone is not at home.
                there.truncate(there.len().saturating_sub(rng.below(3)));
                for group in there.chunks(7) {
                    let group = &group[..group.len().min(left)];
                    left -= group.len();
                    if !group.is_empty() {
                        plan.push((class, on.plus_days(rng.between(0, 3)), group.to_vec()));
                    }
                    if left == 0 {
                        break 'year;
                    }
                }
            }
        }
        all.extend(with_teachers(&mut rng, year, plan, teacher_times, classes, staff));
    }
    all
}

/// The class teacher goes, with as many colleagues as make up the year's participations.
fn with_teachers(
    rng: &mut Rng,
    year: i32,
    mut plan: Vec<(usize, Date, Vec<usize>)>,
    teacher_times: usize,
    classes: &[Class],
    staff: &[Staff],
) -> Vec<Visit> {
    plan.sort_by_key(|(class, on, _)| (*on, *class));
    let mut companions = vec![0usize; plan.len()];
    for extra in 0..teacher_times.saturating_sub(plan.len()) {
        companions[extra % plan.len()] += 1;
    }
    rng.shuffle(&mut companions);
    plan.into_iter()
        .zip(companions)
        .enumerate()
        .map(|(serial, ((class, on, students), companions))| {
            let department = MAJORS[classes[class].major].department;
            let own = classes[class].teacher;
            let colleagues: Vec<usize> = (0..staff.len())
                .filter(|&s| s != own && staff[s].department == department && staff[s].in_post(on))
                .collect();
            let own = if staff[own].in_post(on) { own } else { *rng.pick(&colleagues) };
            let colleagues: Vec<usize> = colleagues.into_iter().filter(|&s| s != own).collect();
            let mut teachers = vec![own];
            teachers.extend(rng.some(&colleagues, companions));
            Visit {
                no: format!("JF{year}{:04}", serial + 1),
                on,
                teachers,
                students,
                form: rng.word(&["实地", "上门", "实地", "实地走访", "视频", "电话"]),
                topic: rng.word(&[
                    "假期安全与学习安排",
                    "在校表现沟通",
                    "实习与升学意向",
                    "家庭教育交流",
                    "出勤情况沟通",
                ]),
                follow_up: rng.chance(8).then_some("家庭有困难，建议申请资助（合成示例）"),
                class,
            }
        })
        .collect()
}

/// A parents' meeting or a lecture.
pub(crate) struct Event {
    pub(crate) lecture: bool,
    pub(crate) topic: String,
    pub(crate) on: Date,
    pub(crate) audience: &'static str,
    pub(crate) speaker: String,
    pub(crate) participants: i64,
}

const MEETINGS: &[(&str, &str, u32, u32)] = &[
    ("新生家长会", "新生", 9, 6),
    ("高年级实习动员家长会", "三年级", 3, 16),
    ("中德班家长会", "中德班", 4, 27),
    ("二年级家长会", "二年级", 5, 11),
    ("毕业班家长会", "毕业班", 5, 25),
    ("期中家长会（智能制造、机电）", "一年级", 11, 9),
    ("期中家长会（商贸信息）", "一年级", 11, 16),
];
const LECTURES: &[(&str, &str, u32, u32)] = &[
    ("家长学校讲座：青春期沟通", "一年级", 3, 23),
    ("家长学校讲座：手机与睡眠", "全体", 4, 13),
    ("家长学校讲座：读懂职业选择", "二年级", 6, 1),
    ("家长学校讲座：考前心理", "毕业班", 5, 18),
    ("家长学校讲座：家校共育", "新生", 10, 19),
];

/// How many lectures were held in a year, and how many people came to everything in 2024.
const LECTURES_HELD: [usize; 3] = [3, 4, 5];
const CAME: i64 = 4_308;

pub(super) fn events(seed: u64, staff: &[Staff]) -> Vec<Event> {
    let mut rng = Rng::new(seed, "events");
    let mut all = Vec::new();
    for (year, lectures) in YEARS.into_iter().zip(LECTURES_HELD) {
        let mut of_year = Vec::new();
        let meetings = &MEETINGS[..MEETINGS.len() - (2024 - year) as usize];
        let held = meetings.iter().map(|m| (false, m)).chain(LECTURES[..lectures].iter().map(|l| (true, l)));
        for (lecture, &(topic, audience, month, on)) in held {
            let on = day(year, month, on);
            let speakers: Vec<usize> = (0..staff.len()).filter(|&s| staff[s].in_post(on)).collect();
            of_year.push(Event {
                lecture,
                topic: format!("{year}年{topic}"),
                on,
                audience,
                speaker: staff[*rng.pick(&speakers)].name.clone(),
                participants: if lecture { rng.between(150, 240) } else { rng.between(380, 470) },
            });
        }
        if year == 2024 {
            // The meeting of the new students takes what is left: their hall is the largest.
            let others: i64 = of_year[1..].iter().map(|event| event.participants).sum();
            of_year[0].participants = CAME - others;
        }
        of_year.sort_by_key(|event| event.on);
        all.extend(of_year);
    }
    all
}
