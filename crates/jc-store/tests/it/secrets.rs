//! Identity numbers at rest: sealed, unique, found by their print, provable, and sealed anew under another key.

use jc_base::{RecordId, RecordState, Value};
use jc_catalog::{Catalog, Column};
use jc_store::db::Param;
use jc_store::keys::{Algorithm, KeysTrouble};
use jc_store::people::SecondFactor;
use jc_store::reader::ListQuery;
use jc_store::store::Ending;
use jc_store::verify::Touched;
use jc_store::{Actor, Reach, Record, Store, StoreError};
use jc_testkit::{SCHOOL, TestDb, catalog, each_db, moment};
use std::os::unix::fs::PermissionsExt as _;
use std::sync::Arc;

const HOLDER: &str = r#"
[register]
id = "holder"
name = { zh = "持有人", en = "Holder", de = "Inhaber" }
key = ["no"]
kept_by = "a"
verified_by = "b"
[[field]]
id = "no"
type = "text"
name = { zh = "学号", en = "Number", de = "Nummer" }
required = true
[[field]]
id = "id_number"
type = "id-number"
name = { zh = "身份证号", en = "Identity number", de = "Ausweisnummer" }
unique = true
privacy = "sensitive"
"#;

const OFFICES: &str = r#"
[[office]]
id = "a"
name = { zh = "甲处", en = "A", de = "A" }
[[office]]
id = "b"
name = { zh = "乙处", en = "B", de = "B" }
"#;

/// Two numbers whose digits stand nowhere else.
const NUMBERS: [&str; 2] = ["990101200803150019", "990101200911230027"];

fn holders() -> Arc<Catalog> {
    catalog(&[("offices.toml", OFFICES), ("base/holder.toml", HOLDER)])
}

fn put(db: &TestDb, no: &str, number: &str) -> Result<RecordId, StoreError> {
    db.store.write(SCHOOL, &Actor::system(), "record.put", "holder", moment(), |writer| {
        let values = vec![Value::Text(no.into()), Value::Text(number.into())];
        writer.create(0, values, Vec::new(), RecordState::Submitted, None).map(Ending::Keep)
    })
}

fn correct(db: &TestDb, id: RecordId, number: &str) {
    let done: Result<bool, StoreError> =
        db.store.write(SCHOOL, &Actor::system(), "record.put", "holder", moment(), |writer| {
            let old = writer.reader()?.get(0, id)?;
            let values = vec![old.values[0].clone(), Value::Text(number.into())];
            writer.update(0, &old, values, Vec::new(), RecordState::Submitted, None).map(Ending::Keep)
        });
    assert!(done.expect("a correction"));
}

fn get(db: &TestDb, id: RecordId) -> Result<Record, StoreError> {
    db.store.read(SCHOOL, &Reach::School, moment(), |reader| reader.get(0, id))
}

fn touched(db: &TestDb) -> Vec<Touched> {
    let folder = db.settings.evidence.clone();
    let report = db.store.read(SCHOOL, &Reach::School, moment(), |reader| reader.verify(&folder, &mut |_| {}));
    report.expect("a report").touched
}

/// Everything the database holds, as far as digits in it could be read.
fn everything(db: &TestDb) -> Vec<u8> {
    let mut all = Vec::new();
    let mut own = db.store.connect().expect("a connection");
    for table in own.tables().expect("tables") {
        for column in own.columns(&table).expect("columns") {
            let sql = format!("select cast({column} as text), {column} from {table}");
            own.query(&sql, &[], &mut |row| {
                all.extend_from_slice(row.text(0).unwrap_or_default().as_bytes());
                all.extend_from_slice(row.bytes(1).unwrap_or_default());
            })
            .unwrap_or_else(|error| panic!("{table}.{column}: {error}"));
        }
    }
    all
}

fn holds(all: &[u8], number: &str) -> bool {
    // The middle digits alone would give the number away; PostgreSQL shows bytes as hexadecimal digits.
    let digits = &number.as_bytes()[6..16];
    let as_hex: Vec<u8> = digits.iter().flat_map(|digit| format!("{digit:02x}").into_bytes()).collect();
    all.windows(digits.len()).any(|part| part == digits) || all.windows(as_hex.len()).any(|part| part == as_hex)
}

#[test]
fn numbers_are_sealed_in_rows_and_history_and_come_back_as_written() {
    each_db(&holders(), |db| {
        let id = put(db, "S1", NUMBERS[0]).expect("a record");
        correct(db, id, NUMBERS[1]);
        let all = everything(db);
        assert!(holds(&NUMBERS[0].as_bytes().repeat(2), NUMBERS[0]) && !all.is_empty());
        assert!(!NUMBERS.iter().any(|number| holds(&all, number)), "{}: a number is legible", db.kind);
        assert_eq!(get(db, id).expect("it is there").values[1], Value::Text(NUMBERS[1].into()));
        let history = db.store.read(SCHOOL, &Reach::School, moment(), |reader| reader.history(0, id));
        let versions: Vec<Value> = history.expect("a history").iter().map(|v| v.record.values[1].clone()).collect();
        assert_eq!(versions, NUMBERS.map(|number| Value::Text(number.into())).into_iter().rev().collect::<Vec<_>>());
        assert_eq!(touched(db), []);
    });
}

#[test]
fn a_number_is_unique_and_found_without_being_opened() {
    each_db(&holders(), |db| {
        let id = put(db, "S1", NUMBERS[0]).expect("a record");
        assert!(matches!(put(db, "S2", NUMBERS[0]), Err(StoreError::Duplicate)));
        put(db, "S3", NUMBERS[1]).expect("another number");
        let query = ListQuery {
            equal: vec![(Column::Field(1), Value::Text(NUMBERS[0].into()))],
            limit: 10,
            ..ListQuery::default()
        };
        let found = db.store.read(SCHOOL, &Reach::School, moment(), |reader| reader.list(0, &query));
        assert_eq!(found.expect("a list").iter().map(|record| record.id).collect::<Vec<_>>(), [id]);
        let listed: Result<_, StoreError> =
            db.store.read(SCHOOL, &Reach::School, moment(), |reader| reader.values(0, None, Column::Field(1)));
        assert_eq!(listed.expect("a list"), [], "secret values are not listed");
    });
}

#[test]
fn a_sealed_number_put_into_another_row_is_refused_and_named() {
    each_db(&holders(), |db| {
        let ids = [put(db, "S1", NUMBERS[0]).expect("a record"), put(db, "S2", NUMBERS[1]).expect("a record")];
        let mut own = db.store.connect().expect("a connection");
        let table = &db.store.catalog().registers[0].table.clone();
        let column = &db.store.catalog().registers[0].fields[1].column.clone();
        let read = |own: &mut jc_store::db::Db, id: RecordId| {
            let sql = format!("select {column} from {table} where id = ?");
            own.first(&sql, &[Param::Id(id)], |row| row.bytes(0).unwrap_or_default().to_vec())
        };
        let sealed = ids.map(|id| read(&mut own, id).expect("it is read").expect("it is there"));
        let sql = format!("update {table} set {column} = ? where id = ?");
        let mut set = |id: RecordId, sealed: Option<&[u8]>| {
            let value = sealed.map_or(Param::Null, Param::Bytes);
            assert_eq!(own.execute(&sql, &[value, Param::Id(id)]).expect("it is written"), 1);
        };
        set(ids[0], None);
        set(ids[1], Some(&sealed[0]));
        set(ids[0], Some(&sealed[1]));
        for id in ids {
            assert!(matches!(get(db, id), Err(StoreError::Illegible { records, .. }) if records == [id]));
        }
        let expected = ids.map(|id| Touched::Record { register: "holder".into(), id: id.to_string() });
        assert!(expected.iter().all(|record| touched(db).contains(record)), "{:?}", touched(db));
    });
}

#[test]
fn a_second_factor_put_into_another_account_lets_nobody_in() {
    each_db(&holders(), |db| {
        let ids = [1, 2].map(|n| {
            let made: Result<RecordId, StoreError> =
                db.store.write(SCHOOL, &Actor::system(), "account.factor", "account", moment(), |writer| {
                    let id = writer.new_id();
                    let secret = format!("SECRET{n}");
                    let factor = SecondFactor { secret, confirmed: true, last_step: 0, recovery: Vec::new() };
                    writer.set_second_factor(id, &factor).map(|()| Ending::Keep(id))
                });
            made.expect("a second factor")
        });
        let factor = |id| db.store.read(SCHOOL, &Reach::School, moment(), |reader| reader.second_factor(id));
        assert_eq!(factor(ids[0]).expect("it opens").expect("it is there").secret, "SECRET1");
        let all = everything(db);
        assert!(!all.windows(6).any(|part| part == b"SECRET"), "{}: a secret is legible", db.kind);
        let sql = "update second_factor set secret = (select secret from second_factor where account_id = ?) \
                   where account_id = ?";
        let changed = db.store.connect().expect("a connection").execute(sql, &[Param::Id(ids[0]), Param::Id(ids[1])]);
        assert_eq!(changed.expect("it is written"), 1);
        assert!(matches!(factor(ids[1]), Err(StoreError::Damaged(_))));
    });
}

#[test]
fn keys_change_while_another_program_reads_and_old_ones_are_taken_out() {
    each_db(&holders(), |db| {
        let id = put(db, "S1", NUMBERS[0]).expect("a record");
        correct(db, id, NUMBERS[1]);
        let beside = Store::open(db.settings.clone(), db.store.catalog()).expect("another program");
        assert_eq!(db.store.add_key(Algorithm::Sm4Gcm).expect("a new key"), 2);
        put(db, "S2", NUMBERS[0]).expect("sealed by the new key");
        let reading = |store: &Store| store.read(SCHOOL, &Reach::School, moment(), |reader| reader.get(0, id));
        assert_eq!(reading(&beside).expect("it opens").values[1], Value::Text(NUMBERS[1].into()));
        let done = db.store.reseal(&mut |_| {}).expect("sealed anew");
        assert_eq!((done.records, done.versions), (1, 1));
        assert_eq!(db.store.reseal(&mut |_| {}).expect("again").records, 0);
        assert!(!db.store.remove_key(2).expect("refused") && db.store.remove_key(1).expect("taken out"));
        assert_eq!(beside.keys().expect("keys"), [(2, Algorithm::Sm4Gcm)]);
        assert_eq!(reading(&beside).expect("it opens").values[1], Value::Text(NUMBERS[1].into()));
        assert_eq!(touched(db), [], "digests do not depend on the key");
    });
}

#[test]
fn without_the_right_key_file_nothing_is_opened() {
    each_db(&holders(), |db| {
        put(db, "S1", NUMBERS[0]).expect("a record");
        let keys = &db.settings.keys;
        let open = || match Store::open(db.settings.clone(), db.store.catalog()) {
            Err(StoreError::Keys { why, .. }) => Some(why),
            Err(other) => panic!("{other}"),
            Ok(_) => None,
        };
        assert!(open().is_none());
        let mode = std::fs::metadata(keys).expect("the key file").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        std::fs::set_permissions(keys, std::fs::Permissions::from_mode(0o640)).expect("loose");
        assert!(matches!(open(), Some(KeysTrouble::Loose)));
        std::fs::set_permissions(keys, std::fs::Permissions::from_mode(0o600)).expect("tight");
        let kept = std::fs::read_to_string(keys).expect("the key file");
        std::fs::write(keys, kept.replace("index ", "index 00")).expect("spoilt");
        assert!(matches!(open(), Some(KeysTrouble::Fault(_))));
        let first = kept.lines().nth(1).and_then(|line| line.chars().nth(6)).expect("a digit");
        let other = if first == '0' { '1' } else { '0' };
        std::fs::write(keys, kept.replacen(&format!("index {first}"), &format!("index {other}"), 1)).expect("others");
        assert!(matches!(open(), Some(KeysTrouble::Others)));
        std::fs::remove_file(keys).expect("lost");
        assert!(matches!(open(), Some(KeysTrouble::Missing)));
        assert!(!keys.exists(), "no new keys for old data");
    });
}
