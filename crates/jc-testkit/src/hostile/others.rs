//! Files of every other kind under a spreadsheet's name, web pages above all, and files that are two kinds at once.

use super::container::{Part, stored, workbook};
use super::{Corpus, cells};

pub(super) fn kinds(corpus: &mut Corpus) {
    pages(corpus);
    magics(corpus);
    containers(corpus);
    both(corpus);
}

fn pages(corpus: &mut Corpus) {
    let table = "<table><tr><td>部门名称</td></tr><tr><td>机电系</td></tr></table>";
    for (trick, text) in [
        ("html", format!("<html><body>{table}</body></html>")),
        ("html-doctype", format!("<!DOCTYPE html>{table}")),
        ("html-bare-table", table.to_owned()),
        (
            "html-of-excel",
            format!("<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><meta charset=gb2312>{table}"),
        ),
        ("html-marked", format!("\u{feff}\n\n  <HTML>{table}")),
        ("html-upper-case", format!("<TABLE>{table}</TABLE>")),
        ("xhtml", format!("<?xml version=\"1.0\"?><!DOCTYPE html><html>{table}</html>")),
        (
            "xml-spreadsheet-2003",
            "<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?><Workbook/>".to_owned(),
        ),
        ("svg", "<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>".to_owned()),
        ("svg-bare", "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>".to_owned()),
        ("mime-page", "MIME-Version: 1.0\nContent-Type: multipart/related\n\n--x\n".to_owned()),
        ("mail", "From: a@example\nTo: b@example\n\nhello\n".to_owned()),
        ("json", "{\"部门\": \"机电系\"}".to_owned()),
        ("yaml", "部门:\n  - 机电系\n".to_owned()),
        ("shell", "#!/bin/sh\nrm -rf /\n".to_owned()),
        ("batch", "@echo off\r\ndel /s *\r\n".to_owned()),
        ("php", "<?php system($_GET['c']); ?>".to_owned()),
        ("sylk", "ID;PWXL;N;E\nC;X1;Y1;K\"=cmd\"\nE\n".to_owned()),
        ("dif", "TABLE\n0,1\n\"EXCEL\"\n".to_owned()),
        ("calendar", "BEGIN:VCALENDAR\nEND:VCALENDAR\n".to_owned()),
        ("postscript", "%!PS-Adobe-3.0\nquit\n".to_owned()),
        ("private-key", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n".to_owned()),
        ("internet-shortcut", "[InternetShortcut]\nURL=file:///etc/passwd\n".to_owned()),
    ] {
        corpus.add(format!("kind/{trick}"), "部门.xls", text);
    }
}

fn magics(corpus: &mut Corpus) {
    let png = |width: u32, height: u32| {
        [&b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR"[..], &width.to_be_bytes(), &height.to_be_bytes(), &[8, 6, 0, 0, 0]]
            .concat()
    };
    let body = [0x11_u8, 0, 0x80, 0xFF].repeat(64);
    for (trick, magic) in [
        ("pdf", b"%PDF-1.7\n".to_vec()),
        ("png", png(1, 1)),
        ("png-of-four-milliard-pixels", png(65_535, 65_535)),
        ("png-of-no-pixel", png(0, 0)),
        ("jpeg", b"\xFF\xD8\xFF\xE0\0\x10JFIF".to_vec()),
        ("jpeg-of-65535-squared", b"\xFF\xD8\xFF\xC0\0\x11\x08\xFF\xFF\xFF\xFF\x03".to_vec()),
        ("gif", b"GIF89a\xFF\xFF\xFF\xFF".to_vec()),
        ("webp", b"RIFF\xFF\xFF\xFF\xFFWEBPVP8X".to_vec()),
        ("bitmap", b"BM\xFF\xFF\xFF\x7F\0\0\0\0".to_vec()),
        ("tiff", b"II*\0\x08\0\0\0".to_vec()),
        ("icon", b"\0\0\x01\0\x01\0".to_vec()),
        ("rar", b"Rar!\x1A\x07\x01\0".to_vec()),
        ("7z", b"7z\xBC\xAF\x27\x1C".to_vec()),
        ("gzip", b"\x1F\x8B\x08\0".to_vec()),
        ("bzip2", b"BZh91AY&SY".to_vec()),
        ("xz", b"\xFD7zXZ\0".to_vec()),
        ("zstd", b"\x28\xB5\x2F\xFD".to_vec()),
        ("lz4", b"\x04\x22\x4D\x18".to_vec()),
        ("cab", b"MSCF\0\0\0\0".to_vec()),
        ("tar", [&b"x.csv"[..], &[0; 252], b"ustar\0"].concat()),
        ("program-windows", b"MZ\x90\0\x03\0\0\0".to_vec()),
        ("program-linux", b"\x7FELF\x02\x01\x01\0".to_vec()),
        ("program-mac", b"\xCF\xFA\xED\xFE".to_vec()),
        ("class", b"\xCA\xFE\xBA\xBE\0\0\0\x41".to_vec()),
        ("wasm", b"\0asm\x01\0\0\0".to_vec()),
        ("database", b"SQLite format 3\0".to_vec()),
        ("access", b"\0\x01\0\0Standard Jet DB\0".to_vec()),
        ("dbase", b"\x03\x7C\x0B\x19\x01\0\0\0".to_vec()),
        ("parquet", b"PAR1\x15\0".to_vec()),
        ("rich-text", b"{\\rtf1\\ansi{\\object\\objdata}}".to_vec()),
        ("shortcut", b"L\0\0\0\x01\x14\x02\0".to_vec()),
        ("sound", b"ID3\x04\0\0\0\0\0\0".to_vec()),
        ("film", b"\0\0\0\x18ftypmp42".to_vec()),
        ("font", b"\0\x01\0\0\0\x0F\0\x80".to_vec()),
        ("help", b"ITSF\x03\0\0\0".to_vec()),
        ("disk", b"KDMV\x01\0\0\0".to_vec()),
    ] {
        corpus.add(format!("kind/{trick}"), "部门.xlsx", [&magic[..], &body].concat());
    }
    corpus.add("kind/nothing", "部门.xlsx", "");
    corpus.add("kind/spaces", "部门.csv", " \r\n\t".repeat(1000));
    let csv = "部门名称,设立日期\n机电系,2010-09-01\n";
    for name in ["部门.xlsx", "部门.pdf", "部门", "部门.csv.exe", "../../部门.csv", "部门\u{202e}vsc.exe", "CON"]
    {
        let why = "the kind is told by the content; a name is only shown";
        corpus.harmless(format!("name/{}", name.escape_unicode()), name, csv, why);
    }
}

fn containers(corpus: &mut Corpus) {
    for (trick, part) in [
        ("docx", "word/document.xml"),
        ("pptx", "ppt/presentation.xml"),
        ("xlsb", "xl/workbook.bin"),
        ("numbers", "Index/Document.iwa"),
        ("jar", "META-INF/MANIFEST.MF"),
        ("apk", "AndroidManifest.xml"),
        ("epub", "META-INF/container.xml"),
        ("odt-without-manifest", "content.xml"),
        ("plain", "a.txt"),
    ] {
        corpus.add(format!("kind/zip-{trick}"), "部门.xlsx", stored(&[Part::of(part, "<x/>")]));
    }
    corpus.add("kind/zip-empty", "部门.xlsx", stored(&[]));
}

/// Files that two programs would take for two things.
fn both(corpus: &mut Corpus) {
    let xlsx = workbook(cells::HEALTHY);
    let xls = super::biff::healthy();
    let csv = "部门名称,设立日期\n机电系,2010-09-01\n".as_bytes();
    for (trick, bytes) in [
        ("pdf-before-xlsx", [b"%PDF-1.7\n", &xlsx[..]].concat()),
        ("gif-before-xlsx", [b"GIF89a/*", &xlsx[..]].concat()),
        ("png-before-xlsx", [b"\x89PNG\r\n\x1a\n", &xlsx[..]].concat()),
        ("page-before-xlsx", [b"<html><script>alert(1)</script>", &xlsx[..]].concat()),
        ("jpeg-before-xls", [b"\xFF\xD8\xFF\xE0", &xls[..]].concat()),
        ("csv-before-xlsx", [csv, &xlsx[..]].concat()),
        ("zip-mark-before-csv", [b"PK\x03\x04", csv].concat()),
        ("pdf-mark-before-csv", [b"%PDF-", csv].concat()),
        ("rtf-mark-before-csv", [b"{\\rtf", csv].concat()),
        ("ole-mark-before-csv", [&xls[..8], csv].concat()),
        ("xlsx-with-word-inside", {
            let mut parts = super::container::parts("");
            parts.retain(|part| !part.name.ends_with(b"workbook.xml"));
            parts.push(Part::of("word/document.xml", "<x/>"));
            stored(&parts)
        }),
    ] {
        corpus.add(format!("both/{trick}"), "部门.xlsx", bytes);
    }
    for (trick, bytes) in [
        ("xls-before-xlsx", [&xls[..], &xlsx].concat()),
        ("xlsx-and-ods", {
            let mut parts =
                super::container::parts(&format!("<worksheet><sheetData>{}</sheetData></worksheet>", cells::HEALTHY));
            parts.push(Part::of("content.xml", "<!DOCTYPE x>"));
            parts.push(Part::of("META-INF/manifest.xml", "<manifest/>"));
            stored(&parts)
        }),
    ] {
        corpus.harmless(
            format!("both/{trick}"),
            "部门.xlsx",
            bytes,
            "it is read as one of the two, by fixed order, and as nothing else",
        );
    }
}
