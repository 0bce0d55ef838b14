//! The import beside the floor.

use crate::data;
use jc_app::app::{App, Clock, Setup};
use jc_app::given::Limits;
use jc_app::import::{Choice, Memory, Request};
use jc_app::{AppError, Person};
use jc_base::{Instant, Lang, Place, RecordState};
use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

const OWN: [(&str, &str); 2] = [
    ("bench-person.toml", include_str!("../catalog/base/bench-person.toml")),
    ("bench-service.toml", include_str!("../catalog/base/bench-service.toml")),
];

/// An empty installation with the bench's registers.
pub fn installation(folder: &Path) -> Result<(App, Person), AppError> {
    installation_with(folder, &OWN)
}

/// An empty installation with registers of its own, by file.
pub fn installation_with(folder: &Path, registers: &[(&str, &str)]) -> Result<(App, Person), AppError> {
    let catalog = folder.join("catalog/base");
    let place = |source| jc_app::given::StoreError::File { doing: "write the bench's catalog", source };
    std::fs::create_dir_all(&catalog).map_err(place)?;
    for (name, text) in registers {
        std::fs::write(catalog.join(name), text).map_err(place)?;
    }
    let clock = Clock::Fixed(Instant(1_736_380_800_000));
    let app = App::open(Setup { data: folder.to_path_buf(), database: None, clock })?;
    let school = app.add_school("压测学校", true)?;
    Ok((app, Person::command_line(school)))
}

/// Imports a csv file into a register; gives its wrong rows.
pub fn take(app: &App, person: &Person, register: &str, file: &str, bytes: Vec<u8>) -> Result<BTreeSet<u32>, AppError> {
    take_next(app, person, register, file, 0, bytes, &mut Memory::default())
}

/// Imports a sheet of a file into a register, with what the imports before looked up; gives its wrong rows.
pub fn take_next(
    app: &App,
    person: &Person,
    register: &str,
    file: &str,
    sheet: usize,
    bytes: Vec<u8>,
    memory: &mut Memory,
) -> Result<BTreeSet<u32>, AppError> {
    let register = app.catalog().find_register(register).ok_or(AppError::NotFound)?;
    let limits = Limits::generous();
    let book = app.open_book(file, bytes.clone(), &limits)?;
    let request = Request {
        file: file.to_owned(),
        bytes,
        sheet,
        mapping: None,
        choice: Choice::GoodRows,
        state: RecordState::Submitted,
        lang: Lang::Zh,
        limits,
    };
    let report = app.keeper(person, register)?.import_next(&request, false, book, memory, &mut |_| {})?;
    let rows = report.findings.iter().filter_map(|finding| match finding.place {
        Place::Cell { row, .. } => Some(row),
        _ => None,
    });
    Ok(rows.collect())
}

/// The child that imports with the product; prints how many rows are wrong, or that they are not the right ones.
pub fn ours(folder: &Path) {
    let work = || -> Result<BTreeSet<String>, Box<dyn std::error::Error>> {
        let data = folder.join("ours");
        let (app, person) = installation(&data)?;
        let mut wrong = BTreeSet::new();
        for (register, name) in [("bench-person", "people"), ("bench-service", "services")] {
            let file = format!("{name}.csv");
            let rows = take(&app, &person, register, &file, std::fs::read(folder.join(&file))?)?;
            wrong.extend(rows.into_iter().map(|row| format!("{name},{row}")));
        }
        Ok(wrong)
    };
    match work() {
        Ok(wrong) => {
            let wanted = std::fs::read_to_string(folder.join("wrong.csv")).unwrap_or_default();
            // A person who is refused is unknown to the services below: those rows are wrong as well.
            let listed = wanted.lines().filter(|line| !wrong.contains(*line)).count();
            println!("{}{}", wrong.len(), if listed == 0 { "" } else { " WRONG ROWS MISSED" });
        }
        Err(error) => eprintln!("ours: {error:?}"),
    }
}

/// Runs both in turn and prints CPU seconds and their ratio.
pub fn paired(runs: usize) {
    let mut ratios = Vec::new();
    println!("run      ours     floor    ratio   wrong rows (ours / floor)");
    for run in 0..runs {
        let folder = match tempfile::tempdir() {
            Ok(folder) => folder,
            Err(error) => return eprintln!("{error}"),
        };
        if let Err(error) = data::write(folder.path()) {
            return eprintln!("{error}");
        }
        let (ours, ours_wrong) = child("ours", folder.path());
        let (floor, floor_wrong) = child("floor", folder.path());
        let ratio = ours / floor;
        println!("{run:<4} {ours:>8.2} {floor:>9.2} {ratio:>8.2}   {ours_wrong} / {floor_wrong}");
        ratios.push(ratio);
    }
    ratios.sort_by(f64::total_cmp);
    if let Some(median) = ratios.get(ratios.len() / 2) {
        println!("median ratio {median:.2}");
    }
}

/// CPU seconds of a child process (from the children's times of this one), and what it printed.
pub fn child(which: &str, folder: &Path) -> (f64, String) {
    let before = children_seconds();
    let Ok(program) = std::env::current_exe() else { return (0.0, String::new()) };
    let output = Command::new(program).args(["child", which]).arg(folder).output();
    let said =
        output.map(|o| String::from_utf8_lossy(&o.stdout).trim().to_owned() + &String::from_utf8_lossy(&o.stderr));
    (children_seconds() - before, said.unwrap_or_default())
}

/// User and system time of ended children, in seconds: the kernel counts in hundredths.
pub fn children_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks: f64 = [13, 14].iter().filter_map(|ix| fields.get(*ix)).filter_map(|t| t.parse::<f64>().ok()).sum();
    ticks / 100.0
}
