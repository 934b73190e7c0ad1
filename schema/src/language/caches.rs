//! Caches and the tags that forget many entries at once.

use super::forms::{DURATION, NAME};
use super::shape::{Field, Object, Role, Shape, field};
use super::values::VALUE_EXPRESSION;

pub(super) const CACHE: Field = field!(
    "cache",
    Shape::Object(&CACHE_RULE),
    "{ value: json<Model>, stale: 1m, negative: 10s, tags: [job_tag] }",
    "A value that is loaded where it is missing, once among all processes. `ttl:` says how long it is fresh.",
    role = Role::Choice,
    also = ["cached", "memo", "memoize"]
);

pub(super) const CACHE_TAG: Field = field!(
    "cache_tag",
    Shape::Object(&TAG_RULE),
    "{}",
    "What entries of caches have in common (`tags:` of a `cache:`): invalidating it forgets them all by one command, however \
     many there are. Its `ttl:` is at least what the longest of them lives.",
    role = Role::Choice,
    also = ["cache_group", "cachetag", "tagged"]
);

static CACHE_RULE: Object = Object {
    called: "a cache",
    name: "cache",
    about: "A value that can be loaded again. An entry is fresh for the key's `ttl:`, and then stays for as long as `stale:` says.",
    choice: None,
    fields: &[
        field!(
            "value",
            Shape::Named(&VALUE_EXPRESSION),
            "json<Model>",
            "The value.",
            role = Role::Required,
            also = ["of", "type", "string", "json"]
        ),
        field!(
            "stale",
            Shape::Text(&DURATION),
            "1m",
            "For so long after it was fresh, an entry is still answered while one caller loads it anew.",
            default = "an entry is gone when it is no longer fresh",
            also = ["stale_while_revalidate", "swr", "grace"]
        ),
        field!(
            "negative",
            Shape::Text(&DURATION),
            "10s",
            "For so long it is remembered that a loader found nothing.",
            default = "it is not",
            also = ["negative_ttl", "missing", "not_found"]
        ),
        field!(
            "load_lease",
            Shape::Text(&DURATION),
            "10s",
            "For so long other processes wait for the one that loads before one of them takes over: longer than a load takes.",
            default = "`10s`",
            also = ["lease", "lock", "load_timeout"]
        ),
        field!(
            "tags",
            Shape::List(&Shape::Text(&NAME)),
            "[job_tag]",
            "Keys with `cache_tag:`, of the same database. Placeholders of theirs that the cache's template lacks are given with each value.",
            also = ["tag", "depends_on"]
        ),
    ],
};

static TAG_RULE: Object = Object {
    called: "a tag of caches",
    name: "tag of caches",
    about: "There is nothing to say of it but its template and its lifetime.",
    choice: None,
    fields: &[],
};
