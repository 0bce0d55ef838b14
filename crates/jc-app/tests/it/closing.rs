//! Closing a period, correcting it afterwards, and what figures say of both.

use crate::people::{Own, copy, empty, empty_in_a_file, open, person};
use jc_app::closing::Standing;
use jc_app::records::Edit;
use jc_app::{AppError, Person};
use jc_base::{Date, Lang, RecordId, Value};
use jc_figures::Page;
use jc_figures::restated::Cause;
use jc_store::seal::Correction;
use jc_trust::seal::Excluded;

const REGISTER: &str = "family-event";
const FIGURE: &str = "parents-meeting-count";

fn values(topic: &str) -> Vec<Value> {
    let text = |t: &str| Value::Text(t.to_owned());
    let day = Value::Date(Date::new(2024, 9, 20).expect("a day"));
    vec![text("meeting"), text(topic), day, Value::Missing, Value::Missing, Value::Missing]
}

fn edit(topic: &str, seen: Option<i64>) -> Edit {
    Edit { values: values(topic), submit: true, seen_version: seen }
}

fn made(own: &Own, topic: &str) -> RecordId {
    own.keeping(REGISTER, |k| k.create(edit(topic, None), Lang::Zh)).expect("a record")
}

fn page(own: &Own, year: i32) -> Page {
    Page::reported_in(&own.app.catalog().registers[own.register(REGISTER)], year)
}

fn because(cause: Option<Cause>) -> Option<Correction> {
    Some(Correction { cause, reason: "复核发现".into() })
}

/// Closes the page of a year by its verifier, leaving out what there is.
fn close(own: &Own, year: i32) -> Result<jc_store::seal::Closed, AppError> {
    let (register, page, who) = (own.register(REGISTER), page(own, year), own.verifier(REGISTER));
    let seen = own.viewing(|v| v.closing(register, page, Lang::Zh))?.line.excluded;
    own.app.closer(&who, register)?.close(page, seen)
}

fn code(result: Result<impl std::fmt::Debug, AppError>) -> String {
    match result {
        Err(AppError::Findings(found)) => found[0].code.to_string(),
        other => panic!("{other:?}"),
    }
}

fn sealed(own: &Own) -> (String, Option<String>) {
    own.viewing(|viewer| {
        let of = viewer.indicator(FIGURE).expect("an indicator");
        let figure = viewer.figure(of, page(own, 2024)).expect("a figure");
        (figure.figure.printed().unwrap_or_default(), figure.sealed.and_then(|sealed| sealed.printed()))
    })
}

fn causes(own: &Own) -> Vec<(Cause, String)> {
    own.viewing(|viewer| {
        let of = viewer.indicator(FIGURE).expect("an indicator");
        let restated = viewer.restated(of, page(own, 2024), Lang::Zh).expect("an answer").expect("it is closed");
        restated.explained.by_cause.iter().map(|(cause, part)| (*cause, part.print(0))).collect()
    })
}

/// Two meetings count, one waits, then the year is closed.
fn closed_year() -> (Own, RecordId, RecordId, RecordId) {
    closed_year_of(empty())
}

fn closed_year_of(own: Own) -> (Own, RecordId, RecordId, RecordId) {
    let (one, two) = (made(&own, "新生家长会"), made(&own, "老生家长会"));
    own.accept_all(REGISTER);
    let waiting = made(&own, "毕业生家长会");
    close(&own, 2024).expect("the year is closed");
    (own, one, two, waiting)
}

#[test]
fn a_board_tells_what_is_ready_and_who_may_close_it() {
    let own = empty();
    let id = made(&own, "新生家长会");
    let register = own.register(REGISTER);
    let line = |year: i32, who: &Person| {
        let board = own.app.viewer(who).closing_board(year).expect("a board");
        board.into_iter().find(|line| line.register == register).expect("its line")
    };
    let (verifier, keeper) = (own.verifier(REGISTER), own.keeper(REGISTER));
    assert_eq!(line(2025, &verifier).standing, Standing::Open);
    assert_eq!((line(2024, &verifier).standing, line(2024, &verifier).may_close), (Standing::Unfinished, true));
    assert_eq!(line(2024, &verifier).excluded, Excluded { submitted: 1, ..Excluded::default() });
    assert!(!line(2024, &keeper).may_close, "who keeps a register does not close it");
    own.verifying(REGISTER, |v| v.accept(id, 1)).expect("accepted");
    assert_eq!((line(2024, &verifier).standing, line(2024, &verifier).verified), (Standing::Ready, 1));
    close(&own, 2024).expect("closed");
    assert_eq!((line(2024, &verifier).standing, line(2024, &verifier).may_close), (Standing::Closed, false));
    assert_eq!(own.verified().seals, 1);
}

#[test]
fn closing_is_refused_with_the_reason() {
    let own = empty();
    made(&own, "新生家长会");
    let register = own.register(REGISTER);
    assert_eq!(code(close(&own, 2025)), "APP-082");
    let verifier = own.verifier(REGISTER);
    let closer = own.app.closer(&verifier, register).expect("who verifies closes");
    // What was not seen is not left out.
    assert!(matches!(closer.close(page(&own, 2024), Excluded::default()), Err(AppError::PreviewOutdated)));
    close(&own, 2024).expect("closed");
    assert_eq!(code(close(&own, 2024)), "APP-081");
    let firm = own.register("firm");
    let machine = Person::command_line(own.school);
    let always = own.app.closer(&machine, firm).expect("the machine may").close(Page::All, Excluded::default());
    assert_eq!(code(always), "APP-083");
    for (role, office) in [("keeper", "student-affairs"), ("verifier", "student-affairs"), ("leadership", "")] {
        let who = person(own.school, role, office, 9);
        assert!(matches!(own.app.closer(&who, register), Err(AppError::Denied)), "{role} of {office}");
    }
    assert!(own.app.closer(&person(own.school, "office", "school-office", 9), register).is_ok());
}

#[test]
fn a_closed_figure_stays_beside_the_corrected_one_and_causes_add_up() {
    let (own, one, two, waiting) = closed_year();
    assert_eq!(sealed(&own), ("2".into(), Some("2".into())));
    // What waited when the year was closed.
    assert_eq!(code(own.verifying(REGISTER, |v| v.accept(waiting, 1))), "APP-080");
    let late = own.verifier(REGISTER);
    let verifier = own.app.verifier(&late, own.register(REGISTER)).expect("a verifier").because(because(None));
    verifier.accept(waiting, 1).expect("accepted with a reason");
    assert_eq!(causes(&own), [(Cause::Late, "1".into())]);
    // Counted twice: taken out, and who returns it needs no reason of its own.
    let who = own.keeper(REGISTER);
    let keeper = own.app.keeper(&who, own.register(REGISTER)).expect("a keeper").because(because(Some(Cause::Double)));
    keeper.correct(two, edit("老生家长会（重复）", Some(2)), "重复登记", Lang::Zh).expect("corrected");
    own.verifying(REGISTER, |v| v.give_back(two, 3, "重复")).expect("returned");
    // A plain correction, verified again.
    own.keeping(REGISTER, |k| k.correct(one, edit("新生家长会（一）", Some(2)), "题目有误", Lang::Zh))
        .expect("corrected");
    assert_eq!(
        causes(&own),
        [(Cause::Late, "1".into()), (Cause::Correction, "-1".into()), (Cause::Double, "-1".into())]
    );
    own.verifying(REGISTER, |v| v.accept(one, 3)).expect("accepted, under the reason already given");
    assert_eq!(
        causes(&own),
        [(Cause::Late, "1".into()), (Cause::Correction, "0".into()), (Cause::Double, "-1".into())]
    );
    assert_eq!(sealed(&own), ("2".into(), Some("2".into())));
    let all = own.viewing(|v| v.restatements(None, Lang::Zh)).expect("restatements");
    assert_eq!(all.len(), 4);
    assert!(all.iter().all(|made| made.records.len() == 1 && made.records[0].label.is_some()));
    assert_eq!(all[1].restatement.reason, "复核发现");
    own.verified();
}

/// The definitions in force today do not touch what was sealed: the page as closed is the same text for ever.
#[test]
fn a_closed_page_is_the_same_text_after_everything_changed() {
    let (own, one, ..) = closed_year_of(empty_in_a_file());
    let (register, year) = (own.register(REGISTER), page(&own, 2024));
    let document = |own: &Own| own.viewing(|v| v.sealed_document(register, year)).expect("an answer").expect("closed");
    let before = document(&own);
    assert!(before.contains("\"value\":\"2\""), "{before}");
    own.keeping(REGISTER, |k| k.correct(one, edit("新生家长会（一）", Some(2)), "题目有误", Lang::Zh))
        .expect("corrected");
    assert_eq!(document(&own), before);
    let data = own.app.setup().data.clone();
    let text =
        jc_catalog::shipped().into_iter().find(|file| file.path == "wellbeing/family-event.toml").expect("a file").text;
    let changed = text.replacen("decimals = 0", "decimals = 1", 1).replacen("gives = \"1\"", "gives = \"1.0\"", 2);
    assert_ne!(text, changed);
    std::fs::create_dir_all(data.join("catalog/wellbeing")).expect("a folder");
    std::fs::write(data.join("catalog/wellbeing/family-event.toml"), changed).expect("a file");
    let school = own.school;
    jc_app::catalogs::apply(
        &jc_app::Setup { data: data.clone(), database: None, clock: own.app.setup().clock },
        own.app.keys_file(),
        true,
    )
    .expect("applied");
    let again = Own::at(&data, school);
    assert_eq!(document(&again), before);
    let (now, then) = sealed(&again);
    assert_eq!((now.as_str(), then.as_deref()), ("1.0", Some("2")));
    again.verified();
}

#[test]
fn the_key_is_made_once_and_kept_from_others() {
    let own = empty_in_a_file();
    let machine = Person::command_line(own.school);
    let (key, before) = own.app.public_keys(&machine).expect("a key");
    assert!(before.is_empty());
    assert_eq!(own.app.public_keys(&machine).expect("a key").0, key);
    let file = own.app.setup().data.join("keys").join(format!("school-{}.key", own.school));
    let secret = std::fs::read_to_string(&file).expect("a file");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = |mode: u32| std::fs::set_permissions(&file, std::fs::Permissions::from_mode(mode)).expect("a mode");
        assert_eq!(std::fs::metadata(&file).expect("a file").permissions().mode() & 0o777, 0o600);
        mode(0o644);
        assert_eq!(code(own.app.public_keys(&machine)), "APP-084");
        mode(0o600);
    }
    std::fs::write(&file, "something else").expect("written");
    assert_eq!(code(own.app.public_keys(&machine)), "APP-085");
    // Without the file a new key signs; what the old one signed is still proved.
    std::fs::write(&file, &secret).expect("written");
    made(&own, "新生家长会");
    close(&own, 2024).expect("closed");
    std::fs::remove_file(&file).expect("removed");
    let (new, old) = own.app.public_keys(&machine).expect("a key");
    assert_ne!(new, key);
    assert_eq!(old.iter().map(|(key, _)| *key).collect::<Vec<_>>(), [key]);
    own.verified();
    // The secret is nowhere else: not in the database, not in a backup.
    let backup = own.app.setup().data.join("backup");
    jc_app::backup::create(&own.app, &backup).expect("a backup");
    let digits = secret.trim().rsplit(':').next().expect("digits").to_owned();
    for entry in std::fs::read_dir(&backup).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_file() {
            let bytes = std::fs::read(&path).expect("a file");
            assert!(!String::from_utf8_lossy(&bytes).contains(&digits), "{}", path.display());
        }
        assert!(!path.ends_with("keys"));
    }
    std::fs::copy(own.app.keys_file(), backup.join(jc_app::app::KEYS)).expect("the keys of secrets");
    drop(open(&backup));
}

/// The sample college has closed its year before last, every register of it, and nothing was touched.
#[test]
fn the_sample_college_has_closed_its_registers_of_2023() {
    let own = copy();
    let board = own.viewing(|v| v.closing_board(jc_app::demo::CLOSED)).expect("a board");
    assert!(board.iter().all(|line| line.standing == Standing::Closed), "{board:#?}");
    let sheet = own.viewing(|v| v.answer_sheet(2023)).expect("a sheet");
    let dated = sheet.iter().filter(|one| one.figure.page != Page::All);
    for one in dated {
        let sealed = one.sealed.as_ref().expect("every figure of 2023 is sealed");
        assert!(!sealed.differs(&one.figure), "{}", one.figure.indicator);
    }
    assert_eq!(own.verified().seals as usize, board.len());
}
