//! How long keys live.

mod apply;

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
        (self.millis - span.min(self.millis - 1)) + fastrand::u64(0..=span.saturating_mul(2))
    }
}
