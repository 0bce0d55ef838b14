//! A register 台账 as a list: filter, sort, page, totals, export.

use crate::{
    desk::Desk,
    frame::{Frame, Link},
    gate::{Entry, ReadRecords, Routes, WriteRecords},
    guard::{
        fault::Fault,
        posted::{Asked, Posted},
    },
    parts::{Paging, Pick, RecordTable, Row, Table, page_label},
    show,
    state::AppState,
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use jc_app::{
    browse::{From, Screen},
    given::{ListQuery, Page},
};
use jc_base::{RecordId, RecordState};
use jc_catalog::{Column, Register};

mod wanted;

pub use wanted::Wanted;

/// Records on a screen.
const ROWS: usize = 50;

/// The addresses of this screen.
pub fn routes() -> Routes {
    Routes::new().get("/registers/{register}", list).post("/registers/{register}/submit", submit)
}

async fn list(
    State(state): State<AppState>,
    Path(id): Path<String>,
    entry: Entry<ReadRecords>,
) -> Result<Response, Fault> {
    state.show(entry, move |desk| view(desk, &id)).await
}

/// Hands in the drafts picked, and comes back to the list they were picked from.
async fn submit(
    State(state): State<AppState>,
    Path(id): Path<String>,
    entry: Entry<WriteRecords>,
    posted: Posted,
) -> Result<Response, Fault> {
    let to = state
        .at_desk(entry, move |desk| {
            let (register, declared) = desk.register(&id)?;
            let keeper = desk.app.keeper(desk.person, register)?;
            let picked: Option<Vec<RecordId>> = posted.all("record").map(RecordId::parse).collect();
            let picked = picked.filter(|p| p.len() <= ROWS).ok_or(Fault::Unclear)?;
            let (done, hindered) = keeper.submit_each(&picked, desk.lang())?;
            let hindered = hindered.len().to_string();
            let said = [("done", "submitted"), ("hindered", hindered.as_str())];
            let said: Vec<_> = said
                .into_iter()
                .filter(|(name, value)| if *name == "done" { done > 0 } else { *value != "0" })
                .collect();
            Ok(desk.address(&format!("/registers/{}", declared.id), &["done", "hindered"], &said))
        })
        .await?;
    Ok(Redirect::to(&to).into_response())
}

/// Names in an address that are not conditions.
const PLACES: [&str; 5] = ["after", "before", "from", "done", "hindered"];

fn view(desk: &Desk, id: &str) -> Result<ListView, Fault> {
    let (register, declared) = desk.register(id)?;
    let path = format!("/registers/{}", declared.id);
    let wanted = Wanted::read(desk, register, declared, desk.asked)?;
    let screen = desk.viewer.screen(register, &ListQuery { limit: ROWS, ..wanted.query.clone() }, from(desk.asked)?)?;
    desk.viewer.note_list(register, &screen.records)?;
    let keeps = desk.person.keeps(desk.viewer.catalog(), declared);
    let own = |on: bool, what: &str| on.then(|| desk.to(&format!("{path}/{what}")));
    let export = desk.viewer.may_export(register) && screen.counts.iter().any(|n| *n > 0);
    let mut frame = desk.frame(title(desk, declared, wanted.query.page))?;
    frame.crumbs = crumbs(desk, declared);
    let dense = desk.asked.get("dense") == "1";
    let (density, value) = if dense { ("list-roomy", "") } else { ("list-compact", "1") };
    let without: Vec<&str> = PLACES.into_iter().chain(["dense"]).collect();
    let density = Link::new(
        desk.words.t(density),
        desk.address(&path, if value.is_empty() { &without } else { &PLACES }, &dense_value(value)),
    );
    Ok(ListView {
        frame,
        about: about(desk, declared),
        definition: format!("/catalog/{}", declared.id),
        action: path.clone(),
        kept: wanted.kept(desk),
        q: wanted.query.search.clone(),
        conditions: wanted.conditions(desk, register, declared)?,
        chosen: wanted.chosen.iter().map(|c| c.link(desk, &path)).collect(),
        clear: desk.to(&path),
        hindered: desk.asked.get("hindered").parse().ok().filter(|n: &usize| *n > 0 && *n <= ROWS),
        counts: counts(desk, &path, &wanted, &screen),
        totals_label: match wanted.query.state {
            None => desk.words.t("list-totals-verified"),
            Some(state) => {
                let state = desk.words.t(&format!("state-{}", state.code()));
                desk.words.t1("list-totals-state", "state", state)
            }
        },
        totals: totals(desk, register, declared, &wanted.query)?,
        paging: paging(desk, &path, &screen),
        table: table(desk, register, declared, &wanted, &screen, keeps),
        density,
        actions: ListActions {
            create: own(keeps, "new"),
            coverage: coverage(desk, declared, &path),
            import: own(keeps, "import"),
            template: own(keeps, "template.xlsx"),
            export: export.then(|| desk.address(&format!("{path}/export"), &PLACES, &[])),
            submit: keeps.then(|| desk.address(&format!("{path}/submit"), &["done", "hindered"], &[])),
        },
        filtered: !wanted.chosen.is_empty(),
    })
}

/// The coverage lists of a register and its week, for whoever sees its records.
fn coverage(desk: &Desk, declared: &Register, path: &str) -> Vec<Link> {
    let week = (!jc_app::week::laid_out(declared).is_empty())
        .then(|| Link::new(desk.words.t("week-link"), desk.to(&format!("{path}/week"))));
    let link = |list: &jc_catalog::Coverage| {
        Link::new(list.name.get(desk.lang()), desk.to(&format!("{path}/coverage/{}", list.id)))
    };
    declared.coverage.iter().map(link).chain(week).collect()
}

fn dense_value(value: &str) -> Vec<(&'static str, &str)> {
    if value.is_empty() { Vec::new() } else { vec![("dense", value)] }
}

/// Register and period: `毕业生去向 2024届`.
fn title(desk: &Desk, declared: &Register, page: Option<Page>) -> String {
    let period = page.map_or(String::new(), |page| page_label(page, desk.lang()));
    format!("{} {period}", declared.name.get(desk.lang())).trim_end().to_owned()
}

/// The way up from a register.
pub fn crumbs(desk: &Desk, declared: &Register) -> Vec<Link> {
    let area = declared.area;
    vec![
        Link::new(desk.words.t("nav-registers"), desk.to("/registers")),
        Link::new(desk.area(area), desk.to(&format!("/areas/{}", area.code()))),
    ]
}

fn about(desk: &Desk, declared: &Register) -> String {
    let part = |text: &str| text.to_owned();
    desk.words.with(
        "list-about",
        &[
            ("about", part(declared.about.get(desk.lang()))),
            ("keeper", part(desk.office(declared.kept_by))),
            ("verifier", part(desk.office(declared.verified_by))),
        ],
    )
}

fn from(asked: &Asked) -> Result<From, Fault> {
    let id = |text: &str| RecordId::parse(text).ok_or(Fault::Unclear);
    match (asked.get("after"), asked.get("before")) {
        ("", "") => Ok(From::Start),
        (after, "") => Ok(From::After(id(after)?)),
        (_, before) => Ok(From::Before(id(before)?)),
    }
}

/// How many there are of each state, each with its list.
fn counts(desk: &Desk, path: &str, wanted: &Wanted, screen: &Screen) -> Vec<Link> {
    let states = RecordState::ALL.into_iter().zip(screen.counts).filter(|(_, n)| *n > 0);
    if wanted.query.state.is_some() {
        return Vec::new();
    }
    let link = |(state, n): (RecordState, i64)| {
        let name = desk.words.t(&format!("state-{}", state.code()));
        let text = desk.words.t2("list-count-state", "state", name, "n", show::count(desk.lang(), n));
        Link::new(text, desk.address(path, &PLACES, &[("state", state.code())]))
    };
    states.map(link).collect()
}

fn totals(desk: &Desk, register: usize, declared: &Register, query: &ListQuery) -> Result<Vec<Total>, Fault> {
    let sums = desk.viewer.list_totals(register, query)?.unwrap_or_default();
    let total = |(measure, sum): (usize, jc_base::Ratio)| {
        let measure = declared.measures.get(measure)?;
        let digits = if sum.den() == 1 { 0 } else { measure.digits };
        Some(Total {
            label: measure.name.get(desk.lang()).to_owned(),
            value: show::number(desk.lang(), &sum.print(digits)),
            unit: crate::parts::figure::unit(desk, measure.unit.as_str()),
        })
    };
    Ok(sums.into_iter().filter_map(total).collect())
}

/// The place in the list: which rows these are is carried along in the address, since pages go by key.
fn paging(desk: &Desk, path: &str, screen: &Screen) -> Paging {
    let all: i64 = screen.counts.iter().sum();
    let shown = i64::try_from(screen.records.len()).unwrap_or(0);
    let (words, lang) = (desk.words, desk.lang());
    let known = desk.asked.get("from").parse::<i64>().ok().filter(|n| (1..=all).contains(n));
    let first = if screen.before { known } else { Some(1) };
    let text = match first {
        Some(first) if shown < all => words.with(
            "table-shown",
            &[
                ("all", show::count(lang, all)),
                ("from", show::count(lang, first)),
                ("to", show::count(lang, (first + shown - 1).min(all))),
            ],
        ),
        _ => words.t1("table-shown-all", "all", show::count(lang, all)),
    };
    let to = |name: &'static str, id: Option<&jc_app::given::Record>, at: Option<i64>| {
        let (id, at) = (id?.id.to_string(), at.unwrap_or(0).max(1).to_string());
        Some(desk.address(path, &PLACES, &[(name, id.as_str()), ("from", at.as_str())]))
    };
    let step = i64::try_from(ROWS).unwrap_or(1);
    Paging {
        shown: text,
        first: screen.before.then(|| desk.address(path, &PLACES, &[])),
        previous: if screen.before { to("before", screen.records.first(), first.map(|f| f - step)) } else { None },
        next: if screen.after { to("after", screen.records.last(), first.map(|f| f + shown)) } else { None },
    }
}

fn table(desk: &Desk, register: usize, declared: &Register, wanted: &Wanted, screen: &Screen, keeps: bool) -> Table {
    let columns = RecordTable::new(register, declared);
    let path = format!("/registers/{}", declared.id);
    let sort = |column: Column| {
        let name = RecordTable::name(declared, column);
        if RecordTable::sortable(desk, register, declared, name).is_none() {
            return (None, None);
        }
        let without: Vec<&str> = PLACES.into_iter().chain(["desc"]).collect();
        let own = wanted.query.sort == Some(column);
        let with: &[(&str, &str)] =
            if own && !wanted.query.descending { &[("sort", name), ("desc", "1")] } else { &[("sort", name)] };
        let direction = own.then_some(if wanted.query.descending { "descending" } else { "ascending" });
        (Some(desk.address(&path, &without, with)), direction)
    };
    let open = |state: RecordState| matches!(state, RecordState::Draft | RecordState::Returned);
    let row = |record: &jc_app::given::Record| {
        let mut row = columns.row(desk, record, &screen.labels, String::new());
        if !open(record.state) {
            // Only what is still with the keeper can be picked.
            row = Row { id: String::new(), ..row };
        }
        row
    };
    Table {
        caption: declared.name.get(desk.lang()).to_owned(),
        columns: columns.heads(desk, sort),
        rows: screen.records.iter().map(row).collect(),
        states: true,
        pick: keeps && screen.records.iter().any(|r| open(r.state)),
        compact: desk.asked.get("dense") == "1",
    }
}

/// A register as a list.
#[derive(Debug, Default, Template)]
#[template(path = "screens/list.html")]
pub struct ListView {
    /// Around the screen.
    pub frame: Frame,
    /// What the register is for, who keeps and who verifies it.
    pub about: String,
    /// Its page of the catalog.
    pub definition: String,
    /// This list's address without conditions: where the filter form goes.
    pub action: String,
    /// The year, sorting and the like, kept through the filter form.
    pub kept: Vec<(String, String)>,
    /// What is searched for.
    pub q: String,
    /// The conditions that can be set.
    pub conditions: Vec<Condition>,
    /// The conditions in force, as sentences, each with the address of the list without it.
    pub chosen: Vec<Link>,
    /// This list without any condition.
    pub clear: String,
    /// The records.
    pub table: Table,
    /// How many there are of each state, each with its list.
    pub counts: Vec<Link>,
    /// What the totals are of.
    pub totals_label: String,
    /// Totals of what is shown: measure, value, unit.
    pub totals: Vec<Total>,
    /// How many of the picked drafts could not be handed in.
    pub hindered: Option<usize>,
    /// Where one is.
    pub paging: Paging,
    /// Rows close together, or apart again.
    pub density: Link,
    /// What can be done here; each missing for those who may not.
    pub actions: ListActions,
    /// Whether nothing is here because nothing fits, rather than because nothing was entered.
    pub filtered: bool,
}

/// A total of what is shown.
#[derive(Debug, Default)]
pub struct Total {
    /// The measure's name.
    pub label: String,
    /// As printed.
    pub value: String,
    /// The unit.
    pub unit: String,
}

/// A condition that can be set.
#[derive(Debug, Default)]
pub struct Condition {
    /// The name in the address: `state`, `department`.
    pub name: String,
    /// What it is about.
    pub label: String,
    /// The values; the first, empty one stands for all.
    pub picks: Vec<Pick>,
}

/// What can be done with a list.
#[derive(Debug, Default)]
pub struct ListActions {
    /// The form for a new record.
    pub create: Option<String>,
    /// The coverage lists: who was not yet reached.
    pub coverage: Vec<Link>,
    /// The import.
    pub import: Option<String>,
    /// The template to fill in.
    pub template: Option<String>,
    /// The export of what is shown.
    pub export: Option<String>,
    /// Where picked rows are handed in.
    pub submit: Option<String>,
}
