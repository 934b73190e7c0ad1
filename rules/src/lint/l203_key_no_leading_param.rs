//! # L203 KEY_NO_LEADING_PARAM
//!
//! `SCAN MATCH`, access rules (`~job:*`) and clean-up all go by how a name begins. A key that begins with a placeholder can
//! only be found by looking at every key of the server. The first segment is text, of the template or of its prefix.
//!
//! ```yaml wrong
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   cart: { key: "{id}:cart", ttl: 1h, string: bytes }
//! ```
//!
//! ```yaml right
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 1h, string: bytes }
//! ```

use super::words::words;
use super::{Found, Lint, Subject, lint};
use redis_schema_model::model::Segment;

pub(super) const LINT: Lint = lint!(
    "L203" "KEY_NO_LEADING_PARAM",
    "a key that begins with a placeholder",
    Standard,
    "l203_key_no_leading_param.rs",
    Check(check)
);

fn check(subject: &Subject<'_>, found: &mut Found<'_>) {
    for named in subject.templates() {
        let literal = match named.template.segments.first() {
            Some(Segment::Literal(text)) => text.as_str(),
            _ => "",
        };
        // The brace of a slot is text as well, but finds nothing.
        if words(&named.prefix.text)
            .chain(words(literal))
            .next()
            .is_some()
        {
            continue;
        }
        found
            .at(
                named.template.span,
                format!(
                    "the {} of `{}` begins with a placeholder",
                    named.kind, named.name
                ),
            )
            .label("no text to find it by")
            .help(format!(
                "begin with a text: `{}:{}`",
                named.name, named.template.text
            ));
    }
}
