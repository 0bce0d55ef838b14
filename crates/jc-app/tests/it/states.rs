//! Who may do what to a record, and in which state.

use crate::people::{Own, empty, person, request};
use jc_app::records::Edit;
use jc_app::scanner::{At, Scanner};
use jc_app::{AppError, Person};
use jc_base::{Lang, RecordId, RecordState, Value};
use jc_intake::apart;
use jc_intake::book::{Book, Here, Opener, Unopened};
use jc_intake::limits::Limits;
use jc_intake::photo::Picture;
use jc_intake::prose::Prose;
use std::io::{Cursor, Read, Write};
use std::net::TcpListener;
use std::sync::{Arc, Barrier};

const REGISTER: &str = "family-event";

fn values(topic: &str, participants: Option<i64>) -> Vec<Value> {
    let text = |t: &str| Value::Text(t.to_owned());
    let day = Value::Date(jc_base::Date::new(2024, 9, 20).expect("a day"));
    vec![
        text("meeting"),
        text(topic),
        day,
        Value::Missing,
        Value::Missing,
        participants.map_or(Value::Missing, Value::Int),
    ]
}

/// A record that was handed in.
fn handed_in(own: &Own, topic: &str, participants: Option<i64>) -> RecordId {
    let edit = Edit { values: values(topic, participants), submit: true, seen_version: None };
    own.keeping(REGISTER, |keeper| keeper.create(edit, Lang::Zh)).expect("a record")
}

#[test]
fn a_verified_record_counts_and_a_submitted_one_is_pending() {
    let own = empty();
    let id = handed_in(&own, "新生家长会", None);
    assert_eq!(own.printed("parents-meeting-count", 2024), "-");
    own.verifying(REGISTER, |v| v.accept(id, 1)).expect("it is accepted");
    assert_eq!(own.printed("parents-meeting-count", 2024), "1");
    assert_eq!(own.record(REGISTER, id).state, RecordState::Verified);
    own.verified();
}

#[test]
fn whoever_kept_a_record_cannot_verify_it() {
    let own = empty();
    let id = handed_in(&own, "新生家长会", None);
    // The same account, since moved to the verifying office.
    let mut both = own.verifier(REGISTER);
    both.account = own.keeper(REGISTER).account;
    let verifier = own.app.verifier(&both, own.register(REGISTER)).expect("a verifier");
    assert!(matches!(verifier.accept(id, 1), Err(AppError::OwnRecord)));
    assert!(verifier.inbox(10).expect("an inbox").records.is_empty());
    assert_eq!(own.record(REGISTER, id).state, RecordState::Submitted);
}

#[test]
fn a_change_of_someone_elses_record_is_not_verified_by_whoever_made_it() {
    let own = empty();
    let id = handed_in(&own, "新生家长会", None);
    let other = own.verifier(REGISTER);
    let mut keeper = own.keeper(REGISTER);
    keeper.account = other.account;
    let edit = Edit { values: values("老生家长会", None), submit: true, seen_version: Some(1) };
    own.app.keeper(&keeper, own.register(REGISTER)).and_then(|k| k.update(id, edit, Lang::Zh)).expect("it is changed");
    assert!(matches!(own.verifying(REGISTER, |v| v.accept(id, 2)), Err(AppError::OwnRecord)));
}

#[test]
fn only_the_offices_of_a_register_keep_and_verify_it() {
    let own = empty();
    let catalog = own.app.catalog();
    let register = own.register(REGISTER);
    let (kept_by, verified_by) = (catalog.registers[register].kept_by, catalog.registers[register].verified_by);
    for role in &catalog.roles.roles {
        let role = role.id.as_str();
        for (ix, office) in catalog.offices.iter().enumerate() {
            let who = person(own.school, role, &office.id, 7);
            let keeps = matches!(role, "keeper" | "faculty-head") && ix == kept_by;
            let verifies = role == "verifier" && ix == verified_by;
            assert_eq!(own.app.keeper(&who, register).is_ok(), keeps, "{role} of {}", office.id);
            assert_eq!(own.app.verifier(&who, register).is_ok(), verifies, "{role} of {}", office.id);
            assert_eq!(own.app.administrator(&who).is_ok(), role == "administrator");
        }
    }
    let who = jc_app::Person::command_line(own.school);
    assert!(matches!(own.app.verifier(&who, register), Err(AppError::Denied)), "the command line verifies nothing");
}

#[test]
fn another_schools_record_is_not_there() {
    let own = empty();
    let id = handed_in(&own, "新生家长会", None);
    let other = own.app.add_school("另一所学院", true).expect("a school");
    let mut stranger = own.verifier(REGISTER);
    stranger.school = other;
    let verifier = own.app.verifier(&stranger, own.register(REGISTER)).expect("a verifier of the other school");
    assert!(matches!(verifier.accept(id, 1), Err(AppError::NotFound)));
    assert!(matches!(verifier.viewer().record(own.register(REGISTER), id), Err(AppError::NotFound)));
    let mut keeper = own.keeper(REGISTER);
    keeper.school = other;
    let edit = Edit { values: values("别校改写", None), submit: true, seen_version: Some(1) };
    let changed = own.app.keeper(&keeper, own.register(REGISTER)).and_then(|k| k.update(id, edit, Lang::Zh));
    assert!(matches!(changed, Err(AppError::NotFound)));
}

#[test]
fn a_version_someone_else_has_changed_is_refused() {
    let own = empty();
    let id = handed_in(&own, "新生家长会", None);
    let change = |topic: &str, seen| {
        let edit = Edit { values: values(topic, None), submit: true, seen_version: Some(seen) };
        own.keeping(REGISTER, |keeper| keeper.update(id, edit, Lang::Zh))
    };
    change("家长会（改）", 1).expect("it is changed");
    assert!(matches!(change("家长会（再改）", 1), Err(AppError::Stale)));
    assert!(matches!(own.verifying(REGISTER, |v| v.accept(id, 1)), Err(AppError::Stale)));
    assert!(matches!(own.verifying(REGISTER, |v| v.give_back(id, 1, "理由")), Err(AppError::Stale)));
    assert_eq!(own.record(REGISTER, id).version, 2);
}

#[test]
fn a_record_is_accepted_by_exactly_one_of_many_at_once() {
    let own = empty();
    let id = handed_in(&own, "新生家长会", None);
    let together = Barrier::new(32);
    let outcomes: Vec<Result<(), AppError>> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..32)
            .map(|n| {
                let (own, together) = (&own, &together);
                scope.spawn(move || {
                    let mut who = own.verifier(REGISTER);
                    who.account = Some(RecordId([120 + n; 16]));
                    let verifier = own.app.verifier(&who, own.register(REGISTER)).expect("a verifier");
                    together.wait();
                    verifier.accept(id, 1)
                })
            })
            .collect();
        threads.into_iter().map(|t| t.join().expect("a thread ends")).collect()
    });
    assert_eq!(outcomes.iter().filter(|o| o.is_ok()).count(), 1);
    assert!(outcomes.iter().all(|o| matches!(o, Ok(()) | Err(AppError::Stale))), "{outcomes:?}");
    assert_eq!(own.record(REGISTER, id).version, 2);
    assert_eq!(own.printed("parents-meeting-count", 2024), "1");
    own.verified();
}

#[test]
fn a_record_is_returned_with_a_reason_and_handed_in_again() {
    let own = empty();
    let id = handed_in(&own, "新生家长会", None);
    for empty in ["", " ", "\n\t"] {
        let refused = own.verifying(REGISTER, |v| v.give_back(id, 1, empty));
        assert!(matches!(refused, Err(AppError::Findings(f)) if f[0].code == "APP-004"));
    }
    own.verifying(REGISTER, |v| v.give_back(id, 1, " 日期不对 ")).expect("it is returned");
    let record = own.record(REGISTER, id);
    assert_eq!((record.state, record.note.as_deref()), (RecordState::Returned, Some("日期不对")));
    assert_eq!(own.printed("parents-meeting-count", 2024), "-");
    own.keeping(REGISTER, |k| k.submit(id, 2, Lang::Zh)).expect("it is handed in again");
    assert!(matches!(own.keeping(REGISTER, |k| k.submit(id, 3, Lang::Zh)), Err(AppError::WrongState)));
    own.verifying(REGISTER, |v| v.accept(id, 3)).expect("it is accepted");
    assert!(matches!(own.verifying(REGISTER, |v| v.accept(id, 4)), Err(AppError::WrongState)));
    own.verified();
}

/// A stand-in for ClamAV's service that answers so many times, each time by what it was sent.
fn scanner(times: usize) -> At {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let at = At::Port(listener.local_addr().expect("an address"));
    std::thread::spawn(move || {
        for _ in 0..times {
            let (mut stream, _) = listener.accept().expect("a connection");
            let (mut heard, mut piece) = (Vec::new(), [0; 4096]);
            while !heard.ends_with(&[0, 0, 0, 0]) {
                let read = stream.read(&mut piece).expect("more");
                heard.extend_from_slice(&piece[..read]);
            }
            let bad = heard.windows(5).any(|word| word == b"EICAR");
            let answer: &[u8] = if bad { b"stream: Win.Test.EICAR_HDB-1 FOUND\0" } else { b"stream: OK\0" };
            stream.write_all(answer).expect("an answer");
        }
    });
    at
}

#[test]
fn what_the_scanner_finds_is_not_kept_and_the_log_says_so() {
    let own = empty();
    let id = handed_in(&own, "新生家长会", Some(300));
    let own = own.scanning_with(Some(Scanner::new(scanner(4))));
    let attach = |own: &Own, content: &[u8]| {
        own.keeping(REGISTER, |k| k.attach(&[id], "attendance-sheet", "签到表.pdf", content))
    };
    let files = |own: &Own| std::fs::read_dir(own.app.setup().data.join("evidence")).expect("a folder").count();
    let code = |refused: Result<_, AppError>| match refused {
        Err(AppError::Findings(found)) => {
            let words = jc_words::finding(Lang::Zh, &found[0]);
            (found[0].code.to_string(), words.what, words.mend)
        }
        other => panic!("{:?}", other.map(|_: String| ())),
    };
    let (found, what, _) = code(attach(&own, b"%PDF-1.7 EICAR"));
    assert_eq!(found, "APP-064");
    assert!(what.contains("Win.Test.EICAR_HDB-1"), "{what}");
    assert_eq!(files(&own), 0);
    attach(&own, b"%PDF-1.7 signed").expect("it is clean");
    assert_eq!(files(&own), 1);

    // A spreadsheet the same way: nothing of it waits on the disk.
    let keeper = own.keeper(REGISTER);
    let upload =
        |own: &Own, text: &str| own.app.keep_upload(&keeper, REGISTER, "一.csv", text.as_bytes()).map(|stage| stage.id);
    assert_eq!(code(upload(&own, "EICAR")).0, "APP-064");
    assert!(!own.app.setup().data.join("uploads").exists());
    upload(&own, "主题").expect("it is clean");

    // Where it does not answer nothing is taken, unless the school has chosen so; then the log says so.
    let away = At::Socket(own.app.setup().data.join("nobody.ctl"));
    let own = own.scanning_with(Some(Scanner::new(away.clone())));
    let (later, _, mend) = code(attach(&own, b"%PDF-1.7 second"));
    assert!(later == "APP-065" && mend.contains("[scanner]"), "{later} {mend}");
    let own = own.scanning_with(Some(Scanner { may_be_away: true, ..Scanner::new(away) }));
    attach(&own, b"%PDF-1.7 third").expect("it is taken as it is");
    assert_eq!(files(&own), 2);

    let log = own.app.viewer(&Person::command_line(own.school)).audit(None, 50).expect("the log");
    let said = log.iter().rev().filter(|entry| entry.action.starts_with("upload."));
    let said: Vec<_> = said.map(|e| (e.action.as_str(), e.object.as_str(), e.detail.contains("EICAR"))).collect();
    let refused = |found| ("upload.refuse", REGISTER, found);
    assert_eq!(said, [refused(true), refused(true), refused(false), ("upload.unscanned", REGISTER, false)]);
    own.verified();
}

#[test]
fn what_needs_evidence_is_not_verified_without_it() {
    let own = empty();
    // Where participants were counted, the attendance sheet must be there.
    let id = handed_in(&own, "新生家长会", Some(300));
    let refused = own.verifying(REGISTER, |v| v.accept(id, 1));
    assert!(matches!(refused, Err(AppError::Findings(f)) if f.len() == 1 && f[0].code == "APP-005"));
    let photo = b"\x89PNG\r\n\x1a\nnot quite a picture".as_slice();
    own.keeping(REGISTER, |k| k.attach(&[id], "photo", "现场.png", photo)).expect("it is attached");
    assert!(own.verifying(REGISTER, |v| v.accept(id, 1)).is_err(), "a photo is no attendance sheet");
    let sheet = b"%PDF-1.4\nsigned by all".as_slice();
    own.keeping(REGISTER, |k| k.attach(&[id], "attendance-sheet", "签到表.pdf", sheet)).expect("it is attached");
    own.verifying(REGISTER, |v| v.accept(id, 1)).expect("it is accepted");
    assert_eq!(own.printed("family-event-participants", 2024), "300");
    let report = own.verified();
    assert_eq!(report.evidence, 2);
}

#[test]
fn a_picture_that_fills_the_memory_of_who_opens_it_is_no_evidence() {
    let own = empty();
    let id = handed_in(&own, "新生家长会", Some(300));
    let attach = |width: u32, height: u32| {
        let head = [&b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR"[..], &width.to_be_bytes(), &height.to_be_bytes()].concat();
        own.keeping(REGISTER, |k| k.attach(&[id], "photo", "现场.png", &head))
    };
    let AppError::Findings(found) = attach(65_535, 65_535).expect_err("four milliard pixels") else {
        panic!("a finding");
    };
    assert_eq!(found[0].code, "APP-135");
    assert!(own.viewing(|v| v.evidence(own.register(REGISTER), id)).expect("papers").is_empty());
    attach(12_000, 9_000).expect("what a telephone takes");
    assert_eq!(own.viewing(|v| v.evidence(own.register(REGISTER), id)).expect("papers").len(), 1);
}

/// An opener whose process dies of every picture.
struct DiesOfPictures;

impl Opener for DiesOfPictures {
    fn open(&self, name: &str, bytes: Vec<u8>, limits: &Limits) -> Result<Book, Unopened> {
        Here.open(name, bytes, limits)
    }

    fn prose(&self, name: &str, bytes: Vec<u8>, limits: &Limits) -> Result<Prose, Unopened> {
        Here.prose(name, bytes, limits)
    }

    fn picture(&self, name: &str, bytes: &[u8]) -> Result<Picture, Unopened> {
        apart::picture(name, bytes, Box::new(Cursor::new(Vec::new()))).map_err(Unopened::Findings)
    }
}

#[test]
fn a_picture_the_reader_died_of_is_not_kept_and_other_papers_need_no_reader() {
    let mut own = empty();
    own.app = own.app.opening_with(Arc::new(DiesOfPictures));
    let id = handed_in(&own, "新生家长会", Some(300));
    let attach = |name: &str, content: &[u8]| own.keeping(REGISTER, |k| k.attach(&[id], "photo", name, content));
    let refused = attach("现场.jpg", b"\xff\xd8\xff\xe0\0\x04ab\xff\xda\0\x02old\xff\xd9");
    assert!(matches!(refused, Err(AppError::Findings(found)) if found[0].code == "INT-081"));
    assert!(own.viewing(|v| v.evidence(own.register(REGISTER), id)).expect("papers").is_empty());
    attach("签到表.pdf", b"%PDF-1.7 all").expect("it is attached");
    assert_eq!(own.verified().evidence, 1);
}

#[test]
fn one_record_without_evidence_keeps_all_of_a_batch_unverified() {
    let own = empty();
    let (with, without) = (handed_in(&own, "不计人数的家长会", None), handed_in(&own, "计人数的家长会", Some(80)));
    assert!(own.verifying(REGISTER, |v| v.accept_all(&[(with, 1), (without, 1)])).is_err());
    assert_eq!(own.record(REGISTER, with).state, RecordState::Submitted);
    assert_eq!(own.printed("parents-meeting-count", 2024), "-");
}

#[test]
fn a_draft_may_lack_something_and_cannot_be_verified() {
    let own = empty();
    let mut lacking = values("没写完", None);
    lacking[0] = Value::Missing;
    let edit = Edit { values: lacking, submit: false, seen_version: None };
    let id = own.keeping(REGISTER, |k| k.create(edit, Lang::Zh)).expect("a draft");
    assert!(matches!(own.verifying(REGISTER, |v| v.accept(id, 1)), Err(AppError::WrongState)));
    assert!(matches!(own.keeping(REGISTER, |k| k.submit(id, 1, Lang::Zh)), Err(AppError::Findings(_))));
    own.verified();
}

#[test]
fn a_changed_verified_record_must_be_verified_anew() {
    let own = empty();
    let csv = "类别,主题,日期\n家长会,新生家长会,2024-09-20\n";
    own.import(REGISTER, &request("家长会.csv", csv)).expect("an import");
    own.accept_all(REGISTER);
    let record = own.records(REGISTER).remove(0);
    let edit = Edit { values: values("新生家长会", None), submit: false, seen_version: Some(record.version) };
    let mut changed = edit.clone();
    changed.values[3] = Value::Text("一年级".into());
    own.keeping(REGISTER, |k| k.update(record.id, changed, Lang::Zh)).expect("it is changed");
    assert_eq!(own.record(REGISTER, record.id).state, RecordState::Draft);
    assert_eq!(own.printed("parents-meeting-count", 2024), "-");
    own.verified();
}

#[test]
fn a_form_sent_twice_is_saved_once() {
    let own = empty();
    let edit = |topic: &str| Edit { values: values(topic, Some(30)), submit: true, seen_version: None };
    let who = own.keeper(REGISTER);
    let keeper = || own.app.keeper(&who, own.register(REGISTER)).expect("a keeper").once("f00d");
    assert_eq!(keeper().done().expect("a look"), None);
    let first = keeper().create(edit("新生家长会"), Lang::Zh).expect("a record");
    assert_eq!(keeper().done().expect("a look"), Some(first));
    // Pressed again, even with a key that would be another record's.
    assert_eq!(keeper().create(edit("另一场家长会"), Lang::Zh).expect("the same one"), first);
    assert_eq!(own.records(REGISTER).len(), 1);
    let entries = own.viewing(|viewer| viewer.audit(None, 100)).expect("the log").len();
    keeper().create(edit("新生家长会"), Lang::Zh).expect("the same one");
    assert_eq!(own.viewing(|viewer| viewer.audit(None, 100)).expect("the log").len(), entries, "nothing was written");
    // Someone else's number is another one.
    let other = person(own.school, "keeper", who.office.as_deref().expect("an office"), 77);
    let theirs = own.app.keeper(&other, own.register(REGISTER)).expect("a keeper").once("f00d");
    assert_eq!(theirs.done().expect("a look"), None);
    // A change pressed twice makes one version.
    let change = || own.app.keeper(&who, own.register(REGISTER)).expect("a keeper").once("beef");
    let edit = Edit { values: values("新生家长会", Some(31)), submit: true, seen_version: Some(1) };
    change().update(first, edit.clone(), Lang::Zh).expect("it is changed");
    change().update(first, edit, Lang::Zh).expect("it was changed");
    assert_eq!(own.record(REGISTER, first).version, 2);
    own.verified();
}

#[test]
fn two_presses_at_the_same_moment_make_one_record() {
    let own = empty();
    let (who, gate) = (own.keeper(REGISTER), Barrier::new(2));
    let press = || {
        let keeper = own.app.keeper(&who, own.register(REGISTER)).expect("a keeper").once("cafe");
        gate.wait();
        let edit = Edit { values: values("新生家长会", Some(30)), submit: true, seen_version: None };
        keeper.create(edit, Lang::Zh).expect("a record")
    };
    let (one, two) = std::thread::scope(|scope| {
        let one = scope.spawn(press);
        let two = press();
        (one.join().expect("no panic"), two)
    });
    assert_eq!(one, two);
    assert_eq!(own.records(REGISTER).len(), 1);
}

#[test]
fn a_paper_is_taken_off_before_verification_and_that_stays_known() {
    let own = empty();
    let id = handed_in(&own, "新生家长会", Some(30));
    let attach = |keeper: &jc_app::Keeper| keeper.attach(&[id], "attendance-sheet", "签到.pdf", b"%PDF-1.7 a");
    let sha = own.keeping(REGISTER, attach).expect("a paper");
    own.keeping(REGISTER, |keeper| keeper.detach(id, &sha, "attendance-sheet")).expect("it comes off");
    assert!(own.viewing(|v| v.evidence(own.register(REGISTER), id)).expect("papers").is_empty());
    let again = own.keeping(REGISTER, |keeper| keeper.detach(id, &sha, "attendance-sheet"));
    assert!(matches!(again, Err(AppError::NotFound)));
    let whole = own.viewing(|v| v.whole(own.register(REGISTER), id, Lang::Zh)).expect("a record");
    let told: Vec<(&str, bool)> = whole.papered.iter().map(|p| (p.name.as_str(), p.off)).collect();
    assert_eq!(told, [("签到.pdf", true), ("签到.pdf", false)], "newest first");
    own.verified();
    // Put on again it can come off again; both are proved by the log.
    own.keeping(REGISTER, attach).expect("a paper");
    own.keeping(REGISTER, |keeper| keeper.detach(id, &sha, "attendance-sheet")).expect("it comes off");
    own.keeping(REGISTER, attach).expect("a paper");
    own.verified();
    own.verifying(REGISTER, |v| v.accept(id, 1)).expect("it is accepted");
    let verified = own.keeping(REGISTER, |keeper| keeper.detach(id, &sha, "attendance-sheet"));
    assert!(matches!(verified, Err(AppError::WrongState)), "what counts stands on its papers");
}
