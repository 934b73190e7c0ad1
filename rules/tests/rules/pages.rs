//! Every page is true: `before` to `after` is found by that rule alone at the place that it names, and `before` to
//! `compatible` by none. An `after` or `compatible` belongs to the `before` above it; a page may have several of each.
//!
//! Rules about callers' source speak of changes that other rules speak of too, so each of the two groups is looked at
//! alone.

use redis_schema_rules::breaking::{ALL, Finding, Rule, compare};
use redis_schema_rules::page::{Example, examples, page};
use redis_schema_rules::rule::{Class, Level};

use crate::facts;

/// Rules that no pair of schemas can be an example of; `records.rs` and `verdict.rs` beside this test them.
const WITHOUT_EXAMPLES: [&str; 7] = ["B001", "B901", "B902", "B903", "B904", "B911", "B912"];

#[test]
fn every_example_is_judged_as_its_page_says() {
    let mut wrong = Vec::new();
    for rule in ALL {
        let code = rule.meta.code;
        let page = page(rule.meta.source);
        let examples = examples(&page);
        let count = |word: &str| examples.iter().filter(|one| one.has(word)).count();
        if WITHOUT_EXAMPLES.contains(&code) {
            continue;
        }
        assert!(
            count("before") > 0 && count("after") > 0,
            "{code} has no example"
        );
        assert!(count("compatible") > 0, "{code} has no compatible twin");
        judge(rule, &examples, &mut wrong);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn judge(rule: &Rule, examples: &[Example], wrong: &mut Vec<String>) {
    let code = rule.meta.code;
    let mut before = None;
    for example in examples.iter().filter(|one| one.has("yaml")) {
        let now = facts(&example.text);
        if example.has("before") {
            before = Some(now);
            continue;
        }
        let old = before.as_ref().expect("a `before` first");
        let found: Vec<Finding> = compare(old, &now)
            .findings
            .into_iter()
            .filter(|finding| (finding.level == Level::Source) == is_of_source(rule))
            .collect();
        let told: Vec<(&str, &str)> = found
            .iter()
            .map(|finding| (finding.code.as_str(), finding.path.as_str()))
            .collect();
        let expected = if example.has("after") {
            expected(code, example)
        } else {
            assert!(example.has("compatible"), "{code}: {:?}", example.words);
            Vec::new()
        };
        if told != expected {
            wrong.push(format!(
                "{code}: {expected:?} was told as {told:?}:\n{}",
                example.text
            ));
        }
    }
}

fn is_of_source(rule: &Rule) -> bool {
    matches!(
        rule.meta.class,
        Class::Breaking {
            level: Level::Source,
            ..
        }
    )
}

/// What an `after` says is found: by the rule at the place that the first line names, and by others that lines behind
/// it name (`# with B101 at cart`) where one change is two.
fn expected<'a>(code: &'a str, example: &'a Example) -> Vec<(&'a str, &'a str)> {
    let mut lines = example.text.lines();
    let first = lines.next().unwrap_or_default();
    let place = first
        .strip_prefix("# found at ")
        .expect("an `after` begins with `# found at PATH`");
    let others = lines.map_while(|line| line.strip_prefix("# with ")?.split_once(" at "));
    let mut all: Vec<(&str, &str)> = std::iter::once((code, place)).chain(others).collect();
    all.sort_unstable();
    all
}
