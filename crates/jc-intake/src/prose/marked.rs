//! A text given back with marks and comments, as a Word document: what [`annotate`](crate::annotate) is for workbooks.

use std::io::{Cursor, Write};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// How a passage is marked; never by colour alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// A thin line: right.
    Right,
    /// A double red line: wrong.
    Wrong,
    /// A dotted line: open.
    Open,
    /// A dashed line: right under a condition.
    Nearly,
}

/// A passage and what is said of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// Where it begins, in characters of the text.
    pub start: usize,
    /// One after its last character.
    pub end: usize,
    /// How it is marked.
    pub mark: Mark,
    /// The comment's lines; without any there is a mark and no comment.
    pub comment: Vec<String>,
}

/// Writes the document. `author` and `day` (`2024-06-30`) stand with each comment; passages that overlap one before
/// them are left out. Times are not told, so that the same text gives the same bytes.
pub fn docx(text: &str, passages: &[Passage], author: &str, day: &str) -> std::io::Result<Vec<u8>> {
    let mut ordered: Vec<&Passage> = passages.iter().collect();
    ordered.sort_by_key(|passage| passage.start);
    let parts = [
        ("[Content_Types].xml", TYPES.to_owned()),
        ("_rels/.rels", ROOTS.to_owned()),
        ("word/document.xml", document(text, &ordered)),
        ("word/comments.xml", comments(&ordered, author, day)),
        ("word/styles.xml", STYLES.to_owned()),
        ("word/_rels/document.xml.rels", RELATIONS.to_owned()),
    ];
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(name, SimpleFileOptions::default())?;
        zip.write_all(format!("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n{content}").as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}

const TYPES: &str = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/comments.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/></Types>"#;

const ROOTS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;

const RELATIONS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/><Relationship Id="r2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments" Target="comments.xml"/></Relationships>"#;

/// Song for Chinese: else Word takes whatever it falls back to.
const STYLES: &str = r#"<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="宋体" w:cs="Times New Roman"/><w:sz w:val="24"/><w:szCs w:val="24"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:line="360" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style></w:styles>"#;

const MAIN: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

fn document(text: &str, passages: &[&Passage]) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = format!("<w:document xmlns:w=\"{MAIN}\"><w:body><w:p>");
    let mut at = 0;
    for (id, passage) in passages.iter().enumerate() {
        if passage.start < at || passage.end > chars.len() || passage.end <= passage.start {
            continue;
        }
        run(&mut out, chars.get(at..passage.start).unwrap_or_default(), "");
        let commented = !passage.comment.is_empty();
        if commented {
            out.push_str(&format!("<w:commentRangeStart w:id=\"{id}\"/>"));
        }
        run(&mut out, chars.get(passage.start..passage.end).unwrap_or_default(), properties(passage.mark));
        if commented {
            out.push_str(&format!("<w:commentRangeEnd w:id=\"{id}\"/><w:r><w:commentReference w:id=\"{id}\"/></w:r>"));
        }
        at = passage.end;
    }
    run(&mut out, chars.get(at..).unwrap_or_default(), "");
    out.push_str("</w:p><w:sectPr><w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1440\" w:right=\"1440\" w:bottom=\"1440\" w:left=\"1440\" w:header=\"720\" w:footer=\"720\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>");
    out
}

fn properties(mark: Mark) -> &'static str {
    match mark {
        Mark::Right => "<w:rPr><w:u w:val=\"single\"/></w:rPr>",
        Mark::Wrong => "<w:rPr><w:b/><w:color w:val=\"B5302A\"/><w:u w:val=\"double\" w:color=\"B5302A\"/></w:rPr>",
        Mark::Open => "<w:rPr><w:u w:val=\"dotted\"/></w:rPr>",
        Mark::Nearly => "<w:rPr><w:u w:val=\"dash\"/></w:rPr>",
    }
}

/// A run of text; a line break ends the paragraph and begins the next.
fn run(out: &mut String, chars: &[char], properties: &str) {
    for (line, part) in chars.split(|c| *c == '\n').enumerate() {
        if line > 0 {
            out.push_str("</w:p><w:p>");
        }
        for (cell, part) in part.split(|c| *c == '\t').enumerate() {
            if cell > 0 {
                out.push_str("<w:r><w:tab/></w:r>");
            }
            if !part.is_empty() {
                out.push_str(&format!("<w:r>{properties}<w:t xml:space=\"preserve\">"));
                escape(out, part.iter().copied());
                out.push_str("</w:t></w:r>");
            }
        }
    }
}

fn comments(passages: &[&Passage], author: &str, day: &str) -> String {
    let mut out = format!("<w:comments xmlns:w=\"{MAIN}\">");
    let mut name = String::new();
    escape(&mut name, author.chars());
    for (id, passage) in passages.iter().enumerate().filter(|(_, passage)| !passage.comment.is_empty()) {
        out.push_str(&format!(
            "<w:comment w:id=\"{id}\" w:author=\"{name}\" w:date=\"{day}T00:00:00Z\" w:initials=\"匠\">"
        ));
        for line in &passage.comment {
            out.push_str("<w:p>");
            run(&mut out, &line.chars().filter(|c| *c != '\n').collect::<Vec<_>>(), "");
            out.push_str("</w:p>");
        }
        out.push_str("</w:comment>");
    }
    out.push_str("</w:comments>");
    out
}

/// Characters that XML can hold, its own signs written out.
fn escape(out: &mut String, chars: impl Iterator<Item = char>) {
    for c in chars {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\u{FFFE}' | '\u{FFFF}' => {}
            c if c.is_control() && !matches!(c, '\t' | '\n') => {}
            c => out.push(c),
        }
    }
}
