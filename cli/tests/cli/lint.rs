//! Lint rules as `check` asks them, and mending by them.

use snapbox::str;

use crate::sandbox::{SHOP, Sandbox};

/// A collection that can grow for ever.
fn open() -> String {
    SHOP.to_owned()
        + "  orders:\n    key: orders\n    about: All orders.\n    ttl: { none: asked for daily }\n    set: u64\n"
}

fn with(text: &str) -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("shop.redis.yaml", text);
    sandbox
}

#[test]
fn a_rule_tells_the_place_and_what_to_type() {
    with(&open())
        .run(&["check"])
        .exits(0)
        .prints(str![[r#"
warning: [L401] the set `orders` can grow for ever
  --> shop.redis.yaml:15:3
   |
15 |   orders:
   |   ^^^^^^ never expires, drops nothing
   |
   = help: give it a lifetime, or say why it stays small: `allow: { L401: the reason }`

1 warning

"#]])
        .says(str![[r#"
`redis-schema explain L401` tells more about a code.

"#]]);
}

#[test]
fn sets_and_single_rules_are_chosen_on_the_command_line() {
    let sandbox = with(&open());
    for (args, code, codes) in [
        (&["--lint", "none"][..], 0, &[][..]),
        (&["--lint", "strict"], 0, &["L407", "L401", "L803", "L803"]),
        (
            &["--lint", "minimal", "--warn", "COLLECTION_BOUNDED"],
            0,
            &["L401"],
        ),
        (&["--allow", "l401"], 0, &[]),
        (&["--deny", "L401"], 1, &["L401"]),
        (&["--deny", "L401", "--allow", "L401"], 1, &["L401"]),
        (&["--deny-warnings"], 1, &["L401"]),
    ] {
        let mut all = vec!["check", "--format", "json"];
        all.extend(args);
        let outcome = sandbox.run(&all).exits(code);
        let mut found: Vec<String> = outcome
            .stdout
            .lines()
            .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap())
            .filter_map(|line| Some(line["code"].as_str()?.to_owned()))
            .collect();
        found.sort();
        let mut codes = codes.to_vec();
        codes.sort_unstable();
        assert_eq!(found, codes, "{args:?}");
    }
}

#[test]
fn a_rule_that_does_not_exist_is_wrong_usage() {
    with(SHOP)
        .run(&["check", "--deny", "COLECTION_BOUNDED"])
        .exits(2)
        .prints("")
        .says(str![[r#"
error: there is no rule `COLECTION_BOUNDED`
  help: did you mean `L401` (COLLECTION_BOUNDED)?

"#]]);
}

#[test]
fn every_form_of_output_knows_rules() {
    let sandbox = with(&open());
    let github = sandbox
        .run(&["check", "--format", "github"])
        .exits(0)
        .stdout;
    assert!(
        github.starts_with("::warning file=shop.redis.yaml,line=15"),
        "{github}"
    );
    assert!(
        github.contains("title=L401 a collection that can grow for ever"),
        "{github}"
    );
    let sarif = sandbox.run(&["check", "--format", "sarif"]).exits(0).stdout;
    let log: serde_json::Value = serde_json::from_str(&sarif).unwrap();
    let rule = &log["runs"][0]["tool"]["driver"]["rules"][0];
    assert_eq!(rule["id"], "L401");
    assert!(
        rule["fullDescription"]["text"]
            .as_str()
            .unwrap()
            .contains("grows until")
    );
}

#[test]
fn errors_of_the_schema_go_before_denied_rules() {
    let text = open().replace("ttl: 1h", "ttl: 1 hour");
    let outcome = with(&text).run(&["check", "--deny", "L401"]).exits(2);
    assert!(!outcome.stdout.contains("L401"), "{}", outcome.stdout);
}

#[test]
fn a_rule_of_ones_own_is_asked() {
    let text = open().replace(
        "params:",
        "policy:\n  lint:\n    rules: { L401: allow }\n    own:\n      X001: { for: keys, require: 'owner != \"\"', message: every key names its team, severity: deny }\n\nparams:",
    );
    let outcome = with(&text).run(&["check"]).exits(1);
    assert_eq!(
        outcome.stdout.matches("error: [X001] ").count(),
        2,
        "{}",
        outcome.stdout
    );
    with(&text)
        .run(&["check", "--allow", "X001"])
        .exits(0)
        .prints("");
}

const NUMBER: &str = "    ttl: 3600   # an hour\n";

#[test]
fn mending_keeps_comments_and_shows_before_what_it_would_do() {
    let text = SHOP.replace("    ttl: 1h\n", NUMBER);
    let sandbox = with(&text);
    sandbox
        .run(&["check", "--fix", "--dry-run"])
        .exits(1)
        .prints(str![[r#"
--- shop.redis.yaml
+++ shop.redis.yaml
@@ -10,5 +10,5 @@
   order:
     key: "order:{order_id}"
     about: One order.
-    ttl: 3600   # an hour
+    ttl: 1h   # an hour
     string: bytes

"#]])
        .says(str![[r#"
Would mend 1 finding.

"#]]);
    assert_eq!(sandbox.read("shop.redis.yaml"), text, "nothing is written");
    sandbox.run(&["check", "--fix"]).exits(0).says(str![[r#"
Mended 1 finding.
No mistakes: 1 schema, 1 key, 0 channels.

"#]]);
    assert_eq!(sandbox.read("shop.redis.yaml"), text.replace("3600", "1h"));
    sandbox
        .run(&["check", "--fix", "--dry-run"])
        .exits(0)
        .prints("");
}

#[test]
fn a_part_that_two_schemas_share_is_mended_once() {
    let sandbox = Sandbox::new();
    for name in ["one", "two"] {
        let text = format!("edition: 1\nschema: {name}\nversion: 1\nimports: [part.yaml]\n");
        sandbox.write(&format!("{name}.redis.yaml"), text);
    }
    sandbox.write(
        "part.yaml",
        "keys:\n  a: { key: a, ttl: 60, string: text<string> }\n",
    );
    sandbox.run(&["check", "--fix"]).exits(0);
    assert_eq!(
        sandbox.read("part.yaml"),
        "edition: 1\nkeys:\n  a: { key: a, ttl: 1m, string: text<string> }\n"
    );
}

#[test]
fn renaming_keys_is_asked_for_by_name() {
    let text = SHOP.replace("\"order:", "\"Order:");
    let sandbox = with(&text);
    let outcome = sandbox.run(&["check", "--fix"]).exits(0);
    assert!(
        outcome.stderr.contains("--unsafe-fixes"),
        "{}",
        outcome.stderr
    );
    assert_eq!(sandbox.read("shop.redis.yaml"), text);
    sandbox.run(&["check", "--fix", "--unsafe-fixes"]).exits(0);
    assert_eq!(sandbox.read("shop.redis.yaml"), SHOP);
}

#[test]
fn standard_input_cannot_be_mended_but_looked_at() {
    let sandbox = Sandbox::new();
    let text = SHOP.replace("ttl: 1h", "ttl: 60");
    let outcome = sandbox
        .run_with_input(&["check", "--fix", "-"], &text)
        .exits(2);
    assert!(outcome.stderr.contains("--dry-run"), "{}", outcome.stderr);
    let outcome = sandbox
        .run_with_input(&["check", "--fix", "--dry-run", "-"], &text)
        .exits(1);
    assert!(
        outcome.stdout.contains("+    ttl: 1m\n"),
        "{}",
        outcome.stdout
    );
}

#[test]
fn what_init_writes_is_clean_by_the_standard_rules() {
    for template in ["starter", "cache", "jobs", "minimal"] {
        let sandbox = Sandbox::new();
        sandbox
            .run(&["init", "--template", template, "app.redis.yaml"])
            .exits(0);
        sandbox
            .run(&["check", "--deny-warnings"])
            .exits(0)
            .prints("");
    }
}

#[test]
fn every_rule_has_a_page_under_its_name_too() {
    let sandbox = Sandbox::new();
    let by_code = sandbox.run(&["explain", "L401"]).exits(0).stdout;
    assert!(
        by_code.contains("Wrong:") && by_code.contains("Right:"),
        "{by_code}"
    );
    sandbox
        .run(&["explain", "collection_bounded"])
        .exits(0)
        .prints(by_code);
}

#[test]
fn what_was_released_is_not_forgotten() {
    let expiring = open().replace("{ none: asked for daily }", "7d");
    let sandbox = with(&expiring);
    sandbox.run(&["release"]).exits(0);
    let without = SHOP.replace("version: 1", "version: 2");
    sandbox.write("shop.redis.yaml", &without);
    let outcome = sandbox.run(&["check"]).exits(0);
    assert!(
        outcome
            .stdout
            .contains("warning: [L901] `orders` was released and is gone"),
        "{}",
        outcome.stdout
    );
    let buried = format!("{without}tombstones: {{ orders: {{ key: orders, removed_in: 2 }} }}\n");
    sandbox.write("shop.redis.yaml", buried);
    let outcome = sandbox.run(&["check"]).exits(0);
    assert!(!outcome.stdout.contains("L901"), "{}", outcome.stdout);
    let renamed = expiring
        .replace("version: 1", "version: 2")
        .replace("  orders:", "  sales:");
    sandbox.write("shop.redis.yaml", renamed);
    let outcome = sandbox.run(&["check", "--fix"]).exits(0);
    assert!(
        outcome.stderr.starts_with("Mended 1 finding.\n"),
        "{}",
        outcome.stderr
    );
    let mended = sandbox.read("shop.redis.yaml");
    assert!(
        mended.contains("  sales:\n    was: orders\n    key: orders\n"),
        "{mended}"
    );
}
