//! The same claim across texts: what the speech, the article and the report say of one thing.

use crate::{
    desk::Desk,
    frame::{Frame, Link},
    gate::{CheckTexts, Entry},
    guard::fault::Fault,
    state::AppState,
};
use askama::Template;
use axum::{extract::State, response::Response};
use jc_app::texts::{SaidTwice, said_twice};

/// Shows what several texts say of the same thing.
pub async fn show(State(state): State<AppState>, entry: Entry<CheckTexts>) -> Result<Response, Fault> {
    state.show(entry, view).await
}

fn view(desk: &Desk) -> Result<CompareView, Fault> {
    let texts = desk.viewer.texts()?;
    let things = said_twice(&texts);
    let differ = things.iter().filter(|thing| thing.differs).count();
    let catalog = desk.viewer.catalog();
    let name = |id: &str| {
        let (register, indicator) = catalog.find_indicator(id)?;
        Some(catalog.registers.get(register)?.indicators.get(indicator)?.name.get(desk.lang()).to_owned())
    };
    let block = |thing: &SaidTwice| ThingBlock {
        name: [name(&thing.indicator).unwrap_or_default(), thing.period.clone()].join(" · "),
        differs: thing.differs,
        printed: thing.said.first().map_or_else(String::new, |(_, said)| said.printed.clone()),
        lines: thing
            .said
            .iter()
            .filter_map(|(at, said)| {
                let text = texts.get(*at)?;
                Some(SaidLine {
                    text: Link::new(text.draft.title.clone(), format!("/check/{}", text.id)),
                    kind: desk.words.t(&format!("text-kind-{}", text.draft.kind)),
                    stated: said.stated.clone(),
                    verdict: desk.words.t(match said.verdict.as_str() {
                        "supported" => "verdict-supported",
                        "supported_otherwise" => "verdict-differs",
                        "supported_if_verified" => "verdict-pending",
                        "contradicted" => "verdict-contradicted",
                        _ => "verdict-open",
                    }),
                    bad: said.verdict == "contradicted",
                })
            })
            .collect(),
    };
    let mut frame = desk.frame(desk.words.t("compare-title"))?;
    frame.here = "/check/compare".into();
    Ok(CompareView {
        frame,
        about: desk.words.t2("compare-about", "things", things.len(), "differ", differ),
        things: things.iter().map(block).collect(),
        all: Link::new(desk.words.t("check-title"), desk.to("/check")),
    })
}

/// The same claims across texts.
#[derive(Debug, Default, Template)]
#[template(path = "screens/check_compare.html")]
pub struct CompareView {
    /// Around the screen.
    pub frame: Frame,
    /// How many things are said more than once and how many differ, in words.
    pub about: String,
    /// The things, those that differ first.
    pub things: Vec<ThingBlock>,
    /// All kept texts.
    pub all: Link,
}

/// One thing and what the texts say of it.
#[derive(Debug, Default)]
pub struct ThingBlock {
    /// Indicator and period.
    pub name: String,
    /// Whether the texts differ.
    pub differs: bool,
    /// The records' figure when a text was looked at last.
    pub printed: String,
    /// What each text says.
    pub lines: Vec<SaidLine>,
}

/// What one text says.
#[derive(Debug, Default)]
pub struct SaidLine {
    /// The text.
    pub text: Link,
    /// What kind it is, in words.
    pub kind: String,
    /// The number as written.
    pub stated: String,
    /// The verdict, in words.
    pub verdict: String,
    /// Whether it is contradicted.
    pub bad: bool,
}
