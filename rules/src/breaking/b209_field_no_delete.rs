//! # B209 FIELD_NO_DELETE
//!
//! A field that must be there is no longer written. New readers do not miss it; programs of the old version fail on
//! every record that is made from now on, during the roll-out and after going back. A hash that had the field keeps it
//! when it is written again, with a value that nobody answers for any more; JSON and MessagePack lose it then. Make it
//! optional first, and take it away in the version after. A record that refuses fields which it does not declare
//! (`unknown_fields: refuse`) never gets rid of one that is stored: all of the old data is refused.
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, hash: { total: u64, state: slug } }
//! ```
//!
//! ```yaml after
//! # found at cart.state
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, hash: { total: u64 } }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, hash: { total: u64, state: slug, note: string? } }
//! ```
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, hash: { total: u64, state: slug? } }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, hash: { total: u64 } }
//! ```
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! types: { Cart: { fields: { total: u64, state: slug } } }
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, string: json<Cart> }
//! ```
//!
//! ```yaml after
//! # found at Cart.state
//! edition: 1
//! schema: shop
//! version: 2
//! types: { Cart: { fields: { total: u64 } } }
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, string: json<Cart> }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! types: { Cart: { fields: { total: u64, state: slug, note: string? } } }
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, string: json<Cart> }
//! ```
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! types: { Cart: { fields: { total: u64, note: string? }, unknown_fields: refuse } }
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, string: json<Cart> }
//! ```
//!
//! ```yaml after
//! # found at Cart.note
//! edition: 1
//! schema: shop
//! version: 2
//! types: { Cart: { fields: { total: u64 }, unknown_fields: refuse } }
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, string: json<Cart> }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! types: { Cart: { fields: { total: u64 } } }
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, string: json<Cart> }
//! ```

use super::{Break, Change, Comparison, Deploy, Rule, Sides, Verdict, breaking};

use crate::rule::{Level, Who};

pub(super) const RULE: Rule = Rule {
    meta: breaking!(
        "B209" "FIELD_NO_DELETE",
        "a field is gone that old programs need",
        Rolling,
        [OldProcesses],
        "b209_field_no_delete.rs"
    ),
    claims: &["field.removed"],
    judge,
};

fn judge(change: &Change<'_>, _: &Comparison<'_>) -> Verdict {
    let Sides::Field {
        old: Some(field), ..
    } = change.sides
    else {
        return Verdict::NotMine;
    };
    if change.lookalike.is_some() {
        return Verdict::NotMine;
    }
    if change.strict.1 {
        let fix = "keep it as an optional field for as long as data that has it may be there";
        return Break::new(Deploy::StopTheWorld, fix)
            .level(Level::Storage)
            .who(&[Who::Readers])
            .verdict();
    }
    if field.may_be_absent() {
        return Verdict::Harmless;
    }
    let fix = format!(
        "release it as `{}?` first, and remove it when no program of this version runs",
        change.old
    );
    Break::new(Deploy::ReadersFirst, fix).verdict()
}
