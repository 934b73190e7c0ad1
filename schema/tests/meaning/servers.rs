use redis_schema_model::diagnostic::Code;

use super::{keyed, refused, right};

fn on(server: &str, lines: &str) -> String {
    format!("server: {{ {server} }}\n{}", keyed(lines))
}

#[test]
fn features_and_the_versions_that_have_them() {
    for (lines, before, from) in [
        (
            "    ttl: 1h\n    stream: { entry: { a: u8 } }\n",
            "4.0",
            "5.0",
        ),
        (
            "    ttl: 1h\n    stream: { entry: { a: u8 }, max_age: 1d }\n",
            "6.0",
            "6.2",
        ),
        ("    ttl: 1h\n    geo: slug\n", "6.0", "6.2"),
        ("    ttl: 1h\n    json_document: any\n", "7.4", "8.0"),
        (
            "    ttl: { default: 1h, on_read: refresh }\n    string: bytes\n",
            "6.0",
            "6.2",
        ),
        (
            "    ttl: { default: 1h, on_write: keep }\n    string: bytes\n",
            "5.0",
            "6.0",
        ),
        (
            "    ttl: 1h\n    hash: { a: u8, b: { type: u8?, ttl: 5m } }\n",
            "7.2",
            "7.4",
        ),
        (
            "    ttl: 1h\n    field_ttl: 5m\n    hash_map: { slug: u8 }\n",
            "7.2",
            "7.4",
        ),
    ] {
        refused(
            &on(&format!("min: \"{before}\""), lines),
            Code::E0901,
            "k",
            &format!("min: \"{from}\""),
        );
        right(&on(&format!("min: \"{from}\""), lines));
    }
    // Scripts stand in on collections.
    right(&on(
        "min: \"6.2\"",
        "    ttl: { default: 1h, on_write: set_once }\n    list: u8\n",
    ));
    refused(
        &keyed("    ttl: 1h\n    json_document: any\n"),
        Code::E0901,
        "k",
        "add `server: { min: \"8.0\" }`",
    );
    refused(
        &on("flavour: valkey", "    ttl: 1h\n    json_document: any\n"),
        Code::E0902,
        "k",
        "string: json<T>",
    );
}

#[test]
fn lifetimes_of_fields_need_valkey_9() {
    let lines = "    ttl: 1h\n    field_ttl: 5m\n    hash_map: { slug: u8 }\n";
    refused(
        &on("flavour: valkey, min: \"8.1\"", lines),
        Code::E0901,
        "k",
        "min: \"9.0\"",
    );
    right(&on("flavour: valkey, min: \"9.0\"", lines));
}

#[test]
fn a_cluster_has_one_database() {
    refused(
        "topology: cluster\ndatabases: { a: 1 }\n",
        Code::E0801,
        "a",
        "database 0",
    );
    right("topology: cluster\ndatabases: { a: 0 }\n");
    right("topology: sentinel\ndatabases: { a: 1 }\n");
}

/// A unit over two keys with these lines, in a cluster.
fn unit(one: &str, other: &str) -> String {
    format!(
        "topology: cluster\nparams: {{ id: uuid, name: slug, text: {{ type: string, encode: raw, reason: tested }} }}\nkeys:\n  a: {{ {one}, ttl: 1h, string: bytes }}\n  b: {{ {other}, ttl: 1h, string: bytes }}\nunits: {{ both: {{ writes: [a, b] }} }}\n"
    )
}

#[test]
fn units_lie_in_one_slot() {
    right(&unit(
        "key: \"a:{id}\", slot: id",
        "key: \"b:{name}:{id}\", slot: id",
    ));
    right(&unit("key: \"a:{{{id}}}\"", "key: \"b:{id}\", slot: id"));
    right(&unit("key: \"a:{{x}}:{id}\"", "key: \"b:{{x}}:{name}\""));
    right(&unit(
        "key: \"a:{id}\", prefix: \"{{app}}:\"",
        "key: \"b:{id}\", prefix: \"{{app}}:\"",
    ));
    right(&unit("key: \"a:{{t:{id}}}\"", "key: \"b:{{t:{id}}}\""));
    refused(
        &unit("key: \"a:{id}\"", "key: \"b:{id}\""),
        Code::E0802,
        "both",
        "add `slot: id`",
    );
    refused(
        &unit("key: \"a:{id}\", slot: id", "key: \"b:{id}\""),
        Code::E0802,
        "both",
        "add `slot: id`",
    );
    refused(
        &unit(
            "key: \"a:{id}:{name}\", slot: id",
            "key: \"b:{id}:{name}\", slot: name",
        ),
        Code::E0802,
        "both",
        "add `slot: id`",
    );
    refused(
        &unit("key: \"a:{id}\", slot: id", "key: \"b:{name}\", slot: name"),
        Code::E0802,
        "both",
        "split the unit",
    );
    refused(
        &unit("key: \"a:{{x}}:{id}\"", "key: \"b:{{y}}:{name}\""),
        Code::E0802,
        "both",
        "split the unit",
    );
    // A raw value may bring braces of its own.
    refused(
        &unit("key: \"{text}:{{{id}}}\"", "key: \"b:{id}\", slot: id"),
        Code::E0802,
        "both",
        "add `slot: id`",
    );
    right(&unit("key: \"{text}:{{{id}}}\"", "key: \"b:{id}\"").replace("[a, b]", "[a]"));
    right(&unit("key: \"a:{id}\"", "key: \"b:{id}\"").replace("cluster", "standalone"));
}
