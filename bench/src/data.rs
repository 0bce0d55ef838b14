//! The workload: two csv files made from a seed, and which of their rows are wrong.

use std::fmt::Write as _;
use std::path::Path;

/// Rows of the two files.
pub const PEOPLE: u64 = 100_000;
/// Rows of the second.
pub const SERVICES: u64 = 200_000;

/// splitmix64 of a row and a purpose.
fn draw(row: u64, purpose: u64, below: u64) -> u64 {
    let mut z = (row.wrapping_mul(31).wrapping_add(purpose)).wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    (z ^ (z >> 31)) % below
}

fn one_of<'a>(list: &[&'a str], row: u64, purpose: u64) -> &'a str {
    list[draw(row, purpose, list.len() as u64) as usize]
}

const DEPARTMENTS: [&str; 5] = ["机械工程系", "电气工程系", "汽车工程系", "信息工程系", "经济管理系"];
const MAJORS: [&str; 6] = ["数控加工", "焊接加工", "模具制造", "机电一体化", "电子商务", "汽车维修"];
const SURNAMES: [&str; 10] = ["王", "李", "张", "刘", "陈", "杨", "黄", "赵", "吴", "周"];
const GIVEN: [&str; 12] = ["伟", "芳", "娜", "敏", "静", "丽", "强", "磊", "军", "洋", "梓涵", "雨泽"];
const ACTIVITIES: [&str; 5] = ["社区服务", "交通劝导", "敬老助残", "环境清洁", "赛会服务"];

/// An ID number of a region that no place has, with its check character.
fn id_number(row: u64, born: &str) -> String {
    let digits = format!("990101{}{:03}", born.replace('-', ""), row % 1000);
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = digits.bytes().zip(weights).map(|(d, w)| u32::from(d - b'0') * w).sum();
    format!("{digits}{}", b"10X98765432"[(sum % 11) as usize] as char)
}

/// Writes both files and the list of wrong rows (`file,row`) into a folder.
pub fn write(folder: &Path) -> std::io::Result<()> {
    let mut wrong = String::new();
    let mut people = String::from("学号,姓名,身份证号,出生日期,院系,专业,入学日期,手机\n");
    for row in 0..PEOPLE {
        let born = format!("{}-{:02}-{:02}", 2004 + draw(row, 1, 5), 1 + draw(row, 2, 12), 1 + draw(row, 3, 28));
        let mut id = id_number(row, &born);
        let bad = row >= 10 && draw(row, 4, 100) == 0;
        if bad {
            let last = if id.ends_with('0') { '1' } else { '0' };
            id.pop();
            id.push(last);
            let _ = writeln!(wrong, "people,{}", row + 2);
        }
        let _ = writeln!(
            people,
            "{},{}{},{id},{born},{},{},{}-09-01,139{:08}",
            number(row),
            one_of(&SURNAMES, row, 5),
            one_of(&GIVEN, row, 6),
            one_of(&DEPARTMENTS, row, 7),
            one_of(&MAJORS, row, 8),
            2019 + draw(row, 9, 6),
            row
        );
    }
    let mut services = String::from("服务编号,学号,活动名称,服务日期,时长,已核验\n");
    for row in 0..SERVICES {
        let who = draw(row, 11, 10);
        let bad = draw(row, 12, 100);
        let person = if bad == 0 { "9999999".to_owned() } else { number(who) };
        let day = if bad == 1 {
            "2023-02-30".to_owned()
        } else {
            format!("{}-{:02}-{:02}", 2019 + draw(row, 13, 6), 1 + draw(row, 14, 12), 1 + draw(row, 15, 28))
        };
        if bad < 2 {
            let _ = writeln!(wrong, "services,{}", row + 2);
        }
        let half = draw(row, 16, 16) + 1;
        let _ = writeln!(
            services,
            "V{row:08},{person},{},{day},{}.{},{}",
            one_of(&ACTIVITIES, row, 17),
            half / 2,
            if half.is_multiple_of(2) { 0 } else { 5 },
            if draw(row, 18, 10) > 0 { "是" } else { "否" }
        );
    }
    std::fs::write(folder.join("people.csv"), people)?;
    std::fs::write(folder.join("services.csv"), services)?;
    std::fs::write(folder.join("wrong.csv"), wrong)
}

fn number(row: u64) -> String {
    format!("{:07}", 2_000_000 + row)
}
