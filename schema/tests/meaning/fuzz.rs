//! Whatever is said in the words of the language is understood or refused with a reason: never neither.

use proptest::prelude::*;
use proptest::sample::select;
use redis_schema_model::load::load_text;

use super::{shown, text_of};

const VALUES: &[&str] = &[
    "u8",
    "string",
    "string?",
    "E",
    "R",
    "X",
    "[R]",
    "{ string: E }",
    "json<R>",
    "text<E>",
    "bytes",
    "any",
    "id",
    "{ ref: k0.id }",
    "{ ref: k1 }",
    "{ type: R, zstd: over 1KiB }",
    "hex(4)",
    "[]",
    "{}",
    "~",
    "0..9",
    "x y",
];
const TEMPLATES: &[&str] = &[
    "a",
    "a:{id}",
    "a:{s}",
    "{s}",
    "{s}-{s}",
    "{s}{id}",
    "a[:{d}]",
    "{{{id}}}:a",
    "{e}:x",
    "{raw}:y",
    "a:{rest}",
    "{",
    "}",
    "[",
    "a[{id}",
    "{{",
    "{nope}",
];
const PARAMS: &[&str] = &[
    "uuid",
    "slug",
    "u16",
    "ip",
    "rest",
    "string",
    "E",
    "R",
    "hex(4)",
    "date",
    "date(YY)",
    "{ type: string, encode: raw }",
    "{ type: slug, max: 3 }",
    "{ type: string, encode: percent }",
    "{ type: E, max: 4 }",
    "~",
    "[]",
];
const STRUCTURES: &[&str] = &[
    "string",
    "list",
    "set",
    "hash",
    "hyperloglog",
    "geo",
    "json_document",
    "hash_map",
    "zset",
    "stream",
    "counter",
    "external",
    "bitmap",
    "rate_limit",
    "lock",
    "queue",
];
const LIFETIMES: &[&str] = &[
    "1h",
    "90",
    "{ default: 1d, jitter: 10% }",
    "{ none: why }",
    "{ at: end_of_day }",
    "{ default: 1h, at: end_of_day }",
    "{ default: 1h, on_write: set_once, on_read: refresh }",
    "~",
    "[]",
    "{ default: x }",
];

fn types() -> impl Strategy<Value = String> {
    let one = prop_oneof![
        select(VALUES).prop_map(|v| format!("{{ type: {v} }}")),
        select(VALUES).prop_map(|v| format!(
            "{{ fields: {{ a: {v}, b: {{ type: {v}, default: 0, max: a }} }} }}"
        )),
        select(VALUES).prop_map(|v| format!("{{ one_of: {{ a: {v}, b: {{ type: {v} }} }} }}")),
        select(VALUES).prop_map(|v| format!("{{ rust: \"crate::M\", as: {v} }}")),
        Just("{ enum: [a, b], flow: { a: [b] } }".to_owned()),
        Just("{ enum: { a: { text: x }, b: { text: x } }, other: A }".to_owned()),
    ];
    (one.clone(), one).prop_map(|(e, r)| format!("types:\n  E: {e}\n  R: {r}\n"))
}

fn params() -> impl Strategy<Value = String> {
    let one = || select(PARAMS);
    (one(), one(), one()).prop_map(|(s, e, d)| {
        format!("params:\n  id: uuid\n  s: {s}\n  e: {e}\n  d: {d}\n  raw: {{ type: string, encode: raw, reason: r }}\n  rest: rest\n")
    })
}

fn key() -> impl Strategy<Value = String> {
    let template = || select(TEMPLATES);
    (
        template(),
        select(STRUCTURES),
        select(VALUES),
        select(LIFETIMES),
        prop::option::of(select(vec!["id", "s", "nope"])),
    )
        .prop_map(|(template, structure, value, ttl, slot)| {
            let value = match structure {
                "hash_map" => format!("{{ string: {value} }}"),
                "zset" => format!("{{ member: {value}, score: rank }}"),
                "rate_limit" => "{ rules: [5/1m, 9/1m, 0/1s, 1/x], max_cost: 7 }".to_owned(),
                "stream" => format!("{{ entry: {value}, maxlen: 10, groups: [a, a] }}"),
                _ => value.to_owned(),
            };
            let slot = slot
                .map(|slot| format!("    slot: {slot}\n"))
                .unwrap_or_default();
            format!("    key: \"{template}\"\n    ttl: {ttl}\n    {structure}: {value}\n{slot}")
        })
}

fn schema() -> impl Strategy<Value = String> {
    let keys = prop::collection::vec(key(), 0..5);
    let rest = select(vec![
        "",
        "topology: cluster\n",
        "server: { min: \"6.0\" }\n",
        "databases: { a: 0, b: 1 }\n",
        "policy: { max_key_bytes: 30 }\n",
        "packs: { p: { patterns: [\"a*\", \"*:y\"] } }\n",
        "tombstones: { k9: { key: \"a:{id}\", removed_in: 1 } }\n",
    ]);
    (types(), params(), keys, rest, any::<bool>()).prop_map(|(types, params, keys, rest, more)| {
        let mut out = format!("{types}{params}{rest}keys:\n");
        for (at, key) in keys.iter().enumerate() {
            out.push_str(&format!("  k{at}:\n{key}"));
        }
        if keys.is_empty() {
            out = out.replace("keys:\n", "keys: {}\n");
        }
        if more {
            out.push_str("units: { u: { writes: [k0, k1] } }\ngroups: { g: { by: id } }\nchannels:\n  c: { channel: \"{s}\", message: R }\n  d: { channel: \"a\", message: { one_of: { a: E } } }\n");
        }
        out
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1000) })]

    #[test]
    fn understood_or_refused_with_a_reason(body in schema()) {
        let loaded = load_text(&text_of(&body));
        prop_assert_eq!(loaded.schema.is_some(), !loaded.has_errors(), "{}\n{}", body, shown(&loaded));
        for finding in &loaded.diagnostics {
            prop_assert!(finding.help.is_some(), "{:?}", finding);
            prop_assert!(!finding.message.is_empty() && !finding.label.is_empty(), "{:?}", finding);
            prop_assert!(!finding.message.ends_with('.'), "{:?}", finding);
        }
        // No finding is told twice.
        let mut told: Vec<_> = loaded.diagnostics.iter().map(|d| (d.code.clone(), d.span, &d.message)).collect();
        told.sort();
        let count = told.len();
        told.dedup();
        prop_assert_eq!(told.len(), count, "{}\n{}", body, shown(&loaded));
    }
}

#[test]
fn long_chains_of_types_end() {
    let mut aliases = String::from("types:\n");
    let mut records = String::from("types:\n");
    let mut unions = String::from("types:\n");
    for at in 0..3000 {
        aliases.push_str(&format!("  A{at}: {{ type: A{} }}\n", at + 1));
        records.push_str(&format!(
            "  A{at}: {{ fields: {{ a: A{0}, b: [A{0}] }} }}\n",
            at + 1
        ));
        unions.push_str(&format!(
            "  A{at}: {{ one_of: {{ a: {{ x: A{0} }}, b: {{ x: [A{0}] }} }} }}\n",
            at + 1
        ));
    }
    let key = "keys: { k: { key: k, ttl: 1h, set: json<A0> } }\n";
    for chain in [&aliases, &records, &unions] {
        let loaded = load_text(&text_of(&format!(
            "{chain}  A3000: {{ fields: {{ a: any }} }}\n{key}"
        )));
        let codes: Vec<_> = loaded.diagnostics.iter().map(|d| d.code.clone()).collect();
        assert_eq!(
            codes,
            [redis_schema_model::diagnostic::Code::E0604],
            "{}",
            shown(&loaded)
        );
        let circle = load_text(&text_of(&format!("{chain}  A3000: {{ type: A0 }}\n{key}")));
        let codes: Vec<_> = circle.diagnostics.iter().map(|d| d.code.clone()).collect();
        assert_eq!(codes, [redis_schema_model::diagnostic::Code::E0508]);
    }
}
