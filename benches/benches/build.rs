//! Building keys, commands and values, without a server: generated style against hand-written redis-rs.

#![allow(missing_docs, clippy::unwrap_used, clippy::print_stdout)]

use std::hint::black_box;

use redis_schema::__generated_0_1 as rt;
use redis_schema_benches::keys::State;
use redis_schema_benches::values::Job;
use redis_schema_benches::{Cost, Counting, Side, compare};
use rt::value::Uuid;

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// Many short rounds: on a busy machine most of them still run without a break.
const ROUNDS: usize = 401;
const ITER: usize = 5_000;

fn main() {
    let ids: Vec<Uuid> = (0..4096u128)
        .map(|i| Uuid::from_u128(i.wrapping_mul(0x9E37_79B9_7F4A_7C15_F39C_C060_5CED_C835)))
        .collect();
    let value = "x".repeat(256);
    let mut sides = [
        Side::new("format!", |i| {
            black_box(format!("doc:state:{}", ids[i & 4095]));
        }),
        Side::new("generated", |i| {
            let mut key = rt::KeyBuf::default();
            rt::Key::write(&State { id: ids[i & 4095] }, &mut key);
            black_box(key.as_bytes());
        }),
    ];
    expect(&compare("key", ROUNDS, ITER, &mut sides), 0.20, 0.0);
    let mut sides = [
        Side::new("cmd + format! + args, packed", |i| {
            let key = format!("doc:state:{}", ids[i & 4095]);
            let mut cmd = redis::cmd("SET");
            cmd.arg(&key).arg(&value).arg("EX").arg(3600);
            black_box(cmd.get_packed_command());
        }),
        Side::new("generated, packed", |i| {
            let command = rt::Handle::new(State { id: ids[i & 4095] }).set(&value);
            let _ = black_box(command.packed());
        }),
    ];
    let costs = compare("SET with lifetime, 256 B", ROUNDS, ITER, &mut sides);
    expect(&costs, 0.35, 3.0);
    for files in [0, 4, 64, 1024] {
        values(&Job::with_files(files));
    }
}

/// Prints what the second side cost beside its limits: a part of the first's time, and allocations.
fn expect(costs: &[Cost], part: f64, allocations: f64) {
    let [by_hand, generated] = costs else { return };
    println!(
        "  x {:.3} of the time by hand (limit {part}), {:.2} allocations (limit {allocations})",
        generated.nanos / by_hand.nanos,
        generated.allocations,
    );
}

/// A value of JSON written and read.
fn values(job: &Job) {
    type Json = rt::Json<Job>;
    let text = serde_json::to_vec(job).unwrap();
    let iterations = 200_000_000 / (text.len() + 1000);
    let mut sides = [
        Side::new("serde_json::to_vec", |_| {
            black_box(serde_json::to_vec(black_box(job)).unwrap());
        }),
        Side::new("generated, into the thread's buffer", |_| {
            let encoded = <Json as rt::Codec>::encode(black_box(job), |bytes| {
                black_box(bytes);
            });
            encoded.unwrap();
        }),
    ];
    compare(
        &format!("JSON of {} B written", text.len()),
        9,
        iterations,
        &mut sides,
    );
    let mut sides = [
        Side::new("serde_json::from_slice", |_| {
            let reply = black_box(text.clone());
            black_box(serde_json::from_slice::<Job>(&reply).unwrap());
        }),
        Side::new("generated", |_| {
            let reply = black_box(text.clone());
            black_box(<Json as rt::Codec>::decode(reply).unwrap());
        }),
    ];
    compare(
        &format!("JSON of {} B read", text.len()),
        9,
        iterations / 2,
        &mut sides,
    );
}
