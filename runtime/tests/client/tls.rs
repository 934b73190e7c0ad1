//! Encrypted connections, with certificates made for the test.

use redis_schema::{ErrorKind, Store, StoreBuilder, TlsOptions};
use redis_schema_test_server::Certificates;

use super::run;
use super::schema::{Schema, text};

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
    let files = Certificates::make();
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
    let files = Certificates::make();
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
    let files = Certificates::make();
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
