//! Where the code of a printed chapter leads: to its figures, for whoever has the paper in hand.

use crate::{
    frame::{Frame, Link},
    gate::{Anyone, Entry, Routes},
    guard::fault::Fault,
    parts::page_label,
    show,
    state::AppState,
    words::Words,
};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{Html, IntoResponse, Response},
};
use jc_app::App;
use jc_app::app::ZONE_HOURS;
use jc_app::report::{Coded, CodedFigure, CodedPlace, Since};

/// The address of this screen. It is printed: it never changes.
pub fn routes() -> Routes {
    Routes::new().get("/v/{code}", looked_up)
}

async fn looked_up(
    State(state): State<AppState>,
    Path(code): Path<String>,
    entry: Entry<Anyone>,
) -> Result<Response, Fault> {
    let visit = entry.visit;
    let words = visit.words;
    let found = state.run(move |app| Ok(app.report_code(&code)?.map(|coded| chapter(app, words, coded)))).await?;
    let status = if found.is_some() { StatusCode::OK } else { StatusCode::NOT_FOUND };
    let (mut frame, chapter) = found.map_or_else(Default::default, |(frame, chapter)| (frame, Some(chapter)));
    if chapter.is_none() {
        frame.title = words.t("printed-unknown");
    }
    (frame.words, frame.token, frame.here) = (words, visit.token, visit.here);
    Ok((status, Html(PrintedView { frame, chapter }.render()?)).into_response())
}

/// The frame of a found chapter, and what it shows.
fn chapter(app: &App, words: Words, coded: Coded) -> (Frame, PrintedChapter) {
    let profile = words.t(&format!("report-profile-{}", coded.profile));
    // Most titles begin with the school's name.
    let report =
        if coded.title.contains(&coded.school) { coded.title } else { format!("{} · {}", coded.school, coded.title) };
    let chapter = PrintedChapter {
        chapters: coded.chapters.iter().map(|(title, code)| Link::new(title, format!("/v/{code}"))).collect(),
        about: words.with("printed-about", &[("report", report), ("day", coded.made_on), ("profile", profile)]),
        counted: words.t1("printed-counted", "n", show::count(words.0, coded.figures.len() as i64)),
        lang: coded.lang,
        since: coded.since.iter().map(|one| since(app, words, one)).collect(),
        figures: coded.figures.into_iter().map(|figure| line(words, figure)).collect(),
        code: coded.code,
    };
    let frame = Frame { title: coded.chapter, school: coded.school, synthetic: coded.synthetic, ..Frame::default() };
    (frame, chapter)
}

fn line(words: Words, figure: CodedFigure) -> PrintedFigure {
    let with_unit = |plain: &str| show::with_unit(&show::number(words.0, plain), &figure.unit);
    let value = match (&figure.printed, figure.withheld) {
        (_, true) => words.t("printed-withheld"),
        (Some(plain), false) => with_unit(plain),
        (None, false) => words.t("figure-state-missing"),
    };
    let parts = [figure.name.as_str(), figure.part.as_str(), figure.period.as_str()];
    PrintedFigure {
        name: parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · "),
        fraction: figure.fraction.as_ref().map(|(over, under)| format!("{over} / {under}")),
        now: figure.now.as_deref().map(|plain| words.t1("printed-now", "value", with_unit(plain))),
        seal: match &figure.seal {
            Some(seal) => words.t1("printed-seal", "seal", seal),
            None if figure.records.is_empty() => String::new(),
            None => words.t1("printed-open", "digest", &figure.records),
        },
        value,
        definition: figure.definition,
        source: figure.source,
        places: figure.places,
    }
}

fn since(app: &App, words: Words, one: &Since) -> String {
    let catalog = app.catalog();
    let register = catalog.registers.get(one.register).map_or("", |register| register.name.get(words.0));
    words.with(
        "printed-restated",
        &[
            ("day", show::day(words.0, one.at.local_date(ZONE_HOURS))),
            ("register", register.to_owned()),
            ("period", page_label(one.page, words.0)),
            ("cause", words.t(&format!("cause-{}", one.cause.code()))),
        ],
    )
}

/// A printed chapter, or that there is none of the code.
#[derive(Debug, Default, Template)]
#[template(path = "screens/printed.html")]
pub struct PrintedView {
    /// Around the screen.
    pub frame: Frame,
    /// The chapter; nothing if the code is not one of ours.
    pub chapter: Option<PrintedChapter>,
}

/// A printed chapter.
#[derive(Debug, Default)]
pub struct PrintedChapter {
    /// The report, when it was made and for whom.
    pub about: String,
    /// The code.
    pub code: String,
    /// How many figures it has, in words.
    pub counted: String,
    /// Of a whole report: its chapters.
    pub chapters: Vec<Link>,
    /// The language of names and definitions.
    pub lang: String,
    /// What was restated since, a line each.
    pub since: Vec<String>,
    /// Its figures.
    pub figures: Vec<PrintedFigure>,
}

/// A figure of a printed chapter.
#[derive(Debug, Default)]
pub struct PrintedFigure {
    /// Indicator, part and period.
    pub name: String,
    /// The value with unit, or why there is none.
    pub value: String,
    /// Numerator and denominator.
    pub fraction: Option<String>,
    /// What it is now, if that is something else, in words.
    pub now: Option<String>,
    /// The definition.
    pub definition: String,
    /// Where that comes from; may be empty.
    pub source: String,
    /// The seal of its page, or the digest of its records, in words.
    pub seal: String,
    /// How it is written in the chapter, each a target of the file's links.
    pub places: Vec<CodedPlace>,
}
