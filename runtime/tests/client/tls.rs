//! Encrypted connections, with certificates made for the test.

use std::path::{Path, PathBuf};

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};
use redis_schema::{ErrorKind, Store, StoreBuilder, TlsOptions};
use redis_schema_test_server::Server;

use super::run;
use super::schema::{Schema, text};

struct Files {
    directory: tempfile::TempDir,
}

impl Files {
    /// An authority, and certificates for a server and a client that it vouches for.
    fn make() -> Self {
        let directory = tempfile::tempdir().unwrap();
        let files = Self { directory };
        let key = KeyPair::generate().unwrap();
        let mut authority = CertificateParams::new(Vec::new()).unwrap();
        // Otherwise it has the name of those it vouches for, which then seem to vouch for themselves.
        authority
            .distinguished_name
            .push(DnType::CommonName, "an authority");
        authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        std::fs::write(
            files.path("ca.crt"),
            authority.self_signed(&key).unwrap().pem(),
        )
        .unwrap();
        let issuer = Issuer::new(authority, key);
        for name in ["server", "client"] {
            let key = KeyPair::generate().unwrap();
            let names = vec!["localhost".to_owned(), "127.0.0.1".to_owned()];
            let certificate = CertificateParams::new(names)
                .unwrap()
                .signed_by(&key, &issuer)
                .unwrap();
            std::fs::write(files.path(&format!("{name}.crt")), certificate.pem()).unwrap();
            std::fs::write(files.path(&format!("{name}.key")), key.serialize_pem()).unwrap();
        }
        files
    }

    fn path(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    /// A server that also listens for encrypted connections, and asks for a certificate if told to.
    fn server(&self, asks: bool) -> (Server, String) {
        let port = std::net::TcpListener::bind(("127.0.0.1", 0))
            .unwrap()
            .local_addr()
            .unwrap()
            .port();
        let text = |path: &Path| path.to_str().unwrap().to_owned();
        let server = Server::start_with(&[
            "--tls-port",
            &port.to_string(),
            "--tls-cert-file",
            &text(&self.path("server.crt")),
            "--tls-key-file",
            &text(&self.path("server.key")),
            "--tls-ca-cert-file",
            &text(&self.path("ca.crt")),
            "--tls-auth-clients",
            if asks { "yes" } else { "no" },
        ]);
        (server, format!("rediss://localhost:{port}"))
    }
}

fn builder(url: &str, options: TlsOptions) -> StoreBuilder<Schema> {
    Store::builder::<Schema>().url(url).tls(options)
}

async fn works(store: &Store) {
    let long = "x".repeat(3_000_000);
    text(store).set(&long).await.unwrap();
    assert_eq!(text(store).get().await.unwrap().unwrap(), long);
    let reads = (0..64).map(|_| async { text(store).exists().await.unwrap() });
    assert!(
        futures_util::future::join_all(reads)
            .await
            .into_iter()
            .all(|it| it)
    );
}

#[test]
fn the_server_is_known_by_its_authority() {
    let files = Files::make();
    let (_server, url) = files.server(false);
    run(async {
        let options = TlsOptions::new().ca_file(files.path("ca.crt"));
        works(&builder(&url, options.clone()).open().await.unwrap()).await;
        let resp3 = format!("{url}/?protocol=resp3");
        works(&builder(&resp3, options).open().await.unwrap()).await;

        let stranger = builder(&url, TlsOptions::new()).open().await.unwrap_err();
        assert_eq!(stranger.kind(), ErrorKind::Unavailable, "{stranger}");
        assert!(stranger.to_string().contains("certificate"), "{stranger}");
    });
}

#[test]
fn the_client_is_known_by_its_certificate() {
    let files = Files::make();
    let (_server, url) = files.server(true);
    run(async {
        let options = TlsOptions::new().ca_pem(std::fs::read(files.path("ca.crt")).unwrap());
        let known = options
            .clone()
            .client_files(files.path("client.crt"), files.path("client.key"));
        works(&builder(&url, known).open().await.unwrap()).await;
        assert!(builder(&url, options).open().await.is_err());
    });
}

#[test]
fn unusable_options_are_said_before_anything_is_sent() {
    let files = Files::make();
    run(async {
        for (url, options, words) in [
            ("redis://localhost", TlsOptions::new(), "write `rediss://`"),
            (
                "rediss://localhost",
                TlsOptions::new().ca_pem("nonsense"),
                "no certificate",
            ),
            (
                "rediss://localhost",
                TlsOptions::new().ca_file(files.path("absent.crt")),
                "cannot be read",
            ),
            (
                "rediss://localhost",
                TlsOptions::new().client_files(files.path("client.crt"), files.path("server.key")),
                "do not fit together",
            ),
        ] {
            let error = builder(url, options).open().await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Settings, "{error}");
            assert!(error.to_string().contains(words), "{error}");
        }
    });
}
