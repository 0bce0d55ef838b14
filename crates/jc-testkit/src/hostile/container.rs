//! Zip containers: bombs, lies about sizes, names that climb, parts that are not what they say.

use super::{Corpus, cells, xml};

/// A part of a container, with all that can be lied about.
#[derive(Debug, Clone)]
pub struct Part {
    /// Its name in the directory.
    pub name: Vec<u8>,
    /// Its name before its content; the same unless it lies.
    pub local_name: Vec<u8>,
    /// Its content as stored.
    pub data: Vec<u8>,
    method: u16,
    flags: u16,
    crc: u32,
    packed: u32,
    unpacked: u32,
    offset: Option<u32>,
    attributes: u32,
}

impl Part {
    /// An honest part, stored without compression.
    pub fn of(name: &str, data: impl Into<Vec<u8>>) -> Self {
        let data = data.into();
        let size = data.len() as u32;
        Self {
            name: name.into(),
            local_name: name.into(),
            crc: crc32(&data),
            data,
            method: 0,
            flags: 0,
            packed: size,
            unpacked: size,
            offset: None,
            attributes: 0,
        }
    }

    fn with(mut self, lie: impl FnOnce(&mut Self)) -> Self {
        lie(&mut self);
        self
    }

    fn named(self, name: &[u8]) -> Self {
        self.with(|part| (part.name, part.local_name) = (name.to_vec(), name.to_vec()))
    }
}

fn crc32(bytes: &[u8]) -> u32 {
    let step = |crc: u32, byte: &u8| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { (crc >> 1) ^ 0xEDB8_8320 } else { crc >> 1 })
    };
    !bytes.iter().fold(!0, step)
}

/// A container of the parts as they say they are.
pub fn stored(parts: &[Part]) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for part in parts {
        let offset = out.len() as u32;
        let head = |name: &[u8]| {
            let mut head = Vec::new();
            for n in [20, part.flags, part.method, 0, 0x5A21] {
                head.extend(n.to_le_bytes());
            }
            for n in [part.crc, part.packed, part.unpacked] {
                head.extend(n.to_le_bytes());
            }
            head.extend((name.len() as u16).to_le_bytes());
            head.extend([0, 0]);
            head
        };
        out.extend(b"PK\x03\x04");
        out.extend(head(&part.local_name));
        out.extend(&part.local_name);
        out.extend(&part.data);
        directory.extend(b"PK\x01\x02\x14\x03");
        directory.extend(head(&part.name));
        directory.extend([0; 6]);
        directory.extend(part.attributes.to_le_bytes());
        directory.extend(part.offset.unwrap_or(offset).to_le_bytes());
        directory.extend(&part.name);
    }
    let (start, count) = (out.len() as u32, parts.len() as u16);
    out.extend(&directory);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend(count.to_le_bytes());
    out.extend(count.to_le_bytes());
    out.extend((directory.len() as u32).to_le_bytes());
    out.extend(start.to_le_bytes());
    out.extend([0, 0]);
    out
}

/// The parts of a workbook with one sheet, given the whole of that sheet's part.
pub(super) fn parts(sheet: &str) -> Vec<Part> {
    vec![
        Part::of("[Content_Types].xml", "<Types/>"),
        Part::of("xl/workbook.xml", xml::WORKBOOK),
        Part::of("xl/_rels/workbook.xml.rels", xml::RELATIONS),
        Part::of("xl/worksheets/s.xml", sheet),
        Part::of("xl/strings.xml", "<sst><si><t>部门名称</t></si><si><t>设立日期</t></si><si><t>机电系</t></si></sst>"),
        Part::of("xl/styles.xml", "<styleSheet/>"),
    ]
}

/// A workbook of one sheet, given what stands among its rows.
pub(super) fn workbook(rows: &str) -> Vec<u8> {
    stored(&parts(&format!("<worksheet><sheetData>{rows}</sheetData></worksheet>")))
}

/// A workbook in which one part is replaced or added.
pub(super) fn replaced(part: Part) -> Vec<u8> {
    let mut parts = parts(&sheet());
    match parts.iter_mut().find(|p| p.name == part.name) {
        Some(place) => *place = part,
        None => parts.push(part),
    }
    stored(&parts)
}

fn sheet() -> String {
    format!("<worksheet><sheetData>{}</sheetData></worksheet>", cells::HEALTHY)
}

/// A deflate stream that inflates to a start tag and about `length` bytes of one piece over and over, without a
/// compressor: literals, then matches of 258 at the piece's distance in the fixed code.
fn endless(piece: &str, length: usize) -> Vec<u8> {
    let mut bits = Bits::default();
    bits.put(0b011, 3);
    for letter in b"<x>".iter().chain(piece.as_bytes()) {
        bits.code(0x30 + u32::from(*letter), 8);
    }
    let mut piece_again = || {
        bits.code(0b1100_0101, 8);
        // The codes of the distances 1 to 4 are 0 to 3.
        bits.code(piece.len() as u32 - 1, 5);
    };
    (0..16).for_each(|_| piece_again());
    // Eight of 13 bits are 13 bytes: from here on the bytes repeat.
    let last = bits.out.pop();
    let cycle = bits.out.split_at(bits.out.len() - 13).1.to_vec();
    bits.out.extend(cycle.repeat((length / 258 / 8).saturating_sub(2)));
    bits.out.extend(last);
    bits.code(0, 7);
    bits.out
}

/// Bits as deflate packs them.
#[derive(Default)]
struct Bits {
    out: Vec<u8>,
    used: u32,
}

impl Bits {
    fn put(&mut self, value: u32, count: u32) {
        for at in 0..count {
            if self.used.is_multiple_of(8) {
                self.out.push(0);
            }
            if let Some(last) = self.out.last_mut() {
                *last |= ((value >> at & 1) as u8) << (self.used % 8);
            }
            self.used += 1;
        }
    }

    /// A Huffman code: its highest bit first.
    fn code(&mut self, code: u32, count: u32) {
        (0..count).rev().for_each(|at| self.put(code >> at & 1, 1));
    }
}

/// A part that inflates to elements without end.
fn bomb(name: &str, length: usize) -> Part {
    packed(name, "<a/>", length)
}

fn packed(name: &str, piece: &str, length: usize) -> Part {
    let data = endless(piece, length);
    Part::of(name, data).with(|part| (part.method, part.unpacked) = (8, length as u32))
}

const MIB: usize = 1 << 20;

pub(super) fn kinds(corpus: &mut Corpus) {
    let x = "部门.xlsx";
    for (place, name) in [
        ("sheet", "xl/worksheets/s.xml"),
        ("strings", "xl/strings.xml"),
        ("styles", "xl/styles.xml"),
        ("workbook", "xl/workbook.xml"),
        ("relations", "xl/_rels/workbook.xml.rels"),
    ] {
        corpus.add(format!("bomb/{place}"), x, replaced(bomb(name, 240 * MIB)));
        let small = bomb(name, 240 * MIB).with(|part| part.unpacked = 100);
        corpus.add(format!("bomb/{place}-said-to-be-small"), x, replaced(small));
        corpus.add(format!("bomb/{place}-of-one-text"), x, replaced(packed(name, " ", 240 * MIB)));
    }
    corpus.harmless(
        "bomb/unread-part",
        x,
        replaced(bomb("xl/media/image1.png", 240 * MIB)),
        "parts nobody asks for are never inflated",
    );
    let nested = stored(&[Part::of("a.zip", stored(&vec![bomb("b", 64 * MIB); 16]))]);
    corpus.add("bomb/zip-in-zip", x, nested.clone());
    corpus.harmless(
        "bomb/zip-in-part",
        x,
        replaced(Part::of("xl/embeddings/a.zip", nested)),
        "parts nobody asks for are never opened",
    );
    corpus.add("bomb/ods", "部门.ods", {
        let mut parts = vec![Part::of("META-INF/manifest.xml", "<manifest/>")];
        parts.push(bomb("content.xml", 240 * MIB));
        stored(&parts)
    });

    type Lie = fn(&mut Part);
    let lies: [(&str, Lie); 16] = [
        ("unpacked-size-zero", |p| p.unpacked = 0),
        ("unpacked-size-huge", |p| p.unpacked = u32::MAX - 1),
        ("packed-size-zero", |p| p.packed = 0),
        ("packed-size-huge", |p| p.packed = u32::MAX - 1),
        ("packed-size-short", |p| p.packed /= 2),
        ("zip64-without-its-field", |p| (p.packed, p.unpacked) = (u32::MAX, u32::MAX)),
        ("crc-wrong", |p| p.crc ^= 1),
        ("method-deflate-but-stored", |p| p.method = 8),
        ("method-deflate64", |p| p.method = 9),
        ("method-bzip2", |p| p.method = 12),
        ("method-lzma", |p| p.method = 14),
        ("method-zstd", |p| p.method = 93),
        ("method-aes", |p| (p.method, p.flags) = (99, 1)),
        ("encrypted", |p| p.flags = 1),
        ("strongly-encrypted", |p| p.flags = 0x41),
        ("offset-beyond-the-end", |p| p.offset = Some(u32::MAX - 9)),
    ];
    for (name, lie) in lies {
        corpus.add(format!("zip/{name}"), x, replaced(Part::of("xl/worksheets/s.xml", sheet()).with(lie)));
    }
    corpus.harmless(
        "zip/masked-header",
        x,
        replaced(Part::of("xl/worksheets/s.xml", sheet()).with(|p| p.flags = 0x2000)),
        "the flag hides nothing of what is read",
    );
    corpus.harmless(
        "zip/descriptor-without-one",
        x,
        replaced(Part::of("xl/worksheets/s.xml", sheet()).with(|p| p.flags = 8)),
        "sizes come from the directory",
    );
    corpus.add(
        "zip/offset-of-another",
        x,
        replaced(Part::of("xl/worksheets/s.xml", sheet()).with(|p| p.offset = Some(0))),
    );
    corpus.harmless(
        "zip/local-name-differs",
        x,
        replaced(Part::of("xl/worksheets/s.xml", sheet()).with(|p| p.local_name = b"xl/worksheets/t.xml".to_vec())),
        "only the directory's name counts",
    );

    let extra = |name: &[u8]| {
        let mut all = parts(&sheet());
        all.push(Part::of("", "x").named(name));
        stored(&all)
    };
    for (name, part) in [
        ("climbs", &b"../../etc/passwd"[..]),
        ("climbs-within", b"xl/../../x"),
        ("climbs-backwards", b"..\\..\\x"),
        ("absolute", b"/etc/cron.d/x"),
        ("drive", b"C:\\Windows\\x"),
        ("network", b"\\\\server\\share"),
        ("stream", b"xl/x.xml:stream"),
        ("duplicate", b"xl/worksheets/s.xml"),
        ("not-utf-8", b"xl/\xff\xfe"),
    ] {
        corpus.add(format!("zip/name-{name}"), x, extra(part));
    }
    for (name, part) in [
        ("empty", &b""[..]),
        ("nul", b"xl/a\0b"),
        ("control", b"xl/\x1b[2J"),
        ("bidi", "xl/\u{202e}lmx.s".as_bytes()),
        ("device", b"xl/CON"),
        ("case-variant", b"XL/WORKSHEETS/S.XML"),
        ("dot", b"./xl/workbook.xml"),
        ("shell", b"xl/$(touch x).xml"),
        ("long", &[b'a'; 60_000]),
    ] {
        let why = "no part is ever written to disk or looked up under a stranger's name";
        corpus.harmless(format!("zip/name-{name}"), x, extra(part), why);
    }
    corpus.add(
        "zip/link",
        x,
        replaced(Part::of("xl/worksheets/s.xml", "/etc/passwd").with(|p| p.attributes = 0xA1FF_0000)),
    );
    corpus.add("zip/entries-2001", x, {
        let mut all = parts(&sheet());
        all.extend((0..2_001).map(|n| Part::of(&format!("p{n}"), "")));
        stored(&all)
    });
    corpus.add("zip/entries-60000-overlapping", x, {
        let kernel = bomb("k0", MIB);
        stored(
            &(0..60_000)
                .map(|n| {
                    kernel.clone().named(format!("k{n}").as_bytes()).with(|p| {
                        (p.offset, p.data) = (Some(0), if n == 0 { std::mem::take(&mut p.data) } else { Vec::new() });
                    })
                })
                .collect::<Vec<_>>(),
        )
    });
    let healthy = stored(&parts(&sheet()));
    let end = healthy.len() - 22;
    let patched = |at: usize, bytes: &[u8]| {
        let mut file = healthy.clone();
        file[at..at + bytes.len()].copy_from_slice(bytes);
        file
    };
    for (name, file) in [
        ("no-end", healthy[..end].to_vec()),
        ("end-only", healthy[end..].to_vec()),
        ("directory-beyond-the-end", patched(end + 16, &[0xF0, 0xFF, 0xFF, 0xFF])),
        ("directory-inside-itself", patched(end + 16, &(end as u32).to_le_bytes())),
        ("directory-size-huge", patched(end + 12, &[0xFF, 0xFF, 0xFF, 0x7F])),
        ("count-zero", patched(end + 8, &[0, 0, 0, 0])),
        ("count-more-than-there-are", patched(end + 8, &[200, 0, 200, 0])),
        ("of-several-disks", patched(end + 4, &[1, 0, 1, 0])),
        ("local-header-only", [b"PK\x03\x04".as_slice(), &[0; 26]].concat()),
        ("four-bytes", b"PK\x03\x04".to_vec()),
        ("spanning-mark", [b"PK\x07\x08".as_slice(), &healthy].concat()),
        ("text-before", [b"MZ a program that unpacks itself".as_slice(), &healthy].concat()),
    ] {
        corpus.add(format!("zip/{name}"), x, file);
    }
    for (name, file) in [
        ("count-fewer-than-there-are", patched(end + 8, &[5, 0, 5, 0])),
        ("text-behind", [&healthy[..], b"<script>alert(1)</script>"].concat()),
        ("comment-with-an-end", {
            let mut file = healthy.clone();
            file[end + 20] = 22;
            file.extend(b"PK\x05\x06");
            file.extend([0; 18]);
            file
        }),
    ] {
        corpus.harmless(format!("zip/{name}"), x, file, "the reader and the directory agree on what is read");
    }
}
