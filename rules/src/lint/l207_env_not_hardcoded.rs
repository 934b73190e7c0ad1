//! # L207 ENV_NOT_HARDCODED
//!
//! A template that says `prod` says it in staging as well, or there are two schemas that drift apart. What differs between
//! deployments is a prefix from the environment; its default may name one.
//!
//! ```yaml wrong
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   cart: { key: "prod:cart:{id}", ttl: 1h, string: bytes }
//! ```
//!
//! ```yaml right
//! edition: 1
//! schema: shop
//! version: 1
//! prefix: { default: "dev:", env: SHOP_PREFIX }
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 1h, string: bytes }
//! ```

use super::words::words;
use super::{Found, Lint, Subject, lint};

pub(super) const LINT: Lint = lint!(
    "L207" "ENV_NOT_HARDCODED",
    "a template that names a deployment",
    Standard,
    "l207_env_not_hardcoded.rs",
    Check(check)
);

const DEPLOYMENTS: [&str; 11] = [
    "prod",
    "production",
    "prd",
    "staging",
    "stage",
    "stg",
    "preprod",
    "dev",
    "development",
    "qa",
    "uat",
];

fn check(subject: &Subject<'_>, found: &mut Found<'_>) {
    for named in subject.templates() {
        let prefix = named
            .prefix
            .env
            .is_none()
            .then_some(named.prefix.text.as_str());
        let mut texts = prefix
            .into_iter()
            .chain(named.literals())
            .flat_map(segments);
        let deployment = texts.find(|text| DEPLOYMENTS.contains(&text.to_lowercase().as_str()));
        if let Some(deployment) = deployment {
            found
                .at(
                    named.template.span,
                    format!("the {} of `{}` says `{deployment}` everywhere", named.kind, named.name),
                )
                .label("the same in every deployment")
                .help(format!(
                    "leave it out and write `prefix: {{ default: \"{deployment}:\", env: REDIS_PREFIX }}` for the schema"
                ));
        }
    }
}

/// Whole segments: `dev` is a deployment, `dev_tools` is none.
fn segments(text: &str) -> impl Iterator<Item = &str> {
    text.split([':', '/', '|', '.', '{', '}'])
        .filter(|segment| words(segment).next().is_some())
}
