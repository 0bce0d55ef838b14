//! `figures`: a school's figures of a year.

mod which;

use crate::cli::Figures;
use crate::desk::Desk;
use crate::exit::Exit;
use crate::failure::refuse;
use crate::figure_text::{cells, page, value};
use crate::parts::{Area, Catalog, Figure, Page};
use anyhow::Result;
use jc_app::figure_json::{compared as compared_json, figure as figure_json};
use jc_app::figures::{Compared, IndicatorRef};
use jc_app::{AppError, Viewer};
use jc_base::Date;
use serde_json::{Value as Json, json};

/// Prints every figure of a year, one indicator's, or one indicator's by a slice.
pub fn run(desk: &Desk, given: &Figures) -> Result<Exit> {
    let app = desk.open()?;
    let (school, name) = desk.school(&app)?;
    let person = jc_app::Person::command_line(school);
    let viewer = app.viewer(&person);
    let head = json!({ "school": { "id": school.0, "name": name }, "year": given.year });
    if let Some(number) = &given.which {
        which::run(desk, &viewer, head, given, number)?;
        return Ok(Exit::Fine);
    }
    if let Some(day) = given.on {
        return on_day(desk, &viewer, head, day, given.indicator.as_deref());
    }
    let year = given.year.expect("clap asks for it where no number is looked for");
    match (&given.indicator, &given.slice) {
        (Some(id), Some(slice)) => sliced(desk, &viewer, head, year, id, slice)?,
        (Some(id), None) if given.definitions => {
            let of = indicator(desk, &viewer, id)?;
            let all = viewer.definitions(of, reported(&viewer, of, year))?;
            which::print_definitions(desk, &viewer, head, &all);
        }
        (Some(id), None) => {
            let of = indicator(desk, &viewer, id)?;
            let one = viewer.figure(of, reported(&viewer, of, year))?;
            print(desk, &viewer, head, &[one]);
        }
        (None, _) => {
            let all = viewer.sheet(year, given.definitions)?;
            print(desk, &viewer, head, &all);
        }
    }
    Ok(Exit::Fine)
}

/// The indicator of an id, or the nearest id.
pub fn indicator(desk: &Desk, viewer: &Viewer, id: &str) -> Result<IndicatorRef> {
    viewer.indicator(id).map_err(|error| match error {
        AppError::NotFound => {
            let all = viewer.catalog().registers.iter().flat_map(|r| &r.indicators).map(|i| i.id.as_str());
            let near: Vec<&str> = all.filter(|other| alike(id, other)).take(5).collect();
            match near.as_slice() {
                [] => refuse(desk, Exit::Usage, "cli-no-indicator", &[("indicator", id.into())]),
                near => {
                    let with = [("indicator", id.into()), ("near", near.join(", ").into())];
                    refuse(desk, Exit::Usage, "cli-no-indicator-near", &with)
                }
            }
        }
        other => other.into(),
    })
}

/// Whether two ids share a word: enough to point at what may be meant.
fn alike(typed: &str, id: &str) -> bool {
    typed.split('-').any(|word| word.len() > 3 && id.contains(word))
}

fn reported(viewer: &Viewer, of: IndicatorRef, year: i32) -> Page {
    Page::reported_in(&viewer.catalog().registers[of.register], year)
}

/// The figures of what lasts, as they stood on one day.
fn on_day(desk: &Desk, viewer: &Viewer, head: Json, day: Date, id: Option<&str>) -> Result<Exit> {
    let of = id.map(|id| indicator(desk, viewer, id)).transpose()?;
    let figures = match viewer.figures_on(day, of) {
        Err(AppError::NotFound) => {
            let with = [("indicator", id.unwrap_or_default().into())];
            return Err(refuse(desk, Exit::Usage, "cli-figure-not-lasting", &with));
        }
        figures => figures?,
    };
    if desk.global.json {
        let all: Vec<Json> = figures.iter().map(|(_, figure)| figure_json(figure)).collect();
        desk.answer(&with(with(head, "on", json!(day.to_string())), "figures", json!(all)));
        return Ok(Exit::Fine);
    }
    let catalog = viewer.catalog();
    desk.tell("cli-figures-as-of", &[("day", day.to_string().into())]);
    let row = |(of, figure): &(IndicatorRef, Figure)| {
        let indicator = &catalog.registers[of.register].indicators[of.indicator];
        let mut row = vec![format!("{} ({})", indicator.name.get(desk.lang), indicator.id)];
        row.extend(cells(desk, catalog, figure));
        row
    };
    desk.table(&figures.iter().map(row).collect::<Vec<_>>());
    Ok(Exit::Fine)
}

fn print(desk: &Desk, viewer: &Viewer, head: Json, all: &[Compared]) {
    if desk.global.json {
        let figures: Vec<Json> = all.iter().map(compared_json).collect();
        desk.answer(&with(head, "figures", json!(figures)));
        return;
    }
    let catalog = viewer.catalog();
    for area in Area::ALL {
        let here: Vec<&Compared> = all.iter().filter(|c| catalog.registers[c.of.register].area == area).collect();
        if here.is_empty() {
            continue;
        }
        desk.say(&desk.words(&format!("area-{}", area.code()), &[]));
        let mut rows = Vec::new();
        for one in here {
            let indicator = &catalog.registers[one.of.register].indicators[one.of.indicator];
            let name = format!("{} ({})", indicator.name.get(desk.lang), indicator.id);
            let mut row = vec![name];
            row.extend(cells(desk, catalog, &one.figure));
            row.push(page(desk, one.figure.page));
            row.push(sealed(desk, catalog, one));
            rows.push(row);
        }
        desk.table(&rows);
    }
}

/// What it was when its page was closed, if that was something else.
fn sealed(desk: &Desk, catalog: &Catalog, one: &Compared) -> String {
    let Some(sealed) = one.sealed.as_ref().filter(|sealed| sealed.differs(&one.figure)) else { return String::new() };
    let then = Figure { value: sealed.settled.value, ..one.figure.clone() };
    desk.words("cli-figure-sealed", &[("value", value(desk, catalog, &then).into())])
}

fn sliced(desk: &Desk, viewer: &Viewer, head: Json, year: i32, id: &str, slice: &str) -> Result<()> {
    let of = indicator(desk, viewer, id)?;
    let catalog = viewer.catalog();
    let register = &catalog.registers[of.register];
    if !register.slices.iter().any(|s| s.id == slice) {
        let slices: Vec<&str> = register.slices.iter().map(|s| s.id.as_str()).collect();
        let with = [("slice", slice.into()), ("indicator", id.into()), ("slices", slices.join(", ").into())];
        return Err(refuse(desk, Exit::Usage, "cli-no-slice", &with));
    }
    let parts = viewer.slices(of, reported(viewer, of, year), slice, desk.lang)?;
    if desk.global.json {
        let figures: Vec<Json> =
            parts.iter().map(|(_, label, figure)| with(figure_json(figure), "label", json!(label))).collect();
        desk.answer(&with(head, "figures", json!(figures)));
        return Ok(());
    }
    let whole = viewer.figure(of, reported(viewer, of, year))?.figure;
    let name = register.indicators[of.indicator].name.get(desk.lang);
    desk.say(&format!("{name} · {}", page(desk, whole.page)));
    let row = |label: String, figure| {
        let mut row = vec![label];
        row.extend(cells(desk, catalog, figure));
        row
    };
    let unknown = || desk.words("cli-slice-empty", &[]);
    let mut rows = vec![row(desk.words("cli-slice-all", &[]), &whole)];
    rows.extend(parts.iter().map(|(_, label, f)| row(if label.is_empty() { unknown() } else { label.clone() }, f)));
    desk.table(&rows);
    Ok(())
}

/// An object with one more key.
pub(super) fn with(mut object: Json, key: &str, value: Json) -> Json {
    if let Some(map) = object.as_object_mut() {
        map.insert(key.to_owned(), value);
    }
    object
}
