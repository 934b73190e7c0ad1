//! Whole calls over one connection each: generated accessors on the store's own against hand-written redis-rs on
//! its multiplexed one, 1, 64 and 512 tasks.
//!
//! `REDIS_URL` names a server; without it an ephemeral `redis-server` is started and stopped.

#![allow(missing_docs, clippy::unwrap_used, clippy::print_stdout)]

use std::sync::Arc;
use std::time::Instant;

use redis_schema::__generated_0_1 as rt;
use redis_schema_benches::keys::State;
use redis_schema_benches::{Counting, allocations, cpu_seconds, median, ratio};
use redis_schema_test_server::{Protocol, Server};
use rt::value::Uuid;

#[global_allocator]
static ALLOCATOR: Counting = Counting;

const ROUNDS: usize = 11;
const CALLS: usize = 40_000;
/// Of each pair the hand-written side comes first.
const SIDES: [&str; 4] = [
    "SET hand-written",
    "SET generated",
    "GET hand-written",
    "GET generated",
];

async fn call(
    side: usize,
    store: &rt::Store,
    con: &mut redis::aio::MultiplexedConnection,
    id: Uuid,
    value: &str,
) {
    match side {
        0 => {
            let key = format!("doc:state:{id}");
            let () = redis::cmd("SET")
                .arg(&key)
                .arg(value)
                .arg("EX")
                .arg(3600)
                .query_async(con)
                .await
                .unwrap();
        }
        1 => rt::Handle::with(State { id }, store)
            .set(value)
            .await
            .unwrap(),
        2 => {
            let key = format!("doc:state:{id}");
            let value: Option<String> = redis::cmd("GET").arg(&key).query_async(con).await.unwrap();
            std::hint::black_box(value);
        }
        _ => {
            std::hint::black_box(rt::Handle::with(State { id }, store).get().await.unwrap());
        }
    }
}

/// Calls a second, client CPU microseconds a call, allocations a call.
async fn round(
    side: usize,
    tasks: usize,
    store: &rt::Store,
    con: &redis::aio::MultiplexedConnection,
    ids: &Arc<Vec<Uuid>>,
) -> [f64; 3] {
    let calls = if tasks == 1 { CALLS / 8 } else { CALLS };
    let each = calls / tasks;
    let (allocated, cpu, start) = (allocations(), cpu_seconds(), Instant::now());
    let handles: Vec<_> = (0..tasks)
        .map(|task| {
            let (store, mut con, ids) = (store.clone(), con.clone(), ids.clone());
            tokio::spawn(async move {
                let value = "x".repeat(256);
                for i in 0..each {
                    let id = ids[(task * 7919 + i) % ids.len()];
                    call(side, &store, &mut con, id, &value).await;
                }
            })
        })
        .collect();
    for handle in handles {
        handle.await.unwrap();
    }
    let done = (each * tasks) as f64;
    [
        done / start.elapsed().as_secs_f64(),
        (cpu_seconds() - cpu) / done * 1e6,
        (allocations() - allocated) as f64 / done,
    ]
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let server = std::env::var("REDIS_URL").is_err().then(Server::start);
    let url = server.as_ref().map_or_else(
        || std::env::var("REDIS_URL").unwrap_or_default(),
        |server| server.url(Protocol::Resp2, 0),
    );
    let store = rt::Store::connect::<redis_schema_benches::keys::Schema>(&url)
        .await
        .unwrap();
    // As fast as redis-rs goes by hand: room for every task, and small requests leave at once, as the store's do.
    let config = redis::AsyncConnectionConfig::new()
        .set_response_timeout(Some(std::time::Duration::from_secs(5)))
        .set_pipeline_buffer_size(1024);
    let con = store
        .client()
        .get_multiplexed_async_connection_with_config(&config)
        .await
        .unwrap();
    let ids: Arc<Vec<Uuid>> = Arc::new((0..20_000).map(|_| Uuid::new_v4()).collect());
    for tasks in [1, 64, 512] {
        let mut seen = vec![[Vec::new(), Vec::new(), Vec::new()]; SIDES.len()];
        for at in 0..ROUNDS {
            for turn in 0..SIDES.len() {
                let side = (turn + at) % SIDES.len();
                let figures = round(side, tasks, &store, &con, &ids).await;
                for (list, figure) in seen[side].iter_mut().zip(figures) {
                    list.push(figure);
                }
            }
        }
        println!("{tasks} tasks");
        for (side, name) in SIDES.iter().enumerate() {
            let [calls, cpu, allocated] = [0, 1, 2].map(|at| median(&mut seen[side][at].clone()));
            println!(
                "  {name:<18} {calls:>9.0} calls/s  {cpu:>6.2} us CPU  {allocated:>5.2} allocations"
            );
        }
        for (side, (what, cpu_limit)) in [(1, ("SET", 0.85)), (3, ("GET", 0.95))] {
            let ratio = |at: usize| ratio(&seen[side][at], &seen[side - 1][at]);
            println!(
                "  {what} generated against hand-written: throughput x {} (limit {}), client CPU x {} (limit {cpu_limit})",
                ratio(0),
                if tasks == 1 { 0.98 } else { 1.05 },
                ratio(1),
            );
        }
    }
}
