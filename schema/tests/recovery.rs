//! Reading on behind a syntax error: everything else is still found, and nothing that is not wrong.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fmt::Write;

use proptest::prelude::*;
use proptest::sample::{Index, select};
use redis_schema_model::diagnostic::{Code, Colour, human};
use redis_schema_model::load::{Loaded, MapLoader, load, load_text};

const EXAMPLES: [&str; 5] = [
    include_str!("../../examples/docpipe/docpipe.redis.yaml"),
    include_str!("../../examples/faultline/faultline.redis.yaml"),
    include_str!("../../examples/image2model/image2model.redis.yaml"),
    include_str!("../../examples/legal-docs/legal-docs.redis.yaml"),
    include_str!("../../tests/golden/plain.redis.yaml"),
];

fn code(finding: &redis_schema_model::diagnostic::Diagnostic) -> Code {
    finding.code.code().unwrap()
}

/// Code and line (from 1) of every finding, in order.
fn found(loaded: &Loaded) -> Vec<(Code, usize)> {
    let findings = loaded.diagnostics.iter();
    findings
        .map(|d| (code(d), loaded.sources.places(d.span).0.line as usize))
        .collect()
}

fn shown(loaded: &Loaded) -> String {
    human(&loaded.diagnostics, &loaded.sources, Colour::Off)
}

#[track_caller]
fn finds(text: &str, expected: &[(Code, usize)]) {
    let loaded = load_text(text);
    assert_eq!(found(&loaded), expected, "{}", shown(&loaded));
    assert!(loaded.schema.is_none());
}

const HEAD: &str = "edition: 1\nschema: shop\nversion: 1\nparams: { id: uuid }\n";

#[test]
fn mistakes_of_every_kind_in_one_run() {
    let text = format!(
        "{HEAD}types:
  State: {{ enum: [open, done }}
  Item:
    fields:
      name: strng
      size: u8
    abuot: Something to buy.
keys:
  cart:
    key: \"cart:{{id}}
    ttl: 1h
    list: json<Item>
  state:
    key: \"state:{{id\"
    ttl: 1 hour
    string: State
  name:
    key: \"name:{{idd}}\"
    tll: 1h
    strin: string
  seen:
    key: @seen
    ttl: 1h
    set: string
"
    );
    // Whether `strng` and the type of `state` are wrong is not known: a declaration of a type is missing.
    finds(
        &text,
        &[
            (Code::E0115, 6),
            (Code::E0201, 11),
            (Code::E0115, 14),
            (Code::E0401, 18),
            (Code::E0601, 19),
            (Code::E0304, 22),
            (Code::E0201, 23),
            (Code::E0201, 24),
            (Code::E0103, 26),
        ],
    );
}

#[test]
fn what_may_only_be_missing_is_no_finding() {
    // The parameter and the type may be what cannot be read, and so may what a key lacks.
    let text = "edition: 1\nschema: shop\nversion: 1\nparams:\n  id: @x\ntypes:\n  Item: [x\nkeys:\n  a:\n    key: \"a:{id}\"\n    ttl: 'x\n    string: json<Item>\n";
    finds(
        text,
        &[(Code::E0103, 5), (Code::E0115, 7), (Code::E0115, 11)],
    );
}

#[test]
fn names_are_missed_where_no_declaration_is_lost() {
    let text = format!(
        "{HEAD}keys:\n  a:\n    key: \"a:{{nope}}\"\n    ttl: @x\n    string: string\n  b:\n    key: \"b:{{nope}}\"\n    ttl: 1h\n    string: Nope\n"
    );
    finds(
        &text,
        &[
            (Code::E0304, 7),
            (Code::E0103, 8),
            (Code::E0304, 11),
            (Code::E0305, 13),
        ],
    );
}

#[test]
fn the_same_cause_is_told_once() {
    let text = format!("  {HEAD}keys:\n  a:\n    key: \"a\"\n    ttl: 1h\n    string: string\n");
    finds(&text, &[(Code::E0104, 2)]);
    finds(
        "edition: 1\nschema shop\nversion: 1\nkeys: {}\n",
        &[(Code::E0120, 2)],
    );
    let tabs =
        format!("{HEAD}keys:\n\ta:\n\t\tkey: \"a\"\n\t\tttl: 1h\n\t\tstring: string\nabuot: x\n");
    finds(&tabs, &[(Code::E0102, 6), (Code::E0201, 10)]);
}

#[test]
fn text_that_runs_on_is_found_where_it_begins() {
    let text = format!(
        "{HEAD}keys:\n  a: {{ key: \"a, ttl: 1h, string: string }}\n  b: {{ key: b, ttl: 1h, string: string }}\n  c: {{ key: \"c\", ttl: 1h, string: string }}\n"
    );
    finds(&text, &[(Code::E0115, 6)]);
    finds(
        &format!("{HEAD}about: [x]\"\nkeys: {{}}\nchannels: {{}}\n"),
        &[(Code::E0115, 5), (Code::E0207, 5)][..1],
    );
}

#[test]
fn what_is_repeated_may_be_incomplete() {
    let text = format!(
        "{HEAD}keys:\n  a: &base\n    key: a\n    ttl: @x\n    string: string\n  b:\n    <<: *base\n    key: b\n  c: &gone @x\n  d: *gone\n  e: {{ <<: *gone, key: e }}\n  f: *unknown\n"
    );
    finds(
        &text,
        &[(Code::E0103, 8), (Code::E0103, 13), (Code::E0114, 16)],
    );
}

#[test]
fn an_imported_file_that_cannot_be_read_hides_names_only() {
    let mut loader = MapLoader::new();
    loader.insert(
        "a.yaml",
        "edition: 1\nschema: shop\nversion: 1\nimports: [b.yaml, none.yaml]\nkeys:\n  a:\n    key: \"a:{id}\"\n    ttl: 1 day\n    string: Item\n",
    );
    loader.insert(
        "b.yaml",
        "edition: 1\nparams: { id: uuid }\ntypes:\n  Item: @x\n  Other: { enum: a }\n",
    );
    let loaded = load(&loader, "a.yaml");
    let found: Vec<_> = loaded.diagnostics.iter().map(code).collect();
    let expected = [Code::E0211, Code::E0601, Code::E0103, Code::E0202];
    assert_eq!(found, expected, "{}", shown(&loaded));
}

#[test]
fn reading_on_has_an_end() {
    let many = |lines: usize| {
        let mut text = HEAD.to_owned();
        for line in 0..lines {
            let _ = writeln!(text, "x{line}: @x");
        }
        load_text(&text).diagnostics.len()
    };
    assert_eq!(many(20), 20);
    assert_eq!(many(60), 21);
}

/// Ways to break the YAML of a line.
const DAMAGE: [fn(&str) -> Option<String>; 20] = [
    |line| without_last(line, '"'),
    |line| without_last(line, '{'),
    |line| without_last(line, '}'),
    |line| without_last(line, '['),
    |line| without_last(line, ']'),
    |line| Some(format!(" {line}")),
    |line| Some(format!("   {line}")),
    |line| line.strip_prefix(' ').map(str::to_owned),
    |line| Some(format!("\t{}", line.trim_start())),
    |line| Some(format!("{line} ]")),
    |line| Some(format!("{line}}}")),
    |line| Some(format!("{line}\"")),
    |line| line.contains(", ").then(|| line.replacen(", ", " ", 1)),
    |line| line.contains(": ").then(|| line.replacen(": ", " ", 1)),
    |line| with_value(line, "@x"),
    |line| with_value(line, "{id}:x"),
    |line| with_value(line, "\"x"),
    |line| with_value(line, "[x"),
    |line| with_value(line, "a: b"),
    |line| with_value(line, "\"\\q\""),
];

fn without_last(line: &str, sign: char) -> Option<String> {
    let at = line.rfind(sign)?;
    Some(format!("{}{}", &line[..at], &line[at + 1..]))
}

fn with_value(line: &str, value: &str) -> Option<String> {
    let (name, _) = line.split_once(": ")?;
    Some(format!("{name}: {value}"))
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

fn says_something(line: &str) -> bool {
    let line = line.trim_start();
    !line.is_empty() && !line.starts_with('#')
}

/// The lines (from 0) that a mistake on a line may be found on: from it to the one behind what is indented below it.
fn reach(lines: &[String], at: usize) -> std::ops::RangeInclusive<usize> {
    let below = lines[at + 1..].iter();
    let own = below.take_while(|line| !says_something(line) || indent(line) > indent(&lines[at]));
    at..=at + own.count() + 1
}

/// Whether a field of the file stands on a line.
fn is_field(line: &str) -> bool {
    says_something(line) && indent(line) == 0 && line.contains(':')
}

fn is_syntax(loaded: &Loaded) -> bool {
    use Code as C;
    let syntax = [
        C::E0101,
        C::E0102,
        C::E0103,
        C::E0104,
        C::E0115,
        C::E0119,
        C::E0120,
    ];
    loaded.diagnostics.iter().any(|d| syntax.contains(&code(d)))
}

fn lines_of(text: &str) -> Vec<String> {
    text.lines().map(str::to_owned).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(250) })]

    #[test]
    fn one_mistake_is_found_at_its_block_alone(
        text in select(&EXAMPLES[..]), line in any::<Index>(), damage in select(&DAMAGE[..]),
    ) {
        let mut lines = lines_of(text);
        let at = line.index(lines.len());
        prop_assume!(says_something(&lines[at]));
        let reach = reach(&lines, at);
        let damaged = damage(&lines[at]);
        prop_assume!(damaged.is_some());
        lines[at] = damaged.unwrap();
        let loaded = load_text(&(lines.join("\n") + "\n"));
        prop_assume!(is_syntax(&loaded));
        prop_assert!(!loaded.documents.is_empty(), "no tree:\n{}", shown(&loaded));
        for (code, line) in found(&loaded) {
            prop_assert!(reach.contains(&(line - 1)), "line {} damaged as `{}`: {code}\n{}", at + 1, lines[at], shown(&loaded));
        }
    }

    #[test]
    fn two_mistakes_are_both_found(
        text in select(&EXAMPLES[..]), line in any::<Index>(), other in any::<Index>(), damage in select(&DAMAGE[..]),
    ) {
        let mut lines = lines_of(text);
        // The first field decides how far the others are indented.
        let fields: Vec<usize> = (1..lines.len()).filter(|at| is_field(&lines[*at])).collect();
        let (at, other) = (1 + line.index(lines.len() - 1), *other.get(&fields));
        let reach = reach(&lines, at);
        prop_assume!(says_something(&lines[at]) && at > fields[0] && !reach.contains(&other));
        let damaged = damage(&lines[at]);
        prop_assume!(damaged.is_some());
        lines[at] = damaged.unwrap();
        lines.insert(other, "nothing_has_such_a_name: x".to_owned());
        let moved = usize::from(other < at);
        let loaded = load_text(&(lines.join("\n") + "\n"));
        prop_assume!(is_syntax(&loaded));
        let found = found(&loaded);
        prop_assert!(found.contains(&(Code::E0201, other + 1)), "{}", shown(&loaded));
        let at_damage = |(_, line): &&(Code, usize)| {
            reach.contains(&(line.saturating_sub(1 + moved)))
        };
        prop_assert_eq!(found.iter().filter(at_damage).count(), found.len() - 1, "{}", shown(&loaded));
    }
}
