//! # L101 TEMPLATE_PARSEABLE
//!
//! A template is only useful if it can be read, and if a key can be taken apart again: whoever lists keys by `SCAN` must
//! learn which job a key is of. Placeholders are named, braces are balanced, no placeholder stands twice, and no key has
//! two readings. The checker refuses anything else, so this rule cannot be switched off.
//!
//! ```yaml wrong
//! edition: 1
//! schema: shop
//! version: 1
//! params: { shop: slug, cart: slug }
//! keys:
//!   cart: { key: "cart:{shop}{cart}", ttl: 1h, string: bytes }
//! ```
//!
//! ```yaml right
//! edition: 1
//! schema: shop
//! version: 1
//! params: { shop: slug, cart: slug }
//! keys:
//!   cart: { key: "cart:{shop}:{cart}", ttl: 1h, string: bytes }
//! ```

use redis_schema_model::diagnostic::Code;

use super::{Lint, lint};

pub(super) const LINT: Lint = lint!(
    "L101" "TEMPLATE_PARSEABLE",
    "a template that cannot be read, or whose keys cannot be read back",
    Minimal,
    "l101_template_parseable.rs",
    Codes(&[
        Code::E0401,
        Code::E0402,
        Code::E0403,
        Code::E0404,
        Code::E0405,
        Code::E0408,
        Code::E0409,
    ])
);
