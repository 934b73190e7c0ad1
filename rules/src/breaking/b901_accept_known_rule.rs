//! # B901 ACCEPT_KNOWN_RULE
//!
//! A record under `accept:` names no rule of this release, so that it accepts nothing. Most often it is a
//! misspelling. Rules are named by code or name; `redis-schema explain` lists them all.

use super::{Rule, breaking, records};

pub(super) const RULE: Rule = records::rule(breaking!(
    "B901" "ACCEPT_KNOWN_RULE",
    "a record accepts a rule that does not exist",
    Rolling,
    [],
    "b901_accept_known_rule.rs"
));
