//! Accounts: signing in, being slowed down, losing rights, and who may give them.

use jc_app::accounts::NewAccount;
use jc_app::api_tokens::NewToken;
use jc_app::app::{App, Clock, Setup};
use jc_app::given::{AccountState, Operation, Tie};
use jc_app::leaked::Leaked;
use jc_app::safety::Safety;
use jc_app::sign_in::Attempt;
use jc_app::since::Moved;
use jc_app::{AppError, Person};
use jc_base::{Date, Instant, RecordId, RoleId, SchoolId};
use std::path::Path;

use crate::people::{Own, enrol};

const PASSWORD: &str = "sieben grüne Frösche";
const NOW: i64 = 1_736_380_800_000;

struct House {
    school: SchoolId,
    folder: tempfile::TempDir,
    /// Where the data is, if not in the folder.
    database: Option<String>,
}

/// Runs a test in a house on SQLite and in one on PostgreSQL. Where no server is installed the run says so aloud; with
/// `JIANGCE_REQUIRE_ALL` set that is a failure.
fn each_house(test: impl Fn(&House)) {
    test(&House::new());
    match jc_testkit::server_url() {
        Some(url) => test(&House::on(Some(url))),
        None if std::env::var_os("JIANGCE_REQUIRE_ALL").is_some() => panic!("no PostgreSQL server is installed"),
        None => eprintln!("SKIPPED on PostgreSQL: no server is installed"),
    }
}

/// The installation some seconds later: the same data under another clock.
fn later(folder: &Path, database: Option<String>, seconds: i64) -> App {
    let clock = Clock::Fixed(Instant(NOW + seconds * 1000));
    App::open(Setup { data: folder.to_owned(), database, clock }).expect("an installation")
}

impl House {
    fn new() -> Self {
        Self::on(None)
    }

    fn on(database: Option<String>) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let school = later(folder.path(), database.clone(), 0).add_school("测试学院", true).expect("a school");
        Self { school, folder, database }
    }

    fn at(&self, seconds: i64) -> App {
        later(self.folder.path(), self.database.clone(), seconds)
    }

    fn account(&self, login: &str, role: &str, office: Option<&str>) -> RecordId {
        let app = self.at(0);
        let machine = Person::command_line(self.school);
        let new = NewAccount {
            login: login.into(),
            name: login.into(),
            roles: vec![role.into()],
            office: office.map(str::to_owned),
            ties: Vec::new(),
        };
        app.administrator(&machine).and_then(|a| a.create(&new, PASSWORD)).expect("an account")
    }

    fn person(&self, id: RecordId) -> Person {
        let (app, machine) = (self.at(0), Person::command_line(self.school));
        let accounts = app.administrator(&machine).and_then(|a| a.accounts()).expect("accounts");
        let account = accounts.into_iter().find(|account| account.id == id).expect("the account");
        app.person_of(self.school, &account).expect("a person")
    }
}

fn attempt<'a>(login: &'a str, password: &'a str, address: &'a str) -> Attempt<'a> {
    Attempt { login, password, address, ..Attempt::default() }
}

fn code(error: AppError) -> &'static str {
    match error {
        AppError::Findings(findings) => findings[0].code,
        other => panic!("{other:?}"),
    }
}

#[test]
fn guessing_is_slowed_and_never_locks_for_ever() {
    let house = House::new();
    house.account("wang", "office", None);
    let app = house.at(0);
    for _ in 0..5 {
        assert!(matches!(app.sign_in(house.school, &attempt("wang", "x", "10.0.0.1")), Err(AppError::SignInRefused)));
    }
    // The right password waits as well: whoever guesses learns nothing. Refused attempts do not prolong the pause.
    for _ in 0..3 {
        let refused = app.sign_in(house.school, &attempt("wang", PASSWORD, "10.0.0.1"));
        assert!(matches!(refused, Err(AppError::Wait { seconds: 1 })), "{refused:?}");
    }
    let mut at = 0;
    for pause in [1, 3, 5, 10, 20, 40, 60, 60, 60] {
        let early = house.at(at).sign_in(house.school, &attempt("wang", "x", ""));
        assert!(matches!(early, Err(AppError::Wait { seconds }) if seconds == pause), "{pause}: {early:?}");
        at += pause;
        let refused = house.at(at).sign_in(house.school, &attempt("wang", "x", ""));
        assert!(matches!(refused, Err(AppError::SignInRefused)));
    }
    house.at(at + 60).sign_in(house.school, &attempt("wang", PASSWORD, "10.0.0.1")).expect("it is not locked");
    house.at(at + 60).sign_in(house.school, &attempt("wang", PASSWORD, "10.0.0.1")).expect("and begins anew");
}

#[test]
fn a_name_nobody_has_is_slowed_alike() {
    let house = House::new();
    let app = house.at(0);
    for _ in 0..5 {
        assert!(matches!(app.sign_in(house.school, &attempt("nobody", "x", "")), Err(AppError::SignInRefused)));
    }
    assert!(matches!(app.sign_in(house.school, &attempt("nobody", "x", "")), Err(AppError::Wait { seconds: 1 })));
}

#[test]
fn spraying_one_password_over_many_names_is_slowed() {
    let house = House::new();
    let app = house.at(0);
    let mut refused = 0;
    for n in 0..40 {
        let login = format!("name-{n}");
        match app.sign_in(house.school, &attempt(&login, "x", "10.0.0.9")) {
            Err(AppError::SignInRefused) => refused += 1,
            Err(AppError::Wait { .. }) => {}
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(refused, 30);
    house.account("wang", "office", None);
    app.sign_in(house.school, &attempt("wang", PASSWORD, "10.0.0.10")).expect("another address is not slowed");
    house.at(16 * 60).sign_in(house.school, &attempt("wang", PASSWORD, "10.0.0.9")).expect("nor this one later");
}

#[test]
fn guesses_made_at_once_all_count() {
    let house = House::new();
    house.account("wang", "office", None);
    let app = house.at(0);
    let looked_at: usize = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..16)
            .map(|_| {
                let (app, school) = (&app, house.school);
                scope.spawn(move || {
                    matches!(app.sign_in(school, &attempt("wang", "x", "")), Err(AppError::SignInRefused))
                })
            })
            .collect();
        threads.into_iter().map(|t| usize::from(t.join().expect("a thread ends"))).sum()
    });
    assert_eq!(looked_at, 5);
}

#[test]
fn a_suspended_account_is_refused_at_its_next_request() {
    let house = House::new();
    let (wang, officer) = (house.account("wang", "office", None), house.account("safe", "security-officer", None));
    let (app, officer) = (house.at(0), house.person(officer));
    let (_, token) = app.sign_in(house.school, &attempt("wang", PASSWORD, "")).expect("a session");
    assert!(app.person(&token).expect("a person").is_some());
    let officer = app.security_officer(&officer).expect("a security officer");
    for state in [AccountState::Suspended, AccountState::Left] {
        officer.close(wang, state).expect("it is closed");
        assert!(app.person(&token).expect("nobody").is_none(), "the session is over");
        let refused = app.sign_in(house.school, &attempt("wang", PASSWORD, ""));
        assert!(matches!(refused, Err(AppError::SignInRefused)), "{state:?} is not told");
    }
    officer.open(wang).expect("it is open again");
    let (person, token) = app.sign_in(house.school, &attempt("wang", PASSWORD, "")).expect("a session");
    assert!(person.must_change);
    let token =
        app.change_password(&person, PASSWORD, "acht rote Frösche sitzen").map(|new| (token, new)).expect("a new one");
    assert!(
        app.person(&token.0).expect("nobody").is_none()
            && !app.person(&token.1).expect("a person").expect("one").must_change
    );
}

#[test]
fn rights_are_given_by_the_security_officer_and_end_sessions() {
    let house = House::new();
    let (wang, safe) = (house.account("wang", "office", None), house.account("safe", "security-officer", None));
    let admin = house.person(house.account("admin", "administrator", None));
    let (app, safe_person) = (house.at(0), house.person(safe));
    let officer = app.security_officer(&safe_person).expect("a security officer");
    let (_, token) = app.sign_in(house.school, &attempt("wang", PASSWORD, "")).expect("a session");
    let grant = |roles: &[&str], office: Option<&str>| {
        let roles: Vec<RoleId> = roles.iter().map(|r| RoleId::from(*r)).collect();
        officer.grant(wang, &roles, office)
    };
    for (roles, office, wanted) in [
        (&["headmaster"][..], None, "APP-051"),
        (&["administrator", "office"], None, "APP-052"),
        (&["student", "verifier"], Some("student-affairs"), "APP-053"),
        (&["keeper"], None, "APP-055"),
        (&["keeper"], Some("nowhere"), "APP-055"),
    ] {
        assert_eq!(code(grant(roles, office).expect_err("it is refused")), wanted, "{roles:?}");
    }
    assert!(app.person(&token).expect("a person").is_some(), "nothing changed");
    grant(&["keeper", "teacher"], Some("student-affairs")).expect("several roles that go together");
    assert!(app.person(&token).expect("nobody").is_none(), "the session is over");
    assert_eq!(house.person(wang).roles, ["keeper".into(), "teacher".into()]);
    assert_eq!(code(officer.grant(safe, &["leadership".into()], None).expect_err("not to oneself")), "APP-056");
    assert!(matches!(app.security_officer(&admin), Err(AppError::Denied)), "the administrator grants nothing");
    let new = |roles: &[&str]| NewAccount {
        login: format!("neu-{}", roles.len()),
        name: "neu".into(),
        roles: roles.iter().map(|r| RoleId::from(*r)).collect(),
        office: None,
        ties: Vec::new(),
    };
    let administrator = app.administrator(&admin).expect("an administrator");
    assert!(matches!(administrator.invite(&new(&["leadership"])), Err(AppError::Denied)));
    administrator.invite(&new(&[])).expect("an account without rights");
    let machine = Person::command_line(house.school);
    let log = app.viewer(&machine).audit(None, 50).expect("the log");
    let granted = log.iter().find(|line| line.action == "account.roles").expect("a line");
    assert!(granted.actor == "safe" && granted.detail.contains("teacher") && granted.detail.contains("before"));
}

#[test]
fn an_account_is_tied_to_what_is_there_only() {
    let house = House::new();
    let (wang, safe) =
        (house.account("wang", "student", None), house.person(house.account("safe", "security-officer", None)));
    let app = house.at(0);
    let officer = app.security_officer(&safe).expect("a security officer");
    for (scope, register) in [("self", "student"), ("self", "contest"), ("everything", "student"), ("child", "staff")] {
        let tie = Tie { scope: scope.into(), register: register.into(), record: RecordId([3; 16]) };
        assert!(matches!(officer.tie(wang, &[tie]), Err(AppError::NotFound)), "{scope} {register}");
    }
    assert_eq!(house.person(wang).ties, []);
}

#[test]
fn a_second_factor_is_asked_for_once_it_is_confirmed() {
    let house = House::new();
    let wang = house.person(house.account("wang", "office", None));
    let app = house.at(0);
    let unknown = app.begin_second_factor(&wang, "not this one").map(|_| ());
    assert!(matches!(unknown, Err(AppError::SignInRefused)), "an open screen alone does not do");
    let begun = app.begin_second_factor(&wang, PASSWORD).expect("a secret");
    assert!(begun.uri.starts_with("otpauth://totp/Jiangce:wang?secret="));
    app.sign_in(house.school, &attempt("wang", PASSWORD, "")).expect("it is not asked for yet");
    assert_eq!(code(app.confirm_second_factor(&wang, "000000").expect_err("a wrong code")), "APP-059");
    let now = |seconds: i64| jc_app::second_factor::present_code(&begun.secret, Instant(NOW + seconds * 1000));
    let recovery = app.confirm_second_factor(&wang, &now(0)).expect("recovery codes");
    assert!(recovery.len() == 8 && app.has_second_factor(&wang).expect("a factor"));
    let with = |app: &App, code: &str| {
        app.sign_in(house.school, &Attempt { login: "wang", password: PASSWORD, code, address: "" })
            .map(|(_, token)| token)
    };
    for bad in ["", "000000", &now(0)] {
        assert!(matches!(with(&app, bad), Err(AppError::SignInRefused)), "{bad}: refused as a wrong password is");
    }
    let then = house.at(60);
    with(&then, &now(60)).expect("a fresh code");
    assert!(matches!(with(&then, &now(60)), Err(AppError::SignInRefused)), "each is taken once");
    with(&then, &recovery[0]).expect("a recovery code");
    assert!(matches!(with(&then, &recovery[0]), Err(AppError::SignInRefused)), "once, too");
    assert!(
        matches!(app.begin_second_factor(&wang, PASSWORD), Err(AppError::WrongState)),
        "nobody puts another in its place"
    );
    let safe = house.person(house.account("safe", "security-officer", None));
    let id = wang.account.expect("an account");
    app.security_officer(&safe).and_then(|officer| officer.drop_second_factor(id)).expect("it is taken away");
    with(&house.at(120), "").expect("the password alone");
}

#[test]
fn ones_own_second_factor_ends_by_the_password_and_the_sessions_elsewhere_with_it() {
    let house = House::new();
    let wang = house.person(house.account("wang", "office", None));
    let app = house.at(0);
    let sign_in = || app.sign_in(house.school, &attempt("wang", PASSWORD, "")).expect("a session").1;
    let (here, elsewhere) = (sign_in(), sign_in());
    assert!(matches!(app.end_second_factor(&wang, PASSWORD, &here), Err(AppError::WrongState)), "there is none");
    let begun = app.begin_second_factor(&wang, PASSWORD).expect("a secret");
    let present = jc_app::second_factor::present_code(&begun.secret, Instant(NOW));
    app.confirm_second_factor(&wang, &present).expect("it is in use");
    assert!(matches!(app.end_second_factor(&wang, "not this one", &here), Err(AppError::SignInRefused)));
    assert!(app.has_second_factor(&wang).expect("a look"), "it is still there");
    app.end_second_factor(&wang, PASSWORD, &here).expect("it is switched off");
    assert!(!app.has_second_factor(&wang).expect("a look"));
    let lives = |token: &str| app.person(token).expect("a look").is_some();
    assert!(lives(&here) && !lives(&elsewhere));
    // Guessing the password at an open screen is slowed as guessing it at the door is.
    for _ in 0..4 {
        assert!(matches!(app.confirm_password(&wang, "a guess"), Err(AppError::SignInRefused)));
    }
    assert!(matches!(app.confirm_password(&wang, PASSWORD), Err(AppError::Wait { .. })));
}

#[test]
fn a_person_sees_and_ends_their_own_sessions() {
    let house = House::new();
    let (wang, li) = (house.account("wang", "office", None), house.person(house.account("li", "office", None)));
    let (app, wang) = (house.at(0), house.person(wang));
    let one = app.sign_in(house.school, &attempt("wang", PASSWORD, "")).expect("a session").1;
    let two = app.sign_in(house.school, &attempt("wang", PASSWORD, "")).expect("a session").1;
    let sessions = app.own_sessions(&wang, &one).expect("sessions");
    assert_eq!(sessions.iter().filter(|session| session.here).count(), 1);
    let other = sessions.iter().find(|session| !session.here).expect("the other one");
    assert!(matches!(app.end_own_session(&li, PASSWORD, &other.id), Err(AppError::NotFound)), "nobody ends another's");
    assert!(matches!(app.end_own_session(&wang, "not this one", &other.id), Err(AppError::SignInRefused)));
    app.end_own_session(&wang, PASSWORD, &other.id).expect("it is ended");
    assert!(app.person(&one).expect("a person").is_some() && app.person(&two).expect("nobody").is_none());
}

const DAY: i64 = 86_400;

#[test]
fn an_account_is_over_after_its_last_day_and_only_its_owner_is_told() {
    each_house(|house| {
        let (wang, safe) = (house.account("wang", "office", None), house.account("safe", "security-officer", None));
        let (app, safe) = (house.at(0), house.person(safe));
        let last = app.moment().today.plus_days(1);
        let officer = app.security_officer(&safe).expect("a security officer");
        officer.set_last_day(wang, Some(last)).expect("a last day");
        let (person, session) = app.sign_in(house.school, &attempt("wang", PASSWORD, "")).expect("it is not over");
        let new = NewToken { name: "Statistik".into(), may: vec![Operation::ReadFigures], until: last.plus_days(30) };
        let token = app.make_token(&person, PASSWORD, &new).expect("a token");
        // The day itself still counts; a session of before is looked at anew at every request.
        let there = house.at(DAY);
        let (_, late) = there.sign_in(house.school, &attempt("wang", PASSWORD, "")).expect("the last day");
        assert!(there.program(&token).expect("a look").is_some());
        let after = house.at(2 * DAY);
        for session in [session, late] {
            assert!(after.person(&session).expect("a look").is_none(), "no session lives on");
        }
        assert!(after.program(&token).expect("a look").is_none(), "nor does a program");
        let over = after.sign_in(house.school, &attempt("wang", PASSWORD, ""));
        assert!(matches!(over, Err(AppError::Over { last: told }) if told == last), "{over:?}");
        let guessed = after.sign_in(house.school, &attempt("wang", "not this one", ""));
        assert!(matches!(guessed, Err(AppError::SignInRefused)), "a stranger learns nothing: {guessed:?}");
        // It is let in again by another day, or by none.
        let officer = after.security_officer(&safe).expect("a security officer");
        officer.set_last_day(wang, None).expect("no last day");
        after.sign_in(house.school, &attempt("wang", PASSWORD, "")).expect("it is not over");
        assert!(matches!(officer.set_last_day(safe.account.expect("an account"), None), Err(AppError::Findings(_))));
        let log = after.viewer(&Person::command_line(house.school)).audit(None, 50).expect("the log");
        let set = log.iter().filter(|line| line.action == "account.last-day").count();
        assert_eq!(set, 2);
        assert!(log.iter().any(|line| line.action == "sign-in.refuse" && line.detail.contains("over")));
    });
}

#[test]
fn an_invitation_beyond_the_last_day_is_none() {
    each_house(|house| {
        let (app, machine) = (house.at(0), Person::command_line(house.school));
        let administrator = app.administrator(&machine).expect("the machine's person");
        let new = |login: &str| NewAccount {
            login: login.into(),
            name: login.into(),
            roles: vec![],
            office: None,
            ties: vec![],
        };
        let today = app.moment().today;
        let past = administrator.invite_until(&new("wang"), Some(today.plus_days(-1)));
        assert_eq!(code(past.expect_err("a day that is past")), "APP-123");
        let link = administrator.invite_until(&new("wang"), Some(today)).expect("a link");
        assert!(app.invited(house.school, &link).is_ok());
        let tomorrow = house.at(DAY);
        assert!(matches!(tomorrow.invited(house.school, &link), Err(AppError::NotFound)));
        assert!(matches!(tomorrow.set_first_password(house.school, &link, PASSWORD), Err(AppError::NotFound)));
    });
}

#[test]
fn whoever_forgot_a_password_gets_another_by_two_hands() {
    each_house(|house| {
        let (wang, safe) = (house.account("wang", "office", None), house.account("safe", "security-officer", None));
        let admin = house.person(house.account("admin", "administrator", None));
        let (app, safe) = (house.at(0), house.person(safe));
        let session = app.sign_in(house.school, &attempt("wang", PASSWORD, "")).expect("a session").1;
        let administrator = app.administrator(&admin).expect("an administrator");
        assert!(
            matches!(administrator.invite_again(wang), Err(AppError::WrongState)),
            "not by whoever makes accounts alone"
        );
        let officer = app.security_officer(&safe).expect("a security officer");
        officer.let_set_password(wang).expect("it is let");
        assert!(app.person(&session).expect("a look").is_none());
        let old = app.sign_in(house.school, &attempt("wang", PASSWORD, ""));
        assert!(matches!(old, Err(AppError::SignInRefused)), "the old one works no more");
        assert!(matches!(officer.let_set_password(wang), Err(AppError::WrongState)), "once");
        let link = administrator.invite_again(wang).expect("a link");
        let another = "acht blaue Frösche";
        app.set_first_password(house.school, &link, another).expect("a password");
        app.sign_in(house.school, &attempt("wang", another, "")).expect("in again");
    });
}

fn guarded(house: &House, seconds: i64, safety: Safety) -> App {
    house.at(seconds).guarded_by(safety)
}

#[test]
fn passwords_have_three_kinds_and_ninety_days_where_the_assessor_wants_it() {
    each_house(|house| {
        house.account("wang", "office", None);
        for safety in
            [Safety { dengbao_passwords: true, ..Safety::default() }, Safety { third_level: true, ..Safety::default() }]
        {
            let app = guarded(house, 0, safety.clone());
            let (person, _) = app.sign_in(house.school, &attempt("wang", PASSWORD, "")).expect("a session");
            assert!(!person.must_change);
            assert_eq!(app.password_lasts(&person).expect("a day"), Some(app.moment().today.plus_days(90)));
            let kinds = app.change_password(&person, PASSWORD, "nur kleine buchstaben");
            assert_eq!(code(kinds.expect_err("two kinds")), "APP-120");
            assert_eq!(code(app.change_password(&person, PASSWORD, PASSWORD).expect_err("the same")), "APP-122");
            let late = guarded(house, 90 * DAY, safety.clone());
            let (person, session) = late.sign_in(house.school, &attempt("wang", PASSWORD, "")).expect("a session");
            assert!(person.must_change, "before anything else");
            assert!(
                late.person(&session).expect("a look").is_some_and(|person| person.must_change),
                "at every request"
            );
            let fresh = "Sieben Frösche 2025";
            let token = late.change_password(&person, PASSWORD, fresh).expect("changed");
            assert!(late.person(&token).expect("a look").is_some_and(|person| !person.must_change));
            let back = house.at(90 * DAY);
            assert_eq!(back.password_lasts(&person).expect("no day"), None, "at the second level it stays good");
            // For the next round, as if nothing had been.
            house.at(0).change_password(&person, fresh, PASSWORD).expect("back");
        }
    });
}

#[test]
fn whoever_has_no_password_here_is_not_made_to_change_one() {
    let house = House::new();
    let wang = house.account("wang", "student", None);
    let strict = guarded(&house, 0, Safety { third_level: true, ..Safety::default() });
    let machine = Person::command_line(house.school);
    let accounts = strict.administrator(&machine).and_then(|a| a.accounts()).expect("accounts");
    let account = accounts.into_iter().find(|account| account.id == wang).expect("the account");
    // Since when its password is set is not known of an account of long ago: that one is changed.
    let must_change = |password: Option<String>| {
        let account = jc_app::given::Account { password, password_at: None, ..account.clone() };
        strict.person_of(house.school, &account).expect("a person").must_change
    };
    assert!(must_change(account.password.clone()));
    assert!(!must_change(None), "they come by the campus's sign-in alone");
}

/// Whoever comes by the campus's sign-in alone has no password to type: that they signed in just now counts instead.
#[test]
fn whoever_has_no_password_begins_with_a_second_factor_within_five_minutes_of_signing_in() {
    each_house(|house| {
        house.account("wang", "office", None);
        house.account("li", "office", None);
        let third = |seconds| guarded(house, seconds, Safety { third_level: true, ..Safety::default() });
        let come = |login| third(0).sign_in(house.school, &attempt(login, PASSWORD, "")).expect("a session").0;
        let (wang, li) = (come("wang"), come("li"));
        let url =
            house.database.clone().unwrap_or_else(|| house.folder.path().join("jiangce.db").display().to_string());
        let mut db = jc_store::db::Db::open(&url).expect("a connection");
        db.batch("update account set password = null where login = 'wang'").expect("as the campus made it");
        assert!(wang.must_enrol && !third(0).has_password(&wang).expect("a look"));
        assert!(matches!(third(0).begin_second_factor(&li, ""), Err(AppError::SignInRefused)), "who has one types it");
        assert_eq!(code(third(301).begin_second_factor(&wang, "").expect_err("too late")), "APP-134");
        assert_eq!(code(third(-60).begin_second_factor(&wang, "").expect_err("the clock was set back")), "APP-134");
        for by in [li.by.clone(), Vec::new()] {
            let elsewhere = Person { by, ..wang.clone() };
            assert_eq!(
                code(third(60).begin_second_factor(&elsewhere, "").expect_err("not in that session")),
                "APP-134"
            );
        }
        assert!(matches!(third(60).change_password(&wang, "", "Sieben Frösche 2025"), Err(AppError::SignInRefused)));
        let begun = third(299).begin_second_factor(&wang, "").expect("a secret");
        let present = jc_app::second_factor::present_code(&begun.secret, Instant(NOW + 400_000));
        third(400).confirm_second_factor(&wang, &present).expect("it is in use");
    });
}

#[test]
fn at_the_third_level_whoever_sees_others_or_has_power_needs_a_second_factor() {
    each_house(|house| {
        let free = ["student", "guardian", "bureau", "public"];
        let app = guarded(house, 0, Safety { third_level: true, ..Safety::default() });
        let catalog = app.catalog();
        let office = catalog.offices.first().map(|office| office.id.clone());
        let machine = Person::command_line(house.school);
        let mut seen = 0;
        for role in &catalog.roles.roles {
            let id =
                house.account(role.id.as_str(), role.id.as_str(), office.as_deref().filter(|_| role.needs_office()));
            let accounts = app.administrator(&machine).and_then(|a| a.accounts()).expect("accounts");
            let account = accounts.into_iter().find(|account| account.id == id).expect("the account");
            let person = app.person_of(house.school, &account).expect("a person");
            assert_eq!(person.must_enrol, !free.contains(&role.id.as_str()), "{}", role.id);
            assert!(
                !house.at(0).person_of(house.school, &account).expect("a person").must_enrol,
                "{}: second level",
                role.id
            );
            seen += usize::from(person.must_enrol);
        }
        assert!(seen >= 13, "{seen}");
        // Whoever has one goes on.
        let (leader, _) = app.sign_in(house.school, &attempt("leadership", PASSWORD, "")).expect("a session");
        let begun = app.begin_second_factor(&leader, PASSWORD).expect("a secret");
        let present = jc_app::second_factor::present_code(&begun.secret, Instant(NOW));
        app.confirm_second_factor(&leader, &present).expect("it is in use");
        let then = guarded(house, 60, Safety { third_level: true, ..Safety::default() });
        let code = jc_app::second_factor::present_code(&begun.secret, Instant(NOW + 60_000));
        let with = Attempt { login: "leadership", password: PASSWORD, code: &code, address: "" };
        assert!(!then.sign_in(house.school, &with).expect("a session").0.must_enrol);
    });
}

#[test]
fn the_three_officers_are_never_one_hand() {
    let house = House::new();
    let app = house.at(0);
    let machine = Person::command_line(house.school);
    let three = ["administrator", "security-officer", "auditor"];
    let administrator = app.administrator(&machine).expect("the machine's person");
    for (n, (one, other)) in
        three.iter().flat_map(|one| three.map(|other| (*one, other))).filter(|(one, other)| one != other).enumerate()
    {
        let new = NewAccount {
            login: format!("both{n}"),
            name: "both".into(),
            roles: vec![one.into(), other.into()],
            office: None,
            ties: vec![],
        };
        assert_eq!(code(administrator.create(&new, PASSWORD).expect_err("two hands")), "APP-052", "{one} {other}");
    }
    // A catalog that was changed meanwhile can make two roles exclude each other: at the third level neither gives anything then.
    let id = house.account("wang", "student", None);
    let accounts = administrator.accounts().expect("accounts");
    let account = accounts.into_iter().find(|account| account.id == id).expect("the account");
    let both = jc_app::given::Account { roles: vec!["administrator".into(), "auditor".into()], ..account };
    let roles = |app: &App| app.person_of(house.school, &both).expect("a person").roles.len();
    assert_eq!(roles(&guarded(&house, 0, Safety { third_level: true, ..Safety::default() })), 0);
}

#[test]
fn a_password_that_became_known_elsewhere_is_refused_and_so_is_any_while_the_list_cannot_be_searched() {
    each_house(|house| {
        let wang = house.person(house.account("wang", "office", None));
        let file = house.folder.path().join("leaked.txt");
        let app = guarded(house, 0, Safety { leaked: Some(Leaked::at(&file)), ..Safety::default() });
        let known = "correct horse battery staple";
        let set = |new: &str| app.change_password(&wang, PASSWORD, new).map(|_| ());
        assert!(matches!(set(known), Err(AppError::Leaked(_))), "nobody passes by a list that is not there");
        // The SHA-1 of that sentence, between two others.
        let line = "ABF7AAD6438836DBE526AA231ABDE2D0EEF74D42:7";
        std::fs::write(&file, format!("{}:1\r\n{line}\r\n{}:2\r\n", "0".repeat(40), "F".repeat(40))).expect("a file");
        assert_eq!(code(set(known).expect_err("it is known")), "APP-121");
        set("correct horse battery stable").expect("another is not");
    });
}

#[test]
fn a_first_password_that_is_easily_guessed_is_refused() {
    let house = House::new();
    let app = house.at(0);
    let machine = Person::command_line(house.school);
    let administrator = app.administrator(&machine).expect("the machine's person");
    let new = NewAccount { login: "wangli".into(), name: "王丽".into(), roles: vec![], office: None, ties: vec![] };
    let first = administrator.invite(&new).expect("a link");
    let id = administrator.accounts().expect("accounts")[0].id;
    let link = administrator.invite_again(id).expect("another link");
    assert!(matches!(app.invited(house.school, &first), Err(AppError::NotFound)), "the first works no more");
    for (password, wanted) in [
        ("kurz", "APP-009"),
        ("password1234", "APP-057"),
        ("wangli-2024-1", "APP-058"),
        ("测试学院测试学院12345", "APP-058"),
    ] {
        assert_eq!(
            code(app.set_first_password(house.school, &link, password).expect_err("refused")),
            wanted,
            "{password}"
        );
    }
    assert!(matches!(house.at(73 * 3600).set_first_password(house.school, &link, PASSWORD), Err(AppError::NotFound)));
    app.set_first_password(house.school, &link, PASSWORD).expect("it is set");
    assert!(matches!(app.set_first_password(house.school, &link, PASSWORD), Err(AppError::NotFound)), "once");
}

#[test]
fn a_token_gives_no_more_than_its_owner_may_and_ends_when_it_should() {
    let house = House::new();
    let (wang, safe) = (house.account("wang", "office", None), house.account("safe", "security-officer", None));
    let (app, person, safe) = (house.at(0), house.person(wang), house.person(safe));
    let until = Date::new(2025, 1, 31).expect("a day");
    let new = |name: &str, may: &[Operation], until| NewToken { name: name.into(), may: may.to_vec(), until };
    let figures = || new("平台", &[Operation::ReadFigures], until);
    for (wrong, wanted) in [
        (new(" ", &[Operation::ReadFigures], until), "APP-100"),
        (new("平台", &[], until), "APP-101"),
        (new("平台", &[Operation::ManageRoles], until), "APP-101"),
        (new("平台", &[Operation::ReadFigures], Date::new(2024, 12, 31).expect("a day")), "APP-102"),
        (new("平台", &[Operation::ReadFigures], Date::new(2026, 3, 1).expect("a day")), "APP-102"),
    ] {
        assert_eq!(code(app.make_token(&person, PASSWORD, &wrong).expect_err("refused")), wanted);
    }
    assert!(
        matches!(app.make_token(&person, "x", &figures()), Err(AppError::SignInRefused)),
        "the password is asked for"
    );
    assert_eq!(
        code(app.make_token(&safe, PASSWORD, &figures()).expect_err("who may read no figures gives none")),
        "APP-101"
    );

    let token = app.make_token(&person, PASSWORD, &figures()).expect("a token");
    let catalog = app.catalog();
    let comes = |app: &App, token: &str| app.program(token).expect("a look");
    let program = comes(&app, &token).expect("it is let in");
    assert!(program.may(&catalog, Operation::ReadFigures) && person.may(&catalog, Operation::ReadAudit));
    for withheld in Operation::ALL.into_iter().filter(|operation| *operation != Operation::ReadFigures) {
        assert!(!program.may(&catalog, withheld), "{withheld:?}");
    }
    assert!(!app.viewer(&program).sees_register(0), "without the right to read there is nothing to see");
    assert!(matches!(app.make_token(&program, PASSWORD, &figures()), Err(AppError::Denied)), "a token makes none");
    let other = format!("{}0", &token[..token.len() - 1]);
    assert!(other == token || comes(&app, &other).is_none());
    assert!(comes(&app, &token[4..]).is_none() && comes(&app, "").is_none());

    // It ends with its day, with the right it rests on, by its owner's hand and by the officer's.
    let day = 86_400;
    assert!(comes(&house.at(22 * day), &token).is_some() && comes(&house.at(23 * day), &token).is_none());
    let officer = app.security_officer(&safe).expect("a security officer");
    officer.grant(wang, &["auditor".into()], None).expect("other roles");
    assert!(!comes(&app, &token).expect("it comes").may(&catalog, Operation::ReadFigures), "nor what its owner lost");
    officer.grant(wang, &["office".into()], None).expect("the old roles");
    let own = app.own_tokens(&person).expect("tokens");
    assert!(own.len() == 1 && own[0].name == "平台" && own[0].seen_at.is_some());
    app.end_own_token(&person, own[0].id).expect("it is ended");
    assert!(comes(&app, &token).is_none());
    let second = app.make_token(&person, PASSWORD, &figures()).expect("another");
    officer.end_token(wang, app.own_tokens(&person).expect("tokens")[0].id).expect("the officer ends it");
    assert!(comes(&app, &second).is_none());
    let third = app.make_token(&person, PASSWORD, &figures()).expect("another");
    officer.close(wang, AccountState::Suspended).expect("it is closed");
    assert!(comes(&app, &third).is_none());
    officer.open(wang).expect("it is open again");
    assert!(comes(&app, &third).is_none(), "what was ended stays ended");
    let machine = Person::command_line(house.school);
    let log = app.viewer(&machine).audit(None, 50).expect("the log");
    assert_eq!(log.iter().filter(|line| line.action == "token.create").count(), 3);
    let kept = std::fs::read(house.folder.path().join("jiangce.db")).expect("the file");
    assert!(!kept.windows(20).any(|part| part == &token.as_bytes()[4..24]), "the token itself is kept nowhere");
}

#[test]
fn what_is_refused_stands_in_the_log_and_cannot_fill_it() {
    let house = House::new();
    let wang = house.person(house.account("wang", "teacher", None));
    let app = house.at(0);
    for (login, address) in [("wang", "10.0.0.1"), ("wang", "10.0.0.1"), ("sieben Froesche", "10.0.0.1")] {
        assert!(app.sign_in(house.school, &attempt(login, "x", address)).is_err());
    }
    app.note_denied(&wang, "GET /rights", "manage-roles").expect("noted");
    let machine = Person::command_line(house.school);
    let lines = |app: &App, action: &str| {
        let log = app.viewer(&machine).audit(None, 200).expect("the log");
        let mut own: Vec<_> = log.into_iter().filter(|line| line.action == action).collect();
        own.reverse();
        own.into_iter().map(|line| (line.actor, line.detail)).collect::<Vec<_>>()
    };
    let failed = lines(&app, "sign-in.refuse");
    assert_eq!(failed.len(), 2, "what is alike once: {failed:?}");
    assert_eq!(failed[0].0, "@", "who fails to sign in is not who they say");
    assert!(failed[0].1.contains("\"login\":\"wang\"") && failed[0].1.contains("10.0.0.1"), "{failed:?}");
    assert!(!failed[1].1.contains("Froesche"), "what is no login may be a password");
    let denied = lines(&app, "permission.refuse");
    assert!(denied.len() == 1 && denied[0].0 == "wang" && denied[0].1.contains("manage-roles"), "{denied:?}");
    app.write_refusals(true).expect("written");
    let failed = lines(&app, "sign-in.refuse");
    assert!(failed.len() == 3 && failed[2].1.contains("\"times\":1"), "{failed:?}");
}

#[test]
fn whoever_comes_back_on_another_day_is_told_which_figures_moved() {
    const DAY: i64 = 86_400;
    let house = House::new();
    house.account("dean", "leadership", None);
    let told = |seconds, year| {
        let app = house.at(seconds);
        let (person, _) = app.sign_in(house.school, &attempt("dean", PASSWORD, "")).expect("signed in");
        let viewer = app.viewer(&person);
        let sheet = viewer.answer_sheet(year).expect("a sheet");
        let since = viewer.since_last_visit(year, &sheet).expect("what moved")?;
        let line = |moved: &Moved| {
            let id = viewer.catalog().registers[moved.of.register].indicators[moved.of.indicator].id.to_string();
            (id, moved.was.clone(), moved.is.clone())
        };
        Some((since.last.0, since.moved.iter().map(line).collect::<Vec<_>>()))
    };
    let own = Own::at(house.folder.path(), house.school);
    let printed = || Some(own.printed("student-count", 2025)).filter(|it| it != "-");
    let was = printed();
    assert_eq!(told(0, 2025), None, "nothing to compare a first visit with");
    enrol(&own, 3);
    own.accept_all("student");
    let is = printed();
    assert!(was != is && is.as_deref() == Some("3"), "{was:?} {is:?}");
    assert_eq!(told(60, 2025), None, "a second device on the same day is no second visit");
    let (last, moved) = told(DAY, 2025).expect("a visit before");
    assert_eq!(last, NOW);
    let of = |id: &str| moved.iter().find(|(moved, ..)| moved == id).map(|(_, was, is)| (was.clone(), is.clone()));
    assert_eq!(of("student-count"), Some((was, is)), "{moved:?}");
    assert_eq!(told(DAY + 60, 2025).map(|(_, again)| again), Some(moved), "it is told all day long");
    assert_eq!(told(2 * DAY, 2025), Some((NOW + DAY * 1000, Vec::new())), "a day later it is known");
    assert_eq!(told(2 * DAY, 2019), None, "a year nobody looked at then is compared with nothing");
}
