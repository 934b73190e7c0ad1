//! # B211 FIELD_NO_ADD_IF_STRICT
//!
//! A record of the released version refuses fields that it does not declare (`unknown_fields: refuse`), and now has one
//! more. Whatever programs of the new version write with it, those of the old one cannot read, during the roll-out and
//! after going back; so it is with a new name of a field. Release the record without `unknown_fields: refuse` first, and
//! add the field in the version after.
//!
//! To begin refusing is found too, of data at rest: fields of earlier versions may still be there, and a hash keeps what
//! was taken out of its record.
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! types: { Cart: { fields: { total: u64 }, unknown_fields: refuse } }
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, hash: Cart }
//!   copy: { key: "copy:{id}", ttl: 24h, string: json<Cart> }
//!   pack: { key: "pack:{id}", ttl: 24h, string: msgpack<Cart> }
//!   log: { key: "log:{id}", ttl: 24h, stream: { entry: Cart, maxlen: 10 } }
//! channels:
//!   news: { channel: "news:{id}", message: json<Cart> }
//! ```
//!
//! ```yaml after
//! # found at Cart.note
//! # with B306 at Cart.note
//! # with B311 at Cart.note
//! edition: 1
//! schema: shop
//! version: 2
//! types: { Cart: { fields: { total: u64, note: string? }, unknown_fields: refuse } }
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, hash: Cart }
//!   copy: { key: "copy:{id}", ttl: 24h, string: json<Cart> }
//!   pack: { key: "pack:{id}", ttl: 24h, string: msgpack<Cart> }
//!   log: { key: "log:{id}", ttl: 24h, stream: { entry: Cart, maxlen: 10 } }
//! channels:
//!   news: { channel: "news:{id}", message: json<Cart> }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! types: { Cart: { fields: { total: u64 } } }
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, hash: Cart }
//!   copy: { key: "copy:{id}", ttl: 24h, string: json<Cart> }
//!   pack: { key: "pack:{id}", ttl: 24h, string: msgpack<Cart> }
//!   log: { key: "log:{id}", ttl: 24h, stream: { entry: Cart, maxlen: 10 } }
//! channels:
//!   news: { channel: "news:{id}", message: json<Cart> }
//! ```
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! types: { Cart: { fields: { total: u64 } } }
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, hash: Cart }
//! ```
//!
//! ```yaml after
//! # found at Cart
//! edition: 1
//! schema: shop
//! version: 2
//! types: { Cart: { fields: { total: u64 }, unknown_fields: refuse } }
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, hash: Cart }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! types: { Cart: { fields: { total: u64 }, unknown_fields: ignore } }
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, hash: Cart }
//! ```

use super::{Break, Change, Comparison, Deploy, Rule, Sides, Verdict, breaking};

use crate::rule::{Level, Who};

pub(super) const RULE: Rule = Rule {
    meta: breaking!(
        "B211" "FIELD_NO_ADD_IF_STRICT",
        "a field that readers of the old version refuse",
        Rolling,
        [OldProcesses],
        "b211_field_no_add_if_strict.rs"
    ),
    claims: &["field.added", "record.strict"],
    judge,
};

fn judge(change: &Change<'_>, _: &Comparison<'_>) -> Verdict {
    if change.bare() == "record.strict" {
        return begun(change);
    }
    let Sides::Field {
        old: None,
        new: Some(_),
    } = change.sides
    else {
        return Verdict::NotMine;
    };
    if !change.strict.0 {
        return Verdict::NotMine;
    }
    let fix = "release the record without `unknown_fields: refuse` first, and add the field when no older program runs";
    Break::new(Deploy::ReadersFirst, fix).verdict()
}

/// A record that begins, or ceases, to refuse fields.
fn begun(change: &Change<'_>) -> Verdict {
    if change.new != "refuse" {
        return Verdict::Harmless;
    }
    let fix = "leave `unknown_fields: refuse` out, or see that nothing stored has another field";
    Break::new(Deploy::Any, fix)
        .level(Level::Storage)
        .who(&[Who::Readers])
        .verdict()
}
