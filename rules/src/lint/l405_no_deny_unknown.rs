//! # L405 NO_DENY_UNKNOWN
//!
//! What lies on a server is shared: by the programs of today, by those of yesterday that still run, and by those of tomorrow
//! after which somebody goes back. A record with `unknown_fields: refuse` cannot gain a field while an older program reads it.
//! Leave it out; what must not be overlooked is better a field of its own, or another key. Where a field that nobody knows does
//! more harm than a failed read, say so by `allow:`.
//!
//! ```yaml wrong
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! types:
//!   Cart: { fields: { items: u32, note: string }, unknown_fields: refuse }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 1h, string: json<Cart> }
//! ```
//!
//! ```yaml right
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! types:
//!   Cart: { fields: { items: u32, note: string } }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 1h, string: json<Cart> }
//! ```

use redis_schema_model::model::TypeKind;

use super::{Found, Lint, Subject, lint};

pub(super) const LINT: Lint = lint!(
    "L405" "NO_DENY_UNKNOWN",
    "a record that old programs cannot read once it grows",
    Standard,
    "l405_no_deny_unknown.rs",
    Check(check)
);

fn check(subject: &Subject<'_>, found: &mut Found<'_>) {
    for def in &subject.schema.types {
        let TypeKind::Struct(record) = &def.kind else {
            continue;
        };
        if !record.strict {
            continue;
        }
        let declared = subject.declaration("types", def.name.as_str());
        let place = declared.and_then(|node| node.get("unknown_fields"));
        found
            .at(
                place.map_or(def.span, |node| node.span),
                format!("`{}` refuses fields that it does not declare", def.name),
            )
            .label("a new field fails programs that run already")
            .help("remove `unknown_fields: refuse`, or say by `allow: { L405: … }` why no field is ever added");
    }
}
