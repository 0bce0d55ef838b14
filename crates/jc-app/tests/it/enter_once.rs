//! One achievement is entered once: whoever comes second is led to the record that is there.

use crate::people::{Own, copy, request};
use jc_app::AppError;
use jc_app::records::Edit;
use jc_base::{Lang, RecordState, Value};
use jc_store::Record;

/// An award of a team of students of 2024, verified.
fn team(own: &Own) -> Record {
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
    own.accept_all("award");
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
    own.accept_all("award");
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
        assert_eq!(same, Some((register, first.id)));
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

#[test]
fn an_import_is_told_where_the_honour_is_already() {
    let own = copy();
    let catalog = own.app.catalog();
    let declared = catalog.register("honour").expect("a register");
    let field = |id: &str| declared.find_field(id).expect("a field");
    let of_the_school = |record: &Record| {
        record.state == RecordState::Verified && record.values[field("holder_kind")].as_text() == Some("school")
    };
    let known = own.records("honour").into_iter().find(of_the_school).expect("an honour of the school");
    let text = |id: &str| declared.fields[field(id)].kind.edit(&known.values[field(id)]);
    let heads = ["honour", "kind", "authority", "level", "holder_kind", "holder", "honour_year", "conferred_on"];
    let names: Vec<&str> = heads.iter().map(|id| declared.fields[field(id)].name.zh.as_str()).collect();
    // The same title in other quotation marks, under the short name of the authority.
    let row: Vec<String> = heads
        .iter()
        .map(|id| match *id {
            "honour" => format!("“{}”", text("honour")),
            "authority" => "上级部门".to_owned(),
            id => text(id),
        })
        .collect();
    let file = format!("{}\n{}\n", names.join(","), row.join(","));
    let report = own.import("honour", &request("荣誉.csv", file)).expect("a report");
    let told: Vec<&str> = report.findings.iter().map(|f| f.code).filter(|code| *code == "APP-042").collect();
    assert_eq!((report.new, report.rejected, told), (0, 1, vec!["APP-042"]), "{:?}", report.findings);
}
