//! Ends nobody chose: a program that imports file after file, puts papers to records and verifies them is killed at random
//! moments, again and again. Each file is then wholly there or not at all, all it had acknowledged is there, and nothing
//! verifies as touched. Beside it, the same after power cuts that lose what was not flushed.
//!
//! The program under test is this one: started again with [`FOLDER`] set it is the worker. `JIANGCE_KILLS` says how many
//! moments.

#[cfg(target_os = "linux")]
mod disk;
#[cfg(target_os = "linux")]
mod power;
mod said;

use jc_app::Person;
use jc_app::app::{App, Clock, Setup};
use jc_app::import::{Choice, Request};
use jc_base::{Instant, Lang, RecordId, RecordState, SchoolId};
use jc_intake::limits::Limits;
use jc_store::reader::ListQuery;
use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

const FOLDER: &str = "JIANGCE_CRASH_FOLDER";
const FIRST: &str = "JIANGCE_CRASH_FIRST";
const REGISTER: &str = "family-event";
/// Rows in each file.
const ROWS: usize = 60;
/// How often the importer is killed; and how often on one folder, before the next is begun.
const KILLS: usize = 102;
const KILLS_A_FOLDER: usize = 17;
const SEED: u64 = 20_241_231;

fn open(folder: &Path) -> App {
    let clock = Clock::Fixed(Instant(1_736_380_800_000));
    App::open(Setup { data: folder.to_owned(), database: None, clock }).expect("the data opens")
}

fn file(number: usize) -> Request {
    let row = |n| format!("家长会,第{number}批第{n}场,2024-05-{:02}\n", 1 + n % 28);
    let rows: String = (0..ROWS).map(row).collect();
    Request {
        file: format!("第{number}批.csv"),
        bytes: format!("类别,主题,日期\n{rows}").into_bytes(),
        sheet: 0,
        mapping: None,
        choice: Choice::AllOrNothing,
        state: RecordState::Submitted,
        lang: Lang::Zh,
        limits: Limits::default(),
    }
}

/// Someone of the office that keeps or verifies the register.
fn someone(app: &App, role: &str, number: u8) -> Person {
    let catalog = app.catalog();
    let declared = &catalog.registers[catalog.find_register(REGISTER).expect("a register")];
    let office = if role == "keeper" { declared.kept_by } else { declared.verified_by };
    Person {
        account: Some(RecordId([number; 16])),
        login: role.into(),
        roles: vec![role.into()],
        office: Some(catalog.offices[office].id.clone()),
        ..Person::command_line(SchoolId(1))
    }
}

/// The program that is killed: it works on, and says what it has done.
#[test]
fn worker() {
    let (Some(folder), Ok(first)) = (std::env::var_os(FOLDER), std::env::var(FIRST)) else {
        return;
    };
    let app = open(Path::new(&folder));
    let mut out = std::io::stdout();
    writeln!(out, "\nready").and_then(|()| out.flush()).expect("someone listens");
    let mut say = |what: String| writeln!(out, "{what}").and_then(|()| out.flush()).expect("someone listens");
    for number in first.parse::<usize>().expect("a number").. {
        said::round(&app, number, &mut say);
    }
}

fn start(folder: &Path, first: usize) -> (Child, BufReader<ChildStdout>) {
    let mut child = Command::new(std::env::current_exe().expect("this program"))
        .args(["worker", "--exact", "--nocapture", "--test-threads=1"])
        .env(FOLDER, folder)
        .env(FIRST, first.to_string())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the worker starts");
    let out = BufReader::new(child.stdout.take().expect("its output"));
    (child, out)
}

/// Runs the worker, kills it after a while; hears what it had acknowledged.
fn run_and_kill(folder: &Path, first: usize, while_working: Duration, said: &mut said::Said) {
    let (mut child, mut out) = start(folder, first);
    let mut line = String::new();
    while line.trim() != "ready" {
        line.clear();
        assert!(out.read_line(&mut line).expect("its output") > 0, "the worker did not come up");
    }
    std::thread::sleep(while_working);
    child.kill().expect("it is killed");
    child.wait().expect("it is gone");
    // What it wrote before it was killed is still in the pipe; a line cut short acknowledges nothing.
    let mut rest = Vec::new();
    std::io::Read::read_to_end(&mut out, &mut rest).expect("its output");
    let text = String::from_utf8_lossy(&rest).into_owned();
    let whole = text.rfind('\n').map_or("", |end| &text[..end]);
    whole.lines().for_each(|line| said.hear(line));
}

/// The rows there are of each file.
fn there(app: &App) -> BTreeMap<usize, usize> {
    let person = Person::command_line(SchoolId(1));
    let (viewer, catalog) = (app.viewer(&person), app.catalog());
    let register = catalog.find_register(REGISTER).expect("a register");
    let topic = catalog.registers[register].find_field("topic").expect("a field");
    let (mut counts, mut after) = (BTreeMap::new(), None);
    loop {
        let query = ListQuery { after, limit: 1000, ..ListQuery::default() };
        let records = viewer.list(register, &query).expect("a list").records;
        for record in &records {
            let text = record.values[topic].as_text().unwrap_or_default();
            let number = text.trim_start_matches('第').split('批').next().and_then(|n| n.parse().ok());
            *counts.entry(number.expect("the number of a file")).or_default() += 1;
        }
        match records.last() {
            Some(last) => after = Some(last.id),
            None => return counts,
        }
    }
}

#[test]
fn what_was_acknowledged_survives_and_nothing_is_half_there() {
    let kills = std::env::var("JIANGCE_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(KILLS);
    let mut chance = SEED;
    let (mut killed, mut files, mut papers, mut unsaid) = (0, 0, 0, 0);
    while killed < kills {
        let folder = tempfile::tempdir().expect("a folder");
        open(folder.path()).add_school("测试学院", true).expect("a school");
        let (mut said, mut first) = (said::Said::default(), 0);
        for _ in 0..KILLS_A_FOLDER {
            chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            run_and_kill(folder.path(), first, Duration::from_micros(chance >> 32 & 0x3_ffff), &mut said);
            killed += 1;
            let app = open(folder.path());
            assert_eq!(said.holds(&app), Ok(()), "after kill {killed} (seed {SEED})");
            let counts = there(&app);
            unsaid += counts.len() - said.imports.len();
            // A file that is there though nobody was told: the next run begins behind it.
            said.imports = counts.keys().copied().collect();
            first = said.imports.last().map_or(0, |last| last + 1);
        }
        files += said.imports.len();
        papers += said.papers.len();
    }
    println!("{killed} kills, {files} files of {ROWS} rows there, {unsaid} of them unacknowledged; {papers} papers");
    assert!(files > killed / 2 && papers > killed / 4, "the worker was killed while working");
}
