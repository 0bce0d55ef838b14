//! Skill-level assessments and the German chambers' examinations.

use super::proof::Papers;
use super::{plain, running};
use crate::SampleFile;
use crate::paper::{Cell, Encoding, Hand, Sheet, csv, xlsx};
use crate::world::{Assessment, World};

pub(super) fn files(seed: u64, world: &World) -> Vec<SampleFile> {
    vec![
        assessments(seed, world, 2022, "2022年技能等级认定成绩.csv"),
        assessments(seed, world, 2023, "2023年技能等级认定成绩汇总.xlsx"),
        assessments(seed, world, 2024, "2024年职业技能等级认定成绩册.xlsx"),
        certificates(seed, world),
    ]
}

fn assessments(seed: u64, world: &World, year: i32, name: &str) -> SampleFile {
    let mut hand = Hand::new(seed, name, 9);
    let headings: [&str; 10] = if year == 2024 {
        [
            "序号",
            "考生学号",
            "姓名",
            "职业（工种）",
            "申报等级",
            "考核日期",
            "理论知识",
            "技能操作",
            "评定结果",
            "证书编号",
        ]
    } else {
        ["序号", "学号", "姓名", "工种", "等级", "考试日期", "理论成绩", "实操成绩", "结果", "证书号码"]
    };
    let title = format!("示例技师学院（合成数据）{year}年职业技能等级认定成绩册");
    let mut sheet = Sheet::new("成绩", if year == 2022 { "" } else { &title }, &headings);
    if year == 2024 {
        // The form has one heading over both results.
        sheet = sheet.group(6, 7, "成绩");
    }
    let mut papers = Papers::new("skill-assessment");
    let of_year = world.assessments.iter().filter(|assessment| assessment.on.year() == year);
    for (place, assessment) in of_year.enumerate() {
        sheet.rows.push(row(&mut hand, world, assessment, place + 1));
        if assessment.passed {
            let student = world.students[assessment.student].no.clone();
            let title = format!("{}{}等级认定合格人员成绩单", assessment.on, assessment.occupation);
            papers.prove(
                "result-sheet",
                title,
                vec![student, assessment.occupation.to_owned(), assessment.on.to_string()],
            );
        }
    }
    sheet = sheet.below("注：理论、实操均60分（含）以上为合格").below("填报单位：职业技能评价中心");
    let bytes = if year == 2022 { csv(&sheet, Encoding::Gbk) } else { xlsx(&[&sheet]) };
    SampleFile { evidence: papers.finish(), ..plain(name, "skill-assessment", bytes) }
}

fn row(hand: &mut Hand, world: &World, assessment: &Assessment, serial: usize) -> Vec<Cell> {
    let student = &world.students[assessment.student];
    let level: &[&str] = match assessment.level {
        '3' => &["三级", "高级工", "3", "三级/高级工", "三级（高级工）"],
        _ => &["四级", "中级工", "4", "四级/中级工", "四级（中级工）"],
    };
    let result: &[&str] = match (assessment.passed, assessment.theory) {
        (true, _) => &["合格", "通过"],
        (false, Some(_)) => &["不合格", "未通过"],
        (false, None) => &["缺考"],
    };
    vec![
        running(serial),
        hand.digits(&student.no),
        hand.name(&student.name),
        Cell::text(assessment.occupation),
        hand.word(level),
        hand.date(assessment.on),
        points(hand, assessment.theory),
        points(hand, assessment.practice),
        hand.word(result),
        assessment.certificate.as_deref().map_or(Cell::Blank, |number| hand.long_number(number)),
    ]
}

fn points(hand: &mut Hand, points: Option<i64>) -> Cell {
    points.map_or(Cell::Blank, |points| hand.quantity(points))
}

fn certificates(seed: u64, world: &World) -> SampleFile {
    let name = "中德认证考试成绩汇总(2022-2024).xlsx";
    let mut hand = Hand::new(seed, name, 12);
    let headings = [
        "序号",
        "学号",
        "姓名",
        "商会",
        "认证职业",
        "考试阶段",
        "考试次数",
        "考试时间",
        "是否到考",
        "Punkte",
        "工作任务",
        "笔试一",
        "笔试二",
        "WiSo",
        "是否通过",
        "证书号",
        "条例",
    ];
    let mut sheet = Sheet::new("成绩", "示例技师学院（合成数据）中德认证考试成绩汇总", &headings)
        .above("Prüfungsergebnisse 2022–2024（合成数据 / synthetische Daten）");
    let mut papers = Papers::new("certificate-exam");
    for (place, exam) in world.exams.iter().enumerate() {
        let student = &world.students[exam.student];
        let part: &[&str] =
            if exam.part == 1 { &["第一部分", "Teil 1", "AP1"] } else { &["第二部分", "Teil 2", "AP2"] };
        sheet.rows.push(vec![
            running(place + 1),
            hand.digits(&student.no),
            hand.name(&student.name),
            hand.text(exam.body),
            Cell::text(exam.occupation),
            hand.word(part),
            hand.quantity(i64::from(exam.attempt) * 10),
            hand.date(exam.on),
            hand.yes_no(exam.sat),
            points(&mut hand, exam.points),
            points(&mut hand, exam.marks.map(|marks| marks[0])),
            points(&mut hand, exam.marks.map(|marks| marks[1])),
            points(&mut hand, exam.marks.map(|marks| marks[2])),
            points(&mut hand, exam.marks.map(|marks| marks[3])),
            hand.word(match (exam.passed, exam.sat) {
                (true, _) => &["通过", "合格"],
                (false, true) => &["未通过", "不合格"],
                (false, false) => &["缺考"],
            }),
            exam.certificate.as_deref().map_or(Cell::Blank, |number| hand.text(number)),
            hand.text(exam.occupation),
        ]);
        if exam.sat {
            let title = format!("{}{}认证考试成绩单（{}）", exam.on, exam.body, exam.occupation);
            let key = vec![
                student.no.clone(),
                exam.occupation.to_owned(),
                format!("part-{}", exam.part),
                exam.attempt.to_string(),
            ];
            papers.prove("result-sheet", title, key);
        }
    }
    let sheet = sheet.below("填报单位：国际合作办公室");
    SampleFile { evidence: papers.finish(), ..plain(name, "certificate-exam", xlsx(&[&sheet])) }
}
