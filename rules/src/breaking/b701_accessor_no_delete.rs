//! # B701 ACCESSOR_NO_DELETE
//!
//! A constructor, type, field or variant of the generated code is gone or has another name. Callers do not compile.
//! Inside one repository the compiler says so in the same step; where the generated code is published, its version must
//! say so: raise the major number.
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, string: bytes }
//! ```
//!
//! ```yaml after
//! # found at cart
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   basket: { key: "cart:{id}", ttl: 24h, string: bytes }
//! ```
//!
//! ```yaml after
//! # found at basket
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   basket: { key: "cart:{id}", was: [cart], ttl: 24h, string: bytes }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, string: bytes }
//!   basket: { key: "basket:{id}", ttl: 24h, string: bytes }
//! ```

use super::{Break, Change, Comparison, Deploy, Horizon, Rule, Verdict, breaking};

pub(super) const RULE: Rule = Rule {
    meta: breaking!(
        "B701" "ACCESSOR_NO_DELETE",
        "something that callers name is gone or is called otherwise",
        Source,
        [Source],
        "b701_accessor_no_delete.rs"
    ),
    claims: &[
        "key.removed",
        "key.name",
        "channel.removed",
        "unit.removed",
        "group.removed",
        "type.removed",
        "type.name",
        "variant.removed",
        "variant.name",
        "shape.removed",
        "field.removed",
        "field.name",
        "**.variant.name",
        "**.field.name",
    ],
    judge,
};

fn judge(_: &Change<'_>, _: &Comparison<'_>) -> Verdict {
    let fix = "raise the major version of the crate that carries the generated code, or keep the old name beside it";
    Break::new(Deploy::Any, fix)
        .horizon(Horizon::Permanent)
        .verdict()
}
