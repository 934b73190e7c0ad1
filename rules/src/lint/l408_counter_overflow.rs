//! # L408 COUNTER_OVERFLOW
//!
//! The server counts in 64 bits with a sign and knows nothing of a narrower type: a `counter: u8` goes from 255 to 256 like
//! any other, and from then on no program can read it. Counters of 8 or 16 bits that nothing resets are found; 32 bits and
//! more are left alone, and so are scores, whose units all stay exact below 2^53.
//!
//! ```yaml wrong
//! edition: 1
//! schema: shop
//! version: 1
//! keys:
//!   orders: { key: orders, ttl: { none: a total }, counter: u16 }
//! ```
//!
//! ```yaml right
//! edition: 1
//! schema: shop
//! version: 1
//! keys:
//!   orders: { key: orders, ttl: { none: a total }, counter: i64 }
//! ```

use redis_schema_model::model::{Lifetime, OnWrite, Structure, Type};

use super::{Found, Lint, Subject, lint};
use crate::fix::Fix;

pub(super) const LINT: Lint = lint!(
    "L408" "COUNTER_OVERFLOW",
    "a counter that outgrows its type",
    Standard,
    "l408_counter_overflow.rs",
    Check(check),
    fix = Safe
);

fn check(subject: &Subject<'_>, found: &mut Found<'_>) {
    for key in subject.own_keys() {
        let (wider, most) = match &key.structure {
            Structure::Counter(Type::Unsigned(bits @ (8 | 16))) => ("u32", (1_u32 << bits) - 1),
            Structure::Counter(Type::Signed(bits @ (8 | 16))) => ("i32", (1_u32 << (bits - 1)) - 1),
            _ => continue,
        };
        let resets = matches!(&key.lifetime, Lifetime::Expires(expiry) if expiry.on_write != OnWrite::Refresh);
        if resets {
            continue;
        }
        let place = subject.key_place(key, "counter");
        found
            .at(
                place,
                format!("`{}` cannot be read beyond {most}", key.name),
            )
            .label("the server goes on counting")
            .help(format!("write `counter: {wider}` or wider"))
            .fix(Some(Fix::replace(place, wider)));
    }
}
