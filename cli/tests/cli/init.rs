use std::fs;

use snapbox::str;

use crate::sandbox::Sandbox;

#[test]
fn writes_a_commented_schema_named_after_the_directory() {
    let sandbox = Sandbox::new();
    fs::create_dir(sandbox.path("My Shop")).unwrap();
    let mut command = sandbox.command(&["init"]);
    let output = command
        .current_dir(sandbox.path("My Shop"))
        .output()
        .unwrap();
    assert!(output.status.success());
    let text = sandbox.read("My Shop/my_shop.redis.yaml");
    let mut lines = text.lines();
    assert!(
        lines
            .next()
            .unwrap()
            .starts_with("# yaml-language-server: $schema=https://")
    );
    assert!(text.contains("\nschema: my_shop\n"));
    assert!(text.contains("# "));
}

#[test]
fn says_what_to_do_next() {
    let sandbox = Sandbox::new();
    sandbox
        .run(&["init", "shop.redis.yaml"])
        .exits(0)
        .prints(str![""])
        .says(str![[r##"
Wrote shop.redis.yaml.

Next
  1. Describe your keys in it; an editor that knows YAML schemas completes and explains every field.
  2. redis-schema check shop.redis.yaml
  3. Use it from Rust:

       cargo add redis-schema
       cargo add tokio --features macros,rt-multi-thread

     and in the program, where the path starts at Cargo.toml:

       #[redis_schema::redis_schema("shop.redis.yaml")]
       pub mod shop {}

     or keep the code in your tree: redis-schema generate shop.redis.yaml --out src/shop.rs
  4. redis-schema docs shop.redis.yaml

"##]]);
    sandbox
        .run(&["init", "other.redis.yaml", "--quiet"])
        .exits(0)
        .says(str![""]);
}

#[test]
fn every_template_is_free_of_mistakes_and_warnings() {
    let sandbox = Sandbox::new();
    for template in ["starter", "cache", "jobs", "minimal"] {
        let file = format!("{template}.redis.yaml");
        sandbox
            .run(&["init", &file, "--template", template])
            .exits(0);
        sandbox
            .run(&["check", "--deny-warnings", &file])
            .exits(0)
            .prints(str![""]);
        assert!(
            sandbox
                .read(&file)
                .contains(&format!("schema: {template}\n"))
        );
    }
}

#[test]
fn refuses_to_overwrite_unless_forced() {
    let sandbox = Sandbox::new();
    sandbox.write("shop.redis.yaml", "mine");
    sandbox
        .run(&["init", "shop.redis.yaml"])
        .exits(2)
        .says(str![[r#"
error: shop.redis.yaml exists already
  help: name another file, or overwrite this one with --force

"#]]);
    assert_eq!(sandbox.read("shop.redis.yaml"), "mine");
    sandbox
        .run(&["init", "shop.redis.yaml", "--force"])
        .exits(0);
    assert!(sandbox.read("shop.redis.yaml").contains("schema: shop"));
}

#[test]
fn a_dash_prints_the_schema() {
    let sandbox = Sandbox::new();
    let outcome = sandbox
        .run(&["init", "-", "--name", "till"])
        .exits(0)
        .says(str![""]);
    assert!(outcome.stdout.contains("schema: till\n"));
    assert!(sandbox.files().is_empty());
}

#[test]
fn a_name_that_is_none_is_refused_with_one_that_is() {
    let sandbox = Sandbox::new();
    sandbox
        .run(&["init", "--name", "My-Shop"])
        .exits(2)
        .says(str![[r#"
error: `My-Shop` is not a name for a schema
  help: small letters, digits and `_`, a letter first: `my_shop`

"#]]);
    assert!(sandbox.files().is_empty());
}

#[test]
fn a_place_that_cannot_be_written_is_the_environments_fault() {
    let sandbox = Sandbox::new();
    sandbox.write("file", "");
    sandbox
        .run(&["init", "file/shop.redis.yaml"])
        .exits(3)
        .prints(str![""]);
}
