//! The shapes of what is sent and answered, as JSON Schema: those of figures, written down beside what writes them, and one
//! for the records of each register, from the catalog.

use super::put;
use jc_app::record_json::masked;
use jc_base::{Lang, RecordState};
use jc_catalog::kinds::Kind;
use jc_catalog::model::Field;
use jc_catalog::{Catalog, Register};
use serde_json::{Map, Value as Json, json};

/// A reference to a named shape.
pub fn named(name: &str) -> Json {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

/// The name of the shape of a register's records.
pub fn record_name(register: &Register) -> String {
    format!("record-{}", register.id)
}

/// An answer with records of a register.
pub fn records(register: &Register) -> Json {
    let next = json!({ "type": ["string", "null"], "format": "uuid" });
    object(
        json!({
            "register": { "const": register.id.as_str() },
            "count": { "type": "integer", "minimum": 0 },
            "next": next,
            "records": { "type": "array", "items": named(&record_name(register)) },
        }),
        &[],
    )
}

/// An object all of whose members are there, but those named.
fn object(properties: Json, may_lack: &[&str]) -> Json {
    let names = properties.as_object().into_iter().flat_map(Map::keys);
    let required: Vec<&String> = names.filter(|name| !may_lack.contains(&name.as_str())).collect();
    json!({ "type": "object", "required": required, "properties": properties })
}

/// All named shapes.
pub fn all(catalog: &Catalog, lang: Lang) -> Json {
    let mut shapes = Map::new();
    for (name, shape) in fixed() {
        shapes.insert(name.to_owned(), shape);
    }
    for register in &catalog.registers {
        shapes.insert(record_name(register), record(catalog, register, lang));
    }
    Json::Object(shapes)
}

fn fixed() -> Vec<(&'static str, Json)> {
    let (text, texts) = (json!({ "type": "string" }), json!({ "type": ["string", "null"] }));
    let (number, fraction) = (json!({ "type": "integer" }), json!({ "type": ["string", "null"], "pattern": FRACTION }));
    let figure = || {
        json!({
            "id": text, "register": text, "page": text, "value": fraction, "printed": texts, "missing": texts,
            "numerator": fraction, "denominator": fraction, "unit": text,
            "state": { "enum": ["missing", "pending", "verified"] },
            "verified": number, "pending": number, "unknown": number, "with_pending": fraction,
            "slice": object(json!({ "name": text, "value": text }), &[]), "label": text,
        })
    };
    let beside = ["slice", "label", "sealed", "year_before"];
    let sealed = json!({ "oneOf": [named("sealed-figure"), { "type": "null" }] });
    let mut compared = figure();
    put(&mut compared, "sealed", sealed.clone());
    let mut before = compared.clone();
    put(&mut compared, "year_before", object(std::mem::take(&mut before), &beside));
    let traced = json!({
        "id": { "type": "string", "format": "uuid" }, "version": number, "state": states(),
        "role": { "enum": ["numerator", "denominator", "not-verified", "condition", "higher", "unknown"] },
        "amount": { "type": ["integer", "null"] }, "evidence": { "type": "boolean" },
    });
    let page = object(json!({ "page": text, "version": number, "records": number, "digest": text }), &[]);
    let counts = object(json!({ "numerator": number, "denominator_only": number, "left_out": number }), &[]);
    let or_null = |shape: Json| json!({ "oneOf": [shape, { "type": "null" }] });
    let trace = json!({
        "figure": named("figure"), "page": or_null(page), "counts": or_null(counts),
        "records": { "type": "array", "items": object(traced, &[]) },
        "parts": { "type": "array", "items": named("figure") },
    });
    let told = ["seen", "judged", "left", "right", "nearly", "wrong"].map(|name| (name.to_owned(), number.clone()));
    let told = object(Json::Object(told.into_iter().collect()), &[]);
    let verdicts = json!({
        "type": "object", "required": ["format", "counts", "contradicted", "inconsistent"],
        "properties": { "format": text, "counts": told, "contradicted": number, "inconsistent": number },
    });
    let error = object(json!({ "status": number, "text": text, "reference": texts }), &[]);
    let place = json!({ "type": ["object", "null"], "properties": { "field": text } });
    let finding = object(json!({ "code": text, "level": text, "place": place, "what": text, "mend": text }), &[]);
    vec![
        ("figure", object(figure(), &beside)),
        (
            "sealed-figure",
            object(
                json!({
                    "value": fraction, "printed": texts, "missing": texts, "numerator": fraction,
                    "denominator": fraction, "seal": { "type": "object" },
                }),
                &[],
            ),
        ),
        (
            "figures",
            object(json!({ "year": number, "figures": { "type": "array", "items": object(compared, &beside) } }), &[]),
        ),
        ("trace", object(trace, &["parts"])),
        ("text", object(json!({ "text": text, "records": { "type": "boolean", "default": true } }), &["records"])),
        ("verdicts", verdicts),
        ("document", json!({ "type": "object", "required": ["openapi"], "properties": { "openapi": text } })),
        ("error", object(json!({ "error": error, "findings": { "type": "array", "items": finding } }), &["findings"])),
        ("named-record", object(json!({ "id": { "type": "string", "format": "uuid" }, "label": text }), &[])),
    ]
}

/// A fraction as an exact text.
const FRACTION: &str = "^-?[0-9]+(/[0-9]+)?$";

fn states() -> Json {
    let states = RecordState::ALL.map(RecordState::code);
    json!({ "enum": states })
}

fn record(catalog: &Catalog, register: &Register, lang: Lang) -> Json {
    let fields = register.fields.iter().filter(|field| field.retired.is_none());
    let fields: Map<String, Json> =
        fields.map(|field| (field.id.to_string(), self::field(catalog, field, lang))).collect();
    let mut out = object(
        json!({
            "id": { "type": "string", "format": "uuid" },
            "state": states(),
            "version": { "type": "integer", "minimum": 1 },
            "fields": object(Json::Object(fields), &[]),
        }),
        &[],
    );
    put(&mut out, "title", register.name.get(lang));
    if !register.about.get(lang).is_empty() {
        put(&mut out, "description", register.about.get(lang));
    }
    out
}

/// A field's value, or `null` where it is not known.
fn field(catalog: &Catalog, field: &Field, lang: Lang) -> Json {
    let mut out = if masked(field) { json!({ "type": ["string", "null"] }) } else { value(catalog, &field.kind) };
    put(&mut out, "title", field.name.get(lang));
    if !field.help.get(lang).is_empty() {
        put(&mut out, "description", field.help.get(lang));
    }
    put(&mut out, "x-privacy", jc_catalog::document::privacy(field));
    if masked(field) {
        put(&mut out, "x-masked", true);
    }
    out
}

fn value(catalog: &Catalog, kind: &Kind) -> Json {
    let text = |more: Json| {
        let mut out = json!({ "type": ["string", "null"] });
        more.as_object().into_iter().flatten().for_each(|(name, value)| put(&mut out, name, value.clone()));
        out
    };
    match kind {
        Kind::Integer | Kind::Year => json!({ "type": ["integer", "null"] }),
        Kind::Boolean => json!({ "type": ["boolean", "null"] }),
        Kind::Decimal(digits) => text(json!({ "pattern": format!("^-?[0-9]+(\\.[0-9]{{1,{digits}}})?$") })),
        Kind::Money => text(json!({ "pattern": "^-?[0-9]+(\\.[0-9]{1,2})?$" })),
        Kind::Date => text(json!({ "format": "date" })),
        Kind::Month => text(json!({ "pattern": "^[0-9]{4}-[0-9]{2}$" })),
        Kind::Time => text(json!({ "pattern": "^[0-9]{1,2}:[0-9]{2}$" })),
        Kind::Link => text(json!({ "format": "uri" })),
        Kind::Code(list) => {
            let codes = catalog.code_list(list.as_str()).map(|list| list.codes.as_slice()).unwrap_or_default();
            let codes = codes.iter().map(|code| Json::from(code.code.as_str())).chain([Json::Null]);
            text(json!({ "enum": codes.collect::<Vec<_>>() }))
        }
        Kind::Ref(_) => json!({ "oneOf": [named("named-record"), { "type": "null" }] }),
        Kind::Refs(_) => json!({ "oneOf": [{ "type": "array", "items": named("named-record") }, { "type": "null" }] }),
        Kind::Text | Kind::LongText | Kind::PersonName | Kind::IdNumber => text(json!({})),
        Kind::OrgCode | Kind::Phone | Kind::CertificateNumber => text(json!({})),
    }
}
