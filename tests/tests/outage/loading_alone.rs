//! Loading while the server is away.

use std::convert::Infallible;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use futures_util::FutureExt as _;
use futures_util::future::join_all;
use redis_schema::{ErrorKind, LoadError};
use redis_schema_test_server::{Fault, Protocol, When};
use redis_schema_tests::degrading::Note;
use serde_json::json;
use tokio::sync::Notify;

use crate::Behind;

type Loaded<V> = Result<Option<V>, Infallible>;

#[tokio::test]
async fn a_loader_stands_in_and_nothing_is_stored() {
    for protocol in Protocol::ALL {
        let behind = Behind::start_by(protocol).await;
        let store = &behind.store;
        store.loaded(1).set(&json!("stored")).await.unwrap();
        behind.leave();
        let (loaded, entry, report) = (store.loaded(1), store.entry(1), store.report(1));
        let absent = store.loaded(2);
        let (found, note, as_absent, nothing) = tokio::join!(
            loaded.get_or_load(async || Loaded::Ok(Some(json!("loaded")))),
            entry.hgetall_or_load(async || Loaded::Ok(Some(Note::new("loaded")))),
            report.get_or_load(async || Loaded::Ok(Some(json!(1)))),
            absent.get_or_load(async || Loaded::Ok(None)),
        );
        assert_eq!(found.unwrap(), Some(json!("loaded")));
        assert_eq!(note.unwrap(), Some(Note::new("loaded")));
        assert_eq!(as_absent.unwrap(), Some(json!(1)));
        assert_eq!(nothing.unwrap(), None);
        let degraded = store.degraded();
        assert_eq!(
            (degraded.reads, degraded.writes, degraded.unstored),
            (4, 0, 0)
        );
        behind.come_back().await;
        assert_eq!(loaded.get().await.unwrap(), Some(json!("stored")));
        assert!(!entry.exists().await.unwrap());
        assert!(!report.exists().await.unwrap());
    }
}

#[tokio::test]
async fn other_ways_are_kept() {
    let behind = Behind::start().await;
    let store = &behind.store;
    behind.leave();
    let (strict, whole, loaded, entry) = (
        store.strict(1),
        store.whole(1),
        store.loaded(1),
        store.entry(1),
    );
    let value = json!(1);
    let (error, default, read, record, dropped) = tokio::join!(
        strict.get_or_load(async || -> Loaded<u32> { panic!("nothing stands in") }),
        whole.get_or_load(async || -> Loaded<i16> { panic!("the default does") }),
        async { loaded.get().await },
        async { entry.hgetall().await },
        async { loaded.set(&value).await },
    );
    match error {
        Err(LoadError::Store(error)) => assert_eq!(error.kind(), ErrorKind::Unavailable),
        other => panic!("{other:?}"),
    }
    assert_eq!(default.unwrap(), Some(-7));
    assert_eq!(read.unwrap_err().kind(), ErrorKind::Unavailable);
    assert_eq!(record.unwrap_err().kind(), ErrorKind::Unavailable);
    dropped.unwrap();
    let degraded = store.degraded();
    assert_eq!(
        (degraded.reads, degraded.writes, degraded.unstored),
        (1, 1, 0)
    );
}

#[tokio::test]
async fn a_loader_that_fails_is_told_with_its_own_error() {
    let behind = Behind::start().await;
    behind.leave();
    let key = behind.store.loaded(1);
    let found = key.get_or_load(async || Err::<Option<_>, _>("the origin is away too"));
    match found.await {
        Err(LoadError::Load(error)) => assert_eq!(error, "the origin is away too"),
        other => panic!("{other:?}"),
    }
    assert_eq!(behind.store.degraded().reads, 0, "nothing was answered");
}

/// A server that says nothing costs the time allowed, and no more.
#[tokio::test]
async fn silence_costs_the_time_allowed() {
    let behind = Behind::start_with(Protocol::Resp3, |builder| {
        builder.response_timeout(Duration::from_millis(50))
    })
    .await;
    behind.proxy.inject(When::any(), Fault::black_hole());
    let start = Instant::now();
    let key = behind.store.loaded(1);
    let found = key.get_or_load(async || Loaded::Ok(Some(json!(1)))).await;
    assert_eq!(found.unwrap(), Some(json!(1)));
    // Twice as long, and then what a loaded machine adds.
    assert!(
        start.elapsed() < Duration::from_secs(5),
        "{:?}",
        start.elapsed()
    );
}

/// Behind an open breaker a load costs what the loader costs.
#[tokio::test]
async fn an_open_breaker_adds_less_than_a_millisecond() {
    let behind = Behind::start_alone().await;
    let mut took = Vec::new();
    for id in 0..101 {
        let (key, start) = (behind.store.loaded(id), Instant::now());
        let found = key.get_or_load(async || Loaded::Ok(Some(json!(id))));
        assert_eq!(found.await.unwrap(), Some(json!(id)));
        took.push(start.elapsed());
    }
    took.sort();
    assert!(took[50] < Duration::from_millis(1), "{took:?}");
    assert_eq!(behind.store.degraded().reads, 101);
}

#[tokio::test]
async fn callers_share_a_load() {
    let behind = Behind::start_alone().await;
    let (calls, go_on) = (AtomicU32::new(0), Notify::new());
    let (key, entry) = (behind.store.loaded(1), behind.store.entry(1));
    let readers = join_all((0..20).map(|reader| {
        let (calls, go_on) = (&calls, &go_on);
        key.get_or_load(move || async move {
            calls.fetch_add(1, Ordering::Relaxed);
            go_on.notified().await;
            Loaded::Ok(Some(json!(reader)))
        })
    }));
    tokio::pin!(readers);
    // Each read fails at once: after this all of them wait.
    assert!(readers.as_mut().now_or_never().is_none());
    go_on.notify_one();
    let found: Vec<_> = readers.await.into_iter().map(Result::unwrap).collect();
    assert_eq!(calls.load(Ordering::Relaxed), 1);
    assert!(found[0].is_some() && found.iter().all(|one| *one == found[0]));
    let note = Note::new("loaded");
    let load = async || {
        tokio::task::yield_now().await;
        Loaded::Ok(Some(Note::new("loaded")))
    };
    let nothing = async || Loaded::Ok(None);
    let (first, second) = (entry.hgetall_or_load(load), entry.hgetall_or_load(nothing));
    tokio::pin!(first, second);
    assert!(first.as_mut().now_or_never().is_none());
    assert!(second.as_mut().now_or_never().is_none());
    let (first, second) = tokio::join!(first, second);
    assert_eq!(first.unwrap(), Some(note.clone()));
    assert_eq!(second.unwrap(), Some(note), "shared");
    assert_eq!(behind.store.degraded().reads, 22);
}
