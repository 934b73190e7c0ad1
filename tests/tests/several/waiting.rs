//! Callers that wait for something under a key whose slot is on the move.
//!
//! A server that gives a slot away answers who waits there with `MOVED` once it has gone, within about a second;
//! whoever asks while it goes is sent on by `ASK`.

use redis_schema::stream::Position;
use redis_schema_test_server::{Cluster, Protocol, eventually};
use tokio::task::block_in_place;

use crate::PATIENCE;
use crate::cluster::{slot, store};
use crate::several::Entry;

/// The slot of a list, who serves it, and who is to.
fn places(cluster: &Cluster, id: u32) -> (u16, usize, usize) {
    let slot = slot(cluster, &format!("{{{id}}}"));
    let from = cluster.owner(slot);
    (slot, from, (from + 1) % 3)
}

/// Waits until somebody waits at a server.
fn wait_for_somebody_at(cluster: &Cluster, node: usize) {
    block_in_place(|| {
        eventually("somebody waits", || {
            cluster.nodes()[node].info("clients", "blocked_clients") == "1"
        });
    });
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_waits_goes_where_the_slot_goes() {
    let cluster = Cluster::start();
    let store = store(&cluster, Protocol::Resp3).await;
    for id in 0..3 {
        let (slot, from, to) = places(&cluster, id);
        let spawn = || {
            let store = store.clone();
            tokio::spawn(async move { store.list(id).blpop(PATIENCE).await })
        };
        // It was there before.
        let early = spawn();
        wait_for_somebody_at(&cluster, from);
        block_in_place(|| cluster.begin_migration(slot, from, to));
        // It comes while the slot goes, and finds it where new keys are made.
        let late = spawn();
        wait_for_somebody_at(&cluster, to);
        store.list(id).rpush("late").await.unwrap();
        assert_eq!(late.await.unwrap().unwrap().as_deref(), Some("late"));
        // The slot has gone, and who was there before follows it.
        block_in_place(|| cluster.end_migration(slot, from, to));
        wait_for_somebody_at(&cluster, to);
        store.list(id).rpush("early").await.unwrap();
        assert_eq!(early.await.unwrap().unwrap().as_deref(), Some("early"));
        assert!(!store.list(id).exists().await.unwrap());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stream_is_followed_while_its_slot_goes() {
    let cluster = Cluster::start();
    let store = store(&cluster, Protocol::Resp2).await;
    let (slot, from, to) = places(&cluster, 1);
    let log = store.log(1);
    let mut follow = log.follow(Position::Start);
    let mut expected = 0;
    let mut add_and_read = async || {
        log.xadd(&Entry::new("a".to_owned(), expected))
            .await
            .unwrap();
        let read = loop {
            match follow.next().await.unwrap() {
                Ok(entry) => break entry,
                Err(error) => assert!(error.is_unavailable(), "{error}"),
            }
        };
        assert_eq!(read.record.unwrap().count, expected);
        expected += 1;
    };
    add_and_read().await;
    block_in_place(|| {
        cluster.begin_migration(slot, from, to);
        cluster.move_keys(slot, from, to, 10);
    });
    // The slot stays between the two for as long as it likes.
    add_and_read().await;
    add_and_read().await;
    block_in_place(|| cluster.end_migration(slot, from, to));
    add_and_read().await;
}
