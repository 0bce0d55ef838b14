//! The table given back with its findings.

use crate::support::{CATALOG, Known, guess, open, register, rows};
use jc_base::{Finding, Lang};
use jc_intake::annotate;
use jc_intake::fit::Fitter;
use std::io::{Cursor, Read};

#[test]
fn the_copy_carries_its_findings() {
    let text = "学号,姓名,备注\n00101,,=HYPERLINK(\"http://x\")\n00102,李四,+1\n00101,王五,\n";
    let mapping = guess("student", text).mapping.unwrap();
    let mut book = open("新生.csv", text).unwrap();
    let limits = book.limits().clone();
    let mut fitter = Fitter::new(&CATALOG, register("student"), mapping, book.site(0), Lang::Zh, &limits);
    let mut findings = Vec::new();
    let mut stream = book.rows(0).unwrap();
    while let Some(row) = stream.next().unwrap() {
        fitter.fit(&row, &mut Known, &mut findings);
    }
    drop(stream);
    let say = |finding: &Finding| {
        let words = jc_words::finding(Lang::Zh, finding);
        format!("{}\n{}", words.what, words.mend)
    };
    let bytes = annotate::workbook(&mut book, 0, &findings, "导入时的问题", &say).unwrap();
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes.clone())).unwrap();
    let mut part = |name: &str| {
        let mut text = String::new();
        zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    };
    assert!(part("xl/comments1.xml").contains("「姓名」必须填写"));
    let sheet = part("xl/worksheets/sheet1.xml");
    assert!(!sheet.contains("<f>") && !sheet.contains("<v>00101</v>"), "cells are text: {sheet}");
    insta::assert_snapshot!(rows("x.xlsx", bytes), @r#"
    [新生.csv]
    1:学号|姓名|备注
    2:00101||=HYPERLINK("http://x")
    3:00102|李四|+1
    4:00101|王五
    [导入时的问题]
    1:||导入时的问题
    2:B2|INT-040|「姓名」必须填写
    补上内容
    3:A4|INT-042|「学号」重复：“00101”前面已有
    同一条记录只留一行；不是同一条，就改正其中一个
    "#);
}
