//! A store on a master that sentinels watch.

use std::time::Duration;

use redis_schema_test_server::{
    MASTER_NAME, Node, Protocol, Sentinel, SentinelOptions, eventually,
};
use tokio::task::block_in_place;

use crate::load::Load;
use crate::several::{Store, keys};

pub async fn store(set: &Sentinel, protocol: Protocol) -> Store {
    Store::builder()
        .sentinel(MASTER_NAME, set.sentinels().iter().map(|node| node.host()))
        .protocol(protocol.version())
        .password(PASSWORD)
        .response_timeout(crate::PATIENCE)
        .open()
        .await
        .unwrap()
}

pub const PASSWORD: &str = "of the data";

#[tokio::test]
async fn the_master_is_found_and_found_again() {
    let options = SentinelOptions::default().password(PASSWORD);
    let mut set = Sentinel::start_with(&options);
    for protocol in Protocol::ALL {
        let store = store(&set, protocol).await;
        store.plain(1).set("a").await.unwrap();
        assert_eq!(store.plain(1).get().await.unwrap().as_deref(), Some("a"));
        let (a, b) = store
            .pipeline((keys::plain(1).get(), keys::plain(2).get()))
            .await
            .unwrap();
        assert_eq!((a.as_deref(), b), (Some("a"), None));
        assert_eq!(
            store.family::<keys::Plain>().count_approx().await.unwrap(),
            1
        );
        set.wait_until_copied();
        // Nothing is told to the store: it finds out by itself.
        set.fail_over();
        store.plain(2).set("b").await.unwrap();
        assert_eq!(store.plain(1).get().await.unwrap().as_deref(), Some("a"));
        store.plain(2).del().await.unwrap();
        set.wait_until_ok();
    }
    let store = store(&set, Protocol::Resp3).await;
    let killed = set.kill_master();
    // Within the time that one call may take.
    store.plain(3).set("c").await.unwrap();
    set.wait_until_replaced(killed);
    assert_eq!(store.plain(3).get().await.unwrap().as_deref(), Some("c"));
}

#[tokio::test]
async fn what_was_copied_is_held_on() {
    let options = SentinelOptions::default().password(PASSWORD);
    let set = Sentinel::start_with(&options);
    let store = store(&set, Protocol::Resp3).await;
    let guard = store.turn(1).acquire().await.unwrap();
    set.wait_until_copied();
    set.fail_over();
    // Until the old master has stepped down, it may take what nobody hears of.
    set.wait_until_ok();
    assert!(store.turn(1).try_acquire().await.unwrap().is_none());
    guard.renew().await.unwrap();
    let late = guard.fence();
    guard.release().await.unwrap();
    let guard = store.turn(1).acquire().await.unwrap();
    assert!(guard.fence() > late);
    guard.release().await.unwrap();
}

#[tokio::test]
async fn what_was_copied_is_reported_on() {
    let options = SentinelOptions::default().password(PASSWORD);
    let set = Sentinel::start_with(&options);
    let store = store(&set, Protocol::Resp3).await;
    let steps = store.steps(1);
    steps.begin(["a", "b"]).await.unwrap();
    let mut later = steps.follow(steps.snapshot().await.unwrap().at);
    assert!(!steps.report("a", 100).await.unwrap().completes());
    set.wait_until_copied();
    set.fail_over();
    set.wait_until_ok();
    assert!(steps.report("b", 100).await.unwrap().completes());
    let mut told = Vec::new();
    while told.len() < 2 {
        // That the server is away is told, and what comes after it too.
        if let Ok(event) = later.next().await.unwrap() {
            told.push(event.record.unwrap());
        }
    }
    assert!(told[1].totals.is_complete());
    assert_eq!(steps.snapshot().await.unwrap().totals, told[1].totals);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn callers_survive_a_master_that_dies() {
    let options = SentinelOptions::default().password(PASSWORD);
    let mut set = Sentinel::start_with(&options);
    let store = store(&set, Protocol::Resp3).await;
    let load = Load::start(&store, 0..8);
    load.wait_for(100);
    let old = set.master();
    block_in_place(|| {
        set.kill_master();
        set.wait_until_replaced(old);
    });
    load.wait_for(200);
    block_in_place(|| {
        set.rejoin(old);
        set.wait_until_ok();
        // Both live: whoever stayed with the old one would be told that it is read-only.
        set.fail_over();
    });
    load.wait_for(200);
    let account = load.stop().await;
    assert_eq!(account.errors.len(), 0, "{account:?}");
    // What was on its way when a master went away.
    assert!(account.ambiguous <= 16, "{account:?}");
}

/// Connections on which sentinels tell somebody of fail-overs.
fn listeners(set: &Sentinel) -> usize {
    let running = set.sentinels().iter().filter(|node| node.is_running());
    let count = |node: &Node| {
        let clients: String = node.run(&["CLIENT", "LIST", "TYPE", "pubsub"]);
        clients.lines().count()
    };
    running.map(count).sum()
}

/// Where the store's master is.
fn master(store: &Store) -> String {
    store.stats().nodes[0].server.clone()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_fail_over_is_followed_when_it_is_told() {
    let options = SentinelOptions::default().password(PASSWORD);
    let mut set = Sentinel::start_with(&options);
    let store = Store::builder()
        .sentinel(MASTER_NAME, set.sentinels().iter().map(|node| node.host()))
        .password(PASSWORD)
        // Whatever is noticed is noticed because a sentinel has told it: nothing is called, nothing looks.
        .sentinel_check(Duration::from_secs(3600))
        .open()
        .await
        .unwrap();
    block_in_place(|| {
        eventually("one sentinel is listened to", || listeners(&set) == 1);
        for _ in 0..2 {
            let before = master(&store);
            set.fail_over();
            eventually("the other master", || master(&store) != before);
            assert_eq!(master(&store), set.data()[set.master()].host());
            set.wait_until_ok();
        }
        // Another one is listened to when that one has gone, and what it tells is followed.
        let heard = |node: &Node| {
            !node
                .run::<String>(&["CLIENT", "LIST", "TYPE", "pubsub"])
                .is_empty()
        };
        let ear = set.sentinels().iter().position(heard).unwrap();
        set.kill_sentinel(ear);
        eventually("another sentinel is listened to", || listeners(&set) == 1);
        let old = set.kill_master();
        set.wait_until_replaced(old);
        eventually("the new master", || {
            master(&store) == set.data()[1 - old].host()
        });
    });
    assert!(store.close(Duration::from_secs(5)).await);
    block_in_place(|| eventually("nobody listens", || listeners(&set) == 0));
}
