//! What can be done with a record next, and what was done with it.

use super::{Action, How, Path2, find, lines, refused};
use crate::{
    desk::Desk,
    gate::{Entry, Needs, VerifyRecords, WriteRecords},
    guard::{fault::Fault, posted::Posted},
    parts::{Change, Evidence, Happening},
    show,
    state::AppState,
};
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use jc_app::AppError;
use jc_app::audit::moving::LogBegin;
use jc_app::check_in::checked_in_to;
use jc_app::given::{Correction, Papered, Record};
use jc_app::inbox::{FURTHEST, People};
use jc_app::records::Whole;
use jc_base::{Finding, RecordId, RecordState, finding::has_errors};
use serde::Deserialize;

/// What a step sends.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Request {
    version: String,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    from: String,
}

/// A step.
#[derive(Debug, Clone, Copy)]
enum Step {
    Submit,
    Withdraw,
    Verify,
    GiveBack,
}

/// Hands a record in.
pub async fn submit(
    state: State<AppState>,
    path: Path<Path2>,
    entry: Entry<WriteRecords>,
    posted: Posted,
) -> Result<Response, Fault> {
    take(state, path, entry, posted, Step::Submit).await
}

/// Takes a record back that waits for verification.
pub async fn withdraw(
    state: State<AppState>,
    path: Path<Path2>,
    entry: Entry<WriteRecords>,
    posted: Posted,
) -> Result<Response, Fault> {
    take(state, path, entry, posted, Step::Withdraw).await
}

/// Accepts a record.
pub async fn verify(
    state: State<AppState>,
    path: Path<Path2>,
    entry: Entry<VerifyRecords>,
    posted: Posted,
) -> Result<Response, Fault> {
    take(state, path, entry, posted, Step::Verify).await
}

/// Returns a record to its keeper.
pub async fn give_back(
    state: State<AppState>,
    path: Path<Path2>,
    entry: Entry<VerifyRecords>,
    posted: Posted,
) -> Result<Response, Fault> {
    take(state, path, entry, posted, Step::GiveBack).await
}

async fn take<N: Needs>(
    State(state): State<AppState>,
    Path(path): Path<Path2>,
    entry: Entry<N>,
    posted: Posted,
    step: Step,
) -> Result<Response, Fault> {
    let request: Request = posted.read()?;
    let work = move |desk: &Desk| {
        let (register, id) = find(desk, &path)?;
        let version: i64 = request.version.parse().map_err(|_| Fault::Unclear)?;
        let back = match request.from.as_str() {
            "inbox" => Some(next_in_inbox(desk, id)?),
            "" => None,
            _ => return Err(Fault::Unclear),
        };
        let (app, person, lang) = (desk.app, desk.person, desk.lang());
        let why = (!request.reason.trim().is_empty())
            .then(|| Correction { cause: None, reason: request.reason.trim().to_owned() });
        let (word, taken) = match step {
            Step::Submit => ("submitted", app.keeper(person, register)?.submit(id, version, lang)),
            Step::Withdraw => ("withdrawn", app.keeper(person, register)?.withdraw(id, version)),
            Step::Verify => ("verified", app.verifier(person, register)?.because(why).accept(id, version)),
            Step::GiveBack => ("returned", app.verifier(person, register)?.give_back(id, version, &request.reason)),
        };
        match taken {
            Ok(()) => {}
            Err(AppError::Findings(found)) => return refused(desk, register, id, &found),
            Err(error) => return Err(error.into()),
        }
        let to = match back {
            Some(next) => {
                let chosen = desk.asked.get("register");
                let asked = [("register", chosen), ("at", next.as_str()), ("done", word)];
                show::address("/inbox", asked.into_iter().filter(|(_, value)| !value.is_empty()))
            }
            None => show::address(&lines::address(desk.register(&path.0)?.1, id), [("done", word)]),
        };
        Ok(Redirect::to(&to).into_response())
    };
    state.at_desk(entry, work).await
}

/// The record after this one in the inbox it was decided in; empty at the end.
fn next_in_inbox(desk: &Desk, id: RecordId) -> Result<String, Fault> {
    let chosen = desk.viewer.catalog().find_register(desk.asked.get("register"));
    let inbox = desk.viewer.inbox(chosen, 0, FURTHEST, desk.lang()).map_err(super::hidden)?;
    let after = inbox.waiting.iter().skip_while(|waiting| waiting.record.id != id).nth(1);
    Ok(after.map_or_else(String::new, |waiting| waiting.record.id.to_string()))
}

/// Why a record cannot be accepted by whoever looks; nothing if it can.
pub fn hindrance(desk: &Desk, record: &Record, evidence: &Evidence) -> Option<String> {
    if record.keeper.is_some() && record.keeper == desk.person.account {
        return Some(desk.words.t("record-hindered-own"));
    }
    let lacking: Vec<&str> = evidence.slots.iter().filter(|s| s.lacking).map(|s| s.label.as_str()).collect();
    let and = desk.words.t("value-and");
    (!lacking.is_empty()).then(|| desk.words.t1("record-hindered-evidence", "kinds", lacking.join(&and)))
}

/// The next steps for whoever looks, the most likely first.
pub fn actions(
    desk: &Desk,
    register: usize,
    record: &Record,
    found: &[Finding],
    evidence: &Evidence,
) -> Result<Vec<Action>, Fault> {
    let declared = desk.viewer.catalog().registers.get(register).ok_or(Fault::NotFound)?;
    let here = lines::address(declared, record.id);
    let step = |id: &str, icon, end: &str, how, hindered| Action {
        label: desk.words.t(id),
        icon,
        href: format!("{here}/{end}"),
        how,
        hindered,
        version: record.version.to_string(),
    };
    let mut actions = Vec::new();
    if desk.viewer.verifies(register) && record.state == RecordState::Submitted {
        let hindered = hindrance(desk, record, evidence);
        match desk.viewer.wants_reason(register, record)? {
            true => actions.push(step("record-verify-late", "check", "verify", How::WithReason, hindered)),
            false => actions.push(step("record-verify", "check", "verify", How::DoFirst, hindered)),
        }
        actions.push(step("record-return", "undo-2", "return", How::WithReason, None));
    }
    if desk.viewer.keeps(register) {
        match record.state {
            RecordState::Draft | RecordState::Returned => {
                let hindered = has_errors(found).then(|| desk.words.t("record-hindered-findings"));
                actions.push(step("record-submit", "check", "submit", How::DoFirst, hindered));
                actions.push(step("record-edit", "pencil", "edit", How::Open, None));
            }
            RecordState::Submitted => {
                actions.push(step("record-edit", "pencil", "edit", How::Open, None));
                actions.push(step("record-withdraw", "undo-2", "withdraw", How::Do, None));
            }
            RecordState::Verified => actions.push(step("record-correct", "pencil", "edit", How::Open, None)),
        }
    }
    let participants = checked_in_to(&desk.viewer.catalog().registers, register);
    if participants.first().is_some_and(|participants| desk.viewer.leads(*participants, record)) {
        actions.push(step("gathering-open", "circle-user", "check-in", How::Open, None));
    }
    if desk.viewer.gives_certificate(register, record) {
        actions.push(step("certificate-open", "scroll-text", "certificate", How::Open, None));
    }
    Ok(actions)
}

/// What happened to a record, newest first, each step with what it changed.
pub fn history(desk: &Desk, register: usize, whole: &Whole, people: &People) -> Result<Vec<Happening>, Fault> {
    let versions = &whole.history;
    let any_moved = versions.iter().any(|version| version.moved) || whole.papered.iter().any(|one| one.moved);
    let begin = if any_moved { desk.viewer.log_begin()? } else { None };
    let mut happenings = papered(desk, whole, people, begin);
    for (position, version) in versions.iter().enumerate() {
        let before = versions.get(position + 1);
        let corrected = before.is_some_and(|b| b.record.state == RecordState::Verified);
        let word = match (version.action.as_str(), before.is_some()) {
            ("record.create", _) => "history-created",
            ("record.import", false) => "history-imported",
            ("record.submit", _) => "history-submitted",
            ("record.verify", _) => "history-verified",
            ("record.return", _) => "history-returned",
            ("record.withdraw", _) => "history-withdrawn",
            ("record.import-undo", _) => "history-import-undone",
            ("record.sign-up", _) => "history-signed-up",
            ("record.sign-off", _) => "history-signed-off",
            ("record.check-in", _) => "history-checked-in",
            ("record.check-out", _) => "history-checked-out",
            ("record.confirm", _) => "history-confirmed",
            ("consent.give", _) => "history-consent-given",
            ("consent.withdraw", _) => "history-consent-withdrawn",
            (_, false) => "history-created",
            // What the log does not tell any more, the states do.
            ("", true) if version.moved => match (before.map(|b| b.record.state), version.record.state) {
                (Some(RecordState::Draft | RecordState::Returned), RecordState::Submitted) => "history-submitted",
                (Some(RecordState::Submitted), RecordState::Verified) => "history-verified",
                (Some(RecordState::Submitted), RecordState::Returned) => "history-returned",
                (Some(RecordState::Submitted), RecordState::Draft) => "history-withdrawn",
                _ if corrected => "history-corrected",
                _ => "history-changed",
            },
            _ if corrected => "history-corrected",
            _ => "history-changed",
        };
        let reason = match word {
            "history-corrected" => desk.viewer.reason_of(version.record.seq)?,
            _ => version.record.note.clone().unwrap_or_default(),
        };
        happenings.push((
            version.record.seq,
            Happening {
                what: desk.words.t(word),
                who: people.name(&version.actor).to_owned(),
                when: if version.moved { lines::moved_before(desk, begin) } else { lines::when(version.at) },
                datetime: lines::datetime(version.at),
                reason,
                changes: before.map_or_else(Vec::new, |before| {
                    lines::changes(desk, register, &before.record, &version.record, &whole.labels)
                }),
            },
        ));
    }
    happenings.sort_by_key(|(seq, _)| std::cmp::Reverse(*seq));
    Ok(happenings.into_iter().map(|(_, happening)| happening).collect())
}

/// What was attached to a record and taken off it, each with its place in the log.
fn papered(desk: &Desk, whole: &Whole, people: &People, begin: Option<LogBegin>) -> Vec<(i64, Happening)> {
    let kinds = desk.viewer.catalog().code_list("evidence-kind");
    let one = |papered: &Papered| {
        let code = kinds.and_then(|list| list.find(&papered.kind));
        let field = code.map_or_else(|| papered.kind.clone(), |code| code.name.get(desk.lang()).to_owned());
        let (gone, here) =
            if papered.off { (papered.name.clone(), String::new()) } else { (String::new(), papered.name.clone()) };
        let happening = Happening {
            what: desk.words.t(if papered.off { "history-evidence-removed" } else { "history-evidence-added" }),
            who: people.name(&papered.actor).to_owned(),
            when: if papered.moved { lines::moved_before(desk, begin) } else { lines::when(papered.at) },
            datetime: lines::datetime(papered.at),
            reason: String::new(),
            changes: vec![Change { field, before: gone, after: here }],
        };
        (papered.seq, happening)
    };
    whole.papered.iter().map(one).collect()
}
