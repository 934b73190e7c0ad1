//! A directory of its own for each test, and a way to run the command in it.

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// A schema without mistakes.
pub(crate) const SHOP: &str = "\
edition: 1
schema: shop
version: 1
about: What the shop keeps.

params:
  order_id: { type: uuid, about: Number of an order }

keys:
  order:
    key: \"order:{order_id}\"
    about: One order.
    ttl: 1h
    string: bytes
";

pub(crate) struct Sandbox {
    dir: TempDir,
}

impl Sandbox {
    pub(crate) fn new() -> Self {
        let dir = tempfile::Builder::new().prefix("shop-").tempdir().unwrap();
        Self { dir }
    }

    /// With `shop.redis.yaml`.
    pub(crate) fn with_shop() -> Self {
        let sandbox = Self::new();
        sandbox.write("shop.redis.yaml", SHOP);
        sandbox
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    pub(crate) fn root(&self) -> &Path {
        self.dir.path()
    }

    pub(crate) fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// Names of all files below, in order.
    pub(crate) fn files(&self) -> Vec<String> {
        let mut names = Vec::new();
        let mut open = vec![self.root().to_path_buf()];
        while let Some(dir) = open.pop() {
            for entry in fs::read_dir(dir).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    open.push(path);
                } else {
                    let name = path.strip_prefix(self.root()).unwrap();
                    names.push(name.to_str().unwrap().to_owned());
                }
            }
        }
        names.retain(|name| !name.starts_with("cache/"));
        names.sort();
        names
    }

    /// The command, untouched by the surroundings of the test.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_redis-schema"));
        command.args(args).current_dir(self.root());
        for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS"] {
            command.env_remove(name);
        }
        for name in ["REDIS_URL", "REDISCLI_AUTH", "REDIS_SENTINEL_AUTH"] {
            command.env_remove(name);
        }
        command.env("XDG_CACHE_HOME", self.path("cache"));
        command.env("TERM", "xterm-256color");
        command
    }

    pub(crate) fn run(&self, args: &[&str]) -> Outcome {
        Outcome::of(&self.command(args).stdin(Stdio::null()).output().unwrap())
    }

    pub(crate) fn run_with_input(&self, args: &[&str], input: impl AsRef<[u8]>) -> Outcome {
        let mut command = self.command(args);
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        // A command that refuses its arguments ends without reading.
        if let Err(error) = stdin.write_all(input.as_ref()) {
            assert_eq!(error.kind(), ErrorKind::BrokenPipe, "{error}");
        }
        drop(stdin);
        Outcome::of(&child.wait_with_output().unwrap())
    }
}

/// What a run came to.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Outcome {
    pub(crate) fn of(output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        Self {
            code: output.status.code().expect("ended by a signal"),
            stdout: text(&output.stdout),
            stderr: text(&output.stderr),
        }
    }

    /// The exit code is this one; nothing ever panics.
    #[track_caller]
    pub(crate) fn exits(self, code: i32) -> Self {
        assert_eq!(
            self.code, code,
            "stdout:\n{}\nstderr:\n{}",
            self.stdout, self.stderr
        );
        assert!(!self.stderr.contains("panicked"), "{}", self.stderr);
        self
    }

    /// Standard output is exactly this, `[..]` standing for anything on a line.
    #[track_caller]
    pub(crate) fn prints(self, expected: impl snapbox::data::IntoData) -> Self {
        snapbox::assert_data_eq!(self.stdout.clone(), expected.into_data());
        self
    }

    /// Standard error is exactly this, `[..]` standing for anything on a line.
    #[track_caller]
    pub(crate) fn says(self, expected: impl snapbox::data::IntoData) -> Self {
        snapbox::assert_data_eq!(self.stderr.clone(), expected.into_data());
        self
    }
}
