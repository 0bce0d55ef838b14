//! The trace that travels in the file: every figure with its definition, seal and digest of records, and every place it
//! is shown, as one signed text.

use crate::model::{Document, Entry, Sheet};
use jc_base::Ratio;
use jc_trust::{Purpose, SigningKey, digest::hex};
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};

/// The form of the text. Readers refuse others.
pub const FORMAT: &str = "jiangce-report/1";

/// Names the report and its chapters by what they say: the same figures in the same places give the same codes.
pub(crate) fn name(document: &mut Document) {
    let whole = manifest(document);
    document.head.code = code("report", &whole.to_string());
    for at in 0..document.chapters.len() {
        let of: Vec<Json> = document.shown.iter().filter(|s| s.chapter == at).map(|s| shown(document, s)).collect();
        let text = json!([document.head.code, document.chapters[at].id, of]).to_string();
        document.chapters[at].code = code("chapter", &text);
    }
}

/// Sixteen letters and digits in groups of four that cannot be taken for each other: 80 bits of a digest.
fn code(what: &str, text: &str) -> String {
    const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let digest = Sha256::digest(format!("jiangce {what}\n{text}"));
    let bits = digest.iter().take(10).fold(0u128, |bits, byte| bits << 8 | u128::from(*byte));
    let letter = |at: usize| char::from(LETTERS[(bits >> (75 - 5 * at)) as usize & 31]);
    let letters: Vec<char> = (0..16).map(letter).collect();
    letters.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

/// Everything the report says in figures.
pub fn manifest(document: &Document) -> Json {
    let head = &document.head;
    let mut whole = json!({
        "format": FORMAT,
        "report": {
            "code": head.code,
            "template": head.template,
            "title": head.title,
            "school": head.school,
            "synthetic": head.synthetic,
            "lang": head.lang.code(),
            "year": head.year,
            "made_on": head.made_on.to_string(),
            "profile": head.profile,
            "catalog": head.catalog,
        },
        "chapters": document.chapters.iter().map(|c| json!({ "id": c.id, "title": c.title, "code": c.code })).collect::<Vec<_>>(),
        "figures": document.entries.iter().map(entry).collect::<Vec<_>>(),
        "shown": document.shown.iter().map(|s| shown(document, s)).collect::<Vec<_>>(),
        "sheets": document.sheets.iter().map(sheet).collect::<Vec<_>>(),
    });
    if !head.log.is_empty() {
        whole["log"] = head.log.as_str().into();
    }
    whole
}

/// Every code that is printed in a document, with what whoever looks it up is told: of a chapter its figures, of the
/// whole its chapters and their codes.
pub fn codes(document: &Document) -> Vec<(String, Json)> {
    let mut codes: Vec<_> =
        document.chapters.iter().enumerate().map(|(at, one)| (one.code.clone(), chapter(document, at))).collect();
    let whole = match codes.as_slice() {
        [(_, only)] => only.clone(),
        _ => json!({
            "format": FORMAT,
            "report": manifest(document)["report"],
            "chapter": { "id": "", "title": document.head.title },
            "chapters": document
                .chapters
                .iter()
                .map(|chapter| json!({ "title": chapter.title, "code": chapter.code }))
                .collect::<Vec<_>>(),
        }),
    };
    codes.push((document.head.code.clone(), whole));
    codes
}

/// The figures of one chapter, for whoever looks up its code: a stranger with the paper in hand. What the public is not
/// told of is named without its value, and a person not at all.
fn chapter(document: &Document, at: usize) -> Json {
    let whole = manifest(document);
    let own = || document.shown.iter().enumerate().filter(|(_, s)| s.chapter == at);
    let used: std::collections::BTreeSet<usize> =
        own().flat_map(|(_, s)| std::iter::once(s.entry).chain(s.against)).collect();
    let figures = used.into_iter().map(|at| {
        let told = &document.entries[at];
        let mut figure = entry(told);
        figure["withheld"] = told.withheld.into();
        if told.withheld {
            for key in ["id", "part", "value", "printed", "numerator", "denominator", "verified", "pending", "records"]
            {
                figure[key] = Json::Null;
            }
        }
        figure
    });
    let told = |shown: &crate::model::Shown| {
        std::iter::once(shown.entry).chain(shown.against).all(|at| !document.entries[at].withheld)
    };
    let places = own()
        .filter(|(_, s)| told(s))
        .map(|(number, s)| json!({ "number": number, "figure": document.entries[s.entry].id, "text": s.text }));
    json!({
        "format": FORMAT,
        "report": whole["report"],
        "chapter": { "id": document.chapters[at].id, "title": document.chapters[at].title },
        "figures": figures.collect::<Vec<_>>(),
        "shown": places.collect::<Vec<_>>(),
    })
}

fn entry(entry: &Entry) -> Json {
    let exact = |ratio: Option<Ratio>| ratio.map(|r| r.to_string());
    json!({
        "id": entry.id,
        "indicator": entry.indicator,
        "name": entry.name,
        "part": entry.part,
        "period": entry.period,
        "value": exact(entry.value),
        "printed": entry.printed,
        "numerator": exact(entry.numerator),
        "denominator": exact(entry.denominator),
        "unit": entry.unit,
        "definition": entry.definition,
        "source": entry.source,
        "verified": entry.records[0],
        "pending": entry.records[1],
        "version": entry.version,
        "records": entry.digest,
        "seal": entry.seal,
    })
}

fn shown(document: &Document, shown: &crate::model::Shown) -> Json {
    json!({
        "figure": document.entries[shown.entry].id,
        "against": shown.against.map(|at| document.entries[at].id.clone()),
        "form": shown.form,
        "text": shown.text,
        "chapter": shown.chapter,
    })
}

fn sheet(sheet: &Sheet) -> Json {
    let measures = |at: usize| {
        let rows = sheet
            .rows
            .iter()
            .enumerate()
            .filter_map(|(n, row)| row.adds[at].map(|adds| (n, row.cells.as_slice(), adds.to_string())));
        json!({ "name": sheet.measures[at], "digest": rows_digest(rows) })
    };
    let sum = |sum: &crate::model::Sum| json!({ "figure": sum.entry, "over": sum.over, "under": sum.under, "factor": sum.factor });
    json!({
        "name": sheet.name,
        "measures": (0..sheet.measures.len()).map(measures).collect::<Vec<_>>(),
        "sums": sheet.sums.iter().map(sum).collect::<Vec<_>>(),
    })
}

/// The digest of the rows that count in a measure: where each stands, what it says, what it adds.
pub(crate) fn rows_digest<'r>(rows: impl Iterator<Item = (usize, &'r [String], String)>) -> String {
    let mut sum = Sha256::new();
    let mut part = |text: &str| {
        sum.update((text.len() as u64).to_be_bytes());
        sum.update(text);
    };
    for (number, cells, adds) in rows {
        part(&number.to_string());
        cells.iter().for_each(|cell| part(cell));
        part(&adds);
    }
    hex(&sum.finalize())
}

/// The digest of several texts, each with its length.
pub fn digest<'t>(texts: impl Iterator<Item = &'t str>) -> String {
    let mut sum = Sha256::new();
    for text in texts {
        sum.update((text.len() as u64).to_be_bytes());
        sum.update(text);
    }
    hex(&sum.finalize())
}

/// The text that is signed.
pub fn signed_text(manifest: &Json) -> String {
    manifest.to_string()
}

/// What a file carries: the figures and, if the school has a key, its signature over them.
pub fn envelope(manifest: &Json, key: Option<&SigningKey>) -> String {
    let signature = key.map(|key| {
        let value = key.sign(Purpose::Report, signed_text(manifest).as_bytes());
        json!({ "algorithm": "ed25519", "key": key.public().id().0, "value": value.to_string() })
    });
    json!({ "manifest": manifest, "signature": signature }).to_string()
}
