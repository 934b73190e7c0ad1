//! Which keys are caches whose entries may all go at once.

use redis_schema_rules::lint::{Chosen, Sets};
use redis_schema_rules::rule::Set;

use crate::{found, schema};

/// What L305 underlines.
fn told(keys: &str) -> Vec<String> {
    let text = schema(&format!(
        "databases: {{ pages: {{ index: 1, durability: cache }} }}\nparams: {{ id: uuid }}\nkeys:\n{keys}"
    ));
    let mut chosen = Chosen::default();
    chosen.sets.push(Sets::Of(Set::Strict));
    let found = found(&text, &chosen).into_iter();
    let own = found.filter(|(code, _)| code == "L305");
    own.map(|(_, place)| place).collect()
}

#[test]
fn a_class_may_be_that_of_the_database() {
    assert_eq!(
        told("  page: { key: 'page:{id}', ttl: 10m, string: bytes }\n"),
        ["10m"]
    );
    assert!(
        told("  page: { key: 'page:{id}', ttl: 10m, durability: durable, string: bytes }\n")
            .is_empty()
    );
}

#[test]
fn midnight_comes_for_all_at_once() {
    let midnight = "{ at: end_of_day }";
    let key = format!("  page: {{ key: 'page:{{id}}', ttl: {midnight}, string: bytes }}\n");
    assert_eq!(told(&key), [midnight]);
}

#[test]
fn single_keys_and_those_that_reading_keeps_alive_do_not_go_together() {
    assert!(told("  front: { key: front, ttl: 10m, string: bytes }\n").is_empty());
    let read = "{ default: 10m, on_read: refresh }";
    let key = format!("  page: {{ key: 'page:{{id}}', ttl: {read}, string: bytes }}\n");
    assert!(told(&key).is_empty());
    assert!(told("  page: { key: 'page:{id}', ttl: { none: few }, string: bytes }\n").is_empty());
}
