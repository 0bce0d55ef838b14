//! The audit log, for reading.

use super::record::{hidden, lines};
use crate::{
    desk::Desk,
    frame::Frame,
    gate::{Entry, ReadAudit, Routes},
    guard::fault::Fault,
    parts::{Paging, Pick},
    show,
    state::AppState,
};
use askama::Template;
use axum::{extract::State, response::Response};
use jc_app::audit::Wanted;
use jc_app::given::AuditLine;
use jc_app::given::Operation;
use jc_app::inbox::People;
use jc_app::refused::STRANGER;
use jc_base::{Date, RecordId};
use serde_json::Value as Json;

/// Entries on a screen.
const SHOWN: usize = 100;

/// The actions that have a name: messages `audit-action-…`, with dashes for dots.
const ACTIONS: &[&str] = &[
    "record.create",
    "record.update",
    "record.import",
    "record.import-undo",
    "record.submit",
    "record.verify",
    "record.return",
    "record.withdraw",
    "record.sign-up",
    "record.sign-off",
    "record.check-in",
    "record.check-out",
    "record.confirm",
    "consent.give",
    "consent.withdraw",
    "list.export",
    "list.refuse",
    "field.reveal",
    "record.view",
    "list.view",
    "evidence.take",
    "access.ask",
    "access.approve",
    "access.refuse",
    "person.copy",
    "data.erase",
    "evidence.attach",
    "growth.view",
    "growth.keep",
    "growth.dossier",
    "evidence.detach",
    "upload.refuse",
    "upload.unscanned",
    "session.open",
    "account.create",
    "account.password",
    "account.password.lost",
    "account.last-day",
    "account.roles",
    "account.ties",
    "account.close",
    "account.open",
    "account.invite",
    "account.factor",
    "account.factor.begin",
    "account.factor.end",
    "account.factor.drop",
    "session.end",
    "sign-in.refuse",
    "permission.refuse",
    "account.link",
    "account.unlink",
    "token.create",
    "token.end",
    "page.close",
    "key.create",
    "text.keep",
    "text.change",
    "text.drop",
    "catalog.apply",
    "school.create",
    "setting.keys-rotate",
    "setting.keys-remove",
    "audit.move",
];

/// The particulars that have a name: messages `audit-detail-…`.
const DETAILS: &[&str] = &[
    "reason", "page", "file", "sheet", "rows", "rejected", "login", "role", "field", "kind", "records", "format",
    "purpose", "query", "count", "program", "times", "token", "user", "address", "found",
];

/// The addresses of this screen.
pub fn routes() -> Routes {
    Routes::new().get("/audit", audit)
}

async fn audit(State(state): State<AppState>, entry: Entry<ReadAudit>) -> Result<Response, Fault> {
    state.show(entry, view).await
}

fn view(desk: &Desk) -> Result<AuditView, Fault> {
    let asked = |name: &str| desk.asked.get(name).to_owned();
    let (kind, who, from, until) = (asked("kind"), asked("who"), asked("from"), asked("until"));
    let people = desk.viewer.people()?;
    let wanted = Wanted {
        action: kind.clone(),
        actors: (!who.trim().is_empty()).then(|| people.logins(who.trim())),
        from: Date::parse_iso(&from),
        until: Date::parse_iso(&until),
    };
    let before = desk.asked.get("before").parse().ok();
    let entries = desk.viewer.audit_entries(&wanted, before, SHOWN).map_err(hidden)?;
    let head = desk.viewer.audit_head().map_err(hidden)?;
    let name = |action: &str| desk.words.t(&format!("audit-action-{}", action.replace('.', "-")));
    let mut kinds = vec![Pick::new("", desk.words.t("list-any"), kind.is_empty())];
    kinds.extend(ACTIONS.iter().map(|action| Pick::new(*action, name(action), *action == kind)));
    let to = |before: String| desk.asked.address("/audit", &["done"], &[("before", &before)]);
    Ok(AuditView {
        frame: desk.frame(desk.words.t("audit-title"))?,
        moved: moved(desk)?,
        chain: head.map_or_else(String::new, |(n, hash)| {
            desk.words.t2("audit-head", "n", show::count(desk.lang(), n), "digest", show::short_digest(&hash))
        }),
        broken: false,
        kinds,
        who,
        from,
        until,
        paging: Paging {
            shown: desk.words.t1("audit-shown", "n", entries.lines.len()),
            first: before.map(|_| desk.asked.address("/audit", &["before", "done"], &[])),
            previous: None,
            next: entries.next.map(|seq| to(seq.to_string())),
        },
        entries: entries.lines.iter().map(|line| one(desk, line, &people)).collect(),
    })
}

/// That older entries stand in parts of their own, and from which day back; nothing where all are here.
pub(super) fn moved(desk: &Desk) -> Result<String, Fault> {
    let begin = desk.viewer.log_begin()?;
    Ok(begin.map_or_else(String::new, |begin| {
        let day = show::day(desk.lang(), begin.day);
        desk.words.t2("audit-moved", "n", show::count(desk.lang(), begin.moved), "day", day)
    }))
}

fn one(desk: &Desk, line: &AuditLine, people: &People) -> AuditEntry {
    let catalog = desk.viewer.catalog();
    let detail: Json = serde_json::from_str(&line.detail).unwrap_or_default();
    let register = catalog.register(&line.object);
    let record = detail.get("record").and_then(Json::as_str).and_then(RecordId::parse);
    let what = match ACTIONS.contains(&line.action.as_str()) {
        true => desk.words.t(&format!("audit-action-{}", line.action.replace('.', "-"))),
        false => line.action.clone(),
    };
    let object = match (register, line.object.as_str()) {
        (Some(register), _) => register.name.get(desk.lang()).to_owned(),
        (None, object @ ("account" | "text" | "search")) => desk.words.t(&format!("audit-object-{object}")),
        (None, object) => object.to_owned(),
    };
    AuditEntry {
        number: show::count(desk.lang(), line.seq),
        when: lines::when(line.at),
        datetime: lines::datetime(line.at),
        who: match line.actor.as_str() {
            STRANGER => desk.words.t("audit-stranger"),
            login => people.name(login).to_owned(),
        },
        what,
        object,
        href: register
            .zip(record)
            .filter(|_| desk.viewer.may(Operation::ReadRecords))
            .map(|(r, id)| lines::address(r, id)),
        note: note(desk, &detail, register),
        refused: false,
        digest: show::short_digest(&line.hash),
    }
}

/// The particulars in words, those that have a name.
fn note(desk: &Desk, detail: &Json, register: Option<&jc_catalog::Register>) -> String {
    let text = |name: &str| match detail.get(name)? {
        Json::String(text) if name == "field" => {
            let field = register.and_then(|r| r.fields.get(r.find_field(text)?));
            Some(field.map_or_else(|| text.clone(), |field| field.name.get(desk.lang()).to_owned()))
        }
        Json::String(text) if name == "role" => {
            let roles = &desk.viewer.catalog().roles;
            let name =
                |id: &str| roles.find(id).map_or_else(|| id.to_owned(), |role| role.name.get(desk.lang()).to_owned());
            Some(text.split(' ').map(name).collect::<Vec<_>>().join(&desk.words.t("value-and")))
        }
        Json::String(text) if name == "kind" => {
            let code = desk.viewer.catalog().code_list("evidence-kind").and_then(|list| list.find(text));
            Some(code.map_or_else(|| text.clone(), |code| code.name.get(desk.lang()).to_owned()))
        }
        Json::String(text) => Some(text.clone()),
        Json::Number(number) => Some(number.to_string()),
        _ => None,
    };
    let said = DETAILS.iter().filter_map(|name| {
        let text = text(name).filter(|text| !text.is_empty())?;
        Some(desk.words.t1(&format!("audit-detail-{name}"), "value", text))
    });
    said.collect::<Vec<_>>().join(" · ")
}

/// The audit log.
#[derive(Debug, Default, Template)]
#[template(path = "screens/audit.html")]
pub struct AuditView {
    /// Around the screen.
    pub frame: Frame,
    /// Whether the chain holds, as last verified; in words.
    pub chain: String,
    /// That older entries were moved; may be empty.
    pub moved: String,
    /// Whether it does not.
    pub broken: bool,
    /// The kinds of action to choose from; the first, empty one stands for all.
    pub kinds: Vec<Pick>,
    /// Whose actions.
    pub who: String,
    /// From this day.
    pub from: String,
    /// Until this day.
    pub until: String,
    /// The entries, newest first.
    pub entries: Vec<AuditEntry>,
    /// Where one is.
    pub paging: Paging,
}

/// One entry of the log.
#[derive(Debug, Default)]
pub struct AuditEntry {
    /// Its number in the chain.
    pub number: String,
    /// When, as read.
    pub when: String,
    /// When, as a program reads it.
    pub datetime: String,
    /// Who, with the address.
    pub who: String,
    /// What was done, in words.
    pub what: String,
    /// To what.
    pub object: String,
    /// Where that is, if it can be opened.
    pub href: Option<String>,
    /// The reason or the outcome; may be empty.
    pub note: String,
    /// Whether it was refused.
    pub refused: bool,
    /// The digest, shortened.
    pub digest: String,
}
