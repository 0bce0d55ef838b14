//! What stands in the cells of an xlsx sheet: far corners, lying indexes, formulas, characters that deceive.

use super::Corpus;
use super::container::{Part, replaced, workbook};

/// The rows of the healthy sheet.
pub(super) const HEALTHY: &str = r#"<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row><row r="2"><c r="A2" t="s"><v>2</v></c><c r="B2" t="str"><v>2010-09-01</v></c></row>"#;

const HEADINGS: &str = r#"<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>"#;

/// A sheet of headings and these rows.
fn below(rows: &str) -> Vec<u8> {
    workbook(&format!("{HEADINGS}{rows}"))
}

fn name(text: &str) -> Vec<u8> {
    below(&format!("<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>{text}</t></is></c></row>"))
}

pub(super) fn kinds(corpus: &mut Corpus) {
    let x = "部门.xlsx";
    corpus.harmless("healthy/xlsx", x, workbook(HEALTHY), "it is what all others start from");
    places(corpus, x);
    values(corpus, x);
    words(corpus, x);
    let string = |text: &str| {
        replaced(Part::of(
            "xl/strings.xml",
            format!("<sst><si><t>部门名称</t></si><si><t>设立日期</t></si><si>{text}</si></sst>"),
        ))
    };
    corpus.add("strings/40000-characters", x, string(&format!("<t>{}</t>", "长".repeat(40_000))));
    corpus.harmless(
        "strings/100000-runs",
        x,
        string(&"<r><t>系</t></r>".repeat(30_000)),
        "runs are one text, within the limit of a cell",
    );
    corpus.harmless(
        "strings/phonetic",
        x,
        string("<t>机电系</t><rPh sb=\"0\" eb=\"1\"><t>x</t></rPh>"),
        "readings are not part of the text",
    );
    corpus.harmless(
        "strings/million",
        x,
        string(&format!("<t>机电系</t></si>{}<si>", "<si><t/></si>".repeat(1_000_000))),
        "kept end to end in one buffer, counted against what the file may inflate to",
    );
    corpus.harmless("strings/count-lies", x, replaced(Part::of("xl/strings.xml", "<sst count=\"4294967295\" uniqueCount=\"4294967295\"><si><t>部门名称</t></si><si><t>设立日期</t></si><si><t>机电系</t></si></sst>")), "nothing is allocated by what is declared");
    corpus.add(
        "strings/fewer-than-used",
        x,
        replaced(Part::of("xl/strings.xml", "<sst><si><t>部门名称</t></si></sst>")),
    );
    for (trick, styles) in [
        ("format-of-30000-characters", format!("<numFmts><numFmt numFmtId=\"200\" formatCode=\"{}\"/></numFmts><cellXfs><xf numFmtId=\"200\"/></cellXfs>", "[&gt;1]0;".repeat(4_000))),
        ("format-never-closed", "<numFmts><numFmt numFmtId=\"200\" formatCode=\"&quot;[[[[\\\"/></numFmts><cellXfs><xf numFmtId=\"200\"/></cellXfs>".to_owned()),
        ("million-styles", format!("<cellXfs>{}</cellXfs>", "<xf numFmtId=\"14\"/>".repeat(1_000_000))),
        ("style-number-beyond-numbers", "<cellXfs><xf numFmtId=\"99999999999999999999\"/></cellXfs>".to_owned()),
    ] {
        let part = replaced(Part::of("xl/styles.xml", format!("<styleSheet>{styles}</styleSheet>")));
        corpus.harmless(format!("styles/{trick}"), x, part, "a format only tells dates from numbers");
    }
}

fn places(corpus: &mut Corpus, x: &str) {
    for (trick, rows) in [
        ("last-corner", r#"<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>"#.to_owned()),
        ("column-XFE", r#"<row r="2"><c r="XFE2"><v>1</v></c></row>"#.to_owned()),
        ("column-ZZZZZZZZ", r#"<row r="2"><c r="ZZZZZZZZ2"><v>1</v></c></row>"#.to_owned()),
        ("row-beyond-the-sheet", r#"<row r="4294967295"><c><v>1</v></c></row>"#.to_owned()),
        ("row-beyond-numbers", r#"<row r="99999999999999999999"><c><v>1</v></c></row>"#.to_owned()),
        ("row-zero", r#"<row r="0"><c><v>1</v></c></row>"#.to_owned()),
        ("row-minus-one", r#"<row r="-1"><c><v>1</v></c></row>"#.to_owned()),
        ("rows-backwards", r#"<row r="9"><c><v>1</v></c></row><row r="2"><c><v>2</v></c></row>"#.to_owned()),
        ("row-of-201-columns", format!("<row r=\"2\">{}</row>", "<c><v>1</v></c>".repeat(201))),
        ("row-of-a-million-columns", format!("<row r=\"2\">{}</row>", "<c><v>1</v></c>".repeat(1_000_000))),
        ("rows-200001", format!("<row><c r=\"A\"><v>1</v></c></row>{}", "<row><c><v>1</v></c></row>".repeat(200_001))),
        (
            "reference-without-a-number",
            r#"<row r="2"><c r="A"><v>1</v></c></row><row r="3"><c r="Z"/><c r="!"><v>1</v></c></row>"#.to_owned(),
        ),
    ] {
        corpus.add(format!("place/{trick}"), x, below(&rows));
    }
    let one = r#"<row r="2"><c r="A2" t="s"><v>2</v></c></row>"#;
    for (trick, rows) in [
        ("last-row", r#"<row r="1048576"><c r="A1048576" t="s"><v>2</v></c></row>"#.to_owned()),
        ("empty-cells-to-the-end", format!("{one}<row r=\"3\"><c r=\"XFD3\"/></row>")),
        (
            "empty-rows-100000",
            one.to_owned() + &(3..100_000).map(|n| format!("<row r=\"{n}\" s=\"1\"/>")).collect::<String>(),
        ),
        ("without-references", "<row><c t=\"s\"><v>2</v></c></row>".to_owned()),
    ] {
        corpus.harmless(format!("place/{trick}"), x, below(&rows), "nothing is allocated for what is not there");
    }
    let sheet = |extra: &str| {
        replaced(Part::of(
            "xl/worksheets/s.xml",
            format!("<worksheet><dimension ref=\"A1:XFD1048576\"/><sheetData>{HEALTHY}</sheetData>{extra}</worksheet>"),
        ))
    };
    for (trick, extra) in [
        ("dimension-lies", String::new()),
        ("merges-100000", format!("<mergeCells>{}</mergeCells>", "<mergeCell ref=\"D1:E2\"/>".repeat(100_000))),
        ("merge-of-all", "<mergeCells><mergeCell ref=\"C1:XFD1048576\"/></mergeCells>".to_owned()),
        ("merge-backwards", "<mergeCells><mergeCell ref=\"F9:E8\"/><mergeCell ref=\"!\"/></mergeCells>".to_owned()),
        ("links", "<hyperlinks><hyperlink ref=\"A2\" r:id=\"x\" location=\"file:///etc/passwd\"/></hyperlinks>".to_owned()),
        ("validation", "<dataValidations><dataValidation sqref=\"A1:XFD1048576\"><formula1>WEBSERVICE(1)</formula1></dataValidation></dataValidations>".to_owned()),
        ("second-sheet-data", format!("<sheetData>{}</sheetData>", HEALTHY.repeat(10))),
    ] {
        corpus.harmless(format!("sheet/{trick}"), x, sheet(&extra), "only rows are read, and merges within bounds");
    }
}

/// A date cell that holds something else.
fn values(corpus: &mut Corpus, x: &str) {
    let date = |cell: &str| below(&format!("<row r=\"2\"><c r=\"A2\" t=\"s\"><v>2</v></c>{cell}</row>"));
    for (trick, cell) in [
        ("not-a-number", "<c r=\"B2\"><v>NaN</v></c>"),
        ("infinite", "<c r=\"B2\"><v>inf</v></c>"),
        ("1e308", "<c r=\"B2\"><v>1e308</v></c>"),
        ("1e999", "<c r=\"B2\"><v>1e999</v></c>"),
        ("tiny", "<c r=\"B2\"><v>1e-300</v></c>"),
        ("negative-day", "<c r=\"B2\"><v>-1</v></c>"),
        ("hexadecimal", "<c r=\"B2\"><v>0x10</v></c>"),
        ("thousand-digits", "<c r=\"B2\"><v>1234567890123456789012345678901234567890</v></c>"),
        ("error", "<c r=\"B2\" t=\"e\"><v>#REF!</v></c>"),
        ("error-unknown", "<c r=\"B2\" t=\"e\"><v>#EVIL!</v></c>"),
        ("tick", "<c r=\"B2\" t=\"b\"><v>1</v></c>"),
        ("tick-of-seven", "<c r=\"B2\" t=\"b\"><v>7</v></c>"),
        ("iso-date-that-is-none", "<c r=\"B2\" t=\"d\"><v>2024-02-30</v></c>"),
        ("type-unknown", "<c r=\"B2\" t=\"zzz\"><v>1</v></c>"),
        ("shared-beyond", "<c r=\"B2\" t=\"s\"><v>99999999</v></c>"),
        ("shared-negative", "<c r=\"B2\" t=\"s\"><v>-1</v></c>"),
        ("shared-fraction", "<c r=\"B2\" t=\"s\"><v>1.5</v></c>"),
        ("shared-text", "<c r=\"B2\" t=\"s\"><v>abc</v></c>"),
        ("formula-without-value", "<c r=\"B2\"><f>NOW()</f></c>"),
        ("never-closed", "<c r=\"B2\"><v>1</v>"),
    ] {
        corpus.add(format!("value/{trick}"), x, date(cell));
    }
    corpus.harmless(
        "value/style-beyond-numbers",
        x,
        date("<c r=\"B2\" s=\"99999999999999999999\" t=\"str\"><v>2010-09-01</v></c>"),
        "an unknown style is none",
    );
    let computed =
        |formula: &str| below(&format!("<row r=\"2\"><c r=\"A2\" t=\"str\"><f>{formula}</f><v>机电系</v></c></row>"));
    for (trick, formula) in [
        ("command", "cmd|' /C calc'!A0"),
        ("dde", "DDE(&quot;cmd&quot;,&quot;/C calc&quot;,&quot;x&quot;)"),
        ("web", "WEBSERVICE(&quot;http://127.0.0.1:9/&quot;&amp;A1)"),
        ("link", "HYPERLINK(&quot;file:///etc/passwd&quot;)"),
        ("call", "CALL(&quot;kernel32&quot;,&quot;WinExec&quot;,&quot;JC&quot;,1)"),
        ("other-workbook", "[1]Sheet1!A1"),
        ("long", &"1+".repeat(4_000)),
        ("array", "{=SUM(A1:XFD1048576)}"),
    ] {
        corpus.harmless(
            format!("formula/{trick}"),
            x,
            computed(formula),
            "the value last shown is read, the formula never",
        );
    }
}

/// A name that is not what it looks like.
fn words(corpus: &mut Corpus, x: &str) {
    for (trick, text) in [
        ("right-to-left-override", "机\u{202e}电系"),
        ("left-to-right-isolate", "机\u{2066}电\u{2069}系"),
        ("zero-width-space-within", "机\u{200b}电系"),
        ("zero-width-joiner", "机\u{200d}电系"),
        ("word-joiner", "机\u{2060}电系"),
        ("byte-order-mark-within", "机\u{feff}电系"),
        ("soft-hyphen", "机\u{ad}电系"),
        ("arabic-letter-mark", "机\u{61c}电系"),
        ("tag-characters", "机\u{e0041}\u{e0042}电系"),
        ("replacement", "机\u{fffd}系"),
        ("private-use", "机\u{e000}系"),
        ("escaped-nul", "机_x0000_系"),
        ("escaped-control", "机_x001B_[2J系"),
        ("escaped-surrogate", "机_xD800_系"),
        ("escaped-bidi", "机_x202E_系"),
        ("numeric-nul", "机&#0;系"),
        ("numeric-control", "机&#x1B;系"),
        ("numeric-surrogate", "机&#xD800;系"),
        ("numeric-beyond", "机&#x110000;系"),
        ("numeric-beyond-numbers", "机&#xFFFFFFFFFFFF;系"),
        ("numeric-never-closed", "机&#123系"),
        ("line-break", "机电\n系"),
        ("line-separator", "机电\u{2028}系"),
        ("only-spaces", " \u{3000} "),
        ("only-invisible", "\u{200b}\u{200b}"),
        ("noncharacter", "机\u{ffff}系"),
    ] {
        corpus.add(format!("word/{trick}"), x, name(text));
    }
    let why = "text is text: shown escaped, bound as a value, exported as text";
    for (trick, text) in [
        ("markup", "&lt;img src=x onerror=alert(1)&gt;".to_owned()),
        ("cdata", "<![CDATA[<script>alert(1)</script>]]>".to_owned()),
        ("formula", "=HYPERLINK(\"http://127.0.0.1:9\")".to_owned()),
        ("statement", "'); drop table school; --".to_owned()),
        ("path", "../../../etc/passwd".to_owned()),
        ("template", "{{7*7}} ${7*7} {% raw %}".to_owned()),
        ("rare-characters", "𠮷䶮·𬭎系".to_owned()),
        ("combining", format!("机{}", "\u{301}".repeat(100))),
        ("emoji-family", "👨‍👩‍👧系".replace('\u{200d}', "")),
        ("homoglyphs", "机电系Α".to_owned()),
        ("variation", "机\u{fe0f}电系".to_owned()),
    ] {
        corpus.harmless(format!("word/{trick}"), x, name(&text), why);
    }
    corpus.add("word/32768-characters", x, name(&"长".repeat(32_768)));
}
