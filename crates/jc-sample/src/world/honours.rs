//! Honours: of the school, its parts and projects, of staff and of students.

use super::contest_plan::Rank;
use super::staff::{Staff, teachers_on};
use super::students::Student;
use crate::days::day;
use crate::rng::Rng;
use jc_base::Date;

/// Who holds an honour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Holder {
    School,
    Unit(&'static str),
    Project(&'static str),
    /// Position in the list of staff.
    Staff(usize),
    /// Position in the list of students.
    Student(usize),
}

/// An honour.
pub(crate) struct Honour {
    pub(crate) name: &'static str,
    pub(crate) kind: &'static str,
    pub(crate) authority: &'static str,
    pub(crate) level: Rank,
    pub(crate) holder: Holder,
    pub(crate) batch: Option<i64>,
    pub(crate) phase: Option<i64>,
    pub(crate) on: Date,
}

/// Name, kind, authority, level.
type What = (&'static str, &'static str, &'static str, Rank);

const COUNTY_SCHOOLS: &str = "示例市（县级）教育局";
const MASTER: What = ("示例市名师", "名师", COUNTY_SCHOOLS, Rank::County);
const BACKBONE: What = ("教坛中坚", "教坛中坚", COUNTY_SCHOOLS, Rank::County);
const RISING: What = ("教坛新苗", "教坛新苗", COUNTY_SCHOOLS, Rank::County);
const CLASS_TEACHER: What = ("示例市优秀班主任", "优秀班主任", COUNTY_SCHOOLS, Rank::County);
const ARTISAN: What = ("省工匠", "工匠称号", "省人力资源和社会保障厅", Rank::Province);
const CITY_ARTISAN: What = ("样本良匠", "工匠", "样本市总工会", Rank::City);

/// What staff were given in a year, and how many of them.
const OF_STAFF: &[(i32, What, usize)] = &[
    (2022, MASTER, 1),
    (2022, BACKBONE, 2),
    (2022, RISING, 2),
    (2022, CLASS_TEACHER, 3),
    (2023, MASTER, 2),
    (2023, BACKBONE, 3),
    (2023, RISING, 2),
    (2023, CLASS_TEACHER, 4),
    (2023, ARTISAN, 1),
    (2024, MASTER, 3),
    (2024, BACKBONE, 3),
    (2024, RISING, 3),
    (2024, CLASS_TEACHER, 5),
    (2024, ARTISAN, 2),
    (2024, CITY_ARTISAN, 1),
    (2024, ("全国优秀教师", "优秀教师", "教育部", Rank::Nation), 1),
    (2024, ("示例市最美教师", "最美教师", "示例市（县级）宣传部", Rank::County), 1),
    (2024, ("样本市家庭教育指导师", "家庭教育指导师", "样本市妇女联合会", Rank::City), 1),
];

pub(super) fn build(seed: u64, staff: &[Staff], students: &[Student]) -> Vec<Honour> {
    let mut rng = Rng::new(seed, "honours");
    let honour = |(name, kind, authority, level): What, holder, (batch, phase), on| Honour {
        name,
        kind,
        authority,
        level,
        holder,
        batch,
        phase,
        on,
    };
    let none = (None, None);
    let mut all: Vec<Honour> = Vec::new();
    let mut pool = rng.some(&teachers_on(staff, day(2021, 12, 31), None), staff.len());
    pool.retain(|&s| staff[s].left.is_none());
    let mut next = pool.into_iter();
    for &(year, what, count) in OF_STAFF {
        all.extend(next.by_ref().take(count).map(|s| honour(what, Holder::Staff(s), none, day(year, 9, 6))));
    }
    // One person got both in a year.
    for (what, on) in [
        (("全国五一劳动奖章", "五一劳动奖章", "中华全国总工会", Rank::Nation), day(2024, 4, 28)),
        (("省劳动模范", "劳动模范", "省人民政府", Rank::Province), day(2024, 4, 30)),
    ] {
        all.extend(next.clone().next().map(|s| honour(what, Holder::Staff(s), none, on)));
    }
    let citizens: Vec<usize> = (0..students.len())
        .filter(|&s| students[s].graduated && students[s].left.is_some_and(|left| left.year() == 2024))
        .collect();
    let what = ("示例市勇为好市民", "勇为好市民", "示例市（县级）人民政府", Rank::County);
    let chosen = rng.some(&citizens, 2);
    all.extend(chosen.into_iter().map(|s| honour(what, Holder::Student(s), (Some(1), None), day(2024, 12, 5))));
    all.extend(of_the_school().into_iter().map(|(what, holder, more, on)| honour(what, holder, more, on)));
    all
}

/// What, who, batch and phase, day.
type OfSchool = (What, Holder, (Option<i64>, Option<i64>), Date);

fn of_the_school() -> Vec<OfSchool> {
    use Holder::{Project, School, Unit};
    let none = (None, None);
    let province = "省人力资源和社会保障厅";
    let school = |name, authority, level| (name, "建设院校", authority, level);
    vec![
        (
            school("全国技工院校工学一体化建设院校", "人力资源和社会保障部", Rank::Nation),
            School,
            (None, Some(3)),
            day(2024, 3, 22),
        ),
        (("省技工院校特色专业", "特色专业", province, Rank::Province), Unit("电子商务专业"), none, day(2024, 8, 9)),
        (
            ("省开放型区域产教融合实践中心", "实践中心", "省教育厅", Rank::Province),
            Unit("产教融合实践中心"),
            none,
            day(2024, 6, 14),
        ),
        (
            ("省技工院校创新创业示范工作室", "工作室", province, Rank::Province),
            Unit("创新创业工作室"),
            (Some(2), None),
            day(2024, 10, 25),
        ),
        (
            ("示例市教育系统党建重点项目", "党建重点项目", COUNTY_SCHOOLS, Rank::County),
            Project("“融+产业”党建项目"),
            none,
            day(2024, 5, 31),
        ),
        (school("劳动教育优秀学校", COUNTY_SCHOOLS, Rank::County), School, none, day(2024, 11, 8)),
        (school("“清廉单元”建设示范校", "示例市（县级）纪委", Rank::County), School, none, day(2024, 12, 13)),
        (
            ("省中小学国际交流工程项目", "国际交流工程", "省教育厅", Rank::Province),
            Project("双元国际化人才培养项目"),
            none,
            day(2024, 9, 20),
        ),
        (school("省一流技师学院建设院校", province, Rank::Province), School, (Some(1), None), day(2022, 4, 29)),
        (school("样本市文明校园", "样本市文明办", Rank::City), School, none, day(2023, 12, 1)),
        (
            ("样本市技能大师工作室", "工作室", "样本市人力资源和社会保障局", Rank::City),
            Unit("数控技能大师工作室"),
            (Some(4), None),
            day(2023, 7, 14),
        ),
    ]
}
