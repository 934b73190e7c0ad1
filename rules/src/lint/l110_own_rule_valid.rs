//! # L110 OWN_RULE_VALID
//!
//! A rule of one's own under `policy: lint: own:` is a condition in the Common Expression Language over one thing of the
//! schema. It must be readable, use words that the thing has, compare what can be compared, and come to true or false.
//! What is wrong is shown in the condition itself, before any thing is looked at.
//!
//! ```yaml wrong
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 1h, string: bytes }
//! policy:
//!   lint:
//!     own: { X001: { for: keys, require: 'ownr != ""', message: every key names its team } }
//! ```
//!
//! ```yaml right
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", owner: team-carts, ttl: 1h, string: bytes }
//! policy:
//!   lint:
//!     own: { X001: { for: keys, require: 'owner != ""', message: every key names its team } }
//! ```

use super::{Lint, lint};

pub(super) const LINT: Lint = lint!(
    "L110" "OWN_RULE_VALID",
    "a rule of one's own that cannot be read or asked",
    Minimal,
    "l110_own_rule_valid.rs",
    BySettings,
    severity = Deny
);
