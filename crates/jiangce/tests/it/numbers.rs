//! No command says a full identity number, whatever it is asked and whatever is wrong with it; nor does any file it leaves.

use crate::program::Bench;
use std::path::Path;

const NUMBER: &str = "990101200803150019";
/// Its last digit does not fit.
const WRONG: &str = "990101200803150018";
/// What nobody but the files people brought may say of either: the day of birth and what follows.
const TOLD: &str = "20080315001";

#[test]
fn no_command_says_a_full_identity_number() {
    let bench = Bench::college();
    let brought = [
        ("部门.csv", "部门名称\n机电系\n".to_owned()),
        ("专业.csv", "专业编号,专业名称,所属目录,所属部门\n0201-4,机电一体化,人社,机电系\n".to_owned()),
        (
            "班级.csv",
            "班级名称,入学年份,专业,办学类型,开班日期\n24机电1班,2024,机电一体化,普通,2024-09-01\n".to_owned(),
        ),
        ("学生.csv", format!("学号,姓名,班级,入学日期,身份证号\nS1,张三,24机电1班,2024-09-01,{NUMBER}\n")),
        (
            "错.csv",
            format!(
                "学号,姓名,班级,入学日期,身份证号\nS2,李四,24机电1班,2024-09-01,{WRONG}\nS3,王五,24机电1班,{NUMBER},{NUMBER}\nS4,{NUMBER},24机电1班,2024-09-01,9.90101E+17\n"
            ),
        ),
        ("文.txt", format!("张三的证号是{NUMBER}。2024年在校生1人。\n")),
    ];
    for (name, text) in &brought {
        bench.write(name, text);
    }
    for (name, _) in &brought[..4] {
        bench.run(&["import", name]).ends(0).says("新增 1");
    }
    let year = ["--year", "2024"];
    let asked: [&[&str]; 24] = [
        &["import", "学生.csv", "--dry-run"],
        &["import", "学生.csv", "--json"],
        &["import", "错.csv", "--register", "student"],
        &["import", "错.csv", "--register", "student", "--json"],
        &["import", "错.csv", "--register", "student", "--good-rows", "--bad-rows", "坏行.csv"],
        &["figures"],
        &["figures", "--json"],
        &["trace", "student-count"],
        &["trace", "student-count", "--json"],
        &["trace", NUMBER],
        &["check", "文.txt"],
        &["check", "文.txt", "--json"],
        &["report", "-o", "报告.html"],
        &["privacy", "copy", "S1", "-o", "本人.html"],
        &["privacy", "copy", NUMBER, "-o", "无.html"],
        &["privacy", "yearly"],
        &["privacy", "breach", "--account", NUMBER, "--from", "2024-01-01", "--to", "2024-12-31"],
        &["retention", "plan"],
        &["user", "list"],
        &["keys", "list"],
        &["verify"],
        &["verify", "--json"],
        &["audit", "head"],
        &["backup", "备份"],
    ];
    for arguments in asked {
        let dated = matches!(arguments[0], "figures" | "trace" | "report") || arguments.contains(&"yearly");
        let all = if dated { [arguments, &year].concat() } else { arguments.to_vec() };
        let answer = bench.run(&all);
        assert!(answer.code != 101, "{all:?}: {}", answer.err);
        for told in [&answer.out, &answer.err] {
            // What was typed as an argument stands on the screen already.
            let told = if all.contains(&NUMBER) { told.replace(NUMBER, "") } else { told.clone() };
            assert!(!told.contains(TOLD), "{all:?} says a number:\n{told}");
        }
    }
    let left = files(&bench.path(""));
    assert!(left.iter().any(|(path, _)| path.ends_with("报告.html")) && left.len() > 10, "{}", left.len());
    for (path, bytes) in left {
        let name = path.rsplit('/').next().unwrap_or_default();
        let own = brought.iter().any(|(brought, _)| *brought == name);
        let told = bytes.windows(TOLD.len()).any(|window| window == TOLD.as_bytes());
        assert!(own || !told, "{path} holds a number");
    }
}

fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            all.extend(files(&path));
        } else if let Ok(bytes) = std::fs::read(&path) {
            all.push((path.to_string_lossy().into_owned(), bytes));
        }
    }
    all
}
