//! `restate`: what changed on closed pages since, and why; or a page as it was closed.

use super::close::page as wanted_page;
use super::figures::indicator;
use super::import::no_register;
use crate::cli::Restate;
use crate::desk::Desk;
use crate::exit::Exit;
use crate::failure::refuse;
use crate::figure_text::{page as page_words, value};
use crate::parts::{Cause, Figure, FigureValue, Page, Restep};
use anyhow::Result;
use jc_app::figure_json::{figure as figure_json, sealed as sealed_json};
use jc_app::restated::{Made, MovedRecord, Restated};
use jc_app::{App, Viewer};
use jc_base::Ratio;
use serde_json::{Value as Json, json};

/// Lists restatements, explains one figure, or prints a page as it was closed.
pub fn run(desk: &Desk, given: &Restate) -> Result<Exit> {
    let app = desk.open()?;
    let person = desk.person(&app)?;
    let viewer = app.viewer(&person);
    if let Some(id) = &given.indicator {
        let of = indicator(desk, &viewer, id)?;
        let declared = &viewer.catalog().registers[of.register];
        let page = match &given.period {
            Some(code) => wanted_page(desk, declared, code)?,
            None => Page::reported_in(declared, viewer.year()?),
        };
        return explained(desk, &viewer, viewer.restated(of, page, desk.lang)?, page);
    }
    let of = place(desk, &app, &viewer, given)?;
    if given.sealed {
        let Some((register, page)) = of else { return Err(refuse(desk, Exit::Usage, "cli-restate-which", &[])) };
        return match viewer.sealed_document(register, page)? {
            Some(document) => {
                desk.say(&document);
                Ok(Exit::Fine)
            }
            None => Err(refuse(desk, Exit::Usage, "cli-restate-open", &[("page", page_words(desk, page).into())])),
        };
    }
    let made = viewer.restatements(of, desk.lang)?;
    if desk.global.json {
        let all: Vec<Json> = made.iter().map(|one| made_json(&viewer, one)).collect();
        desk.answer(&json!({ "restatements": all }));
        return Ok(Exit::Fine);
    }
    if made.is_empty() {
        desk.tell("cli-restate-none", &[]);
    }
    made.iter().for_each(|one| tell(desk, &viewer, one));
    Ok(Exit::Fine)
}

fn place(desk: &Desk, app: &App, viewer: &Viewer, given: &Restate) -> Result<Option<(usize, Page)>> {
    let (Some(id), Some(code)) = (&given.register, &given.period) else { return Ok(None) };
    let register = viewer.catalog().find_register(id).ok_or_else(|| no_register(desk, app, id))?;
    Ok(Some((register, wanted_page(desk, &viewer.catalog().registers[register], code)?)))
}

fn cause_words(desk: &Desk, cause: Cause) -> String {
    desk.words(&format!("cause-{}", cause.code()), &[])
}

fn tell(desk: &Desk, viewer: &Viewer, made: &Made) {
    let one = &made.restatement;
    let name =
        viewer.catalog().register(one.register.as_str()).map_or(one.register.as_str(), |r| r.name.get(desk.lang));
    let with = [
        ("register", name.into()),
        ("page", (&one.page).into()),
        ("number", one.number.into()),
        ("cause", cause_words(desk, one.cause).into()),
        ("reason", (&one.reason).into()),
        ("when", one.at.local(jc_app::app::ZONE_HOURS).into()),
        ("who", (&one.actor).into()),
    ];
    desk.tell("cli-restate-line", &with);
    let rows = made.records.iter().map(|record| {
        let was = record.was.map_or_else(|| "—".to_owned(), |was| was.to_string());
        vec![
            record.record.to_string(),
            record.label.clone().unwrap_or_default(),
            desk.words("cli-restate-versions", &[("was", was.into()), ("became", record.became.into())]),
        ]
    });
    desk.table(&rows.collect::<Vec<_>>());
}

fn explained(desk: &Desk, viewer: &Viewer, restated: Option<Restated>, page: Page) -> Result<Exit> {
    let Some(restated) = restated else {
        return Err(refuse(desk, Exit::Usage, "cli-restate-open", &[("page", page_words(desk, page).into())]));
    };
    if desk.global.json {
        desk.answer(&explained_json(viewer, &restated));
        return Ok(Exit::Fine);
    }
    let catalog = viewer.catalog();
    let then = Figure { value: restated.sealed.settled.value, ..restated.now.clone() };
    let with = [
        ("name", restated.sealed.definition.name.get(desk.lang).into()),
        ("page", page_words(desk, page).into()),
        ("sealed", value(desk, catalog, &then).into()),
        ("now", value(desk, catalog, &restated.now).into()),
    ];
    desk.tell("cli-restate-figure", &with);
    let decimals = restated.sealed.definition.decimals.max(2);
    let rows =
        restated.explained.by_cause.iter().map(|(cause, part)| vec![cause_words(desk, *cause), part.print(decimals)]);
    desk.table(&rows.collect::<Vec<_>>());
    restated.made.iter().for_each(|one| tell(desk, viewer, one));
    Ok(Exit::Fine)
}

fn explained_json(viewer: &Viewer, restated: &Restated) -> Json {
    let exact = |ratio: Ratio| ratio.to_string();
    let known = |value: FigureValue| match value {
        FigureValue::Known(ratio) => Some(exact(ratio)),
        FigureValue::Missing(_) => None,
    };
    let step = |step: &Restep| {
        json!({
            "number": step.number,
            "cause": step.cause.code(),
            "value": known(step.value),
            "change": step.change.map(exact),
        })
    };
    let causes =
        restated.explained.by_cause.iter().map(|(cause, part)| json!({ "cause": cause.code(), "part": exact(*part) }));
    json!({
        "sealed": sealed_json(&restated.sealed),
        "now": figure_json(&restated.now),
        "difference": restated.explained.difference.map(exact),
        "by_cause": causes.collect::<Vec<_>>(),
        "steps": restated.explained.steps.iter().map(step).collect::<Vec<_>>(),
        "restatements": restated.made.iter().map(|one| made_json(viewer, one)).collect::<Vec<_>>(),
    })
}

fn made_json(viewer: &Viewer, made: &Made) -> Json {
    let one = &made.restatement;
    let record = |moved: &MovedRecord| {
        let register = moved.register.map(|at| viewer.catalog().registers[at].id.as_str());
        json!({
            "register": register,
            "id": moved.record.to_string(),
            "label": moved.label,
            "was": moved.was,
            "became": moved.became,
        })
    };
    json!({
        "register": one.register.as_str(),
        "page": one.page,
        "number": one.number,
        "cause": one.cause.code(),
        "reason": one.reason,
        "page_version": one.page_version,
        "digest": one.digest,
        "at": one.at.0,
        "by": one.actor,
        "entry": one.seq,
        "records": made.records.iter().map(record).collect::<Vec<_>>(),
    })
}
