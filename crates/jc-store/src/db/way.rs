//! The way to a server: on this machine as it is, beyond it encrypted and to the server that is meant, or not at all.
//!
//! The words are those of PostgreSQL's own programs, in the query of the address: `sslmode` and `sslrootcert`. Two things
//! are stricter than theirs. Beyond this machine nothing goes out plain unless the address says `sslmode=disable`; and
//! whatever is encrypted is proved as by `verify-full`: to whom one speaks in secret is what the secrecy is for.

use postgres::config::{Host, SslMode};
use postgres::tls::{ChannelBinding, MakeTlsConnect, TlsConnect, TlsStream};
use postgres::{Config, Socket};
use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;
use thiserror::Error;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio_rustls::TlsConnector;
use tokio_rustls::client;
use tokio_rustls::rustls::crypto::ring::default_provider;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{self, CertificateError, ClientConfig, RootCertStore};

/// The authorities that are trusted if the address names none: those of the machine.
const AUTHORITIES: &str = "/etc/ssl/certs/ca-certificates.crt";

/// So long a server may take to be reached, and then to greet.
pub(super) const GREETING: Duration = Duration::from_secs(10);

/// What the driver says of a server that answers that it has no TLS. It has no code for it; a test holds the words.
const NOT_OFFERED: &str = "server does not support TLS";

/// Why there is no encrypted connection to the server.
#[derive(Debug, Error)]
pub enum TlsTrouble {
    /// The word after `sslmode=` is none that is kept to.
    #[error("sslmode={0} is not kept to")]
    Word(String),
    /// The file of trusted authorities cannot be read, or holds none.
    #[error("no trusted authorities in {0}")]
    Authorities(String),
    /// The server answers that it has no TLS.
    #[error("the server offers no TLS")]
    NotOffered,
    /// None of the trusted authorities vouches for the server's certificate.
    #[error("no trusted authority vouches for the server's certificate")]
    UnknownAuthority,
    /// The certificate is another host's.
    #[error("the server's certificate is another host's")]
    OtherName,
    /// The certificate is no longer, or not yet, good.
    #[error("the server's certificate is out of date")]
    OutOfDate,
    /// The server begins the greeting and does not end it.
    #[error("the server did not greet in time")]
    Stalled,
    /// Something else of the certificate or of how the two sides greet each other.
    #[error("no encrypted connection could be agreed on")]
    Greeting(#[source] rustls::Error),
}

/// How to reach a server.
pub(super) struct Way {
    /// Where it is, and as whom.
    pub config: Config,
    /// The file of the authorities that must vouch for it; none if the way is plain.
    pub authorities: Option<String>,
}

impl Way {
    /// Reads an address.
    pub fn of(url: &str) -> Result<Self, WayFault> {
        let (rest, [mode, authorities]) = take(url, ["sslmode", "sslrootcert"]);
        let mut config: Config = rest.parse().map_err(WayFault::Address)?;
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(GREETING);
        }
        let plain = match mode.as_deref() {
            None => stays_here(&config),
            Some("disable") => true,
            Some("require" | "verify-full") => false,
            Some(other) => return Err(WayFault::Tls(TlsTrouble::Word(other.to_owned()))),
        };
        config.ssl_mode(if plain { SslMode::Disable } else { SslMode::Require });
        let authorities = (!plain).then(|| authorities.unwrap_or_else(|| AUTHORITIES.to_owned()));
        Ok(Self { config, authorities })
    }

    /// What encrypts the connection.
    pub fn encrypting(authorities: &str, patience: Duration) -> Result<Encrypting, TlsTrouble> {
        let none = || TlsTrouble::Authorities(authorities.to_owned());
        let text = std::fs::read(authorities).map_err(|_| none())?;
        let mut roots = RootCertStore::empty();
        roots.add_parsable_certificates(CertificateDer::pem_slice_iter(&text).flatten());
        if roots.is_empty() {
            return Err(none());
        }
        let config = ClientConfig::builder_with_provider(Arc::new(default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(TlsTrouble::Greeting)?;
        let config = config.with_root_certificates(roots).with_no_client_auth();
        Ok(Encrypting { with: TlsConnector::from(Arc::new(config)), patience })
    }
}

/// Why an address leads nowhere.
#[derive(Debug)]
pub(super) enum WayFault {
    Address(postgres::Error),
    Tls(TlsTrouble),
}

/// Takes words out of an address's query; the last of the same name counts.
fn take<const N: usize>(url: &str, names: [&str; N]) -> (String, [Option<String>; N]) {
    let mut found = [const { None }; N];
    // What stands before the host may hold a question mark in a password.
    let host = url.find('@').unwrap_or(0);
    let Some(at) = url.get(host..).and_then(|rest| rest.find('?')).map(|at| host + at) else {
        return (url.to_owned(), found);
    };
    let (head, query) = url.split_at(at);
    let mut kept = Vec::new();
    for pair in query.trim_start_matches('?').split('&') {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        match names.iter().position(|n| *n == name).and_then(|n| found.get_mut(n)) {
            Some(found) => *found = Some(decoded(value)),
            None => kept.push(pair),
        }
    }
    let query = if kept.is_empty() { String::new() } else { format!("?{}", kept.join("&")) };
    (format!("{head}{query}"), found)
}

/// Undoes `%2F`.
fn decoded(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, more @ ..] = rest {
        let code = more.get(..2).and_then(|two| std::str::from_utf8(two).ok());
        match code.and_then(|two| u8::from_str_radix(two, 16).ok()).filter(|_| *first == b'%') {
            Some(byte) => {
                out.push(byte);
                rest = more.get(2..).unwrap_or_default();
            }
            None => {
                out.push(*first);
                rest = more;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// Whether nothing leaves this machine, whichever of its hosts is taken.
fn stays_here(config: &Config) -> bool {
    let here = |host: &Host| match host {
        Host::Unix(_) => true,
        Host::Tcp(name) => {
            name == "localhost" || name.parse().is_ok_and(|address: std::net::IpAddr| address.is_loopback())
        }
    };
    config.get_hosts().iter().all(here) && config.get_hostaddrs().iter().all(|address| address.is_loopback())
}

/// Encrypts connections, and proves to whom.
#[derive(Clone)]
pub(super) struct Encrypting {
    with: TlsConnector,
    /// So long the server may take to greet.
    patience: Duration,
}

impl MakeTlsConnect<Socket> for Encrypting {
    type Stream = Encrypted;
    type TlsConnect = EncryptingTo;
    type Error = TlsTrouble;

    fn make_tls_connect(&mut self, host: &str) -> Result<EncryptingTo, TlsTrouble> {
        let name = ServerName::try_from(host.to_owned()).map_err(|_| TlsTrouble::OtherName)?;
        Ok(EncryptingTo { with: self.clone(), name })
    }
}

/// Encrypts a connection to a host.
pub(super) struct EncryptingTo {
    with: Encrypting,
    name: ServerName<'static>,
}

impl TlsConnect<Socket> for EncryptingTo {
    type Stream = Encrypted;
    type Error = io::Error;
    type Future = Pin<Box<dyn Future<Output = io::Result<Encrypted>> + Send>>;

    fn connect(self, socket: Socket) -> Self::Future {
        let Encrypting { with, patience } = self.with;
        let greeting = with.connect(self.name, socket);
        Box::pin(async move {
            let stalled = |_| io::Error::new(io::ErrorKind::TimedOut, TlsTrouble::Stalled);
            Ok(Encrypted(Box::new(tokio::time::timeout(patience, greeting).await.map_err(stalled)??)))
        })
    }
}

/// An encrypted connection.
pub(super) struct Encrypted(Box<client::TlsStream<Socket>>);

impl TlsStream for Encrypted {
    fn channel_binding(&self) -> ChannelBinding {
        ChannelBinding::none()
    }
}

impl AsyncRead for Encrypted {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, to: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut *self.0).poll_read(cx, to)
    }
}

impl AsyncWrite for Encrypted {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, from: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut *self.0).poll_write(cx, from)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut *self.0).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut *self.0).poll_shutdown(cx)
    }
}

/// Why the encrypted way did not come about, if that is what failed.
pub(super) fn trouble(error: &postgres::Error) -> Option<TlsTrouble> {
    let source = std::error::Error::source(error)?;
    if let Some(TlsTrouble::OtherName) = source.downcast_ref() {
        return Some(TlsTrouble::OtherName);
    }
    if source.to_string() == NOT_OFFERED {
        return Some(TlsTrouble::NotOffered);
    }
    let inner = source.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
    if inner.and_then(|inner| inner.downcast_ref()).is_some_and(|trouble| matches!(trouble, TlsTrouble::Stalled)) {
        return Some(TlsTrouble::Stalled);
    }
    let cause = inner.and_then(|inner| inner.downcast_ref::<rustls::Error>())?;
    Some(match cause {
        rustls::Error::InvalidCertificate(what) => match what {
            // Another authority of the same name signs with another key.
            CertificateError::UnknownIssuer | CertificateError::BadSignature => TlsTrouble::UnknownAuthority,
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
                TlsTrouble::OtherName
            }
            CertificateError::Expired
            | CertificateError::ExpiredContext { .. }
            | CertificateError::NotValidYet
            | CertificateError::NotValidYetContext { .. } => TlsTrouble::OutOfDate,
            _ => TlsTrouble::Greeting(cause.clone()),
        },
        _ => TlsTrouble::Greeting(cause.clone()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Read as _, Write as _};
    use std::net::TcpListener;
    use std::time::Instant;

    #[test]
    fn who_says_yes_to_tls_and_then_nothing_is_not_waited_for() {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        let silent = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().expect("a connection");
            stream.read_exact(&mut [0; 8]).expect("the question for TLS");
            stream.write_all(b"S").expect("yes");
            let _ = stream.read_to_end(&mut Vec::new());
        });
        let config = ClientConfig::builder_with_provider(Arc::new(default_provider()))
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_root_certificates(RootCertStore::empty())
            .with_no_client_auth();
        let with = Encrypting { with: TlsConnector::from(Arc::new(config)), patience: Duration::from_millis(200) };
        let way = Way::of(&format!("postgres://j:secret@127.0.0.1:{port}/c?sslmode=require")).expect("a way");
        assert_eq!(way.config.get_connect_timeout(), Some(&GREETING));
        let begun = Instant::now();
        let error = way.config.connect(with).err().expect("nobody greets");
        assert!(matches!(trouble(&error), Some(TlsTrouble::Stalled)), "{error:?}");
        assert!(begun.elapsed() < Duration::from_secs(8), "{:?}", begun.elapsed());
        silent.join().expect("it was left");
    }

    /// Who must vouch for the server of an address; nothing if the way is plain.
    fn vouched(url: &str) -> Result<Option<String>, String> {
        match Way::of(url) {
            Ok(way) => Ok(way.authorities),
            Err(WayFault::Tls(TlsTrouble::Word(word))) => Err(word),
            Err(other) => panic!("{url}: {other:?}"),
        }
    }

    #[test]
    fn beyond_this_machine_nothing_goes_out_plain_unless_the_address_says_so() {
        for here in [
            "postgres://j@localhost/college",
            "postgres://j@127.0.0.2:6000/college?application_name=jiangce",
            "postgres://j@[::1]/college",
            "postgres://j@%2Frun%2Fpostgresql/college",
            "postgres://j@db.example.edu.cn/college?sslmode=disable",
        ] {
            assert_eq!(vouched(here), Ok(None), "{here}");
        }
        for beyond in [
            "postgres://j@db.example.edu.cn/college",
            "postgres://j:localhost%3F@10.0.0.5/college?connect_timeout=5",
            "postgres://j@localhost,db.example.edu.cn/college",
            "postgres://j@localhost/college?hostaddr=10.0.0.5",
            "postgresql://j@localhost/college?sslmode=require",
            "postgres://j@localhost/college?sslmode=disable&sslmode=verify-full",
        ] {
            assert_eq!(vouched(beyond), Ok(Some(AUTHORITIES.to_owned())), "{beyond}");
        }
        let own = "postgres://j@db.example.edu.cn/college?sslmode=verify-full&sslrootcert=%2Fetc%2Fca.pem";
        assert_eq!(vouched(own), Ok(Some("/etc/ca.pem".to_owned())));
    }

    #[test]
    fn what_would_fall_back_to_plain_is_no_word() {
        for word in ["prefer", "allow", "verify-ca", "Require", ""] {
            assert_eq!(vouched(&format!("postgres://j@localhost/c?sslmode={word}")), Err(word.to_owned()));
        }
    }

    #[test]
    fn the_rest_of_an_address_stays_as_it_is() {
        let url = "postgres://j:a%3Fb@h/c?sslmode=require&application_name=x%20y&sslrootcert=%zz";
        let (rest, [mode, authorities]) = take(url, ["sslmode", "sslrootcert"]);
        assert_eq!(rest, "postgres://j:a%3Fb@h/c?application_name=x%20y");
        assert_eq!((mode.as_deref(), authorities.as_deref()), (Some("require"), Some("%zz")));
    }
}
