//! A snapshot and what follows it: nothing is missing in between, and nothing is told twice.

use std::collections::BTreeMap;

use redis_schema::ErrorKind;
use redis_schema::stream::{ReadOptions, StreamId};
use tokio::task::JoinSet;

use crate::{Scene, both, counted};

const ITEMS: u32 = 5;

#[test]
fn a_snapshot_and_what_follows_it_make_the_whole() {
    both(async |mut scene: Scene| {
        let store = scene.program().await;
        for id in 0..5 {
            let names: Vec<String> = (0..ITEMS).map(|item| item.to_string()).collect();
            store.files(id).begin(&names).await.unwrap();
            let mut reporters = JoinSet::new();
            for name in names.clone() {
                let store = scene.program().await;
                reporters.spawn(async move {
                    for value in 1..=100 {
                        counted(store.files(id).report(&name, value).await.unwrap());
                    }
                });
            }
            // Several come while it goes on, and each sees all of it to the end.
            let mut followers = JoinSet::new();
            for _ in 0..4 {
                let store = scene.program().await;
                followers.spawn(async move {
                    let key = store.files(id);
                    let seen = key.snapshot().await.unwrap();
                    let mut sum = seen.totals.sum;
                    let mut items: BTreeMap<String, u32> = seen.items.into_iter().collect();
                    let mut later = key.follow_with(seen.at, ReadOptions::new().count(7));
                    while sum < u64::from(ITEMS) * 100 {
                        let event = later.next().await.unwrap().unwrap().record.unwrap();
                        let was = items.insert(event.item, event.value).unwrap();
                        assert_eq!(was + 1, event.value, "none is missing, none comes twice");
                        sum += 1;
                        assert_eq!(event.totals.sum, sum);
                    }
                    assert!(items.values().all(|value| *value == 100));
                });
                tokio::task::yield_now().await;
            }
            while let Some(done) = reporters.join_next().await {
                done.unwrap();
            }
            while let Some(done) = followers.join_next().await {
                done.unwrap();
            }
        }
        scene.assert_nothing_stays();
    });
}

#[test]
fn what_is_no_event_is_told_as_one_item() {
    both(async |mut scene: Scene| {
        let store = scene.program().await;
        store.files(1).begin(["a"]).await.unwrap();
        scene.raw::<()>(&["XADD", "files:1:events", "*", "item", "a", "value", "x"]);
        counted(store.files(1).report("a", 3).await.unwrap());
        let mut events = store.files(1).follow(StreamId::MIN);
        let odd = events.next().await.unwrap().unwrap();
        assert_eq!(odd.record.unwrap_err().kind(), ErrorKind::Corrupt);
        let event = events.next().await.unwrap().unwrap().record.unwrap();
        assert_eq!((event.item.as_str(), event.value), ("a", 3));
        let told = store.files_events(1).recent(1).await.unwrap();
        assert_eq!(told[0].record.as_ref().unwrap(), &event);
    });
}
