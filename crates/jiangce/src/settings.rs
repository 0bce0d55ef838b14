//! The settings file: `jiangce.toml`. Every key is in [`keys::KEYS`], with what it takes; its words are messages.
//!
//! What is typed on the command line wins over the file, the file over what a key is otherwise.

mod keys;
mod read;

pub use keys::{KEYS, Kind};
pub use read::read;

use jc_app::leaked::Leaked;
use jc_app::safety::Safety;
use jc_app::scanner::{At, Scanner};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

/// The file's name in the data folder, where `serve` looks for it unless another is named.
pub const FILE: &str = "jiangce.toml";

/// What the file says; nothing where it is silent.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    pub data: Option<PathBuf>,
    pub database: Option<String>,
    pub keys: Option<PathBuf>,
    pub listen: Option<SocketAddr>,
    pub public: Option<String>,
    pub behind_proxy: bool,
    pub certificate: Option<PathBuf>,
    pub key: Option<PathBuf>,
    pub connections: Option<u64>,
    pub connections_per_address: Option<u64>,
    pub header_seconds: Option<u64>,
    pub body_idle_seconds: Option<u64>,
    pub stop_seconds: Option<u64>,
    pub log_level: Option<String>,
    pub log_format: Option<String>,
    pub metrics_token_file: Option<PathBuf>,
    pub oidc: Elsewhere,
    pub oidc_client: Option<String>,
    pub oidc_secret_file: Option<PathBuf>,
    pub cas: Elsewhere,
    pub scanner: Option<String>,
    pub scanner_unreachable: Option<String>,
    pub safety_level: Option<u64>,
    pub dengbao_passwords: bool,
    pub leaked_passwords: Option<PathBuf>,
    pub audit_kept_days: Option<u64>,
    pub audit_syslog: Option<PathBuf>,
}

/// A sign-in elsewhere.
#[derive(Debug, Clone, Default)]
pub struct Elsewhere {
    pub name: Option<String>,
    pub address: Option<String>,
    pub authorities: Option<PathBuf>,
}

impl Settings {
    /// What looks over uploads, if something does.
    pub fn scanner(&self) -> Option<Scanner> {
        let at = At::parse(self.scanner.as_deref()?)?;
        Some(Scanner { may_be_away: self.scanner_unreachable.as_deref() == Some("accept"), ..Scanner::new(at) })
    }

    /// How strictly signing in is guarded.
    pub fn safety(&self) -> Safety {
        Safety {
            third_level: self.safety_level == Some(3),
            dengbao_passwords: self.dengbao_passwords,
            leaked: self.leaked_passwords.as_deref().map(Leaked::at),
        }
    }

    /// The limits of connections.
    pub fn limits(&self) -> jc_web::server::Limits {
        let usual = jc_web::server::Limits::default();
        let count = |given: Option<u64>, usual: usize| given.map_or(usual, |n| usize::try_from(n).unwrap_or(usual));
        let seconds = |given: Option<u64>, usual| given.map_or(usual, Duration::from_secs);
        jc_web::server::Limits {
            connections: count(self.connections, usual.connections),
            // Behind a proxy all come from its address.
            per_address: if self.behind_proxy {
                usual.connections
            } else {
                count(self.connections_per_address, usual.per_address)
            },
            handshake: seconds(self.header_seconds, usual.handshake).min(usual.handshake),
            header: seconds(self.header_seconds, usual.header),
            body_idle: seconds(self.body_idle_seconds, usual.body_idle),
            stop: seconds(self.stop_seconds, usual.stop),
        }
    }
}
