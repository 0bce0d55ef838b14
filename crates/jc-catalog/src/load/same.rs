//! By what the same achievement is known when it is entered a second time.

use super::body::Body;
use super::raw::RawSame;
use super::registers::word_of;
use super::source::Text;
use crate::expr::near_field;
use crate::faults;
use crate::kinds::Kind;
use crate::model::{Register, Same};

/// The identities of a register's records.
pub(super) fn resolve(body: &Body<'_>) -> Vec<Same> {
    body.raw.same.iter().filter_map(|raw| same(raw, body)).collect()
}

fn same(raw: &RawSame, body: &Body<'_>) -> Option<Same> {
    let faults = body.faults;
    let id = raw.register.as_ref()?;
    let Some(of) = body.frames.iter().position(|register| register.id.as_str() == id.value) else {
        let nearest = jc_text::similar::nearest(&id.value, body.frames.iter().map(|r| r.id.as_str()));
        faults.error(faults::UNKNOWN_REGISTER, id.at).with("register", &id.value).nearest(nearest);
        return None;
    };
    let find = |id: &Text, register: &Register| {
        let found = register.find_field(&id.value);
        if found.is_none() {
            let report = faults.error(faults::UNKNOWN_FIELD, id.at).with("field", &id.value);
            report.with("register", &register.id).nearest(near_field(register, &id.value));
        }
        found
    };
    let pair = |(own, other): &(Text, Text)| {
        let (field, theirs) = (find(own, body.own())?, find(other, &body.frames[of])?);
        let (kind, like) = (&body.own().fields[field].kind, &body.frames[of].fields[theirs].kind);
        if kind != like || *kind == Kind::IdNumber {
            let report = faults.error(faults::SAME_KIND, other.at).with("field", &own.value);
            report.with("other", &other.value);
            return None;
        }
        Some((field, theirs))
    };
    let pairs: Vec<(usize, usize)> = raw.pairs.iter().filter_map(pair).collect();
    let levels = [("error", false), ("warning", true)];
    let warning = raw.level.as_ref().and_then(|word| word_of(word, "level", &levels, faults));
    if raw.pairs.is_empty() {
        faults.error(faults::MISSING_KEY, raw.at).with("key", "match").with("table", "[[same]]");
    }
    let warning = warning.unwrap_or(false);
    // Joined is what would be refused; a record of another register has no place for what this one tells.
    if raw.join && (warning || id.value != body.own().id.as_str()) {
        body.does_nothing("join", if warning { "level" } else { "register" }, raw.at);
    }
    (!pairs.is_empty()).then(|| Same { of, pairs, say: raw.say.clone(), warning, joins: raw.join })
}
