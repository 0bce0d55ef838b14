//! What the college does for its teaching beside the courses: certificates of teachers, workstations, open lessons,
//! cross-subject courses, reviews, scholarships.

use super::classes::{Class, Level, MAJORS};
use super::contest_plan::Rank;
use super::staff::{Staff, teachers_on};
use super::students::Student;
use crate::days::{day, day_in};
use crate::rng::Rng;
use jc_base::Date;

/// A certificate of integrated teaching.
pub(crate) struct Certificate {
    /// Position in the list of staff.
    pub(crate) teacher: usize,
    /// 3 is the lowest, 1 the highest.
    pub(crate) level: u8,
    /// Position in [`MAJORS`].
    pub(crate) major: usize,
    pub(crate) on: Date,
    pub(crate) number: Option<String>,
    pub(crate) hours: i64,
}

/// A workstation.
pub(crate) struct Station {
    pub(crate) name: String,
    pub(crate) room: String,
    pub(crate) major: usize,
    /// In square metres.
    pub(crate) area: i64,
    pub(crate) seats: i64,
    /// In yuan; nothing if nobody has counted it.
    pub(crate) equipment: Option<i64>,
    pub(crate) keeper: usize,
    pub(crate) opened: Date,
    pub(crate) closed: Option<Date>,
}

/// Work done on a workstation.
pub(crate) struct StationWork {
    /// Position in the list of stations.
    pub(crate) station: usize,
    pub(crate) upgraded: bool,
    pub(crate) on: Date,
    /// In yuan.
    pub(crate) cost: i64,
}

/// An open lesson.
pub(crate) struct Lesson {
    pub(crate) teacher: usize,
    pub(crate) title: String,
    pub(crate) kind: &'static str,
    /// Nothing for one within the school.
    pub(crate) level: Option<Rank>,
    pub(crate) on: Date,
    pub(crate) listeners: Option<i64>,
}

/// A cross-subject course.
pub(crate) struct Taster {
    pub(crate) name: &'static str,
    /// Positions in the list of departments; the first leads.
    pub(crate) departments: [usize; 2],
    pub(crate) teachers: Vec<usize>,
    pub(crate) hours: i64,
    pub(crate) students: i64,
    pub(crate) started: Date,
    pub(crate) ended: Option<Date>,
}

/// A review by an authority.
pub(crate) struct Review {
    pub(crate) object: &'static str,
    pub(crate) name: &'static str,
    pub(crate) kind: &'static str,
    pub(crate) grade: Option<&'static str>,
    pub(crate) level: Rank,
    pub(crate) authority: &'static str,
    pub(crate) on: Date,
}

/// A scholarship.
pub(crate) struct Scholarship {
    pub(crate) student: usize,
    /// Position in [`SCHEMES`].
    pub(crate) scheme: usize,
    pub(crate) year: i32,
    pub(crate) published: Date,
    /// Nothing while it is not yet paid.
    pub(crate) paid: Option<Date>,
}

/// Teachers who are due to hold a certificate and do.
const HOLDERS: usize = 85;

/// Every certificate: the teachers longest in post first, each when their turn comes.
pub(super) fn certificates(seed: u64, staff: &[Staff]) -> Vec<Certificate> {
    let mut rng = Rng::new(seed, "integrated certificates");
    let mut due: Vec<usize> = (0..staff.len()).filter(|&s| staff[s].integrated && staff[s].left.is_none()).collect();
    due.sort_by_key(|&s| (staff[s].joined, s));
    let mut all = Vec::new();
    for (place, &teacher) in due.iter().take(HOLDERS).enumerate() {
        let year = if place < 28 { 2022 } else { 2023 + i32::from(place >= 57) };
        let first = day(year, 3, 1).max(staff[teacher].joined);
        let on = day_in(&mut rng, first, day(year, 12, 10).max(first));
        // Two came with the second level from elsewhere: nobody keeps their third.
        let second_only = place % 40 == 17;
        let mut take = |level: u8, on: Date| {
            let number = (!rng.chance(6)).then(|| format!("GX{level}{}{:04}", on.year(), all.len() + 1));
            let department = staff[teacher].department;
            let major = (0..MAJORS.len()).find(|&m| MAJORS[m].department == department).unwrap_or(0);
            let hours = if level == 3 { 72 } else { 96 };
            all.push(Certificate { teacher, level, major, on, number, hours });
        };
        take(if second_only { 2 } else { 3 }, on);
        if place % 7 == 2 && !second_only {
            take(2, day(2024, 7, 5).plus_days(place as i64));
        }
        if place == 2 || place == 23 {
            take(1, day(2024, 11, 8));
        }
    }
    // A few hold one without being due: their courses are not integrated yet.
    let beside = (0..staff.len()).filter(|&s| staff[s].department == 3 && staff[s].in_post(day(2023, 5, 20))).take(4);
    all.extend(beside.map(|teacher| Certificate {
        teacher,
        level: 3,
        major: 0,
        on: day(2023, 6, 9),
        number: Some(format!("GX32023{:04}", 900 + teacher)),
        hours: 72,
    }));
    all
}

/// How many stations were built before 2022, and in each year since.
const BUILT: [(i32, usize); 4] = [(2021, 40), (2022, 4), (2023, 5), (2024, 3)];
/// How many were upgraded in each year.
const UPGRADED: [(i32, usize); 3] = [(2022, 9), (2023, 16), (2024, 31)];
const STATIONS: [&str; 4] = ["数字化", "综合", "基础", "创新"];

/// Workstations, and what was done to them.
pub(super) fn stations(seed: u64, staff: &[Staff]) -> (Vec<Station>, Vec<StationWork>) {
    let mut rng = Rng::new(seed, "workstations");
    let (mut stations, mut works) = (Vec::new(), Vec::new());
    for (year, count) in BUILT {
        for _ in 0..count {
            let place = stations.len();
            let major = place % MAJORS.len();
            let opened = day_in(&mut rng, day(year, 3, 1), day(year, 9, 20));
            let keepers = teachers_on(staff, opened, Some(MAJORS[major].department));
            let station = Station {
                name: format!(
                    "{}{}工作站{}",
                    MAJORS[major].short,
                    STATIONS[place / MAJORS.len() % 4],
                    place / (MAJORS.len() * 4) + 1
                ),
                room: format!("{}号楼{}室", 1 + place % 5, 101 + 100 * (place % 4) + place % 9),
                major,
                area: rng.between(60, 220),
                seats: rng.between(5, 12) * 4,
                equipment: (!rng.chance(8)).then(|| rng.between(12, 240) * 10_000),
                keeper: *rng.pick(&keepers),
                opened,
                closed: (place == 3).then(|| day(2023, 6, 30)),
            };
            if year > 2021 {
                works.push(StationWork {
                    station: place,
                    upgraded: false,
                    on: opened,
                    cost: rng.between(20, 90) * 10_000,
                });
            }
            stations.push(station);
        }
    }
    for (year, count) in UPGRADED {
        let old: Vec<usize> =
            (0..stations.len()).filter(|&s| stations[s].opened.year() < year && stations[s].closed.is_none()).collect();
        let chosen = rng.some(&old, count);
        let on = |rng: &mut Rng, from: u32| day_in(rng, day(year, from, 1), day(year, from + 2, 28));
        works.extend(chosen.iter().map(|&station| StationWork {
            station,
            upgraded: true,
            on: on(&mut rng, 6),
            cost: rng.between(3, 60) * 10_000,
        }));
        // One was worked on twice: two records, one station.
        works.push(StationWork { station: chosen[0], upgraded: true, on: on(&mut rng, 10), cost: 35_000 });
    }
    (stations, works)
}

/// Open lessons of a year: provincial, city, county, school.
const LESSONS: [(i32, [usize; 4]); 3] = [(2022, [1, 4, 3, 18]), (2023, [2, 6, 4, 22]), (2024, [4, 7, 5, 25])];
const TOPICS: [&str; 8] = [
    "阶梯轴的编程与加工",
    "冲裁模的装配与调试",
    "电动机正反转控制线路的安装",
    "机器人搬运工作站的编程",
    "直播间商品讲解脚本设计",
    "三坐标检测报告的编制",
    "新能源汽车动力电池检测",
    "工匠精神与职业规划",
];

/// Open lessons.
pub(super) fn lessons(seed: u64, staff: &[Staff]) -> Vec<Lesson> {
    let mut rng = Rng::new(seed, "open lessons");
    let mut all: Vec<Lesson> = Vec::new();
    for (year, counts) in LESSONS {
        for (place, count) in counts.into_iter().enumerate() {
            let level = [Some(Rank::Province), Some(Rank::City), Some(Rank::County), None][place];
            for _ in 0..count {
                let on = day_in(&mut rng, day(year, 3, 4), day(year, 12, 18));
                let teacher = *rng.pick(&teachers_on(staff, on, None));
                let serial = all.len();
                let topic = TOPICS[serial % TOPICS.len()];
                all.push(Lesson {
                    teacher,
                    title: if serial.is_multiple_of(3) {
                        topic.to_owned()
                    } else {
                        format!("{topic}·第{}课时", 1 + serial % 4)
                    },
                    kind: rng.word(&["示范课", "示范课", "展示课", "研讨课", "同课异构"]),
                    level,
                    on,
                    listeners: (!rng.chance(15)).then(|| rng.between(8, 90)),
                });
            }
        }
    }
    all
}

/// Name, leading department and partner, first and last day.
type TasterPlan = (&'static str, [usize; 2], (i32, u32, u32), Option<(i32, u32, u32)>);
const TASTERS: &[TasterPlan] = &[
    ("机械之美：零件里的几何", [3, 0], (2022, 9, 5), None),
    ("产品说明书写作", [3, 1], (2022, 9, 5), None),
    ("直播间里的语言艺术", [3, 2], (2022, 9, 5), None),
    ("工匠英语与德语入门", [3, 0], (2022, 9, 5), Some((2023, 6, 30))),
    ("模具与雕塑", [0, 3], (2023, 3, 6), None),
    ("智能小车与物理实验", [1, 3], (2023, 9, 4), Some((2024, 6, 28))),
    ("电商数据里的数学", [2, 3], (2023, 9, 4), None),
    ("从史料看机床", [3, 0], (2024, 9, 2), None),
    ("机器人与伦理", [1, 3], (2024, 9, 2), None),
];

/// Cross-subject courses.
pub(super) fn tasters(seed: u64, staff: &[Staff]) -> Vec<Taster> {
    let mut rng = Rng::new(seed, "cross-subject courses");
    let all = TASTERS.iter().map(|&(name, departments, (year, month, first), ended)| {
        let started = day(year, month, first);
        let teachers =
            departments.iter().map(|&d| *rng.pick(&teachers_on(staff, started, Some(d)))).collect::<Vec<usize>>();
        let (hours, students) = (rng.between(8, 18) * 2, rng.between(24, 60));
        let ended = ended.map(|(year, month, last)| day(year, month, last));
        Taster { name, departments, teachers, hours, students, started, ended }
    });
    all.collect()
}

/// Reviews, as they were announced.
pub(super) fn reviews() -> Vec<Review> {
    let review = |object, name, kind, grade, level, authority, (year, month, on)| Review {
        object,
        name,
        kind,
        grade,
        level,
        authority,
        on: day(year, month, on),
    };
    let (groups, bases) = ("专业群", "实训基地");
    let (province, city) = ("省人力资源和社会保障厅", "样本市人力资源和社会保障局");
    vec![
        review(groups, "数控加工专业群", "中期评估", Some("优秀"), Rank::Province, province, (2024, 7, 12)),
        review(groups, "机电一体化专业群", "中期评估", Some("良好"), Rank::Province, province, (2024, 7, 12)),
        review(bases, "高技能人才公共实训基地", "年度考核", Some("优秀"), Rank::City, city, (2024, 11, 20)),
        review(bases, "高技能人才公共实训基地", "年度考核", Some("良好"), Rank::City, city, (2023, 11, 17)),
        review(bases, "高技能人才公共实训基地", "年度考核", Some("合格"), Rank::City, city, (2022, 11, 18)),
        review("专业", "电子商务", "年度考核", Some("良好"), Rank::City, city, (2023, 12, 8)),
        // Announced without a grade.
        review("学校", "办学水平", "年度考核", None, Rank::City, "样本市教育局", (2024, 12, 20)),
    ]
}

/// Schemes: name, level, amount in yuan.
pub(crate) const SCHEMES: [(&str, &str, i64); 4] = [
    ("技能雏鹰奖学金", "国家级", 3_000),
    ("中等职业教育国家奖学金", "国家级", 6_000),
    ("省政府奖学金", "省级", 4_000),
    ("校级奖学金", "校级", 500),
];
/// Holders in each scheme.
const SCHOLARS: [(i32, [usize; 4]); 3] = [(2022, [1, 3, 5, 48]), (2023, [0, 3, 6, 55]), (2024, [1, 4, 8, 60])];

/// Scholarships: nobody gets two of one year but for the school's own.
pub(super) fn scholarships(seed: u64, classes: &[Class], students: &[Student]) -> Vec<Scholarship> {
    let mut rng = Rng::new(seed, "scholarships");
    let mut all = Vec::new();
    for (year, counts) in SCHOLARS {
        let published = day(year, 11, 15);
        let there = |s: &usize| {
            let class = &classes[students[*s].class];
            students[*s].present(published) && class.entry < year
        };
        let mut pool: Vec<usize> = (0..students.len()).filter(there).collect();
        rng.shuffle(&mut pool);
        // The Skill Eaglets are those who train for the senior level.
        pool.sort_by_key(|&s| students[s].level != Level::Senior);
        let mut next = pool.into_iter();
        for (scheme, count) in counts.into_iter().enumerate() {
            all.extend(next.by_ref().take(count).map(|student| Scholarship {
                student,
                scheme,
                year,
                published,
                paid: (year < 2024 || scheme == 3).then(|| day(year, 12, 20)),
            }));
        }
    }
    all
}
