//! Figures in a Word file: the text of each content control whose tag is `jc:…`, and the custom part.

use super::zip::Parts;
use super::{Carried, Unreadable};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

pub(super) fn read(parts: &mut Parts) -> Result<Carried, Unreadable> {
    let mut carried = Carried::default();
    let body = parts.text("word/document.xml").ok_or(Unreadable::Damaged)?;
    let mut reader = Reader::from_str(&body);
    // The controls that are open: their number, once known, and their text.
    let mut open: Vec<(Option<usize>, String)> = Vec::new();
    let mut in_text = false;
    loop {
        match reader.read_event().map_err(|_| Unreadable::Damaged)? {
            Event::Start(start) => match start.local_name().as_ref() {
                "sdt" => open.push((None, String::new())),
                "t" => in_text = true,
                "tag" => tagged(&start, &mut open),
                _ => {}
            },
            Event::Empty(start) if start.local_name().as_ref() == "tag" => tagged(&start, &mut open),
            Event::Text(text) if in_text => {
                for (_, content) in &mut open {
                    content.push_str(&text);
                }
            }
            Event::GeneralRef(name) if in_text => {
                for (_, content) in &mut open {
                    content.push_str(&entity(&name));
                }
            }
            Event::End(end) => match end.local_name().as_ref() {
                "sdt" => {
                    if let Some((Some(number), content)) = open.pop() {
                        carried.found.entry(number).or_default().push(content);
                    }
                }
                "t" => in_text = false,
                _ => {}
            },
            Event::Eof => break,
            _ => {}
        }
    }
    // Word renames the custom part when it saves.
    for name in parts.names() {
        if name.starts_with("customXml/item")
            && !name.contains("Props")
            && let Some(text) = parts.text(&name)
            && text.contains("urn:jiangce:report")
        {
            carried.proof = plain_text(&text);
        }
    }
    Ok(carried)
}

fn tagged(start: &BytesStart, open: &mut [(Option<usize>, String)]) {
    let value = start.attributes().flatten().find(|a| a.key.local_name().as_ref() == "val");
    let number = value.and_then(|a| a.value.strip_prefix("jc:")?.parse().ok());
    if let (Some((known, _)), Some(number)) = (open.last_mut(), number) {
        *known = Some(number);
    }
}

/// All text of a part.
pub(super) fn plain_text(xml: &str) -> Option<String> {
    let mut reader = Reader::from_str(xml);
    let mut out = String::new();
    loop {
        match reader.read_event().ok()? {
            Event::Text(text) => out.push_str(&text),
            Event::GeneralRef(name) => out.push_str(&entity(&name)),
            Event::Eof => return Some(out.trim().to_owned()),
            _ => {}
        }
    }
}

/// The character of an entity.
pub(super) fn entity(name: &str) -> String {
    match name {
        "amp" => "&".to_owned(),
        "lt" => "<".to_owned(),
        "gt" => ">".to_owned(),
        "quot" => "\"".to_owned(),
        "apos" => "'".to_owned(),
        other => {
            let code = other.strip_prefix("#x").map(|hex| u32::from_str_radix(hex, 16));
            let code = code.or_else(|| other.strip_prefix('#').map(str::parse));
            code.and_then(Result::ok).and_then(char::from_u32).map(String::from).unwrap_or_default()
        }
    }
}
