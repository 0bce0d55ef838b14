//! The wall display 大屏: the headline figures of a year on one screen, for a screen that nobody sits at.

use crate::{
    desk::Desk,
    frame::Frame,
    gate::{Entry, ReadFigures, Routes},
    guard::fault::Fault,
    parts::{FigureCard, FigureState},
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
    let cards = home::cards(desk, &desk.viewer.answer_sheet(desk.year)?)?;
    let area = |area: Area| WallArea {
        name: desk.area(area),
        figures: cards
            .iter()
            .filter(|(own, headline, card)| *own == area && *headline && card.value.is_some())
            .map(|(_, _, card)| card.clone())
            .collect(),
    };
    let areas: Vec<WallArea> = Area::ALL.into_iter().map(area).filter(|area| !area.figures.is_empty()).collect();
    let tall = fit(&areas);
    Ok(WallView {
        columns: columns(areas, tall),
        tall,
        back: desk.to("/"),
        as_of: desk.words.t1("home-as-of", "day", home::as_of(desk)),
        frame: desk.frame(desk.words.t1("home-title", "year", desk.year))?,
    })
}

/// How many ems high the screen can be; the style sheet has a class for each. The letters are as large as the smallest
/// of them that holds everything lets them be.
const TALL: [u16; 12] = [24, 28, 32, 36, 40, 44, 48, 52, 56, 61, 67, TALLEST];
/// The greatest of them.
const TALLEST: u16 = 74;
/// Columns of areas, and figures beside each other in one: as in the style sheet.
const COLUMNS: usize = 3;
const BESIDE: usize = 3;
/// The head of the screen and the heading of an area, in ems.
const HEAD: f64 = 4.4;
const HEADING: f64 = 2.4;

/// The least height that holds all areas; the greatest where none does.
fn fit(areas: &[WallArea]) -> u16 {
    let holds = |tall: &u16| {
        let heights: Vec<f64> = areas.iter().map(|area| area.height(*tall)).collect();
        let highest = parted(&heights).iter().map(|column| column.iter().sum()).fold(0.0, f64::max);
        HEAD + highest <= f64::from(*tall)
    };
    TALL.into_iter().find(holds).unwrap_or(TALLEST)
}

/// The areas in their order, parted so that the highest column is as low as can be.
fn columns(areas: Vec<WallArea>, tall: u16) -> Vec<Vec<WallArea>> {
    let heights: Vec<f64> = areas.iter().map(|area| area.height(tall)).collect();
    let mut areas = areas.into_iter();
    parted(&heights).iter().map(|column| areas.by_ref().take(column.len()).collect()).collect()
}

/// A row of heights as columns.
fn parted(heights: &[f64]) -> [&[f64]; COLUMNS] {
    // Of those with the lowest highest column, the most even.
    let uneven = |columns: &[&[f64]; COLUMNS]| {
        let sums = columns.iter().map(|column| column.iter().sum::<f64>());
        sums.fold((0.0, 0.0), |(highest, squares): (f64, f64), sum| (highest.max(sum), squares + sum * sum))
    };
    let before = |a: (f64, f64), b: (f64, f64)| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1));
    let all = (0..=heights.len()).flat_map(|first| {
        let (first, rest) = heights.split_at(first);
        (0..=rest.len()).map(move |second| {
            let (second, third) = rest.split_at(second);
            [first, second, third]
        })
    });
    all.min_by(|a, b| before(uneven(a), uneven(b))).unwrap_or_default()
}

impl WallArea {
    /// Its height in ems on a screen that is so many ems high and as wide as screens are.
    fn height(&self, tall: u16) -> f64 {
        let wide = f64::from(tall) * 16.0 / 9.0 * 0.94;
        let column = (wide - 2.0 * (COLUMNS as f64 - 1.0)) / COLUMNS as f64;
        let card = column / BESIDE as f64 - 1.1;
        let row = |cards: &[FigureCard]| cards.iter().map(|one| height(one, card)).fold(0.0, f64::max);
        HEADING + self.figures.chunks(BESIDE).map(row).sum::<f64>()
    }
}

/// The height of a figure in ems, in a card so many ems wide.
fn height(card: &FigureCard, wide: f64) -> f64 {
    let lines = |text: &str, size: f64| (width(text) * size / wide).ceil().max(1.0) * size * 1.4;
    let small =
        card.fraction.iter().chain(&card.change).chain(&card.sealed).chain(card.goal.iter().map(|goal| &goal.0));
    let state = (card.state != FigureState::Verified).then_some(&card.state_text);
    0.8 + lines(&card.label, 0.8) + 2.1 + small.chain(state).map(|text| lines(text, 0.68)).sum::<f64>()
}

/// The width of a text in ems: Chinese letters are as wide as high, others about half.
fn width(text: &str) -> f64 {
    let wide = |c: char| match c {
        ' ' | '.' | ',' => 0.3,
        c if c.is_ascii() => 0.57,
        _ => 1.0,
    };
    text.chars().map(wide).sum()
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
    /// How many ems high the screen is: one of [`TALL`], by which the letters are sized.
    pub tall: u16,
    /// The areas with figures, in columns.
    pub columns: Vec<Vec<WallArea>>,
}

impl WallView {
    fn is_empty(&self) -> bool {
        self.columns.iter().all(Vec::is_empty)
    }
}

/// An area on the wall.
#[derive(Debug, Clone, Default)]
pub struct WallArea {
    /// Its name.
    pub name: String,
    /// Its headline figures.
    pub figures: Vec<FigureCard>,
}

#[cfg(test)]
mod tests {
    use super::{COLUMNS, FigureCard, TALL, WallArea, columns, fit, parted};

    fn areas(of: &[usize]) -> Vec<WallArea> {
        let card =
            FigureCard {
                label: "毕业去向落实率".into(), change: Some("较上年 +1".into()), ..FigureCard::default()
            };
        of.iter().map(|n| WallArea { name: n.to_string(), figures: vec![card.clone(); *n] }).collect()
    }

    #[test]
    fn columns_keep_the_order_and_none_is_needlessly_high() {
        assert_eq!(parted(&[1.0, 1.0, 1.0]), [[1.0], [1.0], [1.0]]);
        assert_eq!(parted(&[5.0, 1.0, 1.0, 1.0, 2.0]), [&[5.0][..], &[1.0, 1.0], &[1.0, 2.0]]);
        let all = columns(areas(&[5, 8, 14, 4, 3, 5, 3]), 45);
        assert_eq!(all.len(), COLUMNS);
        let names: Vec<&str> = all.iter().flatten().map(|area| area.name.as_str()).collect();
        assert_eq!(names, ["5", "8", "14", "4", "3", "5", "3"]);
        assert_eq!(columns(areas(&[]), 45).iter().flatten().count(), 0);
    }

    #[test]
    fn more_figures_make_smaller_letters_until_they_can_be_read_no_more() {
        let tall: Vec<u16> = [2, 20, 47, 400].map(|n| fit(&areas(&[n / 2, n / 4, n / 4]))).to_vec();
        assert!(tall.is_sorted() && tall[0] == TALL[0] && tall[1] < tall[2] && tall[3] == TALL[11], "{tall:?}");
    }
}
