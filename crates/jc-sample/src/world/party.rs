//! Party branches and their work: meetings, theme days, posts, mentoring, projects, programmes with coined names.

use super::YEARS;
use super::classes::Class;
use super::staff::{DEPARTMENTS, Staff};
use super::students::Student;
use crate::days::{day, day_in};
use crate::rng::Rng;
use jc_base::Date;

/// Everything the party's offices keep. Positions (`usize`) point into the lists of the world or of this struct.
pub(crate) struct Party {
    pub(crate) branches: Vec<Branch>,
    pub(crate) meetings: Vec<Meeting>,
    pub(crate) programmes: &'static [Programme],
    pub(crate) activities: Vec<Activity>,
    pub(crate) posts: Vec<VanguardPost>,
    pub(crate) pairs: Vec<Pair>,
    pub(crate) contacts: Vec<Contact>,
    pub(crate) projects: Vec<Project>,
}

/// A branch.
pub(crate) struct Branch {
    pub(crate) name: &'static str,
    /// Position in [`DEPARTMENTS`], where it belongs to one.
    pub(crate) department: Option<usize>,
    pub(crate) secretary: usize,
    pub(crate) committee: i64,
    pub(crate) groups: i64,
    pub(crate) founded: Date,
    pub(crate) closed: Option<Date>,
    /// Positions in the list of staff.
    pub(crate) members: Vec<usize>,
}

/// A meeting or lecture of a branch.
pub(crate) struct Meeting {
    pub(crate) branch: usize,
    /// As the branches write it.
    pub(crate) kind: &'static str,
    pub(crate) on: Date,
    pub(crate) topic: &'static str,
    pub(crate) chair: usize,
    pub(crate) recorder: usize,
    pub(crate) due: i64,
    pub(crate) present: i64,
    pub(crate) resolution: Option<&'static str>,
}

/// A programme with a name of its own: since when, made of what.
pub(crate) struct Programme {
    pub(crate) name: &'static str,
    pub(crate) meaning: &'static str,
    pub(crate) since: (i32, u32, u32),
    pub(crate) parts: &'static [&'static str],
    /// A part that was replaced.
    pub(crate) former: Option<FormerPart>,
}

/// A part that no longer belongs to its programme.
pub(crate) struct FormerPart {
    pub(crate) name: &'static str,
    /// The last day; it began with the programme.
    pub(crate) until: (i32, u32, u32),
}

/// A theme day or another activity.
pub(crate) struct Activity {
    pub(crate) kind: &'static str,
    pub(crate) theme: String,
    pub(crate) on: Date,
    pub(crate) branches: Vec<usize>,
    pub(crate) programme: Option<usize>,
    pub(crate) form: &'static str,
    pub(crate) participants: Option<i64>,
}

/// A vanguard post.
pub(crate) struct VanguardPost {
    pub(crate) no: String,
    pub(crate) title: String,
    pub(crate) field: &'static str,
    pub(crate) holder: usize,
    pub(crate) branch: usize,
    pub(crate) from: Date,
    pub(crate) until: Option<Date>,
}

/// A mentor and a student.
pub(crate) struct Pair {
    pub(crate) no: String,
    pub(crate) mentor: usize,
    pub(crate) student: usize,
    pub(crate) kind: &'static str,
    pub(crate) from: Date,
    pub(crate) until: Option<Date>,
}

/// One contact within a pair.
pub(crate) struct Contact {
    pub(crate) pair: usize,
    pub(crate) on: Date,
    pub(crate) form: &'static str,
    pub(crate) minutes: Option<i64>,
}

/// A project or topic.
pub(crate) struct Project {
    pub(crate) title: &'static str,
    pub(crate) topic: bool,
    pub(crate) level: &'static str,
    pub(crate) authority: &'static str,
    pub(crate) branch: usize,
    pub(crate) state: &'static str,
    pub(crate) on: Date,
    pub(crate) document: &'static str,
}

pub(super) fn build(seed: u64, classes: &[Class], students: &[Student], staff: &[Staff]) -> Party {
    let branches = branches(staff);
    let mut rng = Rng::new(seed, "party");
    let meetings = meetings(&mut rng, &branches);
    let activities = activities(&mut rng, &branches);
    let posts = posts(&mut rng, &branches, staff);
    let pairs = pairs(&mut rng, classes, students, &branches);
    let contacts = contacts(&mut rng, &pairs);
    Party { branches, meetings, programmes: PROGRAMMES, activities, posts, pairs, contacts, projects: projects() }
}

/// Name, the departments its members come from, committee members, groups.
const BRANCHES: &[(&str, &[usize], i64, i64)] = &[
    ("智能制造学院党支部", &[0], 5, 3),
    ("机电工程学院党支部", &[1], 5, 2),
    ("商贸信息学院党支部", &[2], 3, 2),
    ("人文学院党支部", &[3], 3, 2),
    ("机关第一党支部", &[4, 5, 6], 3, 1),
    ("机关第二党支部", &[7, 8, 9, 10, 11, 12, 13], 3, 1),
];

/// Full and probationary members of the party who are still there.
fn is_member(person: &Staff) -> bool {
    matches!(person.political, "01" | "02") && person.left.is_none()
}

fn branches(staff: &[Staff]) -> Vec<Branch> {
    let of = |departments: &[usize]| -> Vec<usize> {
        let mut members: Vec<usize> =
            (0..staff.len()).filter(|&s| is_member(&staff[s]) && departments.contains(&staff[s].department)).collect();
        // Whoever came first leads.
        members.sort_by_key(|&s| (staff[s].joined, s));
        members
    };
    let mut all: Vec<Branch> = BRANCHES
        .iter()
        .map(|&(name, departments, committee, groups)| {
            let members = of(departments);
            let department = (departments.len() == 1).then(|| departments[0]);
            Branch {
                name,
                department,
                secretary: members[0],
                committee,
                groups,
                founded: day(2018, 6, 20),
                closed: None,
                members,
            }
        })
        .collect();
    // Merged into the others years ago; its records stay.
    let members = of(&[0]);
    all.push(Branch {
        name: "实训中心党支部",
        department: None,
        secretary: members[1],
        committee: 0,
        groups: 1,
        founded: day(2018, 6, 20),
        closed: Some(day(2023, 6, 30)),
        members,
    });
    all
}

/// Branch (position), year, and the month in which it did not meet: what a coverage list must show.
const MISSED_MONTHS: &[(usize, i32, u32)] = &[(2, 2024, 5), (3, 2024, 9), (5, 2024, 11), (5, 2023, 4)];
/// Branch and quarter of 2024 without a general meeting.
const MISSED_QUARTERS: &[(usize, u32)] = &[(3, 9)];

fn meetings(rng: &mut Rng, branches: &[Branch]) -> Vec<Meeting> {
    let mut all = Vec::new();
    for year in YEARS {
        for (branch, it) in branches.iter().enumerate().filter(|(_, b)| b.closed.is_none()) {
            for month in (1..=12).filter(|month| *month != 8 && !MISSED_MONTHS.contains(&(branch, year, *month))) {
                if month % 3 == 0 && !(year == 2024 && MISSED_QUARTERS.contains(&(branch, month))) {
                    all.push(meeting(rng, branch, it, "党员大会", day(year, month, 20)));
                }
                all.push(meeting(rng, branch, it, "支委会", day(year, month, 4)));
                if month % 2 == 0 {
                    all.push(meeting(rng, branch, it, "党小组会", day(year, month, 12)));
                }
            }
            all.push(meeting(rng, branch, it, "党课", day(year, 6, 26)));
        }
    }
    all.sort_by_key(|meeting| (meeting.on, meeting.branch));
    all
}

fn meeting(rng: &mut Rng, branch: usize, it: &Branch, kind: &'static str, on: Date) -> Meeting {
    let due = if kind == "支委会" { it.committee } else { it.members.len() as i64 };
    let away = rng.between(0, due / 6);
    let topic = match kind {
        "党员大会" => rng.word(&["组织生活会", "发展党员", "民主评议党员", "传达上级会议精神"]),
        "支委会" => rng.word(&["研究支部工作", "研究发展对象", "部署主题党日", "研究结对帮扶"]),
        "党课" => "专题党课",
        _ => rng.word(&["集中学习", "党小组学习讨论", "谈心谈话"]),
    };
    let decides = kind == "党员大会" || (kind == "支委会" && rng.chance(35));
    Meeting {
        branch,
        kind,
        on: on.plus_days(rng.between(0, 5)),
        topic,
        chair: it.secretary,
        recorder: it.members[1 % it.members.len()],
        due,
        present: due - away,
        resolution: decides.then(|| rng.word(&["一致通过", "表决通过", "同意"])),
    }
}

/// The sample's programmes: the names are of the kind schools give, the parts are invented.
const PROGRAMMES: &[Programme] = &[
    Programme {
        name: "三典四活动",
        meaning: "课程体系名目；组成为合成示例",
        since: (2021, 9, 1),
        parts: &["开学典礼", "成人典礼", "毕业典礼", "读书活动", "节日活动", "劳动活动", "志愿活动"],
        former: None,
    },
    Programme {
        name: "四个一结对帮扶",
        meaning: "结对帮扶的做法；组成为合成示例",
        since: (2021, 3, 1),
        parts: &["每月一次谈心", "每学期一次家访", "每学年一份成长计划", "每周一次课业辅导"],
        former: Some(FormerPart { name: "每学期一次电话联系", until: (2022, 8, 31) }),
    },
    Programme {
        name: "青马工程",
        meaning: "学生骨干培养；组成为合成示例",
        since: (2020, 3, 1),
        parts: &["理论学习", "实践锻炼", "志愿服务", "交流研讨"],
        former: None,
    },
    Programme {
        name: "四大文化节",
        meaning: "每年举办的校园文化节；组成为合成示例",
        since: (2019, 9, 1),
        parts: &["读书文化节", "体育文化节", "艺术文化节", "技能文化节"],
        former: Some(FormerPart { name: "社团文化节", until: (2021, 8, 31) }),
    },
    Programme {
        name: "双元六共",
        meaning: "国际化培养项目名目；组成为合成示例",
        since: (2022, 3, 1),
        parts: &["共商方案", "共建课程", "共组团队", "共享基地", "共施评价", "共育人才"],
        former: None,
    },
    Programme {
        name: "五阶成长路径",
        meaning: "教师成长的五个阶段，见成长路径",
        since: (2021, 9, 1),
        parts: &["新手", "生手", "熟手", "能手", "专家"],
        former: None,
    },
];

/// Theme, month, day, form.
const THEMES: &[(&str, u32, u32, &str)] = &[
    ("学习雷锋 服务社区", 3, 5, "志愿服务"),
    ("清明祭英烈", 4, 2, "实地参观"),
    ("劳模工匠进校园", 5, 7, "报告会"),
    ("重温入党誓词", 7, 1, "集中学习"),
    ("师德师风专题研讨", 9, 9, "研讨"),
    ("共富工坊助农直播", 10, 15, "志愿服务"),
    ("参观红色教育基地", 1, 12, "实地参观"),
    ("结对帮扶集中走访", 11, 12, "走访"),
    ("宪法学习日", 12, 4, "集中学习"),
    ("安全生产与实训整理", 6, 11, "义务劳动"),
];
/// How many theme days were held in a year.
const HELD: [usize; 3] = [8, 9, 10];

fn activities(rng: &mut Rng, branches: &[Branch]) -> Vec<Activity> {
    let open: Vec<usize> = (0..branches.len()).filter(|&b| branches[b].closed.is_none()).collect();
    let mut all = Vec::new();
    for (year, held) in YEARS.into_iter().zip(HELD) {
        for &(theme, month, on, form) in &THEMES[..held] {
            let whole = rng.chance(60);
            let branches = if whole { open.clone() } else { rng.some(&open, 2) };
            all.push(Activity {
                kind: "主题党日",
                theme: format!("{year}年“{theme}”主题党日"),
                on: day(year, month, on),
                participants: (!rng.chance(8)).then(|| branches.len() as i64 * rng.between(9, 14)),
                branches,
                programme: theme.contains("结对帮扶").then_some(1),
                form,
            });
        }
        for (theme, month, programme) in
            [("党员风采微视频展播", 5, None), ("优秀教师评选宣传", 9, None), ("学生骨干培训班开班", 10, Some(2))]
        {
            all.push(Activity {
                kind: if programme.is_some() { "教育培训" } else { "宣传推选" },
                theme: format!("{year}年{theme}"),
                on: day(year, month, 18),
                branches: Vec::new(),
                programme,
                form: "集中组织",
                participants: Some(rng.between(40, 160)),
            });
        }
    }
    all.sort_by_key(|activity| activity.on);
    all
}

/// Field, titles, posts held at the end of 2024, posts given up before.
const POSTS: &[(&str, &[&str], usize, usize)] = &[
    ("教学", &["课堂教学", "工学一体化课程开发", "青年教师指导", "毕业班教学"], 28, 4),
    ("管理", &["行政服务", "教务管理", "财务与资产管理"], 12, 2),
    ("学生工作", &["班级管理", "心理关爱", "宿舍值守"], 15, 2),
    ("实训竞赛", &["竞赛集训", "实训室安全"], 10, 1),
    ("校企合作", &["企业对接", "社会培训"], 8, 0),
    ("后勤安全", &["校园安全"], 6, 1),
];

fn posts(rng: &mut Rng, branches: &[Branch], staff: &[Staff]) -> Vec<VanguardPost> {
    // All members in turn: with seventy-nine posts a few hold two.
    let mut members: Vec<(usize, usize)> = branches
        .iter()
        .enumerate()
        .filter(|(_, branch)| branch.closed.is_none())
        .flat_map(|(b, branch)| branch.members.iter().map(move |&s| (b, s)))
        .collect();
    rng.shuffle(&mut members);
    let mut all = Vec::new();
    for &(field, titles, held, given_up) in POSTS {
        for place in 0..held + given_up {
            let (branch, holder) = members[all.len() % members.len()];
            let begun = *rng.pick(&[day(2021, 3, 1), day(2022, 3, 1), day(2023, 3, 1), day(2024, 3, 1)]);
            let from = if place < held { begun } else { day(2021, 3, 1) };
            let from = from.max(staff[holder].joined);
            let until = match place < held {
                // Some are given for a term that ends later.
                true => rng.chance(30).then(|| day(2026, 2, 28)),
                false => Some(*rng.pick(&[day(2023, 2, 28), day(2024, 2, 29)])).filter(|until| *until > from),
            };
            if place >= held && until.is_none() {
                continue;
            }
            let number = all.len() + 1;
            let title = format!("{}先锋岗（{number:02}）", titles[place % titles.len()]);
            all.push(VanguardPost { no: format!("XFG{number:03}"), title, field, holder, branch, from, until });
        }
    }
    all
}

/// Different students in a pair on some day of 2024, those of them who came over from 2023, and who changed the mentor.
const MENTORED: (usize, usize, usize) = (326, 118, 9);
/// Pairs of the years before that ended within their year.
const BEFORE: [(i32, usize); 2] = [(2022, 204), (2023, 171)];

fn pairs(rng: &mut Rng, classes: &[Class], students: &[Student], branches: &[Branch]) -> Vec<Pair> {
    let mut mentors: Vec<usize> =
        branches.iter().filter(|b| b.closed.is_none()).flat_map(|b| b.members.iter().copied()).collect();
    rng.shuffle(&mut mentors);
    let mut all: Vec<Pair> = Vec::new();
    let add = |rng: &mut Rng, all: &mut Vec<Pair>, student: usize, from: Date, until: Option<Date>| {
        let mentor = mentors[all.len() % mentors.len()];
        let serial = all.iter().filter(|pair| pair.from.year() == from.year()).count() + 1;
        all.push(Pair {
            no: format!("JD{}-{serial:03}", from.year()),
            mentor,
            student,
            kind: rng.word(&["学业困难", "学困", "家庭困难", "家困", "心理关爱", "行为习惯"]),
            from,
            until,
        });
    };
    let there = |from: Date, late: Date| -> Vec<usize> {
        (0..students.len()).filter(|&s| students[s].present(from) && students[s].present(late)).collect()
    };
    for (year, count) in BEFORE {
        let pool = there(day(year, 3, 12), day(year, 6, 20));
        for student in rng.some(&pool, count) {
            let from = day_in(rng, day(year, 3, 1), day(year, 3, 12));
            let end = day(year, 12, 20);
            let leaves = classes[students[student].class].closed.is_some_and(|closed| closed < end);
            add(rng, &mut all, student, from, Some(if leaves { day(year, 6, 20) } else { end }));
        }
    }
    let (total, came_over, changed) = MENTORED;
    let mut pool = there(day(2023, 9, 20), day(2024, 10, 8));
    rng.shuffle(&mut pool);
    for (place, student) in pool[..came_over].iter().copied().enumerate() {
        let from = day_in(rng, day(2023, 9, 5), day(2023, 9, 20));
        if place < changed {
            add(rng, &mut all, student, from, Some(day(2024, 2, 20)));
            // The next in turn is another mentor.
            add(rng, &mut all, student, day(2024, 2, 26), None);
        } else {
            let until = rng.chance(60).then(|| day(2024, 6, 28));
            add(rng, &mut all, student, from, until);
        }
    }
    for &student in &pool[came_over..total] {
        let from = day_in(rng, day(2024, 3, 1), day(2024, 3, 15));
        let until = rng.chance(25).then(|| day(2024, 12, 20));
        add(rng, &mut all, student, from, until);
    }
    all
}

fn contacts(rng: &mut Rng, pairs: &[Pair]) -> Vec<Contact> {
    let mut all = Vec::new();
    for (pair, it) in pairs.iter().enumerate() {
        // A few pairs were made and never seen to: what a coverage list must show.
        if rng.chance(12) {
            continue;
        }
        let last = it.until.unwrap_or(day(2024, 12, 20));
        let on = day_in(rng, it.from.plus_days(7), it.from.plus_days(60).min(last));
        all.push(contact(rng, pair, on));
        let later = on.plus_days(rng.between(50, 90));
        if later <= last && rng.chance(25) {
            all.push(contact(rng, pair, later));
        }
    }
    all
}

fn contact(rng: &mut Rng, pair: usize, on: Date) -> Contact {
    let form = rng.word(&["当面谈话", "谈话", "谈心谈话", "上门走访", "电话", "微信"]);
    Contact { pair, on, form, minutes: (!rng.chance(15)).then(|| 5 * rng.between(3, 14)) }
}

fn projects() -> Vec<Project> {
    let project = |title, topic, level, (authority, document), branch, state, (year, month, on)| Project {
        title,
        topic,
        level,
        authority,
        branch,
        state,
        on: day(year, month, on),
        document,
    };
    vec![
        project(
            "“示例+产业”党建品牌",
            false,
            "县级",
            ("示例市教育局党委", "示教党〔2024〕18号"),
            1,
            "获评",
            (2024, 6, 18),
        ),
        project(
            "技工院校支部建在专业群上的实践研究",
            true,
            "市级",
            ("样本市教育局", "样教〔2024〕41号"),
            0,
            "立项",
            (2024, 4, 22),
        ),
        project("先锋岗评议办法研究", true, "校级", ("", ""), 4, "申报", (2024, 11, 5)),
        project("结对帮扶工作法", false, "县级", ("示例市教育局党委", "示教党〔2023〕9号"), 3, "获评", (2023, 6, 20)),
        project("党员教师带徒机制研究", true, "县级", ("示例市教育局", "示教〔2023〕33号"), 2, "结题", (2023, 11, 28)),
        project("红色工匠讲堂", false, "校级", ("校党委", ""), 0, "获评", (2022, 6, 30)),
    ]
}

/// The department a branch stands beside, in words.
pub(crate) fn department_of(branch: &Branch) -> &'static str {
    branch.department.map_or("", |department| DEPARTMENTS[department].0)
}
