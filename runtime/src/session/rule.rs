//! What a schema says of sessions.

use crate::codec::Codec;
use crate::key::Key;
use crate::structure::{Session, Structure};
use crate::value::Hashed;

use super::Indexed;

/// A kind of sessions, with what the schema says of them. Implemented by generated code only.
#[diagnostic::on_unimplemented(
    message = "the schema does not say how long sessions of `{Self}` last",
    label = "not declared as `session:`"
)]
pub trait Sessions: Key<Structure: OfSession> {
    /// When they end. How long they last at most is the key's lifetime.
    const RULE: SessionRule;

    /// The same kind with parameters of its own.
    type Owned: Sessions<Structure = Self::Structure> + Send + Sync + 'static;

    /// The session of a hash.
    fn of(id: Hashed<'static>) -> Self::Owned;
}

/// The structure of a session.
pub trait OfSession: Structure {
    /// What it holds.
    type Data: Codec;
}

impl<C: Codec, I> OfSession for Session<C, I> {
    type Data = C;
}

/// Whether sessions are in an index: [`Indexed`], or `()`.
pub trait Indexing {}

impl Indexing for () {}

impl Indexing for Indexed {}

/// When a session ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionRule {
    idle_ms: u64,
    touch_after_ms: u64,
}

impl SessionRule {
    /// After so many milliseconds without use, which is noted when so many of them are over.
    #[must_use]
    pub const fn new(idle_ms: u64, touch_after_ms: u64) -> Self {
        Self {
            idle_ms,
            touch_after_ms,
        }
    }

    pub(super) const fn idle(&self) -> u64 {
        self.idle_ms
    }

    pub(super) const fn touch_after(&self) -> u64 {
        self.touch_after_ms
    }
}
