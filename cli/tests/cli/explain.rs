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
        .run(&["explain", "B401"])
        .exits(0)
        .prints(str![[r#"
B401: LOCK_SAME_KEY: reserved

The code is reserved: there is no such rule, and nothing else will be called so.
It waits for `lock` and `semaphore`, which the language keeps the word for and no schema can use yet.

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
    sandbox.run(&["explain", "ttl"]).exits(2).says(str![[r#"
error: there is no code `ttl`
  help: `redis-schema explain` lists every code

"#]]);
}
