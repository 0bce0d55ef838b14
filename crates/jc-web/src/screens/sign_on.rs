//! Signing in elsewhere: the way there, the way back, the code of the second factor, and linking one's own account.

use super::account::{before_linking, unlinked};
use super::sign_in::{safe, with_cookie};
use crate::{
    frame::{Frame, Link},
    gate::{Anyone, Entry, OwnAccount, Routes, SignedIn},
    guard::{cookies, fault::Fault, posted::Posted, visit::Visit},
    sign_on::{Answer, Provider, Purpose, SignOn, SignOnFault},
    state::AppState,
};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use jc_app::sign_on::{Came, Identity};
use jc_app::{App, AppError};

/// The addresses.
pub fn routes() -> Routes {
    Routes::new()
        .get("/sign-on/{provider}", go)
        .get("/sign-on/{provider}/back", back)
        .post("/sign-on/code", code)
        .post("/account/links/{provider}", link)
        .post("/account/links/{provider}/end", unlink)
}

/// The one of an address.
fn provider<'a>(state: &'a AppState, code: &str) -> Result<&'a Provider, Fault> {
    state.settings().sign_on.find(code).ok_or(Fault::NotFound)
}

/// Where a sign-in sends people back to: below the public address, never what a request says.
fn way_back(state: &AppState, provider: &Provider) -> Result<String, Fault> {
    let origin = state.settings().origin.as_deref().ok_or(Fault::NotFound)?;
    Ok(format!("{origin}/sign-on/{}/back", provider.code()))
}

async fn go(State(state): State<AppState>, Path(code): Path<String>, entry: Entry<Anyone>) -> Result<Response, Fault> {
    let visit = entry.visit;
    let purpose = Purpose::SignIn(safe(entry.asked.get("back")));
    match leave(&state, &code, &visit.token, purpose).await? {
        Some(to) => Ok(Redirect::to(&to).into_response()),
        None => failed(&state, &visit, "sign-on-unreached").await,
    }
}

/// Begins one in a browser; gives the address elsewhere, or nothing if it cannot be asked.
async fn leave(state: &AppState, code: &str, browser: &str, purpose: Purpose) -> Result<Option<String>, Fault> {
    let back = way_back(state, provider(state, code)?)?;
    let (here, code, browser) = (state.clone(), code.to_owned(), browser.to_owned());
    let work = move |_: &App| {
        let provider = provider(&here, &code)?;
        let (number, begun) = here.settings().sign_on.begin(&browser, purpose).ok_or(Fault::Busy)?;
        Ok(provider.asks(&back, &number, &begun).map_err(|fault| log(provider, &fault)).ok())
    };
    state.run(work).await
}

/// The cause goes to the log; whoever comes learns that it did not work.
fn log(provider: &Provider, fault: &SignOnFault) {
    let cause = std::iter::successors(Some(fault as &dyn std::error::Error), |error| error.source());
    let cause = cause.map(ToString::to_string).collect::<Vec<_>>().join(": ");
    tracing::warn!(provider = provider.code(), cause, "a sign-in elsewhere failed");
}

/// What came of coming back.
enum Back {
    In(String, String),
    Linked,
    Code(Identity, String),
    Failed(&'static str),
}

async fn back(
    State(state): State<AppState>,
    Path(code): Path<String>,
    entry: Entry<Anyone>,
) -> Result<Response, Fault> {
    let (visit, asked) = (entry.visit, entry.asked);
    let own = provider(&state, &code)?;
    let back = way_back(&state, own)?;
    let number = asked.get("state").to_owned();
    let Some(begun) = state.settings().sign_on.take(&number, &visit.token) else {
        return failed(&state, &visit, "sign-on-stale").await;
    };
    let field = |name: &str| asked.get(name).to_owned();
    let answer = Answer { code: field("code"), issuer: field("iss"), ticket: field("ticket") };
    let (here, come) = (state.clone(), visit.clone());
    let work = move |app: &App| {
        let provider = provider(&here, &code)?;
        let now = app.moment().now.0.div_euclid(1000);
        let is = match provider.answers(&back, &number, &begun, &answer, now) {
            Ok(is) => is,
            Err(fault) => {
                log(provider, &fault);
                return Ok(Back::Failed("sign-on-refused"));
            }
        };
        match begun.purpose {
            Purpose::SignIn(to) => enter(app, &come, is, "", to),
            Purpose::Link => {
                let person = app.person(come.session.as_deref().unwrap_or_default())?;
                let mut person = person.ok_or_else(|| Fault::SignIn("/account".to_owned()))?;
                person.comes_with(come.session.as_deref().unwrap_or_default(), &come.address);
                match app.link(&person, &is) {
                    Err(AppError::Findings(_)) => Ok(Back::Failed("sign-on-taken")),
                    done => Ok(done.map(|()| Back::Linked)?),
                }
            }
            Purpose::Code(..) => Ok(Back::Failed("sign-on-stale")),
        }
    };
    let came = state.run(work).await?;
    answered(&state, &visit, came).await
}

fn enter(app: &App, visit: &Visit, is: Identity, code: &str, to: String) -> Result<Back, Fault> {
    let (school, _, _) = app.schools()?.into_iter().next().ok_or(Fault::NotFound)?;
    match app.sign_on(school, &is, code, &visit.address) {
        Ok(Came::In(_, token)) => Ok(Back::In(token, to)),
        Ok(Came::Nobody) => Ok(Back::Failed("sign-on-nobody")),
        Ok(Came::CodeNeeded) => Ok(Back::Code(is, to)),
        Err(AppError::Over { .. }) => Ok(Back::Failed("sign-on-over")),
        Err(AppError::SignInRefused | AppError::Wait { .. }) => Ok(Back::Failed("sign-on-code-wrong")),
        Err(error) => Err(error.into()),
    }
}

async fn answered(state: &AppState, visit: &Visit, came: Back) -> Result<Response, Fault> {
    match came {
        Back::In(token, to) => Ok(with_cookie(cookies::SESSION, &token, state, None, &to)),
        Back::Linked => Ok(Redirect::to("/account?done=linked").into_response()),
        Back::Code(is, to) => {
            let sign_on: &SignOn = &state.settings().sign_on;
            let (number, _) = sign_on.begin(&visit.token, Purpose::Code(is, to)).ok_or(Fault::Busy)?;
            view(state, visit, None, Step::Code(number)).await
        }
        Back::Failed(id) => failed(state, visit, id).await,
    }
}

async fn code(State(state): State<AppState>, entry: Entry<Anyone>, posted: Posted) -> Result<Response, Fault> {
    let visit = entry.visit;
    let begun = state.settings().sign_on.take(posted.get("number").unwrap_or_default(), &visit.token);
    let Some(Purpose::Code(is, to)) = begun.map(|begun| begun.purpose) else {
        return failed(&state, &visit, "sign-on-stale").await;
    };
    let typed = posted.get("code").unwrap_or_default().trim().to_owned();
    let come = visit.clone();
    // Without a code it is not asked for again: one way in, one attempt.
    let typed = if typed.is_empty() { "-".to_owned() } else { typed };
    let came = state.run(move |app| enter(app, &come, is, &typed, to)).await?;
    answered(&state, &visit, came).await
}

/// Begins to link: only by a form of this site, so that nobody is linked by an address they were sent.
async fn link(
    State(state): State<AppState>,
    Path(code): Path<String>,
    entry: Entry<SignedIn>,
    posted: Posted,
) -> Result<Response, Fault> {
    let visit = entry.visit.clone();
    let name = provider(&state, &code)?.name.clone();
    if let Some(refused) = state.at_desk(entry, move |desk| before_linking(desk, posted)).await? {
        return Ok(refused);
    }
    match leave(&state, &code, &visit.token, Purpose::Link).await? {
        Some(to) => view(&state, &visit, None, Step::Leave(Link::new(name, to))).await,
        None => failed(&state, &visit, "sign-on-unreached").await,
    }
}

async fn unlink(
    State(state): State<AppState>,
    Path(code): Path<String>,
    entry: Entry<OwnAccount>,
    posted: Posted,
) -> Result<Response, Fault> {
    state.at_desk(entry, move |desk| unlinked(desk, posted, &code)).await
}

async fn failed(state: &AppState, visit: &Visit, id: &'static str) -> Result<Response, Fault> {
    let mut shown = view(state, visit, Some(visit.words.t(id)), Step::None).await?;
    *shown.status_mut() = StatusCode::UNAUTHORIZED;
    Ok(shown)
}

async fn view(state: &AppState, visit: &Visit, fault: Option<String>, step: Step) -> Result<Response, Fault> {
    let schools = state.run(|app| Ok(app.schools()?)).await?;
    let (school, synthetic) = schools.into_iter().next().map(|(_, name, s)| (name, s)).unwrap_or_default();
    let frame = Frame {
        words: visit.words,
        title: visit.words.t("sign-in-title"),
        school,
        synthetic,
        token: visit.token.clone(),
        here: "/sign-in".into(),
        ..Frame::default()
    };
    Ok(Html(SignOnView { frame, fault, step }.render()?).into_response())
}

/// On the way to or from a sign-in elsewhere.
#[derive(Debug, Default, Template)]
#[template(path = "screens/sign_on.html")]
pub struct SignOnView {
    /// Around the screen.
    pub frame: Frame,
    /// Why it did not work.
    pub fault: Option<String>,
    /// What is to be done.
    pub step: Step,
}

/// What is to be done on the way.
#[derive(Debug, Default)]
pub enum Step {
    /// Nothing: back to the form.
    #[default]
    None,
    /// Go to the sign-in elsewhere, which links it to one's account.
    Leave(Link),
    /// Type the code of the second factor: the number of what was begun.
    Code(String),
}
