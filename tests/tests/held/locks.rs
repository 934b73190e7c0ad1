//! Who holds a lock, by which number, and for how long.

use std::time::{Duration, Instant};

use redis_schema::lock::Token;
use redis_schema::{ErrorKind, RetryClass};

use crate::{LEASE, Scene, both};

#[test]
fn one_holder_at_a_time() {
    both(async |mut scene: Scene| {
        let (one, other) = (scene.program().await, scene.program().await);
        let guard = one.plain(1).acquire().await.unwrap();
        assert!(other.plain(1).try_acquire().await.unwrap().is_none());
        assert!(one.plain(1).try_acquire().await.unwrap().is_none());
        assert!(
            one.plain(2).try_acquire().await.unwrap().is_some(),
            "another lock"
        );
        let token: String = scene.raw(&["GET", "plain:1"]);
        assert_eq!(token, guard.token().as_str(), "the raw token lies there");
        let left: i64 = scene.raw(&["PTTL", "plain:1"]);
        assert!((29_000..=30_000).contains(&left), "{left}");
        guard.release().await.unwrap();
        assert!(!scene.raw::<bool>(&["EXISTS", "plain:1"]));
        assert!(other.plain(1).try_acquire().await.unwrap().is_some());
    });
}

#[test]
fn numbers_rise_with_every_hold() {
    both(async |mut scene: Scene| {
        let store = scene.program().await;
        let mut last = None;
        for _ in 0..50 {
            let guard = store.brief(1).acquire().await.unwrap();
            assert!(
                Some(guard.fence()) > last,
                "{:?} after {last:?}",
                guard.fence()
            );
            last = Some(guard.fence());
            let known = store.brief_fence(1).get().await.unwrap();
            assert_eq!(known, last, "the last number can be read");
            guard.release().await.unwrap();
        }
        // Without the last number the server's clock goes on.
        scene.raw::<()>(&["DEL", "brief:1:fence"]);
        let guard = store.brief(1).acquire().await.unwrap();
        assert!(Some(guard.fence()) > last);
        guard.release().await.unwrap();
        // A clock that was set back is no reason to go back.
        scene.raw::<()>(&["SET", "brief:1:fence", "8000000000000000"]);
        let guard = store.brief(1).acquire().await.unwrap();
        assert_eq!(guard.fence().get(), 8_000_000_000_000_001);
        let kept: i64 = scene.raw(&["PTTL", "brief:1:fence"]);
        assert!((86_000_000..=86_400_000).contains(&kept), "{kept}");
    });
}

#[test]
fn the_same_token_has_the_same_hold() {
    both(async |mut scene: Scene| {
        let store = scene.program().await;
        let (mine, other) = (Token::random(), Token::random());
        let lock = store.brief(1);
        assert_eq!(lock.acquire_as(&mine).retry_class(), RetryClass::Tokened);
        assert_eq!(lock.renew_as(&mine).retry_class(), RetryClass::Tokened);
        assert_eq!(lock.release_as(&mine).retry_class(), RetryClass::Tokened);
        scene.raw::<()>(&["SET", "brief:1", mine.as_str(), "PX", "60000"]);
        let number = lock.acquire_as(&mine).await.unwrap();
        assert!(number.is_some(), "taken without a number, by hand");
        assert_eq!(lock.acquire_as(&mine).await.unwrap(), number);
        assert_eq!(lock.acquire_as(&other).await.unwrap(), None);
        assert!(!lock.renew_as(&other).await.unwrap());
        lock.release_as(&other).await.unwrap();
        let held: String = scene.raw(&["GET", "brief:1"]);
        assert_eq!(held, mine.as_str(), "others change nothing");
        assert_eq!(store.brief_fence(1).get().await.unwrap(), number);
        let left: i64 = scene.raw(&["PTTL", "brief:1"]);
        assert!(
            left > 1000,
            "taking it again does not touch the lease: {left}"
        );
        assert!(lock.renew_as(&mine).await.unwrap());
        let left: i64 = scene.raw(&["PTTL", "brief:1"]);
        assert!(left <= 300, "{left}");
        lock.release_as(&mine).await.unwrap();
        lock.release_as(&mine).await.unwrap();
        assert!(!scene.raw::<bool>(&["EXISTS", "brief:1"]));
    });
}

#[test]
fn leases_are_lengthened_and_shortened() {
    both(async |mut scene: Scene| {
        let store = scene.program().await;
        let guard = store.plain(1).acquire().await.unwrap();
        let deadline = guard.deadline();
        guard.extend_by(Duration::from_secs(30)).await.unwrap();
        let left: i64 = scene.raw(&["PTTL", "plain:1"]);
        assert!((55_000..=60_000).contains(&left), "{left}");
        assert!(guard.deadline() > deadline + Duration::from_secs(25));
        guard.set_lease(Duration::from_secs(9)).await.unwrap();
        let left: i64 = scene.raw(&["PTTL", "plain:1"]);
        assert!((5_000..=9_000).contains(&left), "{left}");
        assert!(guard.deadline() <= Instant::now() + Duration::from_secs(9));
        guard.renew().await.unwrap();
        let left: i64 = scene.raw(&["PTTL", "plain:1"]);
        assert!((25_000..=30_000).contains(&left), "{left}");
        for refused in [
            guard.extend_by(Duration::ZERO).await,
            guard.set_lease(Duration::ZERO).await,
        ] {
            assert_eq!(refused.unwrap_err().kind(), ErrorKind::Encode);
        }
        guard.set_lease(Duration::MAX).await.unwrap();
        assert!(!guard.is_lost());
        guard.release().await.unwrap();
        // Nothing goes beyond `max_hold`.
        let guard = store.kept(1).acquire().await.unwrap();
        guard.set_lease(Duration::from_secs(3600)).await.unwrap();
        let left: i64 = scene.raw(&["PTTL", "kept:1"]);
        assert!(left <= 2_000, "{left}");
        guard.release().await.unwrap();
    });
}

#[test]
fn who_holds_it_can_be_seen_and_put_out() {
    both(async |mut scene: Scene| {
        let store = scene.program().await;
        let lock = store.brief(1);
        assert_eq!(lock.inspect().await.unwrap(), None);
        assert!(!lock.force_release().await.unwrap());
        let guard = lock.acquire().await.unwrap();
        let seen = lock.inspect().await.unwrap().unwrap();
        assert_eq!(seen.number, guard.fence());
        assert!(seen.left.unwrap() <= LEASE);
        assert!(lock.force_release().await.unwrap());
        assert!(lock.try_acquire().await.unwrap().is_some());
        assert_eq!(
            guard.release().await.unwrap_err().kind(),
            ErrorKind::NotOwned
        );
        scene.raw::<()>(&["SET", "brief:2", "somebody else's"]);
        let seen = store.brief(2).inspect().await.unwrap().unwrap();
        assert_eq!(seen.left, None, "by whoever sets no lifetime");
    });
}

#[test]
fn what_is_no_lock_is_told_and_left_alone() {
    both(async |mut scene: Scene| {
        let store = scene.program().await;
        scene.raw::<()>(&["HSET", "brief:1", "a", "b"]);
        let (lock, token) = (store.brief(1), Token::random());
        let found = [
            lock.try_acquire().await.map(drop).unwrap_err(),
            lock.renew_as(&token).await.map(drop).unwrap_err(),
            lock.release_as(&token).await.unwrap_err(),
            lock.force_release().await.map(drop).unwrap_err(),
            lock.inspect().await.map(drop).unwrap_err(),
        ];
        for error in found {
            assert_eq!(error.kind(), ErrorKind::WrongType, "{error}");
        }
        assert!(scene.raw::<bool>(&["HEXISTS", "brief:1", "a"]));
        for wrong in ["many", "-1", "9007199254740992", "nan"] {
            scene.raw::<()>(&["SET", "brief:2:fence", wrong]);
            let error = store.brief(2).try_acquire().await.map(drop).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Corrupt, "{wrong}: {error}");
            assert!(!scene.raw::<bool>(&["EXISTS", "brief:2"]), "half taken");
        }
        scene.raw::<()>(&["DEL", "brief:2:fence"]);
        scene.raw::<()>(&["SADD", "brief:2:fence", "a"]);
        let error = store.brief(2).try_acquire().await.map(drop).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::WrongType);
        assert!(!scene.raw::<bool>(&["EXISTS", "brief:2"]), "half taken");
    });
}

#[test]
fn a_server_that_forgets_its_scripts_is_told_them_again() {
    both(async |mut scene: Scene| {
        let store = scene.program().await;
        let guard = store.brief(1).acquire().await.unwrap();
        scene.raw::<()>(&["SCRIPT", "FLUSH"]);
        guard.renew().await.unwrap();
        scene.raw::<()>(&["SCRIPT", "FLUSH"]);
        guard.release().await.unwrap();
        scene.raw::<()>(&["SCRIPT", "FLUSH"]);
        assert!(store.brief(1).try_acquire().await.unwrap().is_some());
    });
}
