//! Queues of work, and the keys that they declare beside themselves.

use std::time::Duration;

use redis_schema_model::diagnostic::Code;
use redis_schema_model::model::{HashTag, Lifetime, Structure, WorkQueue};

use super::{key, refused, right};

fn queue(body: &str) -> String {
    format!("params: {{ id: uuid }}\nkeys:\n  k: {{ key: \"k:{{id}}\", {body} }}\n")
}

fn work(body: &str) -> WorkQueue {
    let schema = right(&queue(body));
    match &key(&schema, "k").structure {
        Structure::Queue(queue) => queue.clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_queue_says_how_its_tasks_are_worked_on() {
    let least = work("queue: { payload: string, lease: 30s, max_attempts: 5 }");
    assert_eq!(least.lease, Duration::from_secs(30));
    assert_eq!((least.max_attempts, least.backoff), (5, None));
    assert!(least.priorities.is_empty());
    let keep = least.keep;
    assert_eq!(keep.done, Duration::from_secs(3600));
    assert_eq!(keep.dead, Duration::from_secs(14 * 86_400));
    assert_eq!(keep.max_dead, 10_000);
    let most = work(
        "queue: { payload: json<any>, lease: 1m, max_attempts: 1, backoff: { first: 1s, max: 5m }, \
         priorities: [high, low], keep: { done: 2h, dead: 1d, max_dead: 5 } }",
    );
    let backoff = most.backoff.unwrap();
    assert_eq!(backoff.first, Duration::from_secs(1));
    assert_eq!(backoff.max, Duration::from_secs(300));
    let names: Vec<&str> = most.priorities.iter().map(|name| name.as_str()).collect();
    assert_eq!(names, ["high", "low"]);
    assert_eq!(most.keep.done, Duration::from_secs(7200));
    assert_eq!((most.keep.dead.as_secs(), most.keep.max_dead), (86_400, 5));
}

#[test]
fn what_tasks_carry_lies_beside_their_queue() {
    let body = "prefix: \"shop:\"\nparams: { id: uuid }\ntopology: cluster\nkeys:\n  \
                k: { key: \"k:{id}\", slot: id, was: old, queue: { payload: string, lease: 10s, max_attempts: 2 } }\n\
                groups: { all: { by: id } }\n";
    let schema = right(body);
    let (queue, tasks) = (key(&schema, "k"), key(&schema, "k_tasks"));
    assert_eq!(tasks.template.text, "k:{id}:tasks");
    assert_eq!(tasks.template.hash_tag, queue.template.hash_tag);
    assert!(matches!(tasks.template.hash_tag, HashTag::Param(_)));
    assert_eq!(tasks.prefix, queue.prefix);
    assert_eq!(tasks.was, ["old_tasks"]);
    for key in [queue, tasks] {
        assert!(matches!(key.lifetime, Lifetime::None { .. }));
        assert!(!key.is_extendable(), "it says itself how long it lives");
    }
    let of = tasks.implied_by().map(|id| &schema[id].name);
    assert_eq!(of, Some(&queue.name));
    assert_eq!(schema.groups[0].members.len(), 2);
}

#[test]
fn what_lies_beside_it_is_taken() {
    let twice = "params: { id: uuid }\nkeys:\n  \
                 k: { key: \"k:{id}\", queue: { payload: string, lease: 10s, max_attempts: 2 } }\n  \
                 other: { key: \"k:{id}:tasks\", ttl: 1h, string: bytes }\n";
    let queue = "{ payload: string, lease: 10s, max_attempts: 2 }";
    refused(twice, Code::E0701, queue, "");
    let named = "params: { id: uuid }\nkeys:\n  \
                 k: { key: \"k:{id}\", queue: { payload: string, lease: 10s, max_attempts: 2, priorities: [a, b] } }\n  \
                 k_priority: { key: \"p:{id}\", ttl: 1h, string: bytes }\n";
    refused(named, Code::E0308, "[a, b]", "another name");
}

#[test]
fn times_fit_each_other() {
    let wrong = |rule: &str, help: &str| {
        let body = format!("queue: {rule}");
        refused(&queue(&body), Code::E1502, rule, help);
    };
    wrong(
        "{ payload: string, lease: 99ms, max_attempts: 5 }",
        "lease: 100ms",
    );
    wrong(
        "{ payload: string, lease: 1s, max_attempts: 5, backoff: { first: 10s, max: 9s } }",
        "max: 10s",
    );
    wrong(
        "{ payload: string, lease: 2h, max_attempts: 5 }",
        "done: 2h",
    );
    let text = "queue: { payload: string, lease: 1s, max_attempts: 5, keep: { max_dead: 0 } }";
    refused(&queue(text), Code::E1502, "0", "max_dead: 10k");
}

#[test]
fn a_queue_is_durable_and_asks_the_primary() {
    let rule = "{ payload: string, lease: 1s, max_attempts: 5 }";
    let with = |field: &str| queue(&format!("{field}, queue: {rule}"));
    refused(&with("replica_ok: true"), Code::E1502, rule, "primary");
    refused(&with("durability: cache"), Code::E1502, rule, "durable");
    refused(&with("ttl: 1h"), Code::E1501, "1h", "keep:");
    let skip = with("on_unavailable: skip_write");
    refused(&skip, Code::E1101, "skip_write", "decide where you call");
}

#[test]
fn priorities_are_told_apart() {
    let with = |names: &str| {
        queue(&format!(
            "queue: {{ payload: string, lease: 1s, max_attempts: 5, priorities: {names} }}"
        ))
    };
    refused(&with("[one]"), Code::E1503, "[one]", "high, low");
    refused(&with("[]"), Code::E1503, "[]", "high, low");
    refused(&with("[a, b, a]"), Code::E1503, "a", "another name");
    let many: Vec<String> = (0..17).map(|number| format!("p{number}")).collect();
    let many = format!("[{}]", many.join(", "));
    refused(&with(&many), Code::E1503, &many, "high, low");
}
