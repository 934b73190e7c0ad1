//! Queues of work: tasks that are claimed for a while, acknowledged, and tried again.
//!
//! ```no_run
//! # use redis_schema::queue::Queued;
//! # use redis_schema::{Handle, Key, Result, Store, codec::Text, structure::Queue};
//! # async fn send(_: &str) -> bool { true }
//! # async fn example<K: Queued + Key<Structure = Queue<Text<String>, ()>> + Send + Sync>(mails: Handle<K, &Store>) -> Result<()> {
//! mails.enqueue("to everybody").await?;
//! for task in mails.claim(10).await? {
//!     match &task.payload {
//!         Ok(mail) if send(mail).await => drop(mails.ack(&task).await?),
//!         Ok(_) => drop(mails.retry(&task, "the mail server is away").await?),
//!         Err(error) => drop(mails.bury(&task, &error.to_string()).await?),
//!     }
//! }
//! # Ok(()) }
//! ```
//!
//! # What is promised, and what is not
//!
//! A task that was added is done by somebody, or dead: **at least once**. A worker that is gone loses what it claimed when the lease is over, and somebody
//! else has it then; so work may be done twice, and whoever must not do it twice lets what it does be known by the task's id.
//! One acknowledgement of a task counts, whoever sends it. More urgent tasks are claimed first, always, and equals in the order in which they came to
//! wait.
//!
//! A fail-over to a replica that was behind may lose tasks that were added last, and what became of others: these are worked on again.

mod keep;
mod ops;
mod reply;
mod rule;
mod script;
mod task;
mod wait;
mod work;

pub use rule::{Priority, QueueRule, Queued};
pub use task::{Acked, Claim, DeadTask, Enqueue, Enqueued, GivenBack, QueueStats, Task, TaskState};
pub use work::Verdict;
