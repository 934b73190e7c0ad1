//! What opening makes sure of.

use redis_schema::{ErrorKind, Store, VersionCheck};
use redis_schema_test_server::{Protocol, Server};

use super::run;
use super::schema::Schema;

const STAMP: &str = "redis-schema:client-test";

#[test]
fn the_stamp_of_the_data_is_compared() {
    let server = Server::start();
    let url = server.url(Protocol::Resp2, 0);
    let mut connection = server.connect(Protocol::Resp2, 0);
    let builder = || Store::builder::<Schema>().url(&url);
    run(async {
        // Without a stamp nothing is known, and nothing is written unless asked for.
        builder().open().await.unwrap();
        let exists: bool = redis::cmd("EXISTS")
            .arg(STAMP)
            .query(&mut connection)
            .unwrap();
        assert!(!exists);
        builder()
            .check_version(VersionCheck::Stamp)
            .open()
            .await
            .unwrap();
        let stamp: Vec<u32> = redis::cmd("HMGET")
            .arg(&[STAMP, "version", "edition"])
            .query(&mut connection)
            .unwrap();
        assert_eq!(stamp, [3, 1]);
        builder().open().await.unwrap();
        for (version, words) in [
            (
                "2",
                "is of version 2 of the schema, this program needs version 3: migrate it",
            ),
            (
                "4",
                "is of version 4 of the schema, this program knows version 3: update it",
            ),
            ("x", "no number"),
        ] {
            let () = redis::cmd("HSET")
                .arg(&[STAMP, "version", version])
                .query(&mut connection)
                .unwrap();
            let error = builder().open().await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Incompatible, "{error}");
            assert!(error.to_string().contains(words), "{error}");
            builder()
                .check_version(VersionCheck::Ignore)
                .open()
                .await
                .unwrap();
        }
    });
}

#[test]
fn a_server_of_a_cluster_is_no_server_of_its_own() {
    let server = Server::start_with(&["--cluster-enabled", "yes"]);
    let url = server.url(Protocol::Resp2, 0);
    run(async {
        let error = Store::connect::<Schema>(&url).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Incompatible, "{error}");
        assert!(error.to_string().contains("part of a cluster"), "{error}");
        let unchecked = Store::builder::<Schema>()
            .url(&url)
            .check_server(false)
            .check_version(VersionCheck::Ignore);
        unchecked.open().await.unwrap();
    });
}

#[test]
fn a_user_who_may_not_ask_is_let_in() {
    let server = Server::start();
    let mut admin = server.connect(Protocol::Resp2, 0);
    let () = redis::cmd("ACL")
        .arg(&["SETUSER", "app", "on", ">pw", "~text", "+get", "+set"])
        .query(&mut admin)
        .unwrap();
    run(async {
        let builder = Store::builder::<Schema>().url(&server.url(Protocol::Resp2, 0));
        let store = builder.credentials("app", "pw").open().await.unwrap();
        super::schema::text(&store).set("value").await.unwrap();
        let error = super::schema::count(&store).incr_by(1).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Denied, "{error}");
    });
}
