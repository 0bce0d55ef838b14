//! Old workbooks: lies of the container (its chains of sectors) and of the records within.

use super::Corpus;

const END: u32 = 0xFFFF_FFFE;
const FREE: u32 = 0xFFFF_FFFF;
const FAT: u32 = 0xFFFF_FFFD;

/// A container of one stream: header, one sector of chains, one of directory, then the stream, all of 512 bytes.
fn container(stream_name: &str, stream: &[u8]) -> Vec<u8> {
    // Shorter streams would live in the mini stream.
    let mut stream = stream.to_vec();
    stream.resize(stream.len().max(4096).next_multiple_of(512), 0);
    let sectors = stream.len() / 512;
    let mut bytes = vec![0; 512];
    bytes[..8].copy_from_slice(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]);
    for (at, n) in [(24, 0x3E_u16), (26, 3), (28, 0xFFFE), (30, 9), (32, 6)] {
        bytes[at..at + 2].copy_from_slice(&n.to_le_bytes());
    }
    for (at, n) in [(44, 1), (48, 1), (56, 4096), (60, END), (68, END), (76, 0)] {
        put(&mut bytes, at, n);
    }
    for at in (80..512).step_by(4) {
        put(&mut bytes, at, FREE);
    }
    let mut chains = vec![FAT, END];
    chains.extend((0..sectors as u32).map(|n| if n as usize + 1 == sectors { END } else { n + 3 }));
    chains.resize(128, FREE);
    chains.iter().for_each(|n| bytes.extend(n.to_le_bytes()));
    for (name, kind, start, size) in [("Root Entry", 5, END, 0), (stream_name, 2, 2, stream.len() as u32)] {
        let mut entry = vec![0; 128];
        for (at, unit) in name.encode_utf16().enumerate() {
            entry[at * 2..at * 2 + 2].copy_from_slice(&unit.to_le_bytes());
        }
        entry[64] = (name.encode_utf16().count() as u8 + 1) * 2;
        entry[66] = kind;
        put(&mut entry, 116, start);
        put(&mut entry, 120, size);
        bytes.extend(entry);
    }
    bytes.resize(512 * 3, 0);
    bytes.extend(stream);
    bytes
}

fn put(bytes: &mut [u8], at: usize, n: u32) {
    bytes[at..at + 4].copy_from_slice(&n.to_le_bytes());
}

/// A record of a stream.
fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    [&kind.to_le_bytes(), &(data.len() as u16).to_le_bytes(), data].concat()
}

fn begin(what: u16) -> Vec<u8> {
    record(0x0809, &[&[0, 6], &what.to_le_bytes()[..], &[0; 12]].concat())
}

/// A string with two bytes to a character, its length in two.
fn string(text: &str) -> Vec<u8> {
    let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    [&((units.len() / 2) as u16).to_le_bytes()[..], &[1], &units].concat()
}

fn shared(strings: &[&str]) -> Vec<u8> {
    let count = (strings.len() as u32).to_le_bytes();
    [&count[..], &count, &strings.iter().flat_map(|text| string(text)).collect::<Vec<u8>>()].concat()
}

/// A cell with a shared string.
fn text_cell(row: u16, column: u16, string: u32) -> Vec<u8> {
    record(0x00FD, &[&row.to_le_bytes()[..], &column.to_le_bytes(), &[0, 0], &string.to_le_bytes()].concat())
}

/// The stream of a workbook with one sheet; `position` lies about where the sheet begins.
fn stream(strings: &[u8], cells: &[u8], position: Option<u32>) -> Vec<u8> {
    let sheet_name = string("表");
    let bound = |at: u32| record(0x0085, &[&at.to_le_bytes()[..], &[0, 0], &[1, 1], &sheet_name[3..]].concat());
    // What nobody reads fills sectors, so that the chain of sectors matters.
    let fill = record(0x1234, &[7; 1000]).repeat(3);
    let globals = |at: u32| [begin(5), bound(at), fill.clone(), record(0x00FC, strings), record(0x000A, &[])].concat();
    let at = position.unwrap_or(globals(0).len() as u32);
    [globals(at), begin(0x10), cells.to_vec(), record(0x000A, &[])].concat()
}

fn rows() -> Vec<u8> {
    [text_cell(0, 0, 0), text_cell(0, 1, 1), text_cell(1, 0, 2), text_cell(1, 1, 3)].concat()
}

const STRINGS: [&str; 4] = ["部门名称", "设立日期", "机电系", "2010-09-01"];

pub(super) fn healthy() -> Vec<u8> {
    container("Workbook", &stream(&shared(&STRINGS), &rows(), None))
}

fn book(stream: &[u8]) -> Vec<u8> {
    container("Workbook", stream)
}

pub(super) fn kinds(corpus: &mut Corpus) {
    let x = "部门.xls";
    corpus.harmless("healthy/xls", x, healthy(), "it is what all others start from");
    for name in [
        "EncryptedPackage",
        "EncryptionInfo",
        "WordDocument",
        "PowerPoint Document",
        "__properties_version1.0",
        "Book",
        "VBA",
        "\u{1}Ole10Native",
    ] {
        corpus.add(format!("ole/{}", name.trim_start_matches('\u{1}')), x, container(name, b"x"));
    }
    let patched = |at: usize, n: u32| {
        let mut bytes = healthy();
        put(&mut bytes, at, n);
        bytes
    };
    // Within the sector of chains, which follows the header, and of the directory behind it.
    let (chains, entry) = (512, 1024 + 128);
    for (trick, bytes) in [
        ("sector-of-one-byte", patched(30, 0)),
        ("sector-of-an-exabyte", patched(30, 60)),
        ("chain-in-a-ring", patched(chains + 4 * 3, 2)),
        ("chain-to-itself", patched(chains + 4 * 2, 2)),
        ("chain-beyond-the-end", patched(chains + 4 * 3, 0x00FF_FFFF)),
        ("chain-too-short", patched(chains + 4 * 2, END)),
        ("directory-in-a-ring", patched(chains + 4, 1)),
        ("directory-beyond-the-end", patched(48, 0x00FF_FFFF)),
        ("directory-nowhere", patched(48, END)),
        ("chains-beyond-the-end", patched(76, 0x00FF_FFFF)),
        ("more-chains-in-a-ring", patched(68, 0)),
        ("mini-chain-in-a-ring", patched(60, 1)),
        ("stream-of-4-gigabytes", patched(entry + 120, u32::MAX)),
        ("stream-begins-nowhere", patched(entry + 116, 0x00FF_FFFF)),
        ("stream-of-nothing", patched(entry + 120, 0)),
        ("header-only", healthy()[..512].to_vec()),
        ("signature-only", healthy()[..8].to_vec()),
        ("all-ones", [&healthy()[..8], &[0xFF; 4096]].concat()),
    ] {
        corpus.add(format!("cfb/{trick}"), x, bytes);
    }
    corpus.harmless("cfb/name-length-lies", x, patched(entry + 64, 0x0002_0012), "a name is at most 32 characters");

    let strings = shared(&STRINGS);
    let with_cells = |cells: Vec<u8>| book(&stream(&strings, &[rows(), cells].concat(), None));
    let with_strings = |strings: &[u8]| book(&stream(strings, &rows(), None));
    let mut short = shared(&STRINGS);
    short.truncate(20);
    let lying = |at: usize, n: u32| {
        let mut strings = shared(&STRINGS);
        put(&mut strings, at, n);
        strings
    };
    for (trick, bytes) in [
        (
            "record-longer-than-the-stream",
            book(&[stream(&strings, &[], None), [0x3E, 0x02, 0xFF, 0xFF].into(), vec![1; 3500]].concat()),
        ),
        ("record-head-cut-off", {
            let mut s = stream(&strings, &rows(), None);
            s.resize(4094, 0);
            s.extend([1, 0, 0xFF, 0xFF]);
            s.truncate(4096);
            book(&s[..4096])
        }),
        ("strings-fewer-than-said", with_strings(&short)),
        ("strings-two-milliards", with_strings(&lying(4, 0x7FFF_FFFF))),
        ("string-longer-than-its-record", with_strings(&lying(8, 0x0001_FFFF))),
        ("string-with-rich-text-lie", with_strings(&lying(10, 0xFFFF_FF09))),
        ("string-with-phonetic-lie", with_strings(&lying(10, 0xFFFF_FF05))),
        ("string-number-beyond", with_cells(text_cell(2, 0, 0x7FFF_FFFF))),
        ("column-65535", with_cells(text_cell(2, 65_535, 2))),
        ("cell-cut-off", with_cells(record(0x00FD, &[2, 0, 0]))),
        ("number-cut-off", with_cells(record(0x0203, &[2, 0, 0, 0, 0, 0, 1]))),
        ("numbers-backwards", with_cells(record(0x00BD, &[2, 0, 5, 0, 0, 0, 1, 0, 0, 0, 1, 0]))),
        ("merges-more-than-there-are", with_cells(record(0x00E5, &[0xFF, 0xFF, 0, 0]))),
        (
            "formula-without-its-string",
            with_cells(record(0x0006, &[2, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0, 0])),
        ),
        ("sheet-beyond-the-end", book(&stream(&strings, &rows(), Some(0x7FFF_FFFF)))),
        ("sheet-is-the-globals", book(&stream(&strings, &rows(), Some(0)))),
        ("sheet-within-a-record", book(&stream(&strings, &rows(), Some(3)))),
        ("protected", book(&[begin(5), record(0x002F, &[1, 0]), record(0x000A, &[])].concat())),
        ("version-5", book(&[record(0x0809, &[0, 5, 5, 0, 0, 0, 0, 0]), record(0x000A, &[])].concat())),
        ("no-beginning", book(&record(0x00FC, &strings))),
        ("nothing-but-zeros", book(&[])),
        ("not-a-number", with_cells(record(0x0203, &[&[2, 0, 1, 0, 0, 0][..], &f64::NAN.to_le_bytes()].concat()))),
        ("infinite", with_cells(record(0x0203, &[&[2, 0, 1, 0, 0, 0][..], &f64::INFINITY.to_le_bytes()].concat()))),
    ] {
        corpus.add(format!("biff/{trick}"), x, bytes);
    }
    for (trick, bytes) in [
        ("dimensions-lie", with_cells(record(0x0200, &[0xFF; 14]))),
        ("nested-beginnings", with_cells([begin(0x20).repeat(50), record(0x000A, &[]).repeat(50)].concat())),
        (
            "string-not-utf-16",
            with_strings(&{
                let mut s = shared(&STRINGS);
                let at = s.len() - 2;
                s[at..].copy_from_slice(&[0x31, 0]);
                s
            }),
        ),
        ("unknown-records", with_cells(record(0x1234, &[7; 100]).repeat(20))),
        ("continuation-of-nothing", with_cells(record(0x003C, &[7; 100]).repeat(20))),
    ] {
        corpus.harmless(
            format!("biff/{trick}"),
            x,
            bytes,
            "records that say nothing of cells are passed over by their length",
        );
    }
    for (version, head) in [("2", [0x09, 0x00]), ("3", [0x09, 0x02]), ("4", [0x09, 0x04])] {
        let bytes = [&head[..], &[0x06, 0, 0, 0, 0x10, 0, 0, 0], &[0; 50]].concat();
        corpus.add(format!("biff/bare-version-{version}"), x, bytes);
    }
}
