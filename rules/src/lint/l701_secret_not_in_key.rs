//! # L701 SECRET_NOT_IN_KEY
//!
//! Names of keys are written everywhere: slow log, `MONITOR`, traces, error messages, dashboards. A secret parameter has no
//! place in one unless what stands there is a digest: `encode: hash`, or `hex(N)` of at least 32 characters. Fields and parameters that
//! are called after what nobody should read (`password`, `token`, `api_key` …) are labelled `secret: true`, so that their
//! values are never printed.
//!
//! ```yaml wrong
//! edition: 1
//! schema: shop
//! version: 1
//! params: { session: { type: slug, max: 64, secret: true } }
//! keys:
//!   cart: { key: "cart:{session}", ttl: 1h, hash: { card_number: string } }
//! ```
//!
//! ```yaml right
//! edition: 1
//! schema: shop
//! version: 1
//! params: { session: { type: string, max: 64, encode: hash, secret: true } }
//! keys:
//!   cart: { key: "cart:{session}", ttl: 1h, hash: { card_number: { type: string, secret: true } } }
//! ```

use redis_schema_model::model::{Param, ParamType, StringEncoding, Type};

use super::{Found, Lint, Subject, lint, walk};

pub(super) const LINT: Lint = lint!(
    "L701" "SECRET_NOT_IN_KEY",
    "a secret in the name of a key, or one that is not labelled",
    Standard,
    "l701_secret_not_in_key.rs",
    Check(check)
);

/// Endings of names that nobody should read the values of.
const SECRETS: [&str; 15] = [
    "password",
    "passwd",
    "passphrase",
    "secret",
    "token",
    "api_key",
    "private_key",
    "access_key",
    "secret_key",
    "credential",
    "credentials",
    "ssn",
    "card_number",
    "cvv",
    "iban",
];

/// Characters of the shortest digest.
const DIGEST: u32 = 32;

fn check(subject: &Subject<'_>, found: &mut Found<'_>) {
    for named in subject.templates() {
        for id in named.template.params() {
            let param = &subject.schema[id];
            if param.secret && !is_digest(param) {
                found
                    .at(
                        named.template.span,
                        format!(
                            "the secret `{}` stands in the {} of `{}`",
                            param.name, named.kind, named.name
                        ),
                    )
                    .label("seen by whoever sees names")
                    .related(param.span, "declared secret")
                    .help("use a `string` with `encode: hash`, or an identifier that is none");
            }
        }
    }
    for param in &subject.schema.params {
        if !param.secret && !is_digest(param) && is_telling(param.name.as_str()) {
            unlabelled(param.span, param.name.as_str(), found);
        }
    }
    for (_, field) in walk::fields(subject.schema) {
        // A parameter's label goes with its type.
        let labelled = match walk::bare(subject.schema, &field.ty) {
            Type::Param(id) => subject.schema[*id].secret,
            _ => false,
        };
        if !field.secret && !labelled && is_telling(field.name.as_str()) {
            unlabelled(field.span, field.name.as_str(), found);
        }
    }
}

fn unlabelled(span: redis_schema_model::source::Span, name: &str, found: &mut Found<'_>) {
    found
        .at(span, format!("`{name}` sounds secret and is not labelled so"))
        .label("its value would be printed")
        .help(format!("write `{name}: {{ …, secret: true }}`, or `allow: {{ L701: the reason }}` in the same place"));
}

fn is_telling(name: &str) -> bool {
    SECRETS.iter().any(|secret| {
        name.strip_suffix(secret)
            .is_some_and(|before| before.is_empty() || before.ends_with('_'))
    })
}

fn is_digest(param: &Param) -> bool {
    match &param.ty {
        ParamType::Hex(length) => *length >= DIGEST,
        ParamType::String { encoding, .. } => *encoding == StringEncoding::Hash,
        _ => false,
    }
}
