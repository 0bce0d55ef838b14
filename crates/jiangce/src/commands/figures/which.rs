//! `figures --which` and `--definitions`: the definitions of one thing side by side, and which gives a number.

use super::{indicator, with};
use crate::cli::Figures;
use crate::desk::Desk;
use crate::exit::Exit;
use crate::failure::refuse;
use crate::figure_text::{cells, page};
use anyhow::Result;
use jc_app::Viewer;
use jc_app::definitions::{Defined, Population, Printed};
use jc_app::figure_json::figure as figure_json;
use jc_base::UnitId;
use serde_json::{Value as Json, json};

/// Looks for a number among the declared definitions.
pub fn run(desk: &Desk, viewer: &Viewer, head: Json, given: &Figures, number: &str) -> Result<()> {
    let Some(printed) = Printed::parse(number) else {
        return Err(refuse(desk, Exit::Usage, "cli-which-no-number", &[("number", number.into())]));
    };
    let unit = given.unit.as_deref().map(|text| unit(desk, viewer, text)).transpose()?;
    let of = given.indicator.as_deref().map(|id| indicator(desk, viewer, id)).transpose()?;
    let found = viewer.which(printed, unit.as_ref(), of, given.year)?;
    if desk.global.json {
        let gives: Vec<Json> = found.gives.iter().map(|one| defined_json(viewer, one)).collect();
        let populations: Vec<Json> = found.populations.iter().map(|one| population_json(viewer, one)).collect();
        let answer = with(with(head, "gives", json!(gives)), "populations", json!(populations));
        desk.answer(&with(answer, "number", json!(number)));
        return Ok(());
    }
    match found.gives.as_slice() {
        [] => desk.tell("cli-which-none", &[("number", number.into())]),
        gives => {
            desk.tell("cli-which-gives", &[("number", number.into())]);
            desk.table(&gives.iter().map(|one| row(desk, viewer, one)).collect::<Vec<_>>());
        }
    }
    if !found.populations.is_empty() {
        desk.tell("cli-which-populations", &[]);
        desk.table(&found.populations.iter().map(|one| population_row(desk, viewer, one)).collect::<Vec<_>>());
    }
    Ok(())
}

/// Prints all definitions of one thing.
pub fn print_definitions(desk: &Desk, viewer: &Viewer, head: Json, all: &[Defined]) {
    if desk.global.json {
        let figures: Vec<Json> = all.iter().map(|one| defined_json(viewer, one)).collect();
        desk.answer(&with(head, "figures", json!(figures)));
        return;
    }
    desk.table(&all.iter().map(|one| row(desk, viewer, one)).collect::<Vec<_>>());
}

/// The unit that an id, name or word of prose names.
fn unit(desk: &Desk, viewer: &Viewer, text: &str) -> Result<UnitId> {
    let units = &viewer.catalog().units.units;
    let found = units.iter().find(|unit| {
        let names = [&unit.name.zh, &unit.name.en, &unit.name.de];
        unit.id.as_str() == text || names.into_iter().chain(&unit.words).any(|name| name == text)
    });
    found.map(|unit| unit.id.clone()).ok_or_else(|| {
        let all: Vec<&str> = units.iter().map(|unit| unit.id.as_str()).collect();
        refuse(desk, Exit::Usage, "cli-no-unit", &[("unit", text.into()), ("units", all.join(", ").into())])
    })
}

fn row(desk: &Desk, viewer: &Viewer, one: &Defined) -> Vec<String> {
    let catalog = viewer.catalog();
    let declared = &catalog.registers[one.of.register].indicators[one.of.indicator];
    let authority = declared.definition.as_ref().map_or("", |definition| definition.authority.get(desk.lang));
    let mut row = vec![format!("{} ({})", declared.name.get(desk.lang), declared.id), page(desk, one.figure.page)];
    row.extend(cells(desk, catalog, &one.figure));
    row.push(authority.to_owned());
    let remark = match (one.shown, one.in_force) {
        (true, _) => "cli-definition-shown",
        (false, false) => "cli-definition-not-in-force",
        (false, true) => return row,
    };
    row.push(desk.words(remark, &[]));
    row
}

fn defined_json(viewer: &Viewer, one: &Defined) -> Json {
    let declared = &viewer.catalog().registers[one.of.register].indicators[one.of.indicator];
    let day = |day: Option<jc_base::Date>| day.map(|day| day.to_string());
    let definition = declared.definition.as_ref().map(|definition| {
        json!({
            "authority": definition.authority.zh,
            "from": day(definition.from),
            "until": day(definition.until),
        })
    });
    let out = with(figure_json(&one.figure), "definition", json!(definition));
    with(with(out, "in_force", json!(one.in_force)), "shown", json!(one.shown))
}

fn population_row(desk: &Desk, viewer: &Viewer, one: &Population) -> Vec<String> {
    let declared = &viewer.catalog().registers[one.of.register].indicators[one.of.indicator];
    let of = desk.words("which-denominator", &[("figure", declared.name.get(desk.lang).into())]);
    let whole = one.whole.to_string();
    let outcome = match one.parts {
        Some((from, until)) if from == until => {
            desk.words("which-one-part", &[("part", from.to_string().into()), ("whole", whole.as_str().into())])
        }
        Some((from, until)) => {
            let range = [("from", from.to_string().into()), ("until", until.to_string().into())];
            desk.words("which-some-parts", &[&range[..], &[("whole", whole.as_str().into())]].concat())
        }
        None => {
            let near: Vec<String> =
                one.nearest.iter().map(|(part, share)| format!("{part}/{whole} = {share}%")).collect();
            desk.words("which-no-part", &[("near", near.join(", ").into())])
        }
    };
    vec![of, page(desk, one.page), whole, outcome]
}

fn population_json(viewer: &Viewer, one: &Population) -> Json {
    let declared = &viewer.catalog().registers[one.of.register].indicators[one.of.indicator];
    let near = |(part, share): &(i64, String)| json!({ "part": part, "printed": share });
    json!({
        "denominator_of": declared.id.as_str(),
        "page": one.page.to_string(),
        "whole": one.whole,
        "parts": one.parts.map(|(from, until)| [from, until]),
        "nearest": one.nearest.iter().map(near).collect::<Vec<_>>(),
    })
}
