//! Those of one process who wait for the same key: in line, so that one of them asks the server and not all.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

/// A key: its database and its name.
pub(super) type Name = (u16, Box<[u8]>);

/// Who waits in one store, by key. What nobody waits for leaves nothing behind.
#[derive(Default)]
pub(crate) struct Lines(Mutex<HashMap<Name, Arc<Line>>>);

/// Those who wait for one key.
#[derive(Default)]
struct Line {
    /// Whose turn it is to ask: first come, first served.
    turn: tokio::sync::Mutex<()>,
    /// Told when something was given back in this process.
    freed: Notify,
    /// How many wait; changed under the lock of all lines alone.
    waiting: AtomicUsize,
}

/// A place in a line.
pub(super) struct Seat<'l> {
    lines: &'l Lines,
    name: Name,
    line: Arc<Line>,
}

impl Lines {
    /// Joins the line of a key.
    pub(super) fn join(&self, name: Name) -> Seat<'_> {
        let mut lines = self.lock();
        let line = Arc::clone(lines.entry(name.clone()).or_default());
        line.waiting.fetch_add(1, Ordering::Relaxed);
        drop(lines);
        Seat {
            lines: self,
            name,
            line,
        }
    }

    /// Tells the first in line that something was given back.
    pub(super) fn freed(&self, name: &Name) {
        if let Some(line) = self.lock().get(name) {
            line.freed.notify_one();
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Name, Arc<Line>>> {
        // Nothing under the lock leaves it half-changed.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Seat<'_> {
    /// Waits for the turn to ask; it is over when what this gives is dropped.
    pub(super) async fn turn(&self) -> tokio::sync::MutexGuard<'_, ()> {
        self.line.turn.lock().await
    }

    /// Waits until something is given back in this process.
    pub(super) async fn freed(&self) {
        self.line.freed.notified().await;
    }
}

impl Drop for Seat<'_> {
    fn drop(&mut self) {
        let mut lines = self.lines.lock();
        if self.line.waiting.fetch_sub(1, Ordering::Relaxed) == 1 {
            lines.remove(&self.name);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_with_the_last_who_waits() {
        let lines = Lines::default();
        let name = || (0, b"a".as_slice().into());
        let (first, second) = (lines.join(name()), lines.join(name()));
        let other = lines.join((1, b"a".as_slice().into()));
        assert!(Arc::ptr_eq(&first.line, &second.line));
        assert!(!Arc::ptr_eq(&first.line, &other.line));
        drop((first, other));
        assert_eq!(lines.lock().len(), 1, "somebody still waits");
        drop(second);
        assert!(lines.lock().is_empty());
        lines.freed(&name());
        assert!(lines.lock().is_empty(), "telling nobody keeps nothing");
    }
}
