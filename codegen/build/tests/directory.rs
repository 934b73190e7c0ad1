//! The build-script door, without Cargo around it.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;

use redis_schema_build::{Builder, Report};
use redis_schema_codegen::disk::Directory;
use redis_schema_codegen::rust::{Options, emit_file};
use redis_schema_model::load::load;
use tempfile::TempDir;

const SHOP: &str = "\
edition: 1
schema: shop
version: 1
about: Orders.
imports: [parts/ids.redis.yaml]

keys:
  order:
    key: \"order:{order_id}\"
    ttl: 1h
    string: bytes
";

const IDS: &str = "\
edition: 1
params:
  order_id: uuid
";

/// A package with schemas and a directory for what comes of them.
struct Package(TempDir);

impl Package {
    fn new(files: &[(&str, &str)]) -> Self {
        let package = Self(tempfile::tempdir().unwrap());
        for (name, text) in files {
            package.write(name, text);
        }
        package
    }

    fn with_shop() -> Self {
        Self::new(&[
            ("schemas/shop.redis.yaml", SHOP),
            ("schemas/parts/ids.redis.yaml", IDS),
        ])
    }

    fn root(&self) -> &Path {
        self.0.path()
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.root().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn builder(&self) -> Builder {
        Builder::new(self.root().join("schemas")).out_dir(self.root().join("out"))
    }

    fn run(&self) -> Report {
        self.builder().run()
    }

    fn out(&self, name: &str) -> String {
        fs::read_to_string(self.root().join("out").join(name)).unwrap()
    }

    fn nothing_written(&self) -> bool {
        !self.root().join("out").exists()
    }
}

#[test]
fn each_schema_becomes_a_file_and_a_module_and_parts_become_neither() {
    let package = Package::with_shop();
    package.write(
        "schemas/deep/till.redis.yaml",
        &SHOP
            .replace("schema: shop", "schema: till")
            .replace("parts/", "../parts/"),
    );
    package.write("schemas/notes.yaml", "no schema: [");
    let report = package.run();
    assert_eq!(report.errors, [""; 0]);
    let names: Vec<_> = report
        .files
        .iter()
        .map(|path| path.file_name().unwrap())
        .collect();
    assert_eq!(names, ["redis_schemas.rs", "till.rs", "shop.rs"]);
    assert_eq!(
        package
            .out("redis_schemas.rs")
            .lines()
            .skip(2)
            .collect::<Vec<_>>()
            .join("\n"),
        "\
/// Orders.
///
/// Typed access to Redis, made from `till.redis.yaml`.
#[allow(
    dead_code,
    unreachable_pub,
    clippy::pedantic,
    clippy::nursery,
    clippy::restriction
)]
pub mod till {
    ::core::include!(\"till.rs\");
}
/// Orders.
///
/// Typed access to Redis, made from `shop.redis.yaml`.
#[allow(
    dead_code,
    unreachable_pub,
    clippy::pedantic,
    clippy::nursery,
    clippy::restriction
)]
pub mod shop {
    ::core::include!(\"shop.rs\");
}"
    );
}

#[test]
fn the_code_is_that_of_the_other_doors() {
    let package = Package::with_shop();
    assert_eq!(package.run().errors, [""; 0]);
    let loaded = load(
        &Directory::new(package.root().join("schemas")),
        "shop.redis.yaml",
    );
    let emitted = emit_file(&loaded.schema.unwrap(), &Options::new().included());
    assert_eq!(package.out("shop.rs"), emitted);
    let machine = package.root().to_str().unwrap();
    assert!(
        !emitted.contains(machine),
        "the code depends on where it was made"
    );
}

#[test]
fn what_is_unchanged_is_not_written_again() {
    let package = Package::with_shop();
    let made = |package: &Package, name: &str| {
        let about = fs::metadata(package.root().join("out").join(name)).unwrap();
        (about.modified().unwrap(), package.out(name))
    };
    package.run();
    let (shop, index) = (
        made(&package, "shop.rs"),
        made(&package, "redis_schemas.rs"),
    );
    package.run();
    assert_eq!(made(&package, "shop.rs"), shop);
    package.write("schemas/shop.redis.yaml", &SHOP.replace("1h", "2h"));
    package.run();
    assert_ne!(made(&package, "shop.rs"), shop);
    assert_eq!(made(&package, "redis_schemas.rs"), index);
}

#[test]
fn every_mistake_of_every_schema_is_told_once_and_nothing_is_written() {
    let package = Package::with_shop();
    package.write(
        "schemas/shop.redis.yaml",
        &SHOP.replace("ttl: 1h", "tll: 1h\n    tags: []"),
    );
    package.write(
        "schemas/till.redis.yaml",
        &SHOP.replace("schema: shop", "schema: till"),
    );
    package.write("schemas/parts/ids.redis.yaml", &IDS.replace("uuid", "uid"));
    let report = package.run();
    let count = |word: &str| {
        report
            .errors
            .iter()
            .filter(|error| error.contains(word))
            .count()
    };
    assert_eq!(count("`tll`"), 1, "{report}");
    assert_eq!(count("`tags`"), 1, "{report}");
    assert_eq!(count("`uid`"), 1, "{report}");
    assert!(package.nothing_written());
    let told = report.to_string();
    assert!(
        told.contains("\ncargo::error=[E0201] unknown field `tll`\n"),
        "{told}"
    );
    assert!(
        told.contains("\ncargo::error=  --> shop.redis.yaml:10:5\n"),
        "{told}"
    );
    assert!(
        told.lines().all(|line| line.starts_with("cargo::")),
        "{told}"
    );
}

#[test]
fn cargo_is_told_of_everything_that_was_read() {
    let shop = SHOP.replace("parts/", "../elsewhere/");
    let package = Package::new(&[
        ("schemas/shop.redis.yaml", &shop),
        ("elsewhere/ids.redis.yaml", IDS),
    ]);
    let report = package.run();
    assert_eq!(report.errors, [""; 0]);
    let told = report.to_string();
    for file in [
        "schemas",
        "schemas/shop.redis.yaml",
        "schemas/../elsewhere/ids.redis.yaml",
    ] {
        let line = format!(
            "cargo::rerun-if-changed={}\n",
            package.root().join(file).display()
        );
        assert!(told.contains(&line), "{line}{told}");
    }
}

#[test]
fn a_circle_of_imports_is_told() {
    let circle = |other: &str| {
        format!("edition: 1\nschema: shop\nversion: 1\nimports: [{other}.redis.yaml]\n")
    };
    let package = Package::new(&[
        ("schemas/a.redis.yaml", &circle("b")),
        ("schemas/b.redis.yaml", &circle("a")),
    ]);
    let report = package.run();
    assert!(report.to_string().contains("[E0213]"), "{report}");
}

#[test]
fn names_that_collide_are_told() {
    let package = Package::with_shop();
    package.write("schemas/other.redis.yaml", SHOP);
    let report = package.run();
    assert_eq!(
        report.errors,
        [
            "other.redis.yaml and shop.redis.yaml are both called `shop`, and so would be their modules: change the `schema:` of one"
        ]
    );
    let package = Package::with_shop();
    let report = package.builder().include_file("shop.rs").run();
    assert!(
        report.errors[0].contains("name another file with `include_file`"),
        "{report}"
    );
    assert!(package.nothing_written());
}

#[test]
fn a_path_without_schemas_is_a_mistake() {
    let package = Package::new(&[("schemas/notes.yaml", "")]);
    assert!(package.run().errors[0].starts_with("no schema (*.redis.yaml) in "));
    let package = Package::new(&[]);
    assert!(package.run().errors[0].starts_with("there is no directory "));
}

#[test]
fn one_file_can_be_compiled_and_the_runtime_renamed() {
    let package = Package::with_shop();
    let builder = Builder::new(package.root().join("schemas/shop.redis.yaml"))
        .out_dir(package.root().join("out"))
        .krate("crate::redis");
    assert_eq!(builder.run().errors, [""; 0]);
    let text = package.out("shop.rs");
    assert!(text.contains("use crate::redis::__generated_0_1 as rt;"));
    let report = package.builder().krate("redis").run();
    assert!(report.errors[0].starts_with("`krate` must mean the same"));
}
