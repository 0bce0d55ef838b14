//! The one way out: a request to an address that the settings name, and to no other. Redirects are not followed, answers have
//! a bound, silence has an end.

use std::io::{self, Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::sync::Arc;
use std::time::{Duration, Instant};
use thiserror::Error;
use tokio_rustls::rustls::crypto::ring::default_provider;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

/// An answer is no longer, its head included.
const MOST_BYTES: u64 = 256 * 1024;
/// For all of it.
const PATIENCE: Duration = Duration::from_secs(10);

/// Why nothing was answered.
#[derive(Debug, Error)]
pub enum OutsideFault {
    /// The address is not one we go to.
    #[error("not an address below the one in the settings")]
    Elsewhere,
    /// It could not be reached, or not by TLS.
    #[error("it cannot be reached")]
    Unreached(#[from] io::Error),
    /// What came is no answer, or too long a one.
    #[error("what came is no answer")]
    NoAnswer,
    /// It answered otherwise than by 200.
    #[error("it answered {0}")]
    Status(u16),
}

/// Where a site is: scheme, host and port.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Site {
    tls: bool,
    host: String,
    port: u16,
}

/// A way to one site.
#[derive(Debug, Clone)]
pub struct Outside {
    site: Site,
    roots: Arc<RootCertStore>,
}

/// Site and path of an address: `https`, or `http` on this machine alone. No user, no fragment.
fn parts(address: &str) -> Option<(Site, String)> {
    let (tls, rest) = match (address.strip_prefix("https://"), address.strip_prefix("http://")) {
        (Some(rest), _) => (true, rest),
        (_, Some(rest)) => (false, rest),
        _ => return None,
    };
    let odd = |c: char| c.is_control() || c.is_whitespace() || matches!(c, '#' | '\\' | '@');
    if rest.contains(odd) || !address.is_ascii() {
        return None;
    }
    let at = rest.find(['/', '?']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(at);
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, port.parse().ok()?),
        _ => (authority, if tls { 443 } else { 80 }),
    };
    let here = matches!(host, "127.0.0.1" | "[::1]" | "localhost");
    if host.is_empty() || (!tls && !here) {
        return None;
    }
    let path = if path.starts_with('/') { path.to_owned() } else { format!("/{path}") };
    Some((Site { tls, host: host.to_ascii_lowercase(), port }, path))
}

/// Whether we would go to an address at all.
pub fn is_address(address: &str) -> bool {
    parts(address).is_some()
}

/// The certificates of authorities in a file, PEM.
pub fn roots(pem: &[u8]) -> RootCertStore {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(CertificateDer::pem_slice_iter(pem).filter_map(Result::ok));
    roots
}

impl Outside {
    /// The way to the site of an address.
    pub fn new(address: &str, roots: RootCertStore) -> Option<Self> {
        parts(address).map(|(site, _)| Self { site, roots: Arc::new(roots) })
    }

    /// Whether an address is of this site.
    pub fn leads_to(&self, address: &str) -> bool {
        parts(address).is_some_and(|(site, _)| site == self.site)
    }

    /// What an address of this site answers.
    pub fn get(&self, address: &str) -> Result<String, OutsideFault> {
        self.ask("GET", address, "", "")
    }

    /// What an address of this site answers to a form; `authorization` is the header's value, empty for none.
    pub fn post(&self, address: &str, form: &[(&str, &str)], authorization: &str) -> Result<String, OutsideFault> {
        let form = crate::show::address("", form.iter().copied());
        self.ask("POST", address, form.trim_start_matches('?'), authorization)
    }

    fn ask(&self, method: &str, address: &str, body: &str, authorization: &str) -> Result<String, OutsideFault> {
        let (_, path) = parts(address).filter(|(site, _)| *site == self.site).ok_or(OutsideFault::Elsewhere)?;
        let Site { host, port, tls } = &self.site;
        let mut head = format!(
            "{method} {path} HTTP/1.1\r\nhost: {host}:{port}\r\naccept: application/json, application/xml\r\n\
             user-agent: jiangce\r\nconnection: close\r\n"
        );
        if method == "POST" {
            let length = body.len();
            head += &format!("content-type: application/x-www-form-urlencoded\r\ncontent-length: {length}\r\n");
        }
        if !authorization.is_empty() {
            head += &format!("authorization: {authorization}\r\n");
        }
        let sent = format!("{head}\r\n{body}");
        let until = Instant::now() + PATIENCE;
        let stream = Bounded { stream: self.connect(until)?, until };
        let answer = if *tls {
            let config = ClientConfig::builder_with_provider(Arc::new(default_provider()))
                .with_safe_default_protocol_versions()
                .map_err(io::Error::other)?
                .with_root_certificates(self.roots.clone())
                .with_no_client_auth();
            let name = ServerName::try_from(host.trim_matches(['[', ']']).to_owned()).map_err(io::Error::other)?;
            let session = ClientConnection::new(Arc::new(config), name).map_err(io::Error::other)?;
            exchange(StreamOwned::new(session, stream), &sent)?
        } else {
            exchange(stream, &sent)?
        };
        read(&answer)
    }

    fn connect(&self, until: Instant) -> Result<TcpStream, OutsideFault> {
        let host = self.site.host.trim_matches(['[', ']']);
        let mut last = io::Error::from(io::ErrorKind::NotFound);
        for address in (host, self.site.port).to_socket_addrs()? {
            let left = until.saturating_duration_since(Instant::now()).max(Duration::from_millis(1));
            match TcpStream::connect_timeout(&address, left) {
                Ok(stream) => return Ok(stream),
                Err(cause) => last = cause,
            }
        }
        Err(last.into())
    }
}

/// A connection that is over at a moment, however slowly the other side speaks.
struct Bounded {
    stream: TcpStream,
    until: Instant,
}

impl Bounded {
    fn left(&self) -> io::Result<Option<Duration>> {
        let left = self.until.saturating_duration_since(Instant::now());
        if left.is_zero() { Err(io::ErrorKind::TimedOut.into()) } else { Ok(Some(left)) }
    }
}

impl Read for Bounded {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.stream.set_read_timeout(self.left()?)?;
        self.stream.read(into)
    }
}

impl Write for Bounded {
    fn write(&mut self, from: &[u8]) -> io::Result<usize> {
        self.stream.set_write_timeout(self.left()?)?;
        self.stream.write(from)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()
    }
}

fn exchange(mut stream: impl Read + Write, sent: &str) -> Result<Vec<u8>, OutsideFault> {
    stream.write_all(sent.as_bytes())?;
    stream.flush()?;
    let mut answer = Vec::new();
    let mut bounded = stream.take(MOST_BYTES + 1);
    match bounded.read_to_end(&mut answer) {
        // Some end a connection without saying so by TLS; whether all of the answer came is told by its length.
        Err(cause) if cause.kind() == io::ErrorKind::UnexpectedEof => {}
        done => drop(done?),
    }
    if answer.len() as u64 > MOST_BYTES { Err(OutsideFault::NoAnswer) } else { Ok(answer) }
}

/// The body of an answer that is 200 and whole.
fn read(answer: &[u8]) -> Result<String, OutsideFault> {
    let (head, body) = cut(answer, b"\r\n\r\n").ok_or(OutsideFault::NoAnswer)?;
    let head = std::str::from_utf8(head).map_err(|_| OutsideFault::NoAnswer)?;
    let mut lines = head.split("\r\n");
    let status = lines.next().and_then(|line| line.strip_prefix("HTTP/1.")?.split(' ').nth(1)?.parse().ok());
    match status {
        Some(200) => {}
        Some(other) => return Err(OutsideFault::Status(other)),
        None => return Err(OutsideFault::NoAnswer),
    }
    let header = |name: &str| {
        let mut pairs = head.split("\r\n").skip(1).filter_map(|line| line.split_once(':'));
        pairs.find(|(own, _)| own.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim().to_ascii_lowercase())
    };
    let whole = match (header("transfer-encoding"), header("content-length")) {
        (Some(coding), _) if coding == "chunked" => chunks(body).ok_or(OutsideFault::NoAnswer)?,
        (Some(_), _) => return Err(OutsideFault::NoAnswer),
        (None, Some(length)) => {
            let length = length.parse::<usize>().map_err(|_| OutsideFault::NoAnswer)?;
            body.get(..length).ok_or(OutsideFault::NoAnswer)?.to_vec()
        }
        (None, None) => body.to_vec(),
    };
    String::from_utf8(whole).map_err(|_| OutsideFault::NoAnswer)
}

/// What stands before and behind the first place of `by`.
fn cut<'a>(bytes: &'a [u8], by: &[u8]) -> Option<(&'a [u8], &'a [u8])> {
    let at = bytes.windows(by.len()).position(|here| here == by)?;
    Some((bytes.get(..at)?, bytes.get(at + by.len()..)?))
}

/// A body that was sent in pieces, each with its length before it.
fn chunks(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    loop {
        let (line, after) = cut(rest, b"\r\n")?;
        let length = std::str::from_utf8(line).ok()?.split(';').next()?.trim();
        let length = usize::from_str_radix(length, 16).ok()?;
        rest = after;
        if length == 0 {
            return Some(out);
        }
        out.extend_from_slice(rest.get(..length)?);
        rest = rest.get(length..)?.strip_prefix(b"\r\n")?;
    }
}

#[cfg(test)]
mod tests {
    use super::{Outside, RootCertStore, chunks, is_address, read};

    #[test]
    fn we_go_to_one_site_and_nowhere_else() {
        let way = Outside::new("https://id.example/realm", RootCertStore::empty()).expect("a way");
        for (address, leads) in [
            ("https://id.example/token", true),
            ("https://ID.example:443/x?y", true),
            ("https://id.example:8443/token", false),
            ("http://id.example/token", false),
            ("https://id.example.evil.example/", false),
            ("https://id.example@evil.example/", false),
            ("https://evil.example/#id.example", false),
            ("https://evil.example\\@id.example/", false),
            ("//id.example/", false),
        ] {
            assert_eq!(way.leads_to(address), leads, "{address}");
        }
        for bad in ["http://192.168.1.1/", "ftp://id.example/", "https://", "https:///x", "https://例.example/"] {
            assert!(!is_address(bad), "{bad}");
        }
        assert!(is_address("http://127.0.0.1:8080/cas") && is_address("https://[::1]:8443/x"));
    }

    #[test]
    fn answers_are_whole_or_none() {
        let body = |answer: &str| read(answer.as_bytes()).ok();
        assert_eq!(body("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc").as_deref(), Some("abc"));
        assert_eq!(body("HTTP/1.1 200 OK\r\n\r\nabc").as_deref(), Some("abc"));
        let pieces = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;x=y\r\nab\r\n1\r\nc\r\n0\r\n\r\n";
        assert_eq!(body(pieces).as_deref(), Some("abc"));
        for bad in [
            "HTTP/1.1 302 Found\r\nLocation: https://evil.example/\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nabc",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\nabc",
            "HTTP/1.1 200 OK\r\nContent-Length: 3",
            "nonsense",
            "",
        ] {
            assert_eq!(body(bad), None, "{bad}");
        }
        for cut in ["2\r\nab", "2\r\nabc\r\n0\r\n\r\n", "zz\r\n", "ffffffffffffffffff\r\na", "0"] {
            assert_eq!(chunks(cut.as_bytes()), None, "{cut}");
        }
    }
}
