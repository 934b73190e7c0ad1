//! Locks.

use std::future::Future;
use std::time::Duration;

use redis::Value;

use super::fence::Numbering;
use super::guard::Guard;
use super::hold::Place;
use super::rule::Held;
use super::script::{Answer, Kind, answer, pair, time};
use super::token::Token;
use crate::command::Command;
use crate::context::Context;
use crate::error::Result;
use crate::handle::Handle;
use crate::key::{Key, Spec};
use crate::reply;
use crate::retry::Promise;
use crate::slot::AtStore;
use crate::structure::Lock;

/// How a lock is held at the moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Holding<F = ()> {
    /// How long its lease still lasts; nothing where it has none, which somebody else must have written.
    pub left: Option<Duration>,
    /// The number of the last hold.
    pub number: F,
}

/// By a guard, which a store makes: it renews where the schema says so, and tells when the lock is lost.
impl<K, F, X> Handle<K, X, Lock<F>>
where
    K: Held + Key<Structure = Lock<F>>,
    F: Numbering,
    X: Context,
{
    /// Takes the lock if it is free; `None` while somebody else has it.
    ///
    /// Runs a script around `SET … PX`. O(1). Atomic.
    ///
    /// # Errors
    /// [`LeaseLost`](crate::ErrorKind::LeaseLost) when the answer took longer than the lease: then the lock is given back.
    pub async fn try_acquire<'s>(&self) -> Result<Option<Guard<F>>>
    where
        X: AtStore<'s>,
    {
        self.place()?.try_acquire().await
    }

    /// Takes the lock, and waits for others as long as the schema says.
    ///
    /// Runs the script of [`try_acquire`](Self::try_acquire) until it is taken. O(1). Those of one process wait in line: the first asks when something
    /// is given back in this process, when the lease of the holder ends, and every 25 to 40 ms besides.
    ///
    /// # Errors
    /// [`NotAcquired`](crate::ErrorKind::NotAcquired) when others held it all the time; else as [`try_acquire`](Self::try_acquire).
    pub async fn acquire<'s>(&self) -> Result<Guard<F>>
    where
        X: AtStore<'s>,
    {
        self.place()?.acquire(K::RULE.wait()).await
    }

    /// As `acquire`, and waits so long.
    ///
    /// Runs the script of [`try_acquire`](Self::try_acquire) until it is taken. O(1).
    ///
    /// # Errors
    /// As [`acquire`](Self::acquire).
    pub async fn acquire_within<'s>(&self, wait: Duration) -> Result<Guard<F>>
    where
        X: AtStore<'s>,
    {
        self.place()?.acquire(wait).await
    }

    /// Takes the lock as `acquire` does, does some work, and gives it back; work that is not done when the lock is lost is dropped
    /// where it waits.
    ///
    /// Runs the scripts of [`acquire`](Self::acquire) and [`Guard::release`]. O(1).
    ///
    /// ```no_run
    /// # use redis_schema::lock::{Fence, Held};
    /// # use redis_schema::{Handle, Result, Store, structure::Lock};
    /// # async fn work(_: u64) {}
    /// # async fn example<K: Held<Structure = Lock<Fence>>>(lock: Handle<K, &Store>) -> Result<()> {
    /// lock.with_lock(|guard| work(guard.fence().get())).await
    /// # }
    /// ```
    ///
    /// # Errors
    /// As [`acquire`](Self::acquire); [`LeaseLost`](crate::ErrorKind::LeaseLost) when the work was dropped, and
    /// [`NotOwned`](crate::ErrorKind::NotOwned) when it was done and the lock not held any more.
    pub async fn with_lock<'s, T, W>(&self, body: impl FnOnce(&Guard<F>) -> W) -> Result<T>
    where
        X: AtStore<'s>,
        W: Future<Output = T>,
    {
        self.place()?.held(body).await
    }

    fn place<'s>(&self) -> Result<Place>
    where
        X: AtStore<'s>,
    {
        Place::of(self, kind::<K, F>())
    }
}

/// By a token, without a guard: on any connection, and for what one process takes and another gives back. Nothing renews it, and nobody
/// tells when it is lost.
impl<K, F, X> Handle<K, X, Lock<F>>
where
    K: Held + Key<Structure = Lock<F>>,
    F: Numbering,
    X: Context,
{
    /// Takes the lock for a token if it is free; `None` while somebody else has it. A token that has it already still has
    /// it, for as long as before.
    ///
    /// Runs a script around `SET … PX`. O(1). Atomic.
    pub fn acquire_as(&self, token: &Token) -> Command<Option<F>, X> {
        self.command(Promise::Tokened, acquired, |key, lifetime| {
            let lease = Duration::from_millis(lifetime.millis());
            Ok(kind::<K, F>().acquire(key, token, lease).into())
        })
    }

    /// Starts the lease of a token anew; tells whether the token still had the lock.
    ///
    /// Runs a script around `PEXPIRE`. O(1). Atomic.
    pub fn renew_as(&self, token: &Token) -> Command<bool, X> {
        self.command(Promise::Tokened, reply::flag, |key, lifetime| {
            let lease = Duration::from_millis(lifetime.millis());
            Ok(kind::<K, F>().renew(key, token, lease).into())
        })
    }

    /// Gives the lock back for a token; one that does not have it changes nothing.
    ///
    /// Runs a script around `DEL`. O(1). Atomic.
    pub fn release_as(&self, token: &Token) -> Command<(), X> {
        self.command(Promise::Tokened, reply::unit, |key, _| {
            Ok(kind::<K, F>().release(key, token).into())
        })
    }

    /// Takes the lock from whoever has it; tells whether somebody had. Its holder may still be at work.
    ///
    /// Runs a script around `DEL`. O(1). Atomic.
    pub fn force_release(&self) -> Command<bool, X> {
        self.command(Promise::Repeatable, reply::flag, |key, _| {
            Ok(kind::<K, F>().force(key).into())
        })
    }

    /// How the lock is held at the moment; `None` when it is free.
    ///
    /// Runs a script around `PTTL`. O(1).
    pub fn inspect(&self) -> Command<Option<Holding<F>>, X> {
        self.command(Promise::Read, holding, |key, _| {
            Ok(kind::<K, F>().inspect(key).into())
        })
    }
}

fn kind<K: Held, F: Numbering>() -> Kind {
    if F::NUMBERED {
        Kind::Numbered(K::RULE.fence_millis())
    } else {
        Kind::Lock
    }
}

fn acquired<F: Numbering>(value: Value, spec: &'static Spec) -> Result<Option<F>> {
    Ok(match answer(value, spec)? {
        Answer::Taken(number) => Some(F::of(number)),
        Answer::Busy(_) => None,
    })
}

fn holding<F: Numbering>(value: Value, spec: &'static Spec) -> Result<Option<Holding<F>>> {
    let value = reply::checked(value, spec)?;
    if value == Value::Nil {
        return Ok(None);
    }
    let [left, number] = pair(value, spec)?;
    let number = u64::try_from(number).map_err(|_| reply::unexpected(spec))?;
    Ok(Some(Holding {
        left: time(left),
        number: F::of(number),
    }))
}
