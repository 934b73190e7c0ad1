//! One connection: who writes the bytes, who reads the replies, and what is known when it breaks.
//!
//! Callers append their commands to one buffer under a lock and wait in a slot. One task per connection owns
//! the socket: it sends whatever has gathered in one system call, reads replies in order and wakes their
//! callers. So concurrent callers are batched without anybody asking for it, and a call costs no allocation
//! and no timer of its own. A caller may write to the socket itself while its owner has nothing to send: alone,
//! and where many were woken together and the server would wait for the last of them.
//!
//! The task counts the bytes that the operating system has taken. When the connection breaks it therefore
//! knows of every request whether it [cannot have run](super::Failure::NotSent) or
//! [may have](super::Failure::Ambiguous).
//!
//! A caller that goes away, or whose time is over, leaves its slot behind: the late reply is swallowed, and
//! the replies after it still find their callers. A server that has been silent for twice the time allowed
//! loses the connection.

mod call;
mod direct;
mod driver;
mod gathering;
mod handshake;
mod input;
mod slot;
mod socket;
mod state;
#[cfg(feature = "tls")]
pub(crate) mod tls;
mod turn;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Waker;
use std::time::Duration;

use redis::{PushKind, Value};
use tokio::sync::Notify;
use tokio::time::Instant;

use super::config::{Endpoint, Login, Tuning};
use super::failure::{Cause, Failure};
use super::request::{Replies, Request};
use crate::observe::Load;
use state::State;
use turn::Turn;

pub(crate) use call::Call;
pub(crate) use state::Refused;

/// Takes messages that are no reply.
pub(crate) type PushSink = Box<dyn FnMut(PushKind, Vec<Value>) + Send>;

/// An open connection. Dropping it closes it once the requests under way are answered.
pub(crate) struct Link {
    shared: Arc<Shared>,
}

/// What callers and the task that owns the socket have in common.
struct Shared {
    state: Mutex<State>,
    /// Tells those who wait for the end.
    ended: Notify,
    /// Requests that may be under way at once.
    max_in_flight: usize,
    /// Time allowed for an answer.
    timeout: Option<Duration>,
}

impl Shared {
    /// So many requests under way are worth a warning.
    #[inline]
    fn crowded_at(&self) -> usize {
        (self.max_in_flight / 5 * 4).max(1)
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // Nothing in it is ever half changed when a panic could happen.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Link {
    /// Connects, introduces itself and starts the task that serves it.
    pub(crate) async fn open(
        endpoint: &Endpoint,
        login: &Login,
        tuning: &Tuning,
        push: Option<PushSink>,
    ) -> Result<Self, Cause> {
        // One time for all of it; who is waited for when it is over says more than that it is.
        let deadline = tokio::time::Instant::now() + tuning.connect_timeout;
        let (mut socket, direct) = socket::connect(endpoint, tuning, deadline).await?;
        let introduction = handshake::introduce(&mut socket, login, tuning);
        tokio::time::timeout_at(deadline, introduction)
            .await
            .unwrap_or(Err(Cause::Io(std::io::ErrorKind::TimedOut)))?;
        let shared = Arc::new(Shared {
            state: Mutex::new(State::new(tuning.max_in_flight.max(1), direct)),
            ended: Notify::new(),
            max_in_flight: tuning.max_in_flight.max(1),
            timeout: tuning.response_timeout,
        });
        let load = Load::new(|| endpoint.address.describe(), login.database);
        tokio::spawn(driver::Driver::new(Arc::clone(&shared), socket, push, load));
        Ok(Self { shared })
    }

    /// Whether requests can be sent.
    pub(crate) fn is_open(&self) -> bool {
        self.shared.lock().is_open()
    }

    /// Requests under way, and callers that wait for room.
    pub(crate) fn load(&self) -> (usize, usize) {
        let state = self.shared.lock();
        (state.in_flight(), state.waiting())
    }

    /// Sends a request at once, or says why not; the waker is woken when it is answered.
    #[inline]
    pub(crate) fn submit(
        &self,
        request: &Request<'_>,
        waker: Option<&Waker>,
    ) -> Result<Call, Refused> {
        let timeout = request.timeout.or(self.shared.timeout);
        let mut state = self.shared.lock();
        let (slot, driver) = state.submit(request, timeout, waker)?;
        let crowded = state.in_flight() == self.shared.crowded_at();
        drop(state);
        if crowded {
            crate::observe::crowded(self.shared.max_in_flight);
        }
        if let Some(driver) = driver {
            driver.wake();
        }
        Ok(Call::new(Arc::clone(&self.shared), slot))
    }

    /// Sends a request, waits for its answer, and before that for room if there is none.
    pub(crate) async fn send(
        &self,
        request: &Request<'_>,
        deadline: Option<Instant>,
    ) -> Result<Replies, Failure> {
        let mut request = *request;
        if let Some(deadline) = deadline {
            request.timeout = Some(deadline.saturating_duration_since(Instant::now()));
        }
        match self.submit(&request, None) {
            Ok(call) => call.await,
            Err(Refused::Over(cause)) => Err(Failure::NotSent(cause)),
            Err(Refused::Full) => self.queue(&request, deadline).await,
        }
    }

    /// Waits for room in turn with others.
    #[cold]
    async fn queue(
        &self,
        request: &Request<'_>,
        deadline: Option<Instant>,
    ) -> Result<Replies, Failure> {
        let turn = Turn::new(&self.shared, request, deadline);
        let turn = match deadline {
            None => turn.await,
            Some(deadline) => tokio::time::timeout_at(deadline, turn)
                .await
                .map_err(|_| Failure::NotSent(Cause::Full))?,
        };
        match turn {
            Ok(call) => call.await,
            Err(cause) => Err(Failure::NotSent(cause)),
        }
    }

    /// Takes no more requests; the connection ends when those under way are answered.
    pub(crate) fn close(&self) {
        let wakers = self.shared.lock().close();
        wakers.into_iter().for_each(Waker::wake);
    }

    /// Ends the connection whatever is under way.
    pub(crate) fn cut(&self) {
        let wakers = self.shared.lock().cut();
        wakers.into_iter().for_each(Waker::wake);
    }

    /// Waits until the connection has ended.
    pub(crate) async fn ended(&self) {
        loop {
            let ended = self.shared.ended.notified();
            tokio::pin!(ended);
            ended.as_mut().enable();
            if self.shared.lock().is_over() {
                return;
            }
            ended.await;
        }
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        self.close();
    }
}

impl std::fmt::Debug for Link {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Link").finish_non_exhaustive()
    }
}
