use crate::source::Span;

/// Limits that every key of the schema must keep.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Policy {
    /// Longest key in bytes, prefix included.
    pub max_key_bytes: Option<u64>,
    /// Largest typical value in bytes (`size:` of a key).
    pub max_value_bytes: Option<u64>,
}

/// A break of compatibility that somebody accepts.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Accepted {
    /// The rule that would speak up.
    pub rule: String,
    /// What it speaks of: `key` or `key.field`.
    pub path: String,
    /// Who answers for it.
    pub owner: String,
    /// Why it is accepted.
    pub reason: String,
    /// Last day it is accepted, `YYYY-MM-DD`.
    pub expires: String,
    /// The migration that mends the data.
    pub migration: Option<String>,
    /// Where it was declared.
    pub span: Span,
}
