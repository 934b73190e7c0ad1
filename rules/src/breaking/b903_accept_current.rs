//! # B903 ACCEPT_CURRENT
//!
//! A record under `accept:` is past its last day, and what it accepted is found again. Whoever owns it decides
//! anew: take the change back, or give the record another day.

use super::{Rule, breaking, records};

pub(super) const RULE: Rule = records::rule(breaking!(
    "B903" "ACCEPT_CURRENT",
    "a record accepts what it no longer may",
    Rolling,
    [],
    "b903_accept_current.rs"
));
