//! Reading what the scripts answer.

use std::time::{Duration, UNIX_EPOCH};

use redis::Value;

use super::{Acked, Claim, DeadTask, Enqueued, GivenBack, Priority, QueueStats, Task, TaskState};
use crate::codec::Codec;
use crate::error::Result;
use crate::key::Spec;
use crate::lock::Token;
use crate::reply::{self, unexpected};

/// What a claim brought: tasks, and where there are none, in how much time there may be some.
pub(super) struct Claimed<V, P> {
    pub(super) tasks: Vec<Task<V, P>>,
    pub(super) due: Option<Duration>,
}

pub(super) fn enqueued(value: Value, spec: &'static Spec) -> Result<Enqueued> {
    let [added, id] = exactly(reply::list(value, spec)?, spec)?;
    let id = reply::text(id, spec)?;
    Ok(match reply::flag(added, spec)? {
        true => Enqueued::Added(id),
        false => Enqueued::Duplicate(id),
    })
}

pub(super) fn claimed<C: Codec, P: Priority>(
    value: Value,
    spec: &'static Spec,
) -> Result<Claimed<C::Value, P>> {
    let mut items = reply::list(value, spec)?.into_iter();
    let token = reply::text(items.next().ok_or_else(|| unexpected(spec))?, spec)?;
    let token: Token = token.parse().map_err(|_| unexpected(spec))?;
    let due = reply::int(items.next().ok_or_else(|| unexpected(spec))?, spec)?;
    let mut tasks = Vec::with_capacity(items.len() / 4);
    while let Some(id) = items.next() {
        let [attempt, rank, payload] = next(&mut items, spec)?;
        let claim = Claim {
            id: reply::text(id, spec)?,
            token,
        };
        tasks.push(Task {
            claim,
            attempt: small(attempt, spec)?,
            priority: priority(rank, spec)?,
            payload: reply::value::<C>(payload, spec),
        });
    }
    let due = u64::try_from(due).ok().map(Duration::from_millis);
    Ok(Claimed { tasks, due })
}

pub(super) fn tasks<C: Codec, P: Priority>(
    value: Value,
    spec: &'static Spec,
) -> Result<Vec<Task<C::Value, P>>> {
    claimed::<C, P>(value, spec).map(|claimed| claimed.tasks)
}

pub(super) fn acked(value: Value, spec: &'static Spec) -> Result<Acked> {
    Ok(match reply::int(value, spec)? {
        1 => Acked::Done,
        2 => Acked::AlreadyDone,
        _ => Acked::Lost,
    })
}

pub(super) fn given_back(value: Value, spec: &'static Spec) -> Result<GivenBack> {
    let [what, wait] = exactly(reply::list(value, spec)?, spec)?;
    let wait = reply::count(wait, spec)?;
    Ok(match reply::int(what, spec)? {
        1 => GivenBack::Waits(Duration::from_millis(wait)),
        2 => GivenBack::Dead,
        _ => GivenBack::Lost,
    })
}

/// Scores are shared out in ranges of this.
const RANGE: f64 = 35_184_372_088_832.0;

pub(super) fn state(value: Value, spec: &'static Spec) -> Result<Option<TaskState>> {
    let Some(score) = reply::optional_float(value, spec)? else {
        return Ok(None);
    };
    #[allow(clippy::cast_possible_truncation)]
    let range = (score / RANGE).floor() as i64;
    Ok(Some(match range {
        0..100 => TaskState::Waiting,
        100 => TaskState::Claimed,
        101 => TaskState::Delayed,
        102 => TaskState::Dead,
        103 => TaskState::Done,
        _ => return Err(unexpected(spec)),
    }))
}

pub(super) fn stats<P: Priority>(value: Value, spec: &'static Spec) -> Result<QueueStats<P>> {
    let mut items = reply::list(value, spec)?.into_iter();
    let [paused, delayed, claimed, dead, done] = next(&mut items, spec)?;
    let counts = items.map(|item| reply::count(item, spec));
    let counts = counts.collect::<Result<Vec<u64>>>()?;
    Ok(QueueStats {
        paused: reply::flag(paused, spec)?,
        waiting: P::ALL.iter().copied().zip(counts).collect(),
        delayed: reply::count(delayed, spec)?,
        claimed: reply::count(claimed, spec)?,
        dead: reply::count(dead, spec)?,
        done: reply::count(done, spec)?,
    })
}

pub(super) fn dead<C: Codec, P: Priority>(
    value: Value,
    spec: &'static Spec,
) -> Result<Vec<DeadTask<C::Value, P>>> {
    let mut items = reply::list(value, spec)?.into_iter();
    let mut tasks = Vec::with_capacity(items.len() / 6);
    while let Some(id) = items.next() {
        let [at, attempts, rank, why, payload] = next(&mut items, spec)?;
        let why = reply::bytes(why, spec)?;
        tasks.push(DeadTask {
            id: reply::text(id, spec)?,
            at: UNIX_EPOCH + Duration::from_millis(reply::count(at, spec)?),
            attempts: small(attempts, spec)?,
            priority: priority(rank, spec).ok(),
            why: String::from_utf8_lossy(&why).into_owned(),
            payload: reply::value::<C>(payload, spec),
        });
    }
    Ok(tasks)
}

fn priority<P: Priority>(rank: Value, spec: &'static Spec) -> Result<P> {
    let rank = usize::try_from(reply::count(rank, spec)?).map_err(|_| unexpected(spec))?;
    P::ALL.get(rank).copied().ok_or_else(|| unexpected(spec))
}

fn small(value: Value, spec: &'static Spec) -> Result<u32> {
    u32::try_from(reply::count(value, spec)?).map_err(|_| unexpected(spec))
}

fn exactly<const N: usize>(items: Vec<Value>, spec: &'static Spec) -> Result<[Value; N]> {
    <[Value; N]>::try_from(items).map_err(|_| unexpected(spec))
}

fn next<const N: usize>(
    items: &mut impl Iterator<Item = Value>,
    spec: &'static Spec,
) -> Result<[Value; N]> {
    exactly(items.by_ref().take(N).collect(), spec)
}
