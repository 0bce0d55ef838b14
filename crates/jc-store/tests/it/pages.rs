//! Pages: totals after edits equal a recount, and `verify` names what was touched.

use crate::college::{change, day, get, put, small, text};
use jc_base::{RecordState, Value};
use jc_catalog::Column;
use jc_store::db::Db;
use jc_store::order;
use jc_store::reader::ListQuery;
use jc_store::verify::Touched;
use jc_store::{Reach, StoreError};
use jc_testkit::{SCHOOL, TestDb, each_db, moment};

fn verify(db: &TestDb) -> Vec<Touched> {
    let folder = &db.settings.evidence;
    db.store
        .read::<_, StoreError>(SCHOOL, &Reach::School, moment(), |r| r.verify(folder, &mut |_| {}))
        .expect("a report")
        .touched
}

/// A department, a person with a status event, an award of a team.
fn college(db: &TestDb) {
    let department = put(db, "department", vec![text("D1"), text("数控系")], RecordState::Verified);
    let person = |no: &str, sex: &str| {
        let values = vec![text(no), text("张三"), Value::Ref(department), text(sex), day("2023-09-01"), Value::Missing];
        put(db, "person", values, RecordState::Verified)
    };
    let (one, two) = (person("1", "女"), person("2", "男"));
    for who in [one, two] {
        put(db, "event", vec![Value::Ref(who), day("2023-09-01"), text("in")], RecordState::Verified);
    }
    let award = |no: &str, captain, team: Vec<_>, city, hours| {
        let values = vec![text(no), day("2024-05-01"), Value::Ref(captain), Value::Refs(team), city, hours];
        put(db, "award", values, RecordState::Verified)
    };
    award("A1", one, vec![one, two], Value::Int(1), Value::Int(25));
    let second = award("A2", one, vec![two], Value::Missing, Value::Missing);
    award("A3", two, vec![one], Value::Int(0), Value::Int(5));
    let mut values = get(db, "award", second).values;
    values[1] = day("2023-05-01");
    values[4] = Value::Int(1);
    change(db, "award", second, values.clone(), RecordState::Submitted);
    values[1] = day("2024-06-01");
    change(db, "award", second, values, RecordState::Verified);
    put(db, "event", vec![Value::Ref(two), day("2024-10-01"), text("away")], RecordState::Verified);
}

#[test]
fn an_untouched_college_verifies_on_each_database() {
    each_db(&small(), |db| {
        college(db);
        assert_eq!(verify(db), Vec::new());
        let catalog = db.store.catalog();
        let person = catalog.find_register("person").expect("a register");
        let page = |code: &str| jc_figures::Page::parse(&catalog.registers[person], code).expect("a page");
        for (code, in_school) in [("2023", 2), ("2024", 1), ("2025", 1), ("2026", 1)] {
            let totals = db
                .store
                .read::<_, StoreError>(SCHOOL, &Reach::School, moment(), |r| r.totals(person, page(code), ""))
                .expect("totals");
            use jc_figures::figure::Totals as _;
            assert_eq!(totals[0].1.measure(0).state(RecordState::Verified).value, in_school, "{code}");
        }
    });
}

#[test]
fn every_kind_of_tampering_is_named() {
    let kinds = [
        ("update r_award set f_hours = 99 where f_no = 'A1'", "Record"),
        ("update r_award set state = 1 where f_no = 'A1'", "Record"),
        ("delete from r_award where f_no = 'A1'", "Write"),
        ("update history set body = '{}' where register = 'award' and version = 1", "Write"),
        ("delete from history where register = 'award' and version = 1", "History"),
        ("update page set digest = 'x' where register = 'award'", "Page"),
        ("update page_total set value = value + 1 where register = 'award' and measure = 'hours'", "Totals"),
        ("update page set unproved = unproved + 1 where register = 'award'", "Totals"),
        ("update audit set actor = 'someone' where seq = 3", "Chain"),
        ("delete from audit where seq = 3", "Chain"),
        ("delete from audit where seq = (select max(seq) from audit)", "Head"),
        ("delete from r_award__f_team where position = 1", "Record"),
    ];
    each_db(&small(), |db| {
        college(db);
        the_log_is_guarded(db);
        for (sql, wanted) in kinds {
            let mut direct = Db::open(&db.settings.url).expect("a connection");
            direct.begin_write().expect("a transaction");
            assert!(direct.execute(sql, &[]).expect("a statement") > 0, "{sql}");
            direct.commit().expect("a commit");
            let touched = verify(db);
            assert!(touched.iter().any(|t| format!("{t:?}").starts_with(wanted)), "{sql}: {touched:?}");
            // The next kind is tried on an untouched copy of the same college.
            restore(db, &mut direct);
        }
    });
}

/// The database itself refuses to change and to delete what is in the log, and lets go of what is moved within that write only;
/// then the guard is taken away, as somebody may who does not come by the program.
fn the_log_is_guarded(db: &TestDb) {
    let mut direct = Db::open(&db.settings.url).expect("a connection");
    let refused = |direct: &mut Db| {
        for sql in ["update audit set actor = 'someone'", "delete from audit where seq = 1", "delete from audit"] {
            assert!(direct.execute(sql, &[]).is_err(), "{sql}");
        }
    };
    refused(&mut direct);
    let all = |direct: &mut Db| direct.first("select count(*) from audit", &[], |row| row.int(0)).expect("a count");
    let before = all(&mut direct);
    let span = db.store.read::<_, StoreError>(SCHOOL, &Reach::School, moment(), |r| r.log_before(i64::MAX));
    let span = span.expect("read").expect("entries");
    let actor = jc_store::Actor { account: None, name: "system".into(), by: Vec::new() };
    let moving = |span: &jc_trust::part::Span| {
        db.store.write(SCHOOL, &actor, "audit.move", "audit", moment(), |writer| {
            writer.move_log(span, "00", span.to, serde_json::json!({}))?;
            Ok::<_, StoreError>(jc_store::store::Ending::Undo(()))
        })
    };
    moving(&span).expect("moved, and undone as a kill would have it");
    assert_eq!(all(&mut direct), before, "nothing is lost");
    refused(&mut direct);
    for other in [
        jc_trust::part::Span { from: 2, ..span.clone() },
        jc_trust::part::Span { to: span.to - 1, ..span.clone() },
        jc_trust::part::Span { to: span.to + 1, ..span.clone() },
    ] {
        assert!(matches!(moving(&other), Err(StoreError::Stale { .. })), "exactly these: {other:?}");
    }
    refused(&mut direct);
    let of_table = if jc_store::db::is_postgres(&db.settings.url) { " on audit" } else { "" };
    for number in 1..=2 {
        direct.batch(&format!("drop trigger audit_stays_{number}{of_table}")).expect("no guard");
    }
    jc_store::Store::open(db.settings.clone(), db.store.catalog()).expect("it opens");
    refused(&mut direct);
    for number in 1..=2 {
        direct.batch(&format!("drop trigger audit_stays_{number}{of_table}")).expect("no guard");
    }
}

/// Empties the database and enters the college again.
fn restore(db: &TestDb, direct: &mut Db) {
    for table in direct.tables().expect("tables") {
        if !table.starts_with("jc_") && table != "school" {
            direct.execute(&format!("delete from {table}"), &[]).expect("a statement");
        }
    }
    college(db);
}

#[test]
fn a_lists_count_from_totals_is_the_count_of_its_records() {
    each_db(&small(), |db| {
        college(db);
        let catalog = db.store.catalog();
        let nobody = Some(jc_base::RecordId([9; 16]));
        for (register, declared) in catalog.registers.iter().enumerate() {
            db.store
                .read::<_, StoreError>(SCHOOL, &Reach::School, moment(), |r| {
                    let mut queries: Vec<ListQuery> = Vec::new();
                    for page in r.pages(register)? {
                        queries.push(ListQuery { page: Some(page), ..ListQuery::default() });
                        queries.push(ListQuery { state: Some(RecordState::Verified), ..queries[0].clone() });
                        for slice in &declared.slices {
                            for (value, _) in r.totals(register, page, &slice.id)? {
                                let value = jc_base::RecordId::parse(&value).map_or(Value::Missing, Value::Ref);
                                queries.push(ListQuery { equal: vec![(slice.column, value)], ..queries[0].clone() });
                            }
                        }
                    }
                    for query in queries {
                        // Asking for records that nobody kept counts all of them, but one by one.
                        let counted = ListQuery { not_kept_by: nobody, ..query.clone() };
                        assert_eq!(r.count(register, &query)?, r.count(register, &counted)?, "{query:?}");
                    }
                    Ok(())
                })
                .expect("counts");
        }
    });
}

#[test]
fn a_lists_order_is_that_of_its_screens_by_every_column() {
    each_db(&small(), |db| {
        college(db);
        let catalog = db.store.catalog();
        let mut sorted = 0;
        for (register, declared) in catalog.registers.iter().enumerate() {
            let fields = (0..declared.fields.len()).map(Column::Field);
            let columns = fields.chain((0..declared.copies.len()).map(Column::Copied));
            for column in columns.filter(|column| order::sortable(&catalog, register, *column)) {
                db.store
                    .read::<_, StoreError>(SCHOOL, &Reach::School, moment(), |r| {
                        let query = ListQuery { sort: Some(column), limit: 1, ..ListQuery::default() };
                        let mut wanted: Vec<_> = r.order(register, &query)?.into_iter().map(|(id, _)| id).collect();
                        for descending in [false, true] {
                            let (mut listed, mut after) = (Vec::new(), None);
                            loop {
                                let screen = r.list(register, &ListQuery { after, descending, ..query.clone() })?;
                                let Some(last) = screen.last() else { break };
                                after = Some(last.id);
                                listed.extend(screen.iter().map(|record| record.id));
                            }
                            assert_eq!(listed, wanted, "{} {column:?} {descending}", declared.id);
                            wanted.reverse();
                        }
                        sorted += usize::from(wanted.len() > 1);
                        Ok(())
                    })
                    .expect("lists");
            }
        }
        assert!(sorted > 5, "{sorted} lists of more than a screen");
    });
}
