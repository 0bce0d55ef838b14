//! Festivals and clubs.

use super::proof::Papers;
use super::{plain, running};
use crate::SampleFile;
use crate::paper::{Cell, Encoding, Hand, Sheet, csv, xlsx};
use crate::world::World;

pub(super) fn files(seed: u64, world: &World) -> Vec<SampleFile> {
    vec![events(seed, world), clubs(seed, world)]
}

fn events(seed: u64, world: &World) -> SampleFile {
    let name = "校园文化节活动一览(2022-2024).xlsx";
    let mut hand = Hand::new(seed, name, 12);
    let headings = ["序号", "类型", "文化节名称", "届", "活动项目", "举办时间", "举办地点", "参加人数"];
    let mut sheet = Sheet::new("文化节", "示例技师学院（合成数据）校园文化节活动一览", &headings)
        .above("节名每年写同一个名字，不写届次");
    let mut papers = Papers::new("culture-event");
    for (place, event) in world.culture.events.iter().enumerate() {
        let kind: &[&str] = match event.kind {
            "文化节" => &["文化节", "校园文化节"],
            "讲座" => &["讲座", "报告会"],
            _ => &["演出展示", "展演"],
        };
        sheet.rows.push(vec![
            running(place + 1),
            hand.word(kind),
            hand.text(event.name),
            event.edition.map_or(Cell::Blank, |edition| hand.quantity(edition * 10)),
            hand.text(event.title),
            hand.date(event.on),
            hand.text(event.place),
            hand.count(event.participants),
        ]);
        let key = vec![event.name.to_owned(), event.title.to_owned(), event.on.to_string()];
        papers.prove("photo", format!("{}年{}照片", event.on.year(), event.name), key);
    }
    let sheet = sheet.below("填报单位：校团委");
    SampleFile { evidence: papers.finish(), ..plain(name, "culture-event", xlsx(&[&sheet])) }
}

fn clubs(seed: u64, world: &World) -> SampleFile {
    let name = "学生社团登记表.csv";
    let mut hand = Hand::new(seed, name, 12);
    let mut sheet = Sheet::new("", "", &["社团", "类别", "指导老师", "注册人数", "成立时间", "停办时间"]);
    for club in &world.culture.clubs {
        sheet.rows.push(vec![
            Cell::text(club.name),
            hand.text(club.field),
            hand.name(&world.staff[club.advisor].name),
            hand.count(club.members),
            hand.date(club.founded),
            club.closed.map_or(Cell::Blank, |closed| hand.date(closed)),
        ]);
    }
    plain(name, "club", csv(&sheet, Encoding::Gbk))
}
