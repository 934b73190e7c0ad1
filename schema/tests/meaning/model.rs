//! The whole model of one schema that uses most of the language.

use redis_schema_model::model::{Codec, HashTag, ScoreUnit, Segment, Structure, Type, TypeKind};
use redis_schema_model::template::{describe, example_key, example_value, glob_pattern, matches};

use super::{key, right, ty};

const SCHEMA: &str = "
databases:
  queue: { index: 0, about: Task queue, external: celery }
  jobs: { index: 1, about: Sessions and jobs }
params:
  job_id: { type: uuid, about: One job }
  file_id: { type: slug, max: 64 }
  day: date
  address: ip
  label: { type: string, encode: percent }
types:
  State: { enum: [pending, done], flow: { pending: [done] } }
  File:
    fields:
      file_id: file_id
      name: { type: string, max: 255 }
  Step:
    fields:
      file_id: file_id
      percent: { type: u8, range: 0..100 }
keys:
  job:
    key: \"job:{job_id}\"
    in: jobs
    ttl: 24h
    hash:
      state: State
      total: u32
      done: { type: u32, default: 0, max: total }
      changed: { type: timestamp_ms, touch: on_write }
  files: { key: \"job:{job_id}:files\", in: jobs, ttl: 24h, list: File }
  steps: { key: \"steps:{job_id}\", in: jobs, slot: job_id, ttl: 24h, stream: { entry: Step, maxlen: ~1000 } }
  progress: { key: \"progress:{job_id}\", in: jobs, ttl: 24h, hash_map: { file_id: u8 } }
  recent: { key: recent, in: jobs, ttl: 24h, zset: { member: { ref: job.job_id }, score: timestamp_ms } }
  calls: { key: \"calls:{address}[/{day}]\", in: jobs, ttl: 1d, counter: u32 }
  labelled: { key: \"l:{label}*\", in: jobs, ttl: 1d, set: string }
  tasks: { key: \"tasks:{label}\", in: queue, external: list }
channels:
  events:
    channel: \"job:{job_id}:events\"
    message:
      one_of:
        started: {}
        step: Step
        ended: { state: State, at: timestamp_ms }
units:
  create: { writes: [job, files, steps] }
groups:
  whole_job: { by: job_id }
packs:
  celery: { in: queue, patterns: [\"celery*\"] }
";

#[test]
fn everything_is_there() {
    let schema = right(SCHEMA);
    let types: Vec<&str> = schema.types.iter().map(|def| def.name.as_str()).collect();
    assert_eq!(
        types,
        [
            "State",
            "File",
            "Step",
            "Job",
            "EventsMessageStarted",
            "EventsMessageEnded",
            "EventsMessage"
        ]
    );
    assert_eq!((schema.keys.len(), schema.channels.len()), (8, 1));
    let group = &schema.groups[0];
    let members: Vec<&str> = group
        .members
        .iter()
        .map(|id| schema[*id].name.as_str())
        .collect();
    assert_eq!(members, ["job", "files", "steps", "progress"]);
    assert_eq!(
        schema[schema.packs[0].database.unwrap()].name.as_str(),
        "queue"
    );
}

#[test]
fn structures() {
    let schema = right(SCHEMA);
    let Structure::Hash(id) = key(&schema, "job").structure else {
        panic!("a hash");
    };
    let TypeKind::Struct(record) = &schema[id].kind else {
        panic!("a record");
    };
    assert!(record.fields[3].touch);
    assert_eq!(
        record.fields[2].max_field.as_ref().unwrap().as_str(),
        "total"
    );
    let Structure::HashMap { field, value } = &key(&schema, "progress").structure else {
        panic!("a hash map");
    };
    assert!(matches!(field.ty, Type::Param(_)));
    assert_eq!(
        (value.ty.clone(), value.encoding.codec),
        (Type::Unsigned(8), Codec::Text)
    );
    let Structure::ZSet { score, .. } = &key(&schema, "recent").structure else {
        panic!("a sorted set");
    };
    assert_eq!(score.unit, ScoreUnit::TimestampMs);
    let message = &schema.channels[0].message;
    assert_eq!(message.encoding.codec, Codec::Json);
    assert!(matches!(
        ty(&schema, "EventsMessage").kind,
        TypeKind::OneOf(_)
    ));
}

#[test]
fn templates() {
    let schema = right(SCHEMA);
    let steps = key(&schema, "steps");
    let id = steps.template.params()[0];
    assert_eq!(
        steps.template.segments,
        [
            Segment::Literal("steps:{".into()),
            Segment::Param(id),
            Segment::Literal("}".into())
        ]
    );
    assert_eq!(steps.template.hash_tag, HashTag::Param(id));
    assert_eq!(steps.template.text, "steps:{job_id}");
    assert_eq!(key(&schema, "job").template.hash_tag, HashTag::Whole);
}

#[test]
fn templates_in_words() {
    let schema = right(SCHEMA);
    let shown = |name: &str| {
        let key = key(&schema, name);
        (
            describe(&schema, &key.template),
            example_key(&schema, key),
            glob_pattern(&schema, key),
        )
    };
    let all = |a: &str, b: &str, c: &str| (a.to_owned(), b.to_owned(), c.to_owned());
    assert_eq!(
        shown("files"),
        all(
            "job:{job_id: uuid}:files",
            "job:00000000-0000-4000-8000-000000000000:files",
            "job:*:files"
        )
    );
    assert_eq!(
        shown("calls"),
        all(
            "calls:{address: ip}[/{day: date(YYYY-MM-DD)}]",
            "calls:192.0.2.1/2024-01-31",
            "calls:*"
        )
    );
    assert_eq!(shown("recent"), all("recent", "recent", "recent"));
    assert_eq!(
        shown("labelled"),
        all("l:{label: percent-encoded string}*", "l:example*", "l:*\\*")
    );
    let calls = key(&schema, "calls");
    let day = calls.template.params()[1];
    assert_eq!(example_value(&schema, calls, day), "2024-01-31");
    assert!(matches(&schema, &calls.template, b"calls:::1"));
    assert!(matches(
        &schema,
        &calls.template,
        b"calls:10.0.0.1/2024-02-29"
    ));
    assert!(!matches(&schema, &calls.template, b"calls:10.0.0.256"));
}
