//! # L411 LIST_AS_QUEUE_HAS_RECOVERY
//!
//! Who takes a value off a list and fails has lost it: nobody else ever sees it. A list that work is taken from says where values
//! lie while they are worked on (`processing:`); then `take` moves them there, `done` removes them, and `recover` gives back what
//! was left by those who are gone. A list that is its reader's alone, or whose values may be lost, says so:
//! `allow: { L411: the reason }`.
//!
//! ```yaml wrong
//! edition: 1
//! schema: shop
//! version: 1
//! keys:
//!   waiting: { key: "orders:waiting", ttl: 1d, list: { of: slug, order: fifo } }
//! ```
//!
//! ```yaml right
//! edition: 1
//! schema: shop
//! version: 1
//! keys:
//!   waiting: { key: "orders:waiting", ttl: 1d, list: { of: slug, order: fifo, processing: running } }
//!   running: { key: "orders:running", ttl: 1d, list: slug }
//! ```

use super::{Found, Lint, Subject, lint};

pub(super) const LINT: Lint = lint!(
    "L411" "LIST_AS_QUEUE_HAS_RECOVERY",
    "work that is lost with whoever took it",
    Strict,
    "l411_list_as_queue_has_recovery.rs",
    Check(check)
);

fn check(subject: &Subject<'_>, found: &mut Found<'_>) {
    for key in subject.own_keys() {
        let Some(queue) = key.queue.filter(|queue| queue.processing.is_none()) else {
            continue;
        };
        let message = format!(
            "what is taken off `{}` is lost with whoever took it",
            key.name
        );
        found
            .at(queue.span, message)
            .label("no `processing:`")
            .help("declare another list of the same values and name it by `processing:`, or say why nothing is lost: `allow: { L411: the reason }`");
    }
}
