//! Answering on a socket, and stopping in good order.

use crate::router::site;
use crate::state::AppState;
use std::future::Future;
use tokio::net::TcpListener;

/// Answers until `stop` comes true; requests that are being answered are finished.
///
/// Errors: the socket can no longer be listened on.
pub async fn serve(
    state: AppState,
    listener: TcpListener,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    axum::serve(listener, site(state)).with_graceful_shutdown(stop).await
}
