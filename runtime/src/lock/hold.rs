//! One hold: where it is, until when, and what became of it.

use std::future::pending;
use std::sync::Arc;
use std::time::Duration;

use tokio::runtime::Handle as Runtime;
use tokio::sync::{Mutex, watch};
use tokio::time::{Instant, timeout_at};

use super::line::Name;
use super::rule::{Held, HoldRule};
use super::script::Kind;
use super::token::Token;
use crate::cmd::Args;
use crate::command::Built;
use crate::error::{Error, ErrorKind, Result};
use crate::handle::Handle;
use crate::key::Spec;
use crate::observe;
use crate::reply::{self, Decode};
use crate::retry::Promise;
use crate::settings::Schema;
use crate::slot::AtStore;
use crate::store::Store;
use crate::unavailable::Instead;

/// A century: longer leases mean for ever, and clocks end somewhere.
pub(super) const LONGEST: Duration = Duration::from_secs(36_500 * 86_400);

/// What is held, or wanted.
#[derive(Clone)]
pub(super) struct Place {
    pub(super) store: Store,
    pub(super) spec: &'static Spec,
    /// The schema is written for a cluster.
    pub(super) clustered: bool,
    pub(super) key: Vec<u8>,
    pub(super) kind: Kind,
    pub(super) lease: Duration,
    pub(super) rule: HoldRule,
}

impl Place {
    /// Where a key lies, by the settings of its store.
    pub(super) fn of<'s, K: Held, X: AtStore<'s>, S>(
        handle: &Handle<K, X, S>,
        kind: Kind,
    ) -> Result<Self> {
        let (store, spec) = (handle.context.store(), K::spec());
        let lease = store.settings().lifetime_of(spec).millis();
        Ok(Self {
            store: store.clone(),
            spec,
            clustered: K::Schema::SERVER.clustered,
            key: handle.key()?,
            kind,
            lease: Duration::from_millis(lease),
            rule: K::RULE,
        })
    }

    /// Sends a script.
    pub(super) async fn run<R>(
        &self,
        promise: Promise,
        args: Args,
        decode: Decode<R>,
    ) -> Result<R> {
        let built = Built {
            payload: args.into(),
            spec: self.spec,
            settings: self.store.settings().id(),
            promise,
            instead: Instead::Fail,
            clustered: self.clustered,
            block: None,
        };
        self.store.run(Ok(built), decode).await
    }

    /// Gives back what a token holds; tells whether it held it.
    pub(super) async fn release(&self, promise: Promise, token: &Token) -> Result<bool> {
        let args = self.kind.release(&self.key, token);
        let held = self.run(promise, args, reply::flag).await?;
        self.store.lines().freed(&self.name());
        Ok(held)
    }

    pub(super) fn name(&self) -> Name {
        (self.spec.database, self.key.as_slice().into())
    }

    pub(super) fn error(&self, kind: ErrorKind, detail: &'static str) -> Error {
        Error::new(kind, self.spec.template, detail)
    }
}

/// What a token may hold. Dropped, it gives that back in the background.
pub(super) struct Pledge(Option<(Place, Token, Runtime)>);

impl Pledge {
    pub(super) fn new(place: &Place, token: Token) -> Self {
        let runtime = Runtime::try_current().ok();
        Self(runtime.map(|runtime| (place.clone(), token, runtime)))
    }

    /// Nothing is held, or somebody else sees to it.
    pub(super) fn settled(&mut self) {
        self.0 = None;
    }
}

impl Drop for Pledge {
    fn drop(&mut self) {
        if let Some((place, token, runtime)) = self.0.take() {
            // Whether it works nobody is there to hear: else the lease ends it.
            drop(runtime.spawn(async move { place.release(Promise::Tokened, &token).await }));
        }
    }
}

/// One hold.
pub(super) struct Hold {
    pub(super) place: Place,
    pub(super) token: Token,
    since: Instant,
    /// It lasts no longer than until then.
    ends: Option<Instant>,
    state: watch::Sender<State>,
    /// Renewals go one after the other, so that the last one is the server's last one too.
    renewing: Mutex<()>,
}

/// How it stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct State {
    /// The server keeps it until then at least.
    until: Instant,
    /// What clocks and schedulers may be late.
    margin: Duration,
    pub(super) phase: Phase,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Phase {
    Held,
    /// It is being given back.
    Ending,
    Released,
    Lost,
}

impl State {
    fn new(since: Instant, lease: Duration) -> Self {
        Self {
            until: since + lease,
            margin: margin(lease),
            phase: Phase::Held,
        }
    }

    /// When a third of the lease is over.
    pub(super) fn due(&self, lease: Duration) -> Instant {
        let two_thirds = lease - lease / 3;
        self.until.checked_sub(two_thirds).unwrap_or(self.until)
    }

    /// When its holder must have stopped.
    pub(super) fn deadline(&self) -> Instant {
        self.until - self.margin
    }
}

/// A tenth of the lease, half a second at most.
fn margin(lease: Duration) -> Duration {
    (lease / 10).min(Duration::from_millis(500))
}

impl Hold {
    /// What was asked for at `since` and granted.
    pub(super) fn new(place: Place, token: Token, since: Instant, lease: Duration) -> Arc<Self> {
        let ends = place.rule.max_hold().map(|most| since + most);
        let (state, _) = watch::channel(State::new(since, lease));
        Arc::new(Self {
            place,
            token,
            since,
            ends,
            state,
            renewing: Mutex::new(()),
        })
    }

    pub(super) fn state(&self) -> State {
        *self.state.borrow()
    }

    pub(super) fn changes(&self) -> watch::Receiver<State> {
        self.state.subscribe()
    }

    /// Whether a renewal would lengthen it.
    pub(super) fn may_last(&self) -> bool {
        self.ends.is_none_or(|ends| self.state().until < ends)
    }

    /// The hold is over, given back or lost. Only who has changed its phase says so.
    fn over(&self, lost: bool) {
        observe::held(self.place.spec.template, self.since.elapsed(), lost);
    }

    fn become_(&self, from: &[Phase], to: Phase) -> bool {
        self.state.send_if_modified(|state| {
            let changes = from.contains(&state.phase);
            if changes {
                state.phase = to;
            }
            changes
        })
    }

    /// Notes that it is lost if its time is over; tells whether it is lost.
    pub(super) fn is_lost(&self) -> bool {
        let now_lost = self.state.send_if_modified(|state| {
            let over = state.phase == Phase::Held && Instant::now() >= state.deadline();
            if over {
                state.phase = Phase::Lost;
            }
            over
        });
        if now_lost {
            self.over(true);
        }
        self.state().phase == Phase::Lost
    }

    /// Comes back when it is lost; never when it is given back.
    pub(super) async fn lost(&self) {
        let mut changes = self.changes();
        loop {
            let state = *changes.borrow_and_update();
            match state.phase {
                Phase::Lost => return,
                Phase::Ending | Phase::Released => return pending().await,
                Phase::Held => {}
            }
            if timeout_at(state.deadline(), changes.changed())
                .await
                .is_err()
            {
                self.is_lost();
            }
        }
    }

    /// Lets the lease end so long from now, as far as `max_hold` goes.
    pub(super) async fn renew(&self, lease: Duration) -> Result<()> {
        let _turn = self.renewing.lock().await;
        if self.is_lost() {
            return Err(self.lost_error());
        }
        let since = Instant::now();
        let left = self.ends.map(|ends| ends.saturating_duration_since(since));
        let lease = lease.min(left.unwrap_or(LONGEST)).min(LONGEST);
        let asked = State::new(since, lease);
        // A shorter one counts from now on: whether an answer that is lost was a yes nobody knows.
        self.set(asked, |now| asked.deadline() < now.deadline());
        let args = self.place.kind.renew(&self.place.key, &self.token, lease);
        let held = self.place.run(Promise::Tokened, args, reply::flag).await?;
        if !held {
            if self.become_(&[Phase::Held], Phase::Lost) {
                self.over(true);
            }
            return Err(self.not_owned());
        }
        self.set(asked, |_| true);
        // What was told to be lost stays lost, whatever the server still thinks.
        if self.is_lost() {
            return Err(self.lost_error());
        }
        Ok(())
    }

    fn set(&self, to: State, when: impl FnOnce(&State) -> bool) {
        self.state.send_if_modified(|state| {
            let sets = state.phase == Phase::Held && when(state);
            if sets {
                *state = to;
            }
            sets
        });
    }

    /// How long it lasts as it is now.
    pub(super) fn left(&self) -> Duration {
        let until = self.state().until;
        until.saturating_duration_since(Instant::now())
    }

    /// Gives it back; tells whether it was still held.
    ///
    /// A first attempt is told from what follows it: when its answer is lost, a second one that finds nothing may have the first to thank
    /// for it. What was in time then was in time.
    pub(super) async fn release(&self) -> Result<bool> {
        let in_time = !self.is_lost();
        if self.become_(&[Phase::Held], Phase::Ending) {
            self.over(false);
        }
        let held = match self.place.release(Promise::Unsafe, &self.token).await {
            Err(error) if error.kind() == ErrorKind::Ambiguous => {
                let again = self.place.release(Promise::Tokened, &self.token).await;
                again.map(|held| held || in_time)
            }
            answer => answer,
        }?;
        self.become_(&[Phase::Ending, Phase::Lost], Phase::Released);
        Ok(held)
    }

    /// Stops what goes on beside it; tells whether there is something to give back.
    pub(super) fn abandon(&self) -> bool {
        self.is_lost();
        if self.become_(&[Phase::Held], Phase::Ending) {
            self.over(false);
        }
        self.become_(&[Phase::Lost], Phase::Ending);
        self.state().phase == Phase::Ending
    }

    pub(super) fn lost_error(&self) -> Error {
        let words = "its time was over before it was given back; somebody else may hold it";
        self.place.error(ErrorKind::LeaseLost, words)
    }

    pub(super) fn not_owned(&self) -> Error {
        let words = "it has expired, or was taken away";
        self.place.error(ErrorKind::NotOwned, words)
    }
}
