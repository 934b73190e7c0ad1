//! Files made to break a reader: no panic, no hang, always a clear finding or a schema.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fmt::Write;
use std::sync::mpsc;
use std::time::Duration;

use proptest::prelude::*;
use redis_schema_model::diagnostic::{Code, Colour, github, human, json, line, sarif};
use redis_schema_model::load::{Loaded, MapLoader, load};

const NAME: &str = "hostile.redis.yaml";
/// Generous: an unoptimised build on a busy machine. A hang or a quadratic reader takes far longer.
const BOUND: Duration = Duration::from_secs(60);

const VALID: &str = "\
edition: 1
schema: shop
version: 1
about: Carts and what lies in them.
databases: { carts: { index: 1, about: Carts }, queue: { index: 2, external: celery } }
params:
  cart_id: { type: uuid, about: Identifier of one cart }
  day: date(YYYY-MM-DD)
types:
  State: { enum: [open, ordered], flow: { open: [ordered] } }
  Item:
    fields:
      product: slug
      amount: { type: u32, default: 1, range: 1..99 }
keys:
  cart:
    key: \"cart:{cart_id}\"
    ttl: &day { default: 24h, jitter: 10% }
    list: json<Item>
  cart_state:
    key: \"cart:{cart_id}:state\"
    ttl: { <<: *day, on_write: keep }
    hash: { state: State, updated_at: { type: timestamp_ms, touch: on_write } }
  daily: { key: \"carts[:{day}]\", ttl: 7d, counter: i64 }
channels:
  changes: { channel: \"cart:{cart_id}:changes\", message: { one_of: { filled: Item, emptied: {} } } }
units:
  open_cart: { writes: [cart, daily] }
groups:
  whole_cart: { by: cart_id }
";

/// Loads and writes out in every form, away from this thread so that a hang is a failure.
fn run(text: impl Into<Vec<u8>>) -> Loaded {
    let text = text.into();
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        let mut loader = MapLoader::new();
        loader.insert(NAME, text);
        let loaded = load(&loader, NAME);
        for render in [line, github, json, sarif] {
            let _ = render(&loaded.diagnostics, &loaded.sources);
        }
        let _ = human(&loaded.diagnostics, &loaded.sources, Colour::Off);
        let _ = human(&loaded.diagnostics, &loaded.sources, Colour::On);
        let _ = sender.send(loaded);
    });
    receiver
        .recv_timeout(BOUND)
        .expect("neither panic nor hang")
}

/// Refused with this code alone.
#[track_caller]
fn refused(text: impl Into<Vec<u8>>, code: Code) -> Loaded {
    let loaded = run(text);
    let shown = human(&loaded.diagnostics, &loaded.sources, Colour::Off);
    let codes: Vec<Code> = loaded
        .diagnostics
        .iter()
        .map(|finding| finding.code.code().unwrap())
        .collect();
    assert_eq!(codes, [code], "{}", &shown[..shown.len().min(2000)]);
    assert!(
        shown.len() < 10_000,
        "{} bytes for one finding",
        shown.len()
    );
    assert!(loaded.schema.is_none());
    loaded
}

/// Says the same as the plain text does.
#[track_caller]
fn like_plain(text: impl Into<Vec<u8>>) {
    let codes = |loaded: &Loaded| -> Vec<_> {
        let findings = loaded.diagnostics.iter();
        findings
            .map(|finding| (finding.code.clone(), finding.message.clone()))
            .collect()
    };
    assert_eq!(codes(&run(text)), codes(&run(VALID)));
}

fn laughs(levels: usize) -> String {
    let mut text = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..levels {
        let below = format!("*a{}, ", level - 1).repeat(10);
        let _ = writeln!(
            text,
            "a{level}: &a{level} [{}]",
            below.trim_end_matches(", ")
        );
    }
    text
}

#[test]
fn the_valid_file_is_valid() {
    assert_eq!(run(VALID).diagnostics, []);
}

#[test]
fn marks_and_line_breaks_of_other_systems_are_fine() {
    like_plain(format!("\u{feff}{VALID}"));
    like_plain(VALID.replace('\n', "\r\n"));
    like_plain(format!("\u{feff}{}", VALID.replace('\n', "\r\n")));
    like_plain(VALID.replace('\n', "\r"));
    like_plain(format!("---\n{VALID}...\n"));
    like_plain(VALID.trim_end());
}

#[test]
fn deep_nesting() {
    for opening in ["[", "{a: ", "- ", "? "] {
        refused(opening.repeat(10_000), Code::E0110);
        refused(opening.repeat(100_000), Code::E0112);
    }
    refused("[\n".repeat(100_000), Code::E0110);
    refused("{a:\n".repeat(100_000), Code::E0110);
    let steps: String = (0..2000)
        .map(|depth| format!("{:depth$}a:\n", ""))
        .collect();
    refused(steps, Code::E0110);
    let mut chain = String::from("a0: &a0 [x]\n");
    for i in 1..200 {
        let _ = writeln!(chain, "a{i}: &a{i} [*a{}]", i - 1);
    }
    refused(chain, Code::E0110);
}

#[test]
fn aliases_that_stand_for_billions() {
    refused(laughs(12), Code::E0111);
    refused(
        "edition: 1\nschema: a\nversion: 1\nkeys: &a { b: *a }\n",
        Code::E0114,
    );
}

#[test]
fn mistakes_without_end() {
    for line in [
        "x: @x\n",
        "x: \"\n",
        "{\n",
        "\tx:\n",
        "x: {a}:b\n",
        "- x\ny: *z\n",
        " x: &y @y\n",
        "x:\n   - y\n  @z\n",
    ] {
        let text = line.repeat((128 << 10) / line.len());
        assert!(run(text).has_errors(), "{line:?}");
    }
    // Many blocks that are left out, before much that is not.
    let names: String = (0..20_000).map(|i| format!("k{i}: x\n")).collect();
    assert!(run("\tx\n".repeat(20_000) + &names).has_errors());
    // Each level is a block of its own, and all but the innermost hold the mistake.
    let steps: String = (0..60)
        .map(|depth| format!("{:depth$}a:\n{:depth$} b: @x\n", "", ""))
        .collect();
    assert!(run(steps.repeat(100)).has_errors());
}

#[test]
fn tabs() {
    refused(VALID.replace("  cart_id: {", "\tcart_id: {"), Code::E0102);
    refused(VALID.replace("    ttl: {", "    \tttl: {"), Code::E0102);
    like_plain(VALID.replace(" # ", "\t# "));
}

#[test]
fn huge_scalars_and_lines() {
    refused(
        format!("{VALID}about: {}\n", "x".repeat(10 << 20)),
        Code::E0112,
    );
    refused("x".repeat(10 << 20), Code::E0112);
    refused(" ".repeat(10 << 20), Code::E0112);
    refused(format!("{VALID}# {}", "é".repeat(5 << 20)), Code::E0112);
    refused("a: x\n".repeat(4 << 20), Code::E0113);
    let long = "word ".repeat(10_000);
    like_plain(VALID.replace(
        "Carts and what lies in them.",
        &format!(">\n  {}", long.replace("word word ", "word word\n  ")),
    ));
}

#[test]
fn bytes_that_are_no_text() {
    refused([VALID.as_bytes(), b"\xff\xfe"].concat(), Code::E0108);
    refused(b"\xc3".as_slice(), Code::E0108);
    refused(b"\xed\xa0\x80".as_slice(), Code::E0108);
    let utf16: Vec<u8> = "\u{feff}edition: 1\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let loaded = refused(utf16, Code::E0108);
    assert!(
        loaded.diagnostics[0]
            .help
            .as_deref()
            .unwrap()
            .contains("UTF-16")
    );
    refused(VALID.replace("shop", "sh\0op"), Code::E0109);
    refused(VALID.replace("shop", "sh\u{1b}[31mop"), Code::E0109);
    refused("\0".repeat(1 << 20), Code::E0109);
}

#[test]
fn escape_codes_reach_no_terminal() {
    let loaded = run(VALID.replace("schema: shop", "schema: \"\\e[31m\\r\\nred\""));
    let shown = human(&loaded.diagnostics, &loaded.sources, Colour::Off);
    assert!(!shown.contains(['\u{1b}', '\r']), "{shown:?}");
    let shown = line(&loaded.diagnostics, &loaded.sources);
    assert_eq!(shown.lines().count(), loaded.diagnostics.len(), "{shown:?}");
    assert!(!shown.contains('\u{1b}'), "{shown:?}");
}

#[test]
fn the_same_name_twice() {
    let loaded = refused(format!("{VALID}version: 2\n"), Code::E0105);
    assert_eq!(loaded.diagnostics[0].related.len(), 1);
    let many: String = (0..20_000)
        .map(|i| format!("  k{}: uuid\n", i % 10_000))
        .collect();
    let loaded = run(format!(
        "edition: 1\nschema: a\nversion: 1\nparams:\n{many}"
    ));
    assert!(
        loaded
            .diagnostics
            .iter()
            .filter(|finding| finding.code == Code::E0105)
            .count()
            == 10_000
    );
}

#[test]
fn several_documents() {
    refused(format!("{VALID}---\n{VALID}"), Code::E0106);
    refused(format!("{VALID}---\n").repeat(1000), Code::E0106);
}

#[test]
fn unquoted_braces() {
    refused(
        VALID.replace("\"cart:{cart_id}:state\"", "{cart_id}:state"),
        Code::E0103,
    );
    refused(
        VALID.replace("\"cart:{cart_id}:changes\"", "cart:{cart_id}:changes"),
        Code::E0103,
    );
    refused(
        VALID.replace("\"cart:{cart_id}\"", "*:{cart_id}"),
        Code::E0103,
    );
    refused(
        VALID.replace("\"cart:{cart_id}\"", "{cart_id}"),
        Code::E0103,
    );
}

#[test]
fn nothing() {
    for text in [
        "",
        "\n",
        "# only a comment\n",
        "\u{feff}",
        "---\n",
        "~\n",
        "   \n\n",
    ] {
        refused(text, Code::E0107);
    }
    for text in ["x", "[]", "- a", "\"x\"", "1"] {
        refused(text, Code::E0216);
    }
}

#[test]
fn many_mistakes_are_all_found() {
    let bad: String = (0..5000)
        .map(|i| format!("  k{i}: {{ kee: x, ttl: [1h], strang: u8 }}\n"))
        .collect();
    let loaded = run(format!("edition: 1\nschema: a\nversion: 1\nkeys:\n{bad}"));
    assert_eq!(loaded.diagnostics.len(), 15_000);
    let shown = human(&loaded.diagnostics, &loaded.sources, Colour::Off);
    assert!(
        shown.contains("... and 14950 more"),
        "{}",
        &shown[shown.len() - 200..]
    );
}

/// Pieces that YAML and the language give a meaning.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => prop::sample::select(vec![
            "edition: 1\n", "schema: a\n", "version: 1\n", "keys:\n", "  job:\n", "    key: \"a:{id}\"\n", "    ttl: 1h\n",
            "    string: json<any>\n", "types:\n", "  A: { enum: [a, b] }\n", "params:\n", "  id: uuid\n", "{", "}", "[", "]", ",",
            ": ", ":", "- ", "-", "\n", "  ", "\t", "\"", "'", "# x\n", "&a ", "*a", "<<: *a\n", "|\n", ">-\n", "!!str ", "? ", "---\n",
            "...\n", "%YAML 1.2\n", "~", "null", "{id}:x", "\u{feff}", "\r\n", "\r", "\\x", "é", "🔑", "ttl", "key", "a",
        ]).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ]
}

/// One change of a valid file: bytes taken out, put in or doubled.
fn change() -> impl Strategy<Value = (usize, usize, String)> {
    (
        0..VALID.len(),
        0..6usize,
        prop::option::of(piece()).prop_map(Option::unwrap_or_default),
    )
}

fn changed(mut text: String, (at, length, with): &(usize, usize, String)) -> String {
    let floor = |text: &str, mut at: usize| {
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = floor(&text, *at.min(&text.len()));
    let end = floor(&text, (start + length).min(text.len())).max(start);
    text.replace_range(start..end, with);
    text
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    #[test]
    fn any_text_is_read_or_refused(text in prop::collection::vec(piece(), 0..40)) {
        run(text.concat());
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        run(bytes);
    }

    #[test]
    fn mutations_of_a_valid_file_are_read_or_refused(changes in prop::collection::vec(change(), 1..6)) {
        let loaded = run(changes.iter().fold(VALID.to_owned(), changed));
        for finding in &loaded.diagnostics {
            let text = loaded.sources.get(finding.span.file).unwrap().text();
            prop_assert!(text.get(finding.span.range()).is_some(), "{finding:?}");
            for (span, _) in &finding.related {
                prop_assert!(text.get(span.range()).is_some(), "{finding:?}");
            }
        }
    }
}
