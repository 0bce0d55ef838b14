//! The annual report of the sample college as PDF and as Word file, each made by a process of its own that begins with
//! nothing; beside it the report of `w5.py`, thirty pages set by Typst and written by python-docx, in the same run.

use crate::growth::cpu_seconds;
use crate::import::{child, children_seconds};
use jc_app::app::{App, Clock, Setup};
use jc_app::given::{FileKind, Profile};
use jc_app::report::{Step, Wanted};
use jc_app::{Person, demo};
use jc_base::Instant;
use std::path::Path;
use std::process::Command;

/// 9 January 2025: the year reported is over.
const NOW: Instant = Instant(1_736_380_800_000);

type Fault = Box<dyn std::error::Error>;

fn open(folder: &Path) -> Result<App, Fault> {
    let data = folder.join("college");
    std::fs::create_dir_all(&data)?;
    Ok(App::open(Setup { data, database: None, clock: Clock::Fixed(NOW) })?)
}

/// The child that makes a file; prints its size, its figures, and CPU seconds of each part of making it.
pub fn ours(kind: &str, folder: &Path) {
    let work = || -> Result<String, Fault> {
        let app = open(folder)?;
        let school = app.schools()?.first().ok_or("no school")?.0;
        let kind = FileKind::parse(kind).ok_or("no such kind of file")?;
        let wanted = Wanted {
            template: "annual".into(),
            year: 2024,
            profile: Profile::Internal,
            address: "https://school.example/v/".into(),
        };
        let mut begun: Vec<(Step, f64)> = Vec::new();
        let mut begin = |step| begun.push((step, cpu_seconds()));
        let made = app.viewer(&Person::command_line(school)).write_report(&wanted, kind, &mut begin)?;
        let over = begun.iter().skip(1).map(|(_, at)| *at).chain([cpu_seconds()]);
        let parts = begun.iter().zip(over).map(|((step, from), until)| format!("{step:?} {:.2}", until - from));
        let parts = parts.collect::<Vec<_>>().join(" ").to_lowercase();
        Ok(format!("{} kB, {} figures; {parts}", made.bytes.len() / 1000, made.holds))
    };
    match work() {
        Ok(said) => println!("{said}"),
        Err(error) => println!("FAILED: {error:?}"),
    }
}

/// Runs ours, and the contenders of `w5.py` if its file is given with the Python that has what it needs, in turn; prints
/// CPU seconds.
pub fn run(runs: usize, peer: Option<(&str, &str)>) {
    let made = tempfile::tempdir().map_err(Fault::from).and_then(|folder| {
        demo::build(&open(folder.path())?, &mut |_| {})?;
        Ok(folder)
    });
    let folder = match made {
        Ok(folder) => folder,
        Err(error) => return eprintln!("{error:?}"),
    };
    let out = folder.path().join("w5");
    if let Some(peer) = peer {
        theirs(peer, "sources", &out);
    }
    let mut medians: Vec<(&str, Vec<f64>)> = Vec::new();
    for run in 0..runs.max(1) {
        for kind in ["pdf", "docx"] {
            let (seconds, said) = child(&format!("report-{kind}"), folder.path());
            println!("{run:<3} ours {kind:<5} {seconds:>6.2}   {said}");
            note(&mut medians, kind, seconds);
        }
        for what in peer.map_or(&[][..], |_| &["typst", "docx"]) {
            let Some((seconds, said)) = peer.and_then(|peer| theirs(peer, what, &out)) else { continue };
            println!("{run:<3} w5 {what:<7} {seconds:>6.2}   {said} bytes");
            note(&mut medians, if *what == "typst" { "w5 typst" } else { "w5 docx" }, seconds);
        }
    }
    for (what, mut seconds) in medians {
        seconds.sort_by(f64::total_cmp);
        println!("median {what:<9} {:.2} cpu-s", seconds[seconds.len() / 2]);
    }
}

fn note<'w>(medians: &mut Vec<(&'w str, Vec<f64>)>, what: &'w str, seconds: f64) {
    match medians.iter_mut().find(|(known, _)| *known == what) {
        Some((_, all)) => all.push(seconds),
        None => medians.push((what, vec![seconds])),
    }
}

/// CPU seconds of a contender, and what it printed; nothing, said aloud, if it could not run.
fn theirs((python, script): (&str, &str), what: &str, out: &Path) -> Option<(f64, String)> {
    let before = children_seconds();
    let done = Command::new(python).arg(script).arg(what).arg(out).output();
    let seconds = children_seconds() - before;
    match done {
        Ok(done) if done.status.success() => Some((seconds, String::from_utf8_lossy(&done.stdout).trim().to_owned())),
        Ok(done) => {
            eprintln!("SKIPPED: {what} of {script}: {}", String::from_utf8_lossy(&done.stderr).trim());
            None
        }
        Err(error) => {
            eprintln!("SKIPPED: {what} of {script}: {error}");
            None
        }
    }
}
