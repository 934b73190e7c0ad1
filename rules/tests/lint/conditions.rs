//! Rules of one's own: what they see, what is wrong with them, and that nothing makes them fall over.

use proptest::prelude::*;
use redis_schema_rules::expr::reference;
use redis_schema_rules::lint::Chosen;

use crate::{lint, schema};

const THINGS: &str = "about: A shop.
params: { id: { type: uuid, about: Of a cart }, name: { type: string, max: 20, encode: percent, secret: false } }
types:
  Plan: { enum: [free, paid], other: Unknown }
  Cart: { fields: { plan: Plan, note: string?, size: { type: u64, unit: bytes, default: 0 } } }
keys:
  cart: { key: \"cart:{id}\", owner: team-carts, ttl: { default: 1h, jitter: 10% }, size: { bytes: 1KiB, keys: 10 }, string: json<Cart> }
  named: { key: \"named:{name}\", ttl: { none: kept }, counter: i64 }
channels:
  news: { channel: \"news:{id}\", message: Cart }
units:
  create: { about: Both., writes: [cart, named] }
";

/// Place and help of what is wrong, or the names for which the condition does not hold.
fn ask(kind: &str, condition: &str) -> Vec<(String, String)> {
    let quoted = condition.replace('\'', "''");
    let text = schema(&format!(
        "policy:\n  lint:\n    set: none\n    rules: {{ L110: deny }}\n    own:\n      X001: {{ for: {kind}, require: '{quoted}', message: no }}\n{THINGS}"
    ));
    let (findings, loaded) = lint(&text, &Chosen::default());
    let told = findings.iter().map(|finding| {
        let place = loaded.sources.slice(finding.span).to_owned();
        match finding.code.as_str() {
            "X001" => ("not so".to_owned(), finding.message.clone()),
            _ => (place, finding.help.clone().unwrap()),
        }
    });
    told.collect()
}

fn not_so(names: &[&str]) -> Vec<(String, String)> {
    let told = names
        .iter()
        .map(|name| ("not so".to_owned(), format!("`{name}`: no")));
    told.collect()
}

#[test]
fn conditions_see_everything_of_their_kind() {
    for (kind, condition, names) in [
        ("keys", "owner != \"\"", &["named"][..]),
        ("keys", "!expires || ttl <= 60", &["cart"]),
        ("keys", "structure in [\"string\", \"hash\"]", &["named"]),
        ("keys", "params.all(p, p.type == \"uuid\")", &["named"]),
        ("keys", "params.exists(p, p.secret)", &["cart", "named"]),
        (
            "keys",
            "jitter == 10 ? bytes == 1024 && count == 10 : ttl == 0",
            &[],
        ),
        ("keys", "template.startsWith(name + \":\")", &[]),
        ("keys", "size(params.filter(p, p.max > 0)) == 0", &["named"]),
        (
            "keys",
            "size(params.map(p, p.name)) < 1 || \"id\" in params.map(p, p.name)",
            &["named"],
        ),
        ("channels", "message != \"Cart\"", &["news"]),
        ("params", "about.size() > 3", &["name"]),
        ("types", "kind != \"enum\" || catch_all != \"\"", &[]),
        (
            "types",
            "fields.all(f, f.optional || f.type != \"Plan\")",
            &["Cart"],
        ),
        ("fields", "has_default || unit == \"\"", &[]),
        ("fields", "!optional", &["Cart.note"]),
        (
            "units",
            "size(writes) == 1 || about.endsWith(\"!\")",
            &["create"],
        ),
        ("schema", "keys == 3 && owner == \"\"", &["shop"]),
        ("schema", "-version < 0 && edition * 2 - 1 == 1", &[]),
    ] {
        assert_eq!(ask(kind, condition), not_so(names), "{condition}");
    }
}

#[test]
fn mistakes_are_shown_in_the_condition() {
    for (condition, place, help) in [
        ("ownr != \"\"", "ownr", "did you mean `owner`?"),
        (
            "params.all(p, p.tpe == \"x\")",
            "p.tpe",
            "did you mean `type`?",
        ),
        ("ttl", "ttl", "compare it with something: `owner != \"\"`"),
        ("ttl > \"1h\"", "ttl > \"1h\"", "compare things of one type"),
        ("owner == team", "team", "the words here are"),
        (
            "!owner",
            "owner",
            "compare it with something: `owner != \"\"`",
        ),
        (
            "expires && ttl",
            "ttl",
            "compare it with something: `owner != \"\"`",
        ),
        (
            "owner > 1.5 || ttl < 1.5",
            "owner > 1.5",
            "put a text in quotes: `\"…\"`",
        ),
        (
            "owner.matches(\"a\")",
            "owner.matches(\"a\"",
            "there are `size(x)`",
        ),
        ("expires < true", "expires < true", "use `==` or `!=`"),
        (
            "owner in params",
            "owner in params",
            "look for something of the list's type",
        ),
        ("owner in name", "name", "use `contains` for texts"),
        (
            "name.all(c, c == \"a\")",
            "name",
            "put a list before `.all`",
        ),
        ("params.all(1, true)", "1", "write `.all(x, …)`"),
        (
            "owner != null",
            "null",
            "compare with an empty text, 0 or `false`",
        ),
        ("{\"a\": 1} == {\"a\": 1}", "{", "use texts, whole numbers"),
        ("size(ttl) == 1", "ttl", "remove `size`"),
        (
            "[1, \"a\"] == [1]",
            "[1, \"a\"",
            "let all items be of one type",
        ),
        (
            "owner.name == \"\"",
            "owner.name",
            "remove what follows the dot",
        ),
        ("owner ==", "", "write for instance"),
        ("owner == 'ä' &&& ttl", "&", "write for instance"),
    ] {
        let told = ask("keys", condition);
        let fits = told.iter().any(|(at, said)| {
            // Quotes in the condition are doubled in the file, which hides the exact place.
            (condition.contains('\'') || at.starts_with(place)) && said.starts_with(help)
        });
        assert!(fits, "{condition}: {told:?}");
    }
}

#[test]
fn every_mistake_is_told_and_none_is_told_of_things() {
    let told = ask("keys", "ownr == 1 && tll > 2");
    assert_eq!(
        told.iter().map(|one| one.0.as_str()).collect::<Vec<_>>(),
        ["ownr", "tll"]
    );
}

#[test]
fn what_fails_while_it_is_computed_is_told_once() {
    let told = ask("keys", "9223372036854775807 + ttl > 0 || name == \"named\"");
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].1.starts_with("write the condition so"));
}

#[test]
fn time_is_bounded() {
    let list = format!("[{}]", vec!["1"; 60].join(","));
    let three = format!("{list}.all(a, {list}.all(b, {list}.all(c, a == b)))");
    let told = ask("keys", &three);
    assert!(
        told.iter()
            .any(|(_, help)| help == "make several rules of it"),
        "{told:?}"
    );
    let long = format!("owner != \"{}\"", "x".repeat(2000));
    assert_eq!(ask("keys", &long).len(), 1);
    let deep = format!("{}true{}", "(".repeat(300), ")".repeat(300));
    assert_eq!(ask("keys", &deep).len(), 1);
    // The deepest that is read: `(((…`, `[[[…` and `size(size(…`.
    for (open, close) in [("(", ")"), ("[", "]"), ("size(", ")")] {
        ask(
            "keys",
            &format!("{}true{}", open.repeat(8), close.repeat(8)),
        );
    }
    let hidden = format!("\"\"\"a\"b\"\"\" == {}1{}", "(".repeat(40), ")".repeat(40));
    assert_eq!(ask("keys", &hidden).len(), 1);
    let minus = format!("{}1 == 1", "-".repeat(700));
    ask("keys", &minus);
}

#[test]
fn codes_and_kinds_are_checked() {
    let text = schema(&format!(
        "policy: {{ lint: {{ own: {{ A1: {{ for: keys, require: \"true\", message: no }} }} }} }}\n{THINGS}"
    ));
    let (findings, loaded) = lint(&text, &Chosen::default());
    let told: Vec<_> = findings
        .iter()
        .map(|finding| (finding.code.as_str(), loaded.sources.slice(finding.span)))
        .collect();
    assert!(told.contains(&("L110", "A1")), "{told:?}");
}

#[test]
fn a_rule_of_ones_own_is_used_like_any_other() {
    let with = |lint: &str, allow: &str| {
        let text = schema(&format!(
            "policy: {{ lint: {{ set: none, rules: {{ L107: warn{lint} }}, own: {{ X001: {{ for: keys, require: \"false\", message: never, help: stop }} }} }} }}
keys: {{ a: {{ key: a, ttl: 1h, string: bytes{allow} }} }}\n"
        ));
        crate::codes(&text)
    };
    assert_eq!(with("", ""), ["X001"]);
    assert!(with("", ", allow: { X001: for now }").is_empty());
    assert!(with(", X001: allow", "").is_empty());
}

#[test]
fn the_reference_lists_every_word() {
    let page = reference();
    for line in [
        "| `owner` | a text |",
        "| `params` | a list, each a param |",
        "### for: schema",
    ] {
        assert!(page.contains(line), "{page}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_text_is_read_or_refused(text in "[ -~äß€\\n]{0,60}") {
        ask("keys", &text.replace('\n', " "));
    }

    #[test]
    fn anything_that_looks_like_a_condition_is_read_or_refused(
        parts in prop::collection::vec(
            prop::sample::select(vec![
                "owner", "ttl", "params", "expires", "==", "&&", "||", "!", "(", ")", "[", "]", ".", "all", "(p,", "size",
                "\"a\"", "'", "1", "1.5", "-", "%", "/", "0", "in", "?", ":", "{", "}", ",", "null", "9223372036854775808",
                "1u", "b\"x\"", "r\"", "has(", "p.type", "\\", "//", "type(", "dyn(", "true", "map(x,", "e308",
            ]),
            0..14,
        )
    ) {
        ask("keys", &parts.join(" "));
    }
}
