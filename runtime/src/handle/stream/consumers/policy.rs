use std::time::Duration;

use crate::context::Context;
use crate::handle::Handle;
use crate::handle::operands::OperandList;
use crate::handle::stream::{Position, TrimRule};
use crate::key::Key;

/// What the schema says of a group of consumers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct GroupPolicy {
    /// Its name on the server.
    pub name: &'static str,
    /// Where it begins when it is new.
    pub start: Position,
    /// Whether entries count as dealt with when they are delivered.
    pub ack_before: bool,
    /// How long an entry lies unacknowledged before another consumer takes it over; zero if never.
    pub min_idle: Duration,
    /// How often a consumer says that it is still at work on an entry; zero if never.
    pub heartbeat: Duration,
    /// How often an entry is delivered before it goes to the dead letters; zero for any number of times.
    pub max_deliveries: u64,
    /// Which of the dead letters stay.
    pub dead_letters: TrimRule,
}

impl GroupPolicy {
    /// A group that begins with the oldest entry, and acknowledges entries when they are dealt with.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self {
            name,
            start: Position::Start,
            ack_before: false,
            min_idle: Duration::ZERO,
            heartbeat: Duration::ZERO,
            max_deliveries: 0,
            dead_letters: TrimRule::KeepAll,
        }
    }

    /// It begins with the first entry that is added after it was made.
    #[must_use]
    pub const fn start_new(mut self) -> Self {
        self.start = Position::End;
        self
    }

    /// Entries count as dealt with when they are delivered.
    #[must_use]
    pub const fn ack_before(mut self) -> Self {
        self.ack_before = true;
        self
    }

    /// Another consumer takes over what lay so many milliseconds.
    #[must_use]
    pub const fn min_idle_ms(mut self, millis: u64) -> Self {
        self.min_idle = Duration::from_millis(millis);
        self
    }

    /// A consumer at work says so every so many milliseconds.
    #[must_use]
    pub const fn heartbeat_ms(mut self, millis: u64) -> Self {
        self.heartbeat = Duration::from_millis(millis);
        self
    }

    /// What was delivered so often goes to the dead letters, of which these stay.
    #[must_use]
    pub const fn gives_up(mut self, max_deliveries: u64, dead_letters: TrimRule) -> Self {
        self.max_deliveries = max_deliveries;
        self.dead_letters = dead_letters;
        self
    }
}

/// A group that the schema declares for the streams `K`. Implemented by generated code only.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no group of `{K}`",
    label = "the schema declares it for another stream",
    note = "groups stand in `consumers`, by the name of their stream: `consumers::orders::Billing`"
)]
pub trait ConsumerGroup<K: Key> {
    /// What the schema says of it.
    const POLICY: GroupPolicy;

    /// Names the stream that takes what the group gives up, if one is declared.
    #[doc(hidden)]
    fn dead_letter<X: Context>(_: &K, _: X, _: &mut OperandList) {}
}

/// A group whose consumers acknowledge entries when they have dealt with them.
#[diagnostic::on_unimplemented(
    message = "entries of `{Self}` are acknowledged when they are delivered",
    label = "there is nothing pending to speak of",
    note = "the schema says `ack: before`"
)]
pub trait Acknowledges<K: Key>: ConsumerGroup<K> {}

/// A group whose consumers take over what others left lying.
#[diagnostic::on_unimplemented(
    message = "the schema does not say when entries of `{Self}` are taken over",
    label = "how long may an entry lie?",
    note = "declare `min_idle:` beside the group"
)]
pub trait Reclaims<K: Key>: Acknowledges<K> {}

/// A group whose consumers say that they are still at work.
#[diagnostic::on_unimplemented(
    message = "the schema does not say how often consumers of `{Self}` say that they are at work",
    label = "it has no heartbeat",
    note = "declare `heartbeat:` beside the group, a third of `min_idle:`"
)]
pub trait Beats<K: Key>: Reclaims<K> {}

/// A group that gives entries up at last.
#[diagnostic::on_unimplemented(
    message = "the schema does not say where entries of `{Self}` go that nobody can deal with",
    label = "it has no dead letters",
    note = "declare `max_deliveries:` and `dead_letter:` beside the group"
)]
pub trait Buries<K: Key>: Reclaims<K> {}

/// Names the key of the dead letters.
#[doc(hidden)]
pub fn dead_letter<K: Key, X: Context>(key: K, context: X, out: &mut OperandList) {
    out.name(&Handle::<K, X>::with(key, context));
}
