//! # L703 DSN_NO_PASSWORD
//!
//! A schema is committed, copied into documents and compiled into programs. An address with a password in it, wherever it
//! stands, has to be taken for known to everybody.
//!
//! ```yaml wrong
//! edition: 1
//! schema: shop
//! version: 1
//! about: Lives on redis://app:hunter2@cache.internal:6379.
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 1h, string: bytes }
//! ```
//!
//! ```yaml right
//! edition: 1
//! schema: shop
//! version: 1
//! about: Lives on redis://cache.internal:6379.
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 1h, string: bytes }
//! ```

use redis_schema_model::node::{Node, NodeKind};

use super::{Found, Lint, Subject, lint};

pub(super) const LINT: Lint = lint!(
    "L703" "DSN_NO_PASSWORD",
    "a password in an address",
    Minimal,
    "l703_dsn_no_password.rs",
    Check(check),
    severity = Deny
);

fn check(subject: &Subject<'_>, found: &mut Found<'_>) {
    for document in subject.documents {
        look(&document.node, found);
    }
}

fn look(node: &Node, found: &mut Found<'_>) {
    match &node.kind {
        NodeKind::Null => {}
        NodeKind::Scalar { text, .. } => {
            if has_password(text) {
                found
                    .at(node.span, "an address with a password")
                    .label("known to whoever reads this file")
                    .help("remove the password here, and change it on the server");
            }
        }
        NodeKind::List(items) => items.iter().for_each(|item| look(item, found)),
        NodeKind::Map(entries) => entries.iter().for_each(|entry| look(&entry.value, found)),
    }
}

/// Whether a text holds `scheme://user:password@`.
fn has_password(text: &str) -> bool {
    text.split("://").skip(1).any(|rest| {
        let end = rest.find(|c: char| c == '/' || c.is_whitespace());
        let authority = &rest[..end.unwrap_or(rest.len())];
        let user = authority.rsplit_once('@').map(|(user, _)| user);
        let password = user.and_then(|user| user.split_once(':'));
        password.is_some_and(|(_, password)| !password.is_empty() && !is_placeholder(password))
    })
}

/// `***`, `<password>`, `$PASSWORD`: said of a password, none itself.
fn is_placeholder(password: &str) -> bool {
    password.chars().all(|c| c == '*') || password.starts_with(['<', '$', '{'])
}
