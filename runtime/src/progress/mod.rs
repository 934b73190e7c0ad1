//! Progress: how far each of a job's items is, and all of them together.
//!
//! Whoever begins a job says which items there are; whoever works on one reports a number from 0 to a maximum. Every report is one
//! script on one slot: it raises the number, never above the maximum, keeps the totals, writes an event where the schema declares
//! `events:`, and sets the lifetime of both keys. Its answer tells how far all items are and whether this very report completed them.
//!
//! ```no_run
//! # use redis_schema::codec::Text;
//! # use redis_schema::progress::{Logged, Progressing, Reported};
//! # use redis_schema::{Handle, Result, Store, structure::Progress};
//! # async fn example<K: Progressing<Structure = Progress<Text<String>, Logged>>>(
//! #     files: Handle<K, &Store>,
//! # ) -> Result<()> {
//! files.begin(["front.png", "back.png"]).await?;
//! match files.report("front.png", 100).await? {
//!     Reported::Counted(update) if update.completes => println!("all done"),
//!     Reported::Counted(update) => println!("{} of {} done", update.totals.done, update.totals.items),
//!     Reported::UnknownItem | Reported::NotBegun => println!("nobody waits for it"),
//!     _ => {}
//! }
//! let seen = files.snapshot().await?;
//! let mut later = files.follow(seen.at);
//! while let Some(event) = later.next().await {
//!     println!("{:?}", event?.record?);
//! }
//! # Ok(()) }
//! ```
//!
//! # What is sent again
//!
//! A report whose answer was lost is sent again. The number does not go down, so the second run changes nothing and writes no event; if
//! the first one completed the job, the server knows it by its token and says so again. So a completion is told to one report, and to that
//! one however often it is sent. Where a report may lower numbers (`allow_decrease: true`), what others reported meanwhile would be
//! written over: there a report is never sent again, and whoever lost the answer takes a snapshot.

mod event;
mod handle;
mod log;
mod rule;
mod script;
mod state;

pub use event::Event;
pub use log::{Followed, Log, Logged, Told, Unlogged};
pub use rule::{ProgressRule, Progressing};
pub use state::{Reported, Snapshot, Totals, Update};
