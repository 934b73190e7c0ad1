//! Changes of queues.

use super::Change;
use crate::facts::{Key, Structure};

/// What there is to compare of a queue.
pub(super) struct Work<'a> {
    pub(super) lease_ms: u64,
    pub(super) max_attempts: u32,
    pub(super) priorities: &'a [String],
    pub(super) keep_done_ms: u64,
    pub(super) keep_dead_ms: u64,
    pub(super) max_dead: u32,
}

/// Both sides of a change of a queue; nothing where it was or is something else.
pub(super) fn queue<'a>(change: &Change<'a>) -> Option<(Work<'a>, Work<'a>)> {
    let (old, new) = change.key()?;
    Some((work(old)?, work(new)?))
}

fn work(key: &Key) -> Option<Work<'_>> {
    match &key.structure {
        Structure::Queue {
            lease_ms,
            max_attempts,
            priorities,
            keep_done_ms,
            keep_dead_ms,
            max_dead,
            ..
        } => Some(Work {
            lease_ms: *lease_ms,
            max_attempts: *max_attempts,
            priorities,
            keep_done_ms: *keep_done_ms,
            keep_dead_ms: *keep_dead_ms,
            max_dead: *max_dead,
        }),
        _ => None,
    }
}
