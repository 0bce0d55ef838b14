//! One achievement is entered once: whoever comes second is led to the record that is there.

use crate::people::{Own, copy, request};
use jc_app::AppError;
use jc_app::import::{Request, RowOutcome};
use jc_app::records::Edit;
use jc_base::{Lang, RecordState, Value};
use jc_store::Record;

/// An award of a team of students of 2024, verified; no other award waits.
fn team(own: &Own) -> Record {
    own.accept_all("award");
    let catalog = own.app.catalog();
    let declared = catalog.register("award").expect("a register");
    let field = |id: &str| declared.find_field(id).expect("a field");
    let fits = |record: &Record| {
        record.state == RecordState::Verified
            && record.values[field("students")].ref_ids().len() > 1
            && record.values[field("awarded_on")].as_date().is_some_and(|day| day.year() == 2024)
    };
    own.records("award").into_iter().find(fits).expect("a team")
}

/// The codes of what an award's form is told; empty if it was taken.
fn enter(own: &Own, values: Vec<Value>, submit: bool) -> Vec<&'static str> {
    match own.keeping("award", |keeper| keeper.create(Edit { values, submit, seen_version: None }, Lang::Zh)) {
        Ok(_) => Vec::new(),
        Err(AppError::Findings(found)) => found.iter().map(|f| f.code).collect(),
        Err(other) => panic!("{other:?}"),
    }
}

#[test]
fn an_award_under_another_name_is_known_by_its_people() {
    let own = copy();
    let catalog = own.app.catalog();
    let declared = catalog.register("award").expect("a register");
    let field = |id: &str| declared.find_field(id).expect("a field");
    let first = team(&own);
    let before = own.printed("award-count", 2024);
    // Another office names one of the team instead of the team, and only that one.
    let mut second = first.values.clone();
    second[field("winner")] = Value::Text("换个写法".into());
    second[field("certificate_no")] = Value::Missing;
    let one = first.values[field("students")].ref_ids()[..1].to_vec();
    second[field("students")] = Value::Refs(one);
    assert_eq!(enter(&own, second.clone(), true), ["APP-042"]);
    // The same people in another event are another award.
    let mut other = second.clone();
    other[field("event")] = Value::Text("另一赛项".into());
    assert_eq!(enter(&own, other, true), [""; 0]);
    // A draft claims nothing; it is refused when handed in.
    assert_eq!(enter(&own, second, false), [""; 0]);
    let draft = own.records("award").pop().expect("the draft");
    let refused = own.keeping("award", |keeper| keeper.submit(draft.id, draft.version, Lang::Zh));
    assert!(matches!(&refused, Err(AppError::Findings(f)) if f[0].code == "APP-042"), "{refused:?}");
    // Changing the first does not meet itself.
    let edit = Edit { values: first.values.clone(), submit: true, seen_version: Some(first.version) };
    own.keeping("award", |keeper| keeper.update(first.id, edit, Lang::Zh)).expect("it is itself");
    own.accept_all("award");
    let counted = |text: &str| text.parse::<i64>().expect("a number");
    assert_eq!(counted(&own.printed("award-count", 2024)), counted(&before) + 1, "only the other event");
    own.verified();
}

#[test]
fn what_a_second_person_knows_is_joined_and_nothing_is_counted_twice() {
    let own = copy();
    let catalog = own.app.catalog();
    let declared = catalog.register("award").expect("a register");
    let field = |id: &str| declared.find_field(id).expect("a field");
    let first = team(&own);
    let before = (own.printed("award-count", 2024), own.printed("award-person-times", 2024));
    // The one who comes second knows one member more and calls the team otherwise.
    let mut second = first.values.clone();
    second[field("winner")] = Value::Text("换个写法".into());
    let strangers = own.records("student").into_iter().map(|student| student.id);
    let more = strangers.into_iter().find(|id| !first.values[field("students")].ref_ids().contains(id));
    let more = more.expect("a student who is not of the team");
    second[field("students")] = Value::Refs(vec![first.values[field("students")].ref_ids()[0], more]);
    let register = catalog.find_register("award").expect("a register");
    let (other, nothing) = own.keeping("award", |keeper| {
        let same = keeper.same_already(&second).expect("a look");
        assert_eq!(same, Some((register, first.id, true)));
        let joined = keeper.join(first.id, &second, "二次登记，并入", Lang::Zh).expect("joined");
        (joined, keeper.join(first.id, &second, "二次登记，并入", Lang::Zh).expect("nothing to add"))
    });
    assert!(other && !nothing);
    let now = own.records("award").into_iter().find(|record| record.id == first.id).expect("it is there");
    assert_eq!(now.state, RecordState::Submitted, "a verified record is verified anew");
    assert_eq!(now.values[field("winner")], first.values[field("winner")], "nothing that stood is replaced");
    let members = now.values[field("students")].ref_ids();
    assert_eq!(members.len(), first.values[field("students")].ref_ids().len() + 1);
    assert!(members.contains(&more));
    own.accept_all("award");
    let counted = |text: &str| text.parse::<i64>().expect("a number");
    assert_eq!(own.printed("award-count", 2024), before.0, "one award");
    assert_eq!(counted(&own.printed("award-person-times", 2024)), counted(&before.1) + 1, "one person more");
    own.verified();
}

/// A spreadsheet of some fields of a register, its rows as a person writes them.
fn sheet(own: &Own, register: &str, heads: &[&str], rows: &[Vec<String>]) -> String {
    let catalog = own.app.catalog();
    let declared = catalog.register(register).expect("a register");
    let name = |id: &&str| declared.fields[declared.find_field(id).expect("a field")].name.zh.clone();
    let head: Vec<String> = heads.iter().map(name).collect();
    let lines = rows.iter().map(|row| row.join(","));
    std::iter::once(head.join(",")).chain(lines).map(|line| line + "\n").collect()
}

fn number(text: &str) -> i64 {
    text.parse().expect("a number")
}

/// An honour of the school, verified, and the row that another office writes for it: the title in other quotation marks,
/// the authority under its short name, and a grade that the first one left open.
fn honour_again(own: &Own) -> (Record, String) {
    let catalog = own.app.catalog();
    let declared = catalog.register("honour").expect("a register");
    let field = |id: &str| declared.find_field(id).expect("a field");
    let fits = |record: &Record| {
        record.state == RecordState::Verified
            && record.values[field("holder_kind")].as_text() == Some("school")
            && record.values[field("grade")].is_missing()
    };
    let known = own.records("honour").into_iter().find(fits).expect("an honour of the school");
    let text = |id: &str| declared.fields[field(id)].kind.edit(&known.values[field(id)]);
    let heads =
        ["honour", "kind", "authority", "level", "holder_kind", "holder", "honour_year", "conferred_on", "grade"];
    let row = heads.iter().map(|id| match *id {
        "honour" => format!("“{}”", text("honour")),
        "authority" => "上级部门".to_owned(),
        "grade" => "优秀".to_owned(),
        id => text(id),
    });
    let file = sheet(own, "honour", &heads, &[row.collect()]);
    (known, file)
}

/// How many records an import that is taken back had made, and how many it had changed.
fn taken_back(own: &Own, register: &str, report: &jc_app::import::Report) -> (u64, u64) {
    let seq = report.seq.expect("an entry of the log");
    let undone = own.keeping(register, |keeper| keeper.undo_import(seq, Lang::Zh)).expect("it is taken back");
    (undone.withdrawn, undone.restored)
}

#[test]
fn an_import_joins_what_is_on_record_and_does_what_it_showed() {
    let own = copy();
    let catalog = own.app.catalog();
    let declared = catalog.register("honour").expect("a register");
    let field = |id: &str| declared.find_field(id).expect("a field");
    own.accept_all("honour");
    let (known, file) = honour_again(&own);
    let before = (own.records("honour").len(), own.printed("honour-count", 2024));
    // Looked at as a draft, as the screen does, and committed as handed in: the same outcome.
    let look = Request { state: RecordState::Draft, ..request("荣誉.csv", file.clone()) };
    let shown = own.keeping("honour", |keeper| keeper.preview(&look)).expect("a preview");
    let told: Vec<&str> = shown.findings.iter().map(|f| f.code).filter(|code| *code == "APP-043").collect();
    assert_eq!((shown.new, shown.joined, shown.rejected), (0, 1, 0), "{:?}", shown.findings);
    // The title and the authority are written otherwise: said, and not taken over.
    assert_eq!(told, ["APP-043", "APP-043"], "{:?}", shown.findings);
    let added = vec![(field("grade"), Value::Missing, Value::Text("优秀".into()))];
    assert_eq!(shown.outcomes[0].1, RowOutcome::Joined(added));
    assert_eq!(shown.seen[&shown.outcomes[0].0].id, Some(known.id));
    assert_eq!(own.record("honour", known.id).version, known.version, "nothing is changed by looking");

    let handed = request("荣誉.csv", file);
    let commit = |expected: &str| own.keeping("honour", |k| k.import(&handed, Some(expected), &mut |_| {}));
    let report = commit(&shown.digest).expect("what was shown");
    assert!(report.committed && report.joined == 1, "{report:?}");
    // Taken back, the record is as it was, and waits to be verified; then it is joined all the same.
    assert_eq!(taken_back(&own, "honour", &report), (0, 1));
    let back = own.record("honour", known.id);
    assert_eq!((&back.values, back.state), (&known.values, RecordState::Submitted));
    own.accept_all("honour");
    let shown = own.keeping("honour", |keeper| keeper.preview(&handed)).expect("a preview");
    let report = commit(&shown.digest).expect("what was shown");
    assert!(report.committed && report.joined == 1, "{report:?}");
    let now = own.record("honour", known.id);
    assert_eq!(now.values[field("grade")], Value::Text("优秀".into()));
    assert_eq!(now.values[field("authority")], known.values[field("authority")], "nothing that stood is replaced");
    assert_eq!(now.state, RecordState::Submitted, "it is verified anew");
    own.accept_all("honour");
    assert_eq!((own.records("honour").len(), own.printed("honour-count", 2024)), before, "counted once");
    // The record has changed since: the same preview is no longer what would be done.
    assert!(matches!(commit(&shown.digest), Err(AppError::PreviewOutdated)));
    // Brought a third time it adds nothing, and the record stays verified.
    let report = own.import("honour", &handed).expect("a report");
    assert_eq!((report.joined, report.outcomes[0].1.clone()), (1, RowOutcome::Joined(Vec::new())));
    assert_eq!(own.record("honour", known.id).state, RecordState::Verified);
    own.verified();
}

#[test]
fn a_file_that_brings_an_award_twice_makes_one_record_of_all_its_people() {
    let own = copy();
    let catalog = own.app.catalog();
    let declared = catalog.register("award").expect("a register");
    let field = |id: &str| declared.find_field(id).expect("a field");
    let first = team(&own);
    let before = (own.printed("award-count", 2024), own.printed("awarded-student-count", 2024));
    let text = |id: &str| declared.fields[field(id)].kind.edit(&first.values[field(id)]);
    let contest = own.record("contest", first.values[field("contest")].as_ref_id().expect("a contest"));
    let contests = catalog.register("contest").expect("a register");
    let called = contests.find_field("name").expect("a field");
    let name = contests.fields[called].kind.edit(&contest.values[called]);
    let students = catalog.register("student").expect("a register");
    let number_of = |student: &Record| students.fields[students.key[0]].kind.edit(&student.values[students.key[0]]);
    let numbers: Vec<String> = own.records("student").iter().take(3).map(number_of).collect();
    let heads = ["contest", "event", "entrants", "winner", "students", "grade", "awarded_on"];
    let row = |winner: &str, students: &[String]| {
        let cells = [&name, "并入的赛项", "学生", winner, &students.join("、"), "一等奖", &text("awarded_on")];
        cells.map(str::to_owned).to_vec()
    };
    // The team, one of it under its own name with a third, and that third alone: all three are one award.
    let rows = [row("红队", &numbers[..2]), row("甲某", &numbers[1..]), row("乙某", &numbers[2..])];
    let file = request("获奖.csv", sheet(&own, "award", &heads, &rows));
    let shown = own.keeping("award", |keeper| keeper.preview(&file)).expect("a preview");
    let counts = (shown.new, shown.joined, shown.rejected);
    assert_eq!(counts, (1, 2, 0), "{:?}", shown.findings);
    let joined = shown.outcomes.iter().filter(|(_, outcome)| matches!(outcome, RowOutcome::Joined(_)));
    for (row, _) in joined {
        assert_eq!(shown.seen[row].id, None, "what the file makes has no address yet");
    }
    let done = own.keeping("award", |k| k.import(&file, Some(&shown.digest), &mut |_| {})).expect("what was shown");
    assert!(done.committed);
    own.accept_all("award");
    assert_eq!(number(&own.printed("award-count", 2024)), number(&before.0) + 1);
    let made = || {
        let found = own.records("award").into_iter().find(|r| r.values[field("event")].as_text() == Some("并入的赛项"));
        found.expect("the award")
    };
    assert_eq!(made().values[field("students")].ref_ids().len(), 3);

    // A fourth and a fifth are joined by two rows of one file: taken back, it is as it was before either.
    let more: Vec<String> = own.records("student").iter().skip(3).take(2).map(number_of).collect();
    let two =
        [row("丙某", &[numbers[0].clone(), more[0].clone()]), row("丁某", &[numbers[0].clone(), more[1].clone()])];
    let joining = own.import("award", &request("再报.csv", sheet(&own, "award", &heads, &two))).expect("a report");
    assert_eq!((joining.new, joining.joined, joining.joined_to), (0, 2, 1), "{:?}", joining.findings);
    assert_eq!(made().values[field("students")].ref_ids().len(), 5);
    assert_eq!(taken_back(&own, "award", &joining), (0, 1));
    assert_eq!((made().values[field("students")].ref_ids().len(), made().state), (3, RecordState::Submitted));

    // What a file made and joined to itself is a draft again, with all its people.
    let other = |mut row: Vec<String>| {
        row[1] = "收回的赛项".to_owned();
        row
    };
    let three = [row("红队", &numbers[..2]), row("甲某", &numbers[1..]), row("乙某", &numbers[2..])].map(other);
    let making = own.import("award", &request("另报.csv", sheet(&own, "award", &heads, &three))).expect("a report");
    assert_eq!((making.new, making.joined, making.joined_to), (1, 2, 0), "{:?}", making.findings);
    assert_eq!(taken_back(&own, "award", &making), (1, 0));
    let drafts = own.records("award").into_iter().filter(|r| r.state == RecordState::Draft);
    let events: Vec<String> = drafts.filter_map(|r| r.values[field("event")].as_text().map(str::to_owned)).collect();
    assert_eq!(events, ["收回的赛项"]);
    own.verified();
}
