//! # L904 ACCEPT_EXPIRED
//!
//! A break of compatibility is accepted until a day, so that somebody looks at it again. After that day the entry under
//! `accept:` is over: remove it, or renew it with a reason. The day of the check is the calendar's, in UTC.
//!
//! ```yaml wrong
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 1h, string: json<any> }
//! accept:
//!   - { rule: TTL_NO_SHRINK, path: cart, owner: team-carts, reason: Nobody waits a day, expires: 2020-01-31 }
//! ```
//!
//! ```yaml right
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 1h, string: json<any> }
//! accept:
//!   - { rule: TTL_NO_SHRINK, path: cart, owner: team-carts, reason: Nobody waits a day, expires: 2999-01-31 }
//! ```

use super::{Found, Lint, Subject, lint};
use crate::day::Day;

pub(super) const LINT: Lint = lint!(
    "L904" "ACCEPT_EXPIRED",
    "an accepted break whose day is over",
    Standard,
    "l904_accept_expired.rs",
    Check(check)
);

fn check(subject: &Subject<'_>, found: &mut Found<'_>) {
    let Some(today) = subject.given.today else {
        return;
    };
    for accepted in &subject.schema.accept {
        let is_over = accepted.expires.parse().is_ok_and(|day: Day| day < today);
        if !is_over {
            continue;
        }
        found
            .at(
                accepted.span,
                format!(
                    "`{}` of `{}` was accepted until {}",
                    accepted.rule, accepted.path, accepted.expires
                ),
            )
            .label("over")
            .help(format!(
                "remove the entry, or let {} renew it",
                accepted.owner
            ));
    }
}
