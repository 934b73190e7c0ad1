//! Semaphores.

use std::future::Future;
use std::time::Duration;

use redis::Value;

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
use crate::structure::Semaphore;

/// How many permits are taken at the moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Permits {
    /// Permits that somebody has.
    pub taken: u32,
    /// Permits that are free; fewer permits than before may leave none although some were given back.
    pub free: u32,
    /// When the first of those taken ends unless it is renewed.
    pub next: Option<Duration>,
}

/// By a guard, which a store makes: it renews where the schema says so, and tells when the permit is lost.
impl<K, X> Handle<K, X, Semaphore>
where
    K: Held + Key<Structure = Semaphore>,
    X: Context,
{
    /// Takes a permit if one is free; `None` while others have them all.
    ///
    /// Runs a script around `ZCOUNT` and `ZADD`. O(log n) in the number of permits. Atomic.
    ///
    /// # Errors
    /// [`LeaseLost`](crate::ErrorKind::LeaseLost) when the answer took longer than the lease: then the permit is given back.
    pub async fn try_acquire<'s>(&self) -> Result<Option<Guard>>
    where
        X: AtStore<'s>,
    {
        self.place()?.try_acquire().await
    }

    /// Takes a permit, and waits for others as long as the schema says.
    ///
    /// Runs the script of [`try_acquire`](Self::try_acquire) until one is taken. O(log n) in the number of permits. Those of one process wait in line, as
    /// for a lock.
    ///
    /// # Errors
    /// [`NotAcquired`](crate::ErrorKind::NotAcquired) when others had them all the time; else as
    /// [`try_acquire`](Self::try_acquire).
    pub async fn acquire<'s>(&self) -> Result<Guard>
    where
        X: AtStore<'s>,
    {
        self.place()?.acquire(K::RULE.wait()).await
    }

    /// As `acquire`, and waits so long.
    ///
    /// Runs the script of [`try_acquire`](Self::try_acquire) until one is taken. O(log n) in the number of permits.
    ///
    /// # Errors
    /// As [`acquire`](Self::acquire).
    pub async fn acquire_within<'s>(&self, wait: Duration) -> Result<Guard>
    where
        X: AtStore<'s>,
    {
        self.place()?.acquire(wait).await
    }

    /// Takes a permit as `acquire` does, does some work, and gives it back; work that is not done when the permit is lost is dropped
    /// where it waits.
    ///
    /// Runs the scripts of [`acquire`](Self::acquire) and [`Guard::release`]. O(log n) in the number of permits.
    ///
    /// # Errors
    /// As [`acquire`](Self::acquire); [`LeaseLost`](crate::ErrorKind::LeaseLost) when the work was dropped, and
    /// [`NotOwned`](crate::ErrorKind::NotOwned) when it was done and the permit not held any more.
    pub async fn with_permit<'s, T, W>(&self, body: impl FnOnce(&Guard) -> W) -> Result<T>
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
        Place::of(self, kind::<K>())
    }
}

/// By a token, without a guard: on any connection, and for what one process takes and another gives back. Nothing renews it, and nobody
/// tells when it is lost.
impl<K, X> Handle<K, X, Semaphore>
where
    K: Held + Key<Structure = Semaphore>,
    X: Context,
{
    /// Takes a permit for a token if one is free; tells whether the token has one. A token that has one already still has
    /// it, for as long as before.
    ///
    /// Runs a script around `ZCOUNT` and `ZADD`. O(log n) in the number of permits. Atomic.
    pub fn acquire_as(&self, token: &Token) -> Command<bool, X> {
        self.command(Promise::Tokened, acquired, |key, lifetime| {
            let lease = Duration::from_millis(lifetime.millis());
            Ok(kind::<K>().acquire(key, token, lease).into())
        })
    }

    /// Starts the lease of a token's permit anew; tells whether the token still had one.
    ///
    /// Runs a script around `ZADD XX`. O(log n) in the number of permits. Atomic.
    pub fn renew_as(&self, token: &Token) -> Command<bool, X> {
        self.command(Promise::Tokened, reply::flag, |key, lifetime| {
            let lease = Duration::from_millis(lifetime.millis());
            Ok(kind::<K>().renew(key, token, lease).into())
        })
    }

    /// Gives the permit of a token back; one that has none changes nothing.
    ///
    /// Runs a script around `ZREM`. O(log n) in the number of permits. Atomic.
    pub fn release_as(&self, token: &Token) -> Command<(), X> {
        self.command(Promise::Tokened, reply::unit, |key, _| {
            Ok(kind::<K>().release(key, token).into())
        })
    }

    /// Takes all permits from whoever has them; returns how many there were. Their holders may still be at work.
    ///
    /// Runs a script around `DEL`. O(n) in the number of permits. Atomic.
    pub fn force_release(&self) -> Command<u64, X> {
        self.command(Promise::Repeatable, reply::count, |key, _| {
            Ok(kind::<K>().force(key).into())
        })
    }

    /// How many permits are taken and free at the moment.
    ///
    /// Runs a script around `ZCOUNT`. O(log n) in the number of permits.
    pub fn inspect(&self) -> Command<Permits, X> {
        self.command(Promise::Read, permits::<K>, |key, _| {
            Ok(kind::<K>().inspect(key).into())
        })
    }
}

fn kind<K: Held>() -> Kind {
    Kind::Permit(K::RULE.count())
}

fn acquired(value: Value, spec: &'static Spec) -> Result<bool> {
    Ok(matches!(answer(value, spec)?, Answer::Taken(_)))
}

fn permits<K: Held>(value: Value, spec: &'static Spec) -> Result<Permits> {
    let [taken, next] = pair(value, spec)?;
    let taken = u32::try_from(taken).map_err(|_| reply::unexpected(spec))?;
    Ok(Permits {
        taken,
        free: K::RULE.count().saturating_sub(taken),
        next: time(next),
    })
}
