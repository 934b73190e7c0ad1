//! What a cache says of itself in commands: the mirror of the runtime's `lifetime/cache.rs`.

use redis_schema_model::model::{Cache, Key, Lifetime, Schema, TtlRule};

use super::Policy;

/// What decides the commands of a cache beside its lifetime.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Caching {
    stale: u64,
    lease: u64,
    /// How long its tags live by themselves.
    tag: u64,
    /// The key tells all that the tags carry.
    pub(super) by_key: bool,
    /// It has tags.
    tagged: bool,
    symbolic: bool,
}

impl Caching {
    pub(super) const NONE: Self = Self {
        symbolic: true,
        ..Self::new(0, 0, 0)
    };

    pub(super) const fn new(stale: u64, lease: u64, tag: u64) -> Self {
        Self {
            stale,
            lease,
            tag,
            by_key: false,
            tagged: false,
            symbolic: false,
        }
    }

    /// That of a declared key.
    pub(super) fn of(schema: &Schema, key: &Key, cache: &Cache) -> Self {
        let tags = cache
            .tags
            .iter()
            .map(|tag| millis(&schema[tag.key].lifetime));
        Self {
            tagged: !cache.tags.is_empty(),
            by_key: !cache.tags.is_empty() && crate::rust::given(schema, key).is_empty(),
            ..Self::new(
                cache.stale_ms,
                cache.load_lease_ms,
                tags.max().unwrap_or_default(),
            )
        }
    }

    /// With words in place of numbers.
    pub(super) const fn general(self) -> Self {
        Self {
            stale: if self.stale == 0 { 0 } else { 1 },
            lease: 0,
            tag: 0,
            symbolic: true,
            ..self
        }
    }

    /// How an entry is read.
    pub(super) const fn read(&self) -> &'static str {
        match self.stale {
            0 => "GET key",
            _ => "EVAL entry 1 key",
        }
    }

    pub(super) fn lease(&self) -> String {
        self.number(self.lease)
    }

    /// How long an entry lives.
    pub(super) fn entry(&self, policy: &Policy) -> String {
        policy.millis_and(self.stale)
    }

    /// How long a tag lives at least.
    pub(super) fn tag(&self, policy: &Policy) -> String {
        self.number(self.tag.max(policy.longest() + self.stale + self.lease))
    }

    fn number(&self, millis: u64) -> String {
        match self.symbolic {
            true => "milliseconds".to_owned(),
            false => millis.to_string(),
        }
    }
}

fn millis(lifetime: &Lifetime) -> u64 {
    let Lifetime::Expires(expiry) = lifetime else {
        return 0;
    };
    match expiry.rule {
        TtlRule::After(time) => u64::try_from(time.as_millis()).unwrap_or(u64::MAX),
        TtlRule::EndOfDay => 0,
    }
}
