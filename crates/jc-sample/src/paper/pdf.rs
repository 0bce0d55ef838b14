//! Evidence: one page that says it is none.

use std::fmt::Write as _;

/// A valid PDF of one page with a heading and lines below it.
///
/// The Chinese font is one every reader has a substitute for (Adobe-GB1), so nothing is embedded and a file stays
/// below two kilobytes.
pub(crate) fn pdf(heading: &str, lines: &[String]) -> Vec<u8> {
    let mut page = String::from("BT /F1 18 Tf 56 780 Td ");
    let _ = write!(page, "<{}> Tj /F1 11 Tf ", utf16(heading));
    for line in ["合成示例佐证：本文件不是真实材料，仅供演示。"].into_iter().chain(lines.iter().map(String::as_str))
    {
        let _ = write!(page, "0 -24 Td <{}> Tj ", utf16(line));
    }
    page.push_str("ET");
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>".to_owned(),
        format!("<</Length {}>>stream\n{page}\nendstream", page.len()),
        "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[6 0 R]>>".to_owned(),
        concat!(
            "<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light",
            "/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/FontDescriptor 7 0 R/DW 1000>>"
        )
        .to_owned(),
        concat!(
            "<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]",
            "/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93>>"
        )
        .to_owned(),
    ];
    let mut file = String::from("%PDF-1.4\n");
    let mut places = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        places.push(file.len());
        let _ = writeln!(file, "{} 0 obj{object}endobj", index + 1);
    }
    let start = file.len();
    let _ = write!(file, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for place in places {
        let _ = writeln!(file, "{place:010} 00000 n ");
    }
    let _ = write!(file, "trailer<</Size {}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1);
    file.into_bytes()
}

/// Hexadecimal UTF-16 of the basic plane, which is all this font's encoding knows.
fn utf16(text: &str) -> String {
    text.encode_utf16().filter(|unit| !(0xD800..0xE000).contains(unit)).fold(String::new(), |mut hex, unit| {
        let _ = write!(hex, "{unit:04X}");
        hex
    })
}
