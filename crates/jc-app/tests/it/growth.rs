//! Growth on the sample college: every case a college knows is there, and each stage is proved.

use crate::people::copy;
use crate::sample::college;
use jc_app::app::App;
use jc_app::given::facts::Contested;
use jc_app::given::{FileKind, Tie};
use jc_app::growth::{Growth, Overview};
use jc_app::report::Step;
use jc_app::{AppError, Person};
use jc_base::{Date, Lang, RecordId};
use jc_catalog::pathway::Amount;
use std::sync::Arc;

fn day(text: &str) -> Date {
    Date::parse_iso(text).expect("a day")
}

fn overview(growth: &Growth, on: &str) -> Overview {
    growth.overview(day(on), Lang::Zh).expect("an overview")
}

/// Number and stage of everybody there on a day.
fn stages(growth: &Growth, on: &str) -> Vec<(String, Option<usize>)> {
    let overview = overview(growth, on);
    let there = overview.members.iter().zip(&overview.lines);
    there.filter_map(|(m, line)| Some((line.number.clone(), m.standing.as_ref()?.stage))).collect()
}

fn machine(app: &App) -> Person {
    Person::command_line(app.schools().expect("schools")[0].0)
}

/// The person of a role, tied to a record.
fn tied(app: &App, role: &str, scope: &str, register: &str, record: RecordId) -> Person {
    let mut person = machine(app);
    person.account = Some(RecordId([9; 16]));
    person.login = role.into();
    person.roles = vec![role.into()];
    person.ties = vec![Tie { scope: scope.into(), register: register.into(), record }];
    person
}

#[test]
fn every_case_a_college_knows_is_there() {
    let (app, _) = college();
    let person = machine(app);
    let growth = app.growth(&person).expect("the machine's person looks");
    let overview = overview(&growth, "2024-12-31");
    let pathway = growth.pathway();
    let now: Vec<_> = overview.members.iter().filter_map(|m| m.standing.as_ref().map(|s| (m, s))).collect();
    let on = |stage: usize| now.iter().filter(|(_, s)| s.stage == Some(stage)).count();
    let spread: Vec<usize> = (0..pathway.stages.len()).map(on).collect();
    assert!(spread.iter().all(|count| *count >= 3), "all stages are held: {spread:?}");
    assert_eq!(spread.iter().sum::<usize>(), now.len(), "everybody is at least a novice");

    let stuck = now.iter().filter(|(m, s)| s.stage == Some(1) && m.from < day("2014-12-31")).count();
    assert!(stuck >= 5, "some have taught ten years and are beginners: {stuck}");
    let ready = now.iter().filter(|(_, s)| s.ready).count();
    assert!((3..30).contains(&ready), "some wait for a panel only: {ready}");
    let fallen = now.iter().filter(|(m, s)| m.turns.iter().any(|turn| turn.stage > s.stage)).count();
    assert!(fallen >= 2, "some fell when a certificate lapsed: {fallen}");
    let disputed = now.iter().filter(|(_, s)| s.facts.rated.iter().any(|rated| rated.disputed)).count();
    assert!(disputed >= 3, "ratings of some are far apart: {disputed}");
    let heard = || now.iter().flat_map(|(_, s)| &s.facts.rated).flat_map(|rated| &rated.heard);
    assert!(heard().any(|heard| heard.contest == Contested::Open));
    assert!(heard().any(|heard| heard.contest == Contested::Upheld));

    assert_eq!(now.len(), 152, "the teachers among a staff of a hundred and ninety");
    let class_teacher = pathway.variants.iter().position(|it| it.id == "class-teacher").expect("a variant");
    let leading = now.iter().filter(|(_, s)| s.variants.contains(&class_teacher)).count();
    assert!(leading >= 20, "some lead a class: {leading}");
    assert!(now.iter().all(|(_, s)| !s.variants.is_empty()), "everybody teaches theory or practice");
    let until = day("2024-12-31");
    let issued = column(app, "teaching-certificate", "issued_on");
    let expired = issued.iter().filter(|value| value.as_date().is_some_and(|on| on.plus_days(2193) < until)).count();
    assert!(expired >= 2, "certificates that have lapsed: {expired}");
    let (mentors, ends) = (column(app, "teacher-guidance", "mentor"), column(app, "teacher-guidance", "until_on"));
    let under_way = |mentor: &jc_base::Value| {
        mentors.iter().zip(&ends).filter(|(who, end)| *who == mentor && **end == jc_base::Value::Missing).count() as i64
    };
    let (may, room) = (column(app, "growth-mentor", "mentor"), column(app, "growth-mentor", "capacity"));
    let over = may.iter().zip(&room).filter(|(who, room)| under_way(who) > room.as_int().unwrap_or(0)).count();
    assert!(over >= 2, "mentors who guide more than they can: {over}");
}

#[test]
fn whoever_led_a_class_on_a_day_is_a_class_teacher_of_that_day() {
    let (app, _) = college();
    let person = machine(app);
    let growth = app.growth(&person).expect("the machine's person looks");
    let class_teacher = growth.pathway().variants.iter().position(|it| it.id == "class-teacher").expect("a variant");
    let [whose, from, until] = ["teacher", "from_on", "until_on"].map(|field| column(app, "class-teacher-term", field));
    let leads = |person: RecordId, on: Date| {
        (0..whose.len()).any(|at| {
            let ended = until[at].as_date().is_some_and(|until| until < on);
            whose[at].as_ref_id() == Some(person) && from[at].as_date() <= Some(on) && !ended
        })
    };
    let mut handed_on = 0;
    for on in ["2020-12-31", "2022-12-31", "2024-12-31"] {
        for member in overview(&growth, on).members {
            let Some(standing) = member.standing else { continue };
            assert_eq!(standing.variants.contains(&class_teacher), leads(member.person, day(on)), "on {on}");
            let now = leads(member.person, day("2024-12-31"));
            handed_on += usize::from(leads(member.person, day(on)) && !now);
        }
    }
    assert!(handed_on >= 3, "some led a class and do no longer: {handed_on}");
}

/// A field of every verified record of a register, in the same order each time.
fn column(app: &App, register: &str, field: &str) -> Vec<jc_base::Value> {
    let person = machine(app);
    let viewer = app.viewer(&person);
    let at = viewer.catalog().find_register(register).expect("a register");
    let field = viewer.catalog().registers[at].find_field(field).expect("a field");
    let query =
        jc_app::given::ListQuery { limit: 1000, state: Some(jc_base::RecordState::Verified), ..Default::default() };
    let listed = viewer.list(at, &query).expect("a list").records;
    listed.into_iter().map(|mut record| record.values.swap_remove(field)).collect()
}

#[test]
fn no_stage_above_the_first_without_verified_records() {
    let (app, _) = college();
    let person = machine(app);
    let growth = app.growth(&person).expect("the machine's person looks");
    let pathway = growth.pathway();
    for member in overview(&growth, "2024-12-31").members {
        let Some(standing) = member.standing.filter(|standing| standing.stage >= Some(1)) else { continue };
        for stage in 1..=standing.stage.unwrap_or(0) {
            for judged in &standing.criteria[stage] {
                let facts = pathway.stages[stage].criteria[judged.criterion].facts();
                let counted =
                    |fact: &usize| pathway.quantities.get(*fact).is_none_or(|q| matches!(q.amount, Amount::Records(_)));
                let mut proofs = facts.iter().filter(|fact| counted(fact));
                let proved = proofs.any(|fact| !standing.facts.proof(pathway, *fact).is_empty());
                assert!(proved || !facts.iter().any(counted), "{} of {:?}", stage, member.person);
            }
        }
    }
}

#[test]
fn one_alone_is_as_among_all_and_a_past_day_stays_as_it_was() {
    let copied = copy();
    let app = &copied.app;
    let person = machine(app);
    let growth = app.growth(&person).expect("the machine's person looks");
    let before = stages(&growth, "2022-12-31");
    let all = overview(&growth, "2024-12-31");
    for member in all.members.iter().step_by(11).filter(|member| member.standing.is_some()) {
        let alone = growth.profile(member.person, day("2024-12-31"), Lang::Zh).expect("a profile");
        assert_eq!(Some(&alone.standing), member.standing.as_ref());
        assert_eq!(alone.turns, member.turns);
    }
    // What is dated later changes nothing before it.
    let panel = growth.catalog().find_register("growth-panel").expect("panels");
    let declared = &growth.catalog().registers[panel];
    let mut values = vec![jc_base::Value::Missing; declared.fields.len()];
    let mut set = |id: &str, value| values[declared.find_field(id).expect("a field")] = value;
    let (teacher, chair) = (all.members[0].person, all.members[1].person);
    set("teacher", jc_base::Value::Ref(teacher));
    set("stage", jc_base::Value::Text("expert".into()));
    set("held_on", jc_base::Value::Date(day("2024-12-30")));
    set("chair", jc_base::Value::Ref(chair));
    set("decision", jc_base::Value::Text("confirmed".into()));
    set("reasons", jc_base::Value::Text("材料齐备".into()));
    let edit = jc_app::records::Edit { values, submit: true, seen_version: None };
    app.keeper(&person, panel).and_then(|keeper| keeper.create(edit, Lang::Zh)).expect("a record");
    assert_eq!(stages(&growth, "2022-12-31"), before);
}

#[test]
fn a_dossier_is_a_file_whose_code_tells_nothing_of_the_person() {
    let copied = copy();
    let app = &copied.app;
    let person = machine(app);
    let growth = app.growth(&person).expect("the machine's person looks");
    let on = day("2024-12-31");
    let all = overview(&growth, "2024-12-31");
    let two: Vec<_> = all.members.iter().filter(|it| it.standing.as_ref().is_some_and(|s| s.stage > Some(2))).collect();
    let address = "https://school.example/v/";
    let file = |at: usize, kind| {
        growth.dossier_file(two[at].person, on, Lang::Zh, kind, address, &mut |_| {}).expect("a file")
    };
    let word = file(0, FileKind::Docx);
    let of = two[0].person;
    let (begun, begins) = std::sync::mpsc::channel();
    let at_once = std::thread::scope(|scope| {
        let first = scope.spawn(|| {
            let mut told = |step| {
                if step == Step::Writing {
                    begun.send(()).expect("the other waits");
                    std::thread::sleep(std::time::Duration::from_millis(400));
                }
            };
            growth.dossier_file(of, on, Lang::Zh, FileKind::Docx, address, &mut told).expect("a file")
        });
        begins.recv().expect("it is being written");
        (file(0, FileKind::Docx), first.join().expect("it is made"))
    });
    assert!(Arc::ptr_eq(&at_once.0, &at_once.1), "whoever asks while it is being made gets that one");
    assert!(word.name.ends_with("2024-12-31.docx") && word.bytes.starts_with(b"PK"));
    if FileKind::ALL.contains(&FileKind::Pdf) {
        assert!(file(0, FileKind::Pdf).bytes.starts_with(b"%PDF"));
    }
    let codes = |bytes: Vec<u8>| {
        let text = app.open_text("材料.docx", bytes).expect("a document").text;
        let is_code = |word: &&str| word.len() == 19 && word.split('-').count() == 4;
        let words: Vec<String> = text.split_whitespace().filter(is_code).map(str::to_owned).collect();
        words
    };
    let (mine, theirs) = (codes(word.bytes.clone()), codes(file(1, FileKind::Docx).bytes.clone()));
    assert!(!mine.is_empty() && mine.iter().all(|code| !theirs.contains(code)), "{mine:?} and {theirs:?}");
    let log = app.viewer(&person).audit(None, 200).expect("the log");
    assert!(log.iter().filter(|line| line.action == "growth.dossier").count() >= 2, "each file is noted");
    let told = mine.iter().find_map(|code| app.report_code(code).expect("a look")).expect("the code is kept");
    assert_eq!(told.title, "职称申报材料");
    let label = &all.lines[all.members.iter().position(|it| it.person == two[0].person).expect("there")].label;
    assert!(!format!("{told:?}").contains(label.as_str()), "a stranger is told nobody's name");
}

#[test]
fn a_look_is_noted_and_shown_to_whoever_it_is_about() {
    let copied = copy();
    let app = &copied.app;
    let person = machine(app);
    let growth = app.growth(&person).expect("the machine's person looks");
    let all = overview(&growth, "2024-12-31");
    let there: Vec<_> = all.members.iter().filter(|member| member.standing.is_some()).collect();
    let (one, other) = (there[0], there[1]);
    let head = tied(app, "department-head", "department", "department", one.department.expect("a department"));
    let on = day("2024-12-31");
    let own = tied(app, "teacher", "self", "staff", one.person);

    let of_head = app.growth(&head).expect("a head of department looks");
    of_head.profile(one.person, on, Lang::Zh).expect("of the own department");
    let of_own = app.growth(&own).expect("a teacher looks");
    assert_eq!(of_own.own(), Some(one.person));
    let mine = of_own.profile(one.person, on, Lang::Zh).expect("the own profile");
    assert_eq!(mine.views.iter().map(|view| view.actor.as_str()).collect::<Vec<_>>(), ["department-head"]);
    // Looking at oneself is nobody's business.
    assert_eq!(of_own.profile(one.person, on, Lang::Zh).expect("again").views.len(), 1);
    assert!(matches!(of_own.profile(other.person, on, Lang::Zh), Err(AppError::NotFound)));
    let elsewhere = there.iter().find(|member| member.department != one.department).expect("another department");
    assert!(matches!(of_head.profile(elsewhere.person, on, Lang::Zh), Err(AppError::NotFound)));
    let seen = of_head.overview(on, Lang::Zh).expect("an overview");
    assert!(seen.members.iter().all(|member| member.department == one.department));
    assert!(!seen.members.is_empty() && seen.members.len() < all.members.len());
    assert_eq!(of_own.overview(on, Lang::Zh).expect("an overview").members.len(), 1);
}

#[test]
fn teachers_write_what_names_them_and_nothing_else() {
    let copied = copy();
    let app = &copied.app;
    let person = machine(app);
    let growth = app.growth(&person).expect("the machine's person looks");
    let all = overview(&growth, "2024-12-31");
    let (one, other) = (all.members[0].person, all.members[1].person);
    let own = tied(app, "teacher", "self", "staff", one);
    let rating = growth.catalog().find_register("growth-rating").expect("ratings");
    let declared = &growth.catalog().registers[rating];
    let edit = |by: RecordId, about: RecordId, kind: &str| {
        let mut values = vec![jc_base::Value::Missing; declared.fields.len()];
        let mut set = |id: &str, value| values[declared.find_field(id).expect("a field")] = value;
        set("teacher", jc_base::Value::Ref(about));
        set("rated_by", jc_base::Value::Ref(by));
        set("competency", jc_base::Value::Text("ethics".into()));
        set("kind", jc_base::Value::Text(kind.into()));
        set("level", jc_base::Value::Int(2));
        set("rated_on", jc_base::Value::Date(day("2025-01-08")));
        jc_app::records::Edit { values, submit: true, seen_version: None }
    };
    let keeper = app.keeper(&own, rating).expect("ratings are open to teachers");
    keeper.create(edit(one, one, "self"), Lang::Zh).expect("a rating of oneself");
    keeper.create(edit(one, other, "mentor"), Lang::Zh).expect("a rating of somebody else");
    let forged = keeper.create(edit(other, one, "panel"), Lang::Zh);
    assert!(matches!(forged, Err(AppError::Findings(_))), "in somebody else's name: {forged:?}");
    let panel = growth.catalog().find_register("growth-panel").expect("panels");
    assert!(matches!(app.keeper(&own, panel), Err(AppError::Denied)));
    // A rating others wrote about them is theirs to read, not to change.
    let written = app.viewer(&own).list(rating, &jc_app::given::ListQuery { limit: 1000, ..Default::default() });
    let written = written.expect("the own ratings").records;
    let by = declared.find_field("rated_by").expect("a field");
    let foreign = written.iter().find(|record| record.values[by].as_ref_id() != Some(one)).expect("by others");
    let mut theirs = edit(one, one, "self");
    theirs.seen_version = Some(foreign.version);
    assert!(matches!(keeper.update(foreign.id, theirs, Lang::Zh), Err(AppError::NotFound)));
}
