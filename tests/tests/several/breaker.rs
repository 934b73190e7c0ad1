//! Circuit breakers between a store and servers that do not answer.

use std::future::IntoFuture as _;
use std::time::Duration;

use futures_util::FutureExt as _;
use futures_util::future::join_all;
use redis_schema::observe::BreakerState;
use redis_schema::{BreakerOptions, Error, ErrorKind};
use redis_schema_test_server::{Cluster, Fault, FaultProxy, Protocol, Server, When};

use crate::PATIENCE;
use crate::several::{Store, keys};

/// Longer than any test runs.
const FOR_EVER: Duration = Duration::from_secs(3600);
const MOMENT: Duration = Duration::from_millis(50);
/// Calls with which breakers decide.
const CALLS: u32 = 4;

fn options(open_for: Duration) -> BreakerOptions {
    BreakerOptions::new()
        .min_calls(CALLS)
        .window(FOR_EVER)
        .open_for(open_for, open_for)
        .half_open(2)
}

/// Behind a proxy, with a breaker that stays open for so long.
async fn on_server(proxy: &FaultProxy, open_for: Duration) -> Store {
    let store = Store::builder()
        .url(&proxy.url(Protocol::Resp3, 0))
        .response_timeout(PATIENCE)
        .circuit_breaker(options(open_for));
    store.open().await.unwrap()
}

/// Whether the breaker has refused a call. Whatever else went wrong is what the fault brings.
fn is_refused(error: &Error) -> bool {
    let refused = error.to_string().contains("circuit breaker");
    let expected = if refused {
        ErrorKind::Unavailable
    } else {
        ErrorKind::Ambiguous
    };
    assert_eq!(error.kind(), expected, "{error}");
    refused
}

/// Calls until the breaker opens. What is unsafe is sent once, so each call fails as soon as its answer is lost.
async fn open(store: &Store, id: u32) {
    for _ in 0..10 {
        let calls = (0..2 * CALLS).map(|_| store.plain(id).set_nx("a").into_future());
        let errors = join_all(calls).await.into_iter().filter_map(Result::err);
        if errors.filter(is_refused).count() > 0 {
            return;
        }
    }
    panic!("the breaker stays closed");
}

/// Nothing waits for anything: the first look at the call finds it refused.
fn assert_refused_at_once(store: &Store, id: u32) {
    let call = store.plain(id).get();
    let answer = call.into_future().now_or_never();
    let error = answer.expect("an answer at once").unwrap_err();
    assert!(is_refused(&error));
}

#[tokio::test]
async fn an_open_breaker_sends_nothing_and_lets_nobody_wait() {
    let server = Server::start();
    let proxy = FaultProxy::start(server.port());
    let store = on_server(&proxy, FOR_EVER).await;
    store.plain(1).set_nx("a").await.unwrap();
    proxy.inject(When::any(), Fault::reply_lost());
    open(&store, 1).await;
    let sent = proxy.commands();
    for _ in 0..200 {
        assert_refused_at_once(&store, 1);
    }
    assert_eq!(proxy.commands(), sent);
}

#[tokio::test]
async fn probes_find_out_when_the_server_is_well() {
    let server = Server::start();
    let proxy = FaultProxy::start(server.port());
    let store = on_server(&proxy, MOMENT).await;
    store.plain(1).set_nx("a").await.unwrap();
    proxy.inject(When::any(), Fault::reply_lost());
    open(&store, 1).await;
    let sent = proxy.commands();
    let mut probes = 0;
    while probes < 3 {
        let error = store.plain(1).set_nx("a").await.unwrap_err();
        probes += u64::from(!is_refused(&error));
    }
    // One command for each probe and none for those that were refused.
    assert_eq!(proxy.commands() - sent, probes);
    proxy.clear();
    while let Err(error) = store.plain(1).set_nx("a").await {
        assert!(is_refused(&error), "{error}");
    }
    for _ in 0..100 {
        store.plain(1).set_nx("a").await.unwrap();
    }
}

/// A key of the shard, and one of each other shard.
fn ids(cluster: &Cluster, primary: usize) -> (u32, Vec<u32>) {
    let owner = |id: u32| cluster.owner(crate::cluster::slot(cluster, &format!("plain:{id}")));
    let of = |node: usize| (0..).find(|id| owner(*id) == node).unwrap();
    let others = (0..3).filter(|node| *node != primary).map(of);
    (of(primary), others.collect())
}

/// A store on a cluster whose breakers stay open for so long.
async fn on_cluster(cluster: &Cluster, open_for: Duration, allowed: Duration) -> Store {
    let hosts = cluster.nodes().iter().map(|node| node.host());
    let store = Store::builder()
        .cluster(hosts)
        .response_timeout(allowed)
        .circuit_breaker(options(open_for));
    store.open().await.unwrap()
}

/// How many servers are not asked at the moment.
fn open_breakers(store: &Store) -> usize {
    let stats = store.stats();
    let states = stats.nodes.iter().filter_map(|node| node.breaker);
    states.filter(|state| *state == BreakerState::Open).count()
}

#[tokio::test]
async fn a_shard_that_does_not_answer_leaves_the_others_alone() {
    let cluster = Cluster::start_behind_proxies();
    let (broken, well) = ids(&cluster, 1);
    let proxy = &cluster.proxies()[1];
    let faults = [
        (Fault::reply_lost(), PATIENCE),
        // Here somebody has to wait until nothing has come.
        (Fault::black_hole(), Duration::from_secs(3)),
    ];
    for (fault, allowed) in faults {
        let store = on_cluster(&cluster, FOR_EVER, allowed).await;
        store.plain(broken).set_nx("a").await.unwrap();
        proxy.inject(When::any(), fault);
        open(&store, broken).await;
        assert_eq!(open_breakers(&store), 1);
        let sent = proxy.commands();
        for _ in 0..50 {
            assert_refused_at_once(&store, broken);
            for id in &well {
                store.plain(*id).set_nx("a").await.unwrap();
            }
        }
        // What needs the shard is refused before any of it is sent.
        let both = (keys::plain(well[0]).del(), keys::plain(broken).get());
        let error = store.pipeline(both).await.unwrap_err();
        assert!(is_refused(&error));
        assert!(store.plain(well[0]).exists().await.unwrap());
        assert_eq!(proxy.commands(), sent, "nothing is sent to an open shard");
        proxy.clear();
        proxy.cut();
    }
}

#[tokio::test]
async fn a_shard_that_is_well_again_is_found_so_by_probes() {
    let cluster = Cluster::start_behind_proxies();
    let (broken, _) = ids(&cluster, 2);
    let proxy = &cluster.proxies()[2];
    let store = on_cluster(&cluster, MOMENT, PATIENCE).await;
    store.plain(broken).set_nx("a").await.unwrap();
    proxy.inject(When::any(), Fault::reply_lost());
    open(&store, broken).await;
    proxy.clear();
    while let Err(error) = store.plain(broken).set_nx("a").await {
        assert!(is_refused(&error), "{error}");
    }
    for _ in 0..100 {
        store.plain(broken).set_nx("a").await.unwrap();
    }
    assert_eq!(open_breakers(&store), 0);
}
