//! Listening, and stopping in good order.

use crate::desk::Desk;
use crate::exit::Exit;
use crate::failure::refuse;
use crate::heads::{Collector, tell_daily};
use jc_app::App;
use jc_web::server::{Limits, Serving};
use jc_web::state::{AppState, Settings};
use jc_web::tls::Tls;
use std::io::ErrorKind;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::time::Duration;

/// The port unless one is given; if it is taken, the next free one after it.
const PORT: u16 = 8321;

/// How often the catalog's files are looked at while serving.
const FOLLOWED: Duration = Duration::from_secs(5);

/// How often refusals that were only counted are written into the log, if their time is over.
const NOTED: Duration = Duration::from_secs(60);

/// So many ports are tried.
const TRIED: u16 = 20;

/// Takes the address given, or the first free port of the loopback address.
pub fn bind(desk: &Desk, given: Option<SocketAddr>) -> anyhow::Result<TcpListener> {
    let (first, tried) = given.map_or(((Ipv4Addr::LOCALHOST, PORT).into(), TRIED), |address| (address, 1));
    for offset in 0..tried {
        let address = SocketAddr::new(first.ip(), first.port().saturating_add(offset));
        match TcpListener::bind(address) {
            Ok(listener) => return Ok(listener),
            Err(cause) if cause.kind() == ErrorKind::AddrInUse && offset + 1 < tried => {}
            Err(cause) => {
                tracing::error!(%cause, "could not listen");
                let id = match cause.kind() {
                    ErrorKind::AddrInUse => "cli-address-taken",
                    ErrorKind::PermissionDenied => "cli-address-denied",
                    _ => "cli-address-impossible",
                };
                return Err(refuse(desk, Exit::Failed, id, &[("address", address.to_string().into())]));
            }
        }
    }
    Err(refuse(desk, Exit::Failed, "cli-address-taken", &[("address", first.to_string().into())]))
}

/// The address a browser on this machine opens.
pub fn address(scheme: &str, listener: &TcpListener) -> String {
    listener.local_addr().map_or_else(|_| String::new(), |address| format!("{scheme}://{address}"))
}

/// Serves until the machine or a person asks to stop; requests that are being answered are finished. The logs' ends are
/// told to a collector once a day if there is one.
pub fn serve(
    app: App,
    settings: Settings,
    listener: TcpListener,
    tls: Option<Tls>,
    limits: Limits,
    collector: Option<Collector>,
) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .max_blocking_threads(jc_web::state::places())
        .build()?;
    runtime.block_on(async {
        listener.set_nonblocking(true)?;
        let listener = tokio::net::TcpListener::from_std(listener)?;
        let state = AppState::new(app, settings);
        let following = tokio::spawn(follow_catalog(state.clone()));
        let noting = tokio::spawn(note_refusals(state.clone()));
        let telling = collector.map(|collector| tokio::spawn(tell_daily(state.clone(), collector)));
        jc_web::server::serve(state.clone(), Serving { listener, tls, limits }, stop_asked()).await;
        following.abort();
        noting.abort();
        if let Some(telling) = telling {
            telling.abort();
        }
        if state.run(|app| Ok(app.write_refusals(true)?)).await.is_err() {
            tracing::warn!("what was refused last is not in the log");
        }
        Ok(())
    })
}

/// Puts a catalog in force that was applied beside the running service: nobody is signed out for a new register.
async fn follow_catalog(state: AppState) {
    let mut tick = tokio::time::interval(FOLLOWED);
    loop {
        tick.tick().await;
        match state.run(|app| Ok(app.follow_catalog()?)).await {
            Ok(true) => tracing::info!("another catalog is in force"),
            Ok(false) => {}
            Err(_) => tracing::warn!("the catalog's files cannot be followed"),
        }
    }
}

/// Writes into the log how often what is alike was refused.
async fn note_refusals(state: AppState) {
    let mut tick = tokio::time::interval(NOTED);
    loop {
        tick.tick().await;
        if state.run(|app| Ok(app.write_refusals(false)?)).await.is_err() {
            tracing::warn!("what was refused cannot be noted");
        }
    }
}

/// Waits for Ctrl-C or the request to end.
async fn stop_asked() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = interrupt => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    let _ = interrupt.await;
}
