//! Loading what is missing: how often, by whom, and what is stored.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use futures_util::future::join_all;
use redis_schema::{Error, ErrorKind, LoadError};
use redis_schema_test_server::Protocol;
use tokio::sync::Notify;

use crate::caches::{Model, Store};
use crate::{Loaded, Place, model};

/// A load that must not happen.
async fn never() -> Loaded<Model> {
    panic!("a hit loads nothing")
}

#[tokio::test]
async fn a_miss_loads_once_and_stores_for_its_time() {
    for protocol in Protocol::ALL {
        let place = Place::new(protocol);
        let store = place.store().await;
        for id in 0..40 {
            let key = store.model(id);
            let loaded = key.get_or_load(async || Loaded::Ok(Some(model(id)))).await;
            assert_eq!(loaded.unwrap(), Some(model(id)));
            assert_eq!(key.get_or_load(never).await.unwrap(), Some(model(id)));
            assert_eq!(key.get().await.unwrap(), Some(model(id)));
            // Fresh for a minute, a tenth more or less, and then half a minute more.
            let left = place.left(&format!("model:{id}"));
            assert!((83_000..=96_000).contains(&left), "{left}");
        }
        let page = store.page(1);
        page.put(&model(7)).await.unwrap();
        assert_eq!(page.get_or_load(never).await.unwrap(), Some(model(7)));
        let left = place.left("page:1");
        assert!((3_590_000..=3_600_000).contains(&left), "{left}");
        let packed = store.packed(1);
        packed.put(&model(8)).await.unwrap();
        assert_eq!(packed.get_or_load(never).await.unwrap(), Some(model(8)));
        place.assert_nothing_stays();
        assert_eq!(store.degraded(), Default::default());
    }
}

#[tokio::test]
async fn what_is_not_there_is_remembered_where_that_is_declared() {
    for protocol in Protocol::ALL {
        let place = Place::new(protocol);
        let store = place.store().await;
        let calls = AtomicU32::new(0);
        let nothing = async || {
            calls.fetch_add(1, Ordering::Relaxed);
            Loaded::Ok(None)
        };
        for _ in 0..2 {
            assert_eq!(store.model(1).get_or_load(nothing).await.unwrap(), None);
        }
        assert_eq!(calls.load(Ordering::Relaxed), 1);
        let left = place.left("model:1");
        assert!((1..=2_200).contains(&left), "{left}");
        assert_eq!(store.model(1).get().await.unwrap(), None);
        for _ in 0..2 {
            assert_eq!(store.page(1).get_or_load(nothing).await.unwrap(), None);
        }
        assert_eq!(calls.load(Ordering::Relaxed), 3);
        let there: bool = place.raw(&["EXISTS", "page:1"]);
        assert!(!there);
        // What was remembered is forgotten like anything else.
        store.model(1).invalidate().await.unwrap();
        let here = store.model(1);
        let found = here.get_or_load(async || Loaded::Ok(Some(model(1))));
        assert_eq!(found.await.unwrap(), Some(model(1)));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_hundred_cold_readers_are_one_load() {
    for protocol in Protocol::ALL {
        let place = Place::new(protocol);
        let store = place.store().await;
        for id in 0..30 {
            let calls = readers(std::slice::from_ref(&store), id, 100).await;
            assert_eq!(calls, 1, "of key {id}");
        }
        place.assert_nothing_stays();
    }
}

/// Stores of their own share nothing but the server, as processes do.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn several_processes_are_one_load() {
    for protocol in Protocol::ALL {
        let place = Place::new(protocol);
        let stores = join_all((0..4).map(|_| place.store())).await;
        for id in 0..10 {
            let calls = readers(&stores, id, 25).await;
            assert_eq!(calls, 1, "of key {id}");
        }
    }
}

/// So many readers of one cold key in each of the stores: how often somebody loads.
async fn readers(stores: &[Store], id: u32, each: u32) -> u32 {
    let calls = Arc::new(AtomicU32::new(0));
    let tasks: Vec<_> = stores
        .iter()
        .flat_map(|store| (0..each).map(move |_| store.clone()))
        .map(|store| {
            let calls = Arc::clone(&calls);
            tokio::spawn(async move {
                let key = store.model(id);
                let found = key.get_or_load(async || {
                    calls.fetch_add(1, Ordering::Relaxed);
                    // Others have the time to come.
                    for _ in 0..20 {
                        tokio::task::yield_now().await;
                    }
                    Loaded::Ok(Some(model(id)))
                });
                found.await.unwrap()
            })
        })
        .collect();
    for found in join_all(tasks).await {
        assert_eq!(found.unwrap(), Some(model(id)));
    }
    calls.load(Ordering::Relaxed)
}

#[tokio::test]
async fn a_loader_that_fails_leaves_the_turn_to_the_next() {
    let place = Place::new(Protocol::Resp3);
    let (one, other) = (place.store().await, place.store().await);
    for store in [&one, &other] {
        let key = one.model(1);
        let failed = key.get_or_load(async || Err::<Option<Model>, _>("away"));
        assert!(matches!(failed.await, Err(LoadError::Load("away"))));
        let there: bool = place.raw(&["EXISTS", "model:1"]);
        assert!(!there, "nothing is left of the load");
        let here = store.model(1);
        let found = here.get_or_load(async || Loaded::Ok(Some(model(1))));
        assert_eq!(found.await.unwrap(), Some(model(1)));
        store.model(1).invalidate().await.unwrap();
    }
}

/// In one process the next in line goes on at once, under the same token.
#[tokio::test]
async fn a_reader_who_goes_away_does_not_cost_the_lease() {
    let place = Place::new(Protocol::Resp3);
    let store = place.store().await;
    let (begun, key) = (Notify::new(), store.model(1));
    let hangs = key.get_or_load(async || {
        begun.notify_one();
        std::future::pending::<Loaded<Model>>().await
    });
    let next = key.get_or_load(async || Loaded::Ok(Some(model(2))));
    let mut next = std::pin::pin!(next);
    {
        let mut hangs = std::pin::pin!(hangs);
        tokio::select! {
            _ = &mut hangs => panic!("it never ends"),
            () = begun.notified() => {}
        }
        tokio::select! {
            biased;
            _ = &mut next => panic!("somebody loads"),
            _ = &mut hangs => panic!("it never ends"),
            () = in_line(&place, &store) => {}
        }
    }
    let found = tokio::time::timeout(std::time::Duration::from_secs(3), next);
    assert_eq!(
        found.await.expect("less than the lease").unwrap(),
        Some(model(2))
    );
    assert_eq!(store.model(1).get().await.unwrap(), Some(model(2)));
}

/// Until the second reader waits for the first: what it asked was answered before what is asked after it.
async fn in_line(place: &Place, store: &Store) {
    while place.proxy.count("EVAL") < 3 {
        tokio::task::yield_now().await;
    }
    store.page(9).get().await.unwrap();
}

/// Whoever dies leaves its token, which ends with its lease: another process takes over.
#[tokio::test]
async fn who_dies_is_followed_when_the_lease_ends() {
    for protocol in Protocol::ALL {
        let place = Place::new(protocol);
        let (dies, lives) = (place.store().await, place.store().await);
        let (begun, key) = (Notify::new(), dies.brief(1));
        let hangs = key.get_or_load(async || {
            begun.notify_one();
            std::future::pending::<Loaded<String>>().await
        });
        tokio::select! {
            _ = hangs => panic!("it never ends"),
            () = begun.notified() => {}
        }
        drop(dies);
        let left = place.left("brief:1");
        assert!((1..=200).contains(&left), "{left}");
        let here = lives.brief(1);
        let found = here.get_or_load(async || Loaded::Ok(Some("taken over".into())));
        assert_eq!(found.await.unwrap().as_deref(), Some("taken over"));
        assert_eq!(
            lives.brief(1).get().await.unwrap().as_deref(),
            Some("taken over")
        );
    }
}

/// A load that outlasts its lease loses it: what it loaded is not stored over what came later.
#[tokio::test]
async fn a_load_that_outlasts_its_lease_is_not_stored() {
    let place = Place::new(Protocol::Resp3);
    let (slow, quick) = (place.store().await, place.store().await);
    let key = slow.brief(1);
    let found = key.get_or_load(async || {
        let quick = quick.brief(1);
        let found = quick
            .get_or_load(async || Loaded::Ok(Some("newer".into())))
            .await;
        assert_eq!(found.unwrap().as_deref(), Some("newer"));
        Loaded::Ok(Some("older".into()))
    });
    assert_eq!(found.await.unwrap().as_deref(), Some("older"));
    assert_eq!(slow.brief(1).get().await.unwrap().as_deref(), Some("newer"));
}

#[tokio::test]
async fn what_cannot_be_read_is_replaced_and_what_is_no_string_is_told() {
    for protocol in Protocol::ALL {
        let place = Place::new(protocol);
        let store = place.store().await;
        for junk in ["", "{", "{\"number\":1}", "\u{1}\u{2}"] {
            let () = place.raw(&["SET", "model:1", junk, "EX", "100"]);
            assert_eq!(store.model(1).get().await.unwrap(), None);
            let here = store.model(1);
            let found = here.get_or_load(async || Loaded::Ok(Some(model(1))));
            assert_eq!(found.await.unwrap(), Some(model(1)));
            assert_eq!(store.model(1).get().await.unwrap(), Some(model(1)));
        }
        let () = place.raw(&["DEL", "model:1"]);
        let () = place.raw(&["RPUSH", "model:1", "x"]);
        match store.model(1).get_or_load(never).await {
            Err(LoadError::Store(error)) => assert_eq!(error.kind(), ErrorKind::WrongType),
            other => panic!("{other:?}"),
        }
    }
}

/// What somebody else has stored since is answered, and stays.
#[tokio::test]
async fn only_bytes_that_are_still_there_are_replaced() {
    let place = Place::new(Protocol::Resp3);
    let store = place.store().await;
    let mut connection = place.server.connect(Protocol::Resp2, 0);
    // A value of another type under a header that is whole.
    store.brief(1).put("no JSON").await.unwrap();
    let _: () = redis::cmd("COPY")
        .arg("brief:1")
        .arg("page:1")
        .query(&mut connection)
        .unwrap();
    let here = store.page(1);
    let found = here.get_or_load(async || {
        store.page(1).put(&model(2)).await?;
        Ok::<_, Error>(Some(model(1)))
    });
    assert_eq!(found.await.unwrap(), Some(model(1)));
    assert_eq!(store.page(1).get().await.unwrap(), Some(model(2)));
}
