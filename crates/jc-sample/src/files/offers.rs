//! What teachers could take part in next year: offers with dates and seats, mentors, and the round they are planned in.

use super::plain;
use crate::SampleFile;
use crate::days::day;
use crate::paper::{Cell, Encoding, Hand, Sheet, csv, xlsx};
use crate::world::{COMPETENCIES, World};

/// The year planned for.
const YEAR: i32 = 2025;

/// For each competency: a first course, one that builds on it, and something that is no course.
const TITLES: [[&str; 3]; 10] = [
    ["课程标准解读工作坊", "考核方案设计研修", "省级课程标准研讨"],
    ["实践专家访谈方法", "学习任务策划研修", "典型工作任务课题组"],
    ["工作页编写工作坊", "数字资源开发研修", "活页式教材课题组"],
    ["课堂组织基本功", "行动导向教学研修", "校级示范课"],
    ["听评课方法", "带教能力研修", "教师教学能力比赛指导"],
    ["师德专题学习", "师德案例研修", "师德宣讲实践"],
    ["智慧课堂工具应用", "教学数据分析研修", "数字化教学比赛"],
    ["岗位见习", "设备维护企业实践", "产线改造企业实践"],
    ["论文写作入门", "课题申报研修", "教科研课题组"],
    ["班主任基本功", "家校沟通研修", "班主任能力比赛"],
];

pub(super) fn files(seed: u64, world: &World) -> Vec<SampleFile> {
    vec![
        plain("2025年教师研修计划（含名额）.xlsx", "growth-offer", offers(seed)),
        plain("2025年成长导师名单.csv", "growth-mentor", mentors(seed, world)),
        plain("教师研修规划.csv", "growth-round", rounds()),
    ]
}

fn offers(seed: u64) -> Vec<u8> {
    let mut hand = Hand::new(seed, "offers file", 6);
    let headings = [
        "序号",
        "编号",
        "研修名称",
        "课程代号",
        "类别",
        "主要能力",
        "提升级数",
        "次要能力",
        "次要提升",
        "先修课程",
        "开班日期",
        "结业日期",
        "脱产",
        "总学时",
        "培训费",
        "名额数",
    ];
    let mut sheet = Sheet::new("研修计划", "示例技师学院（合成数据）2025年教师研修计划", &headings);
    for (at, titles) in TITLES.iter().enumerate() {
        let (_, competency, _) = COMPETENCIES[at];
        let (_, second, _) = COMPETENCIES[(at + 3) % COMPETENCIES.len()];
        let code = |course: usize| format!("YX{:02}{}", at + 1, ["A", "B", "C"][course]);
        for (course, title) in titles.iter().enumerate() {
            let kind = match (course, *title) {
                (_, title) if title.contains("企业实践") || title.contains("见习") => "企业实践",
                (_, title) if title.contains("示范课") => "示范课",
                (_, title) if title.contains("课题组") => "课题组",
                (_, title) if title.contains("比赛") => "教学竞赛",
                _ => "培训课程",
            };
            let (runs, days, hours, cost, seats) =
                [(3, 2, 16, 0, 14), (2, 4, 32, 800, 8), (1, 90, 60, 1500, 4)][course];
            for run in 0..runs {
                let month = 1 + (at as u32 * 2 + course as u32 * 3 + run * 4) % 10;
                let from = day(YEAR, month + 1, 3 + (at as u32 * 5 + run * 7) % 20);
                let until = from.plus_days(days - 1);
                let blank_or = |yes: bool, text: &str| if yes { Cell::text(text) } else { Cell::Blank };
                sheet.rows.push(vec![
                    Cell::number(sheet.rows.len() as i64 + 1),
                    Cell::text(&*format!("{}-{}", code(course), run + 1)),
                    Cell::text(*title),
                    Cell::text(&*code(course)),
                    hand.word(&[kind]),
                    Cell::text(competency),
                    Cell::text(["0.5", "1", "1"][course]),
                    blank_or(course == 2, second),
                    blank_or(course == 2, "0.5"),
                    blank_or(course == 1, &code(0)),
                    hand.date(from),
                    hand.date(until),
                    hand.word(if course < 2 { &["是"] } else { &["否"] }),
                    Cell::number(hours),
                    if cost == 0 { Cell::Blank } else { Cell::number(cost) },
                    Cell::number(seats),
                ]);
            }
        }
    }
    xlsx(&[&sheet.below("填报单位：人事处")])
}

/// Whoever guided others in the world's records can go on doing so; most take two, some only one.
fn mentors(seed: u64, world: &World) -> Vec<u8> {
    let mut hand = Hand::new(seed, "mentors file", 6);
    let headings =
        ["导师工号", "擅长", "提升", "次要能力", "次要提升", "带教人数", "学时", "只带本院系", "聘期开始", "聘期结束"];
    let mut sheet = Sheet::new("导师", "示例技师学院（合成数据）2025年成长导师", &headings);
    let mut met: Vec<usize> = Vec::new();
    for it in &world.growth.guidance {
        let there = world.staff[it.mentor].left.is_none_or(|left| left > day(YEAR, 12, 31));
        if !met.contains(&it.mentor) && there {
            met.push(it.mentor);
        }
    }
    for (place, mentor) in met.iter().enumerate() {
        let (_, strength, _) = COMPETENCIES[(place * 3 + 3) % COMPETENCIES.len()];
        let (_, second, _) = COMPETENCIES[(place * 3 + 5) % COMPETENCIES.len()];
        sheet.rows.push(vec![
            Cell::text(&*world.staff[*mentor].no),
            Cell::text(strength),
            Cell::text("1"),
            Cell::text(second),
            Cell::text("0.5"),
            Cell::number(if place % 3 == 0 { 1 } else { 2 }),
            Cell::number(40),
            Cell::text(if place % 4 == 0 { "是" } else { "否" }),
            hand.date(day(YEAR, 1, 1)),
            hand.date(day(YEAR, 12, 31)),
        ]);
    }
    csv(&sheet, Encoding::Utf8Bom)
}

fn rounds() -> Vec<u8> {
    let headings = ["编号", "名称", "起始日期", "截止日期", "总经费", "人均学时", "公平保障"];
    let mut sheet = Sheet::new("规划", "示例技师学院（合成数据）教师研修规划", &headings);
    sheet.rows.push(vec![
        Cell::text("2025"),
        Cell::text("2025年度研修"),
        Cell::text("2025-01-01"),
        Cell::text("2025-12-31"),
        Cell::number(60_000),
        Cell::number(90),
        Cell::number(90),
    ]);
    csv(&sheet, Encoding::Utf8Bom)
}
