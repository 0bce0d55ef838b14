//! Texts taken out of documents: what people read in them, in this process and apart; and what cannot be read.

use crate::support::{codes, prose_apart, zip};
use encoding_rs::GBK;
use jc_intake::limits::Limits;
use jc_intake::prose;
use std::fmt::Write as _;

/// The text with its kind, or the findings; the same in both processes.
fn taken_within(name: &str, bytes: Vec<u8>, limits: &Limits) -> String {
    let here = prose::open(name, bytes.clone(), limits);
    assert_eq!(prose_apart(name, bytes, limits), here, "{name}");
    match here {
        Ok(prose) if prose.warnings.is_empty() => format!("{}: {}", prose.kind, prose.text),
        Ok(prose) => format!("{}: {}\n{}", prose.kind, prose.text, codes(&prose.warnings)),
        Err(findings) => codes(&findings),
    }
}

fn taken(name: &str, bytes: Vec<u8>) -> String {
    taken_within(name, bytes, &prose::limits())
}

const ROOTS: &str = r#"<Relationships><Relationship Id="r1" Type="http://x/officeDocument" Target="word/document.xml"/></Relationships>"#;

fn docx(body: &str) -> Vec<u8> {
    let notes =
        r#"<Relationships><Relationship Id="n" Type="http://x/footnotes" Target="footnotes.xml"/></Relationships>"#;
    zip(&[
        ("_rels/.rels", ROOTS),
        ("word/document.xml", &format!("<w:document><w:body>{body}</w:body></w:document>")),
        ("word/_rels/document.xml.rels", notes),
        (
            "word/footnotes.xml",
            r#"<w:footnotes><w:footnote w:type="separator"><w:p><w:r><w:t>线</w:t></w:r></w:p></w:footnote><w:footnote w:id="2"><w:p><w:r><w:t>注：不含3人</w:t></w:r></w:p></w:footnote></w:footnotes>"#,
        ),
    ])
}

#[test]
fn a_document_is_read_in_its_order() {
    let body = r#"<w:p><w:pPr><w:tabs><w:tab w:pos="1"/></w:tabs><w:rPr><w:del w:id="1"/></w:rPr></w:pPr><w:r><w:t>毕业生</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">4</w:t></w:r><w:ins><w:r><w:t>07</w:t></w:r></w:ins><w:del><w:r><w:delText>09</w:delText><w:t>09</w:t></w:r></w:del><w:r><w:t>人</w:t></w:r></w:p>
<w:tbl><w:tblPr><w:jc/></w:tblPr><w:tr><w:tc><w:tcPr/><w:p><w:r><w:t>专业</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>人</w:t></w:r></w:p><w:p><w:r><w:t>数</w:t></w:r></w:p></w:tc></w:tr>
<w:tr><w:tc><w:p><w:r><w:t>数控</w:t></w:r></w:p></w:tc><w:tc><w:tbl><w:tr><w:tc><w:p><w:r><w:t>120</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl><w:p/></w:tc></w:tr></w:tbl>
<w:p><w:r><w:fldChar/><w:instrText>PAGE 12</w:instrText><w:t>第一行</w:t><w:br/><w:t>第二行&amp;</w:t></w:r><w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx><w:txbxContent><w:p><w:r><w:t>框中5人</w:t></w:r></w:p></w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><w:p><w:r><w:t>框中5人</w:t></w:r></w:p></w:pict></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>。</w:t></w:r></w:p>"#;
    assert_eq!(
        taken("总结.docx", docx(body)),
        "docx: 毕业生407人\n专业\t人 数\n数控\t120 \n框中5人\n第一行\n第二行&。\n注：不含3人"
    );
}

/// A PDF of one page whose objects from 4 on are given; the page's fonts and pictures are in `resources`.
fn pdf(resources: &str, content: &[u8], objects: &[&str], trailer: &str) -> Vec<u8> {
    let page =
        format!("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << {resources} >> >>");
    let mut out = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    let stream = [format!("<< /Length {} >>\nstream\n", content.len()).as_bytes(), content, b"\nendstream"].concat();
    let all: Vec<Vec<u8>> = ["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", &page]
        .into_iter()
        .map(|object| object.as_bytes().to_vec())
        .chain([stream])
        .chain(objects.iter().map(|object| object.as_bytes().to_vec()))
        .collect();
    for (number, object) in (1..).zip(&all) {
        places.push(out.len());
        out.extend(format!("{number} 0 obj\n").as_bytes());
        out.extend(object);
        out.extend(b"\nendobj\n");
    }
    let start = out.len();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", all.len() + 1);
    for place in places {
        let _ = writeln!(table, "{place:010} 00000 n ");
    }
    let _ = write!(table, "trailer << /Size {} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n", all.len() + 1);
    out.extend(table.as_bytes());
    out
}

/// A Chinese font that is not in the file: readers are expected to know its characters by the name of the map.
fn song(map: &str) -> [String; 2] {
    [
        format!("<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /{map} /DescendantFonts [6 0 R] >>"),
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> /DW 1000 >>".to_owned(),
    ]
}

fn shown(lines: &[&str], encode: fn(&str) -> Vec<u8>) -> Vec<u8> {
    let mut content = "BT /F 12 Tf 16 TL 70 700 Td ".to_owned();
    for line in lines {
        let hex: String = encode(line).iter().map(|byte| format!("{byte:02X}")).collect();
        let _ = write!(content, "<{hex}> Tj T* ");
    }
    content.push_str("ET");
    content.into_bytes()
}

#[test]
fn fonts_outside_the_file_are_read_by_their_maps() {
    let lines = ["2024届毕业生共三百一十二人，其中升学九十八人，就业二百零九人，就业率", "达98.4%。"];
    let expected = "pdf: 2024届毕业生共三百一十二人，其中升学九十八人，就业二百零九人，就业率达98.4%。";
    let wide = |text: &str| text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let gbk = |text: &str| GBK.encode(text).0.into_owned();
    for (map, encode) in [("UniGB-UCS2-H", wide as fn(&str) -> Vec<u8>), ("GBK-EUC-H", gbk), ("GBKp-EUC-H", gbk)] {
        let [font, of] = song(map);
        let file = pdf("/Font << /F 5 0 R >>", &shown(&lines, encode), &[&font, &of], "");
        assert_eq!(taken("报告.pdf", file), expected, "{map}");
    }
}

#[test]
fn a_browsers_print_is_read() {
    assert_eq!(
        taken("报告.pdf", include_bytes!("report.pdf").to_vec()),
        "pdf: 质量报告（2024届）\n2024届毕业生共312人，升学98人，就业209人，落实率达98.40%，对口就业率为91.2%，毕业生就业质量报告对口升学，落实率达91.2%，就业98人。\n就业\t毕业生\t升学\n质量\t120人\t117人\n落实\t192人\t190人"
    );
}

#[test]
fn what_is_no_text_is_named() {
    let [font, of] = song("UniGB-UCS2-H");
    let wide = |text: &str| text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let fonts = "/Font << /F 5 0 R >>";
    let good = pdf(fonts, &shown(&["就业三人"], wide), &[&font, &of], "");
    assert_eq!(taken("a.pdf", good.clone()), "pdf: 就业三人");
    let picture = "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray /Length 1 >>\nstream\nx\nendstream";
    let scanned = pdf("/XObject << /I 5 0 R >>", b"q 600 0 0 800 0 0 cm /I Do Q", &[picture], "");
    let nameless = song("Identity-H")[0].clone();
    let identity = of.replace("GB1", "Identity").replace("STSong-Light", "Own");
    let nameless = pdf(fonts, &shown(&["就业三人共三百人"], wide), &[&nameless, &identity], "");
    let secret = format!(
        "/Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -1 /O <{0}> /U <{0}> >> /ID [<00> <00>]",
        "AB".repeat(32)
    );
    let drawing = "<w:document><w:body><w:p><w:r><w:drawing/></w:r></w:p></w:body></w:document>";
    for (name, bytes, expected) in [
        ("扫描.pdf", scanned, "INT-067 扫描.pdf"),
        ("无名.pdf", nameless, "INT-068 无名.pdf"),
        ("密码.pdf", pdf(fonts, &shown(&["三"], wide), &[&font, &of], &secret), "INT-062 密码.pdf"),
        ("断.pdf", good[..good.len() - 200].to_vec(), "INT-063 断.pdf"),
        ("空.pdf", b"%PDF-1.4\n%%EOF".to_vec(), "INT-063 空.pdf"),
        ("断.docx", docx("<w:p/>")[..120].to_vec(), "INT-063 断.docx"),
        ("坏.docx", docx("<w:p><w:r></w:p>"), "INT-063 坏.docx"),
        ("半.docx", docx("<w:p><w:r><w:t>三人"), "INT-063 半.docx"),
        ("空.docx", zip(&[("_rels/.rels", ROOTS), ("word/document.xml", "<w:document/>")]), "INT-073 空.docx"),
        ("图.docx", zip(&[("_rels/.rels", ROOTS), ("word/document.xml", drawing)]), "INT-073 图.docx"),
        ("形.pdf", pdf("", b"0 0 m 100 100 l S", &[], ""), "INT-073 形.pdf"),
        ("包.zip", zip(&[("a.txt", "三")]), "INT-060 包.zip"),
        ("表.xlsx", zip(&[("xl/workbook.xml", "<workbook/>")]), "INT-060 表.xlsx"),
        ("旧.xls", include_bytes!("old.xls").to_vec(), "INT-060 旧.xls"),
        ("图.png", b"\x89PNG\r\n\x1a\n".to_vec(), "INT-060 图.png"),
        ("空.txt", b" \n".to_vec(), "INT-066 空.txt"),
        ("长.txt", "数".repeat(prose::MOST_CHARS + 1).into_bytes(), "INT-065 长.txt"),
        ("乱.txt", b"\x01\x02\x03\x04\x05\x06\x07\x08\x0e\x0f".to_vec(), "INT-061 乱.txt"),
    ] {
        assert_eq!(taken(name, bytes), expected);
    }
    let small = Limits { bytes: 10, ..prose::limits() };
    assert_eq!(taken_within("大.txt", vec![b'a'; 11], &small), "INT-064 大.txt");
    let bomb = docx(&format!("<w:p><w:r><w:t>{}</w:t></w:r></w:p>", "0".repeat(1 << 20)));
    let tight = Limits { inflated_bytes: 1 << 18, ..prose::limits() };
    assert_eq!(taken_within("弹.docx", bomb, &tight), "INT-063 弹.docx");
}

#[test]
fn a_document_cut_anywhere_gives_a_finding_or_nothing_new() {
    let whole = include_bytes!("report.pdf");
    let word = docx("<w:p><w:r><w:t>就业三人</w:t></w:r></w:p>");
    for bytes in [&whole[..], &word] {
        for step in 1..60 {
            let cut = bytes.len() * step / 60;
            let Err(findings) = prose::open("断", bytes[..cut].to_vec(), &prose::limits()) else {
                panic!("{cut} of {} bytes were taken for the whole", bytes.len());
            };
            assert!(findings[0].code == "INT-063", "{}", codes(&findings));
        }
    }
}

#[test]
fn a_table_comes_back_as_a_table() {
    use jc_intake::prose::marked::{Mark, Passage, docx};
    let text = "各系就业情况：\n系\t人数\t率\n机电\t407人\t99.26%\n合计\t407人\n另计\t3人\n\n甲\t1人\n乙\t2人";
    // The break between the rows lies in the second passage.
    let at = |words: &str| text[..text.find(words).unwrap()].chars().count();
    let passages = [(at("407人"), 4), (at("99.26%"), 9)].map(|(start, len)| Passage {
        start,
        end: start + len,
        mark: Mark::Wrong,
        comment: vec!["记录为 404 人".to_owned()],
    });
    let bytes = docx(text, &passages, "匠册", "2024-06-30").unwrap();
    assert_eq!(taken("核验.docx", bytes.clone()), format!("docx: {text}"));
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let document = std::io::read_to_string(archive.by_name("word/document.xml").unwrap()).unwrap();
    let count = |part: &str| document.matches(part).count();
    assert_eq!((count("<w:tbl>"), count("<w:tr>"), count("<w:tc>"), count("<w:gridSpan w:val=\"2\"/>")), (2, 6, 14, 2));
    assert_eq!((count("<w:commentRangeStart"), count("<w:commentRangeEnd"), count("<w:commentReference")), (2, 2, 2));
    assert!(document.contains("</w:tbl><w:p/><w:sectPr>"));
}

#[test]
fn a_marked_text_is_read_again_as_it_was() {
    use jc_intake::prose::marked::{Mark, Passage, docx};
    let text = "毕业生<407>人，\n其中\t女生&1103人。\u{1}";
    let passage = |start, end, mark, comment: &[&str]| Passage {
        start,
        end,
        mark,
        comment: comment.iter().map(|line| (*line).to_owned()).collect(),
    };
    let passages = [
        passage(14, 20, Mark::Wrong, &["矛盾 <1>", "记录为 3 人"]),
        passage(4, 7, Mark::Right, &[]),
        passage(5, 9, Mark::Open, &["与前一处重叠"]),
        passage(99, 120, Mark::Open, &["不在文中"]),
    ];
    let bytes = docx(text, &passages, "匠册", "2024-06-30").unwrap();
    assert_eq!(docx(text, &passages, "匠册", "2024-06-30").unwrap(), bytes);
    assert_eq!(taken("核验.docx", bytes.clone()), format!("docx: {}", text.trim_end_matches('\u{1}')));
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut part = |name: &str| std::io::read_to_string(archive.by_name(name).unwrap()).unwrap();
    let (document, comments) = (part("word/document.xml"), part("word/comments.xml"));
    assert_eq!(document.matches("<w:commentReference").count(), 1);
    assert!(document.contains("w:val=\"double\""));
    assert!(comments.contains("矛盾 &lt;1&gt;") && comments.contains("w:date=\"2024-06-30T00:00:00Z\""));
}
