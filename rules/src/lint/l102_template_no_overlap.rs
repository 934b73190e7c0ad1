//! # L102 TEMPLATE_NO_OVERLAP
//!
//! Two templates that can name the same key make one of them read what the other wrote: `WRONGTYPE` at best, wrong data at
//! worst. The checker decides exactly, over the alphabets of the placeholders, whether that can happen, also with keys of
//! others (`packs`) and with what removed keys have left behind (`tombstones`), and shows a name that both would match.
//!
//! ```yaml wrong
//! edition: 1
//! schema: shop
//! version: 1
//! params: { cart: slug, user: slug }
//! keys:
//!   cart: { key: "shop:{cart}", ttl: 1h, string: bytes }
//!   user: { key: "shop:{user}", ttl: 1h, string: bytes }
//! ```
//!
//! ```yaml right
//! edition: 1
//! schema: shop
//! version: 1
//! params: { cart: slug, user: slug }
//! keys:
//!   cart: { key: "shop:cart:{cart}", ttl: 1h, string: bytes }
//!   user: { key: "shop:user:{user}", ttl: 1h, string: bytes }
//! ```

use redis_schema_model::diagnostic::Code;

use super::{Lint, lint};

pub(super) const LINT: Lint = lint!(
    "L102" "TEMPLATE_NO_OVERLAP",
    "two templates that can name the same key",
    Minimal,
    "l102_template_no_overlap.rs",
    Codes(&[Code::E0701, Code::E0702, Code::E0703, Code::E0704])
);
