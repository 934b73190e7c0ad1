//! Differences that break nobody, each with the reason.

/// Kinds of difference that break nobody, and why. `*` and `**` as in the claims of rules.
pub const HARMLESS: &[(&str, &str)] = &[
    ("accept", "says what is accepted, not how data looks"),
    (
        "schema.version",
        "counts changes; what changed is told by itself",
    ),
    ("policy.*", "limits are held by `check`"),
    ("database.index", "every key that moves says so"),
    ("database.added", "nothing lies there yet"),
    ("database.durability", "every key that changes says so"),
    (
        "param.removed",
        "a template that carried it says so by itself",
    ),
    ("tombstone.removed_in", "when, not what"),
    (
        "key.was",
        "a declared rename; the template says where the data lies",
    ),
    (
        "param.added",
        "nothing carries it yet, or the template says so",
    ),
    (
        "param.was",
        "a declared rename; keys hold no names of placeholders",
    ),
    ("type.in_place_of", "where a type is written"),
    ("type.was", "a declared rename"),
    (
        "type.added",
        "nothing is stored as it yet, or the place that uses it says so",
    ),
    ("tombstone.added", "a promise, not data"),
    ("unit.added", "a new way to write keys that exist"),
    ("group.added", "a new way to find keys that exist"),
    ("pack.added", "describes keys of others"),
    ("channel.added", "nobody speaks or listens there yet"),
    (
        "channel.durable",
        "what is wanted of it; a channel keeps no message either way, which L410 says",
    ),
    ("key.lifetime.reason", "words"),
    ("key.lifetime.audit_ms", "read by audits alone"),
    (
        "key.structure.hold.*",
        "how long a program waits, renews and holds: each goes by its own, and the server asks nobody",
    ),
    (
        "key.structure.permits",
        "each program counts to its own number; permits that are taken stay",
    ),
    ("key.deprecated", "a notice"),
    (
        "key.on_unavailable",
        "what callers see without a server; data is the same",
    ),
    (
        "key.structure.max_cost",
        "which costs callers may ask for; what is counted is the same",
    ),
    (
        "key.structure.stale_ms",
        "every entry says itself for how long it is fresh; callers see older values for longer, or less old ones",
    ),
    (
        "key.structure.negative_ms",
        "what was remembered ends by itself, and every version reads it",
    ),
    (
        "key.structure.load_lease_ms",
        "every load says itself how long it is left to who began it",
    ),
    (
        "key.structure.backoff",
        "every program tells how long what it could not do waits",
    ),
    (
        "key.structure.touch_after_ms",
        "each program notes use in its own time; what is noted is the same",
    ),
    (
        "key.structure.session",
        "the sessions say which index they are in (B432)",
    ),
    (
        "key.structure.allow_unknown",
        "which reports a program makes; what is stored and told is the same",
    ),
    (
        "key.structure.message",
        "those who follow read events with a message and without; callers are told by the compiler",
    ),
    (
        "key.replica_ok",
        "which server answers reads; data is the same",
    ),
    ("key.name", "the key itself stays; callers are told by B701"),
    ("variant.name", "its text stays; callers are told by B701"),
    (
        "**.variant.name",
        "its text stays; callers are told by B701",
    ),
    (
        "type.name",
        "what is stored stays; callers are told by B701",
    ),
    (
        "type.removed",
        "the places that used it say what became of them",
    ),
    ("group.removed", "a way to find keys that are still there"),
    (
        "record.rust",
        "what is stored stays; callers are told by B702",
    ),
    (
        "own_type.rust",
        "what is stored stays; callers are told by B702",
    ),
    (
        "param.rust",
        "what is stored stays; callers are told by B702",
    ),
    ("schema.edition", "rules and defaults of checks, not data"),
    (
        "schema.name",
        "no key is named after it; callers are told by B703",
    ),
    ("pack.*", "describes keys of others"),
    (
        "channel.name",
        "no rename can be declared: it goes and another comes",
    ),
    (
        "database.name",
        "no rename can be declared: it goes and another comes",
    ),
    (
        "group.name",
        "no rename can be declared: it goes and another comes",
    ),
    (
        "unit.name",
        "no rename can be declared: it goes and another comes",
    ),
    (
        "tombstone.name",
        "no rename can be declared: it goes and another comes",
    ),
    (
        "shape.name",
        "no rename can be declared: it goes and another comes",
    ),
];
