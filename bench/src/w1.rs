//! The standard import: 300,000 rows of five registers, one in a hundred wrong, as `gen.py w1` makes them, beside the
//! floor that is handed in.

use crate::import::{children_seconds, installation_with, take_next};
use jc_app::import::Memory;
use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

type Fault = Box<dyn std::error::Error + Send + Sync>;

const REGISTERS: [(&str, &str); 5] = [
    ("w-student.toml", include_str!("../catalog/w1/w-student.toml")),
    ("w-award.toml", include_str!("../catalog/w1/w-award.toml")),
    ("w-cert.toml", include_str!("../catalog/w1/w-cert.toml")),
    ("w-vol.toml", include_str!("../catalog/w1/w-vol.toml")),
    ("w-grad.toml", include_str!("../catalog/w1/w-grad.toml")),
];

/// Register, csv file, workbook and its sheet.
const FILES: [(&str, &str, &str, usize); 5] = [
    ("w-student", "students", "students", 0),
    ("w-award", "awards", "records", 0),
    ("w-cert", "certificates", "records", 1),
    ("w-vol", "volunteer", "records", 2),
    ("w-grad", "graduates", "records", 3),
];

/// The child that imports into an empty installation; says whether exactly the wrong rows were listed, and the most
/// memory it took.
pub fn ours(kind: &str, given: &Path) {
    let work = || -> Result<String, Fault> {
        let folder = tempfile::tempdir()?;
        let (app, person) = installation_with(folder.path(), &REGISTERS)?;
        let (mut listed, mut memory) = (BTreeSet::new(), Memory::default());
        for (register, csv, book, sheet) in FILES {
            let (name, sheet) = if kind == "csv" { (csv, 0) } else { (book, sheet) };
            let file = format!("{name}.{kind}");
            let bytes = std::fs::read(given.join(&file))?;
            let rows = take_next(&app, &person, register, &file, sheet, bytes, &mut memory)?;
            listed.extend(rows.into_iter().map(|row| format!("{csv},{row}")));
        }
        let wanted = std::fs::read_to_string(given.join("bad_rows.csv"))?;
        let place = |line: &str| line.splitn(3, ',').take(2).collect::<Vec<_>>().join(",");
        let wanted: BTreeSet<String> = wanted.lines().skip(1).map(place).collect();
        let verdict = if wanted == listed { "exactly the wrong rows" } else { "NOT THE WRONG ROWS" };
        Ok(format!("{} {verdict}, {} MiB at most", listed.len(), peak_mib()?))
    };
    match work() {
        Ok(said) => println!("{said}"),
        Err(error) => println!("FAILED: {error:?}"),
    }
}

/// Imports with the product and with the floor in turn; prints CPU seconds and the median of the ratios.
pub fn paired(given: &Path, floor: &Path, runs: usize) {
    for kind in ["csv", "xlsx"] {
        let mut ratios = Vec::new();
        for run in 0..runs.max(1) {
            let (own, said) = crate::import::child(&format!("w1-{kind}"), given);
            let before = children_seconds();
            let database = given.join("floor.db");
            let done = Command::new(floor).arg(format!("import-{kind}")).args([given, &database]).output();
            if !done.is_ok_and(|done| done.status.success()) {
                return eprintln!("the floor did not run");
            }
            let theirs = children_seconds() - before;
            println!("{run:<3} {kind:<5} ours {own:.2} floor {theirs:.2} ratio {:.2}   {said}", own / theirs);
            ratios.push(own / theirs);
        }
        ratios.sort_by(f64::total_cmp);
        println!("median of {kind}: {:.2}", ratios[ratios.len() / 2]);
    }
}

/// The most memory this process has held.
fn peak_mib() -> Result<u64, Fault> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).ok_or("no peak")?;
    Ok(line.trim().trim_end_matches("kB").trim().parse::<u64>()? / 1024)
}
