//! Invalidation while somebody loads.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use futures_util::future::join_all;
use redis_schema::Error;
use redis_schema_test_server::Protocol;

use crate::caches::{Store, tags};
use crate::{Place, model};

/// How often origin, cache and tag are raced by each pair of stores.
const ROUNDS: u32 = 1_250;

#[tokio::test]
async fn what_is_invalidated_during_its_load_is_not_stored() {
    for protocol in Protocol::ALL {
        let place = Place::new(protocol);
        let (store, other) = (place.store().await, place.store().await);
        let here = store.model(1);
        let found = here.get_or_load(async || {
            other.model(1).invalidate().await?;
            Ok::<_, Error>(Some(model(1)))
        });
        assert_eq!(
            found.await.unwrap(),
            Some(model(1)),
            "it has what it loaded"
        );
        assert_eq!(store.model(1).get().await.unwrap(), None);
        let here = store.model(1);
        let newer = here.get_or_load(async || {
            other.model(1).put(&model(3)).await?;
            Ok::<_, Error>(Some(model(2)))
        });
        assert_eq!(newer.await.unwrap(), Some(model(2)));
        assert_eq!(
            store.model(1).get().await.unwrap(),
            Some(model(3)),
            "put stays"
        );
    }
}

/// The origin counts up; whoever has counted invalidates, and from then on no reader of any process may see what was before.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn no_reader_sees_what_was_before_an_invalidation() {
    let place = Place::new(Protocol::Resp3);
    let stores = join_all((0..2).map(|_| place.store())).await;
    let origin = Arc::new(AtomicU32::new(0));
    let races = stores.iter().map(|store| {
        let (readers, writer) = (stores.clone(), store.clone());
        let origin = Arc::clone(&origin);
        tokio::spawn(async move {
            for round in 0..ROUNDS {
                let changed = origin.fetch_add(1, Ordering::SeqCst) + 1;
                writer.model(1).invalidate().await.unwrap();
                let seen = read_all(&readers, &origin).await;
                assert!(seen >= changed, "{seen} before {changed} in round {round}");
            }
        })
    });
    for race in join_all(races.collect::<Vec<_>>()).await {
        race.unwrap();
    }
    place.assert_nothing_stays();
}

/// Readers of each process at once: the oldest that one of them sees.
async fn read_all(stores: &[Store], origin: &AtomicU32) -> u32 {
    let reads = stores
        .iter()
        .flat_map(|store| [store, store])
        .map(|store| async {
            let key = store.model(1);
            let found = key.get_or_load(async || {
                let seen = origin.load(Ordering::SeqCst);
                tokio::task::yield_now().await;
                Ok::<_, Error>(Some(model(seen)))
            });
            found.await.unwrap().unwrap().number
        });
    join_all(reads).await.into_iter().min().unwrap()
}

/// The same by a tag of which the readers' key tells nothing.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn no_reader_sees_what_was_before_a_tag_was_invalidated() {
    let place = Place::new(Protocol::Resp3);
    let stores = join_all((0..2).map(|_| place.store())).await;
    let origin = Arc::new(AtomicU32::new(0));
    let races = stores.iter().map(|store| {
        let (readers, writer) = (stores.clone(), store.clone());
        let origin = Arc::clone(&origin);
        tokio::spawn(async move {
            for round in 0..ROUNDS / 2 {
                let changed = origin.fetch_add(1, Ordering::SeqCst) + 1;
                writer.of_owner("ann").invalidate().await.unwrap();
                let reads = readers
                    .iter()
                    .flat_map(|store| [store, store])
                    .map(|store| async {
                        let key = store.listing(1);
                        let given = tags::Listing {
                            owner: "ann".into(),
                            label: "a:b".into(),
                        };
                        let found = key.get_or_load_tagged(given, async || {
                            let seen = origin.load(Ordering::SeqCst);
                            tokio::task::yield_now().await;
                            Ok::<_, Error>(Some(model(seen)))
                        });
                        found.await.unwrap().unwrap().number
                    });
                let seen = join_all(reads).await.into_iter().min().unwrap();
                assert!(seen >= changed, "{seen} before {changed} in round {round}");
            }
        })
    });
    for race in join_all(races.collect::<Vec<_>>()).await {
        race.unwrap();
    }
    place.assert_nothing_stays();
}
