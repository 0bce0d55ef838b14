//! Sixty-four people at once on the sample college: forty look at screens, twelve correct one and the same record, eight
//! import, four verify. Nothing may fail, no correction may be lost, and the memory has a bound.
//!
//! `people [SECONDS]`, five minutes if nothing is said. The college is made by another process, and memory is handed out by
//! what the program itself uses, told what `serve` tells it, so that its peak is that of serving.

use jc_app::app::{App, Clock, Setup};
use jc_app::import::{Choice, Request as Import};
use jc_app::records::Edit;
use jc_app::sign_in::Attempt;
use jc_app::{AppError, Person, demo};
use jc_base::{Instant, Lang, RecordId, RecordState, SchoolId, Value};
use jc_web::router::site;
use jc_web::state::{AppState, Settings};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering::Relaxed};
use std::time::Duration;
use tower::ServiceExt as _;

const NOW: Instant = Instant(1_736_380_800_000);
const REGISTER: &str = "family-event";
const MOST_MIB: u64 = 200;
/// What people look at.
const SCREENS: [&str; 9] = [
    "/",
    "/figures?year=2024",
    "/figures/student-count?year=2024",
    "/registers/student?year=2024",
    "/registers/student?year=2024&q=zhang",
    "/registers/family-event?year=2024&sort=held_on",
    "/inbox",
    "/wall?year=2024",
    "/search?q=2024",
];

// The service that is measured begins as the product's own does.
#[path = "../../../crates/jiangce/src/lean.rs"]
mod lean;

type Fault = Box<dyn std::error::Error + Send + Sync>;

/// What was done, and what went wrong.
#[derive(Default)]
struct Tally {
    looked: AtomicU64,
    slowest_ms: AtomicU64,
    corrected: AtomicI64,
    conflicts: AtomicU64,
    imported: AtomicU64,
    verified: AtomicU64,
    wrong: AtomicU64,
}

impl Tally {
    fn wrong(&self, what: &str, error: impl std::fmt::Debug) {
        if self.wrong.fetch_add(1, Relaxed) < 20 {
            eprintln!("{what}: {error:?}");
        }
    }
}

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.first().is_none_or(|first| first != "college") {
        lean::begin();
    }
    let done = match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["college", folder] => college(folder.as_ref()).map(|()| true),
        [] => serve(300),
        [seconds, ..] => serve(seconds.parse().unwrap_or(300)),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error:?}");
            ExitCode::FAILURE
        }
    }
}

fn setup(folder: &Path) -> Setup {
    Setup { data: folder.to_owned(), database: None, clock: Clock::Fixed(NOW) }
}

fn college(folder: &Path) -> Result<(), Fault> {
    demo::build(&App::open(setup(folder))?, &mut |_| {})?;
    Ok(())
}

/// Runs it; whether all of it held.
fn serve(seconds: u64) -> Result<bool, Fault> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .max_blocking_threads(jc_web::state::places())
        .build()?;
    runtime.block_on(all(Duration::from_secs(seconds)))
}

async fn all(lasts: Duration) -> Result<bool, Fault> {
    let folder = tempfile::tempdir()?;
    let made = std::process::Command::new(std::env::current_exe()?).arg("college").arg(folder.path()).status()?;
    if !made.success() {
        return Err("no college".into());
    }
    let setup = setup(folder.path());
    let app = tokio::task::spawn_blocking(move || App::open(setup)).await??;
    let school = app.schools()?.first().ok_or("no school")?.0;
    let sessions = sessions(&app, school)?;
    let (shared, before) = shared_record(&app, school)?;
    let state = AppState::new(app, Settings::default());
    let (router, tally) = (site(state.clone()), Arc::new(Tally::default()));
    let begun_with = peak_mib()?;
    let until = std::time::Instant::now() + lasts;
    let mut people = Vec::new();
    for n in 0..40usize {
        let (router, tally, session) = (router.clone(), tally.clone(), sessions[n % sessions.len()].clone());
        people.push(tokio::spawn(async move {
            let mut at = n;
            while std::time::Instant::now() < until {
                look(&router, &tally, &session, SCREENS[at % SCREENS.len()]).await;
                at += 1;
            }
        }));
    }
    for n in 0..24usize {
        let (state, tally) = (state.clone(), tally.clone());
        people.push(tokio::spawn(async move {
            let mut round = 0;
            while std::time::Instant::now() < until {
                let own = tally.clone();
                let work = move |app: &App| {
                    match n {
                        0..12 => correct(app, school, shared, n, &own),
                        12..20 => take_in(app, school, n, round, &own),
                        _ => verify(app, school, n, &own),
                    }
                    Ok(())
                };
                if let Err(fault) = state.run(work).await {
                    tally.wrong("a thread", fault);
                }
                round += 1;
            }
        }));
    }
    for person in people {
        person.await?;
    }
    let peak = peak_mib()?;
    let held = state.run(move |app| Ok(outcome(app, school, shared))).await;
    let (number, rows, touched) = held.map_err(|fault| format!("{fault:?}"))??;
    let done = |count: &AtomicU64| count.load(Relaxed);
    let (corrected, imported) = (tally.corrected.load(Relaxed), done(&tally.imported));
    println!(
        "{} screens (slowest {} ms), {corrected} corrections, {} conflicts told, {imported} rows imported, {} verified",
        done(&tally.looked),
        done(&tally.slowest_ms),
        done(&tally.conflicts),
        done(&tally.verified)
    );
    println!("{} errors, {touched} touched, peak of memory {peak} MiB, {begun_with} before", done(&tally.wrong));
    let kept = number == before + corrected && rows == imported;
    println!("corrections kept: {} of {corrected}; rows kept: {rows} of {imported}", number - before);
    Ok(kept && touched == 0 && done(&tally.wrong) == 0 && peak <= MOST_MIB)
}

/// A session of every kind of account there is, as cookies.
fn sessions(app: &App, school: SchoolId) -> Result<Vec<String>, Fault> {
    let machine = Person::command_line(school);
    let mut sessions = Vec::new();
    for account in app.administrator(&machine)?.accounts()? {
        let reads =
            account.roles.iter().any(|role| matches!(role.as_str(), "office" | "leadership" | "verifier" | "keeper"));
        if reads && sessions.len() < 12 {
            let attempt = Attempt { login: &account.login, password: "jiangce-demo", ..Attempt::default() };
            sessions.push(format!("jc-session={}", app.sign_in(school, &attempt)?.1));
        }
    }
    if sessions.is_empty() { Err("no account to look with".into()) } else { Ok(sessions) }
}

async fn look(router: &axum::Router, tally: &Tally, session: &str, path: &str) {
    let begun = std::time::Instant::now();
    let request = http::Request::get(path).header("cookie", session).body(axum::body::Body::empty());
    let Ok(request) = request else { return tally.wrong(path, "no request") };
    let Ok(answer) = router.clone().oneshot(request).await;
    let status = answer.status().as_u16();
    // Not every screen is everyone's.
    if !matches!(status, 200 | 403) {
        tally.wrong(path, status);
    }
    if let Err(error) = axum::body::to_bytes(answer.into_body(), 1 << 25).await {
        tally.wrong(path, error);
    }
    tally.looked.fetch_add(1, Relaxed);
    tally.slowest_ms.fetch_max(begun.elapsed().as_millis() as u64, Relaxed);
}

/// Someone of the office that keeps or verifies the register; each their own.
fn person(app: &App, school: SchoolId, role: &str, n: usize) -> (usize, Person) {
    let catalog = app.catalog();
    let register = catalog.find_register(REGISTER).expect("the register is shipped");
    let declared = &catalog.registers[register];
    let office = if role == "keeper" { declared.kept_by } else { declared.verified_by };
    let person = Person {
        account: Some(RecordId([n as u8 + 1; 16])),
        login: format!("{role}-{n}"),
        roles: vec![role.into()],
        office: Some(catalog.offices[office].id.clone()),
        ..Person::command_line(school)
    };
    (register, person)
}

fn field(app: &App, register: usize, id: &str) -> usize {
    app.catalog().registers[register].find_field(id).expect("the field is shipped")
}

/// The record that all correct, with its number of people.
fn shared_record(app: &App, school: SchoolId) -> Result<(RecordId, i64), Fault> {
    let (register, keeper) = person(app, school, "keeper", 0);
    let mut values = vec![Value::Missing; app.catalog().registers[register].fields.len()];
    values[field(app, register, "kind")] = Value::Text("meeting".into());
    values[field(app, register, "topic")] = Value::Text("众人同改".into());
    values[field(app, register, "held_on")] = Value::Date(jc_base::Date::new(2024, 5, 1).ok_or("no day")?);
    values[field(app, register, "participants")] = Value::Int(1);
    let edit = Edit { values, submit: false, seen_version: None };
    Ok((app.keeper(&keeper, register)?.create(edit, Lang::Zh)?, 1))
}

/// Adds one to what stands there: whoever comes second is told so and looks again.
fn correct(app: &App, school: SchoolId, shared: RecordId, n: usize, tally: &Tally) {
    let (register, who) = person(app, school, "keeper", n);
    let at = field(app, register, "participants");
    let work = || -> Result<(), AppError> {
        let seen = app.viewer(&who).record(register, shared)?;
        let mut values = seen.values.clone();
        values[at] = Value::Int(values[at].as_int().unwrap_or(0) + 1);
        let edit = Edit { values, submit: false, seen_version: Some(seen.version) };
        app.keeper(&who, register)?.update(shared, edit, Lang::Zh)
    };
    match work() {
        Ok(()) => drop(tally.corrected.fetch_add(1, Relaxed)),
        Err(AppError::Stale) => drop(tally.conflicts.fetch_add(1, Relaxed)),
        Err(error) => tally.wrong("a correction", error),
    }
}

fn take_in(app: &App, school: SchoolId, n: usize, round: u64, tally: &Tally) {
    const ROWS: u64 = 20;
    let (register, who) = person(app, school, "keeper", n);
    let rows: String = (0..ROWS).map(|row| format!("家长会,并发{n}-{round}-{row},2024-05-{:02}\n", 1 + row)).collect();
    let import = Import {
        file: format!("并发{n}.csv"),
        bytes: format!("类别,主题,日期\n{rows}").into_bytes(),
        sheet: 0,
        mapping: None,
        choice: Choice::AllOrNothing,
        state: RecordState::Submitted,
        lang: Lang::Zh,
        limits: Default::default(),
    };
    match app.keeper(&who, register).and_then(|keeper| keeper.import(&import, None, &mut |_| {})) {
        Ok(report) if report.committed => drop(tally.imported.fetch_add(ROWS, Relaxed)),
        Ok(report) => tally.wrong("an import", report.findings),
        Err(error) => tally.wrong("an import", error),
    }
}

fn verify(app: &App, school: SchoolId, n: usize, tally: &Tally) {
    let (register, who) = person(app, school, "verifier", n);
    let work = || -> Result<bool, AppError> {
        let verifier = app.verifier(&who, register)?;
        let waiting = verifier.inbox(10)?.records;
        let Some(record) = waiting.get(n % 4) else { return Ok(false) };
        verifier.accept(record.id, record.version).map(|()| true)
    };
    match work() {
        Ok(done) => drop(tally.verified.fetch_add(u64::from(done), Relaxed)),
        // Another took it first.
        Err(AppError::Stale | AppError::WrongState) => drop(tally.conflicts.fetch_add(1, Relaxed)),
        Err(error) => tally.wrong("a verification", error),
    }
    std::thread::sleep(Duration::from_millis(20));
}

/// The number that all corrected, the rows that were imported, and how much is not as it was written.
fn outcome(app: &App, school: SchoolId, shared: RecordId) -> Result<(i64, u64, usize), Fault> {
    let (register, _) = person(app, school, "keeper", 0);
    let machine = Person::command_line(school);
    let record = app.viewer(&machine).record(register, shared)?;
    let number = record.values[field(app, register, "participants")].as_int().unwrap_or(0);
    let query = jc_app::given::ListQuery { search: "并发".into(), limit: 1, ..Default::default() };
    let rows = app.viewer(&machine).list(register, &query)?.counts.iter().sum::<i64>();
    let touched = app.verify(&machine, &mut |_| {})?.touched.len();
    Ok((number, u64::try_from(rows)?, touched))
}

/// The most memory this process has held.
fn peak_mib() -> Result<u64, Fault> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).ok_or("no peak")?;
    Ok(line.trim().trim_end_matches("kB").trim().parse::<u64>()? / 1024)
}
