//! Locks and semaphores: what is held for a while, by whoever has its token.
//!
//! ```no_run
//! # use redis_schema::lock::{Fence, Held};
//! # use redis_schema::{Handle, Result, Store, structure::Lock};
//! # async fn example<K: Held<Structure = Lock<Fence>> + Send + Sync>(lock: Handle<K, &Store>) -> Result<()> {
//! let guard = lock.acquire().await?;
//! println!("hold number {}", guard.fence());
//! guard.release().await
//! # }
//! ```
//!
//! # What is promised, and what is not
//!
//! On one primary nobody else gets the lock between the moment a guard is handed out and its [`deadline`](Guard::deadline).
//! A guard counts its lease from before it asked, and takes off what clocks and schedulers may be late, so that its own deadline comes
//! first; a process that was stopped past it learns so as soon as it looks, but may have written meanwhile. Where that does harm, let
//! what the lock guards refuse holds with a lower [`Fence`] than it has seen.
//!
//! A fail-over to a replica that was behind may lose a lock, and its number: two may hold it for as long as a lease lasts. Numbers go by the
//! server's clock besides, so that they rise all the same unless the new primary's clock is behind.

mod acquire;
mod fence;
mod guard;
mod hold;
mod line;
mod locks;
mod permits;
mod rule;
mod script;
mod token;
mod watchdog;

pub use fence::{Fence, Numbering};
pub use guard::Guard;
pub(crate) use line::Lines;
pub use locks::Holding;
pub use permits::Permits;
pub use rule::{Held, HoldRule};
pub use token::Token;
