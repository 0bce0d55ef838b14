//! One's own consents, or a child's: what was agreed to, and what may be given and taken back.

use crate::{
    desk::Desk,
    frame::Frame,
    gate::{Entry, GiveConsent, Routes},
    guard::{fault::Fault, posted::Posted},
    parts::FindingLine,
    screens::{
        record::{hidden, lines},
        to_mend,
    },
    show,
    state::AppState,
};
use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use jc_app::AppError;
use jc_app::consents::{Given, OwnConsents, Question, Say};
use jc_base::RecordId;
use serde::Deserialize;

/// The addresses of this screen.
pub fn routes() -> Routes {
    Routes::new().get("/consents", shown).post("/consents", said)
}

async fn shown(State(state): State<AppState>, entry: Entry<GiveConsent>) -> Result<Response, Fault> {
    state.show(entry, |desk| view(desk, Vec::new())).await
}

/// What someone says to a text.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Said {
    register: String,
    person: String,
    kind: String,
    /// The version of the text that was shown.
    version: String,
    step: String,
}

async fn said(State(state): State<AppState>, entry: Entry<GiveConsent>, posted: Posted) -> Result<Response, Fault> {
    let said: Said = posted.read()?;
    let gives = match said.step.as_str() {
        "give" => true,
        "withdraw" => false,
        _ => return Err(Fault::Unclear),
    };
    let work = move |desk: &Desk| {
        let (register, lang) = (desk.register(&said.register)?.0, desk.lang());
        let person = RecordId::parse(&said.person).ok_or(Fault::NotFound)?;
        let done = if gives {
            desk.viewer.give_consent(register, person, (&said.kind, &said.version), lang)
        } else {
            desk.viewer.withdraw_consent(register, person, &said.kind, lang)
        };
        match done {
            Ok(()) => {
                let done = if gives { "consent-given" } else { "consent-withdrawn" };
                Ok(Redirect::to(&show::address("/consents", [("done", done)])).into_response())
            }
            Err(AppError::Findings(found)) => {
                let view = view(desk, lines::findings(desk, &found))?;
                to_mend(&view)
            }
            Err(error) => Err(hidden(error)),
        }
    };
    state.at_desk(entry, work).await
}

fn view(desk: &Desk, findings: Vec<FindingLine>) -> Result<ConsentsView, Fault> {
    let registers = &desk.viewer.catalog().registers;
    let person = |own: OwnConsents| PersonConsents {
        register: registers.get(own.register).map_or_else(String::new, |register| register.id.to_string()),
        id: own.person.to_string(),
        name: own.name,
        office: registers
            .get(own.register)
            .and_then(|register| desk.viewer.catalog().offices.get(register.kept_by))
            .map_or_else(String::new, |office| office.name.get(desk.lang()).to_owned()),
        say: own.say,
        questions: own.questions,
        given: own.given,
    };
    let people = desk.viewer.own_consents(desk.lang()).map_err(hidden)?;
    Ok(ConsentsView {
        frame: desk.frame(desk.words.t("consents-title"))?,
        findings,
        people: people.into_iter().map(person).collect(),
    })
}

/// The screen.
#[derive(Debug, Default, Template)]
#[template(path = "screens/consents.html")]
pub struct ConsentsView {
    /// Around the screen.
    pub frame: Frame,
    /// Why it was not done.
    pub findings: Vec<FindingLine>,
    /// Oneself, or each child.
    pub people: Vec<PersonConsents>,
}

/// What one person agreed to and can agree to.
#[derive(Debug)]
pub struct PersonConsents {
    /// The register of the consents.
    pub register: String,
    /// The person's id.
    pub id: String,
    /// What they are called.
    pub name: String,
    /// The office to turn to for all else.
    pub office: String,
    /// Whether whoever looks may change them.
    pub say: Say,
    /// What can be agreed to or not.
    pub questions: Vec<Question>,
    /// What was agreed to so far.
    pub given: Vec<Given>,
}
