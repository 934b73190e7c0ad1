//! Waiting until a call is admitted.

use std::time::Duration;

use tokio::time::{Instant, sleep};

use super::{Algorithm, Decision, Limited};
use crate::error::Result;
use crate::handle::Handle;
use crate::key::Key;
use crate::slot::AtStore;
use crate::structure::RateLimit;

impl<'s, K, A: Algorithm, X: AtStore<'s>> Handle<K, X, RateLimit<A>>
where
    K: Limited + Key<Structure = RateLimit<A>>,
{
    /// As `admit`, but waits up to `timeout` until the call is admitted. Who would have to wait longer is refused at
    /// once, as the decision says; the call does not count then.
    ///
    /// Runs the script of `admit`, once more after each wait. Nobody's turn is kept: of many who wait, one is admitted
    /// and the others wait again.
    ///
    /// # Errors
    /// As `admit`.
    pub async fn admit_within(&self, timeout: Duration) -> Result<Decision> {
        self.admit_cost_within(1, timeout).await
    }

    /// As `admit_within`, for a call that costs more than others.
    ///
    /// # Errors
    /// As [`admit_cost`](Self::admit_cost).
    pub async fn admit_cost_within(&self, cost: u32, timeout: Duration) -> Result<Decision> {
        let begin = Instant::now();
        loop {
            let decision = self.admit_cost(cost).at_store().await?;
            let left = timeout.saturating_sub(begin.elapsed());
            if decision.allowed || decision.retry_after > left {
                return Ok(decision);
            }
            sleep(decision.retry_after).await;
        }
    }
}
