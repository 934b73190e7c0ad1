//! # L206 PARAM_BOUNDED
//!
//! A `string` or `rest` parameter usually comes from outside. Without `max:` whoever sends it decides how long names of keys
//! become, and so how much memory they take. Other types are short by nature, or hold only letters, digits and `._-`.
//!
//! ```yaml wrong
//! edition: 1
//! schema: shop
//! version: 1
//! params: { name: { type: string, encode: percent } }
//! keys:
//!   cart: { key: "cart:{name}", ttl: 1h, string: bytes }
//! ```
//!
//! ```yaml right
//! edition: 1
//! schema: shop
//! version: 1
//! params: { name: { type: string, encode: percent, max: 128 } }
//! keys:
//!   cart: { key: "cart:{name}", ttl: 1h, string: bytes }
//! ```

use redis_schema_model::model::{ParamType, StringEncoding};

use super::{Found, Lint, Subject, lint};

pub(super) const LINT: Lint = lint!(
    "L206" "PARAM_BOUNDED",
    "a free text in keys without a longest length",
    Standard,
    "l206_param_bounded.rs",
    Check(check)
);

fn check(subject: &Subject<'_>, found: &mut Found<'_>) {
    for param in &subject.schema.params {
        let open = match &param.ty {
            ParamType::Rest { max: None } => true,
            ParamType::String { max, encoding } => {
                max.is_none() && *encoding != StringEncoding::Hash
            }
            _ => false,
        };
        if open {
            found
                .at(param.span, format!("`{}` can be of any length", param.name))
                .label("no longest length")
                .help(format!("give it one: `{}: {{ …, max: 128 }}`", param.name));
        }
    }
}
