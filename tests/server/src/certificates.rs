//! Certificates made for a test, and servers that show them.

use std::path::{Path, PathBuf};

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};

use crate::{Server, free_port};

/// An authority, and certificates for a server and a client that it vouches for: `localhost` and `127.0.0.1`.
#[derive(Debug)]
pub struct Certificates {
    directory: tempfile::TempDir,
}

impl Certificates {
    /// Makes them.
    ///
    /// # Panics
    /// There is no room for the files.
    #[must_use]
    pub fn make() -> Self {
        let directory = tempfile::tempdir().expect("temporary directory");
        let files = Self { directory };
        let write = |name: &str, text: String| {
            std::fs::write(files.path(name), text).expect("file");
        };
        let key = KeyPair::generate().expect("key");
        let mut authority = CertificateParams::new(Vec::new()).expect("names");
        // Otherwise it has the name of those it vouches for, which then seem to vouch for themselves.
        authority
            .distinguished_name
            .push(DnType::CommonName, "an authority");
        authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        write(
            "ca.crt",
            authority.self_signed(&key).expect("signature").pem(),
        );
        let issuer = Issuer::new(authority, key);
        for name in ["server", "client"] {
            let key = KeyPair::generate().expect("key");
            let names = vec!["localhost".to_owned(), "127.0.0.1".to_owned()];
            let certificate = CertificateParams::new(names)
                .and_then(|it| it.signed_by(&key, &issuer))
                .expect("signature");
            write(&format!("{name}.crt"), certificate.pem());
            write(&format!("{name}.key"), key.serialize_pem());
        }
        files
    }

    /// Where `ca.crt`, `server.crt`, `server.key`, `client.crt` or `client.key` is.
    #[must_use]
    pub fn path(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    /// What tells a server to listen for encrypted connections too, at this port, and whether it asks its
    /// clients for a certificate.
    pub(crate) fn arguments(&self, port: u16, asks: bool) -> Vec<String> {
        let text = |path: &Path| path.to_string_lossy().into_owned();
        [
            ("--tls-port", port.to_string()),
            ("--tls-cert-file", text(&self.path("server.crt"))),
            ("--tls-key-file", text(&self.path("server.key"))),
            ("--tls-ca-cert-file", text(&self.path("ca.crt"))),
            (
                "--tls-auth-clients",
                if asks { "yes" } else { "no" }.to_owned(),
            ),
        ]
        .into_iter()
        .flat_map(|(option, value)| [option.to_owned(), value])
        .collect()
    }

    /// A server that also listens for encrypted connections, and where it does so.
    ///
    /// # Panics
    /// There is no `redis-server`.
    #[must_use]
    pub fn server(&self, asks: bool) -> (Server, String) {
        let port = free_port();
        let arguments = self.arguments(port, asks);
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let server = Server::start_with(&arguments);
        (server, format!("rediss://localhost:{port}"))
    }
}
