//! What a reader asks for next, and what it learns from the reply.

use std::time::{Duration, Instant};

use redis::Value;

use super::claim::{autoclaim, claimed};
use super::consumers::{Burial, GroupPolicy, reclaimed};
use super::entry::{Entry, entries, entries_of_stream};
use super::read::ReadOptions;
use super::{Position, StreamId};
use crate::cmd::{Args, Wait};
use crate::error::Result;
use crate::handle::operands::Operand;
use crate::key::Spec;
use crate::record::Record;
use crate::retry::RetryClass;

/// Most entries for one round trip.
const COUNT: u64 = 100;

/// How a consumer works.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct ConsumeOptions {
    count: u64,
    block: Option<Duration>,
    reclaim: Option<Duration>,
}

impl Default for ConsumeOptions {
    fn default() -> Self {
        Self::new()
    }
}

impl ConsumeOptions {
    /// 100 entries a round trip; entries of other consumers stay theirs.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            count: COUNT,
            block: None,
            reclaim: None,
        }
    }

    /// Fetches at most so many entries at once. Those fetched are pending; a slow consumer takes few.
    #[must_use]
    pub const fn count(mut self, count: u64) -> Self {
        self.count = count;
        self
    }

    /// Waits up to so long on the server before asking again: half the time that the store allows for an answer
    /// unless said otherwise. A connection that has died without a sign is noticed after this time and that
    /// which is allowed for an answer; where both together are no more than the latter, within it.
    #[must_use]
    pub const fn block(mut self, wait: Duration) -> Self {
        self.block = Some(wait);
        self
    }

    /// Also takes over entries that any consumer was delivered so long ago and has not acknowledged: the
    /// work of those that are gone. Longer than any entry takes to work on, lest it is done twice.
    #[must_use]
    pub const fn reclaim(mut self, min_idle: Duration) -> Self {
        self.reclaim = Some(min_idle);
        self
    }
}

/// Where entries come from.
pub(super) enum Source {
    /// The whole stream.
    Log(Log),
    /// A consumer's share of it.
    Share(Box<Share>),
}

impl Source {
    pub(super) fn log(from: Position, options: ReadOptions) -> Self {
        Self::Log(Log {
            after: match from {
                Position::Start => Some(StreamId::MIN),
                Position::After(id) => Some(id),
                Position::End => None,
            },
            count: options.count.unwrap_or(COUNT),
            block: options.block,
        })
    }

    pub(super) fn share(group: &str, consumer: &str, options: ConsumeOptions) -> Self {
        Self::Share(Box::new(Share::new(group, consumer, options)))
    }

    /// A consumer of a declared group.
    pub(super) fn declared(
        policy: GroupPolicy,
        consumer: &str,
        options: ReadOptions,
        undertaker: Option<Undertaker>,
    ) -> Self {
        let options = ConsumeOptions {
            count: options.count.unwrap_or(COUNT),
            block: options.block,
            reclaim: (!policy.min_idle.is_zero()).then_some(policy.min_idle),
        };
        let mut share = Share::new(policy.name, consumer, options);
        share.no_ack = policy.ack_before;
        share.undertaker = undertaker;
        share.lost();
        Self::Share(Box::new(share))
    }

    /// How long the server may hold back what is sent: as it was said, or else as is usual.
    pub(super) fn wait(&self, usual: Duration) -> Wait {
        Wait::of(match self {
            Self::Log(log) => log.block.unwrap_or(usual),
            Self::Share(share) => {
                let wait = share.options.block.unwrap_or(usual);
                // Entries of others are looked for as often as they could become old enough.
                share.options.reclaim.map_or(wait, |idle| wait.min(idle))
            }
        })
    }

    /// What to send.
    pub(super) fn command(&self, key: &[u8], wait: Wait) -> Args {
        match self {
            Self::Log(log) => log.command(key, wait),
            Self::Share(share) => share.command(key, wait),
        }
    }

    /// Reads the reply and decides what comes next.
    pub(super) fn advance<R: Record>(
        &mut self,
        reply: Value,
        spec: &'static Spec,
    ) -> Result<Vec<Entry<R>>> {
        match self {
            Self::Log(log) => log.advance(reply, spec),
            Self::Share(share) => share.advance(reply, spec),
        }
    }

    /// What a lost reply allows: whatever was lost is asked for again from where it left off, unless what was
    /// delivered counts as dealt with.
    pub(super) fn class(&self) -> RetryClass {
        match self {
            Self::Share(share) if share.no_ack => RetryClass::Unsafe,
            _ => RetryClass::Read,
        }
    }

    /// The reply was lost.
    pub(super) fn lost(&mut self) {
        if let Self::Share(share) = self {
            share.lost();
        }
    }
}

pub(super) struct Log {
    /// The last entry seen; `None` before the newest one is known, because `$` would skip what is added
    /// between two calls.
    after: Option<StreamId>,
    count: u64,
    block: Option<Duration>,
}

impl Log {
    fn command(&self, key: &[u8], wait: Wait) -> Args {
        match self.after {
            None => Args::on("XREVRANGE", key, 4)
                .arg(b"+")
                .arg(b"-")
                .counted(Some(1)),
            Some(after) => Args::new("XREAD", 7, key.len() + 80)
                .counted(Some(self.count))
                .held(Some(wait))
                .arg(b"STREAMS")
                .arg(key)
                .id(after),
        }
    }

    fn advance<R: Record>(&mut self, reply: Value, spec: &'static Spec) -> Result<Vec<Entry<R>>> {
        let Some(after) = self.after else {
            let newest = entries::<R>(reply, spec)?;
            self.after = Some(last(&newest).unwrap_or(StreamId::MIN));
            return Ok(Vec::new());
        };
        let found = entries_of_stream::<R>(reply, spec)?;
        self.after = Some(last(&found).unwrap_or(after));
        Ok(found)
    }
}

/// What gives up entries that were delivered too often, while others are taken over.
pub(super) struct Undertaker {
    pub(super) policy: GroupPolicy,
    pub(super) dead: Operand,
}

pub(super) struct Share {
    group: String,
    consumer: String,
    options: ConsumeOptions,
    /// Entries count as dealt with when they are delivered: none is ever its own.
    no_ack: bool,
    undertaker: Option<Undertaker>,
    stage: Stage,
    /// The greatest identifier of its own that it has seen: whatever it is given later is greater.
    seen: StreamId,
    /// When it last looked for entries of others.
    looked: Option<Instant>,
}

/// What a consumer asks for next.
#[derive(Clone, Copy)]
enum Stage {
    /// Its own unacknowledged entries after the last seen.
    Own,
    /// Those of others, this old, from this one on.
    Others(Duration, StreamId),
    /// Entries that no consumer has had.
    New,
}

impl Share {
    fn new(group: &str, consumer: &str, options: ConsumeOptions) -> Self {
        Self {
            group: group.to_owned(),
            consumer: consumer.to_owned(),
            options,
            no_ack: false,
            undertaker: None,
            stage: Stage::Own,
            seen: StreamId::MIN,
            looked: None,
        }
    }

    fn command(&self, key: &[u8], wait: Wait) -> Args {
        let count = self.options.count;
        if let Stage::Others(idle, from) = self.stage {
            return match &self.undertaker {
                None => autoclaim(&self.group, &self.consumer, key, idle, from, count),
                Some(Undertaker { policy, dead }) => {
                    Burial::new(*policy, dead).claim(key, &self.consumer, from, count)
                }
            };
        }
        let room = self.group.len() + self.consumer.len() + key.len() + 80;
        let args = Args::new("XREADGROUP", 11, room)
            .arg(b"GROUP")
            .arg(self.group.as_bytes())
            .arg(self.consumer.as_bytes())
            .counted(Some(count));
        match self.stage {
            Stage::Own => args.arg(b"STREAMS").arg(key).id(self.seen),
            _ => args
                .held(Some(wait))
                .arg_if(self.no_ack, b"NOACK")
                .arg(b"STREAMS")
                .arg(key)
                .arg(b">"),
        }
    }

    fn advance<R: Record>(&mut self, reply: Value, spec: &'static Spec) -> Result<Vec<Entry<R>>> {
        if let Stage::Others(idle, _) = self.stage {
            let found = match self.undertaker {
                None => claimed::<R>(reply, spec)?,
                Some(_) => reclaimed::<R>(reply, spec)?,
            };
            self.stage = match found.next {
                StreamId::MIN => Stage::New,
                next => Stage::Others(idle, next),
            };
            return Ok(found.entries);
        }
        let found = entries_of_stream::<R>(reply, spec)?;
        if let Some(last) = last(&found) {
            self.seen = self.seen.max(last);
        }
        if matches!(self.stage, Stage::New) || found.is_empty() {
            self.stage = self.look_around();
        }
        Ok(found)
    }

    /// What was delivered but did not arrive is pending by now, unless nothing ever is.
    fn lost(&mut self) {
        self.stage = match self.no_ack {
            true => Stage::New,
            false => Stage::Own,
        };
    }

    /// Looks for entries of others as often as they could become old enough.
    fn look_around(&mut self) -> Stage {
        match self.options.reclaim {
            Some(idle) if self.looked.is_none_or(|last| last.elapsed() >= idle) => {
                self.looked = Some(Instant::now());
                Stage::Others(idle, StreamId::MIN)
            }
            _ => Stage::New,
        }
    }
}

fn last<R>(found: &[Entry<R>]) -> Option<StreamId> {
    found.last().map(|entry| entry.id)
}
