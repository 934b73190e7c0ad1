//! A circuit breaker for one server: when most of what it is asked fails, it is not asked for a while, so
//! that callers learn at once what they would learn after a time-out, and the server can recover.
//!
//! ```text
//! closed ──(most calls of the window failed)──> open ──(its time is over)──> half open
//!   ^                                            ^                              │
//!   └──────(as many probes worked as may run)────┼──────────────────────────────┤
//!                                                └──────(a probe failed)────────┘
//! ```
//!
//! As long as nothing fails a call costs one load: counting begins with the first failure, and goes on until
//! a window has passed without another. The calls before it are given credit as if the fewest calls that
//! allow a verdict had worked, so that a short burst does not open it.

mod settings;
#[cfg(test)]
mod tests;
mod window;

use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};

pub use settings::BreakerOptions;

use crate::observe::{self, BreakerState};
use window::Window;

/// How a call went, in the eyes of the breaker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// The server answered, be it with an error of the caller's making.
    Good,
    /// It could not be reached, did not answer in time, or says that it cannot work.
    Bad,
}

/// Why a call was not made: the breaker is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Open {
    /// How long it has been open, half-open times included.
    pub(crate) since: Duration,
}

/// What the state is, for those who only look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Everything passes; nothing has failed lately.
    Calm,
    /// Everything passes and is counted.
    Watchful,
    /// Nothing passes.
    Open,
    /// A few probes pass.
    HalfOpen,
}

impl Mode {
    const ALL: [Self; 4] = [Self::Calm, Self::Watchful, Self::Open, Self::HalfOpen];

    /// As it is shown to users.
    pub(crate) fn shown(self) -> BreakerState {
        match self {
            Self::Calm | Self::Watchful => BreakerState::Closed,
            Self::HalfOpen => BreakerState::HalfOpen,
            Self::Open => BreakerState::Open,
        }
    }
}

/// The breaker of one server.
#[derive(Debug)]
pub(crate) struct Breaker {
    options: BreakerOptions,
    mode: AtomicU8,
    /// Whether anything has ever worked: only then is there credit.
    worked: AtomicBool,
    /// The server and database, once they are known.
    place: OnceLock<(String, u16)>,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    window: Window,
    /// Since when it is open, and until when nothing passes.
    since: Instant,
    until: Instant,
    /// How often in a row it was opened without having been closed.
    openings: u32,
    /// Probes under way.
    probes: u32,
    /// Probes that have worked since it is half open.
    worked: u32,
    /// Grows with every change, so that a call that began before it does not count after it.
    generation: u32,
}

/// Leave to make a call. What became of it is said by [`Permit::report`]; dropped without, it does not count.
#[derive(Debug)]
pub(crate) struct Permit {
    breaker: Arc<Breaker>,
    /// The generation, if it is a probe.
    probe: Option<u32>,
    started: Option<Instant>,
}

impl Breaker {
    pub(crate) fn new(options: BreakerOptions) -> Arc<Self> {
        let now = Instant::now();
        Arc::new(Self {
            mode: AtomicU8::new(Mode::Calm as u8),
            worked: AtomicBool::new(false),
            place: OnceLock::new(),
            state: Mutex::new(State {
                window: Window::new(options.window),
                since: now,
                until: now,
                openings: 0,
                probes: 0,
                worked: 0,
                generation: 0,
            }),
            options,
        })
    }

    /// Asks for leave to make a call.
    pub(crate) fn admit(self: &Arc<Self>) -> Result<Permit, Open> {
        match self.mode() {
            Mode::Calm | Mode::Watchful => Ok(self.admitted()),
            Mode::Open | Mode::HalfOpen => self.admit_at(Instant::now()),
        }
    }

    /// Leave for a call that has been made already.
    pub(crate) fn admitted(self: &Arc<Self>) -> Permit {
        Permit {
            breaker: Arc::clone(self),
            probe: None,
            started: self.options.slow.map(|_| Instant::now()),
        }
    }

    /// Whether calls may be made without leave: nothing has failed lately, and nobody looks at the clock.
    #[inline]
    pub(crate) fn is_calm(&self) -> bool {
        self.mode() == Mode::Calm && self.options.slow.is_none()
    }

    /// Something has worked.
    pub(crate) fn works(&self) {
        self.worked.store(true, Ordering::Relaxed);
    }

    /// The state at the moment.
    #[inline]
    pub(crate) fn mode(&self) -> Mode {
        Mode::ALL[usize::from(self.mode.load(Ordering::Acquire)) & 3]
    }

    /// How long it has been open; `None` when it is closed.
    #[cfg(test)]
    fn open_for(&self) -> Option<Duration> {
        let state = self.lock();
        match self.mode() {
            Mode::Calm | Mode::Watchful => None,
            Mode::Open | Mode::HalfOpen => Some(state.since.elapsed()),
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn set(&self, mode: Mode) {
        let before = self.mode.swap(mode as u8, Ordering::AcqRel);
        let before = Mode::ALL[usize::from(before) & 3];
        if let Some((server, database)) = self.place.get()
            && before.shown() != mode.shown()
        {
            observe::breaker(server, *database, mode.shown());
        }
    }

    /// Whose it is, for those who are told when it changes.
    pub(crate) fn belongs_to(&self, server: String, database: u16) {
        let _ = self.place.set((server, database));
    }

    #[cold]
    fn admit_at(self: &Arc<Self>, now: Instant) -> Result<Permit, Open> {
        let mut state = self.lock();
        let refused = Open {
            since: now.saturating_duration_since(state.since),
        };
        match self.mode() {
            Mode::Calm | Mode::Watchful => {}
            Mode::Open if now < state.until => return Err(refused),
            // Probes of the time before may still be under way.
            Mode::Open | Mode::HalfOpen if state.probes >= self.options.half_open => {
                return Err(refused);
            }
            Mode::Open => {
                state.probes += 1;
                state.worked = 0;
                state.generation = state.generation.wrapping_add(1);
                self.set(Mode::HalfOpen);
            }
            // A probe that works makes room for another caller's at once, so that enough can follow.
            Mode::HalfOpen => state.probes += 1,
        }
        let is_probe = matches!(self.mode(), Mode::HalfOpen);
        Ok(Permit {
            breaker: Arc::clone(self),
            probe: is_probe.then_some(state.generation),
            started: self.options.slow.map(|_| now),
        })
    }

    /// Notes a call that was no probe.
    #[inline]
    fn note(&self, outcome: Outcome, started: Option<Instant>) {
        let slow = || {
            let (limit, started) = self.options.slow.map(|slow| slow.over).zip(started)?;
            Some(started.elapsed() > limit)
        };
        let slow = slow() == Some(true);
        if outcome == Outcome::Good && !slow && self.mode() == Mode::Calm {
            if !self.worked.load(Ordering::Relaxed) {
                self.worked.store(true, Ordering::Relaxed);
            }
            return;
        }
        self.note_at(Instant::now(), outcome, slow);
    }

    fn note_at(&self, now: Instant, outcome: Outcome, slow: bool) {
        let mut state = self.lock();
        match self.mode() {
            // Calls from before it was opened say nothing new.
            Mode::Open | Mode::HalfOpen => return,
            Mode::Calm => {
                if outcome == Outcome::Good && !slow {
                    return;
                }
                state.window.clear();
                if self.worked.load(Ordering::Relaxed) {
                    state.window.credit(now, self.options.min_calls);
                }
                self.set(Mode::Watchful);
            }
            Mode::Watchful => {}
        }
        let counts = state.window.note(now, outcome == Outcome::Bad, slow);
        if counts.failed + counts.slow == 0 {
            self.set(Mode::Calm);
        } else if self.options.opens(counts) {
            state.since = now;
            self.open(&mut state, now);
        }
    }

    fn open(&self, state: &mut State, now: Instant) {
        state.until = now + self.options.pause(state.openings);
        state.openings = state.openings.saturating_add(1);
        state.generation = state.generation.wrapping_add(1);
        self.set(Mode::Open);
    }

    /// Notes a probe; `None` when its caller went away.
    fn probed(&self, now: Instant, generation: u32, outcome: Option<Outcome>, slow: bool) {
        let mut state = self.lock();
        state.probes = state.probes.saturating_sub(1);
        if state.generation != generation || self.mode() != Mode::HalfOpen {
            return;
        }
        match outcome {
            None => {}
            Some(Outcome::Good) if !slow => {
                state.worked += 1;
                if state.worked >= self.options.half_open {
                    state.openings = 0;
                    state.window.clear();
                    state.generation = state.generation.wrapping_add(1);
                    self.set(Mode::Calm);
                }
            }
            Some(_) => self.open(&mut state, now),
        }
    }
}

impl Permit {
    /// Says how the call went.
    #[inline]
    pub(crate) fn report(mut self, outcome: Outcome) {
        match self.probe.take() {
            None => self.breaker.note(outcome, self.started),
            Some(generation) => self.report_probe(generation, Some(outcome)),
        }
    }

    #[cold]
    fn report_probe(&self, generation: u32, outcome: Option<Outcome>) {
        let now = Instant::now();
        let limit = self.breaker.options.slow.map(|slow| slow.over);
        let slow = (limit.zip(self.started))
            .is_some_and(|(limit, started)| now.saturating_duration_since(started) > limit);
        self.breaker.probed(now, generation, outcome, slow);
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        if let Some(generation) = self.probe.take() {
            self.report_probe(generation, None);
        }
    }
}
