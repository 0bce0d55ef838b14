//! What students and their guardians agreed to when they came to the college, and what some took back.

use super::{plain, running};
use crate::SampleFile;
use crate::days::day;
use crate::paper::{Cell, Encoding, Hand, Sheet, csv, xlsx};
use crate::world::{Student, World};

/// So many students of a year are asked: the office keeps the papers of the others in a drawer.
const ONE_IN: usize = 9;

/// Guardians, by what they are called beside their children's surnames.
const GUARDIANS: [(&str, &str); 6] =
    [("父亲", "建国"), ("母亲", "秀兰"), ("监护人", "志强"), ("家长", "丽华"), ("母亲", "玉梅"), ("父亲", "国庆")];

pub(super) fn files(seed: u64, world: &World) -> Vec<SampleFile> {
    vec![
        of_years(seed, world, &[2022, 2023], "2022、2023级同意书登记.csv"),
        of_years(seed, world, &[2024], "2024级新生同意书登记.xlsx"),
    ]
}

fn of_years(seed: u64, world: &World, years: &[i32], name: &str) -> SampleFile {
    let mut hand = Hand::new(seed, name, 10);
    let headings = ["序号", "学生学号", "事项", "版本", "同意人", "监护人姓名", "签署日期", "撤回日期"];
    let mut sheet = Sheet::new("同意书", "示例技师学院（合成数据）个人信息同意书登记", &headings);
    let ended = day(2024, 11, 18);
    for year in years {
        let given = day(*year, 9, 6);
        let asked = world.students.iter().filter(|student| student.enrolled.year() == *year && student.present(given));
        for (place, student) in asked.step_by(ONE_IN).enumerate() {
            let (who, called) = giver(student, place, given);
            let kinds: [&[&str]; 2] = [&["处理敏感信息", "敏感信息"], &["公开姓名、照片", "公开姓名"]];
            for (which, kind) in kinds.into_iter().enumerate() {
                // One family in ten would rather not be named.
                let publishes = which == 1;
                if publishes && place % 10 == 4 {
                    continue;
                }
                let taken_back = publishes && place % 16 == 7;
                sheet.rows.push(vec![
                    running(sheet.rows.len() + 1),
                    hand.digits(&student.no),
                    hand.word(kind),
                    Cell::text(format!("{year}-09 第一版")),
                    Cell::text(who),
                    if called.is_empty() { Cell::Blank } else { hand.name(&called) },
                    hand.date(given),
                    if taken_back { hand.date(ended) } else { Cell::Blank },
                ]);
            }
        }
    }
    let sheet = sheet.below("填报单位：学生处");
    let bytes = if name.ends_with("csv") { csv(&sheet, Encoding::Gbk) } else { xlsx(&[&sheet]) };
    plain(name, "consent", bytes)
}

/// Who signs, and by which name: the guardian of whoever is under age.
fn giver(student: &Student, place: usize, on: jc_base::Date) -> (&'static str, String) {
    let born = student.birth;
    let of_age = (on.year(), on.month(), on.day()) >= (born.year() + 18, born.month(), born.day());
    if of_age {
        return ("学生本人", String::new());
    }
    let (who, given) = GUARDIANS[place % GUARDIANS.len()];
    (who, student.name.chars().take(1).chain(given.chars()).collect())
}
