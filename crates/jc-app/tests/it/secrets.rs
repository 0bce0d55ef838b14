//! No full identity number is legible anywhere in the data folder: rows, history, journal, uploads.

use crate::people::{Own, open, request};
use jc_app::Person;
use jc_base::Value;
use std::path::Path;

/// Numbers whose digits stand nowhere else, with their students.
const NUMBERS: [(&str, &str); 3] =
    [("S1", "990101200803150019"), ("S2", "990101200911230024"), ("S3", "990101200705040035")];

fn legible(folder: &Path, number: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(legible(&path, number));
        } else {
            let content = std::fs::read(&path).expect("a file");
            if content.windows(10).any(|part| part == &number.as_bytes()[6..16]) {
                found.push(path.display().to_string());
            }
        }
    }
    found
}

#[test]
fn numbers_are_legible_nowhere_in_the_data_folder() {
    let folder = tempfile::tempdir().expect("a folder");
    let school = open(folder.path()).add_school("测试学院", true).expect("a school");
    let own = Own::at(folder.path(), school);
    for (register, text) in [
        ("department", "部门名称\n机电系\n"),
        ("major", "专业编号,专业名称,所属目录,所属部门\n0201-4,机电一体化,人社,机电系\n"),
        ("class", "班级名称,入学年份,专业,办学类型,开班日期\n24机电1班,2024,机电一体化,普通,2024-09-01\n"),
    ] {
        own.import(register, &request(&format!("{register}.csv"), text)).expect("an import");
    }
    let mut csv = "学号,姓名,班级,入学日期,身份证号\n".to_owned();
    for (no, number) in NUMBERS {
        csv.push_str(&format!("{no},张三,24机电1班,2024-09-01,{number}\n"));
    }
    let machine = Person::command_line(school);
    own.app.keep_upload(&machine, "student", "学生.csv", csv.as_bytes()).expect("an upload");
    let report = own.import("student", &request("学生.csv", csv)).expect("an import");
    assert!(report.committed, "{:?}", report.findings);
    // A correction, so that one number is only in the history.
    let again = "学号,姓名,班级,入学日期,身份证号\nS1,张三,24机电1班,2024-09-01,990101200612010021\n";
    let report = own.import("student", &request("更正.csv", again.to_owned())).expect("an import");
    assert_eq!((report.changed, report.rejected), (1, 0), "{:?}", report.findings);
    let student = own.register("student");
    let field = own.app.catalog().registers[student].find_field("id_number").expect("the field");
    let kept: Vec<Value> = own.records("student").iter().map(|record| record.values[field].clone()).collect();
    for (_, number) in &NUMBERS[1..] {
        assert!(kept.contains(&Value::Text((*number).to_owned())), "they are there for who may see them");
    }
    for number in NUMBERS.iter().map(|(_, number)| *number).chain(["990101200612010021"]) {
        assert_eq!(legible(folder.path(), number), Vec::<String>::new(), "{number}");
    }
    own.verified();
}
