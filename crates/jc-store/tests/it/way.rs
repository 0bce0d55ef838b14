//! The way to a server beyond this machine: encrypted, and to the server that is meant.

use jc_store::db::{Db, DbError, TlsTrouble};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair, date_time_ymd};
use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::sync::Arc;
use tokio_rustls::rustls::crypto::ring::default_provider;
use tokio_rustls::rustls::pki_types::PrivatePkcs8KeyDer;
use tokio_rustls::rustls::{ServerConfig, ServerConnection};

fn authority() -> CertifiedIssuer<'static, KeyPair> {
    let mut params = CertificateParams::new(Vec::new()).expect("no names");
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    CertifiedIssuer::self_signed(params, KeyPair::generate().expect("a key")).expect("an authority")
}

/// Why a server is not reached.
fn refused(url: &str) -> TlsTrouble {
    match Db::open(url) {
        Err(DbError::Tls(trouble)) => trouble,
        Err(other) => panic!("{url}: {other:?}"),
        Ok(_) => panic!("{url} was reached"),
    }
}

#[test]
fn a_server_is_reached_in_secret_and_only_the_one_that_is_meant() {
    let authority = authority();
    let key = KeyPair::generate().expect("a key");
    let params = CertificateParams::new(vec!["localhost".to_owned()]).expect("a name");
    let certificate = params.signed_by(&key, &authority).expect("a certificate");
    let Some(port) = jc_testkit::encrypting_server(&certificate.pem(), &key.serialize_pem()) else {
        assert!(std::env::var_os("JIANGCE_REQUIRE_ALL").is_none(), "no PostgreSQL server is installed");
        eprintln!("SKIPPED on PostgreSQL: no server is installed");
        return;
    };
    let folder = tempfile::tempdir().expect("a folder");
    let kept = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).expect("a file");
        path.display().to_string()
    };
    let ours = kept("ours.pem", &authority.pem());
    let others = kept("others.pem", &self::authority().pem());
    let none = kept("none.pem", "nothing of the kind");

    let at = |host: &str, query: &str| format!("postgres://postgres@{host}:{port}/postgres?{query}");
    let encrypted = |url: &str| {
        let mut db = Db::open(url).unwrap_or_else(|error| panic!("{url}: {error:?}"));
        let asked = "select case when ssl then 1 else 0 end from pg_stat_ssl where pid = pg_backend_pid()";
        db.first(asked, &[], |row| row.int(0)).expect("an answer").flatten()
    };
    for mode in ["verify-full", "require"] {
        assert_eq!(encrypted(&at("localhost", &format!("sslmode={mode}&sslrootcert={ours}"))), Some(1), "{mode}");
    }
    // What stays on this machine may be plain, as ever.
    assert_eq!(encrypted(&at("localhost", "")), Some(0));

    let full =
        |host: &str, authorities: &str| refused(&at(host, &format!("sslmode=verify-full&sslrootcert={authorities}")));
    assert!(matches!(full("localhost", &others), TlsTrouble::UnknownAuthority));
    assert!(matches!(full("127.0.0.1", &ours), TlsTrouble::OtherName));
    assert!(matches!(full("localhost", &none), TlsTrouble::Authorities(file) if file == none));
    assert!(matches!(full("localhost", "gone.pem"), TlsTrouble::Authorities(file) if file == "gone.pem"));
    assert!(matches!(refused(&at("localhost", "sslmode=prefer")), TlsTrouble::Word(word) if word == "prefer"));
}

#[test]
fn what_a_server_acknowledges_is_on_its_disk_or_its_settings_are_told() {
    // The tests' own server waits for no disk.
    let Some(url) = jc_testkit::server_url() else {
        assert!(std::env::var_os("JIANGCE_REQUIRE_ALL").is_none(), "no PostgreSQL server is installed");
        eprintln!("SKIPPED on PostgreSQL: no server is installed");
        return;
    };
    let waits = |query: &str| {
        let mut db = Db::open(&format!("{url}{query}")).expect("a connection");
        let asked = "select current_setting('synchronous_commit'), current_setting('fsync')";
        let found = db.first(asked, &[], |row| (0..2).map(|at| row.text(at).map(str::to_owned)).collect());
        found.expect("an answer").and_then(|found: Option<Vec<String>>| found).expect("two settings")
    };
    assert_eq!(waits(""), ["on", "off"]);
    assert_eq!(waits("?options=-c%20synchronous_commit%3Doff"), ["on", "off"]);
    assert_eq!(waits("?options=-c%20synchronous_commit%3Dremote_apply"), ["remote_apply", "off"], "more stays more");
    let mut db = Db::open(&url).expect("a connection");
    let told = db.first("select current_setting('client_min_messages')", &[], |row| row.text(0).map(str::to_owned));
    assert_eq!(told.expect("an answer").flatten().as_deref(), Some("warning"), "what is there already is no news");
    assert_eq!(db.risky_settings().expect("its settings"), ["fsync", "full_page_writes"]);
    let folder = tempfile::tempdir().expect("a folder");
    let mut file = Db::open(&folder.path().join("own.db").display().to_string()).expect("a file");
    assert!(file.risky_settings().expect("none").is_empty());
}

/// A server that says yes to TLS and shows a certificate: why it is not believed.
fn shown(certificate: &[u8], key: &KeyPair, authorities: &str) -> TlsTrouble {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = listener.local_addr().expect("an address").port();
    let config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(vec![certificate.to_vec().into()], PrivatePkcs8KeyDer::from(key.serialize_der()).into())
        .expect("they fit");
    let greeting = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("a connection");
        stream.read_exact(&mut [0; 8]).expect("the question for TLS");
        stream.write_all(b"S").expect("yes");
        let mut tls = ServerConnection::new(Arc::new(config)).expect("a server");
        while tls.is_handshaking() && tls.complete_io(&mut stream).is_ok() {}
    });
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("ours.pem");
    std::fs::write(&file, authorities).expect("a file");
    let why =
        refused(&format!("postgres://j:secret@localhost:{port}/c?sslmode=require&sslrootcert={}", file.display()));
    greeting.join().expect("it ends");
    why
}

#[test]
fn a_certificate_that_is_out_of_date_is_told_as_that() {
    let (authority, key) = (authority(), KeyPair::generate().expect("a key"));
    let of = |from: i32, until: i32| {
        let mut params = CertificateParams::new(vec!["localhost".to_owned()]).expect("a name");
        (params.not_before, params.not_after) = (date_time_ymd(from, 1, 1), date_time_ymd(until, 1, 1));
        let certificate = params.signed_by(&key, &authority).expect("a certificate");
        shown(certificate.der(), &key, &authority.pem())
    };
    for (from, until) in [(2020, 2021), (2090, 2091)] {
        let why = of(from, until);
        assert!(matches!(why, TlsTrouble::OutOfDate), "{from}: {why:?}");
    }
}

#[test]
fn a_server_that_has_no_tls_is_told_nothing() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = listener.local_addr().expect("an address").port();
    let heard = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("a connection");
        let mut asked = [0; 8];
        stream.read_exact(&mut asked).expect("the question for TLS");
        stream.write_all(b"N").expect("no");
        let mut rest = Vec::new();
        let _ = stream.read_to_end(&mut rest);
        rest.len()
    });
    let folder = tempfile::tempdir().expect("a folder");
    let authorities = folder.path().join("ours.pem");
    std::fs::write(&authorities, authority().pem()).expect("a file");
    let url = format!("postgres://j:secret@127.0.0.1:{port}/c?sslmode=require&sslrootcert={}", authorities.display());
    assert!(matches!(refused(&url), TlsTrouble::NotOffered));
    assert_eq!(heard.join().expect("it heard"), 0, "neither name nor password went out");
}
