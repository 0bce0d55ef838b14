//! Signing up for what is to take place: on a phone, one event below the other.

use crate::{
    desk::Desk,
    frame::Frame,
    gate::{CheckIn, Entry, Routes},
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
use jc_app::check_in::{Coming, Standing};
use jc_base::RecordId;

/// The addresses of this screen.
pub fn routes() -> Routes {
    Routes::new().get("/sign-up", shown).post("/sign-up", stepped)
}

async fn shown(State(state): State<AppState>, entry: Entry<CheckIn>) -> Result<Response, Fault> {
    state.show(entry, |desk| view(desk, Vec::new())).await
}

async fn stepped(State(state): State<AppState>, entry: Entry<CheckIn>, posted: Posted) -> Result<Response, Fault> {
    let joins = match posted.get("step") {
        Some("join") => true,
        Some("leave") => false,
        _ => return Err(Fault::Unclear),
    };
    let register = posted.get("register").unwrap_or_default().to_owned();
    let event = posted.get("event").and_then(RecordId::parse).ok_or(Fault::Unclear)?;
    let work = move |desk: &Desk| {
        let register = desk.viewer.catalog().find_register(&register).ok_or(Fault::NotFound)?;
        match desk.viewer.sign_up(register, event, joins, desk.lang()) {
            Ok(()) => {
                let done = if joins { "signed-up" } else { "signed-off" };
                Ok(Redirect::to(&show::address("/sign-up", [("done", done)])).into_response())
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

fn view(desk: &Desk, findings: Vec<FindingLine>) -> Result<SignUpView, Fault> {
    let registers = &desk.viewer.catalog().registers;
    let event = |coming: Coming| EventLine {
        register: registers.get(coming.register).map_or_else(String::new, |register| register.id.to_string()),
        event: coming.event.to_string(),
        called: coming.called,
        when: format!("{} {}", show::day(desk.lang(), coming.day), coming.when),
        taken: match coming.places {
            Some(places) => desk.words.t2("sign-up-places", "taken", coming.taken, "places", places),
            None => desk.words.t1("sign-up-taken", "taken", coming.taken),
        },
        full: coming.places.is_some_and(|places| i64::try_from(coming.taken).is_ok_and(|taken| taken >= places)),
        own: coming.own,
    };
    let events = desk.viewer.coming(desk.lang()).map_err(hidden)?;
    Ok(SignUpView {
        frame: desk.frame(desk.words.t("sign-up-title"))?,
        findings,
        events: events.into_iter().map(event).collect(),
    })
}

/// What one can sign up for.
#[derive(Debug, Default, Template)]
#[template(path = "screens/sign_up.html")]
pub struct SignUpView {
    /// Around the screen.
    pub frame: Frame,
    /// Why it was not done.
    pub findings: Vec<FindingLine>,
    /// The events, the next first.
    pub events: Vec<EventLine>,
}

/// An event.
#[derive(Debug)]
pub struct EventLine {
    /// The register of who comes.
    pub register: String,
    /// The event's id.
    pub event: String,
    /// What it is called.
    pub called: String,
    /// Day and times.
    pub when: String,
    /// How many have signed up.
    pub taken: String,
    /// Whether nobody else can.
    pub full: bool,
    /// Where this person stands.
    pub own: Standing,
}
