//! Without the server.

use redis_schema::progress::Reported;
use redis_schema::stream::StreamId;
use redis_schema_test_server::FaultProxy;

use crate::progressing::Store;
use crate::{Scene, both, counted};

#[test]
fn reports_are_dropped_and_reads_find_nothing_where_that_is_declared() {
    both(async |scene: Scene| {
        let proxy = FaultProxy::start(scene.server.port());
        let builder = Store::builder().url(&proxy.url(scene.protocol, 0));
        let store = builder.fail_when_down().open().await.unwrap();
        store.watched(1).begin(["a"]).await.unwrap();
        counted(store.watched(1).report("a", 50).await.unwrap());
        proxy.refuse(true);
        proxy.cut();
        while store.files(1).totals().await.is_ok() {}
        let watched = store.watched(1);
        assert_eq!(watched.report("a", 60).await.unwrap(), Reported::Dropped);
        assert!(!watched.report("a", 60).await.unwrap().completes());
        assert_eq!(watched.value("a").await.unwrap(), None);
        assert_eq!(watched.totals().await.unwrap(), None);
        let seen = watched.snapshot().await.unwrap();
        assert_eq!((seen.items.len(), seen.at), (0, StreamId::MIN));
        // What says which items there are is not dropped, nor is what forgets them.
        assert!(watched.begin(["a"]).await.unwrap_err().is_unavailable());
        assert!(watched.clear().await.unwrap_err().is_unavailable());
        let degraded = store.degraded();
        assert_eq!((degraded.reads, degraded.writes), (3, 2));
        for failed in [
            store.files(1).report("a", 1).await.map(drop),
            store.files(1).snapshot().await.map(drop),
        ] {
            assert!(failed.unwrap_err().is_unavailable());
        }
    });
}
