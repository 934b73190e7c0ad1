//! What the rules about groups of consumers share.

use super::Change;
use crate::facts::ConsumerGroup;

/// The group that a change is about, before and after, and its name.
pub(super) fn of<'c>(change: &'c Change<'_>) -> Option<(ConsumerGroup, ConsumerGroup, &'c str)> {
    let (old, new) = change.key()?;
    let (_, name) = change.path.split_once(".groups.")?;
    Some((old.consumer_group(name)?, new.consumer_group(name)?, name))
}
