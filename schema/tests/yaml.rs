//! What a text becomes: kinds, texts and places.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use redis_schema_model::diagnostic::{Code, Sink};
use redis_schema_model::node::{Node, NodeKind};
use redis_schema_model::source::FileId;
use redis_schema_model::yaml::parse;

fn read(text: &str) -> Node {
    let mut sink = Sink::new();
    let node = parse(FileId(0), text, &mut sink);
    assert_eq!(sink.into_sorted(), []);
    node.expect("a tree")
}

/// The tree with the source text of every place, which shows kinds and spans at once.
fn show(node: &Node, text: &str) -> String {
    let source = &text[node.span.range()];
    match &node.kind {
        NodeKind::Null => format!("~<{source}>"),
        NodeKind::Scalar {
            text,
            quoted: false,
        } if text == source => text.clone(),
        NodeKind::Scalar { text, quoted } => {
            format!("{}{text:?}<{source}>", if *quoted { "q" } else { "" })
        }
        NodeKind::List(items) => {
            let items: Vec<String> = items.iter().map(|item| show(item, text)).collect();
            format!("[{}]<{source}>", items.join(" "))
        }
        NodeKind::Map(entries) => {
            let entry = |entry: &redis_schema_model::node::Entry| {
                let key = &text[entry.key_span.range()];
                let key = if key == entry.key {
                    key.to_owned()
                } else {
                    format!("{}<{key}>", entry.key)
                };
                format!("{key}={}", show(&entry.value, text))
            };
            let entries: Vec<String> = entries.iter().map(entry).collect();
            format!("{{{}}}<{source}>", entries.join(" "))
        }
    }
}

#[track_caller]
fn reads(text: &str, expected: &str) {
    assert_eq!(show(&read(text), text), expected);
}

fn codes(text: &str) -> Vec<Code> {
    let mut sink = Sink::new();
    parse(FileId(0), text, &mut sink);
    sink.into_sorted()
        .iter()
        .map(|finding| finding.code.code().unwrap())
        .collect()
}

#[test]
fn scalars_are_the_text_that_was_written() {
    for plain in [
        "0012",
        "1.10",
        "1_000",
        "yes",
        "no",
        "on",
        "true",
        "0x1F",
        ".inf",
        "1e999",
        "12345678901234567890123456789012",
        "2026-01-31",
        "~1000",
        "a:b",
        "x#y",
    ] {
        reads(
            &format!("a: {plain}\n"),
            &format!("{{a={plain}}}<a: {plain}>"),
        );
    }
    reads("a: \"x\\ty\"\n", "{a=q\"x\\ty\"<\"x\\ty\">}<a: \"x\\ty\">");
    reads("a: 'it''s'\n", "{a=q\"it's\"<'it''s'>}<a: 'it''s'>");
    reads(
        "a: one\n  two\n",
        "{a=\"one two\"<one\n  two>}<a: one\n  two>",
    );
    reads("a: \"null\"\n", "{a=q\"null\"<\"null\">}<a: \"null\">");
}

#[test]
fn blocks_of_text() {
    reads(
        "a: |\n  x\n\n  y\n\nb: 1\n",
        "{a=q\"x\\n\\ny\\n\"<|\n  x\n\n  y> b=1}<a: |\n  x\n\n  y\n\nb: 1>",
    );
    reads(
        "a: >- # why\n  x\n  y\n",
        "{a=q\"x y\"<>- # why\n  x\n  y>}<a: >- # why\n  x\n  y>",
    );
}

#[test]
fn nothing_has_its_place_behind_the_colon() {
    reads(
        "a:\nb: ~\nc: null\nd:   # why\n",
        "{a=~<> b=~<~> c=~<null> d=~<>}<a:\nb: ~\nc: null\nd:>",
    );
    let node = read("key:\n\n\nother: 1\n");
    assert_eq!(node.get("key").unwrap().span.range(), 4..4);
}

#[test]
fn collections_span_from_first_to_last_sign() {
    reads(
        "a: {b: 1, c: [x, y ]}\nd: {}\n",
        "{a={b=1 c=[x y]<[x, y ]>}<{b: 1, c: [x, y ]}> d={}<{}>}<a: {b: 1, c: [x, y ]}\nd: {}>",
    );
    reads(
        "a:\n- x\n- b: 1\n  c: 2\n\nd:\n  - y\n",
        "{a=[x {b=1 c=2}<b: 1\n  c: 2>]<- x\n- b: 1\n  c: 2> d=[y]<- y>}<a:\n- x\n- b: 1\n  c: 2\n\nd:\n  - y>",
    );
}

#[test]
fn places_count_bytes_behind_any_character() {
    reads(
        "é: 🔑\n\"ü\": [é]\n",
        "{é=🔑 ü<\"ü\">=[é]<[é]>}<é: 🔑\n\"ü\": [é]>",
    );
    reads("\u{feff}a: 1\r\nb: 2\r\n", "{a=1 b=2}<a: 1\r\nb: 2>");
}

#[test]
fn aliases_stand_where_they_were_written_first() {
    reads(
        "a: &x {p: 1}\nb: *x\n",
        "{a={p=1}<{p: 1}> b={p=1}<{p: 1}>}<a: &x {p: 1}\nb: *x>",
    );
}

#[test]
fn merges_fill_in_what_is_not_there() {
    let text = "a: &a {x: 1, y: 2}\nb: &b {y: 3, z: 4}\nc: {w: 0, <<: [*a, *b], y: 9}\nd:\n  <<: *b\n  v: 5\n";
    let tree = read(text);
    let fields = |name: &str| -> Vec<String> {
        let entries = tree.get(name).unwrap().entries().iter();
        entries
            .map(|entry| format!("{}={}", entry.key, entry.value.text().unwrap()))
            .collect()
    };
    assert_eq!(fields("c"), ["w=0", "x=1", "z=4", "y=9"]);
    assert_eq!(fields("d"), ["y=3", "z=4", "v=5"]);
    assert_eq!(read("\"<<\": 1\n").entries()[0].key, "<<");
}

#[test]
fn every_repeated_name_is_reported_and_kept() {
    let mut sink = Sink::new();
    let tree = parse(FileId(0), "a: 1\nb: 2\na: 3\na: 4\n", &mut sink).unwrap();
    let found = sink.into_sorted();
    assert_eq!(found.len(), 2);
    for finding in found {
        assert_eq!(
            (finding.code.code().unwrap(), finding.related[0].0.range()),
            (Code::E0105, 0..1)
        );
    }
    assert_eq!(tree.entries().len(), 4);
    let many: String = (0..30).map(|i| format!("k{}: 1\n", i % 29)).collect();
    assert_eq!(codes(&many), [Code::E0105]);
}

#[test]
fn several_mistakes_of_one_file() {
    let text = "a: *x\nb: !t 1\nc: 1\nc: 2\n[d]: 1\n<<: 2\ne: *y\n";
    assert_eq!(
        codes(text),
        [
            Code::E0114,
            Code::E0118,
            Code::E0105,
            Code::E0116,
            Code::E0117,
            Code::E0114
        ]
    );
}

#[test]
fn why_the_parser_stopped() {
    for (text, code) in [
        ("a:\n\tb: 1\n", Code::E0102),
        ("a:\n  b:\n \tc: 1\n", Code::E0102),
        ("key: {id}:x\n", Code::E0103),
        ("a: {key: x:{id}, b: 1}\n", Code::E0103),
        ("key: *:x\n", Code::E0103),
        ("a: @x\n", Code::E0103),
        ("a: b: c\n", Code::E0103),
        ("a: [x]y\n", Code::E0103),
        ("a:\n  b: 1\n c: 2\n", Code::E0104),
        ("a:\n  b: 1\n    c: 2\n", Code::E0104),
        ("a:\n  b: \"1\"\n    c: 2\n", Code::E0104),
        ("  a: 1\nb: 2\n", Code::E0104),
        ("a: 1\n- b\n", Code::E0104),
        ("- a\nb: 1\n", Code::E0104),
        ("a: [x\n", Code::E0115),
        ("a: {x: 1\n", Code::E0115),
        ("a: [x}\n", Code::E0115),
        ("a: ]\n", Code::E0115),
        ("a: {x: 1 y: 2}\n", Code::E0115),
        ("a: \"x\nb: 1\n", Code::E0115),
        ("a: {x: \"{id}\" y: 2}\n", Code::E0115),
        ("a: [\"x\" \"y\"]\n", Code::E0115),
        ("a: \"x\" y: 2\n", Code::E0119),
        ("a: 'it's'\n", Code::E0119),
        ("a: \"x\" y\n", Code::E0119),
        ("a: \"\\q\"\n", Code::E0119),
        ("a: \"x\"#c\n", Code::E0119),
        ("a: {x: 1},\n", Code::E0119),
        ("ttl:1h\nkey: x\n", Code::E0120),
        ("a: 1\nb\n", Code::E0120),
        ("a: 1\nb:2\nc: 3\n", Code::E0120),
        ("a: >x\n  y\n", Code::E0101),
        ("a: x\u{feff}\nb: \u{feff}1\n", Code::E0109),
    ] {
        assert_eq!(codes(text), [code], "{text:?}");
    }
}

#[test]
fn all_unquoted_templates_of_a_file_at_once() {
    let text = "a: {x}:1\nb: ok\nc: {y}z # why\nd: { e: 1 }\n";
    assert_eq!(codes(text), [Code::E0103, Code::E0103]);
}
