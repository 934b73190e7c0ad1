use std::time::Duration;

use futures_util::future::{join, poll_immediate};
use redis_schema::stream::{ConsumeOptions, Follow, GroupReadOptions, Position, ReadOptions};
use redis_schema::{ErrorKind, Handle, Store};

use crate::schema::{Event, log, with_store};
use crate::server::Server;

fn at(store: &Store) -> Handle<log::Refresh, &Store> {
    Handle::with(log::Refresh { id: 1 }, store)
}

/// The kind of the next entry.
async fn kind(follow: &mut Follow<Event>) -> String {
    follow.next().await.unwrap().unwrap().record.unwrap().kind
}

/// Waits until so many clients wait on the server.
async fn waiting(server: &Server, clients: u32) {
    let client = server.client(crate::server::Protocol::Resp2, 0);
    let mut connection = client.get_multiplexed_async_connection().await.unwrap();
    loop {
        let mut info = redis_schema::redis::cmd("INFO");
        let text: String = info
            .arg("clients")
            .query_async(&mut connection)
            .await
            .unwrap();
        let line = text
            .lines()
            .find(|line| line.starts_with("blocked_clients:"));
        if line.unwrap()[16..].trim().parse() == Ok(clients) {
            return;
        }
        tokio::task::yield_now().await;
    }
}

#[test]
fn entries_are_followed_as_they_come() {
    with_store(async |server, store| {
        let key = at(store);
        key.xadd(&Event::of("a")).await.unwrap();
        let mut follow = key.follow(Position::Start);
        assert_eq!(kind(&mut follow).await, "a");
        let next = join(kind(&mut follow), async {
            waiting(server, 1).await;
            key.xadd(&Event::of("b")).await.unwrap();
            key.xadd(&Event::of("c")).await.unwrap();
        });
        assert_eq!(next.await.0, "b");
        assert_eq!(kind(&mut follow).await, "c");
    });
}

#[test]
fn following_begins_anywhere() {
    with_store(async |server, store| {
        let key = at(store);
        let first = key.xadd(&Event::of("a")).await.unwrap();
        key.xadd(&Event::of("b")).await.unwrap();
        assert_eq!(kind(&mut key.follow(first)).await, "b");
        let mut follow = key.follow_with(
            Position::End,
            ReadOptions::new().count(1).block(Duration::from_millis(50)),
        );
        let next = join(kind(&mut follow), async {
            waiting(server, 1).await;
            key.xadd(&Event::of("c")).await.unwrap();
        });
        assert_eq!(next.await.0, "c");
        assert!(poll_immediate(follow.next()).await.is_none());
        key.xadd(&Event::of("d")).await.unwrap();
        assert_eq!(kind(&mut follow).await, "d", "a dropped wait loses nothing");
    });
}

#[test]
fn a_foreign_entry_does_not_hold_up_the_others() {
    with_store(async |server, store| {
        let key = at(store);
        let mut raw = server.connect(crate::server::Protocol::Resp3, 0);
        let mut add = redis_schema::redis::cmd("XADD");
        add.arg("log:refresh:1").arg("*").arg("other").arg("x");
        add.exec(&mut raw).unwrap();
        key.xadd(&Event::of("b")).await.unwrap();
        key.xgroup_create("workers", Position::Start).await.unwrap();
        for mut entries in [key.follow(Position::Start), key.consume("workers", "ada")] {
            let foreign = entries.next().await.unwrap().unwrap();
            assert_eq!(foreign.record.unwrap_err().kind(), ErrorKind::Corrupt);
            assert_eq!(kind(&mut entries).await, "b");
        }
    });
}

#[test]
fn following_survives_a_lost_connection() {
    with_store(async |server, store| {
        let key = at(store);
        let mut follow = key.follow(Position::Start);
        let (lost, ()) = join(follow.next(), async {
            waiting(server, 1).await;
            let mut raw = server.connect(crate::server::Protocol::Resp3, 0);
            let mut kill = redis_schema::redis::cmd("CLIENT");
            kill.arg("KILL")
                .arg("TYPE")
                .arg("normal")
                .arg("SKIPME")
                .arg("yes");
            kill.exec(&mut raw).unwrap();
        })
        .await;
        assert!(lost.unwrap().unwrap_err().is_unavailable());
        let mut raw = server.connect(crate::server::Protocol::Resp3, 0);
        log::Refresh::of(1)
            .xadd(&Event::of("a"))
            .query(&mut raw)
            .unwrap();
        assert_eq!(kind(&mut follow).await, "a");
    });
}

#[test]
fn an_error_that_stays_ends_it() {
    with_store(async |server, store| {
        let mut raw = server.connect(crate::server::Protocol::Resp3, 0);
        let mut set = redis_schema::redis::cmd("SET");
        set.arg("log:refresh:1").arg("x").exec(&mut raw).unwrap();
        let mut follow = at(store).follow(Position::Start);
        let error = follow.next().await.unwrap().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::WrongType);
        assert!(follow.next().await.is_none());
        set.arg("log:refresh:1");
        let mut consume = Handle::with(log::Refresh { id: 2 }, store).consume("nobody", "ada");
        let error = consume.next().await.unwrap().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::NoGroup);
        assert!(consume.next().await.is_none());
    });
}

#[test]
fn a_consumer_goes_on_where_it_stopped() {
    with_store(async |server, store| {
        let key = at(store);
        key.xgroup_create("workers", Position::Start).await.unwrap();
        for name in ["a", "b", "c"] {
            key.xadd(&Event::of(name)).await.unwrap();
        }
        let mut consume = key.consume("workers", "ada");
        let first = consume.next().await.unwrap().unwrap();
        key.xack("workers", [first.id]).await.unwrap();
        drop(consume);
        let mut consume = key.consume_with("workers", "ada", ConsumeOptions::new().count(1));
        assert_eq!(kind(&mut consume).await, "b");
        assert_eq!(kind(&mut consume).await, "c");
        let next = join(kind(&mut consume), async {
            waiting(server, 1).await;
            key.xadd(&Event::of("d")).await.unwrap();
        });
        assert_eq!(next.await.0, "d");
    });
}

#[test]
fn the_work_of_those_who_are_gone_is_taken_over() {
    with_store(async |_, store| {
        let key = at(store);
        key.xgroup_create("workers", Position::Start).await.unwrap();
        for name in ["a", "b", "c"] {
            key.xadd(&Event::of(name)).await.unwrap();
        }
        let two = GroupReadOptions::new().count(2);
        key.read_group("workers", "gone", two).await.unwrap();
        let options = ConsumeOptions::new()
            .count(1)
            .block(Duration::from_secs(60))
            .reclaim(Duration::from_millis(1));
        let mut consume = key.consume_with("workers", "ada", options);
        let mut found = Vec::new();
        while found.len() < 3 {
            let entry = consume.next().await.unwrap().unwrap();
            key.xack("workers", [entry.id]).await.unwrap();
            found.push(entry.record.unwrap().kind);
        }
        found.sort();
        assert_eq!(found.concat(), "abc");
        assert_eq!(key.xpending("workers").await.unwrap().count, 0);
    });
}

#[test]
fn a_wait_holds_up_nobody_else() {
    with_store(async |server, store| {
        let key = at(store);
        key.xgroup_create("workers", Position::End).await.unwrap();
        let forever = ReadOptions::new().block(Duration::MAX);
        let read = key.xread(Position::End, forever).into_future();
        let forever = GroupReadOptions::new().block(Duration::MAX);
        let share = key.read_group("workers", "ada", forever).into_future();
        let (found, ()) = join(join(read, share), async {
            waiting(server, 2).await;
            key.xadd(&Event::of("a")).await.unwrap();
        })
        .await;
        assert_eq!(found.0.unwrap().len(), 1);
        assert_eq!(found.1.unwrap().len(), 1);
        let read = key.xread(Position::End, ReadOptions::new().block(Duration::MAX));
        let error = store.pipeline((read,)).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Encode);
    });
}
