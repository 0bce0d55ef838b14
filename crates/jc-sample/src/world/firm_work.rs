//! Work for firms and villages: technical services, project awards, workshops.

use super::firms::Firm;
use super::staff::{Staff, teachers_on};
use super::students::Student;
use crate::days::{day, day_in};
use crate::rng::Rng;
use jc_base::Date;

/// A technical service.
pub(crate) struct TechService {
    pub(crate) name: String,
    /// Position in the list of firms.
    pub(crate) firm: usize,
    pub(crate) kind: &'static str,
    pub(crate) department: usize,
    /// Positions in the list of staff; the first leads.
    pub(crate) team: Vec<usize>,
    pub(crate) signed: Date,
    pub(crate) completed: Date,
    /// In yuan, as everything below: agreed, received, and what the firm certifies with its basis.
    pub(crate) amount: Option<i64>,
    pub(crate) received: Option<i64>,
    pub(crate) benefit: Option<(i64, &'static str)>,
}

impl TechService {
    /// Whether it was a problem solved, rather than a contract.
    pub(crate) fn is_problem(&self) -> bool {
        self.kind == "技术攻关"
    }
}

/// An award won by a project, all of county level.
pub(crate) struct ProjectAward {
    pub(crate) project: String,
    pub(crate) edition: &'static str,
    pub(crate) grade: &'static str,
    /// Position in the list of services.
    pub(crate) service: usize,
    pub(crate) on: Date,
}

/// A workshop.
pub(crate) struct Workshop {
    pub(crate) name: &'static str,
    pub(crate) kind: &'static str,
    pub(crate) village: &'static str,
    pub(crate) association: Option<&'static str>,
    pub(crate) firms: Vec<usize>,
    pub(crate) started: Date,
    pub(crate) ended: Option<Date>,
}

/// A session of a workshop.
pub(crate) struct Session {
    /// Position in the list of workshops.
    pub(crate) workshop: usize,
    pub(crate) title: String,
    pub(crate) on: Date,
    pub(crate) teachers: Vec<usize>,
    pub(crate) students: Vec<usize>,
    /// In yuan; nothing if the platform gave no number.
    pub(crate) sales: Option<i64>,
}

/// Everything done for firms and villages.
pub(crate) struct FirmWork {
    pub(crate) services: Vec<TechService>,
    pub(crate) awards: Vec<ProjectAward>,
    pub(crate) workshops: Vec<Workshop>,
    pub(crate) sessions: Vec<Session>,
}

/// Kind, and the benefit each firm certifies in thousands of yuan; 0 where it certified none.
type Done = (&'static str, &'static [i64]);
const DONE: [(i32, &[Done]); 3] = [
    (2022, &[("技术转让", &[120]), ("技术攻关", &[210, 0, 95, 340, 160, 0]), ("技术服务", &[0, 0])]),
    (
        2023,
        &[
            ("技术转让", &[260, 0]),
            ("技术攻关", &[310, 420, 0, 275, 190, 530, 0, 366]),
            ("技术服务", &[0, 140]),
            ("技术开发", &[505]),
        ],
    ),
    (
        2024,
        &[
            ("技术转让", &[380, 0, 245]),
            ("技术攻关", &[620, 455, 0, 512, 388, 290, 604, 0, 173, 336, 418, 241]),
            ("技术服务", &[0, 86, 0]),
            ("技术开发", &[112, 0]),
            ("技术咨询", &[0]),
        ],
    ),
];
const THINGS: [&str; 14] = [
    "储气罐模具",
    "阀体夹具",
    "箱包拉杆模",
    "风机叶轮",
    "压铸件气孔",
    "导轨磨损",
    "电机端盖",
    "输送线节拍",
    "焊接变形",
    "视觉检测",
    "刀具寿命",
    "注塑翘曲",
    "控制程序",
    "能耗监测",
];

pub(super) fn build(seed: u64, firms: &[Firm], staff: &[Staff], students: &[Student]) -> FirmWork {
    let mut rng = Rng::new(seed, "firm work");
    let services = services(&mut rng, firms, staff);
    let awards = awards(&services);
    let workshops = workshops(&mut rng, firms);
    let sessions = sessions(&mut rng, &workshops, staff, students);
    FirmWork { services, awards, workshops, sessions }
}

fn services(rng: &mut Rng, firms: &[Firm], staff: &[Staff]) -> Vec<TechService> {
    let mut all: Vec<TechService> = Vec::new();
    for (year, kinds) in DONE {
        let each = kinds.iter().flat_map(|(kind, benefits)| benefits.iter().map(move |benefit| (*kind, *benefit)));
        for (kind, thousands) in each {
            let place = all.len();
            let completed = day_in(rng, day(year, 3, 1), day(year, 12, 10));
            let department = place % 3;
            let ending = match kind {
                "技术攻关" => "技术难题攻关",
                "技术转让" => "技术转让",
                "技术咨询" => "技术咨询",
                "技术开发" => "技术开发",
                _ => "技术服务",
            };
            let contract = kind != "技术攻关";
            let amount = contract.then(|| rng.between(2, 18) * 5_000);
            all.push(TechService {
                name: format!("{year}年{}{ending}", THINGS[place % THINGS.len()]),
                firm: rng.below(firms.len()),
                kind,
                department,
                team: rng.some(&teachers_on(staff, completed, Some(department)), 3),
                signed: completed.plus_days(-rng.between(30, 240)),
                completed,
                amount,
                // The last instalment often comes a year later.
                received: amount.and_then(|amount| match place % 4 {
                    0 => Some(amount / 2),
                    3 => None,
                    _ => Some(amount),
                }),
                benefit: (thousands > 0)
                    .then(|| (thousands * 1_000, rng.word(&["节约成本", "节约成本", "新增产值", "新增利润"]))),
            });
        }
    }
    all
}

fn awards(services: &[TechService]) -> Vec<ProjectAward> {
    let solved = |year: i32, skip: usize| {
        let of_year = |s: &usize| services[*s].is_problem() && services[*s].completed < day(year, 9, 1);
        (0..services.len()).rev().filter(of_year).nth(skip)
    };
    let plan = [
        ("2022", 2022, "三等奖", 0),
        ("2023", 2023, "二等奖", 0),
        ("2024", 2024, "一等奖", 0),
        ("2024", 2024, "三等奖", 1),
    ];
    plan.into_iter()
        .filter_map(|(edition, year, grade, skip)| {
            let service = solved(year, skip)?;
            let project = services[service].name.replace("技术难题攻关", "项目");
            Some(ProjectAward { project, edition, grade, service, on: day(year, 11, 28) })
        })
        .collect()
}

fn workshops(rng: &mut Rng, firms: &[Firm]) -> Vec<Workshop> {
    let mut workshop = |name, kind, village, association, (year, month, on), ended| Workshop {
        name,
        kind,
        village,
        association,
        firms: rng.some(&(0..firms.len()).collect::<Vec<_>>(), 2),
        started: day(year, month, on),
        ended,
    };
    vec![
        workshop("示例村直播共富工坊", "电商直播", "示例村", Some("示例市电子商务协会"), (2023, 4, 18), None),
        workshop("样本村来料加工共富工坊", "来料加工", "样本村", None, (2022, 5, 11), Some(day(2023, 12, 31))),
        workshop("范本村品牌共富工坊", "品牌带动", "范本村", Some("示例市电子商务协会"), (2024, 3, 6), None),
    ]
}

/// Year, workshop, sessions.
const SESSIONS: [(i32, usize, usize); 5] = [(2022, 1, 4), (2023, 0, 7), (2023, 1, 3), (2024, 0, 10), (2024, 2, 4)];

fn sessions(rng: &mut Rng, workshops: &[Workshop], staff: &[Staff], students: &[Student]) -> Vec<Session> {
    let mut all: Vec<Session> = Vec::new();
    for (year, workshop, count) in SESSIONS {
        for _ in 0..count {
            let first = workshops[workshop].started.plus_days(7).max(day(year, 3, 10));
            let on = day_in(rng, first, day(year, 12, 12));
            let there: Vec<usize> = (0..students.len()).filter(|&s| students[s].present(on)).collect();
            let helping = 3 + rng.below(5);
            let what = if workshop == 1 { "来料加工指导" } else { "助农直播" };
            all.push(Session {
                workshop,
                title: format!("{what}第{}场", all.len() + 1),
                on,
                teachers: rng.some(&teachers_on(staff, on, Some(2)), 2),
                students: if workshop == 1 { Vec::new() } else { rng.some(&there, helping) },
                sales: (workshop != 1 && !rng.chance(20)).then(|| rng.between(18, 420) * 100),
            });
        }
    }
    all
}
