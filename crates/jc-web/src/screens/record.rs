//! One record 记录: its fields, evidence, state, next steps and history.

pub mod examination;
pub mod lines;
pub mod papers;
pub mod steps;
pub mod why;

use super::export::download;
use crate::{
    desk::Desk,
    frame::{Frame, Link},
    gate::{Entry, ReadRecords, RevealFields, Routes},
    guard::{fault::Fault, posted::Posted},
    parts::{Evidence, FieldLine, FindingLine, Happening, StateMark},
    screens::to_mend,
    state::AppState,
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::{Html, IntoResponse, Redirect, Response},
};
use jc_app::AppError;
use jc_app::approvals::Uncovered;
use jc_app::given::{LeftOut, Operation, Role};
use jc_app::own_copy::Format;
use jc_app::records::Whole;
use jc_base::{Finding, RecordId, RecordState};
use lines::Revealed;
use serde::Deserialize;

/// The register and the record of an address.
pub type Path2 = (String, String);

/// The addresses of this screen.
pub fn routes() -> Routes {
    Routes::new()
        .get("/registers/{register}/records/{id}", show)
        .post("/registers/{register}/records/{id}/submit", steps::submit)
        .post("/registers/{register}/records/{id}/withdraw", steps::withdraw)
        .post("/registers/{register}/records/{id}/verify", steps::verify)
        .post("/registers/{register}/records/{id}/return", steps::give_back)
        .post("/registers/{register}/records/{id}/reveal", reveal)
        .post("/registers/{register}/records/{id}/copy", copy)
        .post("/registers/{register}/records/{id}/evidence", papers::attach)
        .get("/registers/{register}/records/{id}/evidence/{sha256}", papers::file)
        .post("/registers/{register}/records/{id}/evidence/{sha256}/{kind}/off", papers::detach)
}

/// What may not be seen answers like what is not there.
pub fn hidden(error: AppError) -> Fault {
    match error {
        AppError::Denied => Fault::NotFound,
        other => other.into(),
    }
}

/// The register and record that an address names.
pub fn find(desk: &Desk, (register, id): &Path2) -> Result<(usize, RecordId), Fault> {
    let (register, _) = desk.register(register)?;
    Ok((register, RecordId::parse(id).ok_or(Fault::NotFound)?))
}

async fn show(
    State(state): State<AppState>,
    Path(path): Path<Path2>,
    entry: Entry<ReadRecords>,
) -> Result<Response, Fault> {
    let build = move |desk: &Desk| {
        let (register, id) = find(desk, &path)?;
        view(desk, register, id, None)
    };
    state.show(entry, build).await
}

/// Why someone wants to see a covered field.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Reveal {
    field: String,
    #[serde(default)]
    reason: String,
}

async fn reveal(
    State(state): State<AppState>,
    Path(path): Path<Path2>,
    entry: Entry<RevealFields>,
    posted: Posted,
) -> Result<Response, Fault> {
    let request: Reveal = posted.read()?;
    let work = move |desk: &Desk| {
        let (register, id) = find(desk, &path)?;
        let field = desk.register(&path.0)?.1.find_field(&request.field).ok_or(Fault::NotFound)?;
        match desk.viewer.reveal(register, id, field, &request.reason) {
            Ok(Uncovered::Shown(text)) => {
                Ok(Html(view(desk, register, id, Some(Revealed { field, text }))?.render()?).into_response())
            }
            Ok(Uncovered::Asked) => {
                let here = lines::address(desk.register(&path.0)?.1, id);
                Ok(Redirect::to(&crate::show::address(&here, [("done", "leave-asked")])).into_response())
            }
            Err(AppError::Findings(found)) => refused(desk, register, id, &found),
            Err(error) => Err(error.into()),
        }
    };
    state.at_desk(entry, work).await
}

/// In which form someone wants a copy.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Copy {
    format: String,
}

async fn copy(
    State(state): State<AppState>,
    Path(path): Path<Path2>,
    entry: Entry<ReadRecords>,
    posted: Posted,
) -> Result<Response, Fault> {
    let request: Copy = posted.read()?;
    let work = move |desk: &Desk| {
        let (register, id) = find(desk, &path)?;
        let format = [Format::Xlsx, Format::Json].into_iter().find(|format| format.code() == request.format);
        let made = desk.viewer.copy_of(register, id, format.ok_or(Fault::Unclear)?, desk.lang())?;
        Ok(download(&made.name, made.media_type, made.bytes))
    };
    state.at_desk(entry, work).await
}

/// The record again, with what keeps a step from being taken.
pub fn refused(desk: &Desk, register: usize, id: RecordId, found: &[Finding]) -> Result<Response, Fault> {
    let mut view = view(desk, register, id, None)?;
    view.findings = lines::findings(desk, found);
    to_mend(&view)
}

fn view(desk: &Desk, register: usize, id: RecordId, revealed: Option<Revealed>) -> Result<RecordView, Fault> {
    let whole = desk.viewer.whole(register, id, desk.lang()).map_err(hidden)?;
    let declared = desk.viewer.catalog().registers.get(register).ok_or(Fault::NotFound)?;
    let (record, labels) = (&whole.record, &whole.labels);
    desk.viewer.note_look(register, record)?;
    let here = lines::address(declared, id);
    let mut frame = desk.frame(whole.label.clone())?;
    frame.here.clone_from(&here);
    frame.crumbs = vec![
        Link::new(desk.area(declared.area), desk.to(&format!("/areas/{}", declared.area.code()))),
        Link::new(declared.name.get(desk.lang()), desk.to(&format!("/registers/{}", declared.id))),
    ];
    let uncover = desk.viewer.may_reveal(register).then(|| format!("{here}/reveal"));
    let people = desk.viewer.people()?;
    let latest = whole.history.first();
    let open = matches!(record.state, RecordState::Draft | RecordState::Returned);
    let found = if open { desk.viewer.findings(register, record, desk.lang()) } else { Vec::new() };
    let evidence = papers::evidence(desk, register, record, &whole.evidence)?;
    Ok(RecordView {
        state: StateMark::new(desk.words, record.state),
        state_note: match latest {
            None => String::new(),
            Some(version) if version.moved => lines::moved_before(desk, desk.viewer.log_begin()?),
            Some(version) => {
                let day = lines::day(desk, version.at);
                desk.words.t2("record-state-note", "who", people.name(&version.actor), "day", day)
            }
        },
        returned: record.note.clone().filter(|_| record.state == RecordState::Returned),
        actions: steps::actions(desk, register, record, &found, &evidence)?,
        findings: lines::findings(desk, &found),
        lines: lines::lines(desk, register, record, labels, uncover.as_deref(), revealed.as_ref())?,
        copies: lines::copies(desk, register, record, labels),
        examination: examination::result(desk, register, record)?,
        evidence,
        feeds: feeds(desk, register, &whole)?,
        referring: referring(desk, &whole),
        copy: desk.viewer.may_copy(register, id).then(|| format!("{here}/copy")),
        why: why::lines(desk, register, id)?,
        history: steps::history(desk, register, &whole, &people)?,
        frame,
    })
}

/// The figures a verified record counts in, or would if it could be judged.
fn feeds(desk: &Desk, register: usize, whole: &Whole) -> Result<Vec<Feed>, Fault> {
    if whole.record.state != RecordState::Verified || !desk.viewer.may(Operation::ReadFigures) {
        return Ok(Vec::new());
    }
    let feeds = desk.viewer.feeds(register, &whole.record)?;
    let catalog = desk.viewer.catalog();
    let counted = feeds.iter().filter(|feed| feed.role != Role::LeftOut(LeftOut::Condition));
    Ok(counted
        .filter_map(|feed| {
            let indicator = catalog.registers.get(feed.of.register)?.indicators.get(feed.of.indicator)?;
            let year = lines::year_of(feed.page, desk.year).to_string();
            let period = match feed.page {
                jc_app::given::Page::All => String::new(),
                jc_app::given::Page::Of(period) => format!(" · {}", period.label(desk.lang())),
            };
            let share =
                matches!(indicator.formula, jc_catalog::Formula::Share { .. } | jc_catalog::Formula::Quotient { .. });
            let part = match feed.role {
                Role::Numerator(_) if share => "record-part-both",
                Role::Numerator(_) => "record-part-counted",
                Role::DenominatorOnly => "record-part-base",
                Role::LeftOut(_) => "record-part-out",
            };
            Some(Feed {
                label: format!("{}{period}", indicator.name.get(desk.lang())),
                href: crate::show::address(&format!("/figures/{}", indicator.id), [("year", year.as_str())]),
                now: lines::figure(desk, &feed.figure),
                without: lines::figure(desk, &feed.without),
                part: desk.words.t(part),
            })
        })
        .collect())
}

fn referring(desk: &Desk, whole: &Whole) -> Vec<Referring> {
    let catalog = desk.viewer.catalog();
    let one = |(register, field, records): &(usize, usize, Vec<jc_app::given::Record>)| {
        let declared = catalog.registers.get(*register)?;
        let field = declared.fields.get(*field)?;
        let link = |record: &jc_app::given::Record| {
            let label = whole.labels.label(catalog, *register, record, desk.lang());
            Link::new(label, desk.to(&lines::address(declared, record.id)))
        };
        let label = format!("{} · {}", declared.name.get(desk.lang()), field.name.get(desk.lang()));
        Some(Referring { label, records: records.iter().map(link).collect() })
    };
    whole.referring.iter().filter_map(one).collect()
}

/// One record.
#[derive(Debug, Default, Template)]
#[template(path = "screens/record.html")]
pub struct RecordView {
    /// Around the screen; its title is the record's label.
    pub frame: Frame,
    /// Its state.
    pub state: StateMark,
    /// Since when and by whom, in words.
    pub state_note: String,
    /// For a returned record: what the reviewer wrote.
    pub returned: Option<String>,
    /// The next steps for whoever looks, the most likely first.
    pub actions: Vec<Action>,
    /// What the checks say about it now.
    pub findings: Vec<FindingLine>,
    /// Its fields, in the order of the paper form.
    pub lines: Vec<FieldLine>,
    /// What it looks up through references, as of its date.
    pub copies: Vec<FieldLine>,
    /// The result of an examination by its regulation.
    pub examination: Option<examination::ExamResult>,
    /// Its evidence.
    pub evidence: Evidence,
    /// The figures it feeds.
    pub feeds: Vec<Feed>,
    /// The records that refer to it.
    pub referring: Vec<Referring>,
    /// Where one's own copy of all that is held is asked for.
    pub copy: Option<String>,
    /// Why whoever looks sees it, and why fields are covered.
    pub why: Vec<String>,
    /// What happened to it, newest first.
    pub history: Vec<Happening>,
}

/// Records of a register that refer to the one shown.
#[derive(Debug, Default)]
pub struct Referring {
    /// The register and the field they do it by: `竞赛获奖：获奖学生`.
    pub label: String,
    /// The records.
    pub records: Vec<Link>,
}

/// A next step.
#[derive(Debug, Default)]
pub struct Action {
    /// What it does, as a verb.
    pub label: String,
    /// The symbol; may be empty.
    pub icon: &'static str,
    /// Where it leads or is posted.
    pub href: String,
    /// How.
    pub how: How,
    /// Why it cannot be taken now; nothing if it can.
    pub hindered: Option<String>,
    /// The record's version, so that nobody decides on what they did not see.
    pub version: String,
}

/// How a step is taken.
#[derive(Debug, Default, PartialEq, Eq)]
pub enum How {
    /// Opens a screen.
    #[default]
    Open,
    /// Is done at once, and can be undone.
    Do,
    /// Is done at once and is the most likely one.
    DoFirst,
    /// Asks for a reason.
    WithReason,
}

/// A figure the record feeds.
#[derive(Debug, Default)]
pub struct Feed {
    /// The indicator's name.
    pub label: String,
    /// Where its trace is.
    pub href: String,
    /// Its value now, with unit.
    pub now: String,
    /// Its value if the record were withdrawn.
    pub without: String,
    /// What the record is in it: `分子与分母`, `只在分母`.
    pub part: String,
}
