//! What groups of consumers there are, as far as it decides what is sent.

use redis_schema_model::model::{Acknowledge, ConsumerGroup, GroupStart};

/// The groups of a stream, taken together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Groups {
    /// One acknowledges what it has dealt with.
    pub acknowledges: bool,
    /// One counts entries as dealt with when they are delivered.
    pub before: bool,
    /// One takes entries over and never gives them up.
    pub reclaims: bool,
    /// One lets consumers say that they are at work.
    pub beats: bool,
    /// One gives entries up.
    pub buries: bool,
    /// One begins with the oldest entry.
    pub first: bool,
    /// One begins with what comes.
    pub new: bool,
}

impl Groups {
    /// There are none.
    pub const NONE: Self = Self {
        acknowledges: false,
        before: false,
        reclaims: false,
        beats: false,
        buries: false,
        first: false,
        new: false,
    };

    /// Groups of every kind.
    pub const ALL: Self = Self {
        acknowledges: true,
        before: true,
        reclaims: true,
        beats: true,
        buries: true,
        first: true,
        new: true,
    };

    /// Those of a stream.
    #[must_use]
    pub fn of(groups: &[ConsumerGroup]) -> Self {
        let any = |test: fn(&ConsumerGroup) -> bool| groups.iter().any(test);
        Self {
            acknowledges: any(|group| group.ack == Acknowledge::After),
            before: any(|group| group.ack == Acknowledge::Before),
            reclaims: any(|group| group.min_idle_ms.is_some() && group.gives_up.is_none()),
            beats: any(|group| group.heartbeat_ms.is_some()),
            buries: any(|group| group.gives_up.is_some()),
            first: any(|group| group.start == GroupStart::First),
            new: any(|group| group.start == GroupStart::New),
        }
    }

    pub(super) const fn noack(&self) -> &'static str {
        match (self.acknowledges, self.before) {
            (true, true) => " [NOACK]",
            (false, true) => " NOACK",
            _ => "",
        }
    }

    pub(super) const fn start(&self) -> &'static str {
        match (self.first, self.new) {
            (true, true) => "0-0|$",
            (false, true) => "$",
            _ => "0-0",
        }
    }
}
