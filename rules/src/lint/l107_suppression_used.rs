//! # L107 SUPPRESSION_USED
//!
//! An exception that excepts nothing hides the next real finding, and one of a rule that does not exist was never heard.
//! Every `allow:` and every line of `policy: lint:` names a rule that exists and can be changed, gives a reason where one is
//! asked for, and still matches something. Exceptions of rules that are not asked at all are left alone.
//!
//! ```yaml wrong
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 1h, list: [slug], allow: { L401: Carts are small } }
//! ```
//!
//! ```yaml right
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: { none: archive }, list: [slug], allow: { L401: Carts are small } }
//! ```

use super::{Lint, lint};

pub(super) const LINT: Lint = lint!(
    "L107" "SUPPRESSION_USED",
    "an exception that names no rule, gives no reason, or is not needed",
    Minimal,
    "l107_suppression_used.rs",
    BySettings
);
