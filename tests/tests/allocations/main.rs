//! What it costs to be observed and guarded: allocations of whole calls on a store with a circuit breaker
//! whose every call is counted by a recorder, beside those of a store without either.
//!
//! One test in one thread, because the counter belongs to the whole process.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod recorder;

use std::convert::Infallible;
use std::hint::black_box;

use redis_schema::BreakerOptions;
use redis_schema_benches::{Counting, allocations};
use redis_schema_test_server::{Protocol, Server};
use uuid::Uuid;

use recorder::Sums;

#[redis_schema::redis_schema("tests/allocations/calls.redis.yaml")]
mod calls {}

use calls::{Item, Store, keys};

#[global_allocator]
static ALLOCATOR: Counting = Counting;

const ROUNDS: u64 = 1000;

/// What is called, and the allocations of one call.
const CALLS: [(Call, u64, &str); 7] = [
    (Call::Set, 0, "SET with its lifetime"),
    (Call::Get, 1, "GET: the value"),
    (Call::Load, 1, "GET of what need not be loaded: the value"),
    (
        Call::Hset,
        2,
        "HSET with its lifetime: the transaction, and its answer",
    ),
    (
        Call::Pipeline,
        6,
        "three GET in a pipeline: lists of it, and the values",
    ),
    (
        Call::Cached,
        3,
        "a hit of a cache that may be stale: the script's list, the value, and the labels of the count",
    ),
    (
        Call::Admit,
        2,
        "a decision: the script's list, and the labels of the count",
    ),
];

#[derive(Debug, Clone, Copy)]
enum Call {
    Set,
    Get,
    Load,
    Hset,
    Pipeline,
    Cached,
    Admit,
}

impl Call {
    async fn run(self, store: &Store, ids: [Uuid; 3], value: &str, item: &Item) {
        match self {
            Self::Set => store.state(ids[0]).set(value).await.unwrap(),
            Self::Get => drop(store.state(ids[0]).get().await.unwrap()),
            Self::Load => {
                let key = store.state(ids[0]);
                let load = async || -> Result<_, Infallible> { panic!("it is stored") };
                drop(key.get_or_load(load).await.unwrap());
            }
            Self::Hset => store.item(ids[0]).hset(item).await.unwrap(),
            Self::Pipeline => {
                let gets = ids.map(|id| keys::state(id).get());
                drop(store.pipeline(Vec::from(gets)).await.unwrap());
            }
            Self::Cached => {
                let key = store.page(ids[0]);
                let load = async || Ok::<_, Infallible>(Some(value.to_owned()));
                drop(key.get_or_load(load).await.unwrap());
            }
            Self::Admit => {
                black_box(store.calls(ids[0]).admit().await.unwrap());
            }
        }
    }
}

/// Allocations of so many calls, once buffers have been made.
async fn steady(mut call: impl AsyncFnMut()) -> u64 {
    for _ in 0..ROUNDS {
        call().await;
    }
    let before = allocations();
    for _ in 0..ROUNDS {
        call().await;
    }
    allocations() - before
}

#[test]
fn metrics_and_a_breaker_allocate_nothing() {
    let server = Server::start();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let url = server.url(Protocol::Resp2, 0);
    let open = |breaker| {
        let builder = Store::builder().url(&url);
        let builder = match breaker {
            true => builder.circuit_breaker(BreakerOptions::default()),
            false => builder,
        };
        runtime.block_on(builder.open()).unwrap()
    };
    let (bare, guarded) = (open(false), open(true));
    let ids = [1, 2, 3].map(Uuid::from_u128);
    let (value, item) = ("x".repeat(256), item());
    let count = |call: Call, store: &Store| {
        runtime.block_on(steady(async || call.run(store, ids, &value, &item).await))
    };
    let sums = Sums::default();
    let counted = || sums.of("redis_schema_operations_total");
    for (call, expected, what) in CALLS {
        let alone = count(call, &bare);
        let before = counted();
        let observed = metrics::with_local_recorder(&sums, || count(call, &guarded));
        assert_eq!(alone, expected * ROUNDS, "{ROUNDS} times {what}");
        assert_eq!(observed, alone, "{what}, observed and guarded");
        let told = counted() - before;
        assert!(told >= 2 * ROUNDS, "{what}: only {told} were told");
    }
}

fn item() -> Item {
    Item {
        name: "report".to_owned(),
        state: "x".repeat(256),
        size: 4096,
    }
}
