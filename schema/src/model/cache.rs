use super::{KeyId, Value};
use crate::source::Span;

/// A value that is loaded where it is missing. How long it is fresh is the key's lifetime.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Cache {
    /// The value.
    pub value: Value,
    /// For so many milliseconds after it was fresh an entry is answered while one caller loads it anew; 0 for not at all.
    pub stale_ms: u64,
    /// For so many milliseconds it is remembered that there is nothing; 0 for not at all.
    pub negative_ms: u64,
    /// After so many milliseconds somebody else takes over a load.
    pub load_lease_ms: u64,
    /// What its entries are forgotten by, in the order of the schema.
    pub tags: Vec<Tag>,
}

/// A tag of a cache.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Tag {
    /// The key that holds it.
    pub key: KeyId,
    /// Where it is named.
    pub span: Span,
}
