use redis_schema_model::diagnostic::Code;
use redis_schema_model::model::{ParamType, StringEncoding};

use super::{files, refused, right, wrong};

fn param(declaration: &str) -> String {
    format!("params:\n  p: {declaration}\n")
}

fn read(declaration: &str) -> ParamType {
    right(&param(declaration)).params[0].ty.clone()
}

#[test]
fn every_type() {
    for (text, ty) in [
        ("uuid", ParamType::Uuid),
        ("ulid", ParamType::Ulid),
        ("u8", ParamType::Unsigned(8)),
        ("i64", ParamType::Signed(64)),
        ("slug", ParamType::Slug { max: None }),
        ("hex(64)", ParamType::Hex(64)),
        ("timestamp_s", ParamType::TimestampS),
        ("timestamp_ms", ParamType::TimestampMs),
        ("ip", ParamType::Ip),
        ("rest", ParamType::Rest { max: None }),
        ("{ type: rest, max: 9 }", ParamType::Rest { max: Some(9) }),
        ("{ type: slug, max: 64 }", ParamType::Slug { max: Some(64) }),
    ] {
        assert_eq!(read(text), ty, "{text}");
    }
    for (text, pattern) in [("date", "YYYY-MM-DD"), ("date(DD.MM.YYYY)", "DD.MM.YYYY")] {
        let ParamType::Date(format) = read(text) else {
            panic!("{text}");
        };
        assert_eq!(format.pattern(), pattern);
    }
}

#[test]
fn strings_say_how_they_stand_in_the_key() {
    let percent = StringEncoding::Percent;
    assert_eq!(
        read("{ type: string, encode: percent, max: 10 }"),
        ParamType::String {
            max: Some(10),
            encoding: percent
        }
    );
    assert!(matches!(
        read("{ type: string, encode: raw, reason: checked }"),
        ParamType::String { encoding: StringEncoding::Raw { reason }, .. } if reason == "checked"
    ));
    refused(&param("string"), Code::E0411, "string", "encode: percent");
    refused(
        &param("{ type: string, encode: raw }"),
        Code::E0412,
        "raw",
        "reason:",
    );
    refused(
        &param("{ type: string, encode: raw, reason: \" \" }"),
        Code::E0412,
        "raw",
        "reason:",
    );
    refused(
        &param("{ type: slug, encode: hash }"),
        Code::E0413,
        "hash",
        "only `string`",
    );
    refused(
        &param("{ type: string, encode: hash, reason: none }"),
        Code::E0413,
        "none",
        "only `encode: raw`",
    );
}

#[test]
fn unknown_types() {
    refused(
        &param("uuidd"),
        Code::E0410,
        "uuidd",
        "did you mean `uuid`?",
    );
    refused(
        &param("hx(64)"),
        Code::E0410,
        "hx(64)",
        "did you mean `hex(64)`?",
    );
    refused(&param("hex"), Code::E0410, "hex", "hex(64)");
    refused(&param("hex(0)"), Code::E0410, "0", "hex(64)");
    refused(&param("hex(many)"), Code::E0410, "many", "hex(64)");
    refused(&param("int"), Code::E0410, "int", "`i64`");
    refused(
        &param("\"[uuid]\""),
        Code::E0410,
        "\"[uuid]\"",
        "did you mean `uuid`?",
    );
    refused(&param("xyzzy"), Code::E0410, "xyzzy", "a placeholder is");
    refused(
        &param("date(YYYY-MM)"),
        Code::E0414,
        "YYYY-MM",
        "date(YYYY-MM-DD)",
    );
    refused(
        &param("\"hex(64\""),
        Code::E0501,
        "hex(64",
        "types look like",
    );
}

#[test]
fn enums_as_placeholders() {
    let with = |declaration: &str| format!("types:\n  T: {declaration}\n{}", param("T"));
    let schema = right(&with("{ enum: [a, b] }"));
    assert!(matches!(schema.params[0].ty, ParamType::Enum(id) if schema[id].name.as_str() == "T"));
    refused(
        &with("{ enum: [a, b], other: Unknown }"),
        Code::E0415,
        "T",
        "without `other:`",
    );
    refused(
        &with("{ fields: { a: u8 } }"),
        Code::E0415,
        "T",
        "only enums",
    );
}

#[test]
fn options_that_do_not_apply() {
    refused(
        &param("{ type: uuid, max: 36 }"),
        Code::E0413,
        "36",
        "remove it",
    );
    refused(
        &param("{ type: ip, rust: \"crate::Ip\" }"),
        Code::E0413,
        "\"crate::Ip\"",
        "remove it",
    );
    refused(
        &param("{ type: uuid, rust: \"Vec<u8>\" }"),
        Code::E0312,
        "\"Vec<u8>\"",
        "crate::Money",
    );
    let schema = right(&param(
        "{ type: uuid, rust: \"crate::UserId\", secret: true, about: Who, was: q }",
    ));
    let param = &schema.params[0];
    assert_eq!(param.rust.as_ref().unwrap().path(), "crate::UserId");
    assert!(param.secret);
    assert_eq!(param.about.as_deref(), Some("Who"));
    assert_eq!(param.was, ["q"]);
}

#[test]
fn one_that_nothing_uses_is_a_warning() {
    let key = "keys: { k: { key: k, ttl: 1h, string: STORED } }\n";
    let stored = |value: &str| format!("params: {{ p: uuid }}\n{}", key.replace("STORED", value));
    assert_eq!(wrong(&stored("bytes")), [(Code::E0315, "p".to_owned())]);
    for used in [
        "p",
        "\"json<[p]>\"",
        "\"{string: p?}\"",
        "{ type: p, encode: json }",
    ] {
        assert_eq!(wrong(&stored(used)), [], "{used}");
    }
    for used in [
        "types: { T: { fields: { a: p } } }\n",
        "types: { T: { type: p } }\n",
        "channels: { c: { channel: \"c:{p}\", message: string } }\n",
        "channels: { c: { channel: c, message: p } }\n",
        "tombstones: { t: { key: \"t:{p}\", removed_in: 2 } }\n",
    ] {
        assert_eq!(wrong(&(stored("bytes") + used)), [], "{used}");
    }
}

#[test]
fn one_that_may_be_used_later_or_elsewhere_is_none() {
    assert_eq!(wrong("params: { p: uuid }\n"), [], "only begun");
    let root = "edition: 1\nschema: shop\nversion: 1\nimports: [part.yaml]\nkeys: { k: { key: k, ttl: 1h, string: bytes } }\n";
    let (schema, found) = files(&[
        ("root.yaml", root),
        ("part.yaml", "edition: 1\nparams: { p: uuid }\n"),
    ]);
    assert!(schema.is_some());
    assert_eq!(found, []);
    let mistaken =
        wrong("params: { p: uuid }\nkeys: { k: { key: \"k:{q}\", ttl: 1h, string: bytes } }\n");
    assert!(
        mistaken.iter().all(|(code, _)| *code != Code::E0315),
        "{mistaken:?}"
    );
}
