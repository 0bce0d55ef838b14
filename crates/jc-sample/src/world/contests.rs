//! Contests, who entered and who won.

use super::YEARS;
use super::classes::{Class, MAJORS};
use super::contest_plan::{Plan, Rank, plans};
use super::staff::{Post, Staff};
use super::students::Student;
use crate::days::day;
use crate::rng::Rng;
use jc_base::Date;

/// A contest.
pub(crate) struct Contest {
    pub(crate) name: String,
    pub(crate) kind: &'static str,
    pub(crate) edition: Option<i64>,
    pub(crate) level: Rank,
    pub(crate) held: Date,
    pub(crate) organiser: &'static str,
    pub(crate) place: &'static str,
}

/// Who competes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Group {
    Students,
    Teachers,
    ClassTeachers,
}

impl Group {
    /// As the training office writes it.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Group::Students => "学生组",
            Group::Teachers => "教师组",
            Group::ClassTeachers => "班主任组",
        }
    }
}

/// An event of a contest that the school entered.
pub(crate) struct Entry {
    /// Position in the list of contests.
    pub(crate) contest: usize,
    pub(crate) event: &'static str,
    pub(crate) group: Group,
    /// Positions in the list of students.
    pub(crate) students: Vec<usize>,
    /// Positions in the list of staff.
    pub(crate) teachers: Vec<usize>,
    pub(crate) coaches: Vec<usize>,
}

/// An award.
pub(crate) struct Award {
    pub(crate) contest: usize,
    pub(crate) event: &'static str,
    pub(crate) group: Group,
    pub(crate) winner: String,
    pub(crate) students: Vec<usize>,
    pub(crate) teachers: Vec<usize>,
    pub(crate) coaches: Vec<usize>,
    pub(crate) grade: Option<&'static str>,
    pub(crate) medal: Option<&'static str>,
    pub(crate) rank: Option<i64>,
    pub(crate) on: Date,
    pub(crate) certificate: Option<String>,
}

/// Who can be chosen for a contest.
struct Pool<'a> {
    students: &'a [Student],
    staff: &'a [Staff],
    /// Students there on the day, those of the contest's department first if it has one.
    free_students: Vec<usize>,
    free_teachers: Vec<usize>,
}

pub(super) fn build(
    seed: u64,
    classes: &[Class],
    students: &[Student],
    staff: &[Staff],
) -> (Vec<Contest>, Vec<Entry>, Vec<Award>) {
    let mut rng = Rng::new(seed, "contests");
    let (mut contests, mut entries, mut awards) = (Vec::new(), Vec::new(), Vec::new());
    for plan in YEARS.into_iter().flat_map(plans) {
        let (year, month, on) = plan.held;
        let held = day(year, month, on);
        let contest = contests.len();
        let mut pool = pool(&mut rng, &plan, held, classes, students, staff);
        let won = won(&mut rng, &plan, contest, held, &mut pool);
        entries.extend(entered(&mut rng, &plan, contest, &won, &mut pool));
        awards.extend(won);
        contests.push(Contest {
            name: plan.name,
            kind: plan.kind,
            edition: plan.edition,
            level: plan.level,
            held,
            organiser: plan.organiser,
            place: plan.place,
        });
    }
    // One contest was announced and put on record, but nobody was sent.
    contests.push(Contest {
        name: "2024年全省技工院校焊接技能竞赛".to_owned(),
        kind: "技能竞赛",
        edition: None,
        level: Rank::Province,
        held: day(2024, 12, 7),
        organiser: "省技工院校竞赛办",
        place: "赛区",
    });
    (contests, entries, awards)
}

fn pool<'a>(
    rng: &mut Rng,
    plan: &Plan,
    held: Date,
    classes: &[Class],
    students: &'a [Student],
    staff: &'a [Staff],
) -> Pool<'a> {
    let fits = |department: usize| plan.department.is_none_or(|wanted| wanted == department);
    // Nobody who leaves before the certificates are handed out.
    let late = held.plus_days(30);
    let mut free_students: Vec<usize> = (0..students.len())
        .filter(|&s| students[s].present(held) && students[s].present(late))
        .filter(|&s| fits(MAJORS[classes[students[s].class].major].department))
        .collect();
    let mut free_teachers: Vec<usize> = (0..staff.len())
        .filter(|&s| staff[s].in_post(held) && matches!(staff[s].post, Post::Theory | Post::Practice))
        .filter(|&s| fits(staff[s].department))
        .collect();
    rng.shuffle(&mut free_students);
    rng.shuffle(&mut free_teachers);
    Pool { students, staff, free_students, free_teachers }
}

impl Pool<'_> {
    fn take_students(&mut self, count: usize) -> Vec<usize> {
        let from = self.free_students.len() - count.min(self.free_students.len());
        self.free_students.split_off(from)
    }

    fn take_teachers(&mut self, count: usize) -> Vec<usize> {
        let from = self.free_teachers.len() - count.min(self.free_teachers.len());
        self.free_teachers.split_off(from)
    }
}

/// The awards a plan's short words stand for.
fn won(rng: &mut Rng, plan: &Plan, contest: usize, held: Date, pool: &mut Pool<'_>) -> Vec<Award> {
    let mut same = std::collections::BTreeMap::new();
    let on = held.plus_days(rng.between(2, 18));
    let mut awards: Vec<Award> = Vec::new();
    for word in plan.awards.split_whitespace() {
        let (word, tag) = word.split_once('@').unwrap_or((word, ""));
        let mut chars = word.chars();
        let event = plan.events[chars.next().map_or(0, |c| (c as usize).saturating_sub('a' as usize))];
        let group = match chars.next() {
            Some('t') => Group::Teachers,
            Some('c') => Group::ClassTeachers,
            _ => Group::Students,
        };
        // `asE` leaves out the size of one.
        let rest = chars.as_str();
        let digit = rest.chars().next().and_then(|c| c.to_digit(10)).filter(|_| rest.len() > 1);
        let (size, prize) = digit.map_or((1, rest), |digit| (digit as usize, &rest[1..]));
        let (mut students, mut teachers) = (Vec::new(), Vec::new());
        if group == Group::Students {
            students = pool.take_students(size);
        } else if tag.is_empty() {
            teachers = pool.take_teachers(size);
        } else {
            teachers = same.entry(tag.to_owned()).or_insert_with(|| pool.take_teachers(size)).clone();
        }
        let coaches = if group == Group::Students { coaches(rng, pool) } else { Vec::new() };
        let (grade, medal, rank) = prize_of(prize);
        let serial = awards.len() + 1;
        let mut winner = winner(pool, &students, &teachers, serial);
        // Two of the same name in one event would be one record.
        if awards
            .iter()
            .any(|award| award.event == event && award.group == group && award.winner == winner && tag.is_empty())
        {
            winner.push_str("（二）");
        }
        awards.push(Award {
            contest,
            event,
            group,
            winner,
            students,
            teachers,
            coaches,
            grade,
            medal,
            rank,
            on,
            // Merit awards and ranks often come without a number.
            certificate: (!prize.starts_with(['E', 'R'])).then(|| format!("HJ{}{contest:02}{serial:03}", held.year())),
        });
    }
    awards
}

fn prize_of(prize: &str) -> (Option<&'static str>, Option<&'static str>, Option<i64>) {
    match prize {
        "G" => (None, Some("金牌"), None),
        "S" => (None, Some("银牌"), None),
        "B" => (None, Some("铜牌"), None),
        "1" => (Some("一等奖"), None, None),
        "2" => (Some("二等奖"), None, None),
        "3" => (Some("三等奖"), None, None),
        "R1" => (None, None, Some(1)),
        "R3" => (None, None, Some(3)),
        _ => (Some("优胜奖"), None, None),
    }
}

fn winner(pool: &Pool<'_>, students: &[usize], teachers: &[usize], serial: usize) -> String {
    match (students, teachers) {
        ([one], []) => pool.students[*one].name.clone(),
        ([], [one]) => pool.staff[*one].name.clone(),
        _ => format!("学校代表队{serial}"),
    }
}

fn coaches(rng: &mut Rng, pool: &Pool<'_>) -> Vec<usize> {
    let count = 1 + usize::from(rng.chance(35));
    rng.some(&pool.free_teachers, count)
}

/// The entries: who won, and a few who did not.
fn entered(rng: &mut Rng, plan: &Plan, contest: usize, won: &[Award], pool: &mut Pool<'_>) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    for award in won {
        let at = entries.iter().position(|entry| entry.event == award.event && entry.group == award.group);
        let entry = match at {
            Some(at) => &mut entries[at],
            None => {
                entries.push(Entry {
                    contest,
                    event: award.event,
                    group: award.group,
                    students: Vec::new(),
                    teachers: Vec::new(),
                    coaches: Vec::new(),
                });
                entries.last_mut().expect("one was pushed just now")
            }
        };
        let join = |all: &mut Vec<usize>, more: &[usize]| {
            more.iter().for_each(|one| {
                if !all.contains(one) {
                    all.push(*one);
                }
            });
        };
        join(&mut entry.students, &award.students);
        join(&mut entry.teachers, &award.teachers);
        join(&mut entry.coaches, &award.coaches);
    }
    // Whoever enters an event without winning anything still entered.
    for event in plan.events {
        if !entries.iter().any(|entry| entry.event == *event) {
            entries.push(Entry {
                contest,
                event,
                group: Group::Students,
                students: Vec::new(),
                teachers: Vec::new(),
                coaches: coaches(rng, pool),
            });
        }
    }
    for entry in entries.iter_mut().filter(|entry| entry.group == Group::Students) {
        let more = 1 + rng.below(3);
        entry.students.extend(pool.take_students(more));
    }
    entries
}
