//! All addresses, and the layers around them.

use crate::{
    api, assets,
    gate::Routes,
    guard::{fault, forgery, headers, host, visit},
    ops, screens,
    state::AppState,
};
use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::StatusCode,
    middleware::{from_fn, from_fn_with_state},
};
use std::time::Duration;
use tower_http::{
    catch_panic::CatchPanicLayer,
    timeout::{RequestBodyTimeoutLayer, TimeoutLayer},
};

/// The largest body of any kind: a spreadsheet to import.
pub const LARGEST_BODY: usize = 64 * 1024 * 1024;
/// Nobody waits longer than this for a screen.
const PATIENCE: Duration = Duration::from_secs(60);

/// Every address that answers to somebody, with what it needs. What is not in here is a file of the program itself.
pub fn routes() -> Routes {
    Routes::new()
        .merge(screens::home::routes())
        .merge(screens::sign_in::routes())
        .merge(screens::sign_on::routes())
        .merge(screens::record::routes())
        .merge(screens::form::routes())
        .merge(screens::inbox::routes())
        .merge(screens::import::routes())
        .merge(screens::check::routes())
        .merge(screens::approvals::routes())
        .merge(screens::access::routes())
        .merge(screens::audit::routes())
        .merge(screens::account::routes())
        .merge(screens::accounts::routes())
        .merge(screens::rights::routes())
        .merge(screens::start::routes())
        .merge(screens::areas::routes())
        .merge(screens::list::routes())
        .merge(screens::coverage::routes())
        .merge(screens::closing::routes())
        .merge(screens::wall::routes())
        .merge(screens::week::routes())
        .merge(screens::check_in::routes())
        .merge(screens::sign_up::routes())
        .merge(screens::consents::routes())
        .merge(screens::certificate::routes())
        .merge(screens::printed::routes())
        .merge(screens::export::routes())
        .merge(screens::figures::routes())
        .merge(screens::figure::routes())
        .merge(screens::which::routes())
        .merge(screens::catalog::routes())
        .merge(screens::growth::routes())
        .merge(screens::growth::plans::routes())
        .merge(screens::reports::routes())
        .merge(screens::search::routes())
        .merge(api::routes())
}

/// The site. Layers are listed from the inside out: the last one sees a request first and an answer last.
pub fn site(state: AppState) -> Router {
    let tls = state.settings().https;
    let mut site = routes()
        .into_router()
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(from_fn_with_state(state.clone(), forgery::guard))
        .layer(CatchPanicLayer::custom(fault::panicked))
        .layer(RequestBodyTimeoutLayer::new(state.settings().body_idle.unwrap_or(PATIENCE)))
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, PATIENCE))
        .layer(from_fn_with_state(state.clone(), host::guard))
        .merge(assets::routes())
        .fallback(|| async { fault::Fault::NotFound })
        .layer(from_fn(fault::guard))
        .layer(from_fn_with_state(state.clone(), visit::guard))
        // These belong to no visit: no cookie, no language.
        .merge(ops::routes())
        .layer(from_fn(headers::guard))
        .layer(from_fn_with_state(state.clone(), ops::watched));
    if tls {
        site = site.layer(from_fn(headers::tls_only));
    }
    site.with_state(state)
}
