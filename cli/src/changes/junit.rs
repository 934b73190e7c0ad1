//! Findings as JUnit XML: a suite for each schema, a failed case for each finding that fails the run.

use std::collections::HashMap;
use std::fmt::Write;

use super::{Changes, Shown};

pub(super) fn render(changes: &Changes) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let failures = changes.shown.iter().filter(|one| one.is_denied()).count();
    let mut suites = String::new();
    let mut tests = 0;
    let mut shown: HashMap<&str, Vec<&Shown>> = HashMap::new();
    for one in &changes.shown {
        shown.entry(&one.schema).or_default().push(one);
    }
    for schema in &changes.schemas {
        let of_it = shown.get(schema.as_str()).cloned().unwrap_or_default();
        let failed = of_it.iter().filter(|one| one.is_denied()).count();
        // A schema in which nothing breaks is one case that passed.
        let count = of_it.len().max(1);
        tests += count;
        let _ = writeln!(
            suites,
            "  <testsuite name=\"{}\" tests=\"{count}\" failures=\"{failed}\" errors=\"0\">",
            attribute(schema)
        );
        if of_it.is_empty() {
            let _ = writeln!(
                suites,
                "    <testcase classname=\"{}\" name=\"nothing breaks\"/>",
                attribute(schema)
            );
        }
        for one in of_it {
            case(one, &mut suites);
        }
        suites.push_str("  </testsuite>\n");
    }
    let _ = writeln!(
        out,
        "<testsuites name=\"redis-schema diff\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\">"
    );
    out.push_str(&suites);
    out.push_str("</testsuites>\n");
    out
}

fn case(one: &Shown, out: &mut String) {
    let finding = one.finding();
    let name = format!("{} {} {}", finding.code, finding.name, finding.path);
    let _ = write!(
        out,
        "    <testcase classname=\"{}\" name=\"{}\">",
        attribute(&one.schema),
        attribute(&name)
    );
    let words = format!("{}\nfix: {}", one.terms(), finding.fix);
    if one.is_denied() {
        let _ = write!(
            out,
            "<failure type=\"{}\" message=\"{}\">{}</failure>",
            finding.level,
            attribute(&one.step()),
            text(&words)
        );
    } else {
        let _ = write!(
            out,
            "<system-out>{}</system-out>",
            text(&format!("{}\n{words}", one.step()))
        );
    }
    out.push_str("</testcase>\n");
}

/// Text without what XML cannot hold at all.
fn text(words: &str) -> String {
    let plain = words
        .chars()
        .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'));
    let plain: String = plain
        .filter(|c| !matches!(c, '\u{fffe}' | '\u{ffff}'))
        .collect();
    plain
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

fn attribute(words: &str) -> String {
    text(words)
        .replace('"', "&quot;")
        .replace(['\n', '\t'], " ")
}
