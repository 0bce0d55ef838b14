//! What a register says of consents, of checking in and of the certificates its records give.

use super::body::Body;
use super::raw::{RawCertificate, RawCheckIn, RawConsent, RawRegister};
use super::reader::Faults;
use super::registers::word_of;
use super::source::Text;
use crate::expr::{Expr, Literal, near_field};
use crate::faults;
use crate::kinds::{Kind, find_list};
use crate::model::{Asked, Certificate, CheckIn, ConsentRule, ConsentText, Register};
use jc_base::Lang;

fn find(id: &Text, register: &Register, faults: &Faults<'_>) -> Option<usize> {
    let found = register.find_field(&id.value);
    if found.is_none() {
        let report = faults.error(faults::UNKNOWN_FIELD, id.at).with("field", &id.value);
        report.with("register", &register.id).nearest(near_field(register, &id.value));
    }
    found
}

/// A field that a key of `[check_in]` names, if it holds what that needs.
fn fitting(
    id: Option<&Text>,
    register: &Register,
    fits: impl Fn(&Kind) -> bool,
    want: &'static str,
    faults: &Faults<'_>,
) -> Option<usize> {
    let id = id?;
    let field = find(id, register, faults)?;
    let kind = &register.fields[field].kind;
    if fits(kind) {
        return Some(field);
    }
    let report = faults.error(faults::CHECK_IN_FIELD, id.at).with("field", &id.value).with("want", want);
    report.with("kind", format!("@kind-{}", kind.word()));
    None
}

/// How people check in where a record's event takes place.
pub(super) fn check_in(raw: &RawRegister, body: &Body<'_>) -> Option<CheckIn> {
    let raw: &RawCheckIn = raw.check_in.as_ref()?;
    let (own, faults) = (body.own(), body.faults);
    let one = |kind: &Kind| matches!(kind, Kind::Ref(_));
    let day = |kind: &Kind| *kind == Kind::Date;
    let time = |kind: &Kind| *kind == Kind::Time;
    let person = fitting(raw.person.as_ref(), own, one, "@kind-ref", faults);
    let event = fitting(raw.event.as_ref(), own, one, "@kind-ref", faults);
    let on = fitting(raw.on.as_ref(), own, day, "@kind-date", faults);
    let arrived = fitting(raw.arrived.as_ref(), own, time, "@kind-time", faults);
    let left = fitting(raw.left.as_ref(), own, time, "@kind-time", faults);
    let hours = fitting(raw.hours.as_ref(), own, |kind| matches!(kind, Kind::Decimal(_)), "@kind-decimal", faults);
    let confirmed = |kind: &Kind| matches!(kind, Kind::PersonName | Kind::Text);
    let confirmed_by = fitting(raw.confirmed_by.as_ref(), own, confirmed, "@kind-person-name", faults);
    let Kind::Ref(at) = own.fields[event?].kind else { return None };
    let other = &body.frames[at];
    let leader = fitting(raw.leader.as_ref(), other, one, "@kind-ref", faults);
    let held_on = fitting(raw.held_on.as_ref(), other, day, "@kind-date", faults);
    let starts = fitting(raw.starts.as_ref(), other, time, "@kind-time", faults);
    let ends = fitting(raw.ends.as_ref(), other, time, "@kind-time", faults);
    let places = fitting(raw.places.as_ref(), other, |kind| *kind == Kind::Integer, "@kind-integer", faults);
    let take = raw.take.iter().filter_map(|(own_id, other_id)| {
        let field = find(own_id, own, faults)?;
        let like = own.fields[field].kind.clone();
        Some((field, fitting(Some(other_id), other, |kind| *kind == like, "@want-as-own", faults)?))
    });
    Some(CheckIn {
        take: take.collect(),
        person: person?,
        event: event?,
        on: on?,
        arrived: arrived?,
        left: left?,
        hours: hours?,
        confirmed_by,
        leader: leader?,
        held_on: held_on?,
        starts,
        ends,
        places,
    })
}

/// That a register's records are consents.
pub(super) fn consent(raw: &RawRegister, body: &Body<'_>) -> Option<ConsentRule> {
    let raw: &RawConsent = raw.consent.as_ref()?;
    let (own, faults) = (body.own(), body.faults);
    let day = |kind: &Kind| *kind == Kind::Date;
    let person = fitting(raw.person.as_ref(), own, |kind| matches!(kind, Kind::Ref(_)), "@kind-ref", faults);
    let kind = fitting(raw.kind.as_ref(), own, |kind| matches!(kind, Kind::Code(_)), "@kind-code", faults);
    let given_on = fitting(raw.given_on.as_ref(), own, day, "@kind-date", faults);
    let withdrawn_on = fitting(raw.withdrawn_on.as_ref(), own, day, "@kind-date", faults);
    let words = codes_of(body, kind?);
    let publishes = raw.publishes.iter().filter_map(|word| word_of(word, "publishes", &words, faults));
    Some(ConsentRule {
        asked: if raw.asked.is_empty() { None } else { Some(asked(raw, body, &words)?) },
        publishes: publishes.map(str::to_owned).collect(),
        person: person?,
        kind: kind?,
        given_on: given_on?,
        withdrawn_on: withdrawn_on?,
    })
}

/// The codes that a field takes, as words of a file.
fn codes_of<'b>(body: &'b Body<'_>, field: usize) -> Vec<(&'b str, &'b str)> {
    let Kind::Code(list) = &body.own().fields[field].kind else { return Vec::new() };
    let codes = find_list(&body.lists.codes, list).map_or(&[][..], |list| &list.codes);
    codes.iter().map(|code| (code.code.as_str(), code.code.as_str())).collect()
}

/// What people are asked themselves.
fn asked(raw: &RawConsent, body: &Body<'_>, kinds: &[(&str, &str)]) -> Option<Asked> {
    let (own, faults) = (body.own(), body.faults);
    let text = |kind: &Kind| matches!(kind, Kind::Text);
    let name = |kind: &Kind| matches!(kind, Kind::PersonName);
    let code = |kind: &Kind| matches!(kind, Kind::Code(_));
    let text_version = fitting(raw.text_version.as_ref(), own, text, "@kind-text", faults);
    let giver = fitting(raw.giver.as_ref(), own, code, "@kind-code", faults);
    let giver_name = fitting(raw.giver_name.as_ref(), own, name, "@kind-person-name", faults);
    let given_at = fitting(raw.given_at.as_ref(), own, |kind| *kind == Kind::Time, "@kind-time", faults);
    let givers = codes_of(body, giver?);
    let by = |word: &Option<Text>, key| word_of(word.as_ref()?, key, &givers, faults).map(str::to_owned);
    let (by_self, by_guardian) = (by(&raw.by_self, "by_self"), by(&raw.by_guardian, "by_guardian"));
    let texts = raw.asked.iter().filter_map(|asked| {
        let kind = word_of(asked.kind.as_ref()?, "kind", kinds, faults)?.to_owned();
        Some(ConsentText { kind, version: asked.version.as_ref()?.value.clone(), text: asked.text.clone() })
    });
    Some(Asked {
        texts: texts.collect(),
        text_version: text_version?,
        giver: giver?,
        by_self: by_self?,
        by_guardian: by_guardian?,
        giver_name,
        given_at,
    })
}

/// The certificate that a record gives.
pub(super) fn certificate(raw: &RawRegister, body: &mut Body<'_>) -> Option<Certificate> {
    let raw: &RawCertificate = raw.certificate.as_ref()?;
    let condition = raw.condition.as_ref().map(|text| body.truth(text));
    let (own, faults) = (body.own(), body.faults);
    let holder = fitting(raw.holder.as_ref(), own, |kind| matches!(kind, Kind::Ref(_)), "@kind-ref", faults);
    let lines = raw.lines.iter().filter_map(|id| find(id, own, faults)).collect();
    let words = Lang::ALL.map(|lang| (lang.code(), lang));
    let languages: Vec<Lang> =
        raw.languages.iter().filter_map(|word| word_of(word, "languages", &words, faults)).collect();
    Some(Certificate {
        title: raw.title.clone(),
        text: raw.text.clone(),
        holder: holder?,
        lines,
        languages: if languages.is_empty() { vec![Lang::Zh] } else { languages },
        filter: condition.unwrap_or(Some(Expr::Literal(Literal::Bool(true))))?,
    })
}
