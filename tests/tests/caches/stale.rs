//! What is answered when it is no longer fresh. The key's own lifetime is moved, so that nobody has to wait for it.

use std::sync::atomic::{AtomicU32, Ordering};

use futures_util::future::join_all;
use redis_schema::LoadError;
use redis_schema_test_server::Protocol;
use tokio::sync::Notify;

use crate::caches::Model;
use crate::{Loaded, Place, model};

/// For so long entries of `model` are answered after they were fresh.
const STALE: i64 = 30_000;

impl Place {
    /// An entry that will be gone in so many milliseconds.
    fn ends_in(&self, key: &str, millis: i64) {
        let done: bool = self.raw(&["PEXPIRE", key, &millis.to_string()]);
        assert!(done, "{key} is gone");
    }
}

#[tokio::test]
async fn one_reader_loads_anew_and_the_others_do_not_wait() {
    for protocol in Protocol::ALL {
        let place = Place::new(protocol);
        let stores = join_all((0..3).map(|_| place.store())).await;
        stores[0].model(1).put(&model(1)).await.unwrap();
        place.ends_in("model:1", STALE - 1000);
        let (begun, go_on, calls) = (Notify::new(), Notify::new(), AtomicU32::new(0));
        let key = stores[0].model(1);
        let refresh = key.get_or_load(async || {
            begun.notify_one();
            go_on.notified().await;
            Loaded::Ok(Some(model(2)))
        });
        let others = async {
            begun.notified().await;
            for store in &stores {
                let here = store.model(1);
                let found = here.get_or_load(async || {
                    calls.fetch_add(1, Ordering::Relaxed);
                    Loaded::Ok(Some(model(3)))
                });
                assert_eq!(found.await.unwrap(), Some(model(1)), "what is there");
                assert_eq!(store.model(1).get().await.unwrap(), Some(model(1)));
            }
            go_on.notify_one();
        };
        let (fresh, ()) = tokio::join!(refresh, others);
        assert_eq!(fresh.unwrap(), Some(model(2)));
        assert_eq!(calls.load(Ordering::Relaxed), 0);
        for store in &stores {
            assert_eq!(store.model(1).get().await.unwrap(), Some(model(2)));
        }
        assert!(place.left("model:1") > STALE, "fresh again");
    }
}

#[tokio::test]
async fn the_window_is_as_declared() {
    let place = Place::new(Protocol::Resp3);
    let store = place.store().await;
    let load = async || Loaded::Ok(Some(model(2)));
    // Half a minute before its end it is still fresh, and a little later it is not.
    store.model(1).put(&model(1)).await.unwrap();
    place.ends_in("model:1", STALE + 20_000);
    assert_eq!(
        store.model(1).get_or_load(load).await.unwrap(),
        Some(model(1))
    );
    place.ends_in("model:1", STALE);
    assert_eq!(
        store.model(1).get_or_load(load).await.unwrap(),
        Some(model(2))
    );
    // At its end it is gone.
    store.model(2).put(&model(1)).await.unwrap();
    place.ends_in("model:2", 1);
    while place.raw::<bool>(&["EXISTS", "model:2"]) {}
    assert_eq!(store.model(2).get().await.unwrap(), None);
    assert_eq!(
        store.model(2).get_or_load(load).await.unwrap(),
        Some(model(2))
    );
    // What has lost its lifetime gets one again.
    store.model(3).put(&model(1)).await.unwrap();
    let () = place.raw(&["PERSIST", "model:3"]);
    assert_eq!(
        store.model(3).get_or_load(load).await.unwrap(),
        Some(model(2))
    );
    place.assert_nothing_stays();
}

#[tokio::test]
async fn a_loader_that_fails_leaves_what_is_there_to_others() {
    let place = Place::new(Protocol::Resp3);
    let (store, other) = (place.store().await, place.store().await);
    store.model(1).put(&model(1)).await.unwrap();
    place.ends_in("model:1", STALE - 1000);
    let here = store.model(1);
    let failed = here
        .get_or_load(async || Err::<Option<Model>, _>("away"))
        .await;
    assert!(matches!(failed, Err(LoadError::Load("away"))));
    // Nobody tries again while the lease lasts.
    let calls = AtomicU32::new(0);
    let load = async || {
        calls.fetch_add(1, Ordering::Relaxed);
        Loaded::Ok(Some(model(2)))
    };
    assert_eq!(
        other.model(1).get_or_load(load).await.unwrap(),
        Some(model(1))
    );
    assert_eq!(calls.load(Ordering::Relaxed), 0);
    // Well over five seconds later it has ended, and the next one takes over.
    place.ends_in("model:1", STALE - 15_000);
    assert_eq!(
        other.model(1).get_or_load(load).await.unwrap(),
        Some(model(2))
    );
    assert_eq!(calls.load(Ordering::Relaxed), 1);
}

#[tokio::test]
async fn what_is_gone_is_forgotten_when_it_is_loaded_anew() {
    let place = Place::new(Protocol::Resp3);
    let store = place.store().await;
    store.packed(1).put(&model(1)).await.unwrap();
    place.ends_in("packed:1", 50_000);
    let here = store.packed(1);
    let gone = here.get_or_load(async || Loaded::Ok(None)).await;
    assert_eq!(gone.unwrap(), None);
    assert!(!place.raw::<bool>(&["EXISTS", "packed:1"]));
}

#[tokio::test]
async fn what_is_invalidated_while_it_is_loaded_anew_is_not_stored() {
    let place = Place::new(Protocol::Resp3);
    let (store, other) = (place.store().await, place.store().await);
    store.model(1).put(&model(1)).await.unwrap();
    place.ends_in("model:1", STALE - 1000);
    let here = store.model(1);
    let found = here.get_or_load(async || {
        other.model(1).invalidate().await?;
        Ok::<_, redis_schema::Error>(Some(model(2)))
    });
    assert_eq!(found.await.unwrap(), Some(model(2)));
    assert_eq!(store.model(1).get().await.unwrap(), None);
}
