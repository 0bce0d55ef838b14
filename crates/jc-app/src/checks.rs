//! A record held against its register's rules, the same for form, import and API.

use jc_base::{Date, Finding, Lang, Place, Value};
use jc_catalog::expr::eval::{Moments, Row, Truth, truth};
use jc_catalog::kinds::ParseContext;
use jc_catalog::{Catalog, Register};
use jc_figures::page::register_span;

/// A record's values, before it is one.
pub struct Draft<'a> {
    /// By the register's fields.
    pub values: &'a [Value],
    /// By its copied columns.
    pub copied: &'a [Value],
}

impl Row for Draft<'_> {
    fn field(&self, position: usize) -> &Value {
        self.values.get(position).unwrap_or(&Value::Missing)
    }

    fn copied(&self, position: usize) -> &Value {
        self.copied.get(position).unwrap_or(&Value::Missing)
    }

    /// Rules look at the record alone.
    fn related(&self, _register: usize, _via: usize) -> Vec<&dyn Row> {
        Vec::new()
    }
}

/// The days expressions may ask for when a record is checked: those of its own first day.
pub fn moments(register: &Register, values: &[Value], today: Date) -> Moments {
    let day = register_span(register, values).map_or(today, |span| span.from);
    match register.period_kind() {
        Some(kind) => {
            let period = kind.containing(day);
            Moments { start: period.first_day(), end: period.last_day(), census: period.last_day() }
        }
        None => Moments { start: day, end: day, census: day },
    }
}

/// Holds a draft against the register's own rules 校验. `place` says where a field's value came from.
pub fn rules(
    register: &Register,
    draft: &Draft,
    today: Date,
    lang: Lang,
    place: &dyn Fn(Option<usize>) -> Place,
    findings: &mut Vec<Finding>,
) {
    if register.checks.is_empty() {
        return;
    }
    let at = moments(register, draft.values, today);
    for check in &register.checks {
        let applies = check.when.as_ref().is_none_or(|when| truth(when, draft, &at) == Truth::True);
        if applies && truth(&check.require, draft, &at) == Truth::False {
            let place = place(check.field);
            let finding =
                if check.warning { Finding::warning("APP-001", place) } else { Finding::error("APP-001", place) };
            findings.push(finding.with("say", check.say.get(lang)));
        }
    }
}

/// Holds values that came from a form or the API against kinds, required fields and rules.
pub fn whole(
    catalog: &Catalog,
    register: &Register,
    draft: &Draft,
    today: Date,
    lang: Lang,
    findings: &mut Vec<Finding>,
) {
    let place = |field: Option<usize>| match field {
        Some(ix) => Place::Field { field: register.fields[ix].id.to_string() },
        None => Place::Whole,
    };
    let on = register_span(register, draft.values).map(|span| span.from);
    for (ix, (field, value)) in register.fields.iter().zip(draft.values).enumerate() {
        if value.is_missing() {
            if (field.required || register.key.contains(&ix)) && field.retired.is_none() {
                findings.push(Finding::error("APP-002", place(Some(ix))).with("field", field.name.get(lang)));
            }
            continue;
        }
        if let Err(fault) = field.kind.check(value, &ParseContext { codes: &catalog.codes, on }) {
            let mut finding = Finding::error(fault.code, place(Some(ix))).with("field", field.name.get(lang));
            finding.with.0.extend(fault.with.0);
            findings.push(finding);
        }
    }
    rules(register, draft, today, lang, &place, findings);
}
