//! Whole runs of a program: how long they take and how much memory they need.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::least;

/// How often a running program's memory is looked at.
const OFTEN: Duration = Duration::from_micros(500);

/// The `redis-schema` command as `cargo bench` builds it.
///
/// # Panics
/// If it cannot be built.
#[must_use]
#[allow(clippy::expect_used)]
pub fn command() -> PathBuf {
    let built = Command::new(env!("CARGO"))
        .args(["build", "--profile", "bench", "--quiet", "--locked"])
        .args(["--package", "redis-schema-cli"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .status()
        .expect("cargo runs");
    assert!(built.success(), "the command does not build");
    // This program lies in `deps` beside it.
    let own = std::env::current_exe().expect("a program knows its path");
    let folder = own.ancestors().nth(2).unwrap_or(Path::new("."));
    folder.join(format!("redis-schema{}", std::env::consts::EXE_SUFFIX))
}

/// A program with arguments, in a folder.
#[derive(Debug)]
pub struct Program {
    /// The file of the program.
    pub file: PathBuf,
    /// The folder it runs in.
    pub folder: PathBuf,
}

/// What a run cost.
#[derive(Debug, Clone, Copy)]
pub struct Spent {
    /// Milliseconds from its start to its end, the least of some runs.
    pub millis: f64,
    /// Most memory it had at once, in MiB; 0 where the kernel does not tell.
    pub mebibytes: f64,
}

impl Program {
    fn start(&self, args: &[&str]) -> Child {
        let mut command = Command::new(&self.file);
        command
            .args(args)
            .current_dir(&self.folder)
            .env("XDG_CACHE_HOME", self.folder.join(".cache"))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        #[allow(clippy::expect_used)]
        command.spawn().expect("the program runs")
    }

    /// Milliseconds of one run.
    ///
    /// # Panics
    /// If it ends with another exit code.
    #[allow(clippy::expect_used)]
    #[must_use]
    pub fn millis(&self, args: &[&str], code: i32) -> f64 {
        let start = Instant::now();
        let status = self.start(args).wait().expect("the program ends");
        let millis = start.elapsed().as_secs_f64() * 1e3;
        assert_eq!(status.code(), Some(code), "{args:?}");
        millis
    }

    /// The least of some runs, and the memory of one more, which is looked at on the way and so is slower.
    #[must_use]
    pub fn spent(&self, rounds: usize, args: &[&str], code: i32) -> Spent {
        let seen: Vec<f64> = (0..rounds).map(|_| self.millis(args, code)).collect();
        Spent {
            millis: least(&seen),
            mebibytes: self.mebibytes(args),
        }
    }

    #[allow(clippy::expect_used)]
    fn mebibytes(&self, args: &[&str]) -> f64 {
        let mut child = self.start(args);
        let status = format!("/proc/{}/status", child.id());
        let mut most = 0.0_f64;
        while child.try_wait().expect("the program ends").is_none() {
            most = most.max(peak(Path::new(&status)).unwrap_or_default());
            std::thread::sleep(OFTEN);
        }
        most
    }
}

/// The most memory that a process had so far, in MiB.
fn peak(status: &Path) -> Option<f64> {
    let text = std::fs::read_to_string(status).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: f64 = line.split_whitespace().next()?.parse().ok()?;
    Some(kibibytes / 1024.0)
}
