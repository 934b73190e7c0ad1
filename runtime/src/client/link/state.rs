//! What callers and the task that owns the socket share: bytes to send, and slots in the order of sending.

use std::collections::VecDeque;
use std::task::Waker;
use std::time::Duration;

use redis::Value;
use tokio::time::Instant;

use super::direct::Direct;
use super::gathering::Gathering;
use super::slot::{Slot, Stage};
use crate::client::failure::{Cause, Failure};
use crate::client::request::{Replies, Request, Shape};

/// Bytes that may wait to be sent; beyond them a caller waits for room.
const MOST_BYTES: usize = 16 << 20;
/// Longer requests leave through the socket's owner: others should not wait for the lock meanwhile.
const LONE: usize = 16 << 10;

#[derive(Debug)]
pub(super) struct State {
    /// Requests that may be under way at once.
    most: usize,
    /// Bytes that wait to be sent.
    out: Vec<u8>,
    /// Bytes handed to the socket's owner so far, or sent past it.
    taken: u64,
    /// Those that were sent past the socket's owner.
    passed: u64,
    /// `None` once the connection has ended.
    direct: Option<Direct>,
    slots: Vec<Slot>,
    free: Vec<u32>,
    /// Requests without their whole answer, in the order of sending.
    wire: VecDeque<u32>,
    /// The last so many of them have no time of sending yet.
    fresh: usize,
    /// When the first of them is to be looked at.
    due: Option<Instant>,
    /// Callers that wait for room, in the order they came.
    queue: VecDeque<(u64, Option<Waker>)>,
    tickets: u64,
    closing: bool,
    /// What is under way is not waited for any more.
    cut: bool,
    over: Option<Cause>,
    /// The socket's owner sleeps until it is woken.
    asleep: Option<Waker>,
    /// It sleeps, has nothing left to send, and wakes by itself at this time if at all.
    idle: Option<Idle>,
    /// The socket's owner has nothing left to send and leaves the turn to callers that it has woken.
    gathering: Option<Gathering>,
}

/// When a socket's owner that has nothing to do looks after the requests by itself.
type Idle = Option<Instant>;

/// Why a request was not taken.
#[derive(Debug)]
pub(crate) enum Refused {
    /// As many are under way as may be.
    Full,
    /// The connection has ended or is about to.
    Over(Cause),
}

/// A request's slot, and the socket's owner if it is to be woken.
type Submitted = Result<(u32, Option<Waker>), Refused>;

/// What became of a request, and when it was sent.
type Answer = (Result<Replies, Failure>, Option<Instant>);

impl State {
    pub(super) fn new(most: usize, direct: Direct) -> Self {
        Self {
            most,
            passed: 0,
            direct: Some(direct),
            out: Vec::new(),
            taken: 0,
            slots: Vec::new(),
            free: Vec::new(),
            wire: VecDeque::new(),
            fresh: 0,
            due: None,
            queue: VecDeque::new(),
            tickets: 0,
            closing: false,
            cut: false,
            over: None,
            asleep: None,
            idle: None,
            gathering: None,
        }
    }

    pub(super) fn is_open(&self) -> bool {
        self.over.is_none() && !self.closing
    }

    pub(super) fn is_over(&self) -> bool {
        self.over.is_some()
    }

    pub(super) fn in_flight(&self) -> usize {
        self.wire.len()
    }

    /// Callers that wait for room.
    pub(super) fn waiting(&self) -> usize {
        self.queue.len()
    }

    /// Takes a request if there is room and nobody else waits for it.
    #[inline]
    pub(super) fn submit(
        &mut self,
        request: &Request<'_>,
        timeout: Option<Duration>,
        waker: Option<&Waker>,
    ) -> Submitted {
        if !self.queue.is_empty() && self.is_open() {
            return Err(Refused::Full);
        }
        self.put(request, timeout, waker)
    }

    /// A place among those who wait for room.
    pub(super) fn draw_ticket(&mut self) -> u64 {
        self.tickets += 1;
        self.queue.push_back((self.tickets, None));
        self.tickets
    }

    /// Takes a request whose caller waits for room, if it is its turn; else the waker is kept.
    pub(super) fn submit_in_turn(
        &mut self,
        ticket: u64,
        request: &Request<'_>,
        timeout: Option<Duration>,
        waker: &Waker,
    ) -> Submitted {
        let is_first = self
            .queue
            .front()
            .is_some_and(|(first, _)| *first == ticket);
        if is_first || !self.is_open() {
            let submitted = self.put(request, timeout, Some(waker));
            if !matches!(submitted, Err(Refused::Full)) {
                self.give_up(ticket);
                return submitted;
            }
        }
        if let Some(at) = self.place(ticket) {
            self.queue[at].1 = Some(waker.clone());
        }
        Err(Refused::Full)
    }

    /// The caller that is to be told that there is room for it.
    #[inline]
    pub(super) fn next_in_turn(&mut self) -> Option<Waker> {
        if self.queue.is_empty() || !self.has_room() {
            return None;
        }
        self.queue.front_mut()?.1.take()
    }

    /// Gives up a place.
    pub(super) fn give_up(&mut self, ticket: u64) {
        if let Some(at) = self.place(ticket) {
            self.queue.remove(at);
        }
    }

    fn place(&self, ticket: u64) -> Option<usize> {
        self.queue.binary_search_by_key(&ticket, |(it, _)| *it).ok()
    }

    #[inline]
    fn has_room(&self) -> bool {
        self.wire.len() < self.most && self.out.len() < MOST_BYTES
    }

    #[inline]
    fn put(
        &mut self,
        request: &Request<'_>,
        timeout: Option<Duration>,
        waker: Option<&Waker>,
    ) -> Submitted {
        if !self.is_open() {
            return Err(Refused::Over(self.over.clone().unwrap_or(Cause::Closed)));
        }
        if !self.has_room() {
            return Err(Refused::Full);
        }
        let start = self.taken + self.out.len() as u64;
        request.write(&mut self.out);
        let end = self.taken + self.out.len() as u64;
        let at = self.free.pop().unwrap_or_else(|| {
            self.slots.push(Slot::new());
            u32::try_from(self.slots.len() - 1).unwrap_or(u32::MAX)
        });
        let slot = &mut self.slots[at as usize];
        slot.begin(request.expect(), waker);
        slot.bytes = start..end;
        slot.indivisible = request.shape == Shape::Transaction || request.cmds.len() == 1;
        slot.timeout = timeout;
        self.wire.push_back(at);
        self.fresh += 1;
        if self.wire.len() == 1 && self.out.len() <= LONE && self.send_past() {
            return Ok((at, None));
        }
        self.idle = None;
        if let Some(gathering) = &mut self.gathering
            && gathering.is_enough(self.out.len())
            && !self.send_direct()
        {
            self.gathering = None;
        }
        Ok((at, self.asleep.take()))
    }

    /// Sends what has gathered while the socket's owner has nothing to do; whether all of it has left and
    /// the owner need not be woken.
    #[inline]
    fn send_past(&mut self) -> bool {
        let Some(wakes) = self.idle else {
            return false;
        };
        if !self.send_direct() {
            return false;
        }
        // It is in time for this request too, or the request has all the time there is.
        match (wakes, self.due) {
            (Some(wakes), Some(due)) => wakes <= due,
            (None, Some(_)) => false,
            (_, None) => true,
        }
    }

    /// Sends what has gathered past the socket's owner, which must have nothing to send itself; whether all
    /// of it has left.
    #[inline]
    fn send_direct(&mut self) -> bool {
        let Some(direct) = &self.direct else {
            return false;
        };
        let sent = direct.write(&self.out);
        self.out.drain(..sent);
        self.taken += sent as u64;
        self.passed += sent as u64;
        let all = self.out.is_empty();
        if all {
            self.stamp();
        }
        all
    }

    /// The answer of a slot if it is there; else the waker is kept.
    #[inline]
    pub(super) fn poll(&mut self, at: u32, waker: &Waker) -> Option<Answer> {
        let slot = &mut self.slots[at as usize];
        if matches!(slot.stage, Stage::Waiting) {
            if !slot
                .waker
                .as_ref()
                .is_some_and(|kept| kept.will_wake(waker))
            {
                slot.waker = Some(waker.clone());
            }
            return None;
        }
        let stage = std::mem::replace(&mut slot.stage, Stage::Gone);
        let sent = slot.sent;
        self.release(at);
        match stage {
            Stage::Done(answer) => Some((answer, sent)),
            Stage::Waiting | Stage::Gone => None,
        }
    }

    /// The caller of a slot has gone.
    pub(super) fn abandon(&mut self, at: u32) {
        let slot = &mut self.slots[at as usize];
        slot.stage = Stage::Gone;
        slot.waker = None;
        self.release(at);
    }

    /// Makes a slot free for the next request if nobody needs it any more.
    #[inline]
    fn release(&mut self, at: u32) {
        let slot = &self.slots[at as usize];
        if !slot.on_wire && matches!(slot.stage, Stage::Gone) {
            self.free.push(at);
        }
    }

    /// Hands the next reply to its request; `false` when nobody asked for one.
    #[inline]
    pub(super) fn deliver(&mut self, value: Value, wakers: &mut Vec<Waker>) -> bool {
        let Some(at) = self.wire.front().copied() else {
            return false;
        };
        let slot = &mut self.slots[at as usize];
        if slot.accept(value) {
            wakers.extend(slot.waker.take());
            self.wire.pop_front();
            self.fresh = self.fresh.min(self.wire.len());
            self.release(at);
        }
        true
    }

    /// So many callers were woken: what they send next leaves together. `clear` says that the socket's owner
    /// has nothing left to send.
    #[inline]
    pub(super) fn gather(&mut self, woken: usize, clear: bool) {
        self.idle = None;
        self.gathering = clear.then(|| Gathering::new(woken, self.wire.len()));
    }

    /// Hands over the bytes to send, in exchange for an empty buffer, and stamps their requests.
    #[inline]
    pub(super) fn take_bytes(&mut self, buffer: &mut Vec<u8>) {
        if self.out.is_empty() {
            return;
        }
        self.idle = None;
        self.gathering = None;
        std::mem::swap(&mut self.out, buffer);
        self.taken += buffer.len() as u64;
        self.stamp();
    }

    /// Starts the clocks of the requests that have come since.
    #[inline]
    fn stamp(&mut self) {
        if self.fresh == 0 {
            return;
        }
        let now = Instant::now();
        let first = self.wire.len() - self.fresh;
        for at in self.wire.range(first..) {
            let slot = &mut self.slots[*at as usize];
            slot.sent = Some(now);
            slot.due = slot.timeout.and_then(|timeout| now.checked_add(timeout));
            self.due = earlier(self.due, slot.due);
        }
        self.fresh = 0;
    }

    /// Before the socket's owner sleeps: when to wake it at the latest, or why it must not sleep.
    #[inline]
    pub(super) fn rest(&mut self, waker: &Waker, blocked: bool) -> Rest {
        if self.cut || self.closing && self.wire.is_empty() {
            return Rest::End;
        }
        if blocked {
            // What cannot leave has its time all the same.
            self.stamp();
        } else if !self.out.is_empty() {
            return Rest::Work;
        }
        self.gathering = None;
        self.asleep = Some(waker.clone());
        self.idle = (!blocked).then_some(self.due);
        Rest::Until(self.due)
    }

    /// Fails the requests whose time is over. Says whether the server has been silent for so long that the
    /// connection is to be given up.
    pub(super) fn expire(&mut self, now: Instant, heard: Instant, wakers: &mut Vec<Waker>) -> bool {
        let oldest = self
            .wire
            .front()
            .and_then(|at| self.slots[*at as usize].sent);
        let silent = oldest.map_or(Duration::ZERO, |sent| now - sent.max(heard).min(now));
        let mut lost = false;
        self.due = None;
        for at in &self.wire {
            let slot = &mut self.slots[*at as usize];
            if let (Some(due), Some(timeout)) = (slot.due, slot.timeout)
                && due <= now
            {
                wakers.extend(slot.fail(Failure::Ambiguous(Cause::Timeout)));
                lost |= silent >= timeout.saturating_mul(2);
                slot.due = now.checked_add(timeout.max(SHORTEST));
            }
            self.due = earlier(self.due, slot.due);
        }
        lost
    }

    /// Takes no more requests. Returns whom to wake.
    pub(super) fn close(&mut self) -> Vec<Waker> {
        self.closing = true;
        // Those who wait for room learn that there will be none.
        let queue = self.queue.iter_mut().filter_map(|(_, waker)| waker.take());
        queue.chain(self.asleep.take()).collect()
    }

    /// Ends the connection whatever is under way. Returns whom to wake.
    pub(super) fn cut(&mut self) -> Vec<Waker> {
        self.cut = true;
        self.close()
    }

    /// The connection has ended: fails every request according to how much of it had left.
    pub(super) fn end(&mut self, cause: &Cause, written: u64, wakers: &mut Vec<Waker>) {
        self.over = Some(cause.clone());
        self.direct = None;
        let written = written + self.passed;
        self.out = Vec::new();
        for at in std::mem::take(&mut self.wire) {
            let slot = &mut self.slots[at as usize];
            let failure = if slot.is_unsent(written) {
                Failure::NotSent(cause.clone())
            } else {
                Failure::Ambiguous(cause.clone())
            };
            wakers.extend(slot.fail(failure));
            slot.leave_wire();
            self.release(at);
        }
        let queue = self.queue.iter_mut();
        wakers.extend(queue.filter_map(|(_, waker)| waker.take()));
    }
}

/// What the socket's owner is to do when it has nothing to do.
#[derive(Debug)]
pub(super) enum Rest {
    /// Bytes have come meanwhile.
    Work,
    /// Sleep, until then at the latest.
    Until(Option<Instant>),
    /// Everything asked is answered, and nothing more will be.
    End,
}

/// A server that is silent is looked at no more often than this.
const SHORTEST: Duration = Duration::from_millis(10);

#[inline]
fn earlier(one: Option<Instant>, other: Option<Instant>) -> Option<Instant> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}
