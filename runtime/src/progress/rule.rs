//! What a schema says of a progress.

use crate::key::Key;

/// A progress, with what the schema says of it. Implemented by generated code only.
#[diagnostic::on_unimplemented(
    message = "the schema does not say how `{Self}` is reported",
    label = "not declared as `progress:`"
)]
pub trait Progressing: Key {
    /// How it is reported.
    const PROGRESS: ProgressRule;
}

/// How a progress is reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProgressRule {
    max: u32,
    decrease: bool,
    unknown: bool,
    kept: u64,
    about: bool,
}

impl ProgressRule {
    /// Items are done at this number; numbers only rise, and every item is named at the beginning.
    #[must_use]
    pub const fn new(max: u32) -> Self {
        Self {
            max,
            decrease: false,
            unknown: false,
            kept: 0,
            about: false,
        }
    }

    /// A report may lower a number.
    #[must_use]
    pub const fn allow_decrease(mut self) -> Self {
        self.decrease = true;
        self
    }

    /// A report may add an item.
    #[must_use]
    pub const fn allow_unknown(mut self) -> Self {
        self.unknown = true;
        self
    }

    /// So many events are kept; `about` lets the server keep a few more.
    #[must_use]
    pub const fn events(mut self, kept: u64, about: bool) -> Self {
        self.kept = kept;
        self.about = about;
        self
    }

    /// The number at which an item is done.
    #[must_use]
    pub const fn max(&self) -> u32 {
        self.max
    }

    pub(super) const fn decreases(&self) -> bool {
        self.decrease
    }

    pub(super) const fn takes_unknown(&self) -> bool {
        self.unknown
    }

    /// The option of `XADD` and its threshold.
    pub(super) const fn trim(&self) -> (&'static [u8], u64) {
        (if self.about { b"~" } else { b"=" }, self.kept)
    }
}
