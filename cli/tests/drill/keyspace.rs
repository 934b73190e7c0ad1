//! A copy of an example with its pages and generated code, to be damaged.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::sandbox::Sandbox;

const SCHEMA: &str = "now.redis.yaml";
const BEFORE: &str = "before.redis.yaml";
/// The generated code.
pub(crate) const CODE: &str = "now.rs";

pub(crate) struct Keyspace {
    sandbox: Sandbox,
    pub(crate) schema: String,
}

impl Keyspace {
    /// Copies an example and generates what is derived from it.
    pub(crate) fn copy(name: &str) -> Self {
        let folder: PathBuf = [env!("CARGO_MANIFEST_DIR"), "../examples", name]
            .iter()
            .collect();
        let schema = fs::read_to_string(folder.join(format!("{name}.redis.yaml"))).unwrap();
        let sandbox = Sandbox::new();
        sandbox.write(SCHEMA, &schema);
        sandbox.write(BEFORE, &schema);
        let keyspace = Self { sandbox, schema };
        for args in [
            ["docs", SCHEMA, "--out", "docs"],
            ["generate", SCHEMA, "--out", CODE],
        ] {
            keyspace.sandbox.run(&args).exits(0);
        }
        keyspace
    }

    /// What is found although nothing is damaged.
    pub(crate) fn alarms(&self) -> Vec<String> {
        let diff = self
            .sandbox
            .run(&["diff", BEFORE, SCHEMA, "--warn", "source"]);
        let diff = (diff.code != 0 || !diff.stdout.is_empty()).then_some(diff.stdout);
        let alarms = [
            self.check_refuses(),
            self.pages_differ(),
            self.code_differs(),
            diff,
        ];
        alarms.into_iter().flatten().collect()
    }

    /// The committed pages by their paths.
    pub(crate) fn pages(&self) -> Vec<String> {
        let files = self.sandbox.files().into_iter();
        files
            .filter(|name| Path::new(name).extension().is_some_and(|end| end == "md"))
            .collect()
    }

    pub(crate) fn read(&self, name: &str) -> String {
        self.sandbox.read(name)
    }

    /// Looks at the keyspace with another schema, then puts the old one back.
    pub(crate) fn with_schema<R>(&self, text: &str, look: impl FnOnce(&Self) -> R) -> R {
        self.with_file(SCHEMA, text, look)
    }

    /// Looks at the keyspace with another text in a file, then puts the old one back.
    pub(crate) fn with_file<R>(&self, name: &str, text: &str, look: impl FnOnce(&Self) -> R) -> R {
        let before = self.read(name);
        assert_ne!(before, text, "{name} is not damaged");
        self.sandbox.write(name, text);
        let seen = look(self);
        self.sandbox.write(name, before);
        seen
    }

    pub(crate) fn check_refuses(&self) -> Option<String> {
        let outcome = self.sandbox.run(&["check", SCHEMA]);
        (outcome.code != 0).then(|| "check".to_owned())
    }

    pub(crate) fn pages_differ(&self) -> Option<String> {
        let outcome = self
            .sandbox
            .run(&["docs", SCHEMA, "--out", "docs", "--check"]);
        (outcome.code == 1).then(|| "docs --check".to_owned())
    }

    pub(crate) fn code_differs(&self) -> Option<String> {
        let outcome = self
            .sandbox
            .run(&["generate", SCHEMA, "--out", CODE, "--check"]);
        (outcome.code == 1).then(|| "generate --check".to_owned())
    }

    /// The rules that find something in the difference.
    pub(crate) fn told(&self) -> Vec<String> {
        let outcome = self.sandbox.run(&[
            "diff", BEFORE, SCHEMA, "--warn", "source", "--format", "json",
        ]);
        let lines = outcome.stdout.lines();
        let findings = lines.map(|line| serde_json::from_str::<Value>(line).unwrap());
        let codes = findings.filter_map(|one| Some(one["code"].as_str()?.to_owned()));
        codes.collect()
    }
}
