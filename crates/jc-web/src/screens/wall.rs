//! The wall display 大屏: the headline figures of a year, large, for a screen that nobody sits at.

use crate::{
    desk::Desk,
    frame::Frame,
    gate::{Entry, ReadFigures, Routes},
    guard::fault::Fault,
    parts::FigureCard,
    screens::home,
    state::AppState,
};
use askama::Template;
use axum::{
    extract::State,
    http::{HeaderValue, header::REFRESH},
    response::{Html, IntoResponse, Response},
};
use jc_catalog::Area;

/// Seconds after which the screen is fetched again.
const AGAIN: &str = "120";

/// The addresses of this screen.
pub fn routes() -> Routes {
    Routes::new().get("/wall", wall)
}

async fn wall(State(state): State<AppState>, entry: Entry<ReadFigures>) -> Result<Response, Fault> {
    let work = |desk: &Desk| {
        let mut answer = Html(view(desk)?.render()?).into_response();
        answer.headers_mut().insert(REFRESH, HeaderValue::from_static(AGAIN));
        Ok(answer)
    };
    state.at_desk(entry, work).await
}

fn view(desk: &Desk) -> Result<WallView, Fault> {
    let cards = home::cards(desk)?;
    let area = |area: Area| WallArea {
        name: desk.area(area),
        figures: cards
            .iter()
            .filter(|(own, headline, card)| *own == area && *headline && card.value.is_some())
            .map(|(_, _, card)| card.clone())
            .collect(),
    };
    Ok(WallView {
        areas: Area::ALL.into_iter().map(area).filter(|area| !area.figures.is_empty()).collect(),
        back: desk.to("/"),
        as_of: desk.words.t1("home-as-of", "day", home::as_of(desk)),
        frame: desk.frame(desk.words.t1("home-title", "year", desk.year))?,
    })
}

/// The headline figures, by area.
#[derive(Debug, Default, Template)]
#[template(path = "screens/wall.html")]
pub struct WallView {
    /// Title, school and words; its navigation is not shown.
    pub frame: Frame,
    /// `截至 2024年12月31日`
    pub as_of: String,
    /// The way back to the answer sheet.
    pub back: String,
    /// The areas with figures.
    pub areas: Vec<WallArea>,
}

/// An area on the wall.
#[derive(Debug, Default)]
pub struct WallArea {
    /// Its name.
    pub name: String,
    /// Its headline figures.
    pub figures: Vec<FigureCard>,
}
