//! Fields: what is said about unknown, missing, misplaced and misshapen ones.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use redis_schema_model::diagnostic::{Diagnostic, Sink};
use redis_schema_model::language::{Field, Object, PART, ROOT, Role, Shape, check};
use redis_schema_model::source::FileId;
use redis_schema_model::yaml;

const HEAD: &str = "edition: 1\nschema: shop\nversion: 1\n";

fn findings(text: &str, is_root: bool) -> Vec<Diagnostic> {
    let mut sink = Sink::new();
    let node = yaml::parse(FileId(0), text, &mut sink).expect("YAML");
    check(&node, is_root, &mut sink);
    sink.into_sorted()
}

/// Each finding as `code place: message; help`.
fn said(text: &str) -> Vec<String> {
    let text = format!("{HEAD}{text}");
    let say = |finding: &Diagnostic| {
        let place = &text[finding.span.range()];
        let help = finding.help.as_deref().unwrap_or_default();
        format!("{} {place}: {}; {help}", finding.code, finding.message)
    };
    findings(&text, true).iter().map(say).collect()
}

#[track_caller]
fn says(text: &str, expected: &[&str]) {
    assert_eq!(said(text), expected);
}

fn key(fields: &str) -> String {
    format!("keys:\n  job: {{ key: \"job\", ttl: 1h, {fields} }}\n")
}

#[test]
fn unknown_fields_have_the_nearest_name() {
    says(
        &key("string: u8, onwer: x"),
        &["E0201 onwer: unknown field `onwer`; did you mean `owner`?"],
    );
    says(
        &key("string: u8, Owner: x"),
        &["E0201 Owner: unknown field `Owner`; did you mean `owner`?"],
    );
    says(
        &key("string: u8, description: x"),
        &["E0201 description: unknown field `description`; did you mean `about`?"],
    );
    says(
        "bitmap: {}\n",
        &[
            "E0201 bitmap: unknown field `bitmap`; `bitmap` is a field of a key: perhaps the line is not indented as it should be",
        ],
    );
    says(
        &key("string: u8, about:x"),
        &["E0201 about:x: unknown field `about:x`; put a space behind the colon: `about: x`"],
    );
    says(
        "groups: { g: { by: id, colour: red } }\n",
        &["E0201 colour: unknown field `colour`; a group has `about`, `allow` and `by`"],
    );
    says(
        &key("bitmap: { width: 8 }"),
        &["E0201 width: unknown field `width`; a bitmap has `bits`"],
    );
}

#[test]
fn a_misnamed_field_is_not_missing_too() {
    says(
        "keys:\n  job: { template: \"job\", expire: 1h, sorted_set: { member: u8, score: rank } }\n",
        &[
            "E0201 template: unknown field `template`; did you mean `key`?",
            "E0201 expire: unknown field `expire`; did you mean `ttl`?",
            "E0201 sorted_set: unknown field `sorted_set`; did you mean `zset`?",
        ],
    );
}

#[test]
fn what_belongs_elsewhere_is_told_where() {
    let limit = |more: &str| {
        format!("keys:\n  calls: {{ key: \"rl\", rate_limit: {{ rules: [1/1m], {more} }} }}\n")
    };
    says(
        &limit("burst: 5, on_error: allow, window: 60s"),
        &[
            "E0201 burst: unknown field `burst`; write it behind its rule: `rules: [60/1m burst 10]`",
            "E0201 on_error: unknown field `on_error`; write `on_unavailable: allow` or `on_unavailable: deny` beside `rate_limit:`",
            "E0201 window: unknown field `window`; calls and their window are one rule: `rules: [60/1m]`",
        ],
    );
    says(
        "keys:\n  page: { key: \"page\", ttl: 1h, cache: { value: string, ttl: 5m } }\n",
        &[
            "E0201 ttl: unknown field `ttl`; write `ttl: 5m` beside `cache:`; `stale` and `negative` stand in it",
        ],
    );
}

#[test]
fn a_value_in_the_place_of_the_mapping_that_has_it_is_put_there() {
    says(
        "keys:\n  page: { key: \"page\", ttl: 1h, cache: json<any> }\n",
        &[
            "E0202 json<any>: `cache` takes a mapping, not text; write `cache: { value: json<any> }`",
        ],
    );
    says(
        "keys:\n  turn: { key: \"turn\", lock: 10s }\n",
        &["E0202 10s: `lock` takes a mapping, not text; write `lock: { lease: 10s }`"],
    );
    says(
        "keys:\n  calls: { key: \"calls\", rate_limit: 60/1m }\n",
        &[
            "E0202 60/1m: `rate_limit` takes a mapping, not text; write `rate_limit: { rules: [60/1m] }`",
        ],
    );
}

#[test]
fn an_enum_in_a_parameter_is_one_finding() {
    says(
        "params:\n  state: { enum: [a, b] }\n",
        &[
            "E0201 enum: unknown field `enum`; declare the enum under `types:` and name it here: `type: OrderStatus`",
        ],
    );
}

#[test]
fn missing_fields_are_shown_at_the_name() {
    says(
        "keys:\n  job: { about: x }\n",
        &[
            "E0204 job: `job` has no `key`; add `key: \"job:{job_id}\"`",
            "E0204 job: `job` has no `ttl`; add `ttl: 24h`",
            "E0208 job: `job` has no structure; add one of `string`, `counter`, `hash`, `hash_map`, `list`, `set`, `zset`, `stream`, `bitmap`, `hyperloglog`, `geo`, `json_document`, `cache`, `cache_tag`, `external`, `lock`, `semaphore`, `rate_limit`, `session`, `session_index`, `queue` and `progress`, for instance `string: json<Job>`",
        ],
    );
    says("keys:\n  job: { key: \"job\", external: any }\n", &[]);
    says(
        "accept: [{ rule: A, path: b, owner: c, reason: d }]\n",
        &[
            "E0204 { rule: A, path: b, owner: c, reason: d }: `expires` is missing; add `expires: 2027-01-31`",
        ],
    );
    let root = findings("about: x\n", true);
    assert_eq!(root.len(), 3);
    assert!(root.iter().all(|finding| finding.span.range() == (0..5)));
}

#[test]
fn exactly_one_of_some() {
    says(
        &key("string: u8, list: u8, set: u8"),
        &[
            "E0209 list: `list` beside `string`: a key has one structure; keep one of the two, and remove the other or declare it on its own",
            "E0209 set: `set` beside `string`: a key has one structure; keep one of the two, and remove the other or declare it on its own",
        ],
    );
    says(
        "types: { A: { about: x } }\n",
        &[
            "E0208 A: `A` has no kind; add one of `enum`, `fields`, `one_of`, `as` and `type`, for instance `enum: [queued, running, done]`",
        ],
    );
    says(
        "keys: { job: { key: a, ttl: { none: x, default: 1h }, string: u8 } }\n",
        &[
            "E0209 default: `default` beside `none`: a lifetime has one moment of expiry; keep one of the two, and remove the other or declare it on its own",
        ],
    );
}

#[test]
fn fields_that_need_another() {
    says(
        "types: { A: { type: u8, flow: {} } }\n",
        &["E0210 flow: `flow` says nothing without `enum`; add `enum`, or remove `flow`"],
    );
    says(
        "keys: { job: { key: a, ttl: { at: end_of_day, jitter: 5% }, string: u8 } }\n",
        &[
            "E0210 jitter: `jitter` says nothing without `default`; add `default`, or remove `jitter`",
        ],
    );
    // Without the choice that is missing nothing is said of what depends on it.
    assert_eq!(
        said("keys: { job: { key: a, ttl: { jitter: 5% }, string: u8 } }\n").len(),
        1
    );
}

#[test]
fn values_of_the_wrong_kind() {
    says(
        "imports: a.yaml\n",
        &["E0202 a.yaml: `imports` takes a list, not text; write `imports: [a.yaml]`"],
    );
    says(
        "about: [x]\n",
        &["E0202 [x]: `about` takes text, not a list; write `about: x`"],
    );
    says(
        "keys: [a]\n",
        &[
            "E0202 [a]: `keys` takes a mapping from names, not a list; begin each entry with its name and a colon in place of `- `; write for instance `keys: { job: { key: \"job:{job_id}\", ttl: 24h, string: bytes } }`",
        ],
    );
    says(
        "params: { id: [uuid] }\n",
        &["E0202 [uuid]: `id` takes a parameter type or a mapping, not a list; write `id: uuid`"],
    );
    says(
        "types: { A: [a, b] }\n",
        &[
            "E0202 [a, b]: `A` takes a mapping, not a list; write for instance `A: { enum: [queued, running, done] }`",
        ],
    );
    says(
        "units: { u: { writes: [a, [b]] } }\n",
        &["E0202 [b]: an item takes a name, not a list; write a name"],
    );
    says(
        "keys: { job: { key: {id}, ttl: 1h, string: u8 } }\n",
        &["E0103 {id}: this text needs quotes; write \"{id}\""],
    );
}

#[test]
fn words_numbers_and_switches() {
    says(
        "topology: Cluster\n",
        &["E0205 Cluster: `topology` cannot be `Cluster`; did you mean `cluster`?"],
    );
    says(
        "topology: ring\n",
        &["E0205 ring: `topology` cannot be `ring`; write `standalone`, `sentinel` or `cluster`"],
    );
    says(
        "databases: { a: 65536, b: -1, c: 1.5, d: \"7\" }\n",
        &[
            "E0206 65536: `a` cannot be `65536`; write a whole number",
            "E0206 -1: `b` cannot be `-1`; write a whole number",
            "E0206 1.5: `c` cannot be `1.5`; write a whole number",
        ],
    );
    says(
        "params: { id: { type: uuid, secret: yes } }\n",
        &["E0205 yes: `secret` cannot be `yes`; write `true`"],
    );
    let found = findings("edition: 2\nschema: a\nversion: 0\n", true);
    assert_eq!(found[0].label, "only 1 is known here");
    assert_eq!(found[1].label, "from 1 on");
}

#[test]
fn nothing_behind_a_colon() {
    says(
        "about:\n",
        &[
            "E0207 about: `about` has no value; write for instance `about: Job state and result cache of the analysis service.`",
        ],
    );
    says(
        "keys:\n  job:\n",
        &[
            "E0207 job: `job` has no value; write for instance `job: { key: \"job:{job_id}\", ttl: 24h, string: json<Job> }`",
        ],
    );
    // Empty sections and lists declare nothing, which is fine.
    says("keys:\nparams:\nimports:\naccept:\n", &[]);
}

#[test]
fn fields_beside_the_thing_they_belong_to() {
    says(
        "keys:\n  job:\n  key: \"job\"\n  ttl: 1h\n  string: u8\n",
        &[
            "E0104 key: `key` stands beside `job`, not in it; indent the fields of a declaration by two spaces more than its name",
        ],
    );
    says(
        "keys:\n  job:\n    key: \"job\"\n    string: u8\n  ttl: 1h\n",
        &[
            "E0204 job: `job` has no `ttl`; add `ttl: 24h`",
            "E0104 ttl: `ttl` stands beside `job`, not in it; indent the fields of a declaration by two spaces more than its name",
        ],
    );
}

#[test]
fn shapes_are_told_apart_by_their_fields() {
    says(
        "types: { A: { fields: { a: { string: u8 }, b: { type: u8 }, c: [u8], d: u8, e: { about: x, typ: u8 } } } }\n",
        &["E0201 typ: unknown field `typ`; did you mean `type`?"],
    );
    says(
        "channels: { c: { channel: c, message: { one_of: { a: {}, b: B, c: { x: u8 } } } } }\n",
        &[],
    );
    says(&key("set: { ref: job.id }"), &[]);
    says(
        &key("list: { type: Job, encode: msgpack, zstd: over 4KiB }"),
        &[],
    );
    says(&key("string: { string: u8 }"), &[]);
    says(
        &key("string: { ref: job, encode: json }"),
        &["E0210 encode: `encode` says nothing without `type`; add `type`, or remove `encode`"],
    );
    says(
        "types: { A: { enum: { a: , b: { text: B }, c: {} } } }\n",
        &[],
    );
}

#[test]
fn imported_files_hold_declarations() {
    let found = findings(
        "edition: 1\nserver: { min: \"7.0\" }\nparams: { id: uuid }\nkees: {}\n",
        false,
    );
    let codes: Vec<&str> = found.iter().map(|finding| finding.code.as_str()).collect();
    assert_eq!(codes, ["E0212", "E0201"]);
    assert_eq!(findings("edition: 1\nabout: x\nowner: y\n", false), []);
}

/// Every field's example is right, every field has words, and no object lists a name twice.
#[test]
fn the_table_keeps_its_own_rules() {
    let mut seen: Vec<&Object> = Vec::new();
    visit(&ROOT, &mut seen);
    visit(&PART, &mut seen);
    assert!(seen.len() > 20, "{}", seen.len());
    for object in seen {
        for field in object.fields {
            let place = format!("`{}` of {}", field.name, object.called);
            assert!(field.about.ends_with('.'), "{place}: {}", field.about);
            assert!(!field.example.is_empty(), "{place}");
            assert_eq!(
                object
                    .fields
                    .iter()
                    .filter(|other| other.name == field.name)
                    .count(),
                1,
                "{place}"
            );
            for other in field.also {
                assert!(
                    object.field(other).is_none(),
                    "{place}: `{other}` is a field itself"
                );
                assert_eq!(*other, other.to_lowercase(), "{place}");
            }
            if let Role::With(others) | Role::RequiredUnless(others) = field.role {
                assert!(
                    others.iter().all(|other| object.field(other).is_some()),
                    "{place}"
                );
            }
            assert!(
                object.choice.is_some() || field.role != Role::Choice,
                "{place}"
            );
            example(field, &place);
        }
    }
}

fn example(field: &Field, place: &str) {
    let text = format!("{}: {}\n", field.name, field.example);
    let mut sink = Sink::new();
    let node =
        yaml::parse(FileId(0), &text, &mut sink).unwrap_or_else(|| panic!("{place}: {text}"));
    let object = Object {
        called: "a test",
        name: "test",
        about: "",
        choice: None,
        fields: Box::leak(Box::new([Field {
            role: Role::Optional,
            ..*field
        }])),
    };
    redis_schema_model::language::check_against(&node, Box::leak(Box::new(object)), &mut sink);
    assert_eq!(sink.into_sorted(), [], "{place}: {text}");
}

fn visit(object: &'static Object, seen: &mut Vec<&'static Object>) {
    if !seen.iter().any(|known| std::ptr::eq(*known, object)) {
        seen.push(object);
        object
            .fields
            .iter()
            .for_each(|field| shapes(&field.shape, seen));
    }
}

fn shapes(shape: &'static Shape, seen: &mut Vec<&'static Object>) {
    for shape in shape.alternatives() {
        match shape {
            Shape::Object(object) => visit(object, seen),
            Shape::Names { value, .. } if !matches!(value, Shape::Named(_)) => shapes(value, seen),
            Shape::List(item) if !matches!(item, Shape::Named(_)) => shapes(item, seen),
            _ => {}
        }
    }
}
