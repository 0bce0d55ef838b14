//! The six-chapter report read back by other programs: every paragraph, every row and every number, in all four files.
//! Nothing here is our own reader: `pdftotext` and `qpdf`, `unzip`, LibreOffice, and a spreadsheet reader.
#![cfg(feature = "pdf")]

use crate::people;
use crate::sample::college;
use calamine::{Data, Reader as _, Xlsx};
use jc_app::Person;
use jc_app::export::{self, Format};
use jc_app::given::{FileKind, Profile, Report};
use jc_app::report::Wanted;
use jc_base::Lang;
use jc_report::model::Block;
use jc_store::reader::ListQuery;
use std::collections::HashMap;
use std::io::Cursor;
use std::path::Path;
use std::process::Command;

/// What another program says of a file.
fn read_by(program: &str, arguments: &[&str]) -> Option<String> {
    match Command::new(program).args(arguments).output() {
        Ok(run) => {
            assert!(run.status.success(), "{program}: {}", String::from_utf8_lossy(&run.stderr));
            Some(String::from_utf8_lossy(&run.stdout).into_owned())
        }
        Err(_) => {
            assert!(std::env::var_os("JIANGCE_REQUIRE_ALL").is_none(), "{program} is missing on this machine");
            eprintln!("SKIPPED: {program} is not installed, so nothing but our own reader read the file");
            None
        }
    }
}

/// What LibreOffice makes of a file: opened, every formula worked out anew, and saved as another kind.
fn saved_by_office(folder: &Path, file: &str, kind: &str) -> Option<Vec<u8>> {
    // A profile of its own, in which formulas are always worked out when a file is opened.
    const ALWAYS: &str = "<oor:items xmlns:oor=\"http://openoffice.org/2001/registry\">\
        <item oor:path=\"/org.openoffice.Office.Calc/Formula/Load\">\
        <prop oor:name=\"OOXMLRecalcMode\" oor:op=\"fuse\"><value>0</value></prop></item></oor:items>";
    let (profile, out) = (folder.join("profile"), folder.join("saved"));
    std::fs::create_dir_all(profile.join("user")).expect("a folder");
    std::fs::write(profile.join("user/registrymodifications.xcu"), ALWAYS).expect("written");
    let home = format!("-env:UserInstallation=file://{}", profile.display());
    let (name, out_name) = (folder.join(file), out.to_string_lossy().into_owned());
    let mut convert: Vec<&str> = vec![&home, "--headless", "--convert-to", kind, "--outdir", &out_name];
    if file.ends_with(".csv") {
        // Commas, quotation marks, UTF-8: without a window nobody is asked.
        convert.push("--infilter=CSV:44,34,76");
    }
    let name = name.to_string_lossy();
    convert.push(&name);
    read_by("soffice", &convert)?;
    let ending = kind.split(':').next().unwrap_or(kind);
    Some(std::fs::read(out.join(file).with_extension(ending)).expect("what LibreOffice saved"))
}

/// The text between tags, with the few characters that are written as entities.
fn between_tags(xml: &str) -> String {
    let mut out = String::new();
    for piece in xml.split('<') {
        out.push_str(piece.split_once('>').map_or(piece, |(_, text)| text));
    }
    [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&apos;", "'"), ("&amp;", "&")]
        .into_iter()
        .fold(out, |text, (entity, plain)| text.replace(entity, plain))
}

/// Without blanks, and without the brackets that mark a gap in some files and not in others.
fn solid(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '\u{200b}' | '【' | '】')).collect()
}

/// Every paragraph, heading and list item, and every row of every table, as a reader meets them.
fn said(report: &Report) -> Vec<String> {
    let mut said = Vec::new();
    for block in report.chapters.iter().flat_map(|chapter| &chapter.blocks) {
        match block {
            Block::Heading(line) | Block::Paragraph(line) | Block::Item(line) => said.push(report.line(line)),
            Block::Table(table) => {
                said.extend(table.rows.iter().map(|row| row.iter().map(|cell| report.line(cell)).collect()));
            }
            Block::Chart { .. } => {}
        }
    }
    said.iter().map(|text| solid(text)).collect()
}

/// The pages' text in reading order, without what stands at the head and foot of each.
fn pages(text: &str, report: &Report) -> String {
    let foot = |line: &str| line.starts_with(&report.head.code) && line.contains(" / ");
    let head = |line: &str| {
        let line = solid(line);
        line.starts_with(&solid(&report.head.title)) && line.ends_with(&solid(&report.labels.synthetic))
    };
    text.split(['\n', '\u{c}']).filter(|line| !foot(line) && !head(line)).collect()
}

#[test]
fn other_programs_read_the_same_words_and_numbers_in_all_four_files() {
    let (app, person) = (&college().0, Person::command_line(college().1.school));
    let folder = tempfile::tempdir().expect("a folder");
    let address = "https://school.example/v/".to_owned();
    let wanted = Wanted { template: "annual".into(), year: 2024, profile: Profile::Internal, address };
    let report = app.viewer(&person).report(&wanted).expect("a report");
    let said = said(&report);
    assert!(said.len() > 300, "{} paragraphs and rows", said.len());
    for kind in FileKind::ALL {
        let made = app.viewer(&person).write_report(&wanted, *kind, &mut |_| {}).expect("a file");
        if *kind == FileKind::Xlsx {
            workbook(&made.bytes, &report);
            std::fs::write(folder.path().join("report.xlsx"), &made.bytes).expect("written");
            if let Some(saved) = saved_by_office(folder.path(), "report.xlsx", "xlsx") {
                workbook(&saved, &report);
            }
            continue;
        }
        let path = folder.path().join(format!("report.{}", kind.code()));
        std::fs::write(&path, &made.bytes).expect("written");
        let name = path.to_string_lossy();
        let text = match kind {
            FileKind::Pdf => {
                read_by("qpdf", &["--check", &name]);
                if let Some(about) = read_by("pdfinfo", &[&name]) {
                    let count = about.lines().find_map(|l| l.strip_prefix("Pages:")).map(str::trim);
                    let count: usize = count.and_then(|n| n.parse().ok()).expect("a number of pages");
                    assert!(count >= 30, "{count} pages");
                    assert!(about.contains("Tagged:          yes"), "{about}");
                }
                read_by("pdftotext", &["-raw", &name, "-"]).map(|text| pages(&text, &report))
            }
            FileKind::Docx => read_by("unzip", &["-p", &name, "word/document.xml"]).map(|xml| {
                controls(&xml, &report);
                between_tags(&xml)
            }),
            _ => Some(between_tags(&String::from_utf8_lossy(&made.bytes))),
        };
        let Some(text) = text.map(|text| solid(&text)) else { continue };
        let lacks = |text: &str| -> Vec<String> {
            said.iter().filter(|words| !text.contains(words.as_str())).cloned().collect()
        };
        assert_eq!(lacks(&text), [""; 0], "{kind:?} lacks something");
        if *kind == FileKind::Docx
            && let Some(saved) = saved_by_office(folder.path(), "report.docx", "txt:Text (encoded):UTF8")
        {
            assert_eq!(lacks(&solid(&String::from_utf8_lossy(&saved))), [""; 0], "LibreOffice lacks something");
        }
    }
}

/// Every figure of the Word file, by the number its control carries.
fn controls(xml: &str, report: &Report) {
    let mut found: HashMap<usize, String> = HashMap::new();
    for control in xml.split("<w:sdt>").skip(1) {
        let control = control.split("</w:sdt>").next().unwrap_or_default();
        let number = control.split("\"jc:").nth(1).and_then(|rest| rest.split('"').next()?.parse().ok());
        let content = control.split("<w:sdtContent>").nth(1).unwrap_or_default();
        found.insert(number.expect("a number"), between_tags(content));
    }
    for (number, shown) in report.shown.iter().enumerate() {
        assert_eq!(found.remove(&number).as_deref(), Some(shown.text.as_str()), "figure {number} of the Word file");
    }
    assert!(found.is_empty(), "{found:?}");
}

/// Every figure of the workbook by its defined name; and every formula worked out anew from the rows it sums.
fn workbook(bytes: &[u8], report: &Report) {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    let names: HashMap<String, String> = book.defined_names().iter().cloned().collect();
    let sheets = book.sheet_names();
    let ranges: HashMap<String, calamine::Range<Data>> =
        sheets.iter().map(|name| (name.clone(), book.worksheet_range(name).expect("a sheet"))).collect();
    let formulas: HashMap<String, calamine::Range<String>> =
        sheets.iter().map(|name| (name.clone(), book.worksheet_formula(name).expect("a sheet"))).collect();
    let mut live = 0;
    for (number, shown) in report.shown.iter().enumerate() {
        let place = names.get(&format!("jc_{number}")).expect("a name");
        let (sheet, cell) = place.trim_start_matches('=').rsplit_once('!').expect("a sheet and a cell");
        let sheet = sheet.trim_matches('\'');
        let row: u32 = cell.trim_start_matches("$F$").parse().expect("a row");
        let text = ranges[sheet].get_value((row - 1, 5)).map(ToString::to_string);
        assert_eq!(text.as_deref(), Some(shown.text.as_str()), "{place}");
        let entry = &report.entries[shown.entry];
        let Some(printed) = &entry.printed else { continue };
        let value = match ranges[sheet].get_value((row - 1, 3)) {
            Some(Data::Float(value)) => *value,
            Some(Data::Int(value)) => *value as f64,
            other => panic!("{place}: {other:?}"),
        };
        let said: f64 = printed.parse().expect("a number");
        assert!((value - said).abs() < 1e-9, "{place}: {value} is not {printed}");
        if let Some(formula) = formulas[sheet].get_value((row - 1, 3)).filter(|formula| !formula.is_empty()) {
            let value = worked(formula, &ranges);
            assert_eq!(format!("{value:.*}", usize::from(entry.decimals)), *printed, "{place}: {formula}");
            live += 1;
        }
    }
    assert!(live > 200, "{live} totals are formulas");
}

/// `ROUND(SUM('a'!H2:H9)/SUM('a'!I2:I9)*100,2)`, worked out from the cells.
fn worked(formula: &str, ranges: &HashMap<String, calamine::Range<Data>>) -> f64 {
    let inside = formula.trim_start_matches('=').strip_prefix("ROUND(").and_then(|f| f.strip_suffix(')'));
    let (sums, decimals) = inside.and_then(|f| f.rsplit_once(',')).expect("a rounded sum");
    let (sums, factor) = sums.rsplit_once('*').map_or((sums, 1.0), |(sums, by)| (sums, by.parse().expect("a number")));
    let mut parts = sums.split("/SUM(").map(|sum| {
        let place = sum.trim_start_matches("SUM(").trim_end_matches(')');
        let (sheet, cells) = place.rsplit_once('!').expect("a sheet and its cells");
        let (first, last) = cells.split_once(':').expect("a range");
        let split = |cell: &str| {
            let digits = cell.find(|c: char| c.is_ascii_digit()).expect("a row");
            let letters = cell[..digits].bytes().fold(0, |sum, letter| sum * 26 + u32::from(letter - b'A') + 1);
            (letters - 1, cell[digits..].parse::<u32>().expect("a row"))
        };
        let ((column, first), (same, last)) = (split(first), split(last));
        assert_eq!(column, same, "one column");
        let range = &ranges[sheet.trim_matches('\'')];
        (first..=last)
            .map(|row| match range.get_value((row - 1, column)) {
                Some(Data::Float(value)) => *value,
                Some(Data::Int(value)) => *value as f64,
                None | Some(Data::Empty) => 0.0,
                other => panic!("{place}, row {row}: {other:?}"),
            })
            .sum::<f64>()
    });
    let over = parts.next().expect("a sum");
    let value = parts.next().map_or(over, |under| over / under * factor);
    // As the spreadsheet program does: half away from zero, of what a person would read.
    let steps = 10f64.powi(decimals.parse().expect("decimals"));
    (value * steps + 1e-9).round() / steps
}

/// What LibreOffice would work out, call or link, were it typed into a cell.
const LIKE_FORMULAS: [&str; 6] =
    ["=1+1", "+1+1", "-2+3", "@SUM(A1)", "=HYPERLINK(\"http://evil.example\",\"点这里\")", "=cmd|' /C calc'!A0"];

#[test]
fn no_cell_of_a_list_that_leaves_the_house_is_a_formula_or_a_link() {
    let own = people::empty();
    let rows: String = LIKE_FORMULAS.iter().map(|name| format!("\"{}\"\n", name.replace('"', "\"\""))).collect();
    let taken = own.import("department", &people::request("部门.csv", format!("部门名称\n{rows}"))).expect("a report");
    assert_eq!((taken.new, taken.rejected), (6, 0), "{:#?}", taken.findings);
    let register = own.register("department");
    let folder = tempfile::tempdir().expect("a folder");
    for (format, file) in [(Format::Xlsx, "list.xlsx"), (Format::Csv, "list.csv")] {
        let query = ListQuery::default();
        let wanted = export::Wanted { query: &query, conditions: "", format, reason: "核对", lang: Lang::Zh };
        let made = own.viewing(|viewer| viewer.export(register, &wanted, &mut |_, _| {})).expect("a list");
        std::fs::write(folder.path().join(file), &made.bytes).expect("written");
        let Some(opened) = saved_by_office(folder.path(), file, "fods") else { return };
        let opened = String::from_utf8(opened).expect("a flat document");
        assert!(!opened.contains("table:formula") && !opened.contains("xlink:href=\"http"), "{file}");
        let said = between_tags(&opened);
        for name in LIKE_FORMULAS {
            assert!(said.contains(name), "{file}: {name} is not what it was");
        }
    }
}
