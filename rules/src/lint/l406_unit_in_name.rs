//! # L406 UNIT_IN_NAME
//!
//! `timeout: u32` decodes as well in seconds as in milliseconds, and a wrong guess is off by a thousand with no error anywhere.
//! A number whose name speaks of time, size or money says its unit: in the name (`timeout_ms`), by `unit:`, or by a type
//! that has one (`duration_ms`, `timestamp_s`).
//!
//! ```yaml wrong
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 1h, hash: { price: u64, delay: u32 } }
//! ```
//!
//! ```yaml right
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 1h, hash: { price: { type: u64, unit: cents }, delay: duration_ms } }
//! ```

use redis_schema_model::model::{Field, Schema, Type};

use super::words::words;
use super::{Found, Lint, Subject, lint, walk};

pub(super) const LINT: Lint = lint!(
    "L406" "UNIT_IN_NAME",
    "a number of time, size or money without its unit",
    Standard,
    "l406_unit_in_name.rs",
    Check(check)
);

/// Last words of names, and a type or unit that would say more.
const MEASURES: [(&[&str], &str); 3] = [
    (
        &[
            "age", "delay", "duration", "elapsed", "interval", "latency", "lifetime", "timeout",
            "ttl", "uptime", "wait",
        ],
        "duration_ms",
    ),
    (
        &[
            "size", "memory", "disk", "quota", "weight", "distance", "width", "height",
        ],
        "{ type: u64, unit: bytes }",
    ),
    (
        &[
            "amount", "balance", "budget", "cost", "fee", "price", "revenue", "salary",
        ],
        "{ type: u64, unit: cents }",
    ),
];

fn check(subject: &Subject<'_>, found: &mut Found<'_>) {
    for (_, field) in walk::fields(subject.schema) {
        if field.unit.is_some() || !is_number(subject.schema, field) {
            continue;
        }
        let last = words(field.name.as_str()).last().unwrap_or_default();
        let measure = MEASURES.iter().find(|(names, _)| names.contains(&last));
        if let Some((_, better)) = measure {
            found
                .at(
                    field.span,
                    format!("`{}` does not say its unit", field.name),
                )
                .label(format!("{last} in what?"))
                .help(format!("for instance `{}: {better}`", field.name));
        }
    }
}

fn is_number(schema: &Schema, field: &Field) -> bool {
    matches!(
        walk::bare(schema, &field.ty),
        Type::Unsigned(_) | Type::Signed(_) | Type::Float(_) | Type::Decimal
    )
}
