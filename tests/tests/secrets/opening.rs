//! Stores and probes that cannot be opened, for every reason and whatever the password was given by.

use redis_schema::health::{Limits, Probe};
use redis_schema::{Access, Schema, Store, StoreBuilder, TlsOptions};
use redis_schema_test_server::{Certificates, Server};
use std::time::Duration;

use crate::{PATIENCE, SHORT, Told, USERS, keyspace, tell};

fn builder() -> StoreBuilder<keyspace::Schema> {
    Store::builder().connect_timeout(SHORT).check_server(false)
}

async fn fails<S: Schema>(told: &Told, builder: StoreBuilder<S>) {
    told.shows(&builder);
    told.fails(builder.open().await);
}

/// Addresses that lead nowhere, to somebody else, or to a server that does not know the user.
fn addresses(port: u16, secure: &str, closed: u16) -> Vec<String> {
    let mut urls = Vec::new();
    for who in ["app:hunter2x", ":hunter2x", "nobody:hunter2x"] {
        for protocol in ["resp2", "resp3"] {
            for form in [
                "redis://W@P/",
                "rediss://W@P/",
                "redis+cluster://W@P/",
                "redis+sentinel://W@P/main",
            ] {
                let place = format!("127.0.0.1:{port}");
                let url = form.replace('W', who).replace('P', &place);
                urls.push(format!("{url}?protocol={protocol}"));
            }
            urls.push(format!("rediss://{who}@{secure}/?protocol={protocol}"));
        }
        for place in [
            &format!("127.0.0.1:{closed}"),
            "no-such-host.invalid",
            "127.0.0.1:99999",
            "no such host",
        ] {
            for form in [
                "redis://W@P",
                "rediss://W@P",
                "redis+cluster://W@P",
                "redis+sentinel://W@P/main",
            ] {
                urls.push(form.replace('W', who).replace('P', place));
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
    urls
}

#[tokio::test]
async fn what_cannot_be_opened() {
    let told = Told::listen();
    let certificates = Certificates::make();
    let (server, secure) = certificates.server(false);
    let secure = secure.strip_prefix("rediss://").unwrap();
    let mut admin = server.connect(redis_schema_test_server::Protocol::Resp2, 0);
    USERS.iter().for_each(|words| tell(&mut admin, words));
    let closed = Server::start().port();
    for url in addresses(server.port(), secure, closed) {
        fails(told, builder().url(&url)).await;
        let access = Access::new(&url).timeout(SHORT);
        told.shows(&access);
        told.fails(access.connect().await);
        let mut limits = Limits::default();
        (limits.timeout, limits.watch) = (SHORT, Duration::ZERO);
        match Probe::new(&url).map(|probe| probe.limits(limits)) {
            Err(error) => told.failed(&error),
            Ok(probe) => {
                told.shows(&probe);
                let health = probe.run().await;
                assert!(!health.is_ready(), "{health}");
                told.says(&health);
                told.says(&serde_json::to_string(&health).unwrap());
            }
        }
    }
    let plain = format!("redis://127.0.0.1:{}", server.port());
    fails(told, builder().url(&plain).credentials("app", "hunter2x")).await;
    fails(told, builder().url(&plain).password("hunter2x")).await;
    fails(
        told,
        builder()
            .url(&plain)
            .database_url("other", "redis://:hunter2@localhost"),
    )
    .await;
    let host = format!("127.0.0.1:{}", server.port());
    let sentinel = builder().sentinel("main", [&host]);
    fails(told, sentinel.sentinel_credentials("app", "hunter2x")).await;
    fails(
        told,
        builder().cluster([&host]).credentials("app", "hunter2x"),
    )
    .await;
    // Somebody whom nobody vouches for, and nobody at the other end who could tell.
    let url = format!("rediss://app:hunter2@{secure}");
    fails(told, builder().url(&url)).await;
    let stranger = Certificates::make();
    let wrong = TlsOptions::new().ca_file(stranger.path("ca.crt"));
    told.shows(&wrong);
    fails(told, builder().url(&url).tls(wrong)).await;
    let none = TlsOptions::new().ca_file(stranger.path("none.crt"));
    fails(told, builder().url(&url).tls(none)).await;
    let right = TlsOptions::new().ca_file(certificates.path("ca.crt"));
    let store = builder().url(&url).tls(right).connect_timeout(PATIENCE);
    let store = keyspace::Store::from(store.open().await.unwrap());
    store.text(crate::ID).set(crate::VALUE).await.unwrap();
    told.shows(&*store);
    told.assert_silent_about_secrets();
}
