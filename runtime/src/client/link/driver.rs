//! The task that owns a connection's socket.

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker, ready};

use redis::{PushKind, Value};
use tokio::io::{AsyncRead as _, AsyncWrite as _, ReadBuf};
use tokio::time::{Instant, Sleep};

use super::input::Input;
use super::socket::Socket;
use super::state::Rest;
use super::{PushSink, Shared};
use crate::client::failure::Cause;
use crate::client::resp::Parser;
use crate::observe::Load;

/// Reads and writes before other tasks get their turn.
const TURNS: usize = 32;
/// Buffers beyond this size are given back once they are empty.
const KEPT: usize = 256 * 1024;

/// The task that owns a connection's socket. It ends with the connection.
pub(super) struct Driver {
    shared: Arc<Shared>,
    socket: Socket,
    parser: Parser,
    input: Input,
    /// Bytes being sent, and how many of them the system has taken.
    output: Vec<u8>,
    sent: usize,
    /// All bytes that the system has taken.
    written: u64,
    unflushed: bool,
    sleep: Pin<Box<Sleep>>,
    /// When `sleep` ends.
    armed: Option<Instant>,
    /// When the server last said anything.
    heard: Instant,
    push: Option<PushSink>,
    load: Load,
    replies: Vec<Value>,
    wakers: Vec<Waker>,
    /// Callers woken by the last read; several of them are likely to send something at once.
    burst: usize,
    is_over: bool,
}

impl Driver {
    pub(super) fn new(
        shared: Arc<Shared>,
        socket: Socket,
        push: Option<PushSink>,
        load: Load,
    ) -> Self {
        let now = Instant::now();
        Self {
            shared,
            socket,
            parser: Parser::terse(),
            input: Input::new(),
            output: Vec::new(),
            sent: 0,
            written: 0,
            unflushed: false,
            sleep: Box::pin(tokio::time::sleep_until(now)),
            armed: None,
            heard: now,
            push,
            load,
            replies: Vec::new(),
            wakers: Vec::new(),
            burst: 0,
            is_over: false,
        }
    }

    /// Works until there is nothing to do; returns why the connection has ended.
    fn work(&mut self, context: &mut Context<'_>) -> Poll<Cause> {
        for _ in 0..TURNS {
            let progress = self.write(context).and_then(|wrote| {
                let read = self.read(context)?;
                Ok(wrote || read)
            });
            match progress {
                Err(cause) => return Poll::Ready(cause),
                // Those who were woken get their turn first, so that what they send goes out together.
                Ok(true) if self.burst > 1 => break,
                Ok(true) => continue,
                Ok(false) => {}
            }
            // The socket takes no more at the moment, and wakes this task when it does.
            let blocked = self.sent < self.output.len();
            let mut state = self.shared.lock();
            let (rest, in_flight) = (state.rest(context.waker(), blocked), state.in_flight());
            drop(state);
            self.load.tell(in_flight);
            match rest {
                Rest::Work => continue,
                Rest::End => return Poll::Ready(Cause::Closed),
                Rest::Until(due) => {
                    if let Err(cause) = ready!(self.sleep_until(due, context)) {
                        return Poll::Ready(cause);
                    }
                }
            }
        }
        self.burst = 0;
        context.waker().wake_by_ref();
        Poll::Pending
    }

    /// Sends what there is; whether anything left.
    fn write(&mut self, context: &mut Context<'_>) -> Result<bool, Cause> {
        let mut progress = false;
        loop {
            if self.sent == self.output.len() && !self.refill() {
                break;
            }
            let rest = &self.output[self.sent..];
            match Pin::new(&mut self.socket).poll_write(context, rest) {
                Poll::Pending => break,
                Poll::Ready(Ok(0)) => return Err(Cause::Io(io::ErrorKind::WriteZero)),
                Poll::Ready(Ok(count)) => {
                    self.sent += count;
                    self.written += count as u64;
                    self.unflushed = true;
                    progress = true;
                }
                Poll::Ready(Err(error)) => {
                    if self.socket.is_buffered() {
                        // What an encrypting layer has passed on by then is not known.
                        self.written += rest.len() as u64;
                    }
                    return Err(error.into());
                }
            }
        }
        if self.unflushed
            && let Poll::Ready(flushed) = Pin::new(&mut self.socket).poll_flush(context)
        {
            flushed?;
            self.unflushed = false;
        }
        Ok(progress)
    }

    /// Takes the bytes that callers have left meanwhile.
    fn refill(&mut self) -> bool {
        self.output.clear();
        self.output.shrink_to(KEPT);
        self.sent = 0;
        let mut state = self.shared.lock();
        state.take_bytes(&mut self.output);
        let next = state.next_in_turn();
        drop(state);
        next.into_iter().for_each(Waker::wake);
        !self.output.is_empty()
    }

    /// Reads what has come and hands it out; whether anything has.
    fn read(&mut self, context: &mut Context<'_>) -> Result<bool, Cause> {
        let mut buffer = ReadBuf::new(self.input.room());
        match Pin::new(&mut self.socket).poll_read(context, &mut buffer) {
            Poll::Pending => return Ok(false),
            Poll::Ready(result) => result?,
        }
        let count = buffer.filled().len();
        if count == 0 {
            return Err(Cause::Io(io::ErrorKind::UnexpectedEof));
        }
        self.input.came(count);
        let understood = self.understand();
        self.hand_out()?;
        understood?;
        Ok(true)
    }

    /// Collects whole replies.
    fn understand(&mut self) -> Result<(), Cause> {
        let mut bytes = self.input.bytes();
        let result = loop {
            match self.parser.next(&mut bytes) {
                // What says that the server listens to a command is its answer.
                Ok(Some(Value::Push {
                    kind: PushKind::Subscribe | PushKind::PSubscribe | PushKind::SSubscribe,
                    ..
                })) => self.replies.push(Value::Okay),
                Ok(Some(Value::Push { kind, data })) => {
                    if let Some(push) = &mut self.push {
                        push(kind, data);
                    }
                }
                Ok(Some(value)) => self.replies.push(value),
                Ok(None) => break Ok(()),
                Err(malformed) => break Err(malformed.into()),
            }
        };
        let left = bytes.len();
        self.input.keep(left);
        result
    }

    /// Gives the replies to their callers and wakes them.
    fn hand_out(&mut self) -> Result<(), Cause> {
        self.heard = Instant::now();
        let mut expected = true;
        let mut state = self.shared.lock();
        for value in self.replies.drain(..) {
            expected &= state.deliver(value, &mut self.wakers);
        }
        self.wakers.extend(state.next_in_turn());
        if self.wakers.len() > 1 {
            state.gather(self.wakers.len(), self.sent == self.output.len());
        }
        drop(state);
        self.burst = self.wakers.len();
        self.wakers.drain(..).for_each(Waker::wake);
        if expected {
            Ok(())
        } else {
            Err(Cause::Malformed("the server said what nobody asked for"))
        }
    }

    /// Waits until the first request's time is over. Ready when that has happened and been seen to.
    fn sleep_until(
        &mut self,
        due: Option<Instant>,
        context: &mut Context<'_>,
    ) -> Poll<Result<(), Cause>> {
        let Some(due) = due else {
            return Poll::Pending;
        };
        // A timer that is early is left alone: it would have to be moved for nearly every request.
        if self.armed.is_none_or(|armed| due < armed) {
            self.sleep.as_mut().reset(due);
            self.armed = Some(due);
        }
        ready!(self.sleep.as_mut().poll(context));
        self.armed = None;
        let lost = self
            .shared
            .lock()
            .expire(Instant::now(), self.heard, &mut self.wakers);
        self.wakers.drain(..).for_each(Waker::wake);
        Poll::Ready(if lost { Err(Cause::Timeout) } else { Ok(()) })
    }

    /// Tells every caller that the connection has ended.
    fn end(&mut self, cause: &Cause) {
        if std::mem::replace(&mut self.is_over, true) {
            return;
        }
        self.shared
            .lock()
            .end(cause, self.written, &mut self.wakers);
        self.wakers.drain(..).for_each(Waker::wake);
        self.shared.ended.notify_waiters();
    }
}

impl Future for Driver {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let cause = ready!(self.work(context));
        self.end(&cause);
        Poll::Ready(())
    }
}

impl Drop for Driver {
    /// The runtime has gone, or the connection has ended.
    fn drop(&mut self) {
        self.end(&Cause::Io(io::ErrorKind::ConnectionAborted));
    }
}
