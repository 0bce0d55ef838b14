//! Word documents: paragraphs and tables in the order one reads them, then the notes.
//!
//! Taken is what stands on the paper: insertions under review yes, deletions no, field codes no, and of content that
//! is there twice for old programs (text boxes) the new form only. Numbers that Word sets before list items are not in
//! the file and are no claims.

use super::Prose;
use crate::codes;
use crate::limits::Limits;
use crate::site::Site;
use crate::xlsx::{finding, parts};
use crate::xml::{Event, Xml, XmlError};
use crate::zipped::{self, Archive, Metered};
use jc_base::Finding;

pub(super) fn read(mut archive: Archive, limits: &Limits, site: &Site) -> Result<Prose, Box<Finding>> {
    let mut left = limits.inflated_bytes;
    let roots = part(&mut archive, "_rels/.rels", &mut left, limits, site, parts::relations)?.unwrap_or_default();
    let main = roots.iter().find(|root| root.kind.ends_with("/officeDocument"));
    let main = main.map_or_else(|| "word/document.xml".to_owned(), |root| parts::resolve("", &root.target));
    let Some(mut lines) = part(&mut archive, &main, &mut left, limits, site, body)? else {
        return Err(Box::new(site.whole_error(codes::TEXT_KIND).with("kind", "zip")));
    };
    let relations = parts::relations_of(&main);
    let relations = part(&mut archive, &relations, &mut left, limits, site, parts::relations)?.unwrap_or_default();
    for notes in ["/footnotes", "/endnotes"] {
        if let Some(relation) = relations.iter().find(|relation| relation.kind.ends_with(notes)) {
            let name = parts::resolve(&main, &relation.target);
            lines.extend(part(&mut archive, &name, &mut left, limits, site, body)?.unwrap_or_default());
        }
    }
    Ok(Prose { kind: "docx", text: lines.join("\n"), warnings: Vec::new() })
}

/// Reads a part to its end; nothing if there is no such part.
fn part<T>(
    archive: &mut Archive,
    name: &str,
    left: &mut u64,
    limits: &Limits,
    site: &Site,
    read: impl FnOnce(&mut Xml<Metered<'_>>) -> Result<T, XmlError>,
) -> Result<Option<T>, Box<Finding>> {
    let Some(at) = zipped::find(archive, name) else { return Ok(None) };
    let metered = Metered::new(archive, at, *left).ok_or_else(|| site.damaged(name))?;
    let mut xml = Xml::new(metered, limits.xml_depth * 4);
    let outcome = read(&mut xml);
    *left = xml.reader().left();
    outcome.map(Some).map_err(|error| finding(error, name, limits, site))
}

/// What is open while reading.
enum Open {
    Paragraph(String),
    Row(Vec<String>),
    Cell(Vec<String>),
}

/// The lines of a part: one a paragraph, one a row of a table.
fn body(xml: &mut Xml<Metered<'_>>) -> Result<Vec<String>, XmlError> {
    let mut lines: Vec<String> = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    let mut in_text = false;
    loop {
        let skip = match xml.next()? {
            Event::Start(tag) => {
                let opened = !tag.empty;
                match tag.name {
                    // Properties, deletions, codes of fields, and what is there once more for old programs.
                    b"pPr" | b"rPr" | b"tblPr" | b"trPr" | b"tcPr" | b"sectPr" | b"del" | b"moveFrom"
                    | b"instrText" | b"Fallback" => opened,
                    // The lines that part notes from the text.
                    b"footnote" | b"endnote" => opened && tag.attribute(b"type").is_some(),
                    b"p" if opened => {
                        open.push(Open::Paragraph(String::new()));
                        false
                    }
                    b"tr" if opened => {
                        open.push(Open::Row(Vec::new()));
                        false
                    }
                    b"tc" if opened => {
                        open.push(Open::Cell(Vec::new()));
                        false
                    }
                    b"t" => {
                        in_text = opened;
                        false
                    }
                    name => {
                        if let Some(Open::Paragraph(text)) = open.last_mut() {
                            text.push_str(sign(name));
                        }
                        false
                    }
                }
            }
            Event::Text(text) => {
                if let (true, Some(Open::Paragraph(paragraph))) = (in_text, open.last_mut()) {
                    text.push_to(paragraph)?;
                }
                false
            }
            Event::End(name) => {
                if name == b"t" {
                    in_text = false;
                } else if matches!(name, b"p" | b"tr" | b"tc") {
                    close(&mut open, &mut lines);
                }
                false
            }
            Event::Eof => return Ok(lines),
        };
        if skip {
            xml.skip_element()?;
        }
    }
}

/// What an element without text stands for.
fn sign(name: &[u8]) -> &'static str {
    match name {
        b"tab" | b"ptab" => "\t",
        b"br" | b"cr" => "\n",
        b"noBreakHyphen" => "-",
        _ => "",
    }
}

/// Ends the innermost paragraph, row or cell: its text goes to the cell around it, or becomes a line.
fn close(open: &mut Vec<Open>, lines: &mut Vec<String>) {
    let text = match open.pop() {
        Some(Open::Paragraph(text)) => text,
        Some(Open::Row(cells)) => cells.join("\t"),
        Some(Open::Cell(paragraphs)) => {
            let text = paragraphs.join(" ").replace(['\n', '\t'], " ");
            if let Some(Open::Row(cells)) = open.last_mut() {
                cells.push(text);
                return;
            }
            text
        }
        None => return,
    };
    match open.iter_mut().rev().find(|it| matches!(it, Open::Cell(_))) {
        Some(Open::Cell(paragraphs)) => paragraphs.extend(Some(text).filter(|text| !text.is_empty())),
        _ => lines.push(text),
    }
}
