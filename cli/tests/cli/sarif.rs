//! What is written as SARIF is valid by the schema of the standard, whatever was found.

use jsonschema::Validator;
use redis_schema_model::diagnostic::Code;
use redis_schema_rules::page::{Example, examples, page};
use redis_schema_rules::{breaking, lint};
use serde_json::Value;

use crate::check::wrong;
use crate::sandbox::{SHOP, Sandbox};

fn standard() -> Validator {
    let schema = include_str!("../sarif/sarif-schema-2.1.0.json");
    let mut schema: Value = serde_json::from_str(schema).unwrap();
    // Two patterns are no regular expressions of the kind that JSON Schema asks for; nothing here writes a language.
    for owner in ["run", "toolComponent"] {
        let language = &mut schema["definitions"][owner]["properties"]["language"];
        language.as_object_mut().unwrap().remove("pattern").unwrap();
    }
    let options = jsonschema::options().should_validate_formats(true);
    options.build(&schema).unwrap()
}

/// Fails unless the text is a valid log; its results.
#[track_caller]
fn valid(standard: &Validator, text: &str) -> Vec<Value> {
    let log: Value = serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"));
    let wrong: Vec<String> = standard
        .iter_errors(&log)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    let results = log["runs"][0]["results"].as_array().unwrap().clone();
    assert_eq!(log["runs"].as_array().unwrap().len(), 1);
    results
}

#[test]
fn what_is_no_log_is_refused() {
    let standard = standard();
    for wrong in [
        "{}",
        r#"{ "version": "2.0.0", "runs": [] }"#,
        r#"{ "version": "2.1.0", "runs": [{ "results": [] }] }"#,
        r#"{ "version": "2.1.0", "runs": [], "more": 1 }"#,
        r#"{ "version": "2.1.0", "runs": [], "$schema": "not a uri" }"#,
    ] {
        let log: Value = serde_json::from_str(wrong).unwrap();
        assert!(!standard.is_valid(&log), "{wrong}");
    }
}

/// Every mistake and every lint finding that a page shows, in one log.
#[test]
fn a_log_of_everything_that_check_finds() {
    let sandbox = Sandbox::new();
    let codes = Code::ALL.iter().map(|code| code.page().to_owned());
    let lints = lint::ALL.iter().map(|lint| lint.page());
    let mut count = 0;
    for page in codes.chain(lints) {
        for example in of(&page, "wrong") {
            count += 1;
            sandbox.write(&format!("one {count} é#%.redis.yaml"), example.text);
        }
    }
    let outcome = sandbox.run(&[
        "check",
        "--lint",
        "strict,docs,cluster",
        "--format",
        "sarif",
    ]);
    let results = valid(&standard(), &outcome.exits(2).stdout);
    assert!(count > 100 && results.len() > count, "{}", results.len());
    let has = |member: &str| results.iter().any(|one| one.get(member).is_some());
    assert!(has("relatedLocations"));
    let mut levels: Vec<&str> = results
        .iter()
        .filter_map(|one| one["level"].as_str())
        .collect();
    levels.sort_unstable();
    levels.dedup();
    assert_eq!(levels, ["error", "note", "warning"]);
}

#[test]
fn logs_of_little() {
    let standard = standard();
    let sandbox = Sandbox::with_shop();
    let clean = sandbox.run(&["check", "--format", "sarif"]).exits(0).stdout;
    assert!(valid(&standard, &clean).is_empty());
    let input = sandbox.run_with_input(&["check", "-", "--format", "sarif"], wrong());
    assert_eq!(valid(&standard, &input.exits(2).stdout).len(), 2);
    for text in ["", "a: [", "\u{feff}", "edition: 1\n\tschema: x\n", "\0"] {
        sandbox.write("shop.redis.yaml", text);
        let outcome = sandbox.run(&["check", "--format", "sarif"]);
        assert!(
            !valid(&standard, &outcome.exits(2).stdout).is_empty(),
            "{text:?}"
        );
    }
}

#[test]
fn a_log_of_ones_own_rules() {
    let sandbox = Sandbox::new();
    let own = "policy: { lint: { own: { X001: { for: keys, require: 'owner != \"\"', message: every key names its team } } } }\n";
    sandbox.write("shop.redis.yaml", format!("{SHOP}{own}"));
    let outcome = sandbox.run(&["check", "--format", "sarif"]);
    let results = valid(&standard(), &outcome.stdout);
    assert_eq!(results[0]["ruleId"], "X001");
}

/// Every break that a page shows.
#[test]
fn logs_of_everything_that_diff_finds() {
    let standard = standard();
    let sandbox = each_break("sarif", |code, log| {
        let results = valid(&standard, log);
        assert!(results.iter().any(|one| one["ruleId"] == code), "{code}");
    });
    let none = sandbox.run(&["diff", AFTER, AFTER, "--format", "sarif"]);
    assert!(valid(&standard, &none.exits(0).stdout).is_empty());
}

const BEFORE: &str = "before.redis.yaml";
pub(crate) const AFTER: &str = "after.redis.yaml";

/// What `diff` writes of each break that a page shows, beside the rule's code; the sandbox with the last pair.
pub(crate) fn each_break(format: &str, mut judge: impl FnMut(&str, &str)) -> Sandbox {
    let sandbox = Sandbox::new();
    let mut count = 0;
    for rule in breaking::ALL {
        let page = page(rule.meta.source);
        let (before, after) = (of(&page, "before"), of(&page, "after"));
        let (Some(before), Some(after)) = (before.first(), after.first()) else {
            continue;
        };
        sandbox.write(BEFORE, &before.text);
        sandbox.write(AFTER, &after.text);
        let args = [
            "diff", BEFORE, AFTER, "--warn", "source", "--format", format,
        ];
        judge(rule.meta.code, &sandbox.run(&args).stdout);
        count += 1;
    }
    assert!(count > 50, "{count}");
    sandbox
}

/// The examples of a page that are marked so.
fn of(page: &str, word: &str) -> Vec<Example> {
    let examples = examples(page).into_iter();
    examples
        .filter(|one| one.has("yaml") && one.has(word))
        .collect()
}
