//! The group itself and its consumers.

use super::{ConsumerGroup, Consumers};
use crate::cmd::Args;
use crate::command::Command;
use crate::context::Context;
use crate::handle::stream::{ConsumerInfo, Position, Trim};
use crate::key::Key;
use crate::record::Record;
use crate::reply;
use crate::retry::Promise;
use crate::script::lines;
use crate::structure::Stream;

impl<K, R, T, X, G> Consumers<K, X, G>
where
    K: Key<Structure = Stream<R, T>>,
    R: Record,
    T: Trim,
    X: Context,
    G: ConsumerGroup<K>,
{
    /// The group's name on the server.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        G::POLICY.name
    }

    /// Creates the group where the schema says that it begins, and the stream if it does not exist; tells
    /// whether the group is new. A group that exists stays as it is.
    ///
    /// Sends `XGROUP CREATE … MKSTREAM` (inside a script) and gives a stream without a lifetime its own in the
    /// same transaction. O(1).
    #[doc(alias = "xgroup_create")]
    pub fn create(&self) -> Command<bool, X> {
        self.stream.xgroup_create(G::POLICY.name, G::POLICY.start)
    }

    /// Removes the group with everything it has pending; tells whether it existed.
    ///
    /// Sends `XGROUP DESTROY`. O(n) in the pending entries.
    #[doc(alias = "xgroup_destroy")]
    pub fn destroy(&self) -> Command<bool, X> {
        self.stream.xgroup_destroy(G::POLICY.name)
    }

    /// Sets from where the group goes on reading.
    ///
    /// Sends `XGROUP SETID`. O(1).
    #[doc(alias = "xgroup_setid")]
    pub fn go_on_from(&self, from: impl Into<Position>) -> Command<(), X> {
        self.stream.xgroup_setid(G::POLICY.name, from)
    }

    /// The consumers of the group; none when the stream does not exist.
    ///
    /// Sends `XINFO CONSUMERS`, and `EXISTS` in the same transaction. O(n) in the consumers.
    ///
    /// # Errors
    /// [`NoGroup`](crate::ErrorKind::NoGroup) when the stream has no such group.
    #[doc(alias = "xinfo_consumers")]
    pub fn consumers(&self) -> Command<Vec<ConsumerInfo>, X> {
        self.stream.xinfo_consumers(G::POLICY.name)
    }

    /// Forgets a consumer that has nothing pending; tells whether it has not. What it has pending would be
    /// delivered to nobody: `claim` it first.
    ///
    /// Runs a script around `XGROUP DELCONSUMER`. O(log n). Atomic.
    ///
    /// # Errors
    /// [`NoGroup`](crate::ErrorKind::NoGroup) when the group or the stream does not exist.
    #[doc(alias = "xgroup_delconsumer")]
    pub fn retire(&self, consumer: &str) -> Command<bool, X> {
        self.stream
            .command(Promise::Idempotent, reply::flag, |key, _| {
                let name = G::POLICY.name.as_bytes();
                let args = Args::eval_on(RETIRE, &[key], name.len() + consumer.len() + 16);
                Ok(args.arg(name).arg(consumer.as_bytes()).into())
            })
    }
}

const RETIRE: &str = lines!(
    "if #redis.call('XPENDING',KEYS[1],ARGV[1],'-','+',1,ARGV[2])>0 then return 0 end"
    "redis.call('XGROUP','DELCONSUMER',KEYS[1],ARGV[1],ARGV[2])"
    "return 1"
);
