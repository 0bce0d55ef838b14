//! Strangers' spreadsheets and pictures are read by a process without rights; the program survives whatever becomes of it.

use crate::program::Bench;
use std::fs;
use std::io::{Read, Write};
use std::process::{Child, Command, Stdio};

/// A reader that has a file open and waits to be asked.
struct Waiting(Child);

impl Waiting {
    /// With a small csv file, of which the rows are wanted.
    fn start() -> Self {
        // A csv book with one sheet without a name.
        Self::answering(0, b"x.csv", b"a,b", b"B\0\x01\0\0\0\0\0\0\0\0")
    }

    fn answering(wanted: u8, name: &[u8], content: &[u8], expected: &[u8]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_jiangce"));
        command.arg("internal-read-sheet").env_clear().env("MIMALLOC_ARENA_RESERVE", "0");
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().expect("the program runs");
        let limits: [u64; 10] = [1 << 20, 1 << 20, 100, 10, 1000, 100, 1000, 1000, 64, 100];
        let mut file = vec![wanted];
        file.extend(limits.iter().flat_map(|n| n.to_le_bytes()));
        file.extend((name.len() as u32).to_le_bytes());
        file.extend(name);
        file.extend((content.len() as u64).to_le_bytes());
        file.extend(content);
        let input = child.stdin.as_mut().expect("a pipe");
        input.write_all(&file).and_then(|()| input.flush()).expect("it listens");
        let mut answer = vec![0; expected.len()];
        child.stdout.as_mut().expect("a pipe").read_exact(&mut answer).expect("it answers");
        assert_eq!(answer, expected);
        Self(child)
    }

    fn seen(&self, what: &str) -> String {
        fs::read_to_string(format!("/proc/{}/{what}", self.0.id())).expect("it is alive")
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
#[cfg(target_os = "linux")]
fn the_reader_has_no_rights() {
    let reader = Waiting::start();
    let status = reader.seen("status");
    for line in ["Seccomp:\t2", "NoNewPrivs:\t1", "Threads:\t1"] {
        assert!(status.contains(line), "{line} is not in:\n{status}");
    }
    let limits = reader.seen("limits");
    let limit = |name: &str| {
        let line = limits.lines().find_map(|line| line.strip_prefix(name)).expect("a limit");
        line.split_whitespace().take(2).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(limit("Max address space"), ["536870912", "536870912"]);
    assert_eq!(limit("Max cpu time"), ["10", "11"]);
    assert_eq!(limit("Max file size"), ["0", "0"]);
    assert_eq!(limit("Max open files"), ["0", "0"]);
    assert_eq!(limit("Max core file size"), ["0", "0"]);
    assert_eq!(reader.seen("environ"), "MIMALLOC_ARENA_RESERVE=0\0");
}

#[test]
#[cfg(target_os = "linux")]
fn a_reader_that_cannot_be_confined_reads_nothing() {
    // With a gigabyte in view from the start the limit on memory would hold nothing.
    let mut command = Command::new(env!("CARGO_BIN_EXE_jiangce"));
    command.arg("internal-read-sheet").env("MIMALLOC_ARENA_RESERVE", "1G").stdin(Stdio::null());
    assert_eq!(command.output().expect("it runs").status.code(), Some(77));
}

#[test]
fn pictures_lose_their_remarks_in_the_reader() {
    let photo = b"\xff\xd8\xff\xfe\0\x06HERE\xff\xc0\0\x0b\x08\0\x02\0\x03\x01\x01\x11\0\xff\xda\0\x02scan\xff\xd9";
    let kept = b"\xff\xd8\xff\xc0\0\x0b\x08\0\x02\0\x03\x01\x01\x11\0\xff\xda\0\x02scan\xff\xd9";
    let answer = [&b"P\x01\x06\0\0\0\0\0\0\0"[..], &(kept.len() as u32).to_le_bytes(), kept].concat();
    Waiting::answering(2, b"x.jpg", photo, &answer);
}

#[test]
fn an_import_goes_through_the_reader() {
    let bench = Bench::college();
    bench.write("部门.csv", "部门名称\n机电工程系\n");
    bench.run(&["import", "部门.csv"]).ends(0).says("新增 1");
    bench.run(&["import", "部门.csv", "--limits", "generous"]).ends(0).says("相同 1");
    bench.write("坏.xlsx", "PK\u{3}\u{4}");
    bench.run(&["import", "坏.xlsx"]).ends(1).complains("INT-007");
}

#[test]
fn bombs_go_off_in_the_reader_only() {
    let bench = Bench::college();
    let kinds = jc_testkit::hostile::corpus();
    for (name, codes) in [
        // Either the bytes that come out are too many, or inflating them takes an unoptimised reader too long.
        ("bomb/sheet", ["INT-008", "INT-023"]),
        ("zip/entries-60000-overlapping", ["INT-009", "INT-009"]),
        ("place/row-of-a-million-columns", ["INT-016", "INT-016"]),
    ] {
        let kind = kinds.iter().find(|kind| kind.name == name).expect("a kind");
        fs::write(bench.path("x.xlsx"), &kind.bytes).expect("a file");
        let answer = bench.run(&["import", "x.xlsx", "--register", "department", "--dry-run"]).ends(1);
        let said = answer.out + &answer.err;
        assert!(codes.iter().any(|code| said.contains(code)), "{name}: {said}");
    }
}
