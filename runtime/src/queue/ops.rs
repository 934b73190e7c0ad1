//! What is done with a queue.

use std::time::Duration;

use super::reply::{acked, dead, enqueued, given_back, state, stats, tasks};
use super::{
    Acked, Claim, DeadTask, Enqueue, Enqueued, GivenBack, Priority, QueueStats, Queued, Task,
    TaskState, script,
};
use crate::cmd::Args;
use crate::codec::Codec;
use crate::command::Command;
use crate::context::Context;
use crate::handle::{Handle, millis};
use crate::key::Key;
use crate::lock::Token;
use crate::reply::{self, Decode};
use crate::retry::Promise;
use crate::structure::Queue;

/// What a queue's own name ends with in that of what its tasks carry.
const BEHIND: &[u8] = b":tasks";

/// At most so many tasks are claimed or told of at once.
const MOST: u32 = 100;

/// Bytes of an id.
const LONGEST_ID: usize = 512;

/// Bytes of why a task was given back.
const LONGEST_WHY: usize = 1_000;

/// A century: longer than anybody waits, and far from where scores end.
const LONGEST_DELAY: Duration = Duration::from_secs(100 * 366 * 24 * 3600);

/// Of queues whose tasks are all alike.
impl<K, C, X> Handle<K, X, Queue<C, ()>>
where
    K: Queued + Key<Structure = Queue<C, ()>>,
    C: Codec,
    X: Context,
{
    /// Adds a task, under an id of its own.
    ///
    /// Runs a script. O(log n). Atomic.
    pub fn enqueue(&self, payload: &C::Ref) -> Command<Enqueued, X> {
        self.enqueue_with(payload, Enqueue::new())
    }
}

impl<K, C, P, X> Handle<K, X, Queue<C, P>>
where
    K: Queued + Key<Structure = Queue<C, P>>,
    C: Codec,
    P: Priority,
    X: Context,
{
    /// Adds a task with a priority, after a while, or under an id that is taken once: while a task of this id is known, another is a
    /// duplicate, and adds nothing.
    ///
    /// Runs a script. O(log n). Atomic.
    ///
    /// # Errors
    /// [`Encode`](crate::ErrorKind::Encode) for an id without a byte or with more than 512.
    pub fn enqueue_with(
        &self,
        payload: &C::Ref,
        how: impl Into<Enqueue<P>>,
    ) -> Command<Enqueued, X> {
        let how = how.into();
        self.command(Promise::Tokened, enqueued, |key, _| {
            let own = Token::random();
            let id = how.id.as_deref();
            if id.is_some_and(|id| id.is_empty() || id.len() > LONGEST_ID) {
                return Err(Self::refused("a task's id has 1 to 512 bytes".into()));
            }
            let args =
                asked::<K>(script::ENQUEUE, key, 160).arg(id.unwrap_or(own.as_str()).as_bytes());
            let args = args.value::<C>(payload).map_err(Self::refused)?;
            let delay = millis(how.delay.min(LONGEST_DELAY));
            let args = args.uint(place(how.priority)).uint(delay);
            // Who makes an id up is known by it.
            Ok(args.arg(id.map_or("-", |_| own.as_str()).as_bytes()).into())
        })
    }

    /// Claims up to `count` tasks, 100 at most, the most urgent first: they are left to the caller for the declared lease. None when there is
    /// nothing to do, or the queue is paused.
    ///
    /// What is due by now waits among the others from then on, and so does what others claimed whose lease is over: that attempt
    /// counts, and a task that has no other left is dead.
    ///
    /// Runs a script. O((count + d) log n), where d is what is due or over, of which each call looks at 100. Atomic. A call that is sent again
    /// after a lost reply answers the tasks that it claimed.
    pub fn claim(&self, count: u32) -> Command<Vec<Task<C::Value, P>>, X> {
        self.claiming(count, tasks::<C, P>)
    }

    pub(super) fn claiming<R>(&self, count: u32, decode: Decode<R>) -> Command<R, X> {
        self.command(Promise::Tokened, decode, |key, _| {
            let args = asked::<K>(script::CLAIM, key, 120).arg(Token::random().as_str().as_bytes());
            let args = args.uint(count.min(MOST).into()).uint(K::RULE.lease);
            let ranks = u64::try_from(P::ALL.len()).unwrap_or(1);
            Ok(args.uint(K::RULE.attempts.into()).uint(ranks).into())
        })
    }

    /// Starts the lease of a claim anew; tells whether the claim still had the task. A lease that is over is never extended.
    ///
    /// Runs a script. O(log n). Atomic.
    pub fn extend(&self, task: &impl AsRef<Claim>) -> Command<bool, X> {
        self.of(script::EXTEND, task.as_ref(), reply::flag, |args| {
            args.uint(K::RULE.lease)
        })
    }

    /// Says that a task is done: its id is known for as long as the schema's `keep:` says, its payload is gone.
    ///
    /// A claim whose lease is over may still say so, as long as nobody else has claimed the task since.
    ///
    /// Runs a script. O(log n). Atomic.
    pub fn ack(&self, task: &impl AsRef<Claim>) -> Command<Acked, X> {
        self.of(script::ACK, task.as_ref(), acked, |args| args)
    }

    /// Gives a task back that could not be done: it is tried again after the declared back-off, or is dead when no attempt is left.
    /// Of `why`, 1000 bytes are kept.
    ///
    /// Runs a script. O(log n). Atomic.
    #[doc(alias = "nack")]
    pub fn retry(&self, task: &impl AsRef<Claim>, why: &str) -> Command<GivenBack, X> {
        self.give_back(task.as_ref(), why, -1)
    }

    /// As `retry`, to be tried again after exactly so long.
    ///
    /// Runs a script. O(log n). Atomic.
    pub fn retry_in(
        &self,
        task: &impl AsRef<Claim>,
        why: &str,
        delay: Duration,
    ) -> Command<GivenBack, X> {
        let delay = millis(delay.min(LONGEST_DELAY));
        self.give_back(task.as_ref(), why, i64::try_from(delay).unwrap_or(i64::MAX))
    }

    /// Gives a task up that can never be done, whatever attempts are left.
    ///
    /// Runs a script. O(log n). Atomic.
    #[doc(alias = "dead_letter")]
    pub fn bury(&self, task: &impl AsRef<Claim>, why: &str) -> Command<GivenBack, X> {
        self.give_back(task.as_ref(), why, -2)
    }

    fn give_back(&self, claim: &Claim, why: &str, delay: i64) -> Command<GivenBack, X> {
        self.of(script::GIVE_BACK, claim, given_back, |args| {
            let args = args.arg(shortened(why).as_bytes());
            let args = args.uint(K::RULE.attempts.into()).int(delay);
            let args = args.uint(K::RULE.first).uint(K::RULE.longest);
            args.uint(fastrand::u32(..).into())
        })
    }

    fn of<R>(
        &self,
        script: &str,
        claim: &Claim,
        decode: Decode<R>,
        more: impl FnOnce(Args) -> Args,
    ) -> Command<R, X> {
        self.command(Promise::Tokened, decode, |key, _| {
            let args = asked::<K>(script, key, 160).arg(claim.id.as_bytes());
            Ok(more(args.arg(claim.token.as_str().as_bytes())).into())
        })
    }

    /// What is known of a task; `None` when nothing is.
    ///
    /// Sends `ZSCORE`. O(1).
    pub fn state(&self, id: &str) -> Command<Option<TaskState>, X> {
        self.command(Promise::Read, state, |key, _| {
            let member = [b"t:", id.as_bytes()].concat();
            Ok(Args::sized("ZSCORE", key, 1, member.len())
                .arg(&member)
                .into())
        })
    }

    /// How many tasks there are.
    ///
    /// Runs a script that writes nothing. O(p log n), where p is the number of priorities.
    pub fn stats(&self) -> Command<QueueStats<P>, X> {
        self.command(Promise::Read, stats::<P>, |key, _| {
            let ranks = u64::try_from(P::ALL.len()).unwrap_or(1);
            Ok(asked::<K>(script::STATS, key, 32).uint(ranks).into())
        })
    }

    /// Up to `count` dead tasks, 100 at most, those that died first in front, without the first `skip`.
    ///
    /// Runs a script that writes nothing. O(log n + skip + count).
    pub fn dead(&self, skip: u64, count: u32) -> Command<Vec<DeadTask<C::Value, P>>, X> {
        self.command(Promise::Read, dead::<C, P>, |key, _| {
            let args = asked::<K>(script::DEAD, key, 48);
            Ok(args.uint(skip).uint(count.min(MOST).into()).into())
        })
    }

    /// Lets a dead task wait again, with all its attempts; tells whether it was dead.
    ///
    /// Runs a script. O(log n). Atomic.
    pub fn requeue_dead(&self, id: &str) -> Command<bool, X> {
        self.command(Promise::Repeatable, reply::flag, |key, _| {
            let args = asked::<K>(script::REQUEUE, key, 32 + id.len());
            Ok(args.arg(id.as_bytes()).into())
        })
    }

    /// Lets nobody claim anything until `resume`. What is claimed goes on, and may be acknowledged; tasks may be added.
    ///
    /// Runs a script. O(1). Atomic.
    pub fn pause(&self) -> Command<(), X> {
        self.pausing(b"1")
    }

    /// Lets tasks be claimed again.
    ///
    /// Runs a script. O(log n). Atomic.
    pub fn resume(&self) -> Command<(), X> {
        self.pausing(b"0")
    }

    fn pausing(&self, on: &'static [u8]) -> Command<(), X> {
        self.command(Promise::Idempotent, reply::unit, |key, _| {
            Ok(asked::<K>(script::PAUSE, key, 24).arg(on).into())
        })
    }

    /// Deletes every task, and all that is known of those that were; a pause ends.
    ///
    /// Sends `UNLINK` for the key and the one beside it. O(1) for other clients.
    pub fn clear(&self) -> Command<(), X> {
        self.command(Promise::Idempotent, reply::unit, |key, _| {
            let tasks = carried(key);
            Ok(Args::sized("UNLINK", key, 1, tasks.len())
                .arg(&tasks)
                .into())
        })
    }
}

/// As much of a text as is kept.
fn shortened(why: &str) -> &str {
    let end = (0..=LONGEST_WHY.min(why.len()))
        .rev()
        .find(|at| why.is_char_boundary(*at));
    &why[..end.unwrap_or_default()]
}

/// The name of the key with what the tasks carry.
fn carried(key: &[u8]) -> Vec<u8> {
    [key, BEHIND].concat()
}

/// A script on both keys of a queue, with what every script is told.
fn asked<K: Queued>(script: &str, key: &[u8], more_bytes: usize) -> Args {
    let args = Args::eval_on(script, &[key, &carried(key)], 40 + more_bytes);
    args.uint(K::RULE.done)
        .uint(K::RULE.dead)
        .uint(K::RULE.most_dead.into())
}

fn place<P: Priority>(priority: P) -> u64 {
    u64::try_from(priority.rank()).unwrap_or_default()
}
