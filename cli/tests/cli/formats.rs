//! The forms of findings for programs.

use serde_json::Value;
use snapbox::str;

use crate::check::wrong;
use crate::sandbox::Sandbox;

fn found(format: &str) -> String {
    let sandbox = Sandbox::new();
    sandbox.write("shop.redis.yaml", wrong());
    sandbox
        .run(&["check", "--format", format])
        .exits(2)
        .says(str![""])
        .stdout
}

fn clean(format: &str) -> String {
    let outcome = Sandbox::with_shop().run(&["check", "--format", format]);
    outcome.exits(0).says(str![""]).stdout
}

#[test]
fn json_is_one_object_a_line_and_a_summary() {
    let text = found("json");
    let lines: Vec<Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let [first, second, summary] = lines.as_slice() else {
        panic!("{text}");
    };
    assert_eq!(first["type"], "finding");
    assert_eq!(first["severity"], "error");
    assert_eq!(first["code"], "E0201");
    assert_eq!(first["span"]["file"], "shop.redis.yaml");
    assert_eq!(first["span"]["start"]["line"], 12);
    assert_eq!(first["span"]["start"]["column"], 5);
    for member in ["title", "message", "label", "help", "related"] {
        assert!(second.get(member).is_some(), "{member}");
    }
    assert_eq!(summary["type"], "summary");
    assert_eq!(summary["errors"], 2);
    assert_eq!(
        clean("json"),
        "{\"type\":\"summary\",\"errors\":0,\"warnings\":0,\"notes\":0}\n"
    );
}

#[test]
fn github_annotates_lines() {
    let text = found("github");
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 2);
    let place = "::error file=shop.redis.yaml,line=12,endLine=12,col=5,endColumn=10,title=E0201 ";
    assert!(lines.iter().any(|line| line.starts_with(place)), "{text}");
    assert_eq!(clean("github"), "");
}

#[test]
fn sarif_has_what_the_standard_asks_for() {
    let log: Value = serde_json::from_str(&found("sarif")).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    let driver = &run["tool"]["driver"];
    assert_eq!(driver["name"], "redis-schema");
    let rules = driver["rules"].as_array().unwrap();
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), 2);
    for result in results {
        let rule = &rules[usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()];
        assert_eq!(rule["id"], result["ruleId"]);
        assert!(rule["help"]["markdown"].is_string());
        assert!(!result["message"]["text"].as_str().unwrap().is_empty());
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "shop.redis.yaml");
        let region = &place["region"];
        assert!(region["startLine"].as_u64().unwrap() >= 1);
        assert!(region["endColumn"].as_u64() > region["startColumn"].as_u64());
    }
    let log: Value = serde_json::from_str(&clean("sarif")).unwrap();
    assert_eq!(log["runs"][0]["results"].as_array().unwrap().len(), 0);
}

#[test]
fn several_schemas_make_one_sarif_log() {
    let sandbox = Sandbox::new();
    sandbox.write("one.redis.yaml", wrong());
    sandbox.write("two.redis.yaml", wrong());
    let text = sandbox.run(&["check", "--format", "sarif"]).exits(2).stdout;
    let log: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(log["runs"].as_array().unwrap().len(), 1);
    assert_eq!(log["runs"][0]["results"].as_array().unwrap().len(), 4);
}

#[test]
fn forms_for_programs_are_never_coloured() {
    let sandbox = Sandbox::new();
    sandbox.write("shop.redis.yaml", wrong());
    for format in ["json", "github", "sarif"] {
        let outcome = sandbox.run(&["check", "--color", "always", "--format", format]);
        assert!(!outcome.stdout.contains('\u{1b}'), "{format}");
    }
}
