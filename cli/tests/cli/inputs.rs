//! Where schemas come from: directories, standard input, files that are hostile or cannot be read.

use std::fs;

use snapbox::str;

use crate::check::wrong;
use crate::sandbox::{SHOP, Sandbox};

#[test]
fn standard_input_is_a_schema() {
    let sandbox = Sandbox::new();
    sandbox
        .run_with_input(&["check", "-"], SHOP)
        .exits(0)
        .prints(str![""]);
    let outcome = sandbox.run_with_input(&["check", "-"], wrong()).exits(2);
    assert!(
        outcome.stdout.contains("--> <stdin>:12:5"),
        "{}",
        outcome.stdout
    );
}

#[test]
fn imports_of_standard_input_are_looked_up_from_here() {
    let sandbox = Sandbox::new();
    sandbox.write("part.yaml", "edition: 1\nparams:\n  till_id: u32\n");
    let text = SHOP.replace("params:", "imports: [part.yaml]\nparams:");
    sandbox.run_with_input(&["check", "-"], &text).exits(0);
    fs::remove_file(sandbox.path("part.yaml")).unwrap();
    let outcome = sandbox.run_with_input(&["check", "-"], &text).exits(2);
    assert!(outcome.stdout.contains("part.yaml"), "{}", outcome.stdout);
}

#[test]
fn directories_are_searched_and_ignore_files_respected() {
    let sandbox = Sandbox::with_shop();
    sandbox.write(
        "deep/er/till.redis.yaml",
        SHOP.replace("schema: shop", "schema: till"),
    );
    sandbox.write("deep/other.yaml", "not a schema: [");
    sandbox.write("built/copy.redis.yaml", wrong());
    sandbox.write(".hidden/copy.redis.yaml", wrong());
    sandbox.write(".gitignore", "built/\n");
    sandbox.run(&["check"]).exits(0).says(str![[r#"
No mistakes: 2 schemas, 2 keys, 0 channels.

"#]]);
    sandbox.run(&["check", "deep"]).exits(0).says(str![[r#"
No mistakes: 1 schema, 1 key, 0 channels.

"#]]);
    sandbox.run(&["check", "built/copy.redis.yaml"]).exits(2);
}

#[test]
fn a_schema_named_twice_is_checked_once() {
    let sandbox = Sandbox::with_shop();
    sandbox
        .run(&["check", ".", "shop.redis.yaml", "./shop.redis.yaml"])
        .exits(0)
        .says(str![[r#"
No mistakes: 1 schema, 1 key, 0 channels.

"#]]);
}

#[test]
fn nothing_to_check_is_said_with_what_to_do() {
    Sandbox::new()
        .run(&["check"])
        .exits(2)
        .prints(str![""])
        .says(str![[r#"
error: no schema (*.redis.yaml) in the current directory or below
  help: `redis-schema init` writes a first one; a file of any other name can be given by its path

"#]]);
}

#[test]
fn a_missing_file_is_the_environments_fault_and_hides_nothing_else() {
    let sandbox = Sandbox::new();
    sandbox.write("shop.redis.yaml", wrong());
    let outcome = sandbox
        .run(&["check", "none.yaml", "shop.redis.yaml"])
        .exits(3);
    assert!(
        outcome
            .stderr
            .contains("error: cannot read none.yaml: no such file or directory\n")
    );
    assert!(outcome.stdout.contains("--> shop.redis.yaml:12:5"));
}

#[test]
fn nothing_is_praised_that_was_not_read() {
    let outcome = Sandbox::new().run(&["check", "none.yaml"]).exits(3);
    assert_eq!(
        outcome.stderr,
        "error: cannot read none.yaml: no such file or directory\n  help: check the path; a directory is searched for *.redis.yaml\n"
    );
}

#[cfg(unix)]
#[test]
fn what_cannot_be_read_is_named() {
    use std::os::unix::fs::symlink;
    let sandbox = Sandbox::with_shop();
    // Works for root too, whom permissions do not stop.
    symlink("loop.redis.yaml", sandbox.path("loop.redis.yaml")).unwrap();
    let outcome = sandbox.run(&["check"]).exits(3);
    assert!(
        outcome.stderr.contains("cannot read loop.redis.yaml: "),
        "{}",
        outcome.stderr
    );
    let outcome = sandbox.run(&["check", "/proc/self/mem"]);
    assert!(outcome.code == 3 || outcome.code == 2, "{outcome:?}");
}

#[cfg(unix)]
#[test]
fn an_endless_file_is_refused() {
    let outcome = Sandbox::new().run(&["check", "/dev/zero"]).exits(2);
    assert!(outcome.stdout.contains("error"), "{}", outcome.stdout);
}

#[test]
fn hostile_files_are_findings() {
    let sandbox = Sandbox::new();
    let deep = "[".repeat(100_000);
    let laughs = "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\n\
                  d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: &f [*e,*e,*e,*e,*e,*e,*e,*e,*e]\n\
                  g: [*f,*f,*f,*f,*f,*f,*f,*f,*f]\n";
    let cases: [(&str, &[u8]); 9] = [
        ("empty", b""),
        ("nul", b"edition: 1\0"),
        ("latin1", b"schema: caf\xe9\n"),
        ("deep", deep.as_bytes()),
        ("laughs", laughs.as_bytes()),
        ("tab", b"edition: 1\nkeys:\n\torder: {}\n"),
        ("two", b"edition: 1\n---\nedition: 1\n"),
        ("escape", b"\"\x1b[2J\": 1\n"),
        ("list", b"- 1\n"),
    ];
    for (name, bytes) in cases {
        sandbox.write(&format!("{name}.yaml"), bytes);
        let outcome = sandbox.run(&["check", &format!("{name}.yaml")]).exits(2);
        assert!(
            outcome.stdout.contains(&format!("--> {name}.yaml")),
            "{name}: {}",
            outcome.stdout
        );
        assert!(!outcome.stdout.contains('\u{1b}'), "{name}");
    }
}

#[test]
fn byte_order_mark_and_crlf_are_fine() {
    let sandbox = Sandbox::new();
    sandbox.write(
        "shop.redis.yaml",
        format!("\u{feff}{}", SHOP.replace('\n', "\r\n")),
    );
    sandbox.run(&["check"]).exits(0).prints(str![""]);
}
