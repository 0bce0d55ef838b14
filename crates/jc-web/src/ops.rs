//! For those who run the program, not for those who use it: whether it lives, whether it is ready, its numbers; and a
//! line in the log for each request. None of it tells anything of the school's data.

use crate::state::AppState;
use axum::Router;
use axum::extract::{Extension, MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::net::IpAddr;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tracing::Instrument as _;

/// The addresses. They belong to nobody: no session is looked at.
pub fn routes() -> Router<AppState> {
    Router::new().route("/health", get(health)).route("/ready", get(ready)).route("/metrics", get(metrics))
}

/// Where a request comes from; not there if it did not come over a socket of ours.
#[derive(Debug, Clone, Copy)]
pub struct Peer(pub IpAddr);

/// The upper ends of the classes of durations, in seconds.
const CLASSES: [f64; 8] = [0.005, 0.02, 0.05, 0.2, 0.5, 1.0, 5.0, 20.0];

/// What is counted while serving.
#[derive(Debug)]
pub struct Watch {
    started: Instant,
    open: AtomicI64,
    refused: AtomicU64,
    /// Whether nothing could be written when it was last tried.
    no_room: AtomicBool,
    in_flight: AtomicI64,
    /// Requests by method and class of status.
    requests: Mutex<BTreeMap<(&'static str, u16), u64>>,
    classes: [AtomicU64; CLASSES.len()],
    microseconds: AtomicU64,
}

impl Default for Watch {
    fn default() -> Self {
        Self {
            started: Instant::now(),
            open: AtomicI64::default(),
            refused: AtomicU64::default(),
            no_room: AtomicBool::default(),
            in_flight: AtomicI64::default(),
            requests: Mutex::default(),
            classes: Default::default(),
            microseconds: AtomicU64::default(),
        }
    }
}

/// One more, until it is dropped.
pub(crate) struct Counted(Arc<Watch>, fn(&Watch) -> &AtomicI64);

impl Drop for Counted {
    fn drop(&mut self) {
        (self.1)(&self.0).fetch_sub(1, Relaxed);
    }
}

impl Watch {
    pub(crate) fn open(self: &Arc<Self>) -> Counted {
        self.counted(|watch| &watch.open)
    }

    pub(crate) fn refused(&self) {
        self.refused.fetch_add(1, Relaxed);
    }

    fn counted(self: &Arc<Self>, which: fn(&Self) -> &AtomicI64) -> Counted {
        which(self).fetch_add(1, Relaxed);
        Counted(self.clone(), which)
    }

    fn answered(&self, method: &Method, status: StatusCode, took: Duration) {
        // Methods are a stranger's words: only those that exist are counted by name.
        let method = match *method {
            Method::GET => "GET",
            Method::POST => "POST",
            Method::HEAD => "HEAD",
            _ => "other",
        };
        let mut requests = self.requests.lock().unwrap_or_else(PoisonError::into_inner);
        *requests.entry((method, status.as_u16() / 100)).or_default() += 1;
        drop(requests);
        self.microseconds.fetch_add(u64::try_from(took.as_micros()).unwrap_or(u64::MAX), Relaxed);
        if let Some((_, class)) = CLASSES.iter().zip(&self.classes).find(|(end, _)| took.as_secs_f64() <= **end) {
            class.fetch_add(1, Relaxed);
        }
    }

    /// The numbers in the form Prometheus reads.
    fn text(&self) -> String {
        let mut out = String::new();
        let head = |out: &mut String, name: &str, kind: &str, help: &str| {
            let _ = writeln!(out, "# HELP jiangce_{name} {help}\n# TYPE jiangce_{name} {kind}");
        };
        head(&mut out, "build_info", "gauge", "Version of the program.");
        let _ = writeln!(out, "jiangce_build_info{{version=\"{}\"}} 1", env!("CARGO_PKG_VERSION"));
        for (name, kind, help, value) in [
            ("uptime_seconds", "gauge", "Since the start.", self.started.elapsed().as_secs() as i64),
            ("connections", "gauge", "Open connections.", self.open.load(Relaxed)),
            ("connections_refused_total", "counter", "Beyond the limits.", self.refused.load(Relaxed) as i64),
            ("writing_fails", "gauge", "Whether nothing could be written.", i64::from(self.no_room.load(Relaxed))),
            ("requests_in_flight", "gauge", "Requests being answered.", self.in_flight.load(Relaxed)),
        ] {
            head(&mut out, name, kind, help);
            let _ = writeln!(out, "jiangce_{name} {value}");
        }
        head(&mut out, "requests_total", "counter", "Requests answered, by method and class of status.");
        let requests = self.requests.lock().unwrap_or_else(PoisonError::into_inner).clone();
        for ((method, class), count) in &requests {
            let _ = writeln!(out, "jiangce_requests_total{{method=\"{method}\",status=\"{class}xx\"}} {count}");
        }
        head(&mut out, "request_seconds", "histogram", "How long answers took.");
        let mut sum = 0;
        for (end, count) in CLASSES.iter().zip(&self.classes) {
            sum += count.load(Relaxed);
            let _ = writeln!(out, "jiangce_request_seconds_bucket{{le=\"{end}\"}} {sum}");
        }
        let all: u64 = requests.values().sum();
        let seconds = self.microseconds.load(Relaxed) as f64 / 1e6;
        let _ = writeln!(out, "jiangce_request_seconds_bucket{{le=\"+Inf\"}} {all}");
        let _ = writeln!(out, "jiangce_request_seconds_sum {seconds}\njiangce_request_seconds_count {all}");
        out
    }
}

fn plain(status: StatusCode, text: String) -> Response {
    (status, [(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response()
}

/// It lives. Constant work: nothing is looked at.
async fn health() -> Response {
    plain(StatusCode::OK, "ok\n".to_owned())
}

/// It can answer people: the data can be read, and written as far as is known. After a write that had no room it is tried
/// again each time this is asked.
async fn ready(State(state): State<AppState>) -> Response {
    let looked = state.run(|app| Ok(app.schools()?.len())).await;
    if state.watch().no_room.load(Relaxed) {
        if state.run(|app| Ok(app.try_write()?)).await.is_err() {
            return plain(StatusCode::SERVICE_UNAVAILABLE, "nothing can be written, reading goes on\n".to_owned());
        }
        state.watch().no_room.store(false, Relaxed);
    }
    match looked {
        Ok(_) => plain(StatusCode::OK, "ready\n".to_owned()),
        Err(_) => plain(StatusCode::SERVICE_UNAVAILABLE, "the data cannot be read\n".to_owned()),
    }
}

/// The numbers, for this machine or for whoever holds the token; for all others there is no such address.
async fn metrics(State(state): State<AppState>, peer: Option<Extension<Peer>>, headers: HeaderMap) -> Response {
    let settings = state.settings();
    let may = match &settings.metrics_token {
        Some(token) => headers.get(header::AUTHORIZATION).is_some_and(|given| {
            // Compared by digest: equal time whatever was guessed.
            blake3::hash(given.as_bytes()) == blake3::hash(format!("Bearer {token}").as_bytes())
        }),
        // Behind a proxy everyone comes from its address, mostly this machine's.
        None => !settings.behind_proxy && peer.is_some_and(|peer| peer.0.0.is_loopback()),
    };
    if may { plain(StatusCode::OK, state.watch().text()) } else { crate::guard::fault::Fault::NotFound.into_response() }
}

/// Counts a request and writes its line in the log: number, method, the address as it is declared (a real one may
/// name someone), status, time.
pub async fn watched(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let number = crate::guard::forgery::random();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().map_or("-", MatchedPath::as_str).to_owned();
    let watch = state.watch();
    let _counted = watch.counted(|watch| &watch.in_flight);
    let span = tracing::info_span!("request", id = %number, %method, %route);
    let mut response = next.run(request).instrument(span.clone()).await;
    let (status, took) = (response.status(), begun.elapsed());
    watch.answered(&method, status, took);
    if status == StatusCode::INSUFFICIENT_STORAGE {
        watch.no_room.store(true, Relaxed);
    }
    span.in_scope(|| tracing::info!(status = status.as_u16(), ms = took.as_millis() as u64, "answered"));
    if let Ok(value) = HeaderValue::from_str(&number) {
        response.headers_mut().insert("x-request-id", value);
    }
    response
}
