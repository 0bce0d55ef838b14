//! Counting rules 数法: how what someone gets several times is counted, under a name that definitions show.

use super::body::Body;
use super::indicators::both;
use super::lists::{check_id, check_twice};
use super::raw::{RawCounting, RawRule};
use super::source::Text;
use crate::expr::Expr;
use crate::faults;
use crate::kinds::{Kind, find_list};
use crate::model::{Column, Rule};

/// The rules of a register, with what each calls the column of its order.
pub(super) fn resolve(body: &mut Body<'_>) -> Vec<Rule> {
    let raw = body.raw;
    check_twice(raw.rules.iter().map(|rule| &rule.id), body.faults);
    raw.rules.iter().filter_map(|raw| rule(raw, body)).collect()
}

fn rule(raw: &RawRule, body: &mut Body<'_>) -> Option<Rule> {
    check_id(&raw.id, '-', body.faults);
    if raw.once_per.is_none() && raw.highest.is_none() {
        body.faults.error(faults::RULE_FORM, raw.id.at).with("rule", &raw.id.value);
        return None;
    }
    let once_per = raw.once_per.as_ref().map(|text| told_apart(text, body));
    let highest = raw.highest.as_ref().map(|text| ordered(text, body));
    Some(Rule {
        id: raw.id.value.clone(),
        name: raw.name.clone(),
        once_per: once_per.map_or(Some(None), |found| found.map(Some))?,
        highest: highest.map_or(Some(None), |found| found.map(Some))?,
    })
}

/// A column of one value that people tell apart.
fn told_apart(text: &Text, body: &mut Body<'_>) -> Option<Column> {
    let (column, kind) = body.column(text)?;
    if !matches!(kind, Kind::Ref(_) | Kind::Code(_) | Kind::Text) {
        let report = body.faults.error(faults::DISTINCT_KIND, text.at).with("field", &text.value);
        report.with("kind", format!("@kind-{}", kind.word()));
        return None;
    }
    Some(column)
}

/// A column whose codes have an order, as written.
fn ordered(text: &Text, body: &mut Body<'_>) -> Option<Column> {
    let (column, kind) = body.column(text)?;
    let list = match &kind {
        Kind::Code(list) => find_list(&body.lists.codes, list),
        _ => None,
    };
    if list.is_none_or(|list| !list.ordered) {
        body.faults.error(faults::RULE_ORDER, text.at).with("field", &text.value);
        return None;
    }
    Some(column)
}

/// The rule that a count names. One by the highest needs an indicator that says at which it counts.
pub(super) fn named(raw: &RawCounting, at: Option<&Text>, body: &Body<'_>) -> Option<usize> {
    let Some(id) = &raw.rule else {
        if let Some(at) = at {
            body.does_nothing("highest", "distinct", at.at);
        }
        return None;
    };
    if raw.distinct.is_none() {
        body.does_nothing("rule", "count", id.at);
        return None;
    }
    let Some(position) = body.rules.iter().position(|rule| rule.id == id.value) else {
        // One that is declared and faulty was told already.
        if !body.raw.rules.iter().any(|rule| rule.id.value == id.value) {
            let nearest = jc_text::similar::nearest(&id.value, body.rules.iter().map(|rule| rule.id.as_str()));
            body.faults.error(faults::UNKNOWN_RULE, id.at).with("rule", &id.value).nearest(nearest);
        }
        return None;
    };
    match (body.rules[position].highest, at) {
        (Some(_), None) => {
            body.faults.error(faults::RULE_HIGHEST, id.at).with("rule", &id.value);
            None
        }
        (None, Some(at)) => {
            body.does_nothing("highest", "rule", at.at);
            Some(position)
        }
        _ => Some(position),
    }
}

/// The two conditions of a count by the highest: that someone got `code` or more, and that they got more; none above
/// the highest of all.
pub(super) fn highest(raw: &RawRule, code: &Text, filter: &Expr, body: &mut Body<'_>) -> Option<(Expr, Option<Expr>)> {
    let path = raw.highest.as_ref()?;
    let (_, kind) = body.column(path)?;
    let Kind::Code(list) = kind else { return None };
    let codes = &find_list(&body.lists.codes, &list)?.codes;
    let next = codes.iter().skip_while(|it| it.code != code.value).nth(1).map(|it| it.code.as_str());
    let mut from = |code_of: &str| {
        let value = format!("AT_LEAST({}, '{code_of}')", path.value);
        body.truth(&Text { value, at: code.at }).map(|reached| both(filter.clone(), reached))
    };
    let reach = from(&code.value)?;
    let above = match next {
        Some(next) => Some(from(next)?),
        None => None,
    };
    Some((reach, above))
}
