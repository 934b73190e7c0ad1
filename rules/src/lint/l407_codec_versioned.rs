//! # L407 CODEC_VERSIONED
//!
//! JSON and MessagePack carry the names of their fields, so that old and new programs read each other's values. Plain
//! `bytes` carry nothing: when their layout changes, nobody can tell which one lies there. Give them a version in the
//! template (`scan:v1:{id}`), or a type that evolves.
//!
//! ```yaml wrong
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   scan: { key: "scan:{id}", ttl: 1h, string: bytes }
//! ```
//!
//! ```yaml right
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   scan: { key: "scan:v1:{id}", ttl: 1h, string: bytes }
//! ```

use redis_schema_model::model::{Codec, Structure};

use super::words::words;
use super::{Found, Lint, Subject, lint, walk};

pub(super) const LINT: Lint = lint!(
    "L407" "CODEC_VERSIONED",
    "plain bytes whose layout has no version",
    Strict,
    "l407_codec_versioned.rs",
    Check(check)
);

fn check(subject: &Subject<'_>, found: &mut Found<'_>) {
    for key in subject.own_keys() {
        let mut values = walk::values(&key.structure);
        if let Structure::HashMap { value, .. } = &key.structure {
            values = vec![value];
        }
        let plain = values
            .iter()
            .any(|value| value.encoding.codec == Codec::Bytes);
        let literals = walk::literals(&key.template.segments);
        if plain && !literals.into_iter().flat_map(words).any(is_version) {
            found
                .at(
                    key.template.span,
                    format!("the bytes of `{}` have no version", key.name),
                )
                .label("no `v1` in it")
                .help("add a segment such as `v1`, or store a type as `msgpack<T>`");
        }
    }
}

/// `v1`, `v12`.
fn is_version(word: &str) -> bool {
    word.strip_prefix('v')
        .is_some_and(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
}
