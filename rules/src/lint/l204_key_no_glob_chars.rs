//! # L204 KEY_NO_GLOB_CHARS
//!
//! `*`, `?`, `[`, `]`, `^` and `\` mean something in the patterns of `SCAN`, `PSUBSCRIBE` and access rules, and blanks end an
//! argument in every shell. In names of keys they ask for accidents.
//!
//! ```yaml wrong
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart*{id}", ttl: 1h, string: bytes }
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

use super::{Found, Lint, Subject, lint};

pub(super) const LINT: Lint = lint!(
    "L204" "KEY_NO_GLOB_CHARS",
    "a character in a template that patterns give a meaning to",
    Standard,
    "l204_key_no_glob_chars.rs",
    Check(check)
);

fn check(subject: &Subject<'_>, found: &mut Found<'_>) {
    for named in subject.templates() {
        let texts = std::iter::once(named.prefix.text.as_str()).chain(named.literals());
        let odd = texts
            .flat_map(str::chars)
            .find(|c| matches!(c, '*' | '?' | '[' | ']' | '^' | '\\') || c.is_whitespace());
        if let Some(odd) = odd {
            let shown = if odd.is_whitespace() {
                "a blank".to_owned()
            } else {
                format!("`{odd}`")
            };
            found
                .at(
                    named.template.span,
                    format!("the {} of `{}` holds {shown}", named.kind, named.name),
                )
                .label("patterns and shells read this otherwise")
                .help("use letters, digits, `_`, `-` and `:`");
        }
    }
}
