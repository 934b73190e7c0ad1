//! Who renews a lease while its guard lives.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::{Instant, timeout_at};

use super::hold::{Hold, Phase};

/// Shortest pause after a renewal that failed.
const SHORTEST: Duration = Duration::from_millis(10);

/// Renews the lease each time a third of it is over, until the hold ends or has lasted as long as it may. A renewal that fails is tried
/// again until the time is over.
pub(super) async fn keep(hold: Arc<Hold>) {
    let lease = hold.place.lease;
    let mut changes = hold.changes();
    let mut not_before = Instant::now();
    while hold.may_last() {
        let state = *changes.borrow_and_update();
        if state.phase != Phase::Held {
            return;
        }
        let wake = state.due(lease).max(not_before).min(state.deadline());
        if timeout_at(wake, changes.changed()).await.is_ok() {
            continue;
        }
        if hold.is_lost() {
            return;
        }
        let renewal = timeout_at(state.deadline(), hold.renew(lease)).await;
        if !matches!(renewal, Ok(Ok(()))) {
            not_before = Instant::now() + (lease / 12).max(SHORTEST);
        }
    }
}
