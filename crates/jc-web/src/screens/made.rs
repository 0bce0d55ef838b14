//! How the making of a file stands: it goes on by itself, this screen tells how far it is, and the file waits at its end.

use crate::{
    desk::Desk,
    frame::{Frame, Link},
    gate::{Entry, Needs},
    guard::fault::Fault,
    jobs::{Asked, Stage, Standing},
    parts::FindingLine,
    screens::{export::download, reports::said},
    show,
    state::AppState,
};
use askama::Template;
use axum::response::{IntoResponse, Redirect, Response};
use jc_app::made::Made;
use jc_app::report::Step;
use jc_app::{App, AppError, Person};
use std::sync::Arc;

/// Has a file made below the address `place`, and leads to the screen that tells how far it is; `what` is everything that
/// makes it another file, `make` is handed what to tell its stages with.
pub(super) fn begin(
    state: &AppState,
    desk: &Desk,
    place: String,
    what: String,
    make: impl FnOnce(&App, &Person, &mut dyn FnMut(Stage)) -> Result<Arc<Made>, AppError> + Send + 'static,
) -> Result<Response, Fault> {
    let screen = state.make(Asked { person: desk.person.clone(), place, what }, make)?;
    Ok(Redirect::to(&desk.to(&screen)).into_response())
}

/// The stage of a file that is made in steps.
pub(super) fn stage(step: Step) -> Stage {
    let says = match step {
        Step::Reading => "report-step-reading",
        Step::Checking => "report-step-checking",
        Step::Writing => "report-step-writing",
        Step::Noting => "report-step-noting",
    };
    Stage { says, done: Step::ALL.iter().position(|s| *s == step).unwrap_or(0), of: Step::ALL.len() }
}

/// The screen of a file that is made below the address `place`; `crumbs` lead back from it.
pub(super) async fn look<N: Needs>(
    state: AppState,
    entry: Entry<N>,
    place: String,
    number: String,
    crumbs: impl FnOnce(&Desk) -> Result<Vec<Link>, Fault> + Send + 'static,
) -> Result<Response, Fault> {
    let jobs = state.clone();
    state
        .show(entry, move |desk| {
            let standing = jobs.jobs().look(&number, desk.person, &place)?;
            let mut frame = desk.frame(desk.words.t("made-title"))?;
            frame.crumbs = crumbs(desk)?;
            let here = format!("{place}/{number}");
            let mut view = MadeView { frame, here: desk.to(&here), ..MadeView::default() };
            match standing {
                Standing::Working(stage) => {
                    view.working = true;
                    (view.done, view.of) = (stage.done, stage.of.max(1));
                    view.text = desk.words.t(stage.says);
                }
                Standing::Done(made) => {
                    let size = show::size(desk.lang(), made.bytes.len() as u64);
                    view.text = desk.words.t2("made-done", "name", &made.name, "size", size);
                    view.file = Some(desk.to(&format!("{here}/file")));
                    view.findings = made.findings.iter().map(|finding| said(desk, finding, false)).collect();
                }
                Standing::Refused(findings) => {
                    view.text = desk.words.t("made-refused");
                    view.findings = findings.iter().map(|finding| said(desk, finding, false)).collect();
                }
                Standing::Failed(reference) => view.text = desk.words.t1("made-failed", "reference", reference),
            }
            Ok(view)
        })
        .await
}

/// The file, once it is made.
pub(super) async fn file<N: Needs>(
    state: AppState,
    entry: Entry<N>,
    place: String,
    number: String,
) -> Result<Response, Fault> {
    let jobs = state.clone();
    state
        .at_desk(entry, move |desk| match jobs.jobs().look(&number, desk.person, &place)? {
            Standing::Done(made) => Ok(download(&made.name, made.media_type, made.bytes.clone())),
            _ => Err(Fault::NotFound),
        })
        .await
}

/// How the making of a file stands.
#[derive(Debug, Default, Template)]
#[template(path = "screens/made.html")]
pub struct MadeView {
    /// Around the screen.
    pub frame: Frame,
    /// This screen: asked again while work goes on.
    pub here: String,
    /// Whether work goes on.
    pub working: bool,
    /// Parts done.
    pub done: usize,
    /// Of how many.
    pub of: usize,
    /// How it stands, in words.
    pub text: String,
    /// Where the file waits.
    pub file: Option<String>,
    /// What should be known about it, or why it was not made.
    pub findings: Vec<FindingLine>,
}
