//! Bounds of streams: which way they moved.

use super::Change;
use crate::facts::{Key, Structure, Trim};

/// What became of the bound of a stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bound {
    /// Fewer entries stay.
    Tighter,
    /// At least as many stay.
    Looser,
    /// Nothing bounds it any more.
    Gone,
}

/// Which way the bound of a stream moved.
pub(super) fn bound(change: &Change<'_>) -> Option<Bound> {
    let (old, new) = change.key()?;
    Some(match (trim(old), trim(new)) {
        (_, None) => Bound::Gone,
        (Some(Trim::MaxLen { count: old, .. }), Some(Trim::MaxLen { count: new, .. }))
        | (Some(Trim::MinAge { ms: old, .. }), Some(Trim::MinAge { ms: new, .. }))
            if new >= old =>
        {
            Bound::Looser
        }
        _ => Bound::Tighter,
    })
}

fn trim(key: &Key) -> Option<Trim> {
    match key.structure {
        Structure::Stream { trim, .. } => trim,
        Structure::Progress { events, .. } => events,
        _ => None,
    }
}
