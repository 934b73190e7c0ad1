//! Pauses between attempts to reach a server.

use std::time::Duration;

const SHORTEST: Duration = Duration::from_millis(100);
const LONGEST: Duration = Duration::from_secs(5);

/// A pause that doubles with every failure.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Pause(Option<Duration>);

impl Pause {
    /// Waits; not at all before the first failure.
    pub(crate) async fn wait(self) {
        if let Some(pause) = self.0 {
            // At random, so that many readers do not come back at the same moment.
            tokio::time::sleep(pause.mul_f64(0.5 + fastrand::f64() / 2.0)).await;
        }
    }

    /// After a failure.
    pub(crate) fn longer(&mut self) {
        let longer = self.0.map_or(SHORTEST, |pause| pause.saturating_mul(2));
        self.0 = Some(longer.min(LONGEST));
    }

    /// After a success.
    pub(crate) fn over(&mut self) {
        self.0 = None;
    }
}
