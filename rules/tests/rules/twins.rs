//! Of a removed key speak two rules: one that takes a tombstone for an answer, and a strict one.

use redis_schema_rules::breaking::compare;

use crate::facts;

const BEFORE: &str = "edition: 1\nschema: shop\nversion: 1\nparams: { id: uuid }\nkeys:\n  cart: { key: 'cart:{id}', ttl: 1h, string: bytes }\n  note: { key: 'note:{id}', ttl: 1h, string: bytes }\n";

/// What is found when `cart` goes and this is left of it.
fn found(left: &str) -> Vec<String> {
    let gone = "  cart: { key: 'cart:{id}', ttl: 1h, string: bytes }\n";
    let after = BEFORE.replace(gone, "").replace("version: 1", "version: 2") + left;
    let findings = compare(&facts(BEFORE), &facts(&after)).findings;
    findings.into_iter().map(|one| one.code).collect()
}

#[test]
fn a_tombstone_answers_for_a_removed_key_but_not_to_the_strict_rule() {
    let buried = "tombstones: { cart: { key: 'cart:{id}', removed_in: 2 } }\n";
    assert_eq!(found(""), ["B101", "B701"]);
    assert_eq!(found(buried), ["B701"]);
}

#[test]
fn a_tombstone_of_other_keys_answers_for_nothing() {
    let others = "tombstones: { cart: { key: 'carts:{id}', removed_in: 2 } }\n";
    assert_eq!(found(others), ["B101", "B701"]);
    let renamed = "tombstones: { old_cart: { key: 'cart:{id}', removed_in: 2 } }\n";
    assert_eq!(found(renamed), ["B701"]);
}
