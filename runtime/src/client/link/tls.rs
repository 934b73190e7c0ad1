//! TLS by rustls: whom to trust, and who this side is.

use std::io::ErrorKind;
use std::sync::Arc;

use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use crate::client::config::TlsSetup;
use crate::client::failure::Cause;

/// Encrypts a connection, and makes sure that the server is the one that was asked for.
pub(super) async fn encrypt(
    stream: TcpStream,
    host: &str,
    tls: &TlsSetup,
) -> Result<TlsStream<TcpStream>, Cause> {
    let name = ServerName::try_from(host.to_owned())
        .map_err(|_| Cause::Unusable("TLS needs the server's name or address".into()))?;
    let connector = TlsConnector::from(Arc::clone(&tls.config));
    connector.connect(name, stream).await.map_err(unencrypted)
}

/// Why there is no encrypted connection. What speaks no TLS answers with something else, or hangs up.
fn unencrypted(error: std::io::Error) -> Cause {
    let inner = error.get_ref().and_then(|it| it.downcast_ref());
    match (inner, error.kind()) {
        (Some(rustls::Error::InvalidMessage(_)), _) => Cause::NoTls("answers something else"),
        (None, ErrorKind::UnexpectedEof | ErrorKind::ConnectionReset) => {
            Cause::NoTls("ends the connection")
        }
        _ => error.into(),
    }
}

/// Whom to trust, and who this side is, in PEM.
pub(crate) struct Material<'a> {
    /// Certificates of those who may vouch for a server; none means those that browsers trust.
    pub(crate) authorities: &'a [Vec<u8>],
    /// This side's certificate and key.
    pub(crate) identity: Option<(&'a [u8], &'a [u8])>,
}

/// Reads certificates and keys. What is wrong with them is said without repeating them.
pub(crate) fn setup(material: &Material<'_>) -> Result<TlsSetup, &'static str> {
    let mut roots = RootCertStore::empty();
    if material.authorities.is_empty() {
        roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    }
    for pem in material.authorities {
        for certificate in certificates(pem, "the CA is no certificate in PEM")? {
            roots
                .add(certificate)
                .map_err(|_| "the CA's certificate cannot be used")?;
        }
    }
    // Named here, so that what the process has chosen, or has not, does not matter.
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|_| "no version of TLS is available")?
        .with_root_certificates(roots);
    let config = match material.identity {
        None => builder.with_no_client_auth(),
        Some((chain, key)) => {
            let chain = certificates(chain, "the client certificate is not in PEM")?;
            let key = PrivateKeyDer::from_pem_slice(key)
                .map_err(|_| "the client certificate's key is not in PEM")?;
            builder
                .with_client_auth_cert(chain, key)
                .map_err(|_| "the client certificate and its key do not fit together")?
        }
    };
    Ok(TlsSetup {
        config: Arc::new(config),
    })
}

fn certificates(
    pem: &[u8],
    problem: &'static str,
) -> Result<Vec<CertificateDer<'static>>, &'static str> {
    let found: Vec<_> = CertificateDer::pem_slice_iter(pem)
        .collect::<Result<_, _>>()
        .map_err(|_| problem)?;
    if found.is_empty() {
        return Err(problem);
    }
    Ok(found)
}
