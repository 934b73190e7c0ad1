//! What somebody holds.

use std::future::Future;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::fence::{Fence, Numbering};
use super::hold::{Hold, Pledge};
use super::token::Token;
use crate::error::{ErrorKind, Result};

/// A lock or a permit that this process holds. With a number where the schema says `fencing: true`.
///
/// Dropping it gives it back in the background, as well as that goes: nobody hears whether it worked, and when the program ends first,
/// the lease ends it. [`release`](Self::release) tells.
#[must_use = "dropping a guard gives back what it holds"]
pub struct Guard<F = ()> {
    hold: Arc<Hold>,
    number: F,
}

impl<F: Numbering> Guard<F> {
    pub(super) fn new(hold: Arc<Hold>, number: u64) -> Self {
        Self {
            hold,
            number: F::of(number),
        }
    }

    /// Gives it back.
    ///
    /// Sends a script around `DEL` (`ZREM` of a permit). O(1), of a permit O(log n) in their number. Atomic. When the answer is lost, it is
    /// sent again, and that nothing is there any more is then no error.
    ///
    /// # Errors
    /// [`NotOwned`](ErrorKind::NotOwned): it was not held any more, and somebody else may have held it meanwhile. Whatever else it fails
    /// by: giving it back goes on in the background, and the lease ends it at the latest.
    pub async fn release(self) -> Result<()> {
        if self.hold.release().await? {
            return Ok(());
        }
        Err(self.hold.not_owned())
    }

    /// Starts the declared lease anew, as far as `max_hold` goes.
    ///
    /// Sends a script around `PEXPIRE` (`ZADD XX` of a permit). O(1), of a permit O(log n) in their number. Atomic.
    ///
    /// # Errors
    /// [`NotOwned`](ErrorKind::NotOwned) and [`LeaseLost`](ErrorKind::LeaseLost): it is lost, and stays so.
    pub async fn renew(&self) -> Result<()> {
        self.hold.renew(self.hold.place.lease).await
    }

    /// Lets what is left of the lease be longer by a time, as far as `max_hold` goes.
    ///
    /// Sends what [`renew`](Self::renew) does. O(1).
    ///
    /// # Errors
    /// As [`renew`](Self::renew); [`Encode`](ErrorKind::Encode) when the time is zero.
    pub async fn extend_by(&self, time: Duration) -> Result<()> {
        self.positive(time)?;
        self.hold.renew(self.hold.left().saturating_add(time)).await
    }

    /// Lets the lease end a time from now, be that sooner or later, as far as `max_hold` goes.
    ///
    /// Sends what [`renew`](Self::renew) does. O(1).
    ///
    /// # Errors
    /// As [`renew`](Self::renew); [`Encode`](ErrorKind::Encode) when the time is zero.
    pub async fn set_lease(&self, lease: Duration) -> Result<()> {
        self.positive(lease)?;
        self.hold.renew(lease).await
    }

    /// When its holder must have stopped, by this process's clock: a tenth of the lease, half a second at most, before the server may give
    /// it to somebody else. A renewal moves it.
    #[must_use]
    pub fn deadline(&self) -> Instant {
        self.hold.state().deadline().into_std()
    }

    /// Whether it is lost: its deadline is over, or the server said that somebody else may have it. It never comes back.
    #[must_use]
    pub fn is_lost(&self) -> bool {
        self.hold.is_lost()
    }

    /// Completes when it is lost, before the server gives it to somebody else; never when it is given back. It may be awaited anywhere, and
    /// by several.
    ///
    /// A process that is stopped hears nothing; it learns when it goes on.
    pub fn lost(&self) -> impl Future<Output = ()> + Send + use<F> {
        let hold = Arc::clone(&self.hold);
        async move { hold.lost().await }
    }

    /// Whose hold it is, for another process to renew and release it by.
    #[must_use]
    pub fn token(&self) -> Token {
        self.hold.token
    }

    fn positive(&self, time: Duration) -> Result<()> {
        if time.is_zero() {
            let words = "a lease of no time; `release` gives it back";
            return Err(self.hold.place.error(ErrorKind::Encode, words));
        }
        Ok(())
    }

    pub(super) fn lost_error(&self) -> crate::Error {
        self.hold.lost_error()
    }
}

impl Guard<Fence> {
    /// The number of the hold: higher than those of all holds before. Give it to what the lock guards.
    #[must_use]
    pub const fn fence(&self) -> Fence {
        self.number
    }
}

impl<F> Drop for Guard<F> {
    fn drop(&mut self) {
        if self.hold.abandon() {
            drop(Pledge::new(&self.hold.place, self.hold.token));
        }
    }
}

impl<F: std::fmt::Debug> std::fmt::Debug for Guard<F> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let template = self.hold.place.spec.template;
        write!(f, "Guard({template}, {:?})", self.number)
    }
}
