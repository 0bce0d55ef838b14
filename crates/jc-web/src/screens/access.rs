//! Who looked at whose private data, when and why: for whoever watches over it.

use super::{export::download, record::lines};
use crate::{
    desk::Desk,
    frame::{Frame, Link},
    gate::{Entry, ReadAccess, Routes},
    guard::fault::Fault,
    parts::Paging,
    show,
    state::AppState,
};
use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use jc_app::access::{Manner, Shown, Wanted};
use jc_app::given::FileKind;
use jc_app::inbox::People;
use jc_base::Date;

/// Entries on a screen.
const SHOWN: usize = 50;

/// The addresses of this screen.
pub fn routes() -> Routes {
    Routes::new().get("/access", access).get("/access/yearly.pdf", yearly)
}

async fn access(State(state): State<AppState>, entry: Entry<ReadAccess>) -> Result<Response, Fault> {
    state.show(entry, view).await
}

async fn yearly(State(state): State<AppState>, entry: Entry<ReadAccess>) -> Result<Response, Fault> {
    let work = |desk: &Desk| {
        let made = desk.viewer.privacy_report(desk.year, desk.lang(), FileKind::Pdf)?;
        Ok(download(&made.name, FileKind::Pdf.media_type(), made.bytes).into_response())
    };
    state.at_desk(entry, work).await
}

fn view(desk: &Desk) -> Result<AccessView, Fault> {
    let asked = |name: &str| desk.asked.get(name).trim().to_owned();
    let (who, whose, from, until) = (asked("who"), asked("whose"), asked("from"), asked("until"));
    let people = desk.viewer.people()?;
    let wanted = Wanted {
        actors: (!who.is_empty()).then(|| people.logins(&who)),
        whose: if whose.is_empty() { None } else { Some(desk.viewer.people_named(&whose)?) },
        from: Date::parse_iso(&from),
        until: Date::parse_iso(&until),
    };
    let before = desk.asked.get("before").parse().ok();
    let found = desk.viewer.accesses(&wanted, before, SHOWN)?;
    let to = |before: String| desk.asked.address("/access", &["done"], &[("before", &before)]);
    Ok(AccessView {
        frame: desk.frame(desk.words.t("access-title"))?,
        report: Link::new(
            desk.words.t1("access-yearly", "year", desk.year),
            show::address("/access/yearly.pdf", [("year", desk.year.to_string().as_str())]),
        ),
        who,
        whose,
        from,
        until,
        moved: super::audit::moved(desk)?,
        paging: Paging {
            shown: desk.words.t1("audit-shown", "n", found.lines.len()),
            first: before.map(|_| desk.asked.address("/access", &["before", "done"], &[])),
            previous: None,
            next: found.next.map(|seq| to(seq.to_string())),
        },
        entries: found.lines.iter().map(|line| one(desk, line, &people)).collect(),
    })
}

fn one(desk: &Desk, shown: &Shown, people: &People) -> AccessEntry {
    let (access, line) = (&shown.access, &shown.access.line);
    let catalog = desk.viewer.catalog();
    let and = desk.words.t("value-and");
    let registers = access.records.iter().filter_map(|(register, _)| catalog.registers.get(*register));
    let mut what: Vec<String> = registers.map(|register| register.name.get(desk.lang()).to_owned()).collect();
    let field = access.detail.get("field").and_then(|field| field.as_str());
    let declared = access.records.first().and_then(|(register, _)| catalog.registers.get(*register));
    let field = field.zip(declared).and_then(|(field, declared)| declared.fields.get(declared.find_field(field)?));
    what.extend(field.map(|field| field.name.get(desk.lang()).to_owned()));
    let named = shown.people.join(&and);
    let whose = match shown.count.saturating_sub(shown.people.len()) {
        0 => named,
        _ => desk.words.t2("access-and-more", "names", named, "n", show::count(desk.lang(), shown.count as i64)),
    };
    let manner = match access.manner {
        Manner::Looked => "access-looked",
        Manner::Revealed => "access-revealed",
        Manner::Taken => "access-taken",
    };
    AccessEntry {
        when: lines::when(line.at),
        datetime: lines::datetime(line.at),
        who: people.name(&line.actor).to_owned(),
        how: desk.words.t(manner),
        whose,
        minors: access.minors() > 0,
        what: what.join(" · "),
        why: access.reason().to_owned(),
        leave: access.approved_by().map(|by| desk.words.t1("access-leave", "who", people.name(by))),
    }
}

/// Who had whose private data.
#[derive(Debug, Default, Template)]
#[template(path = "screens/access.html")]
pub struct AccessView {
    /// Around the screen.
    pub frame: Frame,
    /// The figures of the year as a file.
    pub report: Link,
    /// Whose looks.
    pub who: String,
    /// At whose data.
    pub whose: String,
    /// From this day.
    pub from: String,
    /// Until this day.
    pub until: String,
    /// That older entries were moved; may be empty.
    pub moved: String,
    /// The entries, newest first.
    pub entries: Vec<AccessEntry>,
    /// Where one is.
    pub paging: Paging,
}

/// An entry.
#[derive(Debug, Default)]
pub struct AccessEntry {
    /// When, as read.
    pub when: String,
    /// When, as a program reads it.
    pub datetime: String,
    /// Who.
    pub who: String,
    /// How, in words.
    pub how: String,
    /// At whose data.
    pub whose: String,
    /// Whether minors are among them.
    pub minors: bool,
    /// The register, and the field uncovered.
    pub what: String,
    /// What for; may be empty.
    pub why: String,
    /// Who gave leave, in words.
    pub leave: Option<String>,
}
