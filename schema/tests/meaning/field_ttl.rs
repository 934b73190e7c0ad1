//! Lifetimes of single fields.

use std::time::Duration;

use redis_schema_model::diagnostic::Code;
use redis_schema_model::model::{OnWrite, Structure, TtlRule, TypeKind};

use super::{key, keyed, refused, right};

fn newer(lines: &str) -> String {
    format!("server: {{ min: \"7.4\" }}\n{}", keyed(lines))
}

#[test]
fn fields_and_maps_say_how_long_each_lives() {
    let schema = right(&newer(
        "    ttl: 1h\n    hash:\n      a: u8\n      b: { type: u8?, ttl: 90s }\n      c: { type: u8, default: 0, ttl: { default: 5m, on_write: keep, jitter: 10% } }\n",
    ));
    let Structure::Hash(id) = key(&schema, "k").structure else {
        panic!("no hash");
    };
    let TypeKind::Struct(record) = &schema[id].kind else {
        panic!("no record");
    };
    let [a, b, c] = record.fields.as_slice() else {
        panic!("three fields");
    };
    assert_eq!(a.ttl, None);
    let b = b.ttl.as_ref().unwrap();
    assert_eq!(b.rule, TtlRule::After(Duration::from_secs(90)));
    assert_eq!((b.on_write, b.jitter_permille), (OnWrite::Refresh, 0));
    let c = c.ttl.as_ref().unwrap();
    assert_eq!(c.rule, TtlRule::After(Duration::from_secs(300)));
    assert_eq!((c.on_write, c.jitter_permille), (OnWrite::Keep, 100));

    let schema = right(&newer(
        "    ttl: 1h\n    field_ttl: 30s\n    hash_map: { slug: u8 }\n",
    ));
    let field = key(&schema, "k").field_ttl.as_ref().unwrap();
    assert_eq!(field.rule, TtlRule::After(Duration::from_secs(30)));
}

#[test]
fn only_what_may_be_absent_expires() {
    let hash = |field: &str| newer(&format!("    ttl: 1h\n    hash: {{ a: u8, b: {field} }}\n"));
    refused(
        &hash("{ type: u8, ttl: 5m }"),
        Code::E0615,
        "5m",
        "write `?` behind its type",
    );
    refused(
        &hash("{ type: timestamp_ms, touch: on_write, ttl: 5m }"),
        Code::E0615,
        "5m",
        "remove `ttl:` or `touch:`",
    );
    refused(&hash("{ type: u8?, ttl: never }"), Code::E0601, "never", "");
    refused(
        &hash("{ type: u8?, ttl: { default: 5m, jitter: 60% } }"),
        Code::E0602,
        "60%",
        "10%",
    );
}

#[test]
fn only_fields_of_hashes_and_maps_expire() {
    let types = "types:\n  Note: { fields: { a: u8, b: { type: u8?, ttl: 5m } } }\n";
    refused(
        &format!("{types}{}", newer("    ttl: 1h\n    list: Note\n")),
        Code::E0615,
        "b",
        "a record of its own",
    );
    refused(
        &newer("    ttl: 1h\n    field_ttl: 5m\n    list: u8\n"),
        Code::E0210,
        "field_ttl",
        "hash_map",
    );
}
