//! Loading what is not stored, while the server is there.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use futures_util::future::join_all;
use redis_schema::{ErrorKind, LoadError};
use redis_schema_test_server::{Fault, Harm, Protocol, When};
use redis_schema_tests::degrading::Note;
use redis_schema_tests::newest;
use serde_json::json;
use uuid::Uuid;

use crate::Behind;

/// What a loader says that cannot fail.
type Loaded<V> = Result<Option<V>, Infallible>;

#[tokio::test]
async fn a_miss_loads_once_and_stores_with_the_declared_lifetime() {
    for protocol in Protocol::ALL {
        let behind = Behind::start_by(protocol).await;
        let calls = AtomicU32::new(0);
        let key = behind.store.loaded(1);
        let value = json!({ "score": 7 });
        for _ in 0..2 {
            let found = key.get_or_load(async || {
                calls.fetch_add(1, Ordering::Relaxed);
                Loaded::Ok(Some(value.clone()))
            });
            assert_eq!(found.await.unwrap(), Some(value.clone()));
        }
        assert_eq!(calls.into_inner(), 1, "a hit loads nothing");
        assert_eq!(key.get().await.unwrap(), Some(value));
        let left: i64 = behind.raw(&["PTTL", "loaded:1"]);
        assert!((3_590_000..=3_600_000).contains(&left), "{left}");
        assert_eq!(behind.store.degraded(), Default::default());
    }
}

#[tokio::test]
async fn a_record_is_loaded_as_a_whole() {
    for protocol in Protocol::ALL {
        let behind = Behind::start_by(protocol).await;
        let key = behind.store.entry(1);
        let mut note = Note::new("hello");
        note.author = Some("ann".to_owned());
        let calls = AtomicU32::new(0);
        let load = async || {
            calls.fetch_add(1, Ordering::Relaxed);
            // The other one has its answer before the record is stored.
            tokio::task::yield_now().await;
            Loaded::Ok(Some(note.clone()))
        };
        let (first, second) = tokio::join!(key.hgetall_or_load(load), key.hgetall_or_load(load));
        assert_eq!(first.unwrap(), Some(note.clone()));
        assert_eq!(second.unwrap(), Some(note.clone()));
        assert_eq!(calls.load(Ordering::Relaxed), 1);
        let found = key.hgetall_or_load(async || panic!("a hit loads nothing"));
        let found: Result<_, LoadError<Infallible>> = found.await;
        assert_eq!(found.unwrap(), Some(note));
        let left: i64 = behind.raw(&["PTTL", "entry:1"]);
        assert!((3_590_000..=3_600_000).contains(&left), "{left}");
    }
}

#[tokio::test]
async fn of_nothing_nothing_is_stored() {
    let behind = Behind::start().await;
    let (key, calls) = (behind.store.loaded(1), AtomicU32::new(0));
    for _ in 0..2 {
        let found = key.get_or_load(async || {
            calls.fetch_add(1, Ordering::Relaxed);
            Loaded::Ok(None)
        });
        assert_eq!(found.await.unwrap(), None);
    }
    assert_eq!(calls.into_inner(), 2);
    assert!(!key.exists().await.unwrap());
}

/// Callers on several threads, some of which come when the load is just over.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_hundred_cold_readers_are_one_load() {
    const READERS: u32 = 100;
    for protocol in Protocol::ALL {
        let behind = Behind::start_by(protocol).await;
        for id in 0..50 {
            let calls = Arc::new(AtomicU32::new(0));
            let readers = (0..READERS).map(|reader| {
                let (store, calls) = (behind.store.clone(), Arc::clone(&calls));
                tokio::spawn(async move {
                    let key = store.loaded(id);
                    let found = key.get_or_load(async || {
                        calls.fetch_add(1, Ordering::Relaxed);
                        Loaded::Ok(Some(json!(reader)))
                    });
                    found.await.unwrap().unwrap()
                })
            });
            let found = join_all(readers.collect::<Vec<_>>()).await;
            let first = found[0].as_ref().unwrap();
            assert_eq!(calls.load(Ordering::Relaxed), 1, "of key {id}");
            assert!(found.iter().all(|found| found.as_ref().unwrap() == first));
        }
        assert_eq!(behind.store.degraded(), Default::default());
    }
}

#[tokio::test]
async fn keys_do_not_wait_for_each_other() {
    let behind = Behind::start().await;
    let (loaded, entry) = (behind.store.loaded(1), behind.store.loaded(2));
    let both = tokio::sync::Barrier::new(2);
    let load = async || {
        both.wait().await;
        Loaded::Ok(Some(json!(1)))
    };
    let (first, second) = tokio::join!(loaded.get_or_load(load), entry.get_or_load(load));
    assert_eq!(
        (first.unwrap(), second.unwrap()),
        (Some(json!(1)), Some(json!(1)))
    );
}

#[tokio::test]
async fn what_others_store_meanwhile_stays() {
    let behind = Behind::start().await;
    let (store, newer) = (&behind.store, json!("newer"));
    let (loaded, entry) = (store.loaded(1), store.entry(1));
    let found = loaded.get_or_load(async || {
        store.loaded(1).set(&newer).await?;
        Ok::<_, redis_schema::Error>(Some(json!("older")))
    });
    assert_eq!(found.await.unwrap(), Some(json!("older")));
    assert_eq!(store.loaded(1).get().await.unwrap(), Some(newer));
    let (mut old, new) = (Note::new("older"), Note::new("newer"));
    old.author = Some("ann".to_owned());
    let found = entry.hgetall_or_load(async || {
        store.entry(1).hset(&new).await?;
        Ok::<_, redis_schema::Error>(Some(old.clone()))
    });
    assert_eq!(found.await.unwrap(), Some(old.clone()));
    assert_eq!(store.entry(1).hgetall().await.unwrap(), Some(new));
}

#[tokio::test]
async fn what_else_lies_there_is_told_and_not_loaded() {
    let behind = Behind::start().await;
    let load = async || -> Loaded<serde_json::Value> { panic!("loading would hide it") };
    let () = behind.raw(&["SET", "loaded:1", "{"]);
    let () = behind.raw(&["RPUSH", "loaded:2", "x"]);
    for (id, kind) in [(1, ErrorKind::Corrupt), (2, ErrorKind::WrongType)] {
        match behind.store.loaded(id).get_or_load(load).await {
            Err(LoadError::Store(error)) => assert_eq!(error.kind(), kind),
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn a_server_that_refuses_a_loaded_value_does_not_cost_it() {
    let behind = Behind::start().await;
    let () = behind.raw(&["CONFIG", "SET", "maxmemory", "1"]);
    let key = behind.store.loaded(1);
    let found = key.get_or_load(async || Loaded::Ok(Some(json!(1))));
    assert_eq!(found.await.unwrap(), Some(json!(1)));
    let () = behind.raw(&["CONFIG", "SET", "maxmemory", "0"]);
    assert!(!key.exists().await.unwrap());
    let degraded = behind.store.degraded();
    assert_eq!(
        (degraded.reads, degraded.writes, degraded.unstored),
        (0, 0, 1)
    );
}

#[tokio::test]
async fn a_loaded_value_that_the_schema_refuses_is_refused() {
    let behind = Behind::start().await;
    let share = behind.store.share(1);
    let found: Result<_, LoadError<Infallible>> = share.get_or_load(async || Ok(Some(101))).await;
    match found {
        Err(LoadError::Store(error)) => assert_eq!(error.kind(), ErrorKind::Encode),
        other => panic!("{other:?}"),
    }
    assert_eq!(behind.store.degraded().unstored, 0);
    assert!(!share.exists().await.unwrap());
}

/// No server here has the module, so a proxy says what it would.
#[tokio::test]
async fn a_document_is_loaded_as_a_whole() {
    let behind = Behind::start().await;
    let builder = newest::Store::builder().url(&behind.proxy.url(Protocol::Resp3, 0));
    let store = builder.check_server(false).open().await.unwrap();
    let answer = |line: &[u8]| Fault::request(Harm::Answer(line.to_vec()));
    let (get, set) = (When::command("JSON.GET"), When::command("JSON.SET"));
    behind.proxy.inject(get, answer(b"_\r\n"));
    behind.proxy.inject(set, answer(b"+QUEUED\r\n"));
    let profile = newest::Profile::new("ann".to_owned(), Vec::new());
    let key = store.profile(Uuid::nil());
    let found = key.json_get_or_load(async || Loaded::Ok(Some(profile.clone())));
    assert_eq!(found.await.unwrap(), Some(profile));
    let sent = ["JSON.GET", "MULTI", "JSON.SET", "EXPIRE", "EXEC"];
    assert_eq!(sent.map(|name| behind.proxy.count(name)), [1; 5]);
    assert_eq!(store.degraded(), Default::default());
}
