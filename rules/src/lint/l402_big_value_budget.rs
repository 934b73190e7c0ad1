//! # L402 BIG_VALUE_BUDGET
//!
//! The server works on one command at a time: a value of several megabytes makes everybody else wait while it is copied.
//! Typical values (`size:`) have at most 512 KiB. `policy: max_value_bytes:` sets a limit of one's own, which the checker
//! enforces as E0614.
//!
//! ```yaml wrong
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   scan: { key: "scan:{id}", ttl: 1h, size: { bytes: 8MiB, keys: 100 }, string: bytes }
//! ```
//!
//! ```yaml right
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid, part: u16 }
//! keys:
//!   scan: { key: "scan:{id}:{part}", ttl: 1h, size: { bytes: 256KiB, keys: 3200 }, string: bytes }
//! ```

use super::{Found, Lint, Subject, lint};

pub(super) const LINT: Lint = lint!(
    "L402" "BIG_VALUE_BUDGET",
    "a value that blocks the server while it is copied",
    Standard,
    "l402_big_value_budget.rs",
    Check(check)
);

/// Bytes that are copied in well under a millisecond.
const MOST: u64 = 512 * 1024;

fn check(subject: &Subject<'_>, found: &mut Found<'_>) {
    if subject.schema.policy.max_value_bytes.is_some() {
        return;
    }
    for key in subject.own_keys() {
        if let Some((bytes, _)) = key.size.filter(|(bytes, _)| *bytes > MOST) {
            found
                .at(
                    subject.key_place(key, "size"),
                    format!("values of `{}` have {} KiB", key.name, bytes / 1024),
                )
                .label(format!("more than {} KiB", MOST / 1024))
                .help("split the value over several keys, compress it by `zstd:`, or set `policy: { max_value_bytes: … }`");
        }
    }
}
