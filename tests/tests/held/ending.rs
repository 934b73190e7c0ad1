//! How holds end: by their time, by force, and with those who held.

use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::Poll;
use std::time::{Duration, Instant};

use redis_schema::ErrorKind;

use crate::{LEASE, Scene, both};

#[test]
fn a_holder_hears_of_its_end_before_the_next_one_begins() {
    both(async |scene: Scene| {
        let (one, other) = (scene.program().await, scene.program().await);
        for _ in 0..5 {
            let guard = one.brief(1).acquire().await.unwrap();
            let lost = tokio::spawn({
                let lost = guard.lost();
                async move {
                    lost.await;
                    Instant::now()
                }
            });
            let wait = Duration::from_secs(10);
            let next = other.brief(1).acquire_within(wait).await.unwrap();
            let granted = Instant::now();
            assert!(guard.is_lost());
            assert!(guard.deadline() < granted);
            assert!(lost.await.unwrap() < granted, "told too late");
            assert!(next.fence() > guard.fence());
            assert_eq!(
                guard.release().await.unwrap_err().kind(),
                ErrorKind::NotOwned
            );
            assert!(!next.is_lost(), "who is late changes nothing");
            next.release().await.unwrap();
        }
    });
}

#[test]
fn what_has_ended_does_not_come_back() {
    both(async |mut scene: Scene| {
        let store = scene.program().await;
        let guard = store.brief(1).acquire().await.unwrap();
        guard.lost().await;
        // The server may still have it for a moment: it is lost all the same.
        assert_eq!(
            guard.renew().await.unwrap_err().kind(),
            ErrorKind::LeaseLost
        );
        scene.gone("brief:1").await;
        let more = Duration::from_secs(60);
        for error in [guard.extend_by(more).await, guard.set_lease(more).await] {
            assert_eq!(error.unwrap_err().kind(), ErrorKind::LeaseLost);
        }
        assert!(!scene.raw::<bool>(&["EXISTS", "brief:1"]));
        assert!(!store.brief(1).renew_as(&guard.token()).await.unwrap());
        assert!(!scene.raw::<bool>(&["EXISTS", "brief:1"]));
    });
}

#[test]
fn a_guard_renews_until_its_time_is_over() {
    both(async |mut scene: Scene| {
        let store = scene.program().await;
        let before = Instant::now();
        let guard = store.kept(1).acquire().await.unwrap();
        guard.lost().await;
        let held = before.elapsed();
        assert!(held > LEASE * 4, "{held:?}");
        assert!(held < Duration::from_millis(2500), "{held:?}");
        scene.gone("kept:1").await;
        assert!(guard.is_lost());
    });
}

#[test]
fn a_guard_hears_that_its_lock_was_taken_away() {
    both(async |mut scene: Scene| {
        let store = scene.program().await;
        let guard = store.kept(1).acquire().await.unwrap();
        scene.raw::<()>(&["DEL", "kept:1"]);
        // The next renewal finds it, long before `max_hold`.
        tokio::time::timeout(Duration::from_secs(1), guard.lost())
            .await
            .unwrap();
        assert_eq!(
            guard.release().await.unwrap_err().kind(),
            ErrorKind::NotOwned
        );
        let guard = store.plain(1).acquire().await.unwrap();
        scene.raw::<()>(&["SET", "plain:1", "somebody else"]);
        assert_eq!(guard.renew().await.unwrap_err().kind(), ErrorKind::NotOwned);
        assert!(guard.is_lost());
        drop(guard);
        assert_eq!(scene.raw::<String>(&["GET", "plain:1"]), "somebody else");
    });
}

#[test]
fn what_is_dropped_is_given_back() {
    both(async |mut scene: Scene| {
        let store = scene.program().await;
        let guard = store.plain(1).acquire().await.unwrap();
        drop(guard);
        scene.gone("plain:1").await;
        // So is what was held by who panics.
        let guard = store.plain(1).acquire().await.unwrap();
        let panicking = tokio::spawn(async move {
            let _held = guard;
            panic!("on purpose");
        });
        assert!(panicking.await.unwrap_err().is_panic());
        scene.gone("plain:1").await;
        // And what was dropped outside of the runtime, with the renewal that goes on beside.
        let guard = store.kept(1).acquire().await.unwrap();
        std::thread::spawn(move || drop(guard)).join().unwrap();
        scene.gone("kept:1").await;
    });
}

/// Lets a future go on for some turns of the runtime.
async fn begin<F: Future + Unpin>(future: &mut F, turns: usize) {
    for _ in 0..turns {
        let poll = poll_fn(|context| Poll::Ready(Pin::new(&mut *future).poll(context)));
        if poll.await.is_ready() {
            return;
        }
        tokio::task::yield_now().await;
    }
}

#[test]
fn who_is_cancelled_leaves_nothing_behind() {
    both(async |mut scene: Scene| {
        let store = scene.program().await;
        for turns in 0..6 {
            let mut acquiring = Box::pin(async { store.plain(1).acquire().await });
            begin(&mut acquiring, turns).await;
            drop(acquiring);
            scene.gone("plain:1").await;
            // Given back in the middle, it goes on in the background.
            let guard = store.plain(1).acquire().await.unwrap();
            let mut releasing = Box::pin(guard.release());
            begin(&mut releasing, turns).await;
            drop(releasing);
            scene.gone("plain:1").await;
        }
    });
}

/// Notes that it was dropped.
struct Noted(Arc<AtomicBool>);

impl Drop for Noted {
    fn drop(&mut self) {
        self.0.store(true, Ordering::SeqCst);
    }
}

#[test]
fn work_under_a_lock_ends_where_the_lock_does() {
    both(async |mut scene: Scene| {
        let store = scene.program().await;
        let doubled = store.plain(1).with_lock(|_| async { 21 * 2 }).await;
        assert_eq!(doubled.unwrap(), 42);
        assert!(!scene.raw::<bool>(&["EXISTS", "plain:1"]));
        let dropped = Arc::new(AtomicBool::new(false));
        let noted = Noted(Arc::clone(&dropped));
        let brief = store.brief(1);
        let late = brief.with_lock(|_| async move {
            let _noted = noted;
            std::future::pending::<()>().await;
        });
        assert_eq!(late.await.unwrap_err().kind(), ErrorKind::LeaseLost);
        assert!(dropped.load(Ordering::SeqCst));
        // Work that is done when somebody else has it is no success.
        let server = scene
            .server
            .url(redis_schema_test_server::Protocol::Resp3, 0);
        let plain = store.plain(1);
        let stolen = plain.with_lock(|_| async move {
            let client = redis::Client::open(server).unwrap();
            let mut thief = client.get_connection().unwrap();
            redis::cmd("DEL").arg("plain:1").exec(&mut thief).unwrap();
        });
        assert_eq!(stolen.await.unwrap_err().kind(), ErrorKind::NotOwned);
        let store = store.clone();
        let done = tokio::spawn(async move { store.plain(1).with_lock(|_| async {}).await });
        done.await.unwrap().unwrap();
    });
}
