//! Semaphores.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use redis_schema::ErrorKind;
use redis_schema::lock::Token;
use tokio::task::JoinSet;

use crate::{LEASE, Scene, both, fewer};

#[test]
fn there_are_never_more_holders_than_permits() {
    both(async |mut scene: Scene| {
        let stores = [scene.program().await, scene.program().await];
        let inside = Arc::new(AtomicUsize::new(0));
        let most = Arc::new(AtomicUsize::new(0));
        let mut tasks = JoinSet::new();
        for at in 0..12 {
            let store = stores[at % 2].clone();
            let (inside, most) = (Arc::clone(&inside), Arc::clone(&most));
            tasks.spawn(async move {
                for _ in 0..10 {
                    let guard = store.desk(1).acquire().await.unwrap();
                    let now = inside.fetch_add(1, Ordering::SeqCst) + 1;
                    most.fetch_max(now, Ordering::SeqCst);
                    let seen = store.desk(1).inspect().await.unwrap();
                    assert!(seen.taken <= 3 && seen.free == 3 - seen.taken);
                    // Late ones do not count: they were told.
                    let in_time = !guard.is_lost();
                    inside.fetch_sub(1, Ordering::SeqCst);
                    let released = guard.release().await;
                    assert!(released.is_ok() || !in_time, "{released:?}");
                }
            });
        }
        while let Some(task) = tasks.join_next().await {
            task.unwrap();
        }
        let most = most.load(Ordering::SeqCst);
        assert!((2..=3).contains(&most), "{most} at a time");
        scene.gone("desk:1").await;
    });
}

#[test]
fn the_permit_of_who_is_gone_comes_back() {
    both(async |mut scene: Scene| {
        let store = scene.program().await;
        let begun = Instant::now();
        for _ in 0..3 {
            std::mem::forget(store.desk(1).acquire().await.unwrap());
        }
        assert!(store.desk(1).try_acquire().await.unwrap().is_none());
        let seen = store.desk(1).inspect().await.unwrap();
        assert_eq!((seen.taken, seen.free), (3, 0));
        assert!(seen.next.unwrap() <= LEASE);
        let guard = store.desk(1).acquire().await.unwrap();
        let took = begun.elapsed();
        assert!(took >= Duration::from_millis(290), "{took:?}");
        assert!(took < Duration::from_millis(1300), "{took:?}");
        assert!(scene.raw::<i64>(&["PTTL", "desk:1"]) > 0, "with a lifetime");
        guard.release().await.unwrap();
        scene.gone("desk:1").await;
    });
}

#[test]
fn fewer_permits_revoke_none() {
    both(async |scene: Scene| {
        let store = scene.program().await;
        let url = scene
            .server
            .url(redis_schema_test_server::Protocol::Resp2, 0);
        let fewer = fewer::Store::connect(&url).await.unwrap();
        let (one, two) = (store.room(1).acquire().await, store.room(1).acquire().await);
        let (one, two) = (one.unwrap(), two.unwrap());
        assert!(fewer.room(1).try_acquire().await.unwrap().is_none());
        one.renew().await.unwrap();
        one.release().await.unwrap();
        assert!(fewer.room(1).try_acquire().await.unwrap().is_none());
        assert_eq!(fewer.room(1).inspect().await.unwrap().free, 0);
        two.release().await.unwrap();
        assert!(fewer.room(1).try_acquire().await.unwrap().is_some());
    });
}

#[test]
fn permits_belong_to_their_tokens() {
    both(async |mut scene: Scene| {
        let store = scene.program().await;
        let (mine, other) = (Token::random(), Token::random());
        let room = store.room(1);
        assert!(room.acquire_as(&mine).await.unwrap());
        assert!(room.acquire_as(&mine).await.unwrap(), "the same permit");
        assert_eq!(room.inspect().await.unwrap().taken, 1);
        assert!(!room.renew_as(&other).await.unwrap());
        room.release_as(&other).await.unwrap();
        assert_eq!(room.inspect().await.unwrap().taken, 1);
        let guard = room.acquire().await.unwrap();
        assert_eq!(room.force_release().await.unwrap(), 2);
        assert_eq!(guard.renew().await.unwrap_err().kind(), ErrorKind::NotOwned);
        assert_eq!(
            guard.release().await.unwrap_err().kind(),
            ErrorKind::NotOwned
        );
        // One that has expired is nobody's.
        let guard = store.desk(1).acquire().await.unwrap();
        guard.lost().await;
        scene.gone("desk:1").await;
        assert_eq!(
            guard.release().await.unwrap_err().kind(),
            ErrorKind::NotOwned
        );
        let kept = store.room(2).with_permit(|_| async { 7 }).await;
        assert_eq!(kept.unwrap(), 7);
        scene.gone("room:2").await;
    });
}

#[test]
fn dead_members_are_cleared_away_some_at_a_time() {
    both(async |mut scene: Scene| {
        let store = scene.program().await;
        let mut adding = redis::cmd("ZADD");
        adding.arg("room:1");
        for at in 0..9000 {
            adding.arg(1).arg(format!("dead-{at}"));
        }
        let mut connection = scene
            .server
            .connect(redis_schema_test_server::Protocol::Resp2, 0);
        adding.exec(&mut connection).unwrap();
        let guard = store.room(1).acquire().await.unwrap();
        assert_eq!(scene.raw::<u64>(&["ZCARD", "room:1"]), 8901);
        assert!(scene.raw::<i64>(&["PTTL", "room:1"]) > 0);
        assert_eq!(store.room(1).inspect().await.unwrap().taken, 1);
        guard.release().await.unwrap();
        scene.raw::<()>(&["DEL", "room:1"]);
        scene.raw::<()>(&["SET", "room:1", "text"]);
        let error = store.room(1).try_acquire().await.map(drop).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::WrongType);
        let error = store.room(1).force_release().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::WrongType);
    });
}
