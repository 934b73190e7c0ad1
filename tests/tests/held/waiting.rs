//! Waiting for others: how long, how often the server is asked, how soon one hears.

use std::time::{Duration, Instant};

use redis_schema::ErrorKind;
use tokio::task::JoinSet;

use crate::{Scene, both};

#[test]
fn who_waits_too_long_is_told() {
    both(async |mut scene: Scene| {
        let store = scene.program().await;
        scene.raw::<()>(&["SET", "plain:1", "somebody", "PX", "60000"]);
        let begun = Instant::now();
        let wait = Duration::from_millis(200);
        let error = store.plain(1).acquire_within(wait).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::NotAcquired);
        assert!(!error.is_unavailable(), "the server was there");
        assert!(begun.elapsed() >= wait);
        assert!(error.to_string().contains("plain:{id}"), "{error}");
        scene.raw::<()>(&["SET", "brief:1", "somebody", "PX", "60000"]);
        let error = store.brief(1).acquire().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::NotAcquired, "it does not wait");
    });
}

#[test]
fn fifty_who_wait_ask_as_one() {
    both(async |mut scene: Scene| {
        let store = scene.program().await;
        scene.raw::<()>(&["SET", "plain:1", "somebody", "PX", "60000"]);
        scene.scripts();
        let mut waiting = JoinSet::new();
        for _ in 0..50 {
            let store = store.clone();
            waiting.spawn(async move {
                let lock = store.plain(1);
                lock.acquire_within(Duration::from_secs(2)).await.map(drop)
            });
        }
        for outcome in waiting.join_all().await {
            assert_eq!(outcome.unwrap_err().kind(), ErrorKind::NotAcquired);
        }
        let sent = scene.scripts();
        assert!((20..=150).contains(&sent), "{sent} commands in two seconds");
    });
}

#[test]
fn everybody_gets_a_turn() {
    both(async |mut scene: Scene| {
        let store = scene.program().await;
        scene.scripts();
        let mut waiting = JoinSet::new();
        for at in 0..50 {
            let store = store.clone();
            waiting.spawn(async move {
                let guard = store.plain(1).acquire().await.unwrap();
                guard.release().await.unwrap();
                at
            });
        }
        let mut done = waiting.join_all().await;
        done.sort_unstable();
        assert_eq!(done, (0..50).collect::<Vec<_>>());
        let sent = scene.scripts();
        assert!(sent <= 200, "{sent} commands for fifty holds");
    });
}

#[test]
fn a_release_is_heard_soon() {
    both(async |scene: Scene| {
        let (here, elsewhere) = (scene.program().await, scene.program().await);
        for (holder, within) in [(&here, 50), (&elsewhere, 50)] {
            let mut took = Vec::new();
            for _ in 0..15 {
                let guard = holder.plain(1).acquire().await.unwrap();
                let waiting = tokio::spawn({
                    let here = here.clone();
                    async move {
                        let guard = here.plain(1).acquire().await.unwrap();
                        (Instant::now(), guard)
                    }
                });
                // The first attempt has found it taken.
                let asked = async {
                    while !here.plain(1).exists().await.unwrap() || waiting.is_finished() {}
                };
                asked.await;
                guard.release().await.unwrap();
                let released = Instant::now();
                let (granted, guard) = waiting.await.unwrap();
                took.push(granted.saturating_duration_since(released));
                guard.release().await.unwrap();
            }
            took.sort_unstable();
            let median = took[took.len() / 2];
            println!("heard after {median:?} (median), {:?} at most", took.last());
            assert!(median < Duration::from_millis(within), "{took:?}");
        }
    });
}

#[test]
fn a_holder_that_is_gone_keeps_nobody_out_for_longer_than_its_lease() {
    both(async |scene: Scene| {
        let (gone, store) = (scene.program().await, scene.program().await);
        let begun = Instant::now();
        let guard = gone.brief(1).acquire().await.unwrap();
        std::mem::forget(guard);
        let wait = Duration::from_secs(10);
        let guard = store.brief(1).acquire_within(wait).await.unwrap();
        let took = begun.elapsed();
        assert!(took >= Duration::from_millis(290), "{took:?}");
        assert!(took < Duration::from_millis(1300), "{took:?}");
        guard.release().await.unwrap();
    });
}
