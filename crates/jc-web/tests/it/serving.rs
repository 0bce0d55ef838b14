//! The server on real sockets: who says nothing is dropped, others are answered meanwhile, stopping finishes what was
//! begun, TLS and the numbers of the service.

use jc_app::{App, Clock, Setup};
use jc_web::server::{Limits, Serving, serve};
use jc_web::sign_on::outside::{Outside, OutsideFault, roots};
use jc_web::state::{AppState, Settings};
use jc_web::tls::{Tls, TlsFault};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName, pem::PemObject};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

struct Running {
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    done: JoinHandle<()>,
    _data: tempfile::TempDir,
}

fn short() -> Limits {
    let moment = Duration::from_millis(400);
    let stop = Duration::from_secs(20);
    Limits { connections: 400, per_address: 300, handshake: moment, header: moment, body_idle: moment, stop }
}

async fn start(limits: Limits, settings: Settings, tls: Option<Tls>) -> Running {
    let data = tempfile::tempdir().expect("a folder");
    let app = App::open(Setup { data: data.path().into(), database: None, clock: Clock::System }).expect("an app");
    app.add_school("示例技师学院", true).expect("a school");
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let (stop, stopped) = oneshot::channel();
    let settings = Settings { body_idle: Some(limits.body_idle), ..settings };
    let work = serve(AppState::new(app, settings), Serving { listener, tls, limits }, async {
        let _ = stopped.await;
    });
    Running { address, stop: Some(stop), done: tokio::spawn(work), _data: data }
}

impl Running {
    async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).await.expect("a connection")
    }

    async fn ask(&self, head: &str) -> String {
        let mut stream = self.connect().await;
        stream
            .write_all(format!("{head}\r\nhost: localhost\r\nconnection: close\r\n\r\n").as_bytes())
            .await
            .expect("sent");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.expect("an answer");
        answer
    }
}

/// Waits until the other side has ended the connection; gives what it said before.
async fn dropped(mut stream: TcpStream) -> Vec<u8> {
    let mut said = Vec::new();
    // Ended in order or cut off: both are an end.
    let _ = timeout(Duration::from_secs(20), stream.read_to_end(&mut said)).await.expect("it is dropped");
    said
}

#[tokio::test(flavor = "multi_thread")]
async fn who_says_nothing_is_dropped_and_others_are_answered() {
    let running = start(short(), Settings::default(), None).await;
    let (mut silent, mut slow) = (Vec::new(), Vec::new());
    for _ in 0..100 {
        silent.push(running.connect().await);
        let mut stream = running.connect().await;
        stream.write_all(b"GET / HTTP/1.1\r\nhost: localhost\r\nx-slow: ").await.expect("half a header");
        slow.push(stream);
    }
    let begun = Instant::now();
    let answer = running.ask("GET /health HTTP/1.1").await;
    assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("ok\n"), "{answer}");
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
    for stream in silent.into_iter().chain(slow) {
        dropped(stream).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_stops_coming_is_given_up() {
    let running = start(short(), Settings::default(), None).await;
    let mut stream = running.connect().await;
    let head = "POST /sign-in HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: 100\r\n\r\nname=";
    stream.write_all(head.as_bytes()).await.expect("half a body");
    let said = dropped(stream).await;
    let said = String::from_utf8_lossy(&said);
    assert!(said.starts_with("HTTP/1.1 4"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn connections_are_bounded_for_each_address() {
    let limits = Limits { per_address: 2, header: Duration::from_secs(20), ..short() };
    let running = start(limits, Settings::default(), None).await;
    let held = [running.connect().await, running.connect().await];
    // Both must have been taken before the third comes.
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert_eq!(dropped(running.connect().await).await, b"");
    drop(held);
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert!(running.ask("GET /ready HTTP/1.1").await.ends_with("ready\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn stopping_finishes_what_was_begun() {
    let limits = Limits { body_idle: Duration::from_secs(20), header: Duration::from_secs(20), ..short() };
    let mut running = start(limits, Settings::default(), None).await;
    let mut stream = running.connect().await;
    let head = "POST /sign-in HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: 8\r\n\r\nname=";
    stream.write_all(head.as_bytes()).await.expect("half a body");
    tokio::time::sleep(Duration::from_millis(200)).await;
    running.stop.take().expect("running").send(()).expect("it listens");
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert!(TcpStream::connect(running.address).await.is_err(), "nothing new is taken");
    stream.write_all(b"abc").await.expect("the other half");
    let said = dropped(stream).await;
    assert!(said.starts_with(b"HTTP/1.1 4"), "it is answered (a form without a token is refused)");
    timeout(Duration::from_secs(10), running.done).await.expect("it ends").expect("in order");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_numbers_are_for_this_machine_or_the_token() {
    let running = start(short(), Settings::default(), None).await;
    running.ask("GET /nowhere/张三 HTTP/1.1").await;
    running.ask("GET /sign-in?name=geheim HTTP/1.1").await;
    let numbers = running.ask("GET /metrics HTTP/1.1").await;
    for expected in [
        "jiangce_build_info{version=",
        "jiangce_requests_total{method=\"GET\",status=\"4xx\"}",
        "jiangce_requests_total{method=\"GET\",status=\"2xx\"} 1",
        "jiangce_connections ",
        "jiangce_request_seconds_count ",
    ] {
        assert!(numbers.contains(expected), "{expected} is not in {numbers}");
    }
    assert!(!numbers.contains("set-cookie"), "{numbers}");
    assert!(!numbers.contains("geheim") && !numbers.contains("nowhere"), "no address is among them");

    let behind = Settings { behind_proxy: true, ..Settings::default() };
    let running = start(short(), behind, None).await;
    assert!(running.ask("GET /metrics HTTP/1.1").await.starts_with("HTTP/1.1 404"), "the proxy is on this machine too");

    let token = Settings { metrics_token: Some("sehr-geheim-2025".into()), ..Settings::default() };
    let running = start(short(), token, None).await;
    assert!(running.ask("GET /metrics HTTP/1.1").await.starts_with("HTTP/1.1 404"));
    let wrong = "GET /metrics HTTP/1.1\r\nauthorization: Bearer sehr-geheim-2024";
    assert!(running.ask(wrong).await.starts_with("HTTP/1.1 404"));
    let right = "GET /metrics HTTP/1.1\r\nauthorization: Bearer sehr-geheim-2025";
    assert!(running.ask(right).await.starts_with("HTTP/1.1 200"));
}

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_has_a_number_of_its_own() {
    let running = start(short(), Settings::default(), None).await;
    let number = |answer: String| {
        let line = answer.lines().find_map(|line| line.strip_prefix("x-request-id: ").map(str::to_owned));
        line.filter(|number| number.len() == 32).expect("a number")
    };
    let first = number(running.ask("GET /health HTTP/1.1").await);
    assert_ne!(first, number(running.ask("GET /nowhere HTTP/1.1").await));
}

#[tokio::test(flavor = "multi_thread")]
async fn tls_of_its_own() {
    let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).expect("a certificate");
    let (chain, key) = (made.cert.pem(), made.signing_key.serialize_pem());
    let tls = Tls::new(chain.as_bytes(), key.as_bytes(), SystemTime::now()).expect("it fits");
    let limits = Limits { header: Duration::from_secs(300), ..short() };
    let running = start(limits, Settings { https: true, ..Settings::default() }, Some(tls)).await;

    let mut own = RootCertStore::empty();
    own.add(CertificateDer::from_pem_slice(chain.as_bytes()).expect("PEM")).expect("a root");
    let provider = Arc::new(tokio_rustls::rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_root_certificates(own)
        .with_no_client_auth();
    let name = ServerName::try_from("localhost").expect("a name");
    let connector = TlsConnector::from(Arc::new(config));
    let mut stream = connector.connect(name, running.connect().await).await.expect("a handshake");
    stream.write_all(b"GET /sign-in HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n").await.expect("sent");
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    let answer = String::from_utf8_lossy(&answer);
    assert!(answer.starts_with("HTTP/1.1 200") && answer.contains("strict-transport-security"), "{answer}");

    // To a sign-in elsewhere with such a certificate we go only if its authority stands in the settings, and by its name.
    let other = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).expect("a certificate").cert.pem();
    for (host, authorities, believed) in [
        ("localhost", chain.as_str(), true),
        ("localhost", "", false),
        ("localhost", other.as_str(), false),
        ("127.0.0.1", chain.as_str(), false),
    ] {
        let address = format!("https://{host}:{}/health", running.address.port());
        let way = Outside::new(&address, roots(authorities.as_bytes())).expect("a way");
        let answer = tokio::task::spawn_blocking(move || way.get(&address)).await.expect("it ends");
        match answer {
            Ok(body) => assert!(believed && !body.is_empty(), "{host} is not to be believed"),
            Err(fault) => assert!(!believed && matches!(fault, OutsideFault::Unreached(_)), "{host}: {fault:?}"),
        }
    }

    // Who speaks plainly, not at all, or stops in the middle of the handshake is dropped.
    assert!(!running.ask("GET / HTTP/1.1").await.starts_with("HTTP/1.1"));
    dropped(running.connect().await).await;
    let mut stalled = running.connect().await;
    stalled.write_all(&[22, 3, 1, 2, 0, 1]).await.expect("the begin of a greeting");
    dropped(stalled).await;
}

#[test]
fn certificates_and_keys_that_do_not_fit_are_told_apart() {
    let make = || rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).expect("a certificate");
    let (ours, theirs) = (make(), make());
    let (chain, key) = (ours.cert.pem(), ours.signing_key.serialize_pem());
    let now = SystemTime::now();
    let tried = |chain: &str, key: &str| Tls::new(chain.as_bytes(), key.as_bytes(), now).err();
    assert_eq!(tried(&chain, &key), None);
    assert_eq!(tried("", &key), Some(TlsFault::NoCertificate));
    assert_eq!(tried(&key, &key), Some(TlsFault::NoCertificate));
    assert_eq!(tried(&chain, &chain), Some(TlsFault::NoKey));
    assert_eq!(tried(&chain, &theirs.signing_key.serialize_pem()), Some(TlsFault::NotTogether));

    let mut params = rcgen::CertificateParams::new(vec!["localhost".to_owned()]).expect("a name");
    params.not_before = rcgen::date_time_ymd(2023, 1, 1);
    params.not_after = rcgen::date_time_ymd(2024, 1, 1);
    let key = ours.signing_key;
    let old = params.self_signed(&key).expect("a certificate").pem();
    assert_eq!(tried(&old, &key.serialize_pem()), Some(TlsFault::OutOfDate));
    let at = |days: u64| SystemTime::UNIX_EPOCH + Duration::from_secs(days * 86_400);
    let tried = |days| Tls::new(old.as_bytes(), key.serialize_pem().as_bytes(), at(days)).err();
    // The eves and the days of 1 January 2023 and 2024.
    let all = [19_357, 19_359, 19_722, 19_724].map(tried);
    assert_eq!(all, [Some(TlsFault::OutOfDate), None, None, Some(TlsFault::OutOfDate)]);
}
