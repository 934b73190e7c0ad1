//! Limits of calls: whether one more is admitted, decided by the server in one script on one key.
//!
//! The script reads the server's clock, so that callers with wrong clocks neither starve others nor get more. It looks at
//! every rule before it writes: a call counts for all of them or for none. What it writes lives until no call counts
//! any more.

mod decision;
mod gcra;
mod rule;
mod sliding_log;
#[cfg(test)]
mod tests;
mod wait;

pub use decision::Decision;
pub use gcra::Gcra;
pub use rule::{Algorithm, LimitRule, Limited, Limits};
pub use sliding_log::SlidingLog;

use redis::Value;

use crate::command::Command;
use crate::context::Context;
use crate::error::{Error, ErrorKind, Result};
use crate::handle::Handle;
use crate::key::{Key, Spec};
use crate::observe;
use crate::reply::{self, Decode};
use crate::retry::Promise;
use crate::structure::RateLimit;
use crate::unavailable::Instead;

use rule::Ask;

impl<K, A: Algorithm, X: Context> Handle<K, X, RateLimit<A>>
where
    K: Limited + Key<Structure = RateLimit<A>>,
{
    /// Admits a call if every rule allows it; tells what was decided, and by which rule. A call that is refused does
    /// not count.
    ///
    /// Runs a script. O(rules); under `sliding_log` O(rules · log n) in the calls that count. Atomic. Its key lives until no
    /// call counts any more. A lost reply leaves open whether the call counts, so it is never sent again.
    ///
    /// Without the server `on_unavailable:` decides: by `allow` and `deny` the answer is that, and
    /// [`without_server`](Decision::without_server) tells; otherwise the call fails. A fail-over may lose the calls of
    /// the last moments: then as many more are admitted.
    ///
    /// ```no_run
    /// # use redis_schema::{Handle, Key, Result, Store, rate_limit::{Algorithm, Limited}, structure::RateLimit};
    /// # async fn example<A: Algorithm, K: Limited + Key<Structure = RateLimit<A>>>(
    /// #     calls: Handle<K, &Store>,
    /// # ) -> Result<()> {
    /// let decision = calls.admit().await?;
    /// if !decision.allowed {
    ///     println!("429, come back in {} s", decision.retry_after_seconds());
    /// }
    /// # Ok(()) }
    /// ```
    pub fn admit(&self) -> Command<Decision, X> {
        self.admit_cost(1)
    }

    /// As `admit`, for a call that costs more than others: as if so many came at once, all of them or none.
    ///
    /// Runs a script. O(rules); under `sliding_log` also O(cost · log n). Atomic.
    ///
    /// # Errors
    /// [`CostExceedsBurst`](ErrorKind::CostExceedsBurst) when no rule could ever let so much through, or `max_cost:` does
    /// not; [`Encode`](ErrorKind::Encode) for a cost of 0, which [`peek`](Self::peek) is for. Nothing is sent then.
    pub fn admit_cost(&self, cost: u32) -> Command<Decision, X> {
        self.ask(Promise::Unsafe, Ask::Admit, admitted::<K, A>, cost)
            .instead(Instead::decided(K::spec()))
    }

    /// What `admit` would decide; nothing counts.
    ///
    /// Runs a script that writes nothing. O(rules); under `sliding_log` O(rules · log n).
    pub fn peek(&self) -> Command<Decision, X> {
        self.ask(Promise::Read, Ask::Peek, decided::<K, A>, 1)
            .instead(Instead::decided(K::spec()))
    }

    /// Gives back what calls have cost that were admitted and came to nothing: never more than all of it.
    ///
    /// Under `sliding_log` the oldest calls are forgotten, whosever they are: no window has more calls than its rule
    /// says, those that were given back not counted.
    ///
    /// Runs a script. O(rules); under `sliding_log` O(cost · log n). Atomic.
    ///
    /// # Errors
    /// As [`admit_cost`](Self::admit_cost).
    pub fn refund(&self, cost: u32) -> Command<(), X> {
        self.ask(Promise::Unsafe, Ask::Refund, reply::unit, cost)
    }

    /// Forgets every call.
    ///
    /// Sends `DEL`. O(1); under `sliding_log` O(n).
    pub fn reset(&self) -> Command<(), X> {
        self.bare(Promise::Idempotent, reply::unit, "DEL")
    }

    fn ask<R>(&self, promise: Promise, ask: Ask, decode: Decode<R>, cost: u32) -> Command<R, X> {
        self.command(promise, decode, |key, _| {
            payable::<K>(cost)?;
            Ok(A::script(&K::LIMITS, key, ask, cost).into())
        })
    }
}

/// Refuses what could never be admitted.
fn payable<K: Limited>(cost: u32) -> Result<()> {
    let most = K::LIMITS.max_cost();
    if cost == 0 {
        return Err(Handle::<K>::refused("a cost of 0".into()));
    }
    if cost > most {
        return Err(too_dear(K::spec(), most));
    }
    Ok(())
}

#[cold]
fn too_dear(spec: &'static Spec, most: u32) -> Error {
    let detail = format!("at most {most} at once");
    Error::new(ErrorKind::CostExceedsBurst, spec.template, detail)
}

/// A number of a script's answer, which is never less than 0.
fn number(value: Option<&Value>) -> u64 {
    match value {
        Some(Value::Int(number)) => u64::try_from(*number).unwrap_or(0),
        _ => 0,
    }
}

/// The decision of a key's limiter.
fn decided<K: Limited, A: Algorithm>(value: Value, spec: &'static Spec) -> Result<Decision> {
    said::<A>(&K::LIMITS, value, spec)
}

/// As `decided`, of a call that goes on or does not.
fn admitted<K: Limited, A: Algorithm>(value: Value, spec: &'static Spec) -> Result<Decision> {
    let decision = decided::<K, A>(value, spec)?;
    observe::decided(spec.template, decision.allowed);
    Ok(decision)
}

/// What a script says, or what is said without a server.
fn said<A: Algorithm>(limits: &Limits, value: Value, spec: &'static Spec) -> Result<Decision> {
    if let Value::Boolean(allowed) = value {
        return limits
            .unasked(allowed)
            .ok_or_else(|| reply::unexpected(spec));
    }
    // Read where they are: another list would be all that a decision allocates.
    let numbers = reply::list(value, spec)?;
    if !numbers.iter().all(|it| matches!(it, Value::Int(0..))) {
        return Err(reply::unexpected(spec));
    }
    let [allowed, cost, rest @ ..] = numbers.as_slice() else {
        return Err(reply::unexpected(spec));
    };
    let verdicts = A::verdicts(limits, number(Some(cost)), rest);
    limits
        .decide(number(Some(allowed)) != 0, verdicts)
        .ok_or_else(|| reply::unexpected(spec))
}
