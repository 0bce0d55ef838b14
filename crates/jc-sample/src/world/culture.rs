//! Festivals, other events of the year, and students' clubs.

use super::YEARS;
use super::staff::Staff;
use crate::days::day;
use crate::rng::Rng;
use jc_base::Date;

/// Festivals and clubs.
pub(crate) struct Culture {
    pub(crate) events: Vec<CultureEvent>,
    pub(crate) clubs: Vec<Club>,
}

/// An event of a festival, or one beside them.
pub(crate) struct CultureEvent {
    pub(crate) kind: &'static str,
    pub(crate) name: &'static str,
    pub(crate) edition: Option<i64>,
    pub(crate) title: &'static str,
    pub(crate) on: Date,
    pub(crate) place: &'static str,
    pub(crate) participants: Option<i64>,
}

/// A club.
pub(crate) struct Club {
    pub(crate) name: &'static str,
    pub(crate) field: &'static str,
    /// Position in the list of staff.
    pub(crate) advisor: usize,
    pub(crate) members: Option<i64>,
    pub(crate) founded: Date,
    pub(crate) closed: Option<Date>,
}

/// Kind, festival or series, title, month, day, place.
const EVENTS: &[(&str, &str, &str, u32, u32, &str)] = &[
    ("文化节", "读书文化节", "开幕式暨好书推荐", 4, 23, "图书馆"),
    ("文化节", "读书文化节", "经典诵读比赛", 5, 15, "报告厅"),
    ("文化节", "体育文化节", "秋季运动会", 10, 17, "田径场"),
    ("文化节", "体育文化节", "班级篮球联赛", 11, 6, "体育馆"),
    ("文化节", "艺术文化节", "校园歌手大赛", 5, 28, "报告厅"),
    ("文化节", "艺术文化节", "书画摄影展", 6, 5, "艺术楼"),
    ("文化节", "技能文化节", "技能展示周", 11, 20, "实训中心"),
    ("文化节", "技能文化节", "工匠讲坛", 11, 22, "报告厅"),
    ("讲座", "人文讲堂", "家乡文化讲座", 3, 19, "报告厅"),
    ("演出展示", "社团展演", "社团成果展演", 12, 11, "体育馆"),
];
/// The first year of the festivals, from which their editions count.
const FIRST: i32 = 2016;

/// Club, field, since, until.
const CLUBS: &[(&str, &str, i32, Option<i32>)] = &[
    ("啦啦操社", "体育", 2017, None),
    ("篮球社", "体育", 2015, None),
    ("田径队", "体育", 2015, None),
    ("器乐社", "文艺", 2016, None),
    ("合唱团", "文艺", 2018, None),
    ("街舞社", "文艺", 2019, None),
    ("书画社", "文艺", 2016, None),
    ("数控技能社", "技能", 2017, None),
    ("机器人社", "技能", 2019, None),
    ("电商直播社", "技能", 2021, None),
    ("3D打印社", "科技", 2020, None),
    ("青年志愿者社", "公益", 2015, None),
    ("德语角", "人文", 2022, None),
    ("读书会", "人文", 2018, None),
    ("轮滑社", "体育", 2016, Some(2022)),
    ("集邮社", "人文", 2015, Some(2023)),
];

pub(super) fn build(seed: u64, staff: &[Staff]) -> Culture {
    let mut rng = Rng::new(seed, "culture");
    let mut events = Vec::new();
    for year in YEARS {
        for &(kind, name, title, month, on, place) in EVENTS {
            // In the first year the offices kept only the openings.
            if year == 2022 && kind == "文化节" && events_named(&events, name, year) > 0 {
                continue;
            }
            events.push(CultureEvent {
                kind,
                name,
                edition: (kind == "文化节").then(|| i64::from(year - FIRST + 1)),
                title,
                on: day(year, month, on),
                place,
                participants: (!rng.chance(10)).then(|| 10 * rng.between(12, 90)),
            });
        }
    }
    events.sort_by_key(|event| event.on);
    let there: Vec<usize> = (0..staff.len()).filter(|&s| staff[s].left.is_none() && staff[s].full_time).collect();
    let clubs = CLUBS.iter().map(|&(name, field, since, until)| Club {
        name,
        field,
        advisor: *rng.pick(&there),
        members: (!rng.chance(10)).then(|| rng.between(15, 60)),
        founded: day(since, 10, 8),
        closed: until.map(|year| day(year, 6, 30)),
    });
    Culture { clubs: clubs.collect(), events }
}

fn events_named(events: &[CultureEvent], name: &str, year: i32) -> usize {
    events.iter().filter(|event| event.name == name && event.on.year() == year).count()
}
