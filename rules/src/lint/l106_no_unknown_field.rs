//! # L106 NO_UNKNOWN_FIELD
//!
//! A misspelt field that is silently ignored is a setting that nobody made. Every field is known, or an error that names the
//! nearest known one.
//!
//! ```yaml wrong
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 1h, strng: bytes, string: bytes }
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
    "L106" "NO_UNKNOWN_FIELD",
    "a field that the language does not know",
    Minimal,
    "l106_no_unknown_field.rs",
    Codes(&[Code::E0201])
);
