//! Crates depend on each other in one direction only, and the macro's graph stays small.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use serde_json::Value;

use crate::root;

/// What was built here; crates that only other platforms need are on no fresh machine.
fn metadata() -> Value {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--offline", "--locked"])
        .args(["--filter-platform", &host()])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    serde_json::from_slice(&output.stdout).unwrap()
}

/// The platform that the compiler builds for.
fn host() -> String {
    let output = Command::new("rustc").arg("-vV").output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let host = text.lines().find_map(|line| line.strip_prefix("host: "));
    host.unwrap().to_owned()
}

/// Normal and build dependencies of each package, by name.
fn dependencies(metadata: &Value) -> BTreeMap<String, BTreeSet<String>> {
    let packages = metadata["packages"].as_array().unwrap();
    packages
        .iter()
        .map(|package| {
            let needed = package["dependencies"].as_array().unwrap();
            let needed = needed
                .iter()
                .filter(|needed| needed["kind"] != "dev")
                .map(|needed| needed["name"].as_str().unwrap().to_owned());
            (
                package["name"].as_str().unwrap().to_owned(),
                needed.collect(),
            )
        })
        .collect()
}

/// Which of our crates each of our crates may name.
const ALLOWED: &[(&str, &[&str])] = &[
    ("redis-schema-model", &[]),
    ("redis-schema-codegen", &["redis-schema-model"]),
    (
        "redis-schema-macros",
        &["redis-schema-model", "redis-schema-codegen"],
    ),
    (
        "redis-schema-build",
        &["redis-schema-model", "redis-schema-codegen"],
    ),
    ("redis-schema", &["redis-schema-macros"]),
    ("redis-schema-rules", &["redis-schema-model"]),
    (
        "redis-schema-cli",
        // The runtime for commands that talk to a server (the feature `live`).
        &[
            "redis-schema-model",
            "redis-schema-codegen",
            "redis-schema-rules",
            "redis-schema",
        ],
    ),
];

#[test]
fn dependencies_point_one_way() {
    let dependencies = dependencies(&metadata());
    for (name, allowed) in ALLOWED {
        let ours: Vec<&String> = dependencies[*name]
            .iter()
            .filter(|needed| needed.starts_with("redis-schema"))
            .filter(|needed| !allowed.contains(&needed.as_str()))
            .collect();
        assert!(ours.is_empty(), "{name} must not depend on {ours:?}");
    }
}

#[test]
fn the_model_knows_neither_redis_nor_rust_syntax() {
    let dependencies = dependencies(&metadata());
    for (name, banned) in [
        (
            "redis-schema-model",
            &[
                "redis",
                "syn",
                "quote",
                "proc-macro2",
                "tokio",
                "handlebars",
            ][..],
        ),
        ("redis-schema-codegen", &["redis", "tokio"][..]),
        ("redis-schema-rules", &["redis", "tokio", "syn"][..]),
        (
            "redis-schema",
            &["syn", "quote", "handlebars", "clap", "serde-saphyr"][..],
        ),
    ] {
        for crate_name in banned {
            assert!(
                !dependencies[name].contains(*crate_name),
                "{name} depends on {crate_name}"
            );
        }
    }
}

#[test]
fn a_user_of_the_macro_does_not_build_the_template_engine() {
    let output = Command::new(env!("CARGO"))
        .args([
            "tree",
            "--offline",
            "--locked",
            "-p",
            "redis-schema",
            "-e",
            "normal,build",
            "--prefix",
            "none",
            "--format",
            "{p}",
        ])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let tree = String::from_utf8(output.stdout).unwrap();
    for banned in ["handlebars ", "clap ", "prettyplease ", "schemars "] {
        assert!(
            !tree.lines().any(|line| line.starts_with(banned)),
            "the macro's graph holds {banned}"
        );
    }
}

#[test]
fn every_published_crate_states_what_it_needs() {
    let metadata = metadata();
    let members: BTreeSet<&str> = metadata["workspace_members"]
        .as_array()
        .unwrap()
        .iter()
        .map(|id| id.as_str().unwrap())
        .collect();
    for package in metadata["packages"].as_array().unwrap() {
        let published = package["publish"].is_null();
        if !members.contains(package["id"].as_str().unwrap()) || !published {
            continue;
        }
        for field in ["rust_version", "license", "description", "repository"] {
            assert!(
                package[field].is_string(),
                "{} has no {field}",
                package["name"]
            );
        }
    }
}

/// `1.89` and `1.89.0` as numbers.
fn version(text: &str) -> Vec<u32> {
    let mut numbers: Vec<u32> = text.split('.').map(|part| part.parse().unwrap()).collect();
    numbers.resize(3, 0);
    numbers
}

#[test]
fn nothing_that_is_needed_asks_for_a_newer_compiler() {
    let metadata = metadata();
    let packages = metadata["packages"].as_array().unwrap();
    let ours = packages
        .iter()
        .find(|package| package["name"] == "redis-schema")
        .unwrap();
    let ours = version(ours["rust_version"].as_str().unwrap());
    let newer: Vec<&Value> = packages
        .iter()
        .filter(|package| {
            package["rust_version"]
                .as_str()
                .is_some_and(|theirs| version(theirs) > ours)
        })
        .map(|package| &package["name"])
        .collect();
    assert!(
        newer.is_empty(),
        "these need a newer Rust than {ours:?}: {newer:?}"
    );
}
