//! Taking what may be taken already.

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::{Either, select};
use tokio::time::{Instant, timeout, timeout_at};

use super::fence::Numbering;
use super::guard::Guard;
use super::hold::{Hold, LONGEST, Place, Pledge};
use super::script::{Answer, answer};
use super::token::Token;
use super::watchdog;
use crate::error::{Error, ErrorKind, Result};
use crate::observe::Acquiring;
use crate::retry::Promise;

/// How long the first in line waits before it asks again, where nobody in this process gives back: with what a round trip takes, within
/// 50 ms of somebody else's release.
const PAUSE: std::ops::RangeInclusive<u64> = 25..=40;

/// What an attempt came to.
enum Outcome<F: Numbering> {
    Mine(Guard<F>),
    /// Others hold it for so long, as it is now.
    Busy(Option<Duration>),
}

impl Place {
    /// One attempt.
    pub(super) async fn try_acquire<F: Numbering>(&self) -> Result<Option<Guard<F>>> {
        let mut told = Acquiring::begin(self.spec.template);
        let outcome = self.attempt().await;
        match &outcome {
            Ok(Outcome::Mine(_)) => told.acquired(),
            Ok(Outcome::Busy(_)) => told.busy(),
            Err(_) => told.failed(),
        }
        Ok(match outcome? {
            Outcome::Mine(guard) => Some(guard),
            Outcome::Busy(_) => None,
        })
    }

    /// Attempts until it is taken or the time is over.
    pub(super) async fn acquire<F: Numbering>(&self, wait: Duration) -> Result<Guard<F>> {
        if wait.is_zero() {
            return self.try_acquire().await?.ok_or_else(|| self.taken(wait));
        }
        let mut told = Acquiring::begin(self.spec.template);
        let outcome = self.stand_in_line(wait).await;
        match &outcome {
            Ok(_) => told.acquired(),
            Err(error) if error.kind() == ErrorKind::NotAcquired => told.busy(),
            Err(_) => told.failed(),
        }
        outcome
    }

    async fn stand_in_line<F: Numbering>(&self, wait: Duration) -> Result<Guard<F>> {
        let now = Instant::now();
        // Who waits for ever waits for a century.
        let until = now.checked_add(wait).unwrap_or(now + LONGEST);
        let seat = self.store.lines().join(self.name());
        let Ok(_turn) = timeout_at(until, seat.turn()).await else {
            return Err(self.taken(wait));
        };
        loop {
            let left = match self.attempt().await? {
                Outcome::Mine(guard) => return Ok(guard),
                Outcome::Busy(left) => left,
            };
            let now = Instant::now();
            if now >= until {
                return Err(self.taken(wait));
            }
            let pause = pause(left).min(until - now);
            // Early or not: it is asked again.
            let _ = timeout(pause, seat.freed()).await;
        }
    }

    /// Takes it, does the work, and gives it back; the work ends where the hold does.
    pub(super) async fn held<F, T, W>(&self, body: impl FnOnce(&Guard<F>) -> W) -> Result<T>
    where
        F: Numbering,
        W: Future<Output = T>,
    {
        let guard = self.acquire(self.rule.wait()).await?;
        let done = {
            let work = pin!(body(&guard));
            let lost = pin!(guard.lost());
            match select(work, lost).await {
                Either::Left((done, _)) => Some(done),
                Either::Right(_) => None,
            }
        };
        let Some(done) = done else {
            return Err(guard.lost_error());
        };
        match guard.release().await {
            Err(error) if error.kind() == ErrorKind::NotOwned => Err(error),
            // It was held all the while; that giving it back takes longer is not the work's fault.
            _ => Ok(done),
        }
    }

    async fn attempt<F: Numbering>(&self) -> Result<Outcome<F>> {
        let token = Token::random();
        let most = self.rule.max_hold();
        let lease = most.map_or(self.lease, |most| most.min(self.lease));
        let args = self.kind.acquire(&self.key, &token, lease);
        let mut pledge = Pledge::new(self, token);
        // Before it is sent: the server cannot begin to count any sooner.
        let since = Instant::now();
        let number = match self.run(Promise::Tokened, args, answer).await {
            Ok(Answer::Taken(number)) => number,
            Ok(Answer::Busy(left)) => {
                pledge.settled();
                return Ok(Outcome::Busy(left));
            }
            Err(error) => {
                if !may_have_run(&error) {
                    pledge.settled();
                }
                return Err(error);
            }
        };
        pledge.settled();
        let hold = Hold::new(self.clone(), token, since, lease);
        let guard = Guard::new(Arc::clone(&hold), number);
        if hold.is_lost() {
            return Err(hold.lost_error());
        }
        if self.rule.renews() {
            tokio::spawn(watchdog::keep(hold));
        }
        Ok(Outcome::Mine(guard))
    }

    fn taken(&self, wait: Duration) -> Error {
        let waited = if wait.is_zero() {
            "others hold it".to_owned()
        } else {
            format!("others held it for all of {} ms", wait.as_millis())
        };
        Error::new(ErrorKind::NotAcquired, self.spec.template, waited)
    }
}

fn may_have_run(error: &Error) -> bool {
    error.is_unavailable() || error.kind() == ErrorKind::Ambiguous
}

/// Until it may be free, and no longer than what hides a release elsewhere.
fn pause(left: Option<Duration>) -> Duration {
    let pause = Duration::from_millis(fastrand::u64(PAUSE));
    let left = left.map_or(pause, |left| left + Duration::from_millis(1));
    left.min(pause)
}
