//! A report read back: every figure in it held against the signed text it carries. Needs the school's public key and
//! nothing else.

mod docx;
mod html;
#[cfg(feature = "pdf")]
mod pdf;
#[cfg(test)]
mod tests;
mod xlsx;
mod zip;

use crate::trace::{FORMAT, signed_text};
use jc_trust::{PublicKey, Purpose, Signature};
use serde_json::Value as Json;
use std::collections::BTreeMap;

/// What became of a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// As the school signed it.
    Genuine,
    /// Something else stands there now, or nothing does.
    Changed,
    /// The file does not prove what it should say.
    Unknown,
}

/// A figure of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its number in the file, from 0.
    pub number: usize,
    /// The indicator's name with its part.
    pub name: String,
    /// The period.
    pub period: String,
    /// What should stand there; nothing if the file does not prove it.
    pub signed: Option<String>,
    /// What stands there; nothing if it is gone.
    pub found: Option<String>,
    /// What became of it.
    pub standing: Standing,
}

/// What is known of the signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seal {
    /// It fits the text and the key.
    Good,
    /// It does not fit: another key, or another text.
    Bad,
    /// There is none.
    None,
}

/// A file read back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// The report's title; empty if the file does not tell.
    pub title: String,
    /// Whose it is.
    pub school: String,
    /// Its code.
    pub code: String,
    /// The key it names.
    pub key: String,
    /// The signature.
    pub seal: Seal,
    /// Every figure, in reading order.
    pub lines: Vec<Line>,
}

impl Checked {
    /// Whether everything is as the school signed it.
    pub fn is_genuine(&self) -> bool {
        self.seal == Seal::Good && self.lines.iter().all(|line| line.standing == Standing::Genuine)
    }
}

/// Why a file cannot be looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreadable {
    /// It is none of the four kinds.
    Kind,
    /// It is damaged.
    Damaged,
    /// It is no report of this program: it carries no figures.
    NoReport,
}

/// What a file says, before it is judged.
#[derive(Debug, Default)]
pub(crate) struct Carried {
    /// The signed text with its signature.
    pub proof: Option<String>,
    /// What stands at each figure: everything that is marked with its number.
    pub found: BTreeMap<usize, Vec<String>>,
    /// The value in the cell beside it, for a workbook.
    pub values: BTreeMap<usize, String>,
    /// The digests of a workbook's measures, by sheet: `digest` and sum.
    pub measures: Vec<Vec<Measure>>,
}

/// A column of added values in a workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Measure {
    /// The digest of its rows.
    pub digest: String,
}

/// Reads a file and judges every figure by the keys the school signs and signed with.
pub fn check(bytes: &[u8], keys: &[PublicKey]) -> Result<Checked, Unreadable> {
    let carried = carried(bytes)?;
    if carried.proof.is_none() && carried.found.is_empty() {
        return Err(Unreadable::NoReport);
    }
    Ok(judge(&carried, keys))
}

/// The end of the audit log that a report's file was given along, as `audit head` prints it; not judged.
pub fn log_of(bytes: &[u8]) -> Option<String> {
    let envelope: Json = serde_json::from_str(&carried(bytes).ok()?.proof?).ok()?;
    envelope["manifest"]["log"].as_str().map(str::to_owned)
}

fn carried(bytes: &[u8]) -> Result<Carried, Unreadable> {
    if bytes.starts_with(b"%PDF-") {
        #[cfg(feature = "pdf")]
        return pdf::read(bytes);
        #[cfg(not(feature = "pdf"))]
        return Err(Unreadable::Kind);
    }
    if bytes.starts_with(b"PK") {
        let mut parts = zip::Parts::open(bytes)?;
        return if parts.has("word/document.xml") { docx::read(&mut parts) } else { xlsx::read(&mut parts) };
    }
    let text = std::str::from_utf8(bytes).map_err(|_| Unreadable::Kind)?;
    if text.contains("<html") { Ok(html::read(text)) } else { Err(Unreadable::Kind) }
}

fn judge(carried: &Carried, keys: &[PublicKey]) -> Checked {
    let envelope: Json = carried.proof.as_deref().and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default();
    let manifest = &envelope["manifest"];
    let text = |value: &Json| value.as_str().unwrap_or_default().to_owned();
    let signature = envelope["signature"]["value"].as_str();
    let fits = |signature: &str| {
        let signature = Signature::parse(signature);
        let bytes = signed_text(manifest).into_bytes();
        signature.is_some_and(|signature| keys.iter().any(|key| key.verify(Purpose::Report, &bytes, &signature)))
    };
    let seal = match signature {
        _ if manifest["format"] != FORMAT => Seal::Bad,
        None => Seal::None,
        Some(signature) if fits(signature) => Seal::Good,
        Some(_) => Seal::Bad,
    };
    let mut checked = Checked {
        title: text(&manifest["report"]["title"]),
        school: text(&manifest["report"]["school"]),
        code: text(&manifest["report"]["code"]),
        key: text(&envelope["signature"]["key"]),
        seal,
        lines: Vec::new(),
    };
    if seal != Seal::Good {
        let line = |(number, found): (&usize, &Vec<String>)| Line {
            number: *number,
            name: String::new(),
            period: String::new(),
            signed: None,
            found: found.first().cloned(),
            standing: Standing::Unknown,
        };
        checked.lines = carried.found.iter().map(line).collect();
        return checked;
    }
    let figures: BTreeMap<&str, &Json> = manifest["figures"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|figure| Some((figure["id"].as_str()?, figure)))
        .collect();
    let moved = moved(manifest, carried);
    let nothing = Vec::new();
    let shown = manifest["shown"].as_array().unwrap_or(&nothing);
    for (number, shown) in shown.iter().enumerate() {
        let id = shown["figure"].as_str().unwrap_or_default();
        let figure = figures.get(id).copied().unwrap_or(&Json::Null);
        let signed = text(&shown["text"]);
        let found = carried.found.get(&number);
        let other = found.and_then(|all| all.iter().find(|one| squeezed(one) != squeezed(&signed)));
        let same = found.is_some() && other.is_none();
        let value = match (carried.values.get(&number), figure["printed"].as_str()) {
            (Some(found), Some(printed)) => same_number(found, printed),
            (None, Some(_)) => carried.values.is_empty(),
            (_, None) => true,
        };
        let genuine = same && value && !moved.contains(&id);
        checked.lines.push(Line {
            number,
            name: [text(&figure["name"]), text(&figure["part"])].join(" ").trim_end().to_owned(),
            period: text(&figure["period"]),
            signed: Some(signed),
            // What differs is told, be it the text or the number beside it.
            found: other
                .or(carried.values.get(&number).filter(|_| !value))
                .or(found.and_then(|all| all.first()))
                .cloned(),
            standing: if genuine { Standing::Genuine } else { Standing::Changed },
        });
    }
    for (number, found) in carried.found.iter().filter(|(number, _)| **number >= shown.len()) {
        checked.lines.push(Line {
            number: *number,
            name: String::new(),
            period: String::new(),
            signed: None,
            found: found.first().cloned(),
            standing: Standing::Unknown,
        });
    }
    checked
}

/// The figures of a workbook whose rows are no longer those that were signed.
fn moved<'m>(manifest: &'m Json, carried: &Carried) -> Vec<&'m str> {
    let mut moved = Vec::new();
    // Only a workbook brings the rows along.
    if carried.values.is_empty() {
        return moved;
    }
    let sheets = manifest["sheets"].as_array().into_iter().flatten();
    for (at, sheet) in sheets.enumerate() {
        let whole = |measure: &Json| {
            let Some(at_measure) = measure.as_u64().and_then(|n| usize::try_from(n).ok()) else { return true };
            let signed = sheet["measures"][at_measure]["digest"].as_str();
            let found = carried.measures.get(at).and_then(|sheet| sheet.get(at_measure));
            found.is_some_and(|found| signed == Some(&found.digest))
        };
        for sum in sheet["sums"].as_array().into_iter().flatten() {
            if !whole(&sum["over"]) || !whole(&sum["under"]) {
                let at = sum["figure"].as_u64().and_then(|n| usize::try_from(n).ok());
                moved.extend(at.and_then(|at| manifest["figures"][at]["id"].as_str()));
            }
        }
    }
    moved
}

/// How many measures each sheet of rows has, by the signed text: what a workbook's reader must know.
pub(crate) fn sheets(proof: &str) -> Vec<usize> {
    let envelope: Json = serde_json::from_str(proof).unwrap_or_default();
    let sheets = envelope["manifest"]["sheets"].as_array().cloned().unwrap_or_default();
    sheets.iter().map(|sheet| sheet["measures"].as_array().map_or(0, Vec::len)).collect()
}

/// A text without blanks: a line break in a file is no change.
fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Whether a cell's number is the printed one: the places printed decide.
fn same_number(found: &str, printed: &str) -> bool {
    let places = printed.split_once('.').map_or(0, |(_, places)| places.len());
    found.parse::<f64>().is_ok_and(|number| format!("{number:.places$}") == printed)
}
