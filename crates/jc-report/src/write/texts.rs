//! What the writers say of figures in the same words.

use crate::model::{Document, Entry};
use std::collections::HashMap;

/// The name with its part: `毕业生人数 · 数控技术系`.
pub(super) fn full_name(entry: &Entry) -> String {
    if entry.part.is_empty() { entry.name.clone() } else { format!("{} · {}", entry.name, entry.part) }
}

/// What stands behind a figure, in a line: shown where a pointer rests on it.
pub(super) fn hint(document: &Document, at: usize) -> String {
    let shown = &document.shown[at];
    let entry = &document.entries[shown.entry];
    let mut hint = format!("{}（{}）", full_name(entry), entry.period);
    if !entry.definition.is_empty() {
        hint.push('：');
        hint.push_str(&entry.definition);
    }
    hint
}

/// `表 3`
pub(super) fn numbered(label: &str, number: usize) -> String {
    format!("{label} {number}")
}

/// The rows of the list of figures: number, name, period, values, definition, and the seal of the page or the digest of
/// its records, as many digits of it as tell pages apart: the whole is in the signed text. An indicator and its parts of
/// one period are one row.
pub(super) fn trace_rows(document: &Document) -> Vec<[String; 6]> {
    let mut rows: Vec<(&Entry, Vec<String>)> = Vec::new();
    let mut known: HashMap<(&str, &str), usize> = HashMap::new();
    for entry in &document.entries {
        let at = *known.entry((&entry.indicator, &entry.period)).or_insert_with(|| {
            rows.push((entry, Vec::new()));
            rows.len() - 1
        });
        let value = traced(document, entry);
        // The whole stands before its parts, whichever was shown first.
        if entry.part.is_empty() {
            rows[at].1.insert(0, value);
        } else {
            rows[at].1.push(format!("{} {value}", entry.part));
        }
    }
    let row = |(number, (entry, values)): (usize, (&Entry, Vec<String>))| {
        let proof = match &entry.seal {
            Some(seal) => format!("{} {}", document.labels.seal, short(seal)),
            None => short(&entry.digest),
        };
        let values = values.join("；");
        [(number + 1).to_string(), entry.name.clone(), entry.period.clone(), values, entry.definition.clone(), proof]
    };
    rows.into_iter().enumerate().map(row).collect()
}

/// A value with its unit and what it was worked out from.
fn traced(document: &Document, entry: &Entry) -> String {
    let value = entry.printed.clone().unwrap_or_else(|| document.labels.missing.clone());
    let value = if entry.unit == "%" { format!("{value}%") } else { format!("{value} {}", entry.unit) };
    match (entry.numerator, entry.denominator) {
        (Some(over), Some(under)) => format!("{value} = {over}/{under}"),
        _ => value,
    }
}

/// The first digits of a digest.
fn short(digest: &str) -> String {
    digest.chars().take(12).collect()
}
