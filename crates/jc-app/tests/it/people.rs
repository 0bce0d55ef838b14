//! People, records and a fresh college for the tests.

use jc_app::app::{App, Clock, Setup};
use jc_app::import::{Choice, Report, Request};
use jc_app::scanner::Scanner;
use jc_app::{AppError, Keeper, Person, Verifier, Viewer};
use jc_base::{Instant, Lang, RecordId, RecordState, SchoolId};
use jc_figures::Page;
use jc_intake::limits::Limits;
use jc_store::Record;
use jc_store::reader::ListQuery;
use std::path::Path;

use crate::sample::{NOW, college_in};

/// An installation in a folder of its own.
pub struct Own {
    pub app: App,
    pub school: SchoolId,
    _folder: tempfile::TempDir,
}

impl Own {
    /// The same installation, opened some days later.
    pub fn later(&self, days: i64) -> App {
        let clock = Clock::Fixed(Instant(NOW.0 + days * 86_400_000));
        App::open(Setup { clock, ..self.app.setup().clone() }).expect("an installation opens")
    }

    /// The same installation, with something that looks over what is handed in.
    pub fn scanning_with(self, scanner: Option<Scanner>) -> Own {
        Own { app: self.app.scanning_with(scanner), ..self }
    }
}

/// The installation of a folder.
pub fn open(data: &Path) -> App {
    let setup = Setup { data: data.to_owned(), database: None, clock: Clock::Fixed(NOW) };
    App::open(setup).expect("an installation opens")
}

/// A new database of a server where `JIANGCE_TEST_ON` says `postgresql`, so that the same tests pass on both; else nothing, which
/// is SQLite in the folder of the installation.
pub fn new_database() -> Option<String> {
    on_postgresql().then(|| jc_testkit::server_url().expect("a PostgreSQL server is installed"))
}

/// Whether `JIANGCE_TEST_ON` says `postgresql`.
pub fn on_postgresql() -> bool {
    std::env::var_os("JIANGCE_TEST_ON").is_some_and(|database| database == "postgresql")
}

/// An empty installation with one school, where `JIANGCE_TEST_ON` says.
pub fn empty() -> Own {
    empty_at(new_database())
}

/// The same, on SQLite whatever is asked for: for what looks into its file, or copies it as a backup does.
pub fn empty_in_a_file() -> Own {
    empty_at(None)
}

/// Runs a test on an empty installation on SQLite and on PostgreSQL. Where no server is installed the run says so aloud;
/// with `JIANGCE_REQUIRE_ALL` set that is a failure.
pub fn each_empty(test: impl Fn(&Own)) {
    test(&empty());
    match jc_testkit::server_url() {
        Some(url) => test(&empty_at(Some(url))),
        None if std::env::var_os("JIANGCE_REQUIRE_ALL").is_some() => panic!("no PostgreSQL server is installed"),
        None => eprintln!("SKIPPED on PostgreSQL: no server is installed"),
    }
}

fn empty_at(database: Option<String>) -> Own {
    let folder = tempfile::tempdir().expect("a folder");
    let setup = Setup { data: folder.path().to_owned(), database, clock: Clock::Fixed(NOW) };
    let app = App::open(setup).expect("an installation opens");
    let school = app.add_school("测试学院", true).expect("a school");
    Own { app, school, _folder: folder }
}

/// The sample college once more, to be changed.
pub fn copy() -> Own {
    let folder = tempfile::tempdir().expect("a folder");
    let (app, report) = college_in(&folder.path().join("data"));
    Own { app, school: report.school, _folder: folder }
}

/// Students 20240001, 20240002 … of a class 24机电1班, with all that they need to be there.
pub fn enrol(own: &Own, students: usize) {
    let roll: String = (1..=students).map(|n| format!("2024{n:04},张三,24机电1班,2024-09-01\n")).collect();
    let files = [
        ("department", 1, "部门名称\n机电系\n".to_owned()),
        ("major", 1, "专业编号,专业名称,所属目录,所属部门\n0201-4,机电一体化,人社,机电系\n".to_owned()),
        (
            "class",
            1,
            "班级名称,入学年份,专业,办学类型,开班日期\n24机电1班,2024,机电一体化,普通,2024-09-01\n".to_owned(),
        ),
        ("student", students as u64, format!("学号,姓名,班级,入学日期\n{roll}")),
    ];
    for (register, rows, text) in files {
        let report = match own.import(register, &request(&format!("{register}.csv"), text)) {
            Ok(report) => report,
            Err(error) => panic!("{register}: {error:#?}"),
        };
        assert_eq!((report.new, report.rejected), (rows, 0), "{register}: {:#?}", report.findings);
    }
}

/// Someone with a role for an office; `n` tells people apart.
pub fn person(school: SchoolId, role: &str, office: &str, n: u8) -> Person {
    Person {
        school,
        account: Some(RecordId([n; 16])),
        login: format!("person-{n}"),
        name: format!("第{n}人"),
        roles: vec![role.into()],
        office: Some(office.to_owned()),
        ties: Vec::new(),
        must_change: false,
        must_enrol: false,
        given: None,
        by: Vec::new(),
    }
}

impl Own {
    /// The installation of a folder that is kept elsewhere.
    pub fn at(data: &Path, school: SchoolId) -> Self {
        Self { app: open(data), school, _folder: tempfile::tempdir().expect("a folder") }
    }

    pub fn register(&self, id: &str) -> usize {
        self.app.catalog().find_register(id).expect("a register")
    }

    /// A keeper of a register.
    pub fn keeper(&self, register: &str) -> Person {
        let catalog = self.app.catalog();
        let office = &catalog.offices[catalog.register(register).expect("a register").kept_by].id;
        person(self.school, "keeper", office, 101)
    }

    /// A verifier of a register: another person.
    pub fn verifier(&self, register: &str) -> Person {
        let catalog = self.app.catalog();
        let office = &catalog.offices[catalog.register(register).expect("a register").verified_by].id;
        person(self.school, "verifier", office, 102)
    }

    pub fn keeping<T>(&self, register: &str, work: impl FnOnce(&Keeper) -> T) -> T {
        let who = self.keeper(register);
        work(&self.app.keeper(&who, self.register(register)).expect("a keeper"))
    }

    pub fn verifying<T>(&self, register: &str, work: impl FnOnce(&Verifier) -> T) -> T {
        let who = self.verifier(register);
        work(&self.app.verifier(&who, self.register(register)).expect("a verifier"))
    }

    pub fn viewing<T>(&self, work: impl FnOnce(&Viewer) -> T) -> T {
        let who = Person::command_line(self.school);
        work(&self.app.viewer(&who))
    }

    pub fn records(&self, register: &str) -> Vec<Record> {
        self.viewing(|viewer| records(viewer, self.register(register), None))
    }

    pub fn record(&self, register: &str, id: RecordId) -> Record {
        self.viewing(|viewer| viewer.record(self.register(register), id)).expect("a record")
    }

    /// What a figure of 2024 is printed as, `-` if it is missing.
    pub fn printed(&self, indicator: &str, year: i32) -> String {
        self.viewing(|viewer| printed(viewer, indicator, year))
    }

    pub fn import(&self, register: &str, request: &Request) -> Result<Report, AppError> {
        self.keeping(register, |keeper| keeper.import(request, None, &mut |_| {}))
    }

    /// Verifies all that waits in a register.
    pub fn accept_all(&self, register: &str) {
        self.verifying(register, |verifier| {
            let waiting = verifier.inbox(1000).expect("an inbox").records;
            let all: Vec<(RecordId, i64)> = waiting.iter().map(|r| (r.id, r.version)).collect();
            verifier.accept_all(&all).expect("all are accepted");
        });
    }

    /// Nothing was touched that was not written; gives the counts.
    pub fn verified(&self) -> jc_store::verify::Report {
        let who = Person::command_line(self.school);
        let report = self.app.verify(&who, &mut |_| {}).expect("a report");
        assert_eq!(report.touched, [], "everything is as it was written");
        report
    }
}

/// All records of a register, or of a page of it, read page by page.
pub fn records(viewer: &Viewer, register: usize, page: Option<Page>) -> Vec<Record> {
    let mut all: Vec<Record> = Vec::new();
    loop {
        let after = all.last().map(|r| r.id);
        let query = ListQuery { page, after, limit: 1000, ..ListQuery::default() };
        let more = viewer.list(register, &query).expect("a list").records;
        if more.is_empty() {
            return all;
        }
        all.extend(more);
    }
}

pub fn printed(viewer: &Viewer, indicator: &str, year: i32) -> String {
    let of = viewer.indicator(indicator).expect("an indicator");
    let page = Page::reported_in(&viewer.catalog().registers[of.register], year);
    viewer.figure(of, page).expect("a figure").figure.printed().unwrap_or_else(|| "-".into())
}

/// A request to import a csv file, wrong rows left out.
pub fn request(name: &str, bytes: impl Into<Vec<u8>>) -> Request {
    Request {
        file: name.to_owned(),
        bytes: bytes.into(),
        sheet: 0,
        mapping: None,
        choice: Choice::GoodRows,
        state: RecordState::Submitted,
        lang: Lang::Zh,
        limits: Limits::default(),
    }
}
