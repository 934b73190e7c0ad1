//! # L109 EDITION_SET
//!
//! The edition freezes rules and defaults: an upgrade of the tool never changes the verdict about a file that says which
//! edition it was written against. `check --fix` adds the line.
//!
//! ```yaml wrong
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 1h, string: bytes }
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
    "L109" "EDITION_SET",
    "a schema that does not say its edition",
    Minimal,
    "l109_edition_set.rs",
    Codes(&[Code::E0204]),
    fix = Safe
);
