//! Streams: logs of records that clients follow, alone or sharing the work as a group.

mod add;
mod claim;
mod consumers;
mod entry;
mod follow;
mod group;
mod id;
mod info;
mod pending;
mod read;
mod source;
mod trim;

pub use claim::{ClaimOptions, Claimed};
#[doc(hidden)]
pub use consumers::dead_letter;
pub use consumers::{Acknowledges, Beats, Buries, ConsumerGroup, Consumers, GroupPolicy, Reclaims};
pub use entry::Entry;
pub(crate) use entry::entries;
pub use follow::Follow;
pub(crate) use follow::follow_log;
pub use group::GroupReadOptions;
pub use id::{Position, StreamId};
pub use info::{ConsumerInfo, GroupInfo, StreamInfo};
pub use pending::{PendingEntry, PendingFilter, PendingSummary};
pub use read::ReadOptions;
pub use source::ConsumeOptions;
pub use trim::{KeepAll, MaxAge, MaxLen, Trim, TrimRule};
