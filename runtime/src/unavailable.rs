//! Answers without a server, for keys that declare `on_unavailable:`.

use std::sync::atomic::{AtomicU64, Ordering};

use redis::Value;

use crate::error::{Error, ErrorKind};
use crate::key::Spec;

/// What a store does while the server of a kind of key cannot be reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OnUnavailable {
    read: Read,
    skip_writes: bool,
}

/// What reads of the value do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Read {
    Fail,
    /// As if nothing were there.
    Absent,
    /// Those with a loader call it; the others fail.
    Load,
    /// A value as it would stand on the server.
    Value(&'static [u8]),
    /// Of a limiter: every call is admitted, or none.
    Decided(bool),
}

impl OnUnavailable {
    /// Every call fails.
    pub const ERROR: Self = Self {
        read: Read::Fail,
        skip_writes: false,
    };

    /// Reads of the value answer as if nothing were there.
    #[must_use]
    pub const fn absent(mut self) -> Self {
        self.read = Read::Absent;
        self
    }

    /// Reads of the value that have a loader answer what it loads, which is not stored; the others fail.
    #[must_use]
    pub const fn load(mut self) -> Self {
        self.read = Read::Load;
        self
    }

    /// Reads of the value answer this one, written as it would stand on the server.
    #[must_use]
    pub const fn default(mut self, at_rest: &'static [u8]) -> Self {
        self.read = Read::Value(at_rest);
        self
    }

    /// A limiter admits every call.
    #[must_use]
    pub const fn allow(mut self) -> Self {
        self.read = Read::Decided(true);
        self
    }

    /// A limiter refuses every call.
    #[must_use]
    pub const fn deny(mut self) -> Self {
        self.read = Read::Decided(false);
        self
    }

    /// Writes that answer nothing are dropped, and reported as done.
    #[must_use]
    pub const fn skip_writes(mut self) -> Self {
        self.skip_writes = true;
        self
    }

    /// Whether a loader may stand in for the server: where it is said, and where nothing seems to be there, which is
    /// when one loads.
    pub(crate) const fn loads(&self) -> bool {
        matches!(self.read, Read::Load | Read::Absent)
    }
}

/// What a method is answered in the server's place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Instead {
    /// Nothing: it fails.
    Fail,
    /// The value, or that there is none.
    One(Option<&'static [u8]>),
    /// The same, so many times.
    Each(Option<&'static [u8]>, u32),
    /// No fields.
    NoFields,
    /// That a call is admitted, or not.
    Decided(bool),
    /// That a write is done.
    Done,
    /// That so many writes are done.
    AllDone,
}

impl Instead {
    /// For a read of one value.
    #[inline]
    pub(crate) fn value(spec: &Spec) -> Self {
        match spec.on_unavailable.read {
            Read::Fail | Read::Load | Read::Decided(_) => Self::Fail,
            Read::Absent => Self::One(None),
            Read::Value(value) => Self::One(Some(value)),
        }
    }

    /// For a read of several values at once.
    pub(crate) fn values(spec: &Spec, count: usize) -> Self {
        let Ok(count) = u32::try_from(count) else {
            return Self::Fail;
        };
        match Self::value(spec) {
            Self::One(value) => Self::Each(value, count),
            _ => Self::Fail,
        }
    }

    /// For a read of fields, which a default cannot stand for.
    #[inline]
    pub(crate) fn fields(spec: &Spec) -> Self {
        match spec.on_unavailable.read {
            Read::Absent => Self::NoFields,
            Read::Fail | Read::Load | Read::Value(_) | Read::Decided(_) => Self::Fail,
        }
    }

    /// For a call that a limiter decides of.
    pub(crate) fn decided(spec: &Spec) -> Self {
        match spec.on_unavailable.read {
            Read::Decided(allowed) => Self::Decided(allowed),
            _ => Self::Fail,
        }
    }

    /// For a write that answers nothing.
    #[inline]
    pub(crate) fn done(spec: &Spec) -> Self {
        if spec.on_unavailable.skip_writes {
            Self::Done
        } else {
            Self::Fail
        }
    }

    /// For several writes that answer nothing.
    pub(crate) fn all_done(spec: &Spec) -> Self {
        match Self::done(spec) {
            Self::Done => Self::AllDone,
            _ => Self::Fail,
        }
    }

    /// What the decoder sees; `None` where the call fails.
    #[cold]
    pub(crate) fn reply(self, error: &Error) -> Option<Value> {
        let value = |value: Option<&[u8]>| {
            value.map_or(Value::Nil, |bytes| Value::BulkString(bytes.to_vec()))
        };
        // Nothing that may be answered like this does harm by having run: a batch of it may be ambiguous.
        if !error.is_unavailable() && error.kind() != ErrorKind::Ambiguous {
            return None;
        }
        match self {
            Self::Fail => None,
            Self::One(one) => Some(value(one)),
            Self::Each(one, count) => Some(Value::Array((0..count).map(|_| value(one)).collect())),
            Self::NoFields | Self::AllDone => Some(Value::Array(Vec::new())),
            Self::Decided(allowed) => Some(Value::Boolean(allowed)),
            Self::Done => Some(Value::Okay),
        }
    }

    /// What it does without the server.
    pub(crate) const fn without(self) -> Without {
        match self {
            Self::Done | Self::AllDone => Without::Write,
            _ => Without::Read,
        }
    }
}

/// What was done without a server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Without {
    /// A read was answered.
    Read,
    /// A write was dropped.
    Write,
    /// A loaded value was answered and not stored.
    Filling,
}

impl Without {
    /// As metrics call it.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
            Self::Filling => "unstored",
        }
    }
}

/// How many calls a store has answered in the server's place since it was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Degraded {
    /// Reads that were answered without the server: as if nothing were there, by a default or by a loader.
    pub reads: u64,
    /// Writes that were dropped.
    pub writes: u64,
    /// Loaded values that were answered, and that the server was asked to store and did not, or did not say so.
    pub unstored: u64,
}

/// Counts answers in the server's place.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    reads: AtomicU64,
    writes: AtomicU64,
    unstored: AtomicU64,
}

impl Tally {
    /// Notes what was done without the server, once for each operation: every one passes here.
    #[cold]
    pub(crate) fn note(&self, spec: &'static Spec, without: Without) {
        crate::observe::degraded(spec.template, without);
        let count = match without {
            Without::Read => &self.reads,
            Without::Write => &self.writes,
            Without::Filling => &self.unstored,
        };
        count.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn so_far(&self) -> Degraded {
        Degraded {
            reads: self.reads.load(Ordering::Relaxed),
            writes: self.writes.load(Ordering::Relaxed),
            unstored: self.unstored.load(Ordering::Relaxed),
        }
    }
}
