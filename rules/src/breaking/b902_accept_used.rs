//! # B902 ACCEPT_USED
//!
//! A record under `accept:` speaks of something that was not found: the break was taken back, its path changed, or
//! it is in every version that is compared. A record that stays would one day accept what nobody meant. Remove it.

use super::{Rule, breaking, records};

pub(super) const RULE: Rule = records::rule(breaking!(
    "B902" "ACCEPT_USED",
    "a record accepts what was not found",
    Ops,
    [],
    "b902_accept_used.rs"
));
