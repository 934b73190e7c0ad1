//! # L902 RENAME_DECLARED
//!
//! A key that went and one of the same shape that came are mostly one key with another name. Whether they are only the author
//! knows: a rename is declared by `was:` and never guessed, because what the old key holds is read under the new one then.
//! `check --fix` adds the line; look at it. If the two have nothing to do with each other, bury the old one in `tombstones:`.
//!
//! ```yaml released
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 1h, string: json<any> }
//! ```
//!
//! ```yaml wrong
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   basket: { key: "cart:{id}", ttl: 1h, string: json<any> }
//! ```
//!
//! ```yaml right
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   basket: { was: cart, key: "cart:{id}", ttl: 1h, string: json<any> }
//! ```

use std::collections::HashMap;

use super::{Found, Lint, Subject, lint};
use crate::fix::Fix;

pub(super) const LINT: Lint = lint!(
    "L902" "RENAME_DECLARED",
    "a key that looks renamed and does not say so",
    Standard,
    "l902_rename_declared.rs",
    Check(check),
    fix = Safe
);

fn check(subject: &Subject<'_>, found: &mut Found<'_>) {
    let gone = subject.gone().iter();
    let renamed: HashMap<&str, &str> = gone
        .filter_map(|gone| Some((gone.lookalike.as_deref()?, gone.name.as_str())))
        .collect();
    for key in &subject.schema.keys {
        let Some(name) = renamed.get(key.name.as_str()) else {
            continue;
        };
        let node = subject.declaration("keys", key.name.as_str());
        let fix = node
            .filter(|node| node.get("was").is_none())
            .and_then(|node| Fix::field(subject.sources, node, &format!("was: {name}")));
        found
            .at(
                key.span,
                format!("`{}` looks like `{name}` under another name", key.name),
            )
            .label(format!("new, and of the shape of `{name}`, which is gone"))
            .help(format!(
                "if it is, write `was: {name}`; if not, give `{name}` a tombstone"
            ))
            .fix(fix);
    }
}
