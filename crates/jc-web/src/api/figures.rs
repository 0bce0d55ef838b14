//! The figures of a year, and one of them down to its records.

use super::{known, number, page, put, wrong_value};
use crate::{
    desk::Desk,
    gate::{About, ByToken, Entry, ReadFigures, Routes, Shape},
    guard::fault::Fault,
    state::AppState,
};
use axum::{
    Json,
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use jc_app::figure_json;
use jc_app::figures::Part;
use jc_app::given::Operation;
use serde_json::{Value, json};

/// Records of a trace in one answer, at most.
const MOST: usize = 500;

pub(super) fn routes() -> Routes {
    Routes::new().tells("/api/figures", sheet, &SHEET).tells("/api/figures/{indicator}", one, &ONE)
}

const SHEET: About =
    About { says: "api-figures", asked: &["year", "definitions"], sent: None, answer: Shape::Named("figures") };

async fn sheet(State(state): State<AppState>, entry: Entry<ByToken<ReadFigures>>) -> Result<Response, Fault> {
    let work = |desk: &Desk| {
        known(desk, SHEET.asked, &[])?;
        let all = match desk.asked.get("definitions") {
            "" => false,
            "all" => true,
            _ => return Err(wrong_value("definitions")),
        };
        let figures: Vec<Value> = desk.viewer.sheet(desk.year, all)?.iter().map(figure_json::compared).collect();
        Ok(Json(json!({ "year": desk.year, "figures": figures })).into_response())
    };
    state.at_desk(entry, work).await
}

const ONE: About = About {
    says: "api-figure",
    asked: &["year", "page", "slice", "part", "from", "limit"],
    sent: None,
    answer: Shape::Named("trace"),
};

async fn one(
    State(state): State<AppState>,
    Path(id): Path<String>,
    entry: Entry<ByToken<ReadFigures>>,
) -> Result<Response, Fault> {
    let work = move |desk: &Desk| {
        known(desk, ONE.asked, &[])?;
        let of = desk.viewer.indicator(&id)?;
        let page = page(desk, desk.viewer.catalog().at(of.register))?;
        let part = match desk.asked.get("part") {
            "" | "numerator" => Part::Numerator,
            "denominator" => Part::DenominatorOnly,
            "left-out" => Part::LeftOut,
            _ => return Err(wrong_value("part")),
        };
        let (from, limit) = (number(desk, "from", 0, 0, usize::MAX)?, number(desk, "limit", 100, 0, MOST)?);
        let mut answer = if desk.viewer.may(Operation::ReadRecords) {
            // Whose record it is stands with the records, whose taking is noted.
            figure_json::trace(&desk.viewer.trace(of, page, part, from, limit)?, None)
        } else {
            let figure = desk.viewer.figure(of, page)?;
            json!({ "figure": figure_json::figure(&figure.figure), "page": null, "counts": null, "records": [] })
        };
        let slice = desk.asked.get("slice");
        if !slice.is_empty() {
            let parts = desk.viewer.slices(of, page, slice, desk.lang())?;
            let parts = parts.iter().map(|(_, label, figure)| {
                let mut part = figure_json::figure(figure);
                put(&mut part, "label", json!(label));
                part
            });
            put(&mut answer, "parts", parts.collect::<Value>());
        }
        Ok(Json(answer).into_response())
    };
    state.at_desk(entry, work).await
}
