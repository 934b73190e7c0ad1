//! What the rules about groups of consumers share.

use super::Change;
use crate::facts::{ConsumerGroup, duration};

/// The group that a change is about, before and after, and its name.
pub(super) fn of<'c>(change: &'c Change<'_>) -> Option<(ConsumerGroup, ConsumerGroup, &'c str)> {
    let (old, new) = change.key()?;
    let (_, name) = change.path.split_once(".groups.")?;
    Some((old.consumer_group(name)?, new.consumer_group(name)?, name))
}

/// When a group takes entries over, as a schema writes it.
pub(super) fn idle(group: ConsumerGroup) -> String {
    group
        .min_idle_ms
        .map_or_else(|| "never".to_owned(), duration)
}
