//! A text given back with marks and comments, as a Word document: what [`annotate`](crate::annotate) is for workbooks.

use std::io::{Cursor, Write};
use std::ops::Range;
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
    let mut kept: Vec<(usize, &Passage)> = Vec::new();
    for (id, passage) in passages.iter().enumerate() {
        let at = kept.last().map_or(0, |(_, before)| before.end);
        if passage.start >= at && passage.end <= chars.len() && passage.end > passage.start {
            kept.push((id, passage));
        }
    }
    let mut out = format!("<w:document xmlns:w=\"{MAIN}\"><w:body>");
    let mut lines = parted(0..chars.len(), &chars, '\n').into_iter().peekable();
    let is_row = |line: &Range<usize>| chars.get(line.clone()).is_some_and(|line| line.contains(&'\t'));
    while let Some(line) = lines.next() {
        if !(is_row(&line) && lines.peek().is_some_and(is_row)) {
            paragraph(&mut out, &chars, line, &kept);
            continue;
        }
        let mut rows = vec![parted(line, &chars, '\t')];
        while let Some(line) = lines.next_if(is_row) {
            rows.push(parted(line, &chars, '\t'));
        }
        table(&mut out, &chars, &rows, &kept);
        // Word wants a paragraph behind a table that ends the document.
        if lines.peek().is_none() {
            out.push_str("<w:p/>");
        }
    }
    out.push_str("<w:sectPr><w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1440\" w:right=\"1440\" w:bottom=\"1440\" w:left=\"1440\" w:header=\"720\" w:footer=\"720\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>");
    out
}

/// A stretch of the text, parted at a sign.
fn parted(range: Range<usize>, chars: &[char], sign: char) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = range.start;
    for at in range.clone().filter(|at| chars.get(*at) == Some(&sign)) {
        parts.push(start..at);
        start = at + 1;
    }
    parts.push(start..range.end);
    parts
}

/// Lines of cells parted by tabs are a table, as the reader of documents takes one out.
fn table(out: &mut String, chars: &[char], rows: &[Vec<Range<usize>>], passages: &[(usize, &Passage)]) {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(1);
    out.push_str("<w:tbl><w:tblPr><w:tblW w:w=\"5000\" w:type=\"pct\"/><w:tblBorders>");
    for side in ["top", "left", "bottom", "right", "insideH", "insideV"] {
        out.push_str(&format!("<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/>"));
    }
    out.push_str("</w:tblBorders></w:tblPr><w:tblGrid>");
    out.push_str(&"<w:gridCol/>".repeat(columns));
    out.push_str("</w:tblGrid>");
    for row in rows {
        out.push_str("<w:tr>");
        for (at, cell) in row.iter().enumerate() {
            // The last cell of a short row reaches to the edge.
            let span = if at + 1 == row.len() { columns - at } else { 1 };
            out.push_str("<w:tc><w:tcPr>");
            if span > 1 {
                out.push_str(&format!("<w:gridSpan w:val=\"{span}\"/>"));
            }
            out.push_str("</w:tcPr>");
            paragraph(out, chars, cell.clone(), passages);
            out.push_str("</w:tc>");
        }
        out.push_str("</w:tr>");
    }
    out.push_str("</w:tbl>");
}

/// A stretch of the text as one paragraph, with what of the passages lies in it; a comment stands where its passage ends.
fn paragraph(out: &mut String, chars: &[char], range: Range<usize>, passages: &[(usize, &Passage)]) {
    out.push_str("<w:p>");
    let mut at = range.start;
    let first = passages.partition_point(|(_, passage)| passage.end <= range.start);
    let here = passages.get(first..).unwrap_or_default().iter();
    for (id, passage) in here.take_while(|(_, passage)| passage.start < range.end) {
        let (start, end) = (passage.start.max(range.start), passage.end.min(range.end));
        run(out, chars.get(at..start).unwrap_or_default(), "");
        let commented = !passage.comment.is_empty();
        // A sign that parts paragraphs or cells belongs to both sides.
        if commented && passage.start + 1 >= range.start {
            out.push_str(&format!("<w:commentRangeStart w:id=\"{id}\"/>"));
        }
        run(out, chars.get(start..end).unwrap_or_default(), properties(passage.mark));
        if commented && passage.end <= range.end + 1 {
            out.push_str(&format!("<w:commentRangeEnd w:id=\"{id}\"/><w:r><w:commentReference w:id=\"{id}\"/></w:r>"));
        }
        at = end;
    }
    run(out, chars.get(at..range.end).unwrap_or_default(), "");
    out.push_str("</w:p>");
}

fn properties(mark: Mark) -> &'static str {
    match mark {
        Mark::Right => "<w:rPr><w:u w:val=\"single\"/></w:rPr>",
        Mark::Wrong => "<w:rPr><w:b/><w:color w:val=\"B5302A\"/><w:u w:val=\"double\" w:color=\"B5302A\"/></w:rPr>",
        Mark::Open => "<w:rPr><w:u w:val=\"dotted\"/></w:rPr>",
        Mark::Nearly => "<w:rPr><w:u w:val=\"dash\"/></w:rPr>",
    }
}

/// A run of text, its tabs as Word has them.
fn run(out: &mut String, chars: &[char], properties: &str) {
    for (cell, part) in chars.split(|c| *c == '\t').enumerate() {
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
