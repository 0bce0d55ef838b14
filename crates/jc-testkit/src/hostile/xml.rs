//! The parts of xlsx and ods as XML: document types, entities, depth, size, encodings, links to elsewhere.

use super::container::{Part, parts, replaced, stored};
use super::{Corpus, cells};

pub(super) const WORKBOOK: &str = r#"<workbook><sheets><sheet name="表" sheetId="1" r:id="r1"/></sheets></workbook>"#;
pub(super) const RELATIONS: &str = r#"<Relationships><Relationship Id="r1" Type="x/worksheet" Target="worksheets/s.xml"/><Relationship Id="r2" Type="x/sharedStrings" Target="strings.xml"/><Relationship Id="r3" Type="x/styles" Target="styles.xml"/></Relationships>"#;
const STRINGS: &str = "<sst><si><t>部门名称</t></si><si><t>设立日期</t></si><si><t>机电系</t></si></sst>";

pub(super) const HEALTHY_TABLE: &str = r#"<table:table table:name="表"><table:table-row><table:table-cell office:value-type="string"><text:p>部门名称</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>设立日期</text:p></table:table-cell></table:table-row><table:table-row><table:table-cell office:value-type="string"><text:p>机电系</text:p></table:table-cell><table:table-cell office:value-type="date" office:date-value="2010-09-01"/></table:table-row></table:table>"#;

/// A document; its tables stand in the braces.
pub(super) const HEALTHY_DOCUMENT: &str = "<office:document-content><office:body><office:spreadsheet>{}</office:spreadsheet></office:body></office:document-content>";

/// An OpenDocument spreadsheet, given its tables.
pub(super) fn ods(tables: &str) -> Vec<u8> {
    content(&HEALTHY_DOCUMENT.replace("{}", tables))
}

fn content(xml: &str) -> Vec<u8> {
    stored(&[
        Part::of("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        Part::of("META-INF/manifest.xml", "<manifest/>"),
        Part::of("content.xml", xml),
    ])
}

pub(super) fn kinds(corpus: &mut Corpus) {
    let sheet = format!("<worksheet><sheetData>{}</sheetData></worksheet>", cells::HEALTHY);
    let open = HEALTHY_DOCUMENT.replace("{}", HEALTHY_TABLE);
    let hosts: [(&str, &str, &str); 5] = [
        ("workbook", "xl/workbook.xml", WORKBOOK),
        ("relations", "xl/_rels/workbook.xml.rels", RELATIONS),
        ("strings", "xl/strings.xml", STRINGS),
        ("sheet", "xl/worksheets/s.xml", &sheet),
        ("ods", "content.xml", &open),
    ];
    let lol = (1..10).fold("<!ENTITY e0 \"lol\">".to_owned(), |all, n| {
        let below = n - 1;
        all + &format!("<!ENTITY e{n} \"{}\">", format!("&e{below};").repeat(10))
    });
    let heads = [
        ("doctype", "<!DOCTYPE x>".to_owned()),
        ("external-entity", "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>".to_owned()),
        ("external-subset", "<!DOCTYPE x SYSTEM \"http://127.0.0.1:9/x.dtd\">".to_owned()),
        ("parameter-entity", "<!DOCTYPE x [<!ENTITY % p SYSTEM \"http://127.0.0.1:9/\">%p;]>".to_owned()),
        ("billion-laughs", format!("<!DOCTYPE x [{lol}]>")),
        ("quadratic-blow-up", format!("<!DOCTYPE x [<!ENTITY a \"{}\">]>", "a".repeat(100_000))),
    ];
    let file = |host: &str| if host == "ods" { "部门.ods" } else { "部门.xlsx" };
    let built = |name: &str, xml: Vec<u8>| {
        if name == "content.xml" {
            return stored(&[Part::of("META-INF/manifest.xml", "<manifest/>"), Part::of("content.xml", xml)]);
        }
        replaced(Part::of(name, xml))
    };
    for (host, name, healthy) in hosts {
        for (trick, head) in &heads {
            corpus.add(format!("xml/{host}/{trick}"), file(host), built(name, format!("{head}{healthy}").into()));
        }
        // Behind the root's start tag, where each host holds elements.
        let at = healthy.find('>').map_or(0, |at| at + 1);
        let inside = |more: &str| format!("{}{more}{}", &healthy[..at], &healthy[at..]);
        for (trick, xml) in [
            ("nested-10000-deep", inside(&"<a>".repeat(10_000))),
            ("undeclared-entity", inside("<t>&undeclared;</t>").replace("机电系", "&lol;").replace("表", "&lol;")),
            ("never-closed", healthy[..healthy.len() - 6].to_owned()),
            ("closed-otherwise", inside("<a></b>")),
            ("not-xml", "部门名称,设立日期".to_owned()),
            ("nothing", String::new()),
            (
                "utf-16",
                String::from_utf8_lossy(&"\u{feff}<a/>".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>())
                    .into_owned(),
            ),
        ] {
            corpus.add(format!("xml/{host}/{trick}"), file(host), built(name, xml.into()));
        }
        for (trick, xml) in [
            ("instruction", format!("<?xml-stylesheet href=\"http://127.0.0.1:9/\"?>{healthy}")),
            ("include", inside("<xi:include href=\"file:///etc/passwd\"/>")),
            ("comment-of-a-megabyte", inside(&format!("<!-- {} -->", "-".repeat(1 << 20)))),
            (
                "attributes-10000",
                inside(&format!("<a {}/>", (0..10_000).map(|n| format!("a{n}=\"\" ")).collect::<String>())),
            ),
            ("attribute-of-a-megabyte", inside(&format!("<a b=\"{}\"/>", "x".repeat(1 << 20)))),
            ("foreign-name-spaces", inside("<x:script xmlns:x=\"http://www.w3.org/1999/xhtml\">alert(1)</x:script>")),
        ] {
            corpus.harmless(
                format!("xml/{host}/{trick}"),
                file(host),
                built(name, xml.into()),
                "nothing is fetched, included or run; what is not asked for is passed over",
            );
        }
    }
    relations(corpus);
    documents(corpus);
}

/// Parts that point elsewhere, or to themselves.
fn relations(corpus: &mut Corpus) {
    let x = "部门.xlsx";
    for (trick, target) in [
        ("address", "http://127.0.0.1:9/s.xml"),
        ("file", "file:///etc/passwd"),
        ("climbs", "../../../../etc/passwd"),
        ("absolute", "/etc/passwd"),
        ("itself", "_rels/workbook.xml.rels"),
        ("nowhere", "worksheets/none.xml"),
        ("nothing", ""),
        ("nul", "worksheets/&#0;"),
    ] {
        let xml = RELATIONS.replace("worksheets/s.xml", target);
        corpus.add(format!("relation/{trick}"), x, replaced(Part::of("xl/_rels/workbook.xml.rels", xml)));
    }
    let external =
        RELATIONS.replace("Target=\"worksheets/s.xml\"", "TargetMode=\"External\" Target=\"worksheets/s.xml\"");
    corpus.harmless(
        "relation/external",
        x,
        replaced(Part::of("xl/_rels/workbook.xml.rels", external)),
        "only parts of the same file are ever opened",
    );
    corpus.add(
        "relation/missing",
        x,
        stored(&parts("<worksheet/>").into_iter().filter(|p| !p.name.ends_with(b"rels")).collect::<Vec<_>>()),
    );
    let sheets = |names: &[String]| {
        let list: String = names.iter().map(|n| format!("<sheet name=\"{n}\" r:id=\"r1\"/>")).collect();
        replaced(Part::of("xl/workbook.xml", format!("<workbook><sheets>{list}</sheets></workbook>")))
    };
    corpus.add("sheets/none", x, sheets(&[]));
    corpus.add("sheets/51", x, sheets(&vec!["表".to_owned(); 51]));
    let why = "names of sheets are shown as text, shortened and on one line";
    corpus.harmless("sheets/one-part-twice", x, sheets(&["一".into(), "二".into()]), "each reads the part anew");
    for (trick, name) in [
        ("markup", "&lt;script&gt;alert(1)&lt;/script&gt;".to_owned()),
        ("formula", "=cmd|' /C calc'!A0".to_owned()),
        ("bidi", "\u{202e}gpj.表".to_owned()),
        ("long", "长".repeat(10_000)),
        ("terminal", "&#27;[2J".to_owned()),
    ] {
        if trick == "terminal" {
            corpus.add(format!("sheets/{trick}"), x, sheets(&[name]));
        } else {
            corpus.harmless(format!("sheets/{trick}"), x, sheets(&[name]), why);
        }
    }
    for (trick, part) in [
        ("macros", "xl/vbaProject.bin"),
        ("active-x", "xl/activeX/activeX1.bin"),
        ("external-link", "xl/externalLinks/externalLink1.xml"),
        ("embedded-program", "xl/embeddings/oleObject1.bin"),
        ("custom-xml", "customXml/item1.xml"),
        ("pivot-cache", "xl/pivotCache/pivotCacheDefinition1.xml"),
        ("query", "xl/queryTables/queryTable1.xml"),
        ("connections", "xl/connections.xml"),
        ("excel-4-macros", "xl/macrosheets/sheet1.xml"),
    ] {
        let bytes = replaced(Part::of(part, "MZ\u{90}\0 <!DOCTYPE x>"));
        corpus.harmless(format!("workbook-with/{trick}"), x, bytes, "only cells are read; nothing is run or followed");
    }
}

fn documents(corpus: &mut Corpus) {
    let o = "部门.ods";
    let cell = |attributes: &str, text: &str| {
        let head = "<table:table-row><table:table-cell office:value-type=\"string\"><text:p>部门名称</text:p></table:table-cell></table:table-row>";
        ods(&format!(
            "<table:table table:name=\"表\">{head}<table:table-row><table:table-cell {attributes}><text:p>{text}</text:p></table:table-cell></table:table-row></table:table>"
        ))
    };
    for (trick, bytes) in [
        (
            "cell-repeated-a-million-times",
            cell("table:number-columns-repeated=\"1048576\" office:value-type=\"string\"", "系"),
        ),
        (
            "cell-repeated-beyond-numbers",
            cell("table:number-columns-repeated=\"99999999999999999999\" office:value-type=\"string\"", "系"),
        ),
        ("date-that-is-none", cell("office:value-type=\"date\" office:date-value=\"2024-02-30\"", "")),
        ("number-that-is-none", cell("office:value-type=\"float\" office:value=\"NaN\"", "")),
        ("no-table", ods("")),
        (
            "text-document",
            content("<office:document-content><office:body><office:text/></office:body></office:document-content>"),
        ),
        (
            "encrypted",
            stored(&[
                Part::of(
                    "META-INF/manifest.xml",
                    "<manifest:manifest><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>",
                ),
                Part::of("content.xml", "x"),
            ]),
        ),
    ] {
        corpus.add(format!("ods/{trick}"), o, bytes);
    }
    let rows = |n: &str| {
        ods(&HEALTHY_TABLE.replacen("<table:table-row>", "<table:table-row table:number-rows-repeated=\"1\">", 1).replace(
            "<table:table-row><table:table-cell office:value-type=\"string\"><text:p>机电系",
            &format!("<table:table-row table:number-rows-repeated=\"{n}\"><table:table-cell office:value-type=\"string\"><text:p>机电系"),
        ))
    };
    corpus.add("ods/row-repeated-a-million-times", o, rows("1048576"));
    corpus.add("ods/row-repeated-beyond-numbers", o, rows("99999999999999999999"));
    for (trick, bytes) in [
        ("row-repeated-minus-once", rows("-1")),
        (
            "formula",
            cell(
                "table:formula=\"of:=WEBSERVICE(&quot;http://127.0.0.1:9&quot;)\" office:value-type=\"string\"",
                "机电系",
            ),
        ),
        (
            "script",
            cell(
                "office:value-type=\"string\"",
                "<office:event-listeners><script:event-listener/></office:event-listeners>机电系",
            ),
        ),
        ("nested-table", cell("office:value-type=\"string\"", "<table:table><table:table-row/></table:table>机电系")),
    ] {
        corpus.harmless(format!("ods/{trick}"), o, bytes, "values are read, nothing is computed or run");
    }
    corpus.add(
        "ods/flat",
        "部门.fods",
        format!("<?xml version=\"1.0\"?><office:document>{HEALTHY_TABLE}</office:document>"),
    );
}
