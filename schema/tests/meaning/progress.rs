//! Progress, and the keys of what is reported.

use redis_schema_model::diagnostic::Code;
use redis_schema_model::model::{Codec, HashTag, StreamTrim, Structure, Type};

use super::{key, one, refused, right, structured, wrong};

fn progress(body: &str) -> String {
    structured(&format!("progress: {{ {body} }}"))
}

#[test]
fn a_progress_says_what_is_reported() {
    let schema = right(&progress("item: string"));
    let Structure::Progress(plain) = &key(&schema, "k").structure else {
        panic!("no progress");
    };
    assert_eq!((plain.max, plain.allow_decrease), (100, false));
    assert!(!plain.allow_unknown && plain.events.is_none());
    assert_eq!(schema.keys.len(), 1);
    let schema = right(&progress(
        "item: id, max: 7, allow_decrease: true, allow_unknown: true, events: { maxlen: ~50, message: [u8] }",
    ));
    let Structure::Progress(full) = &key(&schema, "k").structure else {
        panic!("no progress");
    };
    assert!(matches!(full.item.ty, Type::Param(_)));
    assert_eq!((full.max, full.allow_decrease), (7, true));
    assert!(full.allow_unknown);
    let events = full.events.as_ref().unwrap();
    let (count, approx) = (50, true);
    assert_eq!(events.trim, StreamTrim::MaxLen { count, approx });
    let message = events.message.as_ref().unwrap();
    assert_eq!(message.encoding.codec, Codec::Json);
    assert!(
        !key(&schema, "k").is_extendable() && !key(&schema, "k_events").is_extendable(),
        "both keys end together"
    );
}

#[test]
fn events_lie_beside_their_progress() {
    let body = "prefix: \"shop:\"\nparams: { id: uuid }\ntopology: cluster\nkeys:\n  \
                k: { key: \"k:{id}\", slot: id, was: old, ttl: 2h, progress: { item: string, events: { maxlen: 10 } } }\n  \
                last: { key: \"last:{id}\", ttl: 1h, string: bytes }\n\
                groups: { all: { by: id } }\n";
    let schema = right(body);
    let (progress, events) = (key(&schema, "k"), key(&schema, "k_events"));
    assert_eq!(schema.keys.last(), Some(events), "behind what is declared");
    let of = events.implied_by().map(|id| &schema[id].name);
    assert_eq!(of, Some(&progress.name));
    assert_eq!(events.template.text, "k:{id}:events");
    assert_eq!(events.prefix, progress.prefix);
    assert!(matches!(events.template.hash_tag, HashTag::Param(_)));
    assert_eq!(events.template.hash_tag, progress.template.hash_tag);
    assert_eq!(events.lifetime, progress.lifetime);
    assert_eq!(events.was, ["old_events"]);
    assert_eq!(schema.groups[0].members.len(), 3, "deleted with it");
}

#[test]
fn what_makes_no_sense_is_refused() {
    refused(&progress("item: json<any>"), Code::E0603, "any", "scalar");
    let (code, ..) = one(&progress("item: string?"));
    assert_eq!(code, Code::E0511);
    for wrong_max in ["0", "1000000001", "1.5", "many"] {
        let found = wrong(&progress(&format!("item: string, max: {wrong_max}")));
        assert_eq!(found.len(), 1, "{wrong_max}: {found:?}");
    }
    let none = "item: string, events: { maxlen: 0 }";
    refused(&progress(none), Code::E0605, "0", "~1000");
    let (code, ..) = one(&progress("item: string, events: {}"));
    assert_eq!(code, Code::E0204);
    let (code, ..) = one(&progress("max: 7"));
    assert_eq!(code, Code::E0204);
    let read = "params: { id: uuid }\nkeys:\n  \
                k: { key: \"k:{id}\", ttl: { default: 1h, on_read: refresh }, progress: { item: string } }\n";
    refused(read, Code::E1401, "k", "on_write: refresh");
    let own = "types: { Step: { enum: { a: { text: \":a\" } } } }\nkeys:\n  \
               k: { key: \"k\", ttl: 1h, progress: { item: Step } }\n";
    refused(own, Code::E1402, "k", "another text");
    let unit = format!(
        "{}units: {{ both: {{ writes: [k] }} }}\n",
        progress("item: string")
    );
    refused(&unit, Code::E0609, "k", "`begin` it");
    let forever =
        "params: { id: uuid }\nkeys:\n  k: { key: \"k:{id}\", progress: { item: string } }\n";
    let found = wrong(forever);
    assert_eq!(found.len(), 1, "a lifetime is asked for: {found:?}");
}

#[test]
fn without_the_server_reports_may_be_dropped_and_nothing_is_made_up() {
    let ways = |ways: &str| {
        structured(&format!(
            "progress: {{ item: string, events: {{ maxlen: 10 }} }}\n    on_unavailable: {ways}"
        ))
    };
    let schema = right(&ways("[absent, skip_write]"));
    assert!(key(&schema, "k").on_unavailable.skip_writes);
    assert!(key(&schema, "k_events").on_unavailable.is_error());
    refused(&ways("load"), Code::E1101, "load", "write `absent`");
    refused(&ways("allow"), Code::E1101, "allow", "skip_write");
    let durable = format!("{}    durability: durable\n", ways("skip_write"));
    refused(&durable, Code::E1104, "skip_write", "durability: cache");
}

#[test]
fn the_name_of_the_events_is_a_name_like_any_other() {
    let declared = "progress: { item: string, events: { maxlen: 10 } }";
    let body = format!(
        "params: {{ id: uuid }}\nkeys:\n  k: {{ key: \"k:{{id}}\", ttl: 1h, {declared} }}\n  \
         k_events: {{ key: \"x:{{id}}\", ttl: 1h, string: bytes }}\n"
    );
    assert_eq!(wrong(&body)[0].0, Code::E0308);
    let body = format!(
        "params: {{ id: uuid }}\nkeys:\n  k: {{ key: \"k:{{id}}\", ttl: 1h, {declared} }}\n  \
         other: {{ key: \"k:{{id}}:events\", ttl: 1h, string: bytes }}\n"
    );
    assert!(matches!(wrong(&body)[0].0, Code::E0701 | Code::E0702));
    let body = format!(
        "params: {{ path: rest }}\nkeys:\n  k: {{ key: \"k:{{path}}\", ttl: 1h, {declared} }}\n"
    );
    assert_eq!(wrong(&body)[0].0, Code::E0405);
    let body = format!(
        "params: {{ id: uuid }}\ntopology: cluster\nkeys:\n  k: {{ key: \"k:{{id}}\", ttl: 1h, {declared} }}\n"
    );
    let (code, _, message, help) = one(&body);
    assert_eq!(code, Code::E0805, "{message}");
    assert!(help.contains("slot: id"), "{help}");
    let old = format!(
        "server: {{ min: \"4.0\" }}\nparams: {{ id: uuid }}\nkeys:\n  k: {{ key: \"k:{{id}}\", ttl: 1h, {declared} }}\n"
    );
    assert_eq!(wrong(&old)[0].0, Code::E0901);
}
