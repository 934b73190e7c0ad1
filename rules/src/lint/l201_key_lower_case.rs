//! # L201 KEY_LOWER_CASE
//!
//! Names of keys are bytes: `Job:1` and `job:1` are two keys, and nobody remembers which was meant. Literals of templates are
//! in small letters, separate their segments by one character, and join words inside a segment in one way, by `_` or by `-`.
//!
//! `check --fix --unsafe-fixes` makes the letters small. That renames keys, so stored data is no longer found: use it before
//! the first deployment, or together with a migration.
//!
//! ```yaml wrong
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   cart: { key: "Cart:{id}", ttl: 1h, string: bytes }
//!   basket: { key: "shop:basket/{id}", ttl: 1h, string: bytes }
//! ```
//!
//! ```yaml right
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 1h, string: bytes }
//!   basket: { key: "shop:basket:{id}", ttl: 1h, string: bytes }
//! ```

use super::subject::Named;
use super::{Found, Lint, Subject, lint};
use crate::fix::Fix;

pub(super) const LINT: Lint = lint!(
    "L201" "KEY_LOWER_CASE",
    "a template in capital letters or with several separators",
    Standard,
    "l201_key_lower_case.rs",
    Check(check),
    fix = Unsafe
);

/// Characters that stand between segments.
const SEPARATORS: [char; 4] = [':', '/', '|', '.'];

fn check(subject: &Subject<'_>, found: &mut Found<'_>) {
    for named in subject.templates() {
        let literals: String = named.literals().collect::<Vec<_>>().join("\0");
        if literals.chars().any(char::is_uppercase) {
            found
                .at(
                    named.template.span,
                    format!("the {} of `{}` has capital letters", named.kind, named.name),
                )
                .label("capital letters")
                .help(format!(
                    "write `{}`; this renames keys, so stored ones need a migration",
                    small(&named.template.text)
                ))
                .fix(lowered(subject, named));
        }
        mixed(&SEPARATORS, "segments", &literals, named, found);
        mixed(&['_', '-'], "words", &literals, named, found);
    }
}

/// Speaks up when a template uses more than one of some characters.
fn mixed(all: &[char], parts: &str, literals: &str, named: Named<'_>, found: &mut Found<'_>) {
    let mut used: Vec<char> = literals.chars().filter(|c| all.contains(c)).collect();
    used.sort_unstable_by_key(|c| all.iter().position(|other| other == c));
    used.dedup();
    if let [first, second, ..] = used.as_slice() {
        found
            .at(
                named.template.span,
                format!(
                    "`{}` separates {parts} by `{first}` and by `{second}`",
                    named.name
                ),
            )
            .label("two ways to separate")
            .help(format!("keep to `{first}` throughout the template"));
    }
}

/// The template with small letters; names of placeholders are small already.
fn small(template: &str) -> String {
    template.to_lowercase()
}

fn lowered(subject: &Subject<'_>, named: Named<'_>) -> Option<Fix> {
    let written = subject.sources.slice(named.template.span);
    // In a text with escapes a letter may be part of one.
    let plain = !written.is_empty() && !written.contains('\\');
    plain.then(|| Fix::renaming(named.template.span, small(written)))
}
