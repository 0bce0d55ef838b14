//! A small catalog, files made in memory, and everything shown as text.

use jc_base::{Finding, Lang, RecordId, Value};
use jc_catalog::{Catalog, SourceFile, load};
use jc_intake::apart;
use jc_intake::book::{self, Book};
use jc_intake::fit::{Fit, Fitter};
use jc_intake::headings::{self, HeaderGuess};
use jc_intake::limits::Limits;
use jc_intake::mapping::{Mapping, Role};
use jc_intake::photo::Picture;
use jc_intake::prose::Prose;
use jc_intake::resolve::{Resolution, Resolver};
use std::io::{Cursor, PipeReader, PipeWriter, Read, Write, pipe};
use std::sync::LazyLock;

pub static CATALOG: LazyLock<Catalog> = LazyLock::new(|| {
    let file = |path: &str, text: &str| SourceFile { path: path.to_owned(), text: text.to_owned().into() };
    let (catalog, findings) = load(&[
        file(
            "offices.toml",
            "[[office]]\nid = \"office\"\nname = { zh = \"办公室\", en = \"Office\", de = \"Büro\" }\n[[office]]\nid = \"other\"\nname = { zh = \"教务处\", en = \"Other\", de = \"Andere\" }",
        ),
        file("units.toml", "[[unit]]\nid = \"person\"\nname = { zh = \"人\", en = \"people\", de = \"Personen\" }"),
        file("codes/destination.toml", DESTINATION),
        file("base/class.toml", CLASS),
        file("base/student.toml", STUDENT),
        file("training/graduate.toml", GRADUATE),
    ]);
    catalog.unwrap_or_else(|| panic!("{findings:#?}"))
});

const DESTINATION: &str = r#"
[list]
id = "destination"
name = { zh = "毕业去向", en = "Destination", de = "Verbleib" }
source = { document = "校内", checked = 2026-11-25 }
[[code]]
code = "employed"
name = { zh = "就业", en = "Employed", de = "Beschäftigt" }
aliases = ["已就业"]
[[code]]
code = "further-study"
name = { zh = "升学", en = "Further study", de = "Studium" }
[[code]]
code = "old"
name = { zh = "派遣", en = "Assigned", de = "Zugewiesen" }
until = 2010-12-31
"#;

const CLASS: &str = r#"
[register]
id = "class"
name = { zh = "班级", en = "Classes", de = "Klassen" }
key = ["name"]
kept_by = "office"
verified_by = "other"
[[field]]
id = "name"
type = "text"
name = { zh = "班级名称", en = "Class name", de = "Klassenname" }
aliases = ["班级"]
required = true
"#;

const STUDENT: &str = r#"
[register]
id = "student"
name = { zh = "学生", en = "Students", de = "Lernende" }
key = ["number"]
label = ["name"]
within = "class"
kept_by = "office"
verified_by = "other"
[[field]]
id = "number"
type = "text"
name = { zh = "学号", en = "Student number", de = "Matrikelnummer" }
required = true
[[field]]
id = "name"
type = "person-name"
name = { zh = "姓名", en = "Name", de = "Name" }
required = true
[[field]]
id = "class"
type = "ref:class"
name = { zh = "班级", en = "Class", de = "Klasse" }
[[field]]
id = "id_number"
type = "id-number"
name = { zh = "身份证号", en = "Identity number", de = "Ausweisnummer" }
unique = true
[[field]]
id = "born"
type = "date"
name = { zh = "出生日期", en = "Born on", de = "Geboren am" }
[[field]]
id = "score"
type = "decimal:1"
name = { zh = "成绩", en = "Score", de = "Punkte" }
[[field]]
id = "boarding"
type = "boolean"
name = { zh = "住校", en = "Boarding", de = "Im Wohnheim" }
[[field]]
id = "at"
type = "time"
name = { zh = "到校时间", en = "Arrival", de = "Ankunft" }
[[field]]
id = "remark"
type = "text"
name = { zh = "备注", en = "Remark", de = "Bemerkung" }
help = { zh = "没有就留空", en = "Leave empty", de = "Leer lassen" }
"#;

const GRADUATE: &str = r#"
[register]
id = "graduate"
name = { zh = "毕业生去向", en = "Graduates", de = "Absolventen" }
key = ["student"]
period = { on = "graduated_on", kind = "cohort" }
kept_by = "office"
verified_by = "other"
[[field]]
id = "student"
type = "ref:student"
name = { zh = "学生", en = "Student", de = "Lernende Person" }
required = true
[[field]]
id = "graduated_on"
type = "date"
name = { zh = "毕业日期", en = "Graduated on", de = "Abschluss am" }
required = true
[[field]]
id = "destination"
type = "code:destination"
name = { zh = "毕业去向", en = "Destination", de = "Verbleib" }
aliases = ["去向"]
[[field]]
id = "employer"
type = "text"
name = { zh = "就业单位", en = "Employer", de = "Arbeitgeber" }
aliases = ["单位名称"]
[[field]]
id = "referees"
type = "refs:student"
name = { zh = "证明人", en = "Referees", de = "Zeugen" }
[[field]]
id = "father_name"
type = "person-name"
name = { zh = "父亲姓名", en = "Father's name", de = "Name des Vaters" }
"#;

pub fn register(id: &str) -> usize {
    CATALOG.find_register(id).unwrap()
}

/// Students 20220101 张三 and 20220102 李四 of 电气2201, 20220201 李四 of 数控2201; both classes.
pub struct Known;

impl Resolver for Known {
    fn resolve(&mut self, at: usize, text: &str, within: Option<&str>) -> Resolution {
        const STUDENTS: [(&str, &str, &str); 3] =
            [("20220101", "张三", "电气2201"), ("20220102", "李四", "电气2201"), ("20220201", "李四", "数控2201")];
        if at == register("class") {
            let classes = ["电气2201", "数控2201"];
            return match classes.iter().position(|class| *class == text) {
                Some(ix) => Resolution::Found(RecordId([ix as u8; 16])),
                None => Resolution::Unknown { near: jc_text::similar::nearest(text, classes).map(str::to_owned) },
            };
        }
        let fits = |s: &&(&str, &str, &str)| s.0 == text || (s.1 == text && within.is_none_or(|class| class == s.2));
        let found: Vec<usize> = STUDENTS.iter().enumerate().filter(|(_, s)| fits(s)).map(|(ix, _)| ix).collect();
        match found.as_slice() {
            [ix] => Resolution::Found(RecordId([100 + *ix as u8; 16])),
            [] => Resolution::Unknown { near: None },
            several => Resolution::Several(several.len()),
        }
    }
}

/// A finding as the terminal prints it, in one line.
pub fn said(finding: &Finding) -> String {
    let words = jc_words::finding(Lang::Zh, finding);
    let also: Vec<String> = finding.also.iter().map(|place| format!(" ({place})")).collect();
    format!("{} {} {}{}\n      {}", finding.code, finding.place, words.what, also.concat(), words.mend)
}

pub fn said_all(findings: &[Finding]) -> String {
    findings.iter().map(said).collect::<Vec<_>>().join("\n")
}

pub fn open(name: &str, bytes: impl Into<Vec<u8>>) -> Result<Book, Vec<Finding>> {
    book::open(name, bytes.into(), &Limits::default())
}

/// All rows of all sheets as text: `1:学号|姓名`. Read here and read apart they are the same.
pub fn rows(name: &str, bytes: impl Into<Vec<u8>>) -> String {
    let bytes = bytes.into();
    let shown = |book: Result<Book, Vec<Finding>>| book.map_or_else(|findings| codes(&findings), rows_of);
    let here = shown(open(name, bytes.clone()));
    assert_eq!(shown(open_apart(name, bytes, &Limits::default())), here, "read apart");
    here
}

/// Both ends of a way between two threads.
pub struct Pipes(pub PipeReader, pub PipeWriter);

impl Read for Pipes {
    fn read(&mut self, buf: &mut [u8]) -> std::io::Result<usize> {
        self.0.read(buf)
    }
}

impl Write for Pipes {
    fn write(&mut self, buf: &[u8]) -> std::io::Result<usize> {
        self.1.write(buf)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.1.flush()
    }
}

/// The book as another thread opens it and hands it over.
pub fn open_apart(name: &str, bytes: Vec<u8>, limits: &Limits) -> Result<Book, Vec<Finding>> {
    let ((mut input, asking), (answers, mut output)) = (pipe().unwrap(), pipe().unwrap());
    // It ends when the book is dropped: then nobody asks any more.
    std::thread::spawn(move || {
        let mut output = std::io::BufWriter::new(&mut output);
        let _ = apart::serve(&mut input, &mut output);
    });
    apart::open(name, bytes, limits, Box::new(Pipes(answers, asking)))
}

/// The same with its text.
pub fn prose_apart(name: &str, bytes: Vec<u8>, limits: &Limits) -> Result<Prose, Vec<Finding>> {
    let ((mut input, asking), (answers, mut output)) = (pipe().unwrap(), pipe().unwrap());
    std::thread::spawn(move || {
        let mut output = std::io::BufWriter::new(&mut output);
        let _ = apart::serve(&mut input, &mut output);
    });
    apart::prose(name, bytes, limits, Box::new(Pipes(answers, asking)))
}

/// The same with a picture.
pub fn picture_apart(name: &str, bytes: &[u8]) -> Result<Picture, Vec<Finding>> {
    let ((mut input, asking), (answers, mut output)) = (pipe().unwrap(), pipe().unwrap());
    std::thread::spawn(move || {
        let mut output = std::io::BufWriter::new(&mut output);
        let _ = apart::serve(&mut input, &mut output);
    });
    apart::picture(name, bytes, Box::new(Pipes(answers, asking)))
}

pub fn rows_of(mut book: Book) -> String {
    let mut out = Vec::new();
    for (ix, sheet) in book.sheets().into_iter().enumerate() {
        if !sheet.name.is_empty() {
            out.push(format!("[{}{}]", sheet.name, if sheet.hidden { " hidden" } else { "" }));
        }
        match book.rows(ix) {
            Ok(mut stream) => loop {
                match stream.next() {
                    Ok(Some(row)) => {
                        let cells: Vec<String> = row.cells().map(|cell| cell.to_string()).collect();
                        out.push(format!("{}:{}", row.number(), cells.join("|")));
                    }
                    Ok(None) => break,
                    Err(finding) => {
                        out.push(codes(&[*finding]));
                        break;
                    }
                }
            },
            Err(finding) => out.push(codes(&[*finding])),
        }
    }
    out.join("\n")
}

pub fn codes(findings: &[Finding]) -> String {
    findings.iter().map(|finding| format!("{} {}", finding.code, finding.place)).collect::<Vec<_>>().join("\n")
}

pub fn guess(id: &str, text: &str) -> HeaderGuess {
    let mut book = open("表.csv", text).unwrap();
    let rows = book.first_rows(0, headings::LOOKED_AT).unwrap();
    let site = book.site(0);
    headings::find(&rows, &CATALOG, register(id), &[], &site, Lang::Zh)
}

/// A mapping as text: `B 学号 → number`.
pub fn shown(id: &str, mapping: &Mapping) -> String {
    let fields = &CATALOG.register(id).unwrap().fields;
    let columns = mapping.columns.iter().map(|column| {
        let role = match column.role {
            Role::Field(ix) => fields[ix].id.to_string(),
            Role::Narrows(ix) => format!("narrows {}", fields[ix].id),
            Role::Describes(ix) => format!("describes {}", fields[ix].id),
            Role::Ignored => "ignored".to_owned(),
            Role::Unknown => "?".to_owned(),
        };
        let letters = jc_base::finding::column_letters(column.column as u32 + 1);
        format!("{letters} {} → {role}{}", column.heading, if column.sure { "" } else { " ?" })
    });
    let lines: Vec<String> = columns.collect();
    format!("row {} height {}\n{}", mapping.header_row, mapping.header_height, lines.join("\n"))
}

/// The whole way of a sheet: rows as fields and values, then the findings in words.
pub fn fitted(id: &str, mut book: Book) -> String {
    let rows = book.first_rows(0, headings::LOOKED_AT).unwrap();
    let site = book.site(0);
    let guess = headings::find(&rows, &CATALOG, register(id), &[], &site, Lang::Zh);
    let mut findings = guess.findings;
    let mut out = Vec::new();
    if let Some(mapping) = guess.mapping {
        let limits = book.limits().clone();
        let mut fitter = Fitter::new(&CATALOG, register(id), mapping, site, Lang::Zh, &limits);
        let mut stream = book.rows(0).unwrap();
        loop {
            match stream.next() {
                Ok(Some(row)) => match fitter.fit(&row, &mut Known, &mut findings) {
                    Fit::Row(row) => out.push(format!("{}: {}", row.number, values(id, &row.values))),
                    Fit::Rejected => out.push(format!("{}: rejected", row.number())),
                    Fit::Note => out.push(format!("{}: note", row.number())),
                    Fit::Blank => {}
                },
                Ok(None) => break,
                Err(finding) => {
                    findings.push(*finding);
                    break;
                }
            }
        }
        fitter.finish(stream.merges(), &mut findings);
    }
    out.push(said_all(&findings));
    out.join("\n")
}

fn values(id: &str, values: &[Value]) -> String {
    let fields = &CATALOG.register(id).unwrap().fields;
    let shown = fields.iter().zip(values).filter(|(_, value)| !value.is_missing()).map(|(field, value)| {
        let short = |id: &RecordId| format!("#{}", id.0[0]);
        let text = match value {
            Value::Text(text) => text.clone(),
            Value::Int(n) => n.to_string(),
            Value::Date(day) => day.to_string(),
            Value::Ref(id) => short(id),
            Value::Refs(ids) => ids.iter().map(short).collect::<Vec<_>>().join("+"),
            Value::Missing => String::new(),
        };
        format!("{}={text}", field.id)
    });
    shown.collect::<Vec<_>>().join(" ")
}

/// A zip of parts.
pub fn zip(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

pub const WORKBOOK: &str = r#"<workbook><sheets><sheet name="表" sheetId="1" r:id="r1"/></sheets></workbook>"#;
pub const RELATIONS: &str = r#"<Relationships><Relationship Id="r1" Type="x/worksheet" Target="worksheets/s.xml"/><Relationship Id="r2" Type="x/sharedStrings" Target="strings.xml"/><Relationship Id="r3" Type="x/styles" Target="styles.xml"/></Relationships>"#;

/// A workbook with one sheet, given what stands in its `sheetData`, the shared strings and the styles.
pub fn xlsx(sheet: &str, strings: &str, styles: &str) -> Vec<u8> {
    zip(&[
        ("xl/workbook.xml", WORKBOOK),
        ("xl/_rels/workbook.xml.rels", RELATIONS),
        ("xl/worksheets/s.xml", &format!("<worksheet><sheetData>{sheet}</sheetData></worksheet>")),
        ("xl/strings.xml", &format!("<sst>{strings}</sst>")),
        ("xl/styles.xml", &format!("<styleSheet>{styles}</styleSheet>")),
    ])
}
