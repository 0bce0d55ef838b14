//! Checking texts 核验文稿: taking one in, and those that are kept.

mod compare;
mod files;
mod kept;
mod verdicts;

use crate::{
    desk::Desk,
    frame::{Frame, Link},
    gate::{CheckTexts, Entry, Routes},
    guard::{fault::Fault, posted::Uploaded},
    parts::{FindingLine, Pick},
    show,
    state::AppState,
};
use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
pub use compare::{CompareView, SaidLine, ThingBlock};
use jc_app::AppError;
use jc_app::check_text::Tally;
use jc_app::given::{MOST_TEXT_BYTES, MOST_TEXT_CHARS, clean};
use jc_app::texts::{Draft, KINDS, Kept};
use jc_base::{Finding, Instant};
pub use kept::{KeptView, RereadForm};
pub use verdicts::{CheckedText, ClaimNote, Piece, Slip, Verdict, VerdictChip};

/// The longest text that is pasted, in characters: a form is no larger.
const MOST_PASTED: usize = 100_000;

/// The addresses of this screen.
pub fn routes() -> Routes {
    Routes::new()
        .get("/check", form)
        .post("/check", take)
        .get("/check/compare", compare::show)
        .get("/check/{text}", kept::show)
        .post("/check/{text}", kept::act)
        .merge(files::routes())
}

async fn form(State(state): State<AppState>, entry: Entry<CheckTexts>) -> Result<Response, Fault> {
    state.show(entry, |desk| view(desk, Refused::default())).await
}

/// Takes a text in: it is kept, and judged where it is shown.
async fn take(State(state): State<AppState>, entry: Entry<CheckTexts>, sent: Uploaded) -> Result<Response, Fault> {
    let work = move |desk: &Desk| {
        let field = |name: &str| sent.get(name).unwrap_or_default().to_owned();
        let (text, warnings) = match text_of(desk, &sent)? {
            Ok(taken) => taken,
            Err(findings) => {
                let refused = Refused { findings, text: field("text"), title: field("title"), kind: field("kind") };
                let status = StatusCode::UNPROCESSABLE_ENTITY;
                return Ok((status, Html(view(desk, refused)?.render()?)).into_response());
            }
        };
        let named = sent.files.first().map(|(_, name, _)| name.rsplit_once('.').map_or(name.as_str(), |it| it.0));
        let title =
            if field("title").trim().is_empty() { named.unwrap_or_default().to_owned() } else { field("title") };
        let draft = Draft { title, kind: field("kind"), year: desk.year, text, corrections: Vec::new() };
        let id = desk.viewer.keep_text(&draft)?;
        let pictures = warnings.iter().any(|finding| finding.code == "INT-072");
        let to = show::address(&format!("/check/{id}"), pictures.then_some(("pictures", "1")));
        Ok(Redirect::to(&to).into_response())
    };
    state.at_desk(entry, work).await
}

/// A text with what of it could not be read, or what is wrong with it.
pub(crate) type Taken = Result<(String, Vec<Finding>), Vec<Finding>>;

/// The text that was sent, pasted or as a file, and what of a file could not be read; or what is wrong with it.
pub(crate) fn text_of(desk: &Desk, sent: &Uploaded) -> Result<Taken, Fault> {
    if let Some((_, name, content)) = sent.files.first() {
        return match desk.app.open_text(name, content.to_vec()) {
            Ok(prose) => Ok(Ok((prose.text, prose.warnings))),
            Err(AppError::Findings(findings)) => Ok(Err(findings)),
            Err(other) => Err(other.into()),
        };
    }
    let text = clean(sent.get("text").unwrap_or_default());
    let whole = |code| vec![Finding::error(code, jc_base::Place::Whole)];
    if text.trim().is_empty() {
        return Ok(Err(whole("INT-066")));
    }
    if text.chars().nth(MOST_TEXT_CHARS).is_some() {
        let finding = Finding::error("INT-065", jc_base::Place::Whole).with("most", MOST_TEXT_CHARS);
        return Ok(Err(vec![finding]));
    }
    Ok(Ok((text, Vec::new())))
}

/// What was sent and not taken.
#[derive(Default)]
struct Refused {
    findings: Vec<Finding>,
    text: String,
    title: String,
    kind: String,
}

fn view(desk: &Desk, refused: Refused) -> Result<CheckView, Fault> {
    let mut frame = desk.frame(desk.words.t("check-title"))?;
    frame.here = "/check".into();
    let texts = desk.viewer.texts()?;
    Ok(CheckView {
        frame,
        action: show::address("/check", [("year", desk.year.to_string().as_str())]),
        limit: desk.words.t1("check-limit", "size", show::size(desk.lang(), MOST_TEXT_BYTES as u64)),
        findings: lines(desk, &refused.findings),
        kinds: kinds(desk, &refused.kind),
        text: refused.text,
        title: refused.title,
        compare: (texts.len() > 1).then(|| Link::new(desk.words.t("compare-title"), desk.to("/check/compare"))),
        texts: texts.iter().map(|text| line(desk, text)).collect(),
        most: MOST_PASTED,
    })
}

/// Findings as screens list them.
fn lines(desk: &Desk, findings: &[Finding]) -> Vec<FindingLine> {
    let line = |finding: &Finding| {
        let words = jc_words::finding(desk.lang(), finding);
        let place = jc_words::place(desk.lang(), &finding.place);
        let text = [place, words.what].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
        FindingLine { text, mend: words.mend, href: String::new() }
    };
    findings.iter().map(line).collect()
}

/// The kinds of texts to choose from.
fn kinds(desk: &Desk, chosen: &str) -> Vec<Pick> {
    let chosen = if chosen.is_empty() { KINDS[0] } else { chosen };
    KINDS.into_iter().map(|kind| Pick::new(kind, desk.words.t(&format!("text-kind-{kind}")), kind == chosen)).collect()
}

fn line(desk: &Desk, text: &Kept) -> TextLine {
    let Tally { seen, right, nearly, wrong, open } = text.tally;
    TextLine {
        to: Link::new(text.draft.title.clone(), format!("/check/{}", text.id)),
        kind: desk.words.t(&format!("text-kind-{}", text.draft.kind)),
        day: Instant(text.changed_at).local_date(jc_app::app::ZONE_HOURS).to_string(),
        by: text.made_by.clone(),
        counts: [seen, right, nearly, wrong, open].map(|n| n.to_string()),
        bad: wrong > 0,
    }
}

/// Where a text is taken in, and which are kept.
#[derive(Debug, Default, Template)]
#[template(path = "screens/check.html")]
pub struct CheckView {
    /// Around the screen.
    pub frame: Frame,
    /// Where the text is sent: the year it is held against stands in the address.
    pub action: String,
    /// What keeps the text from being checked.
    pub findings: Vec<FindingLine>,
    /// The text typed or pasted.
    pub text: String,
    /// Its title as typed.
    pub title: String,
    /// The kinds of texts.
    pub kinds: Vec<Pick>,
    /// What may be uploaded and how long a text may be, in words.
    pub limit: String,
    /// The most characters that may be pasted.
    pub most: usize,
    /// Where the same claim is compared across texts; nothing with fewer than two.
    pub compare: Option<Link>,
    /// The kept texts, the latest first.
    pub texts: Vec<TextLine>,
}

/// A kept text in a list.
#[derive(Debug, Default)]
pub struct TextLine {
    /// The text.
    pub to: Link,
    /// What kind it is, in words.
    pub kind: String,
    /// When it was changed last.
    pub day: String,
    /// Who keeps it.
    pub by: String,
    /// Numbers seen, right, nearly, wrong, open.
    pub counts: [String; 5],
    /// Whether any is wrong.
    pub bad: bool,
}
