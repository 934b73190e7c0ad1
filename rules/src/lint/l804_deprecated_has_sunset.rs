//! # L804 DEPRECATED_HAS_SUNSET
//!
//! "Deprecated" without a day means "for ever". A deprecated key says what to use instead and after which day or version it
//! may go.
//!
//! ```yaml wrong
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", deprecated: Use the baskets., ttl: 1h, string: json<any> }
//! ```
//!
//! ```yaml right
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   cart:
//!     key: "cart:{id}"
//!     deprecated: { instead: Use the baskets., remove_after: 2027-02-01 }
//!     ttl: 1h
//!     string: json<any>
//! ```

use super::{Found, Lint, Subject, lint};

pub(super) const LINT: Lint = lint!(
    "L804" "DEPRECATED_HAS_SUNSET",
    "a deprecated key that never goes",
    Standard,
    "l804_deprecated_has_sunset.rs",
    Check(check)
);

fn check(subject: &Subject<'_>, found: &mut Found<'_>) {
    for key in &subject.schema.keys {
        let Some(node) = subject.key_field(key, "deprecated") else {
            continue;
        };
        if node.get("remove_after").is_some() {
            continue;
        }
        let help = match node.text() {
            Some(words) => {
                format!("write `deprecated: {{ instead: {words}, remove_after: 2027-02-01 }}`")
            }
            None => "add `remove_after:` with a day or a version".to_owned(),
        };
        found
            .at(
                node.span,
                format!("it is not said when `{}` may go", key.name),
            )
            .label("no end")
            .help(help);
    }
}
