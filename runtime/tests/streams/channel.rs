use std::time::Duration;

use futures_util::future::poll_immediate;
use redis_schema::channel::SubscribeOptions;
use redis_schema::{Channel, ErrorKind, Handle, Settings, Store};

use crate::schema::talk::{Progress, Schema, Shard, State};
use crate::schema::with_store_of;
use crate::server::{Protocol, Server};

/// Runs a raw command on a connection of its own.
fn raw<R: redis_schema::redis::FromRedisValue>(server: &Server, words: &[&str]) -> R {
    let mut command = redis_schema::redis::Cmd::new();
    for word in words {
        command.arg(word);
    }
    command
        .query(&mut server.connect(Protocol::Resp2, 0))
        .unwrap()
}

fn with_store(test: impl AsyncFn(&Server, &Store)) {
    with_store_of::<Schema>(Settings::DECLARED, test);
}

#[test]
fn nobody_hears_what_is_said_to_nobody() {
    for database in [0, 3] {
        Server::everywhere(database, |link| {
            let channel = Channel::new(Progress(1));
            assert_eq!(link.ok(channel.publish(&7)), 0);
            assert_eq!(link.ok(channel.subscribers()), 0);
            let shard = Channel::new(Shard(1));
            assert_eq!(link.ok(shard.publish("a")), 0);
            assert_eq!(link.ok(shard.subscribers()), 0);
        });
    }
    assert_eq!(Channel::new(Progress(1)).name().unwrap(), b"progress[*]:1");
}

#[test]
fn what_is_said_is_heard() {
    with_store(async |_, store| {
        let channel = store.channel(Progress(1));
        let mut first = channel.subscribe().await.unwrap();
        let mut second = channel.subscribe().await.unwrap();
        assert_eq!(channel.subscribers().await.unwrap(), 2);
        assert_eq!(channel.publish(&1).await.unwrap(), 2);
        assert_eq!(store.channel(Progress(2)).publish(&9).await.unwrap(), 0);
        assert_eq!(channel.publish(&2).await.unwrap(), 2);
        for heard in [&mut first, &mut second] {
            assert_eq!(heard.next().await.unwrap().unwrap(), 1);
            assert_eq!(heard.next().await.unwrap().unwrap(), 2);
        }
        assert!(poll_immediate(first.next()).await.is_none());
    });
}

#[test]
fn whoever_stops_listening_is_gone() {
    with_store(async |_, store| {
        let channel = store.channel(Progress(1));
        let heard = channel.subscribe().await.unwrap();
        let family = store.psubscribe::<Progress>(SubscribeOptions::new());
        let family = family.await.unwrap();
        assert_eq!(channel.publish(&1).await.unwrap(), 2);
        drop(heard);
        while channel.publish(&1).await.unwrap() > 1 {
            tokio::task::yield_now().await;
        }
        drop(family);
        while channel.publish(&1).await.unwrap() > 0 {
            tokio::task::yield_now().await;
        }
    });
}

#[test]
fn sharded_channels_are_heard() {
    with_store(async |_, store| {
        let channel = store.channel(Shard(1));
        let mut heard = channel.subscribe().await.unwrap();
        let both = store.subscribe_many([Shard(1), Shard(2)], SubscribeOptions::new());
        let mut both = both.await.unwrap();
        assert_eq!(channel.subscribers().await.unwrap(), 2);
        assert_eq!(channel.publish("a").await.unwrap(), 2);
        assert_eq!(store.channel(Shard(2)).publish("b").await.unwrap(), 1);
        assert_eq!(heard.next().await.unwrap().unwrap(), "a");
        assert_eq!(both.next().await.unwrap().unwrap(), (Shard(1), "a".into()));
        assert_eq!(both.next().await.unwrap().unwrap(), (Shard(2), "b".into()));
    });
}

#[test]
fn several_channels_share_a_connection() {
    with_store(async |_, store| {
        let options = SubscribeOptions::new();
        let topics = [Progress(1), Progress(2)];
        let mut both = store.subscribe_many(topics, options).await.unwrap();
        for number in [2, 3, 1] {
            let channel = store.channel(Progress(number));
            channel.publish(&(number * 10)).await.unwrap();
        }
        assert_eq!(both.next().await.unwrap().unwrap(), (Progress(2), 20));
        assert_eq!(both.next().await.unwrap().unwrap(), (Progress(1), 10));
        let none: [Progress; 0] = [];
        let error = store.subscribe_many(none, options).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Param);
    });
}

#[test]
fn a_kind_of_channels_is_heard_with_its_parameters() {
    with_store(async |server, store| {
        let options = SubscribeOptions::new();
        let mut all = store.psubscribe::<Progress>(options).await.unwrap();
        raw::<u32>(server, &["PUBLISH", "progress*:4", "4"]);
        raw::<u32>(server, &["PUBLISH", "progress[*]:other", "5"]);
        store.channel(Progress(6)).publish(&60).await.unwrap();
        store.channel(Progress(7)).publish(&70).await.unwrap();
        assert_eq!(all.next().await.unwrap().unwrap(), (Progress(6), 60));
        assert_eq!(all.next().await.unwrap().unwrap(), (Progress(7), 70));
    });
}

#[test]
fn a_prefix_keeps_tenants_apart() {
    let settings = Settings::DECLARED.prefix_all::<Schema>("tenant:");
    with_store_of::<Schema>(settings, async |server, store| {
        let channel = store.channel(Progress(1));
        assert_eq!(channel.name().unwrap(), b"tenant:progress[*]:1");
        let options = SubscribeOptions::new();
        let mut all = store.psubscribe::<Progress>(options).await.unwrap();
        assert_eq!(raw::<u32>(server, &["PUBLISH", "progress[*]:1", "1"]), 0);
        channel.publish(&2).await.unwrap();
        assert_eq!(all.next().await.unwrap().unwrap(), (Progress(1), 2));
    });
}

#[test]
fn a_foreign_message_is_told_but_not_shown() {
    with_store(async |server, store| {
        let mut heard = store.channel(Progress(1)).subscribe().await.unwrap();
        raw::<u32>(server, &["PUBLISH", "progress[*]:1", "geheim"]);
        raw::<u32>(server, &["PUBLISH", "progress[*]:1", "2"]);
        let error = heard.next().await.unwrap().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Corrupt);
        assert_eq!(error.template(), "progress[*]:{id}");
        assert!(!error.to_string().contains("geheim"), "{error}");
        assert_eq!(heard.next().await.unwrap().unwrap(), 2);
    });
}

#[test]
fn a_lost_connection_is_told_and_replaced() {
    with_store(async |server, store| {
        let channel = store.channel(Progress(1));
        let mut heard = channel.subscribe().await.unwrap();
        raw::<u32>(server, &["CLIENT", "KILL", "TYPE", "pubsub"]);
        let error = heard.next().await.unwrap().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Unavailable);
        assert!(poll_immediate(heard.next()).await.is_none());
        let said = async {
            while channel.publish(&3).await.unwrap() == 0 {
                tokio::task::yield_now().await;
            }
        };
        let (item, ()) = futures_util::future::join(heard.next(), said).await;
        assert_eq!(item.unwrap().unwrap(), 3);
    });
}

#[test]
fn a_dead_connection_is_noticed() {
    with_store(async |server, store| {
        let channel = store.channel(Progress(1));
        let often = SubscribeOptions::new().keepalive(Duration::from_millis(1));
        let mut heard = channel.subscribe_with(often).await.unwrap();
        channel.publish(&1).await.unwrap();
        assert_eq!(heard.next().await.unwrap().unwrap(), 1);
        let seen = || -> u64 {
            let info: String = raw(server, &["INFO", "commandstats"]);
            let line = info.lines().find(|line| line.starts_with("cmdstat_ping:"));
            let calls = line.and_then(|line| line.split(['=', ',']).nth(1));
            calls.map_or(0, |calls| calls.parse().unwrap())
        };
        let before = seen();
        while seen() < before + 3 {
            tokio::task::yield_now().await;
        }
        channel.publish(&2).await.unwrap();
        assert_eq!(heard.next().await.unwrap().unwrap(), 2);
    });
}

#[test]
fn a_slow_reader_is_told_what_it_lost() {
    with_store(async |_, store| {
        let channel = store.channel(Progress(1));
        let small = SubscribeOptions::new().buffer(2);
        let mut heard = channel.subscribe_with(small).await.unwrap();
        let messages: Vec<_> = (0..1000).collect();
        let publish = messages.iter().map(|message| channel.publish(message));
        store.pipeline(publish.collect::<Vec<_>>()).await.unwrap();
        let mut lost = 0;
        let mut found = Vec::new();
        while lost + found.len() < messages.len() {
            match heard.next().await.unwrap() {
                Ok(message) => found.push(message),
                Err(error) => {
                    assert_eq!(error.kind(), ErrorKind::Lagged);
                    let text = error.to_string();
                    let number = text.split_whitespace().find_map(|word| word.parse().ok());
                    lost += number.unwrap_or(0_usize);
                }
            }
        }
        assert!(lost > 0 && found.len() >= 2, "{lost} lost");
        assert!(found.is_sorted());
    });
}

#[test]
fn a_message_goes_out_with_what_it_is_about() {
    with_store(async |_, store| {
        assert!(
            store.raw_connection(0).is_none(),
            "a channel has no database"
        );
        let state = Handle::with(State, store);
        let channel = store.channel(Progress(1));
        let mut heard = channel.subscribe().await.unwrap();
        for batch in [0, 1] {
            let value = format!("running {batch}");
            let listeners = if batch == 0 {
                let done = store.atomic((state.set(&value), channel.publish(&batch)));
                done.await.unwrap().1
            } else {
                let done = store.pipeline((channel.publish(&batch), state.set(&value)));
                done.await.unwrap().0
            };
            assert_eq!(listeners, 1);
            assert_eq!(state.get().await.unwrap(), Some(value));
            assert_eq!(heard.next().await.unwrap().unwrap(), batch);
        }
    });
}

#[test]
fn who_may_not_listen_is_told() {
    with_store(async |server, store| {
        raw::<()>(server, &["ACL", "SETUSER", "default", "resetchannels"]);
        let error = store.channel(Progress(1)).subscribe().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Denied);
    });
}
