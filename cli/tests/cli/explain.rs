use snapbox::str;

use crate::sandbox::Sandbox;

#[test]
fn a_page_tells_what_is_wrong_and_shows_it_right() {
    let outcome = Sandbox::new()
        .run(&["explain", "E0302"])
        .exits(0)
        .says(str![""]);
    let title = outcome.stdout.lines().next().unwrap();
    assert!(title.starts_with("E0302: "), "{title}");
    assert!(outcome.stdout.contains("\nWrong:\n    edition: 1\n"));
    assert!(outcome.stdout.contains("\nRight:\n    edition: 1\n"));
    assert!(!outcome.stdout.contains("```"));
}

#[test]
fn codes_are_found_in_either_case() {
    let sandbox = Sandbox::new();
    let upper = sandbox.run(&["explain", "E0302"]).exits(0);
    sandbox
        .run(&["explain", "e0302"])
        .exits(0)
        .prints(upper.stdout);
}

#[test]
fn without_a_code_all_are_listed_and_each_has_a_page() {
    let sandbox = Sandbox::new();
    let list = sandbox.run(&["explain"]).exits(0).stdout;
    assert!(list.lines().count() > 20);
    for line in list.lines() {
        let (code, title) = line.split_once("  ").unwrap();
        let page = sandbox.run(&["explain", code]).exits(0).stdout;
        assert!(page.starts_with(&format!("{code}: {title}\n")), "{page}");
    }
}

#[test]
fn a_reserved_code_says_why_there_is_no_such_rule() {
    Sandbox::new()
        .run(&["explain", "B406"])
        .exits(0)
        .prints(str![[r#"
B406: SCRIPT_SAME_ABI: reserved

The code is reserved: there is no such rule, and nothing else will be called so. It cannot arise: no
schema declares a script, and those of accessors travel whole with every call, so that no version
calls another one's.

"#]]);
}

#[test]
fn an_unknown_code_suggests_the_nearest() {
    let sandbox = Sandbox::new();
    sandbox
        .run(&["explain", "E0300"])
        .exits(2)
        .prints(str![""])
        .says(str![[r#"
error: there is no code `E0300`
  help: did you mean E0301 ([..])? `redis-schema explain` lists every code

"#]]);
    for far in ["zzz", "E9999", "no"] {
        sandbox.run(&["explain", far]).exits(2).says(format!(
            "error: there is no code `{far}`\n  help: `redis-schema explain` lists every code\n"
        ));
    }
}

#[test]
fn a_word_of_a_rules_name_suggests_the_rule() {
    let said = Sandbox::new()
        .run(&["explain", "collection"])
        .exits(2)
        .stderr;
    assert!(
        said.contains("did you mean L401 (COLLECTION_BOUNDED: "),
        "{said}"
    );
}

#[test]
fn a_page_is_as_wide_as_the_terminal() {
    let sandbox = Sandbox::new();
    for columns in [50, 80] {
        let mut command = sandbox.command(&["explain", "E0410"]);
        let output = command
            .env("COLUMNS", columns.to_string())
            .output()
            .unwrap();
        let page = String::from_utf8(output.stdout).unwrap();
        let words: Vec<&str> = page
            .lines()
            .filter(|line| !line.starts_with("    "))
            .collect();
        let widest = words.iter().map(|line| line.chars().count()).max().unwrap();
        assert!((columns - 12..=columns).contains(&widest), "{page}");
    }
}
