//! Limits of calls.

use std::time::Duration;

use redis_schema_model::diagnostic::Code;
use redis_schema_model::model::{
    Fallback, Lifetime, LimitAlgorithm, OnWrite, RateLimit, Schema, Structure, TtlRule,
};

use super::{key, keyed, refused, right, wrong};

/// A key with this limiter.
fn limited(limiter: &str) -> String {
    keyed(&format!("    rate_limit: {limiter}\n"))
}

fn limiter(schema: &Schema) -> &RateLimit {
    match &key(schema, "k").structure {
        Structure::RateLimit(limiter) => limiter,
        other => panic!("{other:?}"),
    }
}

fn lives(schema: &Schema) -> Duration {
    match &key(schema, "k").lifetime {
        Lifetime::Expires(expiry) => {
            assert_eq!(
                expiry.on_write,
                OnWrite::SetOnce,
                "accessors leave it alone"
            );
            match expiry.rule {
                TtlRule::After(time) => time,
                TtlRule::EndOfDay => panic!("at midnight"),
            }
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_is_said_is_what_is_meant() {
    let schema = right(&limited("{ rules: [60/1m burst 10, 1k/1h], max_cost: 5 }"));
    let it = limiter(&schema);
    assert_eq!(it.algorithm, LimitAlgorithm::Gcra);
    let rules: Vec<_> = it
        .rules
        .iter()
        .map(|rule| (rule.calls, rule.window, rule.burst))
        .collect();
    let (minute, hour) = (Duration::from_secs(60), Duration::from_secs(3600));
    assert_eq!(rules, [(60, minute, 10), (1000, hour, 1000)]);
    assert_eq!((it.max_cost, it.most_cost()), (Some(5), 5));
    assert_eq!(it.rules[0].text(), "60/1m burst 10");
    assert_eq!(lives(&schema), hour);
    let schema = right(&limited("{ rules: [60/1m burst 10] }"));
    assert_eq!(limiter(&schema).most_cost(), 10, "what comes at once");
    assert_eq!(
        lives(&schema),
        Duration::from_secs(10),
        "when ten are paid off"
    );
    let schema = right(&limited("{ rules: [60/1m], algorithm: sliding_log }"));
    assert_eq!(limiter(&schema).algorithm, LimitAlgorithm::SlidingLog);
    assert_eq!(lives(&schema), minute);
}

#[test]
fn all_that_is_wrong_is_told_at_once() {
    let found = wrong(&limited(
        "{ rules: [60/m, 0/1h, 5/1x, 60/1d burst 0], max_cost: 0 }",
    ));
    let expected = [
        (Code::E1301, "m"),
        (Code::E1302, "0"),
        (Code::E0601, "1x"),
        (Code::E1302, "0"),
        (Code::E1302, "0"),
    ];
    assert_eq!(
        found,
        expected.map(|(code, place)| (code, place.to_owned()))
    );
}

#[test]
fn numbers_that_no_server_counts() {
    refused(
        &limited("{ rules: [1/36500d burst 2] }"),
        Code::E1304,
        "1/36500d burst 2",
        "burst",
    );
    refused(
        &limited("{ rules: [10001/1h], algorithm: sliding_log }"),
        Code::E1304,
        "10001/1h",
        "gcra",
    );
    right(&limited("{ rules: [4294967295/1ms] }"));
    right(&limited("{ rules: [10k/1h], algorithm: sliding_log }"));
    let dear = limited("{ rules: [60/1m, 1000/1h], max_cost: 61 }");
    refused(&dear, Code::E1302, "61", "max_cost: 60");
}

#[test]
fn rules_that_never_decide() {
    let pointless = |rules: &str, place: &str| {
        refused(
            &limited(&format!("{{ rules: {rules} }}")),
            Code::E1303,
            place,
            "one of the two",
        );
    };
    pointless("[60/1m, 60/1m]", "60/1m");
    pointless("[1000/1m, 10/1s]", "1000/1m");
    pointless("[60/1m, 59/1m burst 10]", "60/1m");
    pointless("[10/1s, 36000/1h burst 20]", "36000/1h burst 20");
    // Neither burst nor pace alone makes another rule pointless.
    right(&limited("{ rules: [10/1s, 40k/1h burst 5] }"));
    right(&limited("{ rules: [60/1m, 1000/1h] }"));
    let twice = limited("{ rules: [60/1m burst 10, 30/1m] }");
    refused(&twice, Code::E1303, "30/1m", "1/1s");
    let logs = |rules: &str| limited(&format!("{{ rules: {rules}, algorithm: sliding_log }}"));
    // Two windows of 40 s cover a minute.
    refused(
        &logs("[30/40s, 60/1m]"),
        Code::E1303,
        "60/1m",
        "one of the two",
    );
    right(&logs("[30/40s, 59/1m]"));
    refused(
        &logs("[60/1m, 30/1m]"),
        Code::E1303,
        "60/1m",
        "one of the two",
    );
}

#[test]
fn what_means_nothing_beside_a_limiter() {
    refused(
        &keyed("    ttl: 1h\n    rate_limit: { rules: [60/1m] }\n"),
        Code::E1305,
        "1h",
        "remove `ttl:`",
    );
    refused(
        &limited("{ rules: [60/1m burst 5], algorithm: sliding_log }"),
        Code::E1306,
        "burst 5",
        "shorter window",
    );
    refused(
        &limited("{ rules: [] }"),
        Code::E1301,
        "[]",
        "rules: [60/1m]",
    );
    refused(
        &limited("{ rules: [60/1m] }\n    replica_ok: true"),
        Code::E0803,
        "{ rules: [60/1m] }",
        "replica_ok",
    );
    let unit = format!(
        "{}units: {{ all: {{ writes: [k] }} }}\n",
        limited("{ rules: [60/1m] }")
    );
    assert_eq!(wrong(&unit)[0].1, "k");
}

#[test]
fn what_is_done_without_the_server() {
    let ways = |ways: &str| limited(&format!("{{ rules: [60/1m] }}\n    on_unavailable: {ways}"));
    let read = |schema: &Schema| key(schema, "k").on_unavailable.read.clone();
    assert_eq!(read(&right(&ways("allow"))), Fallback::Allow);
    assert_eq!(read(&right(&ways("deny"))), Fallback::Deny);
    assert_eq!(read(&right(&ways("error"))), Fallback::Error);
    for way in ["absent", "load", "skip_write", "[allow, skip_write]"] {
        refused(&ways(way), Code::E1101, way, "`allow` or `deny`");
    }
    refused(&ways("[allow, deny]"), Code::E1102, "deny", "one word");
    let elsewhere = keyed("    ttl: 1h\n    string: u32\n    on_unavailable: deny\n");
    refused(&elsewhere, Code::E1101, "deny", "absent");
    let counter = keyed("    ttl: 1h\n    counter: u32\n    on_unavailable: allow\n");
    refused(&counter, Code::E1101, "allow", "remove it");
}
