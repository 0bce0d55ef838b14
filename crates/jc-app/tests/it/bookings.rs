//! Bookings of a week: one station, one class, one teacher at a time, however the booking comes in.

use crate::people::{Own, copy, each_empty, enrol, request};
use jc_app::AppError;
use jc_app::records::Edit;
use jc_base::{Date, Lang, Place, RecordId, Value};
use std::sync::Barrier;

const BOOKING: &str = "workstation-booking";

/// Who and what can be booked: stations, classes, teachers of the sample, two of each.
struct Things {
    stations: [RecordId; 2],
    classes: [RecordId; 2],
    teachers: [RecordId; 2],
}

fn things(own: &Own) -> Things {
    let two = |register: &str, until: &str| -> [RecordId; 2] {
        let declared = own.app.catalog();
        let until = declared.register(register).and_then(|r| r.find_field(until)).expect("a field");
        let open = own.records(register).into_iter().filter(|r| r.values[until].is_missing()).map(|r| r.id);
        open.take(2).collect::<Vec<_>>().try_into().expect("there are two")
    };
    Things {
        stations: two("workstation", "closed_on"),
        classes: two("class", "closed_on"),
        teachers: two("staff", "left_on"),
    }
}

/// A booking on a day without others: station, class and teacher by number, from and to a lesson.
fn booking(own: &Own, things: &Things, of: [usize; 3], lessons: (i64, i64)) -> Vec<Value> {
    let catalog = own.app.catalog();
    let declared = catalog.register(BOOKING).expect("a register");
    let mut values = vec![Value::Missing; declared.fields.len()];
    let mut set = |id: &str, value| values[declared.find_field(id).expect("a field")] = value;
    set("booked_on", Value::Date(Date::new(2024, 12, 31).expect("a day")));
    set("first_lesson", Value::Int(lessons.0));
    set("last_lesson", Value::Int(lessons.1));
    set("station", Value::Ref(things.stations[of[0]]));
    set("class", Value::Ref(things.classes[of[1]]));
    set("teacher", Value::Ref(things.teachers[of[2]]));
    values
}

/// The fields that a refused booking is told at; empty if it was taken.
fn book(own: &Own, values: Vec<Value>, submit: bool) -> Vec<String> {
    let edit = Edit { values, submit, seen_version: None };
    match own.keeping(BOOKING, |keeper| keeper.create(edit, Lang::Zh)) {
        Ok(_) => Vec::new(),
        Err(AppError::Findings(found)) => {
            let told = |f: &jc_base::Finding| match &f.place {
                Place::Field { field } => format!("{} {field}", f.code),
                other => format!("{} {other}", f.code),
            };
            found.iter().map(told).collect()
        }
        Err(other) => panic!("{other:?}"),
    }
}

#[test]
fn nobody_and_nothing_is_booked_twice_at_one_time() {
    let own = copy();
    let things = things(&own);
    let at = |of, lessons| booking(&own, &things, of, lessons);
    assert_eq!(book(&own, at([0, 0, 0], (3, 4)), true), [""; 0]);
    // Each of the three alone is enough, and one lesson in common is enough.
    assert_eq!(book(&own, at([0, 1, 1], (4, 5)), true), ["APP-032 station"]);
    assert_eq!(book(&own, at([1, 0, 1], (1, 3)), true), ["APP-032 class"]);
    assert_eq!(book(&own, at([1, 1, 0], (2, 6)), true), ["APP-032 teacher"]);
    assert_eq!(book(&own, at([0, 0, 0], (4, 4)), true), ["APP-032 station", "APP-032 class", "APP-032 teacher"]);
    // Lessons that follow each other do not meet; nor do three others at the same time.
    assert_eq!(book(&own, at([0, 0, 0], (5, 6)), true), [""; 0]);
    assert_eq!(book(&own, at([1, 1, 1], (3, 4)), true), [""; 0]);
    // A draft holds no place: it is refused when it is handed in.
    assert_eq!(book(&own, at([0, 1, 1], (6, 7)), false), [""; 0]);
    let draft = own.records(BOOKING).pop().expect("the draft");
    let refused = own.keeping(BOOKING, |keeper| keeper.submit(draft.id, draft.version, Lang::Zh));
    assert!(matches!(&refused, Err(AppError::Findings(f)) if f[0].code == "APP-032"), "{refused:?}");
    // Many at the same moment: what is free is looked for in the write that takes it.
    let moment = Barrier::new(16);
    let at_once = || {
        moment.wait();
        book(&own, at([0, 0, 0], (8, 9)), true)
    };
    let told: Vec<_> = std::thread::scope(|scope| {
        let all: Vec<_> = (0..16).map(|_| scope.spawn(at_once)).collect();
        all.into_iter().map(|one| one.join().expect("an answer")).collect()
    });
    assert_eq!(told.iter().filter(|told| told.is_empty()).count(), 1, "{told:?}");
    own.verified();
}

#[test]
fn a_booking_may_be_changed_without_meeting_itself() {
    let own = copy();
    let things = things(&own);
    assert_eq!(book(&own, booking(&own, &things, [0, 0, 0], (3, 4)), true), [""; 0]);
    assert_eq!(book(&own, booking(&own, &things, [1, 1, 1], (5, 6)), true), [""; 0]);
    let records = own.records(BOOKING);
    let [first, second] = &records[records.len() - 2..] else { panic!("two bookings") };
    let change = |record: &jc_store::Record, lessons: (i64, i64), of: [usize; 3]| {
        let values = booking(&own, &things, of, lessons);
        let edit = Edit { values, submit: true, seen_version: Some(record.version) };
        own.keeping(BOOKING, |keeper| keeper.update(record.id, edit, Lang::Zh))
    };
    change(first, (3, 5), [0, 0, 0]).expect("longer, and still alone");
    let refused = change(second, (5, 6), [0, 1, 1]);
    assert!(matches!(&refused, Err(AppError::Findings(f)) if f[0].code == "APP-032"), "{refused:?}");
}

#[test]
fn an_import_tells_the_cell_of_a_double_booking() {
    let own = copy();
    let things = things(&own);
    let catalog = own.app.catalog();
    let text = |register: &str, id: RecordId, field: &str| {
        let declared = catalog.register(register).expect("a register");
        let ix = declared.find_field(field).expect("a field");
        declared.fields[ix].kind.edit(&own.record(register, id).values[ix])
    };
    let station = |n: usize| text("workstation", things.stations[n], "name");
    let class = |n: usize| text("class", things.classes[n], "name");
    let teacher = |n: usize| text("staff", things.teachers[n], "staff_no");
    let row = |s: usize, c: usize, t: usize, from: u8, until: u8| {
        format!("2024-12-31,{from},{until},{},{},{}\n", station(s), class(c), teacher(t))
    };
    let rows = [row(0, 0, 0, 1, 2), row(0, 1, 1, 2, 3), row(0, 1, 1, 3, 4), row(1, 1, 0, 4, 4), row(1, 0, 1, 5, 5)];
    let file = format!("使用日期,开始节次,结束节次,工作站,班级,教师工号\n{}", rows.concat());
    let report = own.import(BOOKING, &request("预约.csv", file)).expect("a report");
    assert_eq!((report.new, report.rejected), (3, 2), "{:?}", report.findings);
    let told: Vec<String> = report
        .findings
        .iter()
        .filter(|f| f.code == "APP-032")
        .map(|f| f.place.to_string().rsplit('·').next().unwrap_or_default().to_owned())
        .collect();
    // The second meets the first at its station; the fourth meets the third by its class.
    assert_eq!(told, ["D3", "E5"]);
    own.verified();
}

#[test]
fn a_week_shows_what_is_taken_and_what_is_free() {
    let own = copy();
    let things = things(&own);
    let register = own.register(BOOKING);
    let catalog = own.app.catalog();
    // Of a year past, the last week with something in it is looked at first.
    let booked_on = catalog.registers[register].find_field("booked_on").expect("a field");
    let end = Date::new(2024, 12, 31).expect("a day");
    let days = own.records(BOOKING).into_iter().filter_map(|record| record.values[booked_on].as_date());
    let latest = days.filter(|day| *day <= end).max();
    let last_taken = || own.viewing(|viewer| viewer.last_taken(register, end)).expect("a day or none");
    assert!(latest < Some(end) && latest.is_some(), "{latest:?}");
    assert_eq!(last_taken(), latest);
    assert_eq!(book(&own, booking(&own, &things, [0, 0, 0], (3, 4)), true), [""; 0]);
    assert_eq!(last_taken(), Some(end));
    let station = catalog.registers[register].find_field("station").expect("a field");
    // 31 December 2024 is a Tuesday.
    let monday = Date::new(2024, 12, 30).expect("a day");
    let week = own.viewing(|viewer| viewer.week(register, station, monday, Lang::Zh)).expect("a week");
    let row = week.rows.iter().find(|row| row.id == things.stations[0]).expect("the station has a row");
    let taken: Vec<usize> = row.days.iter().map(Vec::len).collect();
    assert_eq!(taken, [0, 1, 0, 0, 0, 0, 0]);
    assert_eq!((row.days[1][0].when.as_str(), row.days[1][0].whom.len()), ("3–4", 2));
    assert!(week.rows.iter().filter(|row| row.id != things.stations[0]).all(|row| row.days.iter().all(Vec::is_empty)));
    assert_eq!(week.rows.len(), 51, "every station in use has a row");
}

/// The codes and places that a volunteer's hours are told at; empty if they are taken.
fn serve(own: &Own, student: RecordId, activity: &str, (day, tenths): (u32, i64)) -> Vec<String> {
    let catalog = own.app.catalog();
    let declared = catalog.register("volunteer-record").expect("a register");
    let mut values = vec![Value::Missing; declared.fields.len()];
    let mut set = |id: &str, value| values[declared.find_field(id).expect("a field")] = value;
    set("student", Value::Ref(student));
    set("activity", Value::Text(activity.to_owned()));
    set("served_on", Value::Date(Date::new(2024, 12, day).expect("a day")));
    set("hours", Value::Int(tenths));
    let edit = Edit { values, submit: true, seen_version: None };
    match own.keeping("volunteer-record", |keeper| keeper.create(edit, Lang::Zh)) {
        Ok(_) => Vec::new(),
        Err(AppError::Findings(found)) => found.iter().map(|f| format!("{} {}", f.code, f.place)).collect(),
        Err(other) => panic!("{other:?}"),
    }
}

#[test]
fn nobody_serves_more_hours_than_a_day_has() {
    each_empty(|own| {
        enrol(own, 2);
        let students: Vec<RecordId> = own.records("student").iter().map(|student| student.id).collect();
        let [first, second] = students.as_slice() else { panic!("two students") };
        assert_eq!(serve(own, *first, "敬老", (1, 100)), [""; 0]);
        assert_eq!(serve(own, *first, "植树", (1, 140)), [""; 0], "a whole day");
        assert_eq!(serve(own, *first, "引导", (1, 5)), ["APP-090 hours"]);
        // Another day, another person; and what one record alone is beyond is told once.
        assert_eq!(serve(own, *first, "引导", (2, 5)), [""; 0]);
        assert_eq!(serve(own, *second, "敬老", (1, 240)), [""; 0]);
        assert_eq!(serve(own, *second, "植树", (3, 245)), ["APP-001 hours"]);
        // A file tells the cell of the row that goes beyond, and the sum.
        let rows = "20240002,甲,2024-12-05,10\n20240002,乙,2024-12-05,\n20240002,丙,2024-12-05,9.5\n\
                    20240002,丁,2024-12-05,4.6\n20240002,戊,2024-12-06,24\n";
        let file = format!("学号,活动名称,服务日期,服务时长（小时）\n{rows}");
        let report = own.import("volunteer-record", &request("志愿.csv", file)).expect("a report");
        assert_eq!((report.new, report.rejected), (4, 1), "{:?}", report.findings);
        let told: Vec<String> = report
            .findings
            .iter()
            .filter(|finding| finding.code == "APP-090")
            .map(|finding| jc_words::line(Lang::Zh, finding))
            .collect();
        assert_eq!(told.len(), 1, "{told:?}");
        for part in ["D5", "超过 24 小时", "2024-12-05 共 24.1，最多 24"] {
            assert!(told[0].contains(part), "{told:?} lacks {part}");
        }
    });
}
