//! Checking in by a code that changes every minute, the leader's word, and the certificate that comes of it.

use crate::people::{Own, copy, person};
use crate::sample::NOW;
use jc_app::app::{App, Clock, Setup};
use jc_app::certificates::Certified;
use jc_app::check_in::{Attending, Standing, Step};
use jc_app::records::Edit;
use jc_app::{AppError, Person, Viewer};
use jc_base::{Date, Instant, Lang, RecordId, RecordState, Value};
use jc_store::people::Tie;

const MINUTE: i64 = 60_000;

/// A college with an activity today from 8:00 to 11:00, its leader, and two students.
struct Activity {
    own: Own,
    event: RecordId,
    participants: usize,
    leader: Person,
    students: [Person; 2],
}

fn tied(own: &Own, role: &str, register: &str, record: RecordId, n: u8) -> Person {
    let tie = Tie { scope: "self".into(), register: register.into(), record };
    Person { office: None, ties: vec![tie], ..person(own.school, role, "", n) }
}

fn activity() -> Activity {
    let own = copy();
    let first = |register: &str, n: usize| own.records(register)[n].id;
    let (teacher, students) = (first("staff", 0), [first("student", 0), first("student", 1)]);
    let catalog = own.app.catalog();
    let declared = catalog.register("volunteer-activity").expect("a register");
    let mut values = vec![Value::Missing; declared.fields.len()];
    let mut set = |id: &str, value| values[declared.find_field(id).expect("a field")] = value;
    set("activity_no", Value::Text("签到一".into()));
    set("name", Value::Text("社区便民".into()));
    set("held_on", Value::Date(Date::new(2025, 1, 9).expect("a day")));
    set("starts_at", Value::Int(8 * 60));
    set("ends_at", Value::Int(11 * 60));
    set("leader", Value::Ref(teacher));
    set("places", Value::Int(1));
    let edit = Edit { values, submit: true, seen_version: None };
    let event = own.keeping("volunteer-activity", |keeper| keeper.create(edit, Lang::Zh)).expect("an activity");
    Activity {
        participants: own.register("volunteer-record"),
        leader: Person { name: "王老师".into(), ..tied(&own, "teacher", "staff", teacher, 40) },
        students: [
            tied(&own, "student", "student", students[0], 50),
            tied(&own, "student", "student", students[1], 51),
        ],
        event,
        own,
    }
}

impl Activity {
    /// The same installation so many minutes after eight.
    fn at(&self, minutes: i64) -> App {
        let clock = Clock::Fixed(Instant(NOW.0 + minutes * MINUTE));
        App::open(Setup { clock, ..self.own.app.setup().clone() }).expect("it opens")
    }

    fn code(&self, minutes: i64) -> String {
        let app = self.at(minutes);
        let viewer = app.viewer(&self.leader);
        viewer.check_in_code(self.participants, self.event).expect("a code")
    }

    fn step(&self, n: usize, minutes: i64, code: &str, step: Step) -> Result<Attending, String> {
        let app = self.at(minutes);
        app.viewer(&self.students[n]).check_in(code, step, Lang::Zh).map_err(|error| told(&error))
    }
}

fn told(error: &AppError) -> String {
    match error {
        AppError::Findings(found) => found.iter().map(|f| f.code).collect::<Vec<_>>().join(" "),
        AppError::Denied => "denied".into(),
        AppError::NotFound => "not found".into(),
        other => format!("{other:?}"),
    }
}

#[test]
fn arriving_and_leaving_become_hours_without_the_way() {
    let it = activity();
    let code = it.code(0);
    assert_eq!(it.step(0, 0, &code, Step::Leave), Err("APP-036".into()), "leaving before arriving");
    let here = it.step(0, 3, &code, Step::Arrive).expect("the code is taken for a few minutes");
    assert_eq!((here.arrived.as_deref(), here.left, here.hours), (Some("08:03"), None, None));
    assert_eq!(it.step(0, 3, &code, Step::Arrive), Err("APP-035".into()), "a second arrival");
    assert_eq!(it.step(1, 9, &code, Step::Arrive), Err("APP-034".into()), "an old code");
    for forged in
        [code.replace('a', "b"), format!("{code}0"), code[..code.len() - 1].to_owned(), "x".into(), String::new()]
    {
        if forged != code {
            assert_eq!(it.step(1, 0, &forged, Step::Arrive), Err("APP-033".into()), "{forged}");
        }
    }
    // Leaving half an hour after the end counts until the end: from 8:03 to 11:00 are 2.95 hours.
    let gone = it.step(0, 210, &it.code(210), Step::Leave).expect("leaving");
    assert_eq!((gone.left.as_deref(), gone.hours.as_deref()), (Some("11:30"), Some("3.0")));
    assert_eq!(it.step(0, 210, &it.code(210), Step::Leave), Err("APP-037".into()), "a second leaving");
    // On another day nobody is shown a code.
    let app = it.at(24 * 60);
    let refused = app.viewer(&it.leader).check_in_code(it.participants, it.event);
    assert_eq!(refused.map_err(|e| told(&e)), Err("APP-038".into()));
}

#[test]
fn signing_up_takes_a_place_and_arriving_fills_it_in() {
    let it = activity();
    let signs = |n: usize, joins: bool| {
        let viewer = it.own.app.viewer(&it.students[n]);
        viewer.sign_up(it.participants, it.event, joins, Lang::Zh).map_err(|error| told(&error))
    };
    let seen = |n: usize| {
        let coming = it.own.app.viewer(&it.students[n]).coming(Lang::Zh).expect("what is coming");
        let [one] = coming.as_slice() else { panic!("one event: {coming:?}") };
        assert_eq!((one.called.as_str(), one.when.as_str(), one.places), ("社区便民", "08:00–11:00", Some(1)));
        (one.taken, one.own)
    };
    assert_eq!(seen(0), (0, Standing::Out));
    assert_eq!(signs(0, false), Err("APP-094".into()), "nothing to take back");
    assert_eq!(signs(0, true), Ok(()));
    assert_eq!(signs(0, true), Err("APP-091".into()), "a second time");
    assert_eq!(signs(1, true), Err("APP-092".into()), "full");
    assert_eq!((seen(0), seen(1)), ((1, Standing::SignedUp), (1, Standing::Out)));
    // Whoever takes it back leaves the place to another, and may come back when that one goes.
    assert_eq!((signs(0, false), signs(1, true), signs(1, false), signs(0, true)), (Ok(()), Ok(()), Ok(()), Ok(())));
    assert_eq!(it.own.printed("volunteer-person-times", 2025), "-", "a draft counts nowhere");
    // Both come: the one who signed up fills in the draft, the other is taken all the same.
    it.step(0, 0, &it.code(0), Step::Arrive).expect("arriving");
    it.step(1, 1, &it.code(1), Step::Arrive).expect("arriving");
    assert_eq!(it.step(0, 2, &it.code(2), Step::Arrive), Err("APP-035".into()), "a second arrival");
    assert_eq!(signs(0, false), Err("APP-091".into()), "it is too late to take it back");
    assert_eq!((seen(0), seen(1)), ((2, Standing::There), (2, Standing::There)));
    let gathering = it.own.app.viewer(&it.leader).gathering(it.participants, it.event, Lang::Zh).expect("a gathering");
    assert_eq!(gathering.present.len(), 2, "one record each");
    // The day after, it is over; and nobody signs up who is no student.
    let app = it.at(24 * 60);
    let late = app.viewer(&it.students[0]).sign_up(it.participants, it.event, true, Lang::Zh);
    assert_eq!(late.map_err(|error| told(&error)), Err("APP-093".into()));
    let leader = it.own.app.viewer(&it.leader).sign_up(it.participants, it.event, true, Lang::Zh);
    assert_eq!(leader.map_err(|error| told(&error)), Err("denied".into()));
    it.own.verified();
}

#[test]
fn only_whoever_leads_shows_the_code_and_only_students_use_it() {
    let it = activity();
    let other = tied(&it.own, "teacher", "staff", it.own.records("staff")[1].id, 41);
    let code = |who: &Person| it.own.app.viewer(who).check_in_code(it.participants, it.event).map_err(|e| told(&e));
    assert_eq!(code(&other), Err("denied".into()));
    assert_eq!(code(&it.students[0]), Err("denied".into()));
    assert!(code(&it.own.keeper("volunteer-record")).is_ok(), "the youth league keeps the register");
    let check =
        |who: &Person| it.own.app.viewer(who).check_in(&it.code(0), Step::Arrive, Lang::Zh).map_err(|e| told(&e));
    assert_eq!(check(&it.leader), Err("denied".into()));
    assert_eq!(check(&Person { ties: Vec::new(), ..it.students[0].clone() }), Err("APP-039".into()));
    assert!(check(&it.students[0]).is_ok());
}

#[test]
fn the_leader_s_word_hands_it_in_and_a_verified_record_gives_a_certificate() {
    let it = activity();
    it.step(0, 0, &it.code(0), Step::Arrive).expect("arriving");
    it.step(1, 30, &it.code(30), Step::Arrive).expect("arriving");
    it.step(0, 120, &it.code(120), Step::Leave).expect("leaving");
    let leading =
        |app: &App| app.viewer(&it.leader).gathering(it.participants, it.event, Lang::Zh).expect("a gathering");
    let app = it.at(180);
    let present = leading(&app).present;
    assert_eq!(present.len(), 2);
    assert!(present.iter().all(|one| one.state == RecordState::Draft));
    let confirm = |all: &[&jc_app::check_in::Present]| {
        let chosen: Vec<(RecordId, i64)> = all.iter().map(|one| (one.id, one.version)).collect();
        app.viewer(&it.leader).confirm_present(it.participants, it.event, &chosen, Lang::Zh).map_err(|e| told(&e))
    };
    let all: Vec<_> = present.iter().collect();
    assert_eq!(confirm(&all), Err("APP-040".into()), "one is still there");
    let gone: Vec<_> = present.iter().filter(|one| !one.left.is_empty()).collect();
    assert_eq!(confirm(&gone), Ok(1));
    let record = it.own.record("volunteer-record", gone[0].id);
    assert_eq!(record.state, RecordState::Submitted);
    let certificate =
        |who: &Viewer| who.certificate(it.participants, record.id).map(|c: Certified| c.code).map_err(|e| told(&e));
    let viewer = it.own.app.viewer(&it.students[0]);
    assert_eq!(certificate(&viewer), Err("APP-041".into()), "not before it is verified");
    // The times are the evidence: no sheet is asked for.
    it.own.verifying("volunteer-record", |v| v.accept(record.id, record.version)).expect("accepted");
    assert_eq!(it.own.printed("volunteer-hours", 2025), "2.0");
    let code = certificate(&viewer).expect("a certificate");
    let shown = |code: &str| {
        let lines = |viewer: &Viewer, certified: &Certified| {
            (certified.lines(viewer, Lang::Zh).len(), certified.open_lines(viewer, Lang::Zh).len())
        };
        it.own.app.certified(code, lines).expect("an answer")
    };
    assert_eq!(shown(&code), Some((4, 3)), "activity, day, hours; who confirmed it only on paper");
    let mut forged = code.clone();
    forged.replace_range(code.len() - 1.., if code.ends_with('0') { "1" } else { "0" });
    assert_eq!(shown(&forged), None);
    assert_eq!(shown(&code.replacen("1.", "2.", 1)), None, "another school's");
    assert_eq!(certificate(&it.own.app.viewer(&it.students[1])), Err("not found".into()), "not someone else's");
    // Once the record is reopened, its certificate is no longer vouched for.
    let record = it.own.record("volunteer-record", record.id);
    let edit = Edit { values: record.values.clone(), submit: true, seen_version: Some(record.version) };
    it.own.keeping("volunteer-record", |keeper| keeper.update(record.id, edit, Lang::Zh)).expect("reopened");
    assert_eq!(shown(&code), None);
    it.own.verified();
}
