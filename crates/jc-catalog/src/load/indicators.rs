//! Indicators: their formula over the register's measures, their words, their cases.

use super::body::Body;
use super::definitions;
use super::lists::{check_id, check_twice, source, values};
use super::raw::RawRegister;
use super::raw_indicator::{RawCase, RawIndicator, RawRow};
use super::reader::Faults;
use super::rules;
use super::source::{At, Text};
use crate::expr::{Expr, Literal, near_field};
use crate::faults;
use crate::kinds::{Kind, ParseContext};
use crate::model::{Case, Counting, Formula, Indicator, Measure, Register};
use jc_base::{IndicatorId, MeasureId, Names, Period, RegisterId, UnitId};
use std::collections::HashMap;

const PERCENT: &str = "percent";
/// What a count of records is a number of, where nothing says it.
const RECORD: &str = "record";
const MOST_DECIMALS: u8 = 6;

/// Adds the register's indicators, and the measures those that are written in short need.
pub(super) fn resolve(raw: &RawRegister, register: &mut Register, body: &mut Body<'_>) {
    for indicator in &raw.indicators {
        check_id(&indicator.id, '-', body.faults);
        check_finished(indicator, body.faults);
        let formula = formula(indicator, register, body);
        let unit = indicator.unit.as_ref().and_then(|unit| body.lists.unit(unit, body.faults));
        let cases: Vec<Case> = indicator.cases.iter().map(|raw| case(raw, body)).collect();
        let Some(formula) = formula else { continue };
        let unit = settle_unit(indicator, formula, unit, &register.measures, body);
        let decimals = decimals(indicator, formula, &register.measures, body);
        check_cases(indicator, decimals, register, body);
        register.indicators.push(Indicator {
            id: IndicatorId::from(indicator.id.value.as_str()),
            name: indicator.name.clone(),
            about: indicator.about.clone(),
            formula,
            unit,
            decimals,
            missing: indicator.missing.as_ref().map(|text| text.value.clone()).unwrap_or_default(),
            source: source(&indicator.source),
            words: values(&indicator.words),
            context: values(&indicator.context),
            headline: indicator.headline,
            outside: indicator.outside,
            definition: None,
            cases,
        });
    }
    definitions::resolve(raw, register, body.faults);
}

/// An indicator without definition, source, a word on the unknown and cases is not finished.
fn check_finished(raw: &RawIndicator, faults: &Faults<'_>) {
    let lacks = [
        (faults::NO_DEFINITION, raw.about.zh.is_empty()),
        (faults::NO_SOURCE, raw.source.document.is_empty()),
        (faults::NO_MISSING, raw.missing.is_none()),
        (faults::NO_CASES, raw.cases.is_empty()),
    ];
    for (code, _) in lacks.into_iter().filter(|(_, lacks)| *lacks) {
        faults.error(code, raw.id.at).with("indicator", &raw.id.value);
    }
}

/// Which of its forms an indicator has, and the positions of its measures.
fn formula(raw: &RawIndicator, register: &mut Register, body: &mut Body<'_>) -> Option<Formula> {
    let counting = &raw.counting;
    let counted = [&counting.count, &counting.sum, &counting.members, &counting.distinct].into_iter().flatten().count();
    let quotient = raw.over.is_some() || raw.under.is_some();
    let alone = [&raw.measure, &raw.growth, &raw.common].into_iter().flatten().count();
    let forms = alone + counted + usize::from(quotient);
    if forms != 1 || (quotient && (raw.over.is_none() || raw.under.is_none())) {
        body.faults.error(faults::INDICATOR_FORM, raw.id.at).with("indicator", &raw.id.value);
        return None;
    }
    let form = match (&raw.measure, &raw.growth) {
        (Some(_), _) => "measure",
        (_, Some(_)) => "growth",
        _ if raw.common.is_some() => "common",
        _ if quotient => "over",
        _ => "count",
    };
    if counted == 0 {
        let keys = [
            ("of", &raw.of),
            ("where", &counting.condition),
            ("counted_in", &raw.counted_in),
            ("rule", &counting.rule),
            ("highest", &raw.highest),
        ];
        for (key, text) in keys {
            if let Some(text) = text.as_ref().filter(|_| key != "where" || raw.common.is_none()) {
                body.does_nothing(key, form, text.at);
            }
        }
    }
    if let Some(id) = &raw.measure {
        return find_measure(id, register, body).map(Formula::Total);
    }
    if let Some(id) = &raw.growth {
        let measure = find_measure(id, register, body);
        if measure.is_none_or(|ix| register.measures[ix].unit.as_str() == PERCENT) {
            if measure.is_some() {
                body.faults.error(faults::GROWTH_OF_SHARE, id.at).with("measure", &id.value);
            }
            return None;
        }
        return measure.map(Formula::Growth);
    }
    if let Some(field) = &raw.common {
        return common(field, raw, register, body);
    }
    if let (Some(over), Some(under)) = (&raw.over, &raw.under) {
        let (over, under) = (find_measure(over, register, body), find_measure(under, register, body));
        let (over, under) = (over?, under?);
        let percent = raw.unit.as_ref().is_some_and(|unit| unit.value == PERCENT);
        let alike = register.measures[over].unit == register.measures[under].unit;
        return Some(if alike && percent {
            Formula::Share { part: over, whole: under }
        } else {
            Formula::Quotient { over, under }
        });
    }
    written_short(raw, register, body)
}

fn find_measure(id: &Text, register: &Register, body: &Body<'_>) -> Option<usize> {
    let found = register.measures.iter().position(|measure| measure.id.as_str() == id.value);
    // One that is declared and faulty was told already.
    let declared = body.raw.measures.iter().any(|measure| measure.id.value == id.value);
    if found.is_none() && !declared {
        let nearest = jc_text::similar::nearest(&id.value, register.measures.iter().map(|m| m.id.as_str()));
        let report = body.faults.error(faults::UNKNOWN_MEASURE, id.at).with("measure", &id.value);
        report.with("register", &register.id).nearest(nearest);
    }
    found
}

/// `count`, `sum`, `members` or `distinct` on the indicator itself, with `of` for a share: its own measures.
fn written_short(raw: &RawIndicator, register: &mut Register, body: &mut Body<'_>) -> Option<Formula> {
    let counted = body.counting(&raw.counting, &raw.id);
    let rule = rules::named(&raw.counting, raw.highest.as_ref(), body);
    let of = raw.of.as_ref().map(|text| body.truth(text));
    let (counting, filter, digits) = counted?;
    let counted_in = raw.counted_in.as_ref().and_then(|unit| body.lists.unit(unit, body.faults));
    let unit = match (&raw.unit, &raw.of) {
        (Some(unit), None) => {
            if let Some(key) = &raw.counted_in {
                body.does_nothing("counted_in", "count", key.at);
            }
            // An unknown unit is told where the indicator's own is settled.
            UnitId::from(unit.value.as_str())
        }
        _ => counted_in.unwrap_or_else(|| unit_of_like(&counting, register)),
    };
    let filter = filter.unwrap_or(Expr::Literal(Literal::Bool(true)));
    let measure = |id: String, filter: Expr| Measure {
        id: MeasureId(id),
        name: Names::default(),
        counting: counting.clone(),
        rule,
        filter,
        unit: unit.clone(),
        digits,
    };
    let id = raw.id.value.clone();
    if let (Some(rule), Some(code)) = (rule, &raw.highest) {
        if let Some(of) = &raw.of {
            body.does_nothing("of", "highest", of.at);
        }
        let rule = body.raw.rules.iter().find(|raw| raw.id.value == body.rules[rule].id)?;
        let (reach, above) = rules::highest(rule, code, &filter, body)?;
        let reach = add(measure(id.clone(), reach), raw, register, body);
        return match above {
            None => reach.map(Formula::Total),
            Some(above) => {
                let above = add(measure(format!("{id}/above"), above), raw, register, body);
                Some(Formula::Highest { reach: reach?, above: above? })
            }
        };
    }
    match of {
        None => add(measure(id, filter), raw, register, body).map(Formula::Total),
        Some(of) => {
            let whole = of?;
            let part = add(measure(id.clone(), both(filter, whole.clone())), raw, register, body);
            let whole = add(measure(format!("{id}/of"), whole), raw, register, body);
            Some(Formula::Share { part: part?, whole: whole? })
        }
    }
}

/// `common` on the indicator itself: the values added up, the records that have one, and the different ones.
fn common(field: &Text, raw: &RawIndicator, register: &mut Register, body: &mut Body<'_>) -> Option<Formula> {
    let condition = raw.counting.condition.as_ref().map(|text| body.truth(text));
    let (column, kind) = body.column(field)?;
    if kind != Kind::Integer {
        let report = body.faults.error(faults::COMMON_KIND, field.at).with("field", &field.value);
        report.with("kind", format!("@kind-{}", kind.word()));
        return None;
    }
    let there = body.truth(&Text { value: format!("{} IS NOT NULL", field.value), at: field.at })?;
    let filter = match condition {
        Some(condition) => both(condition?, there),
        None => there,
    };
    let unit = raw.unit.as_ref().map_or(RECORD, |unit| unit.value.as_str());
    let mut measure = |part: &str, counting: Counting, unit: &str| {
        let id = MeasureId(format!("{}{part}", raw.id.value));
        let (name, filter, unit) = (Names::default(), filter.clone(), UnitId::from(unit));
        add(Measure { id, name, counting, rule: None, filter, unit, digits: 0 }, raw, register, body)
    };
    let sum = measure("", Counting::Sum(Expr::Column(column)), unit);
    let of = measure("/of", Counting::Records, RECORD);
    let different = measure("/different", Counting::Distinct { of: column, per: None }, RECORD);
    Some(Formula::Common { sum: sum?, of: of?, different: different? })
}

/// What the two counts of a share are numbers of, where it is not said: what the register's first measure that
/// counts in the same way is a number of.
fn unit_of_like(counting: &Counting, register: &Register) -> UnitId {
    let like = |measure: &&Measure| match (counting, &measure.counting) {
        (Counting::Records, Counting::Records) => true,
        (Counting::Members(a), Counting::Members(b)) => a == b,
        (Counting::Distinct { of: a, .. }, Counting::Distinct { of: b, .. }) => a == b,
        (Counting::Sum(a), Counting::Sum(b)) => a == b,
        _ => false,
    };
    let found = register.measures.iter().find(like).map(|measure| measure.unit.clone());
    found.unwrap_or_else(|| UnitId::from(RECORD))
}

/// Both conditions; `TRUE` adds nothing.
pub(super) fn both(part: Expr, whole: Expr) -> Expr {
    let always = Expr::Literal(Literal::Bool(true));
    if whole == always {
        return part;
    }
    if part == always {
        return whole;
    }
    let flat = [part, whole].into_iter().flat_map(|expr| match expr {
        Expr::And(parts) => parts,
        other => vec![other],
    });
    Expr::And(flat.collect())
}

fn add(measure: Measure, raw: &RawIndicator, register: &mut Register, body: &Body<'_>) -> Option<usize> {
    if register.measures.iter().any(|other| other.id == measure.id) {
        body.faults.error(faults::ID_CLASH, raw.id.at).with("id", &measure.id);
        return None;
    }
    register.measures.push(measure);
    Some(register.measures.len() - 1)
}

/// The unit of the printed value, and whether the formula can give it.
fn settle_unit(
    raw: &RawIndicator,
    formula: Formula,
    unit: Option<UnitId>,
    measures: &[Measure],
    body: &Body<'_>,
) -> UnitId {
    let at = raw.unit.as_ref().map_or(raw.id.at, |unit| unit.at);
    let faults = body.faults;
    match formula {
        Formula::Total(ix) | Formula::Highest { reach: ix, .. } | Formula::Common { sum: ix, .. } => {
            let own = &measures[ix].unit;
            let unit = unit.unwrap_or_else(|| own.clone());
            if raw.unit.is_none() && raw.measure.is_none() {
                faults.error(faults::MISSING_KEY, raw.at).with("key", "unit").with("table", "[[indicator]]");
            } else if unit.as_str() == PERCENT {
                faults.error(faults::PERCENT_ALONE, at).with("indicator", &raw.id.value);
            } else if unit != *own && !own.as_str().is_empty() && raw.measure.is_some() {
                let report = faults.error(faults::UNIT_DIFFERS, at).with("unit", &unit);
                report.with("measure", &measures[ix].id).with("other", own);
            }
            unit
        }
        Formula::Share { .. } | Formula::Growth(_) => {
            let percent = unit.unwrap_or_else(|| UnitId::from(PERCENT));
            if percent.as_str() != PERCENT {
                faults.error(faults::SHARE_UNIT, at).with("unit", &percent);
            }
            UnitId::from(PERCENT)
        }
        Formula::Quotient { over, under } => {
            let (over, under) = (&measures[over].unit, &measures[under].unit);
            let declared = body.lists.units.quotients.iter().find(|(o, u, _)| o == over && u == under);
            let Some((_, _, gives)) = declared else {
                faults.error(faults::NO_QUOTIENT, at).with("over", over).with("under", under);
                return UnitId::from("");
            };
            if let Some(unit) = unit.filter(|unit| unit != gives) {
                faults.error(faults::QUOTIENT_UNIT, at).with("gives", gives).with("unit", unit);
            }
            gives.clone()
        }
    }
}

fn decimals(raw: &RawIndicator, formula: Formula, measures: &[Measure], body: &Body<'_>) -> u8 {
    match (raw.decimals, formula) {
        (Some((decimals, at)), _) => {
            if decimals > MOST_DECIMALS {
                body.faults.error(faults::DIGITS, at).with("digits", decimals);
            }
            decimals.min(MOST_DECIMALS)
        }
        (None, Formula::Total(ix) | Formula::Highest { reach: ix, .. } | Formula::Common { sum: ix, .. }) => {
            measures[ix].digits.min(MOST_DECIMALS)
        }
        (None, _) => {
            body.faults.error(faults::NO_DECIMALS, raw.id.at).with("indicator", &raw.id.value);
            2
        }
    }
}

fn case(raw: &RawCase, body: &Body<'_>) -> Case {
    let plain = |rows: &[RawRow]| {
        let row = |row: &RawRow| row.iter().map(|(key, value)| (key.value.clone(), value.clone())).collect();
        rows.iter().map(row).collect()
    };
    check_rows(&raw.rows, body.own(), body);
    for (id, rows) in &raw.related {
        match body.frames.iter().find(|register| register.id.as_str() == id.value) {
            Some(register) => check_rows(rows, register, body),
            None => {
                let nearest = jc_text::similar::nearest(&id.value, body.frames.iter().map(|r| r.id.as_str()));
                body.faults.error(faults::UNKNOWN_REGISTER, id.at).with("register", &id.value).nearest(nearest);
            }
        }
    }
    let related = raw.related.iter();
    Case {
        why: raw.why.clone(),
        period: raw.period.as_ref().map(|text| text.value.clone()),
        rows: plain(&raw.rows),
        related: related.map(|(id, rows)| (RegisterId::from(id.value.as_str()), plain(rows))).collect(),
        gives: raw.gives.as_ref().map(|text| text.value.clone()).unwrap_or_default(),
        line: body.faults.line(raw.at),
    }
}

/// The rows of a case hold fields of the register (or paths it keeps), with values their kinds can read.
fn check_rows(rows: &[RawRow], register: &Register, body: &Body<'_>) {
    let context = ParseContext { codes: &body.lists.codes, on: None };
    for (key, value) in rows.iter().flatten() {
        let kind = if key.value.contains('.') {
            let kept = body.copies.of(body.position(register)).iter().find(|copied| copied.path == key.value);
            kept.map(|copied| copied.kind.clone())
        } else {
            register.find_field(&key.value).map(|ix| register.fields[ix].kind.clone())
        };
        let Some(kind) = kind else {
            let report = body.faults.error(faults::UNKNOWN_FIELD, key.at).with("field", &key.value);
            report.with("register", &register.id).nearest(near_field(register, &key.value));
            continue;
        };
        // References are names the case makes up: S1, $1.
        if !matches!(kind, Kind::Ref(_) | Kind::Refs(_)) && kind.parse(value, &context).is_err() {
            let report = body.faults.error(faults::CASE_VALUE, key.at).with("field", &key.value);
            report.with("value", value).with("kind", format!("@kind-{}", kind.word()));
        }
    }
}

/// Outcomes and periods of cases, and whether one is about something missing.
fn check_cases(raw: &RawIndicator, decimals: u8, register: &Register, body: &Body<'_>) {
    for case in &raw.cases {
        if let Some(gives) = &case.gives {
            check_outcome(gives, decimals, body.faults);
        }
        if let (Some(period), Some(kind)) = (&case.period, register.period_kind())
            && Period::parse(kind, &period.value).is_none()
        {
            body.faults.error(faults::CASE_PERIOD, period.at).with("value", &period.value);
        }
    }
    let about_missing = |case: &RawCase| {
        case.rows.is_empty()
            || case.gives.as_ref().is_some_and(|gives| gives.value.starts_with("missing"))
            || case.rows.iter().flatten().any(|(_, value)| value.trim().is_empty())
    };
    if !raw.cases.is_empty() && !raw.cases.iter().any(about_missing) {
        body.faults.warning(faults::NO_MISSING_CASE, raw.id.at).with("indicator", &raw.id.value);
    }
}

/// `66.67` with the decimals the indicator prints, or `missing: …` with a reason.
fn check_outcome(gives: &Text, decimals: u8, faults: &Faults<'_>) {
    let value = gives.value.trim();
    if let Some(reason) = value.strip_prefix("missing") {
        let reasons = [
            "",
            "no base",
            "no-base",
            "no records",
            "no-records",
            "unknown",
            "differs",
            "nothing before",
            "nothing-before",
        ];
        let reason = reason.trim_start_matches(':').trim();
        if !reasons.contains(&reason) {
            let nearest = jc_text::similar::nearest(reason, reasons.into_iter().filter(|known| !known.is_empty()));
            faults.error(faults::CASE_GIVES, gives.at).with("value", value).nearest(nearest);
        }
        return;
    }
    let digits = value.strip_prefix('-').unwrap_or(value);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let all_digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || !all_digits(whole) || !all_digits(part) {
        faults.error(faults::CASE_GIVES, gives.at).with("value", value);
    } else if part.len() != usize::from(decimals) {
        faults.error(faults::CASE_DECIMALS, gives.at).with("value", value).with("decimals", decimals);
    }
}

/// What only shows across the whole catalog: ids of indicators, words of prose that mean two of them.
pub(super) fn check_all(order: &[&RawRegister], registers: &[Register], faults: &Faults<'_>) {
    definitions::check_elsewhere(order, registers, faults);
    let all = || order.iter().flat_map(|raw| &raw.indicators);
    check_twice(all().map(|indicator| &indicator.id), faults);
    let unit_of =
        |id: &str| registers.iter().flat_map(|r| &r.indicators).find(|i| i.id.as_str() == id).map(|i| i.unit.clone());
    let mut seen: HashMap<(String, Option<UnitId>), (&RawIndicator, At)> = HashMap::new();
    for indicator in all() {
        let unit = unit_of(&indicator.id.value);
        for word in &indicator.words {
            // One character is enough only where another word must stand near.
            if word.value.chars().count() < 2 && indicator.context.is_empty() {
                faults.error(faults::WORD_SHORT, word.at).with("word", &word.value);
            }
            // Words near by tell two indicators apart; without them on either side nothing does.
            if !indicator.context.is_empty() {
                continue;
            }
            match seen.get(&(word.value.clone(), unit.clone())) {
                Some((other, _)) if other.id.value == indicator.id.value => {}
                Some((other, at)) => {
                    let report = faults.error(faults::WORD_SHARED, word.at).with("word", &word.value);
                    report.with("indicator", &indicator.id.value).with("other", &other.id.value).also(*at);
                }
                None => {
                    seen.insert((word.value.clone(), unit.clone()), (indicator, word.at));
                }
            }
        }
    }
}
