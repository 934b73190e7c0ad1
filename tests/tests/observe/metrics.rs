use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use futures_util::future::join_all;
use metrics_util::MetricKind;
use metrics_util::debugging::{DebugValue, DebuggingRecorder, Snapshotter};
use redis_schema::observe::{BreakerState, Kind, METRICS};
use redis_schema::{BreakerOptions, Error};
use redis_schema_test_server::{Protocol, Server};

use crate::{SECRET, Store, patterns, store, tell};

/// A recorder for what happens on this thread.
pub(crate) struct Recorded {
    snapshotter: Snapshotter,
    _guard: metrics::LocalRecorderGuard<'static>,
}

impl Recorded {
    pub(crate) fn new() -> Self {
        let recorder = Box::leak(Box::new(DebuggingRecorder::new()));
        Self {
            snapshotter: recorder.snapshotter(),
            _guard: metrics::set_default_local_recorder(recorder),
        }
    }

    /// Every metric so far as `name{label="value",…}` with its number; of histograms the number of records.
    pub(crate) fn take(&self) -> BTreeMap<String, u64> {
        let all = self.snapshotter.snapshot().into_vec();
        let line = |(key, _, _, value): (metrics_util::CompositeKey, _, _, DebugValue)| {
            let (_, key) = key.into_parts();
            let labels: Vec<String> = key
                .labels()
                .map(|label| format!("{}={}", label.key(), label.value()))
                .collect();
            let number = match value {
                DebugValue::Counter(count) => count,
                DebugValue::Gauge(value) => value.into_inner() as u64,
                DebugValue::Histogram(values) => values.len() as u64,
            };
            (format!("{}{{{}}}", key.name(), labels.join(",")), number)
        };
        all.into_iter().map(line).collect()
    }
}

pub(crate) fn of(found: &BTreeMap<String, u64>, name: &str) -> u64 {
    found.get(name).copied().unwrap_or_default()
}

/// Puts a list where the schema has a string.
fn spoil(server: &Server, id: &str) {
    let mut connection = server.connect(Protocol::Resp2, 2);
    let mut push = redis::cmd("RPUSH");
    push.arg(format!("eye:job:{id}"))
        .arg("x")
        .exec(&mut connection)
        .unwrap();
}

#[tokio::test]
async fn operations_hits_misses_and_errors_are_counted_by_template() {
    let recorded = Recorded::new();
    let server = Server::start();
    let store = store(&server).await;
    let job = store.job(SECRET);
    assert_eq!(job.get().await.unwrap(), None);
    job.set(SECRET.as_bytes()).await.unwrap();
    job.get().await.unwrap();
    store.tries(SECRET).incr().await.unwrap();
    spoil(&server, "spoilt");
    store.job("spoilt").get().await.unwrap_err();
    let found = recorded.take();
    let job = "template=job:{job_id}";
    for (name, count) in [
        (
            format!("redis_schema_operations_total{{{job},operation=GET,outcome=ok}}"),
            2,
        ),
        (
            format!("redis_schema_operations_total{{{job},operation=GET,outcome=error}}"),
            1,
        ),
        (
            format!("redis_schema_operations_total{{{job},operation=SET,outcome=ok}}"),
            1,
        ),
        (
            format!("redis_schema_errors_total{{{job},operation=GET,kind=wrong_type}}"),
            1,
        ),
        (
            format!("redis_schema_operation_duration_seconds{{{job},operation=GET}}"),
            1,
        ),
        (format!("redis_schema_hits_total{{{job},operation=GET}}"), 1),
        (
            format!("redis_schema_misses_total{{{job},operation=GET}}"),
            1,
        ),
        (
            "redis_schema_operations_total{template=tries:{job_id},operation=INCRBY,outcome=ok}"
                .into(),
            1,
        ),
    ] {
        assert_eq!(of(&found, &name), count, "{name} in {found:#?}");
    }
}

#[tokio::test]
async fn a_batch_is_one_duration_and_each_of_its_commands_an_operation() {
    let recorded = Recorded::new();
    let server = Server::start();
    let store = store(&server).await;
    let (job, tries) = (store.job("a"), store.tries("a"));
    store.atomic((job.set(b"x"), tries.incr())).await.unwrap();
    store
        .pipeline((job.get(), store.job("b").get(), tries.incr()))
        .await
        .unwrap();
    store.pipeline((job.get(), job.get())).await.unwrap();
    let found = recorded.take();
    let job = "template=job:{job_id}";
    for (name, count) in [
        (
            "redis_schema_operation_duration_seconds{template=(several),operation=MULTI}".into(),
            1,
        ),
        (
            "redis_schema_operation_duration_seconds{template=(several),operation=PIPELINE}".into(),
            1,
        ),
        (
            format!("redis_schema_operation_duration_seconds{{{job},operation=PIPELINE}}"),
            1,
        ),
        (
            format!("redis_schema_operations_total{{{job},operation=SET,outcome=ok}}"),
            1,
        ),
        (
            format!("redis_schema_operations_total{{{job},operation=GET,outcome=ok}}"),
            4,
        ),
        (
            "redis_schema_operations_total{template=tries:{job_id},operation=INCRBY,outcome=ok}"
                .into(),
            2,
        ),
        (format!("redis_schema_hits_total{{{job},operation=GET}}"), 3),
        (
            format!("redis_schema_misses_total{{{job},operation=GET}}"),
            1,
        ),
    ] {
        assert_eq!(of(&found, &name), count, "{name} in {found:#?}");
    }
}

#[tokio::test]
async fn who_stops_waiting_is_counted() {
    let recorded = Recorded::new();
    let server = Server::start();
    let store = store(&server).await;
    tell(&server, &["CLIENT", "PAUSE", "60000", "WRITE"]);
    let tries = store.tries("a");
    let waiting = tokio::time::timeout(Duration::from_millis(20), tries.incr());
    waiting.await.unwrap_err();
    tell(&server, &["CLIENT", "UNPAUSE"]);
    let found = recorded.take();
    let name =
        "redis_schema_operations_total{template=tries:{job_id},operation=INCRBY,outcome=cancelled}";
    assert_eq!(of(&found, name), 1, "{found:#?}");
}

/// The sum over all connections.
fn in_flight(recorded: &Recorded) -> u64 {
    let found = recorded.take();
    let gauges = found
        .iter()
        .filter(|(name, _)| name.starts_with("redis_schema_in_flight{"));
    gauges.map(|(_, number)| number).sum()
}

#[tokio::test]
async fn what_is_under_way_on_connections_is_told_until_it_is_not() {
    let recorded = Recorded::new();
    let server = Server::start();
    let store = store(&server).await;
    tell(&server, &["CLIENT", "PAUSE", "60000", "WRITE"]);
    let tries = store.tries("a");
    let waiting = async |number| {
        while in_flight(&recorded) != number {
            tokio::task::yield_now().await;
        }
    };
    let writes = join_all((0..5).map(|_| tries.incr().into_future()));
    let resume = async {
        waiting(5).await;
        tell(&server, &["CLIENT", "UNPAUSE"]);
    };
    let all = async {
        let (done, ()) = tokio::join!(writes, resume);
        assert!(done.iter().all(Result::is_ok));
        waiting(0).await;
        // Those that a connection takes with it are under way no more.
        tell(&server, &["CLIENT", "PAUSE", "60000", "WRITE"]);
        let lost = join_all((0..5).map(|_| tries.incr().into_future()));
        let kill = async {
            waiting(5).await;
            tell(
                &server,
                &["CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"],
            );
        };
        let (lost, ()) = tokio::join!(lost, kill);
        assert!(lost.iter().all(Result::is_err));
        waiting(0).await;
    };
    let time = Duration::from_secs(20);
    tokio::time::timeout(time, all).await.unwrap();
}

#[tokio::test]
async fn loads_are_counted_by_what_became_of_them() {
    let recorded = Recorded::new();
    let server = Server::start();
    let store = store(&server).await;
    type Loaded = Result<Option<Vec<u8>>, &'static str>;
    let (draft, other) = (store.draft(SECRET), store.draft("other"));
    let nothing = draft.get_or_load(async || Loaded::Ok(None)).await;
    assert_eq!(nothing.unwrap(), None);
    let failed = draft.get_or_load(async || Loaded::Err("away")).await;
    failed.unwrap_err();
    let for_ever = other.get_or_load(std::future::pending::<Loaded>);
    let cancelled = tokio::time::timeout(Duration::from_millis(20), for_ever).await;
    cancelled.unwrap_err();
    let load = async || {
        tokio::task::yield_now().await;
        Loaded::Ok(Some(SECRET.into()))
    };
    let both = tokio::join!(draft.get_or_load(load), draft.get_or_load(load));
    assert_eq!(both.0.unwrap(), both.1.unwrap());
    draft.get_or_load(load).await.unwrap();
    tell(&server, &["CONFIG", "SET", "maxmemory", "1"]);
    other.get_or_load(load).await.unwrap();
    let found = recorded.take();
    let count = |name: &str| of(&found, name);
    let loads = |outcome: &str| {
        count(&format!(
            "redis_schema_loads_total{{template=draft:{{job_id}},outcome={outcome}}}"
        ))
    };
    let outcomes = ["loaded", "nothing", "error", "cancelled", "shared"];
    assert_eq!(outcomes.map(loads), [2, 1, 1, 1, 1], "{found:#?}");
    let unstored = "redis_schema_degraded_total{template=draft:{job_id},kind=unstored}";
    assert_eq!(count(unstored), 1, "{found:#?}");
}

#[tokio::test]
async fn calls_to_caches_are_counted_by_what_became_of_them() {
    let recorded = Recorded::new();
    let server = Server::start();
    let store = store(&server).await;
    type Loaded = Result<Option<Vec<u8>>, &'static str>;
    let (page, other) = (store.page(SECRET), store.page("other"));
    let load = async || Loaded::Ok(Some(SECRET.into()));
    other
        .get_or_load(async || Loaded::Err("away"))
        .await
        .unwrap_err();
    for _ in 0..2 {
        let nothing = other.get_or_load(async || Loaded::Ok(None)).await;
        assert_eq!(nothing.unwrap(), None);
    }
    let both = tokio::join!(page.get_or_load(load), page.get_or_load(load));
    assert_eq!(both.0.unwrap(), both.1.unwrap());
    page.get_or_load(load).await.unwrap();
    // Ten minutes before its end it is no longer fresh.
    age(&server, "eye:page:hunter2");
    let stale = async || {
        page.get_or_load(async || Loaded::Err("nobody loads twice"))
            .await
            .unwrap();
        Loaded::Ok(Some(SECRET.into()))
    };
    page.get_or_load(stale).await.unwrap();
    let forget = async || {
        store.page("third").invalidate().await.unwrap();
        Loaded::Ok(Some(SECRET.into()))
    };
    store.page("third").get_or_load(forget).await.unwrap();
    let mut connection = server.connect(Protocol::Resp2, 2);
    redis::cmd("SET")
        .arg("eye:page:fourth")
        .arg("{")
        .exec(&mut connection)
        .unwrap();
    let for_ever = store.page("fourth");
    let for_ever = for_ever.get_or_load(std::future::pending::<Loaded>);
    tokio::time::timeout(Duration::from_millis(20), for_ever)
        .await
        .unwrap_err();
    let found = recorded.take();
    let count = |name: &str| of(&found, name);
    let reads = |outcome: &str| {
        count(&format!(
            "redis_schema_cache_reads_total{{template=page:{{job_id}},outcome={outcome}}}"
        ))
    };
    let outcomes = [
        "hit",
        "nothing",
        "stale",
        "loaded",
        "shared",
        "error",
        "cancelled",
    ];
    assert_eq!(outcomes.map(reads), [1, 1, 1, 4, 1, 1, 1], "{found:#?}");
    let entries = |event: &str| {
        count(&format!(
            "redis_schema_cache_entries_total{{template=page:{{job_id}},event={event}}}"
        ))
    };
    assert_eq!(["refused", "corrupt"].map(entries), [1, 1], "{found:#?}");
}

/// An entry that is gone in ten minutes.
fn age(server: &Server, key: &str) {
    let mut connection = server.connect(Protocol::Resp2, 2);
    redis::cmd("EXPIRE")
        .arg(key)
        .arg(600)
        .exec(&mut connection)
        .unwrap();
}

/// Does everything that any metric is about.
async fn everything() -> BTreeMap<String, u64> {
    let recorded = Recorded::new();
    let server = Server::start();
    let store = Store::builder()
        .url(&server.url(Protocol::Resp3, 0))
        .circuit_breaker(BreakerOptions::new().min_calls(1))
        .fail_when_down();
    let store = store.open().await.unwrap();
    store.job(SECRET).get().await.unwrap();
    store.job(SECRET).set(SECRET.as_bytes()).await.unwrap();
    store.job(SECRET).get().await.unwrap();
    spoil(&server, "spoilt");
    store.job("spoilt").get().await.unwrap_err();
    let draft = store.draft(SECRET);
    let failed = draft.get_or_load(async || Err::<Option<Vec<u8>>, _>(SECRET));
    failed.await.unwrap_err();
    let page = store.page(SECRET);
    let forget = async || {
        store.page(SECRET).invalidate().await.unwrap();
        Ok::<_, Error>(Some(SECRET.into()))
    };
    page.get_or_load(forget).await.unwrap();
    store.calls(SECRET).admit().await.unwrap();
    patterns::lose(&server, &store, SECRET).await;
    crowd(&server, &store).await;
    // The connection breaks, so the next read is tried again over another one.
    tell(
        &server,
        &["CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"],
    );
    store.job(SECRET).get().await.unwrap();
    drop(server);
    for _ in 0..1000 {
        store.job(SECRET).get().await.unwrap_err();
    }
    assert_eq!(store.stats().nodes[0].breaker, Some(BreakerState::Open));
    assert_eq!(store.draft(SECRET).get().await.unwrap(), None, "degraded");
    recorded.take()
}

/// Has four fifths of the requests that may be under way wait for the server.
async fn crowd(server: &Server, store: &Store) {
    tell(server, &["CLIENT", "PAUSE", "60000", "WRITE"]);
    let limit = store.stats().nodes[0].limit;
    let writes = join_all((0..limit / 5 * 4).map(|_| store.tries("a").incr().into_future()));
    let resume = async {
        while store.stats().in_flight() < limit / 5 * 4 {
            tokio::task::yield_now().await;
        }
        tell(server, &["CLIENT", "UNPAUSE"]);
    };
    let (found, ()) = tokio::join!(writes, resume);
    assert!(found.iter().all(Result::is_ok));
}

#[tokio::test]
async fn the_table_lists_exactly_what_is_recorded() {
    let found = everything().await;
    let listed: BTreeSet<String> = METRICS
        .iter()
        .map(|metric| format!("{}{{{}}}", metric.name, metric.labels.join(",")))
        .collect();
    let recorded: BTreeSet<String> = found.keys().map(|line| shape(line)).collect();
    assert_eq!(recorded, listed);
    let text = format!("{found:?}");
    assert!(!text.contains(SECRET), "{text}");
}

/// `name{label,…}` without the values, which hold braces and commas of their own.
fn shape(line: &str) -> String {
    let (name, labels) = line.split_once('{').unwrap();
    let metric = METRICS.iter().find(|metric| metric.name == name);
    let metric = metric.unwrap_or_else(|| panic!("{name} is not in the table"));
    let mut rest = labels;
    let mut found = Vec::new();
    for label in metric.labels {
        let at = rest
            .find(&format!("{label}="))
            .unwrap_or_else(|| panic!("{line} lacks {label}"));
        rest = &rest[at..];
        found.push(*label);
    }
    assert_eq!(labels.matches('=').count(), found.len(), "{line}");
    format!("{name}{{{}}}", found.join(","))
}

#[tokio::test]
async fn the_recorder_is_told_kinds_and_meanings() {
    let recorder = Box::leak(Box::new(DebuggingRecorder::new()));
    let _guard = metrics::set_default_local_recorder(recorder);
    let server = Server::start();
    store(&server).await.job("a").get().await.unwrap();
    for (key, unit, about, _) in recorder.snapshotter().snapshot().into_vec() {
        let metric = METRICS
            .iter()
            .find(|metric| metric.name == key.key().name());
        let metric = metric.unwrap();
        let kind = match metric.kind {
            Kind::Counter => MetricKind::Counter,
            Kind::Gauge => MetricKind::Gauge,
            Kind::Histogram => MetricKind::Histogram,
        };
        assert_eq!(key.kind(), kind, "{}", metric.name);
        assert_eq!(about.as_deref(), Some(metric.about));
        assert_eq!(
            unit == Some(metrics::Unit::Seconds),
            metric.unit == "seconds"
        );
    }
}
