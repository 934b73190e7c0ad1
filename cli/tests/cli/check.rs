use snapbox::str;

use crate::sandbox::{SHOP, Sandbox};

/// Two mistakes, each on a line of its own.
pub(crate) fn wrong() -> String {
    SHOP.replace("about: One order.", "abuot: One order.")
        .replace("ttl: 1h", "ttl: 1 hour")
}

#[test]
fn a_right_schema_is_told_in_one_line() {
    Sandbox::with_shop()
        .run(&["check"])
        .exits(0)
        .prints(str![""])
        .says(str![[r#"
No mistakes: 1 schema, 1 key, 0 channels.

"#]]);
}

#[test]
fn every_mistake_is_shown_with_its_place_and_what_to_type() {
    let sandbox = Sandbox::new();
    sandbox.write("shop.redis.yaml", wrong());
    let outcome = sandbox.run(&["check"]).exits(2);
    let places: Vec<&str> = outcome
        .stdout
        .lines()
        .filter(|line| line.contains("-->"))
        .collect();
    assert_eq!(
        places,
        ["  --> shop.redis.yaml:12:5", "  --> shop.redis.yaml:13:10"]
    );
    assert!(
        outcome.stdout.contains("did you mean `about`?"),
        "{}",
        outcome.stdout
    );
    assert!(outcome.stdout.ends_with("2 errors\n"), "{}", outcome.stdout);
    assert!(
        outcome.stderr.contains("`redis-schema explain E0201`"),
        "{}",
        outcome.stderr
    );
}

#[test]
fn mistakes_of_all_schemas_come_in_one_run() {
    let sandbox = Sandbox::new();
    sandbox.write("a/one.redis.yaml", wrong());
    sandbox.write(
        "b/two.redis.yaml",
        wrong().replace("schema: shop", "schema: two"),
    );
    let outcome = sandbox.run(&["check", "a", "b/two.redis.yaml"]).exits(2);
    for file in ["a/one.redis.yaml", "b/two.redis.yaml"] {
        assert_eq!(outcome.stdout.matches(&format!("--> {file}:")).count(), 2);
    }
    assert!(outcome.stdout.ends_with("4 errors\n"));
}

#[test]
fn quiet_keeps_the_findings() {
    let sandbox = Sandbox::with_shop();
    sandbox
        .run(&["check", "--quiet"])
        .exits(0)
        .prints(str![""])
        .says(str![""]);
    sandbox.write("shop.redis.yaml", wrong());
    let outcome = sandbox.run(&["check", "-q"]).exits(2).says(str![""]);
    assert!(outcome.stdout.contains("E0201"));
}

#[test]
fn verbose_names_the_files_that_are_read() {
    let outcome = Sandbox::with_shop().run(&["check", "--verbose"]).exits(0);
    assert!(outcome.stderr.starts_with("read shop.redis.yaml\n"));
}

#[test]
fn imports_are_checked_with_the_schema_and_not_again() {
    let sandbox = Sandbox::new();
    let (head, keys) = SHOP.split_once("params:").unwrap();
    let params = format!("edition: 1\nparams:{}", keys.split_once("keys:").unwrap().0);
    let keys = keys.split_once("keys:").unwrap().1;
    sandbox.write(
        "shop.redis.yaml",
        format!("{head}imports: [parts/params.redis.yaml]\nkeys:{keys}"),
    );
    sandbox.write("parts/params.redis.yaml", &params);
    sandbox.run(&["check"]).exits(0).says(str![[r#"
No mistakes: 1 schema, 1 key, 0 channels.

"#]]);
    sandbox.write("parts/params.redis.yaml", params.replace("uuid", "uid"));
    let outcome = sandbox.run(&["check"]).exits(2);
    assert_eq!(
        outcome
            .stdout
            .matches("--> parts/params.redis.yaml:")
            .count(),
        1,
        "{}",
        outcome.stdout
    );
}

#[test]
fn a_part_that_two_schemas_import_is_reported_once() {
    let sandbox = Sandbox::new();
    for name in ["one", "two"] {
        let text = SHOP.replace(
            "schema: shop",
            &format!("schema: {name}\nimports: [part.yaml]"),
        );
        sandbox.write(&format!("{name}.redis.yaml"), text);
    }
    sandbox.write("part.yaml", "edition: 1\ntyps: {}\n");
    let outcome = sandbox.run(&["check"]).exits(2);
    assert_eq!(
        outcome.stdout.matches("--> part.yaml:").count(),
        1,
        "{}",
        outcome.stdout
    );
}

#[test]
fn schemas_that_import_each_other_are_not_taken_for_parts_of_one_another() {
    let sandbox = Sandbox::new();
    for (name, other) in [("one", "two"), ("two", "one")] {
        let text = SHOP.replace(
            "schema: shop",
            &format!("schema: {name}\nimports: [{other}.redis.yaml]"),
        );
        sandbox.write(&format!("{name}.redis.yaml"), text);
    }
    let outcome = sandbox.run(&["check"]).exits(2);
    assert!(outcome.stdout.contains("E0213"), "{}", outcome.stdout);
}

#[test]
fn warnings_fail_only_when_they_are_denied() {
    let sandbox = Sandbox::new();
    let text = SHOP.replace("\nkeys:", "  customer_id: uuid\n\nkeys:");
    sandbox.write("shop.redis.yaml", text);
    for (args, code) in [(&["check"][..], 0), (&["check", "--deny-warnings"], 1)] {
        let outcome = sandbox.run(args).exits(code);
        assert!(
            outcome.stdout.starts_with("warning: [E0315] "),
            "{}",
            outcome.stdout
        );
        assert!(
            outcome.stdout.ends_with("1 warning\n"),
            "{}",
            outcome.stdout
        );
    }
    let outcome = sandbox
        .run(&["generate", "--out", "shop.rs"])
        .exits(0)
        .prints("");
    assert!(
        outcome.stderr.contains("warning: [E0315] "),
        "{}",
        outcome.stderr
    );
    let outcome = sandbox.run(&["generate", "--out", "shop.rs"]).exits(0);
    assert!(
        outcome.stderr.contains("warning: [E0315] "),
        "not silent on the fast way"
    );
}
