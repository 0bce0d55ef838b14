//! What went wrong on the way to a screen, as status and screen: the one place where errors become answers.

use super::visit::Visit;
use crate::{
    frame::{Frame, Link},
    screens::fault::FaultView,
    show,
};
use askama::Template;
use axum::{
    Json,
    body::Body,
    extract::Request,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{Html, IntoResponse, Redirect, Response},
};
use jc_app::AppError;
use jc_app::given::{DbError, StoreError};
use jc_base::{Finding, Lang};
use serde_json::json;
use std::any::Any;

/// Why no screen can be shown.
#[derive(Debug)]
pub enum Fault {
    /// Nobody is signed in; afterwards one comes back here.
    SignIn(String),
    /// The password must be changed, or a second factor begun with, before anything else.
    MustChange,
    /// There is no such screen or thing, or it is not for this person to see, which answers alike.
    NotFound,
    /// No program's token, or none that gives anything.
    NoToken,
    /// This person may not do it.
    Denied,
    /// The request did not come from a screen of ours.
    Foreign,
    /// The request was sent to a name that is not ours.
    Misdirected,
    /// A full identity number stands in the address: whoever typed it is told elsewhere why that cannot be.
    NumberAsked,
    /// The request is not understood.
    Unclear,
    /// One thing of the request is not understood: which, why and how to mend it.
    Named(Box<Finding>),
    /// The body is not of the kind expected.
    WrongKind,
    /// The body is too large.
    TooLarge,
    /// Someone else changed it meanwhile, or its state does not allow it any more.
    Changed,
    /// Too much is asked for at once.
    Busy,
    /// Another program writes, and did not end in time.
    Locked,
    /// The disk is full, or cannot be written: nothing was, and its cause goes to the log.
    NoRoom(String),
    /// A fault of ours; its cause goes to the log.
    Ours(String),
}

/// Tells the outer layer that an answer still needs its screen.
#[derive(Debug, Clone, Default)]
struct Bare {
    /// The message id where it is not that of the status.
    text: Option<&'static str>,
    /// The number under which the log keeps the cause.
    reference: Option<String>,
    /// What of the request is not understood.
    finding: Option<Finding>,
}

impl Fault {
    /// The fault of reading a body that a status names.
    pub fn body(status: StatusCode) -> Self {
        if status == StatusCode::PAYLOAD_TOO_LARGE { Self::TooLarge } else { Self::Unclear }
    }

    /// Notes it in the log where no screen will; gives the number under which it stands there.
    pub fn noted(self) -> String {
        match self {
            Self::Ours(cause) | Self::NoRoom(cause) => log(&cause),
            other => log(&format!("{other:?}")),
        }
    }

    fn status(&self) -> StatusCode {
        match self {
            Self::SignIn(_) | Self::MustChange | Self::NumberAsked => StatusCode::SEE_OTHER,
            Self::NoToken => StatusCode::UNAUTHORIZED,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Denied | Self::Foreign => StatusCode::FORBIDDEN,
            Self::Misdirected => StatusCode::MISDIRECTED_REQUEST,
            Self::Unclear | Self::Named(_) => StatusCode::BAD_REQUEST,
            Self::WrongKind => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Changed => StatusCode::CONFLICT,
            Self::Busy => StatusCode::TOO_MANY_REQUESTS,
            Self::Locked => StatusCode::SERVICE_UNAVAILABLE,
            Self::NoRoom(_) => StatusCode::INSUFFICIENT_STORAGE,
            Self::Ours(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl From<AppError> for Fault {
    /// Handlers that can show findings, a wait or a refused sign-in on their own screen do so before this.
    fn from(error: AppError) -> Self {
        match error {
            AppError::Denied => Self::Denied,
            AppError::NotFound => Self::NotFound,
            AppError::Stale | AppError::WrongState | AppError::OwnRecord | AppError::PreviewOutdated => Self::Changed,
            AppError::Findings(_) => Self::Unclear,
            AppError::SignInRefused | AppError::Wait { .. } | AppError::Over { .. } => Self::Denied,
            AppError::Leaked(cause) => Self::Ours(causes(&cause)),
            AppError::Store(cause) if cause.is_no_room() => Self::NoRoom(causes(&cause)),
            AppError::Store(StoreError::Db { source: DbError::Retry(_), .. }) => Self::Locked,
            AppError::Store(cause) => Self::Ours(causes(&cause)),
            AppError::Report(cause) => Self::Ours(causes(&cause)),
        }
    }
}

impl From<askama::Error> for Fault {
    fn from(error: askama::Error) -> Self {
        Self::Ours(error.to_string())
    }
}

/// An error with its causes, for the log.
fn causes(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        next = cause.source();
    }
    text
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let status = self.status();
        let bare = match self {
            Self::MustChange => return Redirect::to("/account").into_response(),
            Self::NumberAsked => return Redirect::to("/search?typed=number").into_response(),
            Self::SignIn(back) => {
                let to = show::address("/sign-in", [("back", back.as_str())]);
                return Redirect::to(&to).into_response();
            }
            Self::Foreign => Bare { text: Some("fault-403-foreign-text"), ..Bare::default() },
            Self::Ours(cause) | Self::NoRoom(cause) => Bare { reference: Some(log(&cause)), ..Bare::default() },
            Self::Named(finding) => Bare { finding: Some(*finding), ..Bare::default() },
            _ => Bare::default(),
        };
        let mut response = status.into_response();
        response.extensions_mut().insert(bare);
        response
    }
}

/// Writes the cause of a fault of ours to the log, and gives the number people are told.
fn log(cause: &str) -> String {
    const LETTERS: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    let mut bytes = [0u8; 8];
    let _ = getrandom::fill(&mut bytes);
    let letters = bytes.iter().filter_map(|b| LETTERS.get(usize::from(b % 32)).map(|l| char::from(*l)));
    let mut reference: String = letters.collect();
    reference.insert(4, '-');
    tracing::error!(reference, cause, "a request failed");
    reference
}

/// What a panic in a handler answers.
pub fn panicked(cause: Box<dyn Any + Send + 'static>) -> Response<Body> {
    let text = cause.downcast_ref::<String>().map(String::as_str).or_else(|| cause.downcast_ref::<&str>().copied());
    Fault::Ours(format!("panic: {}", text.unwrap_or("without words"))).into_response()
}

/// Gives every error that has none its screen: those of ours, and those of the layers below (404, 405, 408, 413).
pub async fn guard(request: Request, next: Next) -> Response {
    let visit = request.extensions().get::<Visit>().cloned().unwrap_or_default();
    let response = next.run(request).await;
    let status = response.status();
    let kind = response.headers().get(header::CONTENT_TYPE).map(|kind| kind.as_bytes().to_vec()).unwrap_or_default();
    let finished = kind.starts_with(b"text/html") || kind.starts_with(b"application/json");
    if !(status.is_client_error() || status.is_server_error()) || finished {
        return response;
    }
    let bare = response.extensions().get::<Bare>().cloned().unwrap_or_default();
    if visit.program {
        return told(&visit, status, &bare, response.headers());
    }
    match view(&visit, status, &bare).render() {
        Ok(html) => {
            let mut screen = (status, Html(html)).into_response();
            if let Some(allow) = response.headers().get(header::ALLOW) {
                screen.headers_mut().insert(header::ALLOW, allow.clone());
            }
            if visit.partial {
                // A part that cannot be swapped in replaces the whole screen.
                screen.headers_mut().insert("hx-retarget", HeaderValue::from_static("body"));
            }
            screen
        }
        Err(_) => response,
    }
}

/// The same for a program.
fn told(visit: &Visit, status: StatusCode, bare: &Bare, headers: &HeaderMap) -> Response {
    let code = worded(status);
    let text = visit.words.t(bare.text.unwrap_or(&format!("fault-{code}-text")));
    let error = json!({ "status": status.as_u16(), "text": text, "reference": bare.reference });
    let body = match &bare.finding {
        Some(finding) => json!({ "error": error, "findings": [finding_json(visit.words.0, finding)] }),
        None => json!({ "error": error }),
    };
    let mut answer = (status, Json(body)).into_response();
    for name in [header::ALLOW, header::RETRY_AFTER] {
        if let Some(value) = headers.get(&name) {
            answer.headers_mut().insert(name, value.clone());
        }
    }
    if status == StatusCode::UNAUTHORIZED {
        answer.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    answer
}

/// A finding as programs are told it.
pub fn finding_json(lang: Lang, finding: &Finding) -> serde_json::Value {
    serde_json::from_str(&jc_words::json(lang, finding)).unwrap_or_default()
}

/// The status whose words are shown for a status.
fn worded(status: StatusCode) -> u16 {
    const WORDED: [u16; 15] = [400, 401, 403, 404, 405, 408, 409, 413, 415, 421, 422, 429, 500, 503, 507];
    match status.as_u16() {
        code if WORDED.contains(&code) => code,
        code if code < 500 => 400,
        _ => 500,
    }
}

fn view(visit: &Visit, status: StatusCode, bare: &Bare) -> FaultView {
    let words = visit.words;
    let code = worded(status);
    let title = words.t(&format!("fault-{code}"));
    let text = match &bare.finding {
        Some(finding) => {
            let said = jc_words::finding(words.0, finding);
            let parts = [jc_words::place(words.0, &finding.place), said.what, said.mend];
            parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
        }
        None => words.t(bare.text.unwrap_or(&format!("fault-{code}-text"))),
    };
    FaultView {
        frame: Frame { words, title, token: visit.token.clone(), here: "/".into(), ..Frame::default() },
        status: status.as_u16(),
        text,
        reference: bare.reference.clone(),
        ways: vec![Link::new(words.t("fault-home"), "/"), Link::new(words.t("nav-registers"), "/registers")],
    }
}
