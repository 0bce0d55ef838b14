//! The status on a day is a projection of the event log: recomputed here by hand from the records.

use crate::people::records;
use crate::sample::college;
use jc_app::Person;
use jc_base::{Date, RecordId, RecordState};
use jc_figures::Page;
use jc_store::Record;
use std::collections::HashMap;

/// What ends or interrupts being in school; anything else begins or resumes it.
const AWAY: [&str; 10] = [
    "suspension",
    "stopped",
    "transfer-out",
    "withdrawal",
    "cancelled",
    "expulsion",
    "incomplete",
    "completion",
    "graduation",
    "death",
];

struct Log {
    students: Vec<(RecordId, Option<Date>, Option<Date>)>,
    events: HashMap<RecordId, Vec<(Date, RecordId, String)>>,
}

/// The verified students and events of the sample college.
fn log() -> Log {
    let (app, report) = college();
    let person = Person::command_line(report.school);
    let (viewer, catalog) = (app.viewer(&person), app.catalog());
    let all = |id: &str| {
        let ix = catalog.find_register(id).expect("a register");
        let verified = |r: &Record| r.state == RecordState::Verified;
        records(&viewer, ix, None).into_iter().filter(verified).collect::<Vec<_>>()
    };
    let field = |register: &str, id: &str| catalog.register(register).and_then(|r| r.find_field(id)).expect("a field");
    let (from, until) = (field("student", "enrolled_on"), field("student", "left_on"));
    let students = all("student").iter().map(|r| (r.id, r.values[from].as_date(), r.values[until].as_date())).collect();
    let (student, kind, on) =
        (field("student-status", "student"), field("student-status", "kind"), field("student-status", "changed_on"));
    let mut events: HashMap<RecordId, Vec<(Date, RecordId, String)>> = HashMap::new();
    for record in all("student-status") {
        let (Some(student), Some(day), Some(kind)) =
            (record.values[student].as_ref_id(), record.values[on].as_date(), record.values[kind].as_text())
        else {
            continue;
        };
        events.entry(student).or_default().push((day, record.id, kind.to_owned()));
    }
    Log { students, events }
}

impl Log {
    fn in_school(&self, day: Date) -> usize {
        let present = |(id, from, until): &&(RecordId, Option<Date>, Option<Date>)| {
            let enrolled = from.is_some_and(|from| from <= day) && until.is_none_or(|until| until >= day);
            let events = self.events.get(id).into_iter().flatten().filter(|(on, ..)| *on <= day);
            enrolled && events.max().is_none_or(|(_, _, kind)| !AWAY.contains(&kind.as_str()))
        };
        self.students.iter().filter(present).count()
    }
}

#[test]
fn students_in_school_on_the_last_day_of_a_year_are_those_the_log_says() {
    let (app, report) = college();
    let person = Person::command_line(report.school);
    let (viewer, log) = (app.viewer(&person), log());
    let of = viewer.indicator("student-count").expect("an indicator");
    for year in [2022, 2023, 2024] {
        let page = Page::reported_in(&viewer.catalog().registers[of.register], year);
        let figure = viewer.figure(of, page).expect("a figure").figure;
        let wanted = log.in_school(Date::new(year, 12, 31).expect("a day"));
        assert!(wanted > 100, "{year}");
        assert_eq!(figure.printed(), Some(wanted.to_string()), "{year}");
    }
    // The log matters: without it another number would come out.
    let day = Date::new(2024, 12, 31).expect("a day");
    let deaf = Log { events: HashMap::new(), ..self::log() };
    assert_ne!(deaf.in_school(day), log.in_school(day));
}

#[test]
fn any_day_is_recomputed_not_only_the_census() {
    let (app, report) = college();
    let person = Person::command_line(report.school);
    let (viewer, log) = (app.viewer(&person), log());
    let of = viewer.indicator("student-count").expect("an indicator");
    let mut seen = std::collections::BTreeSet::new();
    for day in ["2022-10-01", "2023-03-15", "2023-07-31", "2024-02-29", "2024-09-02", "2024-12-31"] {
        let day = Date::parse_iso(day).expect("a day");
        let figures = viewer.figures_on(day, Some(of)).expect("figures");
        let wanted = log.in_school(day).to_string();
        assert_eq!(figures[0].1.printed(), Some(wanted.clone()), "{day}");
        seen.insert(wanted);
    }
    assert!(seen.len() > 4, "the days differ: {seen:?}");
    let happened = viewer.indicator("withdrawal-count").expect("an indicator");
    let day = Date::parse_iso("2024-12-31").expect("a day");
    assert!(viewer.figures_on(day, Some(happened)).is_err(), "what happens has no state on a day");
    assert!(viewer.figures_on(day, None).expect("figures").len() > 3, "all that lasts");
}
