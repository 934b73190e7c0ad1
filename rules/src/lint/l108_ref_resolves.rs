//! # L108 REF_RESOLVES
//!
//! What is named must exist: types, keys of a `ref` or a unit, parameters of a group, databases, files of an import.
//!
//! ```yaml wrong
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 1h, string: bytes }
//!   carts: { key: carts, ttl: 1h, set: { ref: card.id } }
//! ```
//!
//! ```yaml right
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 1h, string: bytes }
//!   carts: { key: carts, ttl: 1h, set: { ref: cart.id } }
//! ```

use redis_schema_model::diagnostic::Code;

use super::{Lint, lint};

pub(super) const LINT: Lint = lint!(
    "L108" "REF_RESOLVES",
    "a name of something that does not exist",
    Minimal,
    "l108_ref_resolves.rs",
    Codes(&[
        Code::E0211,
        Code::E0304,
        Code::E0305,
        Code::E0306,
        Code::E0307,
        Code::E0314,
        Code::E0607,
    ])
);
