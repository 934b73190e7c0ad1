//! What a change of a key's lifetime or class is told as, where several rules might speak.

use redis_schema_rules::breaking::compare;

use crate::facts;

/// Codes of what is found between two versions of a key, without what only callers' source sees.
fn told(before: &str, after: &str) -> Vec<String> {
    let version = |version: u8, key: &str| {
        facts(&format!(
            "edition: 1\nschema: shop\nversion: {version}\nparams: {{ id: uuid }}\nkeys:\n  calls: {{ key: 'calls:{{id}}', {key} }}\n"
        ))
    };
    let findings = compare(&version(1, before), &version(2, after)).findings;
    let codes = findings.into_iter().map(|one| one.code);
    codes.filter(|code| !code.starts_with("B7")).collect()
}

fn counter(before: &str, after: &str) -> Vec<String> {
    let counter = |ttl: &str| format!("ttl: {ttl}, counter: u32");
    told(&counter(before), &counter(after))
}

#[test]
fn a_window_changes_once_however_many_parts_of_the_lifetime_say_so() {
    let window = "{ default: 1m, on_write: keep }";
    for other in [
        "{ default: 1h, on_write: refresh }",
        "{ default: 1m, on_write: refresh, on_read: refresh }",
        "{ default: 2h, on_write: keep, on_read: refresh }",
        "{ at: end_of_day, on_write: refresh }",
        "{ none: a total }",
        "{ default: 30s, on_write: set_once }",
    ] {
        let found = counter(window, other);
        assert_eq!(found.first().map(String::as_str), Some("B409"), "{other}");
        let again = found.iter().filter(|code| *code == "B409").count();
        assert_eq!(again, 1, "{other}: {found:?}");
        assert!(
            found.iter().all(|code| code == "B409"),
            "{other}: {found:?}"
        );
        assert_eq!(counter(other, window), found, "{other}, the other way");
    }
}

#[test]
fn what_leaves_the_window_as_it_is_is_told_as_of_any_key() {
    let window = "{ default: 1m, on_write: keep }";
    let found = counter(window, "{ default: 1m, on_write: set_once }");
    assert_eq!(found, ["B505"]);
    assert_eq!(
        counter(window, "{ default: 1m, on_write: keep, jitter: 10% }"),
        ["B505"]
    );
    // A total that ends when nobody counts begins anew in the same moment, only later.
    let total = |time: &str| format!("{{ default: {time}, on_write: refresh }}");
    assert_eq!(counter(&total("1h"), &total("30m")), ["B503"]);
    assert_eq!(counter(&total("1h"), &total("2h")), ["B504"]);
    let text = |ttl: &str| format!("ttl: {ttl}, string: bytes");
    assert_eq!(
        told(&text("1h"), &text("{ default: 1h, on_write: keep }")),
        ["B505"]
    );
}

#[test]
fn to_say_a_class_for_the_first_time_is_no_change_and_to_take_durable_back_is_one() {
    let class = |word: &str| format!("ttl: 1h, string: bytes{word}");
    let (unsaid, cache, durable) = ("", ", durability: cache", ", durability: durable");
    let found = |before: &str, after: &str| told(&class(before), &class(after));
    assert!(found(unsaid, cache).is_empty());
    assert!(found(unsaid, durable).is_empty());
    assert!(found(cache, unsaid).is_empty());
    assert_eq!(found(durable, unsaid), ["B601"]);
    assert_eq!(found(durable, cache), ["B601"]);
    assert_eq!(found(cache, durable), ["B601"]);
}
