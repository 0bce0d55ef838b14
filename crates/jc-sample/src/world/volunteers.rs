//! Voluntary service: activities with a list of who came and how long.

use super::staff::Staff;
use super::students::Student;
use crate::days::{day, day_in};
use crate::rng::Rng;
use jc_base::Date;

/// One student at one activity.
pub(crate) struct Service {
    /// Position in the list of students.
    pub(crate) student: usize,
    pub(crate) activity: &'static str,
    pub(crate) field: &'static str,
    pub(crate) on: Date,
    /// In tenths of an hour; nothing if nobody noted it.
    pub(crate) hours: Option<i64>,
    pub(crate) place: &'static str,
    /// Position in the list of staff.
    pub(crate) leader: usize,
}

/// Activity, field, place, usual length in tenths of an hour.
const ACTIVITIES: &[(&str, &str, &str, i64)] = &[
    ("敬老院陪伴服务", "社区服务", "示例街道敬老院", 60),
    ("社区家电义务维修", "技能服务", "示例社区广场", 75),
    ("垃圾分类宣传", "环境保护", "样本小区", 60),
    ("技能节赛务服务", "赛会服务", "体育馆", 90),
    ("半程马拉松赛道服务", "赛会服务", "滨河路", 85),
    ("图书馆整理", "校内服务", "校图书馆", 45),
    ("文明交通劝导", "文明实践", "示例路口", 40),
    ("义务植树", "环境保护", "北郊林场", 80),
    ("开放日讲解引导", "校内服务", "校园", 75),
    ("乡村直播助农", "技能服务", "示例村共富工坊", 90),
    ("运动会志愿服务", "赛会服务", "校田径场", 95),
    ("留守儿童课业陪伴", "社区服务", "示例村文化礼堂", 70),
];

/// Year, participations, of these without hours, all hours in tenths (where a year's total is arranged).
const SERVED: [(i32, usize, usize, Option<i64>); 3] =
    [(2022, 640, 2, None), (2023, 872, 4, None), (2024, 1046, 3, Some(73_225))];
/// Length of a day's service, in tenths of an hour.
const HOURS: (i64, i64) = (20, 105);

pub(super) fn build(seed: u64, students: &[Student], staff: &[Staff]) -> Vec<Service> {
    let mut rng = Rng::new(seed, "volunteers");
    let mut all = Vec::new();
    for (year, count, unknown, total) in SERVED {
        let mut of_year = Vec::new();
        let (mut turn, mut taken) = (0usize, Vec::new());
        while of_year.len() < count {
            let (activity, field, place, usual) = ACTIVITIES[turn % ACTIVITIES.len()];
            turn += 1;
            let on = free_day(&mut rng, year, activity, &mut taken);
            let there: Vec<usize> = (0..students.len()).filter(|&s| students[s].present(on)).collect();
            let leaders: Vec<usize> = (0..staff.len()).filter(|&s| staff[s].in_post(on)).collect();
            let leader = *rng.pick(&leaders);
            let come = (rng.between(16, 34) as usize).min(count - of_year.len());
            for student in rng.some(&there, come) {
                let hours = Some((usual + 5 * rng.between(-2, 3)).clamp(HOURS.0, HOURS.1));
                of_year.push(Service { student, activity, field, on, hours, place, leader });
            }
        }
        let all_places: Vec<usize> = (0..of_year.len()).collect();
        for place in rng.some(&all_places, unknown) {
            of_year[place].hours = None;
        }
        if let Some(total) = total {
            settle(&mut rng, &mut of_year, total);
        }
        of_year.sort_by_key(|service| service.on);
        all.extend(of_year);
    }
    all
}

/// A Saturday-like day on which the activity has not been held yet.
fn free_day(rng: &mut Rng, year: i32, activity: &'static str, taken: &mut Vec<(&'static str, Date)>) -> Date {
    loop {
        let (first, last) =
            if rng.chance(55) { (day(year, 3, 2), day(year, 6, 22)) } else { (day(year, 9, 14), day(year, 12, 21)) };
        let on = day_in(rng, first, last);
        if !taken.contains(&(activity, on)) {
            taken.push((activity, on));
            return on;
        }
    }
}

/// Lengthens or shortens single services by half hours until the year's hours are as arranged.
fn settle(rng: &mut Rng, services: &mut [Service], total: i64) {
    let mut missing = total - services.iter().filter_map(|service| service.hours).sum::<i64>();
    while missing != 0 {
        let step = if missing > 0 { 5.min(missing) } else { (-5).max(missing) };
        let place = rng.below(services.len());
        if let Some(hours) = &mut services[place].hours
            && (HOURS.0..=HOURS.1).contains(&(*hours + step))
        {
            *hours += step;
            missing -= step;
        }
    }
}

/// An activity, as the league announced it.
pub(crate) struct VolunteerActivity {
    pub(crate) no: String,
    pub(crate) name: &'static str,
    pub(crate) field: &'static str,
    pub(crate) on: Date,
    /// Minutes since midnight.
    pub(crate) starts: i64,
    pub(crate) ends: i64,
    pub(crate) place: &'static str,
    pub(crate) leader: usize,
    pub(crate) places: i64,
}

/// The activities behind the services, numbered through each year.
pub(super) fn activities(services: &[Service]) -> Vec<VolunteerActivity> {
    let mut all: Vec<VolunteerActivity> = Vec::new();
    for service in services {
        if all.iter().any(|known| known.name == service.activity && known.on == service.on) {
            continue;
        }
        let year = service.on.year();
        let serial = all.iter().filter(|known| known.on.year() == year).count() + 1;
        all.push(VolunteerActivity {
            no: format!("ZY{year}-{serial:03}"),
            name: service.activity,
            field: service.field,
            on: service.on,
            starts: 8 * 60,
            // The longest service of a day, with a break at noon.
            ends: 8 * 60 + HOURS.1 * 6 + 60,
            place: service.place,
            leader: service.leader,
            places: 40,
        });
    }
    all
}
