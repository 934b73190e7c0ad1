//! Both doors as Cargo sees them: what changes a build, and how a build fails.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A package that uses both doors, built beside those of `ui.rs` so that nothing is compiled for it alone.
struct Package {
    root: PathBuf,
    target: String,
}

const SCHEMA: &str = "\
edition: 1
schema: NAME
version: 1
imports: [FOLDERparts/ids.redis.yaml]

keys:
  order:
    key: \"order:{order_id}\"
    ttl: 1h
    string: bytes
";

const IDS: &str = "\
edition: 1
params:
  order_id: u64
";

const LIB: &str = "\
use redis_schema::redis_schema;

#[redis_schema(\"src/by_attribute.redis.yaml\")]
pub mod by_attribute {}

include!(concat!(env!(\"OUT_DIR\"), \"/redis_schemas.rs\"));

pub fn both() {
    let _ = by_attribute::keys::order(7_u64);
    let _ = by_build_script::keys::order(7_u64);
}
";

impl Package {
    fn new() -> Self {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("both-doors");
        let _ = fs::remove_dir_all(&root);
        let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
        let workspace = tests.parent().and_then(Path::parent).unwrap();
        let package = Self {
            root,
            target: host(),
        };
        package.write("Cargo.toml", &manifest(workspace, tests));
        package.write(
            "build.rs",
            "fn main() { redis_schema_build::compile(\"schemas\") }",
        );
        package.write("src/lib.rs", LIB);
        let schema = SCHEMA
            .replace("NAME", "by_attribute")
            .replace("FOLDER", "../schemas/");
        package.write("src/by_attribute.redis.yaml", &schema);
        let schema = SCHEMA
            .replace("NAME", "by_build_script")
            .replace("FOLDER", "");
        package.write("schemas/by_build_script.redis.yaml", &schema);
        package.write("schemas/parts/ids.redis.yaml", IDS);
        fs::copy(
            workspace.join("Cargo.lock"),
            package.root.join("Cargo.lock"),
        )
        .unwrap();
        package
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.root.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Checks the package; what Cargo said if it failed.
    fn check(&self) -> Result<String, String> {
        // The flags of trybuild, or else Cargo would compile every dependency again.
        let flags = "[\"--cfg\", \"trybuild\", \"--verbose\", \"-A\", \"dead_code\"]";
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let target_dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("../tests/trybuild");
        let output = Command::new(cargo)
            .args([
                "check",
                "--offline",
                "--color=never",
                "--target",
                &self.target,
            ])
            .arg(format!("--config=build.rustflags={flags}"))
            .arg(format!("--config=target.{}.rustflags={flags}", self.target))
            .env("CARGO_TARGET_DIR", target_dir)
            .env("CARGO_INCREMENTAL", "0")
            .env_remove("RUSTFLAGS")
            .current_dir(&self.root)
            .output()
            .expect("cargo runs");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        if output.status.success() {
            Ok(said)
        } else {
            Err(said)
        }
    }
}

fn manifest(workspace: &Path, tests: &Path) -> String {
    let (workspace, tests) = (workspace.display(), tests.display());
    format!(
        "\
[package]
name = \"both-doors\"
version = \"0.0.0\"
edition = \"2024\"

[dependencies]
redis-schema = {{ path = '{workspace}/runtime' }}
redis-schema-tests-doors = {{ path = '{tests}' }}
serde = {{ version = \"1\", features = [\"derive\"] }}

[build-dependencies]
redis-schema-build = {{ path = '{workspace}/codegen/build' }}

[workspace]
"
    )
}

fn host() -> String {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(rustc).arg("-vV").output().expect("rustc runs");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let host = said.lines().find_map(|line| line.strip_prefix("host: "));
    host.unwrap().to_owned()
}

#[test]
fn cargo_sees_what_changes_and_what_is_wrong() {
    let package = Package::new();
    package.check().unwrap();
    let again = package.check().unwrap();
    assert!(
        !again.contains("both-doors"),
        "built again without a change: {again}"
    );

    // A part that both import: the functions of both modules take another type.
    package.write("schemas/parts/ids.redis.yaml", &IDS.replace("u64", "u32"));
    let said = package.check().unwrap_err();
    assert_eq!(
        said.matches("expected `u32`, found `u64`").count(),
        2,
        "{said}"
    );

    // A mistake ends the build script's door before the attribute is looked at.
    package.write("schemas/parts/ids.redis.yaml", &IDS.replace("u64", "u46"));
    let said = package.check().unwrap_err();
    let told = "error: both-doors@0.0.0:  --> schemas/parts/ids.redis.yaml:3:13\n";
    assert!(said.contains(told), "{said}");
    assert!(!said.contains("panicked"), "{said}");

    package.write("schemas/parts/ids.redis.yaml", IDS);
    package.check().unwrap();
    fs::remove_file(package.root.join("src/by_attribute.redis.yaml")).unwrap();
    let said = package.check().unwrap_err();
    assert!(
        said.contains("there is no file `src/by_attribute.redis.yaml`"),
        "{said}"
    );
    for place in ["", "src/"] {
        let path = package.root.join(place).join("src/by_attribute.redis.yaml");
        assert!(said.contains(path.to_str().unwrap()), "{said}");
    }
}
