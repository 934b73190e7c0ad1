//! How a server is: independent checks, of which the worst decides.
//!
//! ```no_run
//! # async fn example() -> redis_schema::Result<()> {
//! use redis_schema::health::Probe;
//!
//! let health = Probe::new("redis://localhost:6379")?.run().await;
//! println!("{health}");
//! if !health.is_ready() {
//!     // answer 503
//! }
//! # Ok(())
//! # }
//! ```
//!
//! Every check has its own time-out and runs beside the others on a connection of its own, so that a server
//! which is slow to answer one of them still answers the rest, and nobody else's commands wait. A check only
//! adds reasons; the state of a check is that of its worst reason, and the state of the whole that of the
//! worst check.
//!
//! **Readiness and liveness.** [`is_ready`](Health::is_ready) says whether the server can do its work; take a
//! process out of rotation by it. [`is_live`](Health::is_live) says whether the server answers at all, be it
//! only that it is loading; it is about the server. The liveness of a process that uses Redis should depend on
//! neither: restarting it does not bring Redis back.

mod check;
mod info;
mod limits;
mod probe;
mod reach;
mod report;
mod slots;

pub use limits::{Durable, Limits};
pub use probe::Probe;
pub use report::{Check, Fact, Health, NodeHealth, Reason, State};
