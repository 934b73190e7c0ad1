/// What the schema says of a cache beside how long its entries are fresh.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CachePolicy {
    stale: u64,
    negative: u64,
    lease: u64,
}

impl CachePolicy {
    /// Entries end when they are no longer fresh, and only what is there is remembered. A load is left to who began it for
    /// so many milliseconds.
    #[must_use]
    pub const fn new(lease: u64) -> Self {
        Self {
            stale: 0,
            negative: 0,
            lease,
        }
    }

    /// For so many milliseconds after it was fresh an entry is answered while one caller loads it anew.
    #[must_use]
    pub const fn stale(mut self, millis: u64) -> Self {
        self.stale = millis;
        self
    }

    /// For so many milliseconds it is remembered that there is nothing.
    #[must_use]
    pub const fn negative(mut self, millis: u64) -> Self {
        self.negative = millis;
        self
    }

    /// Milliseconds for which an entry is answered though it is no longer fresh; 0 for not at all.
    #[must_use]
    pub const fn stale_millis(&self) -> u64 {
        self.stale
    }

    /// Milliseconds for which it is remembered that there is nothing; 0 for not at all.
    #[must_use]
    pub const fn negative_millis(&self) -> u64 {
        self.negative
    }

    /// Milliseconds for which a load is left to who began it.
    #[must_use]
    pub const fn lease_millis(&self) -> u64 {
        self.lease
    }
}
