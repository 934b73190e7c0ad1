//! A password is never shown, whatever goes wrong on the way to a server, and however it was given.

use std::error::Error as _;
use std::time::Duration;

use redis_schema::health::{Limits, Probe};
use redis_schema::{Access, Error, Store, StoreBuilder};
use redis_schema_test_server::{Protocol, Server};

use super::run;
use super::schema::{Schema, count, text};

/// In each password of these tests, and nowhere else.
const SECRET: &str = "hunter2";

/// Servers that do not understand what is said to them are silent.
const SHORT: Duration = Duration::from_millis(300);

fn kept(shown: &str) {
    assert!(!shown.contains(SECRET), "{shown}");
}

/// Looks at everything that an error shows.
fn told(error: &Error) {
    kept(&format!("{error} {error:?} {error:#?}"));
    let mut source = error.source();
    while let Some(inner) = source {
        kept(&format!("{inner} {inner:?}"));
        source = inner.source();
    }
}

fn builder() -> StoreBuilder<Schema> {
    Store::builder::<Schema>().connect_timeout(SHORT)
}

async fn fails(builder: StoreBuilder<Schema>) {
    kept(&format!("{builder:?} {builder:#?}"));
    told(&builder.open().await.unwrap_err());
}

/// A server that knows nobody with the password of these tests.
fn strict() -> Server {
    let server = Server::start();
    let mut admin = server.connect(Protocol::Resp2, 0);
    for words in [
        &[
            "ACL", "SETUSER", "app", "on", ">hunter2", "~text", "+ping", "+get", "+hget",
        ][..],
        &["CONFIG", "SET", "requirepass", "another"],
    ] {
        redis::Cmd::new().arg(words).exec(&mut admin).unwrap();
    }
    server
}

#[test]
fn what_cannot_be_opened_keeps_it() {
    let server = strict();
    let (port, closed) = (server.port(), Server::start().port());
    let mut urls = Vec::new();
    for who in ["app:hunter2x", ":hunter2x", "nobody:hunter2x"] {
        for protocol in ["resp2", "resp3"] {
            urls.push(format!(
                "redis://{who}@127.0.0.1:{port}/?protocol={protocol}"
            ));
            urls.push(format!(
                "rediss://{who}@127.0.0.1:{port}/?protocol={protocol}"
            ));
            urls.push(format!(
                "redis+cluster://{who}@127.0.0.1:{port}/?protocol={protocol}"
            ));
            urls.push(format!(
                "redis+sentinel://{who}@127.0.0.1:{port}/main?protocol={protocol}"
            ));
        }
        for place in [
            format!("127.0.0.1:{closed}"),
            "127.0.0.1:99999".to_owned(),
            "no such host".to_owned(),
        ] {
            for form in [
                "redis://W@P",
                "redis+cluster://W@P",
                "redis+sentinel://W@P/main",
            ] {
                urls.push(form.replace('W', who).replace('P', &place));
            }
        }
        for form in [
            "redis:/W@P",
            "http://W@P",
            "redis+sentinel://W@P",
            "redis://W@P/nonsense",
        ] {
            urls.push(form.replace('W', who).replace('P', "127.0.0.1"));
        }
    }
    urls.push("unix:///no/such/socket?user=app&pass=hunter2x".to_owned());
    run(async {
        for url in urls {
            fails(builder().url(&url)).await;
            let access = Access::new(&url).timeout(SHORT);
            kept(&format!("{access:?}"));
            told(&access.connect().await.unwrap_err());
            let mut limits = Limits::default();
            (limits.timeout, limits.watch) = (SHORT, Duration::ZERO);
            match Probe::new(&url).map(|probe| probe.limits(limits)) {
                Err(error) => told(&error),
                Ok(probe) => {
                    let health = probe.run().await;
                    assert!(!health.is_ready(), "{health}");
                    kept(&format!(
                        "{probe:?} {health} {health:?} {}",
                        serde_json::to_string(&health).unwrap()
                    ));
                }
            }
        }
        let plain = format!("redis://127.0.0.1:{port}");
        fails(builder().url(&plain).credentials("app", "hunter2x")).await;
        fails(builder().url(&plain).password("hunter2x")).await;
        fails(
            builder()
                .url(&plain)
                .database_url("main", "redis://:hunter2x@"),
        )
        .await;
        fails(
            builder()
                .url(&plain)
                .database_url("other", "redis://:hunter2x@localhost"),
        )
        .await;
        let sentinel = builder().sentinel("main", [format!("127.0.0.1:{port}")]);
        fails(sentinel.sentinel_credentials("app", "hunter2x")).await;
        let cluster = builder().cluster([format!("127.0.0.1:{port}")]);
        fails(cluster.credentials("app", "hunter2x")).await;
    });
}

#[test]
fn what_is_open_keeps_it() {
    let server = strict();
    let url = format!("redis://127.0.0.1:{}", server.port());
    run(async {
        let store = builder()
            .url(&url)
            .credentials("app", SECRET)
            .open()
            .await
            .unwrap();
        kept(&format!(
            "{store:?} {:?} {:?}",
            store.stats(),
            store.raw_connection(0)
        ));
        told(&count(&store).incr_by(1).await.unwrap_err());
        told(&text(&store).set("value").await.unwrap_err());
        let health = store.health().await;
        assert!(!health.is_ready());
        kept(&format!("{health} {health:?}"));
        drop(server);
        told(&text(&store).set("value").await.unwrap_err());
        kept(&format!("{}", store.health().await));
    });
}
