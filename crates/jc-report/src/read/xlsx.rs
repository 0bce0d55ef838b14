//! Figures in a workbook: the cells the defined names `jc_…` point at, the values beside them, and the rows behind.

use super::docx::entity;
use super::zip::Parts;
use super::{Carried, Measure, Unreadable, sheets};
use crate::trace::rows_digest;
use crate::write::xlsx::{TEXT_COLUMN, TRACE_SHEET, VALUE_COLUMN};
use jc_base::Ratio;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::collections::{BTreeMap, HashMap};

/// The cells of a sheet by row and column, from 0.
type Cells = BTreeMap<(u32, u32), String>;

pub(super) fn read(parts: &mut Parts) -> Result<Carried, Unreadable> {
    let book = parts.text("xl/workbook.xml").ok_or(Unreadable::Kind)?;
    let relations = parts.text("xl/_rels/workbook.xml.rels").ok_or(Unreadable::Damaged)?;
    let shared = parts.text("xl/sharedStrings.xml").map(|xml| strings(&xml)).unwrap_or_default();
    let (named, places) = names(&book).ok_or(Unreadable::Damaged)?;
    let targets = targets(&relations).ok_or(Unreadable::Damaged)?;
    let mut read: HashMap<String, Cells> = HashMap::new();
    let mut order = Vec::new();
    for (name, id) in named {
        let Some(target) = targets.get(&id) else { continue };
        let path = target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned);
        let cells = parts.text(&path).and_then(|xml| cells(&xml, &shared)).ok_or(Unreadable::Damaged)?;
        order.push(name.clone());
        read.insert(name, cells);
    }
    let mut carried = Carried::default();
    if let Some(pieces) = read.get(TRACE_SHEET) {
        carried.proof =
            Some(pieces.iter().filter(|((_, column), _)| *column == 0).map(|(_, text)| text.as_str()).collect());
    }
    let mut last_chapter = String::new();
    for (number, sheet, row) in places {
        let Some(cells) = read.get(&sheet) else { continue };
        let cell = |column: u16| cells.get(&(row, u32::from(column))).cloned();
        carried.found.entry(number).or_default().push(cell(TEXT_COLUMN).unwrap_or_default());
        carried.values.insert(number, cell(VALUE_COLUMN).unwrap_or_default());
        if order.iter().position(|n| *n == sheet) > order.iter().position(|n| *n == last_chapter) {
            last_chapter = sheet;
        }
    }
    // The sheets of rows stand between the last chapter and the signed text.
    let first = order.iter().position(|name| *name == last_chapter).map_or(0, |at| at + 1);
    let counts = carried.proof.as_deref().map(sheets).unwrap_or_default();
    for (name, measures) in order.iter().skip(first).filter(|name| *name != TRACE_SHEET).zip(counts) {
        carried.measures.push(read.get(name).map_or_else(Vec::new, |cells| columns(cells, measures)));
    }
    Ok(carried)
}

/// The digests of the last `measures` columns of a sheet of rows.
fn columns(cells: &Cells, measures: usize) -> Vec<Measure> {
    let wide = cells.keys().filter(|(row, _)| *row == 0).map(|(_, column)| column + 1).max().unwrap_or(0);
    let fields = wide.saturating_sub(u32::try_from(measures).unwrap_or(0));
    let last = cells.keys().map(|(row, _)| *row).max().unwrap_or(0);
    let texts: Vec<Vec<String>> = (1..=last)
        .map(|row| (0..fields).map(|column| cells.get(&(row, column)).cloned().unwrap_or_default()).collect())
        .collect();
    let digest = |column: u32| {
        let rows = (1..=last).filter_map(|row| {
            let adds = cells.get(&(row, column)).filter(|text| !text.is_empty())?;
            let at = usize::try_from(row - 1).ok()?;
            Some((at, texts[at].as_slice(), exact(adds)))
        });
        Measure { digest: rows_digest(rows) }
    };
    (fields..wide).map(digest).collect()
}

/// A cell's decimal number as an exact fraction; as it stands if it is none.
fn exact(text: &str) -> String {
    let (whole, places) = text.split_once('.').unwrap_or((text, ""));
    let digits = format!("{whole}{places}").parse::<i128>().ok();
    let scale = u32::try_from(places.len()).ok().and_then(|places| 10i128.checked_pow(places));
    let ratio = digits.zip(scale).and_then(|(digits, scale)| Ratio::new(digits, scale));
    ratio.map_or_else(|| text.to_owned(), |ratio| ratio.to_string())
}

/// Sheets with their relation, and where each `jc_…` points: number, sheet, row from 0.
#[expect(clippy::type_complexity, reason = "two lists read in one pass")]
fn names(book: &str) -> Option<(Vec<(String, String)>, Vec<(usize, String, u32)>)> {
    let mut reader = Reader::from_str(book);
    let (mut sheets, mut places) = (Vec::new(), Vec::new());
    let mut name: Option<(usize, String)> = None;
    loop {
        match reader.read_event().ok()? {
            Event::Start(start) | Event::Empty(start) if start.local_name().as_ref() == "sheet" => {
                sheets.push((attribute(&start, "name")?, attribute(&start, "id")?));
            }
            Event::Start(start) if start.local_name().as_ref() == "definedName" => {
                let number = attribute(&start, "name")?.strip_prefix("jc_").and_then(|n| n.parse().ok());
                name = number.map(|number| (number, String::new()));
            }
            Event::Text(text) => {
                if let Some((_, place)) = &mut name {
                    place.push_str(&text);
                }
            }
            Event::GeneralRef(reference) => {
                if let Some((_, place)) = &mut name {
                    place.push_str(&entity(&reference));
                }
            }
            Event::End(end) if end.local_name().as_ref() == "definedName" => {
                if let Some((number, place)) = name.take()
                    && let Some((sheet, cell)) = place.rsplit_once('!')
                {
                    let row = cell.rsplit('$').next()?.parse::<u32>().ok()?;
                    places.push((number, sheet.trim_matches('\'').replace("''", "'"), row.checked_sub(1)?));
                }
            }
            Event::Eof => return Some((sheets, places)),
            _ => {}
        }
    }
}

fn targets(relations: &str) -> Option<HashMap<String, String>> {
    let mut reader = Reader::from_str(relations);
    let mut targets = HashMap::new();
    loop {
        match reader.read_event().ok()? {
            Event::Start(start) | Event::Empty(start) if start.local_name().as_ref() == "Relationship" => {
                targets.insert(attribute(&start, "Id")?, attribute(&start, "Target")?);
            }
            Event::Eof => return Some(targets),
            _ => {}
        }
    }
}

fn attribute(start: &BytesStart, name: &str) -> Option<String> {
    let found = start.attributes().flatten().find(|a| a.key.local_name().as_ref() == name)?;
    let text = found.value.into_owned();
    Some(
        text.replace("&apos;", "'")
            .replace("&quot;", "\"")
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&amp;", "&"),
    )
}

/// The shared texts, in order.
fn strings(xml: &str) -> Vec<String> {
    let mut reader = Reader::from_str(xml);
    let (mut all, mut inside) = (Vec::new(), false);
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(start) => match start.local_name().as_ref() {
                "si" => all.push(String::new()),
                "t" => inside = true,
                _ => {}
            },
            Event::Empty(start) if start.local_name().as_ref() == "si" => all.push(String::new()),
            Event::Text(text) if inside => {
                if let Some(last) = all.last_mut() {
                    last.push_str(&text);
                }
            }
            Event::GeneralRef(name) if inside => {
                if let Some(last) = all.last_mut() {
                    last.push_str(&entity(&name));
                }
            }
            Event::End(end) if end.local_name().as_ref() == "t" => inside = false,
            Event::Eof => break,
            _ => {}
        }
    }
    all
}

/// The cells of a sheet; of a formula its result.
fn cells(xml: &str, shared: &[String]) -> Option<Cells> {
    let mut reader = Reader::from_str(xml);
    let mut cells = Cells::new();
    let mut at: Option<((u32, u32), bool)> = None;
    let (mut inside, mut text) = (false, String::new());
    loop {
        match reader.read_event().ok()? {
            Event::Start(start) => match start.local_name().as_ref() {
                "c" => {
                    let place = place(&attribute(&start, "r")?)?;
                    at = Some((place, attribute(&start, "t").as_deref() == Some("s")));
                    text.clear();
                }
                "v" | "t" => inside = true,
                _ => {}
            },
            Event::Text(piece) if inside => text.push_str(&piece),
            Event::GeneralRef(name) if inside => text.push_str(&entity(&name)),
            Event::End(end) => match end.local_name().as_ref() {
                "v" | "t" => inside = false,
                "c" => {
                    if let Some((place, is_shared)) = at.take() {
                        let number = if is_shared { text.parse::<usize>().ok() } else { None };
                        let content = match number {
                            Some(number) => shared.get(number).cloned().unwrap_or_default(),
                            None => text.clone(),
                        };
                        cells.insert(place, content);
                    }
                }
                _ => {}
            },
            Event::Eof => return Some(cells),
            _ => {}
        }
    }
}

/// `F12` as row and column, from 0.
fn place(name: &str) -> Option<(u32, u32)> {
    let letters = name.find(|c: char| c.is_ascii_digit())?;
    let column = name[..letters]
        .bytes()
        .try_fold(0u32, |sum, letter| sum.checked_mul(26)?.checked_add(u32::from(letter.checked_sub(b'A')?) + 1))?;
    Some((name[letters..].parse::<u32>().ok()?.checked_sub(1)?, column.checked_sub(1)?))
}
