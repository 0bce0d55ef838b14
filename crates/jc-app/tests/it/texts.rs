//! Kept texts: whose they are, what was said of their numbers, and what several of them say of one thing.

use crate::sample::NOW;
use jc_app::accounts::NewAccount;
use jc_app::app::{App, Clock, Setup};
use jc_app::check_text::Correction;
use jc_app::texts::{Draft, said_twice};
use jc_app::{AppError, Person};
use jc_base::SchoolId;
use jc_testkit::{OTHER, SCHOOL, each_db, shipped};

fn draft(title: &str, text: &str) -> Draft {
    Draft { title: title.into(), kind: "speech".into(), year: 2024, text: text.into(), corrections: Vec::new() }
}

fn person(app: &App, school: SchoolId, role: &str, office: Option<&str>) -> Person {
    let machine = Person::command_line(school);
    let administrator = app.administrator(&machine).expect("the machine may");
    let new = NewAccount {
        login: format!("{role}-{}", office.unwrap_or("x")),
        name: "某人".into(),
        roles: vec![role.into()],
        office: office.map(str::to_owned),
        ties: Vec::new(),
    };
    let id = administrator.create(&new, "eine lange Losung 2024").expect("an account");
    let accounts = administrator.accounts().expect("accounts");
    app.person_of(school, accounts.iter().find(|it| it.id == id).expect("it")).expect("a person")
}

#[test]
fn texts_are_kept_by_whose_they_are() {
    let catalog = shipped();
    each_db(&catalog, |db| {
        let folder = tempfile::tempdir().expect("a folder");
        let url = Some(db.settings.url.clone());
        let setup = Setup { data: folder.path().into(), database: url, clock: Clock::Fixed(NOW) };
        let app = App::open_with_keys(setup, db.settings.keys.clone()).expect("an installation");
        let office = person(&app, SCHOOL, "office", None);
        let keeper = person(&app, SCHOOL, "keeper", Some("careers-office"));
        let bureau = person(&app, SCHOOL, "bureau", None);
        let stranger = person(&app, OTHER, "office", None);
        let [office, keeper, bureau, stranger] = [&office, &keeper, &bureau, &stranger].map(|who| app.viewer(who));

        let own = keeper.keep_text(&draft("", "\n  2024年家长会7场。\n其余略。")).expect("it is kept");
        let other = office.keep_text(&draft("年度报告", "2024年家长会8场。")).expect("it is kept");
        let titles = |texts: Vec<jc_app::texts::Kept>| {
            let mut titles: Vec<String> = texts.into_iter().map(|text| text.draft.title).collect();
            titles.sort();
            titles
        };
        assert_eq!(titles(office.texts().expect("texts")), ["2024年家长会7场。", "年度报告"]);
        assert_eq!(titles(keeper.texts().expect("texts")), ["2024年家长会7场。"]);
        assert!(matches!(bureau.texts(), Err(AppError::Denied)));
        assert!(matches!(bureau.keep_text(&draft("", "3人。")), Err(AppError::Denied)));
        assert!(stranger.texts().expect("texts").is_empty());
        for (who, id) in [(&keeper, other), (&stranger, own), (&stranger, other)] {
            assert!(matches!(who.text(id), Err(AppError::NotFound)));
            assert!(matches!(who.change_text(id, &draft("", "1人。")), Err(AppError::NotFound)));
            assert!(matches!(who.drop_text(id), Err(AppError::NotFound)));
        }

        // What was said of a number stays with it; the text can be changed and let go of.
        let mut changed = office.text(own).expect("a text").draft;
        changed.corrections.push(Correction { start: 11, end: 13, year: Some(2023), ..Correction::default() });
        office.change_text(own, &changed).expect("it is changed");
        let kept = keeper.text(own).expect("a text");
        assert_eq!((&kept.draft, kept.made_by.as_str()), (&changed, "keeper-careers-office"));
        assert_eq!(kept.tally.seen, office.check_kept(&kept).expect("verdicts").tally().seen);
        keeper.drop_text(own).expect("it is let go of");
        assert!(matches!(office.text(own), Err(AppError::NotFound)));
        assert_eq!(titles(office.texts().expect("texts")), ["年度报告"]);
        let machine = Person::command_line(SCHOOL);
        let log = app.viewer(&machine).audit(None, 20).expect("the log");
        let said: Vec<&str> =
            log.iter().map(|line| line.action.as_str()).filter(|it| it.starts_with("text.")).collect();
        assert_eq!(said, ["text.drop", "text.change", "text.keep", "text.keep"]);
        assert!(log.iter().all(|line| !line.detail.contains("家长会")), "what a text says is not in the log");
    });
}

#[test]
fn one_thing_said_in_several_texts_is_compared() {
    let (app, report) = crate::sample::college();
    let person = Person::command_line(report.school);
    let viewer = app.viewer(&person);
    let ids = [
        draft("讲话", "2024年家长会7场，家长学校讲座5场。"),
        draft("报道", "2024年家长会9场，家长学校讲座5场。"),
        draft("简报", "2023年家长会3场。"),
    ]
    .map(|draft| viewer.keep_text(&draft).expect("it is kept"));
    let texts: Vec<_> = ids.iter().map(|id| viewer.text(*id).expect("a text")).collect();
    let twice = said_twice(&texts);
    let shown: Vec<(&str, bool, Vec<&str>)> = twice
        .iter()
        .map(|it| (it.indicator.as_str(), it.differs, it.said.iter().map(|(_, said)| said.stated.as_str()).collect()))
        .collect();
    assert_eq!(
        shown,
        [("parents-meeting-count", true, vec!["7场", "9场"]), ("parents-lecture-count", false, vec!["5场", "5场"])]
    );
    for id in ids {
        viewer.drop_text(id).expect("it is let go of");
    }
}
