//! The keys of the settings file, in the order of the reference.

use super::Settings;
use jc_app::audit::moving::LEAST_DAYS;
use std::net::SocketAddr;

/// What a key takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Any text.
    Text,
    /// A file or folder; a relative one is meant from the settings file's folder.
    Path,
    /// An address and port.
    Address,
    /// An address as browsers name where a screen comes from.
    Origin,
    /// An address below which another service is asked: `https`, or `http` on this machine.
    Service,
    /// Where a virus scanner listens on this machine.
    Scanner,
    /// A socket of this machine that is there.
    Socket,
    /// `true` or `false`.
    Yes,
    /// A whole number from, to.
    Number(u64, u64),
    /// One of these words.
    Word(&'static [&'static str]),
}

/// A value that fits its key.
pub enum Given {
    Text(String),
    Address(SocketAddr),
    Yes(bool),
    Number(u64),
}

impl Given {
    fn text(self) -> Option<String> {
        if let Given::Text(text) = self { Some(text) } else { None }
    }

    fn number(self) -> Option<u64> {
        if let Given::Number(number) = self { Some(number) } else { None }
    }
}

/// A key.
pub struct Key {
    /// The table it stands in.
    pub table: &'static str,
    /// Its name there.
    pub name: &'static str,
    /// What it takes.
    pub kind: Kind,
    /// What holds if it is not there, as it would be written; empty if nothing does.
    pub usual: &'static str,
    pub(super) put: fn(&mut Settings, Given),
}

const fn key(
    table: &'static str,
    name: &'static str,
    kind: Kind,
    usual: &'static str,
    put: fn(&mut Settings, Given),
) -> Key {
    Key { table, name, kind, usual, put }
}

/// All keys.
pub const KEYS: &[Key] = &[
    key("storage", "data", Kind::Path, "jiangce-data", |s, v| s.data = v.text().map(Into::into)),
    key("storage", "database", Kind::Text, "", |s, v| s.database = v.text()),
    key("storage", "keys", Kind::Path, "", |s, v| s.keys = v.text().map(Into::into)),
    key("server", "listen", Kind::Address, "127.0.0.1:8321", |s, v| {
        if let Given::Address(address) = v {
            s.listen = Some(address);
        }
    }),
    key("server", "public", Kind::Origin, "", |s, v| s.public = v.text()),
    key("server", "behind-proxy", Kind::Yes, "false", |s, v| s.behind_proxy = matches!(v, Given::Yes(true))),
    key("server", "stop-seconds", Kind::Number(1, 600), "30", |s, v| s.stop_seconds = v.number()),
    key("tls", "certificate", Kind::Path, "", |s, v| s.certificate = v.text().map(Into::into)),
    key("tls", "key", Kind::Path, "", |s, v| s.key = v.text().map(Into::into)),
    key("oidc", "name", Kind::Text, "", |s, v| s.oidc.name = v.text()),
    key("oidc", "issuer", Kind::Service, "", |s, v| s.oidc.address = v.text()),
    key("oidc", "client", Kind::Text, "", |s, v| s.oidc_client = v.text()),
    key("oidc", "secret-file", Kind::Path, "", |s, v| s.oidc_secret_file = v.text().map(Into::into)),
    key("oidc", "authorities", Kind::Path, "/etc/ssl/certs/ca-certificates.crt", |s, v| {
        s.oidc.authorities = v.text().map(Into::into);
    }),
    key("cas", "name", Kind::Text, "", |s, v| s.cas.name = v.text()),
    key("cas", "server", Kind::Service, "", |s, v| s.cas.address = v.text()),
    key("cas", "authorities", Kind::Path, "/etc/ssl/certs/ca-certificates.crt", |s, v| {
        s.cas.authorities = v.text().map(Into::into);
    }),
    key("scanner", "address", Kind::Scanner, "", |s, v| s.scanner = v.text()),
    key("scanner", "unreachable", Kind::Word(&["refuse", "accept"]), "refuse", |s, v| s.scanner_unreachable = v.text()),
    key("safety", "level", Kind::Number(2, 3), "2", |s, v| s.safety_level = v.number()),
    key("safety", "dengbao-passwords", Kind::Yes, "false", |s, v| s.dengbao_passwords = matches!(v, Given::Yes(true))),
    key("safety", "leaked-passwords", Kind::Path, "", |s, v| s.leaked_passwords = v.text().map(Into::into)),
    key("audit", "kept-days", Kind::Number(LEAST_DAYS, 36_500), "1096", |s, v| s.audit_kept_days = v.number()),
    key("audit", "syslog", Kind::Socket, "", |s, v| s.audit_syslog = v.text().map(Into::into)),
    key("limits", "connections", Kind::Number(16, 100_000), "1024", |s, v| s.connections = v.number()),
    key("limits", "connections-per-address", Kind::Number(4, 100_000), "128", |s, v| {
        s.connections_per_address = v.number();
    }),
    key("limits", "header-seconds", Kind::Number(1, 30), "15", |s, v| s.header_seconds = v.number()),
    key("limits", "body-idle-seconds", Kind::Number(1, 60), "30", |s, v| s.body_idle_seconds = v.number()),
    key("log", "level", Kind::Word(&["error", "warn", "info", "debug"]), "info", |s, v| s.log_level = v.text()),
    key("log", "format", Kind::Word(&["text", "json"]), "text", |s, v| s.log_format = v.text()),
    key("metrics", "token-file", Kind::Path, "", |s, v| s.metrics_token_file = v.text().map(Into::into)),
];
