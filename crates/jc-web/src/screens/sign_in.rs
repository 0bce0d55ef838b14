//! Signing in.

use crate::{
    frame::{Frame, Link},
    gate::{Anyone, Entry, Routes},
    guard::{cookies, fault::Fault, posted::Posted, visit::Visit},
    show,
    state::AppState,
};
use askama::Template;
use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Redirect, Response},
};
use jc_app::AppError;
use jc_app::sign_in::Attempt;
use serde::Deserialize;

/// The addresses of signing in and out, and of choosing a language.
pub fn routes() -> Routes {
    Routes::new()
        .get("/sign-in", form)
        .post("/sign-in", sign_in)
        .post("/sign-out", sign_out)
        .post("/language", language)
}

/// What the form sends.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Request {
    name: String,
    password: String,
    #[serde(default)]
    code: String,
    #[serde(default)]
    back: String,
}

async fn form(State(state): State<AppState>, entry: Entry<Anyone>) -> Result<Response, Fault> {
    let back = entry.asked.get("back").to_owned();
    view(&state, entry.visit, String::new(), back, None).await
}

async fn sign_in(State(state): State<AppState>, entry: Entry<Anyone>, posted: Posted) -> Result<Response, Fault> {
    let visit = entry.visit;
    let request: Request = posted.read()?;
    let (name, back) = (request.name.trim().to_owned(), safe(&request.back));
    let (login, address) = (name.clone(), visit.address.clone());
    let outcome = state
        .run(move |app| {
            let (school, _, _) = app.schools()?.into_iter().next().ok_or(Fault::NotFound)?;
            let attempt =
                Attempt { login: &login, password: &request.password, code: &request.code, address: &address };
            Ok(app.sign_in(school, &attempt))
        })
        .await?;
    let words = visit.words;
    let fault = match outcome {
        Ok((_, token)) => return Ok(with_cookie(cookies::SESSION, &token, &state, None, &back)),
        Err(AppError::SignInRefused) => words.t("sign-in-wrong"),
        Err(AppError::Over { last }) => words.t1("sign-in-over", "day", show::day(words.0, last)),
        Err(AppError::Wait { seconds }) => words.t1("sign-in-wait", "seconds", seconds),
        Err(other) => return Err(other.into()),
    };
    let mut again = view(&state, visit, name, back, Some(fault)).await?;
    *again.status_mut() = StatusCode::UNAUTHORIZED;
    Ok(again)
}

async fn sign_out(State(state): State<AppState>, entry: Entry<Anyone>, _: Posted) -> Result<Response, Fault> {
    if let Some(token) = entry.visit.session {
        state.run(move |app| Ok(app.sign_out(&token)?)).await?;
    }
    let mut response = with_cookie(cookies::SESSION, "", &state, Some(0), "/sign-in");
    // What was typed and not saved is kept by the browser; whoever comes next is not to find it.
    response.headers_mut().insert("clear-site-data", HeaderValue::from_static("\"storage\""));
    Ok(response)
}

async fn language(State(state): State<AppState>, _: Entry<Anyone>, posted: Posted) -> Result<Response, Fault> {
    let lang = posted.get("lang").and_then(jc_base::Lang::from_code).ok_or(Fault::Unclear)?;
    let back = safe(posted.get("back").unwrap_or("/"));
    Ok(with_cookie(cookies::LANG, lang.code(), &state, Some(365 * 86_400), &back))
}

/// An address of this site, or the answer sheet: nobody is sent elsewhere.
pub(super) fn safe(back: &str) -> String {
    let own = back.starts_with('/') && !back.starts_with("//") && !back.contains(['\\', '\r', '\n']);
    if own && back != "/sign-in" { back.to_owned() } else { "/".to_owned() }
}

pub(super) fn with_cookie(name: &str, value: &str, state: &AppState, max_age: Option<u32>, to: &str) -> Response {
    let mut response = Redirect::to(to).into_response();
    if let Some(cookie) = cookies::set(name, value, state.settings().https, max_age) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

async fn view(
    state: &AppState,
    visit: Visit,
    name: String,
    back: String,
    fault: Option<String>,
) -> Result<Response, Fault> {
    let schools = state.run(|app| Ok(app.schools()?)).await?;
    let (school, synthetic) = schools.into_iter().next().map(|(_, name, s)| (name, s)).unwrap_or_default();
    let frame = Frame {
        words: visit.words,
        title: visit.words.t("sign-in-title"),
        school,
        synthetic,
        token: visit.token,
        here: "/sign-in".into(),
        ..Frame::default()
    };
    let elsewhere = state.settings().sign_on.providers.iter().map(|provider| {
        let to = format!("/sign-on/{}", provider.code());
        Link::new(visit.words.t1("sign-on-with", "name", &provider.name), show::address(&to, [("back", back.as_str())]))
    });
    let elsewhere = elsewhere.collect();
    let samples = if synthetic { state.settings().samples.clone() } else { Vec::new() };
    Ok(Html(SignInView { frame, name, back, fault, elsewhere, samples }.render()?).into_response())
}

/// The form to sign in.
#[derive(Debug, Default, Template)]
#[template(path = "screens/sign_in.html")]
pub struct SignInView {
    /// Around the screen.
    pub frame: Frame,
    /// The name typed.
    pub name: String,
    /// Where to go afterwards: an address of this site.
    pub back: String,
    /// Why it did not work; the same words whether the name or the password was wrong.
    pub fault: Option<String>,
    /// Sign-ins elsewhere.
    pub elsewhere: Vec<Link>,
    /// Names and passwords that work, in a sample installation.
    pub samples: Vec<(String, String)>,
}

#[cfg(test)]
mod tests {
    use super::safe;

    #[test]
    fn nobody_is_sent_elsewhere() {
        for (back, to) in [
            ("/figures?year=2024", "/figures?year=2024"),
            ("//evil.example", "/"),
            ("https://evil.example", "/"),
            ("/\\evil.example", "/"),
            ("", "/"),
        ] {
            assert_eq!(safe(back), to);
        }
    }
}
