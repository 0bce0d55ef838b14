//! What ties teachers down: days of the year planned for on which they cannot be spared, languages they work in, classes
//! they lead.

use super::plain;
use crate::SampleFile;
use crate::days::{day, day_in};
use crate::paper::{Cell, Encoding, Hand, Sheet, csv, xlsx};
use crate::rng::Rng;
use crate::world::{Post, World, census};

pub(super) fn files(seed: u64, world: &World) -> Vec<SampleFile> {
    vec![
        plain("2025年教师离岗安排.xlsx", "staff-absence", absences(seed, world)),
        plain("教师工作语言登记.csv", "staff-language", languages(seed, world)),
        plain("历任班主任登记（截至2024年12月31日）.xlsx", "class-teacher-term", class_teachers(seed, world)),
    ]
}

/// Teachers in post at the end of the last year on record.
fn teachers(world: &World) -> impl Iterator<Item = usize> {
    let is_one =
        |s: &usize| matches!(world.staff[*s].post, Post::Theory | Post::Practice) && world.staff[*s].in_post(census());
    (0..world.staff.len()).filter(is_one)
}

fn absences(seed: u64, world: &World) -> Vec<u8> {
    let mut hand = Hand::new(seed, "absences file", 6);
    let mut rng = Rng::new(seed, "absences");
    let headings = ["序号", "工号", "姓名（核对用）", "离岗类别", "开始日期", "结束日期"];
    let mut sheet = Sheet::new("离岗", "示例技师学院（合成数据）2025年教师离岗安排", &headings);
    for teacher in teachers(world) {
        // Everyone in a while is away for long; many are needed in post for a week.
        let (words, days): (&[&str], i64) = match rng.below(100) {
            0..3 => (&["借调", "抽调"], 150),
            3..6 => (&["请假", "产假"], 110),
            6..10 => (&["外出学习", "进修"], 60),
            10..30 => (&["必须到岗", "考务", "集中实训"], 6),
            _ => continue,
        };
        let from = day_in(&mut rng, day(2025, 2, 20), day(2025, 10, 20));
        sheet.rows.push(vec![
            Cell::number(sheet.rows.len() as i64 + 1),
            Cell::text(&*world.staff[teacher].no),
            hand.name(&world.staff[teacher].name),
            hand.word(words),
            hand.date(from),
            hand.date(from.plus_days(days)),
        ]);
    }
    xlsx(&[&sheet.below("填报单位：人事处")])
}

/// Whoever leads a class, and whoever led it before.
fn class_teachers(seed: u64, world: &World) -> Vec<u8> {
    let mut hand = Hand::new(seed, "class teachers file", 8);
    let headings = ["序号", "班名", "班主任工号", "姓名（核对用）", "接班日期", "离任日期"];
    let mut sheet = Sheet::new("班主任", "示例技师学院（合成数据）历任班主任登记", &headings);
    for class in &world.classes {
        let handed_on = class.earlier.map(|(before, from)| (before, class.opened, Some(from.plus_days(-1))));
        let first = class.earlier.map_or(class.opened, |(_, from)| from);
        let now = (class.teacher, first.max(world.staff[class.teacher].joined), class.closed);
        let terms = handed_on.into_iter().chain([now]);
        for (teacher, from, until) in terms.filter(|(_, from, until)| until.is_none_or(|until| until >= *from)) {
            sheet.rows.push(vec![
                Cell::number(sheet.rows.len() as i64 + 1),
                Cell::text(&*class.name),
                Cell::text(&*world.staff[teacher].no),
                hand.name(&world.staff[teacher].name),
                hand.date(from),
                until.map_or(Cell::Blank, |until| hand.date(until)),
            ]);
        }
    }
    xlsx(&[&sheet.below("填报单位：学生处")])
}

fn languages(seed: u64, world: &World) -> Vec<u8> {
    let mut hand = Hand::new(seed, "languages file", 6);
    let mut rng = Rng::new(seed, "languages");
    let headings = ["工号", "语种", "登记日期"];
    let mut sheet = Sheet::new("语言", "", &headings);
    let mentors: Vec<usize> = world.growth.guidance.iter().map(|it| it.mentor).collect();
    for teacher in teachers(world) {
        let foreign = rng.below(100);
        // Who guides others or works with the partner schools abroad is on record; of the rest it does not matter.
        let words: &[&[&str]] = match (mentors.contains(&teacher), foreign) {
            (_, 0..6) => &[&["汉语", "中文"], &["德语", "德文"]],
            (_, 6..16) => &[&["汉语", "中文"], &["英语", "英文"]],
            (true, _) => &[&["汉语", "中文"]],
            (false, _) => continue,
        };
        for ways in words {
            let on = day_in(&mut rng, day(2024, 9, 2), day(2024, 11, 29));
            sheet.rows.push(vec![Cell::text(&*world.staff[teacher].no), hand.word(ways), hand.date(on)]);
        }
    }
    csv(&sheet, Encoding::Utf8Bom)
}
