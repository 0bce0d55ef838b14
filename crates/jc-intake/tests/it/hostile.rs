//! Files that want to do harm, or have come to it: always a finding, never a panic, never much memory.

use crate::support::{RELATIONS, WORKBOOK, codes, open, rows, rows_of, xlsx, zip};
use jc_intake::book;
use jc_intake::limits::Limits;
use proptest::prelude::*;
use std::io::{Cursor, Write};

fn small() -> Vec<u8> {
    xlsx(r#"<row r="1"><c r="A1" t="s"><v>0</v></c></row>"#, "<si><t>学号</t></si>", "")
}

/// An old container of one stream.
fn ole(name: &str) -> Vec<u8> {
    let mut bytes = vec![0u8; 512 * 4];
    bytes[..8].copy_from_slice(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]);
    bytes[30] = 9;
    bytes[44] = 1;
    let put = |bytes: &mut Vec<u8>, at: usize, n: u32| bytes[at..at + 4].copy_from_slice(&n.to_le_bytes());
    put(&mut bytes, 48, 1);
    put(&mut bytes, 60, 0xFFFF_FFFE);
    put(&mut bytes, 68, 0xFFFF_FFFE);
    for at in (76..512).step_by(4) {
        put(&mut bytes, at, 0xFFFF_FFFF);
    }
    put(&mut bytes, 76, 0);
    put(&mut bytes, 512, 0xFFFF_FFFD);
    put(&mut bytes, 516, 0xFFFF_FFFE);
    put(&mut bytes, 520, 0xFFFF_FFFE);
    for (at, unit) in name.encode_utf16().enumerate() {
        bytes[1024 + at * 2..1026 + at * 2].copy_from_slice(&unit.to_le_bytes());
    }
    bytes[1024 + 64] = (name.encode_utf16().count() as u8 + 1) * 2;
    bytes[1024 + 66] = 2;
    put(&mut bytes, 1024 + 116, 2);
    bytes
}

#[test]
fn files_of_other_kinds_are_named() {
    for (bytes, expected) in [
        (&b""[..], "INT-001"),
        (b" \r\n\t", "INT-001"),
        (b"\xEF\xBB\xBF \n", "INT-001"),
        (b"<html><table><tr><td>1", "INT-004"),
        (b"\n <!DOCTYPE html><p>", "INT-004"),
        (b"<?xml version=\"1.0\"?><Workbook/>", "INT-006"),
        (b"%PDF-1.7", "INT-006"),
        (b"\x89PNG\r\n", "INT-006"),
        (b"a,b\n\0,1", "INT-020"),
        (b"\xFF\xFEa", "INT-019"),
        (b"\xFF\xFE\x00\xD8a\0", "INT-019"),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "INT-007"),
        (b"\x09\x08\x10\x00", "INT-003"),
        (b"\x09\x00\x04\x00\x02\x00\x10\x00", "INT-022"),
        (b"\x01\x02\x03\x04\x05\x06\x07\x08\x0B\x0C", "INT-003"),
        (b"PK\x03\x04", "INT-007"),
    ] {
        let found = open("x.xls", bytes).err().map_or(String::new(), |findings| codes(&findings));
        assert!(found.starts_with(expected) || (expected == "INT-003" && !found.is_empty()), "{bytes:x?}: {found}");
    }
    for (name, expected) in [
        ("EncryptedPackage", "INT-005"),
        ("WordDocument", "INT-006"),
        ("Book", "INT-022"),
        ("Other", "INT-003"),
        ("Workbook", "INT-007"),
    ] {
        assert!(codes(&open("x.xls", ole(name)).err().unwrap()).starts_with(expected), "{name}");
    }
    for (part, expected) in [
        ("word/document.xml", "INT-006"),
        ("xl/workbook.bin", "INT-006"),
        ("x", "INT-006"),
        ("../x", "INT-010"),
        ("/etc/x", "INT-010"),
        ("c:\\x", "INT-010"),
    ] {
        assert!(codes(&open("x.xlsx", zip(&[(part, "")])).err().unwrap()).starts_with(expected), "{part}");
    }
}

#[test]
fn a_cut_off_workbook_is_a_finding_wherever_it_is_cut() {
    let bytes = small();
    for length in 4..bytes.len() {
        let shown = rows("x.xlsx", &bytes[..length]);
        assert!(shown.contains("INT-0"), "{length}: {shown}");
    }
}

#[test]
fn bombs_do_not_go_off() {
    let limits = Limits { inflated_bytes: 1 << 20, ..Limits::default() };
    let spaces = " ".repeat(2 << 20);
    let bomb = |strings: &str, sheet: &str| {
        let book = book::open("x.xlsx", xlsx(sheet, strings, ""), &limits);
        book.map_or_else(|findings| codes(&findings), rows_of)
    };
    assert!(bomb(&spaces, "").contains("INT-008"));
    assert!(bomb("", &spaces).contains("INT-008"));
    let cells = "<c><v>1</v></c>".repeat(300);
    assert!(bomb("", &format!("<row r=\"1\">{cells}</row>")).contains("INT-016 x.xlsx·表·GS1"));
    let deep = "<a>".repeat(100);
    assert!(bomb("", &deep).contains("INT-007"));
    assert!(bomb(&format!("<si><t>{}</t></si>", "长".repeat(40_000)), "").contains("INT-018"));
}

#[test]
fn far_corners_and_strange_numbers_allocate_nothing() {
    for (sheet, expected) in [
        (r#"<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>"#, "INT-016 x·表·XFD1048576"),
        (r#"<row r="1048576"><c r="A1048576"><v>1</v></c></row>"#, "1048576:1"),
        (r#"<row r="4294967295"><c><v>1</v></c></row>"#, "INT-007 x"),
        (r#"<row r="2"/><row r="1"><c><v>1</v></c></row>"#, "INT-007 x"),
        (r#"<row r="1"><c r="XFE1"><v>1</v></c></row>"#, "INT-007 x"),
        (r#"<row r="1"><c r="XFD1"/><c r="A1"><v>1</v></c></row>"#, "1:1"),
        (r#"<row r="1"><c t="s"><v>99999999</v></c></row>"#, "INT-007 x"),
        (r#"<row r="1"><c t="s"><v>-1</v></c></row>"#, "INT-007 x"),
        (r#"<row r="1"><c><v>abc</v></c></row>"#, "INT-007 x"),
        (r#"<row r="1"><c t="zzz"><v>1</v></c></row>"#, "INT-007 x"),
        (r#"<row r="1"><c s="99999999999999999999"><v>1</v></c></row>"#, "1:1"),
        (r#"<row r="1"><c><v>NaN</v></c><c><v>1e999</v></c></row>"#, "1:#NUM!|#NUM!"),
        (r#"<row r="1"><c><v>1</v></row>"#, "INT-007 x"),
    ] {
        let shown = rows("x", xlsx(sheet, "<si><t>甲</t></si>", ""));
        assert_eq!(shown.lines().last(), Some(expected), "{sheet}");
    }
    // A million empty rows with a format are common, and harmless.
    let mut empty = String::new();
    for row in 1..=100_000 {
        empty.push_str(&format!("<row r=\"{row}\"><c r=\"A{row}\" s=\"1\"/></row>"));
    }
    assert_eq!(rows("x", xlsx(&empty, "", "")), "[表]");
}

#[test]
fn nothing_is_smuggled_in() {
    let sheet = |xml: &str| {
        let parts =
            [("xl/workbook.xml", WORKBOOK), ("xl/_rels/workbook.xml.rels", RELATIONS), ("xl/worksheets/s.xml", xml)];
        rows("x", zip(&parts))
    };
    let entity = "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><worksheet><sheetData><row><c t=\"str\"><v>&e;</v></c></row></sheetData></worksheet>";
    assert_eq!(sheet(entity), "[表]\nINT-011 x");
    assert_eq!(
        sheet("<worksheet><sheetData><row><c t=\"str\"><v>&lol;</v></c></row></sheetData></worksheet>"),
        "[表]\nINT-007 x"
    );
    assert_eq!(sheet("not xml at all"), "[表]\nINT-007 x");
    assert_eq!(sheet("\u{FEFF}<worksheet><sheetData/></worksheet>"), "[表]");
    assert_eq!(rows("x", zip(&[("xl/workbook.xml", "<!DOCTYPE a><workbook/>")])), "INT-011 x");
}

#[test]
fn many_parts_and_sheets_are_refused() {
    let names: Vec<String> = (0..2_100).map(|n| format!("p{n}")).collect();
    let parts: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "")).collect();
    assert_eq!(rows("x", zip(&parts)), "INT-009 x");
    let sheets: String = (0..51).map(|n| format!("<sheet name=\"{n}\" r:id=\"r1\"/>")).collect();
    let workbook = format!("<workbook><sheets>{sheets}</sheets></workbook>");
    assert_eq!(rows("x", zip(&[("xl/workbook.xml", &workbook)])), "INT-013 x");
    assert_eq!(open("x", zip(&[("xl/workbook.xml", "<workbook/>")])).unwrap().rows(0).err().unwrap().code, "INT-014");
    let many = "<row><c><v>1</v></c></row>".repeat(200_001);
    assert!(rows("x", xlsx(&many, "", "")).ends_with("INT-015 x·表·200001"));
}

#[test]
fn encrypted_and_doubled_parts_are_refused() {
    let mut bytes = small();
    // Bit 0 of the flags in the directory's first entry.
    let at = bytes.windows(4).position(|w| w == b"PK\x01\x02").unwrap();
    bytes[at + 8] |= 1;
    assert_eq!(rows("x", bytes), "INT-005 x");
    let mut bytes = zip(&[("xl/workbook.xml", WORKBOOK), ("xl/workbook.xmk", WORKBOOK)]);
    while let Some(at) = bytes.windows(15).position(|w| w == b"xl/workbook.xmk") {
        bytes[at + 14] = b'l';
    }
    assert!(rows("x", bytes).starts_with("INT-0"));
}

#[test]
fn limits_hold_for_text_too() {
    let limits = Limits { bytes: 10, ..Limits::default() };
    assert_eq!(codes(&book::open("x", vec![b'a'; 11], &limits).err().unwrap()), "INT-002 x");
    let long = "长".repeat(32_768);
    assert!(rows("x.csv", format!("a,{long}")).contains("INT-018 x.csv·B1"));
    assert!(rows("x.csv", ",".repeat(250) + "x").contains("INT-016"));
    assert_eq!(rows("x.csv", ",".repeat(100_000)), "");
}

/// A container with a small stream of records in its mini stream would do; a random one must at least not panic.
fn mutate(mut bytes: Vec<u8>, changes: &[(usize, u8)]) -> Vec<u8> {
    for (at, byte) in changes {
        let length = bytes.len();
        if length > 0 {
            bytes[at % length] = *byte;
        }
    }
    bytes
}

fn stored(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, text) in parts {
        writer.start_file(*name, options).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..300), head in 0usize..6) {
        let heads: [&[u8]; 6] = [b"", b"PK\x03\x04", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", b"\xFF\xFE", b"\xEF\xBB\xBF", b"<"];
        rows("x", [heads[head], &bytes].concat());
    }

    #[test]
    fn changed_workbooks_never_panic(changes in prop::collection::vec((any::<usize>(), any::<u8>()), 1..8)) {
        rows("x", mutate(small(), &changes));
        rows("x", mutate(ole("Workbook"), &changes));
        rows("x", mutate(include_bytes!("old.xls").to_vec(), &changes));
    }

    #[test]
    fn random_sheets_never_panic(sheet in "(<row( r=\"[0-9]{1,8}\")?>|</row>|<c( r=\"[A-Z]{1,4}[0-9]{1,3}\")?( t=\"(s|b|e|d|str|inlineStr)\")?/?>|</c>|<v>|</v>|<is>|<t>|</t>|</is>|[0-9.eE-]{1,5}|甲|_x000D_|&amp;|&#x0;|<!--|-->|<!\\[CDATA\\[|\\]\\]>){0,30}") {
        let sheet = format!("<worksheet><sheetData>{sheet}</sheetData></worksheet>");
        rows("x", stored(&[("xl/workbook.xml", WORKBOOK), ("xl/_rels/workbook.xml.rels", RELATIONS), ("xl/worksheets/s.xml", &sheet)]));
    }
}
