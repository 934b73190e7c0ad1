use super::{KeyId, Value};
use crate::source::Span;

/// What a client comes back to by a secret token. How long it lasts at most is the key's lifetime.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Session {
    /// What it holds.
    pub data: Value,
    /// It ends after so many milliseconds without use.
    pub idle_ms: u64,
    /// It ends so many milliseconds after it was made: the key's lifetime.
    pub absolute_ms: u64,
    /// Use is noted when so many milliseconds of `idle_ms` are over.
    pub touch_after_ms: u64,
    /// Where the sessions of one user are found together.
    pub index: Option<SessionIndex>,
}

/// The index that sessions are in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct SessionIndex {
    /// The key that holds it.
    pub key: KeyId,
    /// Where it is named.
    pub span: Span,
}
