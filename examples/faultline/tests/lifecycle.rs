//! The life of an analysis on a real server, and the defects of the hand-written version that cannot come back.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use example_faultline::keyspace::{JobStatus, Schema, Store, keys};
use example_faultline::service::{Service, Update, content_hash};
use redis_schema::value::Uuid;
use redis_schema::{ErrorKind, Settings};
use redis_schema_test_server::{Protocol, Server};
use serde_json::json;

const TEXT: &str = "fn main() {}\n";

async fn service(server: &Server, protocol: Protocol) -> (Service, Store, redis::Connection) {
    let store = Store::connect(&server.url(protocol, 0)).await.unwrap();
    (
        Service::new(store.clone()),
        store,
        server.connect(protocol, 0),
    )
}

fn ttl(raw: &mut redis::Connection, key: &str) -> i64 {
    redis::cmd("TTL").arg(key).query(raw).unwrap()
}

#[tokio::test]
async fn an_analysis_runs_and_fills_the_cache() {
    let server = Server::start();
    for protocol in Protocol::ALL {
        let (service, _, mut raw) = service(&server, protocol).await;
        redis::cmd("FLUSHALL").exec(&mut raw).unwrap();

        let (id, job) = service.submit(TEXT, json!({ "user": "a" })).await.unwrap();
        assert_eq!(job.status, JobStatus::Queued);
        let Update::Done(done) = service.run(id, TEXT).await.unwrap() else {
            panic!("the job was there and queued");
        };
        assert_eq!(done.status, JobStatus::Completed);
        assert!(done.result.is_some() && done.markdown.is_some());
        assert_eq!(service.get(id).await.unwrap().as_ref(), Some(&*done));

        let (again, job) = service.submit(TEXT, json!(null)).await.unwrap();
        assert_ne!(again, id);
        assert_eq!(
            job.status,
            JobStatus::Completed,
            "a known text completes at once"
        );
        assert_eq!(job.result, done.result);
    }
}

#[tokio::test]
async fn every_write_sets_its_lifetime() {
    let server = Server::start();
    let (service, store, mut raw) = service(&server, Protocol::Resp3).await;
    let (id, _) = service.submit(TEXT, json!(null)).await.unwrap();
    let key = format!("job:{id}");
    assert!((3590..=3600).contains(&ttl(&mut raw, &key)));

    // An update renews the lifetime, as declared; it can never lose it.
    redis::cmd("EXPIRE")
        .arg(&key)
        .arg(50)
        .exec(&mut raw)
        .unwrap();
    service.run(id, TEXT).await.unwrap();
    assert!((3590..=3600).contains(&ttl(&mut raw, &key)));
    let cached = format!("cache:{}", content_hash(TEXT));
    assert!((86_390..=86_400).contains(&ttl(&mut raw, &cached)));
    assert!(store.job(id).exists().await.unwrap());
}

#[tokio::test]
async fn the_time_of_creation_is_stored_not_guessed_from_the_lifetime() {
    let server = Server::start();
    let (service, _, _) = service(&server, Protocol::Resp2).await;
    let (id, before) = service.submit(TEXT, json!(null)).await.unwrap();
    service.run(id, TEXT).await.unwrap();
    let after = service.get(id).await.unwrap().unwrap();
    assert_eq!(after.created_at, before.created_at);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn concurrent_updates_do_not_lose_each_other() {
    let server = Server::start();
    let (service, _, _) = service(&server, Protocol::Resp2).await;
    let (id, _) = service.submit(TEXT, json!(null)).await.unwrap();
    let updates = (0..8).map(|at| {
        let service = service.clone();
        tokio::spawn(async move { service.fail(id, &format!("reason {at}")).await.unwrap() })
    });
    let mut done = 0;
    for update in updates.collect::<Vec<_>>() {
        match update.await.unwrap() {
            Update::Done(_) => done += 1,
            Update::NotAllowed(status) => assert_eq!(status, JobStatus::Failed),
            other => panic!("{other:?}"),
        }
    }
    assert!(done >= 1);
    // A finished job does not run.
    assert_eq!(
        service.run(id, TEXT).await.unwrap(),
        Update::NotAllowed(JobStatus::Failed)
    );
}

#[tokio::test]
async fn a_damaged_value_does_not_stop_the_listing() {
    let server = Server::start();
    let (service, store, mut raw) = service(&server, Protocol::Resp2).await;
    let (first, _) = service.submit(TEXT, json!(null)).await.unwrap();
    let damaged = Uuid::new_v4();
    redis::cmd("SET")
        .arg(format!("job:{damaged}"))
        .arg("{not json")
        .exec(&mut raw)
        .unwrap();
    redis::cmd("SET")
        .arg("job:not-a-uuid")
        .arg("{}")
        .exec(&mut raw)
        .unwrap();

    let (jobs, unreadable) = service.list().await.unwrap();
    assert_eq!(jobs.iter().map(|(id, _)| *id).collect::<Vec<_>>(), [first]);
    assert_eq!(unreadable, 1);
    let error = store.job(damaged).get().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Corrupt);
    assert!(!error.to_string().contains("not json"), "{error}");
}

#[tokio::test]
async fn prefix_and_lifetime_come_from_the_environment() {
    let server = Server::start();
    let settings = Settings::from_lookup::<Schema>(|name| match name {
        "JOB_KEY_PREFIX" => Some("prod:job:".into()),
        "JOB_EXPIRATION" => Some("120".into()),
        "CACHE_EXPIRATION" => Some("5m".into()),
        _ => None,
    })
    .unwrap();
    let store = Store::connect_with(&server.url(Protocol::Resp2, 0), settings)
        .await
        .unwrap();
    let mut raw = server.connect(Protocol::Resp2, 0);
    let service = Service::new(store.clone());
    let (id, _) = service.submit(TEXT, json!(null)).await.unwrap();
    service.run(id, TEXT).await.unwrap();
    assert!((115..=120).contains(&ttl(&mut raw, &format!("prod:job:{id}"))));
    assert!((290..=300).contains(&ttl(&mut raw, &format!("cache:{}", content_hash(TEXT)))));
    assert_eq!(service.list().await.unwrap().0.len(), 1);

    // A command built without the store knows nothing of its settings, and is refused instead of
    // reading another deployment's key.
    let error = store.pipeline((keys::job(id).get(),)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ForeignSettings);
}

#[tokio::test]
async fn an_unusable_lifetime_names_the_variable_and_not_its_value() {
    let error =
        Settings::from_lookup::<Schema>(|name| (name == "JOB_EXPIRATION").then(|| "soon".into()))
            .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Settings);
    assert!(error.to_string().contains("JOB_EXPIRATION"), "{error}");
    assert!(!error.to_string().contains("soon"), "{error}");
}

#[test]
fn a_prefix_cannot_move_keys_to_another_cluster_slot() {
    let error = Settings::from_lookup::<Schema>(|name| {
        (name == "JOB_KEY_PREFIX").then(|| "{prod}:".into())
    })
    .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Settings);
    assert!(error.to_string().contains("JOB_KEY_PREFIX"), "{error}");
}

#[tokio::test]
async fn start_up_fails_when_there_is_no_server() {
    let port = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    let error = Store::connect(&format!("redis://:hush@127.0.0.1:{port}"))
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unavailable);
    assert!(!format!("{error:?} {error}").contains("hush"));
}

#[tokio::test]
async fn a_hash_outside_its_alphabet_is_refused_before_anything_is_sent() {
    let server = Server::start();
    let (_, store, _) = service(&server, Protocol::Resp2).await;
    let error = store.cached_report("*").get().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Param);
    assert!(error.to_string().contains("`content_hash`"), "{error}");
}
