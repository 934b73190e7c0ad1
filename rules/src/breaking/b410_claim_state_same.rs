//! # B410 CLAIM_STATE_SAME
//!
//! An enum says which state may follow which, and programs ask it (`can_become`) before they take a step. Old and new
//! ones now disagree: what one has done, the other would have refused, and work that waits for a step which is no longer
//! allowed never goes on. Roll out a new step to every program before anything takes it, and take an old one away when
//! nothing waits for it.
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! types: { State: { enum: [open, paid, shipped], flow: { open: [paid], paid: [shipped] } } }
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, hash: { state: State } }
//! ```
//!
//! ```yaml after
//! # found at State
//! edition: 1
//! schema: shop
//! version: 2
//! types: { State: { enum: [open, paid, shipped], flow: { open: [paid, shipped], paid: [shipped] } } }
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, hash: { state: State } }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! types: { State: { enum: [open, paid, shipped], flow: { open: [paid], paid: [shipped] } } }
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, hash: { state: State } }
//! ```

use super::{Break, Change, Comparison, Deploy, Rule, Verdict, breaking};

pub(super) const RULE: Rule = Rule {
    meta: breaking!(
        "B410" "CLAIM_STATE_SAME",
        "other steps between states are allowed",
        Rolling,
        [OldProcesses],
        "b410_claim_state_same.rs"
    ),
    claims: &["enum.flow"],
    judge,
};

fn judge(change: &Change<'_>, _: &Comparison<'_>) -> Verdict {
    let fix = format!(
        "allow what either version allows until no old program runs (was: {})",
        change.old
    );
    Break::new(Deploy::ReadersFirst, fix).verdict()
}
