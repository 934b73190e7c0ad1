use redis_schema_model::diagnostic::Code;

use super::{key, one, refused, right, wrong};

const PARAMS: &str =
    "params: { id: uuid, name: slug, other: slug, n: u32, day: date, tail: rest }\n";

/// Keys with these templates, called `k0`, `k1`, …
fn keys(templates: &[&str]) -> String {
    let mut out = format!("{PARAMS}keys:\n");
    for (at, template) in templates.iter().enumerate() {
        out.push_str(&format!(
            "  k{at}: {{ key: \"{template}\", ttl: 1h, string: bytes }}\n"
        ));
    }
    out
}

/// The words a key's placeholders may not take.
fn reserved(templates: &[&str], name: &str) -> Vec<(String, String)> {
    let schema = right(&keys(templates));
    let words = key(&schema, name).reserved.iter();
    words
        .map(|(id, word)| (schema[*id].name.to_string(), word.clone()))
        .collect()
}

fn pair(param: &str, word: &str) -> (String, String) {
    (param.to_owned(), word.to_owned())
}

#[test]
fn a_shared_key_is_shown() {
    let (code, place, message, help) = one(&keys(&["{name}:x", "y:{other}"]));
    assert_eq!((code, place.as_str()), (Code::E0701, "\"y:{other}\""));
    assert_eq!(message, "`k0` and `k1` can name the same key");
    assert!(help.contains("start with `k1:`"), "{help}");
    let body = keys(&["{name}:x", "y:{other}"]);
    let loaded = redis_schema_model::load::load_text(&super::text_of(&body));
    assert_eq!(loaded.diagnostics[0].label, "`y:x` is one of both");
    let same = keys(&["a:{id}", "b:{id}", "a:{id}"]);
    refused(&same, Code::E0701, "\"a:{id}\"", "start with `k2:`");
    let loaded = redis_schema_model::load::load_text(&super::text_of(&same));
    assert_eq!(
        loaded.diagnostics[0].label,
        "`a:00000000-0000-4000-8000-000000000000` is one of both"
    );
}

#[test]
fn literal_beats_placeholder() {
    assert_eq!(
        reserved(&["q:{name}:{other}", "q:{name}:wait"], "k0"),
        [pair("other", "wait")]
    );
    assert_eq!(
        reserved(&["q:{name}", "q:b", "q:a"], "k0"),
        [pair("name", "a"), pair("name", "b")]
    );
    assert_eq!(reserved(&["q:{n}", "q:7", "q:x"], "k0"), [pair("n", "7")]);
    assert_eq!(
        reserved(&["f:{tail}", "f:a:b"], "k0"),
        [pair("tail", "a:b")]
    );
    assert_eq!(
        reserved(&["q:{name}:x", "q:wait:x"], "k0"),
        [pair("name", "wait")]
    );
    // Of a chain each gives way to the next.
    let chain = ["q:{name}:{other}", "q:{name}:wait", "q:all:wait"];
    assert_eq!(reserved(&chain, "k0"), [pair("other", "wait")]);
}

#[test]
fn a_word_settles_only_what_differs_in_one_place() {
    assert_eq!(wrong(&keys(&["q:{name}:{other}", "q:a:b"])).len(), 1);
    assert_eq!(wrong(&keys(&["q:{name}:x", "q:y:{other}"])).len(), 1);
    assert_eq!(wrong(&keys(&["q:{name}", "q:{n}"])).len(), 1);
}

#[test]
fn optional_parts() {
    assert_eq!(
        reserved(&["s:{name}[:{day}]", "s:all"], "k0"),
        [pair("name", "all")]
    );
    refused(&keys(&["s[:{day}]", "s"]), Code::E0701, "\"s\"", "k1:");
    right(&keys(&["s[:{day}]", "s:x", "s:{n}"]));
}

#[test]
fn prefixes_count() {
    let with = |one: &str, other: &str| {
        format!(
            "{PARAMS}keys:\n  a: {{ key: \"{{id}}\", prefix: \"{one}\", ttl: 1h, string: bytes }}\n  b: {{ key: \"{{id}}\", prefix: \"{other}\", ttl: 1h, string: bytes }}\n"
        )
    };
    right(&with("x:", "y:"));
    refused(&with("x:", "x:"), Code::E0701, "\"{id}\"", "b:");
}

#[test]
fn databases_are_apart() {
    let with = |database: &str| {
        format!(
            "{PARAMS}databases: {{ d: 0, e: 1 }}\nkeys:\n  a: {{ key: \"{{id}}\", in: d, ttl: 1h, string: bytes }}\n  b: {{ key: \"{{id}}\", in: {database}, ttl: 1h, string: bytes }}\n"
        )
    };
    right(&with("e"));
    refused(&with("d"), Code::E0701, "\"{id}\"", "b:");
}

#[test]
fn packs() {
    let with = |template: &str, pattern: &str| {
        format!(
            "{}packs: {{ p: {{ patterns: [\"{pattern}\"] }} }}\n",
            keys(&[template])
        )
    };
    right(&with("job:{id}", "celery-*"));
    refused(
        &with("celery-{name}", "celery-*"),
        Code::E0702,
        "\"celery-{name}\"",
        "k0:",
    );
    refused(
        &with("x:{name}", "*-unacked"),
        Code::E0702,
        "\"x:{name}\"",
        "k0:",
    );
    // A pattern without a star is a key of its own.
    let schema = right(&with("{name}", "celery"));
    assert_eq!(schema.keys[0].reserved[0].1, "celery");
    for pattern in ["*", "**", ""] {
        refused(
            &with("job:{id}", pattern),
            Code::E0706,
            &format!("\"{pattern}\""),
            "in common",
        );
    }
    refused(&with("job:{id}", "a?"), Code::E0706, "\"a?\"", "use `*`");
    refused(
        &format!("{PARAMS}packs: {{ p: {{ in: nope, patterns: [a] }} }}\n"),
        Code::E0307,
        "nope",
        "databases:",
    );
}

#[test]
fn tombstones() {
    let with = |template: &str, grave: &str, version: u32| {
        format!(
            "{}tombstones: {{ t: {{ key: \"{grave}\", removed_in: {version} }} }}\n",
            keys(&[template])
        )
    };
    let schema = right(&with("job:{id}", "jobs:{id}", 3));
    assert_eq!(schema.tombstones[0].removed_in, 3);
    refused(
        &with("job:{id}", "job:{id}", 3),
        Code::E0703,
        "\"job:{id}\"",
        "only when its data is gone",
    );
    refused(
        &with("job:all", "job:{name}", 3),
        Code::E0703,
        "\"job:all\"",
        "k0:",
    );
    assert_eq!(
        right(&with("job:{name}", "job:all", 3)).keys[0].reserved[0].1,
        "all"
    );
    refused(
        &with("job:{id}", "jobs:{id}", 4),
        Code::E0613,
        "t",
        "removed_in: 3",
    );
    let same = format!(
        "{}tombstones: {{ k0: {{ key: old, removed_in: 1 }} }}\n",
        keys(&["a"])
    );
    refused(&same, Code::E0303, "k0", "another name");
}

#[test]
fn external_keys_take_any_word() {
    let body = format!(
        "{PARAMS}keys:\n  x: {{ key: \"q:{{name}}\", external: any }}\n  a: {{ key: \"q:wait\", ttl: 1h, string: bytes }}\n"
    );
    refused(&body, Code::E0701, "\"q:wait\"", "a:");
}

#[test]
fn channels() {
    let with = |one: &str, other: &str| {
        format!(
            "{}channels:\n  c: {{ channel: \"{one}\", message: string }}\n  d: {{ channel: \"{other}\", message: string }}\n",
            keys(&["job:{id}"])
        )
    };
    right(&with("job:{id}:events", "news"));
    refused(&with("c:{id}", "c:{id}"), Code::E0704, "\"c:{id}\"", ":d`");
    refused(&with("c:{name}", "c:all"), Code::E0704, "\"c:all\"", ":d`");
    let loaded = redis_schema_model::load::load_text(&super::text_of(&with("job:{id}", "news")));
    assert!(loaded.schema.is_some());
    let notes = loaded
        .diagnostics
        .iter()
        .filter(|it| it.code != Code::E0315);
    assert_eq!(
        notes.map(|it| it.code.clone()).collect::<Vec<_>>(),
        [Code::E0705]
    );
}

#[test]
fn a_mistake_that_concerns_every_key_is_counted() {
    let templates: Vec<String> = (0..300).map(|_| "same:{id}".to_owned()).collect();
    let templates: Vec<&str> = templates.iter().map(String::as_str).collect();
    let loaded = redis_schema_model::load::load_text(&super::text_of(&keys(&templates)));
    assert_eq!(loaded.diagnostics.len(), 101);
    assert_eq!(
        loaded.diagnostics[100].message,
        "199 more templates overlap with others"
    );
}

#[test]
fn several_overlaps_of_one_key_are_one_finding() {
    let (_, _, _, _) = one(&keys(&[
        "a:{id}", "b:{id}", "c:{id}", "d:{id}", "e:{id}", "{tail}",
    ]));
    let loaded = redis_schema_model::load::load_text(&super::text_of(&keys(&[
        "a:{id}", "b:{id}", "c:{id}", "d:{id}", "e:{id}", "{tail}",
    ])));
    let related = &loaded.diagnostics[0].related;
    assert_eq!(related.len(), 3);
    assert!(related[2].1.ends_with("; and 2 more"), "{}", related[2].1);
}
