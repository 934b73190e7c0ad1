//! Changes of locks and semaphores.

use super::Change;
use crate::facts::{Hold, Key, Structure};

/// Whether it is a change of what was held and is held. What its name and its lifetime mean then is told by rules of their own.
pub(super) fn is_of_holds(change: &Change<'_>) -> bool {
    let held = |key| hold(key).is_some();
    change
        .key()
        .is_some_and(|(old, new)| held(old) && held(new))
}

/// How a key is held; nothing if it is no lock and no semaphore.
pub(super) const fn hold(key: &Key) -> Option<Hold> {
    match &key.structure {
        Structure::Lock { hold, .. } | Structure::Semaphore { hold, .. } => Some(*hold),
        _ => None,
    }
}
