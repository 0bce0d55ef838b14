//! Coverage lists, limits, and fields whose members belong somewhere.

use super::body::Body;
use super::lists::{check_id, check_twice};
use super::raw::{RawCoverage, RawLimit, RawLimitTime, RawRegister};
use super::reader::Faults;
use super::registers::word_of;
use super::source::Text;
use crate::expr::{Expr, Literal, near_field};
use crate::faults;
use crate::kinds::Kind;
use crate::model::{Coverage, Every, Limit, LimitTime, PeriodRule, Register};

/// How often, by its word.
const EVERY: &[(&str, Every)] = &[("period", Every::Period), ("quarter", Every::Quarter), ("month", Every::Month)];

/// The limits of a register, whose records must last, or take a day or a part of it, for it to mean anything.
pub(super) fn limits(raw: &RawRegister, register: &Register, faults: &Faults<'_>) -> Vec<Limit> {
    let limit = |raw: &RawLimit| {
        let time = match &raw.time {
            Some(time) => of_day(time, register, faults),
            None if matches!(register.period, PeriodRule::During { .. }) => Some(LimitTime::Lasting),
            None => {
                faults.error(faults::LIMIT_LASTING, raw.at).with("register", &register.id);
                None
            }
        };
        let levels = [("error", false), ("warning", true)];
        let warning = raw.level.as_ref().and_then(|word| word_of(word, "level", &levels, faults));
        let field = find(&raw.field, register, faults)?;
        let kind = &register.fields[field].kind;
        if !matches!(kind, Kind::Ref(_) | Kind::Refs(_)) {
            let report = faults.error(faults::LIMIT_FIELD, raw.field.at).with("field", &raw.field.value);
            report.with("kind", format!("@kind-{}", kind.word()));
            return None;
        }
        let sum = raw.sum.as_ref().map(|id| summed(id, register, faults));
        Some(Limit {
            field,
            time: time?,
            sum: sum.map_or(Some(None), |found| found.map(Some))?,
            most: raw.most,
            say: raw.say.clone(),
            warning: warning.unwrap_or(false),
        })
    };
    raw.limits.iter().filter_map(limit).collect()
}

/// A number that is added up.
fn summed(id: &Text, register: &Register, faults: &Faults<'_>) -> Option<usize> {
    let field = find(id, register, faults)?;
    let kind = &register.fields[field].kind;
    if matches!(kind, Kind::Integer | Kind::Decimal(_) | Kind::Money) {
        return Some(field);
    }
    let report = faults.error(faults::LIMIT_SUM, id.at).with("field", &id.value);
    report.with("kind", format!("@kind-{}", kind.word()));
    None
}

/// A date, and perhaps two clock times or two numbers on it.
fn of_day(raw: &RawLimitTime, register: &Register, faults: &Faults<'_>) -> Option<LimitTime> {
    let fitting = |id: &Option<Text>, fits: &dyn Fn(&Kind) -> bool, want: &'static str| {
        let id = id.as_ref()?;
        let field = find(id, register, faults)?;
        let kind = &register.fields[field].kind;
        if !fits(kind) {
            let report = faults.error(faults::LIMIT_TIME, id.at).with("field", &id.value).with("want", want);
            report.with("kind", format!("@kind-{}", kind.word()));
            return None;
        }
        Some(field)
    };
    let on = fitting(&raw.on, &|kind| *kind == Kind::Date, "@want-day");
    match (&raw.from, &raw.until) {
        (None, None) => return on.map(LimitTime::Day),
        (Some(_), Some(_)) => {}
        (from, _) => {
            let key = if from.is_some() { "until" } else { "from" };
            faults.error(faults::MISSING_KEY, raw.at).with("key", key).with("table", "time");
            return None;
        }
    }
    let from = fitting(&raw.from, &|kind| matches!(kind, Kind::Time | Kind::Integer), "@want-time-number");
    let like = from.map(|from| &register.fields[from].kind);
    let until = fitting(&raw.until, &|kind| like.is_none_or(|like| like == kind), "@want-as-from");
    Some(LimitTime::OfDay { on: on?, from: from?, until: until? })
}

/// The coverage lists of a register.
pub(super) fn resolve(body: &mut Body<'_>) -> Vec<Coverage> {
    let raw = body.raw;
    check_twice(raw.coverage.iter().map(|list| &list.id), body.faults);
    raw.coverage.iter().filter_map(|list| coverage(list, body)).collect()
}

fn coverage(raw: &RawCoverage, body: &mut Body<'_>) -> Option<Coverage> {
    check_id(&raw.id, '-', body.faults);
    let every = raw.every.as_ref().and_then(|word| word_of(word, "every", EVERY, body.faults));
    let own = body.own();
    let dated = matches!(own.period, PeriodRule::On { field, .. } if own.fields[field].kind == Kind::Date);
    if !dated {
        body.faults.error(faults::COVERAGE_DAY, raw.at).with("register", &own.id);
    }
    let via = find(&raw.via, own, body.faults)?;
    let (Kind::Ref(of) | Kind::Refs(of)) = own.fields[via].kind else {
        body.faults.error(faults::COVERAGE_VIA, raw.via.at).with("field", &raw.via.value).with("register", &own.id);
        return None;
    };
    let filter = raw.condition.as_ref().map(|text| body.truth(text));
    // Who must be reached is said of the other register's records.
    let here = std::mem::replace(&mut body.register, of);
    let among = raw.among.as_ref().map(|text| body.truth(text));
    body.register = here;
    let by = raw.by.as_ref().and_then(|id| grouped(id, &body.frames[of], body.faults));
    let always = Expr::Literal(Literal::Bool(true));
    Some(Coverage {
        id: raw.id.value.clone(),
        name: raw.name.clone(),
        of,
        via,
        every: every?,
        filter: filter.unwrap_or(Some(always.clone()))?,
        among: among.unwrap_or(Some(always))?,
        by,
    })
}

fn find(id: &Text, register: &Register, faults: &Faults<'_>) -> Option<usize> {
    let found = register.find_field(&id.value);
    if found.is_none() {
        let report = faults.error(faults::UNKNOWN_FIELD, id.at).with("field", &id.value);
        report.with("register", &register.id).nearest(near_field(register, &id.value));
    }
    found
}

/// A field whose values put records side by side.
fn grouped(id: &Text, register: &Register, faults: &Faults<'_>) -> Option<usize> {
    let field = find(id, register, faults)?;
    let kind = &register.fields[field].kind;
    if matches!(kind, Kind::Ref(_) | Kind::Code(_) | Kind::Text) {
        return Some(field);
    }
    let report = faults.error(faults::COVERAGE_BY, id.at).with("field", &id.value);
    report.with("kind", format!("@kind-{}", kind.word()));
    None
}

/// Settles `within` of the register's fields: `students` within `class` needs students whose own narrowing field is a
/// class too.
pub(super) fn settle_within(register: &mut Register, body: &Body<'_>) {
    for raw in &body.raw.fields {
        let (Some(id), Some(field)) = (&raw.within, register.find_field(&raw.id.value)) else { continue };
        let Some(own) = find(id, register, body.faults) else { continue };
        let narrowing = match register.fields[field].kind {
            Kind::Ref(of) | Kind::Refs(of) => body.frames[of].within.map(|within| &body.frames[of].fields[within].kind),
            _ => None,
        };
        if narrowing == Some(&register.fields[own].kind) {
            register.fields[field].within = Some(own);
        } else {
            let report = body.faults.error(faults::WITHIN_KIND, id.at).with("field", &raw.id.value);
            report.with("within", &id.value);
        }
    }
}

/// Who must be reached may ask only what the other register's measures ask too: nothing else is at hand.
pub(super) fn check_asks(order: &[&RawRegister], registers: &[Register], faults: &Faults<'_>) {
    for (raw, register) in order.iter().zip(registers) {
        for (text, coverage) in raw.coverage.iter().zip(&register.coverage) {
            let at_hand = &registers[coverage.of].asks;
            if let Some(asked) = coverage.among.asks().into_iter().find(|asked| !at_hand.contains(asked)) {
                let at = text.among.as_ref().map_or(text.at, |among| among.at);
                faults.error(faults::COVERAGE_ASKS, at).with("register", &registers[asked].id);
            }
        }
    }
}
