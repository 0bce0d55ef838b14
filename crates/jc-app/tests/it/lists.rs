//! Lists in every order: looked through screen by screen they are what the records say, also right after a change.

use crate::people::{Own, copy, empty, records, request};
use jc_app::browse::From;
use jc_app::records::Edit;
use jc_base::{Date, Lang, RecordId, RecordState, Value};
use jc_catalog::Column;
use jc_figures::Page;
use jc_store::Record;
use jc_store::reader::ListQuery;

/// A list looked through from its beginning to its end, and back again.
fn through(own: &Own, register: usize, query: &ListQuery) -> Vec<RecordId> {
    let (mut ids, mut from): (Vec<RecordId>, From) = (Vec::new(), From::Start);
    loop {
        let screen = own.viewing(|viewer| viewer.screen(register, query, from)).expect("a screen");
        assert_eq!(screen.before, !ids.is_empty());
        ids.extend(screen.records.iter().map(|record| record.id));
        match screen.records.last() {
            Some(last) if screen.after => from = From::After(last.id),
            _ => break,
        }
    }
    let mut back = Vec::new();
    let mut from = ids.last().copied();
    while let Some(id) = from {
        let screen = own.viewing(|viewer| viewer.screen(register, query, From::Before(id))).expect("a screen");
        back.splice(0..0, screen.records.iter().map(|record| record.id));
        from = screen.records.first().map(|record| record.id).filter(|_| screen.before);
    }
    assert_eq!(back[..], ids[..ids.len().saturating_sub(1)], "backwards the same");
    ids
}

/// The ids of records in the order of a key.
fn by_hand<K: Ord>(mut all: Vec<Record>, key: impl Fn(&Record) -> K) -> Vec<RecordId> {
    all.sort_by_key(|record| (key(record), record.id));
    all.into_iter().map(|record| record.id).collect()
}

#[test]
fn a_list_is_in_the_order_asked_for_whatever_is_written_meanwhile() {
    let own = empty();
    let mut csv = "类别,主题,日期,参与人数\n".to_owned();
    for n in 0..130 {
        csv += &format!("家长会,主题{n:03},2024-{:02}-{:02},{}\n", 1 + n % 12, 1 + n * 7 % 28, 1 + n * 37 % 50);
    }
    own.import("family-event", &request("一.csv", csv)).expect("an import");
    let register = own.register("family-event");
    let declared = own.app.catalog().registers[register].clone();
    let field = |id: &str| declared.find_field(id).expect("a field");
    let (number, day) = (field("participants"), field("held_on"));
    let page = Page::reported_in(&declared, 2024);
    let query = |column: usize, descending| ListQuery {
        page: Some(page),
        sort: Some(Column::Field(column)),
        descending,
        limit: 17,
        ..ListQuery::default()
    };
    let all = || own.records("family-event");
    let check = || {
        for column in [number, day] {
            let mut wanted = by_hand(all(), |record| record.values[column].clone());
            assert_eq!(through(&own, register, &query(column, false)), wanted);
            wanted.reverse();
            assert_eq!(through(&own, register, &query(column, true)), wanted);
        }
    };
    check();
    // A changed value, a moved state and a new record are seen at once.
    let first = all().remove(3);
    let mut values = first.values.clone();
    values[number] = Value::Int(1_000);
    let edit = Edit { values: values.clone(), submit: true, seen_version: Some(first.version) };
    own.keeping("family-event", |keeper| keeper.update(first.id, edit, Lang::Zh)).expect("a change");
    check();
    assert_eq!(through(&own, register, &query(number, true))[0], first.id);
    let waiting = ListQuery { state: Some(RecordState::Submitted), ..query(day, false) };
    assert_eq!(through(&own, register, &waiting).len(), 130);
    let paper = |keeper: &jc_app::Keeper| keeper.attach(&[first.id], "attendance-sheet", "a.pdf", b"%PDF-1.7 a");
    own.keeping("family-event", paper).expect("a paper");
    own.verifying("family-event", |verifier| verifier.accept(first.id, 2)).expect("it is accepted");
    assert!(!through(&own, register, &waiting).contains(&first.id));
    values[field("topic")] = Value::Text("另一场".into());
    let edit = Edit { values, submit: true, seen_version: None };
    own.keeping("family-event", |keeper| keeper.create(edit, Lang::Zh)).expect("a record");
    check();
}

#[test]
fn a_list_is_sorted_by_what_its_references_are_called() {
    let own = copy();
    let register = own.register("graduate");
    let catalog = own.app.catalog();
    let field = |register: usize, id: &str| catalog.registers[register].find_field(id).expect("a field");
    let student = field(register, "student");
    let of = own.register("student");
    let name = field(of, "name");
    let names = own.viewing(|viewer| records(viewer, of, None));
    let called = |id: RecordId| {
        let record = names.iter().find(|record| record.id == id).expect("a student");
        jc_text::pinyin::pinyin_full(record.values[name].as_text().unwrap_or_default())
    };
    let page_of_2024 = Some(Page::reported_in(&catalog.registers[register], 2024));
    let query = |page| ListQuery { page, sort: Some(Column::Field(student)), limit: 100, ..ListQuery::default() };
    for page in [page_of_2024, None] {
        let shown = through(&own, register, &query(page));
        let all = own.viewing(|viewer| records(viewer, register, page));
        assert_eq!(shown.len(), all.len());
        let whom = |id: &RecordId| all.iter().find(|r| r.id == *id).and_then(|r| r.values[student].as_ref_id());
        let called: Vec<String> = shown.iter().map(|id| called(whom(id).expect("a student"))).collect();
        assert!(called.is_sorted(), "{page:?}");
    }
    assert!(own.viewing(|viewer| viewer.sortable(register, Column::Field(student))));
    // One of them is not to enrol before long, and so stands on no page: called otherwise, they move all the same.
    let (enrolled, left) = (field(of, "enrolled_on"), field(of, "left_on"));
    let rename = |id: RecordId, called: &str| {
        let seen = own.viewing(|viewer| viewer.record(of, id)).expect("a student");
        let mut values = seen.values.clone();
        values[enrolled] = Value::Date(Date::new(2037, 9, 1).expect("a day"));
        values[left] = Value::Missing;
        values[name] = Value::Text(called.into());
        let edit = Edit { values, submit: true, seen_version: Some(seen.version) };
        own.keeping("student", |keeper| keeper.correct(id, edit, "推迟入学", Lang::Zh)).expect("another name");
    };
    let shown = through(&own, register, &query(page_of_2024));
    let graduates = own.viewing(|viewer| records(viewer, register, page_of_2024));
    let first = graduates.iter().find(|record| record.id == shown[0]).expect("the first");
    let whom = first.values[student].as_ref_id().expect("a student");
    rename(whom, "阿阿");
    assert_eq!(through(&own, register, &query(page_of_2024)), shown);
    rename(whom, "祚祚");
    assert_eq!(through(&own, register, &query(page_of_2024)).last(), Some(&first.id));
}
