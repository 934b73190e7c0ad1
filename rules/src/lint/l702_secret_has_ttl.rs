//! # L702 SECRET_HAS_TTL
//!
//! A secret that is kept for ever is stolen some day. Keys whose values hold secret fields or parameters expire.
//!
//! ```yaml wrong
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   login:
//!     key: "login:{id}"
//!     ttl: { none: people stay logged in }
//!     hash: { session: { type: string, secret: true } }
//! ```
//!
//! ```yaml right
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   login:
//!     key: "login:{id}"
//!     ttl: 30d
//!     hash: { session: { type: string, secret: true } }
//! ```

use redis_schema_model::model::Lifetime;

use super::walk::Reached;
use super::{Found, Lint, Subject, lint, walk};

pub(super) const LINT: Lint = lint!(
    "L702" "SECRET_HAS_TTL",
    "a secret that is kept for ever",
    Standard,
    "l702_secret_has_ttl.rs",
    Check(check)
);

fn check(subject: &Subject<'_>, found: &mut Found<'_>) {
    let schema = subject.schema;
    for key in subject.own_keys() {
        if !matches!(key.lifetime, Lifetime::None { .. }) {
            continue;
        }
        let mut secret = None;
        let mut look = |reached: Reached<'_>| {
            let (name, is_secret, span) = match reached {
                Reached::Param(id) => (&schema[id].name, schema[id].secret, schema[id].span),
                Reached::Field(field) => (&field.name, field.secret, field.span),
            };
            if is_secret {
                secret = Some((name.to_string(), span));
            }
            is_secret
        };
        walk::types(&key.structure)
            .iter()
            .any(|ty| walk::reaches(schema, ty, &mut look));
        if let Some((name, span)) = secret {
            found
                .at(
                    subject.key_place(key, "ttl"),
                    format!("`{}` keeps the secret `{name}` for ever", key.name),
                )
                .label("never expires")
                .related(span, "declared secret")
                .help("give it a lifetime: `ttl: 30d`");
        }
    }
}
