//! Options of encrypted connections.

use std::path::{Path, PathBuf};

use crate::client::config::TlsSetup;
use crate::client::link::tls::{Material, setup};
use crate::error::{Error, ErrorKind, Result};

/// Whom to trust and who this side is on encrypted connections.
///
/// Without any, servers are trusted whose certificates one of the authorities that browsers trust vouches
/// for, and this side shows none.
#[derive(Clone, Default)]
#[must_use = "options do nothing until they are given to a builder"]
pub struct TlsOptions {
    authorities: Vec<Pem>,
    identity: Option<(Pem, Pem)>,
}

/// Text of the form PEM, or where it is.
#[derive(Clone)]
enum Pem {
    Text(Vec<u8>),
    File(PathBuf),
}

impl TlsOptions {
    /// The defaults.
    pub fn new() -> Self {
        Self::default()
    }

    /// Trusts this authority, and no other unless it is named too.
    pub fn ca_pem(mut self, certificate: impl Into<Vec<u8>>) -> Self {
        self.authorities.push(Pem::Text(certificate.into()));
        self
    }

    /// As [`ca_pem`](Self::ca_pem), from a file.
    pub fn ca_file(mut self, certificate: impl AsRef<Path>) -> Self {
        self.authorities
            .push(Pem::File(certificate.as_ref().to_owned()));
        self
    }

    /// This side's own certificate and key, for servers that ask for one.
    pub fn client_pem(mut self, certificate: impl Into<Vec<u8>>, key: impl Into<Vec<u8>>) -> Self {
        self.identity = Some((Pem::Text(certificate.into()), Pem::Text(key.into())));
        self
    }

    /// As [`client_pem`](Self::client_pem), from files.
    pub fn client_files(mut self, certificate: impl AsRef<Path>, key: impl AsRef<Path>) -> Self {
        let [certificate, key] = [certificate.as_ref(), key.as_ref()].map(Path::to_owned);
        self.identity = Some((Pem::File(certificate), Pem::File(key)));
        self
    }

    /// The same for redis-rs.
    pub(super) fn as_redis_rs(&self) -> Result<redis::TlsCertificates> {
        let authorities: Vec<_> = self
            .authorities
            .iter()
            .map(Pem::read)
            .collect::<Result<_>>()?;
        let client_tls = match &self.identity {
            None => None,
            Some((certificate, key)) => Some(redis::ClientTlsConfig {
                client_cert: certificate.read()?,
                client_key: key.read()?,
            }),
        };
        Ok(redis::TlsCertificates {
            client_tls,
            root_cert: (!authorities.is_empty()).then(|| authorities.concat()),
        })
    }

    pub(super) fn setup(&self) -> Result<TlsSetup> {
        let authorities: Vec<_> = self
            .authorities
            .iter()
            .map(Pem::read)
            .collect::<Result<_>>()?;
        let identity = match &self.identity {
            None => None,
            Some((certificate, key)) => Some((certificate.read()?, key.read()?)),
        };
        let material = Material {
            authorities: &authorities,
            identity: identity
                .as_ref()
                .map(|(certificate, key)| (certificate.as_slice(), key.as_slice())),
        };
        setup(&material).map_err(|problem| Error::new(ErrorKind::Settings, "", problem))
    }
}

impl Pem {
    fn read(&self) -> Result<Vec<u8>> {
        match self {
            Self::Text(text) => Ok(text.clone()),
            Self::File(path) => std::fs::read(path).map_err(|error| {
                let problem = format!("{} cannot be read: {}", path.display(), error.kind());
                Error::new(ErrorKind::Settings, "", problem)
            }),
        }
    }
}

impl std::fmt::Debug for TlsOptions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TlsOptions")
            .field("authorities", &self.authorities.len())
            .field("identity", &self.identity.is_some())
            .finish()
    }
}
