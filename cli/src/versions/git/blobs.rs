//! Files of a commit, asked of one git that stays.

use std::cell::RefCell;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

use redis_schema_model::load::Loader;
use redis_schema_model::yaml::MAX_BYTES;

use super::run;
use crate::exit::Failure;

/// The files of one commit.
pub(super) struct Blobs {
    commit: String,
    git: RefCell<Git>,
}

struct Git {
    child: Child,
    ask: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

impl Blobs {
    pub(super) fn open(folder: &Path, commit: &str) -> Result<Self, Failure> {
        let mut child = run::git(folder)
            .args(["cat-file", "--batch"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| run::not_run(&error))?;
        let (Some(ask), Some(answers)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(Failure::environment("git cannot be talked to"));
        };
        Ok(Self {
            commit: commit.to_owned(),
            git: RefCell::new(Git {
                child,
                ask: Some(ask),
                answers: BufReader::new(answers),
            }),
        })
    }
}

impl Loader for Blobs {
    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        let leads_out =
            path.starts_with("..") || path.starts_with('/') || path.chars().any(char::is_control);
        if leads_out {
            return Err(io::Error::new(
                io::ErrorKind::NotFound,
                "not in the repository",
            ));
        }
        self.git
            .borrow_mut()
            .blob(&format!("{}:{path}", self.commit))
    }
}

impl Git {
    fn blob(&mut self, name: &str) -> io::Result<Vec<u8>> {
        let broken = || io::Error::other("git gave no answer");
        let ask = self.ask.as_mut().ok_or_else(broken)?;
        writeln!(ask, "{name}")?;
        ask.flush()?;
        let mut head = String::new();
        self.answers.read_line(&mut head)?;
        // `<object> <type> <size>`; anything else says that there is none.
        let mut words = head.trim_end().rsplit(' ');
        let size = words.next().and_then(|size| size.parse::<usize>().ok());
        let (Some(size), Some("blob")) = (size, words.next()) else {
            return self.not_a_file(size);
        };
        if size > MAX_BYTES {
            // As much as shows that it is too much; the rest has to go by.
            let mut bytes = vec![0; MAX_BYTES + 1];
            self.answers.read_exact(&mut bytes)?;
            self.skip(size - MAX_BYTES)?;
            return Ok(bytes);
        }
        let mut bytes = vec![0; size];
        self.answers.read_exact(&mut bytes)?;
        self.skip(1)?;
        Ok(bytes)
    }

    /// A folder is answered with its content.
    fn not_a_file(&mut self, size: Option<usize>) -> io::Result<Vec<u8>> {
        if let Some(size) = size {
            self.skip(size + 1)?;
        }
        Err(io::Error::new(
            io::ErrorKind::NotFound,
            "no such file in the commit",
        ))
    }

    fn skip(&mut self, bytes: usize) -> io::Result<()> {
        io::copy(&mut (&mut self.answers).take(bytes as u64), &mut io::sink()).map(|_| ())
    }
}

impl Drop for Git {
    fn drop(&mut self) {
        // Closing its input ends it.
        self.ask = None;
        let _ = self.child.wait();
    }
}
