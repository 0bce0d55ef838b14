//! A kept text: prose with marks, what is behind each number, and what a person does about it.

use super::{CheckedText, verdicts, verdicts::Shown, verdicts::Teller};
use crate::{
    desk::Desk,
    frame::{Frame, Link},
    gate::{CheckTexts, Entry},
    guard::{
        fault::Fault,
        posted::{FORM_BYTES, Posted},
    },
    parts::{FindingLine, Pick},
    state::AppState,
};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use jc_app::check_text::Correction;
use jc_app::given::paper::Block;
use jc_app::given::{Claim, FileKind, MOST_TEXT_CHARS, clean, nearest};
use jc_app::texts::{Draft, Kept, replace};
use jc_base::{Finding, Place, RecordId};
use serde::Deserialize;

/// So many notes stand beside a text at once.
const MOST_NOTES: usize = 200;

/// Shows a kept text, judged anew.
pub async fn show(
    State(state): State<AppState>,
    Path(text): Path<String>,
    entry: Entry<CheckTexts>,
) -> Result<Response, Fault> {
    state.show(entry, move |desk| view(desk, &find(desk, &text)?, None)).await
}

/// The kept text of an address.
pub(super) fn find(desk: &Desk, id: &str) -> Result<Kept, Fault> {
    let id = RecordId::parse(id).ok_or(Fault::NotFound)?;
    Ok(desk.viewer.text(id)?)
}

/// What is done with a kept text; `do` names it.
#[derive(Debug, Deserialize)]
#[serde(tag = "do", rename_all = "kebab-case", deny_unknown_fields)]
enum Act {
    /// Says how a number is meant.
    Reread {
        start: String,
        end: String,
        #[serde(default)]
        indicator: String,
        #[serde(default)]
        year: String,
        #[serde(default)]
        unit: String,
        #[serde(default)]
        part: String,
        #[serde(default)]
        dropped: String,
    },
    /// Takes back what was said of a number.
    Unsay { start: String, end: String },
    /// Puts the right number in.
    Accept { start: String, end: String, words: String },
    /// Changes title, kind and text.
    Rewrite { title: String, kind: String, text: String },
    /// Holds the text against another year.
    Year { year: String },
    /// Keeps it no longer.
    Drop {},
}

/// Takes what is done with a kept text.
pub async fn act(
    State(state): State<AppState>,
    Path(text): Path<String>,
    entry: Entry<CheckTexts>,
    posted: Posted,
) -> Result<Response, Fault> {
    let work = move |desk: &Desk| {
        let kept = find(desk, &text)?;
        let mut draft = kept.draft.clone();
        let number = |text: &str| text.parse::<usize>().map_err(|_| Fault::Unclear);
        let year = |text: &str| text.parse::<i32>().ok().filter(|year| (1900..=9998).contains(year));
        let mut to = format!("/check/{}", kept.id);
        match posted.read::<Act>()? {
            Act::Drop {} => {
                desk.viewer.drop_text(kept.id)?;
                return Ok(Redirect::to("/check?done=text-dropped").into_response());
            }
            Act::Reread { start, end, indicator, year: meant, unit, part, dropped } => {
                let short = |text: &str, most| text.trim().chars().take(most).collect::<String>();
                let (indicator, meant, unit) = (short(&indicator, 200), short(&meant, 8), short(&unit, 8));
                let (part, dropped) = (short(&part, 200), dropped == "yes");
                let (start, end, whole) = (number(&start)?, number(&end)?, desk.words.t("check-part-whole"));
                let mut findings = Vec::new();
                let said = Correction {
                    start,
                    end,
                    indicator: indicator_of(desk, &indicator, &mut findings),
                    year: year(&meant),
                    unit: Some(unit.clone()).filter(|unit| !unit.is_empty()),
                    part: Some(if part == whole { String::new() } else { part.clone() }).filter(|_| !part.is_empty()),
                    dropped,
                };
                if said.year.is_none() && !meant.is_empty() {
                    findings.push(asked(desk, "APP-138", "check-year").with("value", meant.as_str()));
                }
                if !findings.is_empty() {
                    let typed = RereadForm {
                        start,
                        end,
                        indicator,
                        year: meant,
                        unit,
                        part,
                        dropped,
                        said: false,
                        open: true,
                        here: true,
                    };
                    let refused = Refused { findings: super::lines(desk, &findings), typed };
                    let screen = view(desk, &kept, Some(refused))?.render()?;
                    return Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(screen)).into_response());
                }
                draft.corrections.retain(|it| (it.start, it.end) != (said.start, said.end));
                to = format!("{to}?at={}#here", said.start);
                draft.corrections.push(said);
            }
            Act::Unsay { start, end } => {
                let at = (number(&start)?, number(&end)?);
                draft.corrections.retain(|it| (it.start, it.end) != at);
                to = format!("{to}?at={}#here", at.0);
            }
            Act::Accept { start, end, words } => {
                let (start, end) = (number(&start)?, number(&end)?);
                let words: String = words.chars().take(60).collect();
                replace(&mut draft, start, end, &words);
                to = format!("{to}?at={start}#here");
            }
            Act::Rewrite { title, kind, text } => rewrite(&mut draft, title, kind, &text)?,
            Act::Year { year: meant } => draft.year = year(&meant).ok_or(Fault::Unclear)?,
        }
        desk.viewer.change_text(kept.id, &draft)?;
        Ok(Redirect::to(&to).into_response())
    };
    state.at_desk(entry, work).await
}

/// How a number was said to be meant, and why it cannot be taken so.
struct Refused {
    findings: Vec<FindingLine>,
    typed: RereadForm,
}

/// What is wrong with what was typed beside a number, by the field's label.
fn asked(desk: &Desk, code: &'static str, label: &str) -> Finding {
    Finding::error(code, Place::Field { field: desk.words.t(label) })
}

/// The indicator someone named, by its name or id; nothing to leave it to the words.
fn indicator_of(desk: &Desk, named: &str, findings: &mut Vec<Finding>) -> Option<String> {
    if named.is_empty() {
        return None;
    }
    let registers = desk.viewer.catalog().registers.iter();
    let all = || registers.clone().flat_map(|register| &register.indicators);
    let called = |it: &&jc_catalog::Indicator| it.id.as_str() == named || it.name.get(desk.lang()) == named;
    let found = all().find(called).map(|it| it.id.to_string());
    if found.is_none() {
        let finding = asked(desk, "APP-137", "check-indicator").with("indicator", named);
        let near = nearest(named, all().map(|it| it.name.get(desk.lang())));
        findings.push(match near {
            Some(near) => finding.with("nearest", near),
            None => finding,
        });
    }
    found
}

/// What was said of numbers stays where the words before them are still the same.
fn rewrite(draft: &mut Draft, title: String, kind: String, text: &str) -> Result<(), Fault> {
    let text = clean(text);
    if text.trim().is_empty() || text.chars().nth(MOST_TEXT_CHARS).is_some() {
        return Err(Fault::Unclear);
    }
    let same = draft.text.chars().zip(text.chars()).take_while(|(old, new)| old == new).count();
    draft.corrections.retain(|it| it.end <= same);
    (draft.title, draft.kind, draft.text) = (title, kind, text);
    Ok(())
}

fn view(desk: &Desk, kept: &Kept, refused: Option<Refused>) -> Result<KeptView, Fault> {
    let draft = &kept.draft;
    let checked = desk.viewer.check_kept(kept)?;
    let codes = ["contradicted", "look", "differs", "pending", "open", "supported", "aside"];
    let only = codes.into_iter().find(|code| *code == desk.asked.get("only")).unwrap_or_default();
    let typed_at = refused.as_ref().map(|it| it.typed.start);
    let at: Option<usize> = typed_at.or_else(|| desk.asked.get("at").parse().ok());
    let shown = Shown { only, note: desk.asked.get("note").parse().ok(), at, most: MOST_NOTES };
    let laid = verdicts::checked(Teller::at(desk), &draft.text, draft.year, &checked, shown);
    let mut frame = desk.frame(draft.title.clone())?;
    frame.here = format!("/check/{}", kept.id);
    let stating = checked.stating();
    let mut rereads: Vec<RereadForm> = laid
        .notes
        .iter()
        .map(|note| {
            let said = draft.corrections.iter().find(|it| (it.start, it.end) == note.span);
            let here = at == Some(note.span.0);
            RereadForm::of(desk, note.span, here, stating.iter().copied().find(|c| c.span.start == note.span.0), said)
        })
        .collect();
    let mut findings = Vec::new();
    if let Some(Refused { findings: found, typed }) = refused {
        findings = found;
        if let Some(form) = rereads.iter_mut().find(|it| (it.start, it.end) == (typed.start, typed.end)) {
            *form = RereadForm { said: form.said, ..typed };
        }
    }
    let names = desk.viewer.catalog().registers.iter().flat_map(|register| &register.indicators);
    Ok(KeptView {
        about: desk.words.with(
            "check-kept-about",
            &[("kind", desk.words.t(&format!("text-kind-{}", draft.kind))), ("by", kept.made_by.clone())],
        ),
        action: format!("/check/{}", kept.id),
        files: [(FileKind::Docx, "check-as-word"), (FileKind::Pdf, "check-as-pdf")]
            .into_iter()
            .filter(|(kind, _)| FileKind::ALL.contains(kind))
            .map(|(kind, label)| Pick::new(kind.code(), desk.words.t(label), false))
            .collect(),
        make: desk.to(&format!("/check/{}/make", kept.id)),
        data: Link::new(desk.words.t("check-as-data"), format!("/check/{}/verdicts.json", kept.id)),
        all: Link::new(desk.words.t("check-title"), desk.to("/check")),
        pictures: desk.asked.get("pictures") == "1",
        kinds: super::kinds(desk, &draft.kind),
        title: draft.title.clone(),
        // A form holds no more than this; longer texts are uploaded anew.
        text: if draft.text.len() * 3 < FORM_BYTES { draft.text.clone() } else { String::new() },
        year: draft.year,
        indicators: names.map(|it| it.name.get(desk.lang()).to_owned()).collect(),
        parts: std::iter::once(desk.words.t("check-part-whole")).chain(checked.parts.iter().cloned()).collect(),
        findings,
        checked: laid,
        rereads,
        frame,
    })
}

/// A kept text with its verdicts.
#[derive(Debug, Default, Template)]
#[template(path = "screens/check_text.html")]
pub struct KeptView {
    /// Around the screen.
    pub frame: Frame,
    /// What kind of text it is and who keeps it, in words.
    pub about: String,
    /// Where what is done is sent.
    pub action: String,
    /// The files it can be had as.
    pub files: Vec<Pick>,
    /// Where they are asked for.
    pub make: String,
    /// Its claims and verdicts as data.
    pub data: Link,
    /// All kept texts.
    pub all: Link,
    /// Whether some pages were pictures and are not in the text.
    pub pictures: bool,
    /// The kinds of texts.
    pub kinds: Vec<Pick>,
    /// Its title.
    pub title: String,
    /// The text itself, to be rewritten; empty if it is too long for a form.
    pub text: String,
    /// The year meant where it names none.
    pub year: i32,
    /// What is wrong with what was said of a number.
    pub findings: Vec<FindingLine>,
    /// The names of all indicators, to choose from.
    pub indicators: Vec<String>,
    /// The names of the parts to which they may be narrowed, the word for all of it first.
    pub parts: Vec<String>,
    /// The verdicts.
    pub checked: CheckedText,
    /// For each note, in its order: how its number is read, to be said otherwise.
    pub rereads: Vec<RereadForm>,
}

/// How a number is read, to be said otherwise.
#[derive(Debug, Default)]
pub struct RereadForm {
    /// Where it stands.
    pub start: usize,
    /// One after its last character.
    pub end: usize,
    /// The indicator said; empty if it was left to the words.
    pub indicator: String,
    /// The year read or said.
    pub year: String,
    /// The unit read or said.
    pub unit: String,
    /// The part said; empty if it was left to the words.
    pub part: String,
    /// Whether it was said to be no finding.
    pub dropped: bool,
    /// Whether anything was said.
    pub said: bool,
    /// Whether it is unfolded.
    pub open: bool,
    /// Whether one comes back to it.
    pub here: bool,
}

impl RereadForm {
    fn of(desk: &Desk, span: (usize, usize), here: bool, claim: Option<&Claim>, said: Option<&Correction>) -> Self {
        let year = claim.and_then(|claim| claim.period.as_ref()?.years.first().copied());
        let indicator = said.and_then(|it| it.indicator.as_deref()).and_then(|id| {
            let (register, indicator) = desk.viewer.catalog().find_indicator(id)?;
            Some(desk.viewer.catalog().registers.get(register)?.indicators.get(indicator)?.name.get(desk.lang()))
        });
        Self {
            start: span.0,
            end: span.1,
            indicator: indicator.unwrap_or_default().to_owned(),
            year: year.map_or_else(String::new, |year| year.to_string()),
            unit: match said.and_then(|it| it.unit.clone()) {
                Some(unit) => unit,
                None => claim.map_or_else(String::new, |claim| claim.unit.clone()),
            },
            part: match said.and_then(|it| it.part.as_deref()) {
                Some("") => desk.words.t("check-part-whole"),
                part => part.unwrap_or_default().to_owned(),
            },
            dropped: said.is_some_and(|it| it.dropped),
            said: said.is_some(),
            open: said.is_some(),
            here,
        }
    }
}
