//! Party work, culture and work with schools abroad of the sample college: figures, coverage lists, examinations.

use crate::people::{copy, printed, records};
use crate::sample::college;
use jc_app::coverage::Covered;
use jc_app::{Person, Viewer};
use jc_base::{Date, Lang, RecordId, Value};
use jc_catalog::Register;
use jc_claims::judge::Verdict;
use jc_store::Record;
use std::collections::BTreeSet;

/// What the article says of its year, and what stands beside it in the same registers.
const OF_2024: &[(&str, &str)] = &[
    ("theme-day-count", "10"),
    ("vanguard-field-count", "6"),
    ("vanguard-post-count", "79"),
    ("mentored-student-count", "326"),
    ("culture-festival-count", "4"),
    ("arts-sports-team-place", "3"),
    ("arts-sports-champion-count", "2"),
    ("platform-kind-count", "2"),
    ("exchange-student-count", "2"),
    ("exchange-days-per-stay", "21"),
    ("exchange-person-days", "42"),
    ("partner-school-count", "2"),
    ("recognised-programme-count", "1"),
    ("training-agreement-count", "6"),
    ("party-meeting-count", "122"),
    ("party-branch-count", "6"),
    ("coined-programme-part-count", "30"),
    ("exam-admission-rate", "97.9"),
    // Only a paper by somebody else could say it, and there is none: no basis is not nought.
    ("province-first-count", "-"),
];

fn viewing<T>(work: impl FnOnce(&Viewer) -> T) -> T {
    let (app, report) = college();
    let person = Person::command_line(report.school);
    work(&app.viewer(&person))
}

#[test]
fn the_figures_come_out_of_the_records() {
    let found: Vec<(&str, String)> =
        viewing(|viewer| OF_2024.iter().map(|(id, _)| (*id, printed(viewer, id, 2024))).collect());
    let wanted: Vec<(&str, String)> = OF_2024.iter().map(|(id, text)| (*id, (*text).to_owned())).collect();
    assert_eq!(found, wanted);
}

#[test]
fn the_years_before_are_kept_too() {
    let of = |id: &str| viewing(|viewer| [2022, 2023, 2024].map(|year| printed(viewer, id, year)));
    assert_eq!(of("theme-day-count"), ["8", "9", "10"]);
    assert_eq!(of("culture-festival-count"), ["4", "4", "4"]);
    // A branch was merged into the others in June 2023.
    assert_eq!(of("party-branch-count"), ["7", "6", "6"]);
    // Every wave of the follow-up has been asked once; three years on, of two classes only: 62 of 68 were reached.
    let waves = ["month-6", "month-12", "month-36"].map(|wave| of(&format!("placement-rate-{wave}"))[2].clone());
    assert!(waves.iter().all(|rate| rate != "-"), "{waves:?}");
    let reached = all("graduate-follow-up", |register, records| {
        let last = records.iter().filter(|it| value(register, it, "wave").as_text() == Some("month-36"));
        last.map(|it| !value(register, it, "destination").is_missing()).collect::<Vec<bool>>()
    });
    assert_eq!((reached.len(), reached.iter().filter(|known| **known).count()), (68, 62));
    // Nobody had been abroad before: no record is no figure, not nought.
    assert_eq!(of("exchange-student-count"), ["-", "-", "2"]);
}

/// All records of a register with its declaration.
fn all<T>(register: &str, work: impl FnOnce(&Register, Vec<Record>) -> T) -> T {
    viewing(|viewer| {
        let ix = viewer.catalog().find_register(register).expect("a register");
        let found = records(viewer, ix, None);
        work(&viewer.catalog().registers[ix], found)
    })
}

fn value<'r>(register: &Register, record: &'r Record, field: &str) -> &'r Value {
    &record.values[register.find_field(field).expect("a field")]
}

/// Whether the days of a lasting record touch the year from `first` to `last`.
fn touches(register: &Register, record: &Record, first: Date, last: Date) -> bool {
    let day = |field| value(register, record, field).as_date();
    day("from_on").is_some_and(|from| from <= last) && day("until_on").is_none_or(|until| until >= first)
}

/// A plain recount over the stored records, without measures, pages or expressions.
#[test]
fn the_figures_agree_with_a_plain_recount() {
    let (first, last) = (date(2024, 1, 1), date(2024, 12, 31));
    let students: BTreeSet<RecordId> = all("mentoring-pair", |register, records| {
        let there = records.iter().filter(|record| touches(register, record, first, last));
        there.filter_map(|record| value(register, record, "student").as_ref_id()).collect()
    });
    assert_eq!(students.len(), 326);
    let (posts, fields) = all("vanguard-post", |register, records| {
        let held: Vec<&Record> = records.iter().filter(|record| touches(register, record, last, last)).collect();
        let fields: BTreeSet<&str> =
            held.iter().filter_map(|record| value(register, record, "field").as_text()).collect();
        (held.len(), fields.len())
    });
    assert_eq!((posts, fields), (79, 6));
    let names: BTreeSet<String> = all("culture-event", |register, records| {
        let of_year = |record: &&Record| {
            value(register, record, "held_on").as_date().is_some_and(|day| day.year() == 2024)
                && value(register, record, "kind").as_text() == Some("festival")
        };
        let names = records.iter().filter(of_year).filter_map(|record| value(register, record, "name").as_text());
        names.map(str::to_owned).collect()
    });
    assert_eq!(names.len(), 4);
    let days: Vec<i64> = all("stay-abroad", |register, records| {
        let day = |record, field| value(register, record, field).as_date().expect("a day");
        records.iter().map(|r| day(r, "returned_on").days_since(day(r, "departed_on")) + 1).collect()
    });
    assert_eq!(days, [21, 21]);
}

fn date(year: i32, month: u32, day: u32) -> Date {
    Date::new(year, month, day).expect("a day")
}

/// The sentences a college's year says of these areas, and what becomes of their numbers.
#[test]
fn claims_of_these_areas_are_supported() {
    let text = "2024年，学校创新开展主题党日活动10次，在教学、管理等6大领域设立党员先锋岗79个，推动结对帮扶走深走实，\
                320余名重点学生在党员导师的悉心指导下茁壮成长。\n\
                在班主任各级各类竞赛中，学校获嘉兴市一等奖4人次、二等奖9人次，平湖市一等奖8人次、二等奖21人次。\n\
                学校以四大文化节为基础搭建展示平台。学生获市高中田径运动会团体总分第三名。\n\
                两位同学成功入选青年国际交流计划，赴德国集团总部完成为期21天的实习之旅。\n";
    let checked = viewing(|viewer| viewer.check_text(text, 2024, true)).expect("a checked text");
    let verdict = |span: &str| {
        let claim = checked.document.claims.iter().find(|claim| claim.text == span).map(|claim| &claim.id);
        let judged = checked.judgements.iter().find(|judged| Some(&judged.claim_id) == claim);
        judged.map(|judged| (judged.verdict, judged.reading().map(|it| it.indicator.clone()).unwrap_or_default()))
    };
    let wanted = [
        ("10次", "theme-day-count"),
        ("6大领域", "vanguard-field-count"),
        ("79个", "vanguard-post-count"),
        ("320余名", "mentored-student-count"),
        ("四大文化节", "culture-festival-count"),
        ("第三名", "arts-sports-team-place"),
        // What the place's level tells apart: 平湖市 is a county.
        ("4人次", "class-teacher-first-city"),
        ("9人次", "class-teacher-second-city"),
        ("8人次", "class-teacher-first-county"),
        ("21人次", "class-teacher-second-county"),
        ("两位", "exchange-student-count"),
        ("21天", "exchange-days-per-stay"),
    ];
    let found: Vec<_> = wanted.iter().map(|(span, _)| (*span, verdict(span))).collect();
    let all: Vec<_> = wanted.iter().map(|(span, id)| (*span, Some((Verdict::Supported, (*id).to_owned())))).collect();
    assert_eq!(found, all);
}

fn covered(viewer: &Viewer, register: &str, list: &str, year: i32) -> Covered {
    let ix = viewer.catalog().find_register(register).expect("a register");
    let position = viewer.catalog().registers[ix].coverage.iter().position(|c| c.id == list).expect("a list");
    viewer.coverage(ix, position, year, Lang::Zh).expect("a coverage list")
}

/// Label and missing stretches of everybody left, whatever they belong to.
fn left(covered: &Covered) -> Vec<(String, Vec<usize>)> {
    covered.groups.iter().flat_map(|group| &group.left).map(|one| (one.label.clone(), one.missing.clone())).collect()
}

#[test]
fn months_and_quarters_without_a_meeting_are_listed() {
    viewing(|viewer| {
        let quarters = covered(viewer, "party-meeting", "general-quarterly", 2024);
        assert_eq!((quarters.stretches.len(), quarters.due, quarters.reached), (4, 6, 5));
        assert_eq!(left(&quarters), [("人文学院党支部".to_owned(), vec![2])]);
        let months = covered(viewer, "party-meeting", "committee-monthly", 2024);
        assert_eq!((months.stretches.len(), months.due, months.reached), (12, 6, 0));
        // Nobody met in August; three branches missed a month more.
        let missing = |name: &str| left(&months).into_iter().find(|(label, _)| label == name).map(|(_, at)| at);
        assert_eq!(missing("商贸信息学院党支部"), Some(vec![4, 7]));
        assert_eq!(missing("人文学院党支部"), Some(vec![7, 8]));
        assert_eq!(missing("机关第二党支部"), Some(vec![7, 10]));
        assert_eq!(missing("机关第一党支部"), Some(vec![7]));
        // The branch that was closed in June 2023 was due until then, and had no committee.
        let lectures = covered(viewer, "party-meeting", "lecture-yearly", 2023);
        assert_eq!(left(&lectures), [("实训中心党支部".to_owned(), vec![0])]);
        let [one] = lectures.groups.as_slice() else { panic!("one group") };
        let prefill = [("branch", "实训中心党支部"), ("kind", "lecture")];
        assert_eq!(one.left[0].prefill, prefill.map(|(field, text)| (field.to_owned(), text.to_owned())));
    });
}

#[test]
fn students_not_yet_visited_are_those_the_rate_leaves_out() {
    viewing(|viewer| {
        let visits = covered(viewer, "home-visit", "students", 2024);
        let of = viewer.indicator("home-visit-reach-rate").expect("an indicator");
        let page = jc_figures::Page::reported_in(&viewer.catalog().registers[of.register], 2024);
        let figure = viewer.figure(of, page).expect("a figure").figure;
        let jc_figures::FigureValue::Known(rate) = figure.value else { panic!("a rate") };
        let listed = jc_base::Ratio::new(visits.reached as i128 * 100, visits.due as i128).expect("someone is due");
        assert_eq!(rate, listed);
        assert_eq!(left(&visits).len(), visits.due - visits.reached);
        // By class, each student with the class filled in.
        let group = visits.groups.first().expect("someone is left");
        assert!(group.left[0].prefill.contains(&("class".to_owned(), group.label.clone())));
    });
}

#[test]
fn a_visit_reaches_its_students_once_it_is_handed_in() {
    let own = copy();
    own.viewing(|viewer| {
        let before = covered(viewer, "home-visit", "students", 2024);
        let register = viewer.catalog().find_register("home-visit").expect("a register");
        let someone = &before.groups[0].left[0];
        let mut typed: Vec<(String, String)> = someone.prefill.clone();
        let teacher = records(viewer, viewer.catalog().find_register("staff").expect("staff"), None);
        let teacher = teacher[0].values[0].as_text().expect("a number").to_owned();
        for (field, text) in
            [("visit_no", "JF-TEST"), ("visited_on", "2024-12-20"), ("teachers", teacher.as_str()), ("form", "phone")]
        {
            typed.push((field.to_owned(), text.to_owned()));
        }
        let (values, findings) = viewer.parse_form(register, &typed, None, Lang::Zh).expect("a form");
        assert_eq!(findings, []);
        let edit = |submit| jc_app::records::Edit { values: values.clone(), submit, seen_version: None };
        let id = own.keeping("home-visit", |keeper| keeper.create(edit(false), Lang::Zh)).expect("a draft");
        let planned = covered(viewer, "home-visit", "students", 2024);
        assert_eq!((planned.reached, planned.planned), (before.reached, before.planned + 1), "a draft is a plan");
        let day = jc_base::Date::new(2024, 12, 20).expect("a day");
        let again = planned.groups.iter().flat_map(|group| &group.left).find(|left| left.id == someone.id);
        assert_eq!(again.and_then(|left| left.planned), Some(jc_app::coverage::Planned { day, record: id }));
        own.keeping("home-visit", |keeper| keeper.submit(id, 1, Lang::Zh)).expect("it is handed in");
        assert_eq!(covered(viewer, "home-visit", "students", 2024).reached, before.reached + 1);
    });
}

#[test]
fn a_visit_to_a_student_of_another_class_is_pointed_out() {
    let own = copy();
    own.viewing(|viewer| {
        let register = viewer.catalog().find_register("home-visit").expect("a register");
        let declared = &viewer.catalog().registers[register];
        let mut visit = records(viewer, register, None).into_iter().next().expect("a visit");
        let class = declared.find_field("class").expect("a field");
        let warned = |record: &Record| {
            viewer.findings(register, record, Lang::Zh).into_iter().filter(|f| f.code == "APP-030").count()
        };
        assert!(!visit.values[class].is_missing());
        assert_eq!(warned(&visit), 0);
        let classes = records(viewer, viewer.catalog().find_register("class").expect("classes"), None);
        let other = classes.iter().find(|c| visit.values[class].as_ref_id() != Some(c.id)).expect("another class");
        visit.values[class] = Value::Ref(other.id);
        assert_eq!(warned(&visit), 1);
    });
}

#[test]
fn every_recorded_result_of_part_2_is_what_the_regulation_gives() {
    viewing(|viewer| {
        let ix = viewer.catalog().find_register("certificate-exam").expect("a register");
        let register = &viewer.catalog().registers[ix];
        let (mut worked, mut with_part_1) = (0, 0);
        for record in records(viewer, ix, None) {
            let Some(result) = viewer.examination(ix, &record).expect("an examination") else { continue };
            let recorded = value(register, &record, "result").as_text();
            match (result.outcome.passed, recorded) {
                (Some(passed), Some(recorded)) => assert_eq!(passed, recorded == "passed", "{:?}", record.values),
                // Without part 1 a pass stays open; a failure in the task does not.
                (None, recorded) => assert!(result.part_1.is_none() || recorded == Some("absent")),
                (passed, recorded) => panic!("{passed:?} {recorded:?}"),
            }
            worked += 1;
            with_part_1 += usize::from(result.part_1.is_some());
        }
        assert!(worked > 20 && with_part_1 > 5, "{worked} {with_part_1}");
    });
}

/// What is said of a form that is handed in; nothing if it is taken.
fn said(own: &crate::people::Own, register: &str, typed: &[(&str, &str)]) -> Vec<String> {
    let typed: Vec<(String, String)> = typed.iter().map(|(f, t)| ((*f).to_owned(), (*t).to_owned())).collect();
    let read = own.viewing(|viewer| viewer.parse_form(own.register(register), &typed, None, Lang::Zh));
    let (values, found) = read.expect("a form");
    assert_eq!(found, []);
    let edit = jc_app::records::Edit { values, submit: true, seen_version: None };
    match own.keeping(register, |keeper| keeper.create(edit, Lang::Zh)) {
        Ok(_) => Vec::new(),
        Err(jc_app::AppError::Findings(found)) => {
            found.iter().map(|finding| jc_words::finding(Lang::Zh, finding).what).collect()
        }
        Err(error) => panic!("{error:?}"),
    }
}

#[test]
fn bad_input_has_its_finding() {
    let own = copy();
    // The youngest of all: fifteen or sixteen years old.
    let student = all("student", |register, records| {
        let youngest = records.iter().max_by_key(|student| value(register, student, "birth_date").as_date());
        value(register, youngest.expect("a student"), "student_no").as_text().map(str::to_owned)
    });
    let student = student.expect("a number");
    let exam = |points: &str| {
        let typed = [
            ("student", student.as_str()),
            ("body", "ahk"),
            ("occupation", "机电一体化工"),
            ("part", "part-2"),
            ("attempt", "1"),
            ("examined_on", "2024-12-20"),
            ("sat", "是"),
            ("task_points", points),
        ];
        said(&own, "certificate-exam", &typed)
    };
    assert_eq!(exam("100.5"), ["工作任务得分应在 0 至 100 之间"]);
    assert_eq!(exam("-1"), ["工作任务得分应在 0 至 100 之间"]);
    assert_eq!(exam("100"), [""; 0]);
    // Whoever is under age goes abroad only with the guardian's consent.
    let stay = |consent: &str| {
        let typed = [
            ("student", student.as_str()),
            ("programme", "青年国际交流示例计划"),
            ("purpose", "internship"),
            ("host", "示例公司"),
            ("country", "DEU"),
            ("departed_on", "2024-12-20"),
            ("insured", "是"),
            ("guardian_consent", consent),
        ];
        said(&own, "stay-abroad", &typed)
    };
    assert_eq!(stay("否"), ["出境时不满 18 周岁，须有监护人书面同意"]);
    assert_eq!(stay(""), stay("否"));
    assert_eq!(stay("是"), [""; 0]);
    let meeting = [
        ("branch", "人文学院党支部"),
        ("kind", "general"),
        ("held_on", "2024-12-29"),
        ("topic", "组织生活"),
        ("due", "10"),
        ("present", "11"),
    ];
    assert_eq!(said(&own, "party-meeting", &meeting), ["实到人数不能多于应到人数；列席的不计"]);
}

#[test]
fn a_ninth_student_of_one_mentor_is_pointed_out() {
    let own = copy();
    let mentor = own.records("mentoring-pair")[0].values[1].clone();
    let (mentor, students) = own.viewing(|viewer| {
        let staff = records(viewer, own.register("staff"), None);
        let mentor = staff.into_iter().find(|s| Some(s.id) == mentor.as_ref_id()).expect("a mentor");
        let students = records(viewer, own.register("student"), None).into_iter().rev().take(9);
        let number = |r: &Record| r.values[0].as_text().expect("a number").to_owned();
        (number(&mentor), students.map(|s| number(&s)).collect::<Vec<_>>())
    });
    let mut csv = "结对编号,导师工号,学号,结对日期,结束日期\n".to_owned();
    for (place, student) in students.iter().enumerate() {
        // All in the same weeks of the next year, when nobody has a pair yet but those that go on.
        csv.push_str(&format!("JD2025-{place},{mentor},{student},2025-01-0{},2025-06-30\n", place + 1));
    }
    let report = own.import("mentoring-pair", &crate::people::request("结对.csv", csv)).expect("a report");
    let beyond: Vec<_> = report.findings.iter().filter(|f| f.code == "APP-031").collect();
    assert_eq!((report.new, report.rejected), (9, 0), "{:?}", report.findings);
    assert!(!beyond.is_empty() && beyond.len() < 9, "{beyond:?}");
    let last = jc_words::finding(Lang::Zh, beyond.last().expect("one")).what;
    assert!(last.starts_with("一位导师同时帮扶的学生偏多（同期共 "), "{last}");
}
