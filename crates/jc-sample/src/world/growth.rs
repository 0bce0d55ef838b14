//! How teachers grew: what they did before the three years the other registers cover, who guided whom, how they were
//! rated, what panels decided, and to what some of them objected.
//!
//! Nobody's stage stands here. Each teacher has a course they are meant to have taken; what it leaves behind are
//! records, and their stage is what those come to.

use super::contest_plan::Rank;
use super::staff::{Post, Staff};
use super::{Careers, Certificate, census};
use crate::days::{day, day_in};
use crate::rng::Rng;
use jc_base::Date;

/// The days on which everybody was rated.
pub(crate) const ROUNDS: [(i32, u32, u32); 3] = [(2019, 6, 14), (2021, 12, 10), (2024, 6, 14)];

/// An open lesson of earlier years.
pub(crate) struct OldLesson {
    pub(crate) teacher: usize,
    pub(crate) title: String,
    pub(crate) level: Option<Rank>,
    pub(crate) on: Date,
}

/// Work in a firm in earlier years.
pub(crate) struct OldPractice {
    pub(crate) teacher: usize,
    /// Position in the list of firms.
    pub(crate) firm: usize,
    pub(crate) started: Date,
    pub(crate) days: i64,
}

/// A title given in earlier years.
pub(crate) struct OldTitle {
    pub(crate) teacher: usize,
    /// 1 middle, 2 senior, 3 chief.
    pub(crate) rank: usize,
    pub(crate) on: Date,
}

/// A paper published in earlier years.
pub(crate) struct OldPaper {
    pub(crate) teacher: usize,
    pub(crate) title: String,
    pub(crate) on: Date,
}

/// An honour given in earlier years.
pub(crate) struct OldHonour {
    pub(crate) teacher: usize,
    /// Of the city, else of the county.
    pub(crate) city: bool,
    pub(crate) on: Date,
}

/// A mentor and a teacher.
pub(crate) struct Guidance {
    pub(crate) mentor: usize,
    pub(crate) teacher: usize,
    pub(crate) from: Date,
    pub(crate) until: Option<Date>,
    pub(crate) outcome: Option<&'static str>,
}

/// A rating.
pub(crate) struct Rating {
    pub(crate) teacher: usize,
    /// Position in [`COMPETENCIES`].
    pub(crate) competency: usize,
    /// `self`, `mentor`, `panel`, `survey`.
    pub(crate) kind: &'static str,
    pub(crate) by: usize,
    pub(crate) level: i64,
    pub(crate) on: Date,
    /// Position in the list of old lessons.
    pub(crate) lesson: Option<usize>,
    pub(crate) respondents: Option<i64>,
}

/// A panel's decision.
pub(crate) struct PanelDecision {
    pub(crate) teacher: usize,
    /// Position in [`STAGES`].
    pub(crate) stage: usize,
    pub(crate) on: Date,
    pub(crate) panel: [usize; 3],
    /// `confirmed`, `deferred`, `declined`.
    pub(crate) decision: &'static str,
    pub(crate) reasons: &'static str,
}

/// An objection to a rating.
pub(crate) struct Objection {
    /// Position in the list of ratings.
    pub(crate) rating: usize,
    pub(crate) on: Date,
    pub(crate) grounds: &'static str,
    pub(crate) answer: Option<(Date, &'static str, &'static str)>,
}

/// Everything on how teachers grew.
#[derive(Default)]
pub(crate) struct Growth {
    pub(crate) lessons: Vec<OldLesson>,
    pub(crate) practices: Vec<OldPractice>,
    pub(crate) titles: Vec<OldTitle>,
    pub(crate) papers: Vec<OldPaper>,
    pub(crate) honours: Vec<OldHonour>,
    /// Certificates of people who are not due to hold one: most lapsed, some soon will.
    pub(crate) certificates: Vec<(usize, Date)>,
    pub(crate) guidance: Vec<Guidance>,
    pub(crate) ratings: Vec<Rating>,
    pub(crate) panels: Vec<PanelDecision>,
    pub(crate) objections: Vec<Objection>,
}

/// The stages: code and name.
pub(crate) const STAGES: [(&str, &str); 5] =
    [("novice", "新手"), ("beginner", "生手"), ("competent", "熟手"), ("proficient", "能手"), ("expert", "专家")];

/// The competencies: code, name, and the level that goes with each stage.
pub(crate) const COMPETENCIES: [(&str, &str, [i64; 5]); 10] = [
    ("standard-conversion", "课程标准转化与考核设计", [1, 1, 2, 3, 4]),
    ("task-analysis", "学习任务分析与策划", [1, 1, 2, 3, 4]),
    ("resource-development", "教学资源开发与应用", [1, 1, 2, 3, 4]),
    ("classroom-practice", "课堂教学设计与实施", [1, 2, 3, 4, 5]),
    ("guidance", "教师指导与示范", [1, 1, 2, 3, 4]),
    ("ethics", "师德修养", [1, 2, 3, 4, 4]),
    ("digital", "数字素养", [1, 1, 2, 3, 3]),
    ("firm-practice", "企业实践能力", [1, 1, 3, 4, 4]),
    ("research", "教学研究", [1, 1, 2, 3, 4]),
    ("class-leadership", "班级管理与育人", [1, 2, 2, 3, 3]),
];
const CLASSROOM: usize = 3;
const ETHICS: usize = 5;
const CLASS: usize = 9;

/// How many came all the way.
const EXPERTS: usize = 5;
const TOPICS: [&str; 10] = [
    "典型零件的工艺分析",
    "钳工装配的质量控制",
    "可编程控制器的顺序控制",
    "商品详情页的设计",
    "三维建模与工程图",
    "液压回路的搭建与调试",
    "仓储作业流程的优化",
    "应用文写作的任务设计",
    "焊缝外观的检验",
    "客户沟通的情景演练",
];

/// Builds what grew.
pub(super) fn build(
    seed: u64,
    staff: &[Staff],
    firms: usize,
    careers: &Careers,
    certificates: &[Certificate],
) -> Growth {
    let mut growth = Growth::default();
    let path = |s: &usize| {
        let person = &staff[*s];
        matches!(person.post, Post::Theory | Post::Practice) && person.in_post(census())
    };
    let teachers: Vec<usize> = (0..staff.len()).filter(path).collect();
    let mut chairs = teachers.clone();
    chairs.sort_by_key(|&s| (staff[s].joined, s));
    chairs.truncate(9);
    let mut school = School { seed, staff, firms, careers, certificates, chairs, experts: Vec::new() };
    let long = |s: &usize| school.can(*s, 4) && school.years(*s, round(2)) >= Some(12);
    let mut experts: Vec<usize> = teachers.iter().copied().filter(long).collect();
    experts.sort_by_key(|&s| (staff[s].joined, s));
    experts.truncate(EXPERTS);
    school.experts = experts;
    let courses: Vec<(usize, Course)> = teachers.iter().map(|&s| (s, school.course(s))).collect();
    for (teacher, course) in &courses {
        school.before(&mut growth, *teacher, course);
        school.rated(&mut growth, *teacher, course);
    }
    school.guided(&mut growth, &courses);
    school.objected(&mut growth);
    growth
}

/// The course a teacher is meant to have taken: the stage at each round.
struct Course {
    at: [Option<usize>; 3],
    /// Whether they have been where they are for very long.
    stuck: bool,
    /// Whether the last panel has not met yet.
    ready: bool,
}

impl Course {
    fn last(&self) -> usize {
        self.at[2].unwrap_or(0)
    }
}

struct School<'a> {
    seed: u64,
    staff: &'a [Staff],
    firms: usize,
    careers: &'a Careers,
    certificates: &'a [Certificate],
    /// Those who sit on panels.
    chairs: Vec<usize>,
    /// Those who came all the way.
    experts: Vec<usize>,
}

/// Whether someone came from a firm long ago, with a certificate that has lapsed since.
fn lapsed(person: &Staff) -> bool {
    !person.full_time && person.joined <= day(2017, 6, 1)
}

fn round(at: usize) -> Date {
    let (year, month, on) = ROUNDS[at];
    day(year, month, on)
}

impl School<'_> {
    /// The years someone had taught on a day; nothing before they came.
    fn years(&self, teacher: usize, on: Date) -> Option<i64> {
        let days = on.days_since(self.staff[teacher].joined);
        (days >= 0).then_some(days / 366)
    }

    fn holds(&self, teacher: usize, level: u8) -> bool {
        self.certificates.iter().any(|it| it.teacher == teacher && it.level <= level)
    }

    /// Whether someone can have had a title of a rank before: none as high was given to them since.
    fn may_have_had(&self, teacher: usize, rank: usize) -> bool {
        self.careers.titles.iter().all(|it| it.teacher != teacher || it.rank > rank)
    }

    /// Whether someone can stand on a stage without a record of the three years that others count.
    fn can(&self, teacher: usize, stage: usize) -> bool {
        let person = &self.staff[teacher];
        let early = person.joined <= day(2021, 8, 31);
        if !person.full_time {
            return stage < 2 || stage == 2 && lapsed(person);
        }
        match stage {
            0 | 1 => true,
            2 => early && (self.holds(teacher, 3) || self.may_have_had(teacher, 1)),
            _ => early && (self.holds(teacher, 2) || self.may_have_had(teacher, 2)),
        }
    }

    fn course(&self, teacher: usize) -> Course {
        let mut rng = Rng::new(self.seed, &format!("course of {teacher}"));
        let (roll, lag) = (rng.below(100), rng.below(3));
        let years = self.years(teacher, round(2)).unwrap_or(0);
        let meant = match (years, roll) {
            _ if lapsed(&self.staff[teacher]) => 2,
            _ if self.experts.contains(&teacher) => 4,
            (0, _) | (1..3, 80..) | (3..6, 95..) => 0,
            (1..3, _) | (3..6, 55..) | (6..10, 74..) | (10.., 84..) => 1,
            (3..6, _) | (6..10, 30..) | (10.., 54..) => 2,
            (6.., _) => 3,
            (..0, _) => 0,
        };
        let can = (0..=meant).rev().find(|stage| self.can(teacher, *stage)).unwrap_or(0);
        // Whoever stays a beginner has long been one.
        let lag = if can == 1 || lapsed(&self.staff[teacher]) { 0 } else { lag };
        let at = |at: usize| {
            let cap = match self.years(teacher, round(at))? {
                0 => 0,
                1..3 => 1,
                3..6 => 2,
                6..10 => 3,
                _ => 4,
            };
            // Two rounds ago up to two stages lower.
            Some(can.saturating_sub(if at == 2 { 0 } else { lag.min(2 - at) }).min(cap))
        };
        Course {
            at: [at(0), at(1), at(2)],
            stuck: can == 1 && years >= 8,
            ready: (2..4).contains(&can) && rng.chance(9),
        }
    }

    /// What they did before: lessons, practice, titles, papers, honours.
    fn before(&self, growth: &mut Growth, teacher: usize, course: &Course) {
        let person = &self.staff[teacher];
        let mut rng = Rng::new(self.seed, &format!("before {teacher}"));
        let lesson = |growth: &mut Growth, rng: &mut Rng, level: Option<Rank>, on: Date| {
            let (topic, serial) = (*rng.pick(&TOPICS), growth.lessons.len() + 1);
            let title = format!("{topic}·{}第{serial}号公开课", on.year());
            growth.lessons.push(OldLesson { teacher, title, level, on });
        };
        let summers: &[i32] = if course.at[0] >= Some(2) { &[2016, 2018, 2020, 2021] } else { &[2020, 2021] };
        let stage = course.last();
        if lapsed(person) {
            // Of some it lapses in the year after the last on record: they can still renew it.
            let (first, last) = match growth.certificates.len() % 3 {
                2 => (day(2019, 2, 1), day(2019, 6, 20)),
                _ => (day(2017, 9, 1), day(2018, 10, 30)),
            };
            growth.certificates.push((teacher, day_in(&mut rng, first, last)));
        }
        if stage >= 1 && person.joined < day(2021, 6, 1) {
            let first = day(2018, 3, 5).max(person.joined);
            lesson(growth, &mut rng, None, day_in(&mut rng_of(self.seed, teacher), first, day(2021, 11, 20)));
        }
        if stage < 2 {
            return;
        }
        // What the ratings of each round rest on, and what the next stage asks.
        for (at, held) in course.at.iter().enumerate() {
            let Some(held) = held.filter(|held| *held >= 2) else { continue };
            let last = round(at).plus_days(-20).min(day(2021, 11, 20));
            let first = last.plus_days(-500).max(person.joined);
            let level = if held >= 3 || rng.chance(50) { Some(Rank::City) } else { Some(Rank::County) };
            let on = day_in(&mut rng, first.min(last), last);
            lesson(growth, &mut rng, level, on);
        }
        let needed = if person.post == Post::Practice { 62 } else { 32 };
        for year in summers.iter().filter(|year| day(**year, 7, 5) >= person.joined) {
            let alone = person.joined > day(2020, 7, 5);
            let days = if alone { needed * 2 } else { needed };
            let firm = rng.below(self.firms);
            growth.practices.push(OldPractice { teacher, firm, started: day(*year, 7, 5), days });
        }
        let first_round = |wanted: usize| (0..3).find(|at| course.at[*at] >= Some(wanted)).map(round);
        for (rank, wanted) in [(1, 2), (2, 3)] {
            let Some(before) = first_round(wanted) else { continue };
            if person.full_time && self.may_have_had(teacher, rank) {
                let year = before.year().min(2021) - 1 - i32::from(rank == 1);
                let on = day(year, 11, 25).max(person.joined);
                growth.titles.push(OldTitle { teacher, rank, on });
            }
        }
        if stage >= 3 {
            for _ in 0..if stage == 4 { 5 } else { 2 } {
                let (topic, serial) = (*rng.pick(&TOPICS), growth.papers.len() + 1);
                let on = day_in(&mut rng, day(2015, 3, 1), day(2021, 11, 30)).max(person.joined);
                growth.papers.push(OldPaper { teacher, title: format!("{topic}的教学研究之{serial}"), on });
            }
            let on = day_in(&mut rng, day(2018, 9, 1), day(2021, 9, 10)).max(person.joined);
            growth.honours.push(OldHonour { teacher, city: stage == 4, on });
        }
        if stage == 4 && !self.holds(teacher, 1) {
            let on = day_in(&mut rng, day(2018, 4, 1), day(2021, 10, 30));
            lesson(growth, &mut rng, Some(Rank::Province), on);
        }
    }

    /// How they were rated in each round, and what panels decided.
    fn rated(&self, growth: &mut Growth, teacher: usize, course: &Course) {
        let person = &self.staff[teacher];
        let mut rng = Rng::new(self.seed, &format!("ratings {teacher}"));
        let mut confirmed = 1;
        for (at, held) in course.at.iter().enumerate() {
            let (Some(held), on) = (*held, round(at)) else { continue };
            let panel = self.panel(&mut rng, teacher);
            if held >= 1 {
                let asked: &[usize] = match (held, person.post) {
                    (1, _) => &[0, 1, 2, CLASSROOM, ETHICS],
                    (2, Post::Practice) => &[0, 1, 2, CLASSROOM, 4, ETHICS, 7, CLASS],
                    (2, _) => &[0, 1, 2, CLASSROOM, 4, ETHICS, 6, CLASS],
                    _ => &[0, 1, 2, CLASSROOM, 4, ETHICS, 7, 8, CLASS],
                };
                let cited = growth.lessons.iter().rposition(|it| it.teacher == teacher && it.on < on);
                for &competency in asked {
                    let meant = COMPETENCIES[competency].2[held];
                    // Whoever is stuck is as good in class as others, but has nothing to show in a firm.
                    let level = if course.stuck && at == 2 && competency == CLASSROOM { 3 } else { meant };
                    let level = if cited.is_none() { level.min(2) } else { level };
                    let lesson = cited.filter(|_| level >= 3);
                    let rating = Rating {
                        teacher,
                        competency,
                        kind: "panel",
                        by: panel[0],
                        level,
                        on,
                        lesson,
                        respondents: None,
                    };
                    growth.ratings.push(rating);
                }
            }
            for stage in confirmed + 1..=held {
                confirmed = stage;
                if course.ready && stage == course.last() {
                    continue;
                }
                growth.panels.push(PanelDecision {
                    teacher,
                    stage,
                    on: on.plus_days(18),
                    panel,
                    decision: "confirmed",
                    reasons: "各项条件齐备，答辩通过。",
                });
            }
            if course.stuck && at == 2 && rng.chance(60) {
                let (decision, reasons) = *rng.pick(&[
                    ("deferred", "企业实践天数不足，补足后再评。"),
                    ("declined", "近两年没有市级以上公开课，材料不足以说明水平。"),
                ]);
                growth.panels.push(PanelDecision { teacher, stage: 2, on: on.plus_days(18), panel, decision, reasons });
            }
        }
        self.heard_otherwise(growth, &mut rng, teacher, course);
    }

    /// What students and they themselves say.
    fn heard_otherwise(&self, growth: &mut Growth, rng: &mut Rng, teacher: usize, course: &Course) {
        let Some(held) = course.at[2] else { return };
        let meant = COMPETENCIES[CLASSROOM].2[held];
        let panel = self.panel(rng, teacher)[0];
        let rating = |kind, by, competency, level, on, respondents| Rating {
            teacher,
            competency,
            kind,
            by,
            level,
            on,
            lesson: None,
            respondents,
        };
        if rng.chance(22) {
            // Some classes see it quite differently.
            let level = if rng.chance(30) { (meant - 2).max(1) } else { meant.min(5) };
            let respondents = Some(rng.between(24, 52));
            growth.ratings.push(rating("survey", panel, CLASSROOM, level, day(2024, 6, 20), respondents));
        }
        if rng.chance(30) {
            let level = (meant + rng.between(0, 1)).min(5);
            growth.ratings.push(rating("self", teacher, CLASSROOM, level, day(2024, 5, 28), None));
            let level = COMPETENCIES[ETHICS].2[held];
            growth.ratings.push(rating("self", teacher, ETHICS, level, day(2024, 5, 28), None));
        }
    }

    /// Three who sit on the panel about someone; the first has the chair.
    fn panel(&self, rng: &mut Rng, about: usize) -> [usize; 3] {
        let others: Vec<usize> = self.chairs.iter().copied().filter(|&s| s != about).collect();
        let some = rng.some(&others, 3);
        [some[0], some[1], some[2]]
    }

    /// Who guided whom: some finished, some under way, two mentors with more than they can do well.
    fn guided(&self, growth: &mut Growth, courses: &[(usize, Course)]) {
        let mut rng = Rng::new(self.seed, "guidance");
        let of =
            |least: usize| courses.iter().filter(|(_, it)| it.last() >= least).map(|(s, _)| *s).collect::<Vec<usize>>();
        let (experts, leading) = (of(4), of(3));
        let ended = |mentor: usize, teacher: usize, year: i32, outcome| Guidance {
            mentor,
            teacher,
            from: day(year, 9, 1),
            until: Some(day(year + 1, 8, 31)),
            outcome: Some(outcome),
        };
        for mentor in &leading {
            let wanted = if experts.contains(mentor) { 2 } else { usize::from(rng.chance(35)) };
            let learners = courses.iter().map(|(s, _)| *s).filter(|s| {
                s != mentor && self.staff[*s].joined < day(2018, 8, 1) && self.staff[*s].joined > day(2008, 1, 1)
            });
            let learners = rng.some(&learners.collect::<Vec<_>>(), wanted);
            for (place, teacher) in learners.into_iter().enumerate() {
                let year = 2018 + i32::try_from(place).unwrap_or(0);
                growth.guidance.push(ended(*mentor, teacher, year, rng.word(&["合格", "合格", "优秀"])));
            }
        }
        let young: Vec<usize> =
            courses.iter().filter(|(s, _)| self.staff[*s].joined >= day(2021, 1, 1)).map(|(s, _)| *s).collect();
        let mentors: Vec<usize> = leading.iter().copied().filter(|s| !young.contains(s)).collect();
        for (place, teacher) in young.iter().enumerate().filter(|_| !mentors.is_empty()) {
            // The first two are asked by everybody.
            let mentor = if place < 10 { mentors[place / 5 % mentors.len()] } else { *rng.pick(&mentors) };
            let from = day(2024, 9, 1).max(self.staff[*teacher].joined);
            growth.guidance.push(Guidance { mentor, teacher: *teacher, from, until: None, outcome: None });
            for (competency, level) in [(CLASSROOM, 1), (ETHICS, 2)] {
                let on = day(2024, 11, 22);
                let kind = "mentor";
                growth.ratings.push(Rating {
                    teacher: *teacher,
                    competency,
                    kind,
                    by: mentor,
                    level,
                    on,
                    lesson: None,
                    respondents: None,
                });
            }
        }
    }

    /// To which ratings people object.
    fn objected(&self, growth: &mut Growth) {
        let on = round(2);
        let late = growth.ratings.iter().enumerate().filter(|(_, it)| it.kind == "panel" && it.on == on);
        let late: Vec<usize> = late.filter(|(_, it)| it.competency == CLASSROOM).map(|(ix, _)| ix).collect();
        let grounds = ["评价引用的公开课不是本人近期水平。", "听课人数与记录不符，请重新核对。"];
        let answers = [
            Some((day(2024, 7, 3), "异议成立，原评价撤销", "听课记录有误，撤销后另行安排听课。")),
            Some((day(2024, 7, 5), "异议不成立，维持原评价", "三位评审意见一致，证据充分。")),
        ];
        for (place, rating) in late.into_iter().step_by(17).take(6).enumerate() {
            let answer = answers.get(place).copied().flatten();
            let grounds = grounds[place % grounds.len()];
            growth.objections.push(Objection { rating, on: on.plus_days(6), grounds, answer });
        }
    }
}

fn rng_of(seed: u64, teacher: usize) -> Rng {
    Rng::new(seed, &format!("first lesson of {teacher}"))
}
