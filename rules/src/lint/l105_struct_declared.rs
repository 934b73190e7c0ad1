//! # L105 STRUCT_DECLARED
//!
//! A key says what lies under it: exactly one structure, made of types that exist. Without that nobody knows which commands
//! are right for it.
//!
//! ```yaml wrong
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 1h }
//! ```
//!
//! ```yaml right
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 1h, list: [slug] }
//! ```

use redis_schema_model::diagnostic::Code;

use super::{Lint, lint};

pub(super) const LINT: Lint = lint!(
    "L105" "STRUCT_DECLARED",
    "a key without structure, or of an unknown type",
    Minimal,
    "l105_struct_declared.rs",
    Codes(&[Code::E0208, Code::E0209, Code::E0305, Code::E0501, Code::E0606])
);
