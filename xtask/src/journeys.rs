//! `e2e`: journeys in a real browser.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use crate::{Result, shell};

pub const HELP: &str = "\
When: after changing a screen, to walk through the real program as people do.

cargo xtask e2e          all journeys
cargo xtask e2e WORD     those whose name contains WORD

Builds the program first. A journey that fails leaves a picture in target/e2e/. How to write one: `e2e/src/lib.rs`.
Where the machine lets it (`unshare`, `ip`), program and browser run where no network is but this machine's own; otherwise
only what the browser asks is looked at.
With JIANGCE_REQUIRE_ALL=1 a missing browser is a failure; otherwise journeys are then skipped, aloud.";

/// Builds the program and runs the journeys.
pub fn run(args: &[String]) -> Result {
    if let Some(option) = args.iter().find(|a| a.starts_with('-')) {
        return Err(format!("what is “{option}”? --help lists the options"));
    }
    shell::build_all()?;
    let words = arguments(args)?;
    shell::run(&mut shell::cargo(&words.iter().map(String::as_str).collect::<Vec<_>>())?)
}

/// The journeys of a program that is already built, as part of the whole test run: with clippy, and never without a browser.
pub fn whole_run() -> Result<Command> {
    let words = arguments(&[])?;
    let mut journeys = shell::cargo_with_clippy(&words.iter().map(String::as_str).collect::<Vec<_>>())?;
    journeys.env("JIANGCE_REQUIRE_ALL", "1");
    Ok(journeys)
}

/// What cargo is told: all tests of this package, or those whose name contains one of the words.
fn arguments(words: &[String]) -> Result<Vec<String>> {
    // Chosen by the names of their files within the whole workspace: `-p e2e` would choose other features for what
    // they depend on and compile that again.
    let mut args = vec!["test".to_string(), "--workspace".to_string(), "--locked".to_string()];
    match cut_off() {
        Some(way) => args.extend(["--config".to_string(), runner(way)]),
        None => eprintln!("!!! the network stays: this machine does not let us take it away (unshare --net, ip)"),
    }
    for name in files()? {
        args.extend(["--test".to_string(), name]);
    }
    args.push("--".to_string());
    args.extend(words.iter().cloned());
    Ok(args)
}

/// The ways into a network of one's own: for root, and for others where the system lets them.
const ALONE: [&[&str]; 2] = [&["unshare", "--net"], &["unshare", "--map-root-user", "--net"]];

/// The way that works here.
fn cut_off() -> Option<&'static [&'static str]> {
    ALONE.into_iter().find(|way| {
        let (program, options) = way.split_first().unwrap_or((&"", &[]));
        let mut command = Command::new(program);
        command.args(options).args(["sh", "-c", "ip link set lo up"]);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command.status().is_ok_and(|status| status.success())
    })
}

/// What cargo starts the tests with, once they are built, so that they have no network but this machine's own.
fn runner(way: &[&str]) -> String {
    let script = "ip link set lo up && export JIANGCE_CUT_OFF=1 && exec \"$@\"";
    let words: Vec<String> = way.iter().chain(&["sh", "-c", script, "alone"]).map(|word| format!("{word:?}")).collect();
    format!("target.'cfg(unix)'.runner=[{}]", words.join(", "))
}

/// The names of the tests: those of files, and of folders with a `main.rs`.
fn files() -> Result<Vec<String>> {
    let folder = shell::root()?.join("e2e/tests");
    let listing = fs::read_dir(&folder).map_err(|e| format!("cannot list e2e/tests: {e}"))?;
    let name = |path: PathBuf| {
        let is_test = path.extension().is_some_and(|end| end == "rs") || path.join("main.rs").exists();
        is_test.then(|| path.file_stem()?.to_str().map(String::from))?
    };
    let mut names: Vec<String> = listing.filter_map(|entry| name(entry.ok()?.path())).collect();
    names.sort();
    Ok(names)
}
