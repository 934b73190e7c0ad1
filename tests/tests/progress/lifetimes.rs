//! Both keys live as long as the schema says, and end together.

use std::time::Instant;

use redis_schema::progress::Reported;

use crate::{Scene, both, counted};

const HOUR: i64 = 3_600_000;

#[test]
fn a_report_starts_both_lifetimes_anew() {
    both(async |mut scene: Scene| {
        let store = scene.program().await;
        store.files(1).begin(["a"]).await.unwrap();
        counted(store.files(1).report("a", 1).await.unwrap());
        for value in [1, 2] {
            scene.raw::<()>(&["PEXPIRE", "files:1", "60000"]);
            scene.raw::<()>(&["PERSIST", "files:1:events"]);
            counted(store.files(1).report("a", value).await.unwrap());
            for key in ["files:1", "files:1:events"] {
                let left = scene.left(key);
                assert!((HOUR - 60_000..=HOUR).contains(&left), "{key}: {left} ms");
            }
        }
        // To be read is no reason to live on.
        scene.raw::<()>(&["PEXPIRE", "files:1", "60000"]);
        store.files(1).snapshot().await.unwrap();
        store.files(1).totals().await.unwrap();
        store.files(1).value("a").await.unwrap();
        assert!(scene.left("files:1") <= 60_000);
    });
}

#[test]
fn what_is_kept_is_kept_and_events_end_with_it() {
    both(async |mut scene: Scene| {
        let store = scene.program().await;
        store.kept(1).begin(["a"]).await.unwrap();
        scene.raw::<()>(&["PEXPIRE", "kept:1", "60000"]);
        for value in 1..=100 {
            counted(store.kept(1).report("a", value).await.unwrap());
        }
        let (own, events) = (scene.left("kept:1"), scene.left("kept:1:events"));
        assert!((1..=60_000).contains(&own), "{own}");
        assert!((events - own).abs() < 5_000, "{events} and {own}");
        let kept: u64 = scene.raw(&["XLEN", "kept:1:events"]);
        assert!((10..=100).contains(&kept), "{kept}");
        store.daily(1).begin(["a"]).await.unwrap();
        counted(store.daily(1).report("a", 1).await.unwrap());
        let (own, events) = (scene.left("daily:1"), scene.left("daily:1:events"));
        assert!((1..=24 * HOUR).contains(&own) && (events - own).abs() < 5_000);
        for value in 2..=60 {
            counted(store.daily(1).report("a", value).await.unwrap());
        }
        assert_eq!(scene.raw::<u64>(&["XLEN", "daily:1:events"]), 10);
        scene.raw::<()>(&["XADD", "lasting:1:events", "*", "a", "b"]);
        scene.raw::<()>(&["PEXPIRE", "lasting:1:events", "60000"]);
        store.lasting(1).begin(["a"]).await.unwrap();
        assert_eq!(scene.left("lasting:1"), -1);
        assert_eq!(scene.left("lasting:1:events"), -1, "as long as the key");
        scene.assert_nothing_stays();
    });
}

#[test]
fn what_is_over_was_not_begun() {
    both(async |mut scene: Scene| {
        let store = scene.program().await;
        store.brief(1).begin(["a"]).await.unwrap();
        let begun = Instant::now();
        counted(store.brief(1).report("a", 1).await.unwrap());
        while scene.raw::<u32>(&["EXISTS", "brief:1", "brief:1:events"]) > 0 {
            assert!(begun.elapsed().as_secs() < 30, "it stays");
            tokio::task::yield_now().await;
        }
        assert_eq!(
            store.brief(1).report("a", 2).await.unwrap(),
            Reported::NotBegun
        );
        assert!(!scene.raw::<bool>(&["EXISTS", "brief:1:events"]));
    });
}
