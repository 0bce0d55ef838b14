//! Whose data an account had, told from the log alone, when it took the lists of a hundred thousand students away.

use crate::Fault;
use jc_app::app::{App, Clock, Setup};
use jc_app::export::{Format, Wanted};
use jc_app::given::{Limits, ListQuery};
use jc_app::import::{Choice, Request};
use jc_app::{AppError, Person};
use jc_base::{Date, Instant, Lang, RecordId, RecordState, SchoolId};
use std::path::Path;

const NOW: i64 = 1_736_380_800_000;
const DAY: i64 = 86_400_000;
/// As many rows as one list may have; two of them may be taken in a day.
const A_LIST: usize = 20_000;
/// What the students of each list are called.
const NAMES: [&str; 5] = ["东方甲", "欧阳乙", "上官丙", "司马丁", "诸葛戊"];
const STUDENTS: usize = NAMES.len() * A_LIST;

fn open(folder: &Path, day: i64) -> Result<App, AppError> {
    App::open(Setup { data: folder.to_owned(), database: None, clock: Clock::Fixed(Instant(NOW + day * DAY)) })
}

fn import(app: &App, school: SchoolId, register: &str, text: String) -> Result<(), Fault> {
    let request = Request {
        file: format!("{register}.csv"),
        bytes: text.into_bytes(),
        sheet: 0,
        mapping: None,
        choice: Choice::AllOrNothing,
        state: RecordState::Submitted,
        lang: Lang::Zh,
        limits: Limits::generous(),
    };
    let at = app.catalog().find_register(register).ok_or("a register")?;
    let report = app.keeper(&Person::command_line(school), at)?.import(&request, None, &mut |_| {})?;
    if report.committed { Ok(()) } else { Err(format!("{:?}", report.findings.first()).into()) }
}

/// Measures it.
pub fn run() -> Result<(), Fault> {
    let folder = tempfile::tempdir()?;
    let app = open(folder.path(), 0)?;
    let school = app.add_school("测试学院", true)?;
    import(&app, school, "department", "部门名称\n机电系\n".into())?;
    import(&app, school, "major", "专业编号,专业名称,所属目录,所属部门\n0201-4,机电一体化,人社,机电系\n".into())?;
    let class = "班级名称,入学年份,专业,办学类型,开班日期\n24机电1班,2024,机电一体化,普通,2024-09-01\n";
    import(&app, school, "class", class.into())?;
    for (list, name) in NAMES.iter().enumerate() {
        let student = |n: usize| format!("{list}{n:06},{name},24机电1班,2024-09-01\n");
        let rows: String = (0..A_LIST).map(student).collect();
        import(&app, school, "student", format!("学号,姓名,班级,入学日期\n{rows}"))?;
    }
    let register = app.catalog().find_register("student").ok_or("a register")?;
    drop(app);
    for (list, name) in (0..).zip(NAMES) {
        let app = open(folder.path(), list / 2)?;
        let taker = Person {
            account: Some(RecordId([9; 16])),
            login: "wangli".into(),
            roles: vec!["keeper".into()],
            office: Some("student-affairs".into()),
            ..Person::command_line(school)
        };
        let query = ListQuery { search: name.into(), ..ListQuery::default() };
        let wanted = Wanted { query: &query, conditions: "", format: Format::Csv, reason: "报表", lang: Lang::Zh };
        let made = app.viewer(&taker).export(register, &wanted, &mut |_, _| {})?;
        println!("{} rows taken", made.holds);
    }
    let app = open(folder.path(), 3)?;
    let begun = std::time::Instant::now();
    let day = |text: &str| Date::parse_iso(text).ok_or("a day");
    let machine = Person::command_line(school);
    let found = app.viewer(&machine).breach("wangli", day("2025-01-01")?, day("2025-01-31")?)?;
    println!("{} people of {STUDENTS}, {} entries, in {:?}", found.affected.len(), found.entries, begun.elapsed());
    if found.affected.len() == STUDENTS { Ok(()) } else { Err("not everybody is told".into()) }
}
