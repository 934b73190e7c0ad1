//! # L103 NAME_UNIQUE
//!
//! Names become Rust names. Two things of one name, names that meet once they are written in Rust's way, and words that Rust
//! keeps to itself would not compile; the checker refuses them with the places of both.
//!
//! ```yaml wrong
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   self: { key: "cart:{id}", ttl: 1h, string: bytes }
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
    "L103" "NAME_UNIQUE",
    "a name that is taken, or that Rust keeps to itself",
    Minimal,
    "l103_name_unique.rs",
    Codes(&[Code::E0105, Code::E0301, Code::E0302, Code::E0303, Code::E0308, Code::E0309, Code::E0310])
);
