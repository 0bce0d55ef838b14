//! Closed pages: who changes them says why, what changed is kept beside what was sealed, and touching either shows.

use crate::college::{FILES, day, get, keeper, small, text};
use jc_base::{RecordId, RecordState, Value};
use jc_catalog::Register;
use jc_figures::restated::Cause;
use jc_figures::{Amount, Page};
use jc_store::db::Param;
use jc_store::seal::{Closed, Correction, Restatement, read_definitions};
use jc_store::store::Ending;
use jc_store::verify::Touched;
use jc_store::writer::Writer;
use jc_store::{Reach, Reader, Store, StoreError};
use jc_testkit::{OTHER, SCHOOL, TestDb, catalog, each_db, moment};
use jc_trust::SigningKey;
use jc_trust::seal::Excluded;

const DRAFT: RecordState = RecordState::Draft;
const SUBMITTED: RecordState = RecordState::Submitted;
const VERIFIED: RecordState = RecordState::Verified;

fn key() -> SigningKey {
    SigningKey::from_seed(&[5; 32])
}

fn ix(db: &TestDb, register: &str) -> usize {
    db.store.catalog().find_register(register).expect("a register")
}

fn page(register: &Register, code: &str) -> Page {
    Page::parse(register, code).expect("a page")
}

fn write<T>(db: &TestDb, work: impl FnOnce(&mut Writer) -> Result<T, StoreError>) -> Result<T, StoreError> {
    db.store.write(SCHOOL, &keeper(), "record.put", "award", moment(), |w: &mut Writer| work(w).map(Ending::Keep))
}

fn read<T>(db: &TestDb, work: impl FnOnce(&mut Reader) -> Result<T, StoreError>) -> T {
    db.store.read(SCHOOL, &Reach::School, moment(), work).expect("a read")
}

fn because(cause: Option<Cause>) -> Correction {
    Correction { cause, reason: "复核发现".into() }
}

fn close(db: &TestDb, register: &str, code: &str) -> Result<Closed, StoreError> {
    let at = ix(db, register);
    let page = page(&db.store.catalog().registers[at], code);
    write(db, |w| w.close(at, page, 0, &key()))
}

fn award(no: &str, on: &str, hours: i64) -> Vec<Value> {
    vec![text(no), day(on), Value::Missing, Value::Missing, Value::Int(1), Value::Int(hours)]
}

fn put(db: &TestDb, values: &[Value], state: RecordState, why: Option<Correction>) -> Result<RecordId, StoreError> {
    let at = ix(db, "award");
    write(db, |w| {
        why.into_iter().for_each(|why| w.restating(why));
        let copied = w.copies(at, values)?;
        w.create(at, values.to_vec(), copied, state, None)
    })
}

fn set(db: &TestDb, id: RecordId, state: RecordState, why: Option<Correction>) -> Result<(), StoreError> {
    let (at, old) = (ix(db, "award"), get(db, "award", id));
    write(db, |w| {
        why.into_iter().for_each(|why| w.restating(why));
        w.set_state(at, &old, state, None)
    })
}

fn restatements(db: &TestDb) -> Vec<Restatement> {
    read(db, |r| r.restatements(Some(("award", "2023"))))
}

/// Number, cause and difference of a measure, for every restatement of the page.
fn moves(db: &TestDb, measure: &str) -> Vec<(i64, Cause, i64)> {
    let deltas = read(db, |r| r.deltas("award", "2023", ("", "")));
    deltas.iter().map(|d| (d.number, d.cause, d.totals.get(measure).map_or(0, |amount| amount.value))).collect()
}

fn touched(db: &TestDb) -> Vec<Touched> {
    read(db, |r| r.verify(&db.settings.evidence, &mut |_| {})).touched
}

/// Two verified awards of 2023 and a draft, then closed.
fn closed_year(db: &TestDb) -> (RecordId, RecordId, RecordId, Closed) {
    let one = put(db, &award("A1", "2023-05-01", 30), VERIFIED, None).expect("a record");
    let two = put(db, &award("A2", "2023-06-01", 50), VERIFIED, None).expect("a record");
    let draft = put(db, &award("A3", "2023-07-01", 70), DRAFT, None).expect("a record");
    let closed = close(db, "award", "2023").expect("it is closed");
    (one, two, draft, closed)
}

#[test]
fn a_seal_says_what_was_closed_and_is_the_schools() {
    each_db(&small(), |db| {
        let (_, _, _, closed) = closed_year(db);
        let seal = &closed.signed.seal;
        assert_eq!((seal.records, seal.excluded), (3, Excluded { draft: 1, ..Excluded::default() }));
        assert_eq!((seal.by.as_str(), seal.at), ("keeper", moment().now));
        assert!(closed.signed.holds(&key().public()));
        let page = page(&db.store.catalog().registers[ix(db, "award")], "2023");
        assert_eq!(read(db, |r| r.seal("award", page)), Some(closed.clone()));
        assert_eq!(read(db, |r| r.closed()), std::slice::from_ref(&closed));
        let keys = read(db, |r| r.public_keys());
        assert_eq!(keys, [(key().public(), moment().now)]);
        let (now, _) = read(db, |r| r.sealed_totals("award", "2023", ("", "")));
        assert_eq!(now["hours"], Amount { value: 80, unknown: 0 });
        assert_eq!(now[""], Amount { value: 2, unknown: 0 });
        let text = read(db, |r| r.sealed_text(&seal.definitions)).expect("definitions");
        assert_eq!(read_definitions(&text), Some(Vec::new()), "the small catalog has no indicator");
        assert!(matches!(close(db, "award", "2023"), Err(StoreError::AlreadyClosed)));
        assert_eq!(touched(db), []);
        let other = db.store.read(OTHER, &Reach::School, moment(), |r| r.closed()).expect("a read");
        assert_eq!(other, [], "the other school closed nothing");
    });
}

#[test]
fn an_empty_page_can_be_closed() {
    each_db(&small(), |db| {
        assert_eq!(close(db, "award", "2019").expect("closed").signed.seal.records, 0);
        assert_eq!(close(db, "person", "2019").expect("closed").signed.seal.records, 0);
        assert_eq!(touched(db), []);
    });
}

#[test]
fn what_counts_on_a_closed_page_changes_with_a_reason_only() {
    each_db(&small(), |db| {
        let (one, _, draft, _) = closed_year(db);
        let refused = |result: Result<(), StoreError>| match result {
            Err(StoreError::Closed { register, page }) => (register.to_string(), page),
            other => panic!("{other:?}"),
        };
        let there = ("award".to_owned(), "2023".to_owned());
        assert_eq!(refused(put(db, &award("A9", "2023-08-01", 10), VERIFIED, None).map(drop)), there);
        assert_eq!(refused(set(db, one, SUBMITTED, None)), there);
        assert_eq!(refused(set(db, draft, VERIFIED, None)), there);
        let empty = Correction { cause: None, reason: "  ".into() };
        assert_eq!(refused(set(db, one, SUBMITTED, Some(empty))), there);
        assert_eq!(restatements(db), []);
        // What does not count needs none, nor does another year.
        set(db, draft, SUBMITTED, None).expect("it still waits");
        put(db, &award("A4", "2023-09-01", 10), SUBMITTED, None).expect("a new record that waits");
        put(db, &award("A5", "2024-09-01", 10), VERIFIED, None).expect("a record of an open year");
        assert_eq!(restatements(db), []);
        assert_eq!(touched(db), []);
    });
}

#[test]
fn every_difference_has_its_cause_and_its_records() {
    each_db(&small(), |db| {
        let (one, two, draft, closed) = closed_year(db);
        set(db, draft, VERIFIED, Some(because(None))).expect("verified late");
        set(db, one, SUBMITTED, Some(because(None))).expect("reopened");
        // Who verifies it again need not say why once more.
        set(db, one, VERIFIED, None).expect("verified again");
        set(db, two, SUBMITTED, Some(because(Some(Cause::Double)))).expect("found twice");
        let expect =
            [(1, Cause::Late, 70), (2, Cause::Correction, -30), (3, Cause::Correction, 30), (4, Cause::Double, -50)];
        assert_eq!(moves(db, "hours"), expect);
        let made = restatements(db);
        assert_eq!(made[2].reason, "复核发现");
        assert_eq!(
            made.iter().map(|r| r.page_version).collect::<Vec<_>>(),
            [4, 5, 6, 7].map(|n| n + closed.signed.seal.page_version - 3)
        );
        let moved = read(db, |r| r.moved("award", "2023"));
        let records: Vec<_> =
            moved.iter().map(|(number, moved)| (*number, moved.record, moved.was, moved.became)).collect();
        assert_eq!(records, [(1, draft, Some(1), 2), (2, one, Some(1), 2), (3, one, Some(2), 3), (4, two, Some(1), 2)]);
        let (sealed, _) = read(db, |r| r.sealed_totals("award", "2023", ("", "")));
        assert_eq!(sealed["hours"].value, 80, "the old value stays");
        assert_eq!(touched(db), []);
    });
}

#[test]
fn one_write_of_several_causes_is_told_apart() {
    each_db(&small(), |db| {
        let (one, two, ..) = closed_year(db);
        let at = ix(db, "award");
        let (old_one, old_two) = (get(db, "award", one), get(db, "award", two));
        write(db, |w| {
            w.restating(because(Some(Cause::Evidence)));
            let late = award("A7", "2023-01-01", 5);
            let copied = w.copies(at, &late)?;
            w.create(at, late, copied.clone(), VERIFIED, None)?;
            w.set_state(at, &old_one, SUBMITTED, None)?;
            let moved = award("A2", "2024-06-01", 50);
            w.update(at, &old_two, moved, copied, VERIFIED, None).map(drop)
        })
        .expect("a write");
        assert_eq!(moves(db, "hours"), [(1, Cause::Late, 5), (2, Cause::Evidence, -80)]);
        assert_eq!(touched(db), []);
    });
}

/// A record whose own register is open changes what a closed page of another counts.
#[test]
fn a_closed_page_that_asks_about_others_is_restated_too() {
    each_db(&small(), |db| {
        let (people, events) = (ix(db, "person"), ix(db, "event"));
        let person = vec![text("1"), text("甲"), Value::Missing, Value::Missing, day("2022-09-01"), Value::Missing];
        let id = write(db, |w| {
            let copied = w.copies(people, &person)?;
            w.create(people, person, copied, VERIFIED, None)
        })
        .expect("a person");
        close(db, "person", "2023").expect("closed");
        let event = |w: &mut Writer| {
            let values = vec![Value::Ref(id), day("2023-03-01"), text("in")];
            let copied = w.copies(events, &values)?;
            w.create(events, values, copied, VERIFIED, None)
        };
        assert!(matches!(write(db, event), Err(StoreError::Closed { .. })));
        let made = write(db, |w| {
            w.restating(because(None));
            event(w)
        })
        .expect("an event");
        let deltas = read(db, |r| r.deltas("person", "2023", ("", "")));
        assert_eq!(deltas.len(), 1);
        assert_eq!((deltas[0].cause, deltas[0].totals["in-school"].value), (Cause::Late, 1));
        let moved = read(db, |r| r.moved("person", "2023"));
        assert_eq!((moved[0].1.register.as_str(), moved[0].1.record), ("event", made));
        assert_eq!(touched(db), []);
    });
}

/// A changed definition totals a closed page anew; the sealed totals stay, and what the change made is told.
#[test]
fn a_changed_definition_restates_and_says_so() {
    each_db(&small(), |db| {
        closed_year(db);
        let changed: Vec<(&str, String)> = FILES
            .iter()
            .map(|(path, text)| (*path, text.replace("where = \"city OR hours > 2\"", "where = \"hours > 4\"")))
            .collect();
        let changed: Vec<(&str, &str)> = changed.iter().map(|(path, text)| (*path, text.as_str())).collect();
        let store = Store::open_unapplied(db.settings.clone(), catalog(&changed)).expect("opened");
        let mut connection = store.connect().expect("a connection");
        let plan = jc_store::migrate::plan(&mut connection, &store.catalog()).expect("a plan");
        jc_store::migrate::apply(&mut connection, &store.catalog(), &plan).expect("applied");
        drop(connection);
        store
            .write::<_, StoreError>(SCHOOL, &keeper(), "catalog.apply", "catalog", moment(), |w| {
                w.restating(because(None));
                w.retotal(ix(db, "award"))?;
                Ok(Ending::Keep(()))
            })
            .expect("totalled again");
        let read = |work: &dyn Fn(&mut Reader) -> Result<(), StoreError>| {
            store.read(SCHOOL, &Reach::School, moment(), |r| work(r)).expect("a read");
        };
        read(&|r| {
            let deltas = r.deltas("award", "2023", ("", ""))?;
            assert_eq!((deltas[0].cause, deltas[0].totals["hours"].value), (Cause::Definition, -30));
            assert_eq!(r.sealed_totals("award", "2023", ("", ""))?.0["hours"].value, 80);
            assert_eq!(r.verify(&db.settings.evidence, &mut |_| {})?.touched, []);
            Ok(())
        });
    });
}

#[test]
fn touching_what_is_sealed_or_restated_is_named() {
    let seal = Touched::Seal { register: "award".into(), page: "2023".into() };
    let restated = Touched::Restated { register: "award".into(), page: "2023".into() };
    let cases = [
        ("update sealed_total set value = value + 1 where measure = 'hours' and school_id = ?", &seal),
        ("update seal set records = records + 1 where school_id = ?", &seal),
        ("update seal set closed_by = 'another' where school_id = ?", &seal),
        ("update seal set seq = seq - 1 where school_id = ?", &seal),
        ("update sealed_text set body = '{}' where school_id = ?", &seal),
        ("delete from seal where school_id = ?", &seal),
        ("delete from signing_key where school_id = ?", &seal),
        ("update restatement set reason = 'other' where school_id = ?", &restated),
        ("update restatement set cause = 'double-count' where school_id = ?", &restated),
        ("update restated_total set value = value + 1 where measure = 'hours' and school_id = ?", &restated),
        ("update restated_record set became = became + 1 where school_id = ?", &restated),
        ("delete from restated_record where school_id = ?", &restated),
        ("delete from restatement where school_id = ?", &restated),
    ];
    for (sql, wanted) in cases {
        each_db(&small(), |db| {
            let (one, ..) = closed_year(db);
            set(db, one, SUBMITTED, Some(because(None))).expect("reopened");
            assert_eq!(touched(db), []);
            let mut connection = db.store.connect().expect("a connection");
            assert!(connection.execute(sql, &[Param::Int(SCHOOL.0)]).expect("a statement") > 0, "{sql}");
            assert!(touched(db).contains(wanted), "{sql}");
        });
    }
}
