//! Every way to a server, and what is said when there is none.

use std::time::Duration;

use redis_schema::{ErrorKind, Store};
use redis_schema_test_server::FaultProxy;
use redis_schema_test_server::{Protocol, Server};

use super::run;
use super::schema::{Schema, count, line, text};

async fn works(store: &Store) {
    text(store).set("value").await.unwrap();
    assert_eq!(text(store).get().await.unwrap().as_deref(), Some("value"));
    assert_eq!(count(store).incr_by(2).await.unwrap(), 2);
    let (value, number) = store
        .pipeline((text(store).get(), count(store).get()))
        .await
        .unwrap();
    assert_eq!((value.as_deref(), number), (Some("value"), Some(2)));
    store
        .atomic((text(store).set("other"), count(store).incr_by(1)))
        .await
        .unwrap();
    line(store).rpush("one").await.unwrap();
    let popped = line(store).blpop(Duration::from_secs(5)).await.unwrap();
    assert_eq!(popped.as_deref(), Some("one"));
    assert_eq!(
        line(store).blpop(Duration::from_millis(10)).await.unwrap(),
        None
    );
    let mut raw = store.raw_connection(0).unwrap();
    let (a, b): (String, i64) = redis::pipe()
        .atomic()
        .get("text")
        .get("count")
        .query_async(&mut raw)
        .await
        .unwrap();
    assert_eq!((a.as_str(), b), ("other", 3));
    let wrong: redis::RedisResult<()> = redis::cmd("INCR").arg("text").query_async(&mut raw).await;
    assert!(wrong.unwrap_err().to_string().contains("not an integer"));
}

#[test]
fn over_both_protocols() {
    for protocol in Protocol::ALL {
        let server = Server::start();
        run(async {
            let store = Store::connect::<Schema>(&server.url(protocol, 0))
                .await
                .unwrap();
            works(&store).await;
        });
    }
}

#[cfg(unix)]
#[test]
fn over_a_socket_of_the_system() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("redis.sock");
    let _server = Server::start_with(&["--unixsocket", path.to_str().unwrap()]);
    run(async {
        let url = format!("unix://{}", path.display());
        works(&Store::connect::<Schema>(&url).await.unwrap()).await;
    });
}

#[test]
fn as_a_user_with_a_password_that_is_never_shown() {
    let server = Server::start();
    let mut admin = server.connect(Protocol::Resp2, 0);
    let () = redis::cmd("ACL")
        .arg(&["SETUSER", "app", "on", ">hunter2", "~*", "&*", "+@all"])
        .query(&mut admin)
        .unwrap();
    let () = redis::cmd("ACL")
        .arg(&["SETUSER", "default", "off"])
        .query(&mut admin)
        .unwrap();
    for protocol in Protocol::ALL {
        run(async {
            let url = server.url(protocol, 0);
            let builder = Store::builder::<Schema>()
                .url(&url)
                .credentials("app", "hunter2");
            assert!(!format!("{builder:?}").contains("hunter2"));
            let store = builder.client_name("a-test").open().await.unwrap();
            let mut raw = store.raw_connection(0).unwrap();
            let () = redis::cmd("FLUSHALL").query_async(&mut raw).await.unwrap();
            works(&store).await;
            let name: String = redis::cmd("CLIENT")
                .arg("GETNAME")
                .query_async(&mut raw)
                .await
                .unwrap();
            assert_eq!(name, "a-test");

            let in_url = url.replace("redis://", "redis://app:hunter2@");
            assert!(Store::connect::<Schema>(&in_url).await.is_ok());

            for builder in [
                Store::builder::<Schema>()
                    .url(&url)
                    .credentials("app", "hunter3"),
                Store::builder::<Schema>().url(&in_url.replace("hunter2", "hunter3")),
                Store::builder::<Schema>().url(&url),
            ] {
                // Waiting would not help, so there is none.
                let error = builder
                    .wait_for(Duration::from_secs(60))
                    .open()
                    .await
                    .unwrap_err();
                assert_eq!(error.kind(), ErrorKind::Denied, "{error}");
                assert!(
                    !format!("{error} {error:?}").contains("hunter"),
                    "{error:?}"
                );
            }
        });
    }
}

#[test]
fn without_a_server() {
    let server = Server::start();
    let proxy = FaultProxy::start(server.port());
    proxy.refuse(true);
    let url = proxy.url(Protocol::Resp2, 0);
    run(async {
        let error = Store::connect::<Schema>(&url).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Unavailable, "{error}");

        let late = Store::builder::<Schema>()
            .url(&url)
            .back_off(Duration::from_millis(1), Duration::from_millis(5))
            .wait_for(Duration::from_secs(60));
        let before = proxy.connections();
        let coming = async {
            while proxy.connections() < before + 2 {
                tokio::task::yield_now().await;
            }
            proxy.refuse(false);
        };
        let (store, ()) = tokio::join!(late.open(), coming);
        works(&store.unwrap()).await;

        proxy.refuse(true);
        let impatient = Store::builder::<Schema>()
            .url(&url)
            .wait_for(Duration::from_millis(30))
            .open()
            .await;
        assert_eq!(impatient.unwrap_err().kind(), ErrorKind::Unavailable);
    });
}

#[test]
fn what_is_unusable_is_said() {
    run(async {
        let builder = Store::builder::<Schema>().url("redis://localhost");
        for (builder, words) in [
            (
                Store::builder::<Schema>().url("nonsense"),
                "expected `redis://",
            ),
            (
                Store::builder::<Schema>().url("redis://localhost/7"),
                "names the database 7, but the schema's keys lie in 0",
            ),
            (
                builder.clone().database_url("other", "redis://localhost"),
                "no database `other`; it has `main`",
            ),
            (
                Store::builder::<Schema>().cluster(Vec::<String>::new()),
                "no server is named",
            ),
            (
                Store::builder::<Schema>().sentinel("m", ["a/b"]),
                "host[:port]",
            ),
        ] {
            let error = builder.open().await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Settings, "{error}");
            assert!(error.to_string().contains(words), "{error}");
        }
    });
}

#[test]
fn a_database_may_have_a_server_of_its_own() {
    let (main, other) = (Server::start(), Server::start());
    run(async {
        let store: Store = Store::builder::<Schema>()
            .url(&main.url(Protocol::Resp2, 0))
            .database_url("main", &other.url(Protocol::Resp2, 5))
            .open()
            .await
            .unwrap();
        text(&store).set("there").await.unwrap();
        let mut connection = other.connect(Protocol::Resp2, 5);
        let found: String = redis::cmd("GET")
            .arg("text")
            .query(&mut connection)
            .unwrap();
        assert_eq!(found, "there");
        // To its user it is the schema's database all the same.
        let mut raw = store.raw_connection(0).unwrap();
        let found = redis_schema::Handle::new(super::schema::Text)
            .get()
            .query_async(&mut raw)
            .await;
        assert_eq!(found.unwrap().as_deref(), Some("there"));
    });
}
