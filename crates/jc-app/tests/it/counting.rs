//! Counting rules against sets: awards of teams, ties and several awards of one person; students on the census day after
//! changes of status. The oracle reads records and counts them one by one; it knows neither catalog nor totals.

use crate::people::{Own, each_empty, enrol, request};
use jc_app::records::Edit;
use jc_base::{Date, Lang, RecordId, RecordState, Value};
use jc_store::Record;
use std::collections::{BTreeMap, BTreeSet};

/// A year in which nothing else is recorded.
const YEAR: i32 = 2026;

/// Numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound
    }
}

/// A record by the names of its fields.
struct Named<'a> {
    own: &'a Own,
    register: &'a str,
    record: &'a Record,
}

impl Named<'_> {
    fn value(&self, field: &str) -> Value {
        let catalog = self.own.app.catalog();
        let ix = catalog.register(self.register).and_then(|r| r.find_field(field)).expect("a field");
        self.record.values[ix].clone()
    }

    fn text(&self, field: &str) -> String {
        self.value(field).as_text().unwrap_or_default().to_owned()
    }
}

fn create(own: &Own, register: &str, fields: &[(&str, Value)]) -> RecordId {
    let catalog = own.app.catalog();
    let declared = catalog.register(register).expect("a register");
    let mut values = vec![Value::Missing; declared.fields.len()];
    for (id, value) in fields {
        values[declared.find_field(id).expect("a field")] = value.clone();
    }
    let edit = Edit { values, submit: true, seen_version: None };
    own.keeping(register, |keeper| keeper.create(edit, Lang::Zh)).expect("it is taken")
}

/// The grades from the lowest to the highest.
const GRADES: [&str; 5] = ["excellence", "third", "second", "first", "special"];

/// What the awards of the year come to, counted one by one.
fn awards_by_sets(own: &Own) -> BTreeMap<&'static str, usize> {
    let contests: BTreeMap<RecordId, (String, String)> = own
        .records("contest")
        .iter()
        .map(|record| {
            let named = Named { own, register: "contest", record };
            (record.id, (named.text("kind"), named.text("level")))
        })
        .collect();
    let (mut items, mut times, mut golds) = (0, 0, 0);
    let (mut students, mut teachers) = (BTreeSet::new(), BTreeSet::new());
    // The grades of each student of the year, and of each student in each contest.
    let mut grades: BTreeMap<RecordId, BTreeSet<usize>> = BTreeMap::new();
    let mut in_contest: BTreeMap<(RecordId, RecordId), BTreeSet<usize>> = BTreeMap::new();
    let mut once = BTreeSet::new();
    for record in own.records("award") {
        let named = Named { own, register: "award", record: &record };
        let this_year = named.value("awarded_on").as_date().is_some_and(|day| day.year() == YEAR);
        if !this_year || record.state != RecordState::Verified {
            continue;
        }
        items += 1;
        let contest = named.value("contest").as_ref_id().expect("a contest");
        let (kind, level) = &contests[&contest];
        let (won, taught) = (named.value("students"), named.value("teachers"));
        students.extend(won.ref_ids().to_vec());
        teachers.extend(taught.ref_ids().to_vec());
        if matches!(kind.as_str(), "skills-contest" | "skills-festival") {
            times += won.ref_ids().len() + taught.ref_ids().len();
            let grade = GRADES.iter().position(|grade| *grade == named.text("grade"));
            for student in won.ref_ids() {
                once.insert((*student, contest));
                grades.entry(*student).or_default().extend(grade);
                in_contest.entry((*student, contest)).or_default().extend(grade);
            }
        }
        golds += usize::from(named.text("medal") == "gold" && kind == "skills-festival" && level == "city");
    }
    let highest = |code: usize| grades.values().filter(|own| own.last() == Some(&code)).count();
    let firsts = in_contest.values().filter(|own| own.last() == Some(&3)).count();
    BTreeMap::from([
        ("student-awards-once-per-contest", once.len()),
        ("students-highest-first", highest(3)),
        ("students-highest-second", highest(2)),
        ("students-highest-third", highest(1)),
        ("student-firsts-per-contest", firsts),
        ("award-count", items),
        ("award-person-times", times),
        ("awarded-student-count", students.len()),
        ("gold-medal-count", golds),
    ])
}

fn agree(own: &Own, when: &str) {
    for (id, wanted) in awards_by_sets(own) {
        let printed = own.printed(id, YEAR);
        let found: usize = if printed == "-" { 0 } else { printed.parse().expect("a number") };
        assert_eq!(found, wanted, "{id} {when}");
    }
}

/// Few contests, of several kinds and levels.
const CONTESTS: &str = "竞赛名称,竞赛类别,级别,举办日期,主办单位
市技能节,skills-festival,city,2024-05-10,甲
县技能节,skills-festival,county,2024-05-10,甲
省赛,skills-contest,province,2024-05-10,乙
市赛,skills-contest,city,2024-05-10,乙
运动会,arts-sports,city,2024-05-10,丙
数学赛,academic,province,2024-05-10,丙
";

#[test]
fn awards_are_counted_as_sets_count_them() {
    each_empty(|own| {
        enrol(own, 12);
        let report = own.import("contest", &request("竞赛.csv", CONTESTS)).expect("a report");
        assert_eq!((report.new, report.rejected), (6, 0), "{:?}", report.findings);
        awards_agree(own);
    });
}

/// Few contests and few people, so that most meet again: ties, and several awards in one contest.
fn awards_agree(own: &Own) {
    let ids = |register: &str| own.records(register).into_iter().map(|r| r.id).collect::<Vec<_>>();
    let (contests, students) = (ids("contest"), ids("student"));
    let mut dice = Dice(7);
    // A dozen people share all the awards, so that most have several; two golds may stand side by side.
    let some = |dice: &mut Dice, most: usize| -> Vec<RecordId> {
        let chosen: BTreeSet<usize> = (0..=dice.below(most)).map(|_| dice.below(12)).collect();
        chosen.into_iter().map(|n| students[n]).collect()
    };
    let mut made = Vec::new();
    for n in 0..40 {
        let medal = ["gold", "gold", "silver", "bronze"][dice.below(4)];
        let grade = [None, Some("third"), Some("second"), Some("first"), Some("first"), Some("special")][dice.below(6)];
        let fields = [
            ("contest", Value::Ref(contests[dice.below(contests.len())])),
            ("event", Value::Text(format!("赛项{n}"))),
            ("entrants", Value::Text("student".into())),
            ("winner", Value::Text(format!("第{n}组"))),
            ("students", Value::Refs(some(&mut dice, 4))),
            ("medal", Value::Text(medal.into())),
            ("grade", grade.map_or(Value::Missing, |grade| Value::Text(grade.into()))),
            ("awarded_on", Value::Date(Date::new(YEAR, 1 + n % 12, 15).expect("a day"))),
        ];
        made.push(create(own, "award", &fields));
    }
    agree(own, "before anything is verified");
    own.accept_all("award");
    agree(own, "once all are verified");
    // Teams change, awards move to another year, some wait again: after each the two still agree.
    for _ in 0..12 {
        let record = own.record("award", made[dice.below(made.len())]);
        let catalog = own.app.catalog();
        let field = |id: &str| catalog.register("award").and_then(|r| r.find_field(id)).expect("a field");
        let mut values = record.values.clone();
        match dice.below(5) {
            0 => values[field("students")] = Value::Refs(some(&mut dice, 5)),
            3 => values[field("grade")] = Value::Text("second".into()),
            4 => values[field("grade")] = Value::Missing,
            1 => values[field("awarded_on")] = Value::Date(Date::new(YEAR + 1, 3, 1).expect("a day")),
            _ => values[field("medal")] = Value::Text("gold".into()),
        }
        let edit = Edit { values, submit: true, seen_version: Some(record.version) };
        own.keeping("award", |keeper| keeper.update(record.id, edit, Lang::Zh)).expect("changed");
        agree(own, "while one waits");
        if dice.below(2) == 0 {
            own.accept_all("award");
            agree(own, "once it is verified again");
        }
    }
    own.verified();
}

/// The four destination rates of a cohort, one by one: placed, directly employed, matched, in further study.
fn cohort_by_sets(own: &Own, cohort: i32) -> [String; 4] {
    const DIRECT: [&str; 5] = ["employed", "own-business", "flexible", "military-service", "local-programme"];
    const STUDY: [&str; 2] = ["further-study", "study-abroad"];
    let (mut all, mut counts) = (0usize, [0usize; 4]);
    for record in own.records("graduate") {
        let named = Named { own, register: "graduate", record: &record };
        let theirs = named.value("graduated_on").as_date().is_some_and(|day| day.year() == cohort);
        if !theirs || record.state != RecordState::Verified {
            continue;
        }
        all += 1;
        let (destination, matched) = (named.text("destination"), named.value("matched") == Value::Int(1));
        let (direct, study) = (DIRECT.contains(&destination.as_str()), STUDY.contains(&destination.as_str()));
        for (count, fits) in counts.iter_mut().zip([direct || study, direct, matched, study]) {
            *count += usize::from(fits);
        }
    }
    if all == 0 {
        return [(); 4].map(|()| "-".to_owned());
    }
    // Hundredths of a per cent, rounded half up.
    let rate = |part: usize| (part * 20_000 + all) / (2 * all);
    counts.map(|part| format!("{}.{:02}", rate(part) / 100, rate(part) % 100))
}

#[test]
fn a_cohort_is_counted_as_sets_count_it_whoever_moves() {
    each_empty(|own| {
        enrol(own, 24);
        cohorts_agree(own);
    });
}

/// Two years in which the students finish.
const COHORTS: [i32; 2] = [2027, 2028];

fn cohorts_agree(own: &Own) {
    let rates = ["placement-rate", "direct-employment-rate", "matched-rate", "further-study-rate"];
    let agree = |when: &str| {
        for cohort in COHORTS {
            let found = rates.map(|rate| own.printed(rate, cohort));
            assert_eq!(found, cohort_by_sets(own, cohort), "{cohort} {when}");
        }
    };
    let mut dice = Dice(13);
    let text = |text: &str| Value::Text(text.into());
    let mut graduates = Vec::new();
    for student in own.records("student") {
        let mut fields = vec![
            ("student", Value::Ref(student.id)),
            ("graduated_on", Value::Date(Date::new(COHORTS[0], 6, 30).expect("a day"))),
            ("matched", [Value::Missing, Value::Int(0), Value::Int(1)][dice.below(3)].clone()),
        ];
        fields.extend(match dice.below(5) {
            0 | 1 => vec![("destination", text("employed")), ("employer", text("甲厂"))],
            2 => vec![("destination", text("further-study")), ("institution", text("甲校"))],
            3 => vec![("destination", text("flexible"))],
            _ => Vec::new(),
        });
        graduates.push(create(own, "graduate", &fields));
    }
    for kind in ["contract", "admission-letter"] {
        let paper = format!("%PDF-1.7 {kind}");
        own.keeping("graduate", |k| k.attach(&graduates, kind, "a.pdf", paper.as_bytes())).expect("a paper");
    }
    agree("while all wait");
    own.accept_all("graduate");
    agree("once all are verified");
    let catalog = own.app.catalog();
    let field = |id: &str| catalog.register("graduate").and_then(|r| r.find_field(id)).expect("a field");
    for n in 0..24 {
        let record = own.record("graduate", graduates[dice.below(graduates.len())]);
        let mut values = record.values.clone();
        match dice.below(4) {
            // Someone repeats a year, and perhaps does not after all.
            0 => values[field("graduated_on")] = Value::Date(Date::new(COHORTS[0] + n % 2, 6, 30).expect("a day")),
            1 => {
                values[field("destination")] = Value::Text("seeking".into());
                values[field("employer")] = Value::Missing;
            }
            2 => values[field("destination")] = Value::Missing,
            _ => values[field("matched")] = [Value::Missing, Value::Int(0), Value::Int(1)][dice.below(3)].clone(),
        }
        let edit = Edit { values, submit: true, seen_version: Some(record.version) };
        own.keeping("graduate", |keeper| keeper.update(record.id, edit, Lang::Zh)).expect("changed");
        if n % 6 == 5 {
            agree("while some wait");
            own.accept_all("graduate");
            agree("once they are verified");
        }
    }
    own.verified();
}

/// Kinds of change after which someone is not in school.
const AWAY: [&str; 10] = [
    "suspension",
    "stopped",
    "transfer-out",
    "withdrawal",
    "cancelled",
    "expulsion",
    "incomplete",
    "completion",
    "graduation",
    "death",
];

/// Students in school on the last day of 2024, one by one.
fn in_school_by_sets(own: &Own) -> usize {
    let census = Date::new(2024, 12, 31).expect("a day");
    let mut latest: BTreeMap<RecordId, (Date, String)> = BTreeMap::new();
    for record in own.records("student-status") {
        let named = Named { own, register: "student-status", record: &record };
        let (Some(who), Some(on)) = (named.value("student").as_ref_id(), named.value("changed_on").as_date()) else {
            continue;
        };
        if record.state == RecordState::Verified && on <= census && latest.get(&who).is_none_or(|(day, _)| *day < on) {
            latest.insert(who, (on, named.text("kind")));
        }
    }
    let there = |record: &Record| {
        let named = Named { own, register: "student", record };
        let enrolled = named.value("enrolled_on").as_date().is_some_and(|day| day <= census);
        let left = named.value("left_on").as_date().is_some_and(|day| day < census);
        let away = latest.get(&record.id).is_some_and(|(_, kind)| AWAY.contains(&kind.as_str()));
        record.state == RecordState::Verified && enrolled && !left && !away
    };
    own.records("student").iter().filter(|record| there(record)).count()
}

#[test]
fn students_in_school_follow_their_latest_change() {
    each_empty(|own| {
        enrol(own, 12);
        own.accept_all("student");
        stock_agrees(own);
    });
}

fn stock_agrees(own: &Own) {
    let agree = |when: &str| {
        assert_eq!(own.printed("student-count", 2024), in_school_by_sets(own).to_string(), "{when}");
    };
    agree("before anything happens");
    let students: Vec<RecordId> = own.records("student").into_iter().map(|r| r.id).collect();
    let mut dice = Dice(11);
    let day = |n: usize| Date::new(2024, 10, 1).expect("a day").plus_days(n as i64);
    // A few students go and come back several times; some changes lie after the census day.
    for n in 0..36 {
        let kind = ["suspension", "resumption", "withdrawal", "suspension"][dice.below(4)];
        let who = students[students.len() - 1 - dice.below(8)];
        let fields =
            [("student", Value::Ref(who)), ("kind", Value::Text(kind.into())), ("changed_on", Value::Date(day(3 * n)))];
        create(own, "student-status", &fields);
        if n % 6 == 5 {
            agree("while they wait");
            own.accept_all("student-status");
            agree("once they are verified");
        }
    }
    own.verified();
}
