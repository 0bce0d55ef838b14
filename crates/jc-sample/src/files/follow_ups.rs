//! Graduates asked again after they left, each wave in a file of its own.

use super::people::{destination, matched};
use super::{plain, running};
use crate::SampleFile;
use crate::paper::{Cell, Encoding, Hand, Sheet, csv, xlsx};
use crate::world::{Destination, World};

pub(super) fn files(seed: u64, world: &World) -> Vec<SampleFile> {
    vec![
        wave(seed, world, (2022, 6), "2022届毕业生半年跟踪.csv"),
        wave(seed, world, (2023, 6), "2023届毕业生半年跟踪.csv"),
        wave(seed, world, (2023, 12), "2023届毕业生一年跟踪（电话回访）.xlsx"),
        wave(seed, world, (2024, 6), "2024届毕业生半年跟踪（电话回访）.xlsx"),
        wave(seed, world, (2021, 36), "2021届毕业生三年跟踪（两个班）.csv"),
    ]
}

fn wave(seed: u64, world: &World, (cohort, months): (i32, u8), name: &str) -> SampleFile {
    let mut hand = Hand::new(seed, name, 10);
    let headings = [
        "序号",
        "学号",
        "姓名",
        "跟踪节点",
        "统计日",
        "回访日期",
        "目前去向",
        "目前单位",
        "仍在原单位",
        "是否对口",
        "不对口原因",
        "月薪",
        "依据",
        "是否晋升",
    ];
    // Whether they have risen is asked only after three years.
    let asked = headings.len() - usize::from(months < 36);
    let title = format!("示例技师学院（合成数据）{cohort}届毕业生跟踪回访表");
    let mut sheet = Sheet::new("回访", &title, &headings[..asked]);
    let words: &[&str] = match months {
        6 => &["毕业半年", "半年"],
        12 => &["毕业一年", "一年"],
        _ => &["毕业三年", "三年"],
    };
    for it in &world.follow_ups {
        let graduate = &world.graduates[it.graduate];
        if graduate.on.year() != cohort || it.months != months {
            continue;
        }
        let student = &world.students[graduate.student];
        let employer = match (it.destination, it.stayed) {
            (Some(Destination::Employed), Some(true)) => graduate.employer.as_deref(),
            (Some(Destination::Employed), _) => Some("另一家企业（合成）"),
            _ => None,
        };
        let proof: &[&str] = match it.destination {
            Some(Destination::Employed) => &["社保", "劳动合同"],
            Some(to) if to.study() => &["录取通知书"],
            Some(Destination::Military) => &["入伍通知书"],
            Some(Destination::OwnBusiness) => &["营业执照"],
            Some(_) => &["本人承诺"],
            None => &[""],
        };
        let mut row = vec![
            running(sheet.rows.len() + 1),
            hand.digits(&student.no),
            hand.name(&student.name),
            hand.word(words),
            hand.date(it.wave),
            it.asked.map_or(Cell::Blank, |on| hand.date(on)),
            it.destination.map_or(Cell::Blank, |to| destination(&mut hand, to)),
            employer.map_or(Cell::Blank, |name| hand.text(name)),
            matched(&mut hand, it.stayed),
            matched(&mut hand, it.matched),
            if it.matched == Some(false) { hand.text("转行") } else { Cell::Blank },
            it.pay.map_or(Cell::Blank, |pay| hand.quantity(pay * 10)),
            hand.word(proof),
        ];
        if months == 36 {
            row.push(matched(&mut hand, it.promoted));
        }
        sheet.rows.push(row);
    }
    let sheet = sheet.below("填报单位：招生就业处　　没有联系上的，去向留空");
    let bytes = if name.ends_with(".csv") { csv(&sheet, Encoding::Gbk) } else { xlsx(&[&sheet]) };
    plain(name, "graduate-follow-up", bytes)
}
