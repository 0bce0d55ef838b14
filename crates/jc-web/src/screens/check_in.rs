//! Checking in where something takes place: the code its leader shows, and what whoever scans it sees.

use crate::{
    desk::Desk,
    frame::{Frame, Link},
    gate::{CheckIn, Entry, LeadEvents, Routes},
    guard::{fault::Fault, posted::Posted},
    parts::{FindingLine, Picture, StateMark},
    screens::{
        record::{Path2, find, hidden, lines},
        to_mend,
    },
    show,
    state::AppState,
};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::HeaderMap,
    response::{Html, IntoResponse, Redirect, Response},
};
use jc_app::AppError;
use jc_app::check_in::{Attending, SHOWN_S, Step, checked_in_to};
use jc_base::{RecordId, RecordState};

/// The addresses of this screen.
pub fn routes() -> Routes {
    Routes::new()
        .get("/check-in/{code}", scanned)
        .post("/check-in/{code}", stepped)
        .get("/registers/{register}/records/{id}/check-in", shown)
        .post("/registers/{register}/records/{id}/check-in", confirmed)
}

async fn scanned(
    State(state): State<AppState>,
    Path(code): Path<String>,
    entry: Entry<CheckIn>,
) -> Result<Response, Fault> {
    let work = move |desk: &Desk| attending(desk, &code, desk.viewer.attending(&code, desk.lang()));
    state.at_desk(entry, work).await
}

async fn stepped(
    State(state): State<AppState>,
    Path(code): Path<String>,
    entry: Entry<CheckIn>,
    posted: Posted,
) -> Result<Response, Fault> {
    let step = match posted.get("step") {
        Some("arrive") => Step::Arrive,
        Some("leave") => Step::Leave,
        _ => return Err(Fault::Unclear),
    };
    let work = move |desk: &Desk| attending(desk, &code, desk.viewer.check_in(&code, step, desk.lang()));
    state.at_desk(entry, work).await
}

/// The screen of whoever scanned a code, or why it is not taken.
fn attending(desk: &Desk, code: &str, came: Result<Attending, AppError>) -> Result<Response, Fault> {
    let frame = desk.frame(desk.words.t("check-in-title"))?;
    match came {
        Ok(attending) => {
            let next = match (&attending.arrived, &attending.left) {
                (None, _) => Some("arrive"),
                (Some(_), None) => Some("leave"),
                (Some(_), Some(_)) => None,
            };
            let action = format!("/check-in/{code}");
            let view = AttendingView { frame, attending: Some(attending), next, action, findings: Vec::new() };
            Ok(Html(view.render()?).into_response())
        }
        Err(AppError::Findings(found)) => {
            let findings = lines::findings(desk, &found);
            let view = AttendingView { frame, findings, ..AttendingView::default() };
            to_mend(&view)
        }
        Err(error) => Err(hidden(error)),
    }
}

async fn shown(
    State(state): State<AppState>,
    Path(path): Path<Path2>,
    entry: Entry<LeadEvents>,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let site = state.address(&headers);
    state.show(entry, move |desk| gathering(desk, &path, Some(&site), Vec::new())).await
}

/// The first register in which people check in to records of this one, and the event.
fn register_of(desk: &Desk, path: &Path2) -> Result<(usize, usize, RecordId), Fault> {
    let (events, id) = find(desk, path)?;
    let participants = checked_in_to(&desk.viewer.catalog().registers, events);
    Ok((events, *participants.first().ok_or(Fault::NotFound)?, id))
}

/// An event with its list and, where `site` is told, the code that leads there.
fn gathering(
    desk: &Desk,
    path: &Path2,
    site: Option<&str>,
    findings: Vec<FindingLine>,
) -> Result<GatheringView, Fault> {
    let (events, register, id) = register_of(desk, path)?;
    let gathering = desk.viewer.gathering(register, id, desk.lang()).map_err(hidden)?;
    let address = match site.filter(|_| gathering.today) {
        Some(site) => format!("{site}/check-in/{}", desk.viewer.check_in_code(register, id)?),
        None => String::new(),
    };
    let declared = desk.viewer.catalog().at(events);
    let mut frame = desk.frame(gathering.event.clone())?;
    frame.crumbs = vec![
        Link::new(declared.name.get(desk.lang()), desk.to(&format!("/registers/{}", declared.id))),
        Link::new(gathering.event.clone(), desk.to(&lines::address(declared, id))),
    ];
    let rows: Vec<PresentLine> = gathering
        .present
        .iter()
        .map(|one| PresentLine {
            pick: format!("{}:{}", one.id, one.version),
            open: matches!(one.state, RecordState::Draft | RecordState::Returned),
            ready: !one.hours.is_empty(),
            name: one.name.clone(),
            arrived: one.arrived.clone(),
            left: one.left.clone(),
            hours: one.hours.clone(),
            state: StateMark::new(desk.words, one.state),
        })
        .collect();
    Ok(GatheringView {
        picture: if address.is_empty() { None } else { Picture::of(&address) },
        refresh: SHOWN_S / 2,
        other_day: !gathering.today,
        confirmable: rows.iter().any(|row| row.open && row.ready),
        action: format!("{}/check-in", lines::address(declared, id)),
        address,
        rows,
        findings,
        frame,
    })
}

async fn confirmed(
    State(state): State<AppState>,
    Path(path): Path<Path2>,
    entry: Entry<LeadEvents>,
    posted: Posted,
) -> Result<Response, Fault> {
    let chosen: Option<Vec<(RecordId, i64)>> = posted
        .all("record")
        .map(|pick| pick.split_once(':').and_then(|(id, version)| Some((RecordId::parse(id)?, version.parse().ok()?))))
        .collect();
    let chosen = chosen.ok_or(Fault::Unclear)?;
    let work = move |desk: &Desk| {
        let (events, register, id) = register_of(desk, &path)?;
        match desk.viewer.confirm_present(register, id, &chosen, desk.lang()) {
            Ok(_) => {
                let declared = desk.viewer.catalog().at(events);
                let back = format!("{}/check-in", lines::address(declared, id));
                Ok(Redirect::to(&show::address(&back, [("done", "submitted")])).into_response())
            }
            Err(AppError::Findings(found)) => {
                let view = gathering(desk, &path, None, lines::findings(desk, &found))?;
                to_mend(&view)
            }
            Err(error) => Err(hidden(error)),
        }
    };
    state.at_desk(entry, work).await
}

/// What whoever scanned a code sees.
#[derive(Debug, Default, Template)]
#[template(path = "screens/attending.html")]
pub struct AttendingView {
    /// Around the screen.
    pub frame: Frame,
    /// Where they are; nothing if the code is not taken.
    pub attending: Option<Attending>,
    /// What comes next: `arrive` or `leave`.
    pub next: Option<&'static str>,
    /// Where it is posted.
    pub action: String,
    /// Why the code is not taken.
    pub findings: Vec<FindingLine>,
}

/// What an event's leader sees.
#[derive(Debug, Default, Template)]
#[template(path = "screens/gathering.html")]
pub struct GatheringView {
    /// Around the screen.
    pub frame: Frame,
    /// What must be mended before it can be confirmed.
    pub findings: Vec<FindingLine>,
    /// The code to scan; nothing on another day.
    pub picture: Option<Picture>,
    /// What it says.
    pub address: String,
    /// Whether it is not today, so that nobody can check in.
    pub other_day: bool,
    /// Seconds until the screen shows a new one.
    pub refresh: i64,
    /// Those at it.
    pub rows: Vec<PresentLine>,
    /// Whether any can be confirmed.
    pub confirmable: bool,
    /// Where that is posted.
    pub action: String,
}

/// Someone at an event.
#[derive(Debug, Default)]
pub struct PresentLine {
    /// Their record and its version.
    pub pick: String,
    /// Whether it waits for the leader's word.
    pub open: bool,
    /// Whether their hours are known.
    pub ready: bool,
    /// Their name.
    pub name: String,
    /// When they arrived.
    pub arrived: String,
    /// When they left.
    pub left: String,
    /// Their hours.
    pub hours: String,
    /// The record's state.
    pub state: StateMark,
}
