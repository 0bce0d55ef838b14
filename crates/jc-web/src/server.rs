//! Answering on a socket: how many connections, how long each may be silent, and stopping in good order.
//!
//! The usual `axum::serve` waits for ever for a header that does not come. Here everything has an end: the handshake,
//! the header, a body between two pieces, and an answer that nobody takes.

mod idle;
mod places;

use crate::ops::{Peer, Watch};
use crate::router::site;
use crate::state::AppState;
use crate::tls::Tls;
use axum::body::Body;
use axum::extract::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use idle::Idle;
use places::Places;
use std::future::Future;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;
use tokio::time::timeout;
use tower::ServiceExt;

/// Bounds of connections.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Connections at once.
    pub connections: usize,
    /// Connections at once from one address.
    pub per_address: usize,
    /// For the handshake of an encrypted connection.
    pub handshake: Duration,
    /// For the whole of a request's header, and between two requests.
    pub header: Duration,
    /// Between two pieces of a body, and between two pieces of an answer that are taken.
    pub body_idle: Duration,
    /// For requests that are being answered when it is time to stop.
    pub stop: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 1024,
            per_address: 128,
            handshake: Duration::from_secs(10),
            header: Duration::from_secs(15),
            body_idle: Duration::from_secs(30),
            stop: Duration::from_secs(30),
        }
    }
}

/// Where and how to answer.
pub struct Serving {
    /// The socket.
    pub listener: TcpListener,
    /// Certificate and key, if connections are encrypted here.
    pub tls: Option<Tls>,
    /// Bounds of connections.
    pub limits: Limits,
}

/// Answers until `stop` comes true; then takes no more and lets what is being answered be finished.
pub async fn serve(state: AppState, serving: Serving, stop: impl Future<Output = ()>) {
    let Serving { listener, tls, limits } = serving;
    let watch = state.watch().clone();
    let router = site(state);
    let places = Places::new(limits.connections, limits.per_address);
    let graceful = GracefulShutdown::new();
    let mut stop = pin!(stop);
    loop {
        let (stream, peer) = tokio::select! {
            () = &mut stop => break,
            taken = listener.accept() => match taken {
                Ok(taken) => taken,
                Err(cause) => {
                    // Mostly too many open files: others must end first.
                    tracing::warn!(%cause, "a connection could not be taken");
                    tokio::time::sleep(Duration::from_millis(100)).await;
                    continue;
                }
            },
        };
        // Small pieces go at once; if that cannot be had they go a little later.
        let _ = stream.set_nodelay(true);
        let Some(place) = Places::take(&places, peer.ip()) else {
            watch.refused();
            continue;
        };
        let connection = Connection { router: router.clone(), limits, peer, watch: watch.clone() };
        let (tls, watcher) = (tls.clone(), graceful.watcher());
        tokio::spawn(async move {
            let _open = connection.watch.open();
            match tls {
                Some(tls) => match timeout(limits.handshake, tls.accept(stream)).await {
                    Ok(Ok(stream)) => connection.answer(stream, watcher).await,
                    Ok(Err(cause)) => tracing::debug!(%cause, "a handshake failed"),
                    Err(_) => tracing::debug!("a handshake took too long"),
                },
                None => connection.answer(stream, watcher).await,
            }
            drop(place);
        });
    }
    drop(listener);
    if timeout(limits.stop, graceful.shutdown()).await.is_err() {
        tracing::warn!("stopped before all requests were answered");
    }
}

struct Connection {
    router: axum::Router,
    limits: Limits,
    peer: SocketAddr,
    watch: Arc<Watch>,
}

impl Connection {
    /// Answers the requests of a connection, one after the other.
    async fn answer<S>(&self, stream: S, watcher: hyper_util::server::graceful::Watcher)
    where
        S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let stream = TokioIo::new(Idle::new(stream, self.limits.body_idle));
        let answer = service_fn(|request: hyper::Request<Incoming>| {
            let mut request: Request = request.map(Body::new);
            request.extensions_mut().insert(Peer(self.peer.ip()));
            self.router.clone().oneshot(request)
        });
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(self.limits.header)
            .max_buf_size(64 * 1024)
            .serve_connection(stream, answer);
        if let Err(cause) = watcher.watch(connection).await {
            tracing::debug!(%cause, "a connection broke off");
        }
    }
}
