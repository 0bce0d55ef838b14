//! Writes what was found in the exchange format `claims-out/1`.
//!
//! A claim also has `measure` where the words say so: `stock` (how much there is: 现有, 在校, 截至) or `flow` (how much came
//! about: 新增, 开展, 获).
//!
//! Beside `claims` and `relations`, as that format describes them, there are two keys of ours:
//! - `verdicts`: one object a claim: `claim` (id), `verdict` (`supported`, `supported_otherwise`,
//!   `supported_if_verified`, `contradicted`, `not_derivable`), `reason` (a code, with `not_derivable` only),
//!   `indicator`, `period` and `printed` of the reading that decided (null if none or several remain), `readings`
//!   (all of them, see the reference), `working` (as below);
//! - `working` in relations and verdicts: `code` (of a message), `with` (named values, already printed), `zh`.
//!
//! A relation also has `roles` (role → claim ids), `nearest` (`number`, `gives` in per cent), `mends` (`claim`,
//! the `value` that would mend it, likeliest first) and `explained_by`. `left_out` counts numbers in sentences too long
//! to be tested as a whole.

use serde_json::{Map, Value, json};

use crate::document::{Bound, Claim, Document, Kind};
use crate::exact::Exact;
use crate::judge::{Definition, Judgement, Reading, Verdict};
use crate::relate::{Relation, Working, left_out};

/// The whole document as JSON. `form` says which text the offsets are of: `raw` or `clean`.
pub fn to_claims_out(doc: &Document, form: &str, relations: &[Relation], judgements: &[Judgement]) -> Value {
    json!({
        "format": "claims-out/1",
        "text_form": form,
        "offset_unit": "char",
        "claims": doc.claims.iter().map(claim).collect::<Vec<_>>(),
        "left_out": left_out(doc),
        "relations": relations.iter().map(relation).collect::<Vec<_>>(),
        "verdicts": judgements.iter().map(verdict).collect::<Vec<_>>(),
    })
}

fn number(value: Option<Exact>) -> Value {
    value.map_or(Value::Null, Exact::to_json)
}

fn claim(claim: &Claim) -> Value {
    let mut it = Map::new();
    it.insert("id".into(), claim.id.clone().into());
    it.insert("start".into(), claim.span.start.into());
    it.insert("end".into(), claim.span.end.into());
    it.insert("text".into(), claim.text.clone().into());
    it.insert("value".into(), number(claim.value));
    if claim.kind != Kind::Date {
        it.insert("min".into(), number(claim.min));
        it.insert("max".into(), number(claim.max));
    }
    it.insert("bound".into(), bound(claim.bound).into());
    it.insert("unit".into(), claim.unit.clone().into());
    it.insert("kind".into(), claim.kind.word().into());
    it.insert("subject".into(), claim.subject.clone().into());
    if let Some(measure) = claim.measure {
        it.insert("measure".into(), measure.word().into());
    }
    if let Some(period) = &claim.period {
        let years: Vec<String> = period.years.iter().map(i32::to_string).collect();
        let named = years.iter().all(|year| period.text.contains(year.as_str()));
        it.insert("period".into(), if named { period.text.clone().into() } else { years.join("—").into() });
    }
    if let Some(level) = claim.level {
        it.insert("level".into(), level.word().into());
    }
    if let Some(area) = &claim.area {
        it.insert("area".into(), area.clone().into());
    }
    if let Some(each) = claim.each {
        it.insert("each".into(), each.into());
    }
    if !claim.terms.is_empty() {
        it.insert("terms".into(), claim.terms.iter().map(|term| term.to_json()).collect());
    }
    Value::Object(it)
}

fn bound(bound: Bound) -> &'static str {
    match bound {
        Bound::Exact => "exact",
        Bound::Over => "over",
        Bound::Nearly => "nearly",
        Bound::About => "about",
        Bound::AtLeast => "at_least",
        Bound::AtMost => "at_most",
        Bound::Range => "range",
        Bound::Ratio => "ratio",
    }
}

fn relation(relation: &Relation) -> Value {
    let mut roles: Map<String, Value> = Map::new();
    for (role, id) in &relation.members {
        if let Value::Array(ids) = roles.entry(role.word()).or_insert_with(|| json!([])) {
            ids.push(id.clone().into());
        }
    }
    let mut it = Map::new();
    it.insert("id".into(), relation.id.clone().into());
    it.insert("type".into(), relation.kind.word().into());
    it.insert("claims".into(), relation.members.iter().map(|(_, id)| id.clone()).collect());
    it.insert("roles".into(), roles.into());
    it.insert("verdict".into(), relation.finding.word().into());
    it.insert("computed".into(), number(relation.computed));
    it.insert("stated".into(), number(relation.stated));
    if let Some(solutions) = &relation.solutions {
        it.insert("solutions".into(), solutions.iter().filter_map(|&n| i64::try_from(n).ok()).collect());
    }
    if !relation.nearest.is_empty() {
        let near = relation
            .nearest
            .iter()
            .map(|n| json!({ "number": i64::try_from(n.number).ok(), "gives": n.gives.to_json() }));
        it.insert("nearest".into(), near.collect());
    }
    if !relation.mends.is_empty() {
        let mends = relation.mends.iter().map(|mend| json!({ "claim": mend.claim, "value": mend.value.to_json() }));
        it.insert("mends".into(), mends.collect());
    }
    if let Some(slip) = relation.explained_by {
        it.insert("explained_by".into(), slip.word().into());
    }
    it.insert("primary".into(), relation.primary.into());
    if relation.look {
        it.insert("look".into(), true.into());
    }
    it.insert("working".into(), working(&relation.working));
    Value::Object(it)
}

fn verdict(judgement: &Judgement) -> Value {
    let mut it = Map::new();
    it.insert("claim".into(), judgement.claim_id.clone().into());
    it.insert("verdict".into(), judgement.verdict.word().into());
    if let Verdict::NotDerivable(reason) = judgement.verdict {
        it.insert("reason".into(), reason.code().into());
    }
    let decided = judgement.reading();
    it.insert("indicator".into(), decided.map(|reading| reading.indicator.clone()).into());
    it.insert("period".into(), decided.map(|reading| reading.period.clone()).into());
    it.insert("printed".into(), decided.map(|reading| reading.printed.clone()).filter(|p| !p.is_empty()).into());
    it.insert("readings".into(), judgement.readings.iter().map(reading).collect());
    it.insert("working".into(), working(&judgement.working));
    Value::Object(it)
}

fn reading(reading: &Reading) -> Value {
    let slices: Map<String, Value> =
        reading.slices.iter().map(|(field, value)| (field.clone(), value.clone().into())).collect();
    let reason = if let Verdict::NotDerivable(reason) = reading.outcome { Some(reason.code()) } else { None };
    json!({
        "indicator": reading.indicator,
        "definition": if reading.definition == Definition::Said { "said" } else { "other" },
        "period": reading.period,
        "slices": slices,
        "outcome": reading.outcome.word(),
        "reason": reason,
        "printed": reading.printed,
        "pending": reading.pending,
    })
}

fn working(working: &Working) -> Value {
    let with: Map<String, Value> =
        working.with.iter().map(|(name, value)| ((*name).to_string(), value.clone().into())).collect();
    json!({ "code": working.code, "with": with, "zh": working.zh })
}
