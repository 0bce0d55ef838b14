//! Text files: encodings that are none, quotes that never end, widths and lengths, formulas, characters that deceive.

use super::Corpus;

const HEAD: &str = "部门名称,设立日期\n";

pub(super) fn kinds(corpus: &mut Corpus) {
    encodings(corpus);
    shapes(corpus);
    words(corpus);
}

fn encodings(corpus: &mut Corpus) {
    let c = "部门.csv";
    let healthy = format!("{HEAD}机电系,2010-09-01\n");
    corpus.harmless("healthy/csv", c, healthy.clone(), "it is what all others start from");
    let utf16 = |text: &str, unit: fn(u16) -> [u8; 2]| -> Vec<u8> { text.encode_utf16().flat_map(unit).collect() };
    let little = [&[0xFF, 0xFE][..], &utf16(&healthy, u16::to_le_bytes)].concat();
    let big = [&[0xFE, 0xFF][..], &utf16(&healthy, u16::to_be_bytes)].concat();
    let utf32: Vec<u8> = healthy.chars().flat_map(|c| u32::from(c).to_le_bytes()).collect();
    let broken = |bytes: &[u8]| [HEAD.as_bytes(), bytes, b",2010-09-01\n"].concat();
    for (trick, bytes) in [
        ("utf-16-odd", [&little[..], &[0x41]].concat()),
        ("utf-16-lone-surrogate", [&little[..], &[0x00, 0xD8, 0x41, 0x00]].concat()),
        ("utf-16-swapped-surrogates", [&little[..], &[0x00, 0xDC, 0x00, 0xD8]].concat()),
        ("utf-16-nul", [&little[..], &[0, 0]].concat()),
        ("utf-16-without-mark", utf16(&healthy, u16::to_le_bytes)),
        ("utf-32-marked", [&[0xFF, 0xFE, 0, 0][..], &utf32].concat()),
        ("utf-32-without-mark", utf32),
        ("utf-8-overlong-nul", broken(&[0xC0, 0x80])),
        ("utf-8-overlong-slash", broken(&[0xE0, 0x80, 0xAF])),
        ("utf-8-surrogate", broken(&[0xED, 0xA0, 0x80])),
        ("utf-8-beyond", broken(&[0xF7, 0xBF, 0xBF, 0xBF])),
        ("utf-8-continuation-alone", broken(&[0xE6, 0x9C, 0xBA, 0xBF, 0xFF])),
        ("utf-8-cut-off", broken(&[0xE6, 0x9C])),
        ("utf-8-all-ones", broken(&[0xFF; 20])),
        ("utf-8-then-gbk", [healthy.as_bytes(), &[0xBB, 0xFA, 0xB5, 0xE7, 0x2C, 0xFF]].concat()),
        (
            "gb18030-cut-off",
            [&[0xB2, 0xBF, 0xC3, 0xC5, 0xC3, 0xFB, 0xB3, 0xC6, 0x0A, 0x81][..], &[0x30, 0x81]].concat(),
        ),
        ("gbk-bad-trail", vec![0xB2, 0xBF, 0xC3, 0xC5, 0x0A, 0xB2, 0x20, 0x0A]),
        ("latin-1", b"B\xFCro,Gr\xFC\xDFe\n\xE4,\xF6\n".to_vec()),
        ("ebcdic", vec![0xC1, 0xC2, 0x6B, 0xC3, 0x15, 0xC4, 0x6B, 0xC5, 0x15]),
        ("nul-within", format!("{HEAD}机\0电系,2010-09-01\n").into_bytes()),
        ("nul-only", vec![0; 100]),
        ("control-only", vec![7; 100]),
        ("mark-only", vec![0xEF, 0xBB, 0xBF]),
        ("utf-16-mark-only", vec![0xFF, 0xFE]),
        ("utf-7", b"+kOhckFlQPcw-,+i755y2XlZx8-\n+ZzprNw-,2010-09-01\n".to_vec()),
        ("base64", b"6YOo6Zeo5ZCN56ew\n".to_vec()),
        ("random", (0..4096_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect()),
    ] {
        corpus.add(format!("encoding/{trick}"), c, bytes);
    }
    for (trick, bytes) in [
        ("utf-8-marked", [&[0xEF, 0xBB, 0xBF][..], healthy.as_bytes()].concat()),
        ("utf-16-little", little),
        ("utf-16-big", big),
        ("gbk", vec![0xB2, 0xBF, 0xC3, 0xC5, 0xC3, 0xFB, 0xB3, 0xC6, 0x0A, 0xBB, 0xFA, 0xB5, 0xE7, 0xCF, 0xB5, 0x0A]),
    ] {
        corpus.harmless(format!("encoding/{trick}"), c, bytes, "an encoding people use, read as it is");
    }
}

fn shapes(corpus: &mut Corpus) {
    let c = "部门.csv";
    let row = |text: &str| format!("{HEAD}{text}\n");
    for (trick, text) in [
        ("quote-never-closed", row("\"机电系,2010-09-01")),
        ("quote-never-closed-megabyte", row(&format!("\"{}", "机电系,\n".repeat(100_000)))),
        ("quote-within", row("机\"电\"系,\"2010\"-09-01")),
        ("quotes-odd", row(&"\"".repeat(100_001))),
        ("cell-32768-characters", row(&"长".repeat(32_768))),
        ("heading-32768-characters", format!("{}\n机电系\n", "长".repeat(32_768))),
        ("columns-201", row(&format!("机电系{}x", ",".repeat(250)))),
        ("columns-million", row(&format!("机电系{}", ",x".repeat(1_000_000)))),
        ("rows-200001", format!("{HEAD}{}", "系,\n".repeat(200_001))),
        ("no-rows", HEAD.to_owned()),
        ("only-separators", ",".repeat(100_000)),
        ("only-quotes", "\"\"\n".repeat(1000)),
        ("only-line-breaks", "\n".repeat(100_000)),
        ("one-line-of-a-megabyte", "a".repeat(1 << 20)),
        ("headings-twice", "部门名称,部门名称\n机电系,信息系\n".to_owned()),
        ("headings-of-another-table", "学号,成绩\n1,2\n".to_owned()),
        ("headings-right-to-left", "\u{202e}称名门部,设立日期\n机电系,2010-09-01\n".to_owned()),
        ("headings-look-alike", "部門名稱ⅹ,设立曰期x\n机电系,2010-09-01\n".to_owned()),
        ("same-key-twice", row("机电系,2010-09-01\n机电系,2011-09-01")),
        ("exponent-for-a-date", row("机电系,1.1E+17")),
        ("date-of-13-months", row("机电系,2010-13-01")),
        ("date-of-year-zero", row("机电系,0000-01-01")),
        ("date-beyond-numbers", row("机电系,99999999999999999999-01-01")),
    ] {
        corpus.add(format!("shape/{trick}"), c, text);
    }
    for (trick, text) in [
        ("carriage-returns-only", "部门名称,设立日期\r机电系,2010-09-01\r".to_owned()),
        ("semicolons", "部门名称;设立日期\n机电系;2010-09-01\n".to_owned()),
        ("tabs", "部门名称\t设立日期\n机电系\t2010-09-01\n".to_owned()),
        ("separators-behind", row(&format!("机电系{}", ",".repeat(10_000)))),
        ("blank-lines-between", format!("{HEAD}{}机电系,2010-09-01\n", "\n".repeat(50_000))),
        ("full-width-digits", row("机电系,２０１０-０９-０１")),
        ("quoted-line-break-in-heading", "\"部门名称\",\"设立日期\"\n机电系,2010-09-01\n".to_owned()),
    ] {
        corpus.harmless(format!("shape/{trick}"), c, text, "what people really save, read as they meant it");
    }
}

fn words(corpus: &mut Corpus) {
    let c = "部门.csv";
    let row = |text: &str| format!("{HEAD}{text},2010-09-01\n");
    for (trick, text) in [
        ("escape-sequence", "机\u{1b}[2J电系"),
        ("bell", "机\u{7}电系"),
        ("backspace", "机\u{8}\u{8}系"),
        ("vertical-tab", "机\u{b}系"),
        ("delete", "机\u{7f}系"),
        ("next-line", "机\u{85}系"),
        ("right-to-left-override", "机\u{202e}电系"),
        ("zero-width", "机\u{200b}电系"),
        ("tag-characters", "机\u{e0041}电系"),
        ("replacement", "机\u{fffd}电系"),
    ] {
        corpus.add(format!("text/{trick}"), c, row(text));
    }
    for (trick, text) in [
        ("formula-equals", "=1+1|cmd"),
        ("formula-plus", "+cmd|x"),
        ("formula-minus", "-2+3"),
        ("formula-at", "@SUM(A1)"),
        ("formula-full-width", "＝1+1"),
        ("formula-tab", "\"\t=1+1\""),
        ("markup", "<script>alert(1)</script>"),
        ("statement", "x' or '1'='1"),
        ("format-string", "%s%s%s%n"),
        ("path", "../../etc/passwd"),
        ("number-sign", "#REF!"),
        ("json", "{}"),
    ] {
        let why = "text is text: shown escaped, bound as a value, exported so that no program computes it";
        corpus.harmless(format!("text/{trick}"), c, row(text), why);
    }
}
