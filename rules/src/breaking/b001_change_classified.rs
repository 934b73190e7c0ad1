//! # B001 CHANGE_CLASSIFIED
//!
//! No rule of this release knows what the change does, so it counts as breaking. A later release may know better; until
//! then look at what the change does to data at rest and to programs that still run, and accept it in the schema
//! (`accept:`) if it is harmless.

use super::{Break, Deploy, Rule, Verdict, breaking};

pub(super) const RULE: Rule = Rule {
    meta: breaking!(
        "B001" "CHANGE_CLASSIFIED",
        "a change that no rule knows",
        Storage,
        [Readers, OldProcesses, Data],
        "b001_change_classified.rs"
    ),
    // Nothing is claimed: the rule speaks when no other does.
    claims: &[],
    judge: |_, _| Verdict::NotMine,
};

/// What is said about a change that nobody claims.
pub(super) fn unknown() -> Break {
    Break::new(
        Deploy::StopTheWorld,
        "find out what the change does to data and running programs, then accept it or take it back",
    )
}
