//! The machine's clock set back and far ahead: nothing fails, no session lasts, and order does not depend on it.

use crate::people::{Own, empty, request};
use crate::sample::NOW;
use jc_app::accounts::NewAccount;
use jc_app::app::{App, Clock, Setup};
use jc_app::sign_in::Attempt;
use jc_app::{AppError, Person};
use jc_base::{Instant, RecordId};

const DAY: i64 = 86_400_000;
const LOGIN: &str = "keeper";
const PASSWORD: &str = "correct horse 2025";

/// The same data, at a moment so many milliseconds from now.
fn at(own: &Own, shift: i64) -> App {
    let setup = own.app.setup().clone();
    App::open(Setup { clock: Clock::Fixed(Instant(NOW.0 + shift)), ..setup }).expect("the data opens")
}

fn with_account() -> Own {
    let own = empty();
    let machine = Person::command_line(own.school);
    let account = NewAccount {
        login: LOGIN.into(),
        name: "填报员".into(),
        roles: vec!["leadership".into()],
        office: None,
        ties: Vec::new(),
    };
    own.app.administrator(&machine).expect("the machine's own").create(&account, PASSWORD).expect("an account");
    own
}

fn sign_in(own: &Own, app: &App, password: &str) -> Result<String, AppError> {
    let attempt = Attempt { login: LOGIN, password, ..Attempt::default() };
    app.sign_in(own.school, &attempt).map(|(_, token)| token)
}

fn lives(app: &App, token: &str) -> bool {
    app.person(token).expect("an answer").is_some()
}

#[test]
fn no_session_outlives_a_clock_that_was_set() {
    let own = with_account();
    let signed_in = |app: &App| sign_in(&own, app, PASSWORD).expect("signed in");
    let token = signed_in(&own.app);
    assert!(lives(&at(&own, -5_000), &token), "a clock corrected by seconds ends nothing");
    assert!(lives(&at(&own, 600_000), &token), "ten minutes on");
    // Each jump and then the way back: the session of before is over, a new one can be had, and is over in its turn.
    for jump in [-3_650 * DAY, -DAY, -10 * 3_600_000, DAY, 400 * DAY] {
        let (away, token) = (at(&own, jump), signed_in(&own.app));
        assert!(lives(&own.app, &token));
        assert!(!lives(&away, &token), "by {jump}");
        assert!(!lives(&own.app, &token), "it does not come to life again: {jump}");
        let token = signed_in(&away);
        assert!(lives(&away, &token), "by {jump}");
        assert!(!lives(&own.app, &token), "by {jump}");
    }
    own.verified();
}

#[test]
fn a_session_ends_half_an_hour_after_the_last_step_and_twelve_hours_after_the_first() {
    let own = with_account();
    let (minute, begin) = (60_000, |app: &App| sign_in(&own, app, PASSWORD).expect("signed in"));
    let token = begin(&own.app);
    assert!(lives(&at(&own, 29 * minute), &token), "a step");
    assert!(lives(&at(&own, 58 * minute), &token), "and another");
    assert!(!lives(&at(&own, 89 * minute), &token), "idle for longer");
    let token = begin(&own.app);
    for step in (25..12 * 60).step_by(25) {
        assert!(lives(&at(&own, step * minute), &token), "after {step} minutes");
    }
    assert!(!lives(&at(&own, (12 * 60 + 1) * minute), &token), "twelve hours are over, however busy");
}

#[test]
fn nobody_waits_for_years_after_a_clock_was_set_back() {
    let own = with_account();
    let far = at(&own, 400 * DAY);
    for _ in 0..5 {
        let refused = sign_in(&own, &far, "wrong").expect_err("a wrong password");
        assert!(matches!(refused, AppError::SignInRefused), "{refused:?}");
    }
    assert!(matches!(sign_in(&own, &far, PASSWORD), Err(AppError::Wait { seconds: 1 })));
    // Set back, the failures still count, from now on.
    let refused = sign_in(&own, &own.app, "wrong").expect_err("a wrong password");
    assert!(matches!(refused, AppError::SignInRefused), "{refused:?}");
    assert!(matches!(sign_in(&own, &own.app, PASSWORD), Err(AppError::Wait { seconds: 3 })));
    sign_in(&own, &at(&own, 4_000), PASSWORD).expect("signed in");
}

#[test]
fn ids_and_log_rise_whatever_the_clock_says() {
    let own = empty();
    let (mut newest, mut there): (Option<RecordId>, Vec<RecordId>) = (None, Vec::new());
    for (n, shift) in [0, -3_650 * DAY, 400 * DAY, -DAY, 0].into_iter().enumerate() {
        let app = at(&own, shift);
        let who = own.keeper("family-event");
        let keeper = app.keeper(&who, own.register("family-event")).expect("a keeper");
        let file = request("a.csv", format!("类别,主题,日期\n家长会,第{n}次,2024-03-01\n"));
        assert!(keeper.import(&file, None, &mut |_| {}).expect("an import").committed);
        let now: Vec<RecordId> = own.records("family-event").iter().map(|record| record.id).collect();
        let made: Vec<RecordId> = now.iter().copied().filter(|id| !there.contains(id)).collect();
        let [made] = made[..] else { panic!("one record was made: {made:?}") };
        assert!(newest.is_none_or(|newest| made > newest), "by {shift}");
        let head = app.heads().expect("heads").pop().expect("a school");
        assert_eq!(head.seq, n as i64 + 1);
        (newest, there) = (Some(made), now);
    }
    assert_eq!(own.verified().entries, 5);
}
