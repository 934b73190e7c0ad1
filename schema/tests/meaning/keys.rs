use std::time::Duration;

use redis_schema_model::diagnostic::Code;
use redis_schema_model::model::{Expiry, Lifetime, OnWrite, StreamTrim, Structure, TtlRule};

use super::{keyed, one, refused, right, structured, wrong};

fn ttl(text: &str) -> String {
    keyed(&format!("    ttl: {text}\n    string: bytes\n"))
}

fn expiry(text: &str) -> Expiry {
    match right(&ttl(text)).keys[0].lifetime.clone() {
        Lifetime::Expires(expiry) => expiry,
        other => panic!("{other:?}"),
    }
}

#[test]
fn lifetimes() {
    let hour = Duration::from_secs(3600);
    let plain = expiry("1h");
    assert_eq!(plain.rule, TtlRule::After(hour));
    assert_eq!(
        (plain.on_write, plain.refresh_on_read),
        (OnWrite::Refresh, false)
    );
    assert_eq!(
        (plain.jitter_permille, &plain.env, plain.audit),
        (0, &None, None)
    );
    let full = expiry(
        "{ default: 1h, env: TTL, on_write: keep, on_read: refresh, jitter: 2.5%, range: 1m..2h }",
    );
    assert_eq!((full.on_write, full.refresh_on_read), (OnWrite::Keep, true));
    assert_eq!(
        (full.jitter_permille, full.env.as_deref()),
        (25, Some("TTL"))
    );
    assert_eq!(full.audit, Some((Duration::from_secs(60), 2 * hour)));
    assert_eq!(
        expiry("{ at: end_of_day, on_write: set_once }").rule,
        TtlRule::EndOfDay
    );
    let never = right(&ttl("{ none: read for ever }")).keys[0]
        .lifetime
        .clone();
    assert_eq!(
        never,
        Lifetime::None {
            reason: "read for ever".into()
        }
    );
}

#[test]
fn lifetimes_that_cannot_be() {
    for (text, code, place, help) in [
        ("3600", Code::E0601, "3600", "`3600s`"),
        ("1y", Code::E0601, "1y", "`7d`"),
        ("none", Code::E0601, "none", "ttl: { none:"),
        ("-1", Code::E0601, "-1", "ttl: { none:"),
        ("{ none: \"\" }", Code::E0602, "\"\"", "why"),
        ("{ default: 1h, jitter: 50% }", Code::E0602, "50%", "10%"),
        ("{ default: 1h, jitter: 10 }", Code::E0602, "10", "`10%`"),
        (
            "{ default: 1h, range: 2h..1h }",
            Code::E0602,
            "2h..1h",
            "`1h..2h`",
        ),
        (
            "{ default: 1h, range: 2h..3h }",
            Code::E0602,
            "2h..3h",
            "below `default:`",
        ),
        (
            "{ default: 1h, env: \"${X}\" }",
            Code::E0311,
            "\"${X}\"",
            "`X`",
        ),
        (
            "{ default: 1h, on_write: set_once, on_read: refresh }",
            Code::E0602,
            "refresh",
            "on_write: keep",
        ),
    ] {
        refused(&ttl(text), code, place, help);
    }
}

#[test]
fn external_keys() {
    let schema = right(&keyed("    external: hash\n"));
    assert_eq!(schema.keys[0].lifetime, Lifetime::External);
    let schema = right(&keyed("    external: any\n    ttl: 1h\n"));
    assert!(matches!(schema.keys[0].lifetime, Lifetime::Expires(_)));
}

#[test]
fn streams() {
    let stream = |text: &str| {
        structured(&format!(
            "stream: {{ entry: {{ at: timestamp_ms, note: string? }}{text} }}"
        ))
    };
    let schema = right(&stream(", maxlen: ~10k, groups: [a, b]"));
    let Structure::Stream {
        entry,
        trim,
        groups,
    } = &schema.keys[0].structure
    else {
        panic!("a stream");
    };
    assert_eq!(schema[*entry].name.as_str(), "KEntry");
    assert_eq!(
        *trim,
        Some(StreamTrim::MaxLen {
            count: 10_000,
            approx: true
        })
    );
    assert_eq!(groups.len(), 2);
    let trim = |text: &str| match right(&stream(text)).keys[0].structure {
        Structure::Stream { trim, .. } => trim,
        _ => panic!("a stream"),
    };
    assert_eq!(
        trim(", maxlen: 5"),
        Some(StreamTrim::MaxLen {
            count: 5,
            approx: false
        })
    );
    assert_eq!(
        trim(", max_age: 7d"),
        Some(StreamTrim::MinAge {
            ms: 604_800_000,
            approx: false
        })
    );
    assert_eq!(trim(""), None);
    for (text, code, place, help) in [
        (
            ", maxlen: 5, max_age: 7d",
            Code::E0605,
            "7d",
            "keep `maxlen:`",
        ),
        (", maxlen: 0", Code::E0605, "0", "~1000"),
        (", maxlen: ~x", Code::E0611, "x", "1000"),
        (", max_age: ~7", Code::E0601, "7", "`7s`"),
        (", groups: [a, a]", Code::E0303, "a", "remove one"),
        (", groups: [A]", Code::E0301, "A", "`a`"),
    ] {
        refused(&stream(text), code, place, help);
    }
    refused(
        &structured("stream: { entry: { note: string? } }"),
        Code::E0606,
        "{ note: string? }",
        "required",
    );
    refused(
        &structured("stream: { entry: u8 }"),
        Code::E0606,
        "u8",
        "fields:",
    );
}

#[test]
fn hashes_need_records_with_fields() {
    refused(
        &structured("hash: {}"),
        Code::E0606,
        "hash",
        "at least one field",
    );
    refused(&structured("hash: u8"), Code::E0606, "u8", "fields:");
    let schema = right(&structured("hash: { a: u8, b: { string: u8 } }"));
    let Structure::Hash(id) = schema.keys[0].structure else {
        panic!("a hash");
    };
    assert_eq!(schema[id].name.as_str(), "K");
}

#[test]
fn units() {
    let keys = "params: { id: uuid, other: slug }\ndatabases: { d: 0, e: 1 }\nkeys:\n  a: { key: \"a:{id}\", in: d, ttl: 1h, string: bytes }\n  b: { key: \"b:{other}:{id}\", in: d, ttl: 1h, set: u8 }\n  c: { key: \"c:{id}\", in: e, ttl: 1h, string: bytes }\n  x: { key: \"x:{id}\", in: d, external: any }\n  h: { key: \"h:{id}\", in: d, ttl: 1h, hyperloglog: u8 }\n";
    let unit =
        |writes: &str| format!("{keys}units: {{ u: {{ about: Both., writes: {writes} }} }}\n");
    let schema = right(&unit("[b, a]"));
    let names: Vec<&str> = schema.units[0]
        .writes
        .iter()
        .map(|id| schema[*id].name.as_str())
        .collect();
    assert_eq!(names, ["b", "a"]);
    let params: Vec<&str> = schema.units[0]
        .params
        .iter()
        .map(|id| schema[*id].name.as_str())
        .collect();
    assert_eq!(params, ["other", "id"]);
    refused(&unit("[a, a]"), Code::E0303, "a", "remove one");
    refused(&unit("[a, c]"), Code::E0609, "c", "one of `d` and `e`");
    refused(&unit("[a, x]"), Code::E0609, "x", "remove it");
    refused(&unit("[a, h]"), Code::E0609, "h", "atomic");
    refused(
        &unit("[a, zzz]"),
        Code::E0306,
        "zzz",
        "declared under `keys:`",
    );
    refused(&unit("[]"), Code::E0609, "[]", "writes: [");
}

#[test]
fn groups() {
    let keys = "params: { id: uuid, day: date, lone: slug }\nkeys:\n  a: { key: \"a:{id}\", ttl: 1h, string: bytes }\n  b: { key: \"b:{id}[:{day}]\", ttl: 1h, string: bytes }\n  x: { key: \"x:{id}\", external: any }\n";
    let group = |by: &str| format!("{keys}groups: {{ g: {{ by: {by} }} }}\n");
    let members = |by: &str| -> Vec<String> {
        let schema = right(&group(by));
        schema.groups[0]
            .members
            .iter()
            .map(|id| schema[*id].name.to_string())
            .collect()
    };
    assert_eq!(members("id"), ["a", "b"]);
    assert_eq!(members("day"), ["b"]);
    refused(&group("lone"), Code::E0610, "lone", "{lone}");
    refused(&group("dya"), Code::E0304, "dya", "did you mean `day`?");
}

#[test]
fn deprecation() {
    let deprecated = |text: &str| {
        keyed(&format!(
            "    ttl: 1h\n    string: bytes\n    deprecated: {text}\n  job_v2: {{ key: v2, ttl: 1h, string: bytes }}\n"
        ))
    };
    let notice = |text: &str| right(&deprecated(text)).keys[0].deprecated.clone().unwrap();
    assert_eq!(notice("Use `job_v2`."), "Use `job_v2`.");
    assert_eq!(
        notice("{ since: 2026-11-01, remove_after: 2027-02-01, instead: job_v2 }"),
        "Deprecated since 2026-11-01. Use `job_v2` instead. May be removed after 2027-02-01."
    );
    assert_eq!(notice("{ instead: Ask the team. }"), "Ask the team.");
    refused(
        &deprecated("{ instead: jobv2 }"),
        Code::E0306,
        "jobv2",
        "did you mean `job_v2`?",
    );
}

#[test]
fn sizes() {
    let size = |text: &str| {
        keyed(&format!(
            "    ttl: 1h\n    string: bytes\n    size: {text}\n"
        ))
    };
    assert_eq!(
        right(&size("{ bytes: 2KiB, keys: 10k }")).keys[0].size,
        Some((2048, 10_000))
    );
    refused(&size("{ bytes: 2kb, keys: 1 }"), Code::E0611, "2kb", "4KiB");
    refused(
        &size("{ bytes: 2, keys: many }"),
        Code::E0611,
        "many",
        "10k",
    );
}

#[test]
fn mistakes_of_one_key_are_all_told() {
    let body =
        keyed("    slot: nope\n    ttl: 5\n    set: Missing\n    prefix: \"{x}\"\n    was: k\n");
    let codes: Vec<Code> = wrong(&body).into_iter().map(|(code, _)| code).collect();
    assert_eq!(
        codes,
        [
            Code::E0304,
            Code::E0601,
            Code::E0305,
            Code::E0408,
            Code::E0310
        ]
    );
}

#[test]
fn findings_read_as_sentences() {
    let (_, _, message, help) = one(&keyed("    ttl: 1h\n    set: Jop\n"));
    assert_eq!(message, "no type is called `Jop`");
    assert_eq!(help, "declare it: `types: { Jop: { fields: { … } } }`");
}
