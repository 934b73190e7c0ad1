//! # L802 DOC_EXAMPLE_MATCHES
//!
//! An example that the template does not match is worse than none: it is what people copy. `example:` of a key is read by the
//! key's own template, prefix included.
//!
//! ```yaml wrong
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: u64 }
//! keys:
//!   cart: { key: "cart:{id}", example: "cart:latest", ttl: 1h, string: json<any> }
//! ```
//!
//! ```yaml right
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: u64 }
//! keys:
//!   cart: { key: "cart:{id}", example: "cart:42", ttl: 1h, string: json<any> }
//! ```

use redis_schema_model::template::{example_key, matches};

use super::{Found, Lint, Subject, lint};
use crate::fix::Fix;

pub(super) const LINT: Lint = lint!(
    "L802" "DOC_EXAMPLE_MATCHES",
    "an example that is no such key",
    Minimal,
    "l802_doc_example_matches.rs",
    Check(check),
    fix = Safe
);

fn check(subject: &Subject<'_>, found: &mut Found<'_>) {
    for key in &subject.schema.keys {
        let Some(node) = subject.key_field(key, "example") else {
            continue;
        };
        let example = node.text().unwrap_or_default();
        let rest = example.strip_prefix(key.prefix.text.as_str());
        let fits = rest.is_some_and(|rest| matches(subject.schema, &key.template, rest.as_bytes()));
        if !fits {
            let right = example_key(subject.schema, key);
            // Examples hold no character that needs an escape in quotes, except for odd literals.
            let plain = !right.contains(['"', '\\']);
            found
                .at(
                    node.span,
                    format!("`{example}` is no key of `{}`", key.name),
                )
                .label("the template does not match it")
                .related(key.template.span, "the template")
                .help(format!("write for instance `{right}`"))
                .fix(plain.then(|| Fix::replace(node.span, format!("\"{right}\""))));
        }
    }
}
