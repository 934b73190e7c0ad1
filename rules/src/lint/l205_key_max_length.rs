//! # L205 KEY_MAX_LENGTH
//!
//! A key is kept in memory once for each entry, sent with every command and written into every log. Names of more than
//! 1,024 bytes in the worst case are texts that belong under the key, or want `encode: hash`. `policy: max_key_bytes:` sets a
//! limit of one's own, which the checker enforces as E0416.
//!
//! ```yaml wrong
//! edition: 1
//! schema: shop
//! version: 1
//! params: { query: { type: string, max: 2000, encode: percent } }
//! keys:
//!   answer: { key: "answer:{query}", ttl: 1h, string: bytes }
//! ```
//!
//! ```yaml right
//! edition: 1
//! schema: shop
//! version: 1
//! params: { query: { type: string, max: 2000, encode: hash } }
//! keys:
//!   answer: { key: "answer:{query}", ttl: 1h, string: bytes }
//! ```

use redis_schema_model::template::longest;

use super::{Found, Lint, Subject, lint};

pub(super) const LINT: Lint = lint!(
    "L205" "KEY_MAX_LENGTH",
    "a key that can become very long",
    Standard,
    "l205_key_max_length.rs",
    Check(check)
);

/// Bytes of a name that is still one.
const MOST: u64 = 1024;

fn check(subject: &Subject<'_>, found: &mut Found<'_>) {
    if subject.schema.policy.max_key_bytes.is_some() {
        return;
    }
    for key in subject.own_keys() {
        let longest = longest(subject.schema, &key.prefix, &key.template);
        if let Some(bytes) = longest.filter(|bytes| *bytes > MOST) {
            found
                .at(
                    key.template.span,
                    format!("keys of `{}` can have {bytes} bytes", key.name),
                )
                .label(format!("more than {MOST}"))
                .help("lower the `max:` of a parameter, write `encode: hash`, or set `policy: { max_key_bytes: … }`");
        }
    }
}
