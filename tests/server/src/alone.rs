//! Sets of servers take turns: several at once on a small machine would time out among themselves.

use std::fs::File;

/// Holds the turn of this process and value until it is dropped.
#[derive(Debug)]
pub(crate) struct Turn {
    _file: File,
}

impl Turn {
    /// Waits for the turn. The operating system gives it up when the process ends, however it ends.
    pub(crate) fn take() -> Self {
        let path = std::env::temp_dir().join("redis-schema-test-servers.lock");
        let file = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(path)
            .expect("lock file");
        file.lock().expect("lock");
        Self { _file: file }
    }
}
