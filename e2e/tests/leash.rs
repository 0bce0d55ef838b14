//! The leash holds: what a test starts ends with it.

use std::fs;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use e2e::Leashed;

fn sh(script: &str) -> Leashed {
    Leashed::start(Path::new("/bin/sh"), &["-c".into(), script.into()], &[], None).expect("a shell")
}

fn wait(what: impl Fn() -> bool) {
    let start = Instant::now();
    while !what() {
        assert!(start.elapsed() < Duration::from_secs(20), "waited too long");
        thread::sleep(Duration::from_millis(10));
    }
}

#[test]
fn hears_both_outputs_and_the_end() {
    let child = sh("echo one; echo two >&2");
    wait(|| child.has_ended());
    let mut said = child.said();
    said.sort();
    assert_eq!(said, ["one", "two"]);
}

#[test]
fn ends_the_program_and_its_children() {
    let child = sh("sleep 600 & echo $!; wait");
    wait(|| !child.said().is_empty());
    let grandchild = format!("/proc/{}/cmdline", child.said()[0]);
    assert!(fs::read_to_string(&grandchild).unwrap().contains("sleep"));
    drop(child);
    // A process that has ended but was not yet waited for has an empty command line.
    wait(|| fs::read_to_string(&grandchild).unwrap_or_default().is_empty());
}

#[test]
fn removes_the_folder() {
    let folder = tempfile::tempdir().unwrap().keep();
    let child = Leashed::start(Path::new("/bin/true"), &[], &[], Some(&folder)).unwrap();
    assert!(folder.exists());
    drop(child);
    assert!(!folder.exists());
}
