//! The sample college: made, imported through the ordinary way, verified by its own people. Nothing is written past
//! the intake, and no figure is stored.

use crate::accounts::NewAccount;
use crate::app::App;
use crate::closing::Standing;
use crate::error::AppError;
use crate::import::{Choice, Request};
use crate::person::Person;
use jc_base::{Lang, RecordId, RecordState, RegisterId, RoleId, SchoolId, Value};
use jc_catalog::kinds::Kind;
use jc_catalog::{Catalog, Register};
use jc_intake::limits::Limits;
use jc_sample::{SampleEvidence, SampleFile};
use jc_store::people::Tie;
use jc_store::reader::ListQuery;
use std::collections::HashMap;

/// The seed of the shipped sample college.
pub const SEED: u64 = 2024;

/// The year whose registers the sample college has closed.
pub const CLOSED: i32 = 2023;

/// The password of every ready account of the sample college. It guards invented data only.
pub const PASSWORD: &str = "jiangce-demo";

/// The accounts that belong to no office.
const STAFF: [(&str, &str); 7] = [
    ("admin", "administrator"),
    ("security", "security-officer"),
    ("auditor", "auditor"),
    ("data-officer", "data-officer"),
    ("leader", "leadership"),
    ("office", "office"),
    ("bureau", "bureau"),
];

/// Who plans teachers' growth, and for which office.
const FACULTY_HEAD: &str = "faculty-head";
const PLANNING_OFFICE: &str = "personnel-office";

/// What was built.
#[derive(Debug, Clone)]
pub struct Report {
    /// The school.
    pub school: SchoolId,
    /// The files imported.
    pub files: Vec<FileLine>,
    /// Records verified.
    pub verified: u64,
    /// Records that wait for verification.
    pub pending: u64,
    /// The ready accounts.
    pub accounts: Vec<Account>,
    /// Pages closed.
    pub closed: u64,
}

/// One imported file.
#[derive(Debug, Clone)]
pub struct FileLine {
    /// Its name.
    pub name: String,
    /// Its register's id.
    pub register: String,
    /// Records made.
    pub new: u64,
    /// Records changed.
    pub changed: u64,
    /// Rows rejected.
    pub rejected: u64,
}

/// A ready account.
#[derive(Debug, Clone)]
pub struct Account {
    /// What is typed to sign in.
    pub login: String,
    /// The name shown.
    pub name: String,
    /// Its role.
    pub role: RoleId,
    /// The office of a keeper or verifier, in Chinese.
    pub office: Option<String>,
}

/// Builds the sample college in an empty installation. `progress` is told what is being done.
pub fn build(app: &App, progress: &mut dyn FnMut(&str)) -> Result<Report, AppError> {
    let school = app.add_school("示例技师学院（合成数据）", true)?;
    let catalog = app.catalog();
    let accounts = make_accounts(app, school, &catalog)?;
    let mut report = Report { school, files: Vec::new(), verified: 0, pending: 0, accounts, closed: 0 };
    for file in jc_sample::college(SEED) {
        progress(&file.name);
        let line = take_in(app, school, &catalog, &file, &mut report)?;
        report.files.push(line);
    }
    report.accounts.extend(tied_accounts(app, school, &catalog)?);
    report.closed = close_year(app, school, &catalog, CLOSED)?;
    Ok(report)
}

/// Closes the registers of a year, each by whoever verifies it.
fn close_year(app: &App, school: SchoolId, catalog: &Catalog, year: i32) -> Result<u64, AppError> {
    let machine = Person::command_line(school);
    let lines = app.viewer(&machine).closing_board(year)?;
    let mut closed = 0;
    for line in lines.iter().filter(|line| matches!(line.standing, Standing::Ready | Standing::Unfinished)) {
        let office = &catalog.offices[catalog.registers[line.register].verified_by].id;
        let verifier = person(app, school, "verifier", office)?;
        let seen = app.viewer(&machine).closing(line.register, line.page, Lang::Zh)?.line.excluded;
        app.closer(&verifier, line.register)?.close(line.page, seen)?;
        closed += 1;
    }
    Ok(closed)
}

/// The accounts that are tied to someone or something: around the last student whose class has a teacher.
fn tied_accounts(app: &App, school: SchoolId, catalog: &Catalog) -> Result<Vec<Account>, AppError> {
    let machine = Person::command_line(school);
    let (viewer, administrator) = (app.viewer(&machine), app.administrator(&machine)?);
    let at = |id: &str| catalog.find_register(id).ok_or(AppError::NotFound);
    let (student, class, department) = (at("student")?, at("class")?, at("department")?);
    let field = |register: usize, id: &str| catalog.registers[register].find_field(id).ok_or(AppError::NotFound);
    let guidance = at("teacher-guidance")?;
    let mentor = field(guidance, "mentor")?;
    let (of_class, teacher) = (field(student, "class")?, field(class, "class_teacher")?);
    let found = viewer.read(|reader| {
        let led: HashMap<RecordId, RecordId> = reader
            .all_values(class, &[teacher])?
            .into_iter()
            .filter_map(|(id, values)| Some((id, values.first()?.as_ref_id()?)))
            .collect();
        let mut pupils = reader.all_values(student, &[of_class])?;
        // The last to be entered: still at school.
        pupils.sort_by_key(|(id, _)| std::cmp::Reverse(*id));
        let found = pupils.iter().find_map(|(id, values)| {
            let class = values.first()?.as_ref_id()?;
            Some((*id, class, *led.get(&class)?))
        });
        let mentors = reader.all_values(guidance, &[mentor])?;
        let mentor = mentors.iter().max_by_key(|(id, _)| *id).and_then(|(_, values)| values.first()?.as_ref_id());
        let departments = reader.all_values(department, &[])?;
        let of = match found {
            Some((pupil, _, _)) => reader.find(student, pupil)?.and_then(|record| {
                let copy = catalog.registers[student].copies.iter().position(|c| c.kind == Kind::Ref(department))?;
                record.copied.get(copy)?.as_ref_id()
            }),
            None => None,
        };
        Ok((found, of.or(departments.first().map(|(id, _)| *id)), mentor))
    })?;
    let (Some((pupil, _, teacher)), Some(department), Some(mentor)) = found else { return Ok(Vec::new()) };
    let office = catalog.offices.iter().find(|office| office.id == "student-affairs");
    let tie =
        |scope: &str, register: &str, record| Tie { scope: scope.into(), register: RegisterId::from(register), record };
    let mut accounts = Vec::new();
    for (login, role, tie) in [
        ("department", "department-head", tie("department", "department", department)),
        ("department-keeper", "department-keeper", tie("department", "department", department)),
        ("class-teacher", "class-teacher", tie("self", "staff", teacher)),
        ("teacher", "teacher", tie("self", "staff", teacher)),
        ("mentor", "teacher", tie("self", "staff", mentor)),
        ("student", "student", tie("self", "student", pupil)),
        ("guardian", "guardian", tie("child", "student", pupil)),
    ] {
        let Some(declared) = catalog.roles.find(role) else { continue };
        let office = office.filter(|_| declared.needs_office());
        let name = if login == "mentor" { "导师".to_owned() } else { declared.name.zh.clone() };
        let new = NewAccount {
            login: login.to_owned(),
            name: name.clone(),
            roles: vec![declared.id.clone()],
            office: office.map(|office| office.id.clone()),
            ties: vec![tie],
        };
        administrator.create(&new, PASSWORD)?;
        let office = office.map(|office| office.name.zh.clone());
        accounts.push(Account { login: login.to_owned(), name, role: declared.id.clone(), office });
    }
    Ok(accounts)
}

fn make_accounts(app: &App, school: SchoolId, catalog: &Catalog) -> Result<Vec<Account>, AppError> {
    let machine = Person::command_line(school);
    let administrator = app.administrator(&machine)?;
    let mut wanted: Vec<(String, String, &str, Option<&jc_catalog::model::Office>)> = Vec::new();
    for (login, role) in STAFF {
        let named = catalog.roles.find(role).map_or(role, |role| role.name.zh.as_str());
        wanted.push((login.to_owned(), named.to_owned(), role, None));
    }
    for (ix, office) in catalog.offices.iter().enumerate() {
        let short = office.id.trim_end_matches("-office");
        let keeps = catalog.registers.iter().any(|r| r.kept_by == ix);
        let verifies = catalog.registers.iter().any(|r| r.verified_by == ix);
        if keeps {
            let name = format!("{}填报员", office.name.zh);
            wanted.push((short.to_owned(), name, "keeper", Some(office)));
        }
        if office.id == PLANNING_OFFICE {
            let named = catalog.roles.find(FACULTY_HEAD).map_or(FACULTY_HEAD, |role| role.name.zh.as_str());
            wanted.push(("faculty".to_owned(), named.to_owned(), FACULTY_HEAD, Some(office)));
        }
        if verifies {
            let name = format!("{}审核人", office.name.zh);
            wanted.push((format!("{short}-verifier"), name, "verifier", Some(office)));
        }
    }
    let mut accounts = Vec::new();
    for (login, name, role, office) in wanted {
        let new = NewAccount {
            login: login.clone(),
            name: name.clone(),
            roles: vec![RoleId::from(role)],
            office: office.map(|o| o.id.clone()),
            ties: Vec::new(),
        };
        administrator.create(&new, PASSWORD)?;
        accounts.push(Account { login, name, role: RoleId::from(role), office: office.map(|o| o.name.zh.clone()) });
    }
    Ok(accounts)
}

/// The account of a role for an office.
fn person(app: &App, school: SchoolId, role: &str, office: &str) -> Result<Person, AppError> {
    let machine = Person::command_line(school);
    let accounts = app.administrator(&machine)?.accounts()?;
    accounts
        .iter()
        .map(|account| Person::of_account(school, account, Vec::new()))
        .find(|p| p.roles == [RoleId::from(role)] && p.office.as_deref() == Some(office))
        .ok_or(AppError::NotFound)
}

fn take_in(
    app: &App,
    school: SchoolId,
    catalog: &Catalog,
    file: &SampleFile,
    report: &mut Report,
) -> Result<FileLine, AppError> {
    let register = catalog.find_register(file.register).ok_or(AppError::NotFound)?;
    let declared = &catalog.registers[register];
    let keeper = person(app, school, "keeper", &catalog.offices[declared.kept_by].id)?;
    let request = Request {
        file: file.name.clone(),
        bytes: file.bytes.clone(),
        sheet: 0,
        mapping: None,
        choice: Choice::GoodRows,
        state: RecordState::Submitted,
        lang: Lang::Zh,
        limits: Limits::generous(),
    };
    let imported = app.keeper(&keeper, register)?.import(&request, None, &mut |_| {})?;
    for evidence in &file.evidence {
        attach(app, school, catalog, evidence)?;
    }
    let waiting = if file.verify { verify_all(app, school, catalog, register)? } else { imported.new };
    if file.verify {
        report.verified += imported.new;
    }
    report.pending += if file.verify { waiting } else { imported.new };
    Ok(FileLine {
        name: file.name.clone(),
        register: declared.id.to_string(),
        new: imported.new,
        changed: imported.changed,
        rejected: imported.rejected,
    })
}

/// Verifies everything that waits in a register; gives how many still wait.
fn verify_all(app: &App, school: SchoolId, catalog: &Catalog, register: usize) -> Result<u64, AppError> {
    let declared = &catalog.registers[register];
    let who = person(app, school, "verifier", &catalog.offices[declared.verified_by].id)?;
    let verifier = app.verifier(&who, register)?;
    loop {
        let waiting = verifier.inbox(1000)?.records;
        if waiting.is_empty() {
            return Ok(0);
        }
        let all: Vec<(RecordId, i64)> = waiting.iter().map(|r| (r.id, r.version)).collect();
        verifier.accept_all(&all)?;
    }
}

fn attach(app: &App, school: SchoolId, catalog: &Catalog, evidence: &SampleEvidence) -> Result<(), AppError> {
    let register = catalog.find_register(evidence.register).ok_or(AppError::NotFound)?;
    let keeper = person(app, school, "keeper", &catalog.offices[catalog.registers[register].kept_by].id)?;
    let keeper = app.keeper(&keeper, register)?;
    let by_key = keys(&keeper, register)?;
    let records: Vec<RecordId> = evidence.keys.iter().filter_map(|key| by_key.get(key).copied()).collect();
    keeper.attach(&records, evidence.kind, &evidence.name, &evidence.bytes).map(drop)
}

/// Every record of a register by the texts of its key.
fn keys(keeper: &crate::Keeper, register: usize) -> Result<HashMap<Vec<String>, RecordId>, AppError> {
    let viewer = keeper.viewer();
    let catalog = viewer.catalog();
    viewer.read(|reader| {
        let key = &catalog.registers[register].key;
        let mut targets: HashMap<usize, HashMap<RecordId, String>> = HashMap::new();
        for field in key {
            if let Kind::Ref(target) = catalog.registers[register].fields[*field].kind {
                let named = reader.all_values(target, called_by(&catalog.registers[target]))?;
                let texts = named.into_iter().map(|(id, values)| (id, text(catalog, target, &values)));
                targets.insert(target, texts.collect());
            }
        }
        let all = reader.all_values(register, key)?;
        Ok(all
            .into_iter()
            .map(|(id, values)| {
                let texts = values.iter().zip(key).map(|(value, field)| {
                    match (&catalog.registers[register].fields[*field].kind, value) {
                        (Kind::Ref(target), Value::Ref(id)) => {
                            targets.get(target).and_then(|t| t.get(id)).cloned().unwrap_or_default()
                        }
                        (kind, value) => kind.edit(value),
                    }
                });
                (texts.collect(), id)
            })
            .collect())
    })
}

/// The fields by which the sample calls a record of a register: its key, or its label if the key has several parts.
fn called_by(register: &Register) -> &[usize] {
    if register.key.len() == 1 { &register.key } else { &register.label }
}

fn text(catalog: &Catalog, register: usize, values: &[Value]) -> String {
    let declared = &catalog.registers[register];
    let parts: Vec<String> =
        called_by(declared).iter().zip(values).map(|(field, value)| declared.fields[*field].kind.edit(value)).collect();
    parts.join(" ")
}

/// How many records of a register are in each state: what `demo` prints at a second start.
pub fn states(app: &App, school: SchoolId) -> Result<[i64; 4], AppError> {
    let machine = Person::command_line(school);
    let viewer = app.viewer(&machine);
    let mut sum = [0; 4];
    for register in 0..viewer.catalog().registers.len() {
        let counts = viewer.read(|reader| Ok(reader.count(register, &ListQuery::default())?))?;
        sum.iter_mut().zip(counts).for_each(|(s, c)| *s += c);
    }
    Ok(sum)
}
