use redis_schema_model::diagnostic::Code;
use redis_schema_model::model::{Flavour, Topology, Version};

use super::{files, keyed, refused, right, wrong};

#[test]
fn what_a_schema_says_of_itself() {
    let schema = right(
        "about: A shop.\nowner: shop team\ntopology: sentinel\nserver: { min: \"7.2\" }\nprefix: { default: \"shop:\", env: SHOP_PREFIX }\n",
    );
    assert_eq!((schema.edition, schema.version), (1, 3));
    assert_eq!(schema.name.as_str(), "shop");
    assert_eq!(schema.about.as_deref(), Some("A shop."));
    assert_eq!(schema.owner.as_deref(), Some("shop team"));
    assert_eq!(schema.topology, Topology::Sentinel);
    assert_eq!(schema.server.min, Version::new(7, 2));
    assert_eq!(schema.prefix.text, "shop:");
    assert_eq!(schema.prefix.env.as_deref(), Some("SHOP_PREFIX"));
    assert_eq!(schema.files, ["schema.redis.yaml"]);
}

#[test]
fn defaults() {
    let schema = right("");
    assert_eq!(schema.server.min, Version::new(7, 0));
    assert_eq!(schema.server.flavour, Flavour::Redis);
    assert_eq!(schema.topology, Topology::Standalone);
    assert_eq!(schema.prefix.text, "");
    assert_eq!(schema.databases.len(), 1);
    assert_eq!(schema.databases[0].name.as_str(), "default");
    assert_eq!(
        (schema.databases[0].index, schema.databases[0].span),
        (0, None)
    );
    let valkey = right("server: { flavour: valkey }\n");
    assert_eq!(valkey.server.min, Version::new(7, 2));
}

#[test]
fn versions_of_servers() {
    refused(
        "server: { min: \"7.x\" }\n",
        Code::E0903,
        "\"7.x\"",
        "\"7.0\"",
    );
    refused(
        "server: { min: \"6.2\", flavour: valkey }\n",
        Code::E0903,
        "\"6.2\"",
        "\"7.2\"",
    );
}

#[test]
fn prefixes_are_plain_text() {
    refused("prefix: \"{tenant}:\"\n", Code::E0408, "{tenant}", "{{");
    refused("prefix: { default: \"x{\" }\n", Code::E0401, "{", "{{");
    assert_eq!(right("prefix: \"{{app}}:\"\n").prefix.text, "{app}:");
    refused("prefix: { env: \"$P\" }\n", Code::E0311, "\"$P\"", "`P`");
}

#[test]
fn prefixes_of_keys() {
    let schema = right(&format!(
        "prefix: \"s:\"\n{}",
        keyed(
            "    ttl: 1h\n    string: bytes\n  own: { key: own, prefix: \"o:\", ttl: 1h, string: bytes }\n  none: { key: none, prefix: \"\", ttl: 1h, string: bytes }\n  variable: { key: variable, prefix: { env: VARIABLE }, ttl: 1h, string: bytes }\n"
        )
    ));
    let texts: Vec<&str> = schema
        .keys
        .iter()
        .map(|key| key.prefix.text.as_str())
        .collect();
    assert_eq!(texts, ["s:", "o:", "", "s:"]);
    assert_eq!(schema.keys[3].prefix.env.as_deref(), Some("VARIABLE"));
}

#[test]
fn databases_and_the_keys_in_them() {
    let databases = "databases: { jobs: { index: 1, about: Jobs }, queue: { index: 0, external: celery }, cache: 4 }\n";
    let with = |line: &str| {
        format!(
            "{databases}{}",
            keyed(&format!("    ttl: 1h\n    string: bytes\n{line}"))
        )
    };
    let schema = right(&with("    in: cache\n"));
    assert_eq!(schema[schema.keys[0].database].index, 4);
    assert_eq!(schema.databases[1].external.as_deref(), Some("celery"));
    refused(&with(""), Code::E0313, "k", "in: jobs");
    refused(
        &with("    in: job\n"),
        Code::E0307,
        "job",
        "did you mean `jobs`?",
    );
    refused(&with("    in: queue\n"), Code::E0608, "k", "external: any");
    refused(
        "databases: { a: 1, b: { index: 1 } }\n",
        Code::E0303,
        "b",
        "index of its own",
    );
    let one = "databases: { jobs: 3, queue: { index: 0, external: celery } }\n";
    let schema = right(&format!(
        "{one}{}",
        keyed("    ttl: 1h\n    string: bytes\n")
    ));
    assert_eq!(schema[schema.keys[0].database].name.as_str(), "jobs");
    refused(
        &keyed("    in: jobs\n    ttl: 1h\n    string: bytes\n"),
        Code::E0307,
        "jobs",
        "databases: { jobs:",
    );
    refused("databases: { Jobs: 1 }\n", Code::E0301, "Jobs", "`jobs`");
}

#[test]
fn a_wrong_database_is_told_once() {
    let body = format!(
        "databases: {{ jobs: many, other: 2 }}\n{}",
        keyed("    in: jobs\n    ttl: 1h\n    string: bytes\n")
    );
    assert_eq!(wrong(&body).len(), 1);
}

#[test]
fn limits_of_the_policy() {
    let policy = "policy: { max_key_bytes: 40, max_value_bytes: 1KiB }\n";
    let with = |line: &str| {
        format!(
            "{policy}{}",
            keyed(&format!("    ttl: 1h\n    string: bytes\n{line}"))
        )
    };
    assert_eq!(right(&with("")).policy.max_key_bytes, Some(40));
    refused(
        &with("    prefix: \"long:\"\n"),
        Code::E0416,
        "\"k:{id}\"",
        "shorten",
    );
    refused(
        &with("    size: { bytes: 2KiB, keys: 1k }\n"),
        Code::E0614,
        "k",
        "zstd",
    );
    refused(
        "policy: { max_key_bytes: big }\n",
        Code::E0611,
        "big",
        "4KiB",
    );
}

#[test]
fn accepted_breaks() {
    let accept = |day: &str| {
        format!("accept:\n  - {{ rule: R, path: k.a, owner: me, reason: why, expires: {day} }}\n")
    };
    let schema = right(&accept("2027-01-31"));
    assert_eq!(schema.accept[0].rule, "R");
    assert_eq!(schema.accept[0].expires, "2027-01-31");
    refused(
        &accept("2027-02-30"),
        Code::E0612,
        "2027-02-30",
        "2027-01-31",
    );
}

#[test]
fn names_declared_in_two_files() {
    let root = "edition: 1\nschema: s\nversion: 1\nimports: [part.yaml]\nparams: { id: uuid }\nkeys:\n  k: { key: \"k:{id}\", ttl: 1h, string: State }\n";
    let part = "edition: 1\nparams: { id: ulid }\ntypes: { State: { enum: [a] } }\n";
    let (schema, found) = files(&[("root.yaml", root), ("part.yaml", part)]);
    assert!(schema.is_none());
    assert_eq!(found, [(Code::E0303, "root.yaml".into(), "id".into())]);
}

#[test]
fn imports_come_first() {
    let root = "edition: 1\nschema: s\nversion: 1\nimports: [part.yaml]\nparams: { a: uuid }\nkeys:\n  k: { key: \"k:{b}\", ttl: 1h, string: bytes }\n";
    let part =
        "edition: 1\nparams: { b: uuid }\nkeys:\n  l: { key: \"l:{a}\", ttl: 1h, string: bytes }\n";
    let (schema, found) = files(&[("root.yaml", root), ("part.yaml", part)]);
    assert_eq!(found, []);
    let schema = schema.unwrap();
    let names: Vec<&str> = schema
        .params
        .iter()
        .map(|param| param.name.as_str())
        .collect();
    assert_eq!(names, ["b", "a"]);
    let names: Vec<&str> = schema.keys.iter().map(|key| key.name.as_str()).collect();
    assert_eq!(names, ["l", "k"]);
    assert_eq!(schema.files, ["root.yaml", "part.yaml"]);
}
