//! A request under way, as its caller sees it.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use tokio::time::Instant;

use super::Shared;
use crate::client::failure::Failure;
use crate::client::request::Replies;

/// A request under way. Dropping it abandons the reply, not the command: that may still run.
pub(crate) struct Call {
    shared: Arc<Shared>,
    /// `None` once the answer has been taken.
    slot: Option<u32>,
    sent: Option<Instant>,
}

impl Call {
    pub(super) fn new(shared: Arc<Shared>, slot: u32) -> Self {
        Self {
            shared,
            slot: Some(slot),
            sent: None,
        }
    }

    /// When it was sent; known once it is answered.
    pub(crate) fn sent(&self) -> Option<Instant> {
        self.sent
    }
}

impl Future for Call {
    type Output = Result<Replies, Failure>;

    #[inline]
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let Some(slot) = self.slot else {
            return Poll::Pending;
        };
        let answer = self.shared.lock().poll(slot, context.waker());
        match answer {
            None => Poll::Pending,
            Some((answer, sent)) => {
                self.slot = None;
                self.sent = sent;
                Poll::Ready(answer)
            }
        }
    }
}

impl Drop for Call {
    fn drop(&mut self) {
        if let Some(slot) = self.slot {
            self.shared.lock().abandon(slot);
        }
    }
}

impl std::fmt::Debug for Call {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Call").finish_non_exhaustive()
    }
}
