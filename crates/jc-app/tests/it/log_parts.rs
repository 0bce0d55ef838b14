//! The oldest entries of the log, moved into a file: what is proved afterwards, what is named, what says so.

use crate::people::{Own, each_empty, empty, empty_in_a_file, request};
use crate::sample::NOW;
use crate::tampering::{UNGUARD, copied, kinds, settle, verified};
use jc_app::app::{App, Clock, Setup};
use jc_app::audit::Head;
use jc_app::audit::moving::{MovedLog, USUAL_DAYS, Until};
use jc_app::backup::Passphrase;
use jc_app::given::Ask;
use jc_app::{AppError, Person};
use jc_base::Instant;
use jc_store::db::Db;
use jc_store::verify::{Report, Touched};
use std::fs;
use std::path::{Path, PathBuf};

/// The same data some days later.
pub fn later(own: &Own, days: i64) -> App {
    let clock = Clock::Fixed(Instant(NOW.0 + days * 86_400_000));
    App::open_with_keys(Setup { clock, ..own.app.setup().clone() }, own.app.keys_file().to_owned()).expect("it opens")
}

/// Everything proved with parts of the log.
pub fn with(app: &App, who: &Person, files: &[&Path], passphrase: Option<&Passphrase>) -> Report {
    let files: Vec<PathBuf> = files.iter().map(|file| file.to_path_buf()).collect();
    let (parts, faults) = app.log_parts(who, &files, passphrase, &[]).expect("they are read");
    app.verify_with(who, Ask { parts, faults, ..Ask::default() }, &mut |_| {}).expect("a report")
}

fn code(result: Result<impl std::fmt::Debug, AppError>) -> &'static str {
    match result {
        Err(AppError::Findings(findings)) => findings[0].code,
        other => panic!("no finding: {other:?}"),
    }
}

fn until(app: &App, days: i64) -> Until {
    Until { before: app.moment().today.plus_days(-days), kept_days: USUAL_DAYS }
}

fn moved(app: &App, who: &Person, file: &Path, passphrase: Option<&Passphrase>) -> MovedLog {
    app.move_log(who, until(app, 1_096), file, passphrase, &mut |_| {}).expect("moved").expect("entries")
}

/// One more meeting in the log, on the day of an installation.
fn more(own: &Own, app: &App, topic: &str) {
    let csv = format!("类别,主题,日期,参与人数\n家长会,{topic},2024-06-01,30\n");
    let who = own.keeper("family-event");
    let keeper = app.keeper(&who, own.register("family-event")).expect("a keeper");
    keeper.import(&request("又.csv", csv), None, &mut |_| {}).expect("an import");
}

#[test]
fn older_entries_are_moved_twice_and_everything_stays_proved() {
    each_empty(|own| {
        settle(own);
        let folder = tempfile::tempdir().expect("a folder");
        let (first, second) = (folder.path().join("第一段"), folder.path().join("第二段"));
        let machine = Person::command_line(own.school);
        let heads: Vec<Head> = (1..=own.verified().head.0).map(|seq| head_at(own, seq)).collect();
        let four_years = later(own, 1_461);
        assert_eq!(code(four_years.log_due(&machine, until(&four_years, 1_095))), "APP-130", "kept at hand");
        let short = Until { kept_days: 1, ..until(&four_years, 179) };
        assert_eq!(code(four_years.log_due(&machine, short)), "APP-130", "never less than half a year");
        assert!(matches!(
            four_years.log_due(&own.keeper("family-event"), until(&four_years, 1_096)),
            Err(AppError::Denied)
        ));
        assert_eq!(own.app.log_due(&machine, until(&own.app, 1_096)).expect("a look"), None, "nothing is so old");
        more(own, &four_years, "丁");
        let due = four_years.log_due(&machine, until(&four_years, 1_096)).expect("a look").expect("entries");
        assert_eq!((due.from, due.to), (1, heads.len() as i64));
        let before = own.verified();
        let done = moved(&four_years, &machine, &first, None);
        assert!(done.span == due && done.compacted, "{done:?}");
        let report = own.verified();
        assert_eq!((report.moved, report.in_parts, report.entries), (due.to, 0, before.entries - due.to + 1));
        assert_eq!((report.records, report.versions), (before.records, before.versions));
        let proved = with(&four_years, &machine, &[&first], None);
        assert_eq!((proved.touched.as_slice(), proved.in_parts), (&[][..], due.to));
        assert_eq!(four_years.log_due(&machine, until(&four_years, 1_096)).expect("a look"), None, "all are moved");

        // The log says so itself, to whoever reads it.
        let line = four_years.viewer(&machine).audit(None, 1).expect("the log").remove(0);
        assert!(line.action == "audit.move" && line.object == "audit" && line.actor == "system", "{line:?}");
        assert!(
            [&done.sha256, &done.span.closing, "第一段"].iter().all(|text| line.detail.contains(*text)),
            "{line:?}"
        );

        // A head from before is held against the part; without it nobody says that it is as it was.
        let (parts, _) = four_years.log_parts(&machine, std::slice::from_ref(&first), None, &[2]).expect("read");
        assert_eq!(four_years.verify_kept(&heads[1], &parts).expect("a look"), None);
        let other = Head { hash: heads[0].hash.clone(), signed: None, ..heads[1].clone() };
        assert_eq!(four_years.verify_kept(&other, &parts).expect("a look"), Some(Touched::Otherwise { kept: 2 }));
        assert_eq!(four_years.verify_kept(&heads[1], &[]).expect("a look"), Some(Touched::KeptInPart { kept: 2 }));
        assert_eq!(
            four_years.verify_kept(heads.last().expect("a head"), &[]).expect("a look"),
            None,
            "the closing hash"
        );

        told_without_them(own, &four_years);

        // Once more, with a passphrase (once: trying one costs a second by design): the entry that tells of the first is in the second.
        let eight_years = later(own, 2_922);
        more(own, &eight_years, "戊");
        let sealed = own.app.setup().database.is_none();
        let secret = Passphrase::of("eine lange Losung 2028").filter(|_| sealed);
        let again = moved(&eight_years, &machine, &second, secret.as_ref());
        assert_eq!((again.span.from, &again.span.previous), (due.to + 1, &due.closing));
        assert_eq!(fs::read(&second).expect("a file").starts_with(b"age-encryption.org/v1"), sealed);
        own.verified();
        let all = |files: &[&Path]| with(&eight_years, &machine, files, secret.as_ref());
        let both = all(&[&second, &first]);
        assert_eq!((both.touched.as_slice(), both.in_parts), (&[][..], again.span.to));
        let missing = |from, to| vec![Touched::PartMissing { from, to }];
        assert_eq!(all(&[&second]).touched, missing(1, due.to));
        assert_eq!(all(&[&first]).touched, [vec![], missing(due.to + 1, again.span.to)].concat());
        if sealed {
            assert_eq!(code(eight_years.log_parts(&machine, &[second], None, &[]).map(drop)), "APP-132");
        }
        assert_eq!(own.records("family-event").len(), 5);
    });
}

/// Moves what was before some later day; gives the last entry.
fn other_moved(other: &Own, machine: &Person, file: &Path) -> i64 {
    let app = later(other, 3_000);
    moved(&app, machine, file, None).span.to
}

fn head_at(own: &Own, seq: i64) -> Head {
    let line = own.viewing(|viewer| viewer.audit(Some(seq + 1), 1)).expect("the log").remove(0);
    Head { school: own.school.0, seq, at: line.at, hash: line.hash, signed: None }
}

/// Whatever is told from the log says that entries are missing, and from which day back; nothing is counted as none.
fn told_without_them(own: &Own, app: &App) {
    let machine = Person::command_line(own.school);
    let viewer = app.viewer(&machine);
    let begin = viewer.log_begin().expect("a look").expect("entries were moved");
    assert_eq!(begin.day, app.moment().today);
    let register = own.register("family-event");
    let oldest = own.records("family-event").remove(0);
    let whole = viewer.whole(register, oldest.id, jc_base::Lang::Zh).expect("a record");
    assert!(whole.history.len() > 1 && whole.history.iter().all(|version| version.moved && version.actor.is_empty()));
    assert!(!whole.papered.is_empty() && whole.papered.iter().all(|one| one.moved), "{:?}", whole.papered);
    assert_eq!(viewer.reason_of(oldest.seq).expect("a look"), "");
    let yearly = viewer.privacy_of_year(2025).expect("figures");
    let line = |id: &str| yearly.lines().into_iter().find(|(name, _)| *name == id).expect("a line").1;
    assert!(line("privacy-looks").is_none() && line("privacy-erased").is_none(), "missing is not zero");
    assert_eq!(line("privacy-minors"), Some(0));
    assert_eq!(yearly.begins, Some(begin));
    let next = viewer.privacy_of_year(app.moment().today.year() + 1).expect("figures");
    assert!(next.begins.is_none() && next.lines().iter().all(|(_, n)| n.is_some()));
    let day = |text: &str| jc_base::Date::parse_iso(text).expect("a day");
    let breach = |from: &str| viewer.breach("person-101", day(from), day("2099-01-01")).expect("a look").begins;
    assert_eq!((breach("2025-01-01"), breach("2030-01-01")), (Some(begin), None));
    let entries = viewer.audit_entries(&Default::default(), None, 100).expect("the log");
    assert_eq!(entries.lines.last().map(|line| line.seq), Some(begin.moved + 1));
}

/// What is done to the data, or to the part, after the move: each is named.
#[test]
fn what_is_touched_after_a_move_is_named() {
    let own = empty_in_a_file();
    settle(&own);
    let machine = Person::command_line(own.school);
    let table = own.app.catalog().register("family-event").expect("a register").table.clone();
    let app = later(&own, 1_461);
    more(&own, &app, "丁");
    let folder = tempfile::tempdir().expect("a folder");
    let part = folder.path().join("part");
    // What a kill leaves between the file and the log: the file is there, so are all entries; the next run takes it.
    let (_kept, unmoved) = copied(&own);
    let twin = Own::at(&unmoved, own.school);
    let (_other, untouched) = copied(&own);
    let other = Own::at(&untouched, own.school);
    let left = folder.path().join("left");
    let of_twin = moved(&later(&twin, 1_461), &machine, &part, None);
    let content = fs::read(&part).expect("a part");
    fs::write(folder.path().join("left.part"), "cut o").expect("what a kill left of another run");
    fs::write(&left, &content).expect("a file");
    own.verified();
    assert_eq!(moved(&app, &machine, &left, None).span, of_twin.span);
    assert!(folder.path().join("left.part").exists() && fs::read(&left).expect("a part") == content);
    own.verified();

    let last = of_twin.span.to;
    for (what, sql, expect) in [
        ("the first entry that is left", format!("delete from audit where seq = {}", last + 1), "Gone"),
        ("who it says it was", format!("update audit set actor = 'x' where seq = {}", last + 1), "Unfollowed"),
        (
            "the closing hash that the move tells",
            format!(
                "update audit set detail = replace(detail, '{}', '00') where action = 'audit.move'",
                of_twin.span.closing
            ),
            "Unfollowed",
        ),
        ("which were moved", "update audit set detail = replace(detail, '\"to\"', '\"so\"')".to_owned(), "Gone"),
        ("a value", format!("update {table} set f_topic = '己' where f_topic = '甲'"), "Moved"),
        ("a record", format!("delete from {table} where f_topic = '乙'"), "Moved"),
        ("an old version", "update history set body = replace(body, '10', '12')".to_owned(), "Moved"),
        ("an old version away", "delete from history".to_owned(), "History"),
        ("a paper's name", "update record_evidence set name = 'b.pdf'".to_owned(), "Moved"),
        ("a paper away", "delete from record_evidence".to_owned(), "Moved"),
        ("what was taken off", "delete from detached_evidence".to_owned(), "Moved"),
    ] {
        let (_folder, data) = copied(&own);
        let mut db = Db::open(&data.join("jiangce.db").to_string_lossy()).expect("the copy opens");
        db.batch(&format!("{UNGUARD} {sql}")).unwrap_or_else(|error| panic!("{sql}: {error:?}"));
        drop(db);
        let touched = verified(&own, &data);
        assert!(kinds(&touched).contains(expect), "{what}: {touched:?}");
        // With the part, what was written is named by its own entry.
        let singly = with(&crate::people::open(&data), &machine, &[&left], None).touched;
        let sums = singly.iter().any(|it| matches!(it, Touched::Moved { .. }));
        assert!(!singly.is_empty() && (expect != "Moved" || !sums), "{what}: {singly:?}");
    }

    let told = |bytes: &[u8]| {
        let file = folder.path().join("given");
        fs::write(&file, bytes).expect("a file");
        with(&app, &machine, &[&file], None).touched
    };
    let file = folder.path().join("given").display().to_string();
    assert_eq!(told(&content), []);
    let missing = Touched::PartMissing { from: 1, to: last };
    for at in (0..content.len()).step_by(29) {
        let mut bytes = content.clone();
        bytes[at] ^= 1;
        fs::write(&file, &bytes).expect("a file");
        let (parts, faults) = app.log_parts(&machine, &[PathBuf::from(&file)], None, &[]).expect("it is read");
        use Touched::{PartChanged, PartCutOff, PartUnknown};
        let named = matches!(&faults[..], [PartChanged { .. } | PartCutOff { .. } | PartUnknown { .. }]);
        assert!(named && parts.is_empty(), "byte {at}: {faults:?}");
    }
    let mut bytes = content.clone();
    bytes[content.len() / 2] ^= 1;
    let touched = told(&bytes);
    assert!(touched.len() == 2 && touched.contains(&missing), "{touched:?}");
    let end = content[..content.len() - 1].iter().rposition(|byte| *byte == b'\n').expect("a line") + 1;
    assert!(told(&content[..end]).contains(&Touched::PartCutOff { file: file.clone(), seq: last - 1 }));
    assert!(told(b"{}\n").contains(&Touched::PartUnknown { file: file.clone() }));

    // A part of the same log that proves itself, and is not the one that was moved.
    let (longer, another) = (folder.path().join("longer"), folder.path().join("another"));
    more(&other, &later(&other, 1_500), "庚");
    let of_other = other_moved(&other, &machine, &longer);
    let touched = with(&app, &machine, &[&longer], None).touched;
    let longer = longer.display().to_string();
    assert!(of_other > last && touched.contains(&Touched::PartOther { file: longer, from: 1, to: of_other }));
    // A part of another school's log.
    let stranger = empty();
    settle(&stranger);
    moved(&later(&stranger, 1_461), &machine, &another, None);
    assert!(matches!(
        with(&app, &machine, &[&another], None).touched[..],
        [Touched::PartChanged { seq: 1, .. } | Touched::PartUnknown { .. }, ..]
    ));
    // A file that is there and holds something else stays, and nothing is moved.
    let still = later(&own, 2_922);
    more(&own, &still, "戊");
    let refused = still.move_log(&machine, until(&still, 1_096), &another, None, &mut |_| {});
    assert_eq!(code(refused), "APP-013");
    // Nor is anything where something was touched.
    let (_kept, touched) = copied(&own);
    let mut db = Db::open(&touched.join("jiangce.db").to_string_lossy()).expect("the copy opens");
    db.batch(&format!("update {table} set f_topic = '己' where f_topic = '甲'")).expect("touched");
    drop(db);
    let of_touched = later(&Own::at(&touched, own.school), 2_922);
    let refused =
        of_touched.move_log(&machine, until(&of_touched, 1_096), &folder.path().join("new"), None, &mut |_| {});
    assert_eq!(code(refused), "APP-131");
    assert!(!folder.path().join("new").exists());
    own.verified();
}
