//! # L304 TTL_POLICY_DECLARED
//!
//! The lifetime of a counter is mostly its window: sixty calls a minute. If counting renews it, the window never ends while
//! anybody calls; if it does not, a total that should live on dies. Both are right somewhere, and neither goes without
//! saying: a counter that expires says `on_write:`. For other structures the default, `refresh`, is what one expects.
//!
//! ```yaml wrong
//! edition: 1
//! schema: shop
//! version: 1
//! params: { caller: ip }
//! keys:
//!   calls: { key: "calls:{caller}", ttl: 1m, counter: u32 }
//! ```
//!
//! ```yaml right
//! edition: 1
//! schema: shop
//! version: 1
//! params: { caller: ip }
//! keys:
//!   calls: { key: "calls:{caller}", ttl: { default: 1m, on_write: keep }, counter: u32 }
//! ```

use redis_schema_model::model::{Lifetime, Structure};

use super::{Found, Lint, Subject, lint};

pub(super) const LINT: Lint = lint!(
    "L304" "TTL_POLICY_DECLARED",
    "a counter that does not say what counting does to its lifetime",
    Standard,
    "l304_ttl_policy_declared.rs",
    Check(check)
);

fn check(subject: &Subject<'_>, found: &mut Found<'_>) {
    for key in subject.own_keys() {
        let counts = matches!(key.structure, Structure::Counter(_));
        if !counts || !matches!(key.lifetime, Lifetime::Expires(_)) {
            continue;
        }
        let ttl = subject.key_field(key, "ttl");
        if ttl.is_some_and(|node| node.get("on_write").is_some()) {
            continue;
        }
        let short = ttl.and_then(|node| node.text()).unwrap_or("1m");
        found
            .at(
                subject.key_place(key, "ttl"),
                format!("it is not said whether counting renews the life of `{}`", key.name),
            )
            .label("every count starts it anew, unless said otherwise")
            .help(format!(
                "write `ttl: {{ default: {short}, on_write: keep }}` for a window, `on_write: refresh` for a total"
            ));
    }
}
