//! Every kind of tampering, each on a copy of the file: what `verify` names, and what only a head kept elsewhere shows.

use crate::people::{Own, empty, request};
use jc_app::{Person, backup};
use jc_store::db::{Db, Param};
use jc_store::verify::Touched;
use jc_trust::chain::{ChainHash, Entry, link};
use std::fs;
use std::path::Path;

/// A small college with a history: meetings entered, corrected, verified, one with a paper.
fn college() -> Own {
    let own = empty();
    settle(&own);
    own
}

/// The same in an empty installation.
pub fn settle(own: &Own) {
    let csv = |number: &str| {
        format!(
            "类别,主题,日期,参与人数\n家长会,甲,2024-03-01,{number}\n家长会,乙,2024-04-01,20\n家长会,丙,2024-05-01,\n"
        )
    };
    own.import("family-event", &request("一.csv", csv("10"))).expect("an import");
    own.import("family-event", &request("二.csv", csv("11"))).expect("a correction");
    let records: Vec<_> = own.records("family-event").iter().map(|record| record.id).collect();
    let attached = |keeper: &jc_app::Keeper| keeper.attach(&records[..2], "attendance-sheet", "a.pdf", b"%PDF-1.7 a");
    own.keeping("family-event", attached).expect("a paper");
    let wrong = |keeper: &jc_app::Keeper| keeper.attach(&records[..1], "attendance-sheet", "b.pdf", b"%PDF-1.7 b");
    let sha = own.keeping("family-event", wrong).expect("a wrong paper");
    own.keeping("family-event", |keeper| keeper.detach(records[0], &sha, "attendance-sheet")).expect("it comes off");
    own.accept_all("family-event");
    own.verified();
}

/// The database lets nobody change or delete what is in the log: whoever does has taken that away first.
pub const UNGUARD: &str = "drop trigger audit_stays_1; drop trigger audit_stays_2;";

/// What is wrong after a copy of the data was changed by these statements.
fn after(own: &Own, statements: &str) -> Vec<Touched> {
    let (folder, data) = copied(own);
    let mut db = Db::open(&data.join("jiangce.db").to_string_lossy()).expect("the copy opens");
    db.batch(&format!("{UNGUARD} {statements}")).unwrap_or_else(|error| panic!("{statements}: {error:?}"));
    drop(db);
    let found = verified(own, &data);
    drop(folder);
    found
}

pub fn copied(own: &Own) -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    backup::create(&own.app, &data).expect("a copy");
    std::fs::copy(own.app.keys_file(), data.join(jc_app::app::KEYS)).expect("the keys");
    (folder, data)
}

pub fn verified(own: &Own, data: &Path) -> Vec<Touched> {
    let app = crate::people::open(data);
    app.verify(&Person::command_line(own.school), &mut |_| {}).expect("a report").touched
}

/// The kinds of what is wrong, each once.
pub fn kinds(touched: &[Touched]) -> String {
    let mut kinds: Vec<String> = touched.iter().map(|it| format!("{it:?}")).collect();
    kinds.iter_mut().for_each(|kind| kind.truncate(kind.find(' ').unwrap_or(kind.len())));
    kinds.dedup();
    kinds.join(" ")
}

#[test]
fn every_kind_of_tampering_is_named() {
    let own = college();
    let table = own.app.catalog().register("family-event").expect("a register").table.clone();
    assert_eq!(after(&own, "pragma user_version = 0"), [], "a copy alone is not tampering");
    let of_records = |sql: &str| sql.replace("RECORDS", &table);
    for (what, sql, expect) in [
        ("an actor", "update audit set actor = 'x' where seq = 2", "Chain"),
        ("a moment", "update audit set at = at + 1 where seq = 2", "Chain"),
        ("an action's case", "update audit set action = upper(action) where seq = 2", "Chain"),
        (
            "a letter from field to field",
            "update audit set action = 'x' || action, actor = substr(actor, 2) where seq = 2",
            "Chain",
        ),
        ("particulars", "update audit set detail = replace(detail, '3', '4') where seq = 1", "Chain"),
        ("particulars retyped", "update audit set detail = replace(detail, ':3', ':\"3\"') where seq = 1", "Chain"),
        ("a hash", "update audit set hash = upper(hash) where seq = 2", "Chain"),
        ("another hash's name", "update audit set algorithm = 'sm3' where seq = 2", "Chain"),
        ("an entry from the middle", "delete from audit where seq = 2", "Chain"),
        ("the last entry", "delete from audit where seq = (select max(seq) from audit)", "Head"),
        ("a renumbered entry", "update audit set seq = 900 where seq = (select max(seq) from audit)", "Chain"),
        (
            "two entries changed over",
            "update audit set seq = -seq where seq in (1, 2); update audit set seq = seq + 3 where seq < 0",
            "Chain",
        ),
        (
            "an entry put in",
            "insert into audit select school_id, seq + 1, at, actor, action, object, detail, algorithm, hash from audit where seq = (select max(seq) from audit)",
            "Chain",
        ),
        ("the head", "update audit_head set hash = 'x'", "Head"),
        ("a value", "update RECORDS set f_topic = '丁' where f_topic = '甲'", "Record"),
        ("a number", "update RECORDS set f_participants = 1000 where f_participants = 20", "Record"),
        ("a number made missing", "update RECORDS set f_participants = null where f_participants = 20", "Record"),
        ("a record's state", "update RECORDS set state = 1 where f_topic = '乙'", "Record"),
        ("a record's digest", "update RECORDS set digest = x'00' where f_topic = '乙'", "Record"),
        ("a record", "delete from RECORDS where f_topic = '乙'", "Write"),
        ("an old version", "update history set body = replace(body, '10', '12')", "Write"),
        ("an old version away", "delete from history", "History"),
        ("an old version's number", "update history set version = version + 5", "History"),
        ("a page's digest", "update page set digest = 'x'", "Page"),
        ("a page's count", "update page set records = records + 1", "Page"),
        ("a total", "update page_total set value = value + 1 where value > 0", "Totals"),
        ("a total away", "delete from page_total where value > 0", "Totals"),
        (
            "a paper taken off",
            "delete from record_evidence where record_id = (select min(record_id) from record_evidence)",
            "Attached",
        ),
        ("what was taken off", "delete from detached_evidence", "Attached"),
        ("when it was taken off", "update detached_evidence set until_seq = until_seq + 1", "Attached"),
        (
            "a paper put back",
            "insert into record_evidence select school_id, register, record_id, sha256, kind, name, seq from detached_evidence; delete from detached_evidence",
            "Attached",
        ),
        ("a paper's name", "update record_evidence set name = 'b.pdf'", "Attached"),
        (
            "a paper moved to another record",
            "update record_evidence set record_id = (select id from RECORDS where f_topic = '丙') where record_id = (select min(record_id) from record_evidence)",
            "Attached",
        ),
        (
            "a paper put on",
            "insert into record_evidence select school_id, register, (select id from RECORDS where f_topic = '丙'), sha256, kind, name, 2 from record_evidence limit 1",
            "Attached",
        ),
    ] {
        let touched = after(&own, &of_records(sql));
        assert!(kinds(&touched).contains(expect), "{what}: {touched:?}");
    }
}

/// Someone who may write the whole database, but has not the key file, makes the log anew so that it says another thing and
/// every link in it holds: by the hash that needs no key, or by a key of their own.
#[test]
fn a_log_made_anew_without_the_key_is_noticed() {
    let own = college();
    for (algorithm, key) in [(ChainHash::Sha256, [0; 32]), (ChainHash::Sm3, [0; 32]), (ChainHash::HmacSha256, [9; 32])]
    {
        let (_folder, data) = copied(&own);
        let mut db = Db::open(&data.join("jiangce.db").to_string_lossy()).expect("the copy opens");
        let mut log = Vec::new();
        db.query("select seq, at, actor, action, object, detail from audit order by seq", &[], &mut |row| {
            let text = |column: usize| row.text(column).unwrap_or_default().to_owned();
            let (actor, action) = (text(2).replace("system", "nobody"), text(3));
            let (seq, at) = (row.int(0).expect("a number"), row.int(1).expect("a time"));
            log.push(Entry {
                seq,
                at,
                actor,
                action,
                object: text(4),
                detail: text(5),
                algorithm,
                hash: String::new(),
            });
        })
        .expect("the log");
        let mut previous = String::new();
        db.batch(UNGUARD).expect("no guard");
        for entry in &log {
            let hash = link(&key, own.school.0, &previous, entry);
            let with =
                [Param::Text(&entry.actor), Param::Text(algorithm.code()), Param::Text(&hash), Param::Int(entry.seq)];
            db.execute("update audit set actor = ?, algorithm = ?, hash = ? where seq = ?", &with).expect("made anew");
            previous = hash;
        }
        db.execute("update audit_head set hash = ?", &[Param::Text(&previous)]).expect("the head as well");
        drop(db);
        let touched = verified(&own, &data);
        assert!(touched.contains(&Touched::Chain { seq: 1 }), "{algorithm:?}: {touched:?}");
    }
}

#[test]
fn touched_evidence_is_named() {
    let own = college();
    let file = |data: &Path| {
        let folders = fs::read_dir(data.join("evidence")).expect("a folder").flatten();
        let mut files = folders.flat_map(|entry| fs::read_dir(entry.path()).expect("a folder").flatten());
        files.next().expect("a file").path()
    };
    let (_folder, data) = copied(&own);
    fs::write(file(&data), "%PDF-1.7 b").expect("changed");
    assert_eq!(kinds(&verified(&own, &data)), "EvidenceChanged");
    fs::remove_file(file(&data)).expect("removed");
    assert_eq!(kinds(&verified(&own, &data)), "EvidenceMissing");
}

#[test]
fn a_head_kept_elsewhere_shows_what_the_file_alone_cannot() {
    let own = college();
    let (_before, old) = copied(&own);
    let more = |own: &Own, number: &str| {
        let csv = format!("类别,主题,日期,参与人数\n家长会,丁,2024-06-01,{number}\n");
        own.import("family-event", &request("三.csv", csv)).expect("an import");
    };
    more(&own, "30");
    let kept = own.app.heads().expect("heads").pop().expect("a school");
    assert_eq!(jc_app::audit::Head::list(&format!("# kept\n\"{kept}\",\n")), std::slice::from_ref(&kept));
    assert_eq!(own.app.verify_kept(&kept, &[]).expect("a look"), None);

    // A tail cut off so that nothing in the file shows it: records, head and pages of the day before.
    let app = crate::people::open(&old);
    assert_eq!(verified(&own, &old), [], "the file alone is whole");
    assert_eq!(
        app.verify_kept(&kept, &[]).expect("a look"),
        Some(Touched::CutOff { kept: kept.seq, ends: kept.seq - 1 })
    );

    // The old file was put in place and worked on.
    let put_back = Own::at(&old, own.school);
    more(&put_back, "31");
    put_back.verified();
    assert_eq!(put_back.app.verify_kept(&kept, &[]).expect("a look"), Some(Touched::Otherwise { kept: kept.seq }));
}

#[test]
fn a_signed_head_that_was_changed_is_told() {
    let own = college();
    let kept = own.app.signed_heads().expect("heads").pop().expect("a school");
    let line = format!("Nov 27 08:00:00 host jiangce[7]: {kept}\n");
    assert_eq!(jc_app::audit::Head::list(&line), std::slice::from_ref(&kept));
    assert_eq!(own.app.verify_kept(&kept, &[]).expect("a look"), None);
    let forged = Some(Touched::Forged { kept: kept.seq });
    let later = jc_app::audit::Head { at: kept.at + 1, ..kept.clone() };
    assert_eq!(own.app.verify_kept(&later, &[]).expect("a look"), forged);
    // Signed by another school's key, or by none that is known: the chain itself decides.
    let other = college().app.signed_heads().expect("heads").pop().expect("a school");
    let by_other = jc_app::audit::Head { signed: other.signed, ..kept };
    assert_eq!(own.app.verify_kept(&by_other, &[]).expect("a look"), None);
}
