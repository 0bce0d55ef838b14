//! Lists about persons leave the house with a reason, and not without end.

use jc_app::app::{App, Clock, Setup};
use jc_app::export::{Format, MOST_A_DAY, Wanted};
use jc_app::{AppError, Person};
use jc_base::{Lang, RecordId};
use jc_store::reader::ListQuery;
use jc_store::store::Ending;
use jc_store::{Actor, StoreError};
use jc_testkit::{SCHOOL, shipped, sqlite};
use std::sync::{Arc, mpsc};

#[test]
fn nobody_takes_more_than_a_days_rows_about_persons() {
    let (catalog, folder) = (shipped(), tempfile::tempdir().expect("a folder"));
    let db = sqlite(catalog.clone());
    let url = Some(db.settings.url.clone());
    let setup = Setup { data: folder.path().into(), database: url, clock: Clock::Fixed(crate::sample::NOW) };
    let app = App::open_with_keys(setup, db.settings.keys.clone()).expect("an installation");
    let office = crate::people::person(SCHOOL, "office", "", 9);
    let other = crate::people::person(SCHOOL, "office", "", 8);
    let student = catalog.find_register("student").expect("a register");
    import(&app);
    let query = ListQuery::default();
    let wanted = Wanted { query: &query, conditions: "", format: Format::Csv, reason: "核对", lang: Lang::Zh };
    let export = |who: &Person| app.viewer(who).export(student, &wanted, &mut |_, _| {}).map(|made| made.holds);
    one_file_for_a_button_pressed_twice(&app, &office, student, &wanted);
    // What was taken earlier today stands in the log.
    let actor = Actor { account: Some(RecordId([9; 16])), name: office.login.clone(), by: Vec::new() };
    let moment = app.moment();
    let noted = db.store.write::<_, StoreError>(SCHOOL, &actor, "list.export", "student", moment, |writer| {
        writer.note("rows", MOST_A_DAY - 1);
        Ok(Ending::Keep(()))
    });
    noted.expect("a line");
    assert!(matches!(export(&office), Err(AppError::Findings(f)) if f[0].code == "APP-062"));
    assert_eq!(export(&other).expect("another person's day is another's"), 1);
    let machine = Person::command_line(SCHOOL);
    let log = app.viewer(&machine).audit(None, 10).expect("the log");
    assert!(log.iter().any(|line| line.action == "list.refuse" && line.actor == office.login), "the refusal is noted");
}

/// The first is held up while it reads; the second comes meanwhile, and gets what the first made.
fn one_file_for_a_button_pressed_twice(app: &App, who: &Person, register: usize, wanted: &Wanted) {
    let (begun, wait) = mpsc::channel();
    let mut read = Vec::new();
    std::thread::scope(|scope| {
        let first = scope.spawn(|| {
            let mut told = |done: usize, of: usize| {
                read.push((done, of));
                begun.send(()).expect("someone listens");
                std::thread::sleep(std::time::Duration::from_millis(400));
            };
            app.viewer(who).export(register, wanted, &mut told).expect("a file")
        });
        wait.recv().expect("it has begun");
        let mut not_here = |_, _| panic!("the second reads nothing");
        let second = app.viewer(who).export(register, wanted, &mut not_here).expect("a file");
        assert!(Arc::ptr_eq(&first.join().expect("no panic"), &second), "it is the same file");
        assert_eq!(second.holds, 1);
    });
    assert_eq!(read, [(1, 1)]);
    let log = app.viewer(&Person::command_line(SCHOOL)).audit(None, 10).expect("the log");
    assert_eq!(log.iter().filter(|line| line.action == "list.export").count(), 1, "it is noted once");
}

fn import(app: &App) {
    let machine = Person::command_line(SCHOOL);
    for (register, text) in [
        ("department", "部门名称\n机电系\n"),
        ("major", "专业编号,专业名称,所属目录,所属部门\n0201-4,机电一体化,人社,机电系\n"),
        ("class", "班级名称,入学年份,专业,办学类型,开班日期\n24机电1班,2024,机电一体化,普通,2024-09-01\n"),
        ("student", "学号,姓名,班级,入学日期\n20240001,张三,24机电1班,2024-09-01\n"),
    ] {
        let at = app.catalog().find_register(register).expect("a register");
        let request = crate::people::request(&format!("{register}.csv"), text);
        let report = app.keeper(&machine, at).and_then(|k| k.import(&request, None, &mut |_| {})).expect("an import");
        assert_eq!((report.new, report.rejected), (1, 0), "{:?}", report.findings);
    }
}

#[test]
fn a_department_keeper_writes_the_own_department_only() {
    let (catalog, folder) = (shipped(), tempfile::tempdir().expect("a folder"));
    let db = sqlite(catalog.clone());
    let url = Some(db.settings.url.clone());
    let setup = Setup { data: folder.path().into(), database: url, clock: Clock::Fixed(crate::sample::NOW) };
    let app = App::open_with_keys(setup, db.settings.keys.clone()).expect("an installation");
    import(&app);
    let machine = Person::command_line(SCHOOL);
    let at = |register: &str| catalog.find_register(register).expect("a register");
    let write = |register: &str, text: &str, who: &Person| {
        let request = crate::people::request("x.csv", text);
        app.keeper(who, at(register)).and_then(|k| k.import(&request, None, &mut |_| {}))
    };
    write("department", "部门名称\n信息系\n", &machine).expect("another department");
    write("major", "专业编号,专业名称,所属目录,所属部门\n0301-4,计算机,人社,信息系\n", &machine).expect("a major");
    let class = "班级名称,入学年份,专业,办学类型,开班日期\n";
    write("class", &format!("{class}24计1班,2024,计算机,普通,2024-09-01\n"), &machine).expect("a class");
    let student = "学号,姓名,班级,入学日期\n";
    write("student", &format!("{student}20240002,王五,24计1班,2024-09-01\n"), &machine).expect("a student");
    let mut keeper = crate::people::person(SCHOOL, "department-keeper", "student-affairs", 7);
    let department = app.viewer(&machine).suggest(at("department"), "机电系").expect("a department")[0].0;
    keeper.ties =
        vec![jc_app::given::Tie { scope: "department".into(), register: "department".into(), record: department }];
    // New in the own class; new in a class that is not theirs to see; a record of the other department.
    let rows =
        "20240003,赵六,24机电1班,2024-09-01\n20240004,钱七,24计1班,2024-09-01\n20240002,王五改,24机电1班,2024-09-01\n";
    let report = write("student", &format!("{student}{rows}"), &keeper).expect("a report");
    assert_eq!((report.new, report.changed, report.rejected), (1, 0, 2), "{:?}", report.findings);
    let codes: Vec<&str> = report.findings.iter().map(|f| f.code).collect();
    assert!(codes.contains(&"APP-050") && codes.contains(&"INT-046"), "{codes:?}");
    let names: Vec<String> =
        app.viewer(&machine).suggest(at("student"), "2024").expect("students").into_iter().map(|s| s.1).collect();
    assert!(
        names.iter().any(|n| n.contains("赵六")) && !names.iter().any(|n| n.contains("王五改") || n.contains("钱七"))
    );
    // Nor does a form put a student of theirs into the other department, or take one of the other's.
    let other = app.viewer(&machine).suggest(at("student"), "20240002").expect("a student")[0].0;
    let own = app.viewer(&machine).suggest(at("student"), "20240003").expect("a student")[0].0;
    let keeping = app.keeper(&keeper, at("student")).expect("a keeper");
    let record = app.viewer(&machine).record(at("student"), own).expect("a record");
    let edit =
        jc_app::records::Edit { values: record.values.clone(), submit: false, seen_version: Some(record.version) };
    assert!(matches!(keeping.update(other, edit.clone(), Lang::Zh), Err(AppError::NotFound)));
    let mut moved = edit;
    let class = catalog.registers[at("student")].find_field("class").expect("a field");
    let foreign = app.viewer(&machine).suggest(at("class"), "24计1班").expect("a class")[0].0;
    moved.values[class] = jc_base::Value::Ref(foreign);
    assert!(matches!(keeping.update(own, moved, Lang::Zh), Err(AppError::Findings(f)) if f[0].code == "APP-050"));
}
