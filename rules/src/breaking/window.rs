//! When a counter begins anew, which is said by its lifetime.

use super::Change;
use crate::facts::{Key, OnWrite, Structure, TtlRule};

/// When a count begins anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reset {
    /// Never: it is a total.
    Never,
    /// So many milliseconds after the first count, whatever happens until then.
    After(u64),
    /// At midnight UTC.
    Midnight,
    /// When nobody has counted, or looked, for as long as it lives: a total of what belongs together.
    Idle,
}

impl Reset {
    /// Of a key; nothing if it is no counter.
    fn of(key: &Key) -> Option<Self> {
        if !matches!(key.structure, Structure::Counter { .. }) {
            return None;
        }
        let is_renewed =
            key.lifetime.expiry.as_ref().is_some_and(|expiry| {
                expiry.on_write == OnWrite::Refresh || expiry.refresh_on_read
            });
        Some(match key.lifetime.rule {
            TtlRule::None | TtlRule::External => Self::Never,
            TtlRule::EndOfDay => Self::Midnight,
            TtlRule::AfterMs(_) if is_renewed => Self::Idle,
            TtlRule::AfterMs(ms) => Self::After(ms),
        })
    }
}

/// Whether a counter begins anew at other moments than before. What says so in full is `B409`, not each rule about a part of
/// its lifetime.
pub(super) fn differs(change: &Change<'_>) -> bool {
    let resets = change
        .key()
        .map(|(old, new)| (Reset::of(old), Reset::of(new)));
    matches!(resets, Some((Some(old), Some(new))) if old != new)
}
