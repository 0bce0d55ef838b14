//! Search over everything: people, records, figures, screens.

use crate::{
    desk::Desk,
    frame::{Frame, Link},
    gate::{Entry, Routes, SignedIn},
    guard::fault::Fault,
    parts::{RecordTable, figure::unit},
    show,
    state::AppState,
};
use askama::Template;
use axum::{extract::State, response::Response};
use jc_app::browse::{Hits, matches};
use jc_app::given::Operation;
use jc_catalog::Register;

/// Hits of one kind on the screen.
const HITS: usize = 6;

/// The addresses of this screen.
pub fn routes() -> Routes {
    Routes::new().get("/search", search)
}

async fn search(State(state): State<AppState>, entry: Entry<SignedIn>) -> Result<Response, Fault> {
    state.show(entry, view).await
}

fn view(desk: &Desk) -> Result<SearchView, Fault> {
    let q: String = desk.asked.get("q").trim().chars().take(100).collect();
    let mut groups = Vec::new();
    if !q.is_empty() {
        let found = if desk.viewer.may(Operation::ReadRecords) { desk.viewer.search(&q, HITS)? } else { Vec::new() };
        // Who was found was seen, as on a list.
        let lists: Vec<_> = found.iter().map(|hits| (hits.register, hits.records.as_slice())).collect();
        desk.viewer.note_found(&lists)?;
        let (people, others): (Vec<_>, Vec<_>) = found.iter().partition(|hits| desk.viewer.of_people(hits.register));
        groups.extend(people.into_iter().filter_map(|hits| records(desk, &q, hits)));
        if desk.viewer.may(Operation::ReadFigures) {
            groups.extend(figures(desk, &q)?);
        }
        groups.extend(screens(desk, &q));
        groups.extend(others.into_iter().filter_map(|hits| records(desk, &q, hits)));
    }
    let number = desk.asked.get("typed") == "number";
    Ok(SearchView { frame: desk.frame(desk.words.t("search-title"))?, q, number, groups })
}

fn records(desk: &Desk, q: &str, hits: &Hits) -> Option<FoundGroup> {
    let declared = desk.viewer.catalog().registers.get(hits.register)?;
    let columns = RecordTable::new(hits.register, declared);
    let found = hits.records.iter().map(|record| {
        let row = columns.row(desk, record, &hits.labels, String::new());
        let about = columns.about(desk, record, &hits.labels);
        Found { label: row.name().to_owned(), href: row.href.unwrap_or_default(), about }
    });
    let shown = i64::try_from(hits.records.len()).unwrap_or(0);
    let year = desk.year.to_string();
    let all: &[(&str, &str)] = if declared.period_kind().is_some() { &[("page", "all")] } else { &[] };
    let query = [("year", year.as_str()), ("q", q)].into_iter().chain(all.iter().copied());
    let more = Link::new(
        desk.words.t1("search-more", "n", show::count(desk.lang(), hits.all)),
        show::address(&format!("/registers/{}", declared.id), query),
    );
    Some(FoundGroup {
        name: declared.name.get(desk.lang()).to_owned(),
        hits: found.collect(),
        more: (hits.all > shown).then_some(more),
    })
}

fn figures(desk: &Desk, q: &str) -> Result<Option<FoundGroup>, Fault> {
    let meant = |register: usize, indicator: usize| {
        let indicator = desk.viewer.catalog().registers.get(register)?.indicators.get(indicator)?;
        let names = [&indicator.name.zh, &indicator.name.en, &indicator.name.de];
        let fits = names.into_iter().chain(&indicator.words).any(|name| matches(q, name));
        fits.then_some(indicator)
    };
    let of: Vec<_> = jc_app::figures::indicators(desk.viewer.catalog())
        .filter_map(|of| Some((of, meant(of.register, of.indicator)?)))
        .collect();
    let mut hits = Vec::new();
    for (of, indicator) in of.iter().take(HITS) {
        let register = desk.viewer.catalog().registers.get(of.register).ok_or(Fault::NotFound)?;
        let page = jc_app::given::Page::reported_in(register, desk.year);
        let figure = desk.viewer.figure(*of, page)?.figure;
        let value = figure
            .printed()
            .map(|plain| show::with_unit(&show::number(desk.lang(), &plain), &unit(desk, figure.unit.as_str())));
        let period = crate::parts::page_label(page, desk.lang());
        let about: Vec<String> = [Some(period), value].into_iter().flatten().filter(|t| !t.is_empty()).collect();
        hits.push(Found {
            label: indicator.name.get(desk.lang()).to_owned(),
            href: desk.to(&format!("/figures/{}", indicator.id)),
            about: about.join(" · "),
        });
    }
    let year = desk.year.to_string();
    let more = (of.len() > HITS).then(|| {
        let to = show::address("/figures", [("year", year.as_str()), ("q", q)]);
        Link::new(desk.words.t1("search-more", "n", of.len()), to)
    });
    Ok((!hits.is_empty()).then(|| FoundGroup { name: desk.words.t("search-figures"), hits, more }))
}

/// Registers and main places by their names.
fn screens(desk: &Desk, q: &str) -> Option<FoundGroup> {
    const PLACES: [(&str, &str); 7] = [
        ("nav-sheet", "/"),
        ("nav-registers", "/registers"),
        ("nav-figures", "/figures"),
        ("nav-inbox", "/inbox"),
        ("nav-check", "/check"),
        ("nav-catalog", "/catalog"),
        ("frame-account", "/account"),
    ];
    let named = |r: &&Register| [&r.name.zh, &r.name.en, &r.name.de].into_iter().any(|name| matches(q, name));
    let registers = desk.viewer.catalog().registers.iter().filter(named).map(|r| Found {
        label: r.name.get(desk.lang()).to_owned(),
        href: desk.to(&format!("/registers/{}", r.id)),
        about: desk.area(r.area),
    });
    let places = PLACES.into_iter().map(|(id, to)| (desk.words.t(id), to)).filter(|(name, _)| matches(q, name));
    let places = places.map(|(label, to)| Found { label, href: desk.to(to), about: String::new() });
    let hits: Vec<Found> = registers.chain(places).collect();
    (!hits.is_empty()).then(|| FoundGroup { name: desk.words.t("search-screens"), hits, more: None })
}

/// What was found.
#[derive(Debug, Default, Template)]
#[template(path = "screens/search.html")]
pub struct SearchView {
    /// Around the screen.
    pub frame: Frame,
    /// What was searched for; empty before.
    pub q: String,
    /// Whether a full identity number was typed, which is not searched for.
    pub number: bool,
    /// What was found, by kind.
    pub groups: Vec<FoundGroup>,
}

/// Hits of one kind.
#[derive(Debug, Default)]
pub struct FoundGroup {
    /// The kind: a register, figures, screens.
    pub name: String,
    /// The hits, best first.
    pub hits: Vec<Found>,
    /// All hits of this kind: label and address; empty if all are shown.
    pub more: Option<crate::frame::Link>,
}

/// A hit.
#[derive(Debug, Default)]
pub struct Found {
    /// What it is called.
    pub label: String,
    /// Where it is.
    pub href: String,
    /// What tells it from others of its name: class, period, value; may be empty.
    pub about: String,
}
