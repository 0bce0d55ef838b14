//! The small parts of a workbook: which sheets there are, where they stand, how numbers are shown.

use super::Part;
use crate::number::NumberStyle;
use crate::xml::{Event, XmlError};
use std::collections::HashMap;

/// A pointer from one part to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Relation {
    pub(crate) id: String,
    pub(crate) kind: String,
    pub(crate) target: String,
}

/// The part that holds the pointers of a part: `xl/workbook.xml` has `xl/_rels/workbook.xml.rels`.
pub(crate) fn relations_of(part: &str) -> String {
    let (folder, name) = part.rsplit_once('/').map_or(("", part), |(folder, name)| (folder, name));
    if folder.is_empty() { format!("_rels/{name}.rels") } else { format!("{folder}/_rels/{name}.rels") }
}

/// The part a pointer of `from` names.
pub(crate) fn resolve(from: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut steps: Vec<&str> = from.split('/').collect();
    steps.pop();
    for step in target.split('/') {
        match step {
            "." | "" => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    steps.join("/")
}

pub(crate) fn relations(xml: &mut Part<'_>) -> Result<Vec<Relation>, XmlError> {
    let mut out = Vec::new();
    loop {
        match xml.next()? {
            Event::Start(tag) if tag.name == b"Relationship" => {
                let text = |name: &[u8]| tag.text(name).map(Option::unwrap_or_default);
                out.push(Relation { id: text(b"Id")?, kind: text(b"Type")?, target: text(b"Target")? });
            }
            Event::Eof => return Ok(out),
            _ => {}
        }
    }
}

/// What the workbook's own part says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Workbook {
    pub(crate) sheets: Vec<NamedSheet>,
    pub(crate) epoch_1904: bool,
}

#[derive(Debug, PartialEq, Eq)]
pub(crate) struct NamedSheet {
    pub(crate) name: String,
    pub(crate) hidden: bool,
    pub(crate) relation: String,
}

pub(crate) fn workbook(xml: &mut Part<'_>) -> Result<Workbook, XmlError> {
    let mut out = Workbook::default();
    loop {
        match xml.next()? {
            Event::Start(tag) if tag.name == b"workbookPr" => {
                out.epoch_1904 = matches!(tag.attribute(b"date1904"), Some(b"1" | b"true"));
            }
            Event::Start(tag) if tag.name == b"sheet" => out.sheets.push(NamedSheet {
                name: tag.text(b"name")?.unwrap_or_default(),
                hidden: tag.attribute(b"state").is_some_and(|state| state != b"visible"),
                relation: tag.text(b"id")?.unwrap_or_default(),
            }),
            Event::Eof => return Ok(out),
            _ => {}
        }
    }
}

/// How the numbers of each cell style are shown, by the style's position.
pub(crate) fn styles(xml: &mut Part<'_>) -> Result<Vec<NumberStyle>, XmlError> {
    let mut formats = HashMap::new();
    let mut out = Vec::new();
    let mut inside = false;
    loop {
        match xml.next()? {
            Event::Start(tag) if tag.name == b"numFmt" => {
                if let (Some(id), Some(code)) = (tag.number(b"numFmtId"), tag.text(b"formatCode")?) {
                    formats.insert(id, NumberStyle::of(&code));
                }
            }
            Event::Start(tag) if tag.name == b"cellXfs" => inside = !tag.empty,
            Event::End(b"cellXfs") => inside = false,
            Event::Start(tag) if inside && tag.name == b"xf" => {
                let id = tag.number(b"numFmtId").unwrap_or(0);
                out.push(formats.get(&id).copied().unwrap_or_else(|| NumberStyle::builtin(id)));
            }
            Event::Eof => return Ok(out),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pointers_are_followed() {
        assert_eq!(relations_of("xl/workbook.xml"), "xl/_rels/workbook.xml.rels");
        assert_eq!(relations_of("workbook.xml"), "_rels/workbook.xml.rels");
        for (target, part) in [
            ("worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("/xl/worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("../x/s.xml", "x/s.xml"),
            ("../../../s.xml", "s.xml"),
        ] {
            assert_eq!(resolve("xl/workbook.xml", target), part);
        }
    }
}
