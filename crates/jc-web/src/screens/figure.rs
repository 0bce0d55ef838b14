//! A figure 数字 and its trace 溯源: definition, sum, pages, records.

use crate::{
    desk::Desk,
    frame::{Choice, Frame, Link},
    gate::{Entry, ReadFigures, Routes},
    guard::fault::Fault,
    parts::{FigureState, Paging, RecordTable, Table, figure::unit, page_label},
    show,
    state::AppState,
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use jc_app::given::Operation;
use jc_app::{
    browse::Sources,
    figures::{Compared, IndicatorRef, Part},
    given::{Figure, FigureValue, LeftOut, NoValue, Page, Role},
};
use jc_catalog::{Column, Formula, Indicator, Register, Rule};

mod day;
mod definitions;
mod restated;
mod split;
mod sum;
mod view;

pub use day::DayBlock;
pub use definitions::{DefinitionLine, line as definition_line};
pub use restated::RestatedBlock;
pub use view::{FigureView, PageLine, SliceRow, SliceTable, SumPart, YearBar, YearLine, bars};

/// Records of a trace on a screen.
const ROWS: usize = 20;
/// Names in the address that place the screen within the records of a figure.
const WITHIN: [&str; 3] = ["records", "from", "done"];

/// The addresses of this screen.
pub fn routes() -> Routes {
    Routes::new().get("/figures/{indicator}", figure)
}

async fn figure(
    State(state): State<AppState>,
    Path(id): Path<String>,
    entry: Entry<ReadFigures>,
) -> Result<Response, Fault> {
    state.show(entry, move |desk| view(desk, &id)).await
}

/// What the screen is about: an indicator on a page, perhaps one slice of it.
struct About<'a> {
    of: IndicatorRef,
    register: &'a Register,
    indicator: &'a Indicator,
    page: Page,
    /// The slice's id, column, name, and the value's text and label.
    slice: Option<Slice<'a>>,
}

struct Slice<'a> {
    id: &'a str,
    name: &'a str,
    column: Column,
    text: String,
    label: String,
}

impl About<'_> {
    fn path(&self) -> String {
        format!("/figures/{}", self.indicator.id)
    }

    /// The address of this figure on a page, whole.
    fn on(&self, desk: &Desk, page: Page) -> String {
        let usual = Page::reported_in(self.register, desk.year) == page;
        let (year, code) = (desk.year.to_string(), page.to_string());
        let place: &[(&str, &str)] = if usual { &[] } else { &[("page", &code)] };
        show::address(&self.path(), [("year", year.as_str())].into_iter().chain(place.iter().copied()))
    }
}

fn about<'a>(desk: &'a Desk, id: &str) -> Result<About<'a>, Fault> {
    let of = desk.viewer.indicator(id)?;
    let register = desk.viewer.catalog().registers.get(of.register).ok_or(Fault::NotFound)?;
    let indicator = register.indicators.get(of.indicator).ok_or(Fault::NotFound)?;
    let page = match desk.asked.get("page") {
        "" => Page::reported_in(register, desk.year),
        code => Page::parse(register, code).ok_or(Fault::Unclear)?,
    };
    let slice = match desk.asked.get("slice") {
        "" => None,
        asked => {
            let (id, text) = asked.split_once(':').ok_or(Fault::Unclear)?;
            let slice = register.slices.iter().find(|s| s.id == id).ok_or(Fault::Unclear)?;
            // A slice is called as the figure's own table calls it; one the figure does not have is not there.
            let all = desk.viewer.slices(of, page, &slice.id, desk.lang())?;
            let own = all.into_iter().find(|(value, _, _)| value == text);
            let (_, label, _) = own.ok_or(Fault::NotFound)?;
            let label = if label.is_empty() { desk.words.t("value-missing") } else { label };
            let name = slice.name.get(desk.lang());
            Some(Slice { id: &slice.id, name, column: slice.column, text: text.to_owned(), label })
        }
    };
    Ok(About { of, register, indicator, page, slice })
}

fn view(desk: &Desk, id: &str) -> Result<FigureView, Fault> {
    let about = about(desk, id)?;
    let whole = desk.viewer.figure(about.of, about.page)?;
    let compared = match &about.slice {
        None => whole,
        Some(slice) => {
            let all = desk.viewer.slices(about.of, about.page, slice.id, desk.lang())?;
            let own = all.into_iter().find(|(text, _, _)| *text == slice.text).map(|(_, _, figure)| figure);
            Compared {
                of: about.of,
                figure: own.ok_or(Fault::NotFound)?,
                before: None,
                sealed: None,
                sealed_before: None,
            }
        }
    };
    let unproved = desk.viewer.unproved_on(about.of, about.page)?;
    let state = FigureState::of(&compared, unproved);
    let (wanted, from) = asked_part(desk)?;
    let sources = if desk.viewer.may(Operation::ReadRecords) {
        let slice = about.slice.as_ref().map(|s| (s.column, s.text.as_str()));
        Some(desk.viewer.sources(about.of, about.page, slice, wanted, (from, ROWS))?)
    } else {
        None
    };
    let mut view = FigureView {
        frame: frame(desk, &about)?,
        definition: definition(desk, &about, &compared.figure),
        catalog: format!("/catalog/{}#{}", about.register.id, about.indicator.id),
        sum: sum::sum(desk, &about, &compared.figure, sources.as_ref()),
        missing: missing(desk, &compared.figure),
        state,
        state_text: state_text(desk, &compared.figure, state, unproved),
        unknown: unknown(desk, &compared.figure),
        pages: pages(desk, &about)?,
        definitions: if about.slice.is_none() { definitions::lines(desk, &about)? } else { Vec::new() },
        which: show::address(
            "/figures/which",
            [("year", desk.year.to_string().as_str()), ("indicator", about.indicator.id.as_str())],
        ),
        whole: about.slice.as_ref().map(|slice| {
            let chosen = desk.words.t2("list-condition", "field", slice.name, "value", &slice.label);
            (chosen, Link::new(desk.words.t("figure-whole"), about.on(desk, about.page)))
        }),
        ..FigureView::default()
    };
    if let Some(sources) = &sources {
        view.outside = (sources.outside > 0).then(|| {
            desk.words.t1("figure-outside", "n", show::count(desk.lang(), i64::try_from(sources.outside).unwrap_or(0)))
        });
        view.tabs = tabs(desk, &about, sources, wanted);
        view.table = table(desk, &about, sources);
        view.paging = paging(desk, &about, sources, wanted, from);
    }
    if about.slice.is_none() {
        view.day = day::block(desk, &about)?;
        view.restated = restated::block(desk, &about, &compared)?;
        view.slices = split::slices(desk, &about, sources.as_ref())?;
        (view.years, view.bars) = split::years(desk, &about)?;
    }
    Ok(view)
}

fn frame(desk: &Desk, about: &About) -> Result<Frame, Fault> {
    let parts = [
        about.indicator.name.get(desk.lang()).to_owned(),
        page_label(about.page, desk.lang()),
        about.slice.as_ref().map(|s| s.label.clone()).unwrap_or_default(),
    ];
    let title: Vec<&str> = parts.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    let mut frame = desk.frame(title.join(" "))?;
    let area = about.register.area;
    frame.crumbs = vec![
        Link::new(desk.words.t("nav-sheet"), desk.to("/")),
        Link::new(desk.area(area), desk.to(&format!("/areas/{}", area.code()))),
    ];
    Ok(frame)
}

/// The definition that the figure shown goes by: on a page of another time it may be an older one.
fn definition(desk: &Desk, about: &About, figure: &Figure) -> Vec<(String, String)> {
    let words = desk.words;
    let settled = about.register.indicators.iter().find(|indicator| indicator.id == figure.indicator);
    let indicator = settled.unwrap_or(about.indicator);
    let authority = indicator.definition.as_ref().map_or_else(String::new, |definition| {
        let parts = [definition.authority.get(desk.lang()).to_owned(), definitions::when(desk, definition)];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
    });
    let unit = unit(desk, indicator.unit.as_str());
    let lines = [
        ("figure-define-what", indicator.about.get(desk.lang()).to_owned()),
        (
            "figure-define-rule",
            rule(about.register, indicator).map_or_else(String::new, |r| r.name.get(desk.lang()).to_owned()),
        ),
        ("doc-authority", authority),
        ("figure-define-source", source(desk, &indicator.source)),
        ("figure-define-unit", words.t2("figure-define-places", "unit", unit, "n", indicator.decimals)),
        ("figure-define-missing", indicator.missing.clone()),
    ];
    lines.into_iter().filter(|(_, text)| !text.is_empty()).map(|(id, text)| (words.t(id), text)).collect()
}

/// The counting rule an indicator follows.
fn rule<'r>(register: &'r Register, indicator: &Indicator) -> Option<&'r Rule> {
    let measure = match indicator.formula {
        Formula::Total(position) | Formula::Growth(position) | Formula::Highest { reach: position, .. } => position,
        Formula::Share { part, .. } => part,
        Formula::Quotient { over, .. } => over,
        Formula::Common { .. } => return None,
    };
    register.rules.get(register.measures.get(measure)?.rule?)
}

/// Where a definition comes from: document, clause, when someone last looked.
pub fn source(desk: &Desk, source: &jc_catalog::model::Source) -> String {
    let checked = source.checked.map(|day| desk.words.t1("doc-checked", "day", day));
    let parts = [source.document.clone(), source.clause.clone(), checked.unwrap_or_default()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

fn missing(desk: &Desk, figure: &Figure) -> Option<String> {
    let FigureValue::Missing(why) = figure.value else { return None };
    let id = match why {
        NoValue::NoRecords => "figure-missing-no-records",
        NoValue::NoBase => "figure-missing-no-base",
        NoValue::NothingBefore => "figure-missing-last-year",
        NoValue::Unknown => "figure-missing-unknown",
        NoValue::Differs => "figure-missing-differs",
        NoValue::Overflow => "figure-missing-overflow",
    };
    Some(desk.words.t(id))
}

fn state_text(desk: &Desk, figure: &Figure, state: FigureState, unproved: i64) -> String {
    let count = |n: i64| show::count(desk.lang(), n);
    let verified = desk.words.t1("figure-state-all-verified", "n", count(figure.verified));
    let pending = desk.words.t1("figure-state-pending", "n", count(figure.pending));
    match state {
        FigureState::Verified => verified,
        FigureState::Missing if figure.pending > 0 => pending,
        FigureState::Missing | FigureState::Pending => state.text(desk, figure.pending, unproved),
        FigureState::Unproved if figure.pending > 0 => {
            format!("{} · {pending}", state.text(desk, figure.pending, unproved))
        }
        FigureState::Unproved => state.text(desk, figure.pending, unproved),
    }
}

fn unknown(desk: &Desk, figure: &Figure) -> String {
    match figure.unknown {
        0 => String::new(),
        n => desk.words.t1("figure-unknown", "n", show::count(desk.lang(), n)),
    }
}

/// The page, and for a growth the one a year before.
fn pages(desk: &Desk, about: &About) -> Result<Vec<PageLine>, Fault> {
    let infos = desk.viewer.pages(about.of.register)?;
    let before = match about.indicator.formula {
        Formula::Growth(_) => about.page.a_year_before(),
        _ => None,
    };
    let mut seals = Vec::new();
    for page in before.into_iter().chain([about.page]) {
        seals.extend(desk.viewer.seal(about.of.register, page)?.map(|closed| (page, closed)));
    }
    let line = |page: Page| {
        let info = infos.iter().find(|info| info.page == page);
        let version = info.map(|i| {
            desk.words.t2("figure-page-version", "version", i.version, "n", show::count(desk.lang(), i.records))
        });
        let digest = info.map(|i| i.digest.clone()).unwrap_or_default();
        let period = page_label(page, desk.lang());
        let name = about.register.name.get(desk.lang());
        let (code, year) = (page.to_string(), desk.year.to_string());
        let usual = Page::reported_in(about.register, desk.year) == page;
        let place: &[(&str, &str)] = if usual { &[] } else { &[("page", &code)] };
        let query = [("year", year.as_str())].into_iter().chain(place.iter().copied());
        PageLine {
            label: if period.is_empty() { name.to_owned() } else { format!("{name} · {period}") },
            href: show::address(&format!("/registers/{}", about.register.id), query),
            version: version.unwrap_or_else(|| desk.words.t("figure-page-unwritten")),
            digest: show::short_digest(&digest),
            digest_full: digest,
            sealed: seals.iter().find(|(of, _)| *of == page).map(|(_, closed)| {
                let day = show::day(desk.lang(), closed.signed.seal.at.local_date(jc_app::app::ZONE_HOURS));
                desk.words.t1("figure-sealed", "day", day)
            }),
        }
    };
    Ok(before.into_iter().chain([about.page]).map(line).collect())
}

fn asked_part(desk: &Desk) -> Result<(Part, usize), Fault> {
    let part = match desk.asked.get("records") {
        "" | "numerator" => Part::Numerator,
        "denominator" => Part::DenominatorOnly,
        "left-out" => Part::LeftOut,
        _ => return Err(Fault::Unclear),
    };
    let from = match desk.asked.get("from") {
        "" => 0,
        text => text.parse::<usize>().map_err(|_| Fault::Unclear)?,
    };
    Ok((part, from))
}

fn word(part: Part) -> &'static str {
    match part {
        Part::Numerator => "numerator",
        Part::DenominatorOnly => "denominator",
        Part::LeftOut => "left-out",
    }
}

fn tabs(desk: &Desk, about: &About, sources: &Sources, wanted: Part) -> Vec<Choice> {
    let fraction = matches!(about.indicator.formula, Formula::Share { .. } | Formula::Quotient { .. });
    let [numerator, denominator, left_out] = sources.counts;
    let tab = |id: &str, part: Part, n: usize| Choice {
        label: desk.words.t(id),
        href: desk.address(&about.path(), &WITHIN, &[("records", word(part))]),
        count: Some(show::number(desk.lang(), &n.to_string())),
        current: part == wanted,
    };
    let first = if fraction { "figure-tab-numerator" } else { "figure-tab-counted" };
    let mut tabs = vec![tab(first, Part::Numerator, numerator)];
    if fraction {
        tabs.push(tab("figure-tab-denominator", Part::DenominatorOnly, denominator));
    }
    tabs.push(tab("figure-tab-left-out", Part::LeftOut, left_out));
    tabs
}

fn table(desk: &Desk, about: &About, sources: &Sources) -> Table {
    let columns = RecordTable::new(about.of.register, about.register);
    let reason = |role: Role| match role {
        Role::LeftOut(LeftOut::Condition) => desk.words.t("left-out-condition"),
        Role::LeftOut(LeftOut::Higher) => desk.words.t("left-out-higher"),
        Role::LeftOut(LeftOut::Unknown) => desk.words.t("left-out-unknown"),
        Role::LeftOut(LeftOut::NotVerified(state)) => {
            desk.words.t1("left-out-state", "state", desk.words.t(&format!("state-{}", state.code())))
        }
        Role::Numerator(_) | Role::DenominatorOnly => String::new(),
    };
    let rows = sources.records.iter().map(|t| columns.row(desk, &t.record, &sources.labels, reason(t.role)));
    Table {
        caption: about.register.name.get(desk.lang()).to_owned(),
        columns: columns.heads(desk, |_| (None, None)),
        rows: rows.collect(),
        states: true,
        pick: false,
        compact: false,
    }
}

fn paging(desk: &Desk, about: &About, sources: &Sources, wanted: Part, from: usize) -> Paging {
    let all = sources.counts.get(wanted as usize).copied().unwrap_or(0);
    let to = from + sources.records.len();
    let number = |n: usize| show::number(desk.lang(), &n.to_string());
    let shown = if sources.records.len() == all {
        desk.words.t1("table-shown-all", "all", number(all))
    } else {
        desk.words.with("table-shown", &[("all", number(all)), ("from", number(from + 1)), ("to", number(to))])
    };
    let at = |from: usize| {
        let from = from.to_string();
        let place: &[(&str, &str)] = if from == "0" { &[] } else { &[("from", &from)] };
        let with: Vec<_> = [("records", word(wanted))].into_iter().chain(place.iter().copied()).collect();
        format!("{}#records", desk.address(&about.path(), &WITHIN, &with))
    };
    Paging {
        shown,
        first: (from > ROWS).then(|| at(0)),
        previous: (from > 0).then(|| at(from.saturating_sub(ROWS))),
        next: (to < all).then(|| at(to)),
    }
}
