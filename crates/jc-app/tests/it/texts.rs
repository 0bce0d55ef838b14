//! Kept texts: whose they are, what was said of their numbers, and what several of them say of one thing.

use crate::sample::NOW;
use jc_app::accounts::NewAccount;
use jc_app::app::{App, Clock, Setup};
use jc_app::check_text::{Checked, Correction, Standing, Wanted};
use jc_app::texts::{Draft, said_twice};
use jc_app::{AppError, Person};
use jc_base::SchoolId;
use jc_claims::document::Kind;
use jc_claims::judge::Verdict;
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
fn a_number_that_is_none_to_check_bears_no_mark() {
    let (app, report) = crate::sample::college();
    let person = Person::command_line(report.school);
    let viewer = app.viewer(&person);
    let text = "全校在册学生1256人，其中女生1103人、男生154人。";
    let at = |words: &str| {
        let start = text.find(words).map(|at| text[..at].chars().count()).expect("it is there");
        (start, start + words.chars().count())
    };
    let checked = |corrections: &[Correction]| {
        let wanted = Wanted { text, year: 2024, with_records: true, corrections };
        viewer.check(&wanted).expect("verdicts")
    };
    let standing = |checked: &Checked, words: &str| {
        let claim = checked.stating().into_iter().find(|it| it.span.start == at(words).0).expect("a number");
        checked.standing(claim)
    };
    let before = checked(&[]);
    assert_eq!((before.impossible().count(), before.tally().seen), (1, 3));
    let wrong = ["1256人", "1103人", "154人"].into_iter().find(|it| standing(&before, it) == Standing::Wrong);
    let (start, end) = at(wrong.expect("the sum refutes one"));
    let after = checked(&[Correction { start, end, dropped: true, ..Correction::default() }]);
    assert_eq!((after.impossible().count(), after.tally().seen, after.tally().wrong), (0, 2, 0));
    assert_eq!(standing(&after, wrong.expect("it")), Standing::Aside);
    let json = after.to_json();
    assert_eq!((&json["counts"]["seen"], &json["inconsistent"]), (&2.into(), &0.into()), "{json:#}");
}

#[test]
fn what_is_said_of_a_number_is_judged_anew() {
    let (app, report) = crate::sample::college();
    let person = Person::command_line(report.school);
    let viewer = app.viewer(&person);
    let judged = |text: &str, said: Correction| {
        let of = |corrections: &[Correction]| {
            let wanted = Wanted { text, year: 2024, with_records: true, corrections };
            let checked = viewer.check(&wanted).expect("verdicts");
            let claim = checked.stating().into_iter().find(|it| it.kind != Kind::Date).expect("a number").clone();
            let judgement = checked.judgement(&claim.id).expect("a verdict");
            let verdict = match judgement.verdict {
                Verdict::NotDerivable(reason) => reason.code(),
                other => other.word(),
            };
            (claim, verdict, judgement.reading().map(|it| (it.printed.clone(), it.slices.len())).unwrap_or_default())
        };
        let (claim, before, _) = of(&[]);
        let said = Correction { start: claim.span.start, end: claim.span.end, ..said };
        let (_, after, (printed, slices)) = of(&[said]);
        format!("{before} → {after} {printed} {slices}")
    };
    let said = |indicator: &str, unit: &str, part: Option<&str>| Correction {
        indicator: Some(indicator.to_owned()).filter(|it| !it.is_empty()),
        unit: Some(unit.to_owned()).filter(|it| !it.is_empty()),
        part: part.map(str::to_owned),
        ..Correction::default()
    };
    for (text, said, expected) in [
        ("2024年志愿服务1046人。", said("", "人次", None), "no-indicator → supported 1046 人次 0"),
        ("2024年志愿服务1046人次。", said("", "人", None), "supported → no-indicator  0"),
        // Beside an indicator the unit that was read is let pass, one that was given is not.
        ("2024年志愿服务1046人。", said("volunteer-person-times", "人", None), "no-indicator → supported 1046 人次 0"),
        (
            "2024年志愿服务1046人次。",
            said("volunteer-person-times", "小时", None),
            "supported → other-unit 1046 人次 0",
        ),
        ("2024年技术服务到款额41.75元。", said("", "万元", None), "contradicted → supported 417500 元 0"),
        ("2024年技术服务到款额41.75万元。", said("", "万元", None), "supported → supported 417500 元 0"),
        ("2024年毕业生就业率99.26分。", said("", "%", None), "no-indicator → supported 99.26% 0"),
        ("2024届毕业生407人。", said("", "", Some("智能制造学院")), "supported → contradicted 148 人 1"),
        ("2024届毕业生407人。", said("", "", Some("没有这个系")), "supported → no-slice 407 人 0"),
        ("2024届智能制造学院毕业生407人。", said("", "", Some("")), "contradicted → supported 407 人 0"),
        ("2024年获团体总分第三名。", said("", "名", None), "supported → supported 第3名 0"),
    ] {
        assert_eq!(judged(text, said), expected, "{text}");
    }
    // What is counted in another unit is no part of a sum.
    let text = "专业共有在校生1256人，其中女生1103人、男生154人。";
    let start = text.chars().count() - 5;
    let unit = Correction { start, end: start + 4, unit: Some("小时".into()), ..Correction::default() };
    let impossible = [&[][..], &[unit]].map(|corrections| {
        let wanted = Wanted { text, year: 2024, with_records: false, corrections };
        viewer.check(&wanted).expect("verdicts").impossible().count()
    });
    assert_eq!(impossible, [1, 0]);
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

#[test]
fn what_an_approximation_admits_is_no_difference() {
    let (app, report) = crate::sample::college();
    let person = Person::command_line(report.school);
    let viewer = app.viewer(&person);
    let differs = |said: &[&str]| {
        let ids: Vec<_> = said.iter().map(|it| viewer.keep_text(&draft(it, it)).expect("it is kept")).collect();
        let texts: Vec<_> = ids.iter().map(|id| viewer.text(*id).expect("a text")).collect();
        let twice = said_twice(&texts);
        ids.into_iter().for_each(|id| viewer.drop_text(id).expect("it is let go of"));
        let [one] = twice.as_slice() else { panic!("{said:?}: {twice:?}") };
        one.differs
    };
    for (said, expected) in [
        (["2024年家长会10余场。", "2024年家长会14场。"], false),
        (["2024年家长会10余场。", "2024年家长会10场。"], true),
        (["2024年家长会10余场。", "2024年家长会24场。"], true),
        (["2024年家长会近20场。", "2024年家长会10余场。"], false),
        (["2024年毕业生就业率99.3%。", "2024年毕业生就业率99.26%。"], false),
        (["2024年毕业生就业率99.2%。", "2024年毕业生就业率99.26%。"], true),
    ] {
        assert_eq!(differs(&said), expected, "{said:?}");
    }
}
