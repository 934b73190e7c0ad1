//! What a key does without its server.

use redis_schema_model::diagnostic::Code;
use redis_schema_model::model::{Fallback, Schema};

use super::{key, keyed, one, refused, right};

/// A key with these ways and this structure.
fn ways(ways: &str, structure: &str) -> String {
    keyed(&format!(
        "    ttl: 1h\n    on_unavailable: {ways}\n    {structure}\n"
    ))
}

fn read(schema: &Schema) -> &Fallback {
    &key(schema, "k").on_unavailable.read
}

#[test]
fn what_is_read_as_a_whole_can_be_loaded() {
    for structure in [
        "string: string",
        "string: json<any>",
        "string: { type: bytes, zstd: over 4KiB }",
        "hash: { a: u8 }",
    ] {
        let schema = right(&ways("load", structure));
        assert_eq!(read(&schema), &Fallback::Load, "{structure}");
        assert!(!key(&schema, "k").on_unavailable.skip_writes);
        let both = right(&ways("[skip_write, load]", structure));
        assert_eq!(read(&both), &Fallback::Load);
        assert!(key(&both, "k").on_unavailable.skip_writes);
    }
    let document = format!(
        "server: {{ min: \"8.0\" }}\n{}",
        ways("load", "json_document: any")
    );
    assert_eq!(read(&right(&document)), &Fallback::Load);
}

#[test]
fn a_map_is_not_loaded_and_others_cannot_do_without() {
    let map = ways("load", "hash_map: { slug: u8 }");
    let (code, place, message, help) = one(&map);
    assert_eq!((code, place.as_str()), (Code::E1101, "load"));
    assert_eq!(message, "no read of `k` takes a loader");
    assert!(help.contains("write `absent`"), "{help}");
    right(&ways("absent", "hash_map: { slug: u8 }"));
    for structure in ["counter: u32", "set: string", "list: string", "bitmap: {}"] {
        let (code, _, message, _) = one(&ways("load", structure));
        assert_eq!(code, Code::E1101, "{structure}");
        assert_eq!(message, "reads of `k` cannot do without the server");
    }
}

#[test]
fn one_word_says_what_reads_do() {
    let clear = "one word for reads (`absent`, `default` or `load`)";
    refused(
        &ways("[load, absent]", "string: u8"),
        Code::E1102,
        "absent",
        clear,
    );
    refused(
        &ways("[error, load]", "string: u8"),
        Code::E1102,
        "load",
        clear,
    );
    refused(
        &ways("load\n    default: 7", "string: u8"),
        Code::E1102,
        "7",
        "write `on_unavailable: default`",
    );
}

#[test]
fn what_must_not_be_lost_may_be_loaded_but_not_dropped() {
    let durable = |said: &str| ways(&format!("{said}\n    durability: durable"), "string: u8");
    right(&durable("load"));
    refused(
        &durable("[load, skip_write]"),
        Code::E1104,
        "[load, skip_write]",
        "",
    );
}
