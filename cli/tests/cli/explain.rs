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
