//! # L202 KEY_NAMESPACED
//!
//! On a server that several programs share, the first segment of a key says whose it is. `policy: lint: namespaces:` lists
//! the first segments that keys and channels may have, prefix included; without the list the rule has nothing to go by.
//!
//! ```yaml wrong
//! edition: 1
//! schema: shop
//! version: 1
//! policy: { lint: { namespaces: [shop] } }
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 1h, string: bytes }
//! ```
//!
//! ```yaml right
//! edition: 1
//! schema: shop
//! version: 1
//! policy: { lint: { namespaces: [shop] } }
//! params: { id: uuid }
//! keys:
//!   cart: { key: "shop:cart:{id}", ttl: 1h, string: bytes }
//! ```

use super::words::{listed, words};
use super::{Found, Lint, Subject, lint};
use redis_schema_model::model::Segment;

pub(super) const LINT: Lint = lint!(
    "L202" "KEY_NAMESPACED",
    "a key outside the namespaces of the policy",
    Standard,
    "l202_key_namespaced.rs",
    Check(check)
);

fn check(subject: &Subject<'_>, found: &mut Found<'_>) {
    let allowed = &subject.settings.namespaces;
    if allowed.is_empty() {
        return;
    }
    for named in subject.templates() {
        let mut start = named.prefix.text.clone();
        if let Some(Segment::Literal(text)) = named.template.segments.first() {
            start.push_str(text);
        }
        // Namespaces may be of several segments, so what counts is how the name begins.
        let fits = allowed.iter().any(|name| {
            let rest = start.strip_prefix(name.as_str());
            rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        });
        if fits {
            continue;
        }
        let first = words(&start).next();
        let message = match first {
            Some(first) => format!("`{first}` is no namespace of this schema"),
            None => format!("the {} of `{}` is in no namespace", named.kind, named.name),
        };
        let names: Vec<String> = allowed.iter().map(|name| format!("`{name}`")).collect();
        found
            .at(named.template.span, message)
            .label("not in the list")
            .help(format!(
                "begin with {}, or add a name to `namespaces:` of the policy",
                listed(&names).replace(" and ", " or ")
            ));
    }
}
