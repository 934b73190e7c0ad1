//! Locks and semaphores: what is held for a while, by whoever has its token.

use super::forms::DURATION;
use super::shape::{Field, Object, Role, Shape, Word, field};

pub(super) const LOCK: Field = field!(
    "lock",
    Shape::Object(&LOCK_RULE),
    "{ lease: 10s, wait: 30s, renew: auto, max_hold: 10m, fencing: true }",
    "A lock that one holder has at a time, and that ends with its lease. It needs no `ttl:`.",
    role = Role::Choice,
    also = ["mutex", "locked"]
);

pub(super) const SEMAPHORE: Field = field!(
    "semaphore",
    Shape::Object(&SEMAPHORE_RULE),
    "{ permits: 4, lease: 60s, wait: 30s }",
    "A bounded number of permits, each of which ends with its lease. It needs no `ttl:`.",
    role = Role::Choice,
    also = ["permits", "concurrency"]
);

static LOCK_RULE: Object = Object {
    called: "a lock",
    name: "lock",
    about: "A lock that one holder has at a time. Who neither releases nor renews it loses it when its lease is over, so that a holder \
            that is gone keeps nobody out for longer than that; a holder that is late must stop by itself, which its guard tells it.",
    choice: None,
    fields: &[
        LEASE,
        WAIT,
        RENEW,
        MAX_HOLD,
        field!(
            "fencing",
            Shape::Switch,
            "true",
            "Each hold gets a number that is higher than those of all holds before, so that what the lock guards can refuse who comes \
             late. The last one is kept under the key's own name with `:fence` behind it, which is declared thereby.",
            default = "`false`",
            also = ["fence", "fenced", "fencing_token"]
        ),
    ],
};

static SEMAPHORE_RULE: Object = Object {
    called: "a semaphore",
    name: "semaphore",
    about: "So many permits that holders share. Who neither gives a permit back nor renews it loses it when its lease is over. Fewer \
            permits than before revoke none: nobody gets one until enough are given back.",
    choice: None,
    fields: &[
        field!(
            "permits",
            Shape::Number {
                min: 1,
                max: 10_000
            },
            "4",
            "How many holders there may be at a time.",
            role = Role::Required,
            also = ["limit", "max", "size", "count"]
        ),
        LEASE,
        WAIT,
        RENEW,
        MAX_HOLD,
    ],
};

const LEASE: Field = field!(
    "lease",
    Shape::Text(&DURATION),
    "10s",
    "How long a hold lasts that is not renewed, by the server's clock.",
    role = Role::Required,
    also = ["ttl", "timeout", "expire", "duration"]
);

const WAIT: Field = field!(
    "wait",
    Shape::Text(&DURATION),
    "30s",
    "How long `acquire` waits for others at most.",
    default = "`acquire` does not wait",
    also = ["blocking_timeout", "acquire_timeout", "wait_for"]
);

const RENEW: Field = field!(
    "renew",
    Shape::Words(&[
        Word {
            text: "auto",
            about: "By its guard, each time a third of the lease is over, until `max_hold`."
        },
        Word {
            text: "never",
            about: "Only when the holder says so."
        },
    ]),
    "auto",
    "Who renews the lease of a hold.",
    default = "`never`",
    also = ["renewal", "watchdog", "auto_renew"]
);

const MAX_HOLD: Field = field!(
    "max_hold",
    Shape::Text(&DURATION),
    "10m",
    "How long a hold lasts at most, however often it is renewed: longer than the work takes. Needed with `renew: auto`, so that a \
     holder that hangs lets others in some day.",
    default = "as long as it is renewed",
    also = ["max", "max_lease", "hold"]
);
