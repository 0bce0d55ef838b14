//! The ends of the audit logs, told to this machine's log collector: whoever could rewrite the database cannot take back
//! what was sent on from there.

use jc_web::state::AppState;
use std::io;
use std::os::unix::net::UnixDatagram;
use std::path::PathBuf;
use std::time::Duration;

/// How often the ends are told while serving; first of all at the start.
const TOLD: Duration = Duration::from_secs(24 * 60 * 60);

/// Facility 13 (log audit), severity 5 (notice), by RFC 5424.
const PRIORITY: u8 = 13 * 8 + 5;

/// Where the machine collects its logs, such as `/dev/log`.
#[derive(Debug)]
pub struct Collector(pub PathBuf);

impl Collector {
    /// Sends a line as local programs do: priority, tag and text, the time is the collector's to add (RFC 3164).
    fn tell(&self, text: &str) -> io::Result<()> {
        let line = format!("<{PRIORITY}>jiangce[{}]: {text}", std::process::id());
        let socket = UnixDatagram::unbound()?;
        // A collector that does not read is not waited for.
        socket.set_nonblocking(true)?;
        socket.send_to(line.as_bytes(), &self.0).map(drop)
    }
}

/// Tells the ends of all schools' logs, now and once a day. What cannot be told is said in the service's own log.
pub async fn tell_daily(state: AppState, collector: Collector) {
    let mut tick = tokio::time::interval(TOLD);
    loop {
        tick.tick().await;
        match state.run(|app| Ok(app.signed_heads()?)).await {
            Ok(heads) => {
                for head in heads {
                    if let Err(cause) = collector.tell(&head.to_string()) {
                        tracing::warn!(%cause, "the log collector cannot be told the end of the audit log");
                    }
                }
            }
            Err(_) => tracing::warn!("the ends of the audit logs cannot be read"),
        }
    }
}
