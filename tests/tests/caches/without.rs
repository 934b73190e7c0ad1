//! Without the server, or with one that takes no writes.

use std::sync::atomic::{AtomicU32, Ordering};

use redis_schema::{ErrorKind, LoadError};
use redis_schema_test_server::Protocol;

use crate::caches::{Model, Store, tags};
use crate::{Loaded, Place, model};

impl Place {
    /// A store that has been left by its server.
    async fn left_alone(&self) -> Store {
        let store = self.store_with(|builder| builder.fail_when_down()).await;
        self.proxy.refuse(true);
        self.proxy.cut();
        while store.page(0).get().await.is_ok() {}
        store
    }
}

#[tokio::test]
async fn a_loader_stands_in_where_that_is_declared() {
    for protocol in Protocol::ALL {
        let place = Place::new(protocol);
        let store = place.left_alone().await;
        let here = store.model(1);
        let found = here.get_or_load(async || Loaded::Ok(Some(model(1))));
        assert_eq!(found.await.unwrap(), Some(model(1)));
        assert_eq!(store.brief(1).get().await.unwrap(), None, "absent");
        store.model(1).put(&model(2)).await.unwrap();
        let given = || tags::Listing {
            owner: "ann".into(),
            label: "x".into(),
        };
        let listing = store.listing(1);
        let found = listing.get_or_load_tagged(given(), async || Loaded::Ok(Some(model(3))));
        assert_eq!(found.await.unwrap(), Some(model(3)));
        assert_eq!(listing.get().await.unwrap(), None);
        listing.put_tagged(&model(3), given()).await.unwrap();
        let degraded = store.degraded();
        assert_eq!(
            (degraded.reads, degraded.writes, degraded.unstored),
            (4, 2, 0)
        );
        // Where nothing is declared, and for whatever would leave something to be forgotten, it is told.
        let never = async || -> Loaded<Model> { panic!("nothing stands in") };
        match store.page(1).get_or_load(never).await {
            Err(LoadError::Store(error)) => assert!(error.is_unavailable()),
            other => panic!("{other:?}"),
        }
        assert!(
            store
                .model(1)
                .invalidate()
                .await
                .unwrap_err()
                .is_unavailable()
        );
        assert!(
            store
                .of_all()
                .invalidate()
                .await
                .unwrap_err()
                .is_unavailable()
        );
        assert!(store.model(1).get().await.unwrap_err().is_unavailable());
    }
}

#[tokio::test]
async fn a_server_that_takes_no_writes_costs_nobody_a_loaded_value() {
    let place = Place::new(Protocol::Resp3);
    let store = place.store().await;
    store.model(2).put(&model(2)).await.unwrap();
    let () = place.raw(&["CONFIG", "SET", "maxmemory", "1"]);
    let calls = AtomicU32::new(0);
    let here = store.model(1);
    let found = here.get_or_load(async || {
        calls.fetch_add(1, Ordering::Relaxed);
        Loaded::Ok(Some(model(1)))
    });
    assert_eq!(found.await.unwrap(), Some(model(1)));
    assert_eq!(calls.into_inner(), 1);
    assert_eq!(store.degraded().unstored, 1);
    let put = store.model(1).put(&model(1)).await.unwrap_err();
    assert_eq!(put.kind(), ErrorKind::OutOfMemory);
    // What is there is read, and what is to be forgotten is forgotten.
    assert_eq!(store.model(2).get().await.unwrap(), Some(model(2)));
    store.model(2).invalidate().await.unwrap();
    let () = place.raw(&["CONFIG", "SET", "maxmemory", "0"]);
    assert_eq!(store.model(2).get().await.unwrap(), None);
    assert!(!place.raw::<bool>(&["EXISTS", "model:1"]));
}
