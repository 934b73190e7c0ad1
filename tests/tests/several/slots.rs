//! What a cluster would not run as one is refused before anything is sent, also where types know nothing of slots:
//! families, handles and channels made by hand. One server refuses the same, so that it is found where a program is
//! written.

use redis_schema::channel::SubscribeOptions;
use redis_schema::{ErrorKind, Handle, ListEnd, Result, atomic, family};
use redis_schema_test_server::{Cluster, Protocol, Server};

use crate::cluster::store;
use crate::several::{Store, channels, keys};

/// What servers are asked besides: by stores that look who serves what, by replicas, and by this test.
const ASIDE: [&str; 7] = [
    "cluster", "config", "hello", "info", "ping", "psync", "replconf",
];

/// The names of the commands that a server has run since it was last asked to forget.
fn run(info: &str) -> Vec<&str> {
    let names = info.lines().filter_map(|line| {
        let name = line.strip_prefix("cmdstat_")?.split(':').next()?;
        name.split('|').next()
    });
    names.filter(|name| !ASIDE.contains(name)).collect()
}

#[track_caller]
fn refused<T>(result: Result<T>) {
    let error = result.err().unwrap();
    assert_eq!(error.kind(), ErrorKind::CrossSlot, "{error}");
    assert!(!error.template().is_empty(), "{error}");
}

/// Everything that types cannot refuse.
async fn refuse(store: &Store) {
    let plain = store.family::<keys::Plain>();
    let ids = [1, 2].map(|id| keys::Plain { id });
    refused(plain.mset(ids.map(|key| (key, "a"))).await);
    let mixed = (plain.mget(ids), store.text(1).get());
    refused(store.atomic(mixed).await);
    let mixed = (plain.del_many(&ids[..1]), store.text(1).get());
    refused(store.atomic(mixed).await);
    let read = store.family::<keys::Read>();
    let renewed = read.mget([1, 2].map(|id| keys::Read { id }));
    refused(
        store
            .atomic((renewed, read.exists_many([keys::Read { id: 1 }])))
            .await,
    );

    let (one, two) = ([1, 2].map(|id| store.handle(keys::Text { id }))).into();
    refused(one.rename_to(&two).await);
    refused(one.rename_nx(&two).await);
    refused(one.copy_to(&two).await);
    refused(one.copy_replacing(&store.text(3)).await);
    refused(store.text(3).copy_replacing(&one).await);
    let list = store.handle(keys::List { id: 1 });
    let other = store.other_list(2);
    refused(list.lmove(ListEnd::Left, &other, ListEnd::Right).await);
    let set = store.handle(keys::Set { id: 1 });
    refused(set.sunionstore([&store.other_set(2)]).await);
    // Of one family, as types have it.
    refused(store.set(1).sinter([&store.other_set(2)]).await);
    refused(
        store
            .atomic((store.text(1).get(), store.hits(2).incr()))
            .await,
    );
    let by_hand = store.handle(keys::Plain { id: 1 });
    refused(
        store
            .atomic((by_hand.set("a"), store.text(1).set("a")))
            .await,
    );

    let local = store.channel(channels::Local { id: 1 });
    refused(
        store
            .atomic((local.publish("a"), store.text(1).set("a")))
            .await,
    );
    let both = [1, 2].map(|id| channels::Local { id });
    let heard = store.subscribe_many(both, SubscribeOptions::new()).await;
    refused(heard);
}

/// The same without a store.
fn refuse_on(connection: &mut redis_schema::redis::Connection) {
    let ids = [1, 2].map(|id| keys::Plain { id });
    refused(
        family::<keys::Plain>()
            .mset(ids.map(|key| (key, "a")))
            .query(connection),
    );
    let mixed = (family::<keys::Plain>().mget(ids), keys::text(1).get());
    refused(atomic(mixed).query(connection));
    let (one, two) = ([1, 2].map(|id| Handle::new(keys::Text { id }))).into();
    refused(one.rename_to(&two).query(connection));
    refused(atomic((keys::text(1).get(), keys::text(2).get())).query(connection));
}

/// What lies together runs, however it was made; what only looks like one operation runs wherever it is.
async fn allow(store: &Store) {
    let text = store.handle(keys::Text { id: 1 });
    let both = store.atomic((text.set("a"), store.hits(1).incr())).await;
    both.unwrap();
    let set = store.handle(keys::Set { id: 1 });
    set.sadd("a").await.unwrap();
    let other = store.handle(keys::OtherSet { id: 1 });
    assert_eq!(other.sunionstore([&set]).await.unwrap(), 1);
    // Reads that renew a lifetime, each in its own slot, in the order of the keys.
    let ids = || (0..20).map(|id| keys::Read { id });
    for id in (0..20).step_by(2) {
        store.read(id).set(&id.to_string()).await.unwrap();
    }
    let family = store.family::<keys::Read>();
    let both = (family.mget(ids()), store.text(1).get());
    let (values, text) = store.pipeline(both).await.unwrap();
    let expected = (0..20_u32).map(|id| (id % 2 == 0).then(|| id.to_string()));
    assert_eq!(values, expected.collect::<Vec<_>>());
    assert_eq!(text.as_deref(), Some("a"));
}

#[tokio::test]
async fn a_cluster_is_sent_nothing_that_it_would_refuse() {
    let cluster = Cluster::start();
    for protocol in Protocol::ALL {
        let store = store(&cluster, protocol).await;
        allow(&store).await;
        for node in cluster.nodes() {
            node.run::<()>(&["CONFIG", "RESETSTAT"]);
        }
        refuse(&store).await;
        for node in cluster.nodes() {
            let info: String = node.run(&["INFO", "commandstats"]);
            assert_eq!(run(&info), [""; 0]);
        }
    }
}

#[tokio::test]
async fn one_server_is_sent_nothing_that_a_cluster_would_refuse() {
    let server = Server::start();
    for protocol in Protocol::ALL {
        let url = server.url(protocol, 0);
        let store = Store::builder().url(&url).open().await.unwrap();
        allow(&store).await;
        let mut connection = server.connect(protocol, 0);
        let mut ask = |words: &[&str]| {
            let mut cmd = redis_schema::redis::Cmd::new();
            cmd.arg(words).query::<String>(&mut connection).unwrap()
        };
        ask(&["CONFIG", "RESETSTAT"]);
        refuse(&store).await;
        let mut other = server.connect(protocol, 0);
        refuse_on(&mut other);
        let info = ask(&["INFO", "commandstats"]);
        assert_eq!(run(&info), [""; 0]);
    }
}
