//! The inbox: reminders, and what waits for verification: list left, record and evidence right. Decisions are posted to
//! the record.

mod reminders;

pub use reminders::ReminderRow;

use super::record::{hidden, lines, papers, steps};
use crate::{
    desk::Desk,
    frame::{Choice, Frame},
    gate::{Entry, ReadInbox, Routes},
    guard::fault::Fault,
    parts::{Change, Evidence, FieldLine, FindingLine, Paging},
    show,
    state::AppState,
};
use askama::Template;
use axum::{extract::State, response::Response};
use jc_app::given::Operation;
use jc_app::inbox::{Inbox, People, Waiting};
use jc_base::{RecordId, RecordState};

/// Records on a screen.
const SHOWN: usize = 50;

/// The addresses of this screen.
pub fn routes() -> Routes {
    Routes::new().get("/inbox", inbox)
}

async fn inbox(State(state): State<AppState>, entry: Entry<ReadInbox>) -> Result<Response, Fault> {
    state.show(entry, view).await
}

fn view(desk: &Desk) -> Result<InboxView, Fault> {
    let chosen = desk.asked.get("register");
    let register = if chosen.is_empty() { None } else { Some(desk.register(chosen)?.0) };
    let from = desk.asked.get("from").parse().unwrap_or(0);
    let inbox = desk.viewer.inbox(register, from, SHOWN, desk.lang()).map_err(hidden)?;
    let people = desk.viewer.people()?;
    let at = RecordId::parse(desk.asked.get("at"));
    let position = at.and_then(|at| inbox.waiting.iter().position(|w| w.record.id == at)).unwrap_or(0);
    let open = match inbox.waiting.get(position) {
        Some(waiting) => Some(open(desk, &inbox, waiting, position, from, &people)?),
        None => None,
    };
    let item = |(at, waiting): (usize, &Waiting)| InboxItem {
        href: at_record(desk, waiting.record.id),
        title: waiting.label.clone(),
        register: register_name(desk, waiting.register),
        meta: meta(desk, waiting, &people),
        current: at == position,
    };
    let verifies = desk.viewer.may(Operation::VerifyRecords);
    // Whoever leafs through what waits has seen the reminders.
    let begins = chosen.is_empty() && at.is_none() && from == 0;
    let (reminders, more_reminders) = if begins { reminders::rows(desk)? } else { Default::default() };
    Ok(InboxView {
        frame: desk.frame(desk.words.t(if verifies { "inbox-title" } else { "remind-title" }))?,
        about: if verifies {
            desk.words.t1("inbox-about", "n", show::count(desk.lang(), inbox.all))
        } else {
            String::new()
        },
        verifies,
        reminders,
        more_reminders,
        registers: registers(desk, &inbox, register),
        items: inbox.waiting.iter().enumerate().map(item).collect(),
        paging: paging(desk, &inbox, from),
        open,
    })
}

/// This screen with a record in hand.
fn at_record(desk: &Desk, id: RecordId) -> String {
    desk.asked.address("/inbox", &["done"], &[("at", &id.to_string())])
}

fn register_name(desk: &Desk, register: usize) -> String {
    let declared = desk.viewer.catalog().registers.get(register);
    declared.map_or_else(String::new, |declared| declared.name.get(desk.lang()).to_owned())
}

fn meta(desk: &Desk, waiting: &Waiting, people: &People) -> String {
    if waiting.by.is_empty() {
        return lines::moved_before(desk, desk.viewer.log_begin().unwrap_or_default());
    }
    desk.words.t2("inbox-meta", "who", people.name(&waiting.by), "day", lines::day(desk, waiting.at))
}

fn registers(desk: &Desk, inbox: &Inbox, chosen: Option<usize>) -> Vec<Choice> {
    let without = ["register", "at", "from", "done"];
    let all: i64 = inbox.counts.iter().map(|(_, n)| n).sum();
    let mut out = vec![Choice {
        label: desk.words.t("inbox-all"),
        href: desk.asked.address("/inbox", &without, &[]),
        count: Some(show::count(desk.lang(), all)),
        current: chosen.is_none(),
    }];
    for (register, n) in &inbox.counts {
        let Some(declared) = desk.viewer.catalog().registers.get(*register) else { continue };
        out.push(Choice {
            label: declared.name.get(desk.lang()).to_owned(),
            href: desk.asked.address("/inbox", &without[1..], &[("register", declared.id.as_str())]),
            count: Some(show::count(desk.lang(), *n)),
            current: chosen == Some(*register),
        });
    }
    out
}

fn paging(desk: &Desk, inbox: &Inbox, from: usize) -> Paging {
    let until = from + inbox.waiting.len();
    let all = usize::try_from(inbox.all).unwrap_or(usize::MAX);
    let to = |from: usize| desk.asked.address("/inbox", &["at", "done"], &[("from", &from.to_string())]);
    let shown = if from == 0 && until == all {
        desk.words.t1("table-shown-all", "all", show::count(desk.lang(), inbox.all))
    } else {
        let from = (from + 1).to_string();
        let all = show::count(desk.lang(), inbox.all);
        desk.words.with("table-shown", &[("from", from), ("to", until.to_string()), ("all", all)])
    };
    Paging {
        shown,
        first: None,
        previous: (from > 0).then(|| to(from.saturating_sub(SHOWN))),
        next: (until < all && until <= jc_app::inbox::FURTHEST).then(|| to(until)),
    }
}

/// The record in hand.
fn open(
    desk: &Desk,
    inbox: &Inbox,
    waiting: &Waiting,
    position: usize,
    from: usize,
    people: &People,
) -> Result<InboxRecord, Fault> {
    let (register, lang) = (waiting.register, desk.lang());
    let whole = desk.viewer.whole(register, waiting.record.id, lang).map_err(hidden)?;
    let declared = desk.viewer.catalog().registers.get(register).ok_or(Fault::NotFound)?;
    let (record, labels) = (&whole.record, &whole.labels);
    desk.viewer.note_look(register, record)?;
    let evidence = papers::evidence(desk, register, record, &whole.evidence)?;
    let here = lines::address(declared, record.id);
    let chosen = [("register", desk.asked.get("register"))];
    let post = |end: &str| show::address(&format!("{here}/{end}"), chosen.into_iter().filter(|(_, v)| !v.is_empty()));
    // What was verified before is held against that; everything else is looked at as a whole.
    let verified = whole.history.iter().find(|version| version.record.state == RecordState::Verified);
    let changes = verified.map(|before| lines::changes(desk, register, &before.record, record, labels));
    let kinds = if declared.evidence.is_empty() { &["inbox-reason-name"][..] } else { &REASONS };
    let found = desk.viewer.findings(register, record, lang);
    let reveal = desk.viewer.may_reveal(register).then(|| format!("{here}/reveal"));
    let after = inbox.waiting.get(position + 1);
    Ok(InboxRecord {
        title: whole.label.clone(),
        meta: format!("{} · {}", declared.name.get(lang), meta(desk, waiting, people)),
        position: format!("{} / {}", from + position + 1, show::count(lang, inbox.all)),
        changes: changes.unwrap_or_default(),
        findings: lines::findings(desk, &found),
        lines: lines::lines(desk, register, record, labels, reveal.as_deref(), None)?,
        hindered: steps::hindrance(desk, record, &evidence),
        late: desk.viewer.wants_reason(register, record)?,
        evidence,
        version: record.version.to_string(),
        accept: post("verify"),
        give_back: post("return"),
        reasons: kinds.iter().map(|id| desk.words.t(id)).collect(),
        skip: after.map(|after| at_record(desk, after.record.id)),
        href: here,
    })
}

/// Reasons often given.
const REASONS: [&str; 3] = ["inbox-reason-evidence", "inbox-reason-date", "inbox-reason-name"];

/// What waits for the reviewer.
#[derive(Debug, Default, Template)]
#[template(path = "screens/inbox.html")]
pub struct InboxView {
    /// Around the screen.
    pub frame: Frame,
    /// How much waits, in words; empty for whoever verifies nothing.
    pub about: String,
    /// Whether whoever looks verifies anything.
    pub verifies: bool,
    /// What is not to be forgotten, the most urgent first.
    pub reminders: Vec<ReminderRow>,
    /// That there is more than is listed.
    pub more_reminders: Option<String>,
    /// The registers with something to verify, "all" first.
    pub registers: Vec<Choice>,
    /// What waits, oldest first.
    pub items: Vec<InboxItem>,
    /// Where one is in a long list.
    pub paging: Paging,
    /// The record in hand.
    pub open: Option<InboxRecord>,
}

/// A record that waits.
#[derive(Debug, Default)]
pub struct InboxItem {
    /// Opens it here.
    pub href: String,
    /// The record's label.
    pub title: String,
    /// The register.
    pub register: String,
    /// Who handed it in and when, in words.
    pub meta: String,
    /// Whether it is the one in hand.
    pub current: bool,
}

/// The record in hand.
#[derive(Debug, Default)]
pub struct InboxRecord {
    /// The record's label.
    pub title: String,
    /// Its own screen.
    pub href: String,
    /// Register, who handed it in and when, in words.
    pub meta: String,
    /// `3 / 37`
    pub position: String,
    /// For a correction of something verified before: what changed since.
    pub changes: Vec<Change>,
    /// What the checks say about it.
    pub findings: Vec<FindingLine>,
    /// Its fields.
    pub lines: Vec<FieldLine>,
    /// Its evidence.
    pub evidence: Evidence,
    /// The version shown: nobody accepts what they did not see.
    pub version: String,
    /// Where accepting is posted.
    pub accept: String,
    /// Whether accepting it changes a closed page, so that a reason is asked for.
    pub late: bool,
    /// Why it cannot be accepted: one's own record, evidence lacking.
    pub hindered: Option<String>,
    /// Where returning is posted.
    pub give_back: String,
    /// Reasons often given in this register.
    pub reasons: Vec<String>,
    /// The next record, without deciding.
    pub skip: Option<String>,
}
