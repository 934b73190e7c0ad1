//! Encrypted connections, with certificates made for the test.

use std::time::Duration;

use redis_schema::{ErrorKind, Store, StoreBuilder, TlsOptions};
use redis_schema_test_server::{Certificates, Server};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

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

/// A server of plain text waits for the end of what it takes for a line, answers that it knows no such command, or hangs up.
#[test]
fn a_port_for_plain_text_is_told_as_what_it_probably_is() {
    let files = Certificates::make();
    let options = TlsOptions::new().ca_file(files.path("ca.crt"));
    let server = Server::start();
    run(async {
        let silent = format!("127.0.0.1:{}", server.port());
        let rude = stranger(Some("-ERR unknown command\r\n")).await;
        let short = stranger(None).await;
        for (address, words) in [
            (silent, "does not answer where TLS begins"),
            (rude, "answers something else where TLS begins"),
            (short, "ends the connection where TLS begins"),
        ] {
            let url = format!("rediss://app:hunter2@{address}");
            let builder = builder(&url, options.clone());
            let opened = builder.connect_timeout(Duration::from_millis(300)).open();
            let error = opened.await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Unavailable, "{error}");
            let said = error.to_string();
            assert!(
                said.contains(words) && said.contains("plain text"),
                "{said}"
            );
            assert!(
                !format!("{error} {error:?}").contains("hunter2"),
                "{error:?}"
            );
        }
    });
}

/// A port whose owner says something to whoever calls, or hangs up once it has heard something.
async fn stranger(word: Option<&'static str>) -> String {
    let port = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = port.local_addr().unwrap().to_string();
    tokio::spawn(async move {
        let mut kept = Vec::new();
        while let Ok((mut stream, _)) = port.accept().await {
            let _ = stream.read_buf(&mut Vec::with_capacity(4096)).await;
            if let Some(word) = word {
                let _ = stream.write_all(word.as_bytes()).await;
                kept.push(stream);
            }
        }
    });
    address
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
