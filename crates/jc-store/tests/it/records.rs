//! Records: what is written is read, history steps back, copies follow corrections and not the course of time.

use crate::college::{change, day, get, put, small, text};
use jc_base::{RecordState, Value};
use jc_store::reader::ListQuery;
use jc_store::store::Ending;
use jc_store::{Actor, Reach, StoreError};
use jc_testkit::{OTHER, SCHOOL, each_db, moment};

#[test]
fn a_record_is_read_as_it_was_written_and_history_steps_back() {
    each_db(&small(), |db| {
        let department = put(db, "department", vec![text("D1"), text("数控系")], RecordState::Verified);
        let first =
            vec![text("1"), text("张三"), Value::Ref(department), text("男"), day("2023-09-01"), Value::Missing];
        let person = put(db, "person", first.clone(), RecordState::Verified);
        let mut second = first.clone();
        second[3] = text("女");
        change(db, "person", person, second.clone(), RecordState::Submitted);
        let now = get(db, "person", person);
        assert_eq!((now.version, now.state, &now.values), (2, RecordState::Submitted, &second));
        let ix = db.store.catalog().find_register("person").expect("a register");
        let versions = db
            .store
            .read::<_, StoreError>(SCHOOL, &Reach::School, moment(), |r| r.history(ix, person))
            .expect("a history");
        assert_eq!(versions.len(), 2);
        assert_eq!(versions[1].record.values, first);
        assert_eq!(versions[1].record.state, RecordState::Verified);
        assert_eq!(versions[0].actor, "keeper");
    });
}

#[test]
fn the_other_school_sees_nothing() {
    each_db(&small(), |db| {
        let id = put(db, "department", vec![text("D1"), text("数控系")], RecordState::Verified);
        let ix = db.store.catalog().find_register("department").expect("a register");
        db.store
            .read::<_, StoreError>(OTHER, &Reach::School, moment(), |r| {
                assert_eq!(r.find(ix, id)?, None);
                assert_eq!(r.find_by_key(ix, &[text("D1"), Value::Missing])?, None);
                assert!(r.list(ix, &ListQuery { limit: 10, ..ListQuery::default() })?.is_empty());
                assert!(r.pages(ix)?.is_empty() && r.audit_lines(None, 10)?.is_empty());
                Ok(())
            })
            .expect("a read");
    });
}

#[test]
fn a_taken_key_is_refused_and_leaves_nothing() {
    each_db(&small(), |db| {
        put(db, "department", vec![text("D1"), text("数控系")], RecordState::Verified);
        let ix = db.store.catalog().find_register("department").expect("a register");
        let again =
            db.store.write::<_, StoreError>(SCHOOL, &Actor::system(), "record.put", "department", moment(), |w| {
                w.create(ix, vec![text("D2"), text("好的")], Vec::new(), RecordState::Draft, None)?;
                w.create(ix, vec![text("D1"), text("重号")], Vec::new(), RecordState::Draft, None)?;
                w.reader()?;
                Ok(Ending::Keep(()))
            });
        assert!(matches!(again, Err(StoreError::Duplicate)), "{again:?}");
        let counted =
            db.store.read::<_, StoreError>(SCHOOL, &Reach::School, moment(), |r| r.count(ix, &ListQuery::default()));
        assert_eq!(counted.expect("a count"), [0, 0, 1, 0]);
    });
}

#[test]
fn corrections_reach_copies_and_the_course_of_time_does_not() {
    each_db(&small(), |db| {
        let one = put(db, "department", vec![text("D1"), text("数控系")], RecordState::Verified);
        let two = put(db, "department", vec![text("D2"), text("机电系")], RecordState::Verified);
        let values = vec![text("1"), text("张三"), Value::Ref(one), text("男"), day("2023-09-01"), Value::Missing];
        let person = put(db, "person", values.clone(), RecordState::Verified);
        let team = Value::Refs(vec![person]);
        let award = vec![text("A1"), day("2024-05-01"), Value::Ref(person), team, Value::Int(1), Value::Int(25)];
        let award = put(db, "award", award, RecordState::Verified);
        let copied = |name: &str| {
            let catalog = db.store.catalog();
            let register = catalog.register("award").expect("a register");
            let ix = register.copies.iter().position(|c| c.path == name).expect("a copy");
            get(db, "award", award).copied[ix].clone()
        };
        assert_eq!((copied("captain.department"), copied("captain.sex")), (Value::Ref(one), text("男")));
        let mut moved = values.clone();
        moved[2] = Value::Ref(two);
        moved[3] = text("女");
        change(db, "person", person, moved, RecordState::Verified);
        assert_eq!((copied("captain.department"), copied("captain.sex")), (Value::Ref(one), text("女")));
        assert_eq!(get(db, "award", award).version, 2);
    });
}

#[test]
fn a_correction_two_references_away_reaches_copies_by_the_station_between() {
    let mut files: Vec<(&str, &str)> = crate::college::FILES.to_vec();
    files.push(("base/visit.toml", VISIT));
    each_db(&jc_testkit::catalog(&files), |db| {
        let one = put(db, "department", vec![text("D1"), text("数控系")], RecordState::Verified);
        let values = vec![text("1"), text("张三"), Value::Ref(one), text("男"), day("2023-09-01"), Value::Missing];
        let person = put(db, "person", values, RecordState::Verified);
        let visit = put(db, "visit", vec![text("V1"), Value::Ref(person)], RecordState::Verified);
        change(db, "department", one, vec![text("D1"), text("数控与模具系")], RecordState::Verified);
        let catalog = db.store.catalog();
        let register = catalog.register("visit").expect("a register");
        let ix = register.copies.iter().position(|c| c.path == "person.department.name").expect("a copy");
        assert_eq!(get(db, "visit", visit).copied[ix], text("数控与模具系"));
    });
}

const VISIT: &str = r#"
[register]
id = "visit"
name = { zh = "走访", en = "Visits", de = "Besuche" }
key = ["no"]
kept_by = "a"
verified_by = "b"
[register.slices]
department = "person.department.name"
[[field]]
id = "no"
type = "text"
name = { zh = "编号", en = "Number", de = "Nummer" }
required = true
[[field]]
id = "person"
type = "ref:person"
name = { zh = "学生", en = "Student", de = "Lernende" }
[[measure]]
id = "visits"
name = { zh = "次", en = "Visits", de = "Besuche" }
count = "TRUE"
unit = "item"
"#;
