use std::time::Duration;

/// How long a key lives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lifetime {
    /// It never expires, for a stated reason.
    None {
        /// Why.
        reason: String,
    },
    /// It expires.
    Expires(Expiry),
    /// Not ours to say (external keys).
    External,
}

/// The rule by which a key expires.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Expiry {
    /// When.
    pub rule: TtlRule,
    /// What a write does to the remaining lifetime.
    pub on_write: OnWrite,
    /// Reading starts the lifetime anew (`on_read: refresh`).
    pub refresh_on_read: bool,
    /// Random share of the lifetime added or taken away, in thousandths.
    pub jitter_permille: u16,
    /// Environment variable that overrides the lifetime, read once when a store opens
    /// (`90`, seconds, or `90s`, `5m`, `24h`, `7d`).
    pub env: Option<String>,
    /// Range an audit accepts for the remaining lifetime.
    pub audit: Option<(Duration, Duration)>,
}

/// When a key expires.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TtlRule {
    /// This long after the write; at least one millisecond.
    After(Duration),
    /// At the next midnight UTC of the server's clock.
    EndOfDay,
}

/// What a write does to the remaining lifetime of a key that exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OnWrite {
    /// It starts anew.
    Refresh,
    /// It stays; a key found without one gets it.
    Keep,
    /// As `Keep`, and no accessor can lengthen or remove it.
    SetOnce,
}
