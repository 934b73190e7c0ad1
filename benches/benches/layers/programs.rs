//! The two programs: built, started, and asked for one round after the other.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use crate::work::Work;
use crate::worker::{self, Figures};

/// A program that works on demand. It ends with this value.
pub(crate) struct Program {
    child: Child,
    /// `None` when it is to end.
    asked: Option<ChildStdin>,
    told: BufReader<ChildStdout>,
}

impl Program {
    /// Builds a variant and connects it to a server.
    pub(crate) fn start(variant: &str, url: &str) -> Self {
        let mut child = Command::new(build(variant))
            .args([worker::ARGUMENT, variant, url])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        Self {
            asked: child.stdin.take(),
            told: BufReader::new(child.stdout.take().unwrap()),
            child,
        }
    }

    /// Has it do one round.
    pub(crate) fn round(&mut self, work: Work, callers: usize, calls: usize) -> Figures {
        let asked = self.asked.as_mut().unwrap();
        writeln!(asked, "{} {callers} {calls}", work.name()).unwrap();
        let mut line = String::new();
        self.told.read_line(&mut line).unwrap();
        Figures::parse(&line).unwrap()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It reads the end of its input and goes.
        drop(self.asked.take());
        let _ = self.child.wait();
    }
}

/// The path of a variant's program.
fn build(variant: &str) -> PathBuf {
    let mut cargo = Command::new(env!("CARGO"));
    cargo
        .args(["bench", "--no-run", "--locked", "--bench", "layers"])
        .args(["--message-format", "json-render-diagnostics"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .stderr(Stdio::inherit());
    if variant == worker::OBSERVED {
        cargo.args(["--features", "observed"]);
    }
    let output = cargo.output().unwrap();
    assert!(output.status.success(), "the program cannot be built");
    let messages = String::from_utf8(output.stdout).unwrap();
    let executable = messages.lines().rev().find_map(|line| {
        let message: serde_json::Value = serde_json::from_str(line).ok()?;
        message["executable"].as_str().map(PathBuf::from)
    });
    executable.unwrap()
}
