//! Figures as programs read them: the same from the command line and from the API.
//!
//! Fractions are texts, so that no reader makes binary floating point of them; a missing value is `null`, and `missing`
//! says why.

use crate::figures::{Compared, Trace, Traced};
use crate::restated::SealedFigure;
use jc_base::{Lang, Ratio};
use jc_catalog::Catalog;
use jc_figures::trace::{LeftOut, Role};
use jc_figures::{Figure, FigureValue};
use jc_store::seal::seal_json;
use serde_json::{Value as Json, json};

/// The word of a figure's state: `missing`, `pending` (something waits for verification) or `verified`.
pub fn state(figure: &Figure) -> &'static str {
    match figure.value {
        FigureValue::Missing(_) => "missing",
        FigureValue::Known(_) if figure.pending > 0 => "pending",
        FigureValue::Known(_) => "verified",
    }
}

/// A figure.
pub fn figure(figure: &Figure) -> Json {
    let exact = |value: FigureValue| match value {
        FigureValue::Known(ratio) => Some(ratio.to_string()),
        FigureValue::Missing(_) => None,
    };
    let why = match figure.value {
        FigureValue::Known(_) => None,
        FigureValue::Missing(why) => Some(why.code()),
    };
    let part = |ratio: Option<Ratio>| ratio.map(|r| r.to_string());
    let mut out = json!({
        "id": figure.indicator.as_str(),
        "register": figure.register.as_str(),
        "page": figure.page.to_string(),
        "value": exact(figure.value),
        "printed": figure.printed(),
        "missing": why,
        "numerator": part(figure.numerator),
        "denominator": part(figure.denominator),
        "unit": figure.unit.as_str(),
        "state": state(figure),
        "verified": figure.verified,
        "pending": figure.pending,
        "unknown": figure.unknown,
        "with_pending": exact(figure.with_pending),
    });
    if let Some((slice, value)) = &figure.slice {
        put(&mut out, "slice", json!({ "name": slice, "value": value }));
    }
    out
}

/// A figure with what it was when its page was closed, and beside the one a year before.
pub fn compared(one: &Compared) -> Json {
    let mut out = figure(&one.figure);
    put(&mut out, "sealed", one.sealed.as_ref().map(sealed).unwrap_or_default());
    if let Some(before) = &one.before {
        let mut year_before = figure(before);
        put(&mut year_before, "sealed", one.sealed_before.as_ref().map(sealed).unwrap_or_default());
        put(&mut out, "year_before", year_before);
    }
    out
}

/// A figure as it was sealed.
pub fn sealed(sealed: &SealedFigure) -> Json {
    let part = |ratio: Option<Ratio>| ratio.map(|ratio| ratio.to_string());
    let (value, missing) = match sealed.settled.value {
        FigureValue::Known(ratio) => (Some(ratio.to_string()), None),
        FigureValue::Missing(why) => (None, Some(why.code())),
    };
    json!({
        "value": value,
        "printed": sealed.printed(),
        "missing": missing,
        "numerator": part(sealed.settled.numerator),
        "denominator": part(sealed.settled.denominator),
        "seal": seal_json(&sealed.closed.signed),
    })
}

/// A figure down to its records; with `named`, each with the label people know it by.
pub fn trace(trace: &Trace, named: Option<(&Catalog, usize, Lang)>) -> Json {
    let record = |traced: &Traced| {
        let (role, amount) = match traced.role {
            Role::Numerator(amount) => ("numerator", Some(amount)),
            Role::DenominatorOnly => ("denominator", None),
            Role::LeftOut(why) => (left_out(why), None),
        };
        let mut out = json!({ "id": traced.record.id.to_string() });
        if let Some((catalog, register, lang)) = named {
            put(&mut out, "label", json!(trace.labels.label(catalog, register, &traced.record, lang)));
        }
        put(&mut out, "version", json!(traced.record.version));
        put(&mut out, "state", json!(traced.record.state.code()));
        put(&mut out, "role", json!(role));
        put(&mut out, "amount", json!(amount));
        put(&mut out, "evidence", json!(traced.evidence));
        out
    };
    let page = trace.page.as_ref().map(|info| {
        json!({ "page": info.page.to_string(), "version": info.version, "records": info.records, "digest": info.digest })
    });
    json!({
        "figure": figure(&trace.figure),
        "page": page,
        "counts": { "numerator": trace.counts[0], "denominator_only": trace.counts[1], "left_out": trace.counts[2] },
        "records": trace.records.iter().map(record).collect::<Vec<_>>(),
    })
}

/// The word for why a record is left out.
pub fn left_out(why: LeftOut) -> &'static str {
    match why {
        LeftOut::NotVerified(_) => "not-verified",
        LeftOut::Condition => "condition",
        LeftOut::Higher => "higher",
        LeftOut::Unknown => "unknown",
    }
}

fn put(object: &mut Json, key: &str, value: Json) {
    if let Some(map) = object.as_object_mut() {
        map.insert(key.to_owned(), value);
    }
}
