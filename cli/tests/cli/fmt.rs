use std::fs;

use snapbox::str;

use crate::sandbox::{SHOP, Sandbox};

/// The shop, laid out by somebody else: deep indentation, trailing blanks, CRLF, a comment.
fn untidy() -> String {
    SHOP.replace("  order:\n", "    order:   \n")
        .replace("    key:", "        key:")
        .replace("    about: One", "        about: One")
        .replace("    ttl:", "        ttl:")
        .replace("    string:", "        # kept\n        string:")
        .replace('\n', "\r\n")
}

fn tidy() -> String {
    SHOP.replace("    string:", "    # kept\n    string:")
}

#[test]
fn lays_out_files_in_place_and_keeps_comments() {
    let sandbox = Sandbox::with_shop();
    sandbox.write("till.redis.yaml", untidy());
    sandbox
        .run(&["fmt"])
        .exits(0)
        .prints(str![""])
        .says(str![[r#"
1 of 2 files changed.

"#]]);
    assert_eq!(sandbox.read("till.redis.yaml"), tidy());
    assert_eq!(sandbox.read("shop.redis.yaml"), SHOP);
    sandbox.run(&["fmt"]).exits(0).says(str![[r#"
0 of 2 files changed.

"#]]);
}

#[test]
fn a_tidy_file_is_not_touched() {
    let sandbox = Sandbox::with_shop();
    let before = fs::metadata(sandbox.path("shop.redis.yaml"))
        .unwrap()
        .modified()
        .unwrap();
    sandbox.run(&["fmt", "shop.redis.yaml"]).exits(0);
    let after = fs::metadata(sandbox.path("shop.redis.yaml"))
        .unwrap()
        .modified()
        .unwrap();
    assert_eq!(before, after);
}

#[test]
fn check_names_files_and_writes_nothing() {
    let sandbox = Sandbox::with_shop();
    sandbox
        .run(&["fmt", "--check"])
        .exits(0)
        .prints(str![""])
        .says(str![""]);
    sandbox.write("till.redis.yaml", untidy());
    sandbox
        .run(&["fmt", "--check"])
        .exits(1)
        .prints(str![[r#"
till.redis.yaml

"#]])
        .says(str![[r#"
error: 1 file would change
  help: run `redis-schema fmt` and commit the result

"#]]);
    assert_eq!(sandbox.read("till.redis.yaml"), untidy());
}

#[test]
fn diff_shows_what_would_change_and_writes_nothing() {
    let sandbox = Sandbox::new();
    let text = SHOP.replace("ttl: 1h\n", "ttl: 1h   \n");
    sandbox.write("shop.redis.yaml", &text);
    sandbox.run(&["fmt", "--diff"]).exits(1).prints(str![[r#"
--- shop.redis.yaml
+++ shop.redis.yaml
@@ -10,5 +10,5 @@
   order:
     key: "order:{order_id}"
     about: One order.
-    ttl: 1h   
+    ttl: 1h
     string: bytes

"#]]);
    assert_eq!(sandbox.read("shop.redis.yaml"), text);
}

#[test]
fn standard_input_comes_out_laid_out() {
    let sandbox = Sandbox::new();
    sandbox
        .run_with_input(&["fmt", "-", "--quiet"], untidy())
        .exits(0)
        .prints(tidy())
        .says(str![""]);
    sandbox
        .run_with_input(&["fmt", "-", "--check"], untidy())
        .exits(1)
        .prints("<stdin>\n");
    sandbox
        .run_with_input(&["fmt", "-", "--check"], tidy())
        .exits(0)
        .prints("");
}

#[test]
fn what_cannot_be_read_is_left_alone_and_told() {
    let sandbox = Sandbox::new();
    sandbox.write("broken.redis.yaml", "edition: [\n");
    sandbox.write("latin.redis.yaml", b"about: caf\xe9\n");
    sandbox.write("till.redis.yaml", untidy());
    let outcome = sandbox.run(&["fmt"]).exits(2).prints(str![""]);
    assert!(
        outcome.stderr.contains("--> broken.redis.yaml:"),
        "{}",
        outcome.stderr
    );
    assert!(
        outcome
            .stderr
            .contains("error: latin.redis.yaml is not UTF-8 text")
    );
    assert_eq!(sandbox.read("broken.redis.yaml"), "edition: [\n");
    assert_eq!(sandbox.read("till.redis.yaml"), tidy());
}
