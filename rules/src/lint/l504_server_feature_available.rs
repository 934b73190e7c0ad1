//! # L504 SERVER_FEATURE_AVAILABLE
//!
//! What the schema asks for must exist on the oldest server it says it is used with; otherwise the first call in production
//! answers `unknown command`. The checker compares every structure, lifetime and channel with `server:`.
//!
//! ```yaml wrong
//! edition: 1
//! schema: shop
//! version: 1
//! server: { min: "6.0" }
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: { default: 1h, on_read: refresh }, string: bytes }
//! ```
//!
//! ```yaml right
//! edition: 1
//! schema: shop
//! version: 1
//! server: { min: "6.2" }
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: { default: 1h, on_read: refresh }, string: bytes }
//! ```

use redis_schema_model::diagnostic::Code;

use super::{Lint, lint};

pub(super) const LINT: Lint = lint!(
    "L504" "SERVER_FEATURE_AVAILABLE",
    "a feature that the server lacks",
    Standard,
    "l504_server_feature_available.rs",
    Codes(&[Code::E0901, Code::E0902])
);
