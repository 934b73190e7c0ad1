//! Building keys and commands, without a server: generated style against hand-written redis-rs.

#![allow(missing_docs, clippy::unwrap_used)]

use std::hint::black_box;

use redis_schema::__generated_0_1 as rt;
use redis_schema_benches::keys::State;
use redis_schema_benches::{Counting, Side, compare};
use rt::value::Uuid;

#[global_allocator]
static ALLOCATOR: Counting = Counting;

const ITER: usize = 400_000;

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
    compare("key", 9, ITER, &mut sides);
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
    compare("SET with lifetime, 256 B", 9, ITER, &mut sides);
}
