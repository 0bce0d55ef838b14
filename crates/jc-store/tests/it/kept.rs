//! Data of each version is kept under `tests/kept`, and brought to the present one: it opens, all of it is proved, and work goes
//! on. The version of today is kept too, so that its tables cannot change without a new version and a step that leads there.
//!
//! A new version is kept by `JIANGCE_KEEP=1 cargo test --test it kept`; what is kept is never written again.

use crate::college::{FILES, change, day, keeper, put, small, text};
use jc_base::{RecordId, RecordState, Value};
use jc_catalog::{Catalog, SourceFile};
use jc_figures::Page;
use jc_figures::figure::Totals as _;
use jc_store::db::{Db, Row};
use jc_store::evidence::{self, Attached};
use jc_store::people::Account;
use jc_store::reader::ListQuery;
use jc_store::schema::{FIRST, VERSION};
use jc_store::store::Ending;
use jc_store::{Reach, Settings, Store, StoreError, Writer};
use jc_testkit::{SCHOOL, TestDb, catalog, each_db, moment, sqlite};
use jc_trust::SigningKey;
use jc_trust::chain::ChainHash;
use std::path::{Path, PathBuf};
use std::sync::Arc;

const VERIFIED: RecordState = RecordState::Verified;
const NUMBER: &str = "990101200803150019";
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

fn folder(version: i64) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/kept/v{version}"))
}

/// A little of everything that lasts.
fn filled() -> TestDb {
    let files: Vec<(&str, &str)> = FILES.iter().copied().chain([("base/holder.toml", HOLDER)]).collect();
    let db = sqlite(catalog(&files));
    let department = put(&db, "department", vec![text("M"), text("机电系")], VERIFIED);
    let person = vec![text("1"), text("张三"), Value::Ref(department), text("女"), day("2022-09-01"), Value::Missing];
    let person = put(&db, "person", person, VERIFIED);
    put(&db, "event", vec![Value::Ref(person), day("2022-09-01"), text("in")], VERIFIED);
    let award = |no: &str, on: &str, hours: i64| {
        vec![text(no), day(on), Value::Ref(person), Value::Refs(vec![person]), Value::Int(1), Value::Int(hours)]
    };
    let first = put(&db, "award", award("A1", "2023-05-01", 30), VERIFIED);
    put(&db, "award", award("A2", "2023-06-01", 50), VERIFIED);
    change(&db, "award", first, award("A1", "2023-05-01", 40), VERIFIED);
    let holders: Vec<RecordId> = [NUMBER, "990101200911230027"]
        .iter()
        .enumerate()
        .map(|(n, number)| put(&db, "holder", vec![text(&n.to_string()), text(number)], VERIFIED))
        .collect();
    let ix = |register: &str| db.store.catalog().find_register(register).expect("a register");
    let (awards, held) = (ix("award"), ix("holder"));
    let content = b"%PDF-1.7 kept";
    let sha256 = evidence::keep(&db.settings.evidence, content).expect("a paper");
    let size_bytes = content.len() as i64;
    let (kind, name, media_type) = ("notice".into(), "通知.pdf".into(), "application/pdf".into());
    let paper = Attached { sha256, kind, name, media_type, size_bytes };
    let catalog = db.store.catalog();
    let page = Page::parse(&catalog.registers[awards], "2023").expect("a page");
    type Done = Result<Ending<()>, StoreError>;
    let written = [
        db.store.write(SCHOOL, &keeper(), "evidence.attach", "award", moment(), |w| -> Done {
            w.attach(awards, first, &paper)?;
            w.note("proof", evidence::proof("award", &paper, &[first]));
            Ok(Ending::Keep(()))
        }),
        db.store.write(SCHOOL, &keeper(), "page.close", "award", moment(), |w| -> Done {
            w.close(awards, page, 0, &SigningKey::from_seed(&[5; 32]))?;
            Ok(Ending::Keep(()))
        }),
        db.store.write(SCHOOL, &keeper(), "data.erase", "holder", moment(), |w| -> Done {
            w.erase(held, &[(holders[1], vec![1])], &[], &|_| None)?;
            Ok(Ending::Keep(()))
        }),
    ];
    written.into_iter().for_each(|done| done.expect("written"));
    db
}

/// The statements that make a database as it is.
fn dump(db: &mut Db) -> String {
    let word = |row: &dyn Row| row.text(0).unwrap_or_default().to_owned();
    let mut out = String::new();
    let mark = db.first("pragma application_id", &[], |row| row.int(0)).expect("a mark").flatten().expect("a number");
    out += &format!("pragma application_id = {mark};\nanalyze sqlite_schema;\n");
    for statement in creates(db) {
        out += &format!("{statement};\n");
    }
    let tables = "select name from sqlite_master where type = 'table' and (name not like 'sqlite_%' or name = 'sqlite_stat1') \
                  order by name";
    for table in db.collect(tables, &[], word).expect("tables") {
        let columns = db.columns(&table).expect("columns");
        let quoted = columns.iter().map(|column| format!("quote({column})")).collect::<Vec<_>>().join(" || ', ' || ");
        let rows = format!("select {quoted} from {table} order by {}", columns[..columns.len().min(3)].join(", "));
        for row in db.collect(&rows, &[], word).expect("rows") {
            out += &format!("insert into {table} values ({row});\n");
        }
    }
    out
}

/// The statements that make the tables and indexes, as the database keeps them.
fn creates(db: &mut Db) -> Vec<String> {
    let sql =
        "select sql from sqlite_master where sql is not null and name not like 'sqlite_%' order by type desc, name";
    db.collect(sql, &[], |row| row.text(0).unwrap_or_default().to_owned()).expect("the schema")
}

fn keep(db: &TestDb, into: &Path) {
    std::fs::create_dir_all(into).expect("a folder");
    let text = dump(&mut db.store.connect().expect("a connection"));
    std::fs::write(into.join("jiangce.sql"), text).expect("the dump");
    std::fs::copy(&db.settings.keys, into.join("field.keys")).expect("the keys");
    for sha256 in read(&db.store, |r| r.all_evidence()) {
        let (from, to) =
            (evidence::path(&db.settings.evidence, &sha256), evidence::path(&into.join("evidence"), &sha256));
        std::fs::create_dir_all(to.parent().expect("a folder")).expect("a folder");
        std::fs::copy(from, to).expect("a paper");
    }
}

fn read<T>(store: &Store, work: impl FnOnce(&mut jc_store::Reader) -> Result<T, StoreError>) -> T {
    store.read(SCHOOL, &Reach::School, moment(), work).expect("a read")
}

/// What is kept, as it was on its machine.
fn put_back(version: i64, into: &Path) -> (Settings, Arc<Catalog>) {
    let kept = folder(version);
    let url = into.join("jiangce.db").to_string_lossy().into_owned();
    let sql = std::fs::read_to_string(kept.join("jiangce.sql")).expect("what is kept");
    let mut db = Db::open(&url).expect("a database");
    db.batch("begin").and_then(|()| db.batch(&sql)).and_then(|()| db.batch("commit")).expect("it is put back");
    let lines = db
        .collect("select path, content from jc_catalog_file", &[], |row| SourceFile {
            path: row.text(0).unwrap_or_default().into(),
            text: row.text(1).unwrap_or_default().to_owned().into(),
        })
        .expect("the catalog");
    let (catalog, findings) = jc_catalog::load(&lines);
    let catalog = Arc::new(catalog.unwrap_or_else(|| panic!("{findings:?}")));
    let keys = into.join("field.keys");
    std::fs::copy(kept.join("field.keys"), &keys).expect("the keys");
    std::fs::set_permissions(&keys, std::os::unix::fs::PermissionsExt::from_mode(0o600)).expect("their mode");
    for first in std::fs::read_dir(kept.join("evidence")).expect("papers").flatten() {
        for rest in std::fs::read_dir(first.path()).expect("papers").flatten() {
            let to = into.join("evidence").join(first.file_name());
            std::fs::create_dir_all(&to).expect("a folder");
            std::fs::copy(rest.path(), to.join(rest.file_name())).expect("a paper");
        }
    }
    (Settings { url, evidence: into.join("evidence"), chain: ChainHash::HmacSha256, keys }, catalog)
}

#[test]
fn data_of_every_kept_version_opens_is_proved_and_goes_on() {
    if std::env::var_os("JIANGCE_KEEP").is_some() && !folder(VERSION).exists() {
        keep(&filled(), &folder(VERSION));
    }
    for version in FIRST..=VERSION {
        let place = tempfile::tempdir().expect("a folder");
        let (settings, catalog) = put_back(version, place.path());
        if version == 7 {
            // No time of a password was kept: it is at most as young as its account.
            let account = "insert into account (school_id, id, login, name, role, password, state, created_at) \
                           values (1, 1, 'wang', 'wang', 'office', 'x', 'active', 5)";
            Db::open(&settings.url).and_then(|mut db| db.batch(account)).expect("an account");
        }
        let store = Store::open(settings.clone(), catalog.clone()).expect("it opens");
        let proved = |records: i64| {
            let report = read(&store, |r| r.verify(&settings.evidence, &mut |_| {}));
            assert_eq!(report.touched, [], "version {version}");
            assert_eq!((report.records, report.seals, report.evidence), (records, 1, 1), "version {version}");
        };
        proved(7);
        if version == 7 {
            let accounts = read(&store, |r| r.accounts());
            assert_eq!((accounts[0].password_at, accounts[0].last_day), (Some(5), None));
        }
        let ix = |register: &str| catalog.find_register(register).expect("a register");
        let page = Page::parse(&catalog.registers[ix("award")], "2023").expect("a page");
        let totals = read(&store, |r| r.totals(ix("award"), page, ""));
        let hours = catalog.registers[ix("award")].measures.iter().position(|m| m.id.as_str() == "hours");
        let hours = totals[0].1.measure(hours.expect("a measure")).state(VERIFIED).value;
        assert_eq!(hours, 90, "version {version}");
        let holders = read(&store, |r| r.list(ix("holder"), &ListQuery { limit: 9, ..ListQuery::default() }));
        let numbers: Vec<&Value> = holders.iter().map(|record| &record.values[1]).collect();
        assert!(numbers.contains(&&text(NUMBER)) && numbers.contains(&&Value::Missing), "version {version}");
        store
            .write(SCHOOL, &keeper(), "record.put", "award", moment(), |w| -> Result<_, StoreError> {
                let mut values = vec![text("A3"), day("2024-05-01")];
                values.resize(catalog.registers[ix("award")].fields.len(), Value::Missing);
                let copied = w.copies(ix("award"), &values)?;
                w.create(ix("award"), values, copied, VERIFIED, None).map(Ending::Keep)
            })
            .expect("work goes on");
        proved(8);
        let mut direct = store.connect().expect("a connection");
        assert!(
            direct.execute("delete from audit where seq = 1", &[]).is_err(),
            "the log of version {version} is guarded"
        );
        drop(store);
        Store::open(settings, catalog).expect("it opens again");
    }
}

/// Whoever changes the tables raises the version, writes the step that leads there, and keeps the new version.
#[test]
fn the_tables_of_this_version_are_those_that_are_kept() {
    let db = sqlite(small());
    let fresh = creates(&mut db.store.connect().expect("a connection"));
    let kept = std::fs::read_to_string(folder(VERSION).join("jiangce.sql")).expect("this version is kept");
    // What guards the log is made wherever it is missing, and belongs to no version.
    let of_version = |statement: &&String| !statement.contains(" r_") && !statement.starts_with("CREATE TRIGGER");
    for statement in fresh.iter().filter(of_version) {
        assert!(kept.contains(&format!("{statement};\n")), "not in version {VERSION} as it is kept:\n{statement}");
    }
}

/// What is kept is SQLite's; the steps are taken on both.
#[test]
fn the_steps_lead_to_the_tables_of_today_on_both_databases() {
    let catalog = small();
    each_db(&catalog, |db| {
        let made = |w: &mut Writer| -> Result<_, StoreError> {
            let account = Account {
                id: w.new_id(),
                login: "wang".into(),
                name: "王".into(),
                roles: vec!["office".into()],
                office: None,
                password: Some("x".into()),
                state: "active".into(),
                password_at: None,
                last_day: None,
            };
            w.create_account(&account).map(Ending::Keep)
        };
        db.store.write(SCHOOL, &keeper(), "account.create", "account", moment(), made).expect("an account");
        let mut as_before = db.store.connect().expect("a connection");
        as_before
            .batch(
                "alter table account drop column password_at; alter table account drop column last_day; \
                 update account set created_at = 5; update jc_setting set content = '7' where name = 'schema'",
            )
            .expect("the tables of version 7");
        drop(as_before);
        let store = Store::open(db.settings.clone(), catalog.clone()).expect("it opens");
        let accounts = read(&store, |r| r.accounts());
        let kept = accounts.iter().find(|account| account.login == "wang").expect("it is there");
        assert_eq!((kept.password_at, kept.last_day), (Some(5), None), "{}", db.kind);
    });
}
