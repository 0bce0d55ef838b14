//! How fast files are read and fitted: `cargo run --release -p jc-intake --example fit_speed [file.csv|file.xlsx …]`.
//!
//! Without files it makes its own: 300,000 rows of ten columns, as csv and (100,000 of them) as xlsx. Prints the
//! processor seconds (Linux) of a plain walk over the cells, and of the whole way to values. Judge by ratios in the same run.

#![allow(missing_docs, clippy::unwrap_used)]

use jc_base::{Lang, RecordId};
use jc_catalog::{Catalog, SourceFile, load};
use jc_intake::fit::{Fit, Fitter};
use jc_intake::limits::Limits;
use jc_intake::resolve::Resolution;
use jc_intake::{book, headings};
use std::collections::HashMap;
use std::fmt::Write;

fn main() {
    let catalog = catalog();
    let files: Vec<String> = std::env::args().skip(1).collect();
    if files.is_empty() {
        measure(&catalog, "own.csv", own_csv(300_000).into_bytes());
        measure(&catalog, "own.xlsx", own_xlsx(100_000));
    }
    for file in files {
        let bytes = std::fs::read(&file).unwrap();
        measure(&catalog, &file, bytes);
    }
}

fn measure(catalog: &Catalog, name: &str, bytes: Vec<u8>) {
    let size = bytes.len();
    let limits = Limits::generous();
    let start = cpu_seconds();
    let mut book = book::open(name, bytes, &limits).unwrap();
    let opened = cpu_seconds() - start;
    let start = cpu_seconds();
    let (mut cells, mut length) = (0usize, 0usize);
    let mut stream = book.rows(0).unwrap();
    while let Some(row) = stream.next().unwrap() {
        for cell in row.cells() {
            cells += 1;
            if let jc_intake::row::Cell::Text(text) | jc_intake::row::Cell::Number(text) = cell {
                length += text.len();
            }
        }
    }
    drop(stream);
    let walked = cpu_seconds() - start;

    let classes: HashMap<String, RecordId> = (0..200u8).map(|n| (format!("电气22{n:02}"), RecordId([n; 16]))).collect();
    let mut resolver = |_: usize, text: &str, _: Option<&str>| match classes.get(text) {
        Some(id) => Resolution::Found(*id),
        None => Resolution::Unknown { near: None },
    };
    let start = cpu_seconds();
    let first = book.first_rows(0, headings::LOOKED_AT).unwrap();
    let register = catalog.find_register("pupil").unwrap();
    let site = book.site(0);
    let guess = headings::find(&first, catalog, register, &[], &site, Lang::Zh);
    let mut findings = guess.findings;
    let Some(mapping) = guess.mapping else { panic!("{findings:#?}") };
    let mut fitter = Fitter::new(catalog, register, mapping, site, Lang::Zh, &limits);
    let (mut good, mut bad) = (0, 0);
    let mut stream = book.rows(0).unwrap();
    while let Some(row) = stream.next().unwrap() {
        match fitter.fit(&row, &mut resolver, &mut findings) {
            Fit::Row(_) => good += 1,
            Fit::Rejected => bad += 1,
            Fit::Blank | Fit::Note => {}
        }
    }
    fitter.finish(stream.merges(), &mut findings);
    let fitted = cpu_seconds() - start;
    println!(
        "{name}: {} KiB, {cells} cells of {length} bytes; open {:.3} s, walk {:.3} s, walk and fit {:.3} s; {good} good, {bad} bad, {} findings",
        size >> 10,
        opened,
        walked,
        fitted,
        findings.len()
    );
}

/// Seconds this thread has had of a processor: on a busy machine the only figure that holds.
fn cpu_seconds() -> f64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = text.split(' ').next().and_then(|n| n.parse::<f64>().ok()).unwrap_or(f64::NAN);
    nanoseconds / 1e9
}

const HEADINGS: [&str; 10] =
    ["学号", "姓名", "性别", "身份证号", "出生日期", "班级", "入学日期", "成绩", "住校", "备注"];

fn rows(count: u32) -> impl Iterator<Item = [String; 10]> {
    (0..count).map(|n| {
        let day = 1 + n % 28;
        let month = 1 + n / 28 % 12;
        let id = with_check(&format!("330106{}{month:02}{day:02}{:03}", 1950 + n / 336 % 60, n / 20_160 % 1000));
        [
            format!("20{:08}", n),
            ["王明", "李晓华", "欧阳娜娜", "张三"][n as usize % 4].to_owned(),
            ["男", "女"][n as usize % 2].to_owned(),
            id,
            format!("{}-{month:02}-{day:02}", 1950 + n / 336 % 60),
            format!("电气22{:02}", n % 100),
            "2022-09-01".to_owned(),
            format!("{}.5", n % 100),
            ["是", "否"][n as usize % 2].to_owned(),
            ["", "市级技能竞赛一等奖", "学生会干部"][n as usize % 3].to_owned(),
        ]
    })
}

fn with_check(digits: &str) -> String {
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = digits.bytes().zip(weights).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    format!("{digits}{}", char::from(b"10X98765432"[(sum % 11) as usize]))
}

fn own_csv(count: u32) -> String {
    let mut out = format!("\u{FEFF}{}\r\n", HEADINGS.join(","));
    for row in rows(count) {
        write!(out, "{}\r\n", row.join(",")).unwrap();
    }
    out
}

fn own_xlsx(count: u32) -> Vec<u8> {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    for (column, heading) in (0..).zip(HEADINGS) {
        sheet.write_string(0, column, heading).unwrap();
    }
    for (at, row) in (1..).zip(rows(count)) {
        for (column, cell) in (0..).zip(row) {
            match column {
                7 => sheet.write_number(at, column, cell.parse::<f64>().unwrap()).unwrap(),
                _ => sheet.write_string(at, column, cell).unwrap(),
            };
        }
    }
    workbook.save_to_buffer().unwrap()
}

fn catalog() -> Catalog {
    let field = |id: &str, kind: &str, name: &str, rest: &str| {
        format!(
            "[[field]]\nid = \"{id}\"\ntype = \"{kind}\"\nname = {{ zh = \"{name}\", en = \"{id}\", de = \"{id}\" }}\n{rest}\n"
        )
    };
    let head = |id: &str, name: &str, key: &str| {
        format!(
            "[register]\nid = \"{id}\"\nname = {{ zh = \"{name}\", en = \"{id}\", de = \"{id}\" }}\nkey = [\"{key}\"]\nkept_by = \"office\"\nverified_by = \"other\"\n"
        )
    };
    let code = |code: &str, name: &str| {
        format!("[[code]]\ncode = \"{code}\"\nname = {{ zh = \"{name}\", en = \"{code}\", de = \"{code}\" }}\n")
    };
    let pupil = [
        head("pupil", "学生", "number"),
        field("number", "text", "学号", "required = true"),
        field("name", "person-name", "姓名", "required = true"),
        field("sex", "code:sex", "性别", ""),
        field("id_number", "id-number", "身份证号", "unique = true"),
        field("born", "date", "出生日期", ""),
        field("group", "ref:group", "班级", ""),
        field("entered", "date", "入学日期", ""),
        field("score", "decimal:1", "成绩", ""),
        field("boarding", "boolean", "住校", ""),
        field("remark", "text", "备注", ""),
    ];
    let sources = [
        ("offices.toml", "[[office]]\nid = \"office\"\nname = { zh = \"甲\", en = \"a\", de = \"a\" }\n[[office]]\nid = \"other\"\nname = { zh = \"乙\", en = \"b\", de = \"b\" }\n".to_owned()),
        ("units.toml", "[[unit]]\nid = \"person\"\nname = { zh = \"人\", en = \"p\", de = \"p\" }\n".to_owned()),
        ("codes/sex.toml", format!("[list]\nid = \"sex\"\nname = {{ zh = \"性别\", en = \"sex\", de = \"sex\" }}\nsource = {{ document = \"x\", checked = 2026-01-01 }}\n{}{}", code("1", "男"), code("2", "女"))),
        ("base/group.toml", head("group", "班级", "name") + &field("name", "text", "班级名称", "required = true")),
        ("base/pupil.toml", pupil.concat()),
    ]
    .map(|(path, text)| SourceFile { path: path.to_owned(), text: text.into() });
    let (catalog, findings) = load(&sources);
    catalog.unwrap_or_else(|| panic!("{findings:#?}"))
}
