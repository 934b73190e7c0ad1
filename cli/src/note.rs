//! Remembers what a finished run read and wrote, so that the same run again can end at once.
//!
//! A note says only "these inputs, by this program, gave these outputs". It lies in the user's cache
//! directory, never beside the output, and is believed only while the hash over the program, the options,
//! every input and every output is the same. Without a usable note a run does its work; nothing else changes.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use redis_schema_model::load::Loaded;

use crate::hash::{self, Hasher};
use crate::path::identity;

/// First line of a note; another one is not read.
const FORMAT: &str = "redis-schema note 1";

/// What a run is: the same subject with the same inputs has the same outputs.
pub(crate) struct Subject {
    file: PathBuf,
    options: Vec<Vec<u8>>,
}

impl Subject {
    /// The run of `command` that turns `root` into what lies at `out`. Nothing when there is no cache directory.
    pub(crate) fn new(command: &str, root: &Path, out: &Path) -> Option<Self> {
        // What a pipe or a device holds cannot be looked at twice.
        if !root.is_file() || crate::write::is_special(out) {
            return None;
        }
        let mut name = Hasher::new();
        for part in [identity(root), identity(out)] {
            name.part(part.as_os_str().as_encoded_bytes());
        }
        let file = directory()?.join(format!("{command}-{:016x}", name.finish()));
        Some(Self {
            file,
            options: vec![program()?],
        })
    }

    /// Something besides the inputs that decides the output.
    pub(crate) fn option(mut self, bytes: &[u8]) -> Self {
        self.options.push(bytes.to_vec());
        self
    }

    /// Whether the last run's inputs are unchanged and `outputs` hold what it wrote.
    pub(crate) fn holds(&self, outputs: &[PathBuf]) -> bool {
        self.check(outputs).is_some()
    }

    fn check(&self, outputs: &[PathBuf]) -> Option<()> {
        let note = fs::read_to_string(&self.file).ok()?;
        let mut lines = note.lines();
        (lines.next()? == FORMAT).then_some(())?;
        let hash = lines.next()?;
        let inputs: Vec<PathBuf> = lines.map(PathBuf::from).collect();
        let inputs = hashes(&inputs)?;
        (self.hash(&inputs, &hashes(outputs)?) == hash).then_some(())
    }

    /// Keeps a finished run in mind: the inputs as they were read and the outputs as they lie there now.
    /// Not being able to is no trouble: the next run does its work again.
    pub(crate) fn keep(&self, loaded: &Loaded, outputs: &[PathBuf]) {
        if let Some(note) = self.note(loaded, outputs) {
            let _ = crate::write::file(&self.file, &note);
        }
    }

    fn note(&self, loaded: &Loaded, outputs: &[PathBuf]) -> Option<String> {
        let inputs: Vec<(PathBuf, u64)> = loaded
            .sources
            .files()
            .iter()
            .map(|file| {
                let path = identity(Path::new(file.name()));
                (path, hash::of(file.text().as_bytes()))
            })
            .collect();
        let mut note = format!("{FORMAT}\n{}\n", self.hash(&inputs, &hashes(outputs)?));
        for (input, _) in &inputs {
            let path = input.to_str().filter(|path| !path.contains('\n'))?;
            note.push_str(&format!("{path}\n"));
        }
        Some(note)
    }

    fn hash(&self, inputs: &[(PathBuf, u64)], outputs: &[(PathBuf, u64)]) -> String {
        let mut hasher = Hasher::new();
        for option in &self.options {
            hasher.part(option);
        }
        for files in [inputs, outputs] {
            hasher.number(files.len() as u64);
            for (path, hash) in files {
                hasher.part(path.as_os_str().as_encoded_bytes());
                hasher.number(*hash);
            }
        }
        format!("{:016x}", hasher.finish())
    }
}

/// Files with the hashes of what they hold; nothing if one cannot be read.
fn hashes(paths: &[PathBuf]) -> Option<Vec<(PathBuf, u64)>> {
    let hash = |path: &PathBuf| Some((path.clone(), hash::of_file(path).ok()?));
    paths.iter().map(hash).collect()
}

/// Which build of the program runs: its version alone would take a rebuilt one for the same.
fn program() -> Option<Vec<u8>> {
    let path = env::current_exe().ok()?;
    let about = fs::metadata(&path).ok()?;
    let age = about.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    let version = env!("CARGO_PKG_VERSION");
    Some(
        format!(
            "{version} {} {} {}",
            path.display(),
            about.len(),
            age.as_nanos()
        )
        .into_bytes(),
    )
}

/// `redis-schema` in the user's cache directory.
fn directory() -> Option<PathBuf> {
    let set = |name: &str| {
        env::var_os(name)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    let base = if let Some(base) = set("XDG_CACHE_HOME") {
        base
    } else if cfg!(target_os = "macos") {
        set("HOME")?.join("Library/Caches")
    } else if cfg!(windows) {
        set("LOCALAPPDATA")?
    } else {
        set("HOME")?.join(".cache")
    };
    base.is_absolute().then(|| base.join("redis-schema"))
}
