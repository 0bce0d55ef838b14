//! What answers programs: figures, a figure with its trace, the records of a register, the check of a text. A program shows
//! a token, which gives it no more than its owner may; for looking, a session does as well.
//!
//! All of it, and every screen beside it, stands in the document at `/api/openapi.json`, made from the table of routes and
//! from the catalog.

pub mod document;
mod figures;
mod records;
mod schema;
mod texts;

use crate::{
    desk::Desk,
    gate::{About, ByToken, Entry, Routes, Shape, SignedIn},
    guard::fault::Fault,
    state::AppState,
};
use axum::{
    Json,
    extract::State,
    response::{IntoResponse, Response},
};
use jc_app::given::{Page, nearest};
use jc_base::{Finding, Place};
use jc_catalog::Register;
use serde_json::Value;
use std::str::FromStr;

/// The addresses.
pub fn routes() -> Routes {
    Routes::new()
        .tells("/api/openapi.json", document, &ABOUT)
        .merge(figures::routes())
        .merge(records::routes())
        .merge(texts::routes())
}

const ABOUT: About = About { says: "api-document", asked: &["lang"], sent: None, answer: Shape::Named("document") };

/// An object with one more field; what is no object stays as it is.
fn put(object: &mut Value, name: &str, value: impl Into<Value>) {
    if let Some(fields) = object.as_object_mut() {
        fields.insert(name.to_owned(), value.into());
    }
}

async fn document(State(state): State<AppState>, entry: Entry<ByToken<SignedIn>>) -> Result<Response, Fault> {
    let origin = state.settings().origin.clone();
    let work = move |desk: &Desk| {
        known(desk, ABOUT.asked, &[])?;
        let lang = match desk.asked.get("lang") {
            "" => desk.lang(),
            code => jc_base::Lang::from_code(code).ok_or(Fault::Unclear)?,
        };
        let server = origin.as_deref().unwrap_or("/");
        Ok(Json(document::document(desk.viewer.catalog(), lang, server)).into_response())
    };
    state.at_desk(entry, work).await
}

/// Refuses what is asked and not understood: a program that misspells a condition must not be told everything.
fn known(desk: &Desk, asked: &[&str], also: &[&str]) -> Result<(), Fault> {
    let mut seen: Vec<&str> = Vec::new();
    for (name, _) in &desk.asked.0 {
        let name = name.as_str();
        if !(asked.contains(&name) || also.contains(&name)) || seen.contains(&name) {
            return Err(unknown_field(name, asked));
        }
        seen.push(name);
    }
    let year = desk.asked.get("year");
    if year.is_empty() || year == desk.year.to_string() { Ok(()) } else { Err(wrong_value("year")) }
}

/// A field that is not asked for, or is there twice.
fn unknown_field(name: &str, known: &[&str]) -> Fault {
    let place = Place::Field { field: name.to_owned() };
    let finding = Finding::error("APP-140", place).with("field", name).with("known", known.join(", "));
    let near = nearest(name, known.iter().copied()).filter(|near| *near != name);
    Fault::Named(Box::new(match near {
        Some(near) => finding.with("nearest", near),
        None => finding,
    }))
}

/// A field whose value is of no use.
fn wrong_value(name: &str) -> Fault {
    let place = Place::Field { field: name.to_owned() };
    Fault::Named(Box::new(Finding::error("APP-141", place).with("field", name)))
}

/// A number that is asked for, within bounds.
fn number<T: FromStr + PartialOrd>(desk: &Desk, name: &str, usual: T, least: T, most: T) -> Result<T, Fault> {
    match desk.asked.get(name) {
        "" => Ok(usual),
        text => text.parse().ok().filter(|n| *n >= least && *n <= most).ok_or_else(|| wrong_value(name)),
    }
}

/// The page that is asked for by its code, or that of the year in force.
fn page(desk: &Desk, register: &Register) -> Result<Page, Fault> {
    match desk.asked.get("page") {
        "" => Ok(Page::reported_in(register, desk.year)),
        code => Page::parse(register, code).ok_or_else(|| wrong_value("page")),
    }
}
