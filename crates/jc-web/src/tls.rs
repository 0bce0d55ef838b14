//! TLS of our own: certificate chain and key as PEM, handed in as bytes.

use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};
use tokio::net::TcpStream;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::client::verify_server_cert_signed_by_trust_anchor;
use tokio_rustls::rustls::crypto::ring::default_provider;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer, UnixTime};
use tokio_rustls::rustls::server::ParsedCertificate;
use tokio_rustls::rustls::{CertificateError, Error, RootCertStore, ServerConfig};
use tokio_rustls::server::TlsStream;

/// Certificate and key, ready to encrypt connections with.
#[derive(Clone)]
pub struct Tls(TlsAcceptor);

/// Why there is no TLS.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TlsFault {
    /// The first file holds no certificate.
    NoCertificate,
    /// The second file holds no key, or one that is protected by a password.
    NoKey,
    /// The key is not the certificate's.
    NotTogether,
    /// The certificate is no longer, or not yet, good.
    OutOfDate,
}

impl Tls {
    /// From the certificate chain (ours first) and its key, both PEM, at a moment.
    pub fn new(chain: &[u8], key: &[u8], now: SystemTime) -> Result<Self, TlsFault> {
        let chain: Vec<CertificateDer<'static>> =
            CertificateDer::pem_slice_iter(chain).collect::<Result<_, _>>().map_err(|_| TlsFault::NoCertificate)?;
        let own = chain.first().ok_or(TlsFault::NoCertificate)?;
        let out_of_date = is_out_of_date(own, now);
        let key = PrivateKeyDer::from_pem_slice(key).map_err(|_| TlsFault::NoKey)?;
        let config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
            .with_safe_default_protocol_versions()
            .and_then(|config| config.with_no_client_auth().with_single_cert(chain, key));
        let mut config = config.map_err(|_| TlsFault::NotTogether)?;
        if out_of_date {
            return Err(TlsFault::OutOfDate);
        }
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Self(TlsAcceptor::from(Arc::new(config))))
    }

    pub(crate) async fn accept(&self, stream: TcpStream) -> std::io::Result<TlsStream<TcpStream>> {
        self.0.accept(stream).await
    }
}

/// Whether a certificate is good no longer, or not yet. Asked of whoever would believe it: its days are looked at before who
/// vouches for it, and here nobody does.
fn is_out_of_date(certificate: &CertificateDer, now: SystemTime) -> bool {
    let now = UnixTime::since_unix_epoch(now.duration_since(UNIX_EPOCH).unwrap_or_default());
    let believed = ParsedCertificate::try_from(certificate).and_then(|certificate| {
        let algorithms = default_provider().signature_verification_algorithms.all;
        verify_server_cert_signed_by_trust_anchor(&certificate, &RootCertStore::empty(), &[], now, algorithms)
    });
    matches!(
        believed,
        Err(Error::InvalidCertificate(
            CertificateError::Expired
                | CertificateError::ExpiredContext { .. }
                | CertificateError::NotValidYet
                | CertificateError::NotValidYetContext { .. }
        ))
    )
}
