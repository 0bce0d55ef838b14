//! A file with typical mistakes, for showing the import.

use crate::SampleFile;
use crate::days::{day, day_in};
use crate::names::Names;
use crate::numbers::{id_number, phone};
use crate::paper::{Cell, Hand, Sheet, xlsx};
use crate::rng::Rng;
use std::collections::HashSet;

/// Rows in the file.
pub(crate) const ROWS: usize = 40;
/// Rows in which something is wrong, by position.
pub(crate) const WRONG: [usize; 8] = [4, 9, 13, 18, 22, 27, 31, 36];

/// Columns of the sheet.
const NO: usize = 1;
const NAME: usize = 2;
const ID: usize = 5;
const BIRTH: usize = 4;
const ETHNICITY: usize = 6;
const PHONE: usize = 7;
const CLASS: usize = 8;
const LEFT: usize = 11;

pub(crate) fn spoiled(seed: u64) -> SampleFile {
    let mut rng = Rng::new(seed, "spoiled");
    let mut hand = Hand::new(seed, "spoiled file", 12);
    let names = Names::new();
    let headings = [
        "序号",
        "学号",
        "姓名",
        "性别",
        "出生日期",
        "身份证号",
        "民族",
        "手机号",
        "班级",
        "培养层次",
        "入学时间",
        "离校时间",
    ];
    let mut sheet = Sheet::new("转入生", "示例技师学院（合成数据）2025年春季转入学生登记表", &headings)
        .above("本表有意写错若干处，用来演示导入时的提示");
    let mut taken = HashSet::new();
    for row in 0..ROWS {
        let male = rng.chance(70);
        let mut name = names.any(&mut rng, male);
        while !taken.insert(name.clone()) {
            name = names.any(&mut rng, male);
        }
        let birth = day_in(&mut rng, day(2008, 9, 1), day(2009, 8, 31));
        let class = rng.word(&["24机电中德1班", "24机电中德2班", "24模具中德1班", "24数控高1班", "24电商1班"]);
        sheet.rows.push(vec![
            Cell::number(row as i64 + 1),
            Cell::Text(format!("2025{:04}", 9001 + row)),
            hand.name(&name),
            hand.word(if male { &["男", "1"] } else { &["女", "2"] }),
            hand.date(birth),
            // Sequence numbers apart from those of the college.
            hand.long_number(&id_number(birth, male, 450 + row % 40)),
            hand.word(&["汉族", "汉"]),
            hand.phone(&phone(9_500 + row)),
            hand.text(class),
            hand.word(&["高级工", "高级"]),
            hand.date(day(2025, 2, 24)),
            Cell::Blank,
        ]);
    }
    spoil(&mut sheet.rows);
    SampleFile {
        name: "2025年春季转入学生（有错示例）.xlsx".to_owned(),
        bytes: xlsx(&[&sheet.below("制表人：学生处")]),
        register: "student",
        verify: false,
        evidence: Vec::new(),
    }
}

/// The mistakes: one a row.
fn spoil(rows: &mut [Vec<Cell>]) {
    let other_no = rows[2][NO].clone();
    let mistakes: [(usize, Cell); 8] = [
        // A month that does not exist.
        (BIRTH, Cell::text("2008/13/01")),
        // Two digits of the ID number changed places: the check character tells.
        (ID, Cell::text("990101200903150012")),
        // The number of somebody above.
        (NO, other_no),
        // A class there is not, one stroke away from one there is.
        (CLASS, Cell::text("24机电中德7班")),
        // No name.
        (NAME, Cell::Blank),
        // What a spreadsheet makes of a long number.
        (ID, Cell::text("9.90101E+17")),
        // A word that is none of the list.
        (ETHNICITY, Cell::text("汗族")),
        // Left before coming.
        (LEFT, Cell::text("2025-01-10")),
    ];
    for (row, (column, cell)) in WRONG.into_iter().zip(mistakes) {
        rows[row][column] = cell;
    }
    // One more in a row that is wrong already: all of them are told at once.
    rows[WRONG[4]][PHONE] = Cell::text("1990000");
}
