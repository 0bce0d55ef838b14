//! Contests, entries, awards.

use super::proof::Papers;
use super::{plain, running};
use crate::SampleFile;
use crate::paper::{Cell, Encoding, Hand, Sheet, csv, xlsx};
use crate::world::{Award, Group, World};

pub(super) fn files(seed: u64, world: &World) -> Vec<SampleFile> {
    vec![
        plain("竞赛一览表（2022-2024）.xlsx", "contest", contests(seed, world)),
        plain("参赛报名汇总.csv", "contest-entry", entries(seed, world)),
        awards(seed, world, "竞赛获奖登记表2022-2023.xlsx", |year| year < 2024),
        awards(seed, world, "2024年竞赛获奖登记表.xlsx", |year| year == 2024),
        late_awards(world),
    ]
}

fn contests(seed: u64, world: &World) -> Vec<u8> {
    let mut hand = Hand::new(seed, "contests file", 10);
    let headings = ["序号", "赛事名称", "类别", "届", "竞赛级别", "举办时间", "主办方", "举办地点"];
    let mut sheet = Sheet::new("竞赛", "示例技师学院（合成数据）竞赛一览表", &headings)
        .above("级别按主办单位填写：县级市主办的填县级");
    for (place, contest) in world.contests.iter().enumerate() {
        let level = contest.level.word();
        let bare = level.trim_end_matches('级');
        sheet.rows.push(vec![
            running(place + 1),
            Cell::text(&*contest.name),
            hand.text(contest.kind),
            contest.edition.map_or(Cell::Blank, |edition| hand.quantity(edition * 10)),
            hand.word(&[level, bare]),
            hand.date(contest.held),
            hand.text(contest.organiser),
            hand.text(contest.place),
        ]);
    }
    xlsx(&[&sheet.below("填报单位：实训与竞赛处")])
}

fn entries(seed: u64, world: &World) -> Vec<u8> {
    let mut hand = Hand::new(seed, "entries file", 10);
    let headings = ["赛事名称", "赛项名称", "参赛组别", "参赛日期", "参赛学生学号", "参赛教师工号", "指导老师"];
    let mut sheet = Sheet::new("", "", &headings);
    for entry in &world.entries {
        let contest = &world.contests[entry.contest];
        let coaches: Vec<String> = entry.coaches.iter().map(|&s| world.staff[s].name.clone()).collect();
        sheet.rows.push(vec![
            Cell::text(&*contest.name),
            Cell::text(entry.event),
            hand.text(entry.group.word()),
            hand.date(contest.held),
            hand.list(&numbers_of_students(world, &entry.students)),
            hand.list(&entry.teachers.iter().map(|&s| world.staff[s].no.clone()).collect::<Vec<_>>()),
            hand.list(&coaches),
        ]);
    }
    csv(&sheet, Encoding::Utf8Bom)
}

fn numbers_of_students(world: &World, students: &[usize]) -> Vec<String> {
    students.iter().map(|&s| world.students[s].no.clone()).collect()
}

fn awards(seed: u64, world: &World, name: &str, years: impl Fn(i32) -> bool) -> SampleFile {
    let mut hand = Hand::new(seed, name, 14);
    let headings = [
        "序号",
        "赛事名称",
        "赛项",
        "组别",
        "获奖者",
        "获奖学生",
        "获奖教师",
        "指导教师",
        "获奖等级",
        "奖牌",
        "名次",
        "证书日期",
        "证书编号",
    ];
    let mut sheet = Sheet::new("获奖", "示例技师学院（合成数据）竞赛获奖登记表", &headings)
        .above("获奖学生填学号，或姓名加学号；获奖教师填姓名");
    let mut papers = Papers::new("award");
    for award in world.awards.iter().filter(|award| years(award.on.year())) {
        let contest = &world.contests[award.contest];
        let teachers: Vec<String> = award.teachers.iter().map(|&s| world.staff[s].name.clone()).collect();
        let coaches: Vec<String> = award.coaches.iter().map(|&s| world.staff[s].name.clone()).collect();
        sheet.rows.push(vec![
            running(sheet.rows.len() + 1),
            Cell::text(&*contest.name),
            Cell::text(award.event),
            hand.word(group(award.group)),
            Cell::text(&*award.winner),
            winners(&mut hand, world, award),
            hand.list(&teachers),
            hand.list(&coaches),
            award.grade.map_or(Cell::Blank, |grade| hand.text(grade)),
            award.medal.map_or(Cell::Blank, |medal| hand.word(&[medal, &medal[..3]])),
            award.rank.map_or(Cell::Blank, Cell::number),
            hand.date(award.on),
            award.certificate.as_deref().map_or(Cell::Blank, |number| hand.text(number)),
        ]);
        if award.certificate.is_some() {
            papers.prove("certificate", format!("{}获奖证书扫描件", contest.name), key(world, award));
        }
    }
    let sheet = sheet.below("注：团体奖一队一行").below("填报单位：实训与竞赛处");
    SampleFile { evidence: papers.finish(), ..plain(name, "award", xlsx(&[&sheet])) }
}

fn group(group: Group) -> &'static [&'static str] {
    match group {
        Group::Students => &["学生组", "学生"],
        Group::Teachers => &["教师组", "教师", "职工组"],
        Group::ClassTeachers => &["班主任组", "班主任"],
    }
}

/// Student numbers, or names with the number in brackets.
fn winners(hand: &mut Hand, world: &World, award: &Award) -> Cell {
    let with_name = hand.chance(40);
    let members: Vec<String> = award
        .students
        .iter()
        .map(|&s| &world.students[s])
        .map(|student| if with_name { format!("{}（{}）", student.name, student.no) } else { student.no.clone() })
        .collect();
    hand.list(&members)
}

fn key(world: &World, award: &Award) -> Vec<String> {
    let group = match award.group {
        Group::Students => "student",
        Group::Teachers => "teacher",
        Group::ClassTeachers => "class-teacher",
    };
    vec![world.contests[award.contest].name.clone(), award.event.to_owned(), group.to_owned(), award.winner.clone()]
}

/// Two awards that came in after the year's list was closed: they wait for verification and count nowhere yet.
fn late_awards(world: &World) -> SampleFile {
    let headings = ["竞赛名称", "赛项名称", "组别", "队名", "获奖学生", "奖项", "获奖日期"];
    let mut sheet = Sheet::new("补报", "2024年竞赛获奖补报（待审核）", &headings);
    let winners = world.students.iter().filter(|student| student.left.is_none() && student.away.is_none()).take(2);
    for (student, grade) in winners.zip(["三等奖", "优胜奖"]) {
        sheet.rows.push(vec![
            Cell::text("第三届浙江技能大赛"),
            Cell::text("电工"),
            Cell::text("学生"),
            Cell::Text(format!("补报{}", student.name)),
            Cell::text(&*student.no),
            Cell::text(grade),
            Cell::text("2024年12月26日"),
        ]);
    }
    SampleFile { verify: false, ..plain("2024年竞赛获奖补报(待审核).xlsx", "award", xlsx(&[&sheet])) }
}
