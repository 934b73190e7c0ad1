use redis_schema_model::diagnostic::Code;

use super::{keyed, refused, right};

const KEY: &str = "    ttl: 1h\n    string: bytes\n";

#[test]
fn accessors_share_one_space() {
    let with = |rest: &str| format!("{}{rest}", keyed(KEY));
    refused(
        &with("channels: { k: { channel: c, message: string } }\n"),
        Code::E0308,
        "k",
        "another",
    );
    refused(
        &with("units: { k: { writes: [k] } }\n"),
        Code::E0308,
        "k",
        "another",
    );
    refused(
        &with("groups: { k: { by: id } }\n"),
        Code::E0308,
        "k",
        "another",
    );
    refused(
        &with(
            "  a_1: { key: a1, ttl: 1h, string: bytes }\n  a1: { key: a2, ttl: 1h, string: bytes }\n",
        ),
        Code::E0308,
        "a1",
        "differs by more",
    );
}

#[test]
fn words_that_generated_code_has_taken() {
    let named = |name: &str| format!("keys:\n  {name}: {{ key: x, ttl: 1h, string: bytes }}\n");
    for name in ["connect", "pipeline", "atomic", "settings", "keys", "new"] {
        refused(&named(name), Code::E0309, name, "another name");
    }
    for name in ["type", "match", "async", "loop", "gen"] {
        right(&named(name));
    }
    refused(&named("self"), Code::E0302, "self", "another name");
    refused(
        "types: { Store: { enum: [a] } }\n",
        Code::E0309,
        "Store",
        "StoreRecord",
    );
}

#[test]
fn records_in_place_are_types() {
    let hash = keyed("    ttl: 1h\n    hash: { a: u8 }\n");
    refused(
        &format!("types: {{ K: {{ enum: [a] }} }}\n{hash}"),
        Code::E0308,
        "k",
        "declare the fields under `types:`",
    );
    let message = "types: { NewsMessage: { enum: [a] } }\nchannels: { news: { channel: n, message: { fields: { a: u8 } } } }\n";
    refused(message, Code::E0308, "news", "NewsMessageRecord");
    let variant = "types: { EA: { enum: [a] }, E: { one_of: { a: {} } } }\n";
    refused(variant, Code::E0308, "a", "rename one");
}

#[test]
fn earlier_names_are_free_and_claimed_once() {
    let was = |one: &str, other: &str| {
        format!(
            "keys:\n  k: {{ key: k, was: {one}, ttl: 1h, string: bytes }}\n  l: {{ key: l, was: {other}, ttl: 1h, string: bytes }}\n"
        )
    };
    let schema = right(&was("[old, older]", "former"));
    assert_eq!(schema.keys[0].was, ["old", "older"]);
    refused(&was("old", "k"), Code::E0310, "k", "remove it");
    refused(&was("old", "old"), Code::E0310, "old", "took over");
    refused(
        "params: { a: { type: uuid, was: b }, b: uuid }\n",
        Code::E0310,
        "b",
        "remove it",
    );
    refused(
        "types: { A: { enum: [x], was: B }, B: { enum: [x] } }\n",
        Code::E0310,
        "B",
        "remove it",
    );
}
