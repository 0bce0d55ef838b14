//! A small catalog for the tests, and helpers to write records of it.

use jc_base::{Date, RecordId, RecordState, Value};
use jc_catalog::Catalog;
use jc_store::store::Ending;
use jc_store::{Actor, Reach, Record, StoreError};
use jc_testkit::{SCHOOL, TestDb, catalog, moment};
use std::sync::Arc;

/// Departments, people (in a department, over time), their status events, and awards of teams.
pub fn small() -> Arc<Catalog> {
    catalog(FILES)
}

/// The files of the small catalog.
pub const FILES: &[(&str, &str)] = &[
    ("units.toml", UNITS),
    ("offices.toml", OFFICES),
    ("codes/status.toml", STATUS),
    ("base/department.toml", DEPARTMENT),
    ("base/person.toml", PERSON),
    ("base/event.toml", EVENT),
    ("training/award.toml", AWARD),
];

const UNITS: &str = r#"
[[unit]]
id = "person"
name = { zh = "人", en = "people", de = "Personen" }
[[unit]]
id = "item"
name = { zh = "项", en = "items", de = "Posten" }
[[unit]]
id = "person-times"
name = { zh = "人次", en = "participations", de = "Teilnahmen" }
[[unit]]
id = "hour"
name = { zh = "小时", en = "hours", de = "Stunden" }
[[unit]]
id = "percent"
name = { zh = "%", en = "%", de = "%" }
"#;

const OFFICES: &str = r#"
[[office]]
id = "a"
name = { zh = "甲处", en = "A", de = "A" }
[[office]]
id = "b"
name = { zh = "乙处", en = "B", de = "B" }
"#;

const STATUS: &str = r#"
[list]
id = "status"
name = { zh = "状态", en = "Status", de = "Status" }
source = { document = "测试", checked = 2026-01-01 }
[[code]]
code = "in"
name = { zh = "在校", en = "In school", de = "An der Schule" }
[[code]]
code = "away"
name = { zh = "休学", en = "On leave", de = "Beurlaubt" }
"#;

const DEPARTMENT: &str = r#"
[register]
id = "department"
name = { zh = "院系", en = "Department", de = "Abteilung" }
key = ["code"]
label = ["name"]
kept_by = "a"
verified_by = "b"
[[field]]
id = "code"
type = "text"
name = { zh = "代码", en = "Code", de = "Kürzel" }
required = true
[[field]]
id = "name"
type = "text"
name = { zh = "名称", en = "Name", de = "Name" }
"#;

const PERSON: &str = r#"
[register]
id = "person"
name = { zh = "学生", en = "Student", de = "Lernende" }
key = ["no"]
label = ["name"]
period = { from = "joined_on", until = "left_on", kind = "year" }
kept_by = "a"
verified_by = "b"
[register.slices]
department = "department"
[[field]]
id = "no"
type = "text"
name = { zh = "学号", en = "Number", de = "Nummer" }
required = true
[[field]]
id = "name"
type = "person-name"
name = { zh = "姓名", en = "Name", de = "Name" }
[[field]]
id = "department"
type = "ref:department"
name = { zh = "院系", en = "Department", de = "Abteilung" }
over_time = true
[[field]]
id = "sex"
type = "text"
name = { zh = "性别", en = "Sex", de = "Geschlecht" }
[[field]]
id = "joined_on"
type = "date"
name = { zh = "入学", en = "Joined", de = "Eintritt" }
required = true
[[field]]
id = "left_on"
type = "date"
name = { zh = "离校", en = "Left", de = "Austritt" }
[[measure]]
id = "in-school"
name = { zh = "在校", en = "In school", de = "An der Schule" }
count = "joined_on <= CENSUS AND (left_on IS NULL OR left_on >= CENSUS) AND LATEST(event.status) = 'in'"
unit = "person"
"#;

const EVENT: &str = r#"
[register]
id = "event"
name = { zh = "异动", en = "Event", de = "Ereignis" }
key = ["person", "on"]
period = { on = "on", kind = "year" }
kept_by = "a"
verified_by = "b"
[[field]]
id = "person"
type = "ref:person"
name = { zh = "学生", en = "Student", de = "Lernende" }
required = true
[[field]]
id = "on"
type = "date"
name = { zh = "日期", en = "Date", de = "Datum" }
required = true
[[field]]
id = "status"
type = "code:status"
name = { zh = "状态", en = "Status", de = "Status" }
"#;

const AWARD: &str = r#"
[register]
id = "award"
name = { zh = "获奖", en = "Awards", de = "Preise" }
key = ["no"]
period = { on = "on", kind = "year" }
kept_by = "a"
verified_by = "b"
[register.slices]
department = "captain.department"
[[field]]
id = "no"
type = "text"
name = { zh = "编号", en = "Number", de = "Nummer" }
required = true
[[field]]
id = "on"
type = "date"
name = { zh = "日期", en = "Date", de = "Datum" }
[[field]]
id = "captain"
type = "ref:person"
name = { zh = "队长", en = "Captain", de = "Kapitän" }
[[field]]
id = "team"
type = "refs:person"
name = { zh = "队员", en = "Team", de = "Team" }
[[field]]
id = "city"
type = "boolean"
name = { zh = "市级以上", en = "City", de = "Stadt" }
[[field]]
id = "hours"
type = "decimal:1"
name = { zh = "小时", en = "Hours", de = "Stunden" }
[[measure]]
id = "awards"
name = { zh = "项", en = "Awards", de = "Preise" }
count = "TRUE"
unit = "item"
[[measure]]
id = "city-awards"
name = { zh = "市级", en = "City", de = "Stadt" }
count = "city"
unit = "item"
[[measure]]
id = "winnings"
name = { zh = "人次", en = "Winnings", de = "Preise" }
members = "team"
unit = "person-times"
[[measure]]
id = "winners"
name = { zh = "人", en = "Winners", de = "Gewinner" }
distinct = "team"
where = "captain.sex = '女'"
unit = "person"
[[measure]]
id = "hours"
name = { zh = "小时", en = "Hours", de = "Stunden" }
sum = "hours"
where = "city OR hours > 2"
unit = "hour"
"#;

/// A day.
pub fn day(text: &str) -> Value {
    Value::Date(Date::parse_iso(text).expect("a date"))
}

/// A text.
pub fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

/// An account that writes.
pub fn keeper() -> Actor {
    Actor { account: Some(RecordId([7; 16])), name: "keeper".into(), by: Vec::new() }
}

/// Makes a record.
pub fn put(db: &TestDb, register: &str, values: Vec<Value>, state: RecordState) -> RecordId {
    let ix = db.store.catalog().find_register(register).expect("a register");
    db.store
        .write::<_, StoreError>(SCHOOL, &keeper(), "record.put", register, moment(), |w| {
            let copied = w.copies(ix, &values)?;
            Ok(Ending::Keep(w.create(ix, values, copied, state, None)?))
        })
        .expect("a record is made")
}

/// Replaces a record's content and state.
pub fn change(db: &TestDb, register: &str, id: RecordId, values: Vec<Value>, state: RecordState) {
    let ix = db.store.catalog().find_register(register).expect("a register");
    db.store
        .write::<_, StoreError>(SCHOOL, &keeper(), "record.put", register, moment(), |w| {
            let old = w.reader()?.get(ix, id)?;
            let copied = w.copies_over(ix, &old, &values)?;
            w.update(ix, &old, values, copied, state, None)?;
            Ok(Ending::Keep(()))
        })
        .expect("a record is changed");
}

/// A record.
pub fn get(db: &TestDb, register: &str, id: RecordId) -> Record {
    let ix = db.store.catalog().find_register(register).expect("a register");
    db.store.read::<_, StoreError>(SCHOOL, &Reach::School, moment(), |r| r.get(ix, id)).expect("a record")
}
