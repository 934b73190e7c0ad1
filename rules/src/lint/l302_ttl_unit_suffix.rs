//! # L302 TTL_UNIT_SUFFIX
//!
//! `ttl: 3600` is an hour to one reader and three seconds and a half to another. A duration has its unit. `check --fix` takes
//! a bare number for seconds, as the commands of Redis do, and writes it in the largest unit that fits.
//!
//! ```yaml wrong
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 3600, string: bytes }
//! ```
//!
//! ```yaml right
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 1h, string: bytes }
//! ```

use redis_schema_model::diagnostic::Code;

use super::{Lint, lint};

pub(super) const LINT: Lint = lint!(
    "L302" "TTL_UNIT_SUFFIX",
    "a duration without its unit",
    Standard,
    "l302_ttl_unit_suffix.rs",
    Codes(&[Code::E0601]),
    fix = Safe
);
