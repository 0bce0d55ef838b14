//! The machine fails: what was acknowledged stays, nothing is half done, and the message says what to do.

use crate::program::{Answer, Bench};
use jc_app::{App, Clock, Person, Setup};
use jc_base::{RecordId, SchoolId};
use std::fs::{self, Permissions};
use std::os::unix::fs::{FileExt as _, PermissionsExt as _};
use std::path::Path;

const REGISTER: &str = "family-event";
/// Rows of a file that makes the database grow by more than the small limits below.
const MANY: usize = 1500;

/// A file of meetings, told apart by a word.
fn meetings(word: &str, rows: usize) -> String {
    let row = |n: usize| format!("家长会,{word}第{n}场,2024-05-{:02}\n", 1 + n % 28);
    format!("类别,主题,日期\n{}", (0..rows).map(row).collect::<String>())
}

fn import(file: &str) -> [&str; 4] {
    ["import", file, "--register", REGISTER]
}

/// A college with 40 meetings, and a file of many more.
fn college() -> Bench {
    let bench = Bench::college();
    bench.write("一.csv", &meetings("甲", 40));
    bench.write("二.csv", &meetings("乙", MANY));
    bench.run(&import("一.csv")).ends(0);
    bench
}

/// The records there are, all as they were written.
fn whole(bench: &Bench) -> usize {
    let report = bench.run(&["verify", "--json"]).ends(0).json();
    assert_eq!(report["touched"], serde_json::json!([]));
    report["records"].as_u64().expect("a number") as usize
}

fn nothing_written(answer: Answer) {
    answer.ends(3).complains("磁盘已满").complains("什么也没有写入").complains("再运行一次");
}

#[test]
fn on_a_full_disk_a_file_is_imported_whole_or_not_at_all() {
    let bench = college();
    let mut refused = 0;
    for kib in [8, 40, 64, 100, 160, 256] {
        let answer = bench.run_on_full_disk(kib, &import("二.csv"));
        if answer.code == 0 {
            assert_eq!(whole(&bench), 40 + MANY, "{kib} KiB");
            break;
        }
        nothing_written(answer);
        assert_eq!(whole(&bench), 40, "{kib} KiB");
        refused += 1;
    }
    assert!(refused >= 3, "the disk was full {refused} times");
    // What is there can be read meanwhile; a single write is refused the same way; with space again all goes on.
    bench.run_on_full_disk(40, &["verify"]).ends(0).says("一切与当初写入的一致");
    bench.run_on_full_disk(40, &["figures", "--year", "2024"]).ends(0);
    nothing_written(bench.run_on_full_disk(8, &["user", "add", "wangli", "--role", "leadership"]));
    bench.run(&["user", "add", "wangli", "--role", "leadership"]).ends(0);
    bench.run(&import("二.csv")).ends(0);
    assert_eq!(whole(&bench), 40 + MANY);
}

#[test]
fn a_backup_onto_a_full_disk_leaves_nothing_that_looks_like_one() {
    let bench = college();
    let answer = bench.run_on_full_disk(100, &["backup", "备份"]).ends(3);
    assert!(answer.err.contains("磁盘"), "{}", answer.err);
    assert!(!bench.path("备份").exists());
    bench.run(&["backup", "备份"]).ends(0);
}

#[test]
fn what_is_read_only_is_said_to_be() {
    let bench = college();
    let (folder, file) = (bench.path("data"), bench.path("data/jiangce.db"));
    let set = |path: &Path, mode: u32| fs::set_permissions(path, Permissions::from_mode(mode)).expect("permissions");
    set(&file, 0o444);
    let answer = bench.run_bound(&import("二.csv"));
    let head = bench.run_bound(&["audit", "head"]).ends(0).says("jiangce-head/1 school=1 seq=").out;
    assert!(!head.contains("signed="), "no key can be made: {head}");
    set(&file, 0o644);
    nothing_written(answer.complains("不可写"));
    bench.run_bound(&["audit", "head"]).ends(0).says("signed=");
    set(&folder, 0o555);
    let answer = bench.run_bound(&import("二.csv"));
    set(&folder, 0o755);
    nothing_written(answer.complains("权限"));
    assert_eq!(whole(&bench), 40);
    bench.run_bound(&import("二.csv")).ends(0);
}

#[test]
fn two_programs_at_once_wait_for_each_other() {
    let bench = college();
    bench.write("三.csv", &meetings("丙", MANY));
    let run = |file: &'static str| {
        let bench = &bench;
        move || bench.run(&import(file)).ends(0)
    };
    std::thread::scope(|scope| {
        let both = [scope.spawn(run("二.csv")), scope.spawn(run("三.csv"))];
        both.into_iter().for_each(|run| drop(run.join().expect("it ends well").says(&format!("新增 {MANY}"))));
    });
    assert_eq!(whole(&bench), 40 + 2 * MANY);
    // The same file twice: the one that comes second finds nothing new.
    bench.write("四.csv", &meetings("丁", 200));
    let said: Vec<String> = std::thread::scope(|scope| {
        let both = [scope.spawn(run("四.csv")), scope.spawn(run("四.csv"))];
        both.into_iter().map(|run| run.join().expect("it ends well").out).collect()
    });
    assert_eq!(said.iter().filter(|out| out.contains("新增 200")).count(), 1, "{said:?}");
    assert_eq!(said.iter().filter(|out| out.contains("相同 200")).count(), 1, "{said:?}");
    assert_eq!(whole(&bench), 240 + 2 * MANY);
}

#[test]
fn damaged_pages_are_named_and_nothing_panics() {
    const PAGE: u64 = 4096;
    let bench = college();
    bench.run(&import("二.csv")).ends(0);
    // A backup has no free pages: every one of its pages holds something.
    bench.run(&["backup", "备份"]).ends(0);
    let copy = bench.path("坏/jiangce.db");
    fs::create_dir_all(bench.path("坏")).expect("a folder");
    fs::copy(bench.path("data/field.keys"), bench.path("坏/field.keys")).expect("the keys");
    let pages = fs::metadata(bench.path("备份/jiangce.db")).expect("the copy").len() / PAGE;
    let (mut named, mut last) = (0, String::new());
    for page in (0..pages).step_by((pages / 15) as usize) {
        fs::copy(bench.path("备份/jiangce.db"), &copy).expect("a copy");
        let file = fs::OpenOptions::new().write(true).open(&copy).expect("the copy opens");
        file.write_all_at(&[0xa5; PAGE as usize], page * PAGE).expect("damaged");
        drop(file);
        let answer = bench.run(&["verify", "--data", "坏"]);
        match answer.code {
            1 => {
                assert!(
                    answer.out.contains("页面已损坏") && answer.out.contains("从备份核对"),
                    "{page}: {}",
                    answer.out
                );
                named += usize::from(answer.out.contains(&format!("{REGISTER} 的页面已损坏")));
                last = answer.out;
            }
            3 => drop(answer.complains("数据库文件已损坏").complains("jiangce restore")),
            code => panic!("page {page} of {pages} ends with {code}:\n{}\n{}", answer.out, answer.err),
        }
        for command in [&["figures", "--year", "2024"][..], &import("一.csv")] {
            let answer = bench.run(&[command, &["--data", "坏"]].concat());
            assert!(answer.code == 0 || answer.err.contains("数据库文件已损坏"), "{page}: {}", answer.err);
            assert!(!answer.err.contains("panicked"), "{page}: {}", answer.err);
        }
    }
    assert!(named > 0, "the register was named: {last}");
    assert_eq!(whole(&bench), 40 + MANY, "the data itself was not touched");
}

#[test]
fn a_missing_paper_is_named() {
    let bench = college();
    let setup = Setup { data: bench.path("data"), database: None, clock: Clock::System };
    let app = App::open(setup).expect("the data opens");
    let catalog = app.catalog();
    let register = catalog.find_register(REGISTER).expect("a register");
    let person = Person {
        school: SchoolId(1),
        account: Some(RecordId([1; 16])),
        login: "keeper".into(),
        name: "填报员".into(),
        roles: vec!["keeper".into()],
        ties: Vec::new(),
        must_change: false,
        must_enrol: false,
        given: None,
        by: Vec::new(),
        office: Some(catalog.offices[catalog.registers[register].kept_by].id.clone()),
    };
    let records = app.viewer(&person).list(register, &Default::default()).expect("a list").records;
    let keeper = app.keeper(&person, register).expect("a keeper");
    keeper.attach(&[records[0].id], "attendance-sheet", "a.pdf", b"%PDF-1.7 a").expect("a paper");
    drop(app);
    assert_eq!(whole(&bench), 40);
    let folders = fs::read_dir(bench.path("data/evidence")).expect("a folder").flatten();
    let mut files = folders.flat_map(|entry| fs::read_dir(entry.path()).expect("a folder").flatten());
    let paper = files.next().expect("a file").path();
    fs::remove_file(&paper).expect("removed");
    let digest = paper.file_name().expect("a name").to_string_lossy().into_owned();
    bench.run(&["verify"]).ends(1).says("佐证文件不见了").says(&digest[..16]).says("从备份核对");
    let touched = bench.run(&["verify", "--json"]).ends(1).json();
    assert_eq!(touched["touched"][0]["what"], "evidence-missing");
}
