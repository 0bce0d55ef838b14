//! Files written, touched and read back. What touches them works on their bytes and knows nothing of the readers.

use super::{Seal, Standing, check};
use crate::model::{Document, Row, Sheet, Sum};
use crate::profile::Profile;
use crate::template::tests::filled;
use crate::trace::{envelope, manifest};
use crate::write::{FileKind, write};
use jc_base::Ratio;
use jc_trust::{PublicKey, SigningKey};
use std::collections::BTreeSet;
use std::io::{Cursor, Read, Write};
use std::ops::Range;

fn key() -> SigningKey {
    SigningKey::from_seed(&[7; 32])
}

fn keys() -> [PublicKey; 1] {
    [key().public()]
}

/// A report with figures in prose, lists and tables, and rows behind one of them.
fn report() -> Document {
    let mut document = filled(
        "毕业生{graduate-count}人，上年{graduate-count.before}人，增加{graduate-count.change}人，增长{graduate-count.growth}%。\n\
         - 升学{further-study-count}人，就业{employed-count.unit} <＆> “走访”{home-visit-student-times.about:100}人次\n\
         @split 各系: graduate-count by department\n\
         @table 指标: graduate-count, employed-count, further-study-count, theme-day-count\n\
         @bar 各系: graduate-count by department\n\
         效益{tech-economic-benefit.nearly-wan:100}万元",
        Profile::Internal,
    );
    let entry = |id: &str| document.entries.iter().position(|e| e.id == id).expect("it is shown");
    let (all, employed) = (entry("graduate-count@2024"), entry("employed-count@2024"));
    // 407 graduates, 238 of them employed.
    let rows = (0..407).map(|n| Row {
        cells: vec![format!("S{n:04}"), if n % 3 == 0 { String::new() } else { "数控".to_owned() }],
        adds: vec![Some(Ratio::whole(1)), (n < 238).then(|| Ratio::whole(1))],
    });
    document.sheets = vec![Sheet {
        name: "毕业生 2024届".into(),
        head: vec!["学号".into(), "院系".into()],
        measures: vec!["毕业生".into(), "就业".into()],
        rows: rows.collect(),
        sums: vec![
            Sum { entry: all, over: 0, under: None, factor: 1 },
            Sum { entry: employed, over: 1, under: None, factor: 1 },
        ],
    }];
    document
}

fn file(document: &Document, kind: FileKind) -> Vec<u8> {
    let proof = envelope(&manifest(document), Some(&key()));
    write(document, &proof, kind).expect("it can be written")
}

/// The numbers that are not genuine.
fn touched(bytes: &[u8]) -> BTreeSet<usize> {
    let checked = check(bytes, &keys()).expect("it can be read");
    checked.lines.iter().filter(|line| line.standing != Standing::Genuine).map(|line| line.number).collect()
}

/// Chance that is the same in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % most as u64) as usize
    }

    /// The text with one digit made another.
    fn other_digit(&mut self, text: &str) -> Option<String> {
        let digits: Vec<usize> = text.char_indices().filter(|(_, c)| c.is_ascii_digit()).map(|(at, _)| at).collect();
        if digits.is_empty() {
            return None;
        }
        let at = digits[self.below(digits.len())];
        let old = text.as_bytes()[at] - b'0';
        let new = (old + 1 + u8::try_from(self.below(9)).expect("a digit")) % 10;
        Some(format!("{}{new}{}", &text[..at], &text[at + 1..]))
    }
}

#[test]
fn what_was_signed_is_genuine_in_every_kind_of_file() {
    let document = report();
    for kind in FileKind::ALL {
        let checked = check(&file(&document, *kind), &keys()).expect("it can be read");
        assert_eq!(checked.seal, Seal::Good, "{kind:?}");
        let wrong: Vec<_> = checked.lines.iter().filter(|line| line.standing != Standing::Genuine).collect();
        assert!(wrong.is_empty(), "{kind:?}: {wrong:?}");
        assert_eq!(checked.lines.len(), document.shown.len(), "{kind:?}");
        for (line, shown) in checked.lines.iter().zip(&document.shown) {
            assert_eq!(line.signed.as_deref(), Some(shown.text.as_str()));
        }
    }
}

#[test]
fn the_same_report_gives_the_same_bytes() {
    for kind in FileKind::ALL {
        assert!(file(&report(), *kind) == file(&report(), *kind), "{kind:?} differs from run to run");
    }
}

#[test]
fn six_hundred_digits_changed_in_a_web_page_are_each_named_alone() {
    let html = String::from_utf8(file(&report(), FileKind::Html)).expect("text");
    let count = report().shown.len();
    let mut chance = Chance(1);
    for _ in 0..600 {
        let number = chance.below(count);
        let mark = format!("data-figure=\"{number}\"");
        let from = html.find(&mark).expect("the figure")
            + html[html.find(&mark).expect("it")..].find('>').expect("its end")
            + 1;
        let until = from + html[from..].find('<').expect("its end");
        let Some(other) = chance.other_digit(&html[from..until]) else { continue };
        let changed = format!("{}{other}{}", &html[..from], &html[until..]);
        assert_eq!(touched(changed.as_bytes()), BTreeSet::from([number]));
    }
}

/// The parts of a packed file.
fn unpack(bytes: &[u8]) -> Vec<(String, String)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a packed file");
    (0..archive.len())
        .map(|at| {
            let mut part = archive.by_index(at).expect("a part");
            let mut text = String::new();
            let name = part.name().expect("a name").into_owned();
            part.read_to_string(&mut text).expect("text");
            (name, text)
        })
        .collect()
}

fn pack(parts: &[(String, String)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, text) in parts {
        zip.start_file(name.as_str(), stored).expect("a part");
        zip.write_all(text.as_bytes()).expect("its text");
    }
    zip.finish().expect("the end").into_inner()
}

fn part<'p>(parts: &'p mut [(String, String)], name: &str) -> &'p mut String {
    &mut parts.iter_mut().find(|(n, _)| n == name).expect("the part").1
}

// Two thousand changes in a PDF, a Word file and a workbook follow: digits, rows, attachments. After each exactly the
// touched figures are named. `changes` counts those that were made.

/// Makes so many changes; whoever finds nothing to change by a draw is asked again.
fn changes(seed: u64, wanted: usize, mut make: impl FnMut(&mut Chance) -> usize) {
    let mut chance = Chance(seed);
    let mut made = 0;
    while made < wanted {
        made += make(&mut chance);
    }
}

/// The numbers of the figures shown of these entries.
fn resting(document: &Document, ids: &[&str]) -> BTreeSet<usize> {
    let on = |s: &crate::model::Shown| ids.contains(&document.entries[s.entry].id.as_str());
    document.shown.iter().enumerate().filter(|(_, s)| on(s)).map(|(number, _)| number).collect()
}

/// Where the text of a figure's content control stands.
fn controlled(body: &str, number: usize) -> Range<usize> {
    let tag = body.find(&format!("w:val=\"jc:{number}\"")).expect("the control");
    let from = tag + body[tag..].find("preserve\">").expect("its text") + "preserve\">".len();
    from..from + body[from..].find('<').expect("its end")
}

#[test]
fn five_hundred_digits_changed_in_a_word_file_are_each_named_alone() {
    let parts = unpack(&file(&report(), FileKind::Docx));
    let count = report().shown.len();
    changes(2, 500, |chance| {
        let number = chance.below(count);
        let mut parts = parts.clone();
        let body = part(&mut parts, "word/document.xml");
        let at = controlled(body, number);
        let Some(other) = chance.other_digit(&body[at.clone()]) else { return 0 };
        body.replace_range(at, &other);
        assert_eq!(touched(&pack(&parts)), BTreeSet::from([number]));
        1
    });
}

#[test]
fn a_hundred_rows_taken_out_of_a_word_file_or_forged_into_it_name_their_figures() {
    let parts = unpack(&file(&report(), FileKind::Docx));
    let body = &parts.iter().find(|(name, _)| name == "word/document.xml").expect("the body").1;
    let rows: Vec<Range<usize>> = body
        .match_indices("<w:tr>")
        .map(|(from, _)| from..from + body[from..].find("</w:tr>").expect("its end") + "</w:tr>".len())
        .filter(|row| body[row.clone()].contains("jc:"))
        .collect();
    assert!(rows.len() > 5, "{}", rows.len());
    let figures = |row: &str| -> BTreeSet<usize> {
        let numbers = row.split("\"jc:").skip(1).filter_map(|rest| rest.split('"').next()?.parse().ok());
        numbers.collect()
    };
    changes(5, 100, |chance| {
        let row = rows[chance.below(rows.len())].clone();
        let own = figures(&body[row.clone()]);
        let mut parts = parts.clone();
        let body = part(&mut parts, "word/document.xml");
        if chance.below(2) == 0 {
            body.replace_range(row, "");
            assert_eq!(touched(&pack(&parts)), own);
        } else {
            // A second row beside it that says something else.
            let mut copy = body[row.clone()].to_owned();
            let number = *own.iter().nth(chance.below(own.len())).expect("a figure");
            let at = controlled(&copy, number);
            let Some(other) = chance.other_digit(&copy[at.clone()]) else { return 0 };
            copy.replace_range(at, &other);
            body.insert_str(row.end, &copy);
            assert_eq!(touched(&pack(&parts)), BTreeSet::from([number]));
        }
        1
    });
}

#[test]
fn three_hundred_texts_changed_in_a_workbook_name_every_figure_written_so() {
    let document = report();
    let parts = unpack(&file(&document, FileKind::Xlsx));
    changes(3, 300, |chance| {
        let text = &document.shown[chance.below(document.shown.len())].text;
        let Some(other) = chance.other_digit(text) else { return 0 };
        let mut parts = parts.clone();
        let strings = part(&mut parts, "xl/sharedStrings.xml");
        let old = format!("<t>{text}</t>");
        assert_eq!(strings.matches(&old).count(), 1, "{text} stands once among the shared texts");
        *strings = strings.replace(&old, &format!("<t>{other}</t>"));
        let same = document.shown.iter().enumerate().filter(|(_, s)| s.text == *text).map(|(at, _)| at);
        assert_eq!(touched(&pack(&parts)), same.collect());
        1
    });
}

#[test]
fn a_changed_total_of_a_workbook_is_told_as_it_stands_there() {
    let mut parts = unpack(&file(&report(), FileKind::Xlsx));
    let sheet = part(&mut parts, "xl/worksheets/sheet2.xml");
    let at = sheet.find("<c r=\"D2\"").expect("the first figure's number");
    let from = at + sheet[at..].find("<v>").expect("a value") + 3;
    let until = from + sheet[from..].find("</v>").expect("its end");
    sheet.replace_range(from..until, "98765");
    let checked = check(&pack(&parts), &keys()).expect("it can be read");
    let line = checked.lines.iter().find(|line| line.standing == Standing::Changed).expect("a changed figure");
    assert_eq!(line.found.as_deref(), Some("98765"));
}

#[test]
fn four_hundred_cells_and_rows_behind_a_workbook_name_exactly_what_rests_on_them() {
    let document = report();
    let parts = unpack(&file(&document, FileKind::Xlsx));
    let resting = |ids: &[&str]| resting(&document, ids);
    changes(6, 400, |chance| {
        // The key of a row, what it adds, or all of it.
        let (row, column) = (chance.below(407), chance.below(4));
        let mut parts = parts.clone();
        let sheet = part(&mut parts, "xl/worksheets/sheet3.xml");
        let expected = match column {
            0 | 3 if row < 238 => resting(&["graduate-count@2024", "employed-count@2024"]),
            0 | 1 | 3 => resting(&["graduate-count@2024"]),
            _ => resting(&["employed-count@2024"]),
        };
        if column == 3 {
            let from = sheet.find(&format!("<row r=\"{}\"", row + 2)).expect("the row");
            let until = from + sheet[from..].find("</row>").expect("its end") + "</row>".len();
            sheet.replace_range(from..until, "");
        } else {
            let cell = format!("r=\"{}{}\"", ["A", "C", "D"][column], row + 2);
            let Some(at) = sheet.find(&cell) else {
                assert!(column == 2 && row >= 238, "only who is not employed has no cell: {cell}");
                return 0;
            };
            let from = at + sheet[at..].find("<v>").expect("a value") + 3;
            let until = from + sheet[from..].find("</v>").expect("its end");
            // The key is a shared text: it is made the text of another row.
            let other = if column == 0 { "0".to_owned() } else { format!("{}", 2 + chance.below(7)) };
            sheet.replace_range(from..until, &other);
        }
        assert_eq!(touched(&pack(&parts)), expected, "row {row}, column {column}");
        1
    });
}

#[cfg(feature = "pdf")]
#[test]
fn five_hundred_digits_changed_on_printed_pages_are_named_and_no_others() {
    // Pages are set anew with some digits changed, under the attachment of the true ones.
    let document = report();
    let proof = envelope(&manifest(&document), Some(&key()));
    changes(4, 500, |chance| {
        let mut changed = document.clone();
        let mut numbers = BTreeSet::new();
        for _ in 0..1 + chance.below(16) {
            let number = chance.below(document.shown.len());
            if let Some(other) = chance.other_digit(&document.shown[number].text) {
                changed.shown[number].text = other;
                numbers.insert(number);
            }
        }
        let bytes = write(&changed, &proof, FileKind::Pdf).expect("a page");
        assert_eq!(touched(&bytes), numbers);
        numbers.len()
    });
}

#[test]
fn two_hundred_attachments_of_other_reports_name_what_differs() {
    let document = report();
    let kinds: Vec<FileKind> = FileKind::ALL.iter().copied().filter(|kind| *kind != FileKind::Html).collect();
    let mut turn = 0;
    changes(7, 200, |chance| {
        // Rightly signed, but of a report in which one figure is another.
        let number = chance.below(document.shown.len());
        let Some(other) = chance.other_digit(&document.shown[number].text) else { return 0 };
        let mut swapped = manifest(&document);
        swapped["shown"][number]["text"] = other.into();
        // Setting pages takes its time: one in ten is a PDF.
        turn += 1;
        let kind = kinds[if turn % 10 == 0 { 0 } else { turn % (kinds.len() - 1) + 1 }];
        let bytes = write(&document, &envelope(&swapped, Some(&key())), kind).expect("a file");
        assert_eq!(touched(&bytes), BTreeSet::from([number]), "{kind:?}");
        1
    });
}

#[test]
fn a_swapped_attachment_proves_nothing_or_names_what_differs() {
    let document = report();
    let all: BTreeSet<usize> = (0..document.shown.len()).collect();
    let manifest_of = manifest(&document);
    let stranger = SigningKey::from_seed(&[9; 32]);
    let mut forged = manifest_of.clone();
    forged["shown"][0]["text"] = "500".into();
    let good = envelope(&manifest_of, Some(&key()));
    for kind in FileKind::ALL {
        for proof in [
            envelope(&manifest_of, None),
            envelope(&manifest_of, Some(&stranger)),
            // The text touched under the signature of the true one.
            good.replacen("407", "408", 1),
            "{}".to_owned(),
        ] {
            let bytes = write(&document, &proof, *kind).expect("a file");
            let checked = check(&bytes, &keys()).expect("it can be read");
            assert_ne!(checked.seal, Seal::Good, "{kind:?}");
            assert_eq!(touched(&bytes), all, "{kind:?}");
        }
        // Another report's, rightly signed: what differs is named.
        let bytes = write(&document, &envelope(&forged, Some(&key())), *kind).expect("a file");
        assert_eq!(touched(&bytes), BTreeSet::from([0]), "{kind:?}");
    }
}

#[test]
fn what_is_no_report_is_said_to_be_none() {
    use super::Unreadable::{Damaged, Kind, NoReport};
    for (bytes, why) in
        [(&b"hello"[..], Kind), (b"<html></html>", NoReport), (b"PK\x03\x04", Damaged), (b"\xff\xfe\x00", Kind)]
    {
        assert_eq!(check(bytes, &keys()), Err(why));
    }
}

#[test]
fn every_part_of_an_office_file_is_well_formed() {
    for kind in [FileKind::Docx, FileKind::Xlsx] {
        for (name, text) in unpack(&file(&report(), kind)) {
            let mut reader = quick_xml::Reader::from_str(&text);
            reader.config_mut().check_end_names = true;
            loop {
                match reader.read_event() {
                    Ok(quick_xml::events::Event::Eof) => break,
                    Ok(_) => {}
                    Err(error) => panic!("{kind:?} {name}: {error}"),
                }
            }
        }
    }
}

#[test]
fn a_workbooks_total_is_a_live_formula_over_its_rows() {
    let parts = unpack(&file(&report(), FileKind::Xlsx));
    let chapter = &parts.iter().find(|(name, _)| name == "xl/worksheets/sheet2.xml").expect("the chapter").1;
    let formulas: Vec<&str> = chapter.split("<f>").skip(1).filter_map(|rest| rest.split("</f>").next()).collect();
    assert!(formulas.contains(&"ROUND(SUM('明细 1'!C2:C408),0)"), "{formulas:?}");
    assert!(chapter.contains("C2:C408),0)</f><v>407</v>"), "it shows its result before anything computes");
}

#[cfg(feature = "pdf")]
#[test]
fn rare_characters_of_names_are_shown_or_reported() {
    use crate::write::pdf::lacking;
    let document = filled("喆、玥、䶮、𬭎、龘与{graduate-count}", Profile::Internal);
    assert_eq!(lacking(&document), BTreeSet::new());
    let document = filled("𬎆与{graduate-count}", Profile::Internal);
    assert_eq!(lacking(&document), BTreeSet::from(['𬎆']));
    // It is set all the same, with a sign in its place.
    assert_eq!(touched(&file(&document, FileKind::Pdf)), BTreeSet::new());
}
