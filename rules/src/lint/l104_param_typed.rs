//! # L104 PARAM_TYPED
//!
//! A placeholder without a type can hold anything, the separator included. Every placeholder is declared with a type, and a
//! `string` says how its bytes stand in the key.
//!
//! ```yaml wrong
//! edition: 1
//! schema: shop
//! version: 1
//! params: { name: string }
//! keys:
//!   cart: { key: "cart:{name}", ttl: 1h, string: bytes }
//! ```
//!
//! ```yaml right
//! edition: 1
//! schema: shop
//! version: 1
//! params: { name: { type: string, max: 64, encode: percent } }
//! keys:
//!   cart: { key: "cart:{name}", ttl: 1h, string: bytes }
//! ```

use redis_schema_model::diagnostic::Code;

use super::{Lint, lint};

pub(super) const LINT: Lint = lint!(
    "L104" "PARAM_TYPED",
    "a placeholder whose type or encoding is not declared",
    Minimal,
    "l104_param_typed.rs",
    Codes(&[
        Code::E0304,
        Code::E0410,
        Code::E0411,
        Code::E0412,
        Code::E0413,
        Code::E0414,
        Code::E0415,
    ])
);
