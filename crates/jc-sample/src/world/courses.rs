//! Integrated courses, their learning tasks, and what was developed with firms.

use super::classes::MAJORS;
use super::firms::Firm;
use super::staff::{Staff, teachers_on};
use crate::days::{day, day_in};
use crate::rng::Rng;
use jc_base::Date;

/// An integrated course.
pub(crate) struct Course {
    pub(crate) name: &'static str,
    /// Position in [`MAJORS`].
    pub(crate) major: usize,
    pub(crate) basis: &'static str,
    pub(crate) hours: i64,
    /// Position in the list of staff.
    pub(crate) leader: usize,
    pub(crate) started: Date,
    /// Nothing while it is being designed.
    pub(crate) built: Option<Date>,
    pub(crate) retired: Option<Date>,
}

/// A learning task of a course.
pub(crate) struct Task {
    /// Position in the list of courses.
    pub(crate) course: usize,
    pub(crate) name: String,
    pub(crate) place: i64,
    /// Position in the list of firms: where the work comes from.
    pub(crate) firm: Option<usize>,
    /// Of the six steps.
    pub(crate) hours: [i64; 6],
}

/// A teaching project developed with a firm.
pub(crate) struct Project {
    pub(crate) name: String,
    pub(crate) firm: usize,
    pub(crate) major: usize,
    pub(crate) course: Option<usize>,
    pub(crate) team: Vec<usize>,
    pub(crate) hours: i64,
    pub(crate) started: Date,
    pub(crate) completed: Date,
}

/// Courses in the order they were finished, those being designed last: position of the major, name.
const COURSES: &[(usize, &str)] = &[
    (0, "轴类零件数控车削加工"),
    (4, "继电控制系统安装与调试"),
    (8, "网店装修与运营"),
    (2, "单工序冲模制作"),
    (0, "盘套类零件数控车削加工"),
    (0, "箱体类零件数控铣削加工"),
    (2, "复合模制作"),
    (4, "液压与气动系统装调"),
    (5, "搬运机器人工作站装调"),
    (8, "商品图文视觉设计"),
    (6, "照明线路安装与维修"),
    (0, "复杂型面零件多轴加工"),
    (2, "注塑模制作"),
    (4, "可编程控制系统装调"),
    (5, "焊接机器人工作站编程"),
    (7, "动力电池检测与维修"),
    (3, "产品逆向建模"),
    (8, "直播销售"),
    (6, "电动机控制线路安装"),
    (1, "简单零件普通车床加工"),
    (0, "工艺装备设计与制造"),
    (2, "压铸模制作"),
    (4, "自动化生产线装调"),
    (5, "机器人视觉系统应用"),
    (7, "驱动电机检测与维修"),
    (3, "增材制造工艺编制"),
    (8, "客户服务与管理"),
    (6, "变配电设备运行维护"),
    (1, "简单零件普通铣床加工"),
    // Being designed.
    (9, "出纳业务办理"),
    (9, "成本核算"),
    (7, "智能网联系统装调"),
    (5, "数字孪生产线仿真"),
];
/// How many of them were finished before 2022 and in each year since.
const FINISHED: [(i32, usize); 4] = [(2021, 4), (2022, 7), (2023, 8), (2024, 10)];

/// Integrated courses.
pub(super) fn courses(seed: u64, staff: &[Staff]) -> Vec<Course> {
    let mut rng = Rng::new(seed, "integrated courses");
    let finished = FINISHED.into_iter().flat_map(|(year, count)| std::iter::repeat_n(Some(year), count));
    let years = finished.chain(std::iter::repeat(None));
    let all = COURSES.iter().zip(years).enumerate().map(|(place, (&(major, name), year))| {
        let built = year.map(|year| day_in(&mut rng, day(year, 4, 1), day(year, 12, 15)));
        let started = built.map_or(day(2024, 9, 2), |built| built.plus_days(-rng.between(180, 420)));
        let there = teachers_on(staff, built.unwrap_or(started), Some(MAJORS[major].department));
        Course {
            name,
            major,
            basis: rng.word(&["国家课程标准", "国家标准", "省课程标准", "校本课程"]),
            hours: rng.between(6, 20) * 10,
            leader: *rng.pick(&there),
            started,
            built,
            // The oldest one gave way to a newer one.
            retired: (place == 3).then(|| day(2023, 8, 31)),
        }
    });
    all.collect()
}

const TASKS: [&str; 3] = ["样例件的完成", "企业订单件的完成", "综合任务的完成"];

/// Three learning tasks for each finished course.
pub(super) fn tasks(seed: u64, courses: &[Course], firms: &[Firm]) -> Vec<Task> {
    let mut rng = Rng::new(seed, "learning tasks");
    let finished = (0..courses.len()).filter(|&c| courses[c].built.is_some());
    let three = finished.flat_map(|course| (0..3).map(move |place| (course, place)));
    let all = three.map(|(course, place)| Task {
        course,
        name: format!("{}——{}", courses[course].name, TASKS[place]),
        place: place as i64 + 1,
        firm: (place == 1).then(|| rng.below(firms.len())),
        hours: [4, 4, 2, 16, 6, 4].map(|hours| hours + rng.between(0, 2)),
    });
    all.collect()
}

const OBJECTS: [&str; 16] = [
    "传动轴",
    "法兰盘",
    "连杆",
    "箱体",
    "导柱",
    "型腔",
    "冲头",
    "夹具",
    "控制柜",
    "输送线",
    "机械手",
    "传感器支架",
    "电池包",
    "电机壳",
    "详情页",
    "直播脚本",
];
const VERBS: [&str; 8] = ["加工", "检测", "装配", "优化设计", "质量改进", "工艺编制", "返修", "打样"];
/// Projects finished in each year.
const PROJECTS: [(i32, usize); 3] = [(2022, 26), (2023, 39), (2024, 48)];

/// Teaching projects.
pub(super) fn projects(seed: u64, courses: &[Course], firms: &[Firm], staff: &[Staff]) -> Vec<Project> {
    let mut rng = Rng::new(seed, "teaching projects");
    let mut all = Vec::new();
    for (year, count) in PROJECTS {
        for _ in 0..count {
            let place = all.len();
            let completed = day_in(&mut rng, day(year, 2, 20), day(year, 12, 20));
            let object = place % OBJECTS.len();
            // What is sold belongs to commerce, what moves to the electricians, the rest to machining.
            let major = match object {
                0..8 => [0, 1, 2, 3][place % 4],
                8..14 => [4, 5, 6, 7][place % 4],
                _ => 8,
            };
            let there = teachers_on(staff, completed, Some(MAJORS[major].department));
            let of_major: Vec<usize> = (0..courses.len())
                .filter(|&c| courses[c].major == major && courses[c].built.is_some_and(|built| built <= completed))
                .collect();
            let team = 2 + rng.below(2);
            all.push(Project {
                name: format!("{}{}项目", OBJECTS[object], VERBS[place / OBJECTS.len() % VERBS.len()]),
                firm: rng.below(firms.len()),
                major,
                course: (!of_major.is_empty() && rng.chance(60)).then(|| *rng.pick(&of_major)),
                team: rng.some(&there, team),
                hours: rng.between(4, 20) * 2,
                started: completed.plus_days(-rng.between(40, 200)),
                completed,
            });
        }
    }
    all
}
