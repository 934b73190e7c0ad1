//! When sessions end: for want of use, and at their end however much they are used.

use std::time::Duration;

use crate::sessions::keys;
use crate::{Scene, both};

#[test]
fn it_ends_at_its_end_however_often_it_is_used() {
    both(async |mut scene: Scene| {
        let store = scene.program().await;
        let token = store.family::<keys::Brief<'_>>().create("a").await.unwrap();
        let name = scene.names().remove(0);
        let ends: i64 = scene.raw(&["HGET", &name, "ends"]);
        let mut most = 0;
        let mut used = 0;
        while let Some(seen) = store.brief(&token).get_and_touch().await.unwrap() {
            used += 1;
            assert!(seen.expires_in <= seen.ends_in);
            let expires: i64 = scene.raw(&["PEXPIRETIME", &name]);
            // Gone in between.
            if expires > 0 {
                assert!(expires <= ends, "{expires} is after {ends}");
                most = most.max(expires);
            }
        }
        assert!(used > 1);
        assert_eq!(most, ends, "used to its end, it lasts until its end");
        scene.until(|scene| scene.names().is_empty()).await;
    });
}

#[test]
fn it_ends_when_it_is_not_used_and_looking_is_no_use() {
    both(async |mut scene: Scene| {
        let store = scene.program().await;
        let token = store.family::<keys::Brief<'_>>().create("a").await.unwrap();
        let name = scene.names().remove(0);
        let first: i64 = scene.raw(&["PEXPIRETIME", &name]);
        let ends: i64 = scene.raw(&["HGET", &name, "ends"]);
        while let Some(seen) = store.brief(&token).get().await.unwrap() {
            assert!(seen.expires_in <= Duration::from_secs(1));
            let now: i64 = scene.raw(&["PEXPIRETIME", &name]);
            assert!(now == first || now < 0, "{now} is not {first}");
        }
        assert!(first < ends, "it was over before its end");
    });
}

#[test]
fn use_is_noted_when_a_part_of_the_time_is_over() {
    both(async |mut scene: Scene| {
        let store = scene.program().await;
        let token = store.logins(1).create(&crate::login(1, "a")).await.unwrap();
        let name = format!("session:{}", token.id());
        let minute = 60_000;
        // Of 30 minutes of idle time, 5 must be over.
        for (left, noted) in [(26 * minute, false), (24 * minute, true), (minute, true)] {
            scene.raw::<()>(&["PEXPIRE", &name, &left.to_string()]);
            let seen = store.login(&token).get_and_touch().await.unwrap().unwrap();
            let now: i64 = scene.raw(&["PTTL", &name]);
            let whole = now > 29 * minute;
            assert_eq!(whole, noted, "{left} left, {now} after it");
            let told = i64::try_from(seen.expires_in.as_millis()).unwrap();
            assert!((told - now).abs() < minute, "{told} told, {now} left");
        }
        // What stays longer than it would is not cut short.
        scene.raw::<()>(&["PEXPIRE", &name, &(60 * minute).to_string()]);
        store.login(&token).get_and_touch().await.unwrap().unwrap();
        assert!(scene.raw::<i64>(&["PTTL", &name]) > 59 * minute);
        // Nor is anything without an end, which somebody else must have done.
        scene.raw::<()>(&["PERSIST", &name]);
        let seen = store.login(&token).get().await.unwrap().unwrap();
        assert_eq!(seen.expires_in, seen.ends_in);
        store.login(&token).get_and_touch().await.unwrap().unwrap();
        scene.all_end();
        scene.raw::<()>(&["PERSIST", &name]);
        let next = store
            .login(&token)
            .update(seen.version, &crate::login(1, "b"));
        next.await.unwrap().unwrap();
        scene.all_end();
    });
}

#[test]
fn near_its_end_use_is_noted_up_to_the_end() {
    both(async |mut scene: Scene| {
        let store = scene.program().await;
        let token = store.logins(1).create(&crate::login(1, "a")).await.unwrap();
        let name = format!("session:{}", token.id());
        let [seconds, _]: [String; 2] = scene.raw(&["TIME"]);
        let now: u64 = seconds.parse().unwrap();
        // Ends in 22 minutes; for want of use in 20, which is 10 less than the idle time.
        let ends = (now + 22 * 60) * 1000;
        scene.raw::<()>(&["HSET", &name, "ends", &ends.to_string()]);
        scene.raw::<()>(&["PEXPIRE", &name, &(20 * 60_000).to_string()]);
        store.login(&token).get_and_touch().await.unwrap().unwrap();
        let expires: u64 = scene.raw(&["PEXPIRETIME", &name]);
        assert_eq!(expires, ends);
        // An end that is over is one, whatever the key's own lifetime says.
        scene.raw::<()>(&["HSET", &name, "ends", &(now * 1000 - 1).to_string()]);
        assert!(store.login(&token).get().await.unwrap().is_none());
        assert!(store.login(&token).get_and_touch().await.unwrap().is_none());
        assert!(store.logins(1).rotate(&token).await.unwrap().is_none());
        assert!(store.logins(1).list().await.unwrap().is_empty());
    });
}
