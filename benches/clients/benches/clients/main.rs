//! Generated accessors against hand-written redis-rs, fred and rustis: the same work on the same server in one
//! run, many callers on one connection each, rounds interleaved, medians. What is compared is each round with its
//! neighbour, so that a machine that is busy meanwhile is so for both. Ratios are printed with the range that holds the
//! true one with 95 % certainty.
//!
//! It is clients that are compared, so the server is made as fast as it can be: the keys fit into its processor's
//! cache. Where it is at the limit of its core all the same, nobody can be faster than anybody, and what differs is
//! the processor time of the clients.
//!
//! `REDIS_URL` names a server; without it an ephemeral `redis-server` is started and stopped. Words after `--`
//! choose kinds of work by a part of their name: `cargo bench -p redis-schema-bench-clients -- GET`.

#![allow(missing_docs, clippy::unwrap_used, clippy::print_stdout)]

mod contender;
mod seen;
mod work;

use std::sync::Arc;
use std::time::Instant;

use redis_schema_benches::{Counting, allocations, cpu_seconds};
use redis_schema_test_server::{Protocol, Server};
use uuid::Uuid;

use contender::{Contender, redis_rs};
use seen::Seen;
use work::Work;

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// In whose order the contenders have their rounds, in turns: each comes after each other one equally often, as what
/// the one before has left in the processor's caches counts.
const ORDERS: [[usize; 4]; 4] = [[0, 1, 3, 2], [1, 2, 0, 3], [2, 3, 1, 0], [3, 0, 2, 1]];
/// Callers, and commands of one round: alone, a caller waits for every answer.
const SINGLE: [(usize, usize); 3] = [(1, 1_000), (64, 8_000), (512, 16_000)];
/// The same where one call carries a hundred keys.
const BATCHED: [(usize, usize); 3] = [(1, 10_000), (64, 40_000), (512, 102_400)];
const DOCUMENTS: usize = 1_000;

async fn round(
    server: &mut redis_rs::Client,
    contender: &Contender,
    work: Work,
    callers: usize,
    commands: usize,
    ids: &Arc<Vec<Uuid>>,
    seen: &mut Seen,
) {
    let each = (commands / callers / work.size()).max(2);
    let served = server.server_seconds().await;
    let (allocated, cpu, start) = (allocations(), cpu_seconds(), Instant::now());
    let tasks: Vec<_> = (0..callers)
        .map(|caller| {
            let (mut contender, ids) = (contender.clone(), ids.clone());
            tokio::spawn(async move {
                let value = "x".repeat(256);
                for turn in 0..each {
                    let at = (caller * 7919 + turn * work.size()) % (DOCUMENTS - work.size());
                    let ids = &ids[at..at + work.size()];
                    contender.run(work, ids, &value).await;
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    #[allow(clippy::cast_precision_loss)]
    let (done, allocated) = (
        (each * callers * work.size()) as f64,
        (allocations() - allocated) as f64,
    );
    let (speed, cpu) = (done / start.elapsed().as_secs_f64(), cpu_seconds() - cpu);
    let served = server.server_seconds().await - served;
    seen.commands_a_second.push(speed);
    seen.cpu_micros.push(cpu / done * 1e6);
    seen.server_micros.push(served / done * 1e6);
    seen.allocations.push(allocated / done);
}

async fn compare(
    server: &mut redis_rs::Client,
    contenders: &[Contender; 4],
    work: Work,
    ids: &Arc<Vec<Uuid>>,
) {
    let rounds = if work.size() == 1 { SINGLE } else { BATCHED };
    for (callers, commands) in rounds {
        let mut seen = vec![Seen::default(); contenders.len()];
        for order in ORDERS.iter().cycle().take(work.rounds()) {
            for &side in order {
                let contender = &contenders[side];
                let seen = &mut seen[side];
                round(server, contender, work, callers, commands, ids, seen).await;
            }
        }
        println!("{}, {callers} callers", work.name());
        let names: Vec<&str> = contenders.iter().map(Contender::name).collect();
        seen::print(&names, callers, &seen);
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let server = std::env::var("REDIS_URL").is_err().then(Server::start);
    let url = server.as_ref().map_or_else(
        || std::env::var("REDIS_URL").unwrap_or_default(),
        |server| server.url(Protocol::Resp2, 0),
    );
    // Each client speaks the protocol that it speaks by itself.
    let url = url.split('?').next().unwrap_or_default();
    let wanted: Vec<String> = std::env::args()
        .skip(1)
        .filter(|word| !word.starts_with("--"))
        .collect();
    let contenders = Contender::all(url).await;
    let mut seeing = redis_rs::Client::connect(url).await;
    let ids: Arc<Vec<Uuid>> = Arc::new((0..DOCUMENTS).map(|_| Uuid::new_v4()).collect());
    for part in ids.chunks(100) {
        contenders[0]
            .clone()
            .run(Work::SetPipeline, part, &"x".repeat(256))
            .await;
    }
    for work in Work::ALL {
        if wanted.is_empty() || wanted.iter().any(|part| work.name().contains(part)) {
            compare(&mut seeing, &contenders, work, &ids).await;
        }
    }
}
