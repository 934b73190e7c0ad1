//! How long keys live.

mod apply;
mod cache;
mod fields;

pub(crate) use fields::{Moment, keep_fields};

/// What a write does to the remaining lifetime of a key that exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OnWrite {
    /// It starts anew.
    Refresh,
    /// It stays; a key found without one gets it.
    Keep,
}

/// The declared lifetime of a kind of key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lifetime {
    millis: u64,
    on_write: OnWrite,
    on_read: bool,
    jitter_permille: u16,
    end_of_day: bool,
    legacy: bool,
    field_reads: bool,
    env: Option<&'static str>,
}

impl Lifetime {
    /// The key never expires.
    pub const NEVER: Self = Self::after_millis(0);

    /// The key expires this many milliseconds after a write.
    #[must_use]
    pub const fn after_millis(millis: u64) -> Self {
        Self {
            millis,
            on_write: OnWrite::Refresh,
            on_read: false,
            jitter_permille: 0,
            end_of_day: false,
            legacy: false,
            field_reads: false,
            env: None,
        }
    }

    /// The key expires at the next midnight UTC of the server's clock.
    #[must_use]
    pub const fn end_of_day() -> Self {
        let mut this = Self::after_millis(86_400_000);
        this.end_of_day = true;
        this
    }

    /// A write leaves the remaining lifetime of an existing key as it is.
    #[must_use]
    pub const fn keep(mut self) -> Self {
        self.on_write = OnWrite::Keep;
        self
    }

    /// A read starts the lifetime anew.
    #[must_use]
    pub const fn refresh_on_read(mut self) -> Self {
        self.on_read = true;
        self
    }

    /// Random share of the lifetime added or taken away, in thousandths.
    #[must_use]
    pub const fn jitter_permille(mut self, share: u16) -> Self {
        self.jitter_permille = share;
        self
    }

    /// The server is older than 7.0 and lacks `EXPIRE … NX`.
    #[must_use]
    pub const fn legacy(mut self) -> Self {
        self.legacy = true;
        self
    }

    /// For lifetimes of fields: the server is of 8.0 or later and has `HGETEX`.
    #[must_use]
    pub const fn field_reads(mut self) -> Self {
        self.field_reads = true;
        self
    }

    /// The environment variable that overrides it.
    #[must_use]
    pub const fn env(mut self, variable: &'static str) -> Self {
        self.env = Some(variable);
        self
    }

    /// The environment variable that overrides it, if any.
    #[must_use]
    pub const fn env_var(&self) -> Option<&'static str> {
        self.env
    }

    /// The declared lifetime in milliseconds; 0 when the key never expires.
    #[must_use]
    pub const fn millis(&self) -> u64 {
        self.millis
    }

    /// What a write does to the remaining lifetime.
    #[must_use]
    pub const fn on_write(&self) -> OnWrite {
        self.on_write
    }

    /// Whether a read starts the lifetime anew.
    #[must_use]
    pub const fn refreshes_on_read(&self) -> bool {
        self.on_read && self.millis != 0 && !self.end_of_day
    }

    pub(crate) const fn with_millis(mut self, millis: u64) -> Self {
        self.millis = millis;
        self
    }

    pub(crate) const fn is_never(&self) -> bool {
        self.millis == 0
    }

    /// The lifetime of one write, jitter applied.
    fn draw(&self) -> u64 {
        if self.jitter_permille == 0 {
            return self.millis;
        }
        let span = self.millis / 1000 * u64::from(self.jitter_permille)
            + self.millis % 1000 * u64::from(self.jitter_permille) / 1000;
        // A lifetime of 0 would delete the key.
        let shortest = self.millis - span.min(self.millis - 1);
        fastrand::u64(shortest..=self.millis.saturating_add(span))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::LONGEST;

    #[test]
    fn jitter_stays_within_its_share() {
        for millis in [1, 2, 999, 1000, 86_400_000, LONGEST] {
            for share in [0, 1, 100, 999, 1000] {
                let span = millis * u64::from(share) / 1000;
                let lifetime = Lifetime::after_millis(millis).jitter_permille(share);
                for _ in 0..200 {
                    let drawn = lifetime.draw();
                    assert!(drawn >= 1);
                    let expected = millis - span.min(millis - 1)..=millis + span;
                    assert!(expected.contains(&drawn), "{drawn} outside {expected:?}");
                }
            }
        }
    }

    #[test]
    fn jitter_reaches_both_sides() {
        let lifetime = Lifetime::after_millis(1000).jitter_permille(500);
        let drawn: Vec<u64> = (0..200).map(|_| lifetime.draw()).collect();
        assert!(drawn.iter().any(|millis| *millis < 1000));
        assert!(drawn.iter().any(|millis| *millis > 1000));
    }
}
