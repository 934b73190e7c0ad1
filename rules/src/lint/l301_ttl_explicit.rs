//! # L301 TTL_EXPLICIT
//!
//! A key without a lifetime is the most common leak of all. Each key says how long it lives, or `none` with the reason; only
//! keys that are described and never written (`external`) may leave it open.
//!
//! ```yaml wrong
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", string: bytes }
//! ```
//!
//! ```yaml right
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: { none: carts are archived by hand }, string: bytes }
//! ```

use redis_schema_model::diagnostic::Code;

use super::{Lint, lint};

pub(super) const LINT: Lint = lint!(
    "L301" "TTL_EXPLICIT",
    "a key that does not say how long it lives",
    Standard,
    "l301_ttl_explicit.rs",
    Codes(&[Code::E0204, Code::E0207])
);
