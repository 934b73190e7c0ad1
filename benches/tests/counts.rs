//! Exact counts that do not wobble: allocations of building keys and commands, and of whole calls.
//!
//! One test in one thread, because the counter belongs to the whole process.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use redis_schema::__generated_0_1 as rt;
use redis_schema_benches::keys::{Calls, Schema, State};
use redis_schema_benches::values::Job;
use redis_schema_benches::{Counting, allocations};
use redis_schema_test_server::{Protocol, Server};
use rt::value::Uuid;

#[global_allocator]
static ALLOCATOR: Counting = Counting;

const ROUNDS: u64 = 1000;

/// Allocations of one run, once buffers have been made.
fn steady(mut run: impl FnMut()) -> u64 {
    for _ in 0..ROUNDS {
        run();
    }
    let before = allocations();
    for _ in 0..ROUNDS {
        run();
    }
    (allocations() - before).div_ceil(ROUNDS)
}

/// Values are written into a buffer that the thread keeps, and read straight into their type.
fn values() {
    type Json = rt::Json<Job>;
    for files in [0, 4, 64, 1024] {
        let job = Job::with_files(files);
        let written = steady(|| {
            let encoded = <Json as rt::Codec>::encode(&job, |bytes| {
                std::hint::black_box(bytes);
            });
            encoded.unwrap();
        });
        let bytes = serde_json::to_vec(&job).unwrap();
        assert_eq!(written, 0, "writing {} B", bytes.len());

        // The text, the vector that grows, one text for each file and each kind; and the reply itself.
        let read = steady(|| {
            let job = <Json as rt::Codec>::decode(bytes.clone()).unwrap();
            std::hint::black_box(job);
        });
        let by_hand = steady(|| {
            let reply = bytes.clone();
            std::hint::black_box(serde_json::from_slice::<Job>(&reply).unwrap());
        });
        assert!(
            read <= by_hand,
            "reading {} B: {read} against {by_hand} by hand",
            bytes.len()
        );
    }
}

/// What a limiter decides costs the list that the server answers, and is one command to it. Where metrics are
/// compiled in, as in a build of the whole workspace, the labels of its count are one more.
fn decisions(runtime: &tokio::runtime::Runtime, store: &rt::Store, raw: &mut redis::Connection) {
    let calls = rt::Handle::with(Calls { id: Uuid::nil() }, store);
    let decided = steady(|| {
        assert!(
            runtime
                .block_on(async { calls.admit().await })
                .unwrap()
                .allowed
        );
    });
    assert!(
        (1..=2).contains(&decided),
        "a decision: the answer, and labels at most; {decided}"
    );
    redis::cmd("CONFIG").arg("RESETSTAT").exec(raw).unwrap();
    for _ in 0..ROUNDS {
        runtime.block_on(async { calls.admit().await }).unwrap();
    }
    let stats: String = redis::cmd("INFO").arg("commandstats").query(raw).unwrap();
    let scripts = format!("cmdstat_eval:calls={ROUNDS},");
    assert!(stats.contains(&scripts), "one command for each: {stats}");
}

/// A pipeline costs a handful of allocations however long it is, besides the texts that it reads.
fn pipelines(
    runtime: &tokio::runtime::Runtime,
    store: &rt::Store,
    raw: &mut redis::aio::MultiplexedConnection,
) {
    let value = "x".repeat(256);
    for commands in [10, 100] {
        let ids: Vec<Uuid> = (0..commands).map(|id| Uuid::from_u128(id.into())).collect();
        let handles = || ids.iter().map(|id| rt::Handle::new(State { id: *id }));
        let set = steady(|| {
            let sets: Vec<_> = handles().map(|state| state.set(&value)).collect();
            runtime.block_on(store.pipeline(sets)).unwrap();
        });
        let get = steady(|| {
            let gets: Vec<_> = handles().map(|state| state.get()).collect();
            drop(runtime.block_on(store.pipeline(gets)).unwrap());
        });
        let mut by_hand = |set: bool| {
            steady(|| {
                let mut pipe = redis::pipe();
                for id in &ids {
                    let key = format!("doc:state:{id}");
                    if set {
                        let cmd = pipe.cmd("SET").arg(&key).arg(&value);
                        cmd.arg("EX").arg(3600).ignore();
                    } else {
                        pipe.cmd("GET").arg(&key);
                    }
                }
                let texts: Vec<Option<String>> = runtime.block_on(pipe.query_async(raw)).unwrap();
                drop(texts);
            })
        };
        let (set_by_hand, get_by_hand) = (by_hand(true), by_hand(false));
        assert_eq!(
            set, 5,
            "{commands} SET in a pipeline; {set_by_hand} by hand"
        );
        assert_eq!(
            get,
            6 + commands,
            "{commands} GET in a pipeline; {get_by_hand} by hand"
        );
        assert!(
            set_by_hand > 8 * commands && get_by_hand > 6 * commands,
            "{commands} in a pipeline by hand: SET {set_by_hand}, GET {get_by_hand}"
        );
    }
}

#[test]
fn allocations_are_as_few_as_promised() {
    let id = Uuid::from_u128(0x1234_5678_9abc_def0_1234_5678_9abc_def0);
    let value = "x".repeat(256);

    let key = steady(|| {
        let mut key = rt::KeyBuf::new();
        rt::Key::write(&State { id }, &mut key);
        std::hint::black_box(key.as_bytes());
    });
    assert_eq!(key, 0, "building a key");

    let set = steady(|| {
        let command = rt::Handle::new(State { id }).set(&value);
        std::hint::black_box(command.packed().unwrap());
    });
    assert_eq!(set, 1, "building SET with its lifetime: the packet alone");

    let get = steady(|| {
        std::hint::black_box(rt::Handle::new(State { id }).get().packed().unwrap());
    });
    assert_eq!(get, 1, "building GET: the packet alone");

    values();

    let server = Server::start();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let url = server.url(Protocol::Resp2, 0);
    let store = runtime
        .block_on(rt::Store::connect::<Schema>(&url))
        .unwrap();
    let mut raw = runtime
        .block_on(store.client().get_multiplexed_async_connection())
        .unwrap();
    pipelines(&runtime, &store, &mut raw);
    decisions(&runtime, &store, &mut server.connect(Protocol::Resp2, 0));
    let mut call = |side: usize| {
        steady(|| {
            runtime.block_on(async {
                match side {
                    0 => rt::Handle::with(State { id }, &store)
                        .set(&value)
                        .await
                        .unwrap(),
                    1 => {
                        let key = format!("doc:state:{id}");
                        let mut cmd = redis::cmd("SET");
                        cmd.arg(&key).arg(&value).arg("EX").arg(3600);
                        cmd.exec_async(&mut raw).await.unwrap();
                    }
                    2 => drop(rt::Handle::with(State { id }, &store).get().await.unwrap()),
                    _ => {
                        let key = format!("doc:state:{id}");
                        let got: Option<String> = redis::cmd("GET")
                            .arg(&key)
                            .query_async(&mut raw)
                            .await
                            .unwrap();
                        drop(got);
                    }
                }
            });
        })
    };
    let [set, set_by_hand, get, get_by_hand] = [0, 1, 2, 3].map(&mut call);
    assert_eq!(set, 0, "SET; {set_by_hand} by hand");
    assert_eq!(get, 1, "GET: the value alone; {get_by_hand} by hand");
    assert!(
        set_by_hand >= 9 && get_by_hand >= 7,
        "by hand: SET {set_by_hand}, GET {get_by_hand}"
    );
}
