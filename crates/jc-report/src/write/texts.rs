//! What the writers say of figures in the same words.

use crate::model::{Document, Entry};

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

/// The rows of the list of figures: number, name, period, value, definition, and the seal of the page or the digest of
/// its records, as many digits of it as tell pages apart: the whole is in the signed text.
pub(super) fn trace_rows(document: &Document) -> Vec<[String; 6]> {
    let row = |(number, entry): (usize, &Entry)| {
        let value = entry.printed.clone().unwrap_or_else(|| document.labels.missing.clone());
        let value = if entry.unit == "%" { format!("{value}%") } else { format!("{value} {}", entry.unit) };
        let value = match (entry.numerator, entry.denominator) {
            (Some(over), Some(under)) => format!("{value} = {over}/{under}"),
            _ => value,
        };
        let proof = match &entry.seal {
            Some(seal) => format!("{} {}", document.labels.seal, short(seal)),
            None => short(&entry.digest),
        };
        [(number + 1).to_string(), full_name(entry), entry.period.clone(), value, entry.definition.clone(), proof]
    };
    document.entries.iter().enumerate().map(row).collect()
}

/// The first digits of a digest.
fn short(digest: &str) -> String {
    digest.chars().take(12).collect()
}
