//! Power cuts that lose every page that was not flushed, or some of them: a program imports, attaches papers, verifies, makes a
//! backup and applies a changed catalog, and says so after each. What it did to its files is recorded; at many moments the
//! disk is put together as it would be found, and opened. What was said is there, nothing is half there, nothing verifies as
//! touched.
//!
//! `JIANGCE_POWER_CUTS` says how many moments.

use crate::disk::{Deed, Disk, Lost, deeds};
use crate::open;
use crate::said::{Said, round};
use jc_app::app::{App, Clock, KEYS, Setup};
use jc_app::{AppError, backup, catalogs};
use jc_base::Instant;
use jc_store::StoreError;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

const ROOT: &str = "JIANGCE_POWER_ROOT";
const JOURNAL: &str = "JIANGCE_POWER_JOURNAL";
const ROUNDS: usize = 12;
const CUTS: usize = 20;
const SEED: u64 = 20_260_831;
/// The register's own file, and what the school adds to it: every page has to be totalled again.
const OWN: &str = "wellbeing/family-event.toml";
const MORE: &str = "\n[[measure]]\nid = \"sessions\"\nname = { zh = \"场数\", en = \"Sessions\", de = \"Termine\" }\n\
                    count = \"TRUE\"\nunit = \"session\"\n";

/// The program whose machine loses its power.
#[test]
fn writer() {
    let Some(root) = std::env::var_os(ROOT) else { return };
    let root = Path::new(&root);
    let data = root.join("data");
    let mut out = std::io::stdout();
    let mut say = |what: String| writeln!(out, "{what}").and_then(|()| out.flush()).expect("someone listens");
    let app = open(&data);
    app.add_school("测试学院", true).expect("a school");
    say("\nready".into());
    for number in 0..ROUNDS {
        round(&app, number, &mut say);
        if number == ROUNDS / 2 {
            backup::create(&app, &root.join("backup")).expect("a backup");
            say("backup".into());
        }
    }
    let own = data.join("catalog").join(OWN);
    jc_store::lasting::folder(own.parent().expect("a folder")).expect("a folder");
    let shipped = jc_catalog::shipped().into_iter().find(|file| file.path == OWN).expect("the register's file");
    jc_store::lasting::write(&own, (shipped.text + MORE).as_bytes(), jc_store::lasting::For::Anyone).expect("the file");
    say("catalog".into());
    catalogs::apply(&setup(&data), &data.join(KEYS), false).expect("applied");
    say("applied".into());
    // Nothing is tidied up: the machine is without power.
    std::process::exit(0);
}

fn setup(data: &Path) -> Setup {
    Setup { data: data.to_owned(), database: None, clock: Clock::Fixed(Instant(1_736_380_800_000)) }
}

/// Runs the program under the recorder.
fn recorded() -> Vec<Deed> {
    let folder = tempfile::tempdir().expect("a folder");
    let library = folder.path().join("recorder.so");
    let built = Command::new("cc")
        .args(["-shared", "-fPIC", "-O1", "-o"])
        .arg(&library)
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/crash/recorder.c"))
        .arg("-ldl")
        .status()
        .expect("the compiler that SQLite is built with");
    assert!(built.success());
    let root = folder.path().join("disk");
    std::fs::create_dir_all(root.join("data")).expect("a folder");
    let journal = folder.path().join("journal");
    let ran = Command::new(std::env::current_exe().expect("this program"))
        .args(["power::writer", "--exact", "--nocapture", "--test-threads=1"])
        .env(ROOT, &root)
        .env(JOURNAL, &journal)
        .env("LD_PRELOAD", &library)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .status()
        .expect("the program starts");
    assert!(ran.success());
    deeds(&std::fs::read(journal).expect("the journal"))
}

/// Opens what is found, and tells what is lost or wrong.
fn look(root: &Path, said: &Said) -> Result<(), String> {
    let data = root.join("data");
    let told = |what: &str, error: AppError| format!("{what}: {error:?}");
    let app = match App::open(setup(&data)) {
        Err(AppError::Store(StoreError::CatalogChanged)) if !said.applied => {
            catalogs::apply(&setup(&data), &data.join(KEYS), false).map_err(|error| told("apply again", error))?;
            App::open(setup(&data))
        }
        other => other,
    };
    let app = app.map_err(|error| told("open", error))?;
    if app.schools().map_err(|error| told("schools", error))?.is_empty() {
        return if said.ready { Err("the school is lost".into()) } else { Ok(()) };
    }
    said.holds(&app)?;
    if said.backup {
        backup::restore(&root.join("backup"), &root.join("restored")).map_err(|error| told("restore", error))?;
    }
    Ok(())
}

/// What is found after all was said, if flushing did nothing for some.
fn without(all: &[Deed], forgotten: impl Fn(&Deed) -> bool) -> Result<(), String> {
    let (mut disk, mut said) = (Disk::with_folder("data"), Said::default());
    for deed in all {
        if !forgotten(deed) {
            disk.take(deed);
        }
        if let Deed::Said(text) = deed {
            said.hear(text);
        }
    }
    let folder = tempfile::tempdir().expect("a folder");
    disk.write(folder.path(), &Lost::All, &mut |_| 0);
    look(folder.path(), &said)
}

#[test]
fn what_was_said_is_found_when_the_power_is_back() {
    let cuts = std::env::var("JIANGCE_POWER_CUTS").ok().and_then(|cuts| cuts.parse().ok()).unwrap_or(CUTS);
    let all = recorded();
    let flushes = all.iter().filter(|deed| matches!(deed, Deed::Flushed { .. } | Deed::FlushedNames { .. })).count();
    assert!(flushes > 3 * ROUNDS, "the recorder saw {} deeds and {flushes} flushes", all.len());
    let mut state = SEED;
    let mut chance = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((state >> 33) as usize) % below.max(1)
    };
    let mut moments: Vec<usize> = (0..cuts).map(|_| chance(all.len() + 1)).collect();
    moments.sort_unstable();
    let (mut disk, mut said, mut done) = (Disk::with_folder("data"), Said::default(), 0);
    for (cut, moment) in moments.into_iter().enumerate() {
        for deed in &all[done..moment] {
            disk.take(deed);
            if let Deed::Said(text) = deed {
                said.hear(text);
            }
        }
        done = moment;
        let folder = tempfile::tempdir().expect("a folder");
        let lost = if cut % 2 == 0 { Lost::All } else { Lost::Some };
        disk.write(folder.path(), &lost, &mut chance);
        if let Err(wrong) = look(folder.path(), &said) {
            panic!("cut {cut} of {cuts}, after deed {moment} of {} (seed {SEED}): {wrong}", all.len());
        }
    }
    // The same checks see what is lost where flushing is forgotten.
    assert_eq!(without(&all, |_| false), Ok(()));
    let lost = without(&all, |deed| matches!(deed, Deed::Flushed { .. })).expect_err("no file is flushed");
    assert!(!lost.is_empty());
    let papers = |path: &str| path.starts_with("data/evidence");
    let lost = without(&all, |deed| matches!(deed, Deed::FlushedNames { path } if papers(path)));
    assert!(lost.expect_err("no paper's name is flushed").starts_with("a paper"));
    // While records are written; a backup copies the log into the file.
    let written = all.iter().position(|deed| matches!(deed, Deed::Said(text) if text.trim().starts_with("verified")));
    let written = &all[..=written.expect("a record was verified")];
    let logs: Vec<u64> = written
        .iter()
        .filter_map(|deed| match deed {
            Deed::Made { inode, path } if path.ends_with("db-wal") => Some(*inode),
            _ => None,
        })
        .collect();
    let lost = without(written, |deed| matches!(deed, Deed::Flushed { inode } if logs.contains(inode)));
    assert!(lost.is_err(), "SQLite's log is not flushed");
}
