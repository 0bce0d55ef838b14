//! Who had which workstation when: a few weeks, without a clash.

use super::classes::Class;
use super::staff::{Post, Staff};
use super::teaching::Station;
use crate::days::day;
use crate::rng::Rng;
use jc_base::Date;

/// A booking of a workstation. Positions point into the world's lists.
pub(crate) struct Booking {
    pub(crate) station: usize,
    pub(crate) on: Date,
    pub(crate) first: i64,
    pub(crate) last: i64,
    pub(crate) class: usize,
    pub(crate) teacher: usize,
    /// Nothing where nobody wrote it down.
    pub(crate) task: Option<&'static str>,
}

/// The Mondays of the weeks on record.
const WEEKS: [(i32, u32, u32); 3] = [(2023, 12, 4), (2024, 12, 2), (2024, 12, 9)];
/// Stations that are booked through the register.
const STATIONS: usize = 12;
/// The first lesson of each stretch of two.
const LESSONS: [i64; 4] = [1, 3, 5, 7];
const TASKS: [&str; 5] = ["典型零件加工", "设备点检与保养", "电路装接与调试", "直播选品与脚本", "产品检测与记录"];

pub(super) fn build(seed: u64, stations: &[Station], classes: &[Class], staff: &[Staff]) -> Vec<Booking> {
    let mut rng = Rng::new(seed, "workstation bookings");
    let mut all = Vec::new();
    for (place, (year, month, first)) in WEEKS.into_iter().enumerate() {
        let monday = day(year, month, first);
        let open: Vec<usize> = (0..stations.len())
            .filter(|s| stations[*s].opened < monday && stations[*s].closed.is_none())
            .take(STATIONS)
            .collect();
        let there: Vec<usize> = (0..classes.len())
            .filter(|c| {
                classes[*c].opened < monday && classes[*c].closed.is_none_or(|closed| closed > monday.plus_days(6))
            })
            .collect();
        let teachers: Vec<usize> =
            (0..staff.len()).filter(|t| staff[*t].post == Post::Practice && staff[*t].in_post(monday)).collect();
        for weekday in 0..5 {
            for (slot, lesson) in LESSONS.into_iter().enumerate() {
                for (n, station) in open.iter().enumerate() {
                    if rng.chance(55) {
                        continue;
                    }
                    // Neighbouring stations have neighbouring classes and teachers: nobody is twice at one time.
                    let turn = n + 5 * slot + 3 * weekday + 11 * place;
                    all.push(Booking {
                        station: *station,
                        on: monday.plus_days(weekday as i64),
                        first: lesson,
                        last: lesson + 1,
                        class: there[turn % there.len()],
                        teacher: teachers[turn % teachers.len()],
                        task: (!rng.chance(10)).then(|| *rng.pick(&TASKS)),
                    });
                }
            }
        }
    }
    all
}
