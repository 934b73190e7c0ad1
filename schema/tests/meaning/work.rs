//! What is said of work: groups of consumers and their dead letters, lists and where their values are worked on, and
//! tombstones of what went.

use redis_schema_model::diagnostic::Code;
use redis_schema_model::model::{
    Acknowledge, ConsumerGroup, GroupStart, ListOrder, Part, Structure,
};

use super::{key, refused, right};

/// Streams of steps, one of them with this group, beside these keys.
fn streams(group: &str, others: &str) -> String {
    format!(
        "params: {{ id: uuid, name: slug }}\ntypes:\n  Step: {{ fields: {{ at: timestamp_ms }} }}\n  Other: {{ fields: {{ at: timestamp_s }} }}\nkeys:\n  steps: {{ key: \"steps:{{id}}\", ttl: 1h, stream: {{ entry: Step, groups: {{ mailer: {group} }} }} }}\n{others}"
    )
}

fn dead(key: &str, structure: &str) -> String {
    format!("  dead: {{ key: \"{key}\", ttl: 1h, {structure} }}\n")
}

fn group(body: &str) -> ConsumerGroup {
    let schema = right(body);
    match &key(&schema, "steps").structure {
        Structure::Stream { groups, .. } => groups[0].clone(),
        _ => panic!("a stream"),
    }
}

const STEPS: &str = "stream: { entry: Step }";
const GIVES_UP: &str = "{ min_idle: 60s, max_deliveries: 5, dead_letter: dead }";

#[test]
fn groups_say_how_they_work() {
    let plain = group(&streams("{}", ""));
    assert_eq!(
        (plain.start, plain.ack),
        (GroupStart::First, Acknowledge::After)
    );
    assert_eq!((plain.min_idle_ms, plain.gives_up), (None, None));
    let careless = group(&streams("{ start: new, ack: before, about: Fast }", ""));
    assert_eq!(
        (careless.start, careless.ack),
        (GroupStart::New, Acknowledge::Before)
    );
    assert_eq!(careless.about.as_deref(), Some("Fast"));
    let strict = group(&streams(GIVES_UP, &dead("dead:{id}", STEPS)));
    assert_eq!(strict.min_idle_ms, Some(60_000));
    assert_eq!(strict.gives_up.map(|it| it.max_deliveries), Some(5));
    assert_eq!(strict.heartbeat_ms, None);
    let alive = group(&streams("{ min_idle: 60s, heartbeat: 20s }", ""));
    assert_eq!(alive.heartbeat_ms, Some(20_000));
    group(&streams(GIVES_UP, &dead("dead", STEPS)));
    group(&streams(GIVES_UP, &dead("dead[:{id}]", STEPS)));
}

#[test]
fn a_policy_that_cannot_hold_is_refused() {
    let whole = dead("dead:{id}", STEPS);
    let wrong = |group: &str, place: &str, help: &str| {
        refused(&streams(group, &whole), Code::E0617, place, help);
    };
    wrong("{ ack: before, min_idle: 60s }", "60s", "ack: after");
    wrong(
        "{ min_idle: 1s, max_deliveries: 0, dead_letter: dead }",
        "0",
        "`5`",
    );
    wrong(
        "{ max_deliveries: 5, dead_letter: dead }",
        "dead",
        "min_idle",
    );
    wrong(
        "{ ack: before, heartbeat: 20s, min_idle: 60s }",
        "60s",
        "ack: after",
    );
    wrong("{ min_idle: 60s, heartbeat: 60s }", "60s", "a third");
}

#[test]
fn dead_letters_have_a_place() {
    let wrong = |key: &str, structure: &str, help: &str| {
        let body = streams(GIVES_UP, &dead(key, structure));
        refused(&body, Code::E0618, "dead", help);
    };
    wrong(
        "dead:{id}",
        "list: json<Step>",
        "stream of the same entries",
    );
    wrong("dead:{id}", "stream: { entry: Other }", "name that type");
    wrong("dead:{name}", STEPS, "leave `{name}` out");
    let itself = GIVES_UP.replace("dead }", "steps }");
    refused(
        &streams(&itself, ""),
        Code::E0618,
        "steps",
        "another stream",
    );
    let unknown = GIVES_UP.replace("dead }", "deed }");
    let body = streams(&unknown, &dead("dead:{id}", STEPS));
    refused(&body, Code::E0306, "deed", "`dead`");
}

/// A list with this rule, beside another one.
fn lists(rule: &str, other: &str) -> String {
    format!(
        "params: {{ id: uuid }}\nkeys:\n  line: {{ key: \"line:{{id}}\", ttl: 1h, list: {rule} }}\n  busy: {{ key: \"busy:{{id}}\", ttl: 1h, {other} }}\n"
    )
}

#[test]
fn lists_say_what_they_are_used_as() {
    let queue = |rule: &str| key(&right(&lists(rule, "list: slug")), "line").queue;
    assert_eq!(queue("slug"), None);
    assert_eq!(queue("{ of: slug }"), None);
    let stack = queue("{ of: slug, order: lifo }").unwrap();
    assert_eq!((stack.order, stack.processing), (ListOrder::Lifo, None));
    let line = queue("{ of: { type: slug }, order: fifo, processing: busy }").unwrap();
    assert_eq!(line.order, ListOrder::Fifo);
    assert!(line.processing.is_some());
    // A type in its long form is still one.
    right(&lists("{ type: slug, encode: json }", "list: slug"));
}

#[test]
fn values_are_worked_on_where_they_fit() {
    let rule = "{ of: slug, order: fifo, processing: busy }";
    refused(
        &lists(rule, "set: slug"),
        Code::E0619,
        "busy",
        "a list of the same values",
    );
    refused(
        &lists(rule, "list: json<slug>"),
        Code::E0619,
        "busy",
        "the same `of:`",
    );
    let itself = rule.replace("busy", "line");
    refused(
        &lists(&itself, "list: slug"),
        Code::E0619,
        "line",
        "another list",
    );
    let body = format!("topology: cluster\n{}", lists(rule, "list: slug"));
    refused(&body, Code::E0804, "busy", "add `slot: id` to both lists");
}

/// A record, an enum and a stream, with this tombstone.
fn buried(tombstone: &str) -> String {
    format!(
        "types:\n  Mood: {{ enum: [calm], other: Unknown }}\n  Step: {{ fields: {{ at: timestamp_ms, by: {{ type: u8, was: of }} }} }}\nkeys:\n  steps: {{ key: steps, ttl: 1h, stream: {{ entry: Step, groups: [mailer] }} }}\n  place: {{ key: place, ttl: 1h, hash: {{ x: u8, mood: Mood }} }}\ntombstones:\n  it: {{ {tombstone}, removed_in: 2 }}\n"
    )
}

#[test]
fn parts_are_buried() {
    let part = |tombstone: &str| {
        let schema = right(&buried(tombstone));
        let removed = &schema.removed[0];
        assert_eq!(removed.removed_in, 2);
        (removed.part, removed.gone.clone())
    };
    assert!(matches!(part("field: Step.note"), (Part::Field(_), gone) if gone == "note"));
    assert!(matches!(part("field: place.y"), (Part::Field(_), gone) if gone == "y"));
    assert!(matches!(part("variant: Mood.sad"), (Part::Variant(_), gone) if gone == "sad"));
    assert!(matches!(part("group: steps.old"), (Part::Group(_), gone) if gone == "old"));
}

#[test]
fn what_is_there_is_not_buried() {
    for (tombstone, place) in [
        ("field: Step.at", "Step.at"),
        ("field: Step.of", "Step.of"),
        ("variant: Mood.calm", "Mood.calm"),
        ("group: steps.mailer", "steps.mailer"),
    ] {
        refused(&buried(tombstone), Code::E0303, place, "another name");
    }
    for (tombstone, place) in [
        ("field: Stop.note", "Stop.note"),
        ("field: Mood.sad", "Mood.sad"),
        ("variant: Step.note", "Step.note"),
        ("group: place.old", "place.old"),
    ] {
        refused(&buried(tombstone), Code::E0620, place, "name a");
    }
}
