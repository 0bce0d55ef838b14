//! A report for Word and WPS: real styles, tables with repeated heads, captions, charts as vector drawings whose text
//! stays text. Every figure is a content control that carries its number; the signed text is a custom part of the file.

mod drawing;
mod parts;

use super::WriteError;
use super::texts::{full_name, trace_rows};
use crate::chart::escape;
use crate::model::{Block, Chapter, Document, Inline, Table};
use crate::qr;
use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// The whole file.
pub(super) fn write(document: &Document, proof: &str) -> Result<Vec<u8>, WriteError> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    let body = body(document);
    let files: [(&str, String); 11] = [
        ("[Content_Types].xml", parts::CONTENT_TYPES.to_owned()),
        ("_rels/.rels", parts::ROOT_RELS.to_owned()),
        ("docProps/core.xml", parts::core(document)),
        ("word/document.xml", body),
        ("word/styles.xml", parts::styles(document)),
        ("word/numbering.xml", parts::NUMBERING.to_owned()),
        ("word/header1.xml", parts::header(document)),
        ("word/footer1.xml", parts::footer(document)),
        ("word/_rels/document.xml.rels", parts::DOCUMENT_RELS.to_owned()),
        ("customXml/item1.xml", parts::custom(proof)),
        ("customXml/_rels/item1.xml.rels", parts::CUSTOM_RELS.to_owned()),
    ];
    for (name, text) in files
        .iter()
        .map(|(name, text)| (*name, text.as_str()))
        .chain([("customXml/itemProps1.xml", parts::CUSTOM_PROPS)])
    {
        zip.start_file(name, options).map_err(WriteError::Pack)?;
        zip.write_all(text.as_bytes()).map_err(|error| WriteError::Pack(error.into()))?;
    }
    Ok(zip.finish().map_err(WriteError::Pack)?.into_inner())
}

fn body(document: &Document) -> String {
    let mut out = String::with_capacity(400_000);
    out.push_str(parts::DOCUMENT_HEAD);
    let head = &document.head;
    let bound = document.chapters.len() > 1;
    let mut writer = Writer { document, out, id: 0 };
    writer.plain("Title", &head.title);
    if !head.subtitle.is_empty() {
        writer.plain("Subtitle", &head.subtitle);
    }
    writer.plain("About", &format!("{} · {} · {} · {}", head.school, head.profile_name, head.made_on, head.code));
    if head.synthetic {
        writer.plain("About", &document.labels.synthetic);
    }
    if bound {
        writer.contents();
    }
    for (at, chapter) in document.chapters.iter().enumerate() {
        if bound {
            writer.chapter_heading(at, &chapter.title);
            writer.code(chapter);
        }
        let mut headings = 0;
        for block in &chapter.blocks {
            headings += usize::from(matches!(block, Block::Heading(_)));
            writer.block(block, &section(at, headings));
        }
        if !bound {
            writer.code(chapter);
        }
    }
    if bound {
        writer.chapter_heading(document.chapters.len(), &document.labels.trace);
        if let Some(line) = document.log_line() {
            writer.plain("Small", &line);
        }
        writer.trace();
    }
    let mut out = writer.out;
    out.push_str(parts::SECTION);
    out.push_str("</w:body></w:document>");
    out
}

struct Writer<'d> {
    document: &'d Document,
    out: String,
    /// The last id given to something that must have one of its own.
    id: usize,
}

impl Writer<'_> {
    fn next(&mut self) -> usize {
        self.id += 1;
        self.id
    }

    fn plain(&mut self, style: &str, text: &str) {
        let _ = write!(self.out, "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{}</w:p>", run(text));
    }

    /// The field of a table of contents, filled with the headings and links to them: page numbers are the program's own
    /// to add, when its reader asks for them.
    fn contents(&mut self) {
        self.plain("ContentsHeading", &self.document.labels.contents.clone());
        let mut entries: Vec<(&str, String, String)> = Vec::new();
        for (at, chapter) in self.document.chapters.iter().enumerate() {
            entries.push(("TOC1", format!("chapter{}", at + 1), chapter.title.clone()));
            let headings =
                chapter.blocks.iter().filter_map(|b| if let Block::Heading(line) = b { Some(line) } else { None });
            let headings = headings.enumerate();
            entries.extend(headings.map(|(n, line)| ("TOC2", section(at, n + 1), self.document.line(line))));
        }
        entries.push((
            "TOC1",
            format!("chapter{}", self.document.chapters.len() + 1),
            self.document.labels.trace.clone(),
        ));
        let last = entries.len() - 1;
        for (n, (style, anchor, title)) in entries.into_iter().enumerate() {
            let begin = if n == 0 { parts::field_begin(r#"TOC \o "1-2" \h \z \u"#) } else { String::new() };
            let end = if n == last { parts::FIELD_END } else { "" };
            let _ = write!(
                self.out,
                "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{begin}<w:hyperlink w:anchor=\"{anchor}\" w:history=\"1\">{}</w:hyperlink>{end}</w:p>",
                run(&title)
            );
        }
    }

    /// A heading within a chapter, under a name that links lead to.
    fn heading(&mut self, name: &str, line: &[Inline]) {
        let id = self.next();
        let _ = write!(
            self.out,
            "<w:p><w:pPr><w:pStyle w:val=\"Heading2\"/></w:pPr><w:bookmarkStart w:id=\"{id}\" w:name=\"{name}\"/>"
        );
        self.inlines(line);
        let _ = write!(self.out, "<w:bookmarkEnd w:id=\"{id}\"/></w:p>");
    }

    /// A caption whose number is a field, so that the program can list tables and figures.
    fn caption(&mut self, label: &str, number: usize, words: &str, properties: &str) {
        let field = format!("<w:fldSimple w:instr=\" SEQ {} \\* ARABIC \">", escape(label));
        let _ = write!(
            self.out,
            "<w:p><w:pPr><w:pStyle w:val=\"Caption\"/>{properties}</w:pPr>{}{field}{}</w:fldSimple>{}</w:p>",
            run(&format!("{label} ")),
            run(&number.to_string()),
            run(&format!("　{words}"))
        );
    }

    fn chapter_heading(&mut self, at: usize, title: &str) {
        let id = self.next();
        let _ = write!(
            self.out,
            "<w:p><w:pPr><w:pStyle w:val=\"Heading1\"/></w:pPr><w:bookmarkStart w:id=\"{id}\" w:name=\"chapter{}\"/>{}<w:bookmarkEnd w:id=\"{id}\"/></w:p>",
            at + 1,
            run(title)
        );
    }

    /// A block; `section` names the heading it is or stands below.
    fn block(&mut self, block: &Block, section: &str) {
        match block {
            Block::Heading(line) => self.heading(section, line),
            Block::Paragraph(line) => self.line("BodyText", line, ""),
            Block::Item(line) => {
                self.line("ListBullet", line, "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr>");
            }
            Block::Table(table) => self.table(table),
            Block::Chart { number, chart } => {
                let id = self.next();
                self.out.push_str("<w:p><w:pPr><w:pStyle w:val=\"Chart\"/></w:pPr>");
                drawing::write(&chart.draw(640.0), id, &mut self.out);
                self.out.push_str("</w:p>");
                self.id += 1000;
                self.caption(&self.document.labels.figure.clone(), *number, &chart.title, "");
            }
        }
    }

    /// The chapter's code as a square to scan, and in letters.
    fn code(&mut self, chapter: &Chapter) {
        let labels = &self.document.labels;
        let says = format!("{} {}", labels.code, chapter.code);
        let below = format!("{says} · {}", labels.check);
        if let Some(squares) = qr::squares(&qr::address(&self.document.head.address, &chapter.code)) {
            let id = self.next();
            self.out.push_str("<w:p><w:pPr><w:pStyle w:val=\"About\"/><w:keepNext/></w:pPr>");
            drawing::square(&squares, id, &says, &mut self.out);
            self.out.push_str("</w:p>");
        }
        self.plain("About", &below);
    }

    fn line(&mut self, style: &str, line: &[Inline], properties: &str) {
        let _ = write!(self.out, "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{properties}</w:pPr>");
        self.inlines(line);
        self.out.push_str("</w:p>");
    }

    fn inlines(&mut self, line: &[Inline]) {
        for piece in line {
            match piece {
                Inline::Text(text) => self.out.push_str(&run(text)),
                Inline::Gap(what) => {
                    let _ = write!(
                        self.out,
                        "<w:r><w:rPr><w:rStyle w:val=\"Gap\"/></w:rPr>{}</w:r>",
                        text(&format!("【{what}】"))
                    );
                }
                Inline::Figure(at) => self.figure(*at),
            }
        }
    }

    /// A content control around the figure: its tag is the figure's number, its title says what it is.
    fn figure(&mut self, at: usize) {
        let shown = &self.document.shown[at];
        let entry = &self.document.entries[shown.entry];
        let title: String = format!("{} {}", full_name(entry), entry.period).chars().take(60).collect();
        let id = 1_000_000 + at;
        let _ = write!(
            self.out,
            "<w:sdt><w:sdtPr><w:alias w:val=\"{}\"/><w:tag w:val=\"jc:{at}\"/><w:id w:val=\"{id}\"/><w:lock w:val=\"sdtLocked\"/><w:text/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>",
            escape(&title),
            run(&shown.text)
        );
    }

    fn table(&mut self, table: &Table) {
        self.caption(&self.document.labels.table.clone(), table.number, &table.caption, "<w:keepNext/>");
        let sum: usize = table.head.iter().map(|c| usize::from(c.share)).sum();
        let widths: Vec<usize> = table.head.iter().map(|c| 8860 * usize::from(c.share) / sum.max(1)).collect();
        self.open_table(&widths, &table.caption);
        self.out.push_str("<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
        for (column, width) in table.head.iter().zip(&widths) {
            self.open_cell(*width, "TableHead", column.number, true);
            self.out.push_str(&run(&column.name));
            self.out.push_str("</w:p></w:tc>");
        }
        self.out.push_str("</w:tr>");
        for (n, row) in table.rows.iter().enumerate() {
            let left = table.rows.len() - n - 1;
            let style = if table.total && left == 0 { "TableHead" } else { "TableText" };
            // A sum alone on the next page says nothing, nor does a row alone on the page before.
            let stays = left > 0 && (table.stays_whole() || n == 0 || left <= 2);
            self.out.push_str("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
            for ((cell, column), width) in row.iter().zip(&table.head).zip(&widths) {
                self.open_cell(*width, style, column.number, stays);
                self.inlines(cell);
                self.out.push_str("</w:p></w:tc>");
            }
            self.out.push_str("</w:tr>");
        }
        self.out.push_str("</w:tbl>");
        self.plain("TableText", "");
    }

    fn open_table(&mut self, widths: &[usize], describes: &str) {
        let _ = write!(
            self.out,
            "<w:tbl><w:tblPr><w:tblStyle w:val=\"Ledger\"/><w:tblW w:w=\"5000\" w:type=\"pct\"/><w:tblLayout w:type=\"fixed\"/><w:tblLook w:val=\"0420\" w:firstRow=\"1\" w:lastRow=\"0\" w:firstColumn=\"0\" w:lastColumn=\"0\" w:noHBand=\"0\" w:noVBand=\"1\"/><w:tblCaption w:val=\"{}\"/></w:tblPr><w:tblGrid>",
            escape(describes)
        );
        for width in widths {
            let _ = write!(self.out, "<w:gridCol w:w=\"{width}\"/>");
        }
        self.out.push_str("</w:tblGrid>");
    }

    /// A cell; `stays` if its row is not parted from the next one by the end of a page.
    fn open_cell(&mut self, width: usize, style: &str, number: bool, stays: bool) {
        let next = if stays { "<w:keepNext/>" } else { "" };
        let side = if number { "<w:jc w:val=\"right\"/>" } else { "" };
        let _ = write!(
            self.out,
            "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/></w:tcPr><w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{next}{side}</w:pPr>"
        );
    }

    fn trace(&mut self) {
        let columns = &self.document.labels.columns;
        let names = [0, 1, 2, 3, 6, 7].map(|n: usize| columns[n].clone());
        let widths = [560, 1700, 1100, 2250, 2050, 1200];
        self.open_table(&widths, &self.document.labels.trace.clone());
        let rows = std::iter::once(names).chain(trace_rows(self.document));
        for (n, row) in rows.enumerate() {
            let (style, head) = if n == 0 { ("TableHead", "<w:tblHeader/>") } else { ("Small", "") };
            let _ = write!(self.out, "<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>");
            for (cell, width) in row.iter().zip(widths) {
                self.open_cell(width, style, false, n == 0);
                self.out.push_str(&run(cell));
                self.out.push_str("</w:p></w:tc>");
            }
            self.out.push_str("</w:tr>");
        }
        self.out.push_str("</w:tbl>");
        self.plain("TableText", "");
    }
}

/// The name of a heading within a chapter.
fn section(chapter: usize, heading: usize) -> String {
    format!("section{}_{heading}", chapter + 1)
}

fn run(words: &str) -> String {
    if words.is_empty() { String::new() } else { format!("<w:r>{}</w:r>", text(words)) }
}

fn text(words: &str) -> String {
    format!("<w:t xml:space=\"preserve\">{}</w:t>", escape(words))
}
