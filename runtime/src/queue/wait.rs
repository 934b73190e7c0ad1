//! Waiting for tasks.

use std::time::Duration;

use tokio::time::{Instant, sleep};

use super::reply::claimed;
use super::{Priority, Queued, Task};
use crate::codec::Codec;
use crate::context::Context;
use crate::error::Result;
use crate::handle::Handle;
use crate::key::Key;
use crate::slot::AtStore;
use crate::structure::Queue;

/// The first pause between two looks, and the longest.
const PAUSES: (Duration, Duration) = (Duration::from_millis(10), Duration::from_millis(250));

/// A century: who waits for ever waits so long.
const LONGEST: Duration = Duration::from_secs(100 * 366 * 24 * 3600);

impl<K, C, P, X> Handle<K, X, Queue<C, P>>
where
    K: Queued + Key<Structure = Queue<C, P>>,
    C: Codec,
    P: Priority,
    X: Context,
{
    /// Claims as `claim` does, and waits up to `wait` for something to claim; no task when there was none.
    ///
    /// Runs the script of `claim` again and again: after 10 ms, then after pauses that double up to 250 ms, and as soon as a delayed task
    /// is due or a lease ends. So a task that another process adds is seen within a quarter of a second.
    ///
    /// # Errors
    /// As every write of a store. No error leaves tasks behind for longer than a lease.
    pub async fn claim_within<'s>(
        &self,
        count: u32,
        wait: Duration,
    ) -> Result<Vec<Task<C::Value, P>>>
    where
        X: AtStore<'s>,
    {
        let store = self.context.store();
        let now = Instant::now();
        let until = now.checked_add(wait).unwrap_or(now + LONGEST);
        let mut pause = PAUSES.0;
        loop {
            let found = self.claiming(count, claimed::<C, P>).on(store).await?;
            let left = until.saturating_duration_since(Instant::now());
            if !found.tasks.is_empty() || left.is_zero() {
                return Ok(found.tasks);
            }
            // By chance, so that many workers do not come at the same moment.
            let rest = pause.mul_f64(0.75 + fastrand::f64() / 4.0);
            // The server counts whole milliseconds: one more, so that it is due by then.
            let due = found.due.map(|due| due + Duration::from_millis(1));
            sleep(due.map_or(rest, |due| due.min(rest)).min(left)).await;
            pause = (pause * 2).min(PAUSES.1);
        }
    }
}
