//! Waiting for room, first come, first served.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use tokio::time::Instant;

use super::call::Call;
use super::{Refused, Shared};
use crate::client::failure::Cause;
use crate::client::request::Request;

/// A place among those who wait for room, given up when dropped. Ready when the request is sent.
pub(super) struct Turn<'l> {
    shared: &'l Arc<Shared>,
    request: &'l Request<'l>,
    deadline: Option<Instant>,
    /// `None` before it has a place and after it has had its turn.
    ticket: Option<u64>,
}

impl<'l> Turn<'l> {
    pub(super) fn new(
        shared: &'l Arc<Shared>,
        request: &'l Request<'l>,
        deadline: Option<Instant>,
    ) -> Self {
        Self {
            shared,
            request,
            deadline,
            ticket: None,
        }
    }
}

impl Future for Turn<'_> {
    type Output = Result<Call, Cause>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let mut request = *self.request;
        if let Some(deadline) = self.deadline {
            request.timeout = Some(deadline.saturating_duration_since(Instant::now()));
        }
        let timeout = request.timeout.or(self.shared.timeout);
        let mut state = self.shared.lock();
        let ticket = match self.ticket {
            Some(ticket) => ticket,
            None => state.draw_ticket(),
        };
        let submitted = state.submit_in_turn(ticket, &request, timeout, context.waker());
        let next = state.next_in_turn();
        drop(state);
        next.into_iter().for_each(Waker::wake);
        match submitted {
            Err(Refused::Full) => {
                self.ticket = Some(ticket);
                Poll::Pending
            }
            Err(Refused::Over(cause)) => {
                self.ticket = None;
                Poll::Ready(Err(cause))
            }
            Ok((slot, driver)) => {
                self.ticket = None;
                driver.into_iter().for_each(Waker::wake);
                Poll::Ready(Ok(Call::new(Arc::clone(self.shared), slot)))
            }
        }
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        let Some(ticket) = self.ticket else { return };
        let next = {
            let mut state = self.shared.lock();
            state.give_up(ticket);
            state.next_in_turn()
        };
        next.into_iter().for_each(Waker::wake);
    }
}
