//! Private data: leave to see a minor's, who saw whose, the figures of a year, consents, copies, and the end of it all.

use crate::people::{Own, each_empty, empty, request};
use crate::sample::NOW;
use calamine::{Reader as _, Xlsx};
use jc_app::access::Wanted;
use jc_app::access::breach::Affected;
use jc_app::accounts::NewAccount;
use jc_app::approvals::{Standing, Uncovered};
use jc_app::browse::From;
use jc_app::consents::Say;
use jc_app::export::{Format, Wanted as Export};
use jc_app::given::{Profile, Tie};
use jc_app::own_copy;
use jc_app::records::Edit;
use jc_app::report::Wanted as Report;
use jc_app::texts::Draft;
use jc_app::{App, AppError, Clock, Person};
use jc_base::{Date, Instant, Lang, RecordId, Value};
use jc_figures::Page;
use jc_store::db::Db;
use jc_store::reader::ListQuery;
use jc_store::verify::Touched;
use std::io::Cursor;
use std::path::Path;

const MINOR: &str = "990101200803150019";
const ADULT: &str = "99010120051231241X";

/// An account that is really there.
fn account(own: &Own, login: &str, role: &str, office: Option<&str>, tie: Option<Tie>) -> Person {
    let machine = Person::command_line(own.school);
    let administrator = own.app.administrator(&machine).expect("the machine's person");
    let new = NewAccount {
        login: login.into(),
        name: format!("{login}某"),
        roles: vec![role.into()],
        office: office.map(str::to_owned),
        ties: tie.into_iter().collect(),
    };
    let id = administrator.create(&new, "eine lange Losung 2024").expect("an account");
    let accounts = administrator.accounts().expect("accounts");
    own.app.person_of(own.school, accounts.iter().find(|it| it.id == id).expect("it")).expect("a person")
}

/// A small college: a minor, an adult, and one of unknown age.
fn college(own: &Own) -> [RecordId; 3] {
    for (register, text) in [
        ("department", "部门名称\n机电系\n".to_owned()),
        ("major", "专业编号,专业名称,所属目录,所属部门\n0201-4,机电一体化,人社,机电系\n".to_owned()),
        ("class", "班级名称,入学年份,专业,办学类型,开班日期\n24机电1班,2024,机电一体化,普通,2024-09-01\n".to_owned()),
        (
            "student",
            format!(
                "学号,姓名,身份证号,出生日期,班级,入学日期\n2024001,张小安,{MINOR},2008-03-15,24机电1班,2024-09-01\n\
                 2024002,李成年,{ADULT},2005-12-31,24机电1班,2024-09-01\n2024003,王无期,,,24机电1班,2024-09-01\n"
            ),
        ),
        (
            "student-status",
            "学号,异动类别,异动日期,异动原因\n2024001,休学,2024-10-08,住院治疗\n2024003,休学,2024-10-09,家里有事\n"
                .to_owned(),
        ),
        (
            "scholarship",
            "学号,奖学金名称,级别,年度,金额\n2024001,省政府奖学金,省级,2024,6000\n2024002,省政府奖学金,省级,2024,6000\n".to_owned(),
        ),
    ] {
        let report = own.import(register, &request(&format!("{register}.csv"), text)).expect("an import");
        assert_eq!(report.rejected, 0, "{register}: {:?}", report.findings);
    }
    let rewarded: Vec<RecordId> = own.records("scholarship").iter().map(|record| record.id).collect();
    own.keeping("scholarship", |k| k.attach(&rewarded, "notice", "n.pdf", b"%PDF-1.7 n")).expect("a paper");
    for register in ["student", "scholarship"] {
        own.accept_all(register);
    }
    ["2024001", "2024002", "2024003"].map(|no| {
        let found = own.viewing(|viewer| viewer.suggest(own.register("student"), no)).expect("a student");
        found[0].0
    })
}

/// The same data at another hour.
fn hours_later(own: &Own, hours: i64) -> App {
    let setup = jc_app::Setup { clock: Clock::Fixed(Instant(NOW.0 + hours * 3_600_000)), ..own.app.setup().clone() };
    App::open_with_keys(setup, own.app.keys_file().to_owned()).expect("an installation")
}

fn code(result: Result<impl std::fmt::Debug, AppError>) -> String {
    match result {
        Err(AppError::Findings(found)) => found[0].code.to_string(),
        other => panic!("{other:?}"),
    }
}

/// The texts of a workbook's cells.
fn texts(bytes: &[u8]) -> Vec<String> {
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes.to_vec())).expect("a workbook");
    let sheets = book.worksheets();
    sheets.iter().flat_map(|(_, range)| range.used_cells().map(|(.., cell)| cell.to_string())).collect()
}

#[test]
fn a_minors_number_is_seen_with_leave_that_ends_by_itself_and_each_sight_is_told() {
    each_empty(|own| {
        let [minor, adult, unknown] = college(own);
        let student = own.register("student");
        let field = own.app.catalog().registers[student].find_field("id_number").expect("the field");
        let keeper = account(own, "wangli", "keeper", Some("student-affairs"), None);
        let officer = account(own, "officer", "data-officer", None, None);
        let leader = account(own, "leader", "leadership", None, None);
        let viewer = own.app.viewer(&keeper);
        let reveal = |id| viewer.reveal(student, id, field, "办理学籍");
        let standing = |id: RecordId| {
            let record = viewer.record(student, id).expect("a record");
            let all = viewer.approvals(student, &record).expect("standings")?;
            Some(all.into_iter().find(|(of, _)| of == "id_number").map_or(Standing::Needed, |(_, it)| it))
        };
        // An adult's is seen for a reason; who is of unknown age is protected like a minor.
        assert_eq!(reveal(adult).expect("seen"), Uncovered::Shown(ADULT.into()));
        assert_eq!(reveal(unknown).expect("asked"), Uncovered::Asked);
        assert_eq!(code(viewer.reveal(student, minor, field, " ")), "APP-004", "nothing is asked for without a reason");
        assert_eq!(standing(adult), None);
        // No leave: masked, and leave is asked for once.
        assert_eq!(standing(minor), Some(Standing::Needed));
        assert_eq!(reveal(minor).expect("asked"), Uncovered::Asked);
        assert_eq!(reveal(minor).expect("still waited for"), Uncovered::Asked);
        assert_eq!(standing(minor), Some(Standing::Waiting(NOW.0)));
        // Whoever may not decide learns nothing; who may sees whose, what and why.
        assert!(matches!(own.app.approver(&leader).map(drop), Err(AppError::Denied)));
        assert!(matches!(own.app.approver(&keeper).map(drop), Err(AppError::Denied)));
        let approver = own.app.approver(&officer).expect("the officer");
        let waiting = approver.waiting(Lang::Zh).expect("requests");
        let told: Vec<_> = waiting.iter().map(|one| (one.label.as_str(), one.request.reason.as_str())).collect();
        assert_eq!(told, [("王无期", "办理学籍"), ("张小安", "办理学籍")]);
        assert_eq!(code(approver.decide(waiting[1].request.id, Some(1_000))), "APP-110");
        approver.decide(waiting[0].request.id, None).expect("refused");
        approver.decide(waiting[1].request.id, Some(8)).expect("granted");
        assert!(matches!(approver.decide(waiting[1].request.id, Some(8)), Err(AppError::NotFound)), "decided once");
        assert_eq!(approver.count().expect("a count"), 0);
        assert_eq!(standing(unknown), Some(Standing::Refused("officer".into(), NOW.0)));
        // With leave: in full, and one entry that says who, whose, why and by whose leave.
        assert_eq!(reveal(minor).expect("seen"), Uncovered::Shown(MINOR.into()));
        let log = own.viewing(|viewer| viewer.audit(None, 1)).expect("the log").remove(0);
        let detail: serde_json::Value = serde_json::from_str(&log.detail).expect("particulars");
        assert_eq!((log.actor.as_str(), log.action.as_str()), ("wangli", "field.reveal"));
        assert_eq!(detail["record"], minor.to_string());
        assert_eq!((detail["reason"].as_str(), detail["approved"].as_str()), (Some("办理学籍"), Some("officer")));
        assert_eq!(detail["minors"], 1);
        // Leave is for one field of one record, and of one person.
        let other = account(own, "zhaoli", "keeper", Some("student-affairs"), None);
        assert_eq!(own.app.viewer(&other).reveal(student, minor, field, "x").expect("asked"), Uncovered::Asked);
        let status = own.register("student-status");
        let reason = own.app.catalog().registers[status].find_field("reason").expect("the field");
        let illness = own.records("student-status")[0].id;
        assert_eq!(viewer.reveal(status, illness, reason, "核对").expect("asked"), Uncovered::Asked);
        // It ends by itself.
        let later = hours_later(own, 8);
        let record = later.viewer(&keeper).record(student, minor).expect("a record");
        let ended = later.viewer(&keeper).approvals(student, &record).expect("standings").expect("a minor");
        assert_eq!(ended, [("id_number".to_owned(), Standing::Ended(NOW.0 + 8 * 3_600_000))]);
        assert_eq!(later.viewer(&keeper).reveal(student, minor, field, "x").expect("asked"), Uncovered::Asked);
        // Nobody stands behind the command line.
        let machine = Person::command_line(own.school);
        assert!(matches!(own.app.viewer(&machine).reveal(student, minor, field, "x"), Err(AppError::Denied)));
        who_saw_whose(own, &keeper, &officer, [minor, adult]);
        everyone_consents_for_their_own(own, &keeper, [minor, adult, unknown]);
    });
}

/// After the sights above: looks, a list taken out, and what the log tells of all.
fn who_saw_whose(own: &Own, keeper: &Person, officer: &Person, [minor, adult]: [RecordId; 2]) {
    let student = own.register("student");
    let viewer = own.app.viewer(keeper);
    let look = |id: RecordId| {
        let record = viewer.record(student, id).expect("a record");
        viewer.note_look(student, &record).expect("noted");
    };
    look(adult);
    look(adult);
    // The first screen of a list is a look at all on it; so is a paper that is taken.
    let screen = viewer.screen(student, &ListQuery { limit: 2, ..ListQuery::default() }, From::Start).expect("a list");
    (0..2).for_each(|_| viewer.note_list(student, &screen.records).expect("noted"));
    // So is what a search finds, of all registers in one entry, and whoever a form suggests.
    let hits = viewer.search("2024001", 6).expect("hits");
    let lists: Vec<_> = hits.iter().map(|one| (one.register, one.records.as_slice())).collect();
    assert!(lists.len() > 1, "a student and what names them");
    (0..2).for_each(|_| viewer.note_found(&lists).expect("noted"));
    let of_class = own.app.catalog().registers[own.register("scholarship")].find_field("student").expect("a field");
    (0..2).for_each(|_| {
        assert_eq!(viewer.suggestions(own.register("scholarship"), of_class, "李成年").expect("names").len(), 1);
    });
    let paper = {
        let record = own.records("scholarship").into_iter().find(|one| one.values[0] == Value::Ref(minor)).expect("it");
        let papers = viewer.evidence(own.register("scholarship"), record.id).expect("papers");
        viewer.take_paper(own.register("scholarship"), record.id, &papers[0].sha256).expect("a paper").1
    };
    assert_eq!(paper, b"%PDF-1.7 n");
    let query = ListQuery::default();
    let wanted = Export { query: &query, conditions: "", format: Format::Xlsx, reason: "报表", lang: Lang::Zh };
    let file = viewer.export(student, &wanted, &mut |_, _| {}).expect("a file");
    let book = texts(&file.bytes);
    assert!(book.iter().any(|text| text.contains("wangli某") && text.contains("2025-01-09")), "{book:?}");
    let scholarship = own.register("scholarship");
    viewer.export(scholarship, &wanted, &mut |_, _| {}).expect("a file");
    // The officer sees who, when, why, by whose leave; others do not.
    assert!(matches!(viewer.accesses(&Wanted::default(), None, 50).map(drop), Err(AppError::Denied)));
    let officer = own.app.viewer(officer);
    let all = officer.accesses(&Wanted::default(), None, 50).expect("entries").lines;
    let told: Vec<(&str, usize, i64)> =
        all.iter().map(|one| (one.access.line.action.as_str(), one.count, one.access.minors())).collect();
    let expected = [
        ("list.export", 2, 1),
        ("list.export", 3, 2),
        ("evidence.take", 1, 1),
        ("list.view", 1, 0),
        ("list.view", 1, 1),
        ("list.view", 2, 1),
        ("record.view", 1, 0),
        ("field.reveal", 1, 1),
        ("field.reveal", 1, 0),
    ];
    assert_eq!(told, expected);
    assert_eq!((all[7].access.reason(), all[7].access.approved_by()), ("办理学籍", Some("officer")));
    let whose = officer.people_named("张小安").expect("people");
    assert_eq!(whose, [(student, minor)]);
    let about = |wanted: &Wanted| officer.accesses(wanted, None, 50).expect("entries").lines.len();
    assert_eq!(
        about(&Wanted { whose: Some(whose), ..Wanted::default() }),
        6,
        "two files, a list, a search, a paper and a number"
    );
    assert_eq!(about(&Wanted { whose: Some(Vec::new()), ..Wanted::default() }), 0);
    assert_eq!(about(&Wanted { actors: Some(vec!["zhaoli".into()]), ..Wanted::default() }), 0);
    let day = |text: &str| Date::parse_iso(text).expect("a day");
    assert_eq!(about(&Wanted { until: Some(day("2025-01-08")), ..Wanted::default() }), 0);
    // Whose data a misused account had, from the log alone.
    let breach = officer.breach("wangli", day("2025-01-09"), day("2025-01-09")).expect("a report");
    let of = |one: &Affected| (one.label.clone(), one.minor, one.times, one.fields.len());
    let told: Vec<_> = breach.affected.iter().map(of).collect();
    let expected = [
        ("张小安".to_owned(), true, [2, 1, 3], 1),
        ("李成年".to_owned(), false, [3, 1, 2], 1),
        ("王无期".to_owned(), true, [0, 0, 1], 0),
    ];
    assert_eq!((breach.entries, told.as_slice()), (9, &expected[..]));
    assert_eq!(officer.breach("wangli", day("2025-01-10"), day("2025-02-10")).expect("a report").entries, 0);
    let yearly = officer.privacy_of_year(2025).expect("figures");
    assert_eq!((yearly.minors, yearly.unknown_age, yearly.looks), (2, 1, 2));
    assert_eq!((yearly.reveals, yearly.without_leave), (1, 0));
    assert_eq!((yearly.taken, yearly.minors_taken, yearly.accounts), (3, 4, 1));
    assert_eq!((yearly.asked, yearly.granted, yearly.refused), (5, 1, 1));
    assert!(viewer.privacy_of_year(2025).is_err());
    // Who took it and when stands in every kind of file.
    let csv = viewer.export(student, &Export { format: Format::Csv, ..wanted }, &mut |_, _| {}).expect("a file");
    let csv = String::from_utf8_lossy(&csv.bytes).into_owned();
    assert!(csv.contains("wangli某") && csv.contains("2025-01-09"), "{csv}");
    #[cfg(feature = "pdf")]
    {
        let paper = officer.privacy_report(2025, Lang::Zh, jc_app::given::FileKind::Pdf).expect("a paper");
        let text = own.app.open_text("paper.pdf", paper.bytes).expect("its text").text;
        assert!(text.contains("officer某") && text.contains("2025-01-09"), "{text}");
        // And each figure stands in it beside its words.
        let solid = |text: &str| text.chars().filter(|c| !c.is_whitespace() && *c != '|').collect::<String>();
        let held = solid(&text);
        let now = officer.privacy_of_year(2025).expect("figures");
        assert_eq!((now.taken, now.minors_taken), (4, 6), "one file more");
        for (id, n) in now.lines() {
            let row = solid(&format!("{}{}", jc_words::text(Lang::Zh, id, &[]), n.expect("a whole year")));
            assert!(held.contains(&row), "{row}: {text}");
        }
    }
}

fn tied(scope: &str, record: RecordId) -> Option<Tie> {
    Some(Tie { scope: scope.into(), register: "student".into(), record })
}

/// The version of the text that is asked about a kind.
fn asked(own: &Own, kind: &str) -> String {
    let catalog = own.app.catalog();
    let rule = catalog.registers[own.register("consent")].consent.as_ref().expect("a register of consents");
    let texts = &rule.asked.as_ref().expect("texts").texts;
    texts.iter().find(|text| text.kind == kind).expect("a text").version.clone()
}

/// Whom a consent is about gives it and takes it back, for a minor the guardian; nobody else does.
fn everyone_consents_for_their_own(own: &Own, keeper: &Person, [minor, adult, unknown]: [RecordId; 3]) {
    let consent = own.register("consent");
    let (mother, pupil) = (
        account(own, "mother", "guardian", None, tied("child", minor)),
        account(own, "pupil", "student", None, tied("self", minor)),
    );
    let (grown, father) = (
        account(own, "grown", "student", None, tied("self", adult)),
        account(own, "father", "guardian", None, tied("child", adult)),
    );
    let aunt = account(own, "aunt", "guardian", None, tied("child", unknown));
    let version = asked(own, "publication");
    let give = |who: &Person, whom, version: &str| {
        own.app.viewer(who).give_consent(consent, whom, ("publication", version), Lang::Zh)
    };
    let withdraw = |who: &Person, whom| own.app.viewer(who).withdraw_consent(consent, whom, "publication", Lang::Zh);
    let seen = |who: &Person| own.app.viewer(who).own_consents(Lang::Zh).expect("consents").remove(0);
    for (who, say) in [
        (&mother, Say::Theirs),
        (&pupil, Say::Guardians),
        (&grown, Say::Theirs),
        (&father, Say::OfAge),
        (&aunt, Say::Theirs),
    ] {
        let seen = seen(who);
        assert_eq!((seen.say, seen.given.len()), (say, 0), "{}", who.login);
        assert!(seen.questions.len() == 2 && seen.questions.iter().all(|question| question.agreed.is_none()));
    }
    // Not theirs to say: a minor's own word, a grown child's guardian, somebody else's child, an office, a version
    // that is not asked, what is not optional.
    assert!(matches!(give(&pupil, minor, &version), Err(AppError::Denied)));
    assert!(matches!(give(&father, adult, &version), Err(AppError::Denied)));
    assert!(matches!(give(&mother, adult, &version), Err(AppError::NotFound)));
    assert!(matches!(give(&aunt, minor, &version), Err(AppError::NotFound)));
    assert!(matches!(give(keeper, minor, &version), Err(AppError::Denied)));
    assert!(matches!(give(&mother, minor, "2020"), Err(AppError::Stale)));
    let sensitive = own.app.viewer(&mother).give_consent(consent, minor, ("sensitive", &version), Lang::Zh);
    assert!(matches!(sensitive, Err(AppError::NotFound)));
    assert!(matches!(withdraw(&mother, minor), Err(AppError::Stale)), "there is none to take back");
    assert_eq!(own.records("consent").len(), 0, "nothing was written");
    // Given, with text, day, time and giver; once.
    give(&mother, minor, &version).expect("given");
    assert!(matches!(give(&mother, minor, &version), Err(AppError::Stale)));
    give(&grown, adult, &version).expect("given");
    let told = |who: &Person| {
        let seen = seen(who);
        let lines =
            seen.given.iter().map(|one| format!("{} {} {} {}", one.version, one.giver, one.given, one.withdrawn));
        (seen.questions[0].agreed.is_some(), lines.collect::<Vec<_>>())
    };
    let (held, lines) = told(&pupil);
    let line = format!("{version} 监护人 mother某 2025-01-09 08:00 ");
    assert_eq!((held, lines), (true, vec![line.clone()]), "the minor sees what was said for them");
    assert_eq!(told(&grown).1, [format!("{version} 本人 2025-01-09 08:00 ")]);
    // An office's consent of another day is taken back along with it; what the guardian may not do stays refused.
    let text = "学生,同意事项,同意书版本,同意人,同意人姓名,同意日期\n2024001,公开姓名、照片,2024-09 第一版,监护人,张大安,2024-09-02\n";
    assert_eq!(own.import("consent", &request("同意.csv", text)).expect("an import").new, 1);
    own.accept_all("consent");
    assert!(matches!(withdraw(&pupil, minor), Err(AppError::Denied)));
    // The year it was given in may be closed: then its page says why it changed.
    let page = Page::reported_in(&own.app.catalog().registers[consent], 2024);
    let excluded = own.viewing(|viewer| viewer.closing(consent, page, Lang::Zh)).expect("a page").line.excluded;
    own.app.closer(&own.verifier("consent"), consent).and_then(|c| c.close(page, excluded)).expect("it closes");
    withdraw(&mother, minor).expect("taken back");
    let closed = own.viewing(|viewer| viewer.closing(consent, page, Lang::Zh)).expect("a page").line;
    let log = own.viewing(|viewer| viewer.audit(None, 1)).expect("the log").remove(0);
    assert!(closed.restatements == 1 && log.detail.contains("本人或监护人在网上撤回"), "{}", log.detail);
    let (held, lines) = told(&mother);
    assert!(!held && lines.len() == 2 && lines.iter().all(|line| line.ends_with(" 2025-01-09")), "{lines:?}");
    assert!(told(&grown).0, "another's stays");
    // What it said before stays in its history, who took it back in the log; it waits to be verified like any other.
    let withdrawn = own.records("consent").into_iter().filter(|one| one.values[0] == Value::Ref(minor));
    for record in withdrawn {
        assert_eq!(record.state, jc_base::RecordState::Submitted);
        let field = own.app.catalog().registers[consent].find_field("withdrawn_on").expect("a field");
        let history = own.viewing(|viewer| viewer.whole(consent, record.id, Lang::Zh)).expect("a record").history;
        assert_eq!((history[0].actor.as_str(), history[0].action.as_str()), ("mother", "consent.withdraw"));
        assert!(history[1].record.values[field].is_missing());
    }
    let log = own.viewing(|viewer| viewer.audit(None, 1)).expect("the log").remove(0);
    assert_eq!(
        (log.actor.as_str(), log.action.as_str(), log.object.as_str()),
        ("mother", "consent.withdraw", "consent")
    );
    // Given again on the same day, it is the same record.
    give(&mother, minor, &version).expect("given again");
    let (held, lines) = told(&mother);
    assert!(held && lines.len() == 2 && lines.contains(&line), "{lines:?}");
    own.verified();
}

#[test]
fn who_did_not_agree_is_not_named_and_everyone_gets_a_copy_of_their_own() {
    let own = empty();
    let [minor, adult, _] = college(&own);
    let folder = own.app.setup().data.join("catalog/reports");
    std::fs::create_dir_all(&folder).expect("a folder");
    let template = "[report]\nid = \"named\"\nname = { zh = \"名单\", en = \"List\", de = \"Liste\" }\n\
        about = { zh = \"名单\", en = \"List\", de = \"Liste\" }\nlang = \"zh\"\ntitle = \"{year}年名单\"\n\n\
        [[chapter]]\nid = \"list\"\ntitle = \"名单\"\ntext = '''\n@records 奖学金: scholarship: student, scheme\n'''\n";
    std::fs::write(folder.join("named.toml"), template).expect("a template");
    let cells = |profile| {
        let wanted = Report { template: "named".into(), year: 2024, profile, address: String::new() };
        let report = own.viewing(|viewer| viewer.report(&wanted)).expect("a report");
        let text = format!("{:?}", report.chapters);
        ["张小安", "张**", "李成年", "李**"].map(|name| text.contains(name))
    };
    let (named, covered) = ([true, false, true, false], [false, true, false, true]);
    assert_eq!(cells(Profile::Internal), named);
    assert_eq!(cells(Profile::Bureau), [false, true, true, false], "a minor who did not agree");
    assert_eq!(cells(Profile::Public), covered);
    let consents = "学生,同意事项,同意书版本,同意人,同意人姓名,同意日期\n\
        2024001,公开姓名、照片,2024-09 第一版,监护人,张大安,2024-09-02\n2024001,处理敏感信息,2024-09 第一版,监护人,张大安,2024-09-02\n";
    let report = own.import("consent", &request("同意.csv", consents)).expect("an import");
    assert_eq!((report.new, report.rejected), (2, 0), "{:?}", report.findings);
    assert_eq!(cells(Profile::Bureau), named);
    assert_eq!(cells(Profile::Public), [true, false, false, true]);
    own.accept_all("consent");
    assert_eq!(own.printed("publication-consent-count", 2024), "1");
    // Taken back, it holds no more from that day on, and that it was given stays told.
    let consent = own.register("consent");
    let given = own.records("consent").into_iter().find(|one| one.values[1] == Value::Text("publication".into()));
    let given = given.expect("the consent");
    let withdrawn = own.app.catalog().registers[consent].find_field("withdrawn_on").expect("a field");
    let mut values = given.values.clone();
    values[withdrawn] = Value::Date(Date::new(2025, 1, 9).expect("a day"));
    let edit = Edit { values, submit: true, seen_version: Some(given.version) };
    own.keeping("consent", |keeper| keeper.correct(given.id, edit, "监护人撤回", Lang::Zh)).expect("taken back");
    assert_eq!((cells(Profile::Bureau), cells(Profile::Public)), ([false, true, true, false], covered));
    let history = own.viewing(|viewer| viewer.whole(consent, given.id, Lang::Zh)).expect("a record").history;
    assert!(history.len() == 3 && history[1].record.values[withdrawn].is_missing());
    // The guardian's own word is heard as soon as it is given or taken back.
    let mother = account(&own, "mother", "guardian", None, tied("child", minor));
    let version = asked(&own, "publication");
    own.app.viewer(&mother).give_consent(consent, minor, ("publication", &version), Lang::Zh).expect("given");
    assert_eq!(cells(Profile::Bureau), named);
    own.app.viewer(&mother).withdraw_consent(consent, minor, "publication", Lang::Zh).expect("taken back");
    assert_eq!((cells(Profile::Bureau), cells(Profile::Public)), ([false, true, true, false], covered));
    copies(&own, minor, adult);
    own.verified();
}

/// One's own copy holds what is covered for others, and nothing of anybody else's.
fn copies(own: &Own, minor: RecordId, adult: RecordId) {
    let student = own.register("student");
    let tie = |scope: &str| Tie { scope: scope.into(), register: "student".into(), record: minor };
    let guardian = account(own, "guardian", "guardian", None, Some(tie("child")));
    let pupil = account(own, "pupil", "student", None, Some(tie("self")));
    let keeper = account(own, "keeper", "keeper", Some("student-affairs"), None);
    for who in [&guardian, &pupil] {
        let viewer = own.app.viewer(who);
        let copy = viewer.copy_of(student, minor, own_copy::Format::Json, Lang::Zh).expect("a copy");
        let text = String::from_utf8(copy.bytes).expect("text");
        for held in [MINOR, "张小安", "住院治疗", "公开姓名、照片", "6,000.00"] {
            assert!(text.contains(held), "{held} is missing: {text}");
        }
        assert!(!text.contains("李成年") && !text.contains(ADULT));
        let refused = viewer.copy_of(student, adult, own_copy::Format::Json, Lang::Zh);
        assert!(matches!(refused, Err(AppError::NotFound)), "another's is none of theirs");
    }
    let book = own.app.viewer(&pupil).copy_of(student, minor, own_copy::Format::Xlsx, Lang::Zh).expect("a copy");
    let texts = self::texts(&book.bytes);
    assert!(texts.iter().any(|text| text == MINOR) && texts.iter().any(|text| text.contains("pupil某")));
    assert!(!own.app.viewer(&keeper).may_copy(student, minor), "who works with it takes a list for a reason");
    let log = own.viewing(|viewer| viewer.audit(None, 9)).expect("the log");
    assert_eq!(log.iter().filter(|line| line.action == "person.copy").count(), 3, "each is noted");
}

const GONE: [&str; 6] = ["13900010001", "99010119920315001X", "钟离故人", "15900010009", "因病住院三周", "13900010003"];
/// What a reason in the log names.
const LOGGED: &str = "13900010002";
const STAYS: [&str; 3] = ["东方在校", "13900020001", "花名册合影"];

/// Files in a folder, or rows of a server, in which a text stands.
fn found(own: &Own, needle: &str) -> Vec<String> {
    fn walk(folder: &Path, needle: &[u8], found: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                walk(&path, needle, found);
            } else if std::fs::read(&path).expect("a file").windows(needle.len()).any(|part| part == needle) {
                found.push(path.display().to_string());
            }
        }
    }
    let mut hits = Vec::new();
    walk(&own.app.setup().data, needle.as_bytes(), &mut hits);
    if let Some(url) = &own.app.setup().database {
        let mut db = Db::open(url).expect("the server");
        for table in db.tables().expect("tables") {
            let sql = format!("select count(*) from {table} x where x::text like '%{needle}%'");
            if db.first(&sql, &[], |row| row.int(0)).expect("rows").flatten() != Some(0) {
                hits.push(table);
            }
        }
    }
    hits
}

#[test]
fn what_is_kept_no_longer_is_gone_from_the_files_and_everything_else_stays_proved() {
    each_empty(|own| {
        college(own);
        let students = |phone: &str| {
            format!(
                "学号,姓名,身份证号,学籍号,联系电话,民族,班级,入学日期,离校日期\n\
                 1988001,钟离故人,,,13900010002,汉族,24机电1班,1988-09-01,1991-06-30\n\
                 2008001,老同学,99010119920315001X,G99010119920315001X,{phone},汉族,24机电1班,2008-09-01,2011-06-30\n\
                 2020001,新校友,,,13900010003,汉族,24机电1班,2020-09-01,2023-06-30\n\
                 1988002,高峰,,,,,24机电1班,1988-09-01,1991-06-30\n\
                 2023001,东方在校,,,13900020001,汉族,24机电1班,2023-09-01,\n"
            )
        };
        let import = |register: &str, text: &str| {
            let report = own.import(register, &request(&format!("{register}.csv"), text)).expect("an import");
            assert_eq!(report.rejected, 0, "{register}: {:?}", report.findings);
        };
        // Corrected twice, so that one number is in the history only.
        ["13900010001", "15900010009", "13900010001"].iter().for_each(|phone| import("student", &students(phone)));
        import("student-status", "学号,异动类别,异动日期,异动原因\n2020001,休学,2021-03-01,因病住院三周\n");
        own.accept_all("student");
        own.accept_all("student-status");
        let at = |no: &str| own.viewing(|v| v.suggest(own.register("student"), no)).expect("a student")[0].0;
        let photo = b"\xff\xd8\xff\xe0\0\x04ab\xff\xda\0\x02old\xff\xd9".as_slice();
        own.keeping("student", |k| k.attach(&[at("2008001")], "photo", "户口本扫描.jpg", photo)).expect("a paper");
        let group = [at("2008001"), at("2023001")];
        own.keeping("student", |k| k.attach(&group, "photo", "花名册合影.pdf", b"%PDF-1.7 all")).expect("a paper");
        let (student, page) =
            (own.register("student"), Page::reported_in(&own.app.catalog().registers[own.register("student")], 2010));
        let seen = own.viewing(|v| v.closing(student, page, Lang::Zh)).expect("a page").line.excluded;
        own.app.closer(&own.verifier("student"), student).and_then(|c| c.close(page, seen)).expect("it closes");
        let figures = || {
            let sheet = |year| own.viewing(|v| v.answer_sheet(year)).expect("a sheet");
            [1990, 2010, 2022, 2024]
                .map(|year| format!("{:?}", sheet(year).iter().map(|c| &c.figure.value).collect::<Vec<_>>()))
        };
        // Somebody names them in what is written freely: a report twice, a checked text, the reason of a correction.
        let written = "首届校友钟离故人、高峰回校，电话13900010001；招生高峰在八月。";
        let keep = |seen, text: &str| own.viewing(|v| v.keep_report_text("annual", "party", seen, text));
        keep(0, written).and_then(|_| keep(1, &format!("{written}又及。"))).expect("a report's text");
        let draft = Draft {
            title: "钟离故人".into(),
            kind: "other".into(),
            year: 2024,
            text: format!("{written}共有3人。"),
            corrections: Vec::new(),
        };
        let text = own.viewing(|v| v.keep_text(&draft)).expect("a text");
        let number = own.record("student", at("2023001"));
        let edit = Edit { values: number.values.clone(), submit: true, seen_version: Some(number.version) };
        let why = format!("与{LOGGED}核对，证号99010119920315001X");
        own.keeping("student", |k| k.correct(number.id, edit, &why, Lang::Zh)).expect("corrected");
        own.accept_all("student");
        let (before, proved) = (figures(), own.verified());
        assert!(found(own, "老同学").len() + found(own, "13900010003").len() > 1, "it is there to be found");
        let machine = Person::command_line(own.school);
        let today = own.app.moment().today;
        let plan = own.app.retention_plan(&machine, today).expect("a plan");
        let catalog = own.app.catalog();
        let told = |plan: &jc_app::retention::Plan| -> Vec<(String, String, usize)> {
            let one = |due: &jc_app::retention::Due| {
                let class = catalog.data_classes[due.class].id.clone();
                (catalog.registers[due.register].id.to_string(), class, due.records)
            };
            let mut all: Vec<_> = plan.due.iter().map(one).collect();
            all.sort();
            all
        };
        let due = |register: &str, class: &str, n| (register.to_owned(), class.to_owned(), n);
        let expected = [
            due("student", "background", 2),
            due("student", "contact", 3),
            due("student", "identity", 1),
            due("student", "name", 2),
            due("student-status", "care", 1),
        ];
        assert_eq!(told(&plan), expected);
        assert_eq!(own.verified(), proved, "a plan changes nothing");
        let pupil = account(own, "laotongxue", "student", None, None);
        assert!(matches!(own.app.retention_apply(&pupil, today), Err(AppError::Denied)));
        let done = own.app.retention_apply(&machine, today).expect("erased");
        assert!(done.records == 5 && done.versions >= 8, "{done:?}");
        the_writer_is_told_what_stays(own, &done, text);
        let report = own.verified();
        assert!(report.versions > proved.versions && report.seals == 1);
        assert_eq!(figures(), before, "no figure moves");
        assert!(told(&own.app.retention_plan(&machine, today).expect("a plan")).is_empty());
        assert_eq!(own.app.retention_apply(&machine, today).expect("nothing is left to do").records, 0);
        let left = own.record("student", at("2008001"));
        let phone = catalog.registers[student].find_field("phone").expect("a field");
        assert!(left.values[phone].is_missing() && left.values[1] == Value::Text("老同学".into()), "the name is kept");
        for needle in GONE {
            assert_eq!(found(own, needle), Vec::<String>::new(), "{needle}");
        }
        for needle in STAYS.into_iter().chain([LOGGED]) {
            assert!(!found(own, needle).is_empty(), "{needle}");
        }
        let moved = own.app.setup().database.is_some().then(|| its_log_is_moved(own, &machine));
        papers_go_with_the_last(own, &machine, [at("2008001"), at("2023001")]);
        match moved {
            None => touched_afterwards(own),
            // What is erased only then is proved by the log that is left, and by the part that holds what was attached.
            Some((part, to)) => {
                assert_eq!(own.verified().moved, to);
                let proved = crate::log_parts::with(&own.app, &machine, &[&part], None);
                assert_eq!((proved.touched.as_slice(), proved.in_parts), (&[][..], to));
            }
        }
    });
}

/// What people wrote freely no longer names who went, in none of its versions, as far as that is sure; of the rest, and of
/// the log that must stay, whoever erases is told.
fn the_writer_is_told_what_stays(own: &Own, done: &jc_app::retention::Erased, text: RecordId) {
    let covered = "首届校友钟＊＊＊、高峰回校，电话1**********；招生高峰在八月。";
    let now = own.viewing(|v| v.report_text("annual", "party")).expect("a text");
    assert_eq!((now.content, now.version), (format!("{covered}又及。"), 2));
    let kept = own.viewing(|v| v.text(text)).expect("a text");
    assert_eq!((kept.draft.title.as_str(), kept.draft.text), ("钟＊＊＊", format!("{covered}共有3人。")));
    assert_eq!(done.texts, 4, "two versions of a report, a title, a text: {done:?}");
    assert_eq!(done.unclear, ["annual · party", "钟＊＊＊"], "a short name may be a word");
    let log = own.viewing(|viewer| viewer.audit(None, 1_000)).expect("the log");
    let naming: Vec<&jc_app::given::AuditLine> = log.iter().filter(|line| line.detail.contains(LOGGED)).collect();
    assert_eq!(done.log, naming.iter().map(|line| line.seq).collect::<Vec<_>>());
    assert!(naming.len() == 1 && naming[0].detail.contains("990***********001X"), "a number is covered as it is typed");
}

/// Years later nothing that ends is left of one student: the papers go, but for those of others too.
fn papers_go_with_the_last(own: &Own, machine: &Person, [old, present]: [RecordId; 2]) {
    let later = Date::new(2042, 1, 1).expect("a day");
    let plan = own.app.retention_plan(machine, later).expect("a plan");
    // Those of the student, and of two scholarships long paid.
    assert_eq!(plan.papers, 3);
    let done = own.app.retention_apply(machine, later).expect("erased");
    assert_eq!(done.files, 2);
    let papers = |id| own.viewing(|v| v.evidence(own.register("student"), id)).expect("papers");
    let names: Vec<String> = papers(old).into_iter().map(|file| file.name).collect();
    assert_eq!(names, ["花名册合影.pdf"], "what is a classmate's too stays");
    assert_eq!(papers(present).len(), 1);
    assert!(found(own, "户口本扫描").is_empty() && found(own, "老同学").is_empty());
    let report = own.verified();
    assert_eq!(report.evidence, 1);
}

/// The entries that wrote, attached, closed and erased all this leave the log: what they cover is proved without them.
fn its_log_is_moved(own: &Own, machine: &Person) -> (std::path::PathBuf, i64) {
    let part = own.app.setup().data.join("part");
    let later = crate::log_parts::later(own, 2_000);
    let until = jc_app::audit::moving::Until { before: later.moment().today.plus_days(-1_100), kept_days: 1_096 };
    let moved = later.move_log(machine, until, &part, None, &mut |_| {}).expect("moved").expect("entries");
    let proved = own.verified();
    assert!(proved.moved == moved.span.to && proved.entries == 1 && proved.seals == 1, "{proved:?}");
    (part, moved.span.to)
}

/// What remains is still proved: changed, taken away or put in, it is named.
fn touched_afterwards(own: &Own) {
    let after = |statement: &str| {
        let folder = tempfile::tempdir().expect("a folder");
        let data = folder.path().join("data");
        jc_app::backup::create(&own.app, &data).expect("a copy");
        std::fs::copy(own.app.keys_file(), data.join(jc_app::app::KEYS)).expect("the keys");
        let mut db = Db::open(&data.join("jiangce.db").to_string_lossy()).expect("the copy opens");
        db.batch(statement).unwrap_or_else(|error| panic!("{statement}: {error:?}"));
        drop(db);
        let app = crate::people::open(&data);
        app.verify(&Person::command_line(own.school), &mut |_| {}).expect("a report").touched
    };
    assert_eq!(after("select 1"), []);
    let one = "(select min(seq) from erased_version)";
    for statement in [
        "delete from erased_version".to_owned(),
        format!("delete from erased_version where seq = {one} and version = 1"),
        "update erased_version set was = zeroblob(256)".to_owned(),
        "update erased_version set remains = zeroblob(16)".to_owned(),
        "update erased_version set version = version + 50 where version = 1".to_owned(),
    ] {
        let touched = after(&statement);
        assert!(
            touched
                .iter()
                .any(|it| matches!(it, Touched::Write { .. } | Touched::Record { .. } | Touched::History { .. })),
            "{statement}: {touched:?}"
        );
    }
    // What remains in an erased version, put back or changed.
    let body = "update history set body = json_set(body, '$.values.phone', '13900010001') where register = 'student' \
                and record_id in (select record_id from erased_version)";
    assert!(after(body).iter().any(|it| matches!(it, Touched::History { .. })), "put back");
    let body = "update history set body = json_set(body, '$.state', 3) where register = 'student' \
                and record_id in (select record_id from erased_version)";
    assert!(!after(body).is_empty(), "changed");
    let name = "update record_evidence set name = 'x.jpg' where name = ''";
    assert!(after(name).iter().any(|it| matches!(it, Touched::Attached { .. })));
}

/// The page of bounds names those in force, each in the row of what it bounds.
#[test]
fn the_table_of_bounds_names_those_in_force() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/security/tables.zh.md");
    let page = std::fs::read_to_string(path).expect("the page");
    let (files, session) = (jc_app::given::Limits::default(), jc_app::sign_in::SESSION);
    let bounds = [
        ("一份佐证", vec![(jc_app::evidence::MOST_BYTES >> 20) as i64], "MiB"),
        ("一份佐证", vec![(jc_app::evidence::MOST_PIXELS / 1_000_000) as i64], "百万像素"),
        ("导入的表格", vec![(files.inflated_bytes >> 20) as i64], "MiB"),
        ("导入的表格", vec![files.sheets as i64], "张工作表"),
        ("导入的表格", vec![i64::from(files.rows)], "行"),
        ("导入的表格", vec![i64::from(files.columns)], "列"),
        ("导入的表格", vec![files.cells as i64], "格"),
        ("导入的表格", vec![files.cell_chars as i64], "字"),
        ("杀毒软件看上传的文件", vec![jc_app::scanner::AT_ONCE as i64, jc_app::scanner::MOST_WAITING as i64], "份"),
        ("杀毒软件看上传的文件", vec![jc_app::scanner::PATIENCE.as_secs() as i64], "秒"),
        ("一份导出的清单", vec![jc_app::export::MOST_ROWS, jc_app::export::MOST_A_DAY], "行"),
    ];
    let row = |what: &str| page.lines().find(|line| line.starts_with(&format!("| {what} |"))).expect("its row");
    for (what, numbers, unit) in bounds {
        for number in numbers {
            let digits = number.to_string();
            let mut grouped = String::new();
            for (at, digit) in digits.chars().enumerate() {
                if at > 0 && (digits.len() - at).is_multiple_of(3) {
                    grouped.push(',');
                }
                grouped.push(digit);
            }
            assert!(row(what).contains(&format!("{grouped} {unit}")), "{what}: {grouped} {unit}");
        }
    }
    assert!(session.idle_ms == 30 * 60_000 && session.whole_ms == 12 * 3_600_000, "told in words");
    assert!(row("登录的时限").contains("闲置半小时，总共十二小时"), "told in words");
}

/// The page says of every column that it is personal or that it is not: one in neither list fails.
#[test]
fn every_column_stands_in_the_list_of_personal_data_or_in_that_of_the_others() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/security/personal-data.zh.md");
    let page = std::fs::read_to_string(path).expect("the page");
    let (personal, others) = page.split_once("## 其余字段").expect("two lists");
    let catalog = jc_testkit::shipped();
    for register in &catalog.registers {
        let line = others.lines().find(|line| line.starts_with(&format!("- `{}`:", register.id))).expect("its line");
        let columns = jc_store::schema::of_register(register).remove(0).columns;
        let fields = columns.iter().filter_map(|(name, ..)| name.strip_prefix("f_"));
        for field in fields {
            let named = personal.contains(&format!("| `{}.{field}` ", register.id));
            assert!(named != line.contains(&format!("`{field}`")), "{}.{field} in one of the lists", register.id);
        }
        for field in &register.fields {
            assert!(!field.is_personal() || field.data_class.is_some(), "{}.{} has a purpose", register.id, field.id);
        }
    }
}
