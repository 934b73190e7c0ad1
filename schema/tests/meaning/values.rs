use redis_schema_model::diagnostic::Code;
use redis_schema_model::model::{Codec, Structure, Type, Value};

use super::{refused, right, structured};

const TYPES: &str = "types:\n  E: { enum: [a, b] }\n  R: { fields: { x: u8 } }\n  L: { type: [u8] }\n  M: { rust: \"crate::M\", as: string }\n  Free: { fields: { x: any } }\n";

fn with(structure: &str) -> String {
    format!("{TYPES}{}", structured(structure))
}

fn value(structure: &str) -> Value {
    match right(&with(structure)).keys[0].structure.clone() {
        Structure::String(value)
        | Structure::List(value)
        | Structure::Set(value)
        | Structure::Geo(value)
        | Structure::HyperLogLog(value) => value,
        other => panic!("{other:?}"),
    }
}

#[test]
fn formats_follow_from_types() {
    for (text, codec) in [
        ("string: u32", Codec::Text),
        ("string: E", Codec::Text),
        ("string: M", Codec::Text),
        ("string: id", Codec::Text),
        ("string: bytes", Codec::Bytes),
        ("string: R", Codec::Json),
        ("string: L", Codec::Json),
        ("string: any", Codec::Json),
        ("list: [u8]", Codec::Json),
        ("string: { string: u8 }", Codec::Json),
        ("string: json<u32>", Codec::Json),
        ("string: msgpack<R>", Codec::MsgPack),
        ("string: text<E>", Codec::Text),
        ("string: { type: R, encode: msgpack }", Codec::MsgPack),
        ("string: { type: bytes, encode: bytes }", Codec::Bytes),
        ("set: json<R>", Codec::Json),
        ("geo: slug", Codec::Text),
        ("hyperloglog: bytes", Codec::Bytes),
    ] {
        assert_eq!(value(text).encoding.codec, codec, "{text}");
    }
    let zstd = value("string: { type: R, zstd: over 4KiB }");
    assert_eq!(zstd.encoding.zstd_over, Some(4096));
}

#[test]
fn formats_that_do_not_go_with_the_type() {
    for (text, code, place, help) in [
        ("string: text<R>", Code::E0510, "text", "json<T>"),
        ("string: text<bytes>", Code::E0510, "text", "`bytes` alone"),
        (
            "string: { type: R, encode: bytes }",
            Code::E0510,
            "bytes",
            "encode: json",
        ),
        (
            "string: { type: \"json<R>\", encode: json }",
            Code::E0510,
            "json",
            "keep one",
        ),
        (
            "string: json<json<R>>",
            Code::E0510,
            "json",
            "the type alone",
        ),
        ("string: yaml<R>", Code::E0305, "yaml", "json<T>"),
        ("string: u32?", Code::E0511, "u32?", "remove the `?`"),
        (
            "string: { type: u32, zstd: over 1KiB }",
            Code::E0514,
            "over 1KiB",
            "bytes",
        ),
        (
            "set: { type: R, zstd: over 1KiB }",
            Code::E0514,
            "over 1KiB",
            "remove",
        ),
        (
            "string: { type: R, zstd: 1KiB }",
            Code::E0611,
            "1KiB",
            "over 4KiB",
        ),
        (
            "string: { type: R, zstd: over much }",
            Code::E0611,
            "much",
            "4KiB",
        ),
        ("set: any", Code::E0604, "any", "declare a record"),
        (
            "zset: { member: \"json<[Free]>\", score: rank }",
            Code::E0604,
            "[Free]",
            "declare a record",
        ),
        ("hash_map: { R: u8 }", Code::E0603, "R", "such as `string`"),
        (
            "hash_map: { a: u8, b: u8 }",
            Code::E0501,
            "{ a: u8, b: u8 }",
            "string: u64",
        ),
    ] {
        refused(&with(text), code, place, help);
    }
}

#[test]
fn references() {
    let two = |reference: &str| {
        format!(
            "params: {{ id: uuid, other: slug }}\nkeys:\n  job: {{ key: \"job:{{id}}\", ttl: 1h, string: bytes }}\n  jobs: {{ key: \"jobs:{{other}}\", ttl: 1h, set: {{ ref: {reference} }} }}\n"
        )
    };
    let schema = right(&two("job.id"));
    let Structure::Set(value) = &schema.keys[1].structure else {
        panic!("a set");
    };
    let (key, param) = value.refers.unwrap();
    assert_eq!(schema[key].name.as_str(), "job");
    assert_eq!(value.ty, Type::Param(param.unwrap()));
    let schema = right(&two("job"));
    let Structure::Set(value) = &schema.keys[1].structure else {
        panic!("a set");
    };
    assert!(matches!(value.ty, Type::KeyName(id) if schema[id].name.as_str() == "job"));
    right(&two("jobs"));
    refused(&two("jop.id"), Code::E0306, "jop", "did you mean `job`?");
    refused(&two("job.idd"), Code::E0304, "idd", "did you mean `id`?");
    refused(&two("job.other"), Code::E0607, "other", "ref: job.id");
}
