//! What is known of a progress.

/// All items together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub struct Totals {
    /// The sum of their numbers.
    pub sum: u64,
    /// How many there are.
    pub items: u64,
    /// How many of them are at the maximum.
    pub done: u64,
    /// The number at which an item is done.
    pub max: u32,
}

impl Totals {
    /// Whether there are items and all of them are done.
    #[must_use]
    pub const fn is_complete(&self) -> bool {
        self.items != 0 && self.done == self.items
    }

    /// How far all items are, from 0 to 1; 0 where there are none.
    #[must_use]
    #[allow(clippy::cast_precision_loss)] // shown to people
    pub fn fraction(&self) -> f64 {
        match self.items.saturating_mul(u64::from(self.max)) {
            0 => 0.0,
            all => self.sum as f64 / all as f64,
        }
    }
}

/// What a report brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Update {
    /// The item's number now: what was reported, or what it was where that is higher.
    pub value: u32,
    /// All items together, after the report.
    pub totals: Totals,
    /// This report changed its item, and with it all items were done. It is told to this report alone, and again if that is sent again;
    /// another report is told so only if items came, or went back, in between.
    pub completes: bool,
}

/// What became of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[must_use = "a report of an item that nobody began with changes nothing"]
pub enum Reported {
    /// It counts, be it that nothing changed by it.
    Counted(Update),
    /// The job was begun without this item. Nothing changed.
    UnknownItem,
    /// The job was not begun, or it is over: its lifetime has ended. Nothing changed.
    NotBegun,
    /// The server could not be reached, and the key says `on_unavailable: skip_write`. Nothing changed.
    Dropped,
}

impl Reported {
    /// What the report brought, if it counts.
    #[must_use]
    pub const fn update(self) -> Option<Update> {
        match self {
            Self::Counted(update) => Some(update),
            _ => None,
        }
    }

    /// Whether this very report completed all items.
    #[must_use]
    pub const fn completes(self) -> bool {
        matches!(
            self,
            Self::Counted(Update {
                completes: true,
                ..
            })
        )
    }
}

/// All items at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Snapshot<I, A = ()> {
    /// Every item with its number, in no particular order.
    pub items: Vec<(I, u32)>,
    /// All of them together.
    pub totals: Totals,
    /// The last event that is part of it: what follows it is not. `()` where there are no events.
    pub at: A,
}

impl<I: PartialEq, A> Snapshot<I, A> {
    /// The number of an item; `None` where it is none of the job's.
    #[must_use]
    pub fn value(&self, item: &I) -> Option<u32> {
        let mut items = self.items.iter();
        items
            .find(|(name, _)| name == item)
            .map(|(_, value)| *value)
    }
}
