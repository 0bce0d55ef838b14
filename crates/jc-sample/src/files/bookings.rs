//! Bookings of workstations, as the academic office writes them down week by week.

use super::{plain, running};
use crate::SampleFile;
use crate::paper::{Cell, Hand, Sheet, xlsx};
use crate::world::World;

pub(super) fn files(seed: u64, world: &World) -> Vec<SampleFile> {
    vec![plain("工作站预约周记录（2023-2024）.xlsx", "workstation-booking", bookings(seed, world))]
}

fn bookings(seed: u64, world: &World) -> Vec<u8> {
    let mut hand = Hand::new(seed, "bookings file", 8);
    let headings = ["序号", "日期", "从第几节", "到第几节", "站名", "上课班级", "教师工号", "学习任务"];
    let mut sheet = Sheet::new("预约", "示例技师学院（合成数据）学习工作站预约记录", &headings);
    for (place, it) in world.bookings.iter().enumerate() {
        sheet.rows.push(vec![
            running(place + 1),
            hand.date(it.on),
            Cell::number(it.first),
            Cell::number(it.last),
            hand.text(&world.stations[it.station].name),
            hand.text(&world.classes[it.class].name),
            Cell::text(&*world.staff[it.teacher].no),
            it.task.map_or(Cell::Blank, |task| hand.text(task)),
        ]);
    }
    xlsx(&[&sheet.below("一天中同一个站、同一个班、同一位教师，同一节只排一次")])
}
