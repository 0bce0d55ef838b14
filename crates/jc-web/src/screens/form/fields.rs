//! The fields of a form: what is typed into, by the field's kind.

use super::{FormField, Input};
use crate::{
    desk::Desk,
    gate::{Entry, WriteRecords},
    guard::fault::Fault,
    parts::Pick,
    screens::record::{hidden, lines},
    state::AppState,
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use jc_app::forms::Suggestion;
use jc_app::given::Record;
use jc_base::Value;
use jc_catalog::kinds::Kind;
use jc_catalog::model::Field;
use jc_catalog::{Privacy, Register};

/// So many choices are shown at once; more are a list to open.
const AT_ONCE: usize = 4;
/// Registers with at most so many records offer all of them before anything is typed.
const SMALL: i64 = 20;

/// The fields of a register's form with the texts they hold; retired ones are not asked for.
pub(super) fn fields(
    desk: &Desk,
    register: usize,
    record: Option<&Record>,
    texts: &[String],
) -> Result<Vec<FormField>, Fault> {
    let declared = desk.viewer.catalog().registers.get(register).ok_or(Fault::NotFound)?;
    let mut out = Vec::new();
    for (position, field) in declared.fields.iter().enumerate().filter(|(_, field)| field.retired.is_none()) {
        let stored = record.and_then(|record| record.values.get(position)).unwrap_or(&Value::Missing);
        let text = texts.get(position).map_or("", String::as_str);
        let input = match field.privacy {
            Privacy::Sensitive => Input::Covered { stored: covered(desk, register, position, stored) },
            _ => input(desk, register, declared, position, field, text)?,
        };
        out.push(FormField {
            id: field.id.to_string(),
            label: field.name.get(desk.lang()).to_owned(),
            required: field.required || declared.key.contains(&position),
            help: help(desk, field),
            unit: if field.kind == Kind::Money { lines::unit(desk, "yuan") } else { String::new() },
            input,
            value: text.to_owned(),
            error: None,
        });
    }
    Ok(out)
}

/// The covered form of a sensitive value; empty if there is none.
fn covered(desk: &Desk, register: usize, position: usize, stored: &Value) -> String {
    if stored.is_missing() {
        return String::new();
    }
    desk.viewer.shown(register, position, stored, &jc_app::labels::Labels::default(), desk.lang())
}

fn input(
    desk: &Desk,
    register: usize,
    declared: &Register,
    position: usize,
    field: &Field,
    text: &str,
) -> Result<Input, Fault> {
    Ok(match &field.kind {
        Kind::LongText => Input::Lines,
        Kind::Integer | Kind::Decimal(_) | Kind::Money | Kind::Year => Input::Number,
        Kind::Date => Input::Date,
        Kind::Month => Input::Month,
        Kind::Time => Input::Time,
        Kind::Phone => Input::Phone,
        Kind::Link => Input::Address,
        Kind::Boolean => {
            let pick = |n: i64| {
                let value = field.kind.edit(&Value::Int(n));
                let chosen = value == text;
                Pick::new(value, field.kind.show(&Value::Int(n), desk.lang(), &[]), chosen)
            };
            Input::Radio(vec![pick(1), pick(0), Pick::new("", desk.words.t("value-missing"), text.is_empty())])
        }
        Kind::Code(list) => {
            let today = desk.app.moment().today;
            let codes = desk.viewer.catalog().code_list(list.as_str()).map_or(&[][..], |list| &list.codes);
            let in_use = codes.iter().filter(|code| code.valid_on(today) || code.code == text);
            let mut picks: Vec<Pick> =
                in_use.map(|code| Pick::new(&code.code, code.name.get(desk.lang()), code.code == text)).collect();
            let known = picks.iter().any(|pick| pick.chosen);
            if !known && !text.is_empty() {
                // What someone sent that is no code comes back as they sent it.
                picks.push(Pick::new(text, text, true));
            }
            if picks.len() <= AT_ONCE {
                picks.push(Pick::new("", desk.words.t("value-missing"), text.is_empty()));
                Input::Radio(picks)
            } else {
                picks.insert(0, Pick::new("", desk.words.t("form-choose"), text.is_empty()));
                Input::Select(picks)
            }
        }
        Kind::Ref(target) => {
            let suggest = format!("/registers/{}/suggest?field={}", declared.id, field.id);
            let few = desk.viewer.how_many(*target)? <= SMALL;
            let found = if few { desk.viewer.suggestions(register, position, "")? } else { Vec::new() };
            Input::Reference { suggest, picks: found.into_iter().map(|s| Pick::new(s.typed, s.label, false)).collect() }
        }
        Kind::Refs(target) => {
            let target = desk.viewer.catalog().registers.get(*target).ok_or(Fault::NotFound)?;
            Input::References { list: format!("/registers/{}", target.id) }
        }
        Kind::Text | Kind::PersonName | Kind::IdNumber | Kind::OrgCode | Kind::CertificateNumber => Input::Line,
    })
}

/// The sentence below a field: the catalog's, or how its kind is typed.
fn help(desk: &Desk, field: &Field) -> String {
    let own = field.help.get(desk.lang());
    if !own.is_empty() {
        return own.to_owned();
    }
    match field.kind {
        Kind::Ref(_) => desk.words.t("form-reference-help"),
        Kind::Date => desk.words.t("form-date-help"),
        Kind::Month => desk.words.t("form-month-help"),
        Kind::Time => desk.words.t("form-time-help"),
        _ => String::new(),
    }
}

/// The options a reference field offers for what was typed so far.
#[derive(Template)]
#[template(
    source = "{% for s in found %}<option value=\"{{ s.typed }}\">{{ s.label }}</option>{% endfor %}",
    ext = "html"
)]
struct Options {
    found: Vec<Suggestion>,
}

pub(super) async fn suggest(
    State(state): State<AppState>,
    Path(register): Path<String>,
    entry: Entry<WriteRecords>,
) -> Result<Response, Fault> {
    let build = move |desk: &Desk| {
        let (register, declared) = desk.register(&register)?;
        let id = desk.asked.get("field");
        let field = declared.find_field(id).ok_or(Fault::NotFound)?;
        let found = desk.viewer.suggestions(register, field, desk.asked.get(id)).map_err(hidden)?;
        Ok(Options { found })
    };
    state.show(entry, build).await
}
