//! The parts of a Word file around its body.

use crate::chart::escape;
use crate::model::Document;
use std::fmt::Write as _;

pub(super) const CONTENT_TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/><Override PartName="/word/numbering.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"/><Override PartName="/word/header1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"/><Override PartName="/word/footer1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/><Override PartName="/customXml/itemProps1.xml" ContentType="application/vnd.openxmlformats-officedocument.customXmlProperties+xml"/></Types>"#;

pub(super) const ROOT_RELS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>"#;

pub(super) const DOCUMENT_RELS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering" Target="numbering.xml"/><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/header" Target="header1.xml"/><Relationship Id="rId4" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer" Target="footer1.xml"/><Relationship Id="rId5" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXml" Target="../customXml/item1.xml"/></Relationships>"#;

pub(super) const CUSTOM_RELS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXmlProps" Target="itemProps1.xml"/></Relationships>"#;

pub(super) const CUSTOM_PROPS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<ds:datastoreItem ds:itemID="{5C0B7A4E-6A52-4D5B-9A41-7B1F0C7B2E11}" xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml"><ds:schemaRefs><ds:schemaRef ds:uri="urn:jiangce:report"/></ds:schemaRefs></ds:datastoreItem>"#;

pub(super) const NUMBERING: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="720" w:hanging="300"/></w:pPr></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"#;

pub(super) const DOCUMENT_HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:wpg="http://schemas.microsoft.com/office/word/2010/wordprocessingGroup" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:body>"#;

pub(super) const SECTION: &str = r#"<w:sectPr><w:headerReference w:type="default" r:id="rId3"/><w:footerReference w:type="default" r:id="rId4"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1700" w:right="1523" w:bottom="1474" w:left="1523" w:header="851" w:footer="851" w:gutter="0"/></w:sectPr>"#;

pub(super) fn core(document: &Document) -> String {
    let head = &document.head;
    format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{}</dc:title><dc:creator>{}</dc:creator><dc:identifier>{}</dc:identifier><dc:language>{}</dc:language><dcterms:created xsi:type="dcterms:W3CDTF">{}T00:00:00Z</dcterms:created></cp:coreProperties>"#,
        escape(&head.title),
        escape(&head.school),
        head.code,
        language(document),
        head.made_on
    )
}

fn language(document: &Document) -> &'static str {
    match document.head.lang {
        jc_base::Lang::Zh => "zh-CN",
        jc_base::Lang::En => "en-GB",
        jc_base::Lang::De => "de-DE",
    }
}

/// The signed text as a part of its own.
pub(super) fn custom(proof: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<trace xmlns=\"urn:jiangce:report\">{}</trace>",
        escape(proof)
    )
}

pub(super) fn header(document: &Document) -> String {
    let head = &document.head;
    let right = if head.synthetic { &document.labels.synthetic } else { &head.profile_name };
    format!(
        "{}<w:p><w:pPr><w:pStyle w:val=\"Running\"/><w:tabs><w:tab w:val=\"right\" w:pos=\"8860\"/></w:tabs></w:pPr>{}<w:r><w:tab/></w:r>{}</w:p></w:hdr>",
        open("hdr"),
        super::run(&head.title),
        super::run(right)
    )
}

pub(super) fn footer(document: &Document) -> String {
    let field = |name: &str| format!("{}{}{FIELD_END}", field_begin(name), super::run("1"));
    format!(
        "{}<w:p><w:pPr><w:pStyle w:val=\"Running\"/><w:tabs><w:tab w:val=\"right\" w:pos=\"8860\"/></w:tabs></w:pPr>{}<w:r><w:tab/></w:r>{}{}{}</w:p></w:ftr>",
        open("ftr"),
        super::run(&[document.head.code.as_str(), &document.head.taken].join("　")),
        field("PAGE"),
        super::run(" / "),
        field("NUMPAGES")
    )
}

/// The begin of a field: what the program works out, before what stands there until it does.
pub(super) fn field_begin(instruction: &str) -> String {
    format!(
        "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> {} </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>",
        escape(instruction)
    )
}

/// The end of a field.
pub(super) const FIELD_END: &str = "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>";

fn open(what: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:{what} xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">"
    )
}

/// A style: id, name, base, what paragraphs have, what letters have.
type Style = (&'static str, &'static str, &'static str, &'static str, &'static str);

const STYLES: [Style; 16] = [
    (
        "Title",
        "Title",
        "Normal",
        "<w:spacing w:before=\"1800\" w:after=\"120\" w:line=\"300\"/>",
        "<w:b/><w:sz w:val=\"48\"/>",
    ),
    (
        "Subtitle",
        "Subtitle",
        "Normal",
        "<w:spacing w:after=\"240\"/>",
        "<w:color w:val=\"5D5850\"/><w:sz w:val=\"26\"/>",
    ),
    (
        "About",
        "Report Note",
        "Normal",
        "<w:spacing w:before=\"120\"/>",
        "<w:color w:val=\"5D5850\"/><w:sz w:val=\"17\"/>",
    ),
    (
        "Heading1",
        "heading 1",
        "Normal",
        "<w:keepNext/><w:pageBreakBefore/><w:spacing w:after=\"300\"/><w:outlineLvl w:val=\"0\"/>",
        "<w:b/><w:sz w:val=\"34\"/>",
    ),
    (
        "Heading2",
        "heading 2",
        "Normal",
        "<w:keepNext/><w:spacing w:before=\"300\" w:after=\"120\"/><w:outlineLvl w:val=\"1\"/>",
        "<w:b/><w:sz w:val=\"24\"/>",
    ),
    (
        "ContentsHeading",
        "TOC Heading",
        "Normal",
        "<w:pageBreakBefore/><w:spacing w:after=\"200\"/>",
        "<w:b/><w:sz w:val=\"28\"/>",
    ),
    ("TOC1", "toc 1", "Normal", "<w:spacing w:before=\"120\" w:after=\"40\"/>", "<w:b/>"),
    (
        "TOC2",
        "toc 2",
        "Normal",
        "<w:spacing w:before=\"20\" w:after=\"20\" w:line=\"280\"/><w:ind w:left=\"420\"/>",
        "",
    ),
    (
        "BodyText",
        "Body Text",
        "Normal",
        "<w:spacing w:after=\"100\"/><w:ind w:firstLineChars=\"200\" w:firstLine=\"420\"/><w:jc w:val=\"both\"/>",
        "",
    ),
    ("ListBullet", "List Bullet", "Normal", "<w:spacing w:after=\"60\"/>", ""),
    (
        "Caption",
        "caption",
        "Normal",
        "<w:spacing w:before=\"120\" w:after=\"100\"/>",
        "<w:color w:val=\"5D5850\"/><w:sz w:val=\"18\"/>",
    ),
    ("Chart", "Chart", "Normal", "<w:keepNext/><w:spacing w:before=\"160\" w:line=\"240\" w:lineRule=\"auto\"/>", ""),
    ("ChartText", "Chart Text", "Normal", "<w:spacing w:line=\"240\" w:lineRule=\"auto\"/>", ""),
    (
        "TableText",
        "Table Text",
        "Normal",
        "<w:spacing w:before=\"30\" w:after=\"30\" w:line=\"260\"/>",
        "<w:sz w:val=\"18\"/>",
    ),
    ("TableHead", "Table Head", "TableText", "", "<w:b/>"),
    ("Small", "Small", "TableText", "", "<w:sz w:val=\"15\"/>"),
];

pub(super) fn styles(document: &Document) -> String {
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:styles xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Noto Sans SC\" w:hAnsi=\"Noto Sans SC\" w:eastAsia=\"Noto Sans SC\" w:cs=\"Noto Sans SC\"/><w:color w:val=\"1F1D1A\"/><w:sz w:val=\"21\"/><w:szCs w:val=\"21\"/><w:lang w:val=\"en-GB\" w:eastAsia=\"{0}\"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:line=\"340\" w:lineRule=\"auto\"/></w:pPr></w:pPrDefault></w:docDefaults><w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:qFormat/></w:style><w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name w:val=\"Normal Table\"/><w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/><w:tblCellMar><w:left w:w=\"60\" w:type=\"dxa\"/><w:right w:w=\"60\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style>",
        language(document)
    );
    for (id, name, base, paragraph, letters) in STYLES {
        let _ = write!(
            out,
            "<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/><w:basedOn w:val=\"{base}\"/><w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{letters}</w:rPr></w:style>"
        );
    }
    out.push_str("<w:style w:type=\"paragraph\" w:styleId=\"Running\"><w:name w:val=\"header\"/><w:basedOn w:val=\"Normal\"/><w:rPr><w:color w:val=\"5D5850\"/><w:sz w:val=\"16\"/></w:rPr></w:style><w:style w:type=\"character\" w:styleId=\"Gap\"><w:name w:val=\"Gap\"/><w:rPr><w:color w:val=\"B5302A\"/></w:rPr></w:style><w:style w:type=\"table\" w:styleId=\"Ledger\"><w:name w:val=\"Ledger\"/><w:basedOn w:val=\"TableNormal\"/><w:tblPr><w:tblBorders><w:top w:val=\"single\" w:sz=\"8\" w:color=\"1F1D1A\"/><w:bottom w:val=\"single\" w:sz=\"8\" w:color=\"1F1D1A\"/><w:insideH w:val=\"single\" w:sz=\"2\" w:color=\"C9C4B8\"/></w:tblBorders></w:tblPr><w:tblStylePr w:type=\"firstRow\"><w:tcPr><w:tcBorders><w:bottom w:val=\"single\" w:sz=\"4\" w:color=\"1F1D1A\"/></w:tcBorders></w:tcPr></w:tblStylePr></w:style></w:styles>");
    out
}
