//! What is written as JUnit XML holds what readers of that format know, and nothing else.
//!
//! The table says what Jenkins' reader of JUnit files accepts, the strictest of those in wide use: which elements there
//! are, what each must and may have, what may stand in it. It has no order among the parts of a case but one of its
//! own for suites, so the order is held to what Surefire writes: the outcome first, then what was printed.

use roxmltree::{Document, Node};

use crate::sandbox::Sandbox;
use crate::sarif::{AFTER, each_break};

/// One element: attributes that must be there, others that may, children in their order, whether it holds text.
struct Element {
    name: &'static str,
    must: &'static [&'static str],
    may: &'static [&'static str],
    children: &'static [&'static str],
    text: bool,
}

const ELEMENTS: [Element; 5] = [
    Element {
        name: "testsuites",
        must: &[],
        may: &["name", "time", "tests", "failures", "errors"],
        children: &["testsuite"],
        text: false,
    },
    Element {
        name: "testsuite",
        must: &["name", "tests", "failures", "errors"],
        may: &[
            "group",
            "time",
            "skipped",
            "timestamp",
            "hostname",
            "id",
            "package",
            "file",
            "log",
            "url",
        ],
        children: &["properties", "testcase", "system-out", "system-err"],
        text: false,
    },
    Element {
        name: "testcase",
        must: &["name"],
        may: &["time", "classname", "group"],
        children: &["skipped", "error", "failure", "system-out", "system-err"],
        text: false,
    },
    Element {
        name: "failure",
        must: &[],
        may: &["type", "message"],
        children: &[],
        text: true,
    },
    Element {
        name: "system-out",
        must: &[],
        may: &[],
        children: &[],
        text: true,
    },
];

/// What is wrong with a report, in words.
fn mistakes(text: &str) -> Vec<String> {
    let document = match Document::parse(text) {
        Ok(document) => document,
        Err(error) => return vec![error.to_string()],
    };
    let root = document.root_element();
    let mut found = Vec::new();
    if !root.has_tag_name("testsuites") {
        found.push(format!("{:?} is no report", root.tag_name()));
    }
    for node in root.descendants().filter(Node::is_element) {
        let name = node.tag_name().name();
        match ELEMENTS.iter().find(|element| element.name == name) {
            Some(element) => shape(&node, element, &mut found),
            None => found.push(format!("nobody knows <{name}>")),
        }
    }
    counts(&root, &mut found);
    found
}

fn shape(node: &Node<'_, '_>, element: &Element, found: &mut Vec<String>) {
    let name = element.name;
    let missing = element.must.iter().filter(|it| !node.has_attribute(**it));
    found.extend(missing.map(|it| format!("<{name}> without {it}")));
    for attribute in node.attributes().map(|it| it.name()) {
        if !element.must.contains(&attribute) && !element.may.contains(&attribute) {
            found.push(format!("<{name} {attribute}>"));
        }
    }
    let mut last = 0;
    for child in node.children() {
        if child.is_element() {
            let tag = child.tag_name().name();
            match element.children.iter().position(|it| *it == tag) {
                Some(at) if at >= last => last = at,
                _ => found.push(format!("<{tag}> in <{name}>, there")),
            }
        } else if !element.text && !child.text().unwrap_or_default().trim().is_empty() {
            found.push(format!("text in <{name}>"));
        }
    }
}

/// The sums that suites and reports state are those of their cases.
fn counts(root: &Node<'_, '_>, found: &mut Vec<String>) {
    let counted = ["testsuites", "testsuite"];
    for node in root
        .descendants()
        .filter(|it| counted.contains(&it.tag_name().name()))
    {
        let count = |tag: &str| node.descendants().filter(|it| it.has_tag_name(tag)).count();
        for (attribute, tag) in [
            ("tests", "testcase"),
            ("failures", "failure"),
            ("errors", "error"),
        ] {
            let stated = node.attribute(attribute).and_then(|it| it.parse().ok());
            if stated != Some(count(tag)) {
                found.push(format!("{attribute}={stated:?}, there are {}", count(tag)));
            }
        }
    }
}

#[track_caller]
fn valid(text: &str) -> usize {
    assert_eq!(mistakes(text), [""; 0], "{text}");
    text.matches("<failure").count()
}

#[test]
fn what_is_no_report_is_refused() {
    let right = "<testsuites tests=\"1\" failures=\"1\" errors=\"0\"><testsuite name=\"a\" tests=\"1\" failures=\"1\" errors=\"0\"><testcase name=\"b\"><failure type=\"c\">d</failure><system-out>e</system-out></testcase></testsuite></testsuites>";
    valid(right);
    for (part, wrong) in [
        ("<testcase name=\"b\">", "<testcase>"),
        ("<testcase ", "<testcase line=\"1\" "),
        ("<system-out>e</system-out>", "<note/>"),
        ("<system-out>e</system-out>", "<properties/>"),
        ("<system-out>e</system-out>", "e"),
        (
            "<failure type=\"c\">d</failure><system-out>e</system-out>",
            "<system-out>e</system-out><failure/>",
        ),
        (
            "tests=\"1\" failures=\"1\" errors=\"0\"><testcase",
            "tests=\"2\" failures=\"1\" errors=\"0\"><testcase",
        ),
        (
            "failures=\"1\" errors=\"0\"><testsuite ",
            "failures=\"0\" errors=\"0\"><testsuite ",
        ),
        (">d<", ">\u{1}<"),
        (">d<", ">&<"),
        ("testsuites", "report"),
    ] {
        assert!(right.contains(part));
        let text = right.replace(part, wrong);
        assert!(!mistakes(&text).is_empty(), "{text}");
    }
}

/// Every break that a page shows.
#[test]
fn reports_of_everything_that_diff_finds() {
    let mut failures = 0;
    let sandbox = each_break("junit", |code, report| {
        failures += valid(report);
        assert!(report.contains(&format!("name=\"{code} ")), "{report}");
    });
    assert!(failures > 30, "{failures}");
    let none = sandbox.run(&["diff", AFTER, AFTER, "--format", "junit"]);
    assert_eq!(valid(&none.exits(0).stdout), 0);
}

/// Signs that XML gives a meaning or cannot hold, several schemas, one in which nothing breaks.
#[test]
fn a_report_of_words_that_xml_does_not_like() {
    let sandbox = Sandbox::new();
    let strange = "edition: 1\nschema: strange\nversion: 1\ntypes:\n  S: { enum: { a: {}, b: { text: \"]]><x y='\\\"'>&\\u0001\\uFFFE\\t🔑\" } } }\nkeys:\n  k: { key: \"<&'\\\">]]>\", ttl: 1h, string: S }\n";
    let plain = "edition: 1\nschema: plain\nversion: 1\nkeys:\n  k: { key: plain, ttl: 1h, string: string }\n";
    for side in ["old", "new"] {
        sandbox.write(&format!("{side}/plain.redis.yaml"), plain);
    }
    sandbox.write("old/strange.redis.yaml", strange);
    let changed = strange.replace("\"<&", "\"<<&").replace("]]><x", "]]><y");
    sandbox.write("new/strange.redis.yaml", changed);
    let outcome = sandbox
        .run(&["diff", "old", "new", "--format", "junit"])
        .exits(1);
    assert!(valid(&outcome.stdout) >= 1, "{}", outcome.stdout);
    assert_eq!(outcome.stdout.matches("<testsuite ").count(), 2);
    assert!(
        outcome.stdout.contains("&lt;&lt;&amp;"),
        "{}",
        outcome.stdout
    );
}
