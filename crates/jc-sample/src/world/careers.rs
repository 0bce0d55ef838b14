//! How staff grow: titles, talent programmes, trainings, practice in firms.

use super::contest_plan::Rank;
use super::firms::Firm;
use super::staff::{Post, Staff, teachers_on};
use crate::days::{day, day_in};
use crate::rng::Rng;
use jc_base::Date;

/// A title conferred.
pub(crate) struct Title {
    /// Position in the list of staff.
    pub(crate) teacher: usize,
    /// 0 assistant, 1 middle, 2 senior, 3 chief.
    pub(crate) rank: usize,
    pub(crate) on: Date,
}

/// Someone selected for a talent programme.
pub(crate) struct Talent {
    pub(crate) teacher: usize,
    pub(crate) programme: &'static str,
    pub(crate) authority: &'static str,
    pub(crate) batch: i64,
    pub(crate) candidate: bool,
    pub(crate) level: Rank,
    pub(crate) on: Date,
}

/// Someone at a training.
pub(crate) struct Training {
    pub(crate) teacher: usize,
    pub(crate) title: String,
    pub(crate) topic: &'static str,
    pub(crate) level: Rank,
    pub(crate) started: Date,
    pub(crate) days: i64,
    /// Nothing if the organiser gave no number.
    pub(crate) hours: Option<i64>,
    pub(crate) certified: bool,
}

/// A stretch of practice in a firm.
pub(crate) struct Practice {
    pub(crate) teacher: usize,
    /// Position in the list of firms.
    pub(crate) firm: usize,
    pub(crate) started: Date,
    pub(crate) ended: Date,
    /// In tenths; nothing if the firm's sheet was lost.
    pub(crate) days: Option<i64>,
}

/// Everything on how staff grow.
pub(crate) struct Careers {
    pub(crate) titles: Vec<Title>,
    pub(crate) talents: Vec<Talent>,
    pub(crate) trainings: Vec<Training>,
    pub(crate) practices: Vec<Practice>,
}

pub(super) fn build(seed: u64, staff: &[Staff], firms: &[Firm]) -> Careers {
    let mut rng = Rng::new(seed, "careers");
    Careers {
        titles: titles(&mut rng, staff),
        talents: talents(&mut rng, staff),
        trainings: trainings(&mut rng, staff),
        practices: practices(&mut rng, staff, firms),
    }
}

/// Titles conferred in a year: assistant, middle, senior, chief.
const TITLES: [(i32, [usize; 4]); 3] = [(2022, [5, 5, 3, 0]), (2023, [4, 6, 3, 1]), (2024, [5, 7, 4, 2])];

/// Titles: nobody twice within the three years, and the higher ones to those longer in post.
fn titles(rng: &mut Rng, staff: &[Staff]) -> Vec<Title> {
    let mut pool = teachers_on(staff, day(2021, 12, 31), None);
    pool.retain(|&s| staff[s].left.is_none());
    pool.sort_by_key(|&s| (staff[s].joined, s));
    let mut all = Vec::new();
    for (year, counts) in TITLES {
        for (rank, count) in counts.into_iter().enumerate() {
            // The chief ones from the front, the assistants from the back.
            let from = (pool.len() - 1) * (3 - rank) / 4;
            for _ in 0..count {
                let teacher = pool.remove(from.min(pool.len() - 1));
                all.push(Title { teacher, rank, on: day_in(rng, day(year, 11, 20), day(year, 12, 25)) });
            }
        }
    }
    all
}

fn talents(rng: &mut Rng, staff: &[Staff]) -> Vec<Talent> {
    let plan = [
        ("省名校长培养工程", "省教育厅", 12, true, Rank::Province, (2024, 4, 18)),
        ("全市大国工匠培育工程", "样本市人力资源和社会保障局", 1, true, Rank::City, (2024, 9, 6)),
        ("全市教育名家工程", "样本市教育局", 3, true, Rank::City, (2023, 5, 12)),
        ("全市教育名家工程", "样本市教育局", 2, false, Rank::City, (2023, 12, 22)),
        ("省技能大师工程", "省人力资源和社会保障厅", 5, true, Rank::Province, (2022, 6, 17)),
    ];
    let mut who = rng.some(&teachers_on(staff, day(2022, 1, 10), None), 20);
    who.retain(|&s| staff[s].left.is_none());
    let each = plan.into_iter().zip(who);
    each.map(|((programme, authority, batch, candidate, level, (year, month, on)), teacher)| Talent {
        teacher,
        programme,
        authority,
        batch,
        candidate,
        level,
        on: day(year, month, on),
    })
    .collect()
}

/// Trainings of a year, and how many of them in family education.
const TRAININGS: [(i32, usize, usize); 3] = [(2022, 60, 0), (2023, 80, 1), (2024, 96, 2)];
const COURSES: [(&str, &str); 7] = [
    ("工学一体化课程教学实施", "工学一体化"),
    ("工学一体化课程开发", "一体化"),
    ("数控多轴加工", "专业技能"),
    ("工业机器人应用", "专业"),
    ("教师数字素养提升", "数字素养"),
    ("师德师风专题", "师德师风"),
    ("班主任工作能力", "班主任"),
];

fn trainings(rng: &mut Rng, staff: &[Staff]) -> Vec<Training> {
    let mut all = Vec::new();
    for (year, count, family) in TRAININGS {
        for place in 0..count {
            let started = day_in(rng, day(year, 1, 12), day(year, 12, 5));
            let teacher = *rng.pick(&teachers_on(staff, started, None));
            let (title, topic) = match place < family {
                true => ("家庭教育指导与考证", "家庭教育"),
                false => *rng.pick(&COURSES),
            };
            let days = rng.between(1, 8);
            all.push(Training {
                teacher,
                title: format!("{year}年{title}培训（第{}期）", started.month()),
                topic,
                level: *rng.pick(&[Rank::County, Rank::City, Rank::City, Rank::Province, Rank::Nation]),
                started,
                days,
                hours: (!rng.chance(7)).then_some(days * 8),
                certified: place < family || rng.chance(45),
            });
        }
    }
    all
}

/// Stretches of practice in each year.
const PRACTICES: [(i32, usize); 3] = [(2022, 30), (2023, 38), (2024, 46)];

fn practices(rng: &mut Rng, staff: &[Staff], firms: &[Firm]) -> Vec<Practice> {
    let mut all: Vec<Practice> = Vec::new();
    for (year, count) in PRACTICES {
        let mut pool: Vec<usize> = teachers_on(staff, day(year, 1, 10), None);
        pool.retain(|&s| staff[s].department < 3 && staff[s].left.is_none_or(|left| left > day(year, 8, 30)));
        // Workshop teachers first; a few go twice, in winter and in summer.
        pool.sort_by_key(|&s| (staff[s].post != Post::Practice, s));
        for place in 0..count {
            let teacher = pool[place % pool.len().min(count - 6)];
            let started =
                if place < count - 6 { day(year, 7, 8) } else { day(year, 1, 15) }.plus_days(place as i64 % 5);
            let length = rng.between(14, 34);
            all.push(Practice {
                teacher,
                firm: rng.below(firms.len()),
                started,
                ended: started.plus_days(length),
                days: (place % 23 != 11).then(|| (length * 5 / 7) * 10 + 5 * rng.between(0, 1)),
            });
        }
    }
    all
}
