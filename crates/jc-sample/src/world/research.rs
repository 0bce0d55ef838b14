//! Papers and research projects, and what became of them.

use super::contest_plan::Rank;
use super::staff::{Staff, teachers_on};
use crate::days::{day, day_in};
use crate::rng::Rng;
use jc_base::Date;

/// A paper.
pub(crate) struct Paper {
    pub(crate) title: String,
    /// Positions in the list of staff; the first is the first author.
    pub(crate) authors: Vec<usize>,
    pub(crate) field: &'static str,
}

/// Something that happened to a paper.
pub(crate) struct PaperOutcome {
    /// Position in the list of papers.
    pub(crate) paper: usize,
    pub(crate) kind: &'static str,
    pub(crate) venue: String,
    pub(crate) level: Option<Rank>,
    pub(crate) grade: Option<&'static str>,
    pub(crate) on: Date,
}

/// A research project.
pub(crate) struct Research {
    pub(crate) title: String,
    pub(crate) authority: &'static str,
    pub(crate) number: Option<String>,
    pub(crate) level: Rank,
    /// Positions in the list of staff; the first leads.
    pub(crate) team: Vec<usize>,
    /// In yuan.
    pub(crate) funds: Option<i64>,
    pub(crate) started: Date,
}

/// Something that happened to a research project.
pub(crate) struct ResearchOutcome {
    /// Position in the list of projects.
    pub(crate) project: usize,
    pub(crate) kind: &'static str,
    pub(crate) on: Date,
    pub(crate) award: Option<(Rank, &'static str)>,
}

/// A year of papers.
struct PaperYear {
    year: i32,
    published: usize,
    /// Awards: level, grade, how many. The first of them go to papers published in the same year.
    awarded: &'static [(Rank, &'static str, usize)],
    /// Papers both published and awarded in the year.
    both: usize,
    /// Awards for papers published the year before.
    older: usize,
    presented: usize,
}

const PAPERS: [PaperYear; 3] = [
    PaperYear {
        year: 2022,
        published: 36,
        awarded: &[(Rank::City, "一等奖", 5), (Rank::City, "二等奖", 8), (Rank::County, "二等奖", 7)],
        both: 5,
        older: 0,
        presented: 3,
    },
    PaperYear {
        year: 2023,
        published: 44,
        awarded: &[
            (Rank::City, "一等奖", 8),
            (Rank::City, "二等奖", 9),
            (Rank::County, "一等奖", 5),
            (Rank::Province, "三等奖", 4),
        ],
        both: 7,
        older: 3,
        presented: 5,
    },
    PaperYear {
        year: 2024,
        published: 52,
        awarded: &[
            (Rank::City, "一等奖", 12),
            (Rank::City, "二等奖", 10),
            (Rank::City, "三等奖", 4),
            (Rank::County, "一等奖", 5),
            (Rank::Province, "三等奖", 3),
        ],
        both: 10,
        older: 4,
        presented: 6,
    },
];

const TOPICS: [&str; 12] = [
    "工学一体化课程的任务设计",
    "学习工作站的布置",
    "中德双元课程的本土化",
    "技能竞赛与课堂的衔接",
    "班主任工作的细节",
    "跨学科体验课程的开发",
    "机电专业的项目教学",
    "模具专业的校企共同开发",
    "电子商务直播课的评价",
    "实训安全教育",
    "学生职业素养的养成",
    "教师企业实践的成效",
];
const MANNERS: [&str; 8] = ["研究", "实践与思考", "案例分析", "策略", "路径探索", "评价改革", "再认识", "行动研究"];
const JOURNALS: [&str; 6] =
    ["样本职业教育", "示例教育研究", "范本技工教育", "样本教学参考", "示例机械教育", "虚构课程与教学"];

/// Papers and their outcomes.
pub(super) fn papers(seed: u64, staff: &[Staff]) -> (Vec<Paper>, Vec<PaperOutcome>) {
    let mut rng = Rng::new(seed, "papers");
    let (mut papers, mut outcomes) = (Vec::<Paper>::new(), Vec::<PaperOutcome>::new());
    let mut published_before: Vec<usize> = Vec::new();
    for plan in PAPERS {
        let mut paper = |rng: &mut Rng| {
            let there = teachers_on(staff, day(plan.year, 1, 10), None);
            let authors = 1 + usize::from(rng.chance(30)) + usize::from(rng.chance(8));
            let place = papers.len();
            let (topic, manner) = (TOPICS[place % TOPICS.len()], MANNERS[place / TOPICS.len() % MANNERS.len()]);
            // Later rounds of the same words get a subtitle.
            let subtitle = match place / (TOPICS.len() * MANNERS.len()) {
                0 => "",
                1 => "——以示例技师学院为例",
                _ => "——基于三年的数据",
            };
            papers.push(Paper {
                title: format!("{topic}{manner}{subtitle}"),
                authors: rng.some(&there, authors),
                field: rng.word(&["机械", "电气", "商贸", "德育", "语文", "数学"]),
            });
            place
        };
        let published: Vec<usize> = (0..plan.published).map(|_| paper(&mut rng)).collect();
        for &paper in &published {
            outcomes.push(PaperOutcome {
                paper,
                kind: "发表",
                venue: format!("{}{}年第{}期", rng.pick(&JOURNALS), plan.year, rng.between(1, 12)),
                level: Some(*rng.pick(&[Rank::Province, Rank::Province, Rank::Nation])).filter(|_| !rng.chance(12)),
                grade: None,
                on: day_in(&mut rng, day(plan.year, 1, 15), day(plan.year, 12, 20)),
            });
        }
        let awards = plan.awarded.iter().flat_map(|&(level, grade, count)| std::iter::repeat_n((level, grade), count));
        for (place, (level, grade)) in awards.enumerate() {
            let awarded = match place {
                p if p < plan.both => published[p],
                p if p < plan.both + plan.older => published_before[p],
                _ => paper(&mut rng),
            };
            let who = match level {
                Rank::County => "示例市教学论文评选",
                Rank::City => "样本市教育教学论文评选",
                _ => "全省技工院校论文评选",
            };
            outcomes.push(PaperOutcome {
                paper: awarded,
                kind: "获奖",
                venue: format!("{}年{who}", plan.year),
                level: Some(level),
                grade: Some(grade),
                on: day_in(&mut rng, day(plan.year, 5, 10), day(plan.year, 12, 15)),
            });
        }
        for _ in 0..plan.presented {
            outcomes.push(PaperOutcome {
                paper: paper(&mut rng),
                kind: "交流",
                venue: format!("{}年学徒制研讨会", plan.year),
                level: None,
                grade: None,
                on: day(plan.year, 10, 26),
            });
        }
        published_before = published;
    }
    (papers, outcomes)
}

/// Projects approved in each year; those before 2022 are older than the register of their events.
const APPROVED: [(i32, usize); 5] = [(2020, 12), (2021, 14), (2022, 16), (2023, 18), (2024, 21)];

/// A year of what happened to projects, beside the approvals.
struct ResearchYear {
    year: i32,
    concluded: usize,
    /// Awards: level and grade. As many as `both` go to projects concluded in the same year.
    awarded: &'static [(Rank, &'static str)],
    both: usize,
    mid_term: usize,
    extended: usize,
    /// Positions of projects of 2023 that nobody concludes.
    withdrawn: &'static [usize],
}

const OUTCOMES: [ResearchYear; 3] = [
    ResearchYear {
        year: 2022,
        concluded: 11,
        awarded: &[
            (Rank::City, "二等奖"),
            (Rank::City, "三等奖"),
            (Rank::County, "一等奖"),
            (Rank::County, "二等奖"),
            (Rank::County, "三等奖"),
        ],
        both: 5,
        mid_term: 6,
        extended: 1,
        withdrawn: &[],
    },
    ResearchYear {
        year: 2023,
        concluded: 14,
        awarded: &[
            (Rank::City, "二等奖"),
            (Rank::City, "二等奖"),
            (Rank::City, "三等奖"),
            (Rank::County, "一等奖"),
            (Rank::County, "一等奖"),
            (Rank::County, "二等奖"),
            (Rank::County, "三等奖"),
            (Rank::County, "三等奖"),
        ],
        both: 3,
        mid_term: 8,
        extended: 1,
        withdrawn: &[59],
    },
    ResearchYear {
        year: 2024,
        concluded: 18,
        awarded: &[
            (Rank::City, "一等奖"),
            (Rank::City, "二等奖"),
            (Rank::City, "二等奖"),
            (Rank::City, "二等奖"),
            (Rank::City, "三等奖"),
            (Rank::City, "三等奖"),
            (Rank::City, "三等奖"),
            (Rank::County, "一等奖"),
            (Rank::County, "一等奖"),
            (Rank::County, "二等奖"),
            (Rank::County, "二等奖"),
            (Rank::County, "三等奖"),
            (Rank::County, "三等奖"),
        ],
        both: 5,
        mid_term: 9,
        extended: 2,
        withdrawn: &[58],
    },
];

/// Who approves projects, and at which level.
const AUTHORITIES: [(&str, Rank); 4] = [
    ("样本市教育规划办", Rank::City),
    ("示例市教育局", Rank::County),
    ("省技工院校教研室", Rank::Province),
    ("样本市人力资源和社会保障局", Rank::City),
];

/// Projects and their outcomes.
pub(super) fn projects(seed: u64, staff: &[Staff]) -> (Vec<Research>, Vec<ResearchOutcome>) {
    let mut rng = Rng::new(seed, "research projects");
    let (mut projects, mut outcomes) = (Vec::new(), Vec::new());
    for (year, count) in APPROVED {
        for _ in 0..count {
            let place: usize = projects.len();
            let started = day_in(&mut rng, day(year, 2, 20), day(year, 6, 30));
            let (authority, level) = AUTHORITIES[place % AUTHORITIES.len()];
            let team = 2 + rng.below(3);
            projects.push(Research {
                title: format!(
                    "{}的{}",
                    TOPICS[place * 5 % TOPICS.len()],
                    MANNERS[place / TOPICS.len() % MANNERS.len()]
                ),
                authority,
                number: (!rng.chance(10)).then(|| format!("KT{year}-{:03}", place + 1)),
                level,
                team: rng.some(&teachers_on(staff, started, None), team),
                funds: rng.chance(60).then(|| rng.between(2, 20) * 1_000),
                started,
            });
            if year >= 2022 {
                outcomes.push(ResearchOutcome { project: place, kind: "立项", on: started, award: None });
            }
        }
    }
    // In the order of approval, each year goes on where the year before stopped.
    let mut next = 0;
    let mut concluded_before: Vec<usize> = Vec::new();
    for plan in OUTCOMES {
        let concluded: Vec<usize> = (next..next + plan.concluded).collect();
        next += plan.concluded;
        let waiting = next..next + plan.mid_term + plan.extended;
        let on = |rng: &mut Rng, from: u32, to: u32| day_in(rng, day(plan.year, from, 1), day(plan.year, to, 20));
        for &project in &concluded {
            outcomes.push(ResearchOutcome { project, kind: "结题", on: on(&mut rng, 7, 10), award: None });
        }
        for (place, award) in plan.awarded.iter().enumerate() {
            let project = match place < plan.both {
                true => concluded[place],
                false => concluded_before[place - plan.both],
            };
            outcomes
                .push(ResearchOutcome { project, kind: "成果获奖", on: on(&mut rng, 11, 12), award: Some(*award) });
        }
        for (place, project) in waiting.enumerate() {
            let kind = if place < plan.mid_term { "中期" } else { "延期" };
            outcomes.push(ResearchOutcome { project, kind, on: on(&mut rng, 7, 12), award: None });
        }
        for &project in plan.withdrawn {
            outcomes.push(ResearchOutcome { project, kind: "撤项", on: on(&mut rng, 9, 12), award: None });
        }
        concluded_before = concluded;
    }
    (projects, outcomes)
}
