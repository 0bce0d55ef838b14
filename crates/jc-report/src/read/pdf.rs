//! Figures in a PDF: every figure is a link, and the file's tags tell which text on which page belongs to it. The signed
//! text is attached.

use super::{Carried, Unreadable};
use hayro_syntax::Pdf;
use hayro_syntax::content::UntypedIter;
use hayro_syntax::object::{Array, Dict, Object, ObjectIdentifier, Stream, String as Bytes};
use hayro_syntax::page::Page;
use std::collections::{BTreeMap, HashMap};

/// Tags are nested no deeper than this in what we write.
const DEEPEST: usize = 64;

/// The text of each marked stretch, by page and number.
type Marked = HashMap<(ObjectIdentifier, i32), String>;

pub(super) fn read(bytes: &[u8]) -> Result<Carried, Unreadable> {
    let pdf = Pdf::new(bytes.to_vec()).map_err(|_| Unreadable::Damaged)?;
    let mut carried = Carried { proof: attached(&pdf), ..Carried::default() };
    let mut marked = Marked::new();
    for page in pdf.pages().iter() {
        mark(page, &mut marked);
    }
    let root: Option<Dict> = pdf.xref().get(pdf.xref().root_id());
    if let Some(tree) = root.and_then(|root| root.get::<Dict>("StructTreeRoot")) {
        walk(&tree, None, &marked, &mut carried.found, 0);
    }
    Ok(carried)
}

/// The one attached text of ours; nothing if there are several, for then none is beyond doubt.
fn attached(pdf: &Pdf) -> Option<String> {
    let mut found = None;
    for object in pdf.objects() {
        let Object::Stream(stream) = object else { continue };
        let kind = stream.dict().get::<hayro_syntax::object::Name>("Type");
        if kind.is_none_or(|kind| kind.as_str() != "EmbeddedFile") {
            continue;
        }
        let text = stream.decoded().ok().and_then(|bytes| String::from_utf8(bytes.into_owned()).ok())?;
        if text.starts_with("{\"manifest\"") && found.replace(text).is_some() {
            return None;
        }
    }
    found
}

/// The texts of a page's marked stretches.
fn mark(page: &Page, marked: &mut Marked) {
    let Some(id) = page.raw().obj_id() else { return };
    let mut fonts: HashMap<String, HashMap<u16, String>> = HashMap::new();
    let mut font = String::new();
    let mut open: Vec<Option<i32>> = Vec::new();
    let mut operations: UntypedIter = page.operations();
    while let Some(operation) = operations.next() {
        let operands: Vec<Object> = operation.operands().cloned().collect();
        match &**operation.operator {
            b"BDC" => {
                let number = operands.get(1).cloned().and_then(Object::into_dict).and_then(|d| d.get::<i32>("MCID"));
                open.push(number);
            }
            b"BMC" => open.push(None),
            b"EMC" => {
                open.pop();
            }
            b"Tf" => {
                if let Some(name) = operands.first().cloned().and_then(Object::into_name) {
                    font = name.as_str().to_owned();
                    fonts
                        .entry(font.clone())
                        .or_insert_with(|| page.resources().get_font(&name).as_ref().map(unicode).unwrap_or_default());
                }
            }
            b"Tj" | b"TJ" | b"'" | b"\"" => {
                let Some(number) = open.iter().rev().find_map(|n| *n) else { continue };
                let Some(letters) = fonts.get(&font) else { continue };
                let into = marked.entry((id, number)).or_default();
                for operand in operands {
                    match operand {
                        Object::String(text) => spell(&text, letters, into),
                        Object::Array(pieces) => {
                            for piece in pieces.iter::<Object>() {
                                if let Object::String(text) = piece {
                                    spell(&text, letters, into);
                                }
                            }
                        }
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }
}

fn spell(text: &Bytes, letters: &HashMap<u16, String>, into: &mut String) {
    for pair in text.as_bytes().chunks_exact(2) {
        match letters.get(&u16::from_be_bytes([pair[0], pair[1]])) {
            Some(letter) => into.push_str(letter),
            None => into.push('\u{fffd}'),
        }
    }
}

/// What each code of a font stands for, by its table.
fn unicode(font: &Dict) -> HashMap<u16, String> {
    let table = font.get::<Stream>("ToUnicode").and_then(|stream| stream.decoded().ok().map(|b| b.into_owned()));
    let text = table.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default();
    let mut letters = HashMap::new();
    let mut words = text.split_whitespace().flat_map(|word| word.split_inclusive('>'));
    let mut mode = "";
    let mut given: Vec<Vec<u16>> = Vec::new();
    for word in words.by_ref() {
        match word {
            "beginbfchar" | "beginbfrange" => {
                mode = if word == "beginbfchar" { "char" } else { "range" };
                given.clear();
            }
            "endbfchar" | "endbfrange" => mode = "",
            _ if mode.is_empty() => {}
            word => {
                let Some(units) = units(word.trim_matches(|c| "<>[]".contains(c))) else { continue };
                given.push(units);
                if mode == "char" && given.len() == 2 {
                    if let (Some(code), Ok(letter)) = (given[0].first(), String::from_utf16(&given[1])) {
                        letters.insert(*code, letter);
                    }
                    given.clear();
                } else if mode == "range" && given.len() == 3 {
                    if let (Some(from), Some(until)) = (given[0].first(), given[1].first()) {
                        for code in *from..=*until {
                            let mut units = given[2].clone();
                            if let Some(last) = units.last_mut() {
                                *last = last.saturating_add(code - from);
                            }
                            letters.insert(code, String::from_utf16_lossy(&units));
                        }
                    }
                    given.clear();
                }
            }
        }
    }
    letters
}

/// `4e00ff08` as the units of UTF-16.
fn units(hex: &str) -> Option<Vec<u16>> {
    if hex.is_empty() || !hex.len().is_multiple_of(4) || !hex.is_ascii() {
        return None;
    }
    (0..hex.len() / 4).map(|n| u16::from_str_radix(&hex[n * 4..n * 4 + 4], 16).ok()).collect()
}

/// Looks for links of figures in the tree of tags and gathers their texts.
fn walk(
    element: &Dict,
    page: Option<ObjectIdentifier>,
    marked: &Marked,
    found: &mut BTreeMap<usize, Vec<String>>,
    depth: usize,
) {
    if depth > DEEPEST {
        return;
    }
    let page = page_of(element).or(page);
    let is_link = element.get::<hayro_syntax::object::Name>("S").is_some_and(|name| name.as_str() == "Link");
    if is_link && let Some(number) = figure(element) {
        let mut text = String::new();
        gather(element, page, marked, &mut text, depth);
        found.entry(number).or_default().push(text);
        return;
    }
    for child in kids(element) {
        if let Object::Dict(child) = child {
            walk(&child, page, marked, found, depth + 1);
        }
    }
}

fn page_of(element: &Dict) -> Option<ObjectIdentifier> {
    element.get_ref("Pg").map(ObjectIdentifier::from)
}

fn kids<'a>(element: &Dict<'a>) -> Vec<Object<'a>> {
    match element.get::<Object>("K") {
        Some(Object::Array(all)) => Array::iter::<Object>(&all).collect(),
        Some(one) => vec![one],
        None => Vec::new(),
    }
}

/// The number in the address of a link's annotation.
fn figure(element: &Dict) -> Option<usize> {
    kids(element).into_iter().find_map(|kid| {
        let object = kid.into_dict()?.get::<Dict>("Obj")?;
        let address = object.get::<Dict>("A")?.get::<Bytes>("URI")?;
        let address = String::from_utf8_lossy(address.as_bytes()).into_owned();
        address.rsplit_once("#f")?.1.parse().ok()
    })
}

fn gather(element: &Dict, page: Option<ObjectIdentifier>, marked: &Marked, into: &mut String, depth: usize) {
    if depth > DEEPEST {
        return;
    }
    let page = page_of(element).or(page);
    if let Some(number) = element.get::<i32>("MCID") {
        into.push_str(page.and_then(|page| marked.get(&(page, number))).map_or("", String::as_str));
        return;
    }
    for kid in kids(element) {
        match kid {
            Object::Number(number) => {
                let text = page.and_then(|page| marked.get(&(page, number.as_i64() as i32)));
                into.push_str(text.map_or("", String::as_str));
            }
            Object::Dict(child) if child.get_ref("Obj").is_none() => gather(&child, page, marked, into, depth + 1),
            _ => {}
        }
    }
}
